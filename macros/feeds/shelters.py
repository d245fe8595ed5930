"""The directory for other programs: JSON with code tables, and per region CSV, a workbook and GeoJSON."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from macros.datums import position
from macros.directory import Directory, directories
from macros.loading import Dataset
from macros.models import Citation, Record, Shelter
from macros.models.shelters import CODES, FIELD_NAMES
from macros.shelter_table import table
from macros.workbooks import csv_text, xlsx

FOLDER = "api/v1/shelters"


def json_value(value: object) -> object:
    """What JSON has no form for: a figure stays a figure, a day is written out."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


#: One encoder for all rows: making one takes longer than using it.
_ENCODE = json.JSONEncoder(ensure_ascii=False, default=json_value).encode


class ApiShelter(Shelter):
    """A shelter of a list, or a place that a plan names and of which everything else is unknown.

    `wgs84` is computed from `lon`, `lat` and `crs`; null where the system is unknown. Designated is not open.
    """

    id: str
    region: str
    origin: Literal["名单", "规划"]
    wgs84: tuple[float, float] | None
    plan: str | None
    cites: tuple[Citation, ...]


class ApiCode(Record):
    """A value of a closed list of shelters and its code."""

    field: str
    field_name: str
    value: str
    code: str


def api_shelters(dataset: Dataset) -> Iterator[ApiShelter]:
    for code, shelters in dataset.shelters.items():
        for shelter in shelters:
            yield ApiShelter.model_construct(**vars(shelter), region=code, origin="名单", wgs84=position(shelter), plan=None, cites=())
    unknown = dict.fromkeys(Shelter.model_fields)
    for plan in dataset.plans.values():
        for place in (place for place in plan.places if place.kind == "避难场所"):
            own = {**unknown, "id": f"{plan.id}/{place.id}", "name": place.name, "status": place.status}
            yield ApiShelter.model_construct(**own, region=plan.region, origin="规划", wgs84=None, plan=plan.id, cites=place.cites)


def api_codes(_: Dataset) -> Iterator[ApiCode]:
    for field, values in CODES.items():
        for value, code in values.items():
            yield ApiCode(field=field, field_name=FIELD_NAMES[field], value=value, code=code)


def shelter_tables(dataset: Dataset) -> Iterator[tuple[str, str | bytes]]:
    """(path below the site, content): what an officer opens, and what a map program opens."""
    for directory in directories(dataset):
        path = f"{FOLDER}/{directory.region.slug}"
        rows = list(table(directory.shelters, dataset.hazards))
        yield f"{path}.csv", csv_text(rows)
        yield f"{path}.xlsx", xlsx({directory.region.short_name: rows})
        yield f"{path}.geojson", _geojson(directory)


def _geojson(directory: Directory) -> str:
    """RFC 7946: WGS-84; a shelter without a sure place has no geometry. One line a shelter."""
    features = ",\n".join(_ENCODE(_feature(shelter)) for shelter in directory.shelters)
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'


def _feature(shelter: Shelter) -> dict:
    point = position(shelter)
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    return {"type": "Feature", "id": shelter.id, "geometry": geometry, "properties": vars(shelter)}
