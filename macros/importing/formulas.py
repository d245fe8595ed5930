"""Cells whose formula nobody has worked out: the reader of workbooks takes them for empty, and a row of them for none.

Programs that write workbooks without opening them leave the result out; Excel and WPS store it when they save.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

#: Row and column, counted from 0.
Spot = tuple[int, int]
#: Read in pieces, so that a large sheet is never in memory as text.
PIECE = 8_000_000
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_RESULT = re.compile(rb"<(?:\w+:)?v>[^<]")
#: A formula may well give an empty text; that is a result.
_IS_TEXT = re.compile(rb'\bt="str"')


def without_result(path: Path) -> dict[str, set[Spot]]:
    """Sheet name → the cells whose formula has no stored result. `path` has been found to be a safe xlsx."""
    with zipfile.ZipFile(path) as archive:
        parts = set(archive.namelist())
        return {name: spots for name, part in _sheets(archive, parts) if part in parts and (spots := set(_spots(archive, part)))}


def _sheets(archive: zipfile.ZipFile, parts: set[str]) -> Iterator[tuple[str, str]]:
    """Each sheet's name and its part of the archive."""
    relations = "xl/_rels/workbook.xml.rels"
    links = _LINK.findall(archive.read(relations)) if relations in parts else []
    target = {_attribute(link, "Id"): _attribute(link, "Target") for link in links}
    for sheet in _SHEET.findall(archive.read("xl/workbook.xml")):
        part = target.get(_attribute(sheet, r"\w+:id"), "")
        yield _attribute(sheet, "name"), posixpath.normpath(posixpath.join("/xl", part)).lstrip("/")


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rf"\s{name}=(\"[^\"]*\"|'[^']*')".encode(), tag)
    return unescape(found[1][1:-1].decode("utf-8", "replace")) if found else ""


def _spots(archive: zipfile.ZipFile, part: str) -> Iterator[Spot]:
    for rows in _whole_rows(archive, part):
        for cell in _FORMULA.finditer(rows) if b"<f" in rows or b":f" in rows else ():
            end = rows.find(b"c>", cell.end())
            place = _PLACE.search(cell[1])
            if place and not _IS_TEXT.search(cell[1]) and not _RESULT.search(rows, cell.end(), end):
                yield int(place[2]) - 1, _column(place[1])


def _whole_rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    rest = b""
    with archive.open(part) as file:
        while piece := file.read(PIECE):
            rows, end, rest = (rest + piece).rpartition(b"row>")
            yield rows + end
    yield rest


def _column(letters: bytes) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
