"""What other programs read: the JSON API and the calendars. Text out, no files written."""

from macros.feeds.api import api_files
from macros.feeds.ical import ical_files

__all__ = ["api_files", "ical_files"]
