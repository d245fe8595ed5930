"""The order of the site, as MkDocs reads navigation: section titles here, page titles from the pages."""

from collections.abc import Iterator

from macros.loading import Dataset
from macros.models.articles import FOLDERS
from macros.pages.articles import FOR_WHOM, PREPARE, article_uri, articles_in
from macros.pages.drills import guide_uri
from macros.pages.escaping import as_text
from macros.pages.plans import PARTS
from macros.pages.quizzes import quiz_uri
from macros.pages.scenarios import scenario_uri
from macros.pages.schools import school_uri
from macros.question_bank import all_quizzes


def navigation(dataset: Dataset) -> list:
    hazards = [f"hazards/{hazard}.md" for hazard in dataset.hazards]
    regions = [f"regions/{region.slug}/index.md" for region in dataset.regions.values()]
    return [
        "index.md",
        {"怎么办": ["hazards/index.md", *hazards]},
        {"急救和准备": ["prepare/index.md", "hotlines/index.md", "warnings/index.md", *_folders(dataset, PREPARE)]},
        {"避难场所": ["shelters/index.md", *(f"shelters/{region.slug}/index.md" for region in dataset.regions.values())]},
        {"给谁用": ["for/index.md", *_folders(dataset, FOR_WHOM)]},
        *_section("演练", _drills(dataset)),
        *_section("测验", [*_quizzes(dataset), *_section("安全体验", _scenarios(dataset))]),
        *_section("学校", _schools(dataset)),
        {"地区": ["regions/index.md", *regions]},
        {"日历": ["calendar/index.md"]},
        {"规划与指标": ["plans/index.md", "targets/index.md", *_plans(dataset)]},
        {"关于": ["about/index.md", "offline/index.md", "glossary/index.md", "sources/index.md", "sources/reprints.md", "about/data.md", "about/county.md"]},
    ]  # fmt: skip


def _section(title: str, entries: list) -> list[dict[str, list]]:
    """An empty section would be a heading that leads nowhere."""
    return [{title: entries}] if entries else []


def _folders(dataset: Dataset, folders: tuple[str, ...]) -> Iterator[dict[str, list[str]]]:
    for folder in folders:
        pages = [article_uri(article) for article in articles_in(dataset, folder)]
        yield from _section(FOLDERS[folder], [f"{folder}/index.md", *pages] if pages else [])


def _drills(dataset: Dataset) -> list[str]:
    guides = [guide_uri(guide) for guide in dataset.guides.values()]
    return ["drills/index.md", "drills/duties.md", *guides] if guides else []


def _scenarios(dataset: Dataset) -> list[str]:
    scenarios = [scenario_uri(scenario) for scenario in dataset.scenarios.values()]
    return ["scenarios/index.md", *scenarios] if scenarios else []


def _schools(dataset: Dataset) -> list:
    packs = [{stage.stage: [school_uri(stage, region) for region in dataset.regions.values()]} for stage in dataset.stages.values()]
    return ["schools/index.md", "schools/report.md", *packs] if packs else []


def _quizzes(dataset: Dataset) -> list[str]:
    quizzes = [quiz_uri(quiz) for quiz in all_quizzes(dataset)]
    return ["quizzes/index.md", "quizzes/summary.md", "quizzes/completion.md", *quizzes] if quizzes else []


def _plans(dataset: Dataset) -> Iterator[dict[str, list[str]]]:
    for plan in dataset.plans.values():
        name = as_text(f"{dataset.regions[plan.region].short_name} {plan.period.years}")
        yield {name: [f"plans/{plan.id}/{part}.md" for part in PARTS]}
