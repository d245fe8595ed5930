"""Which characters a PDF made by Chromium shows, read from its fonts' own tables."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
ONE = re.compile(rb"<[0-9A-Fa-f]+> <([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>")


def characters(pdf: bytes) -> set[str]:
    """Fonts are embedded with the glyphs in use only, and a table says which character each is."""
    found: set[str] = set()
    for table in filter(None, map(_table, STREAM.findall(pdf))):
        for first, last, start in RANGE.findall(table):
            found.update(chr(int(start, 16) + i) for i in range(int(last, 16) - int(first, 16) + 1))
        for section in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            found.update(bytes.fromhex(code.decode()).decode("utf-16-be") for code in ONE.findall(section))
    return found


def _table(stream: bytes) -> bytes | None:
    try:
        text = zlib.decompress(stream)
    except zlib.error:
        return None
    return text if b"beginbf" in text else None
