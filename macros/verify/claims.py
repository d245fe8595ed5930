"""What an item of a plan claims, held against the figures where it is printed. Pure.

Each check yields rules that are broken, in words a plan officer reads; none means proved.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from macros.models.base import Record
from macros.models.plans import CampaignDay, Duty, Quantity, Target
from macros.verify.figures import MEASURES, Figure, find_figures
from macros.verify.texts import Span, squeeze

#: Names of one unit. Any other two are different units, though their numbers agree.
SAME_UNIT = (
    ("小时", "个小时"), ("月", "个月"), ("天", "日"), ("公里", "千米", "KM"), ("公斤", "千克"),
    ("平方公里", "平方千米"), ("平方米", "平米", "㎡"), ("人次",), ("家次",), ("场次",),
)  # fmt: skip
#: 五大基础库 counts 个: 大 is no unit.
_NAMES = {name: (name,) for name in MEASURES if name != "大"} | {
    name: names for names in SAME_UNIT for name in names
}
_FOLLOWING = re.compile(rf"[余多来]?({'|'.join(sorted(_NAMES, key=len, reverse=True))})")
_SCALE = re.compile(r"^[百千万亿]+(?!分点|[克米瓦伏卡])")
_AT_LEAST = re.compile(r"(不低于|不少于|不小于|≥|>|(?<!不)超过|(?<!不)高于|(?<!不)大于|至少)$")
_AT_MOST = re.compile(
    r"(不超过|不高于|不多于|不大于|(?<!不)低于|(?<!不)少于|(?<!不)小于|≤|<|至多)$"
)
_LESS = re.compile(r"(下降|降低|减少|缩短)了?(?:不低于|不少于|超过)?$")
_MORE = re.compile(r"(提高|上升|增加|增长|提升|翻)了?(?:不低于|不少于|超过)?$")
_MEASURE = f"[余多]?个?(?:{'|'.join(sorted(MEASURES, key=len, reverse=True))})?"
_AFTER_AT_LEAST = re.compile(f"{_MEASURE}及?以上")
_AFTER_AT_MOST = re.compile(f"{_MEASURE}(?:以内|之内|以下)|个?(?:秒|分钟|小时|天|日|个月|年)内")
#: Words that name a period, in months.
PERIODS = {
    "每年": 12, "年度": 12, "年内": 12, "年末": 12, "每半年": 6, "学期": 6, "季度": 3, "每月": 1, "月度": 1,
}  # fmt: skip
#: How many of a unit make an hour.
_HOURS = {"小时": 1, "个小时": 1, "分钟": 60, "天": Decimal(1) / 24, "日": Decimal(1) / 24}
_DATE = re.compile(r"(?<!\d)(\d{1,2})[.·・月](\d{1,2})(?!\d)")


@dataclass(frozen=True)
class Passage:
    """Where an item is printed: the figures wholly inside `span`, and those that it cuts.

    `one_year` says that the whole plan is for a single year.
    """

    content: str
    span: Span
    figures: tuple[Figure, ...]
    cut: tuple[Figure, ...]
    one_year: bool = False

    @property
    def text(self) -> str:
        return squeeze(self.content[self.span.start : self.span.end]).signs

    def shown(self, figures: tuple[Figure, ...]) -> str:
        return "、".join(f"“{squeeze(self.content[f.start : f.end]).signs}”" for f in figures)

    def before(self, figure: Figure) -> str:
        return squeeze(self.content[max(0, figure.start - 12) : figure.start]).signs

    def after(self, figure: Figure) -> str:
        """What follows in the same line or table cell: the next cell's words are not the figure's unit."""
        return squeeze(
            re.split(r"[\n|]", self.content[figure.end : figure.end + 12], maxsplit=1)[0]
        ).signs

    def unit(self, figure: Figure) -> str:
        """The measure word or unit that follows; empty where none does."""
        match = _FOLLOWING.match(self.after(figure))
        return match[1] if match else ""


def passage(content: str, span: Span, figures: Sequence[Figure], one_year: bool = False) -> Passage:
    inside = tuple(f for f in figures if span.holds(f.start, f.end))
    cut = tuple(f for f in figures if span.cuts(f.start, f.end))
    return Passage(content, span, inside, cut, one_year)


def broken_rules(item: Record, where: Passage) -> Iterator[str]:
    """What `item` claims and the passage does not say."""
    if where.cut:
        yield f"截断了原文的数{where.shown(where.cut)}"
    elif isinstance(item, Duty):
        yield from _duty(item, where)
    elif isinstance(item, CampaignDay):
        yield from _campaign(item, where)
    elif states_value(item):
        yield from _quantity(item, where)


def states_value(item: Record) -> bool:
    """Whether one figure must prove the item."""
    return isinstance(item, Quantity) and item.value is not None


def claimed(item: Quantity) -> Figure:
    """value (to value_max) × unit as a figure: 54.32 and 万平方米 → 543200, 5 and % → 5 percent."""
    factor, kind = Decimal(1), "plain"
    if item.unit and not re.match(r"[\d./-]", item.unit):
        one = find_figures("1" + item.unit)[0]
        factor, kind = one.low, one.kind
    low = item.value * factor
    high = low if item.value_max is None else item.value_max * factor
    return Figure(0, 0, low, high, kind)


def _quantity(item: Quantity, where: Passage) -> Iterator[str]:
    if len(where.figures) != 1:
        found = where.shown(where.figures) or "没有数"
        yield f"printed 里应恰好有一个数,现有 {len(where.figures)} 个({found})"
        return
    figure, claim = where.figures[0], claimed(item)
    if not figure.says_same(claim):
        yield f"原文的数是{where.shown((figure,))}{_meaning(where, figure)},数据是 {say(claim)}"
    yield from _unit(item.unit, where.after(figure), figure)
    if isinstance(item, Target):
        yield from _comparator(item, where, figure)


def _unit(unit: str | None, after: str, figure: Figure) -> Iterator[str]:
    """The unit of the data opens with the one that follows the figure, where one does."""
    match = _FOLLOWING.match(after)
    if not unit or not match or figure.kind in ("percent", "permille"):
        return
    printed, own = match[1], re.split(r"[/(]", _SCALE.sub("", unit))[0]
    longer = own.startswith(printed) and after[match.start(1) :].startswith(own)
    if own not in _NAMES[printed] and not longer:
        yield f"原文的单位是“{printed}”,数据的单位是“{unit}”"


def _comparator(target: Target, where: Passage, figure: Figure) -> Iterator[str]:
    """以上 must be ≥, 不超过 must be ≤, 下降 must be 下降: only where the words stand at the figure."""
    before, after = where.before(figure), where.after(figure)
    expected = _direction(before)
    at_least = _AT_LEAST.search(before) or _AFTER_AT_LEAST.match(after)
    at_most = _AT_MOST.search(before) or _AFTER_AT_MOST.match(after)
    if expected:
        expected = (expected[0] + "≥",) if at_least else expected
    elif at_least:
        expected = ("≥",)
    elif at_most:
        expected = ("≤", "<")
    if expected and target.comparator not in expected:
        around = before[-6:] + squeeze(where.content[figure.start : figure.end]).signs + after[:6]
        yield f"原文是“{around}”,comparator 应为 {' 或 '.join(expected)},现为 {target.comparator}"


def _direction(before: str) -> tuple[str, ...]:
    if _LESS.search(before):
        return ("下降",)
    return ("提高",) if _MORE.search(before) else ()


def _duty(duty: Duty, where: Passage) -> Iterator[str]:
    """Every figure of the passage is one that the duty states, and its period stands there."""
    stated_when = find_figures(duty.when or "")
    periods = {months for word, months in PERIODS.items() if word in where.text}
    for figure in where.figures:
        if figure.kind == "plain" and (figure.low, figure.high) in _stated(
            duty, where.unit(figure)
        ):
            periods |= {duty.every_months} if where.unit(figure) in ("年", "月", "个月") else set()
        elif not any(figure.says_same(other) for other in stated_when):
            yield f"原文的数{where.shown((figure,))}{_meaning(where, figure)}与 every_months、times、within_hours 都不相符"
    yield from _period(duty, where, periods)
    if duty.within_hours and not any(where.unit(figure) in _HOURS for figure in where.figures):
        yield f"这几个字里没有 within_hours 所说的 {duty.within_hours} 小时"


def _period(duty: Duty, where: Passage, periods: set[int | None]) -> Iterator[str]:
    """What a plan for a single year orders is for that year, though no word says so."""
    if duty.every_months is None:
        if "每" in where.text and periods:
            yield "原文写有多久一次,every_months 却是空的"
    elif duty.every_months not in periods and not (where.one_year and duty.every_months == 12):
        yield f"这几个字里没有 every_months 所说的“每 {duty.every_months} 个月”"


def _stated(duty: Duty, unit: str) -> list[tuple[Decimal, Decimal]]:
    """The figures a duty may print before `unit`: years, months, hours, days or times."""
    months, hours = Decimal(duty.every_months or 0), Decimal(duty.within_hours or 0)
    value = {"年": months / 12, "月": months, "个月": months}.get(unit)
    if unit in _HOURS:
        value = hours * _HOURS[unit]
    if value is not None:
        return [(value, value)] if value else []
    times = Decimal(duty.times)
    return [(times, times if duty.times_max is None else Decimal(duty.times_max))]


def _campaign(day: CampaignDay, where: Passage) -> Iterator[str]:
    """A printed date (5·12, 12.4, 6月16日) is the rule's day; a figure that is no date proves nothing."""
    fixed = re.fullmatch(r"(\d{2})-(\d{2})", day.rule)
    for month, number in _DATE.findall(where.text):
        if not fixed or (int(month), int(number)) != tuple(map(int, fixed.groups())):
            yield f"原文的日期是 {month}月{number}日,rule 是 {day.rule}"


def _meaning(where: Passage, figure: Figure) -> str:
    """What a figure amounts to, where it is printed otherwise: (即 543200)."""
    return "" if where.shown((figure,)) == f"“{say(figure)}”" else f"(即 {say(figure)})"


def say(figure: Figure) -> str:
    """543200, 3–5, 5%, 0.8‰, as a reader writes it."""
    sign = {"percent": "%", "permille": "‰"}.get(figure.kind, "")
    ends = [f"{end.normalize():f}" for end in dict.fromkeys((figure.low, figure.high))]
    return "–".join(ends) + sign
