"""Numerals in words → numbers: 三百二十, 二〇二五, 三点五, Ⅲ. Pure."""

import re
from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "两": 2, **{c: i for i, c in enumerate("一二三四五六七八九", 1)}}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
ROMAN = {"I": 1, "V": 5, "X": 10}
#: Up to four places: 三千零二十一.
_PLACES = re.compile(
    "(?:([D])千)?(?:零?([D])百)?(?:零?([D]?)(十))?(?:零?([D]))?".replace(
        "D", "一二两三四五六七八九"
    )
)


def chinese_number(numeral: str) -> Decimal | None:
    """三百二十 → 320, 二〇二五 → 2025; None for what is no well-formed number (十三五, 百)."""
    if all(sign in DIGITS for sign in numeral):
        return Decimal("".join(str(DIGITS[sign]) for sign in numeral))
    total, rest = 0, numeral
    for sign in "亿万":
        head, found, tail = rest.partition(sign)
        if found:
            places = _places(head)
            if places is None:
                return None
            total, rest = total + places * SCALES[sign], tail
    last = _places(rest) if rest else 0
    return None if last is None else Decimal(total + last)


def _places(numeral: str) -> int | None:
    match = _PLACES.fullmatch(numeral)
    if not numeral or not match:
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    digits = (DIGITS.get(sign or "", 0) for sign in (thousands, hundreds, tens, ones))
    total = sum(digit * scale for digit, scale in zip(digits, (1000, 100, 10, 1), strict=True))
    return total + (10 if ten and not tens else 0)


def spoken_number(numeral: str) -> tuple[Decimal, Decimal] | None:
    """三点五 → 3.5; two rising digits are a range: 三五个, 两三次."""
    whole, _, decimals = numeral.partition("点")
    if (
        len(whole) == 2
        and not decimals
        and all(d in DIGITS for d in whole)
        and 0 < DIGITS[whole[0]] < DIGITS[whole[1]]
    ):
        return Decimal(DIGITS[whole[0]]), Decimal(DIGITS[whole[1]])
    value = chinese_number(whole)
    if value is not None and decimals:
        value = Decimal(f"{value}.{''.join(str(DIGITS[d]) for d in decimals)}")
    return None if value is None else (value, value)


def roman_number(numeral: str) -> Decimal:
    """IV → 4, whether in letters or as one sign (Ⅳ)."""
    if "Ⅰ" <= numeral <= "Ⅻ":
        return Decimal(ord(numeral) - ord("Ⅰ") + 1)
    values = [ROMAN[letter] for letter in numeral]
    return Decimal(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))
