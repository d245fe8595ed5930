"""Which row is the header and which column is what: the words officials use, folded to our fields."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.importing.sheets import Cell, as_written
from macros.models.shelters import FIELD_NAMES

#: Field → what lists call it. Parentheses, blanks and units are taken off before comparing.
SYNONYMS = {
    "id": "编码 场所编码 避难场所编码 应急避难场所编码 统一编码 唯一编码 场所代码 id",
    "name": "名称 场所名称 避难场所名称 应急避难场所名称 避难场所 应急避难场所 避难场所全称 场所全称 场地名称 安置点名称 避灾点名称 单位名称 name",
    "aliases": "别名 曾用名 简称 aliases",
    "level": "级别 场所级别 避难场所级别 等级 层级 分级 level",
    "space": "空间类型 空间类别 室内外 室内室外 室内/室外 场所形式 space",
    "function": "总体功能 功能类型 功能 功能类别 综合性/单一性 function",
    "duration": "避难时长 时长 避难时长类型 开放时长 期限 duration",
    "hazards": "适用灾种 避难种类 适用灾害 适用灾害类型 灾种 灾害类型 可应对灾种 hazards",
    "not_for": "不可用于 不适用灾种 不适用灾害 禁用灾种 not_for",
    "status": "状态 场所状态 建设状态 使用状态 建设情况 运行状态 当前状态 status",
    "total_area": "总面积 占地面积 面积 场所面积 建设面积 用地面积 总占地面积 total_area",
    "effective_area": "有效面积 有效避难面积 避难面积 可用面积 有效使用面积 可利用面积 effective_area",
    "capacity": "可容纳人数 容纳人数 疏散人数 可疏散人数 避难人数 设计容量 容量 可安置人数 安置人数 容纳人口 最大容纳人数 设计容纳人数 capacity",
    "facilities": "设施 配套设施 应急设施 主要设施 设施设备 facilities",
    "barrier_free": "无障碍 无障碍设施 有无无障碍设施 是否无障碍 barrier_free",
    "district": "区县 县区 所属区县 所在区县 县市区 区(县) 行政区 所属区域 辖区 所在区 district",
    "street": "街道乡镇 街道 乡镇 镇街 乡镇街道 所属街道 所属乡镇 街道(乡镇) 乡镇(街道) 所在乡镇 所在街道 street",
    "community": "社区村 社区 村 村居 社区(村) 村(社区) 所属社区 村社区 行政村 community",
    "address": "地址 详细地址 场所地址 位置 具体位置 所在地址 地点 所在位置 详细位置 address",
    "lon": "经度 东经 中心点经度 lon longitude lng",
    "lat": "纬度 北纬 中心点纬度 lat latitude",
    "lonlat": "经纬度 坐标 地理坐标 中心坐标 中心点坐标 位置坐标",
    "crs": "坐标系 坐标系统 坐标系类型 坐标类型 crs",
    "precision": "坐标精度 precision",
    "manager": "管理单位 责任单位 管护单位 产权单位 主管单位 权属单位 运营单位 管理部门 责任部门 manager",
    "phone": "公开电话 值班电话 咨询电话 服务电话 公开联系电话 24小时值班电话 phone",
    "access": "进出说明 access",
    "source": "来源 数据来源 资料来源 source",
    "verified_on": "核实日期 更新日期 数据日期 核查日期 更新时间 填报日期 verified_on",
    "public": "是否公开 公开 公开属性 公开情况 是否对外公开 可否公开",
    "serial": "序号 编号 no 序",
    # Columns that our own reject and quality workbooks add.
    "report": "原因 问题 工作表 行号",
}  # fmt: skip
#: Columns about a person: no mapping can let them in.
PERSON = re.compile(r"联系人|负责人|责任人|管理员|联络员|场长|姓名|手机|移动电话|身份证|微信|qq|contact")
_FIELD_OF = {word: field for field, words in SYNONYMS.items() for word in words.split()}
_FIELD_OF |= {re.sub(r"\(.*\)", "", label): field for field, label in FIELD_NAMES.items()}
_DATUM = re.compile(r"(wgs-?84)|(cgcs-?2000|2000国家大地)|(gcj-?02|火星|高德|腾讯|国测局)|(bd-?09|百度)")
_DATUMS = ("WGS-84", "CGCS2000", "GCJ-02", "BD-09")
FARTHEST_HEADER = 40


@dataclass(frozen=True)
class Column:
    """A column as the list heads it. `field` is null where it is left out, `why` then says so."""

    label: str
    field: str | None
    unit: str = ""
    why: str = ""


@dataclass(frozen=True)
class Header:
    """Where the header stands (`first`, `last` count from 0), and the columns."""

    first: int
    last: int
    columns: dict[int, Column]
    datum: str | None = None

    @cached_property
    def labels(self) -> frozenset[str]:
        return frozenset(column.label for column in self.columns.values())

    def has(self, field: str) -> bool:
        return any(column.field == field for column in self.columns.values())


def fold(text: str) -> str:
    """Full width to half, small letters, no blanks, no marks around."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"^[\d.、*]+(?=\D)|[\s*:：＊_]+", "", plain) if plain not in ("not_for",) else plain


def find_header(rows: list[list[Cell]], chosen: Mapping[str, str | None]) -> Header | None:
    """The row that names most fields, with the one below it where the header is two rows high."""
    best: tuple[int, int] | None = None
    for index, row in enumerate(rows[:FARTHEST_HEADER]):
        fields = {field for cell in row if (field := field_of(as_written(cell), chosen))}
        if "name" in fields and len(fields) > 1 and (best is None or len(fields) > best[0]):
            best = (len(fields), index)
    if best is None:
        return None
    first = best[1]
    below = rows[first + 1] if first + 1 < len(rows) else []
    last = first + 1 if _continues(rows[first], below, chosen) else first
    labels = _labels(rows[first], below if last > first else [])
    return Header(first, last, columns_of(labels, chosen), datum_of(" ".join(labels)))


def _continues(row: list[Cell], below: list[Cell], chosen: Mapping[str, str | None]) -> bool:
    """A second header row names fields too, and under the name stands nothing new."""
    named = [field_of(as_written(cell), chosen) for cell in below]
    name_at = next((i for i, cell in enumerate(row) if field_of(as_written(cell), chosen) == "name"), 0)
    under_name = as_written(below[name_at]) if name_at < len(below) else ""
    return len(set(filter(None, named))) > 1 and under_name in ("", as_written(row[name_at]))


def _labels(row: list[Cell], below: list[Cell]) -> list[str]:
    """The lower of two header cells says more, unless it is empty."""
    width = max(len(row), len(below))
    upper = [as_written(row[i]) if i < len(row) else "" for i in range(width)]
    lower = [as_written(below[i]) if i < len(below) else "" for i in range(width)]
    return [low or up for up, low in zip(upper, lower, strict=True)]


def columns_of(labels: Iterable[str], chosen: Mapping[str, str | None]) -> dict[int, Column]:
    """Every headed column; of two that name the same field the first is taken."""
    columns: dict[int, Column] = {}
    taken: set[str] = set()
    for index, label in enumerate(labels):
        if not label.strip():
            continue
        field, why = _decide(label, chosen)
        if field in taken and field not in ("serial", "report"):
            field, why = None, "前面已有一列是同一项内容"
        taken.add(field or "")
        columns[index] = Column(label.strip(), field, unit_of(label), why)
    return columns


def _decide(label: str, chosen: Mapping[str, str | None]) -> tuple[str | None, str]:
    if PERSON.search(fold(label)):
        return None, "个人信息,一律不录入"
    if fold(label) in chosen:
        field = chosen[fold(label)]
        return field, "" if field else "对照文件里写明不录入"
    field = field_of(label, chosen)
    return field, "" if field else "不认识的列,或自由填写的文字;要录入请写进对照文件"


def field_of(label: str, chosen: Mapping[str, str | None]) -> str | None:
    """The field that a header cell names: the officer's choice first."""
    if not label or len(label) > 40 or PERSON.search(fold(label)):
        return None
    folded = fold(label)
    bare = re.sub(r"[(\[【].*?[)\]】]", "", folded)
    return chosen.get(folded) or _FIELD_OF.get(folded) or _FIELD_OF.get(bare)


def unit_of(label: str) -> str:
    """What stands in the header's parentheses, as in 疏散人数(万人)."""
    found = re.search(r"[(\[【](.*?)[)\]】]", fold(label))
    return found[1] if found else ""


def datum_of(text: str) -> str | None:
    """The coordinate system that a text names."""
    found = _DATUM.search(fold(text))
    return _DATUMS[found.lastindex - 1] if found else None
