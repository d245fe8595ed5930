"""The site for those without JavaScript, without a mouse, without a screen."""

import re

import pytest

PHONE = {"width": 360, "height": 740}
SHEET = {"width": 680, "height": 1000}  # 210 mm less two margins of 15 mm, in CSS pixels
SHOWN = "elements => elements.filter(element => element.checkVisibility()).length"


@pytest.fixture(scope="module")
def plain(browser, site_url):
    """A phone whose browser runs no script."""
    with browser.new_context(java_script_enabled=False, viewport=PHONE) as context:
        yield context.new_page()


@pytest.fixture
def page(browser):
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


def follow(page, selector: str) -> None:
    """Click a link as a reader does; it must be there to be seen."""
    page.locator(selector).first.click()
    page.wait_for_load_state()


# --- without JavaScript ------------------------------------------------------------------------


def test_from_home_to_the_place_in_the_document(plain, site_url):
    plain.goto(site_url)
    follow(plain, "article [data-region=qinzhou]")
    assert plain.locator("h1").inner_text().startswith("钦州市")
    follow(plain, "article #plans ~ ul a")
    assert plain.url.endswith("/plans/qinzhou-2016/index.html")
    follow(plain, "article a[href='outline.html']")
    assert plain.locator("ol.outline li").count() > 100
    follow(plain, "ol.outline .items a[href*='#']")
    assert plain.locator(":target").count() == 1


@pytest.mark.parametrize("uri", ["index.html", "regions/qinzhou/index.html", "hotlines/index.html", "hazards/flood.html"])
def test_numbers_can_be_tapped(plain, site_url, uri):
    plain.goto(site_url + uri)
    assert plain.locator("article a[href='tel:119']:visible").count()


def test_every_target_is_in_the_table(plain, site_url, dataset):
    plain.goto(f"{site_url}targets/index.html")
    total = sum(len(plan.targets) for plan in dataset.plans.values())
    assert plain.locator("article tbody tr").evaluate_all(SHOWN) == total
    assert not plain.locator("article select:visible").count()


def test_every_item_of_a_plan_is_in_its_pages(plain, site_url, dataset):
    for plan in dataset.plans.values():
        for part, items in (("index", plan.targets), ("figures", plan.facts), ("tasks", plan.tasks)):
            plain.goto(f"{site_url}plans/{plan.id}/{part}.html")
            shown = [item.id for item in items if plain.locator(f"[id='{item.id}']").is_visible()]
            assert shown == [item.id for item in items]


def test_the_period_of_a_plan_can_be_read(plain, site_url, dataset):
    for plan in dataset.plans.values():
        plain.goto(f"{site_url}plans/{plan.id}/index.html")
        said = plain.locator(".period").inner_text()
        assert f"过了{plan.period.last}年底" in said
        assert "已" not in said  # what only a clock can know


def test_nothing_that_needs_a_script_is_offered(plain, site_url):
    """Neither filters nor large text nor saving; lists can be ticked all the same."""
    for uri in ("index.html", "targets/index.html", "kit/household-kit.html", "first-aid/cpr-aed.html"):
        plain.goto(site_url + uri)
        assert not plain.locator("article button:visible, article select:visible").count(), uri


# --- without a mouse ---------------------------------------------------------------------------


def tab_until(page, selector: str, most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"{selector} is not within {most} tabs")


def test_the_first_tab_skips_to_the_content(page, site_url):
    page.goto(site_url)
    page.keyboard.press("Tab")
    assert "md-skip" in page.locator(":focus").get_attribute("class")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_a_region_by_keyboard(page, site_url):
    page.goto(site_url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_until(page, "[data-region=qinzhou]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/regions/qinzhou/"))


def test_the_filter_says_how_many_it_left(page, site_url):
    page.goto(f"{site_url}targets/index.html")
    tab_until(page, "select[data-column=region]")
    page.keyboard.press("ArrowDown")
    shown = page.locator("article tbody tr").evaluate_all(SHOWN)
    said = page.locator(".filters output")
    assert said.get_attribute("aria-live") == "polite"
    assert re.search(rf"\b{shown}\b", said.inner_text())
    assert 0 < shown < page.locator("article tbody tr").count()


@pytest.mark.parametrize("uri", ["index.html", "targets/index.html", "kit/household-kit.html"])
def test_focus_can_be_seen(page, site_url, uri):
    page.goto(site_url + uri)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("""() => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
          return outlineStyle !== "none" && parseFloat(outlineWidth) > 0 || boxShadow !== "none";
        }""")
        assert outline, page.evaluate("document.activeElement.outerHTML")


# --- without a screen --------------------------------------------------------------------------

SHEETS = {
    "index.html": ["应急学堂", "你在哪里", "119", "现在怎么办"],
    "regions/qinzhou/index.html": ["钦州市", "119", "当地的风险", "规划里怎么说", "谁应当做什么"],
    "hazards/flood.html": ["洪水", "现在就做", "千万不要", "来源"],
}
NAVIGATION = ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-search, .md-top, .md-skip, .headerlink, article button"


@pytest.mark.parametrize("uri", SHEETS)
def test_a_sheet_of_paper(page, site_url, uri):
    page.goto(site_url + uri)
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    assert [line for line in SHEETS[uri] if line not in text] == []
    assert page.locator(NAVIGATION).evaluate_all(SHOWN) == 0
    assert page.evaluate("document.scrollingElement.scrollWidth") <= SHEET["width"]


@pytest.mark.parametrize("uri", SHEETS)
def test_the_sheet_is_a4(page, site_url, uri):
    page.goto(site_url + uri)
    printed = page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[([^\]]+)\]", printed))
    assert len(boxes) == 1
    left, bottom, right, top = map(float, boxes.pop().split())
    millimetres = [round(side / 72 * 25.4) for side in (right - left, top - bottom)]
    assert millimetres == [210, 297]


def test_what_is_folded_on_the_screen_is_open_on_paper(page, site_url):
    page.goto(f"{site_url}regions/qinzhou/index.html")
    inside = page.locator("article details li").first
    assert not inside.is_visible()
    page.emulate_media(media="print")
    assert inside.evaluate("element => element.checkVisibility({ contentVisibilityAuto: true })")
