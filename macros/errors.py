"""Faults in data, one line each, for plan officers: file, line, field, value, rule."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN_VALUE = 40


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. `line` 0 means the file as a whole; `field` is empty there."""

    file: str
    line: int
    field: str
    rule: str
    value: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.field}:" if self.field else ""
        return f"{place}:{field} {self.rule}{_shown(self.value)}"


class DataFaults(Exception):
    """Every fault found at once, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def field_name(location: tuple[str | int, ...]) -> str:
    """`("targets", 12, "value")` → `targets[12].value`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).lstrip(".")


def _shown(value: str | None) -> str:
    if value is None:
        return ""
    one_line = " ".join(value.split())
    short = one_line if len(one_line) <= SHOWN_VALUE else one_line[:SHOWN_VALUE] + "…"
    return f"(现为“{short}”)"
