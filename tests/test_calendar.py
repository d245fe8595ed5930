"""Calendar feeds: dates that are right in every year, checked against Python's own calendar."""

import calendar
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from golden_files import assert_golden
from icalendar import Calendar, Event

from macros.feeds import ical_files
from macros.feeds.ical import first_occurrence
from macros.inheritance import SUBSCRIBERS, all_campaigns, campaigns_of

YEARS = range(2024, 2036)


@pytest.fixture(scope="module")
def feeds(site_dir) -> dict[str, list[Event]]:
    return {path.stem: events(path.read_bytes()) for path in sorted((site_dir / "calendar").glob("*.ics"))}


def events(text: bytes) -> list[Event]:
    return Calendar.from_ical(text).walk("VEVENT")


def test_one_feed_for_the_nation_and_each_region(feeds, dataset):
    slugs = [region.slug for region in dataset.regions.values()]
    assert set(feeds) == {"china", *slugs, *(f"{slug}-{audience}" for slug in slugs for audience in SUBSCRIBERS.values())}


def test_files_keep_the_form(site_dir):
    """RFC 5545: CRLF, at most 75 bytes a line, one calendar a file with the required properties."""
    for path in (site_dir / "calendar").glob("*.ics"):
        lines = path.read_bytes().split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
        assert not any(b"\n" in line or len(line) > 75 for line in lines)
        head = Calendar.from_ical(path.read_bytes())
        assert head["version"] == "2.0" and head["prodid"]


def test_uids_are_unique_and_stable(feeds, dataset):
    """They follow from the ids of the data, so a phone updates an event instead of doubling it."""
    for name, found in feeds.items():
        uids = [str(event["uid"]) for event in found]
        assert len(set(uids)) == len(uids), name
    ids = {f"{bound.plan.id if bound.plan else 'china'}-{bound.item.id}@yingji-xuetang" for bound in all_campaigns(dataset)}
    assert {str(event["uid"]) for found in feeds.values() for event in found} <= ids


def test_every_dated_campaign_is_in_its_feed(feeds, dataset):
    """By name: a day that the nation and a plan both name may be one event."""
    for region in dataset.regions.values():
        rules = {bound.item.rule for bound in campaigns_of(dataset, region)} - {"term-start"}
        assert len(feeds[region.slug]) == len(rules)


def test_term_starts_are_not_dated(feeds):
    assert [event["summary"] for found in feeds.values() for event in found if "开学" in event["summary"]] == []


def test_every_rule_gives_the_right_days(dataset):
    for feed, campaigns in feeds_with_campaigns(dataset):
        starts = {str(event["uid"]): occurrences(event) for event in feed}
        for bound in campaigns:
            uid = f"{bound.plan.id if bound.plan else 'china'}-{bound.item.id}@yingji-xuetang"
            if uid in starts:
                assert starts[uid] == [reckoned(bound.item.rule, year)[0] for year in YEARS], uid


def feeds_with_campaigns(dataset):
    texts = dict(ical_files(dataset))
    for region in dataset.regions.values():
        yield events(texts[f"calendar/{region.slug}.ics"].encode()), campaigns_of(dataset, region)


def occurrences(event: Event) -> list[date]:
    """The first days of an event up to the last of YEARS, reckoned by dateutil."""
    first = event["dtstart"].dt
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=date_and_time(first))
    return [day.date() for day in rule.between(date_and_time(date(YEARS[0] - 1, 12, 31)), date_and_time(date(YEARS[-1], 12, 31)), inc=True)]


def date_and_time(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def reckoned(rule: str, year: int) -> tuple[date, date]:
    """First and last day of `rule`, from calendar.monthcalendar: another way than the product's."""
    parts = rule.split("-")
    if len(parts) == 3:
        weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(parts[1])
        days = [week[weekday] for week in calendar.monthcalendar(year, int(parts[2])) if week[weekday]]
        day = date(year, int(parts[2]), days[-1] if parts[0] == "last" else days[int(parts[0]) - 1])
        return day, day
    if len(parts) == 2:
        return date(year, int(parts[0]), int(parts[1])), date(year, int(parts[0]), int(parts[1]))
    return date(year, int(parts[0]), 1), date(year, int(parts[0]), calendar.monthrange(year, int(parts[0]))[1])


def test_last_monday_of_march(feeds):
    """全国中小学生安全教育日, day by day as printed in calendars."""
    printed = ["03-25", "03-31", "03-30", "03-29", "03-27", "03-26", "03-25", "03-31", "03-29", "03-28", "03-27", "03-26"]
    day = next(event for event in feeds["china"] if event["rrule"].get("byday") == ["-1MO"])
    assert [f"{start:%m-%d}" for start in occurrences(day)] == printed


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("rule", [
    "05-12", "12-31", "01", "02", "06", "12", "last-mon-03", "1-mon-03", "4-sun-02", "2-sat-09", "last-sun-02", "3-wed-12", "last-sat-12",
])  # fmt: skip
def test_first_occurrence(rule, year):
    assert first_occurrence(rule, year) == reckoned(rule, year)


def test_a_term_start_has_no_day():
    with pytest.raises(ValueError):
        first_occurrence("term-start", 2026)


def test_a_month_lasts_to_its_end(feeds):
    """DTEND is the day after; a month's length is the same every year but for February."""
    months = [event for found in feeds.values() for event in found if event["dtend"].dt - event["dtstart"].dt > timedelta(days=1)]
    assert months
    for event in months:
        assert (event["dtstart"].dt.day, event["dtend"].dt.day) == (1, 1)
        assert event["dtstart"].dt.month != 2


def test_feeds_are_as_last_seen(small_dataset):
    """With plain line ends, which Git keeps the same everywhere."""
    texts = {name.removeprefix("calendar/"): text.replace("\r\n", "\n") for name, text in ical_files(small_dataset)}
    assert_golden(texts, "calendar")
