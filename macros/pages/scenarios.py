"""Exercises by steps. Every choice is a link on the page, so they work from a disk and without JavaScript."""

from collections.abc import Iterator

from macros.loading import Dataset
from macros.models import Guide, Hazard, Quiz, Scenario, Turn
from macros.pages.page import LISTING, Page, render
from macros.question_bank import quiz_of_hazard

#: It tells a danger in many words; in a search the page that says what to do comes first.
SEARCH_BOOST = 0.25


def scenario_pages(dataset: Dataset) -> Iterator[Page]:
    scenarios = tuple(dataset.scenarios.values())
    if not scenarios:
        return
    yield render(
        "scenarios/index.md",
        "scenarios.md.j2",
        "data/scenarios",
        title="安全体验：一步一步选",
        description="、".join(dict.fromkeys(scenario.scene for scenario in scenarios)),
        meta=LISTING,
        rows=[(scenario, *_more(dataset, scenario)) for scenario in scenarios],
    )
    for scenario in scenarios:
        yield _scenario_page(dataset, scenario)


def scenario_uri(scenario: Scenario) -> str:
    return f"scenarios/{scenario.id}.md"


def _scenario_page(dataset: Dataset, scenario: Scenario) -> Page:
    hazards, quizzes, guides = _more(dataset, scenario)
    return render(
        scenario_uri(scenario),
        "scenario.md.j2",
        f"data/scenarios/{scenario.id}.yml",
        title=scenario.title,
        description=scenario.turns[0].happens,
        meta={"tags": [scenario.scene], "search": {"boost": SEARCH_BOOST}},
        scenario=scenario,
        choices=choices,
        line=dataset.line,
        page_title=lambda page: _page_title(dataset, page),
        documents=dataset.documents,
        hazards=hazards,
        quizzes=quizzes,
        guides=guides,
    )


def choices(turn: Turn) -> list[str]:
    """In the order of their words, so that the right one has no place of its own."""
    return sorted([turn.right.line, *(choice.text for choice in turn.wrong)])


def _page_title(dataset: Dataset, page: str) -> str:
    name = page.rpartition("/")[2]
    return dataset.hazards[name].name if page.startswith("hazards/") else dataset.articles[name].title


def _more(dataset: Dataset, scenario: Scenario) -> tuple[list[Hazard], list[Quiz], list[Guide]]:
    """What to read, answer and practise next: of the hazards that the exercise follows."""
    pages = dict.fromkeys(turn.right.page for turn in scenario.turns)
    hazards = [dataset.hazards[page.partition("/")[2]] for page in pages if page.startswith("hazards/")]
    quizzes = [quiz for hazard in hazards if (quiz := quiz_of_hazard(dataset, hazard.id))]
    ids = {hazard.id for hazard in hazards}
    return hazards, quizzes, [guide for guide in dataset.guides.values() if ids & set(guide.hazards)]
