"""Which drills a kind of unit owes, how often and by what rule; what is recorded, and what is next due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from macros.inheritance import Bound, all_duties, duties_of
from macros.loading import Dataset
from macros.models import ActivityRecord, Guide, Region, Unit


@dataclass(frozen=True)
class Due:
    """One rule for one registered unit: when it was last met and when it falls due again."""

    unit: Unit
    bound: Bound
    last: date | None
    next: date | None


def drill_duties(dataset: Dataset, region: Region) -> tuple[Bound, ...]:
    """Drill duties that bind `region`, inherited ones included, its own first."""
    return tuple(bound for bound in duties_of(dataset, region) if bound.item.kind == "演练")


def bound_by(dataset: Dataset, region: Region) -> dict[str, list[Bound]]:
    """Kind of unit → the rules that bind it in `region`. A rule that names no kind stands under `其他`."""
    kinds: dict[str, list[Bound]] = {}
    for bound in drill_duties(dataset, region):
        for unit in bound.item.units or ("其他",):
            kinds.setdefault(unit, []).append(bound)
    return kinds


def plan_duties_for(dataset: Dataset, guide: Guide) -> list[Bound]:
    """What the plans of this site ask of the guide's kind of unit."""
    plans = (bound for bound in all_duties(dataset) if bound.plan and bound.item.kind == "演练")
    return [bound for bound in plans if set(bound.item.units) & set(guide.units)]


def due_drills(dataset: Dataset, region: Region) -> Iterator[Due]:
    """Every dated rule for every registered unit of `region`; nothing where no unit is registered."""
    kinds = bound_by(dataset, region)
    for unit in dataset.units.get(region.code, ()):
        for bound in kinds.get(unit.kind, ()):
            if bound.item.every_months:
                yield _due(unit, bound, dataset.records)


def _due(unit: Unit, bound: Bound, records: Iterable[ActivityRecord]) -> Due:
    mine = [record.date for record in records if record.activity == "演练" and record.unit == unit.code and record.region == unit.region]
    last = max(mine, default=None)
    return Due(unit, bound, last, _months_later(last, bound.item.every_months // bound.item.times or 1) if last else None)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for back in range(4):
        try:
            return date(year, month + 1, day.day - back)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")
