"""An exercise only repeats what stands on other pages, and was read twice like them."""

from collections.abc import Iterator

from macros.checks.hazards import NEEDED_REVIEWS
from macros.checks.known import Known
from macros.errors import Problem
from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import Location
from macros.models import Said, Turn


def check_scenarios(dataset: Dataset, known: Known) -> Iterator[Problem]:
    for loaded in dataset.loaded_scenarios:
        for place, turn in loaded.each("turns"):
            yield from _said(dataset, known, loaded, (*place, "right"), turn.right)
            for index, choice in enumerate(turn.wrong):
                yield from _said(dataset, known, loaded, (*place, "wrong", index, "why"), choice.why)
            yield from _choices(loaded, place, turn)
            yield from _reviews(loaded, place, turn)


def _said(dataset: Dataset, known: Known, loaded: Loaded, place: Location, said: Said) -> Iterator[Problem]:
    if dataset.line(said.page, said.line) is None and not _is_faulty(dataset, known, said.page):
        yield loaded.problem((*place, "line"), f"{said.page} 页上没有这句话（要一字不差）", said.line)


def _is_faulty(dataset: Dataset, known: Known, page: str) -> bool:
    """A page or line with a fault of its own is reported there; what leans on it is not."""
    stem = page.rpartition("/")[2]
    pages = {loaded.model.id: loaded for loaded in (*dataset.loaded_hazards, *dataset.loaded_articles)}
    return bool(pages[stem].faulty) if stem in pages else stem in known.pages


def _choices(loaded: Loaded, place: Location, turn: Turn) -> Iterator[Problem]:
    seen = {turn.right.line}
    for index, choice in enumerate(turn.wrong):
        if choice.text in seen:
            yield loaded.problem((*place, "wrong", index, "text"), "同一步里有两个一样的选项", choice.text)
        seen.add(choice.text)


def _reviews(loaded: Loaded, place: Location, turn: Turn) -> Iterator[Problem]:
    reviewers = {review.role for review in turn.reviews}
    if len(reviewers) < NEEDED_REVIEWS:
        yield loaded.problem((*place, "reviews"), f"每一步要有 {NEEDED_REVIEWS} 个不同的人(role)复核,现有 {len(reviewers)} 个")
