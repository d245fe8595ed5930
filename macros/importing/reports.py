"""What an official gets back: the rows not taken, and what to look at, both to correct in Excel and import again."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from macros.importing.identities import plain
from macros.importing.merging import Merged
from macros.importing.rows import Draft, Rejected
from macros.importing.sheets import Sheet, as_written
from macros.models import Hazard, Shelter
from macros.models.shelters import FIELD_NAMES
from macros.shelter_table import table
from macros.workbooks import Cell, xlsx

#: GB 21734-2008 5.4: square metres a person.
LEAST_AREA_PER_PERSON = Decimal("1.5")
#: Rows named beside one that looks the same.
MOST_NAMED = 6
#: Fields that a list ought to have; what is missing is listed.
WANTED = ("district", "address", "level", "status", "effective_area", "capacity", "lon", "verified_on")


@dataclass(frozen=True)
class Finding:
    """Something about one taken row that an official should look at."""

    kind: str
    draft: Draft
    shelter: Shelter
    field: str
    raw: str
    why: str

    def __str__(self) -> str:
        return f"{self.kind}:{FIELD_NAMES.get(self.field, self.field)}" + (f"“{self.raw}”" if self.raw else "") + self.why


def write_reports(out: Path, stem: str, merged: Merged, sheets: list[Sheet], headers: dict[str, int], hazards: dict[str, Hazard]) -> list[Path]:
    """The reject and quality workbooks below `out`; one without a row is not written."""
    books = {}
    if merged.rejected:
        books[f"{stem}-rejects.xlsx"] = _rejects(merged.rejected, sheets, headers)
    if findings := _by_shelter(merged):
        books[f"{stem}-quality.xlsx"] = {"改好再导入": _quality(findings, hazards)}
    out.mkdir(parents=True, exist_ok=True)
    for name, book in books.items():
        (out / name).write_bytes(xlsx(book))
    return [out / name for name in books]


def _by_shelter(merged: Merged) -> dict[str, list[Finding]]:
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in find(merged):
        findings[finding.shelter.id].append(finding)
    return dict(findings)


def _quality(findings: dict[str, list[Finding]], hazards: dict[str, Hazard]) -> Iterator[Sequence[Cell]]:
    """What is in data/ now, behind what is wrong with it: corrected here, it can be imported as it is."""
    rows = table((found[0].shelter for found in findings.values()), hazards)
    yield ("问题", "工作表", "行号", *next(rows))
    for found, row in zip(findings.values(), rows, strict=True):
        yield (";".join(map(str, found)), found[0].draft.sheet, found[0].draft.row, *row)


def _rejects(rejected: list[Rejected], sheets: list[Sheet], headers: dict[str, int]) -> dict[str, list[Sequence[Cell]]]:
    """A sheet a sheet, each row as it stood behind the reason; the list's own header above."""
    book: dict[str, list[Sequence[Cell]]] = {}
    for sheet in sheets:
        own = [row for row in rejected if row.sheet == sheet.name]
        if own:
            head = sheet.rows[headers[sheet.name]] if sheet.name in headers else []
            rows = ([row.reason, row.sheet, row.row, *map(as_written, row.cells)] for row in own)
            book[sheet.name] = [("原因", "工作表", "行号", *map(as_written, head)), *rows]
    return book


def find(merged: Merged) -> Iterator[Finding]:
    """Everything an official should look at, row by row, then what only shows across rows."""
    for draft, shelter in merged.taken:
        for note in draft.notes:
            yield Finding("没有录入或已改正", draft, shelter, note.field, note.raw, note.why)
        yield from _lacking(draft, shelter)
    yield from _alike(merged, "name", lambda shelter: plain(shelter.name))
    yield from _alike(merged, "lon", lambda shelter: shelter.lon and (shelter.lon, shelter.lat))


def _lacking(draft: Draft, shelter: Shelter) -> Iterator[Finding]:
    missing = "、".join(FIELD_NAMES[name] for name in WANTED if getattr(shelter, name) is None)
    if missing:
        yield Finding("缺项", draft, shelter, missing, "", "没有写,页面显示“待核实”")
    area, people = shelter.effective_area, shelter.capacity
    if area is not None and people and area / people < LEAST_AREA_PER_PERSON:
        why = f"人均 {area / people:.2f} 平方米,低于 GB 21734-2008 第5.4条的 {LEAST_AREA_PER_PERSON} 平方米"
        yield Finding("人均面积不足", draft, shelter, "effective_area", str(area), why)


def _alike(merged: Merged, field: str, key: Callable[[Shelter], Hashable]) -> Iterator[Finding]:
    groups: dict[Hashable, list[tuple[Draft, Shelter]]] = defaultdict(list)
    for draft, shelter in merged.taken:
        if own := key(shelter):
            groups[own].append((draft, shelter))
    for group in groups.values():
        for draft, shelter in group if len(group) > 1 else ():
            others = "、".join(str(other.row) for other, _ in group[:MOST_NAMED] if other is not draft)
            yield Finding("可能重复", draft, shelter, field, "", f"与第 {others} 行相同")
