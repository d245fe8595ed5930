"""Quizzes in a real browser, opened from a disk with the network off: every way to use them, to the end."""

import csv
import dataclasses
import io
import json
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import date
from pathlib import Path

import pytest

from macros.pages.overviews import overview_pages
from macros.recording import import_records

AXE = "node_modules/axe-core/axe.min.js"
#: What walking.py asks of every page; here of what a mode puts on it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FOUND = """rules => axe.run(document, {runOnly: rules, preload: false})
  .then(done => done.violations.map(found => `${found.id}: ${found.nodes[0].target}`))"""


@pytest.fixture
def page(browser, site_dir):
    context = browser.new_context(offline=True, accept_downloads=True, viewport={"width": 360, "height": 740}, bypass_csp=True)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "blob:", "data:")) else None)
    yield opened
    context.close()
    assert faults == []


def visit(page, site_dir: Path, uri: str) -> None:
    page.goto((site_dir / uri).as_uri())


def shown(page):
    return page.locator("[data-question]:not([hidden])")


def start_exam(page, seed: str, count: int = 5, code: str = "QZ-301") -> list[str]:
    page.get_by_role("button", name="考试").click()
    page.get_by_label("题数").fill(str(count))
    page.get_by_label("卷号").fill(seed)
    page.get_by_label("班级或村").fill(code)
    page.get_by_role("button", name="开始").click()
    return shown(page).evaluate_all("all => all.map(one => one.dataset.question)")


def test_practice_says_right_and_wrong_at_once_and_survives_a_reload(page, site_dir):
    visit(page, site_dir, "quizzes/typhoon.html")
    first, second = page.locator("[data-question]").nth(0), page.locator("[data-question]").nth(1)
    first.locator("li[data-right] input").check()
    second.locator("li:not([data-right]) input").first.check()
    assert "答对了" in first.locator(".quiz-said").inner_text()
    assert "不对" in second.locator(".quiz-said").inner_text()
    assert second.locator("details.answer").evaluate("one => one.open")
    page.reload()
    assert "已做 2 / 7，答对 1" in page.locator(".quiz-panel").inner_text()


def test_progress_goes_out_and_in_as_a_file_and_is_cleared(page, site_dir, tmp_path):
    visit(page, site_dir, "quizzes/typhoon.html")
    page.locator("[data-question] input").first.check()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出进度").click()
    kept = tmp_path / "progress.json"
    download.value.save_as(kept)
    page.get_by_role("button", name="清除本机记录").click()
    assert "已做 0 " in page.locator(".quiz-panel").inner_text()
    page.locator(".quiz-tools input[type=file]").set_input_files(kept)
    page.wait_for_selector("text=已做 1 ")
    broken = tmp_path / "broken.json"
    broken.write_text(kept.read_text(encoding="utf-8")[:20], encoding="utf-8")
    page.locator(".quiz-tools input[type=file]").set_input_files(broken)
    page.wait_for_selector("text=原有记录没有改动")
    assert "已做 1 " in page.locator(".quiz-panel").inner_text()


def test_progress_from_a_file_joins_what_is_here(page, site_dir, tmp_path):
    visit(page, site_dir, "quizzes/typhoon.html")
    quiz = page.locator("[data-quiz]")
    ids = page.locator("[data-question]").evaluate_all("all => all.map(one => one.dataset.question)")
    page.locator("[data-question] input").first.check()
    given = {"hash": quiz.get_attribute("data-hash"), "answers": {ids[1]: [0]}, "exam": None, "exams": ["a slip"]}
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"yingji": 1, "quizzes": {"typhoon": given}}), encoding="utf-8")
    page.locator(".quiz-tools input[type=file]").set_input_files(path)
    page.wait_for_selector("text=已做 2 ")
    for broken in ({**given, "answers": None}, {**given, "answers": {ids[0]: 3}}, "progress", None):
        path.write_text(json.dumps({"yingji": 1, "quizzes": {"typhoon": broken}}), encoding="utf-8")
        page.reload()
        page.locator(".quiz-tools input[type=file]").set_input_files(path)
        page.wait_for_selector("text=原有记录没有改动")
        assert "已做 2 " in page.locator(".quiz-panel").inner_text()


def test_arrow_keys_read_on_and_only_the_space_bar_answers(page, site_dir):
    visit(page, site_dir, "quizzes/typhoon.html")
    first = page.locator("[data-question]").first
    first.locator("input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert first.locator(".quiz-said").count() == 0
    assert first.locator("li").nth(2).locator("input").evaluate("one => one === document.activeElement")
    page.keyboard.press("Space")
    assert first.locator("li").nth(2).locator("input").is_checked()
    assert first.locator(".quiz-said").count() == 1


def test_the_same_seed_gives_the_same_paper_and_a_reload_goes_on(page, site_dir):
    visit(page, site_dir, "quizzes/first-aid.html")
    drawn = start_exam(page, "2026")
    shown(page).first.locator("input, button").first.click()
    page.reload()
    assert shown(page).evaluate_all("all => all.map(one => one.dataset.question)") == drawn
    page.get_by_role("button", name="放弃").click()
    assert start_exam(page, "2026") == drawn
    page.get_by_role("button", name="放弃").click()
    assert start_exam(page, "2027") != drawn


def test_an_exam_tells_what_to_read_again_and_gives_a_slip(page, site_dir):
    visit(page, site_dir, "quizzes/typhoon.html")
    start_exam(page, "7", count=4)
    for index in range(3):
        shown(page).nth(index).locator("li[data-right] input").check()
    page.get_by_role("button", name="交卷").click()
    assert "3 / 4" in page.locator("[data-quiz-result] h2").inner_text()
    assert page.locator("[data-quiz-result] li a").count() == 1
    slip = page.locator(".slip textarea").input_value()
    assert "|QZ-301|" in slip
    page.get_by_role("button", name="二维码").click()
    page.wait_for_selector(".slip svg")


def test_an_ordering_question_by_keyboard_alone(page, site_dir):
    visit(page, site_dir, "quizzes/gas-leak.html")
    section = page.locator("[data-kind=排序]").first
    for place in range(4):
        for _ in range(4):
            item = section.locator(f"li[data-place='{place}']")
            at = item.evaluate("one => Array.from(one.parentNode.children).indexOf(one)")
            if at <= place:
                break
            item.get_by_role("button", name="上移").focus()
            page.keyboard.press("Enter")
            assert "现在第" in section.locator(".quiz-said").inner_text()
    section.get_by_role("button", name="对答案").focus()
    page.keyboard.press("Enter")
    assert section.get_attribute("data-result") == "right"


def test_class_mode_counts_hands(page, site_dir):
    visit(page, site_dir, "quizzes/typhoon.html")
    page.get_by_role("button", name="课堂").click()
    assert shown(page).count() == 1
    for option in shown(page).locator("li").all():
        option.get_by_role("button").click()
    page.get_by_role("button", name="揭晓").click()
    assert "累计举手 3，答对 1" in page.locator(".quiz-panel").inner_text()
    page.get_by_role("button", name="下一题").click()
    assert "第 2 / 7 题" in page.locator(".quiz-panel").inner_text()


def test_a_paper_has_its_key_on_a_page_of_its_own(page, site_dir):
    visit(page, site_dir, "quizzes/typhoon.html")
    page.get_by_role("button", name="试卷").click()
    assert page.locator(".paper > ol > li").count() == 7
    assert page.locator(".paper-key").evaluate("one => one.textContent").count("答案") == 1
    page.emulate_media(media="print")
    assert page.locator(".paper-key").evaluate("one => getComputedStyle(one).breakBefore") == "page"
    assert not page.locator(".quiz").is_visible()


def test_a_paper_goes_out_as_word_with_the_same_questions(page, site_dir):
    visit(page, site_dir, "quizzes/course-primary-low.html")
    page.get_by_role("button", name="试卷").click()
    assert page.locator(".paper img").count() == page.locator("[data-question] img").count() > 0, "a question on a picture needs it"
    with page.expect_download() as download:
        page.get_by_role("button", name="这份卷子的 Word 文件").click()
    with zipfile.ZipFile(download.value.path()) as parts:
        body = ElementTree.fromstring(parts.read("word/document.xml"))
        assert all(ElementTree.fromstring(parts.read(name)) is not None for name in parts.namelist())
    text = "".join(body.itertext())
    asked = page.locator(".paper > ol > li > ol > li").all_inner_texts()
    assert len(asked) > 30
    places = [text.index(f"{'ABCDEFGH'[place]}. {option}") for question in page.locator(".paper > ol > li").all()
              for place, option in enumerate(question.locator("ol > li").all_inner_texts())]
    assert places
    keys = page.locator(".paper-key li").all_inner_texts()
    assert text.endswith("".join(f"{number}. {key}" for number, key in enumerate(keys, start=1)))
    assert "［图：一只手放在门上］" in text


def test_the_slip_prints_alone(page, site_dir):
    visit(page, site_dir, "quizzes/typhoon.html")
    start_exam(page, "7", count=2)
    page.get_by_role("button", name="交卷").click()
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.quizMode }")
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("[window.printed, document.documentElement.dataset.quizMode]") == ["slip", "exam"]
    page.evaluate("document.documentElement.dataset.quizMode = 'slip'")
    page.emulate_media(media="print")
    assert not page.locator(".quiz").is_visible()
    assert page.locator(".slip textarea").is_visible()


def make_slips(page, site_dir: Path, count: int) -> list[str]:
    visit(page, site_dir, "quizzes/typhoon.html")
    return page.evaluate("""count => Array.from({length: count}, (_, i) => yingjiSlip.make({
        quiz: 'typhoon', hash: document.querySelector('[data-quiz]').dataset.hash, band: '成人', right: i % 8, total: 7 + i % 8,
        code: 'QZ-' + i % 3, missed: ['calm-eye']}))""", count)


def test_forty_slips_become_evidence(page, site_dir, dataset, tmp_path):
    """Merged in the browser, imported by the command's own function, seen on the targets page."""
    lines = make_slips(page, site_dir, 40)
    visit(page, site_dir, "quizzes/summary.html")
    bad = [lines[0], lines[1][:-4], lines[2].replace("|成人|", "|高中|"), lines[3].replace("typhoon", "nothing")]
    page.locator("#slips").fill("\n".join([*lines, *bad]))
    page.get_by_role("button", name="加进来").click()
    page.wait_for_selector("text=加进 40 条，没有加进 4 条")
    assert page.locator("#slips").input_value().count("YJ1|") == 4, "what was refused is not lost"
    region = next(plan.region for plan in dataset.plans.values() if plan.id == "shijingshan-2021")
    page.locator("input[data-region]").fill(region)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    path = tmp_path / "records.csv"
    # The slips bear today's date; the plan ended with 2025.
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    path.write_text("\n".join(",".join([row[0], *(["date"] if row is rows[0] else ["2025-06-01"]), *row[2:12]]) for row in rows), encoding="utf-8")
    here = dataclasses.replace(dataset, root=tmp_path / "data")
    here.root.mkdir()
    assert import_records(here, [path], date(2026, 11, 21)) == {path: 40}
    assert "40 条记录，40 人，40 人次" in targets_page(here, tmp_path / "data" / "records")


def targets_page(dataset, folder: Path) -> str:
    from macros.loading.csv_file import read_table
    from macros.models import ActivityRecord

    tables = tuple(read_table(path, path.name, ActivityRecord)[0] for path in folder.glob("*.csv"))
    again = dataclasses.replace(dataset, record_tables=tables)
    return next(page.markdown for page in overview_pages(again) if page.uri == "targets/index.md")


def test_slips_of_another_version_and_of_the_future_are_refused(page, site_dir):
    line = make_slips(page, site_dir, 1)[0]
    visit(page, site_dir, "quizzes/summary.html")
    parts = line.split("|")
    for place, value, reason in ((3, "0123456789ab", "另一个版本"), (7, "2999-01-01", "日期在将来")):
        changed = [*parts[:place], value, *parts[place + 1 : 10]]
        whole = page.evaluate("line => line", "|".join(changed))
        page.locator("#slips").fill(f"{whole}|{crc32(whole)}")
        page.get_by_role("button", name="加进来").click()
        page.wait_for_selector(f"text={reason}")


def test_slips_that_no_form_of_ours_makes_are_refused(page, site_dir):
    """A name where a code belongs, and a quiz called like a part of every object, with a right checksum."""
    line = make_slips(page, site_dir, 1)[0]
    visit(page, site_dir, "quizzes/summary.html")
    parts = line.split("|")
    for place, value, reason in ((8, "张三", "不是成绩条的写法"), (5, "", "不是成绩条的写法"), (2, "constructor", "没有这个测验")):
        whole = "|".join([*parts[:place], value, *parts[place + 1 : 10]])
        page.locator("#slips").fill(f"{whole}|{crc32(whole)}")
        page.get_by_role("button", name="加进来").click()
        page.wait_for_selector(f"text={reason}")


@pytest.mark.parametrize("coding", ["utf-8-sig", "gb18030"])
def test_slips_come_in_as_files_as_excel_saves_them(page, site_dir, tmp_path, coding):
    lines = make_slips(page, site_dir, 3)
    table = page.evaluate("lines => yingjiSlip.csv(lines.map(yingjiSlip.read), '110107')", lines).removeprefix("\ufeff")
    path = tmp_path / "slips.csv"
    path.write_text(table, encoding=coding)
    visit(page, site_dir, "quizzes/summary.html")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="加进来").click()
    page.wait_for_selector("text=加进 3 条，没有加进 0 条")


def crc32(text: str) -> str:
    import zlib

    return f"{zlib.crc32(text.encode('utf-8')):08x}"


@pytest.mark.parametrize("uri", ["quizzes/index.html", "quizzes/typhoon.html", "quizzes/summary.html", "quizzes/completion.html"])
def test_axe_finds_nothing(page, site_dir, project, uri):
    visit(page, site_dir, uri)
    page.add_script_tag(path=project / AXE)
    assert page.evaluate(FOUND, RULES) == []


@pytest.mark.parametrize("mode", ["考试", "课堂", "试卷"])
def test_axe_finds_nothing_in_any_mode(page, site_dir, project, mode):
    visit(page, site_dir, "quizzes/first-aid.html")
    page.get_by_role("button", name=mode).click()
    page.add_script_tag(path=project / AXE)
    assert page.evaluate(FOUND, RULES) == []


def test_without_javascript_nothing_is_missing(browser, site_dir):
    context = browser.new_context(java_script_enabled=False, offline=True)
    opened = context.new_page()
    opened.goto((site_dir / "quizzes/typhoon.html").as_uri())
    assert opened.locator("[data-question]").count() == 7
    assert opened.locator("details.answer").count() == 7
    assert opened.locator("details.answer .from a").first.get_attribute("href") == "../hazards/typhoon.html"
    context.close()


def test_no_name_can_be_typed(page, site_dir):
    visit(page, site_dir, "quizzes/typhoon.html")
    page.get_by_role("button", name="考试").click()
    page.get_by_label("班级或村").fill("张三")
    page.get_by_role("button", name="开始").click()
    assert "代码只能用字母、数字和连字符" in page.locator("[data-quiz-result]").inner_text()


def test_quiz_js_is_small(project):
    assert (project / "docs/assets/javascripts/quiz.js").stat().st_size <= 20_000
