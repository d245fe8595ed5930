"""Rules across files. Each yields problems and never raises; `checked` is the gate before every build."""

from collections.abc import Iterator
from pathlib import Path

from macros.checks.drills import check_drills
from macros.checks.hazards import check_hazards
from macros.checks.identity import check_identity
from macros.checks.known import known_ids
from macros.checks.plans import check_plans
from macros.checks.quizzes import check_quizzes
from macros.checks.records import check_records
from macros.checks.references import check_references
from macros.checks.scenarios import check_scenarios
from macros.checks.schools import check_schools
from macros.checks.shelters import check_shelters
from macros.errors import DataFaults, Problem
from macros.loading import Dataset, read_dataset


def find_problems(dataset: Dataset) -> Iterator[Problem]:
    """Every fault that needs more than one value to see."""
    known = known_ids(dataset)
    yield from check_identity(dataset)
    yield from check_references(dataset, known)
    yield from check_plans(dataset, known)
    yield from check_hazards(dataset)
    yield from check_shelters(dataset, known)
    yield from check_quizzes(dataset, known)
    yield from check_drills(dataset, known)
    yield from check_schools(dataset, known)
    yield from check_scenarios(dataset, known)
    yield from check_records(dataset, known)


def checked(root: Path) -> Dataset:
    """The data below `root`, free of faults; DataFaults with every fault at once."""
    dataset, problems = read_dataset(root)
    if dataset is not None:
        problems.extend(find_problems(dataset))
    if problems or dataset is None:
        raise DataFaults(problems)
    return dataset
