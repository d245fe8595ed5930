"""Texts to pass on, made from a hazard's own sourced lines: no sentence that the page does not cite."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.models import Contact, Hazard

SMS_LENGTH = 70
#: What a calm speaker says in half a minute.
BROADCAST_LENGTH = 120
#: And in a whole one; what not to do and whom to call get the second half.
MINUTE_LENGTH = 240


@dataclass(frozen=True)
class Messages:
    sms: str
    group: str
    broadcast: str
    minute: str


def messages(hazard: Hazard, calls: list[Contact]) -> Messages:
    now = [line.text for line in hazard.lines("现在就做") if not (line.setting or line.audience)]
    lines = list(_said_once((hazard.first, *now)))
    return Messages(_sms(hazard, lines), _group(hazard, lines, calls), _broadcast(hazard, lines), _minute(hazard, lines, calls))


def _said_once(lines: Iterable[str]) -> Iterator[str]:
    """The first line sums up the next ones; in a short message half of a line again is a line lost."""
    said: list[set[str]] = []
    for line in lines:
        pairs = _pairs(line)
        if not any(len(pairs & other) >= len(pairs) / 2 for other in said):
            said.append(pairs)
            yield line


def _pairs(line: str) -> set[str]:
    letters = re.sub(r"\W", "", line)
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def _sms(hazard: Hazard, lines: list[str]) -> str:
    """At most 70 characters, the length of one short message."""
    return _as_many(f"【{hazard.name}】", lines, "", SMS_LENGTH)


def _group(hazard: Hazard, lines: list[str], calls: list[Contact]) -> str:
    never = [line.text for line in hazard.lines("千万不要")][:2]
    numbered = "".join(f"{number}. {line}。" for number, line in enumerate(lines, start=1))
    numbers = "、".join(f"{contact.number}（{contact.service}）" for contact in calls)
    return f"【{hazard.name}，请转告家人】{numbered}千万：{'；'.join(never)}。" + (f"求助：{numbers}。" if numbers else "")


def _broadcast(hazard: Hazard, lines: list[str]) -> str:
    """About 30 seconds: announced twice by the speaker, so it repeats nothing itself."""
    return _as_many(f"请大家注意，{hazard.name}避险提示：", lines, "请转告身边的老人和孩子。", BROADCAST_LENGTH)


def _minute(hazard: Hazard, lines: list[str], calls: list[Contact]) -> str:
    """About 60 seconds, for radio and screens: what to do, then what not to do, then whom to call."""
    do = _as_many(f"现在播送{hazard.name}避险提示：", lines, "", BROADCAST_LENGTH)
    numbers = "、".join(contact.number for contact in calls)
    closing = (f"求助：{numbers}。" if numbers else "") + "请转告身边的老人和孩子。"
    return _as_many(f"{do}千万记住：", [line.text for line in hazard.lines("千万不要")], closing, MINUTE_LENGTH)


def _as_many(opening: str, lines: list[str], closing: str, length: int) -> str:
    """As many whole lines as fit; half a line of advice would be worse than none."""
    text = opening
    for line in lines:
        if len(text) + len(line) + 1 + len(closing) > length:
            break
        text += f"{line}。"
    return text + closing
