"""The offline copy: exported, unpacked as people do, opened by double click, without a network."""

import re
import zipfile
from pathlib import Path

import pytest
from fault_list import assert_none
from running import must, yingji
from test_search import ask

PLACE = "应急 学堂(U盘)/第1份"  # people unpack into such folders


@pytest.fixture(scope="module")
def archive(site_dir, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    must(yingji("export", "zip", "--site", site_dir, "--out", out))
    return out / "yingji-xuetang.zip"


@pytest.fixture(scope="module")
def start(archive, tmp_path_factory) -> str:
    """The address of the unpacked copy."""
    folder = tmp_path_factory.mktemp("stick") / PLACE
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(folder)
    return f"{(folder / 'yingji-xuetang').as_uri()}/"


@pytest.fixture
def page(browser, start):
    """The copy's first page; the test fails if any page looked at has reported an error."""
    with browser.new_context(offline=True, viewport={"width": 1280, "height": 900}) as context:
        page, faults = context.new_page(), []
        page.on("console", lambda message: message.type in ("error", "warning") and faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: request.url.startswith(start) or faults.append(request.url))
        page.goto(f"{start}index.html")
        yield page
        assert_none(faults)


def test_every_section_is_one_click_away(page, start):
    tabs = page.locator(".md-tabs__link")
    names = tabs.all_inner_texts()
    assert len(names) >= 5
    for name in names:
        page.goto(f"{start}index.html")
        tabs.filter(has_text=name.strip()).first.click()
        page.wait_for_load_state()
        assert page.locator("article h1").inner_text().strip(), name
        assert page.locator(".md-tabs__item--active").inner_text().strip() == name.strip()


def test_search_answers_how_people_ask(page):
    first_three = ask(page, "钦州要建几个消防站")[:3]
    assert any("/plans/qinzhou-2016/" in answer for answer in first_three), first_three
    page.locator(".md-search-result__item a[href*='/plans/qinzhou-2016/']").first.click()
    page.wait_for_url(re.compile(r"/plans/qinzhou-2016/"))
    assert page.locator("article").get_by_text("消防站").first.is_visible()


def test_targets_can_be_filtered(page, start, dataset):
    page.goto(f"{start}targets/index.html")
    qinzhou = [target for plan in dataset.plans_of("450700") for target in plan.targets]
    page.locator("select[data-column=region]").select_option("450700")
    assert page.locator("article tbody tr:visible").count() == len(qinzhou)
    assert str(len(qinzhou)) in page.locator(".filters output").inner_text()


def test_the_chosen_region_is_remembered(page, start):
    place = page.locator("[data-choose-region] [data-region=qinzhou]")
    assert place.get_attribute("aria-current") is None
    place.click()
    page.wait_for_url(re.compile(r"/regions/qinzhou/index\.html"))
    page.goto(f"{start}index.html")
    page.reload()
    assert place.get_attribute("aria-current") == "true"
    assert page.locator("[data-choose-region] [aria-current]").count() == 1


def test_two_exports_are_the_same_to_the_byte(archive, site_dir, tmp_path):
    must(yingji("export", "zip", "--site", site_dir, "--out", tmp_path))
    assert (tmp_path / archive.name).read_bytes() == archive.read_bytes()


def test_the_copy_holds_every_file_of_the_site(archive, site_dir):
    with zipfile.ZipFile(archive) as zipped:
        packed = {name.removeprefix("yingji-xuetang/"): zipped.read(name) for name in zipped.namelist()}
    built = {path.relative_to(site_dir).as_posix(): path.read_bytes() for path in site_dir.rglob("*") if path.is_file()}
    assert packed == built


def refusal(site: Path, out: Path) -> str:
    """What is said when `site` can't be exported; nothing may be left in `out`."""
    done = yingji("export", "zip", "--site", site, "--out", out)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not out.exists() or not any(out.iterdir())
    return done.stderr


@pytest.mark.parametrize("exists", [True, False], ids=["empty folder", "no folder"])
def test_a_site_that_is_not_built_is_refused(tmp_path, exists):
    site = tmp_path / "site"
    if exists:
        site.mkdir()
    said = refusal(site, tmp_path / "dist")
    assert said.count("请先运行 yingji build") == 1


def test_a_name_that_windows_would_garble_is_refused(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    for name in ("index.html", "说明.txt"):
        (site / name).write_text("", encoding="utf-8")
    assert "说明.txt" in refusal(site, tmp_path / "dist")
