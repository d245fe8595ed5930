"""An emergency shelter after GB/T 44012/44013-2024: one record a row of `data/shelters/<region>.csv`."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from macros.models.base import Number, Record, Slug

Level = Literal["省级", "市级", "县级", "乡镇（街道）级", "村（社区）级"]
Space = Literal["室内", "室外"]
Function = Literal["综合", "单一", "特定"]
Duration = Literal["紧急", "短期", "长期"]
Status = Literal["规划", "在建", "建成", "启用", "停用", "维修"]
Facility = Literal[
    "供水", "供电", "照明", "厕所", "医疗", "物资", "宿住", "广播", "通信", "消防", "排污", "垃圾收集", "通风",
    "停车", "淋浴", "停机坪", "指挥", "母婴", "监控",
]  # fmt: skip
Datum = Literal["WGS-84", "CGCS2000", "GCJ-02", "BD-09"]

#: Field of a closed list → its values, each with the code that programs elsewhere use.
CODES: dict[str, dict[str, str]] = {
    "level": {"省级": "province", "市级": "city", "县级": "county", "乡镇（街道）级": "township", "村（社区）级": "village"},
    "space": {"室内": "indoor", "室外": "outdoor"},
    "function": {"综合": "comprehensive", "单一": "single", "特定": "special"},
    "duration": {"紧急": "emergency", "短期": "short-term", "长期": "long-term"},
    "status": {"规划": "planned", "在建": "under-construction", "建成": "built", "启用": "activated", "停用": "closed", "维修": "under-repair"},
    "facilities": {
        "供水": "water", "供电": "power", "照明": "lighting", "厕所": "toilets", "医疗": "medical", "物资": "supplies", "宿住": "sleeping",
        "广播": "announcements", "通信": "telecoms", "消防": "fire-fighting", "排污": "sewage", "垃圾收集": "waste", "通风": "ventilation",
        "停车": "parking", "淋浴": "showers", "停机坪": "helipad", "指挥": "command", "母婴": "infant-care", "监控": "monitoring",
    },
    "crs": {"WGS-84": "EPSG:4326", "CGCS2000": "EPSG:4490", "GCJ-02": "GCJ-02", "BD-09": "BD-09"},
}  # fmt: skip

#: A mobile number or an identity number belongs to a person, wherever it stands.
PRIVATE_NUMBER = re.compile(r"(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|\d{17}[\dXx])(?!\d)")
LONGEST_NAME = 60
SHELTER_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


def _shelter_id(value: str) -> str:
    if not SHELTER_ID.fullmatch(value):
        raise ValueError("编号只能用字母、数字和连字符")
    return value


def _public(value: str) -> str:
    if PRIVATE_NUMBER.search(value):
        raise ValueError("手机号码和身份证号不能公开")
    return value


Line = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_public)]
Area = Annotated[Number, Field(ge=0, le=100_000_000)]


class Shelter(Record):
    """A designated place; designated is not open. Null is unknown and shown as 待核实.

    `lon`, `lat` stand as given, in the system `crs`; `precision` is how far off they may be, in metres.
    `hazards` are those it suits, `not_for` those it must not be used for (ids of data/hazards).
    """

    id: Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_shelter_id)]
    name: Annotated[str, StringConstraints(min_length=2, max_length=LONGEST_NAME), AfterValidator(_public)]
    aliases: tuple[Line, ...] | None = None
    level: Level | None = None
    space: Space | None = None
    function: Function | None = None
    duration: Duration | None = None
    hazards: tuple[Slug, ...] | None = None
    not_for: tuple[Slug, ...] | None = None
    status: Status | None = None
    total_area: Area | None = None
    effective_area: Area | None = None
    capacity: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    facilities: tuple[Facility, ...] | None = None
    barrier_free: bool | None = None
    district: Line | None = None
    street: Line | None = None
    community: Line | None = None
    address: Line | None = None
    lon: Annotated[Number, Field(ge=-180, le=180)] | None = None
    lat: Annotated[Number, Field(ge=-90, le=90)] | None = None
    crs: Datum | None = None
    precision: Annotated[int, Field(ge=0, le=100_000)] | None = None
    manager: Line | None = None
    phone: Line | None = None
    access: Line | None = None
    source: Line | None = None
    verified_on: date | None = None


#: Field → what it is called on pages and in the workbooks that officers exchange.
FIELD_NAMES = {
    "id": "编码", "name": "名称", "aliases": "别名", "level": "级别", "space": "空间类型", "function": "总体功能",
    "duration": "避难时长", "hazards": "适用灾种", "not_for": "不可用于", "status": "状态", "total_area": "总面积(平方米)",
    "effective_area": "有效面积(平方米)", "capacity": "可容纳人数(人)", "facilities": "设施", "barrier_free": "无障碍",
    "district": "区县", "street": "街道乡镇", "community": "社区村", "address": "地址", "lon": "经度", "lat": "纬度",
    "crs": "坐标系", "precision": "坐标精度(米)", "manager": "管理单位", "phone": "公开电话", "access": "进出说明",
    "source": "来源", "verified_on": "核实日期",
}  # fmt: skip
