"""Quiz pages: readable without JavaScript, answers in details; `quiz.js` adds practice, exam, class and paper."""

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

from macros.loading import Dataset
from macros.models import Question, Quiz
from macros.pages.page import LISTING, Page, render
from macros.question_bank import COURSE_ORDER, all_quizzes
from macros.tracing import Trace, serving, traces

SCRIPTS = [f"assets/javascripts/{name}.js" for name in ("device", "quiz-draw", "quiz-store", "quiz-slip", "quiz-paper", "quiz")]
KIND_NAMES = {"课程": "课程：按年龄和身份", "专题": "专题", "灾种": "一种危险一份", "规划": "本地规划点名的风险"}
LETTERS = "ABCDEFGH"
#: A question shares its words with what people ask in need; they must find the advice, not a test
#: on it. Courses and the quizzes of a plan repeat questions of these two kinds, and come last.
BEHIND_THE_ADVICE = {"灾种": 0.35, "专题": 0.25}
EXPORTS = (("docx", "Word 试卷"), ("xlsx", "Excel 题库"), ("xml", "Moodle 题库"), ("md.txt", "Markdown 题库"))


def quiz_uri(quiz: Quiz) -> str:
    return f"quizzes/{quiz.id}.md"


def quiz_pages(dataset: Dataset) -> Iterator[Page]:
    quizzes = all_quizzes(dataset)
    if not quizzes:
        return
    yield _index(dataset, quizzes)
    found = traces(dataset)
    for quiz in quizzes:
        served = [trace for trace in serving(found, quiz) if quiz.kind != "规划" or quiz.id == f"plan-{trace.plan.id}"]
        yield _quiz_page(dataset, quiz, served)
    yield _summary(quizzes)
    yield _completion(quizzes)


def _index(dataset: Dataset, quizzes: tuple[Quiz, ...]) -> Page:
    return render(
        "quizzes/index.md",
        "quizzes.md.j2",
        "quizzes",
        title="测验和课程",
        description="练习、考试、课堂、试卷四种用法，不用登录，不记姓名，没有网络也能用。",
        meta=LISTING,
        kinds={KIND_NAMES[kind]: [quiz for quiz in quizzes if quiz.kind == kind] for kind in COURSE_ORDER},
        quiz_uri=quiz_uri,
        scenarios=len(dataset.scenarios),
        question_count=sum(len(quiz.questions) for quiz in dataset.quizzes.values()),
    )


def _quiz_page(dataset: Dataset, quiz: Quiz, served: list[Trace]) -> Page:
    return render(
        quiz_uri(quiz),
        "quiz.md.j2",
        "data/plans" if quiz.kind == "规划" else f"quizzes/{quiz.id}.md",
        title=f"{quiz.title}测验" if quiz.kind == "灾种" else quiz.title,
        description=f"{len(quiz.questions)}道题，每道有解释和依据。测验、考试、试卷、练习题。",
        meta={"scripts": SCRIPTS, "hide": ["toc"], "search": {"boost": BEHIND_THE_ADVICE.get(quiz.kind, 0.2)}},
        quiz=quiz,
        letters=LETTERS,
        right_letters=right_letters,
        shown=shown,
        documents=dataset.documents,
        page_titles=page_titles(dataset),
        exports=EXPORTS,
        served=served,
        regions=dataset.regions,
    )


class Shown(NamedTuple):
    """An option as it stands on the page: `place` is its place in the file."""

    place: int
    text: str
    right: bool


def shown(question: Question) -> list[Shown]:
    """Options as printed: those of an ordering question mixed, the same way in every build."""
    options = [Shown(place, option.text, option.right) for place, option in enumerate(question.options)]
    if question.kind != "排序":
        return options
    mixed = sorted(options, key=lambda option: hashlib.sha256(f"{question.id}{option.text}".encode()).digest())
    return mixed if mixed != options else mixed[::-1]


def right_letters(question: Question) -> str:
    """`B`, `A、C`, or for an ordering question the order itself."""
    if question.kind == "排序":
        return " → ".join(option.text for option in question.options)
    return "、".join(LETTERS[place] for place in question.right_places)


def page_titles(dataset: Dataset) -> dict[str, str]:
    """What a reader is sent to after a wrong answer."""
    titles = {f"hazards/{hazard.id}": f"{hazard.name}怎么办" for hazard in dataset.hazards.values()}
    titles |= {f"{article.folder}/{article.id}": article.title for article in dataset.articles.values()}
    titles |= {f"plans/{plan.id}/index": plan.title for plan in dataset.plans.values()}
    return {**titles, "hotlines/index": "紧急电话", "warnings/index": "预警信号"}


def _summary(quizzes: tuple[Quiz, ...]) -> Page:
    known = {quiz.id: {"title": quiz.title, "hash": quiz.content_hash, "questions": {q.id: q.text for q in quiz.questions}} for quiz in quizzes}
    return render(
        "quizzes/summary.md",
        "quiz_summary.md.j2",
        "quizzes",
        title="成绩汇总",
        description="把一个班、一个村的成绩条合成一张表：合计、按学段和地方、错得最多的题。只在本机处理。",
        meta={"scripts": ["assets/javascripts/device.js", "assets/javascripts/quiz-slip.js", "assets/javascripts/quiz-summary.js"], "hide": ["toc"]},
        known=json.dumps(known, ensure_ascii=False),
    )


def _completion(quizzes: tuple[Quiz, ...]) -> Page:
    return render(
        "quizzes/completion.md",
        "quiz_completion.md.j2",
        "quizzes",
        title="培训完成单",
        description="志愿者和工作人员的培训完成单：打印后手写，姓名不在网站上填。",
        courses=[quiz for quiz in quizzes if quiz.kind in ("课程", "专题")],
    )
