"""What every page of advice holds, whatever the data says: order, levels, sources, nothing twice."""

from collections import Counter

import pytest
from fault_list import assert_none
from html_pages import Page
from icalendar import Calendar

from macros.feeds.kit_reminder import DAYS, FILE
from macros.pages.messages import messages

ORDER = ["现在就做", "千万不要", "之前", "之中", "之后", "预警信号", "常见误区", "转告别人", "各地情况", "来源"]


@pytest.fixture(scope="module")
def pages(dataset, site_dir) -> dict[str, Page]:
    return {hazard: Page(site_dir / "hazards" / f"{hazard}.html", "article") for hazard in dataset.hazards}


def test_what_to_do_now_comes_first(pages, dataset):
    """One line, then the steps, before anything else; sections in one order on every page."""
    for hazard, page in pages.items():
        start = page.texts.index(dataset.hazards[hazard].name)
        said = [text.strip() for text in page.texts[start:] if text.strip() and text.strip() != "¶"]
        assert said[1] == dataset.hazards[hazard].first and said[2] == "现在就做", hazard
        found = [text for text in page.texts if text in ORDER]
        sections = list(dict.fromkeys(found))
        assert sections == [name for name in ORDER if name in sections], hazard
        assert {"现在就做", "千万不要", "转告别人", "来源"} <= set(sections), hazard


def test_no_sentence_stands_twice_on_a_page(pages):
    """Messages repeat lines on purpose: they are made of them."""
    faults = []
    for hazard, page in pages.items():
        body = page.texts[: page.texts.index("转告别人")] if "转告别人" in page.texts else page.texts
        sentences = Counter(text.strip() for text in body if len(text.strip()) > 8 and not text.startswith("，由"))
        faults += [f"{hazard}: {text}" for text, times in sentences.items() if times > 1]
    assert_none(faults)


def test_every_instruction_shows_its_source(dataset, site_dir):
    for hazard in dataset.hazards.values():
        html = (site_dir / "hazards" / f"{hazard.id}.html").read_text("utf-8")
        assert html.count('class="cite"') >= len(hazard.instructions) + len(hazard.myths), hazard.id
        for line in (*hazard.instructions, *hazard.myths):
            assert f'id="source-{line.cite.source}"' in html, f"{hazard.id}: {line.cite.source}"


def test_levels_stand_with_threshold_and_what_they_ask(pages, dataset):
    """And the page says that it is no warning."""
    for signal in dataset.items("warnings", "signals"):
        for hazard in signal.hazards:
            text = pages[hazard].text
            assert "本站不发布预警" in text
            for level in signal.levels:
                assert signal.level_name(level) in text and all(part in text for part in (level.threshold, *level.asks))


def test_the_same_advice_is_not_said_twice_in_a_short_message(dataset):
    """The first line sums up; a step that says it again would cost a quarter of the message."""
    typhoon = dataset.hazards["typhoon"]
    lines = [line for line in messages(typhoon, []).sms.partition("】")[2].split("。") if line]
    assert lines[0] == typhoon.first
    assert [line for line in lines[1:] if len(pairs(line) & pairs(lines[0])) >= len(pairs(line)) / 2] == []


def pairs(line: str) -> set[str]:
    return {line[i : i + 2] for i in range(len(line) - 1)}


# --- the reminder for what is kept at home -------------------------------------------------------


@pytest.fixture(scope="module")
def reminder(site_dir) -> Calendar:
    return Calendar.from_ical((site_dir / FILE).read_bytes())


def test_twice_a_year_a_phone_reminds(reminder):
    events = reminder.walk("VEVENT")
    assert [event["dtstart"].dt.strftime("%m-%d") for event in events] == list(DAYS)
    assert [str(event["uid"]) for event in events] == [f"kit-{day}@yingji-xuetang" for day in DAYS]
    assert all(event["rrule"]["freq"] == ["YEARLY"] and event.walk("VALARM") for event in events)


def test_it_says_only_what_the_page_says(reminder, site_dir):
    page = Page(site_dir / "kit" / "storage.html", "article")
    for event in reminder.walk("VEVENT"):
        lines = str(event["description"]).replace("：", "。").replace("；", "。").split("。")
        assert [line for line in lines if line and line not in page.text] == []


def test_it_is_a_file_built_ahead_and_linked(site_dir):
    """WeChat's browser refuses what a page makes by itself."""
    for page in ("household-kit", "go-bag", "car-kit", "for-whom", "storage"):
        assert 'href="check-twice-a-year.ics"' in (site_dir / "kit" / f"{page}.html").read_text("utf-8"), page
    lines = (site_dir / FILE).read_bytes().split(b"\r\n")
    assert lines[-1] == b"" and not any(len(line) > 75 or b"\n" in line for line in lines)
