"""What stands beside the pages of the directory: plain lists, A4 sheets, and the data that scripts load on a tap.

The data are scripts of one call each, since a page opened from a disk may not fetch. For the nearest
shelters the region is cut into boxes of neighbours, so that a phone loads a few of them, not all.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from statistics import fmean
from typing import Any

import segno
from markupsafe import Markup

from macros.datums import Point, position
from macros.directory import Directory, District, directories, district_name
from macros.loading import Dataset
from macros.models import Shelter
from macros.pages.page import fill
from macros.pages.shelter_wording import MapLink, filters, known_facts, own_map
from macros.pages.shelters import freshness

#: Shelters in one box, and in one file of those without coordinates.
BOX = 400
LOOSE = 600
#: Rows that fit on one side of A4.
ON_A4 = 22
#: Five digits of a degree are a metre.
DIGITS = 5
Row = list[Any]


def shelter_files(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """(path below the site, text) of every plain list, sheet and data file."""
    for directory in directories(dataset):
        for district in directory.districts:
            yield from _plain_pages(dataset, directory, district)
            if district.pages:
                yield _script(directory, district.slug, _filter_rows(directory, district))
        if directory.shelters:
            yield from _nearest_files(directory)


def _plain_pages(dataset: Dataset, directory: Directory, district: District) -> Iterator[tuple[str, str]]:
    fill_in = partial(fill, directory=directory, district=district, contact=dataset.site.contact, **freshness(district.shelters))
    name = f"{directory.region.short_name}{district.name}"
    for number, shelters in enumerate(district.pages, start=1):
        uri = directory.uri(district, number)
        cards = [_plain_card(shelter, dataset) for shelter in shelters]
        address, qr = _paper_link(dataset, uri)
        first = sum(len(page) for page in district.pages[: number - 1]) + 1
        yield uri, fill_in(uri, "shelter_list.html.j2", title=f"{name}避难场所（第 {number} 页）", cards=cards, number=number, pages=len(district.pages), first=first, address=address, qr=qr)
    uri = f"{directory.folder()}/{district.slug}-a4.html"
    address, qr = _paper_link(dataset, f"{directory.folder()}/{district.slug}.html")
    shown = sorted(district.shelters, key=_most_useful)[:ON_A4]
    yield uri, fill_in(uri, "shelter_sheet.html.j2", title=f"{name}避难场所", shown=shown, rest=len(district.shelters) - len(shown), address=address, qr=qr)


def _paper_link(dataset: Dataset, uri: str) -> tuple[str, Markup]:
    """A page's address and the code of it, where the publisher has set one; a code a card would make a long list ten times as large."""
    if not dataset.site.site_url:
        return "", Markup("")
    address = f"{dataset.site.site_url}{uri}"
    return address, Markup(segno.make(address, micro=False).svg_inline(scale=2, light=None))


def _most_useful(shelter: Shelter) -> tuple[bool, int]:
    """Those that stand, the largest first."""
    return shelter.status in ("规划", "在建", "停用", "维修"), -(shelter.capacity or 0)


def _plain_card(shelter: Shelter, dataset: Dataset) -> tuple[str, str, str, list[MapLink]]:
    known = [f"{label}：{words}" for label, words in known_facts(shelter, dataset)]
    words = "；".join(known) + "。其余待核实。"
    return shelter.id, shelter.name, words, own_map(shelter)


def _filter_rows(directory: Directory, district: District) -> list[Row]:
    address = directory.addresses_of(district)
    return [[shelter.name, shelter.address or "", shelter.status or "", address[shelter.id], *filters(shelter).values()] for shelter in district.shelters]


# --- the nearest ----------------------------------------------------------------------------


def _nearest_files(directory: Directory) -> Iterator[tuple[str, str]]:
    placed, loose = [], []
    for shelter, address in directory.addresses():
        point = position(shelter)
        row = [shelter.name, shelter.street or "", shelter.community or "", shelter.address or "", shelter.status or "", address]
        if point:
            placed.append([*row, round(point[0], DIGITS), round(point[1], DIGITS)])
        else:
            loose.append((district_name(shelter), row))
    boxes = list(_boxes(placed))
    loose_files = [loose[start : start + LOOSE] for start in range(0, len(loose), LOOSE)]
    yield _script(directory, "index", _index(directory, boxes, loose_files))
    for number, rows in enumerate(boxes):
        yield _script(directory, f"near-{number}", rows)
    for number, rows in enumerate(loose_files):
        yield _script(directory, f"loose-{number}", [[*row, district] for district, row in rows])


def _boxes(rows: list[Row]) -> Iterator[list[Row]]:
    """Cut in half across the longer side until each part is small: neighbours stay together."""
    if len(rows) <= BOX:
        if rows:
            yield rows
        return
    spans = [max(row[axis] for row in rows) - min(row[axis] for row in rows) for axis in (-2, -1)]
    axis = -2 if spans[0] >= spans[1] else -1
    ordered = sorted(rows, key=lambda row: (row[axis], row[5]))
    yield from _boxes(ordered[: len(rows) // 2])
    yield from _boxes(ordered[len(rows) // 2 :])


def _index(directory: Directory, boxes: list[list[Row]], loose_files: list[list[tuple[str, Row]]]) -> dict[str, Any]:
    """Where each box lies, and for every street and community its middle and its loose files."""
    files: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, rows in enumerate(loose_files):
        for district, row in rows:
            files[district, row[1]].add(number)
    return {
        "boxes": [_bounds(rows) for rows in boxes],
        "districts": [[district.name, _streets(district, files)] for district in directory.districts],
    }


def _bounds(rows: list[Row]) -> list[float]:
    lons, lats = [row[-2] for row in rows], [row[-1] for row in rows]
    return [min(lons), min(lats), max(lons), max(lats)]


def _streets(district: District, files: dict[tuple[str, str], set[int]]) -> list[Row]:
    streets: dict[str, dict[str, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for shelter in district.shelters:
        point = position(shelter)
        streets[shelter.street or ""][shelter.community or ""] += [point] if point else []
    own_files = {street: sorted(files.get((district.name, street), ())) for street in streets}
    return [
        [street, _middle(point for points in communities.values() for point in points), own_files[street],
         [[name, _middle(points)] for name, points in communities.items() if name]]
        for street, communities in streets.items()
    ]  # fmt: skip


def _middle(points: Iterable[Point]) -> list[float] | None:
    listed = list(points)
    return [round(fmean(axis), 4) for axis in zip(*listed, strict=True)] if listed else None


def _script(directory: Directory, name: str, data: Any) -> tuple[str, str]:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{directory.folder()}/data/{name}.js", f'yingjiShelters("{name}",{text});\n'
