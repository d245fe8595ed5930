"""A region, keyed by its GB/T 2260 code; level and ancestors follow from the code."""

from typing import Annotated, Literal

from pydantic import StringConstraints, computed_field

from macros.models.base import Number, Record, RegionCode, Scope, Slug, Text, WebAddress, Year
from macros.models.sources import Citation

Level = Literal["省", "市", "县"]

#: First two digits of a GB/T 2260 code and the province-level unit they stand for.
PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip


def ancestor_codes(code: str) -> tuple[str, ...]:
    """Codes above `code`, nearest first: 450721 → 450700, 450000 (GB/T 2260)."""
    above = (code[:4] + "00", code[:2] + "0000")
    return tuple(dict.fromkeys(c for c in above if c != code and not c.endswith("9000")))


class Contact(Record):
    """A telephone number for a service, with what to say when it answers."""

    id: Slug
    service: Text
    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,5}(-?[0-9]{3,8})?$")]
    use: Text
    say: Text | None = None
    note: Text | None = None
    cite: Citation


class Denominator(Record):
    """A base figure that rates are computed on (population, homes), for one year."""

    kind: Literal["常住人口", "户数", "街道和镇", "学校"]
    value: Number
    year: Year
    cite: Citation


class Region(Record):
    """One place. `authority` is whom a reader asks about what this site does not know."""

    code: RegionCode
    slug: Slug
    name: Text
    short_name: Text
    authority: Text
    authority_address: WebAddress | None = None
    coastal: bool = False
    contacts: tuple[Contact, ...] = ()
    denominators: tuple[Denominator, ...] = ()

    @computed_field
    @property
    def level(self) -> Level:
        if self.code.endswith("0000"):
            return "省"
        return "市" if self.code.endswith("00") else "县"

    @property
    def ancestors(self) -> tuple[str, ...]:
        return ancestor_codes(self.code)

    def under(self, scope: Scope) -> bool:
        """Whether a rule of `scope` (a region code or CN) binds this region."""
        return scope in ("CN", self.code, *self.ancestors)
