"""Pages from models, pure: data in, `Page(uri, markdown, source)` out. Knows nothing of MkDocs."""

from collections.abc import Iterator

from macros.loading import Dataset
from macros.pages.articles import article_pages, folder_overviews
from macros.pages.drills import drill_pages
from macros.pages.hazards import hazard_pages
from macros.pages.home import home_pages
from macros.pages.navigation import navigation
from macros.pages.overviews import overview_pages
from macros.pages.page import Page
from macros.pages.plans import plan_pages
from macros.pages.quizzes import quiz_pages
from macros.pages.regions import region_pages
from macros.pages.scenarios import scenario_pages
from macros.pages.schools import school_pages
from macros.pages.shelter_lists import shelter_files
from macros.pages.shelters import shelter_pages

__all__ = ["Page", "all_pages", "navigation", "shelter_files"]


def all_pages(dataset: Dataset) -> Iterator[Page]:
    """Every generated page, in the order of the navigation."""
    yield from home_pages(dataset)
    yield from hazard_pages(dataset)
    yield from folder_overviews(dataset)
    yield from article_pages(dataset)
    yield from drill_pages(dataset)
    yield from scenario_pages(dataset)
    yield from quiz_pages(dataset)
    yield from school_pages(dataset)
    yield from region_pages(dataset)
    yield from shelter_pages(dataset)
    yield from plan_pages(dataset)
    yield from overview_pages(dataset)
