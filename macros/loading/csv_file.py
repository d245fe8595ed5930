"""One CSV file of a list → frozen models, one row one record, with the line of each.

UTF-8, the first line may be a `#` comment, columns are the model's fields and no others; an empty
cell is null, a list is parted by `;`. 100,000 rows as YAML would take 40 seconds and 2 GB.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from macros.errors import DataFaults, Problem
from macros.loading.validation import rule_of

M = TypeVar("M", bound=BaseModel)
LARGEST_TABLE = 200_000_000
BETWEEN = ";"


@dataclass(frozen=True)
class Table(Generic[M]):
    """The sound records of a file, each with its line; faulty rows were left out."""

    file: str
    records: tuple[M, ...]
    lines: tuple[int, ...]

    @property
    def stem(self) -> str:
        return PurePosixPath(self.file).stem

    def __iter__(self) -> Iterator[tuple[int, M]]:
        return zip(self.lines, self.records, strict=True)

    def problem(self, line: int, field: str, rule: str, value: object = None) -> Problem:
        return Problem(self.file, line, field, rule, None if value is None else str(value))


def read_table(path: Path, name: str, model: type[M]) -> tuple[Table[M], list[Problem]]:
    """The records of `path`, called `name` in messages, and every fault of it."""
    problems: list[Problem] = []
    records, lines = [], []
    try:
        for line, row in _rows(path, name, model, problems):
            record = _record(row, model, name, line, problems)
            if record is not None:
                records.append(record)
                lines.append(line)
    except DataFaults as faults:
        problems.extend(faults.problems)
    return Table(name, tuple(records), tuple(lines)), problems


def list_fields(model: type[BaseModel]) -> frozenset[str]:
    """Fields whose cell holds several values."""
    return frozenset(name for name, field in model.model_fields.items() if _is_list(field.annotation))


def cell_text(value: Any) -> str:
    """A value as a cell: null is empty, a list is parted by `;`."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return BETWEEN.join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(get_origin(part) is tuple for part in get_args(annotation))


def _rows(path: Path, name: str, model: type[M], problems: list[Problem]) -> Iterator[tuple[int, dict[str, Any]]]:
    lists = list_fields(model)
    text = io.StringIO(_text(path, name), newline="")
    offset, first = 0, next(text, "")
    if first.startswith("#"):
        offset, first = 1, next(text, "")
    header = _header(first, name, 1 + offset, model)
    reader = csv.reader(text)
    for cells in reader:
        line = reader.line_num + offset + 1
        if cells and len(cells) != len(header):
            problems.append(Problem(name, line, "", f"应有 {len(header)} 列,这一行有 {len(cells)} 列"))
        elif any(cells):
            pairs = ((field, cell) for field, cell in zip(header, cells, strict=True) if cell)
            yield line, {field: tuple(cell.split(BETWEEN)) if field in lists else cell for field, cell in pairs}


def _header(line: str, name: str, number: int, model: type[M]) -> list[str]:
    header = next(csv.reader([line]), [])
    unknown = [Problem(name, number, field, "没有这个字段") for field in header if field not in model.model_fields]
    repeated = [Problem(name, number, field, "这一列写了两次") for field in set(header) if header.count(field) > 1]
    required = (field for field, info in model.model_fields.items() if info.is_required())
    missing = [Problem(name, number, field, "缺少这一列") for field in required if field not in header]
    if unknown or repeated or missing:
        raise DataFaults([*unknown, *repeated, *missing])
    return header


def _text(path: Path, name: str) -> str:
    if path.stat().st_size > LARGEST_TABLE:
        raise DataFaults([Problem(name, 0, "", f"文件超过上限 {LARGEST_TABLE // 1_000_000} MB")])
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise DataFaults([Problem(name, line, "", "不是 UTF-8 文件;请用 yingji shelters import 导入")]) from None


def _record(row: dict[str, Any], model: type[M], name: str, line: int, problems: list[Problem]) -> M | None:
    try:
        return model.model_validate(row)
    except ValidationError as fault:
        for error in fault.errors():
            field = ".".join(map(str, error["loc"][:1]))
            value = error["input"] if isinstance(error["input"], str) else None
            problems.append(Problem(name, line, field, rule_of(error), value))
        return None
