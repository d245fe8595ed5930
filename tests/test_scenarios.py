"""Exercises by steps, as a village without a network and without JavaScript uses them."""

from collections.abc import Iterator
from typing import get_args

import pytest

from macros.models.scenarios import Scene

SHOWN = ".turns > section:visible"


@pytest.fixture
def page(browser) -> Iterator:
    with browser.new_context(java_script_enabled=False, offline=True, viewport={"width": 360, "height": 740}) as context:
        yield context.new_page()


@pytest.fixture
def exercise(page, site_dir, dataset):
    """The first exercise, opened from a disk."""
    scenario = next(iter(dataset.scenarios.values()))
    page.goto((site_dir / f"scenarios/{scenario.id}.html").as_uri())
    return scenario


def test_every_named_scene_has_an_exercise(dataset):
    assert {scenario.scene for scenario in dataset.scenarios.values()} == set(get_args(Scene))


def test_the_right_choice_has_no_place_of_its_own(dataset):
    turns = [turn for scenario in dataset.scenarios.values() for turn in scenario.turns]
    first = sum(turn.right.line == min([turn.right.line, *(wrong.text for wrong in turn.wrong)]) for turn in turns)
    assert 0.1 < first / len(turns) < 0.7


def test_one_step_at_a_time_to_the_end(page, exercise):
    for number, turn in enumerate(exercise.turns, start=1):
        assert page.locator(SHOWN).count() == 1
        assert f"第 {number} 步" in page.locator(SHOWN).inner_text()
        page.locator(SHOWN).get_by_role("link", name=turn.right.line, exact=True).click()
        assert "✓ 对" in page.locator(SHOWN).inner_text()
        page.locator(SHOWN).locator("p:last-child a").click()
    assert page.locator(SHOWN).locator("ol li").all_inner_texts() == [turn.right.line for turn in exercise.turns]


def test_a_wrong_choice_says_why_and_leads_back(page, exercise):
    turn = exercise.turns[0]
    for wrong in turn.wrong:
        page.locator(SHOWN).get_by_role("link", name=wrong.text, exact=True).click()
        assert "✗ 再想想" in page.locator(SHOWN).inner_text()
        assert wrong.why.line in page.locator(SHOWN).inner_text()
        page.locator(SHOWN).get_by_role("link", name="再选一次").click()
        assert turn.happens in page.locator(SHOWN).inner_text()


def test_the_keyboard_is_enough(page, exercise):
    page.locator(SHOWN).get_by_role("link", name=exercise.turns[0].right.line, exact=True).focus()
    page.keyboard.press("Enter")
    assert "✓ 对" in page.locator(SHOWN).inner_text()
    page.keyboard.press("Tab")  # the source of the line
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "第 2 步" in page.locator(SHOWN).inner_text()


def test_paper_holds_every_step(page, exercise):
    page.emulate_media(media="print")
    assert page.locator(SHOWN).count() == page.locator(".turns > section").count()
