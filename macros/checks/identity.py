"""Ids are unique, and a file is called after the record it holds."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from macros.errors import Problem
from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import Location

#: Kinds of plan items that share one space of ids, so that `plan/slug` names one thing.
PLAN_ITEMS = ("targets", "facts", "risks", "duties", "tasks", "projects", "places", "campaigns", "damages")
LISTS = (("sources", "sources"), ("topics", "topics"), ("hotlines", "contacts"), ("duties", "duties"),
         ("campaigns", "campaigns"), ("warnings", "signals"))  # fmt: skip


def check_identity(dataset: Dataset) -> Iterator[Problem]:
    for stem, field in LISTS:
        yield from _unique(dataset.singles[stem], (field,))
    for plan in dataset.loaded_plans:
        yield from _unique(plan, PLAN_ITEMS)
        yield from _named_after_file(plan, "id")
    for page in (*dataset.loaded_hazards, *dataset.loaded_articles, *dataset.loaded_guides, *dataset.loaded_stages, *dataset.loaded_scenarios):
        yield from _named_after_file(page, "id")
    for region in dataset.loaded_regions:
        yield from _named_after_file(region, "slug")
        yield from _unique(region, ("contacts",))
    yield from _unique_codes(dataset.loaded_regions)
    yield from _terms(dataset.singles["glossary"])


def _unique(loaded: Loaded, fields: Iterable[str]) -> Iterator[Problem]:
    seen: dict[str, Location] = {}
    for field in fields:
        for place, item in loaded.each(field):
            if item.id in seen:
                first = loaded.tree.line(seen[item.id])
                yield loaded.problem((*place, "id"), f"编号重复(第 {first} 行已有)", item.id)
            seen.setdefault(item.id, place)


def _named_after_file(loaded: Loaded, key: str) -> Iterator[Problem]:
    stem = PurePosixPath(loaded.file).stem
    value = getattr(loaded.model, key)
    if value != stem:
        yield loaded.problem((key,), f"应与文件名一致({stem})", value)


def _unique_codes(regions: tuple[Loaded, ...]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for region in regions:
        code = region.model.code
        if code in seen:
            yield region.problem(("code",), f"行政区划代码重复({seen[code]} 已有)", code)
        seen.setdefault(code, region.file)


def _terms(glossary: Loaded) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, term in glossary.each("terms"):
        if term.term in seen:
            yield glossary.problem((*place, "term"), "词条重复", term.term)
        seen.add(term.term)
