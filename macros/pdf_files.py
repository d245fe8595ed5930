"""PDF documents from the blocks that Word documents are made of: fonts embedded and cut to what is used, the same bytes on every build."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import cache as cache_in_memory
from importlib.metadata import version
from pathlib import Path

import typst

from macros.vendor import ROOT
from macros.word_files import Grid, Paragraph

TEMPLATES = Path(__file__).parent / "templates" / "print"
FONTS = ROOT / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"
WEIGHTS = ("400Regular", "700Bold")


def pdf(blocks: Iterable[Paragraph | Grid], title: str, cache: Path | None = None) -> bytes:
    """An A4 document of `blocks`; taken from `cache` where the same one was set before."""
    return set_pdf("sheets.typ", cache, title=title, blocks=json.dumps([_plain(block) for block in blocks], ensure_ascii=False))


def set_pdf(template: str, cache: Path | None, **inputs: str) -> bytes:
    """One template of `templates/print/` filled with `inputs`, all of them text."""
    return kept(cache, (*_depends_on(template), sorted(inputs.items())), lambda: _compile(template, inputs, pdf_standards="1.7"))


def picture_png(file: str, cache: Path | None) -> bytes:
    """A pictogram of `docs/assets/pictograms/`, for programs that show no SVG."""
    inputs = {"file": picture_path(file)}
    depends = (*_depends_on("picture.typ"), (ROOT / inputs["file"][1:]).read_text("utf-8"))
    return kept(cache, depends, lambda: _compile("picture.typ", inputs, format="png", ppi=150))


def picture_path(file: str) -> str:
    """Where Typst finds a pictogram, seen from the project."""
    return f"/docs/assets/pictograms/{file}.svg"


def kept(cache: Path | None, depends_on: object, make: Callable[[], bytes]) -> bytes:
    """What `make` gives, or gave before for the same `depends_on`."""
    if cache is None:
        return make()
    path = cache / hashlib.sha256(repr(depends_on).encode("utf-8")).hexdigest()
    if path.is_file():
        return path.read_bytes()
    content = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.part")  # another build may make the same at the same time
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return content


def _depends_on(template: str) -> tuple[str, str, str]:
    return version("typst"), (FONTS / "package.json").read_text("utf-8"), (TEMPLATES / template).read_text("utf-8")


def _compile(template: str, inputs: dict[str, str], **how: object) -> bytes:
    return typst.compile(
        str(TEMPLATES / template), root=str(ROOT), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs, **how
    )


def _plain(block: Paragraph | Grid) -> dict[str, object]:
    if isinstance(block, Grid):
        return {"kind": "表", **block._asdict()}
    return block._asdict()


@cache_in_memory
def _fonts() -> list[str]:
    return [str(FONTS / weight) for weight in WEIGHTS]
