"""Evidence counts once, for a place that is there, on an item that was there."""

from collections.abc import Iterator

from macros.checks.known import Known
from macros.errors import Problem
from macros.loading import Dataset


def check_records(dataset: Dataset, known: Known) -> Iterator[Problem]:
    yield from _records(dataset, known)
    yield from _units(dataset, known)


def _units(dataset: Dataset, known: Known) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for table in dataset.unit_tables:
        for line, unit in table:
            if unit.region not in known.region_codes:
                yield table.problem(line, "region", "data/regions/ 里没有这个地区", unit.region)
            if (unit.region, unit.code) in seen:
                yield table.problem(line, "code", f"同一地区的单位代码重复（第 {seen[unit.region, unit.code]} 行已有）", unit.code)
            seen.setdefault((unit.region, unit.code), line)


def _records(dataset: Dataset, known: Known) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for table in dataset.record_tables:
        for line, record in table:
            if record.region not in known.region_codes:
                yield table.problem(line, "region", "data/regions/ 里没有这个地区", record.region)
            if record.id in seen:
                yield table.problem(line, "id", f"编号重复（{seen[record.id]} 已有）", record.id)
            seen.setdefault(record.id, f"{table.file}:{line}")
