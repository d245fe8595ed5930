"""Coordinates as lists write them: one cell or two, degrees-minutes-seconds, swapped, in another system."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from math import cos, hypot, radians
from statistics import median

from macros.checks.shelters import EAST, NORTH, SOUTH, WEST
from macros.datums import Point, to_wgs84
from macros.importing.sheets import Cell, as_written

_ANGLE = re.compile(
    r"(\d+(?:\.\d+)?)\s*[°度º]\s*(?:(\d+(?:\.\d+)?)\s*['′’分]\s*)?(?:(\d+(?:\.\d+)?)\s*(?:[\"″”秒]|''))?|(\d+(?:\.\d+)?)"
)
METRES_A_DEGREE = 111_000
#: Beyond this many times the usual distance from the middle, a place is no longer in the region.
FAR = 8
ENOUGH_TO_JUDGE = 8
LEAST_REACH = Decimal("0.3")
#: Metres within which two lists mean the same spot; the systems lie 300 metres apart and more.
SAME_PLACE = 20
Box = tuple[Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class Place:
    """Where it is as given, or why that is not known; `note` is also set where something was put right."""

    lon: Decimal | None = None
    lat: Decimal | None = None
    precision: int | None = None
    note: str = ""
    odd: bool = False


def read_place(lon: Cell, lat: Cell, both: Cell) -> Place:
    """The place that two cells or one cell give."""
    if both is not None:
        angles = angles_in(both)
        if len(angles) != 2:
            return Place(note="应有经度和纬度两个数", odd=not angles)
        first, second = angles
    else:
        found = [angles_in(cell) for cell in (lon, lat)]
        if [len(angles) for angles in found] != [1, 1]:
            return Place(note="经度和纬度各应有一个数", odd=not all(found))
        first, second = found[0][0], found[1][0]
    return _checked(first, second)


def angles_in(cell: Cell) -> list[tuple[Decimal, int]]:
    """Every angle of a cell in degrees, and how many metres its last digit stands for."""
    text = unicodedata.normalize("NFKC", as_written(cell)).replace("′′", "″")
    return [_degrees(*found) for found in _ANGLE.findall(text)]


def _degrees(degrees: str, minutes: str, seconds: str, plain: str) -> tuple[Decimal, int]:
    if plain or not minutes:
        number = Decimal(plain or degrees)
        return number, _metres(-number.as_tuple().exponent)
    value = Decimal(degrees) + Decimal(minutes) / 60 + Decimal(seconds or 0) / 3600
    return round(value, 6), 31 if seconds else 1850


def _metres(decimals: int) -> int:
    return max(1, METRES_A_DEGREE // 10**decimals)


def _checked(first: tuple[Decimal, int], second: tuple[Decimal, int]) -> Place:
    (lon, coarse), (lat, coarser) = first, second
    if lon > 1000 or lat > 1000:
        return Place(note="是投影坐标(米),没有录入;请换成经纬度")
    swapped = not in_china(lon, lat) and in_china(lat, lon)
    if swapped:
        lon, lat = lat, lon
    if not in_china(lon, lat):
        return Place(note="不在中国范围内,没有录入")
    return Place(lon, lat, max(coarse, coarser), "经度和纬度写反了,已对调" if swapped else "")


def systems_apart(lon: Decimal, lat: Decimal, crs: str | None, known: Point) -> str | None:
    """The system in which a place would lie where it is known to lie, if in its own it does not.

    One place alone does not show its system; nothing is ever converted on the strength of this.
    """
    here = (float(lon), float(lat))
    if metres_apart(to_wgs84(*here, crs), known) <= SAME_PLACE:
        return None
    systems = (system for system in ("WGS-84", "GCJ-02", "BD-09") if system != crs)
    return next((system for system in systems if metres_apart(to_wgs84(*here, system), known) <= SAME_PLACE), None)


def metres_apart(one: Point, other: Point) -> float:
    """Over a few kilometres a degree is the same length everywhere between them."""
    east = (one[0] - other[0]) * cos(radians(one[1]))
    return hypot(east, one[1] - other[1]) * METRES_A_DEGREE


def in_china(lon: Decimal, lat: Decimal) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def usual_box(places: list[tuple[Decimal, Decimal]]) -> Box | None:
    """Where nearly all places of a list are; None where there are too few to say.

    A few far away hardly move the median, so they cannot widen the box that is to catch them.
    """
    if len(places) < ENOUGH_TO_JUDGE:
        return None
    west, east = _reach([lon for lon, _ in places])
    south, north = _reach([lat for _, lat in places])
    return west, south, east, north


def _reach(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    middle = median(values)
    spread = median(abs(value - middle) for value in values)
    reach = max(LEAST_REACH, FAR * spread)
    return middle - reach, middle + reach


def inside(lon: Decimal, lat: Decimal, box: Box) -> bool:
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]
