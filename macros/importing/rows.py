"""One row of a sheet → a draft of a shelter with notes on what was not taken, or the reason it was not."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from macros.importing.cells import NOTHING, READERS, Reading, clean, is_nothing
from macros.importing.formulas import Spot
from macros.importing.headers import Column, Header
from macros.importing.places import read_place
from macros.importing.sheets import Cell, Sheet, as_written, is_blank
from macros.models.shelters import LONGEST_NAME

TOTALS = re.compile(r"(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计).*")
REMARKS = re.compile(r"(注|说明|备注|填表|制表|审核|联系|单位负责).*")
SECTION = re.compile(r"(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\))?\s*([\u4e00-\u9fff]{1,10}(?:区|县|市|镇|乡|街道))(?:[(（].*)?")
DISTRICT = re.compile(r"[\u4e00-\u9fff]{1,10}(?:区|县|市|旗|镇|乡|街道)")
CLOSED_WORDS = ("否", "不公开", "内部", "保密", "涉密", "秘密", "n", "no", "false", "0", "×", "不宜公开", "依申请公开")
#: Values that a merged cell can stand for in each of its rows; a number it covers is a sum of them.
SHARED = {"district", "street", "community", "manager", "level", "source", "verified_on", "public", "serial", "status", "crs"}
#: This many cells that look like another column's make a shifted row.
SHIFTED = 2
MERGED = "合并单元格里的值,不知道属于哪一行,没有录入"
UNKNOWN = "是公式,文件里没有存算出的结果,没有录入;请用 Excel 或 WPS 打开、保存后再导入"


@dataclass(frozen=True)
class Note:
    """A value that was not taken, or was put right, for the officer to look at."""

    field: str
    raw: str
    why: str


@dataclass
class Draft:
    """What a row says of a shelter. A field that its list has no column for is not in `values`."""

    sheet: str
    row: int
    cells: list[Cell]
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.values["name"]

    def drop(self, name: str, why: str) -> None:
        """Take a value back out; what an earlier list said of it stands."""
        self.notes.append(Note(name, as_written(self.values.get(name)), why))
        self.values[name] = None
        self.unread.add(name)


@dataclass(frozen=True)
class Rejected:
    sheet: str
    row: int
    reason: str
    cells: list[Cell]
    #: Said to be not for the public: what stands in data/ must go too.
    draft: Draft | None = None


@dataclass(frozen=True)
class Rules:
    """What holds for every row of an import: readers by field, and the officer's settings."""

    readers: dict[str, Callable[[Cell, str], Reading]]
    datum: str | None = None
    fixed: dict[str, Any] = field(default_factory=dict)


def rules_for(hazard_reader: Callable[[Cell, str], Reading], datum: str | None, fixed: dict[str, Any]) -> Rules:
    readers = {**READERS, "hazards": hazard_reader, "not_for": hazard_reader}
    # `typed`, since 1 and 是 and 1.0 are not the same cell.
    return Rules({name: lru_cache(maxsize=10_000, typed=True)(read) for name, read in readers.items()}, datum, fixed)


def read_rows(sheet: Sheet, header: Header, rules: Rules) -> Iterator[Draft | Rejected]:
    """Every row below the header that is not blank."""
    rules = replace(rules, datum=rules.datum or header.datum)
    section = sheet.name if DISTRICT.fullmatch(sheet.name) else None
    merged, unknown = by_row(sheet.merged), by_row(sheet.unknown)
    for index, cells in enumerate(sheet.rows[header.last + 1 :], start=header.last + 1):
        if is_blank(cells) and index not in unknown:
            continue
        found = _section(cells) if not header.has("district") else None
        section = found or section
        if reason := _no_shelter(cells, header, found):
            yield Rejected(sheet.name, index + 1, reason, cells)
            continue
        doubts = dict.fromkeys(merged.get(index, ()), MERGED) | dict.fromkeys(unknown.get(index, ()), UNKNOWN)
        yield _draft(Draft(sheet.name, index + 1, cells), header, rules, section, doubts)


def by_row(spots: Iterable[Spot]) -> dict[int, set[int]]:
    """Row → columns."""
    found: dict[int, set[int]] = defaultdict(set)
    for row, column in spots:
        found[row].add(column)
    return dict(found)


def _section(cells: list[Cell]) -> str | None:
    """一、钦南区(12处) over the rows of that district."""
    texts = set(cells) - {None, ""}
    found = SECTION.fullmatch(clean(texts.pop())) if len(texts) == 1 else None
    return found[1] if found else None


def _no_shelter(cells: list[Cell], header: Header, section: str | None) -> str:
    filled = [cell for cell in cells if cell is not None and cell != ""]
    opening = [clean(cell) for cell in filled[:2]]
    if any(TOTALS.fullmatch(text) for text in opening):
        return "合计行"
    if section:
        return f"分组标题,下面各行的区县按“{section}”"
    if len(filled) > 1 and any(text in header.labels for text in opening):
        alike = sum(clean(cell) in header.labels for cell in filled)
        return "重复的表头" if alike * 2 > len(filled) else ""
    if len(set(filled)) == 1 and (REMARKS.match(opening[0]) or len(opening[0]) > 30):
        return "说明文字"
    return ""


def _draft(draft: Draft, header: Header, rules: Rules, section: str | None, doubts: dict[int, str]) -> Draft | Rejected:
    odd = 0
    places: dict[str, Cell] = {}
    for index, column in header.columns.items():
        cell = draft.cells[index] if index < len(draft.cells) else None
        if column.field in ("lon", "lat", "lonlat"):
            places[column.field] = None if is_nothing(cell) else cell
            _note_unknown(draft, column.field, doubts.get(index))
        elif column.field in rules.readers:
            odd += _take(draft, column, cell, rules, doubts.get(index))
    if closed := _closed(draft, header, doubts):
        return closed
    odd += _take_place(draft, places, rules)
    for name, value in (({"district": section} if section else {}) | rules.fixed).items():
        if draft.values.get(name) is None:
            draft.values[name] = value
    return _judged(draft, odd)


def _take(draft: Draft, column: Column, cell: Cell, rules: Rules, doubt: str | None) -> bool:
    """Read one cell into the draft; true where it looks like another column's."""
    name = column.field or ""
    draft.values[name] = None
    _note_unknown(draft, name, doubt)
    if is_nothing(cell):
        return False
    if doubt == MERGED and name not in SHARED and name not in ("name", "address"):
        draft.drop(name, MERGED)
        return False
    value, why, odd = rules.readers[name](cell, column.unit)
    draft.values[name] = value
    if why:
        draft.notes.append(Note(name, _shown(cell, why), why))
        draft.unread.add(name)
    return odd and bool(why)


def _note_unknown(draft: Draft, name: str, doubt: str | None) -> None:
    """What an earlier list said of it stands: the cell is not empty, only not known."""
    if doubt == UNKNOWN:
        fields = ("lon", "lat", "crs", "precision") if name in ("lon", "lat", "lonlat") else (name,)
        draft.unread.update(fields)
        if (note := Note(fields[0], "", UNKNOWN)) not in draft.notes:
            draft.notes.append(note)


def _shown(cell: Cell, why: str) -> str:
    """A private number is not passed on, not even in a report."""
    return "（不显示）" if "手机号码" in why or "个人姓名" in why else as_written(cell)


def _closed(draft: Draft, header: Header, doubts: dict[int, str]) -> Rejected | None:
    """Said not to be for the public, or not known to be: only the first takes back what is published."""
    index = next((i for i, column in header.columns.items() if column.field == "public"), None)
    if doubts.get(index) == UNKNOWN:
        return Rejected(draft.sheet, draft.row, f"是否公开{UNKNOWN}", draft.cells)
    text = clean(draft.cells[index]).lower() if index is not None and index < len(draft.cells) else ""
    if text in CLOSED_WORDS or re.search(r"密|不.*公开|内部", text):
        return Rejected(draft.sheet, draft.row, "标明不公开,没有录入", draft.cells, draft)
    return None


def _take_place(draft: Draft, places: dict[str, Cell], rules: Rules) -> bool:
    if not places:
        return False
    draft.values |= {"lon": None, "lat": None, "precision": draft.values.get("precision"), "crs": draft.values.get("crs")}
    if all(cell is None for cell in places.values()):
        draft.values |= {"crs": None, "precision": None}
        return False
    place = read_place(places.get("lon"), places.get("lat"), places.get("lonlat"))
    if place.note:
        raw = " ".join(as_written(cell) for cell in places.values() if cell is not None)
        draft.notes.append(Note("lon", raw, place.note))
    if place.lon is None:
        draft.unread |= {"lon", "lat", "crs", "precision"}
        draft.values |= {"crs": None, "precision": None}
        return place.odd
    datum = draft.values["crs"] or rules.datum
    if not datum:
        draft.notes.append(Note("crs", "", "没有写坐标系,偏差可达数百米:不上地图、不算距离"))
    draft.values |= {"lon": place.lon, "lat": place.lat, "crs": datum, "precision": draft.values["precision"] or place.precision}
    return False


def _judged(draft: Draft, odd: int) -> Draft | Rejected:
    name = draft.values.get("name") or ""
    reason = ""
    if odd + _odd_name(name) >= SHIFTED:
        reason = "疑似错列:" + ";".join(f"{note.field} 现为“{note.raw[:20]}”" for note in draft.notes[:3])
    elif not name:
        why = next((note.why for note in draft.notes if note.field == "name"), "")
        reason = f"名称{why}" if why else "没有名称"
    elif _odd_name(name):
        reason = f"“{name}”不像场所名称"
    elif not 2 <= len(name) <= LONGEST_NAME:
        reason = f"名称应为 2 到 {LONGEST_NAME} 个字"
    return Rejected(draft.sheet, draft.row, reason, draft.cells) if reason else draft


def _odd_name(name: str) -> bool:
    """Figures, a telephone number or nothing but marks."""
    return bool(name) and (not re.search(r"[\u3400-\u9fffA-Za-z]", name) or NOTHING.fullmatch(name) is not None)
