"""A plan's pages: overview with targets, figures, tasks and outline, each item with its place in the document."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from macros.loading import Dataset
from macros.models import Plan, Record, Target
from macros.pages.page import Page, render
from macros.tracing import Trace, traces

#: The pages of a plan, in their order.
PARTS = ("index", "figures", "tasks", "outline")
#: Parts of a plan that an outline points to, and the page each is on.
ITEM_PAGES = {
    "targets": "index", "damages": "index", "duties": "index", "risks": "figures", "facts": "figures",
    "places": "figures", "campaigns": "figures", "tasks": "tasks", "projects": "tasks",
}  # fmt: skip


def plan_pages(dataset: Dataset) -> Iterator[Page]:
    yield render(
        "plans/index.md",
        "plans.md.j2",
        "data/plans",
        title="规划与文件",
        description="五份规划和文件的指标、任务、数据和提纲,每一项都能查到原文位置。",
        plans=dataset.plans.values(),
        regions=dataset.regions,
    )
    found = traces(dataset)
    for plan in dataset.plans.values():
        yield from _pages_of(dataset, plan, [trace for trace in found if trace.plan is plan and trace.is_training])


def _pages_of(dataset: Dataset, plan: Plan, served: list[Trace]) -> Iterator[Page]:
    region = dataset.regions[plan.region]
    page = partial(_plan_page, plan, region=region, documents=dataset.documents)
    yield page("index", plan.title, targets_by_class=targets_by_class(plan), served=served, regions=dataset.regions)
    name = f"{region.short_name}规划"
    yield page("figures", f"{name}里的数据、风险和地点", hazards=dataset.hazards)
    yield page("tasks", f"{name}里的任务和项目", tasks_by_theme=_by_theme(plan))
    outline_meta = {"search": {"boost": 0.5}}
    yield page("outline", f"{name}提纲", meta=outline_meta, standing_at=_standing_at(plan))


def _plan_page(plan: Plan, part: str, title: str, **context: object) -> Page:
    return render(
        f"plans/{plan.id}/{part}.md",
        f"plan_{part}.md.j2",
        f"data/plans/{plan.id}.yml",
        title=title,
        plan=plan,
        **context,
    )


def targets_by_class(plan: Plan) -> dict[str, list[Target]]:
    """Targets under the title of the section they stand in, as the plan groups them."""
    classes: dict[str, list[Target]] = defaultdict(list)
    for target in plan.targets:
        section = plan.section(target.cite.at)
        classes[section.title if section else target.cite.at].append(target)
    return dict(classes)


def _by_theme(plan: Plan) -> dict[str, list[Record]]:
    themes: dict[str, list[Record]] = defaultdict(list)
    for task in plan.tasks:
        themes[task.theme].append(task)
    return dict(themes)


def _standing_at(plan: Plan) -> dict[str, list[tuple[str, Record]]]:
    """Section path → (page, item) for every item that stands there."""
    places: dict[str, list[tuple[str, Record]]] = defaultdict(list)
    for field, part in ITEM_PAGES.items():
        for item in getattr(plan, field):
            for path in _paths(item):
                places[path].append((part, item))
    return dict(places)


def _paths(item: Record) -> Iterable[str]:
    cites = item.cites if hasattr(item, "cites") else (item.cite,)
    return dict.fromkeys(cite.at for cite in cites)


