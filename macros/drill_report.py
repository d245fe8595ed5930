"""`yingji drills due`: for each region and kind of unit, which drills are due how often, and by what rule."""

from collections.abc import Iterator

from macros.inheritance import scope_name
from macros.loading import Dataset
from macros.models import Region
from macros.obligations import bound_by, due_drills
from macros.pages.wording import frequency


def due_report(dataset: Dataset) -> str:
    """Plain text, a block a region. Without registered units nobody can say how many drills are owed."""
    return "\n\n".join("\n".join(_region(dataset, region)) for region in dataset.regions.values())


def _region(dataset: Dataset, region: Region) -> Iterator[str]:
    yield f"# {region.name}（{region.code}）"
    for kind, bounds in bound_by(dataset, region).items():
        yield f"{kind}："
        for bound in bounds:
            place = scope_name(dataset, bound.scope)
            yield f"  {frequency(bound.item)} {bound.item.activity}（{place}，《{bound.document.title}》{bound.item.cite.at}）"
    yield from _units(dataset, region)


def _units(dataset: Dataset, region: Region) -> Iterator[str]:
    dues = list(due_drills(dataset, region))
    if not dataset.units.get(region.code):
        yield "登记的单位：没有，应做数未知（data/units/*.csv）"
    for due in dues:
        last = f"上次 {due.last}，下次不晚于 {due.next}" if due.last else "没有记录"
        yield f"{due.unit.code}（{due.unit.kind}）{frequency(due.bound.item)}：{last}"
