"""A spreadsheet, CSV or GeoJSON file → sheets of rows, after making sure that reading it is safe."""

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from macros.errors import DataFaults, Problem
from macros.importing.formulas import Spot, without_result

Cell = str | int | float | bool | date | datetime | time | timedelta | None
LARGEST_FILE = 200_000_000
#: What one part of a workbook may unpack to; 100,000 rows of 30 columns take 200 MB.
LARGEST_PART = 1_000_000_000
MOST_TIMES_SMALLER = 300
MOST_COLUMNS = 200
MOST_ROWS = 500_000
OLE = b"\xd0\xcf\x11\xe0"
RESAVE = "请用 Excel 或 WPS 打开后“另存为” xlsx 再导入"


@dataclass
class Sheet:
    """Rows from row 1 on. `merged` holds the cells below a vertically merged one, and that one.

    `unknown` holds the cells of formulas that nobody has worked out: they look empty and are not.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    merged: set[Spot] = field(default_factory=set)
    unknown: set[Spot] = field(default_factory=set)


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of `path`; DataFaults with one clear message where it cannot or must not be read."""
    if not path.is_file():
        raise refused(path, "没有这个文件")
    if path.stat().st_size > LARGEST_FILE:
        raise refused(path, f"文件超过 {LARGEST_FILE // 1_000_000} MB")
    with path.open("rb") as file:
        start = file.read(8)
    sheets = _workbook(path, start) if start[:4] in (OLE, b"PK\x03\x04") else _text_file(path)
    for sheet in sheets:
        widest = max((len(row) for row in sheet.rows), default=0)
        if widest > MOST_COLUMNS or len(sheet.rows) > MOST_ROWS:
            raise refused(path, f"“{sheet.name}”有 {len(sheet.rows)} 行、{widest} 列,超过上限 {MOST_ROWS} 行、{MOST_COLUMNS} 列")
    return sheets


def refused(path: Path, rule: str) -> DataFaults:
    return DataFaults([Problem(path.name, 0, "", rule)])


# --- workbooks ------------------------------------------------------------------------------


def _workbook(path: Path, start: bytes) -> list[Sheet]:
    if start[:4] == OLE:
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise refused(path, "这个文件有打开密码;请去掉密码后另存为 xlsx 再导入")
        raise refused(path, f"这是旧格式(xls、et 或 doc);{RESAVE}")
    _check_zip(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        sheets = [_sheet(book, meta) for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
        unknown = without_result(path)
    except (calamine.CalamineError, OSError, zipfile.BadZipFile, zlib.error) as fault:
        raise refused(path, f"工作簿已损坏,读不出来({type(fault).__name__});{RESAVE}") from None
    for sheet in sheets:
        _mark_unknown(sheet, unknown.get(sheet.name, set()))
    return sheets


def _mark_unknown(sheet: Sheet, spots: set[Spot]) -> None:
    """The reader drops rows at the end that hold nothing but such cells; they are rows all the same."""
    sheet.unknown = {spot for spot in spots if spot[0] < MOST_ROWS and spot[1] < MOST_COLUMNS}
    last = max((row for row, _ in sheet.unknown), default=-1)
    sheet.rows.extend([] for _ in range(last + 1 - len(sheet.rows)))


def _check_zip(path: Path) -> None:
    """Sizes are checked before anything is unpacked: a bomb is a small file."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        raise refused(path, f"不是 xlsx 文件,或文件不完整;{RESAVE}") from None
    names = {part.filename for part in parts}
    if "word/document.xml" in names:
        raise refused(path, "这是 Word 文档;请把表格复制到 Excel,另存为 xlsx 再导入")
    if "xl/workbook.xml" not in names:
        raise refused(path, f"不是 xlsx 文件;{RESAVE}")
    for part in parts:
        if part.flag_bits & 1:
            raise refused(path, "这个文件有密码;请去掉密码后另存为 xlsx 再导入")
        too_dense = part.file_size > 50_000_000 and part.file_size > MOST_TIMES_SMALLER * max(part.compress_size, 1)
        if too_dense or part.file_size > LARGEST_PART:
            raise refused(path, f"解压后大得不正常({part.filename},{part.file_size // 1_000_000} MB),没有打开")


def _sheet(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata) -> Sheet:
    source = book.get_sheet_by_name(meta.name)
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    if source.total_width > MOST_COLUMNS or source.total_height > MOST_ROWS:
        return Sheet(meta.name, [[None] * source.total_width] * source.total_height, hidden)
    sheet = Sheet(meta.name, source.to_python(skip_empty_area=False), hidden)
    for first, last in source.merged_cell_ranges or ():
        _fill(sheet, first, last)
    return sheet


def _fill(sheet: Sheet, first: tuple[int, int], last: tuple[int, int]) -> None:
    """A merged cell speaks for every cell it covers."""
    value = sheet.rows[first[0]][first[1]] if first[0] < len(sheet.rows) else None
    for row in range(first[0], min(last[0] + 1, len(sheet.rows))):
        for column in range(first[1], min(last[1] + 1, len(sheet.rows[row]))):
            sheet.rows[row][column] = value
            if last[0] > first[0]:
                sheet.merged.add((row, column))


# --- text -----------------------------------------------------------------------------------


def _text_file(path: Path) -> list[Sheet]:
    text = decoded(path)
    if path.suffix.lower() in (".json", ".geojson") or text.lstrip()[:1] == "{":
        return [_geojson(path, text)]
    delimiter = max(",\t;，", key=text[:10_000].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise refused(path, "不是 CSV 文件,或引号没有成对") from None
    return [Sheet(path.stem, [[cell if cell else None for cell in row] for row in rows])]


def decoded(path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else GB18030, which Excel in Chinese writes."""
    raw = path.read_bytes()
    if b"\x00" in raw and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise refused(path, f"不是表格文件;{RESAVE}")
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(path, "文字编码读不出来;请另存为 xlsx 再导入")


def _geojson(path: Path, text: str) -> Sheet:
    """Properties become columns, a point its longitude and latitude (RFC 7946: WGS-84)."""
    try:
        features = json.loads(text)["features"]
        records = [_flat(feature) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise refused(path, "不是 GeoJSON 的 FeatureCollection") from None
    header = list(dict.fromkeys(key for record in records for key in record))
    return Sheet(path.stem, [header, *([record.get(key) for key in header] for record in records)])


def _flat(feature: dict) -> dict[str, Cell]:
    own = {key: value for key, value in (feature.get("properties") or {}).items() if not isinstance(value, dict)}
    record = {key: _joined(value) for key, value in own.items()}
    geometry = feature.get("geometry") or {}
    if geometry.get("type") == "Point" and not record.keys() & {"lon", "经度"}:
        record["经度"], record["纬度"], record["坐标系"] = *geometry["coordinates"][:2], "WGS-84"
    return record


def _joined(value: object) -> Cell:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def as_written(cell: Cell) -> str:
    """A cell as its reader sees it: 3.0 as 3, a day without its midnight."""
    if type(cell) is str:
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return str(cell)


def is_blank(row: Iterable[Cell]) -> bool:
    return all(cell is None or not re.sub(r"\s", "", str(cell)) for cell in row)
