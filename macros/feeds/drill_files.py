"""The sheets of every drill guide as Word and PDF, and the template that the page fills in."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

from macros.drill_sheets import sheets, without_values
from macros.loading import Dataset
from macros.pdf_files import pdf
from macros.word_files import docx

FOLDER = "drills/files"


def drill_files(dataset: Dataset, cache: Path | None = None) -> Iterator[tuple[str, str | bytes]]:
    """(address, content). The template is a script, because a page opened from a disk may read nothing else. `cache` keeps PDFs."""
    for guide in dataset.guides.values():
        blank = tuple(without_values(sheets(guide)))
        yield f"{FOLDER}/{guide.id}.docx", docx(blank, guide.title)
        yield f"{FOLDER}/{guide.id}.pdf", pdf(blank, guide.title, cache)
        yield f"{FOLDER}/{guide.id}.docx.js", _script(guide.id, docx(sheets(guide), guide.title))


def _script(name: str, document: bytes) -> str:
    text = base64.b64encode(document).decode("ascii")
    return f"(window.yingjiTemplates = window.yingjiTemplates || {{}})[{json.dumps(name)}] = {json.dumps(text)};\n"
