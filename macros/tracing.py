"""From a plan's target to what serves it and what was done: computed from topics, never listed by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from macros.evidence import Evidence
from macros.loading import Dataset
from macros.models import (
    ActivityRecord,
    Article,
    CampaignDay,
    Denominator,
    Guide,
    Hazard,
    Plan,
    Quiz,
    Region,
    Stage,
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
#: Words of a target's measure → the base figure that they mean, and those of a yearly target.
BASES = {"人口": "常住人口", "户": "户数", "街道": "街道和镇", "学校": "学校"}
YEARLY = ("一年", "每年")
SURVEY = "community-survey"
#: What a term-start pack teaches for, besides its hazards.
SCHOOL_TOPICS = ("school-safety", "self-rescue", "campaigns")
#: A page that is about everything answers to every topic: how many links are still a help.
MOST_PAGES = 8


#: The data last traced, and its traces.
_latest: list = []


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

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(self.records)

    @property
    def is_yearly(self) -> bool:
        """Whether the target is one year's: then the years are not added up."""
        return any(word in self.target.measure.numerator for word in YEARLY)

    @property
    def done(self) -> tuple[int, Decimal] | None:
        """(what was done, what it is measured against), or None where a rate would be made up."""
        target = self.target
        if target.value is None or target.comparator not in ("≥", "="):
            return None
        counted = self.evidence.newest if self.is_yearly else self.evidence
        if target.unit == "人次":
            return counted.total.person_times or 0, target.value
        if target.unit in ("项", "期"):
            return counted.occasions, target.value
        return self._share(target.value) if target.unit == "%" else None

    def _share(self, percent: Decimal) -> tuple[int, Decimal] | None:
        """Of people or homes; a street is not in a record, so no coverage of streets is worked out."""
        base = self.denominator
        if base is None:
            return None
        homes = self.evidence.newest.total.homes
        counted = {"常住人口": self.evidence.total.persons, "户数": homes[0] if homes else None}.get(base.kind)
        return None if counted is None else (counted, base.value * percent / 100)

    @cached_property
    def denominator(self) -> Denominator | None:
        """The sourced figure that the target's own measure names, or None: then no rate is worked out."""
        measured = self.target.measure.denominator or ""
        wanted = next((kind for word, kind in BASES.items() if word in measured), None)
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
    """Every target of every plan, in the order of the plans; worked out once, since every kind of page asks."""
    if not _latest or _latest[0] is not dataset:
        shelf = _Shelf(dataset)
        _latest[:] = dataset, tuple(shelf.trace(plan, target) for plan in dataset.plans.values() for target in plan.targets)
    return _latest[1]


def serving(found: Iterable[Trace], item: object, topics: Iterable[str] = ()) -> list[Trace]:
    """The training targets that `item` serves; `topics` are those of what goes with it (a hazard's quiz)."""
    about = {*_topics(item), *topics}
    return [trace for trace in found if trace.is_training and _serves(trace, item, about)]


def concerning(found: Iterable[Trace], region: Region) -> list[Trace]:
    """The training targets of a region's own plans and of those above it."""
    return [trace for trace in found if trace.is_training and region.under(trace.plan.region)]


def _serves(trace: Trace, item: object, about: set[str]) -> bool:
    """By kind and topics as computed, or for a region's directory by kind and place."""
    if any(item is other for items in trace.served.values() for other in items):
        return True
    fits = item.under(trace.plan.region) if isinstance(item, Region) else bool(about & set(trace.target.topics))
    return fits and bool(_offers(item) & set(trace.needs))


def _offers(item: object) -> set[str]:
    """What an item can be to a target."""
    if isinstance(item, Guide):
        return {"演练指南"}
    if isinstance(item, Region):
        return {"避难场所"}
    if isinstance(item, Quiz):
        return {"测验", "课程"} if item.kind == "课程" else {"测验"}
    also = {"shelter-guide": "避难场所", SURVEY: "调查表"}
    names = (item.folder, item.id) if isinstance(item, Article) else ()
    return {"页面", *(also[name] for name in names if name in also)}


class _Shelf:
    """Everything that can serve, read once."""

    def __init__(self, dataset: Dataset):
        self.dataset = dataset
        self.quizzes = all_quizzes(dataset)
        self.guides = tuple(dataset.guides.values())

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
            return [page for page in self.dataset.articles.values() if page.id == SURVEY]
        # The region's own directory page; while it has no list, it says whom to ask.
        return [self.dataset.regions[plan.region], *(page for page in self.dataset.articles.values() if page.folder == "shelter-guide")]

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
        shelves = {"quizzes": self.quizzes, "schools": self.dataset.stages.values(), "campaigns": self.dataset.items("campaigns")}
        found = next((one for one in shelves.get(folder, ()) if one.id == name), None)
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
    if isinstance(item, Stage):
        return frozenset((*SCHOOL_TOPICS, *item.pool))
    return frozenset(item.topics) if isinstance(item, Article | Quiz | CampaignDay) else frozenset()
