"""Drill guides: what each must hold, its sheets as Word and PDF, who owes which drill, and one drill from start to evidence."""

import csv
import dataclasses
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from running import must, yingji

from macros.drill_sheets import sheets, without_values
from macros.models import ActivityRecord, Unit
from macros.models.drills import seconds
from macros.obligations import bound_by, due_drills
from macros.pages.overviews import overview_pages
from macros.pdf_files import pdf
from macros.recording import import_records
from macros.word_files import docx

TODAY = date(2030, 1, 1)
WANTED = {
    "kindergarten-earthquake", "primary-earthquake", "primary-fire", "middle-school-earthquake", "middle-school-fire", "school-bus-fire",
    "school-bad-weather-dismissal", "community-waterlogging", "community-fire", "village-landslide", "village-typhoon", "high-rise-fire",
    "care-home-fire", "hospital-outage-fire", "mall-fire-crowd", "firm-chemical-release", "firm-confined-space", "home-earthquake-fire",
    "office-tabletop-typhoon", "office-tabletop-chemical",
}  # fmt: skip


def test_the_guides_that_the_plans_ask_for_are_there(dataset):
    assert set(dataset.guides) >= WANTED


def test_every_role_of_a_guide_has_something_to_do(dataset):
    """A card whose holder never acts, asks or is asked is a person standing about; observers only watch."""
    for guide in dataset.guides.values():
        acting = {step.who for step in guide.script} | {inject.to for inject in guide.injects} | {ask.who for card in guide.cards for ask in card.asks}
        watching = {role.id for role in guide.roles if role.id.startswith(("observer", "recorder", "safety"))}
        idle = {role.id for role in guide.roles} - acting - watching
        assert len(idle) <= 3, (guide.id, idle)


def test_no_time_counts_for_small_children_and_no_drill_without_notice_for_the_untrained(dataset):
    for guide in dataset.guides.values():
        if guide.setting in ("幼儿园", "小学"):
            assert all(score.how != "计时" for score in guide.scores), guide.id
        if guide.setting not in ("企业", "机关"):
            assert all(level.name != "双盲" for level in guide.levels), guide.id


# --- sheets ------------------------------------------------------------------------------------


def words_of(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        return parts.read("word/document.xml").decode("utf-8")


def test_the_word_file_holds_every_step_word_and_score(dataset):
    for guide in dataset.guides.values():
        text = words_of(docx(sheets(guide), guide.title))
        for piece in (*(step.text for step in guide.script), *(step.says for step in guide.script), *(score.text for score in guide.scores)):
            assert piece.replace("&", "&amp;") in text, (guide.id, piece)


def test_office_files_are_the_same_to_the_byte(dataset):
    guide = dataset.guides["middle-school-earthquake"]
    blank = tuple(without_values(sheets(guide)))
    assert docx(blank, guide.title) == docx(blank, guide.title)
    assert pdf(blank, guide.title) == pdf(blank, guide.title)


def test_a_pdf_carries_its_own_small_font(dataset):
    guide = dataset.guides["middle-school-earthquake"]
    document = pdf(without_values(sheets(guide)), guide.title)
    assert document.startswith(b"%PDF-1.7")
    assert b"NotoSansSC" in document
    assert len(document) < 500_000


def test_text_in_a_pdf_is_text(small_dataset):
    guide = small_dataset.guides["school-typhoon"]
    wild = guide.model_copy(update={"purpose": "#panic(\"ran\") *bold* $x$ <script>"})
    pdf(sheets(wild), wild.title)  # Typst would stop here if it read the value as its own language


def test_libreoffice_opens_every_sheet(dataset, office, tmp_path):
    for guide in dataset.guides.values():
        (tmp_path / f"{guide.id}.docx").write_bytes(docx(without_values(sheets(guide)), guide.title))
    office("txt:Text (encoded):UTF8", tmp_path, *sorted(tmp_path.glob("*.docx")))
    for guide in dataset.guides.values():
        text = (tmp_path / f"{guide.id}.txt").read_text("utf-8")
        assert guide.script[-1].says.split("〔")[0] in text, guide.id


# --- who owes what -----------------------------------------------------------------------------


def test_a_region_inherits_what_binds_its_schools(dataset):
    shijingshan = next(region for region in dataset.regions.values() if region.slug == "shijingshan")
    found = {(bound.item.id, bound.item.every_months) for bound in bound_by(dataset, shijingshan)["小学"]}
    assert {("school-evacuation-drill", 1), ("beijing-school-fire-drill", 6)} <= found


def test_without_units_nothing_is_counted_and_with_them_the_next_date_is(dataset):
    region = next(iter(dataset.regions.values()))
    assert list(due_drills(dataset, region)) == []
    table = dataclasses.make_dataclass("Rows", ["records"])
    unit = Unit(code="S-1", region=region.code, kind="幼儿园")
    done = ActivityRecord(id="ABCDEFGH2345", date="2026-11-30", region=region.code, unit="S-1", activity="演练", item="drills/kindergarten-earthquake")
    with_unit = dataclasses.replace(dataset, unit_tables=(table((unit,)),), record_tables=(table((done,)),))
    dues = {due.bound.item.id: due for due in due_drills(with_unit, region)}
    assert dues["kindergarten-evacuation-drill"].next == date(2027, 2, 28)


def test_the_command_says_that_the_number_owed_is_unknown(project):
    answer = must(yingji("drills", "due", cwd=project))
    assert "应做数未知" in answer.stdout
    assert "每月1次 开展应急疏散演练" in answer.stdout


# --- one drill in a real browser, from a disk with the network off --------------------------------

URI = "drills/middle-school-earthquake.html"


@pytest.fixture
def page(browser, site_dir):
    context = browser.new_context(offline=True, accept_downloads=True, viewport={"width": 360, "height": 740}, bypass_csp=True)
    opened = context.new_page()
    opened.clock.install(time="2029-05-12T02:00:00Z")
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "blob:", "data:")) else None)
    opened.goto((site_dir / URI).as_uri())
    opened.clock.pause_at("2029-05-12T02:00:30Z")  # from here time passes only when a test says so
    yield opened
    context.close()
    assert faults == []


def tap(page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def begin(page) -> None:
    tap(page, "开始演练")
    page.get_by_role("button", name="开始", exact=True).click()


def test_what_is_typed_stands_in_script_notice_and_word_file(page, tmp_path):
    page.locator("[data-blank='集合点']").fill("东操场<b>&")
    page.locator("[data-groups]").fill("一班 42\n二班 40人\n三班")
    assert "走到东操场<b>&，站好队" in page.locator("[data-step='6']").inner_text()
    assert "应到82人" in page.locator("[data-step='10']").inner_text()
    assert page.locator("[data-group-table] tbody tr").nth(1).locator("td").nth(1).inner_text() == "40"
    with page.expect_download() as download:
        tap(page, "下载填好的 Word")
    download.value.save_as(tmp_path / "filled.docx")
    text = words_of((tmp_path / "filled.docx").read_bytes())
    assert "东操场&lt;b&gt;&amp;" in text
    assert "全校应到82人" in text
    assert "＿＿＿＿＿＿（学校）" in text
    assert "〔" not in text


def test_nothing_is_kept_before_the_tick_and_all_goes_with_one_tap(page):
    page.locator("[data-blank='集合点']").fill("东操场")
    page.reload()
    assert page.locator("[data-blank='集合点']").input_value() == ""
    page.locator("[data-blank='集合点']").fill("西操场")
    page.get_by_label("保存在本机").check()
    page.reload()
    assert page.locator("[data-blank='集合点']").input_value() == "西操场"
    tap(page, "全部清除")
    page.reload()
    assert page.locator("[data-blank='集合点']").input_value() == ""


def test_the_calendar_file_is_read_by_a_calendar(page, tmp_path):
    from icalendar import Calendar

    page.locator("[data-blank='日期']").fill("2029-05-12")
    page.locator("[data-blank='开始时刻']").fill("10:10")
    with page.expect_download() as download:
        tap(page, "加进日历")
    download.value.save_as(tmp_path / "drill.ics")
    event = Calendar.from_ical((tmp_path / "drill.ics").read_bytes()).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == "中学地震避险和疏散演练"
    assert event.decoded("DTSTART").strftime("%Y-%m-%d %H:%M") == "2029-05-12 10:10"


def test_a_drill_from_start_to_the_targets_page(page, dataset, tmp_path):
    begin(page)
    page.clock.run_for(6_000)
    assert page.locator(".runner-clock").inner_text() == "00:06"
    for _ in range(3):
        tap(page, "做完了")
    tap(page, "随机突发情况")
    page.get_by_label("记一笔").fill("三楼慢")
    page.keyboard.press("Enter")
    page.reload()  # in the middle: the clock and the steps are still there
    assert page.locator("dialog.runner").evaluate("one => one.open")
    assert "信号停" in page.locator(".runner-now").inner_text()
    page.get_by_label("选一个突发情况").select_option(index=1)
    page.clock.run_for(60_000)
    for _ in range(9):
        tap(page, "做完了")
    assert "脚本做完了" in page.locator(".runner-now").inner_text()
    tap(page, "结束，去评分")
    score(page)
    assert "得 92 分" in page.locator("[data-drill-result]").inner_text()
    assert "三楼慢" in page.locator(".drill-log").inner_text()
    region = next(plan.region for plan in dataset.plans.values() if plan.id == "qinhuangdao-2014")
    page.locator("[data-record=region]").fill(region)
    page.locator("[data-record=persons]").fill("82")
    page.locator("[data-record=level]").select_option("预告疏散")
    page.reload()
    kept = exported(page, "下载 CSV", tmp_path / "drill.csv")
    whole = json.loads(exported(page, "下载 JSON", tmp_path / "drill.json").read_text("utf-8"))
    assert whole["score"]["points"] == 92
    assert len(whole["run"]["given"]) == 2
    becomes_evidence(dataset, kept, tmp_path)


def score(page) -> None:
    for row in page.locator("[data-score]").all():
        how = row.get_attribute("data-how")
        if how == "有无":
            row.locator("[data-value]").check()
        elif how == "计时":
            row.locator("[data-skip]").check()
        else:
            row.locator("[data-part]").fill("9" if row.get_attribute("data-score") == "take-cover" else "3")
            row.locator("[data-whole]").fill("10" if row.get_attribute("data-score") == "take-cover" else "4" if row.get_attribute("data-score") == "head-count" else "3")


def exported(page, name: str, path: Path) -> Path:
    with page.expect_download() as download:
        tap(page, name)
    download.value.save_as(path)
    return path


def becomes_evidence(dataset, file: Path, folder: Path) -> None:
    """The file of the browser is taken in, and the targets page then shows it for the plan's year."""
    row = next(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert (row["activity"], row["result"], row["level"], row["persons"]) == ("演练", "92/100", "预告疏散", "82")
    here = dataclasses.replace(dataset, root=folder / "data")
    here.root.mkdir()
    assert import_records(here, [file], TODAY) == {file: 1}
    record = ActivityRecord.model_validate({name: value for name, value in row.items() if value} | {"date": "2014-06-01"})
    counted = dataclasses.replace(dataset, record_tables=(dataclasses.make_dataclass("Rows", ["records"])((record,)),))
    targets = next(page for page in overview_pages(counted) if page.uri == "targets/index.md")
    assert "1 条记录" in targets.markdown
    assert '<th scope="row">2014 年</th>' in targets.markdown


def test_a_void_means_no_score_and_an_impossible_count_is_said(page):
    score(page)
    page.locator("[data-void]").first.check()
    assert "这次不计分" in page.locator("[data-drill-result]").inner_text()
    page.locator("[data-void]").first.uncheck()
    page.locator("[data-score=take-cover] [data-part]").fill("50")
    assert "做到”比“共”多" in page.locator("[data-drill-result]").inner_text()


def test_a_clock_that_jumps_does_not_move_the_drill(page):
    begin(page)
    page.clock.run_for(5_000)
    page.clock.set_system_time("2031-01-01T00:00:00Z")
    page.clock.run_for(2_000)
    assert page.locator(".runner-clock").inner_text() == "00:07"
    page.reload()  # the day's clock is years ahead: that gap is not counted
    assert page.locator(".runner-clock").inner_text() == "00:07"


def test_by_keyboard_alone_and_told_to_a_screen_reader(page):
    page.locator(".drill-bar button").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="开始", exact=True).focus()
    page.keyboard.press("Enter")
    page.clock.run_for(1_000)
    page.get_by_role("button", name="做完了").focus()
    page.keyboard.press("Enter")
    assert "上课老师" in page.locator(".runner [role=status]").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("dialog.runner").evaluate("one => one.open")


def test_axe_finds_nothing_in_the_running_drill(page, project):
    begin(page)
    page.clock.run_for(1_000)
    tap(page, "随机突发情况")
    page.clock.resume()  # axe waits by the clock
    page.evaluate((project / "node_modules/axe-core/axe.min.js").read_text("utf-8"))
    found = page.evaluate("""() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], preload: false})
      .then(done => done.violations.map(one => `${one.id}: ${one.nodes[0].target}`))""")
    assert found == []


def test_a_script_says_its_times_forward(dataset):
    for guide in dataset.guides.values():
        times = [seconds(step.at) for step in guide.script]
        assert times == sorted(times), guide.id
