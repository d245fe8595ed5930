"""A shelter in words: what is known of it, what a list row shows, where map programs find it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from macros.datums import in_system, position
from macros.directory import initials
from macros.loading import Dataset
from macros.models import Shelter
from macros.pages.wording import UNKNOWN, chinese_date, number

#: Everything a card shows, in the order in which someone on the way needs it.
ORDER = {
    "status": "状态", "address": "地址", "street": "街道乡镇", "community": "社区村", "access": "怎么进去", "hazards": "适用灾种", "not_for": "不可用于",
    "space": "室内或室外", "duration": "能住多久", "capacity": "能容纳多少人", "barrier_free": "无障碍", "facilities": "设施", "level": "级别",
    "function": "功能", "total_area": "总面积", "effective_area": "有效面积", "manager": "管理单位", "phone": "公开电话", "aliases": "别名",
    "verified_on": "核实日期", "source": "来源",
}  # fmt: skip
PLACE = "坐标"
_UNITS = {"capacity": "人", "total_area": "平方米", "effective_area": "平方米"}
_SUFFIXES = {"function": "性", "duration": "避难", "space": "型"}


@dataclass(frozen=True)
class MapLink:
    """A map program's own address for a marker, in the coordinate system it works in."""

    name: str
    address: str


@dataclass(frozen=True)
class Row:
    """One line of a list: `filters` are data-* attributes."""

    shelter: Shelter
    address: str
    filters: dict[str, str]
    facts: list[tuple[str, str]]


def facts(shelter: Shelter, dataset: Dataset) -> list[tuple[str, str]]:
    """Label and words for every field; unknown says so."""
    known = dict(known_facts(shelter, dataset))
    return [(label, known.get(label, UNKNOWN)) for label in (*ORDER.values(), PLACE)]


def known_facts(shelter: Shelter, dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Label and words for every field of which something is known."""
    values = vars(shelter)
    for name, label in ORDER.items():
        if values[name] is not None:
            yield label, _words(name, values[name], dataset)
    if shelter.lon is not None:
        yield PLACE, _coordinates(shelter)


def data_row(shelter: Shelter, dataset: Dataset, address: str) -> Row:
    known = [(ORDER[name], _words(name, value, dataset)) for name in ("status", "address", "capacity") if (value := getattr(shelter, name)) is not None]
    return Row(shelter, address, filters(shelter), known)


def filters(shelter: Shelter) -> dict[str, str]:
    """What a list is filtered by."""
    barrier_free = {True: "是", False: "否", None: ""}[shelter.barrier_free]
    return {
        "hazard": " ".join(shelter.hazards or ()),
        "level": shelter.level or "",
        "space": shelter.space or "",
        "duration": shelter.duration or "",
        "status": shelter.status or "",
        "barrier": barrier_free,
        "find": " ".join((shelter.name, *(shelter.aliases or ()), shelter.address or "", initials(shelter.name))).lower(),
    }


def map_links(shelter: Shelter) -> list[MapLink]:
    """Links out, for a reader to tap; nothing is loaded from there."""
    point = position(shelter)
    if point is None:
        return []
    name = quote(shelter.name)
    gcj_lon, gcj_lat = in_system(shelter, "GCJ-02") or point
    bd_lon, bd_lat = in_system(shelter, "BD-09") or point
    return [
        *own_map(shelter),
        MapLink("高德地图", f"https://uri.amap.com/marker?position={gcj_lon},{gcj_lat}&name={name}&coordinate=gaode"),
        MapLink("百度地图", f"https://api.map.baidu.com/marker?location={bd_lat},{bd_lon}&title={name}&content={name}&output=html&coord_type=bd09ll"),
        MapLink("腾讯地图", f"https://apis.map.qq.com/uri/v1/marker?marker=coord:{gcj_lat},{gcj_lon};title:{name}&coord_type=1"),
    ]


def own_map(shelter: Shelter) -> list[MapLink]:
    """The map that the phone itself has; it alone works without a network, if the area was kept."""
    point = position(shelter)
    if point is None:
        return []
    lon, lat = point
    return [MapLink("手机自带地图", f"geo:{lat},{lon}?q={lat},{lon}({quote(shelter.name)})")]


def _words(name: str, value: object, dataset: Dataset) -> str:
    if type(value) is str:
        return f"{value}{_SUFFIXES.get(name, '')}"
    if name in ("hazards", "not_for"):
        return "、".join(dataset.hazards[hazard].name for hazard in value)
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, bool):
        return "有" if value else "无"
    if name in _UNITS:
        return f"{number(value) if name != 'capacity' else value}{_UNITS[name]}"
    if name == "verified_on":
        return chinese_date(value)
    return str(value)


def _coordinates(shelter: Shelter) -> str:
    off = f",误差约 {shelter.precision} 米" if shelter.precision else ""
    return f"东经 {shelter.lon},北纬 {shelter.lat}({shelter.crs or '坐标系待核实'}{off})"
