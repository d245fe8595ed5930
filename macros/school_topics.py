"""Which two topics a region's pack teaches, why, and the lines that are taught: reviewed lines, none of its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from macros.loading import Dataset
from macros.models import Article, Guide, Instruction, Line, Plan, Region, Stage

#: Where a pupil may be; lines for a car or a ship are for others to learn.
PUPILS_PLACES = (None, "学校", "在家", "户外")
PUPILS = (None, "学校", "儿童")
MOST_NEVER = 2
NOT_NAMED = "本地规划没有点名，用全国通用的主题"


@dataclass(frozen=True)
class Topic:
    """One topic as it is taught; `chosen` says why, in words for the page."""

    hazard: str
    name: str
    first: str
    lines: tuple[Instruction | Line, ...]
    never: tuple[Instruction | Line, ...]
    chosen: str


def topics_for(dataset: Dataset, stage: Stage, region: Region) -> tuple[Topic, Topic]:
    """One topic of natural hazards and one of daily dangers, the region's own risks first."""
    plans = dataset.plans_of(region.code)
    return _natural(dataset, stage, plans), _daily(dataset, stage, plans)


def topic(dataset: Dataset, stage: Stage, hazard_id: str, chosen: str = "") -> Topic:
    hazard = dataset.hazards[hazard_id]
    if stage.for_small_children:
        page = _children_page(dataset, hazard_id)
        first, lines, never = page.lead, *_small_words(page)
    else:
        first, lines, never = hazard.first, *_full_words(dataset, hazard_id)
    return Topic(hazard_id, hazard.name, first, tuple(lines)[: stage.lines_per_topic], tuple(never)[:MOST_NEVER], chosen)


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


def _full_words(dataset: Dataset, hazard_id: str) -> tuple[Iterable[Instruction], Iterable[Instruction]]:
    hazard = dataset.hazards[hazard_id]
    now = [line for line in hazard.lines("现在就做") if line.setting in PUPILS_PLACES and line.audience in PUPILS]
    # Otherwise their own order: the most urgent stands first.
    return sorted(now, key=lambda line: line.setting != "学校"), hazard.lines("千万不要")


def _children_page(dataset: Dataset, hazard_id: str) -> Article:
    return next(a for a in dataset.articles.values() if a.folder == "children" and hazard_id in a.topics)


def _small_words(page: Article) -> tuple[list[Line], list[Line]]:
    """A children's page: what has a picture first, since what is shown is learned."""
    lines = [line for part in page.parts if part.kind == "步骤" for line in part.lines]
    never = [line for part in page.parts if part.kind == "不要" for line in part.lines]
    return sorted(lines, key=lambda line: line.picture is None), never
