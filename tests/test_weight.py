"""What a page loads until the reader acts, compressed as a web server would send it."""

import gzip
from functools import cache
from pathlib import Path

import pytest
from fault_list import assert_none

BUDGET = 100 * 1024
#: A browser without a window leaves the icon out; a reader's fetches it.
ALWAYS = "assets/images/favicon.png"
IDLE = "() => new Promise(done => requestIdleCallback(done))"


@pytest.fixture(scope="module")
def loaded(browser, site_dir, site_url) -> dict[str, set[str]]:
    """Page → every file that it asks for by itself, cached or not."""
    files: dict[str, set[str]] = {}
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: files[next(reversed(files))].add(request.url.removeprefix(site_url)))
        for path in sorted(site_dir.rglob("*.html")):
            uri = path.relative_to(site_dir).as_posix()
            files[uri] = {ALWAYS}
            page.goto(site_url + uri)
            page.evaluate(IDLE)
    return files


@pytest.fixture(scope="module")
def weights(loaded, site_dir) -> dict[str, int]:
    @cache
    def weight(file: str) -> int:
        return len(gzip.compress(Path(site_dir, file).read_bytes(), compresslevel=9))

    return {uri: sum(map(weight, files)) for uri, files in loaded.items()}


def test_every_page_is_light(weights, capsys):
    heaviest = sorted(weights.items(), key=lambda page: -page[1])
    with capsys.disabled():
        print("\n最重的五页:" + "、".join(f"{uri} {size / 1024:.1f} KB" for uri, size in heaviest[:5]))
    assert_none(f"{uri}: {size} > {BUDGET}" for uri, size in heaviest if size > BUDGET)


def test_the_page_itself_and_its_style_are_weighed(loaded):
    for uri, files in loaded.items():
        assert uri in files
        assert any(file.endswith(".min.css") for file in files)


def test_no_page_loads_the_search_index(loaded):
    assert_none(uri for uri, files in loaded.items() if any(file.startswith("search/") for file in files))
