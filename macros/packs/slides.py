"""Slides as pptx: real text large enough for the last row, the words to say in the notes, the same bytes on every build."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Pt

#: What the bytes of a deck depend on besides its slides: this file and the library.
DEPENDS_ON = (Path(__file__).read_text("utf-8"), version("python-pptx"))
#: Of no build: a fixed moment keeps the file the same.
_MOMENT = datetime(2024, 1, 1)
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
WIDE, HIGH = Emu(12192000), Emu(6858000)
_MARGIN = Emu(600000)
_TITLE = Pt(44)
#: The fewer lines, the larger: at most so many lines → size.
_BODY = {2: Pt(44), 4: Pt(36), 6: Pt(30)}
_SMALLEST = Pt(24)
_INK = RGBColor(0x1A, 0x1A, 0x1A)
_ACCENT = RGBColor(0x00, 0x69, 0x5C)
_FONT = "微软雅黑"


class Picture(NamedTuple):
    """A PNG and what it shows, in words."""

    png: bytes
    shows: str


class Slide(NamedTuple):
    """`lines` stand one below the other; `notes` are the words to say."""

    title: str
    lines: tuple[str, ...]
    notes: str
    pictures: tuple[Picture, ...] = ()


def pptx(slides: Iterable[Slide], title: str) -> bytes:
    """A 16:9 deck."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    for slide in slides:
        _add(deck, slide)
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.created = properties.modified = _MOMENT
    out = io.BytesIO()
    deck.save(out)
    return _repacked(out.getvalue())


def _add(deck: Deck, slide: Slide) -> None:
    """Title on top; pictures, where there are any, to the right of the lines."""
    page = deck.slides.add_slide(deck.slide_layouts[5])
    _place(page.shapes.title, _MARGIN, Emu(300000), WIDE - 2 * _MARGIN, Emu(1000000))
    _write(page.shapes.title.text_frame, (slide.title,), _TITLE, _ACCENT)
    width = WIDE - 2 * _MARGIN if not slide.pictures else int(WIDE * 0.6)
    box = page.shapes.add_textbox(_MARGIN, Emu(1500000), width, HIGH - Emu(1900000))
    box.name = "要点"
    _write(box.text_frame, slide.lines, _size(slide.lines), _INK)
    for number, picture in enumerate(slide.pictures):
        _show(page, picture, number)
    page.notes_slide.notes_text_frame.text = slide.notes


def _size(lines: tuple[str, ...]) -> Pt:
    """Long lines wrap, and a wrapped line takes the room of two."""
    rows = sum(1 + len(line) // 22 for line in lines)
    return next((size for most, size in _BODY.items() if rows <= most), _SMALLEST)


def _place(shape, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _write(frame, lines: Iterable[str], size: Pt, colour: RGBColor) -> None:
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(10)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = line, size, colour == _ACCENT
        run.font.color.rgb = colour
        _chinese(run)


def _chinese(run) -> None:
    """Latin and East Asian fonts are named apart; without the second a program picks its own."""
    run.font.name = _FONT
    properties = run._r.get_or_add_rPr()
    east = properties.makeelement(qn("a:ea"), {"typeface": _FONT})
    properties.append(east)


def _show(page, picture: Picture, number: int) -> None:
    side = Emu(2300000)
    shape = page.shapes.add_picture(io.BytesIO(picture.png), WIDE - side - _MARGIN, Emu(1500000) + number * (side + Emu(150000)), side, side)
    shape._element.nvPicPr.cNvPr.set("descr", picture.shows)
    shape.name = picture.shows[:40]


def _repacked(document: bytes) -> bytes:
    """The library stamps the hour into the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
