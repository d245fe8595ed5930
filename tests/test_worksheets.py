"""Lists to tick and plans to fill in: by keyboard alone, on this device only, and on paper."""

import re
import shutil
from pathlib import Path

import pytest
from fault_list import assert_none
from printed import characters

KIT, PLAN = "kit/household-kit.html", "family-plan/family-plan.html"
FIELDS = ".marks input, .blank input"
STORED = """async () => JSON.stringify([
  { ...localStorage }, { ...sessionStorage }, document.cookie,
  await indexedDB.databases(), await (window.caches?.keys() ?? [])])"""
VALUES = f"() => [...document.querySelectorAll('{FIELDS}')].map(field => field.type === 'checkbox' ? field.checked : field.value)"
FOCUSED = f"() => [...document.querySelectorAll('{FIELDS}')].indexOf(document.activeElement)"
#: Characters that no page of ours uses, so that on paper they can only be what was typed.
RARE = "龘鱻爨"


@pytest.fixture
def context(browser):
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context


@pytest.fixture
def page(context):
    return context.new_page()


def fill_in_by_keyboard(page) -> None:
    """Tab from the top of the page to the last field; tick what can be ticked, write in the rest."""
    count = page.locator(FIELDS).count()
    reached: list[int] = []
    while len(reached) < count:
        page.keyboard.press("Tab")
        place = page.evaluate(FOCUSED)
        if place < 0:  # a link before or between them
            assert page.evaluate("document.activeElement !== document.body"), "走出了页面"
            continue
        reached.append(place)
        if page.evaluate("document.activeElement.type") == "checkbox":
            page.keyboard.press("Space")
        else:
            page.keyboard.type(f"填{place}")
    assert reached == list(range(count))


def tab_to(page, name: str) -> None:
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.closest('label') || document.activeElement).textContent.trim()") == name:
            return
    pytest.fail(f"没有用 Tab 走到“{name}”")


def keep(page) -> None:
    page.get_by_label("保存在本机").check()


def first_text(page):
    return page.locator(f":is({FIELDS})[type=text]").first


# --- by keyboard, on this device ---------------------------------------------------------------


@pytest.mark.parametrize("uri", [KIT, PLAN])
def test_the_keyboard_alone_completes_it_and_nothing_leaves(page, site_url, uri):
    page.goto(site_url + uri, wait_until="networkidle")
    empty, address = page.evaluate(STORED), page.url
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    fill_in_by_keyboard(page)
    values = page.evaluate(VALUES)
    assert all(values)
    assert page.evaluate(STORED) == empty, "还没有勾“保存在本机”就留下了记录"
    tab_to(page, "保存在本机")
    page.keyboard.press("Space")
    assert page.evaluate(STORED) != empty
    assert page.locator(".sheet output").inner_text() == "已保存在本机"
    assert asked == [] and page.url == address
    page.reload()
    assert page.evaluate(VALUES) == values
    tab_to(page, "全部清除")
    page.keyboard.press("Enter")
    assert not any(page.evaluate(VALUES))
    assert page.evaluate(STORED) == empty


def test_what_is_changed_after_ticking_is_kept_too(page, site_url):
    page.goto(site_url + PLAN)
    keep(page)
    first_text(page).fill("13800000000")
    page.reload()
    assert first_text(page).input_value() == "13800000000"
    assert page.get_by_label("保存在本机").is_checked()


def test_taking_the_tick_away_forgets(page, site_url):
    page.goto(site_url + PLAN)
    first_text(page).fill("张三")
    keep(page)
    page.get_by_label("保存在本机").uncheck()
    assert "张三" not in page.evaluate(STORED)
    assert first_text(page).input_value() == "张三", "只是不再保存，还在填的不该没了"


def test_sheets_do_not_mix(page, site_url):
    page.goto(site_url + PLAN)
    first_text(page).fill("张三")
    keep(page)
    page.goto(site_url + KIT)
    assert not any(page.evaluate(VALUES))


def test_another_drive_letter_finds_what_was_saved(context, site_dir, tmp_path):
    """A stick is E: on one day and F: on the next; Chromium shares storage among local files."""
    drives = [tmp_path / "e", tmp_path / "f"]
    for drive in drives:
        for folder in ("kit", "assets"):
            shutil.copytree(site_dir / folder, drive / folder)
    page = context.new_page()
    page.goto((drives[0] / KIT).as_uri())
    first_text(page).fill("6升")
    keep(page)
    page.goto((drives[1] / KIT).as_uri())
    assert first_text(page).input_value() == "6升"


def test_a_line_that_a_later_edition_adds_moves_nothing(context, site_dir, tmp_path):
    """Saved by its words: a telephone number must not slip into the next line."""
    page = context.new_page()
    for folder in ("family-plan", "assets"):
        shutil.copytree(site_dir / folder, tmp_path / folder)
    path = tmp_path / PLAN
    page.goto(path.as_uri())
    page.get_by_label("邻居（电话）：").fill("0777-1234567")
    keep(page)
    add_line(path, before="家人1（电话）：")
    page.reload()
    assert page.get_by_label("新加的一行：").input_value() == ""
    assert page.get_by_label("邻居（电话）：").input_value() == "0777-1234567"


def add_line(path: Path, before: str) -> None:
    html = path.read_text("utf-8")
    item = next(item for item in re.findall(r"<li><label class=\"blank\">.*?</li>", html) if before in item)
    path.write_text(html.replace(item, item.replace(before, "新加的一行：") + item), "utf-8")


def test_a_browser_that_may_not_store_says_so(context, site_url):
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })")
    page = context.new_page()
    page.goto(site_url + PLAN)
    first_text(page).fill("张三")
    keep(page)
    assert page.locator(".sheet output").inner_text() == "这个浏览器不允许保存，请打印"


@pytest.mark.parametrize("saved", ["不是JSON", "null", "[]", '"x"', "7"])
def test_a_damaged_record_does_no_harm(page, site_url, saved):
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(site_url + PLAN)
    page.evaluate("saved => localStorage.setItem('yingji.sheet.family-plan', saved)", saved)
    page.reload()
    first_text(page).fill("张三")
    assert faults == [] and not any(page.evaluate(VALUES)[1:])


def test_saved_markup_is_text(page, site_url):
    markup = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    alerts = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.goto(site_url + KIT)
    expiry = page.locator("input[name$='.到期']").first
    expiry.fill(markup)
    keep(page)
    page.reload()
    assert expiry.input_value() == markup
    assert markup in page.locator("[data-expiry]").inner_text()
    assert page.locator("article :is(script, img)").count() == 0
    assert alerts == []


# --- expiry ------------------------------------------------------------------------------------


def test_dates_of_expiry_are_gathered_to_copy(page, site_url):
    page.goto(site_url + KIT)
    dates = page.locator("input[name$='.到期']")
    gathered = page.locator("[data-expiry]")
    assert gathered.inner_text() == "还没有填。"
    dates.nth(0).fill("2027-05-01")
    dates.nth(1).fill("2027年8月")
    assert gathered.inner_text().splitlines() == ["应急物资到期的日期", "饮用水：2027-05-01", "方便食品：2027年8月"]
    keep(page)
    page.reload()
    assert "饮用水：2027-05-01" in gathered.inner_text()
    page.get_by_role("button", name="全部清除").click()
    assert gathered.inner_text() == "还没有填。"


# --- on paper and without JavaScript -------------------------------------------------------------


@pytest.mark.parametrize("uri", [KIT, PLAN])
def test_paper_shows_what_was_filled_in(page, site_url, uri):
    page.goto(site_url + uri)
    assert not characters(page.pdf()) & set(RARE)
    first_text(page).fill(RARE)
    page.locator(f":is({FIELDS})[type=text]").last.fill("很长的地址" * 7 + "嬲")
    printed = characters(page.pdf())
    assert set(RARE) | {"嬲"} <= printed
    page.emulate_media(media="print")
    assert not page.locator(".sheet").is_visible()


def test_on_paper_no_field_cuts_off_what_was_typed(page, site_url):
    page.set_viewport_size({"width": 680, "height": 1000})  # A4 less its margins
    page.goto(site_url + KIT)
    page.emulate_media(media="print")
    field = page.locator("input[name$='.数量']").first
    field.fill("两箱各24瓶，每瓶550毫升")
    assert field.evaluate("field => field.scrollWidth <= field.clientWidth + 1")


@pytest.fixture(scope="module")
def plain(browser, site_url):
    """A phone whose browser runs no script."""
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}) as context:
        yield context.new_page()


@pytest.mark.parametrize("uri", [KIT, PLAN])
def test_without_javascript_lists_and_blanks_are_there(plain, site_url, uri):
    plain.goto(site_url + uri)
    shown = "all => all.every(element => element.checkVisibility())"
    assert plain.locator("article .what").count() > 20
    assert plain.locator("article .what").evaluate_all(shown)
    assert plain.locator(FIELDS).evaluate_all(shown)
    assert not plain.locator(".sheet, .expiry").evaluate_all("all => all.some(element => element.checkVisibility())")


# --- every sheet of the site ---------------------------------------------------------------------


def test_no_field_asks_for_an_identity_number(site_dir):
    label = re.compile(r"<label[^>]*>((?:(?!</label>).)*?type=\"(?:text|number|tel)\".*?)</label>", re.DOTALL)
    pages = {path: path.read_text("utf-8") for path in site_dir.rglob("*.html")}
    assert_none(f"{path.relative_to(site_dir)}: {text[:60]}" for path, html in pages.items()
                for text in label.findall(html) if re.search("身份证号|证件号|银行卡号|密码|验证码", text))


def test_every_sheet_can_be_kept_and_cleared(dataset, site_dir):
    """A page with fields says where they are kept; a page without has no buttons for it."""
    for article in dataset.articles.values():
        html = (site_dir / article.folder / f"{article.id}.html").read_text("utf-8")
        has_fields = any(part.kind in ("清单", "填写") for part in article.parts)
        assert ("data-worksheet" in html) == ('class="marks"' in html or 'class="blank"' in html) == has_fields, article.id
