"""A reminder to check what is kept at home, twice a year, as an iCal file built ahead (RFC 5545).

WeChat's browser blocks files that a page makes by itself, so a reader's own dates cannot be in it;
kit-reminder.js gives those as text to copy.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from macros.feeds.ical import FIRST_YEAR, first_occurrence
from macros.loading import Dataset
from macros.models import Article

FILE = "kit/check-twice-a-year.ics"
#: The page whose sourced lines say what to check; without it there is nothing to remind of.
ABOUT = "storage"
#: 防灾减灾日 and 消防宣传日, half a year apart: days on which everyone is reminded anyway.
DAYS = ("05-12", "11-09")
NINE_IN_THE_MORNING = timedelta(hours=9)


def kit_files(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """(path below the site, text) of the reminder."""
    article = dataset.articles.get(ABOUT)
    if article:
        yield FILE, _calendar(article).to_ical().decode("utf-8")


def _calendar(article: Article) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//yingji-xuetang//kit//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "家庭应急物资：一年查两次")
    for day in DAYS:
        calendar.add_component(_event(day, article))
    return calendar


def _event(day: str, article: Article) -> Event:
    event, (first, _) = Event(), first_occurrence(day, FIRST_YEAR)
    event.add("uid", f"kit-{day}@yingji-xuetang")  # an import after an update replaces, not doubles
    event.add("dtstamp", datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
    event.add("summary", "查一查家里的应急物资")
    event.add("description", what_to_check(article))
    event.add("dtstart", first)
    event.add("dtend", first + timedelta(days=1))
    event.add("rrule", {"freq": "yearly"})
    event.add_component(_alarm())
    return event


def what_to_check(article: Article) -> str:
    """`水和食物：定期看日期，过期就换。`, part by part, as the page says it."""
    parts = [part for part in article.parts if part.kind == "步骤"]
    return "".join(f"{part.heading}：{'；'.join(line.text for line in part.lines)}。" for part in parts)


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "查一查家里的应急物资")
    alarm.add("trigger", NINE_IN_THE_MORNING)
    return alarm
