"""Pages that look across all regions: targets, calendar, glossary, hotlines, sources, the state of the data."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial

from macros.inheritance import (
    SUBSCRIBERS,
    Bound,
    all_campaigns,
    campaigns_order,
    month_of,
    scope_name,
)
from macros.loading import Dataset
from macros.models import Plan, Target
from macros.pages.page import Page, render
from macros.pages.plans import targets_by_class
from macros.pages.quizzes import page_titles
from macros.pages.tracing import trace_context
from macros.pages.wording import date_rule

ITEM_NAMES = {
    "sections": "标题", "targets": "指标", "facts": "数据", "risks": "风险", "duties": "义务", "tasks": "任务",
    "projects": "项目", "places": "地点", "campaigns": "宣传日", "damages": "受损处",
}  # fmt: skip

#: Pages that name everything would otherwise answer every question.
LAST_IN_SEARCH = {"search": {"boost": 0.4}}


def overview_pages(dataset: Dataset) -> Iterator[Page]:
    yield _targets(dataset)
    yield _calendar(dataset)
    yield _glossary(dataset)
    yield _hotlines(dataset)
    yield _warnings(dataset)
    yield from _sources(dataset)
    yield _state_of_data(dataset)


def _targets(dataset: Dataset) -> Page:
    plans = [plan for plan in dataset.plans.values() if plan.targets]
    rows = [(plan, group, target) for plan in plans for group, target in _grouped(plan)]
    return render(
        "targets/index.md",
        "targets.md.j2",
        "data/plans",
        title="全部指标",
        meta={"hide": ["toc"], "scripts": ["assets/javascripts/filter-table.js"]},
        description="各地规划的量化目标,可按地区、类别、种类筛选,逐条注明原文位置。",
        rows_of={plan: [row for row in rows if row[0] is plan] for plan in plans},
        total=len(rows),
        regions=dataset.regions,
        kinds=sorted({target.kind for _, _, target in rows}),
        groups=list(dict.fromkeys(group for _, group, _ in rows)),
        **trace_context(dataset),
    )


def _grouped(plan: Plan) -> Iterator[tuple[str, Target]]:
    return ((group, target) for group, targets in targets_by_class(plan).items() for target in targets)


def _calendar(dataset: Dataset) -> Page:
    return render(
        "calendar/index.md",
        "calendar.md.j2",
        "data/campaigns.yml",
        title="宣传日历",
        description="一年里的应急宣传日、宣传月和开学时点,可下载到手机日历。",
        meta={"scripts": ["assets/javascripts/this-month.js"]},
        months=_by_month(all_campaigns(dataset)),
        year=_year(all_campaigns(dataset)),
        audiences=SUBSCRIBERS,
        titles=_titles(dataset),
        scope_name=partial(scope_name, dataset),
        regions=dataset.regions,
    )


def _titles(dataset: Dataset) -> dict[str, str]:
    """What a run sheet may send a reader to."""
    drills = {f"drills/{guide.id}": guide.title for guide in dataset.guides.values()}
    quizzes = {f"quizzes/{quiz.id}": f"{quiz.title}（测验）" for quiz in dataset.quizzes.values()}
    return {**page_titles(dataset), **drills, **quizzes}


def _year(campaigns: tuple[Bound, ...]) -> list[tuple[int, list[tuple[str, str]]]]:
    """Twelve months, each with its days as (rule, name): the year at a glance."""
    days = {bound.item.rule: bound.item.name for bound in reversed(campaigns) if bound.item.rule != "term-start"}
    ordered = sorted(days.items(), key=lambda day: campaigns_order(day[0]))
    return [(month, [day for day in ordered if month_of(day[0]) == month]) for month in range(1, 13)]


def _by_month(campaigns: tuple[Bound, ...]) -> dict[str, dict[str, list[Bound]]]:
    """Month name → date rule → the campaign days that fall on it."""
    months: dict[str, dict[str, list[Bound]]] = {}
    for bound in campaigns:
        rule = bound.item.rule
        name = "每学期开学" if rule == "term-start" else date_rule(rule).split("月")[0] + "月"
        months.setdefault(name, {}).setdefault(rule, []).append(bound)
    return months


def _glossary(dataset: Dataset) -> Page:
    return render(
        "glossary/index.md",
        "glossary.md.j2",
        "data/glossary.yml",
        title="名词解释",
        description="规划和文件里的名词,用平常话解释,注明出处。",
        terms=dataset.items("glossary", "terms"),
        documents=dataset.documents,
        plans=dataset.plans,
    )


def _hotlines(dataset: Dataset) -> Page:
    return render(
        "hotlines/index.md",
        "hotlines.md.j2",
        "data/hotlines.yml",
        title="紧急电话",
        description="全国通用的紧急电话,什么时候打、怎么说。",
        contacts=dataset.items("hotlines", "contacts"),
        regions=dataset.regions.values(),
        documents=dataset.documents,
    )


def _warnings(dataset: Dataset) -> Page:
    return render(
        "warnings/index.md",
        "warnings.md.j2",
        "data/warnings.yml",
        title="预警信号",
        description="各种预警信号的颜色是什么意思。本站不发布预警。",
        signals=dataset.items("warnings", "signals"),
        documents=dataset.documents,
        hazards=dataset.hazards,
    )


def _sources(dataset: Dataset) -> Iterator[Page]:
    """Official documents first; reprints on a page of their own, since all at once is too heavy for a phone."""
    others = [source for source in dataset.items("sources") if source.id not in dataset.plans]
    pages = {"sources/index.md": ("资料来源", ("官方",)), "sources/reprints.md": ("资料来源：转载和弱来源", ("转载", "弱"))}
    for uri, (title, shown) in pages.items():
        yield render(
            uri,
            "sources.md.j2",
            "data/sources.yml",
            title=title,
            meta=LAST_IN_SEARCH,
            description="本站每一条内容所依据的法律、标准、文件和网页。",
            sources=sorted((source for source in others if source.grade in shown), key=lambda source: source.title),
            plans=dataset.plans.values(),
            grades=Counter(source.grade for source in others),
        )


def _state_of_data(dataset: Dataset) -> Page:
    counts = {plan: {name: len(getattr(plan, field)) for field, name in ITEM_NAMES.items()} for plan in dataset.plans.values()}
    return render(
        "about/data.md",
        "state_of_data.md.j2",
        "data",
        title="数据状况",
        meta=LAST_IN_SEARCH,
        description="数据有多少、多新、哪些受损、哪些还不知道。",
        counts=counts,
        names=list(ITEM_NAMES.values()),
        reviewed=_by_review(dataset),
        unknown=list(_unknown(dataset)),
        regions=dataset.regions,
    )


def _by_review(dataset: Dataset) -> dict[date, list[str]]:
    """Day of review, the oldest first → the hazards reviewed on it."""
    days: dict[date, list[str]] = {}
    for hazard in sorted(dataset.hazards.values(), key=lambda hazard: hazard.reviewed):
        days.setdefault(hazard.reviewed, []).append(hazard.name)
    return days


def _unknown(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """What this site does not know, and whom to ask."""
    for region in dataset.regions.values():
        if not region.contacts:
            yield f"{region.name}的本地应急电话", region.authority
        yield f"{region.name}应急避难场所的地址、面积和容量", region.authority
