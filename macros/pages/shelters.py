"""The shelter directory: a page a region, a page a district, and a card a shelter where they are not too many.

Long lists are plain pages (shelter_lists.py): the site engine would take an hour over 100,000 rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from macros.directory import Directory, District, directories
from macros.loading import Dataset
from macros.models import Fact, NamedPlace, Plan, Region, Shelter, Target
from macros.models.shelters import CODES
from macros.pages.page import Page, render
from macros.pages.shelter_wording import MapLink, data_row, facts, map_links
from macros.tracing import Trace, serving, traces

SQUARE_METRES = ("平方米", "㎡")
#: What readers type when they look for a shelter.
ALSO_CALLED = ("避难场所", "避难所", "避难点", "安置点", "避灾安置场所", "集合点")


@dataclass(frozen=True)
class AreaPerPerson:
    """Effective area a resident against the plan's target; `why_not` says what is missing."""

    plan: Plan | None
    target: Target | None
    value: Decimal | None
    why_not: tuple[str, ...]


def shelter_pages(dataset: Dataset) -> Iterator[Page]:
    found = traces(dataset)
    yield render(
        "shelters/index.md",
        "shelters_index.md.j2",
        "data/regions",
        title="去哪里避难",
        description="选择你所在的地方,看避难场所名单、怎么认标志、问谁。",
        meta={"tags": list(ALSO_CALLED)},
        directories=list(directories(dataset)),
        named={region.code: list(named_places(dataset, region)) for region in dataset.regions.values()},
        guides=_guides(dataset),
        served=[trace for trace in found if trace.purpose == "避难"],
        regions=dataset.regions,
    )
    for directory in directories(dataset):
        yield _region_page(dataset, directory, serving(found, directory.region))
        for district in directory.districts:
            yield _district_page(dataset, directory, district)
        if directory.has_own_pages:
            yield from _cards(dataset, directory)


def named_places(dataset: Dataset, region: Region) -> Iterator[tuple[Plan, NamedPlace]]:
    """Shelters that the region's plans name; nothing else is known of them."""
    plans = dataset.plans_of(region.code)
    return ((plan, place) for plan in plans for place in plan.places if place.kind == "避难场所")


def shelter_facts(dataset: Dataset, region: Region) -> list[tuple[Plan, Fact]]:
    return [(plan, fact) for plan in dataset.plans_of(region.code) for fact in plan.facts if "shelters" in fact.topics]


def area_per_person(dataset: Dataset, directory: Directory) -> AreaPerPerson:
    plans = dataset.plans_of(directory.region.code)
    targets = ((plan, target) for plan in plans for target in plan.targets if target.kind == "避难" and target.unit in SQUARE_METRES)
    plan, target = next(targets, (None, None))
    people = next((d.value for d in directory.region.denominators if d.kind == "常住人口"), None)
    areas = [shelter.effective_area for shelter in directory.shelters if shelter.effective_area is not None]
    unknown = len(directory.shelters) - len(areas)
    missing = {
        "没有避难场所名单": not directory.shelters,
        f"{unknown} 处没有写有效面积": bool(directory.shelters) and unknown > 0,
        "没有有出处的常住人口数": not people,
    }
    why_not = tuple(reason for reason, holds in missing.items() if holds)
    value = None if why_not else round(sum(areas, Decimal(0)) / people, 2)
    return AreaPerPerson(plan, target, value, why_not)


def _guides(dataset: Dataset) -> list:
    return [article for article in dataset.articles.values() if article.folder == "shelter-guide"]


def _region_page(dataset: Dataset, directory: Directory, served: list[Trace]) -> Page:
    region = directory.region
    return render(
        f"{directory.folder()}/index.md",
        "shelters.md.j2",
        f"data/shelters/{region.slug}.csv" if directory.shelters else f"data/regions/{region.slug}.yml",
        title=f"{region.short_name}去哪里避难",
        description=f"{region.name}的应急避难场所:名单、最近的一处、怎么认标志、问谁。",
        meta={"tags": [f"{region.short_name}{word}" for word in ALSO_CALLED], "scripts": ["assets/javascripts/worksheet.js"]},
        directory=directory,
        region=region,
        named=list(named_places(dataset, region)),
        totals=shelter_facts(dataset, region),
        indicator=area_per_person(dataset, directory),
        guides=_guides(dataset),
        contact=dataset.site.contact,
        documents=dataset.documents,
        served=served,
        regions=dataset.regions,
        has_places=any(shelter.lon is not None and shelter.crs for shelter in directory.shelters),
        **freshness(directory.shelters),
    )


def freshness(shelters: tuple[Shelter, ...]) -> dict[str, object]:
    """How old a list is and where it comes from, as far as it says."""
    days = [shelter.verified_on for shelter in shelters if shelter.verified_on]
    sources = sorted({shelter.source for shelter in shelters if shelter.source})
    return {"oldest": min(days, default=None), "newest": max(days, default=None), "list_sources": sources[:3]}


def _district_page(dataset: Dataset, directory: Directory, district: District) -> Page:
    region = directory.region
    address = directory.addresses_of(district)
    return render(
        directory.uri(district),
        "shelter_district.md.j2",
        f"data/shelters/{region.slug}.csv",
        title=f"{district.name}的避难场所",
        description=f"{region.short_name}{district.name}的应急避难场所 {len(district.shelters)} 处。",
        meta={"hide": ["toc"]},
        directory=directory,
        district=district,
        region=region,
        rows=[data_row(shelter, dataset, address[shelter.id]) for shelter in district.shelters] if not district.pages else [],
        codes=CODES,
        hazards={hazard: dataset.hazards[hazard].name for hazard in _suited(district)},
        contact=dataset.site.contact,
        **freshness(district.shelters),
    )


def _suited(district: District) -> list[str]:
    return sorted({hazard for shelter in district.shelters for hazard in shelter.hazards or ()})


def _cards(dataset: Dataset, directory: Directory) -> Iterator[Page]:
    for district in directory.districts:
        for shelter in district.shelters:
            yield _card(dataset, directory, district, shelter, map_links(shelter))


def _card(dataset: Dataset, directory: Directory, district: District, shelter: Shelter, maps: list[MapLink]) -> Page:
    return render(
        directory.card_uri(shelter),
        "shelter_card.md.j2",
        f"data/shelters/{directory.region.slug}.csv",
        title=shelter.name,
        description=f"{directory.region.short_name}{district.name}的应急避难场所",
        meta={"hide": ["toc"]},
        shelter=shelter,
        facts=facts(shelter, dataset),
        maps=maps,
        directory=directory,
        district=district,
        region=directory.region,
        contact=dataset.site.contact,
    )
