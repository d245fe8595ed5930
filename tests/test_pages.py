"""What pages say: golden files from a small fixed data set, and data that tries to be markup.

Golden files are tests/golden/pages/; how to update them: golden_files.py.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from golden_files import assert_golden
from hostile_text import PATH, WAYS, Field, Values, text_fields
from html_pages import Page, read_site
from icalendar import Calendar
from running import must, yingji

from macros.loading.dataset import FOLDERS, SINGLE_FILES
from macros.loading.yaml_file import read_tree
from macros.pages import all_pages

SMALL_DATA = Path(__file__).resolve().parent / "small_data"


def test_pages_are_as_last_seen(small_dataset):
    assert_golden({page.uri: page.markdown for page in all_pages(small_dataset)}, "pages")


def test_every_page_has_its_own_address_and_names_its_data(small_dataset, project):
    pages = list(all_pages(small_dataset))
    assert len({page.uri for page in pages}) == len(pages)
    assert {page.uri for page in pages if not re.fullmatch(r"[a-z0-9/-]+\.md", page.uri)} == set()
    sources = {page.source for page in pages if page.source.startswith("data")}
    assert {source for source in sources if not (SMALL_DATA / Path(source).relative_to("data")).exists()} == set()


# --- text is text -------------------------------------------------------------------------
#
# How text is filled with markup: hostile_text.py.

#: Text that no page shows, and what it is for instead.
NOT_ON_PAGES = {
    "Topic.name": "search",
    "SynonymList.fillers": "search",
    "SynonymList.groups": "search",
    "Hazard.aliases": "search",
    "Article.aliases": "search",
    "Guide.aliases": "search",
    "Review.role": "reviewers",
    "Review.looked_at": "reviewers",
    "LeftOut.printed": "yingji verify",
    "Citation.damaged": "nowhere yet: only a plan's own citations show damage",
}


def write_filled_data(target: Path, way: str) -> Field:
    """The small data with every text field filled, below `target`."""
    field = Field(way)
    for file, model in data_files():
        schema = model.model_json_schema()
        filled = field.filled(read_tree(SMALL_DATA / file, file).value, schema, schema.get("$defs", {}))
        path = target / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(filled, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return field


def data_files() -> Iterator[tuple[str, type]]:
    yield from ((f"{stem}.yml", model) for stem, model in SINGLE_FILES.items())
    for folder, model in FOLDERS.items():
        for path in sorted((SMALL_DATA / folder).glob("*.yml")):
            yield f"{folder}/{path.name}", model


@pytest.fixture(scope="module")
def plain_site(project_copy) -> Path:
    """The small data as it is."""
    root = project_copy("plain", data=SMALL_DATA)
    must(yingji("build", cwd=root))
    return root / "site"


@pytest.fixture(scope="module", params=WAYS)
def filled_site(request, project_copy, tmp_path_factory) -> tuple[Path, Values]:
    data = tmp_path_factory.mktemp(request.param) / "data"
    field = write_filled_data(data, request.param)
    root = project_copy(request.param, data=data)
    must(yingji("build", cwd=root))
    return root / "site", field.values


@pytest.fixture(scope="module")
def filled(filled_site) -> tuple[dict[str, Page], Values]:
    site, values = filled_site
    return read_site(site), values


def test_every_text_field_of_every_model_is_filled(filled_site):
    fields = {name for _, model in data_files()
              for schema in [model.model_json_schema()] for name in text_fields(schema, schema.get("$defs", {}))}
    assert fields - set(filled_site[1]) == set(), "tests/small_data 里还没有这些字段"


def test_every_field_shows_as_written(filled):
    pages, values = filled
    shown = "\n".join(text for page in pages.values() for text in (page.text, *page.spoken))
    unseen = {name for name, texts in values.items() if not any(text in shown for text in texts)}
    assert unseen == set(NOT_ON_PAGES)


def test_values_make_no_elements(filled, plain_site):
    """As many elements of each kind as with harmless data, page by page; order may follow the text."""
    harmless = read_site(plain_site)
    pages, _ = filled
    assert pages.keys() == harmless.keys()
    assert [name for name in pages if Counter(pages[name].elements) != Counter(harmless[name].elements)] == []


def test_values_run_nowhere(filled):
    pages, _ = filled
    assert [name for name, page in pages.items() for text in page.scripts if "alert(1)" in text] == []
    shown = "\n".join(text for page in pages.values() for text in (page.text, *page.spoken))
    assert re.findall(r".{,20}(?<![\d.])42(?![\d.]).{,20}", shown) == []


def test_titles_descriptions_and_navigation_show_values_as_written(filled):
    """Nothing is escaped twice either: no reader should see `&#60;`."""
    pages, _ = filled
    texts = [text for page in pages.values() for text in (page.text, *page.spoken)]
    assert [text[:200] for text in texts if re.search(r"&(#\d+|amp|quot|gt);", text)] == []


def test_search_index_holds_text(filled_site, filled):
    site, values = filled_site
    script = (site / "search" / "search_index.js").read_text(encoding="utf-8")
    index = json.loads(script.partition("=")[2].rstrip(";\n"))
    found = " ".join(strings(index["pages"]))
    assert [text for text in values["Hazard.name"] | values["Task.summary"] | values["Plan.title"] if text not in found] == []
    assert values["SynonymList.fillers"] == set(index["fillers"])


def test_json_holds_values_as_written(filled_site):
    site, values = filled_site
    known = set().union(*values.values(), {PATH})
    marked = [text for path in (site / "api").rglob("*.json") if "schema" not in path.parts
              for text in strings(json.loads(path.read_text(encoding="utf-8"))) if re.search(r"[<{*&]", text)]
    assert [text for text in marked if text not in known] == []
    published = {name for name, use in NOT_ON_PAGES.items() if use == "API"}
    assert {name for name in published if not values[name] & set(marked)} == set()


def test_calendars_hold_values_as_written(filled_site):
    site, values = filled_site
    for path in site.glob("calendar/*.ics"):
        for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
            assert str(event["summary"]) in values["CampaignDay.name"]
            assert str(event["description"]).startswith(tuple(values["CampaignDay.summary"]))


def test_search_results_show_values_as_written(filled_site, serve, browser):
    """The result list is written by a script at reading time, out of the index's plain text."""
    site, values = filled_site
    page = browser.new_page()
    alerts = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.goto(f"{serve(site)}index.html")
    page.locator("[data-md-component=search-query]").fill("alert bold")
    results = page.locator(".md-search-result__list")
    results.locator("li").first.wait_for()
    written = {text for texts in values.values() for text in texts}
    assert any(title in written for title in results.locator("h1, h2").all_inner_texts())
    assert results.locator("script, strong, a[href=y]").count() == 0
    assert alerts == []
    page.close()


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)
