"""How records are put into words on a page: figures, dates, anchors."""

import re
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from macros.checks.freshness import due_date
from macros.models import Document, Duty, Quantity, Record, Target
from macros.models.drills import BLANK
from macros.pages.escaping import as_text

UNKNOWN = "待核实"
_DIGITS = {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九", start=1)}
_FALLS_AND_RISES = {"提高": "提高", "提高≥": "提高至少", "下降": "下降", "下降≥": "下降至少"}
_WEEKDAYS = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "一二三四五六日", strict=True))
_NTH = {"last": "最后一个", "1": "第一个", "2": "第二个", "3": "第三个", "4": "第四个"}


def number(value: Decimal) -> str:
    """1602 → 1602, 0.80 → 0.8, 29504 → 29504 (no exponent, no trailing zeros)."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(item: Quantity) -> str:
    """A figure with its unit; damaged or unknown figures say so."""
    if item.value is None:
        return UNKNOWN
    high = f"–{number(item.value_max)}" if item.value_max is not None else ""
    return f"{number(item.value)}{high}{item.unit or ''}"


def target_value(target: Target) -> str:
    """`≥95%`, `下降至少10%`, `定性要求`, `待核实`."""
    if target.comparator == "定性":
        return "定性要求"
    if target.value is None:
        return UNKNOWN
    words = _FALLS_AND_RISES.get(target.comparator)
    sign = words if words else target.comparator.replace("=", "")
    return f"{sign}{quantity(target)}"


def bar_percent(target: Target) -> str | None:
    """Length of a target's bar, where its value is a share of a whole."""
    is_level = target.comparator in ("≥", "≤", "<", "=")
    if target.unit != "%" or not is_level or target.value is None or not 0 < target.value <= 100:
        return None
    return number(target.value)


def anchor(path: str) -> str:
    """Heading path → ASCII anchor: `三/(一)/8/(3)` → `s-3-1-8-3`."""
    return "-".join(["s", *(_anchor_part(part.strip("()")) for part in path.split("/"))])


def _anchor_part(part: str) -> str:
    if part.isascii():
        return part.lower()
    if part.startswith("十"):
        return "1" + (_DIGITS.get(part[1:], "0"))
    return _DIGITS.get(part) or "x" + part.encode("utf-8").hex()


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def due(page: Record) -> date:
    """The day by which a page is to be reviewed again."""
    return due_date(page.reviewed, page.review_months)


def date_rule(rule: str) -> str:
    """`05-12` → 5月12日, `last-mon-03` → 3月最后一个星期一."""
    if rule == "term-start":
        return "每学期开学（日期以当地校历为准）"
    parts = rule.split("-")
    if len(parts) == 3:
        return f"{int(parts[2])}月{_NTH[parts[0]]}星期{_WEEKDAYS[parts[1]]}"
    return f"{int(parts[0])}月" + (f"{int(parts[1])}日" if len(parts) == 2 else "全月")


def frequency(duty: Duty) -> str:
    """How often: `每2年1次`, `每年3–5次`, `6小时内`, or the occasion."""
    if duty.within_hours:
        return f"{duty.within_hours}小时内"
    if duty.every_months:
        times = f"{duty.times}–{duty.times_max}次" if duty.times_max else f"{duty.times}次"
        occasion = f"（{duty.when}）" if duty.when else ""
        return _period(duty.every_months) + times + occasion
    return duty.when or "频次未载"


def _period(months: int) -> str:
    named = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}
    return named.get(months) or (f"每{months // 12}年" if months % 12 == 0 else f"每{months}个月")


def document_name(document: Document) -> str:
    """Issuer, title, number and date, as far as the document bears them."""
    number_and_date = " ".join(part for part in (document.number, document.date) if part)
    return f"{document.issuer or '发布机关未载'}《{document.title}》{number_and_date}"




def item_name(item: Record) -> str:
    """What a plan item is called in a list of links."""
    named = (getattr(item, field, None) for field in ("name", "activity", "subject", "summary", "problem"))
    return next(name for name in named if name)


def ruby(text: str, pinyin: dict[str, str]) -> Markup:
    """Text with pinyin above its hard words, longest words first."""
    if not pinyin:
        return as_text(text)
    words = "|".join(re.escape(word) for word in sorted(pinyin, key=len, reverse=True))
    pieces = re.split(f"({words})", text)
    return Markup("").join(_annotated(piece, pinyin.get(piece)) for piece in pieces)


def _annotated(piece: str, reading: str | None) -> Markup:
    if reading is None:
        return as_text(piece)
    return Markup("<ruby>{}<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>").format(as_text(piece), as_text(reading))


def blanks(text: str) -> Markup:
    """Text whose 〔label〕 a script fills in with what the place typed; on paper it stays a blank."""
    pieces = BLANK.split(text)
    marked = (
        Markup('<span class="fill" data-fill="{0}">〔{0}〕</span>').format(as_text(piece)) if place % 2 else as_text(piece)
        for place, piece in enumerate(pieces)
    )
    return Markup("").join(marked)


def progress_percent(trace) -> int | None:
    """How far a target is met, where that can be worked out from sourced figures."""
    if trace.done is None:
        return None
    done, wanted = trace.done
    return int(done * 100 / wanted) if wanted else None


def why_no_rate(trace) -> str:
    """What is missing for a rate; nothing is made up in its place."""
    target, base = trace.target, trace.denominator
    if target.unit != "%" or target.value is None or target.comparator not in ("≥", "="):
        return "这项指标不按人数、次数、户数算，记录不能换成完成度"
    if base is None:
        return f"没有带来源的“{target.measure.denominator or '分母'}”，不算比率"
    return f"记录里没有写到{base.kind}，不算比率"


FILTERS = {
    "number": number,
    "progress_percent": progress_percent,
    "why_no_rate": why_no_rate,
    "ruby": ruby,
    "blanks": blanks,
    "quantity": quantity,
    "target_value": target_value,
    "bar_percent": bar_percent,
    "anchor": anchor,
    "chinese_date": chinese_date,
    "due": due,
    "date_rule": date_rule,
    "frequency": frequency,
    "document_name": document_name,
    "item_name": item_name,
}
