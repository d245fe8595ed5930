"""Which two topics a region's pack teaches, why, and the lines that are taught: reviewed lines, none of its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from macros.loading import Dataset
from macros.models import Instruction, Line, Region, Stage

#: Where a pupil may be; lines for a car or a ship are for others to learn.
PUPILS_PLACES = (None, "学校", "在家", "户外")
MOST_NEVER = 2


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
    return tuple(_choose(dataset, stage, region, pool) for pool in (stage.natural, stage.daily))


def topic(dataset: Dataset, stage: Stage, hazard_id: str, chosen: str = "") -> Topic:
    hazard = dataset.hazards[hazard_id]
    lines, never = _small_words(dataset, hazard_id) if stage.for_small_children else _full_words(dataset, hazard_id)
    return Topic(hazard_id, hazard.name, hazard.first, tuple(lines)[: stage.lines_per_topic], tuple(never)[:MOST_NEVER], chosen)


def _choose(dataset: Dataset, stage: Stage, region: Region, pool: tuple[str, ...]) -> Topic:
    """A pool's order says what matters most to pupils; a plan says what its place has to fear."""
    for plan in dataset.plans_of(region.code):
        named = {risk.hazard for risk in plan.risks}
        for hazard in pool:
            if hazard in named:
                return topic(dataset, stage, hazard, f"《{plan.title}》点名的风险")
    return topic(dataset, stage, pool[0], "本地规划没有点名，用全国通用的主题")


def _full_words(dataset: Dataset, hazard_id: str) -> tuple[Iterable[Instruction], Iterable[Instruction]]:
    hazard = dataset.hazards[hazard_id]
    now = [line for line in hazard.lines("现在就做") if line.setting in PUPILS_PLACES]
    # Otherwise their own order: the most urgent stands first.
    return sorted(now, key=lambda line: line.setting != "学校"), hazard.lines("千万不要")


def _small_words(dataset: Dataset, hazard_id: str) -> tuple[list[Line], list[Line]]:
    """From the children's page on this hazard, pictures first: what can be shown is learned."""
    page = next(a for a in dataset.articles.values() if a.folder == "children" and hazard_id in a.topics)
    lines = [line for part in page.parts if part.kind == "步骤" for line in part.lines]
    never = [line for part in page.parts if part.kind == "不要" for line in part.lines]
    return sorted(lines, key=lambda line: line.picture is None), never
