"""Every page of the built site on a phone, opened from a disk: complete, quiet, readable and narrow enough."""

import pytest
from walking import PHONE, Walk, assert_none_of, walk_over

ONLY_SERVED = {"404.html"}  # a web server sends it from its root; nothing links to it


@pytest.fixture(scope="module")
def walk(browser, axe, pages, site_dir) -> Walk:
    """Every page once, with axe."""
    linked = [uri for uri in pages if uri not in ONLY_SERVED]
    return walk_over(browser, linked, f"{site_dir.as_uri()}/", axe, viewport=PHONE)


def test_no_page_asks_another_host(walk):
    assert_none_of(walk.faults["hosts"])


def test_no_page_reports_an_error(walk):
    assert_none_of(walk.faults["console"])


def test_no_page_keeps_anyone_out(walk):
    """No violation of WCAG 2.2 A or AA that axe can find."""
    assert_none_of(walk.faults["axe"])


def test_no_page_is_wider_than_the_screen(walk):
    assert_none_of(walk.faults["wide"])


def test_every_page_was_seen(walk, pages):
    assert set(walk.asked) == set(pages) - ONLY_SERVED
