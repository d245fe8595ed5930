"""A built site in, one zip out: unpacked anywhere, `index.html` opens by double click."""

import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from macros.errors import DataFaults, Problem

#: Zip entries cannot be older than this.
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
FOLDER = "yingji-xuetang"


def export_zip(site: Path, out: Path) -> Path:
    """Write `out/yingji-xuetang.zip` from the built `site`, whole or not at all.

    Raises DataFaults where the site is not built or holds a file name that Windows
    would unpack wrongly.
    """
    problems = list(_unfit(site))
    if problems:
        raise DataFaults(problems)
    out.mkdir(parents=True, exist_ok=True)
    target, unfinished = out / f"{FOLDER}.zip", out / f".{FOLDER}.zip.part"
    try:
        _write(site, unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _unfit(site: Path) -> Iterator[Problem]:
    if not (site / "index.html").is_file():
        yield Problem(str(site), 0, "", "这里没有生成好的网站;请先运行 yingji build")
    for path in _files(site):
        name = path.relative_to(site).as_posix()
        if not name.isascii():
            yield Problem(name, 0, "", "文件名含中文等字符,在 Windows 上解压会乱码;请改用英文字母")


def _files(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*") if path.is_file())


def _write(site: Path, target: Path) -> None:
    moment = _moment()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(site):
            entry = zipfile.ZipInfo(f"{FOLDER}/{path.relative_to(site).as_posix()}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def _moment() -> tuple[int, int, int, int, int, int]:
    """SOURCE_DATE_EPOCH where set, so that two exports are the same to the byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return max(now, EARLIEST).timetuple()[:6]
