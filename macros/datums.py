"""Coordinate systems: what a list gives → WGS-84 for distances, and what each map program wants.

CGCS2000 differs from WGS-84 by centimetres and is taken as the same.
"""

from functools import cache

import prcoords

from macros.models import Shelter

_TO_WGS84 = {"GCJ-02": prcoords.gcj_wgs_bored, "BD-09": prcoords.bd_wgs_bored}
#: About a centimetre; more digits would only pretend.
DIGITS = 6
Point = tuple[float, float]


def to_wgs84(lon: float, lat: float, crs: str | None) -> Point:
    """Longitude and latitude in WGS-84."""
    if crs not in _TO_WGS84:
        return lon, lat
    point = _TO_WGS84[crs]((lat, lon))
    return round(point.lon, DIGITS), round(point.lat, DIGITS)


def from_wgs84(lon: float, lat: float, crs: str) -> Point:
    """Longitude and latitude in GCJ-02 or BD-09."""
    point = (prcoords.wgs_gcj if crs == "GCJ-02" else prcoords.wgs_bd)((lat, lon))
    return round(point.lon, DIGITS), round(point.lat, DIGITS)


def position(shelter: Shelter) -> Point | None:
    """WGS-84 longitude and latitude; None where unknown, or given without its system.

    Without the system a place may be off by half a kilometre: enough to send someone across a river.
    """
    if shelter.lon is None or shelter.crs is None:
        return None
    return _position(float(shelter.lon), float(shelter.lat), shelter.crs)


@cache
def _position(lon: float, lat: float, crs: str) -> Point:
    return to_wgs84(lon, lat, crs)


def in_system(shelter: Shelter, crs: str) -> Point | None:
    """Where a map program that works in `crs` must put its marker; as given where given so."""
    if shelter.lon is not None and shelter.crs == crs:
        return float(shelter.lon), float(shelter.lat)
    point = position(shelter)
    return from_wgs84(*point, crs) if point else None
