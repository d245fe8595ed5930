"""Which two topics a region's pack teaches, why, and the lines that are taught: reviewed lines, none of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.loading import Dataset
from macros.models import Article, Guide, Instruction, Line, Plan, Question, Region, Stage
from macros.question_bank import whole_quiz

#: Where a pupil may be; lines for a car or a ship are for others to learn.
PUPILS_PLACES = (None, "学校", "在家", "户外")
PUPILS = (None, "学校", "儿童")
MOST_BEFORE, MOST_NEVER = 2, 4
#: Of the quiz at the end of the lesson.
QUESTIONS_A_TOPIC = 3
NOT_NAMED = "本地规划没有点名，用全国通用的主题"


@dataclass(frozen=True)
class Topic:
    """One topic as it is taught; `chosen` says why, in words for the page."""

    hazard: str
    name: str
    first: str
    lines: tuple[Instruction | Line, ...]
    before: tuple[Instruction | Line, ...]
    never: tuple[Instruction | Line, ...]
    questions: tuple[Question, ...]
    chosen: str


def topics_for(dataset: Dataset, stage: Stage, region: Region) -> tuple[Topic, Topic]:
    """One topic of natural hazards and one of daily dangers, the region's own risks first."""
    plans = dataset.plans_of(region.code)
    return _natural(dataset, stage, plans), _daily(dataset, stage, plans)


def topic(dataset: Dataset, stage: Stage, hazard_id: str, chosen: str = "") -> Topic:
    hazard = dataset.hazards[hazard_id]
    if stage.for_small_children:
        page = _children_page(dataset, hazard_id)
        first, (lines, before, never) = page.lead, _small_words(page)
    else:
        first, (lines, before, never) = hazard.first, _full_words(dataset, hazard_id)
    questions = tuple(_questions(dataset, stage, hazard_id))[:QUESTIONS_A_TOPIC]
    return Topic(
        hazard_id, hazard.name, first, tuple(lines)[: stage.lines_per_topic], tuple(before)[:MOST_BEFORE], tuple(never)[:MOST_NEVER], questions, chosen
    )


def _questions(dataset: Dataset, stage: Stage, hazard_id: str) -> Iterator[Question]:
    """What the stage's course asks about the topic, then the topic's own quiz; the small ones get only what is drawn for them."""
    course = [one for one in whole_quiz(dataset, stage.quiz).questions if one.reference.page == f"hazards/{hazard_id}"]
    more = () if stage.for_small_children or hazard_id not in dataset.quizzes else dataset.quizzes[hazard_id].questions
    asked: set[str] = set()
    for question in (*course, *more):
        if question.kind == "单选" and question.text not in asked:
            asked.add(question.text)
            yield question


def guide_for(dataset: Dataset, stage: Stage, topics: Iterable[Topic]) -> Guide:
    """The drill guide of the first topic that has one, else the stage's first."""
    found = (stage.drills[one.hazard] for one in topics if one.hazard in stage.drills)
    return dataset.guides[next(found, next(iter(stage.drills.values())))]


def _natural(dataset: Dataset, stage: Stage, plans: tuple[Plan, ...]) -> Topic:
    """A plan names first what its place has most to fear of nature."""
    for plan in plans:
        for risk in plan.risks:
            if risk.hazard in stage.natural:
                return topic(dataset, stage, risk.hazard, f"《{plan.title}》点名的风险")
    return topic(dataset, stage, stage.natural[0], NOT_NAMED)


def _daily(dataset: Dataset, stage: Stage, plans: tuple[Plan, ...]) -> Topic:
    """Of the dangers of every day, the pool's order says what costs most pupils' lives."""
    for plan in plans:
        named = {risk.hazard for risk in plan.risks}
        for hazard in stage.daily:
            if hazard in named:
                return topic(dataset, stage, hazard, f"《{plan.title}》点名的风险")
    return topic(dataset, stage, stage.daily[0], NOT_NAMED)


def _full_words(dataset: Dataset, hazard_id: str) -> tuple[Iterable[Instruction], Iterable[Instruction], Iterable[Instruction]]:
    """What to do, what to do in good time, what never to do."""
    hazard = dataset.hazards[hazard_id]
    now, before = ([line for line in hazard.lines(phase) if _for_pupils(line)] for phase in ("现在就做", "之前"))
    # Otherwise their own order: the most urgent stands first.
    return sorted(now, key=lambda line: line.setting != "学校"), sorted(before, key=lambda line: line.audience is None), hazard.lines("千万不要")


def _for_pupils(line: Instruction) -> bool:
    return line.setting in PUPILS_PLACES and line.audience in PUPILS


def _children_page(dataset: Dataset, hazard_id: str) -> Article:
    return next(a for a in dataset.articles.values() if a.folder == "children" and hazard_id in a.topics)


def _small_words(page: Article) -> tuple[list[Line], list[Line], list[Line]]:
    """A children's page: what has a picture first, since what is shown is learned."""
    lines = [line for part in page.parts if part.kind == "步骤" for line in part.lines]
    never = [line for part in page.parts if part.kind == "不要" for line in part.lines]
    return sorted(lines, key=lambda line: line.picture is None), [], never
