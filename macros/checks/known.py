"""Every id that data may refer to, faulty records included, so that one fault is reported once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import read_tree


@dataclass(frozen=True)
class Known:
    sources: frozenset[str]
    plans: frozenset[str]
    topics: frozenset[str]
    hazards: frozenset[str]
    contacts: frozenset[str]
    pages: frozenset[str]
    region_codes: frozenset[str]
    duties: frozenset[str]
    guides: frozenset[str]
    quizzes: frozenset[str]


def known_ids(dataset: Dataset) -> Known:
    hazards = _stems(dataset, "hazards")
    return Known(
        sources=_ids(dataset.singles["sources"], "sources"),
        plans=_stems(dataset, "plans"),
        topics=_ids(dataset.singles["topics"], "topics") | hazards,
        hazards=hazards,
        contacts=_ids(dataset.singles["hotlines"], "contacts"),
        pages=hazards | _stems(dataset, "articles"),
        region_codes=frozenset(_code(path) for path in _yaml_files(dataset, "regions")),
        duties=_ids(dataset.singles["duties"], "duties"),
        guides=_stems(dataset, "drills"),
        quizzes=frozenset(path.stem for path in (dataset.root.parent / "quizzes").glob("*.md")),
    )


def _ids(loaded: Loaded, field: str) -> frozenset[str]:
    records = loaded.tree.value.get(field) or ()
    return frozenset(record["id"] for record in records if isinstance(record, dict) and record.get("id"))


def _stems(dataset: Dataset, folder: str) -> frozenset[str]:
    return frozenset(path.stem for path in _yaml_files(dataset, folder))


def _code(path: Path) -> str | None:
    """The code as written: a region file with another fault still counts."""
    return (read_tree(path, path.name).value or {}).get("code")


def _yaml_files(dataset: Dataset, folder: str) -> Iterable[Path]:
    return (dataset.root / folder).glob("*.y*ml")
