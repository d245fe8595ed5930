"""Bad lists in, honest data out: no row lost, nothing private let in, ids that stay."""

import csv
import json
import shutil
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from messy_shelters import FAULTS, GOOD, HEADER, SECRETS, row_of, write_messy
from openpyxl import Workbook, load_workbook
from running import yingji

from macros.datums import from_wgs84
from macros.errors import DataFaults
from macros.importing.command import import_list, save
from macros.importing.reports import find
from macros.loading.csv_file import cell_text, read_table
from macros.models import Shelter

SMALL_DATA = Path(__file__).resolve().parent / "small_data"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The small data as a project's `data`, with one region to import into."""
    return Path(shutil.copytree(SMALL_DATA, tmp_path / "project" / "data"))


@pytest.fixture
def region(data: Path) -> str:
    return sorted((data / "regions").glob("*.yml"))[0].stem


@pytest.fixture
def take(data, region, tmp_path):
    """Import a file and write what comes of it, as the command does."""

    def run(file: Path, **options):
        done = import_list(data, file, region, **options)
        return done, save(data, done, tmp_path / "reports")

    return run


@pytest.fixture
def messy(tmp_path) -> tuple[Path, int]:
    path = tmp_path / "messy.xlsx"
    return path, write_messy(path)


def listed(data: Path, region: str) -> list[Shelter]:
    table, problems = read_table(data / "shelters" / f"{region}.csv", "list", Shelter)
    assert problems == []
    return list(table.records)


def write_rows(path: Path, *rows: dict[str, object], header: list[str] = HEADER) -> Path:
    book = Workbook()
    book.active.append(header)
    for number, cells in enumerate(rows, start=1):
        book.active.append(row_of(number, str(number), cells))
    book.save(path)
    return path


# --- every row is accounted for -------------------------------------------------------------


def test_at_least_25_kinds_of_faults():
    assert len(FAULTS) >= 25


def test_every_row_is_imported_unchanged_or_rejected(take, messy, data, region):
    path, rows = messy
    done, _ = take(path)
    merged = done.merged
    assert len(listed(data, region)) == len(merged.taken) and merged.withdrawn == []
    assert done.rows == rows == len(merged.added) + len(merged.changed) + len(merged.same) + len(merged.rejected)
    places = [(d.sheet, d.row) for d, _ in merged.taken] + [(r.sheet, r.row) for r in merged.rejected]
    assert len(set(places)) == rows


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    root = tmp_path_factory.mktemp("messy")
    data = Path(shutil.copytree(SMALL_DATA, root / "project" / "data"))
    write_messy(root / "messy.xlsx")
    done = import_list(data, root / "messy.xlsx", sorted((data / "regions").glob("*.yml"))[0].stem)
    kinds = {}
    numbers = {str(number): kind for number, kind in enumerate(FAULTS, start=1)}
    for draft, shelter in done.merged.taken:
        if draft.sheet == "Sheet1":
            kinds[numbers[str(draft.cells[0]).removesuffix(".0")]] = shelter
    for row in done.merged.rejected:
        serial = str(row.cells[0]).removesuffix(".0")
        if row.sheet == "Sheet1" and serial in numbers:
            kinds[numbers[serial]] = row.reason
    return kinds


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_comes_out_as_it_should(outcomes, kind):
    _, what, expected = FAULTS[kind]
    outcome = outcomes[kind]
    if what == "rejected":
        assert expected in outcome
    else:
        got = {name: getattr(outcome, name) for name in expected}
        assert {name: None if value is None else value if isinstance(value, tuple) else str(value) for name, value in got.items()} == {
            name: None if value is None else value if isinstance(value, tuple) else str(value) for name, value in expected.items()
        }


def test_what_was_not_taken_is_in_the_quality_report(take, messy):
    done, _ = take(messy[0])
    said = "\n".join(map(str, find(done.merged)))
    for words in ("写反了", "不在中国范围内", "投影坐标", "范围之外", "坐标系", "个人姓名", "手机号码", "区间", "大于总面积", "1.5", "外星人", "超过 15 位", "合并单元格"):
        assert words in said, words


def test_second_sheet_with_two_header_rows_sections_and_merged_cells(take, messy, data, region):
    take(messy[0])
    found = {shelter.name: shelter for shelter in listed(data, region)}
    assert (found["乙一小学"].district, found["乙二小学"].street, found["丙一小学"].district) == ("乙区", "乙街道", "丙区")
    assert (found["乙一小学"].total_area, found["丙一小学"].capacity, found["乙一小学"].capacity) == (5000, 2000, None)
    assert str(found["乙一小学"].lon) == "108.7001"


# --- nothing private gets in ----------------------------------------------------------------


def test_no_secret_is_in_the_data(take, messy, data):
    take(messy[0])
    texts = {path: path.read_bytes().decode("utf-8") for path in (data / "shelters").rglob("*") if path.is_file()}
    assert [(path.name, secret) for path, text in texts.items() for secret in SECRETS if secret in text] == []


def test_reports_never_go_into_the_project(data, region, messy):
    done = yingji("shelters", "import", messy[0], "--region", region, "--data", data, "--out", data.parent / "out")
    assert done.returncode == 1 and "不能写在项目里" in done.stderr
    assert not (data / "shelters").exists()


def test_a_shelter_said_to_be_closed_to_the_public_is_withdrawn(take, data, region, tmp_path):
    take(write_rows(tmp_path / "a.xlsx", {"避难场所名称": "甲场所"}, {"避难场所名称": "乙场所"}))
    done, _ = take(write_rows(tmp_path / "a.xlsx", {"避难场所名称": "甲场所"}, {"避难场所名称": "乙场所", "是否公开": "否"}))
    assert [shelter.name for shelter in done.merged.withdrawn] == ["乙场所"]
    assert [shelter.name for shelter in listed(data, region)] == ["甲场所"]
    assert "乙场所" not in "".join(path.read_text("utf-8") for path in (data / "shelters").rglob("*.csv"))


def test_a_list_without_the_public_column_is_refused_once_there_was_one(take, tmp_path):
    take(write_rows(tmp_path / "a.xlsx", {}))
    bare = write_rows(tmp_path / "b.xlsx", {}, header=[label if label != "是否公开" else "别的" for label in HEADER])
    with pytest.raises(DataFaults, match="是否公开"):
        take(bare)


def test_a_free_text_column_comes_in_only_by_the_mapping_and_a_person_never(take, data, region, tmp_path):
    mapping = tmp_path / "m.csv"
    mapping.write_text("表头,字段\n备注,进出说明\n", encoding="gb18030")
    take(write_rows(tmp_path / "a.xlsx", {"备注": "东门进"}), mapping=mapping)
    assert listed(data, region)[0].access == "东门进"
    mapping.write_text("表头,字段\n联系人,管理单位\n", encoding="utf-8")
    with pytest.raises(DataFaults, match="个人信息"):
        take(write_rows(tmp_path / "a.xlsx", {}), mapping=mapping)


# --- the same shelter as last time ----------------------------------------------------------


def test_importing_again_changes_nothing(take, messy, data):
    take(messy[0])
    before = {path: path.read_bytes() for path in (data / "shelters").rglob("*") if path.is_file()}
    done, _ = take(messy[0])
    assert (len(done.merged.added), len(done.merged.changed)) == (0, 0)
    assert {path: path.read_bytes() for path in (data / "shelters").rglob("*") if path.is_file()} == before


def test_rows_in_another_order_keep_every_id(take, data, region, tmp_path):
    rows = [{"避难场所名称": f"场所{n}", "详细地址": f"路{n}号"} for n in range(20)]
    take(write_rows(tmp_path / "a.xlsx", *rows))
    before = {shelter.name: shelter.id for shelter in listed(data, region)}
    take(write_rows(tmp_path / "a.xlsx", *rows[::-1]))
    assert {shelter.name: shelter.id for shelter in listed(data, region)} == before


def test_a_corrected_address_or_name_is_a_change_not_another_shelter(take, data, region, tmp_path):
    take(write_rows(tmp_path / "a.xlsx", {"避难场所名称": "老名字", "详细地址": "路1号"}, {"避难场所名称": "别处", "详细地址": "路2号"}))
    done, _ = take(write_rows(tmp_path / "a.xlsx", {"避难场所名称": "新名字", "详细地址": "路1号"}, {"避难场所名称": "别处", "详细地址": "路3号"}))
    assert (len(done.merged.added), len(done.merged.changed)) == (0, 2)
    assert [shelter.id[-1] for shelter in listed(data, region)] == ["1", "2"]


def test_what_is_gone_stays_until_told_and_its_id_is_not_issued_again(take, data, region, tmp_path):
    take(write_rows(tmp_path / "a.xlsx", {"避难场所名称": "甲场所"}, {"避难场所名称": "乙场所"}))
    one = write_rows(tmp_path / "b.xlsx", {"避难场所名称": "甲场所"})
    done, _ = take(one)
    assert [shelter.name for shelter in done.merged.gone] == ["乙场所"] and len(listed(data, region)) == 2
    take(one, remove_gone=True)
    assert [shelter.name for shelter in listed(data, region)] == ["甲场所"]
    take(write_rows(tmp_path / "c.xlsx", {"避难场所名称": "丙场所", "详细地址": "丙路"}))
    assert sorted(shelter.id[-1] for shelter in listed(data, region)) == ["1", "3"]


def test_import_export_import_gives_the_same_records(take, messy, data, region, tmp_path):
    from macros.checks import checked
    from macros.feeds.shelters import shelter_tables

    take(messy[0])
    before = listed(data, region)
    tables = dict(shelter_tables(checked(data)))
    shutil.rmtree(data / "shelters")
    for ending in ("xlsx", "csv"):
        content = tables[f"api/v1/shelters/{region}.{ending}"]
        path = tmp_path / f"again.{ending}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        done, _ = take(path)
        assert done.merged.rejected == []
        assert sorted(listed(data, region), key=lambda s: s.id) == sorted(before, key=lambda s: s.id), ending
        shutil.rmtree(data / "shelters")


def test_the_rejects_can_be_corrected_and_imported(take, data, region, tmp_path):
    _, written = take(write_rows(tmp_path / "a.xlsx", {"避难场所名称": ""}, {}))
    rejects = next(path for path in written if path.name == "a-rejects.xlsx")
    book = load_workbook(rejects)
    sheet = book.active
    labels = [cell.value for cell in sheet[1]]
    sheet.cell(2, labels.index("避难场所名称") + 1).value = "补上的名称"
    book.save(tmp_path / "corrected.xlsx")
    done, _ = take(tmp_path / "corrected.xlsx")
    assert [shelter.name for _, shelter in done.merged.added] == ["补上的名称"]
    assert len(listed(data, region)) == 2


def test_the_quality_report_can_be_imported_as_it_is(take, messy, data, region, tmp_path):
    _, written = take(messy[0])
    before = listed(data, region)
    quality = next(path for path in written if path.name == "messy-quality.xlsx")
    done, _ = take(Path(shutil.copy(quality, tmp_path / "quality.xlsx")))
    assert (done.merged.added, done.merged.changed, done.merged.rejected) == ([], [], [])
    assert listed(data, region) == before


# --- other kinds of files -------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_text_in_any_encoding(take, data, region, tmp_path, encoding, delimiter):
    path = tmp_path / "list.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["名称", "地址", "容量"], ["测试广场", "测试路1号", "约1000人"]])
    take(path)
    assert [(s.name, s.address, s.capacity) for s in listed(data, region)] == [("测试广场", "测试路1号", 1000)]


def test_geojson(take, data, region, tmp_path):
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [108.62, 21.95]}, "properties": {"名称": "测试广场", "地址": "测试路"}}
    path = tmp_path / "list.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    take(path)
    assert [(cell_text(s.lon), cell_text(s.lat), s.crs) for s in listed(data, region)] == [("108.62", "21.95", "WGS-84")]


# --- formulas -------------------------------------------------------------------------------


def test_a_formula_that_nobody_worked_out_is_reported_and_no_row_of_them_is_lost(take, data, region, tmp_path):
    take(write_rows(tmp_path / "a.xlsx", {"避难场所名称": "甲场所", "疏散人数(人)": 700}))
    path = write_rows(
        tmp_path / "b.xlsx",
        {"避难场所名称": "甲场所", "疏散人数(人)": "=300+500", "经纬度": '="108.6"&",21.9"'},
        {"避难场所名称": '="乙"&"场所"', "详细地址": "乙路"},
        {"避难场所名称": "丙场所", "详细地址": "丙路", "是否公开": '=IF(1,"否","是")'},
        dict.fromkeys(HEADER, "=1+1"),
    )
    done, _ = take(path)
    assert done.rows == 4
    assert [(row.row, row.reason.partition(",")[0]) for row in done.merged.rejected] == [
        (3, "名称是公式"), (4, "是否公开是公式"), (5, "是否公开是公式"),
    ]  # fmt: skip
    assert [str(finding).partition(",")[0] for finding in find(done.merged) if "公式" in finding.why] == ["没有录入或已改正:可容纳人数(人)是公式", "没有录入或已改正:经度是公式"]
    assert [(shelter.name, shelter.capacity, str(shelter.lat)) for shelter in listed(data, region)] == [("甲场所", 700, "21.9501")]


def test_a_formula_with_its_result_is_its_result(take, data, region, tmp_path):
    written, path = tmp_path / "written.xlsx", tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet("名录 & 表")
        sheet.write_row(0, 0, ["名称", "地址", "容量", "街道"])
        sheet.write_row(1, 0, ["测试广场", "测试路1号"])
        sheet.write_formula(1, 2, "=1000+500", value=1500)
        sheet.write_formula(1, 3, '=IF(1,"","x")', value="EMPTY")
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w") as target:  # as Excel stores an empty text
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"EMPTY", b""))
    done, _ = take(path)
    assert [(shelter.name, shelter.capacity, shelter.street) for shelter in listed(data, region)] == [("测试广场", 1500, None)]
    assert not any("公式" in finding.why for finding in find(done.merged))


# --- coordinate systems ---------------------------------------------------------------------


@pytest.mark.parametrize("crs", ["GCJ-02", "BD-09"])
@pytest.mark.parametrize("claimed", ["", "WGS-84"])
def test_two_lists_that_differ_by_just_a_systems_offset_are_reported_and_nothing_is_guessed(take, data, region, tmp_path, crs, claimed):
    take(write_rows(tmp_path / "a.xlsx", {"经纬度": "108.6201,21.9501", "坐标系": "WGS-84"}))
    lon, lat = from_wgs84(108.6201, 21.9501, crs)
    done, _ = take(write_rows(tmp_path / "b.xlsx", {"经纬度": f"{lon},{lat}", "坐标系": claimed}))
    assert [finding.field for finding in find(done.merged) if f"可能是 {crs}" in finding.why] == ["crs"]
    shelter = listed(data, region)[0]
    assert (shelter.crs, str(shelter.lon)) == (claimed or None, str(lon))


def test_a_place_that_moved_is_no_sign_of_another_system(take, tmp_path):
    take(write_rows(tmp_path / "a.xlsx", {"经纬度": "108.6201,21.9501", "坐标系": "WGS-84"}))
    done, _ = take(write_rows(tmp_path / "b.xlsx", {"经纬度": "108.6251,21.9501", "坐标系": "WGS-84"}))
    assert not any("可能是" in finding.why for finding in find(done.merged))


def test_a_list_that_names_no_system_says_that_its_places_are_not_used(take, tmp_path):
    done, _ = take(write_rows(tmp_path / "a.xlsx", {"坐标系": ""}))
    assert any("没有写坐标系" in finding.why and "不上地图、不算距离" in finding.why for finding in find(done.merged))


# --- files that must not be opened ----------------------------------------------------------


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(120):
                part.write(b"0" * 1_000_000)


def word_table(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")


BAD_FILES = {
    "zip bomb": (zip_bomb, "解压后大得不正常"),
    "password": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")), "密码"),
    "xls": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 512), "另存为"),
    "word": (word_table, "Word"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0"), "不是表格文件"),
    "half a zip": (lambda path: path.write_bytes(b"PK\x03\x04half"), "不是 xlsx"),
    "empty": (lambda path: path.write_bytes(b""), "没有找到表头"),
    "a thousand columns": (lambda path: path.write_text(",".join(["名称"] * 1000) + "\n", encoding="utf-8"), "1000 列"),
    "no header": (lambda path: path.write_text("甲,乙\n1,2\n", encoding="utf-8"), "没有找到表头"),
    "broken json": (lambda path: path.write_text("{\"features\": 3}", encoding="utf-8"), "GeoJSON"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_FILES)
def test_one_clear_message_and_nothing_changed(data, region, tmp_path, kind):
    make, words = BAD_FILES[kind]
    path = tmp_path / "list.xlsx"
    make(path)
    before = sorted(tmp_path.rglob("*"))
    done = yingji("shelters", "import", path, "--region", region, "--data", data)
    assert done.returncode == 1
    assert words in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert sorted(tmp_path.rglob("*")) == before


def test_a_dry_run_lists_changes_and_writes_nothing(data, region, tmp_path, take):
    take(write_rows(tmp_path / "a.xlsx", {"避难场所名称": "甲场所"}, {"避难场所名称": "乙场所"}))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".xlsx"}
    path = write_rows(tmp_path / "a.xlsx", {"避难场所名称": "甲场所", "疏散人数(人)": 2000}, {"避难场所名称": "丙场所", "详细地址": "丙路"})
    done = yingji("shelters", "import", path, "--region", region, "--data", data, "--dry-run")
    assert done.returncode == 0, done.stderr
    for words in ("可容纳人数(人):1000 → 2000", "新增", "丙场所", "不在表里", "乙场所"):
        assert words in done.stdout
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".xlsx"} == before


# --- inert ----------------------------------------------------------------------------------


def test_formulas_are_text_in_every_workbook_and_csv(take, tmp_path, data, region):
    from macros.workbooks import csv_text, xlsx

    rows = [["名称"], ['=HYPERLINK("http://x","y")'], ["+1+1"], ["@SUM(A1)"], ["-2+3"], ["\t=1"], ["<img src=x onerror=alert(1)>"]]
    path = tmp_path / "out.xlsx"
    path.write_bytes(xlsx({"表": rows}))
    cells = [row[0] for row in load_workbook(path).active.iter_rows()]
    assert [cell.value for cell in cells] == [row[0] for row in rows] and {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    opened = list(csv.reader(csv_text(rows).lstrip("\ufeff").splitlines()))
    assert [row[0] for row in opened[1:5]] == ["'=HYPERLINK(\"http://x\",\"y\")", "'+1+1", "'@SUM(A1)", "'-2+3"]
    _, written = take(write_rows(tmp_path / "a.xlsx", {"避难场所名称": "", "备注": "'=1+1"}))
    rejects = load_workbook(next(path for path in written if path.name.endswith("rejects.xlsx")))
    assert all(cell.data_type != "f" for row in rejects.active.iter_rows() for cell in row)


def test_good_rows_are_good():
    """The messy list is measured against rows that have nothing wrong with them."""
    assert set(GOOD) <= set(HEADER)
