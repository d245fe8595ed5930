"""Campaign days as iCal feeds, one for the nation and one a region (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from macros.inheritance import SUBSCRIBERS, Bound, all_campaigns, campaigns_of
from macros.loading import Dataset
from macros.models import Region

#: Any year does for a yearly rule; a fixed one keeps the files the same from build to build.
FIRST_YEAR = 2024
_ICAL_DAYS = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}


def ical_files(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """(path below the site, text) of every feed."""
    national = (bound for bound in all_campaigns(dataset) if bound.scope == "CN")
    yield "calendar/china.ics", _feed(f"{dataset.site.name}:全国", national)
    for region in dataset.regions.values():
        yield f"calendar/{region.slug}.ics", _feed(f"{dataset.site.name}:{region.name}", campaigns_of(dataset, region))
        for audience, slug in SUBSCRIBERS.items():
            name = f"{dataset.site.name}:{region.name}{audience}"
            yield f"calendar/{region.slug}-{slug}.ics", _feed(name, days_for(campaigns_of(dataset, region), audience))


def school_dates(dataset: Dataset, region: Region) -> str:
    """The days of `region` that are for schools, for a pack."""
    return _feed(f"{dataset.site.name}:{region.name}学校", days_for(campaigns_of(dataset, region), "学校"))


def days_for(campaigns: Iterable[Bound], audience: str) -> Iterator[Bound]:
    """Those that name the audience, and those that name nobody and so are everyone's."""
    return (bound for bound in campaigns if audience in (bound.item.audiences or (audience,)))


def _feed(name: str, campaigns: Iterable[Bound]) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//yingji-xuetang//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for bound in _one_a_day(campaigns):
        calendar.add_component(_event(bound))
    return calendar.to_ical().decode("utf-8")


def _one_a_day(campaigns: Iterable[Bound]) -> Iterator[Bound]:
    """A day that the nation and a plan both name is one event; a term start has no date yet."""
    seen: set[str] = set()
    for bound in campaigns:
        rule = bound.item.rule
        if rule != "term-start" and rule not in seen:
            seen.add(rule)
            yield bound


def _event(bound: Bound) -> Event:
    day, event = bound.item, Event()
    first, last = first_occurrence(day.rule, FIRST_YEAR)
    event.add("uid", f"{bound.plan.id if bound.plan else 'china'}-{day.id}@yingji-xuetang")
    event.add("dtstamp", datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
    event.add("summary", day.name)
    event.add("description", f"{day.summary}(依据:《{bound.document.title}》{day.cite.at})")
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("rrule", _yearly(day.rule))
    return event


def first_occurrence(rule: str, year: int) -> tuple[date, date]:
    """First and last day of `rule` in `year`; ValueError for `term-start`, which has no fixed date."""
    parts = rule.split("-")
    if len(parts) == 3:
        day = _weekday_of_month(year, int(parts[2]), list(_ICAL_DAYS).index(parts[1]), parts[0])
        return day, day
    month = int(parts[0])
    if len(parts) == 2:
        return date(year, month, int(parts[1])), date(year, month, int(parts[1]))
    return date(year, month, 1), _month_end(year, month)


def _weekday_of_month(year: int, month: int, weekday: int, nth: str) -> date:
    if nth == "last":
        end = _month_end(year, month)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (int(nth) - 1))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _yearly(rule: str) -> dict[str, object]:
    parts = rule.split("-")
    if len(parts) != 3:
        return {"freq": "yearly"}
    nth = "-1" if parts[0] == "last" else parts[0]
    return {"freq": "yearly", "bymonth": int(parts[2]), "byday": nth + _ICAL_DAYS[parts[1]]}
