"""Term-start packs: what is in them, that offices open them, that a teacher finds them, and that what was done comes back as numbers."""

import csv
import dataclasses
import io
import re
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from hostile_text import WAYS, Field, Values
from html_pages import Page
from icalendar import Calendar
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Pt
from running import must, yingji

from macros.checks.schools import TOPICS
from macros.feeds.ical import first_occurrence, ical_files
from macros.loading.yaml_file import read_tree
from macros.models import Stage
from macros.packs import NAMES, names_of, packs
from macros.recording import import_records
from macros.school_topics import topics_for

STAGES = ("幼儿园", "小学低段", "小学高段", "初中", "高中", "大学")
LARGEST = 4_000_000
SMALLEST_TEXT = Pt(24)


@pytest.fixture(scope="module")
def made(dataset, tmp_path_factory) -> dict[str, bytes]:
    return dict(packs(dataset, tmp_path_factory.mktemp("kept")))


def opened(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# --- topics ------------------------------------------------------------------------------------


def test_every_stage_is_there_from_the_youngest(dataset):
    assert tuple(stage.stage for stage in dataset.stages.values()) == STAGES


def test_a_plans_risks_choose_what_is_taught(dataset):
    regions = {region.slug: region for region in dataset.regions.values()}
    junior = dataset.stages["junior"]
    assert [topic.hazard for topic in topics_for(dataset, junior, regions["qinzhou"])] == ["typhoon", "drowning"]
    assert [topic.hazard for topic in topics_for(dataset, junior, regions["shijingshan"])] == ["earthquake", "building-fire"]
    assert "没有点名" in topics_for(dataset, junior, regions["guangxi"])[0].chosen


def test_what_is_taught_has_been_reviewed_twice(dataset):
    for stage in dataset.stages.values():
        for region in dataset.regions.values():
            for topic in topics_for(dataset, stage, region):
                assert len(topic.lines) >= 2, (stage.id, topic.hazard)
                for line in (*topic.lines, *topic.never):
                    assert not line.life_safety or len({review.role for review in line.reviews}) >= 2, line.text


def test_the_quiz_asks_what_was_taught(dataset):
    for stage in dataset.stages.values():
        for region in dataset.regions.values():
            for topic in topics_for(dataset, stage, region):
                assert topic.questions, (stage.id, topic.hazard)
                assert {question.reference.page for question in topic.questions} == {f"hazards/{topic.hazard}"}


def test_drowning_is_first_of_all_prevented(dataset):
    junior, qinzhou = dataset.stages["junior"], next(region for region in dataset.regions.values() if region.slug == "qinzhou")
    drowning = topics_for(dataset, junior, qinzhou)[1]
    taught = "".join(line.text for line in (*drowning.before, *drowning.never))
    assert "家长或老师带着" in taught
    assert "手拉手" in taught


def test_the_minutes_of_a_lesson_add_up(dataset):
    for stage in dataset.stages.values():
        assert sum(step.minutes * (TOPICS if step.kind == "主题" else 1) for step in stage.steps) == stage.lesson_minutes


# --- files -------------------------------------------------------------------------------------


def test_a_pack_a_stage_and_region_small_and_whole(dataset, made):
    assert len(made) == len(dataset.stages) * len(dataset.regions)
    for uri, pack in made.items():
        assert len(pack) <= LARGEST, uri
        assert set(opened(pack)) == {"index.html", *names_of(dataset.stages[uri.split("/")[1]])}, uri


def test_packs_are_the_same_to_the_byte(dataset, made):
    """Made once more and without what the first run kept."""
    again = dict(packs(dataset, None))
    assert [uri for uri in made if made[uri] != again[uri]] == []


def test_every_slide_has_words_to_say_and_every_picture_a_text(made):
    for uri, pack in made.items():
        for slide in Presentation(io.BytesIO(opened(pack)["slides.pptx"])).slides:
            assert slide.notes_slide.notes_text_frame.text.strip(), uri
            for shape in slide.shapes:
                if shape.shape_type == 13:  # a picture
                    assert shape._element.nvPicPr.cNvPr.get("descr"), uri


def test_slides_are_real_text_that_the_last_row_reads(made):
    for pack in made.values():
        for slide in Presentation(io.BytesIO(opened(pack)["slides.pptx"])).slides:
            sizes = [run.font.size for shape in slide.shapes if shape.has_text_frame for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
            assert sizes
            assert min(sizes) >= SMALLEST_TEXT


def test_the_record_sheet_adds_up_and_asks_for_no_name(made):
    book = load_workbook(io.BytesIO(opened(next(iter(made.values())))["record.xlsx"]))
    sheet = book.active
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert "=SUM(B2:B41)" in formulas
    assert not any("姓名" in str(cell.value) for cell in sheet[1])


def test_no_file_asks_for_a_pupils_name(made):
    for uri, pack in made.items():
        files = opened(pack)
        for name in (name for name in files if name.endswith(".docx")):
            with zipfile.ZipFile(io.BytesIO(files[name])) as parts:
                text = re.sub("<[^>]+>", "", parts.read("word/document.xml").decode("utf-8"))
            assert not re.search(r"(姓名|名字)\s*[：:_＿]", text), (uri, name)
            assert "姓名" not in re.findall(r"序号(.{0,12})", text), (uri, name)


def test_libreoffice_opens_every_kind_of_file(dataset, made, office, tmp_path):
    wanted = []
    for stage in dataset.stages.values():
        files = opened(made[f"schools/{stage.id}/{next(iter(dataset.regions.values())).slug}.zip"])
        for name in ("slides.pptx", "lesson.docx", "letter.docx", "checklist.docx", "record.xlsx"):
            wanted.append(tmp_path / f"{stage.id}-{name}")
            wanted[-1].write_bytes(files[name])
    office("pdf", tmp_path, *wanted)
    assert [path.name for path in wanted if not path.with_suffix(".pdf").is_file()] == []


# --- calendar ----------------------------------------------------------------------------------

#: The last Monday of March, worked out by hand from a wall calendar.
SAFETY_DAYS = {2024: 25, 2025: 31, 2026: 30, 2027: 29, 2028: 27, 2029: 26, 2030: 25, 2031: 31, 2032: 29, 2033: 28, 2034: 27, 2035: 26}


@pytest.mark.parametrize("year, day", SAFETY_DAYS.items())
def test_computed_days_fall_where_a_wall_calendar_has_them(year, day):
    assert first_occurrence("last-mon-03", year)[0] == date(year, 3, day)


def test_a_calendar_per_region_and_audience_reads_and_keeps_its_ids(dataset):
    feeds = dict(ical_files(dataset))
    assert "calendar/qinzhou-schools.ics" in feeds
    again = dict(ical_files(dataset))
    for uri, text in feeds.items():
        events = Calendar.from_ical(text).walk("VEVENT")
        uids = [str(event["UID"]) for event in events]
        assert len(uids) == len(set(uids)), uri
        assert text == again[uri]


def test_schools_get_the_days_for_schools(dataset):
    text = dict(ical_files(dataset))["calendar/qinzhou-schools.ics"]
    names = {str(event["SUMMARY"]) for event in Calendar.from_ical(text).walk("VEVENT")}
    assert "全国中小学生安全教育日" in names
    assert "安全生产月" not in names


# --- in a browser ------------------------------------------------------------------------------


@pytest.fixture
def page(browser, site_dir):
    context = browser.new_context(offline=True, accept_downloads=True, viewport={"width": 1000, "height": 800}, bypass_csp=True)
    opened_page = context.new_page()
    faults: list[str] = []
    opened_page.on("pageerror", lambda error: faults.append(str(error)))
    yield opened_page
    context.close()
    assert faults == []


def test_a_teacher_walks_from_home_to_letter_pack_and_paper_quiz(page, site_dir):
    """Taps: to the packs, to the pack, to the download; to the quiz, its paper mode. Ten at most; these are six."""
    page.goto((site_dir / "index.html").as_uri())
    page.locator(".md-content a[href='schools/index.html']").first.click()
    page.get_by_role("link", name="钦州初中开学安全包").click()
    page.locator("[data-blank='学校']").fill('一中<b>"/\\:')
    page.locator("[data-blank='日期']").fill("2027-03-01")
    assert "2027年3月1日" in page.locator(".letter").inner_text()
    assert '一中<b>"/\\:' in page.locator(".letter").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载整套").click()
    assert download.value.suggested_filename == "qinzhou.zip"
    for part, shown, gone in (("教案", "#lesson", "#letter"), ("教案", "#topics", "#quiz"), ("小测", "#quiz", "#lesson"), ("信", "#letter", "#quiz")):
        assert printed(page, f"只印{part}", shown, gone) == (True, False)


def test_no_button_promises_what_only_a_script_does(browser, site_dir):
    with browser.new_context(java_script_enabled=False, offline=True) as context:
        page = context.new_page()
        page.goto((site_dir / "schools/junior/qinzhou.html").as_uri())
        assert page.locator("[data-print-part]").count() == 4
        assert page.locator("[data-print-part]:visible").count() == 0


def printed(page, button: str, *parts: str) -> tuple[bool, ...]:
    """Which parts of the page stand on the paper that a button prints."""
    page.emulate_media(media="print")
    page.evaluate("parts => { window.print = () => { window.onPaper = parts.map(one => document.querySelector(one).checkVisibility()); }; }", parts)
    page.locator("[data-print-part]", has_text=button).evaluate("button => button.click()")
    page.emulate_media(media="screen")
    return tuple(page.evaluate("onPaper"))


def test_another_topic_can_be_taught(page, site_dir):
    page.goto((site_dir / "schools/junior/qinzhou.html").as_uri())
    first, second = page.locator("[data-choose-topics] select").all()
    first.select_option("earthquake")
    assert taught(page) == ["earthquake", "drowning"]
    assert "主题是地震、溺水与水上遇险" in page.locator(".letter").inner_text()
    assert page.locator(".school-quiz > [data-quiz-of]:visible h3").all_inner_texts() == ["溺水与水上遇险", "地震"]
    assert "压缩包里还是台风、溺水与水上遇险" in page.locator("[data-choose-topics] output").inner_text()
    second.select_option("earthquake")  # taught already: the two change places
    assert taught(page) == ["drowning", "earthquake"]


def taught(page) -> list[str]:
    return page.locator("[data-topics] [data-topic]").evaluate_all("all => all.map(one => one.dataset.topic)")


def test_a_schools_words_stay_only_after_a_tick(page, site_dir):
    uri = (site_dir / "schools/junior/qinzhou.html").as_uri()
    page.goto(uri)
    page.locator("[data-blank='学校']").fill("一中")
    page.reload()
    assert page.locator("[data-blank='学校']").input_value() == ""
    page.locator("[data-blank='学校']").fill("一中")
    page.get_by_label("保存在本机").check()
    page.goto((site_dir / "schools/senior/qinzhou.html").as_uri())
    assert "一中" in page.locator(".letter").inner_text()
    page.get_by_role("button", name="全部清除").click()
    page.reload()
    assert page.locator("[data-blank='学校']").input_value() == ""


def test_the_report_takes_no_impossible_numbers_and_gives_entries_back(page, site_dir):
    page.goto((site_dir / "schools/report.html").as_uri() + "?senior.450700")
    assert page.locator("[data-field=item]").input_value() == "schools/senior"
    assert page.locator("[data-field=region]").input_value() == "450700"
    page.locator("[data-field=date]").fill("2026-09-01")
    for persons, said in (("", "至少填一样"), ("-3", "0 或更大"), ("30", "加进来了")):
        page.locator("[data-field=persons]").fill(persons)
        page.get_by_role("button", name="加一条").click()
        assert said in page.locator("[data-said]").inner_text()
    assert page.locator("[data-rows] li").count() == 1
    page.get_by_role("button", name="删掉").click()
    assert page.locator("[data-rows]").inner_text() == ""


def test_a_campaign_in_numbers_becomes_a_record(page, site_dir, dataset, tmp_path):
    page.goto((site_dir / "schools/report.html").as_uri())
    for field, value in {"date": "2026-09-01", "persons": "300", "reached": "2", "whole": "20"}.items():
        page.locator(f"[data-field={field}]").fill(value)
    page.get_by_role("button", name="加一条").click()
    page.locator("[data-field=whole]").fill("1")
    page.get_by_role("button", name="加一条").click()
    assert "不能多于" in page.locator("[data-said]").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    download.value.save_as(tmp_path / "campaign.csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 Excel").click()
    download.value.save_as(tmp_path / "campaign.xlsx")
    header, entry, sums = load_workbook(tmp_path / "campaign.xlsx").active.iter_rows(values_only=True)
    assert entry[5:] == ("schools/kindergarten", 300, 300, 2, 20)
    assert sums == ("合计", None, None, None, None, None, "=SUM(G2:G2)", "=SUM(H2:H2)", "=SUM(I2:I2)", "=SUM(J2:J2)")
    assert len(header) == len(entry)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "campaign.csv").read_text("utf-8-sig"))))
    assert [(row["activity"], row["result"], row["person_times"]) for row in rows] == [("宣教", "2/20", "300")]
    here = dataclasses.replace(dataset, root=tmp_path / "data")
    here.root.mkdir()
    assert import_records(here, [tmp_path / "campaign.csv"], date(2030, 1, 1)) == {tmp_path / "campaign.csv": 1}


def test_this_month_stands_first_on_a_hub(browser, site_dir):
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.clock.install(time="2027-06-10T00:00:00Z")
        page.goto((site_dir / "regions/qinzhou/index.html").as_uri())
        first = page.locator("[data-campaigns] li").first.inner_text()
        assert re.search("6月.*就在这个月", first)
        page.goto((site_dir / "calendar/index.html").as_uri())
        assert page.locator("ol.year [aria-current]").inner_text().startswith("6月")


def test_a_name_of_any_length_stays_text(page, site_dir):
    page.goto((site_dir / "schools/junior/qinzhou.html").as_uri())
    page.locator("[data-blank='学校']").fill("长" * 300)
    assert len(page.locator("[data-blank='学校']").input_value()) == 60


def test_start_pages_name_every_file(made):
    start = opened(next(iter(made.values())))["index.html"].decode("utf-8")
    assert all(f'href="{name}"' in start for name in NAMES)


# --- text is text ------------------------------------------------------------------------------


#: Said in the files of a pack, or in the list of packs.
ELSEWHERE = {"Stage.handout", "Stage.poster", "Stage.pupils"}


@pytest.fixture(scope="module", params=WAYS)
def hostile(request, project, project_copy) -> tuple[Path, Values]:
    """The site with every text of one stage filled with markup, and the values."""
    root, field = project_copy(f"stage-{request.param}"), Field(request.param)
    path, schema = root / "data/schools/junior.yml", Stage.model_json_schema()
    filled = field.filled(read_tree(path, path.name).value, schema, schema["$defs"])
    path.write_text(yaml.safe_dump(filled, allow_unicode=True, sort_keys=False), "utf-8")
    must(yingji("build", cwd=root))
    return root / "site", field.values


def test_what_a_stage_says_shows_as_written_and_makes_nothing(hostile, site_dir):
    site, values = hostile
    uri = "schools/junior/qinzhou.html"
    page, harmless = Page(site / uri, "article"), Page(site_dir / uri, "article")
    shown = "\n".join((*page.texts, *page.spoken))
    kept = {name for name, texts in values.items() if not any(text in shown for text in texts)}
    assert kept == ELSEWHERE
    assert Counter(page.elements) == Counter(harmless.elements)


def test_what_a_stage_says_stands_as_written_in_its_files(hostile):
    site, values = hostile
    files = opened((site / "schools/junior/qinzhou.zip").read_bytes())
    lesson = "".join(ElementTree.fromstring(opened(files["lesson.docx"])["word/document.xml"]).itertext())
    assert all(any(text in lesson for text in values[name]) for name in ("Stage.aims", "LessonStep.does", "LessonStep.says", "Moment.what"))
    slides = Presentation(io.BytesIO(files["slides.pptx"]))
    shown = "\n".join(shape.text_frame.text for slide in slides.slides for shape in slide.shapes if shape.has_text_frame)
    assert any(text in shown for text in values["Stage.aims"])
