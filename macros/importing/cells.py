"""One cell → one value, as officials write them: “1.2万㎡”, “约3000人”, “2025.6.1”, “√”.

Each reader returns the value and, where it could not be read, why. Nothing is guessed: a range or
two numbers in a cell give no value.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, get_args

from macros.importing.headers import datum_of
from macros.importing.sheets import Cell, as_written
from macros.models.shelters import PRIVATE_NUMBER, SHELTER_ID, Facility

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：？！（）"}
_CONTROLS = re.compile("[\u200b-\u200f\ufeff\x00-\x1f]+")
_BLANKS = re.compile("(?<=[\u3400-\u9fff])[ \u3000\xa0]+(?=[\u3400-\u9fff])|[ \u3000\xa0]{2,}")
_QUOTED_FORMULA = re.compile(r"'\s*[=+\-@]")
#: value, why it was not read, and whether it looks like another column's value.
Reading = tuple[Any, str, bool]
NOTHING = re.compile(r"[-—–/\\·.…?？]*|无数据|待核实|待定|未知|不详|暂无|null|none|nan|n/a", re.I)
_AREA_UNITS = {
    "": 1, "㎡": 1, "m2": 1, "m^2": 1, "m²": 1, "平方米": 1, "平米": 1, "平方": 1, "平": 1, "平方公里": 1_000_000, "平方千米": 1_000_000, "km2": 1_000_000,
    "公顷": 10_000, "hm2": 10_000, "ha": 10_000, "亩": Decimal("666.67"),
}  # fmt: skip
_PEOPLE_UNITS = {"": 1, "人": 1, "名": 1, "人次": 1}
_TIMES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}
_NUMBER = re.compile(r"(?:约|大约|近|不少于|可容纳|容纳)?(\d+(?:\.\d+)?)(百万|十万|万|千|百)?余?多?((?:k|h)?m\^?2|[^\d]*?)(?:左右|以上)?")
_PARTS = re.compile(r"[;；,，、/|\s]+")
_YES = {"是", "有", "√", "✓", "y", "yes", "true", "1", "已配备", "具备", "有无障碍设施"}
_NO = {"否", "无", "×", "x", "✗", "n", "no", "false", "0", "没有", "未配备", "不具备"}
_UNIT_WORDS = re.compile(r"局|委|办|处|中心|公司|集团|学校|小学|中学|大学|学院|医院|村|社区|街道|镇|乡|政府|站|馆|园|院|所|队|部|会|厅|场|厂|物业|幼儿园|银行|寺|教堂|组")

_CHOICES: dict[str, dict[str, str]] = {
    "level": {"省级": "省级 省 省(自治区)级 自治区级", "市级": "市级 市 地市级 设区的市级", "县级": "县级 县 区级 区 区县级 县(区)级 县(市、区)级",
              "乡镇（街道）级": "乡镇级 街道级 镇级 乡级 乡镇(街道)级 镇街级 街道(乡镇)级", "村（社区）级": "村级 社区级 村(社区)级 社区(村)级 村居级"},
    "space": {"室内": "室内 室内型 室内场所", "室外": "室外 室外型 露天 室外场所"},
    "function": {"综合": "综合 综合性 综合型", "单一": "单一 单一性 单一型", "特定": "特定 特定型 特定性"},
    "duration": {"紧急": "紧急 紧急避难 紧急型", "短期": "短期 短期避难 短期型", "长期": "长期 长期避难 长期型"},
    "status": {"规划": "规划 规划中 拟建 待建 计划", "在建": "在建 建设中 正在建设 施工中", "建成": "建成 已建成 已建 投入使用 已投用 投用 在用 正常",
               "启用": "启用 已启用", "停用": "停用 已停用 关闭 撤销 废弃", "维修": "维修 维修中 改造 改造中 维护中"},
}  # fmt: skip
_CHOICE_OF = {field: {word: value for value, words in choices.items() for word in words.split()} for field, choices in _CHOICES.items()}
_FACILITY_WORDS = {
    "供水": "供水 水 给水 应急供水 饮水 自来水", "供电": "供电 电 应急供电 发电机 电力", "照明": "照明 应急照明", "厕所": "厕所 应急厕所 卫生间 公厕 公共厕所",
    "医疗": "医疗 医疗救护 救护 医务室 医疗点", "物资": "物资 物资储备 应急物资 储备", "宿住": "宿住 宿住区 篷宿区 棚宿区 帐篷 住宿", "广播": "广播 应急广播",
    "通信": "通信 通讯", "消防": "消防 消防设施", "排污": "排污 排水 污水", "垃圾收集": "垃圾收集 垃圾 垃圾点", "通风": "通风", "停车": "停车 停车场",
    "淋浴": "淋浴 洗浴", "停机坪": "停机坪 直升机停机坪", "指挥": "指挥 指挥中心 应急指挥 指挥区", "母婴": "母婴 母婴室", "监控": "监控 视频监控",
}  # fmt: skip
_FACILITY_OF = {word: facility for facility, words in _FACILITY_WORDS.items() for word in words.split()}


def clean(cell: Cell) -> str:
    """Text without stray blanks; full-width letters and digits to half, Chinese punctuation kept."""
    return _cleaned(as_written(cell))


@lru_cache(maxsize=100_000)  # a list says the same street thousands of times, and each cell is looked at twice
def _cleaned(text: str) -> str:
    text = _CONTROLS.sub(" ", text.translate(_HALF_WIDTH)).strip(" \u3000\xa0")
    text = _BLANKS.sub("", text)
    return text[1:] if _QUOTED_FORMULA.match(text) else text


def is_nothing(cell: Cell) -> bool:
    return cell is None or cell == "" or _says_nothing(as_written(cell))


@lru_cache(maxsize=100_000)
def _says_nothing(text: str) -> bool:
    return NOTHING.fullmatch(_cleaned(text)) is not None


def read_text(cell: Cell, _: str) -> Reading:
    text = clean(cell)
    if PRIVATE_NUMBER.search(text):
        return None, "含手机号码或身份证号,没有录入", False
    if re.match(r"[=+@]|-\D", text):
        return None, "像公式,没有录入", False
    if len(text) > 200:
        return None, "超过 200 字,没有录入", False
    return text, "", bool(re.fullmatch(r"[\d.,\s]+", text))


def read_unit(cell: Cell, unit: str) -> Reading:
    """A manager is a body: a bare name would be a person's."""
    text, why, odd = read_text(cell, unit)
    if text and not _UNIT_WORDS.search(text):
        return None, "不像单位名称,可能是个人姓名,没有录入", odd
    return text, why, odd


def read_phone(cell: Cell, unit: str) -> Reading:
    text, why, _ = read_text(cell, unit)
    if text and not re.fullmatch(r"[\d\-()()、;,/ 转]{3,40}", unicodedata.normalize("NFKC", text)):
        return None, "不是电话号码", True
    return text, why, False


def _number(cell: Cell, unit: str, units: dict[str, Any]) -> Reading:
    if isinstance(cell, date | timedelta):
        return None, "应为数字,现为日期", True
    text = re.sub(r"(?<=\d)[,,](?=\d{3})|\s", "", unicodedata.normalize("NFKC", as_written(cell)).lower().replace("²", "2"))
    found = _NUMBER.fullmatch(text)
    if not found:
        is_range = re.search(r"\d[^\d.]*[-~—–至到][^\d]*\d", text)
        return None, "是一个区间,没有录入" if is_range else "读不出一个数", not re.search(r"\d", text) or len(re.findall(r"[\u4e00-\u9fff]", text)) > 4
    own_unit, header = found[3], re.fullmatch(r"(百万|十万|万|千|百)?(.*)", unit)
    scale = _TIMES[found[2] or ""] * units.get(own_unit, 0)
    if not own_unit and not found[2]:
        scale = _TIMES[header[1] or ""] * units.get(header[2], 1)
    if not scale:
        return None, f"单位“{own_unit}”读不懂", len(own_unit) > 2
    value = Decimal(found[1]) * scale
    return value.normalize() if value else Decimal(0), "", False


def read_area(cell: Cell, unit: str) -> Reading:
    value, why, odd = _number(cell, unit, _AREA_UNITS)
    if value is not None:
        value = Decimal(format(round(value, 2).normalize(), "f"))
    return value, why, odd


def read_people(cell: Cell, unit: str) -> Reading:
    value, why, odd = _number(cell, unit, _PEOPLE_UNITS)
    if value is not None and value != value.to_integral_value():
        return None, "人数应为整数", False
    return (int(value) if value is not None else None), why, odd


def read_metres(cell: Cell, unit: str) -> Reading:
    return _whole(*_number(cell, unit, {"": 1, "米": 1, "m": 1}))


def _whole(value: Decimal | None, why: str, odd: bool) -> Reading:
    return (int(value) if value is not None else None), why, odd


def read_yes_no(cell: Cell, _: str) -> Reading:
    text = clean(cell).lower()
    if text in _YES | _NO:
        return text in _YES, "", False
    return None, "应写“是”或“否”", bool(re.search(r"\d{3}", text))


def read_day(cell: Cell, _: str) -> Reading:
    if isinstance(cell, datetime | date):
        return (cell.date() if isinstance(cell, datetime) else cell), "", False
    text = clean(cell)
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and 36_000 < float(text) < 60_000:
        return date(1899, 12, 30) + timedelta(days=int(float(text))), "", False
    found = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?.*", text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    try:
        return date(*map(int, found.groups())), "", False
    except (AttributeError, ValueError):
        return None, "日期应写到日,如 2026-05-01", not re.search(r"\d", text)


def read_code(cell: Cell, _: str) -> Reading:
    text = clean(cell)
    if isinstance(cell, float) and abs(cell) >= 1e15 or re.fullmatch(r"[\d.]+e\+?\d+", text, re.I):
        return None, "编码超过 15 位,Excel 已经改掉末几位;请把这一列设为文本后重填", False
    if not SHELTER_ID.fullmatch(text) or len(text) > 40:
        return None, "编码只能用字母、数字和连字符", bool(re.search(r"[\u4e00-\u9fff]{3}", text))
    return text, "", False


def read_datum(cell: Cell, _: str) -> Reading:
    found = datum_of(clean(cell))
    return found, "" if found else "没有这种坐标系", False


def read_facilities(cell: Cell, _: str) -> Reading:
    parts = [part for part in _PARTS.split(clean(cell)) if part]
    known = [_FACILITY_OF.get(part, part) for part in parts]
    unknown = [part for part in known if part not in get_args(Facility)]
    kept = tuple(dict.fromkeys(part for part in known if part in get_args(Facility)))
    return kept or None, f"设施名录里没有:{'、'.join(unknown)}" if unknown else "", False


def read_names(cell: Cell, unit: str) -> Reading:
    text, why, odd = read_text(cell, unit)
    return (tuple(part for part in re.split(r"[;；、,，]", text) if part) or None if text else None), why, odd


def choice(field: str) -> Callable[[Cell, str], Reading]:
    """A reader of a closed list; 型, 类 and the like at the end do not matter."""

    def read(cell: Cell, _: str) -> Reading:
        text = unicodedata.normalize("NFKC", clean(cell))
        value = _CHOICE_OF[field].get(text) or _CHOICE_OF[field].get(re.sub(r"(避难场所|场所|避难)$", "", text))
        return value, "" if value else "不在可选的写法里", bool(re.search(r"\d{3}|[路号]", text))

    return read


def hazards(names: dict[str, str]) -> Callable[[Cell, str], Reading]:
    """A reader of hazards by the names and other names that `names` maps to ids."""

    def read(cell: Cell, _: str) -> Reading:
        parts = [part for part in _PARTS.split(clean(cell)) if part]
        ids = [names.get(part) or names.get(re.sub(r"灾害?$", "", part)) for part in parts]
        unknown = [part for part, known in zip(parts, ids, strict=True) if not known]
        kept = tuple(dict.fromkeys(hazard for hazard in ids if hazard))
        return kept or None, f"不认识的灾种:{'、'.join(unknown)}" if unknown else "", bool(re.search(r"\d{3}", clean(cell)))

    return read


READERS: dict[str, Callable[[Cell, str], Reading]] = {
    "id": read_code, "name": read_text, "aliases": read_names, "total_area": read_area, "effective_area": read_area, "capacity": read_people,
    "facilities": read_facilities, "barrier_free": read_yes_no, "district": read_text, "street": read_text, "community": read_text,
    "address": read_text, "crs": read_datum, "precision": read_metres, "manager": read_unit, "phone": read_phone, "access": read_text,
    "source": read_text, "verified_on": read_day, **{field: choice(field) for field in _CHOICES},
}  # fmt: skip
