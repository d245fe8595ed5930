"""Evidence counts once, for a place that is there, on an item that was there."""

from collections.abc import Iterator

from macros.checks.known import Known
from macros.errors import Problem
from macros.loading import Dataset


def check_records(dataset: Dataset, known: Known) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for table in dataset.record_tables:
        for line, record in table:
            if record.region not in known.region_codes:
                yield table.problem(line, "region", "data/regions/ 里没有这个地区", record.region)
            if record.id in seen:
                yield table.problem(line, "id", f"编号重复（{seen[record.id]} 已有）", record.id)
            seen.setdefault(record.id, f"{table.file}:{line}")
