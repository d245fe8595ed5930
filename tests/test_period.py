"""What pages say by the reader's clock: a copy on a stick is read years after it was built."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest

HERE = "Asia/Shanghai"
NEW_YEARS_EVE, NEW_YEAR = "12-31T23:59:00", "01-01T00:01:00"


@pytest.fixture
def said_at(browser, site_url):
    """A function of a page and the reader's moment: the notes that the page then shows."""
    with browser.new_context(timezone_id=HERE) as context:
        page = context.new_page()
        page.clock.install()

        def notes(uri: str, moment: str) -> list[str]:
            page.clock.set_fixed_time(datetime.fromisoformat(f"{moment}+08:00"))
            page.goto(site_url + uri)
            return [note for note in page.locator(".out-of-date").all_inner_texts() if note]

        yield notes


@pytest.mark.parametrize("year", [2019, 2027])
def test_a_plan_says_that_its_period_is_over(said_at, dataset, year):
    for plan, part in product(dataset.plans.values(), ("index", "figures", "tasks")):
        over = [f"规划期已在{plan.period.last}年结束。"] if year > plan.period.last else []
        assert said_at(f"plans/{plan.id}/{part}.html", f"{year}-07-01T12:00:00") == over


def test_a_period_lasts_to_the_end_of_its_last_year(said_at):
    uri = "plans/qinzhou-2016/index.html"
    assert said_at(uri, f"2020-{NEW_YEARS_EVE}") == []
    assert said_at(uri, f"2021-{NEW_YEAR}") == ["规划期已在2020年结束。"]


def test_a_hub_says_it_too(said_at):
    assert said_at("regions/qinzhou/index.html", "2019-07-01T12:00:00") == []
    assert said_at("regions/qinzhou/index.html", "2027-07-01T12:00:00") == ["规划期已在2020年结束。"]


@pytest.mark.parametrize("kind", ["hazard", "article"])
def test_a_review_falls_due_after_its_months(said_at, dataset, kind):
    page, uri = first_of(dataset, kind)
    due = months_later(page.reviewed, page.review_months)
    before, after = due - timedelta(days=1), due + timedelta(days=1)
    assert said_at(uri, "2019-07-01T12:00:00") == said_at(uri, f"{before}T12:00:00") == []
    assert said_at(uri, f"{after}T12:00:00") == ["已过复查期，请核对来源是否有新版本。"]


def first_of(dataset, kind: str):
    if kind == "hazard":
        hazard = next(iter(dataset.hazards.values()))
        return hazard, f"hazards/{hazard.id}.html"
    article = next(iter(dataset.articles.values()))
    return article, f"{article.folder}/{article.id}.html"


def months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)
