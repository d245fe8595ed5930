"""Pages past their review date: not wrong, but no longer vouched for."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from macros.errors import Problem
from macros.loading import Dataset


def stale(dataset: Dataset, today: date) -> Iterator[Problem]:
    """One problem a page whose `reviewed` date plus `review_months` has passed."""
    exercises = (*dataset.loaded_guides, *dataset.loaded_scenarios, *dataset.loaded_stages, *dataset.loaded_quizzes)
    for loaded in (*dataset.loaded_hazards, *dataset.loaded_articles, *exercises):
        due = due_date(loaded.model.reviewed, loaded.model.review_months)
        if due < today:
            yield loaded.problem(("reviewed",), f"已过复查期（应在 {due} 前复查）", loaded.model.reviewed)


def due_date(reviewed: date, months: int) -> date:
    """The same day of the month `months` later, or the month's last day."""
    year, month = divmod(reviewed.year * 12 + reviewed.month - 1 + months, 12)
    return date(year, month + 1, min(reviewed.day, monthrange(year, month + 1)[1]))
