"""A hub for each region, made for residents: what to do, whom to call, where to go; policy last."""

from collections.abc import Iterator
from functools import partial

from macros.inheritance import Bound, campaigns_of, duties_of, month_of, parent_of, scope_name
from macros.loading import Dataset
from macros.models import NamedPlace, Plan, Region, Risk
from macros.pages.page import Page, render
from macros.tracing import Trace, concerning, traces


def region_pages(dataset: Dataset) -> Iterator[Page]:
    yield render(
        "regions/index.md",
        "regions.md.j2",
        "data/regions",
        title="选择地区",
        description="选择你所在的地方,看当地的风险、电话、避难场所和日历。",
        regions=dataset.regions.values(),
        plans_of=dataset.plans_of,
    )
    found = traces(dataset)
    for region in dataset.regions.values():
        yield _hub(dataset, region, concerning(found, region))


def _hub(dataset: Dataset, region: Region, served: list[Trace]) -> Page:
    plans = dataset.plans_of(region.code)
    return render(
        f"regions/{region.slug}/index.md",
        "region.md.j2",
        f"data/regions/{region.slug}.yml",
        title=f"{region.short_name}应急",
        description=f"{region.name}:当地有哪些风险、现在怎么办、打什么电话、去哪里避难。",
        meta={"scripts": ["assets/javascripts/this-month.js"]},
        region=region,
        parent=parent_of(dataset, region),
        children=[r for r in dataset.regions.values() if parent_of(dataset, r) == region],
        plans=plans,
        risks=list(_risks(dataset, plans)),
        hazards=dataset.hazards,
        contacts=(*region.contacts, *dataset.items("hotlines", "contacts")),
        shelters=list(_shelters(plans)),
        listed=len(dataset.shelters.get(region.code, ())),
        shelter_facts=[(plan, fact) for plan in plans for fact in plan.facts if "shelters" in fact.topics],
        campaigns=_by_rule(campaigns_of(dataset, region)),
        month_of=month_of,
        stages=tuple(dataset.stages.values()),
        duties=duties_of(dataset, region),
        scope_name=partial(scope_name, dataset),
        served=served,
        regions=dataset.regions,
    )


def _by_rule(campaigns: tuple[Bound, ...]) -> dict[str, list[Bound]]:
    """A day that both the nation and a plan name is one line."""
    rules: dict[str, list[Bound]] = {}
    for bound in campaigns:
        rules.setdefault(bound.item.rule, []).append(bound)
    return rules


def _risks(dataset: Dataset, plans: tuple[Plan, ...]) -> Iterator[tuple[Plan, Risk]]:
    """One entry a hazard: the newest plan that names it."""
    seen: set[str] = set()
    for plan in plans:
        for risk in plan.risks:
            if risk.hazard not in seen:
                seen.add(risk.hazard)
                yield plan, risk


def _shelters(plans: tuple[Plan, ...]) -> Iterator[tuple[Plan, NamedPlace]]:
    return ((plan, place) for plan in plans for place in plan.places if place.kind == "避难场所")
