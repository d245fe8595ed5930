"""What holds for a region: its own plans' items, and what it inherits from the regions above it."""

from collections.abc import Iterator
from dataclasses import dataclass

from macros.loading import Dataset
from macros.models import PROVINCES, CampaignDay, Document, Duty, Plan, Region

#: Who subscribes to a calendar, and how the file is called.
SUBSCRIBERS = {"学校": "schools", "社区": "communities", "农村": "villages", "企业": "firms", "机关": "offices", "家庭": "families"}


@dataclass(frozen=True)
class Bound:
    """A duty or campaign day with the document behind it; `plan` null where that is no plan."""

    item: Duty | CampaignDay
    document: Document
    scope: str
    plan: Plan | None


def duties_of(dataset: Dataset, region: Region) -> tuple[Bound, ...]:
    """Duties that bind `region`: its own first, then its ancestors', then the nation's."""
    bound = (b for b in all_duties(dataset) if region.under(b.scope))
    return tuple(sorted(bound, key=lambda b: _distance(region, b.scope)))


def all_duties(dataset: Dataset) -> Iterator[Bound]:
    for plan in dataset.plans.values():
        for duty in plan.duties:
            yield Bound(duty, plan.source, duty.scope or plan.region, plan)
    for duty in dataset.items("duties"):
        yield Bound(duty, dataset.document(duty.cite), duty.scope or "CN", dataset.plans.get(duty.cite.source or ""))


def campaigns_of(dataset: Dataset, region: Region) -> tuple[Bound, ...]:
    """Campaign days of `region` in the order of the year: the nation's, and those its plans name."""
    return tuple(bound for bound in all_campaigns(dataset) if region.under(bound.scope))


def all_campaigns(dataset: Dataset) -> tuple[Bound, ...]:
    """Every campaign day of the site in the order of the year."""
    national = (Bound(day, dataset.document(day.cite), day.scope or "CN", None) for day in dataset.items("campaigns"))
    local = (
        Bound(day, plan.source, plan.region, plan)
        for plan in dataset.plans.values()
        for day in plan.campaigns
    )
    return tuple(sorted((*national, *local), key=lambda bound: campaigns_order(bound.item.rule)))


def parent_of(dataset: Dataset, region: Region) -> Region | None:
    """The nearest region above `region` that this site holds."""
    return next((dataset.regions[code] for code in region.ancestors if code in dataset.regions), None)


def scope_name(dataset: Dataset, scope: str) -> str:
    if scope == "CN":
        return "全国"
    if scope in dataset.regions:
        return dataset.regions[scope].name
    return PROVINCES[scope[:2]] if scope.endswith("0000") else f"行政区划代码 {scope}"


def _distance(region: Region, scope: str) -> int:
    order = (region.code, *region.ancestors, "CN")
    return order.index(scope)


def campaigns_order(rule: str) -> tuple[int, int]:
    """Month and day to sort by; a whole month before its days, term starts before the year."""
    if rule == "term-start":
        return 0, 0
    parts = rule.split("-")
    if len(parts) == 3:
        return int(parts[2]), 7 * (5 if parts[0] == "last" else int(parts[0]))
    return int(parts[0]), int(parts[1]) if len(parts) == 2 else 0


def month_of(rule: str) -> int:
    """The month that a date rule falls in; 0 for a term start, which each school sets."""
    return campaigns_order(rule)[0]
