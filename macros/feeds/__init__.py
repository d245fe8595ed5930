"""What other programs read: the JSON API and the calendars. Text out, no files written."""

from macros.feeds.api import api_files
from macros.feeds.ical import ical_files
from macros.feeds.kit_reminder import kit_files
from macros.feeds.quiz_files import quiz_files
from macros.feeds.shelters import shelter_tables

__all__ = ["shelter_tables", "api_files", "ical_files", "kit_files", "quiz_files"]
