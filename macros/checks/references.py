"""Whatever a record refers to is there."""

from collections.abc import Iterator

from macros.checks.known import Known
from macros.errors import Problem
from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import Location
from macros.models import PROVINCES, Article, CampaignDay, Citation, Document, Record

#: Pages that no file of their own makes.
OVERVIEWS = ("hotlines/index", "warnings/index", "shelters/index", "calendar/index", "glossary/index", "schools/index", "scenarios/index")


def check_references(dataset: Dataset, known: Known) -> Iterator[Problem]:
    for loaded in dataset.every_file:
        yield from _citations(loaded, dataset, known)
        yield from _topics(loaded, known)
    yield from _site_regions(dataset)
    for place, source in dataset.singles["sources"].each("sources"):
        yield from _superseded(dataset.singles["sources"], place, source, known)
    for loaded in dataset.loaded_plans:
        yield from _superseded(loaded, ("source",), loaded.model.source, known)
    for loaded in dataset.loaded_hazards:
        yield from _each_known(loaded, ("call",), loaded.model.call, known.contacts, "紧急电话")
    for loaded in dataset.loaded_articles:
        yield from _each_known(loaded, ("related",), loaded.model.related, known.pages, "相关页面")
        yield from _linked_pages(loaded, dataset, known)
    for place, signal in dataset.singles["warnings"].each("signals"):
        yield from _each_known(dataset.singles["warnings"], (*place, "hazards"), signal.hazards, known.hazards, "灾种")
    for place, duty in dataset.singles["duties"].each("duties"):
        yield from _scope(dataset.singles["duties"], (*place, "scope"), duty.scope)
    for place, day in dataset.singles["campaigns"].each("campaigns"):
        yield from _scope(dataset.singles["campaigns"], (*place, "scope"), day.scope or "CN")
        yield from _run_sheets(dataset, place, day, known)


def _run_sheets(dataset: Dataset, place: Location, day: CampaignDay, known: Known) -> Iterator[Problem]:
    for number, run in enumerate(day.runs):
        for index, page in enumerate(run.pages):
            if not _is_page(page, dataset, known):
                yield dataset.singles["campaigns"].problem((*place, "runs", number, "pages", index), "没有这个页面", page)


def _records(value: object, location: Location) -> Iterator[tuple[Location, Record]]:
    """Every record below `value`, with its place; list places come from `Loaded.each`."""
    if isinstance(value, Record):
        yield location, value
        for name in type(value).model_fields:
            yield from _records(getattr(value, name), (*location, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _records(item, (*location, index))


def _all_records(loaded: Loaded) -> Iterator[tuple[Location, Record]]:
    yield (), loaded.model
    for name in type(loaded.model).model_fields:
        value = getattr(loaded.model, name)
        if isinstance(value, tuple):
            for place, item in loaded.each(name):
                yield from _records(item, place)
        else:
            yield from _records(value, (name,))


def _citations(loaded: Loaded, dataset: Dataset, known: Known) -> Iterator[Problem]:
    is_plan = hasattr(loaded.model, "sections")
    for place, record in _all_records(loaded):
        if isinstance(record, Citation):
            yield from _citation(loaded, place, record, dataset, known, is_plan)


def _citation(loaded, place: Location, cite: Citation, dataset: Dataset, known: Known, is_plan: bool) -> Iterator[Problem]:
    if cite.source is None and not is_plan:
        yield loaded.problem((*place, "source"), "缺少来源编号(规划文件以外都要写)")
    elif cite.source and cite.source not in known.sources | known.plans:
        yield loaded.problem((*place, "source"), "来源不存在(data/sources.yml 和 data/plans/ 里都没有)", cite.source)
    plan = loaded.model if is_plan and cite.source is None else dataset.plans.get(cite.source or "")
    if plan:
        yield from _section(loaded, place, cite, plan)


def _section(loaded: Loaded, place: Location, cite: Citation, plan) -> Iterator[Problem]:
    if cite.at == "文头":
        return
    section = plan.section(cite.at)
    if section is None:
        yield loaded.problem((*place, "at"), f"规划 {plan.id} 的提纲里没有这一节", cite.at)
    elif section.withheld:
        yield loaded.problem((*place, "at"), "这一节不转载,不能引用", cite.at)


def _topics(loaded: Loaded, known: Known) -> Iterator[Problem]:
    for place, record in _all_records(loaded):
        yield from _each_known(loaded, (*place, "topics"), getattr(record, "topics", ()), known.topics, "主题")
        if type(record).__name__ == "Fact":
            yield from _each_known(loaded, (*place, "hazards"), record.hazards, known.hazards, "灾种")


def _each_known(loaded: Loaded, place: Location, ids: object, known: frozenset[str], what: str) -> Iterator[Problem]:
    for index, item in enumerate(ids if isinstance(ids, tuple) else ()):
        if isinstance(item, str) and item not in known:
            yield loaded.problem((*place, index), f"{what}不存在", item)


def _linked_pages(loaded: Loaded[Article], dataset: Dataset, known: Known) -> Iterator[Problem]:
    for place, part in loaded.each("parts"):
        if part.page and not _is_page(part.page, dataset, known):
            yield loaded.problem((*place, "page"), "没有这个页面", part.page)


def _is_page(page: str, dataset: Dataset, known: Known) -> bool:
    """A page whose own file is faulty counts: that is reported there."""
    folder, _, stem = page.rpartition("/")
    if folder in ("drills", "quizzes"):
        return stem in (known.guides if folder == "drills" else known.quizzes)
    article = dataset.articles.get(stem)
    if article:
        return folder == article.folder
    return page in OVERVIEWS or stem in (known.hazards if folder == "hazards" else known.pages - known.hazards)


def _site_regions(dataset: Dataset) -> Iterator[Problem]:
    slugs = frozenset(loaded.model.slug for loaded in dataset.loaded_regions)
    site = dataset.singles["site"]
    yield from _each_known(site, ("regions",), site.model.regions, slugs, "地区")


def _superseded(loaded: Loaded, place: Location, document: Document, known: Known) -> Iterator[Problem]:
    if document.superseded_by and document.superseded_by not in known.sources | known.plans:
        yield loaded.problem((*place, "superseded_by"), "来源不存在", document.superseded_by)


def _scope(loaded: Loaded, place: Location, scope: str | None) -> Iterator[Problem]:
    if scope is None:
        yield loaded.problem(place, "缺少适用范围(CN 或行政区划代码)")
    elif scope != "CN" and scope[:2] not in PROVINCES:
        yield loaded.problem(place, "行政区划代码的前两位不是省级代码", scope)
