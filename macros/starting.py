"""`yingji init`: a skeleton for a new region and its plan that passes check and builds."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from macros.errors import DataFaults, Problem
from macros.loading.yaml_file import read_tree
from macros.models import PROVINCES

_CODE = re.compile(r"[1-9][0-9]{5}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: A plan's id is the slug and a year, and has room for 60.
_LONGEST_SLUG = 55


def start_region(root: Path, code: str, name: str, slug: str | None = None) -> list[Path]:
    """Write `regions/<slug>.yml` and `plans/<slug>-<year>.yml` below `root`.

    Raises DataFaults, and writes nothing, where an option is wrong or a file exists.
    """
    slug = slug or f"r{code}"
    year = date.today().year
    files = {
        root / "regions" / f"{slug}.yml": "new_region.yml.j2",
        root / "plans" / f"{slug}-{year}.yml": "new_plan.yml.j2",
    }
    problems = [*_wrong_options(code, name, slug), *_taken(root, code, files)]
    if problems:
        raise DataFaults(problems)
    for path, template in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled(template, code=code, name=name, slug=slug, year=year), encoding="utf-8", newline="\n")
    return list(files)


def _wrong_options(code: str, name: str, slug: str) -> Iterator[Problem]:
    if not _CODE.fullmatch(code):
        yield Problem("--code", 0, "", "应为六位行政区划代码(GB/T 2260)", code)
    elif code[:2] not in PROVINCES:
        yield Problem("--code", 0, "", "前两位不是省级代码(GB/T 2260)", code)
    if not name.strip() or not name.isprintable() or set(name) & set("\"\\"):
        yield Problem("--name", 0, "", "应为一行地名,不含引号和反斜杠", name)
    if slug == f"r{code}":
        return  # made from the code, which has been spoken of
    if not _SLUG.fullmatch(slug):
        yield Problem("--slug", 0, "", "只能用小写字母、数字和连字符", slug)
    elif len(slug) > _LONGEST_SLUG:
        yield Problem("--slug", 0, "", f"至多 {_LONGEST_SLUG} 个字符", slug)


def _taken(root: Path, code: str, files: Iterable[Path]) -> Iterator[Problem]:
    for path in files:
        if path.exists():
            yield Problem(path.relative_to(root.parent).as_posix(), 0, "", "文件已经有了,不覆盖")
    for path in sorted((root / "regions").glob("*.y*ml")):
        file = path.relative_to(root.parent).as_posix()
        if path not in files and (read_tree(path, file).value or {}).get("code") == code:
            yield Problem("--code", 0, "", f"{file} 已经用了这个代码", code)


def _filled(template: str, **values: object) -> str:
    environment = Environment(loader=PackageLoader("macros"), undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.get_template(template).render(**values)
