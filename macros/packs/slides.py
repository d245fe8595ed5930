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

from macros.archives import zipped

#: What the bytes of a deck depend on besides its slides: this file and the library.
DEPENDS_ON = (Path(__file__).read_text("utf-8"), version("python-pptx"))
#: Of no build: a fixed moment keeps the file the same.
_MOMENT = datetime(2024, 1, 1)
WIDE, HIGH = Emu(12192000), Emu(6858000)
_MARGIN = Emu(600000)
_TITLE = Pt(44)
#: Of these the largest at which the lines fit; the last one is read from the last row of a classroom.
_BODY = tuple(map(Pt, (54, 48, 44, 40, 36, 32, 28, 24)))
_AFTER = Pt(10)
#: Height of a row, in sizes of its letters.
_ROW = 1.3
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
    height = HIGH - Emu(1900000)
    box = page.shapes.add_textbox(_MARGIN, Emu(1500000), width, height)
    box.name = "要点"
    _write(box.text_frame, slide.lines, _size(slide.lines, width, height), _INK)
    for number, picture in enumerate(slide.pictures):
        _show(page, picture, number)
    page.notes_slide.notes_text_frame.text = slide.notes


def _size(lines: tuple[str, ...], width: int, height: int) -> Pt:
    """The largest that fits a box; a Chinese letter is as wide as high, and one row is kept for what programs break sooner."""

    def needed(size: Pt) -> float:
        letters = width // size - 1
        rows = sum(-(-len(line) // letters) for line in lines)
        return rows * size * _ROW + len(lines) * _AFTER

    return next((size for size in _BODY if needed(size) <= height), _BODY[-1])


def _place(shape, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _write(frame, lines: Iterable[str], size: Pt, colour: RGBColor) -> None:
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = _AFTER
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
    with zipfile.ZipFile(io.BytesIO(document)) as dated:
        return zipped({name: dated.read(name) for name in dated.namelist()})
