"""Zip archives with the same bytes on every build: no clock, members in the order given."""

import io
import zipfile
from collections.abc import Mapping

#: As old as a zip can be: a file of no day in particular.
MOMENT = (1980, 1, 1, 0, 0, 0)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Name → content as one archive, packed; a text is UTF-8."""
    return _archive(members, zipfile.ZIP_DEFLATED)


def gathered(members: Mapping[str, str | bytes]) -> bytes:
    """The same for members that are packed already; storing them is quick."""
    return _archive(members, zipfile.ZIP_STORED)


def undated(name: str) -> zipfile.ZipInfo:
    """A packed member of an archive that is written bit by bit."""
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _archive(members: Mapping[str, str | bytes], how: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, how)
    return out.getvalue()
