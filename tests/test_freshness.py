"""What is due for review: the list for editors. What readers see by their own clock: test_period.py."""

from datetime import date, timedelta

import pytest
from conftest import SMALL_DATA
from running import yingji

from macros.checks.freshness import due_date, stale

FAR_AHEAD = date(2099, 1, 1)


@pytest.mark.parametrize("reviewed, months, due", [
    ("2026-11-21", 12, "2027-11-21"),
    ("2026-08-31", 6, "2027-02-28"),  # a month without that day: its last
    ("2027-08-31", 6, "2028-02-29"),
    ("2026-12-01", 1, "2027-01-01"),
    ("2026-11-21", 60, "2031-11-21"),
])  # fmt: skip
def test_a_page_is_due_its_months_after_its_review(reviewed, months, due):
    assert due_date(date.fromisoformat(reviewed), months) == date.fromisoformat(due)


def test_a_page_is_due_the_day_after_and_not_before(dataset):
    hazard = next(iter(dataset.loaded_hazards))
    due = due_date(hazard.model.reviewed, hazard.model.review_months)
    assert hazard.file not in {problem.file for problem in stale(dataset, due)}
    assert hazard.file in {problem.file for problem in stale(dataset, due + timedelta(days=1))}


def test_every_page_with_a_review_date_falls_due_some_day(dataset):
    files = {problem.file for problem in stale(dataset, FAR_AHEAD)}
    dated = (*dataset.loaded_hazards, *dataset.loaded_articles, *dataset.loaded_guides, *dataset.loaded_scenarios, *dataset.loaded_stages, *dataset.loaded_quizzes)
    assert files == {loaded.file for loaded in dated}


def test_pages_say_when_they_are_due(dataset, site_dir):
    for hazard in dataset.hazards.values():
        due = due_date(hazard.reviewed, hazard.review_months)
        html = (site_dir / "hazards" / f"{hazard.id}.html").read_text("utf-8")
        assert f'data-due="{due}"' in html and f"{due.year}年{due.month}月{due.day}日" in html


@pytest.fixture(scope="module")
def fresh(project_copy):
    """The small data, every page reviewed today."""
    root = project_copy("fresh", data=SMALL_DATA)
    for path in (root / "data").glob("*/*.yml"):
        lines = path.read_text("utf-8").splitlines()
        today = [f"reviewed: {date.today()}" if line.startswith("reviewed:") else line for line in lines]
        path.write_text("\n".join(today) + "\n", "utf-8")
    return root


def test_nothing_due_is_said_so(fresh):
    done = yingji("check", "--stale", cwd=fresh)
    assert (done.returncode, done.stdout, done.stderr) == (0, "没有过期未复查的页面。\n", "")


def test_what_is_due_is_listed_with_file_and_line(fresh):
    path = fresh / "data" / "hazards" / "typhoon.yml"
    before = path.read_text("utf-8")
    path.write_text(before.replace(f"reviewed: {date.today()}", "reviewed: 2001-08-31"), "utf-8")
    line = 1 + path.read_text("utf-8").splitlines().index("reviewed: 2001-08-31")
    done = yingji("check", "--stale", cwd=fresh)
    path.write_text(before, "utf-8")
    assert done.returncode == 1
    assert done.stdout == f"data/hazards/typhoon.yml:{line}: reviewed: 已过复查期（应在 2002-02-28 前复查）(现为“2001-08-31”)\n"


def test_a_page_that_is_due_still_builds(fresh):
    """Past its date it is not wrong, only no longer vouched for: the check without --stale passes."""
    assert yingji("check", cwd=fresh).returncode == 0
