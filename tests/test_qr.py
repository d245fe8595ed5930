"""The code on paper that leads back to the page: only where the publisher has set an address."""

import re

import pytest
import segno
from conftest import SMALL_DATA
from fault_list import assert_none
from running import must, yingji

ADDRESS = "https://example.gov.cn/yingji/"
CODE = re.compile(r'<div class="qr" aria-hidden="true">(<svg.*?</svg>)<p>扫码打开这一页：([^<]+)</p>', re.DOTALL)


@pytest.fixture(scope="module")
def published(project_copy):
    """The small data as a publisher with an address builds it."""
    root = project_copy("published", data=SMALL_DATA)
    settings = root / "data" / "site.yml"
    lines = [line for line in settings.read_text("utf-8").splitlines() if not line.startswith("site_url:")]
    settings.write_text("\n".join([*lines, f"site_url: {ADDRESS}"]) + "\n", "utf-8")
    must(yingji("build", cwd=root))
    return root / "site"


def test_every_page_carries_the_code_of_its_own_address(published):
    pages = {path.relative_to(published).as_posix(): path for path in published.rglob("*.html")}
    faults = []
    for uri, path in pages.items():
        codes = CODE.findall(path.read_text("utf-8"))
        wanted = ADDRESS + uri
        if uri == "404.html":  # it stands at whatever address was asked for in vain
            faults += [f"{uri}: {codes}"] if codes else []
        elif [(address, dark_squares(svg)) for svg, address in codes] != [(wanted, squares_of(wanted))]:
            faults.append(f"{uri}: {[address for _, address in codes]}, not {wanted}")
    assert len(pages) > 20
    assert_none(faults)


def squares_of(address: str) -> set[tuple[int, int]]:
    """Column and row of every dark square of the code for an address."""
    rows = segno.make(address, micro=False).matrix
    return {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def dark_squares(svg: str) -> set[tuple[int, int]]:
    """The same from what is drawn: segno draws each run of dark squares as one line, relative to the last."""
    path = re.search(r'class="qrline"[^>]*?d="([^"]+)"|d="([^"]+)"[^>]*?class="qrline"', svg)
    x, y, border, dark = 0.0, 0.0, 4, set()
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path[1] or path[2]):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            dark |= {(int(x) - border + i, int(y) - border) for i in range(int(first))}
            x += float(first)
    return dark


def test_the_code_is_for_paper(published, browser):
    """On a screen it would only be noise."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((published / "hazards" / "typhoon.html").as_uri())
        code = page.locator(".qr svg")
        assert not code.is_visible()
        page.emulate_media(media="print")
        assert code.is_visible()
        assert page.locator(".qr p").inner_text() == f"扫码打开这一页：{ADDRESS}hazards/typhoon.html"
        box = code.bounding_box()
        assert box["width"] == box["height"] >= 75  # 20 mm: a phone reads it from a hand's distance


def test_without_an_address_there_is_no_code(dataset, site_dir):
    if dataset.site.site_url is not None:
        pytest.skip("data/site.yml 写了网址")
    assert_none(path.name for path in site_dir.rglob("*.html") if 'class="qr"' in path.read_text("utf-8"))
