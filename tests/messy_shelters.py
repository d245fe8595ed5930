"""A list of shelters as it may arrive: 30 kinds of faults, each on a row of its own, and what must become of it.

Every place, code and number here is invented.
"""

from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = [
    "序号", "避难场所名称", "所属区县", "详细地址", "占地面积(平方米)", "有效避难面积", "疏散人数(人)", "经纬度", "坐标系", "责任单位",
    "联系人", "联系电话", "值班电话", "室内外", "避难时长", "使用状态", "避难种类", "无障碍", "更新日期", "是否公开", "备注", "场所编码",
]  # fmt: skip
COLUMN = {label: index for index, label in enumerate(HEADER)}
#: Values that must be in no byte of the project's data, of the site or of an archive of it.
SECRETS = ["赵六六", "13812345678", "138 1234 5678", "450702199001011234", "备注里的秘密", "内部人防工程", "涉密场所甲", "隐藏表里的场所", "钱七七"]
GOOD = {
    "所属区县": "甲区", "详细地址": "测试路1号", "占地面积(平方米)": 6000, "有效避难面积": 3000, "疏散人数(人)": 1000, "经纬度": "108.6201,21.9501",
    "坐标系": "WGS-84", "责任单位": "测试街道办事处", "联系人": "赵六六", "联系电话": "13812345678", "值班电话": "0777-1234567", "室内外": "室外",
    "避难时长": "紧急", "使用状态": "已建成", "避难种类": "台风", "无障碍": "有", "更新日期": "2026-05-01", "是否公开": "是", "备注": "备注里的秘密",
}  # fmt: skip

#: What is wrong → the cells that differ from a good row, and what must come of it: the fields of the
#: shelter ("taken"), or a part of the reason ("rejected").
FAULTS: dict[str, tuple[dict[str, object], str, object]] = {
    "nothing wrong": ({}, "taken", {"capacity": 1000, "manager": "测试街道办事处", "phone": "0777-1234567"}),
    "unit and ten thousands in a cell": ({"占地面积(平方米)": "1.2万㎡"}, "taken", {"total_area": 12000}),
    "about": ({"疏散人数(人)": "约3000人"}, "taken", {"capacity": 3000}),
    "full-width digits": ({"疏散人数(人)": "１２００"}, "taken", {"capacity": 1200}),
    "thousands separator": ({"占地面积(平方米)": "12,500平方米"}, "taken", {"total_area": 12500}),
    "hectares": ({"占地面积(平方米)": "1.5公顷"}, "taken", {"total_area": 15000}),
    "a range": ({"疏散人数(人)": "500-800人"}, "taken", {"capacity": None}),
    "words for a number": ({"有效避难面积": "较大"}, "taken", {"effective_area": None}),
    "degrees minutes seconds": ({"经纬度": "108°37′12″，21°57′00″"}, "taken", {"lon": "108.620000", "lat": "21.950000"}),
    "latitude first": ({"经纬度": "21.9502,108.6202"}, "taken", {"lon": "108.6202", "lat": "21.9502"}),
    "latitude 91": ({"经纬度": "108.62,91"}, "taken", {"lon": None, "lat": None, "crs": None}),
    "coordinates in metres": ({"经纬度": "36512345.6,2423456.7"}, "taken", {"lon": None}),
    "far outside the region": ({"经纬度": "116.39,39.91"}, "taken", {"lon": None}),
    "another system": ({"坐标系": "百度"}, "taken", {"crs": "BD-09"}),
    "no system": ({"坐标系": ""}, "taken", {"crs": None, "lat": "21.9515"}),
    "a person as manager": ({"责任单位": "钱七七"}, "taken", {"manager": None}),
    "a mobile number as duty phone": ({"值班电话": "138 1234 5678"}, "taken", {"phone": None}),
    "an identity number in the address": ({"详细地址": "测试路 450702199001011234"}, "taken", {"address": None}),
    "a real date": ({"更新日期": datetime(2026, 5, 2)}, "taken", {"verified_on": "2026-05-02"}),
    "a day as Excel counts": ({"更新日期": 46144}, "taken", {"verified_on": "2026-05-02"}),
    "a date with dots": ({"更新日期": "2026.5.2"}, "taken", {"verified_on": "2026-05-02"}),
    "only a year": ({"更新日期": "2026年"}, "taken", {"verified_on": None}),
    "an unknown status": ({"使用状态": "良好"}, "taken", {"status": None}),
    "an unknown hazard": ({"避难种类": "台风、外星人"}, "taken", {"hazards": ("typhoon",)}),
    "blanks inside the name": ({"避难场所名称": "空 格 小 学"}, "taken", {"name": "空格小学"}),
    "markup in a name": ({"避难场所名称": "<img src=x onerror=alert(1)>小学"}, "taken", {"name": "<img src=x onerror=alert(1)>小学"}),
    "a formula as text": ({"详细地址": "'=HYPERLINK(\"http://x\",\"y\")"}, "taken", {"address": None}),
    "effective above total": ({"有效避难面积": 9000}, "taken", {"total_area": None, "effective_area": None}),
    "too little area a head": ({"疏散人数(人)": 2900}, "taken", {"capacity": 2900}),
    "an official code": ({"场所编码": "4507020001"}, "taken", {"id": "4507020001"}),
    "a code that Excel rounded": ({"场所编码": 4.50702000123456e17}, "taken", {"name": "场所a code that Excel rounded"}),
    "not for the public": ({"避难场所名称": "涉密场所甲", "是否公开": "否"}, "rejected", "不公开"),
    "internal": ({"避难场所名称": "内部人防工程", "是否公开": "内部"}, "rejected", "不公开"),
    "no name": ({"避难场所名称": ""}, "rejected", "没有名称"),
    "a number as name": ({"避难场所名称": 12345}, "rejected", "不像场所名称"),
    "shifted columns": (
        {"避难场所名称": "甲区", "所属区县": "测试路9号", "详细地址": 6000, "占地面积(平方米)": "108.6201,21.9501", "有效避难面积": "WGS-84", "疏散人数(人)": "测试街道办事处",
         "经纬度": "赵六六", "坐标系": "", "责任单位": "室外", "值班电话": "已建成", "室内外": "台风"}, "rejected", "疑似错列"),
    "the same once more": ({"避难场所名称": "场所nothing wrong", "详细地址": "测试路1-1号"}, "rejected", "重复"),
}  # fmt: skip
#: Rows that are no shelters at all.
OTHERS = {"合计": "合计行", "注:以上数据由各街道上报": "说明文字", "header": "重复的表头", "二、丙区(3处)": None}


def write_messy(path: Path, faults: dict = FAULTS, extra: bool = True) -> int:
    """Write the workbook and return how many rows below the headers are not blank."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(["某市应急避难场所一览表"])
    sheet.merge_cells("A1:V1")
    sheet.append(["填报单位:某局"])
    sheet.append([])
    sheet.append(HEADER)
    rows = 0
    for number, (kind, (cells, _, _)) in enumerate(faults.items(), start=1):
        sheet.append(row_of(number, kind, cells))
        rows += 1
        if number % 10 == 0:
            sheet.append([None, " "])  # a blank row inside is nobody's fault
    if extra:
        rows += _no_shelters(sheet) + _hidden(book) + _second_sheet(book) + _without_header(book)
    book.save(path)
    return rows


def row_of(number: int, kind: str, cells: dict[str, object]) -> list[object]:
    good = {"序号": number, "避难场所名称": f"场所{kind}", **GOOD, "详细地址": f"测试路1-{number}号"}
    good["经纬度"] = f"108.62{number:02},21.95{number:02}"
    merged = {**good, **cells}
    return [merged.get(label) for label in HEADER]


def _no_shelters(sheet: Worksheet) -> int:
    sheet.append(HEADER)
    sheet.append(["合计", None, None, None, 99999])
    sheet.append(["注:以上数据由各街道上报"])
    return 3


def _hidden(book: Workbook) -> int:
    sheet = book.create_sheet("旧表")
    sheet.sheet_state = "hidden"
    sheet.append(["名称", "地址"])
    sheet.append(["隐藏表里的场所", "某处"])
    return 2


def _second_sheet(book: Workbook) -> int:
    """Two header rows, a merged district, a merged number, a section row, numbers in ten thousands."""
    sheet = book.create_sheet("乙区")
    sheet.append(["场所名称", "街道", "面积(万平方米)", "容纳人数(万人)", "坐标", None])
    sheet.append([None, None, None, None, "经度", "纬度"])
    sheet.append(["乙一小学", "乙街道", 0.5, 0.1, 108.7001, 22.0001])
    sheet.append(["乙二小学", None, 0.6, None, 108.7002, 22.0002])
    sheet.append(["二、丙区(1处)"])
    sheet.append(["丙一小学", "丙街道", "0.7", "0.2", "108.7003", "22.0003"])
    sheet.merge_cells("E1:F1")
    sheet.merge_cells("B3:B4")
    sheet.merge_cells("D3:D4")
    return 4


def _without_header(book: Workbook) -> int:
    sheet = book.create_sheet("说明")
    sheet.append(["本表由各街道填写"])
    sheet.append(["如有疑问请联系赵六六"])
    return 2
