"""A year of drills per region: one reminder a rule that names an interval (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from icalendar import Calendar, Event

from macros.feeds.ical import FIRST_YEAR
from macros.inheritance import Bound
from macros.loading import Dataset
from macros.obligations import drill_duties


def drill_calendars(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """(path below the site, text); on the first day of each period that a rule sets."""
    if not dataset.guides:
        return
    for region in dataset.regions.values():
        calendar = Calendar()
        calendar.add("prodid", "-//yingji-xuetang//drills//ZH")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", f"{dataset.site.name}:{region.name}演练")
        for bound in drill_duties(dataset, region):
            if bound.item.every_months:
                calendar.add_component(_event(bound))
        yield f"drills/calendar/{region.slug}.ics", calendar.to_ical().decode("utf-8")


def _event(bound: Bound) -> Event:
    duty, event = bound.item, Event()
    event.add("uid", f"{bound.plan.id if bound.plan else 'law'}-{duty.id}-drill@yingji-xuetang")
    event.add("dtstamp", datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
    event.add("summary", f"该安排演练了：{duty.subject}")
    event.add("description", f"{duty.activity}（依据：《{bound.document.title}》{duty.cite.at}）")
    event.add("dtstart", date(FIRST_YEAR, 1, 1))
    event.add("rrule", {"freq": "monthly", "interval": duty.every_months})
    return event
