"""From a plan's target to what serves it and what was done: computed from topics, never listed by hand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from macros.loading import Dataset
from macros.models import (
    ActivityRecord,
    Article,
    Denominator,
    Hazard,
    Plan,
    Quiz,
    Region,
    Target,
    ancestor_codes,
)
from macros.question_bank import all_quizzes

#: Kind of target → what can serve it here.
NEEDS = {
    "宣教培训": ("页面", "测验"),
    "演练": ("演练指南",),
    "避难": ("避难场所",),
    "家庭物资": ("页面", "测验", "调查表"),
    "志愿者和社区": ("页面", "课程"),
    "预警": ("页面", "测验"),
    "结果": ("页面",),
}
#: Needs that a training target must have met; the rest is help where it is there.
TRAINING = ("宣教培训", "演练", "避难", "家庭物资", "志愿者和社区")
#: Kind of served target → what has to be done to count for it.
COUNTED = {"宣教培训": ("培训", "宣教"), "演练": ("演练",), "家庭物资": ("调查",), "志愿者和社区": ("培训",)}
NOTHING_HERE = "这一项靠建设和管理，网站帮不上"
#: A page that is about everything answers to every topic: how many links are still a help.
MOST_PAGES = 8


@dataclass(frozen=True)
class Trace:
    """One target, what serves it, what is missing, and the records that count for it."""

    plan: Plan
    target: Target
    region: Region
    purpose: str | None
    served: dict[str, tuple[object, ...]]
    records: tuple[ActivityRecord, ...]

    @property
    def is_training(self) -> bool:
        return self.purpose in TRAINING

    @property
    def needs(self) -> tuple[str, ...]:
        return NEEDS.get(self.purpose or "", ())

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(need for need in self.needs if not self.served[need])

    @property
    def persons(self) -> int:
        return sum(record.persons or 0 for record in self.records)

    @property
    def person_times(self) -> int:
        return sum(record.person_times or 0 for record in self.records)

    @property
    def by_year(self) -> dict[int, tuple[ActivityRecord, ...]]:
        years: dict[int, list[ActivityRecord]] = defaultdict(list)
        for record in self.records:
            years[record.date.year].append(record)
        return {year: tuple(years[year]) for year in sorted(years)}

    @property
    def done(self) -> tuple[int, Decimal] | None:
        """(what was done, what it is measured against), or None where a rate would be made up."""
        target = self.target
        if target.value is None or target.comparator not in ("≥", "="):
            return None
        if target.unit in ("人次", "项", "期"):
            return (self.person_times if target.unit == "人次" else len(self.records)), target.value
        if target.unit == "%" and self.denominator:
            return self.persons, self.denominator.value * target.value / 100
        return None

    @cached_property
    def denominator(self) -> Denominator | None:
        """A sourced base for a rate, or None: then no rate is worked out."""
        wanted = {"家庭物资": "户数", "宣教培训": "常住人口"}.get(self.purpose or "")
        return next((base for base in self.region.denominators if base.kind == wanted), None)


def purpose_of(target: Target) -> str | None:
    """What a target asks of a site like this; None where it can do nothing for it."""
    topics = set(target.topics)
    if target.kind == "物资":
        return "家庭物资" if "kit" in topics else None
    if target.kind == "队伍":
        return "志愿者和社区" if topics & {"volunteers", "community"} else None
    return target.kind if target.kind in NEEDS else None


def traces(dataset: Dataset) -> tuple[Trace, ...]:
    """Every target of every plan, in the order of the plans."""
    shelf = _Shelf(dataset)
    return tuple(shelf.trace(plan, target) for plan in dataset.plans.values() for target in plan.targets)


def serving(found: Iterable[Trace], topics: Iterable[str]) -> list[Trace]:
    """The training targets that an item with these topics serves."""
    wanted = set(topics)
    return [trace for trace in found if trace.is_training and wanted & set(trace.target.topics)]


class _Shelf:
    """Everything that can serve, read once."""

    def __init__(self, dataset: Dataset):
        self.dataset = dataset
        self.quizzes = all_quizzes(dataset)
        # Drill guides are another part of the project; where there are none, none serve.
        self.guides = tuple(getattr(dataset, "guides", {}).values())

    def trace(self, plan: Plan, target: Target) -> Trace:
        purpose = purpose_of(target)
        topics = frozenset(target.topics)
        served = {need: tuple(self._find(need, topics, plan)) for need in NEEDS.get(purpose or "", ())}
        records = self._counting(plan, purpose, topics)
        return Trace(plan, target, self.dataset.regions[plan.region], purpose, served, records)

    def _find(self, need: str, topics: frozenset[str], plan: Plan) -> Iterable[object]:
        if need == "页面":
            return _closest(self._pages(), topics, MOST_PAGES)
        if need == "测验":
            return _closest(self._quizzes_for(plan), topics, MOST_PAGES)
        if need == "课程":
            return _closest([quiz for quiz in self.quizzes if quiz.kind == "课程"], topics, MOST_PAGES)
        if need == "演练指南":
            # Any guide is practice for a plan: a special plan's subject is the city's to choose.
            return self.guides
        if need == "调查表":
            return [page for page in self.dataset.articles.values() if page.id == "community-survey"]
        return [page for page in self.dataset.articles.values() if page.folder == "shelter-guide"]

    def _quizzes_for(self, plan: Plan) -> list[Quiz]:
        """The quiz made from a plan serves that plan's place only."""
        return [quiz for quiz in self.quizzes if quiz.kind != "规划" or quiz.id == f"plan-{plan.id}"]

    def _pages(self) -> list[Article | Hazard]:
        return [*self.dataset.articles.values(), *self.dataset.hazards.values()]

    def _counting(self, plan: Plan, purpose: str | None, topics: frozenset[str]) -> tuple[ActivityRecord, ...]:
        """Records of the plan's region and those below it, in the plan's years, on the target's topics."""
        activities = COUNTED.get(purpose or "", ())
        return tuple(
            record
            for record in self.dataset.records
            if record.activity in activities
            and plan.period.first <= record.date.year <= plan.period.last
            and plan.region in (record.region, *ancestor_codes(record.region))
            and (purpose == "演练" or self._topics_of_item(record.item) & topics)
        )

    def _topics_of_item(self, item: str) -> frozenset[str]:
        folder, _, name = item.partition("/")
        found = next((quiz for quiz in self.quizzes if folder == "quizzes" and quiz.id == name), None)
        return _topics(found or self.dataset.articles.get(name) or self.dataset.hazards.get(name))


def _closest(items: Iterable[object], topics: frozenset[str], most: int) -> list[object]:
    """Those that share a topic; the more of an item is about the target, the earlier it stands."""
    sharing = [(item, _topics(item)) for item in items]
    sharing = [(item, own) for item, own in sharing if own & topics]
    ranked = sorted(sharing, key=lambda pair: -len(pair[1] & topics) / len(pair[1] | topics))
    return [item for item, _ in ranked[:most]]


def _topics(item: object) -> frozenset[str]:
    if isinstance(item, Hazard):
        return frozenset({item.id})
    return frozenset(item.topics) if isinstance(item, Article | Quiz) else frozenset()
