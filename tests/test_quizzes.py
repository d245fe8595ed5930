"""The question bank: read with lines, refused with reasons, and the same as other programs read it."""

import dataclasses
import html
import io
import re
import shutil
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from macros.checks import checked
from macros.errors import DataFaults
from macros.feeds import quiz_files
from macros.feeds.quiz_files import markdown, moodle_xml, paper, table
from macros.loading.quiz_file import read_quiz_tree
from macros.loading.validation import validate
from macros.models import Citation, Quiz, Record
from macros.models.quizzes import Band
from macros.pages.escaping import as_text
from macros.pages.quizzes import quiz_pages
from macros.question_bank import all_quizzes
from macros.word_files import docx

HEAD = "---\nid: {stem}\ntitle: 测试\nkind: 专题\ntopics: [drills]\nreviewed: 2026-11-21\n---\n\n"
GOOD = """## 风停了，怎么办？ {#calm}

1. [ ] 出门
   > 强风会再来。
2. [x] 留下
   > 强风会突然再来。
   > 依据：hazards/typhoon · moe-guide · 第1条
"""


def ids(quizzes) -> list[str]:
    return [quiz.id for quiz in quizzes]


def read(tmp_path: Path, text: str, stem: str = "one") -> tuple[Quiz | None, list[str]]:
    path = tmp_path / f"{stem}.md"
    path.write_text(HEAD.format(stem=stem) + text, encoding="utf-8")
    loaded, problems = validate(read_quiz_tree(path, f"quizzes/{stem}.md"), Quiz)
    return loaded and loaded.model, [str(problem) for problem in problems]


# --- what the bank holds ------------------------------------------------------------------------


def test_every_hazard_has_its_quiz(dataset):
    assert set(dataset.hazards) - set(dataset.quizzes) == set()
    assert min(len(dataset.quizzes[hazard].questions) for hazard in dataset.hazards) >= 5


def test_every_band_has_a_course_of_12_to_15(dataset):
    courses = {quiz.band: len(quiz.questions) for quiz in all_quizzes(dataset) if quiz.kind == "课程" and quiz.band}
    assert set(courses) == set(Band.__args__)
    assert {band: count for band, count in courses.items() if not 12 <= count <= 15} == {}


def test_themes_and_roles_have_theirs(dataset):
    wanted = {"warning-signals", "first-aid", "shelters", "household-kit", "hotlines", "course-volunteers",
              "course-grid-workers", "course-employees", "course-teachers"}  # fmt: skip
    assert wanted - set(dataset.quizzes) == set()


def test_every_plan_has_its_quiz_from_its_own_items(dataset):
    made = {quiz.id for quiz in all_quizzes(dataset) if quiz.kind == "规划"}
    with_risks = {f"plan-{plan.id}" for plan in dataset.plans.values() if plan.risks}
    assert with_risks - made == set()


def test_content_knows_topics_never_targets(dataset):
    targets = {target.id for plan in dataset.plans.values() for target in plan.targets} - set(dataset.hazards)
    topics = {topic for quiz in dataset.quizzes.values() for topic in quiz.topics}
    known = {topic.id for topic in dataset.items("topics")} | set(dataset.hazards)
    assert topics <= known
    assert not topics & (targets - known)


def test_every_reference_is_a_line_of_its_page(dataset):
    """The page cites that source at that place: a question cannot outlive the line it restates."""
    lines = {f"hazards/{hazard.id}": cites(hazard) for hazard in dataset.hazards.values()}
    lines |= {f"{article.folder}/{article.id}": cites(article) for article in dataset.articles.values()}
    lines |= {f"{stem}/index": cites(dataset.singles[stem].model) for stem in ("hotlines", "warnings")}
    lost = [f"{quiz.id}#{question.id}" for quiz in dataset.quizzes.values() for question in quiz.questions
            if (question.reference.source, question.reference.at) not in lines[question.reference.page]]
    assert lost == []


def cites(value: object) -> set[tuple[str | None, str]]:
    if isinstance(value, Citation):
        return {(value.source, value.at)}
    if isinstance(value, Record):
        return set().union(*(cites(getattr(value, name)) for name in type(value).model_fields))
    return set().union(*map(cites, value)) if isinstance(value, tuple) else set()


# --- bad input ----------------------------------------------------------------------------------


def test_lines_and_text_as_written(tmp_path):
    quiz, problems = read(tmp_path, GOOD.replace("出门", "<b>出门</b> {{ 7*6 }}"))
    assert problems == []
    assert [option.text for option in quiz.questions[0].options] == ["<b>出门</b> {{ 7*6 }}", "留下"]
    assert quiz.questions[0].options[0].explanation == "强风会再来。"


def test_ordering_hint_scene_and_drawing(tmp_path):
    text = "## 排一排 {#order}\n\n外面刮台风。\n\n![门](pictograms/no-lift.svg)\n\n> 先断气\n\n1. 关\n2. 开\n   > 先关后开。\n   > 依据：hazards/typhoon · a · 第1条\n"
    question = read(tmp_path, text)[0].questions[0]
    assert (question.kind, question.scene, question.hint, question.drawing.file) == ("排序", "外面刮台风。", "先断气", "no-lift")
    assert question.reference.at == "第1条"


BAD = {
    "no options": ("## 问 {#a}\n\n正文\n", "题目没有选项"),
    "no id": (GOOD.replace(" {#calm}", ""), "quizzes/one.md:9: questions[0].id: 缺少这一项"),
    "no box": (GOOD.replace("[ ] 出门", "出门"), "quizzes/one.md:11: questions[0]: 这个选项前面没有 [ ] 或 [x]"),
    "text after": (GOOD + "\n多余的话\n", "这里看不懂"),
    "reference": (GOOD.replace(" · moe-guide · 第1条", ""), "依据应写成“依据：页面 · 来源编号 · 哪一条”"),
    "no heading": ("只有一段话\n", "题目应以“## 问题 {#编号}”开头"),
    "2 MB": (GOOD.replace("风停了", "风" * 700_000), "至多 200 个字"),
}


@pytest.mark.parametrize("text, message", BAD.values(), ids=BAD)
def test_one_clear_message_with_file_and_line(tmp_path, text, message):
    found = read(tmp_path, text)[1]
    assert any(message in problem for problem in found), found
    assert all(re.match(r"quizzes/one\.md:\d+: ", problem) for problem in found)


@pytest.fixture
def small_project(tmp_path) -> Path:
    small = Path(__file__).resolve().parent / "small_data"
    shutil.copytree(small, tmp_path / "data")
    (tmp_path / "quizzes").mkdir()
    return tmp_path


def problems_of(small_project: Path, text: str, stem: str = "one") -> list[str]:
    (small_project / "quizzes" / f"{stem}.md").write_text(HEAD.format(stem="one") + text, encoding="utf-8")
    try:
        checked(small_project / "data")
    except DataFaults as faults:
        return [str(problem) for problem in faults.problems]
    return []


def sound_question(small_project: Path) -> str:
    """GOOD, resting on what the small data's typhoon page really cites."""
    hazard = checked(small_project / "data").hazards["typhoon"]
    cite = hazard.instructions[0].cite
    return GOOD.replace("moe-guide · 第1条", f"{cite.source} · {cite.at}")


RULES = {
    "no right answer": (("[x] 留下", "[ ] 留下"), "没有正确选项"),
    "two right answers": (("[ ] 出门", "[x] 出门"), "单选题有 2 个正确选项"),
    "missing explanation": (("   > 强风会突然再来。\n", ""), "缺少解释"),
    "dangling page": (("hazards/typhoon", "hazards/nowhere"), "没有这个页面"),
    "dangling source": (("typhoon · ", "typhoon · nobody-"), "没有引用这个来源"),
    "same options": (("[ ] 出门", "[ ] 留下"), "两个选项一样"),
}


@pytest.mark.parametrize("change, message", RULES.values(), ids=RULES)
def test_rules(small_project, change, message):
    question = sound_question(small_project)
    assert problems_of(small_project, question) == []
    assert any(message in problem for problem in problems_of(small_project, question.replace(*change)))


def test_duplicate_ids_and_a_file_under_another_name(small_project):
    question = sound_question(small_project)
    assert any("题目编号重复" in problem for problem in problems_of(small_project, question + "\n" + question.replace("风停了", "雨停了")))
    (small_project / "quizzes" / "one.md").unlink()
    assert any("应与文件名一致（two）" in problem for problem in problems_of(small_project, question, stem="two"))


# --- the same for other programs ------------------------------------------------------------------


def test_quizdown_reads_the_same(dataset):
    """PyPI's quizdown on every file; it knows neither front matter, ids nor ordering."""
    quizdown = pytest.importorskip("quizdown")
    for loaded in dataset.loaded_quizzes:
        questions = [q for q in loaded.model.questions if q.kind != "排序"]
        if questions:
            text = markdown(loaded.model.model_copy(update={"questions": tuple(questions)}))
            body = re.sub(r" \{#[\w-]+\}$", "", text.split("---\n", 2)[2], flags=re.MULTILINE)
            theirs = quizdown.quizdown_to_py(body, loaded.model.id).questions
            assert [[(o.correct, plain(o.content)) for o in q.options] for q in theirs] == [
                [(o.right, o.text) for o in q.options] for q in questions
            ]


def plain(content: str) -> str:
    """The first line of an option: what follows is its explanation."""
    return re.sub(r"<[^>]+>", "", content).strip().splitlines()[0]


def test_markdown_export_reads_back(tmp_path, dataset):
    for quiz in all_quizzes(dataset):
        path = tmp_path / "back.md"
        path.write_text(markdown(quiz), encoding="utf-8")
        back, faults = validate(read_quiz_tree(path, "back.md"), Quiz)
        assert faults == []
        assert back.model.model_copy(update={"take": quiz.take}) == quiz.model_copy(update={"questions": back.model.questions})
        assert back.model.content_hash == quiz.content_hash
        assert [(q.hint, q.drawing, q.reference, q.explanations) for q in back.model.questions] == [
            (q.hint, q.drawing, q.reference, q.explanations) for q in quiz.questions]


def test_moodle_xml_reads_back(dataset):
    """Every quiz: the same right options as quizdown's own output, and of ours all questions, in order, with feedback."""
    quizdown = pytest.importorskip("quizdown")
    for quiz in dataset.quizzes.values():
        ours = ElementTree.fromstring(moodle_xml((quiz,)))
        kinds = {"排序": "ordering"}
        assert [question.get("type") for question in ours] == ["category", *(kinds.get(q.kind, "multichoice") for q in quiz.questions)]
        assert all(question.find("generalfeedback/text").text for question in list(ours)[1:])
        choices = tuple(question for question in quiz.questions if question.kind != "排序")
        if choices:
            text = markdown(quiz.model_copy(update={"questions": choices})).split("---\n", 2)[2]
            theirs = quizdown.quizdown_render(re.sub(r" \{#[\w-]+\}$", "", text, flags=re.MULTILINE), "n", "MoodleXml")
            assert rights(ours) == rights(ElementTree.fromstring(theirs)), quiz.id


def test_moodle_keeps_an_orders_order(dataset):
    question = next(q for quiz in dataset.quizzes.values() for q in quiz.questions if q.kind == "排序")
    quiz = dataset.quizzes["typhoon"].model_copy(update={"questions": (question,)})
    answers = ElementTree.fromstring(moodle_xml((quiz,))).findall("question/answer")
    assert [int(answer.get("fraction")) for answer in answers] == list(range(1, len(question.options) + 1))


def rights(quiz: ElementTree.Element) -> list[list[bool]]:
    return [[float(answer.get("fraction")) > 0 for answer in question.findall("answer")]
            for question in quiz.findall("question") if question.get("type") == "multichoice"]


def test_xlsx_and_docx_read_back(dataset):
    files = dict(quiz_files(dataset))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(files["quizzes/files/bank.xlsx"])).get_sheet_by_index(0).to_python()
    assert [tuple(row) for row in rows] == list(table(tuple(dataset.quizzes.values())))
    quiz = dataset.quizzes["typhoon"]
    with zipfile.ZipFile(io.BytesIO(files["quizzes/files/typhoon.docx"])) as archive:
        body = "".join(ElementTree.fromstring(archive.read("word/document.xml")).itertext())
    assert all(option.text in body for question in quiz.questions for option in question.options)


def test_the_whole_bank_as_word(dataset):
    with zipfile.ZipFile(io.BytesIO(dict(quiz_files(dataset))["quizzes/files/bank.docx"])) as archive:
        body = "".join(ElementTree.fromstring(archive.read("word/document.xml")).itertext())
    assert [q.id for quiz in dataset.quizzes.values() for q in quiz.questions if q.text not in body] == []


def test_another_drawing_is_another_version(dataset):
    """A result is for the question that was seen."""
    quiz = dataset.quizzes["course-primary-low"]
    plain = tuple(question.model_copy(update={"drawing": None}) for question in quiz.questions)
    assert quiz.model_copy(update={"questions": plain}).content_hash != quiz.content_hash


def test_markup_in_a_question_shows_as_written_everywhere(dataset):
    hostile = "<b>x</b> {{ 7*6 }} **y** [z](w) & ]]>"
    quiz = dataset.quizzes["typhoon"]
    question = quiz.questions[0]
    wrong = next(place for place, option in enumerate(question.options) if not option.right)
    options = tuple(o.model_copy(update={"text": hostile, "explanation": hostile}) if place == wrong else o for place, o in enumerate(question.options))
    changed = quiz.model_copy(update={"questions": (question.model_copy(update={"text": hostile, "scene": hostile, "hint": hostile, "options": options}),)})
    here = dataclasses.replace(dataset, loaded_quizzes=tuple(
        dataclasses.replace(loaded, model=changed) for loaded in dataset.loaded_quizzes if loaded.model.id == "typhoon"))
    page = next(page.markdown for page in quiz_pages(here) if page.uri == "quizzes/typhoon.md")
    assert "<b>x</b>" not in page
    assert "{{" not in page.split("---", 2)[2]
    assert page.count(as_text(hostile)) == 5
    answer = ElementTree.fromstring(moodle_xml((changed,))).findall("question/answer")[wrong]
    assert html.unescape(answer.find("text").text) == html.unescape(answer.find("feedback/text").text) == hostile
    with zipfile.ZipFile(io.BytesIO(docx(paper(changed), changed.title))) as archive:
        assert hostile in "".join(ElementTree.fromstring(archive.read("word/document.xml")).itertext())


#: Drawings that show what never to do bear a cross: under a question they are its answer.
CROSSED = re.compile(r"^no-|打着叉")


def test_no_drawing_tells_the_answer(dataset):
    drawn = [q for quiz in dataset.quizzes.values() for q in quiz.questions if q.drawing]
    assert drawn
    assert [q.id for q in drawn if CROSSED.search(q.drawing.file) or CROSSED.search(q.drawing.shows)] == []
    assert [q.id for q in drawn if any(o.right and o.text in q.drawing.shows for o in q.options)] == []


def test_exports_are_the_same_bytes_twice(dataset):
    assert dict(quiz_files(dataset)) == dict(quiz_files(dataset))
    quiz = dataset.quizzes["typhoon"]
    assert docx(paper(quiz), quiz.title) == docx(paper(quiz), quiz.title)


def test_an_ordering_question_is_never_printed_in_order(dataset):
    from macros.pages.quizzes import shown

    ordering = [q for quiz in dataset.quizzes.values() for q in quiz.questions if q.kind == "排序"]
    assert ordering
    assert [q.id for q in ordering if [o.place for o in shown(q)] == sorted(o.place for o in shown(q))] == []
