"""What other programs read: the JSON API, calendars, Office files. Content out, nothing written."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from macros.feeds.api import api_files
from macros.feeds.drill_calendars import drill_calendars
from macros.feeds.drill_files import drill_files
from macros.feeds.ical import ical_files
from macros.feeds.kit_reminder import kit_files
from macros.feeds.quiz_files import quiz_files
from macros.feeds.shelters import shelter_tables
from macros.loading import Dataset

__all__ = ["all_files", "api_files", "drill_calendars", "drill_files", "ical_files", "kit_files", "quiz_files", "shelter_tables"]


def all_files(dataset: Dataset, generated_at: datetime, cache: Path) -> Iterator[tuple[str, str | bytes]]:
    """(path below the site, content) of every file; `cache` keeps what is slow to make from build to build."""
    yield from api_files(dataset, generated_at)
    yield from ical_files(dataset)
    yield from kit_files(dataset)
    yield from quiz_files(dataset)
    yield from shelter_tables(dataset)
    yield from drill_files(dataset, cache)
    yield from drill_calendars(dataset)
