"""A list of shelters: ids that never collide, places that can be found, hazards that exist."""

from collections.abc import Iterator

from macros.checks.known import Known
from macros.errors import Problem
from macros.loading import Dataset
from macros.loading.csv_file import Table
from macros.models import Shelter

#: China and its seas, loosely: a coordinate outside is a mistake, not a far place.
WEST, EAST, SOUTH, NORTH = 73, 136, 3, 54


def check_shelters(dataset: Dataset, known: Known) -> Iterator[Problem]:
    slugs = {loaded.model.slug for loaded in dataset.loaded_regions}
    for table in dataset.shelter_tables:
        if table.stem not in slugs:
            yield Problem(table.file, 0, "", "文件名应与 data/regions/ 里的一个地区相同")
        yield from _unique(table)
        for line, shelter in table:
            yield from _hazards(table, line, shelter, known)
            yield from _place(table, line, shelter)
            yield from _areas(table, line, shelter)


def _unique(table: Table[Shelter]) -> Iterator[Problem]:
    """Ids become file names, and some disks do not tell capitals from small letters."""
    seen: dict[str, int] = {}
    for line, shelter in table:
        key = shelter.id.lower()
        if key in seen:
            yield table.problem(line, "id", f"编号重复(第 {seen[key]} 行已有)", shelter.id)
        seen.setdefault(key, line)


def _hazards(table: Table[Shelter], line: int, shelter: Shelter, known: Known) -> Iterator[Problem]:
    for field in ("hazards", "not_for"):
        for hazard in getattr(shelter, field) or ():
            if hazard not in known.hazards:
                yield table.problem(line, field, "灾种不存在", hazard)
    for hazard in set(shelter.hazards or ()) & set(shelter.not_for or ()):
        yield table.problem(line, "not_for", "同一灾种既写适用又写不可用于", hazard)


def _place(table: Table[Shelter], line: int, shelter: Shelter) -> Iterator[Problem]:
    lon, lat = shelter.lon, shelter.lat
    if (lon is None) != (lat is None):
        yield table.problem(line, "lon", "经度和纬度要写就都写")
    elif lon is not None and not (WEST <= lon <= EAST and SOUTH <= lat <= NORTH):
        yield table.problem(line, "lon", "不在中国范围内(经纬度可能写反了)", f"{lon},{lat}")
    if lon is None and shelter.crs:
        yield table.problem(line, "crs", "没有坐标就不写坐标系", shelter.crs)


def _areas(table: Table[Shelter], line: int, shelter: Shelter) -> Iterator[Problem]:
    total, effective = shelter.total_area, shelter.effective_area
    if total is not None and effective is not None and effective > total:
        yield table.problem(line, "effective_area", "有效面积大于总面积", effective)
