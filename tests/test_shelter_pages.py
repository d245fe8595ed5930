"""The directory as readers get it: the empty state, lists without scripts, the nearest, and nothing that was withheld."""

import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from html_pages import Page
from messy_shelters import SECRETS, write_messy
from openpyxl import load_workbook
from running import must, yingji
from walking import walk_over

from macros.checks import checked
from macros.datums import from_wgs84, position, to_wgs84
from macros.directory import LISTED, OWN_PAGES, directories, initials
from macros.models import Shelter
from macros.pages import all_pages
from macros.pages.shelter_lists import shelter_files
from macros.pages.shelter_wording import map_links
from macros.pages.shelters import AreaPerPerson, area_per_person

SMALL_DATA = Path(__file__).resolve().parent / "small_data"
CAUTION = "指定场所不等于已开放，以当地通知为准"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def imported(project_copy, tmp_path_factory) -> tuple[Path, str]:
    """A project with the small data and the messy list imported into its first region."""
    root = project_copy("directory", data=SMALL_DATA)
    region = sorted((root / "data" / "regions").glob("*.yml"))[0].stem
    outside = tmp_path_factory.mktemp("lists")
    write_messy(outside / "messy.xlsx")
    must(yingji("shelters", "import", outside / "messy.xlsx", "--region", region, cwd=root))
    (outside / "long.csv").write_text("\n".join(long_list()), "utf-8")
    must(yingji("shelters", "import", outside / "long.csv", "--region", other_region(root), cwd=root))
    return root, region


def other_region(root: Path) -> str:
    return sorted((root / "data" / "regions").glob("*.yml"))[1].stem


def long_list() -> Iterator[str]:
    """More than get pages of their own, all in one district, with addresses as long as they come."""
    yield "名称,区县,街道,地址,可容纳人数,状态,经度,纬度,坐标系,来源,核实日期"
    for number in range(OWN_PAGES + 20):
        address = f"测试大道与某某路交叉口东北侧某某小区北门对面{number}号"
        yield f"第{number}号应急避难场所,长区,{number % 7}街道,{address},{1000 + number},建成,106.5{number:03},29.5{number:03},WGS-84,测试名录,2026-05-01"


@pytest.fixture(scope="module")
def built(imported) -> tuple[Path, str]:
    root, region = imported
    must(yingji("build", cwd=root))
    return root / "site", region


# --- what must not be there -----------------------------------------------------------------


def test_nothing_withheld_is_in_any_byte_of_the_site_or_its_zip(built):
    site, _ = built
    must(yingji("export", "zip", "--site", site, "--out", site.parent / "dist", cwd=site.parent))
    files = {path.name: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    with zipfile.ZipFile(next((site.parent / "dist").glob("*.zip"))) as archive:
        files |= {f"zip:{name}": archive.read(name) for name in archive.namelist()}
    workbooks = [path for path in site.rglob("*.xlsx")]
    for path in workbooks:  # a workbook is itself a zip
        with zipfile.ZipFile(path) as book:
            files |= {f"{path.name}:{part}": book.read(part) for part in book.namelist()}
    assert workbooks
    words = [form for secret in SECRETS for form in (secret, json.dumps(secret)[1:-1])]
    assert [(name, word) for name, content in files.items() for word in words if word.encode() in content] == []


def test_markup_in_a_name_is_text_everywhere(built):
    site, region = built
    for path in (site / "shelters" / region).rglob("*.html"):
        page = Page(path)
        assert ("img", "onerror", "src") not in page.elements, path
    sheet = load_workbook(site / "api" / "v1" / "shelters" / f"{region}.xlsx").active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


# --- the empty state ------------------------------------------------------------------------


def test_a_region_without_a_list_says_what_to_do(site_dir, dataset):
    for region in dataset.regions.values():
        text = Page(site_dir / "shelters" / region.slug / "index.html").text
        assert CAUTION in text
        for words in ("认标志", "名单由谁公布", region.authority, "我们社区的集合地点", "无法计算"):
            assert words in text, (region.slug, words)
        html = (site_dir / "shelters" / region.slug / "index.html").read_text("utf-8")
        assert "shelter-map" not in html


def test_the_plans_named_places_are_entries_with_everything_else_unknown(site_dir):
    records = json.loads((site_dir / "api" / "v1" / "shelters.json").read_text("utf-8"))["records"]
    named = {record["name"]: record for record in records if record["origin"] == "规划"}
    assert {name: record["status"] for name, record in named.items()} == {
        "梦园广场": "建成", "钦州湾广场": None, "中山公园": None, "永福广场": "规划", "市体育中心": "规划", "紫月湖公园": "规划",
    }  # fmt: skip
    assert len(named["钦州湾广场"]["cites"]) == len(named["中山公园"]["cites"]) == 2
    known = {"id", "name", "status", "region", "origin", "plan", "cites"}
    assert [name for name, record in named.items() for field in record.keys() - known if record[field] is not None] == []


# --- lists and cards ------------------------------------------------------------------------


def test_every_shelter_is_listed_without_a_script_and_has_its_own_address(built, imported):
    site, region = built
    dataset = checked(imported[0] / "data")
    directory = next(d for d in directories(dataset) if d.region.slug == region)
    assert directory.shelters
    listed = " ".join(Page(site / directory.uri(district).replace(".md", ".html")).text for district in directory.districts)
    for shelter, address in directory.addresses():
        assert shelter.name in listed
        card = Page(site / "shelters" / region / address).text
        assert shelter.name in card and CAUTION in card and "来源" in card and "发现错误" in card
    for path in (site / "shelters" / region).glob("*.html"):
        assert CAUTION in Page(path).text, path


def test_a_long_list_goes_to_plain_pages_and_loses_nobody(small_dataset, monkeypatch):
    code, region = next(iter(small_dataset.regions.items()))
    shelters = tuple(Shelter(id=f"x-{n}", name=f"第{n}号场所", district="甲区", street=f"{n % 3}街道") for n in range(max(LISTED, OWN_PAGES) * 2))
    monkeypatch.setitem(small_dataset.shelters, code, shelters)
    files = dict(shelter_files(small_dataset))
    lists = [text for uri, text in files.items() if re.search(r"jiaqu-\d+\.html$", uri)]
    assert {shelter.id for shelter in shelters} == {found for text in lists for found in re.findall(r'<li id="s-([^"]+)"', text)}
    assert not any("/s/" in page.uri for page in all_pages(small_dataset))
    directory = next(d for d in directories(small_dataset) if d.region is region)
    for shelter, address in directory.addresses():
        page, _, anchor = address.partition("#")
        assert f'id="{anchor}"' in files[f"shelters/{region.slug}/{page}"], shelter
    monkeypatch.undo()


def test_initials_hold_every_reading():
    assert {"zql3h", "cql3h"} <= set(initials("重庆路3号").split())


def test_datums_convert_there_and_back():
    for crs in ("GCJ-02", "BD-09"):
        there = from_wgs84(108.62, 21.95, crs)
        assert abs(there[0] - 108.62) > 0.002
        back = to_wgs84(*there, crs)
        assert abs(back[0] - 108.62) < 0.00002 and abs(back[1] - 21.95) < 0.00002
    assert to_wgs84(108.62, 21.95, "CGCS2000") == (108.62, 21.95)


# --- figures and data out -------------------------------------------------------------------


def test_area_per_resident_only_where_every_part_is_known(small_dataset, monkeypatch):
    code = next(region.code for region in small_dataset.regions.values() if any(d.kind == "常住人口" for d in region.denominators))

    def indicator(*shelters: Shelter) -> AreaPerPerson:
        monkeypatch.setitem(small_dataset.shelters, code, shelters)
        return area_per_person(small_dataset, next(d for d in directories(small_dataset) if d.region.code == code))

    known = Shelter(id="a", name="甲场所", effective_area="60000")
    assert (str(indicator(known, Shelter(id="b", name="乙场所", effective_area="120000")).value), indicator(known).why_not) == ("1.50", ())
    partly = indicator(known, Shelter(id="b", name="乙场所"))
    assert (partly.value, partly.why_not) == (None, ("1 处没有写有效面积",))
    assert indicator().why_not == ("没有避难场所名单",)


def test_a_place_without_its_system_is_on_no_map():
    place = Shelter(id="a", name="甲场所", lon="108.62", lat="21.95")
    assert position(place) is None and map_links(place) == []


def test_data_out_in_every_form(built):
    site, region = built
    folder = site / "api" / "v1"
    code = next(r["code"] for r in json.loads((folder / "regions.json").read_text("utf-8"))["records"] if r["slug"] == region)
    records = json.loads((folder / "shelters.json").read_text("utf-8"))["records"]
    own = {record["id"]: record for record in records if (record["origin"], record["region"]) == ("名单", code)}
    text = (folder / "shelters" / f"{region}.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf") and text.decode("utf-8-sig").count("\r\n") == len(own) + 1
    features = {feature["id"]: feature for feature in json.loads((folder / "shelters" / f"{region}.geojson").read_text("utf-8"))["features"]}
    assert features.keys() == own.keys() and own
    for key, feature in features.items():
        assert (feature["geometry"] or {"coordinates": None})["coordinates"] == own[key]["wgs84"]
        assert feature["properties"] == {name: own[key][name] for name in Shelter.model_fields}
    assert load_workbook(folder / "shelters" / f"{region}.xlsx").active.max_row == len(own) + 1
    codes = json.loads((folder / "shelter-codes.json").read_text("utf-8"))["records"]
    assert {code["field"] for code in codes} >= {"level", "space", "function", "duration", "status", "facilities", "crs"}


# --- every kind of page: axe, paper ---------------------------------------------------------


@pytest.fixture(scope="module")
def kinds_of_pages(built, imported) -> dict[str, str]:
    """One page of each kind that the directory has, by a name for it."""
    root, region = imported
    found = {directory.region.slug: directory for directory in directories(checked(root / "data"))}
    few, many = f"shelters/{region}", f"shelters/{other_region(root)}"
    cards = {bool(position(shelter)): address for shelter, address in found[region].addresses()}
    short, long = (found[Path(folder).name].districts[0].slug for folder in (few, many))
    return {
        "region with cards": f"{few}/index.html",
        "district": f"{few}/{short}.html",
        "card": f"{few}/{cards[True]}",
        "card without coordinates": f"{few}/{cards[False]}",
        "sheet": f"{few}/{short}-a4.html",
        "region with plain lists": f"{many}/index.html",
        "district with plain lists": f"{many}/{long}.html",
        "plain list": f"{many}/{long}-1.html",
        "last plain list": f"{many}/{long}-2.html",
        "full sheet": f"{many}/{long}-a4.html",
    }


def test_axe_finds_nothing_on_any_kind_of_page(browser, built, kinds_of_pages, axe):
    faults = walk_over(browser, list(kinds_of_pages.values()), f"{built[0].as_uri()}/", axe, viewport=PHONE).faults
    assert {kind: dict(found) for kind, found in faults.items() if found} == {}


@pytest.mark.parametrize("kind", ["card", "card without coordinates", "sheet", "full sheet"])
def test_it_prints_on_one_side_of_a4(browser, built, kinds_of_pages, kind):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((built[0] / kinds_of_pages[kind]).as_uri())
        printed = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        assert page.get_by_text("以当地通知为准").first.is_visible() and page.locator(".qr svg").is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_a_card_of_a_long_list_prints_alone_with_a_code(browser, built, imported, kinds_of_pages):
    site, root = built[0], imported[0]
    directory = next(d for d in directories(checked(root / "data")) if d.region.slug == other_region(root))
    assert not directory.has_own_pages
    shelter, address = list(directory.addresses())[40]
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{(site / directory.folder()).as_uri()}/{address}")
        assert page.locator(f"#s-{shelter.id}").is_visible() and not page.locator(".qr").is_visible()
        page.emulate_media(media="print")
        cards = page.locator("main li:visible")
        assert cards.count() == 1 and shelter.name in cards.inner_text() and shelter.address in cards.inner_text()
        assert page.locator(".qr svg").is_visible()
        assert page.locator(".qr p").inner_text().endswith(f"{directory.folder()}/{address.partition('#')[0]}")
        printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_map_programs_get_their_own_coordinates(built, kinds_of_pages):
    html = unescape((built[0] / kinds_of_pages["card"]).read_text("utf-8"))
    for address in ("geo:", "https://uri.amap.com/marker?position=", "https://api.map.baidu.com/marker?location=", "https://apis.map.qq.com/uri/v1/marker?"):
        assert address in html, address


def test_the_engine_is_not_made_to_write_out_the_data(small_dataset):
    """The macros plugin does so with every variable on every build; 100,000 shelters took it 15 seconds."""
    assert len(repr(small_dataset)) < 200


# --- with scripts ---------------------------------------------------------------------------


@pytest.fixture
def phone(browser):
    """A phone with a position, from a disk; `page.asked` holds every request to another place."""
    context = browser.new_context(viewport=PHONE, geolocation={"longitude": 108.6201, "latitude": 21.9501}, permissions=["geolocation"])
    page = context.new_page()
    page.faults, page.asked = [], []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: request.url.startswith("http") and page.asked.append(request.url))
    yield page
    assert (page.faults, page.asked) == ([], [])
    context.close()


def test_nearest_by_street_and_by_position(phone, built):
    site, region = built
    phone.goto((site / "shelters" / region / "index.html").as_uri())
    phone.select_option("[data-pick=district]", label="乙区")
    phone.locator("[data-pick=street]:not([disabled])").wait_for()
    phone.select_option("[data-pick=street]", label="乙街道")
    phone.get_by_text("在同一街道").first.wait_for()
    assert "乙一小学" in phone.locator(".nearest ol").inner_text()
    phone.locator("[data-here]").click()
    phone.get_by_text("直线").first.wait_for()
    lines = phone.locator(".nearest ol li").all_inner_texts()
    assert len(lines) == 5 and all(re.search(r"边，直线 .*步行约 \d+ 分钟", line) for line in lines)
    phone.locator("[data-map]").click()
    phone.locator(".shelter-map .leaflet-interactive").first.wait_for()
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]


def test_filters_by_pinyin_and_by_kind(phone, built):
    site, region = built
    phone.goto((site / "shelters" / region / "jiaqu.html").as_uri())
    rows = phone.locator("[data-shelter-list] li:not([hidden])")
    everything = rows.count()
    phone.locator("input[data-find]").fill("kgxx")
    assert rows.all_inner_texts()[0].startswith("空格小学") and rows.count() == 1
    phone.locator("input[data-find]").fill("")
    phone.select_option("[data-by=space]", "室内")
    assert rows.count() == 0
    phone.select_option("[data-by=space]", "室外")
    assert rows.count() == everything


def test_the_calculator(phone, site_dir, dataset):
    region = next(iter(dataset.regions.values()))
    phone.goto((site_dir / "shelters" / region.slug / "index.html").as_uri())
    phone.locator("[data-area]").fill("３，０００")
    phone.locator("[data-people]").fill("2500")
    assert "人均 1.20 平方米，不够" in phone.locator(".calculator output").inner_text()



SHELTER_QUERIES = [
    line.split("\t") for line in (Path(__file__).parent / "search_queries.tsv").read_text("utf-8").splitlines() if line.endswith("\tshelter")
]


def test_no_other_regions_shelter_stands_before_the_readers_own(phone, site_dir, dataset):
    phone.goto((site_dir / "index.html").as_uri())
    phone.locator("header [for=__search]").first.click()
    phone.locator("[data-md-component=search-query]").fill("避难场所")
    phone.locator(".md-search-result__item").first.wait_for()
    for region in dataset.regions.values():
        for question in ("避难场所", "避难所在哪", "最近的避难点", *(query[0] for query in SHELTER_QUERIES)):
            found = phone.evaluate("(asked) => yingjiAnswer(asked).items", {"query": question, "region": region.slug})
            addresses = [parts[-1]["location"] for parts in found]
            ours = [place for place, address in enumerate(addresses) if address.startswith(f"shelters/{region.slug}/")]
            others = [place for place, address in enumerate(addresses) if re.match(rf"shelters/(?!{region.slug}/)[^/]+/", address)]
            assert not others or (ours and min(ours) < min(others)), (region.slug, question, addresses[:5])
