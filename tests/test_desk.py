"""Every page of the built site on a desk, from a server: complete, quiet, light; one of each kind in other looks."""

import gzip
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from fault_list import assert_none
from walking import (
    DESK,
    PAINTED,
    PHONE,
    TWO_FRAMES,
    WATCH_SHIFTS,
    Walk,
    assert_none_of,
    largest_of_each_kind,
    walk_over,
)

#: What a page loads until the reader acts, compressed as a web server would send it.
BUDGET = 100 * 1024
#: A browser without a window leaves the icon out; a reader's fetches it.
ALWAYS = "assets/images/favicon.png"


@pytest.fixture(scope="module")
def one_of_each_kind(pages, site_dir) -> list[str]:
    return largest_of_each_kind(site_dir, pages)


@pytest.fixture(scope="module")
def walk(browser, pages, site_url) -> Walk:
    """Every page once. axe saw their content on the phone."""
    return walk_over(browser, pages, site_url, viewport=DESK)


def test_no_page_asks_another_host(walk):
    assert_none_of(walk.faults["hosts"])


def test_no_page_reports_an_error(walk):
    assert_none_of(walk.faults["console"])


def test_no_page_is_wider_than_the_screen(walk):
    assert_none_of(walk.faults["wide"])


# --- weight --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def weights(walk, site_dir) -> dict[str, int]:
    @cache
    def weight(file: str) -> int:
        return len(gzip.compress(Path(site_dir, file).read_bytes(), compresslevel=9))

    return {uri: sum(map(weight, {ALWAYS, *files})) for uri, files in walk.asked.items()}


def test_every_page_is_light(weights, pages, capsys):
    heaviest = sorted(weights.items(), key=lambda page: -page[1])
    with capsys.disabled():
        print("\n最重的五页:" + "、".join(f"{uri} {size / 1024:.1f} KB" for uri, size in heaviest[:5]))
    assert set(weights) == set(pages)
    assert_none(f"{uri}: {size} > {BUDGET}" for uri, size in heaviest if size > BUDGET)


def test_the_page_itself_and_its_style_are_weighed(walk):
    for uri, files in walk.asked.items():
        assert uri in files
        assert any(file.endswith(".min.css") for file in files)


def test_no_page_loads_the_search_index(walk):
    assert_none(uri for uri, files in walk.asked.items() if any(file.startswith("search/") for file in files))


# --- other looks ---------------------------------------------------------------------------


def test_a_desk_keeps_nobody_out(browser, axe, one_of_each_kind, site_url):
    assert_none_of(walk_over(browser, one_of_each_kind, site_url, axe, viewport=DESK).faults["axe"])


def test_the_dark_palette_keeps_nobody_out(browser, axe, one_of_each_kind, site_url):
    """Every page was looked at in the light one on the phone."""
    assert_none_of(walk_over(browser, one_of_each_kind, site_url, axe, color_scheme="dark", viewport=PHONE).faults["axe"])


def test_the_palette_follows_the_device(browser, site_url):
    for scheme, name in (("light", "default"), ("dark", "slate")):
        with browser.new_context(color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(site_url)
            assert page.locator("body").get_attribute("data-md-color-scheme") == name


def test_large_text_fits_a_phone(browser, one_of_each_kind, site_url):
    setup = "localStorage.setItem('yingji.large-text', 'yes')"
    assert_none_of(walk_over(browser, one_of_each_kind, site_url, setup=setup, viewport=PHONE).faults["wide"])


# --- slow networks -------------------------------------------------------------------------


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_when_scripts_come_late(browser, one_of_each_kind, site_dir, site_url, viewport):
    """On a slow network a page is read, and tapped, before its scripts are there."""
    faults: dict[str, list[str]] = defaultdict(list)
    with browser.new_context(viewport=viewport) as context:
        context.add_init_script(WATCH_SHIFTS)
        for uri in one_of_each_kind:
            early = scripts_in_head((site_dir / uri).read_text("utf-8"))
            for shift in shifts_of(context, site_url + uri, early):
                faults[shift].append(uri)
    assert_none_of(faults)


def scripts_in_head(html: str) -> set[str]:
    """The names of scripts that a page waits for before it is drawn."""
    tags = re.findall(r"<script[^>]*\bsrc=[^>]*>", html.partition("</head>")[0])
    return {re.search(r'src="(?:[^"]*/)?([^"/]+)"', tag)[1] for tag in tags if "defer" not in tag}


def shifts_of(context, url: str, early: set[str]) -> list[str]:
    """What moves on a page whose scripts arrive after it is drawn."""
    page, waiting, painted = context.new_page(), [], False

    def hold(route) -> None:
        come_late = not painted and route.request.url.rpartition("/")[2] not in early
        waiting.append(route) if come_late else route.continue_()

    page.route("**/*.js", hold)
    page.goto(url, wait_until="commit")
    page.wait_for_selector("footer", state="attached")  # parsed so far; what is still to come waits for scripts
    page.wait_for_function(PAINTED)
    page.evaluate(TWO_FRAMES)
    page.evaluate("shifts.length = 0")
    painted = True
    for route in waiting:
        route.continue_()
    page.wait_for_load_state()
    page.evaluate(TWO_FRAMES)
    shifts = page.evaluate("shifts")
    page.close()
    return shifts
