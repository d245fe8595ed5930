"""What an import tells the officer: counts that add up, what changes, what was left out."""

from collections import Counter
from collections.abc import Iterator

from macros.importing.command import Import
from macros.importing.merging import differences
from macros.loading.csv_file import cell_text
from macros.models.shelters import FIELD_NAMES

#: Lines of one kind before the rest is only counted.
MOST_LINES = 200


def summary(done: Import, detailed: bool) -> Iterator[str]:
    """Lines for the console; `detailed` lists every change, as a dry run does."""
    yield from _columns(done)
    if detailed:
        yield from _first(_changes(done))
    for shelter in done.merged.withdrawn:
        yield f"撤下 {shelter.id} {shelter.name}:这次标明不公开"
    reasons = Counter(row.reason.partition(":")[0] for row in done.merged.rejected)
    yield from (f"未录入 {count} 行:{reason}" for reason, count in reasons.most_common(20))
    if done.merged.gone:
        yield f"data/ 里有、这份表里没有的:{len(done.merged.gone)} 处"
    merged = done.merged
    imported = len(merged.added) + len(merged.changed)
    yield (
        f"共 {done.rows} 行 = 录入 {imported}(新增 {len(merged.added)},更改 {len(merged.changed)})"
        f" + 没有变化 {len(merged.same)} + 未录入 {len(merged.rejected)}"
    )


def _columns(done: Import) -> Iterator[str]:
    for name, header in done.headers.items():
        yield f"“{name}”第 {header.last + 1} 行是表头"
        for column in header.columns.values():
            if column.field is None:
                yield f"  没有录入的列“{column.label}”:{column.why}"
            elif column.field not in ("serial", "report", "public", "lonlat"):
                yield f"  {column.label} → {FIELD_NAMES[column.field]}"


def _changes(done: Import) -> Iterator[str]:
    yield from (f"新增 {shelter.id} {shelter.name}(第 {draft.row} 行)" for draft, shelter in done.merged.added)
    for draft, before, after in done.merged.changed:
        for name, old, new in differences(before, after):
            yield f"更改 {after.id} {after.name}(第 {draft.row} 行){FIELD_NAMES[name]}:{cell_text(old) or '空'} → {cell_text(new) or '空'}"
    yield from (f"不在表里 {shelter.id} {shelter.name}" for shelter in done.merged.gone)


def _first(lines: Iterator[str]) -> Iterator[str]:
    total = 0
    for total, line in enumerate(lines, start=1):
        if total <= MOST_LINES:
            yield line
    if total > MOST_LINES:
        yield f"……另有 {total - MOST_LINES} 行"
