"""Quizzes as files for other programs: Moodle XML, xlsx, docx and quizdown Markdown, per quiz and for the whole bank."""

import html
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from macros.loading import Dataset
from macros.models import Option, Question, Quiz
from macros.question_bank import all_quizzes
from macros.word_files import Paragraph, docx
from macros.workbooks import xlsx

FOLDER = "quizzes/files"
LETTERS = "ABCDEFGH"
_HEADER = ("测验", "编号", "题型", "情景", "问题", *(f"选项{letter}" for letter in LETTERS), "答案", "解释", "再读", "来源", "哪一条", "主题", "学段")


def quiz_files(dataset: Dataset) -> Iterator[tuple[str, str | bytes]]:
    """(address, content) of every file. Markdown is called `.md.txt`: the site engine would make a page of `.md`."""
    quizzes = all_quizzes(dataset)
    if not quizzes:
        return
    for quiz in quizzes:
        yield f"{FOLDER}/{quiz.id}.xml", moodle_xml((quiz,))
        yield f"{FOLDER}/{quiz.id}.xlsx", xlsx({"题目": table((quiz,))})
        yield f"{FOLDER}/{quiz.id}.docx", docx(paper(quiz), quiz.title)
        yield f"{FOLDER}/{quiz.id}.md.txt", markdown(quiz)
    # Taken and made questions stand in the bank once, where they were written.
    bank = tuple(dataset.quizzes.values())
    yield f"{FOLDER}/bank.xml", moodle_xml(bank)
    yield f"{FOLDER}/bank.docx", docx(papers(bank), "应急学堂题库")
    yield f"{FOLDER}/bank.xlsx", xlsx({"题目": table(bank)})
    yield f"{FOLDER}/bank.md.txt", "\n".join(markdown(quiz) for quiz in bank if quiz.questions)


def right_answer(question: Question) -> str:
    """`B`, `AC`, or the letters of an ordering question in their order."""
    if question.kind == "排序":
        return LETTERS[: len(question.options)]
    return "".join(LETTERS[place] for place in question.right_places)


def table(quizzes: tuple[Quiz, ...]) -> Iterator[tuple[str, ...]]:
    yield _HEADER
    for quiz in quizzes:
        for question in quiz.questions:
            texts = [option.text for option in question.options]
            reference = question.reference
            yield (
                quiz.title, question.id, question.kind, question.scene or "", question.text,
                *texts, *[""] * (len(LETTERS) - len(texts)),
                right_answer(question), " ".join(question.explanations), reference.page, reference.source, reference.at,
                "、".join(quiz.topics), quiz.band or "",
            )  # fmt: skip


def paper(quiz: Quiz) -> Iterator[Paragraph]:
    """The questions, then the key and explanations on a page of their own."""
    yield Paragraph("题名", f"{quiz.title}（版本 {quiz.content_hash[:6]}）")
    yield Paragraph("正文", "班级或村：____________  日期：____________")
    for number, question in enumerate(quiz.questions, start=1):
        yield from asked(number, question)
    yield Paragraph("分页")
    yield Paragraph("标题", "答案和解释")
    for number, question in enumerate(quiz.questions, start=1):
        answer = printed_answer(question)
        yield Paragraph("正文", f"{number}. {answer}。{' '.join(question.explanations)}（依据：{question.reference.at}）")


def papers(quizzes: tuple[Quiz, ...]) -> Iterator[Paragraph]:
    """Every quiz that has questions of its own, each from a new page."""
    for number, quiz in enumerate(quiz for quiz in quizzes if quiz.questions):
        if number:
            yield Paragraph("分页")
        yield from paper(quiz)


def printed_options(question: Question) -> tuple[Option, ...]:
    """An ordering question must not stand in the right order."""
    return question.options[::-1] if question.kind == "排序" else question.options


def printed_answer(question: Question) -> str:
    return right_answer(question)[::-1] if question.kind == "排序" else right_answer(question)


def asked(number: int, question: Question) -> Iterator[Paragraph]:
    kind = "" if question.kind == "单选" else f"（{question.kind}）"
    scene = f"{question.scene} " if question.scene else ""
    drawn = f"［图：{question.drawing.shows}］" if question.drawing else ""
    yield Paragraph("题", f"{number}. {scene}{drawn}{question.text}{kind}")
    for letter, option in zip(LETTERS, printed_options(question), strict=False):
        yield Paragraph("选项", f"{letter}. {option.text}")


def markdown(quiz: Quiz) -> str:
    """quizdown text, as in `quizzes/`, with taken questions written out."""
    more = (f"{field}: {getattr(quiz, field)}" for field in ("band", "audience", "minutes") if getattr(quiz, field))
    lines = ["---", f"id: {quiz.id}", f"title: {quiz.title}", f"kind: {quiz.kind}", *more, f"topics: [{', '.join(quiz.topics)}]",
             f"pass_percent: {quiz.pass_percent}", f"reviewed: {quiz.reviewed}", f"review_months: {quiz.review_months}", "---", ""]  # fmt: skip
    for question in quiz.questions:
        lines += [f"## {question.text} {{#{question.id}}}", ""]
        for piece in (question.scene, _drawing(question), question.hint and f"> {question.hint}"):
            lines += [piece, ""] if piece else []
        lines += [*_option_lines(question), ""]
    return "\n".join(lines)


def _drawing(question: Question) -> str | None:
    return f"![{question.drawing.shows}](pictograms/{question.drawing.file}.svg)" if question.drawing else None


def _option_lines(question: Question) -> Iterator[str]:
    reference = question.reference
    proving = question.right_places[0] if question.right_places else len(question.options) - 1
    for place, option in enumerate(question.options):
        marker = "-" if question.kind == "多选" else f"{place + 1}."
        box = "" if question.kind == "排序" else f"[{'x' if option.right else ' '}] "
        yield f"{marker} {box}{option.text}"
        if option.explanation:
            yield f"{' ' * len(marker)} > {option.explanation}"
        if place == proving:
            yield f"{' ' * len(marker)} > 依据：{reference.page} · {reference.source} · {reference.at}"


def moodle_xml(quizzes: tuple[Quiz, ...]) -> str:
    """One category a quiz; explanations as feedback, topics and band as tags."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for quiz in quizzes:
        parts.append(f'<question type="category"><category><text>$course$/应急学堂/{escape(quiz.title)}</text></category></question>')
        parts.extend(_moodle_question(quiz, question) for question in quiz.questions)
    return "\n".join([*parts, "</quiz>", ""])


def _moodle_question(quiz: Quiz, question: Question) -> str:
    kind = "ordering" if question.kind == "排序" else "multichoice"
    single = "" if kind == "ordering" else f"<single>{'true' if question.kind == '单选' else 'false'}</single><shuffleanswers>1</shuffleanswers><answernumbering>ABCD</answernumbering>"
    order = "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ALL_OR_NOTHING</gradingtype>" if kind == "ordering" else ""
    tags = "".join(f"<tag>{_text(tag)}</tag>" for tag in (*quiz.topics, *((quiz.band,) if quiz.band else ())))
    return (
        f"<question type={quoteattr(kind)}><name>{_text(f'{quiz.id}#{question.id}')}</name>"
        f'<questiontext format="html">{_text(_prose(question))}</questiontext>'
        f'<generalfeedback format="html">{_text(html.escape(" ".join(question.explanations)))}</generalfeedback>'
        f"<defaultgrade>1.0</defaultgrade>{single}{order}{_answers(question)}<tags>{tags}</tags></question>"
    )


def _prose(question: Question) -> str:
    """HTML, as Moodle asks: every value escaped, so that it shows as written."""
    pieces = [question.scene, f"［图：{question.drawing.shows}］" if question.drawing else None, question.text]
    return "".join(f"<p>{html.escape(piece)}</p>" for piece in pieces if piece)


def _answers(question: Question) -> str:
    share = 100 / max(1, len(question.right_places))
    return "".join(
        f'<answer fraction="{_fraction(question, place, option, share)}" format="html">{_text(html.escape(option.text))}'
        f'<feedback format="html">{_text(html.escape(option.explanation or ""))}</feedback></answer>'
        for place, option in enumerate(question.options)
    )


def _fraction(question: Question, place: int, option: Option, share: float) -> str:
    if question.kind == "排序":
        return str(place + 1)
    wrong = "0" if question.kind == "单选" else "-100"
    return f"{share:.5f}".rstrip("0").rstrip(".") if option.right else wrong


def _text(value: str) -> str:
    return f"<text>{escape(value)}</text>"
