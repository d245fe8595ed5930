"""The officer's choices for one region's lists: which column is what, and what holds for all rows.

A CSV that Excel edits: 表头,字段. An empty field leaves the column out. Lines that start with `@`
are settings. It is saved beside the list and used again the next time.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from macros.errors import DataFaults, Problem
from macros.importing.headers import PERSON, SYNONYMS, Column, columns_of, datum_of, fold
from macros.importing.places import Box
from macros.importing.sheets import decoded
from macros.models.shelters import FIELD_NAMES

SETTINGS = ("@坐标系", "@来源", "@核实日期", "@范围", "@工作表", "@公开")
EVERYTHING_PUBLIC = "全部公开"


@dataclass(frozen=True)
class Mapping:
    """`columns`: folded label → field, null where the officer leaves it out."""

    columns: dict[str, str | None] = field(default_factory=dict)
    labels: dict[str, str | None] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    datum: str | None = None
    box: Box | None = None
    verified_on: date | None = None

    @property
    def fixed(self) -> dict[str, object]:
        """What holds for every row whose own cell is empty."""
        own = {"source": self.settings.get("@来源"), "verified_on": self.verified_on}
        return {name: value for name, value in own.items() if value}


def read_mapping(path: Path) -> Mapping:
    """The choices in `path`; DataFaults with every line that cannot be followed."""
    problems: list[Problem] = []
    labels: dict[str, str | None] = {}
    settings: dict[str, str] = {}
    for number, row in enumerate(csv.reader(io.StringIO(decoded(path), newline="")), start=1):
        label, chosen = ([cell.strip() for cell in row] + ["", ""])[:2]
        if not label or label.startswith("#") or (label, chosen) == ("表头", "字段"):
            continue
        if label.startswith("@"):
            settings[label] = chosen
        else:
            labels[label] = _field(path, number, label, chosen, problems)
    mapping = _with_settings(path, labels, settings, problems)
    if problems:
        raise DataFaults(problems)
    return mapping


def _field(path: Path, number: int, label: str, chosen: str, problems: list[Problem]) -> str | None:
    if not chosen:
        return None
    if PERSON.search(fold(label)):
        problems.append(Problem(path.name, number, label, "个人信息不能录入"))
        return None
    column = columns_of([chosen], {})[0]
    if column.field is None:
        problems.append(Problem(path.name, number, label, f"没有这个字段;可以写:{'、'.join(FIELD_NAMES.values())}", chosen))
    return column.field


def _with_settings(path: Path, labels: dict[str, str | None], settings: dict[str, str], problems: list[Problem]) -> Mapping:
    def wrong(name: str, rule: str) -> None:
        problems.append(Problem(path.name, 0, name, rule, settings[name]))

    for name in settings.keys() - set(SETTINGS):
        wrong(name, f"没有这个设置;可以写:{'、'.join(SETTINGS)}")
    datum, box, day = None, None, None
    if settings.get("@坐标系") and not (datum := datum_of(settings["@坐标系"])):
        wrong("@坐标系", "应为 WGS-84、CGCS2000、GCJ-02 或 BD-09")
    if settings.get("@范围") and not (box := _box(settings["@范围"])):
        wrong("@范围", "应为西、南、东、北四个数,如 108.2 21.5 109.0 22.5")
    if settings.get("@核实日期") and not (day := _day(settings["@核实日期"])):
        wrong("@核实日期", "应写成 2026-05-01")
    return Mapping({fold(label): chosen for label, chosen in labels.items()}, labels, settings, datum, box, day)


def _box(text: str) -> Box | None:
    try:
        west, south, east, north = (Decimal(part) for part in text.replace(",", " ").split())
    except (ValueError, InvalidOperation):
        return None
    return (west, south, east, north) if west < east and south < north else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def mapping_text(mapping: Mapping, columns: Iterable[Column]) -> str:
    """The mapping as it was followed, to be saved; the officer's own lines stay first."""
    labels = dict(mapping.labels)
    for column in columns:
        if column.field not in ("serial", "report"):
            labels.setdefault(column.label, column.field)
    names = {**FIELD_NAMES, **{field: words.split()[0] for field, words in SYNONYMS.items() if field not in FIELD_NAMES}}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("表头", "字段"))
    writer.writerows((name, value) for name, value in mapping.settings.items() if name != "@公开")
    writer.writerows((label, names[chosen] if chosen else "") for label, chosen in labels.items())
    return out.getvalue()
