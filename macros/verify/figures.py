"""Finds every figure in a Chinese text and says what number it is. Pure: text in, figures out.

What counts as a figure:

- Arabic digits, wherever they stand (full-width ones too), with decimals, thousands
  separators, a scale (百 千 万 亿), `%` or `‰`, as a fraction (`1/10`) or a range (`3-5`, `2至4`).
- 百分之…, 千分之… and …分之… in words.
- A Chinese numeral directly followed by a word of MEASURES (余, 多, 来 may stand between:
  十余个); Roman numerals directly followed by a word of GRADES (Ⅲ级, IV级).

What does not: numerals without a measure word (统一, 一体, 一是, 一带一路, 一案三制, 十三五),
scales without a digit (百姓, 亿元产值, 每百万人口), ordinals in words (第一时间, 第十九次) and the
words of NO_FIGURES, in which 一 means "some" or "the same".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from macros.verify.numerals import SCALES, chinese_number, roman_number, spoken_number

Kind = Literal["plain", "percent", "permille", "fraction"]

#: Measure words and units after which a Chinese numeral is a figure. No plain nouns.
MEASURES = (
    "年", "个", "月", "日", "天", "周", "小时", "分钟", "秒", "学期", "季度",
    "人", "名", "位", "户", "家", "支", "次", "届", "期", "批", "轮", "场", "级", "类", "种", "项", "条", "款", "件", "起",
    "处", "座", "所", "栋", "幢", "辆", "艘", "架", "台", "套", "本", "册", "份", "张", "块", "幅", "枚", "班", "组", "间", "层",
    "倍", "番", "成", "大", "模块", "百分点",
    "米", "公里", "千米", "海里", "厘米", "毫米", "平方", "立方", "亩", "公顷", "吨", "公斤", "千克", "升", "元", "千瓦", "摄氏度", "℃",
)  # fmt: skip
#: What a Roman numeral grades.
GRADES = ("级", "类", "型", "期")
#: Words whose 一 states no number, though a measure word follows it.
NO_FIGURES = (
    "统一", "同一", "唯一", "逐一", "划一", "单一", "专一", "万一", "之一",
    "一起", "一批", "一大批", "一次性", "一系列", "一成不变",
)  # fmt: skip

SIGNS: dict[str, Kind] = {
    "%": "percent",
    "‰": "permille",
    "百分之": "percent",
    "千分之": "permille",
}

_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]+"
_SPOKEN = rf"{_NUMERAL}(?:点[零〇一二三四五六七八九]+)?"
_TO = "(?:[-–—−~至到]{1,2})"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 千 is no scale in 千克, 千米, 千瓦; 百 is none in 百分点.
_SCALE = r"(?:[百千万亿]+(?![克米瓦伏卡])(?!分点))"
_ARABIC = re.compile(
    rf"(?P<fraction>(?<![\d/])(?P<over>\d{{1,4}})/(?P<under>\d{{1,4}})(?![\d/]|\.\d))"
    rf"|(?:(?P<words>[百千]分之)[ ]?)?"
    rf"(?P<a>{_NUMBER})(?P<a_scale>[余多]?{_SCALE})?(?P<a_sign>[ ]?[%‰])?"
    rf"(?:[ ]?{_TO}[ ]?(?P<b>{_NUMBER})(?P<b_scale>[余多]?{_SCALE})?(?P<b_sign>[ ]?[%‰])?)?"
)
_CHINESE = re.compile(
    rf"(?P<words>[百千]分之)(?P<share>{_SPOKEN})(?:{_TO}(?:[百千]分之)?(?P<share_to>{_SPOKEN}))?"
    rf"|(?P<under>{_NUMERAL})分之(?P<over>{_NUMERAL})"
    rf"|(?P<a>{_SPOKEN})(?:{_TO}(?P<b>{_SPOKEN}))?(?=[余多来]?(?:{'|'.join(MEASURES)}))"
)
_ROMAN = re.compile(rf"(?:(?<![A-Za-z])[IVX]{{1,4}}|[Ⅰ-Ⅻ])(?={'|'.join(GRADES)})")
_SILENT = re.compile(rf"第{_NUMERAL}|{'|'.join(sorted(NO_FIGURES, key=len, reverse=True))}")
_UNDER_ONE = re.compile(r"分之[一二三四五六七八九十]")
# One sign for one sign, so that positions stay those of the text.
_TO_ASCII = str.maketrans("０１２３４５６７８９％．－／～", "0123456789%.-/~")


@dataclass(frozen=True, order=True)
class Figure:
    """A number that stands at text[start:end], from `low` to `high` (equal when it is no range).

    The scale is applied (54.32万 → 543200). `percent` and `permille` hold the printed number
    (5% → 5) and say so in `kind`; a `fraction` holds its ratio (1/10 → 0.1).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    kind: Kind = "plain"

    @property
    def ratio(self) -> tuple[Decimal, Decimal]:
        """The figure as pure numbers: 5% → 0.05."""
        per = {"percent": Decimal("0.01"), "permille": Decimal("0.001")}.get(self.kind, Decimal(1))
        return self.low * per, self.high * per

    def says_same(self, other: "Figure") -> bool:
        """Whether both are one number: 5% is not 5 and not 50‰, but 1/10 is 10% and 0.1."""
        if "fraction" in (self.kind, other.kind):
            return self.ratio == other.ratio
        return (self.kind, self.low, self.high) == (other.kind, other.low, other.high)


def find_figures(text: str) -> list[Figure]:
    """Every figure of `text`, in order; none overlaps another."""
    plain = text.translate(_TO_ASCII)
    arabic = [figure for match in _ARABIC.finditer(plain) for figure in _arabic(match)]
    rest = _blank(plain, ((f.start, f.end) for f in arabic))
    roman = [_roman(match) for match in _ROMAN.finditer(rest)]
    spoken = [
        figure for match in _CHINESE.finditer(_without_silent(rest)) for figure in _chinese(match)
    ]
    return sorted(arabic + roman + spoken)


def _arabic(match: re.Match[str]) -> Iterator[Figure]:
    if match["fraction"] and 0 < int(match["over"]) < int(match["under"]):
        yield _fraction(match, Decimal(match["over"]), Decimal(match["under"]))
        return
    if match["fraction"]:
        for name in ("over", "under"):
            yield Figure(
                match.start(name), match.end(name), Decimal(match[name]), Decimal(match[name])
            )
        return
    yield from _one_or_range(match)


def _one_or_range(match: re.Match[str]) -> Iterator[Figure]:
    """A range only where it rises and both ends are of one kind: 2016-12 is two figures."""
    first, second = _end(match, "a"), _end(match, "b")
    if second is None:
        yield first
        return
    joined = Figure(
        first.start, second.end, _range_low(match, first, second), second.high, second.kind
    )
    same_kind = first.kind == second.kind or not match["a_sign"]
    zero_led = any(match[end][0] == "0" and match[end][1:2].isdigit() for end in "ab")
    if joined.low < joined.high and same_kind and not zero_led:
        yield joined
    else:
        yield from (first, second)


def _range_low(match: re.Match[str], first: Figure, second: Figure) -> Decimal:
    """In 3-5万 the scale of the upper end holds for the lower one too."""
    if match["a_scale"] or not match["b_scale"]:
        return first.low
    scaled = first.low * _scale(match["b_scale"])
    return scaled if scaled < second.high else first.low


def _end(match: re.Match[str], name: str) -> Figure | None:
    """The single figure of group `name`, with its own scale and sign."""
    if match[name] is None:
        return None
    value = Decimal(match[name].replace(",", "")) * _scale(match[name + "_scale"])
    sign = (match[name + "_sign"] or match["words"] or "").strip()
    begin = match.start("words") if match["words"] and name == "a" else match.start(name)
    end = max(match.end(name), match.end(name + "_scale"), match.end(name + "_sign"))
    return Figure(begin, end, value, value, SIGNS.get(sign, "plain"))


def _scale(scale: str | None) -> int:
    product = 1
    for sign in scale or "":
        product *= SCALES.get(sign, 1)
    return product


def _fraction(match: re.Match[str], over: Decimal, under: Decimal) -> Figure:
    return Figure(match.start(), match.end(), over / under, over / under, "fraction")


def _chinese(match: re.Match[str]) -> Iterator[Figure]:
    if match["words"]:
        yield from _spoken(match, "share", "share_to", SIGNS[match["words"]])
    elif match["over"]:
        over, under = chinese_number(match["over"]), chinese_number(match["under"])
        if over and under:
            yield _fraction(match, over, under)
    else:
        yield from _spoken(match, "a", "b", "plain")


def _spoken(match: re.Match[str], low: str, high: str, kind: Kind) -> Iterator[Figure]:
    if match["words"] and match[low] == "百":
        yield Figure(match.start(), match.end(), Decimal(100), Decimal(100), kind)
        return
    first = spoken_number(match[low])
    last = spoken_number(match[high]) if match[high] else first
    if first and last and first[0] <= last[1]:
        yield Figure(match.start(), match.end(), first[0], last[1], kind)


def _roman(match: re.Match[str]) -> Figure:
    value = roman_number(match[0])
    return Figure(match.start(), match.end(), value, value)


def _without_silent(text: str) -> str:
    """`text` with ordinals and NO_FIGURES blanked, but not the 之一 of 十分之一."""
    fractions = {match.start() + 1 for match in _UNDER_ONE.finditer(text)}
    return _blank(text, (m.span() for m in _SILENT.finditer(text) if m.start() not in fractions))


def _blank(text: str, spans) -> str:
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)
