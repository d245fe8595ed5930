"""A received text with the plan's outline laid over it: which passage belongs to which section.

Positions are those of the text as received. Matching leaves out what layout puts in (white space,
the `|` of broken tables, zero-width signs); headings are also matched whatever the width of
their signs and the style of their quotes.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from macros.models.plans import Section

#: The pseudo-section before the first heading; the outline does not list it.
HEAD = "文头"
QUOTES = {**dict.fromkeys('“”„‟"「」『』', '"'), **dict.fromkeys("‘’", "'")}
#: What opens a line (or, in a text whose lines ran together, follows a full stop and a space) like this
#: is a heading, or must be shown to be none. The left bracket may have been lost.
HEADING_LIKE = re.compile(
    r"(?:^[\s|]*|[。;；:：]\s+)"
    r"(?P<start>[一二三四五六七八九十]+、|[(（]?[一二三四五六七八九十]+[)）]|\d+(?:[.．](?!\d)|、)|[(（]?\d+[)）])",
    re.MULTILINE,
)
_NUMBER_FORMS = (
    (re.compile(r"[一二三四五六七八九十百]+|\d+"), ("{}、", "{}.")),
    (re.compile(r"\([一二三四五六七八九十百]+\)|\(\d+\)"), ("{}",)),
)


@dataclass(frozen=True)
class Span:
    """text[start:end]."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end

    def cuts(self, start: int, end: int) -> bool:
        """Whether one end of the span falls inside start–end."""
        return start < self.end and self.start < end and not self.holds(start, end)


@dataclass(frozen=True)
class Squeezed:
    """A text without what layout puts in; `origin[i]` is where sign i stands in the text."""

    signs: str
    origin: tuple[int, ...]

    def spans(self, wanted: str, within: Span) -> list[Span]:
        """Every place of `wanted` (squeezed already) inside `within`."""
        first, last = bisect_left(self.origin, within.start), bisect_left(self.origin, within.end)
        places = _occurrences(self.signs, wanted, first, last)
        return [Span(self.origin[at], self.origin[at + len(wanted) - 1] + 1) for at in places]


@dataclass(frozen=True)
class Part:
    """A section as found: `own` runs from its heading to the next one, `number` is the heading's number."""

    path: str
    own: Span
    number: Span


@dataclass(frozen=True)
class Text:
    """A received text and the parts of its outline, in order."""

    content: str
    parts: tuple[Part, ...]

    @cached_property
    def exact(self) -> Squeezed:
        return squeeze(self.content)

    @cached_property
    def folded(self) -> Squeezed:
        return squeeze(self.content, fold=True)

    @cached_property
    def own(self) -> dict[str, Span]:
        """Path → the section's own text."""
        head_end = self.parts[0].own.start if self.parts else len(self.content)
        return {HEAD: Span(0, head_end), **{part.path: part.own for part in self.parts}}

    def path_at(self, position: int) -> str:
        return next(
            (path for path, span in self.own.items() if span.holds(position, position + 1)), HEAD
        )

    def line(self, position: int) -> int:
        return self.content.count("\n", 0, position) + 1

    def printed(self, wanted: str, path: str) -> list[Span]:
        """Every place where `wanted` stands in the own text of `path`, sign for sign."""
        return self.exact.spans(squeeze(wanted).signs, self.own[path])

    def nearly(self, wanted: str, path: str) -> str | None:
        """How the text prints `wanted` where only widths, quotes or dashes differ."""
        places = self.folded.spans(squeeze(wanted, fold=True).signs, self.own[path])
        return squeeze(self.content[places[0].start : places[0].end]).signs if places else None


def squeeze(text: str, fold: bool = False) -> Squeezed:
    """`text` without layout; with `fold` also one width (NFKC) and one style of quote and dash."""
    kept = [
        (sign, at)
        for at, raw in enumerate(text)
        if not (raw.isspace() or raw == "|" or unicodedata.category(raw) == "Cf")
        for sign in (_folded(raw) if fold else raw)
    ]
    return Squeezed("".join(sign for sign, _ in kept), tuple(at for _, at in kept))


def lay_outline(
    content: str, sections: tuple[Section, ...], body_line: int
) -> tuple[Text, dict[int, str]]:
    """The text with its parts, and a fault by index of each section whose heading is not in its place."""
    folded = squeeze(content, fold=True)
    opens = _line_openings(content, folded)
    cursor = begin = bisect_left(folded.origin, _line_start(content, body_line))
    found: list[tuple[str, int, int, int]] = []
    faults: dict[int, str] = {}
    for index, section in enumerate(sections):
        place = _find_heading(folded.signs, section, cursor, opens)
        if place is None:
            earlier = _find_heading(folded.signs, section, begin, opens)
            faults[index] = (
                _missing(section)
                if earlier is None
                else "标题在原文里的位置早于提纲里的上一节,次序不对"
            )
            continue
        at, length = place
        found.append(
            (section.path, at, length, _number_length(section, folded.signs[at : at + length]))
        )
        cursor = at + length
    return Text(content, tuple(_parts(found, folded.origin, len(content)))), faults


def heading_forms(section: Section) -> tuple[str, ...]:
    """How the heading may stand in the text, folded: `一、标题`, `(一)标题`, `1.标题`, `1、标题`, `(1)标题`."""
    if section.printed:
        return (squeeze(section.printed, fold=True).signs,)
    title = squeeze(section.title, fold=True).signs
    return tuple(number + title for number in _numbers(section)) or (title,)


def unlisted_headings(text: Text, body_line: int) -> list[int]:
    """Where the text from `body_line` on looks like a heading but no listed section begins."""
    begun = {part.own.start for part in text.parts}
    places = (
        match.start("start")
        for match in HEADING_LIKE.finditer(text.content, _line_start(text.content, body_line))
    )
    return [place for place in places if place not in begun]


def _folded(sign: str) -> str:
    if unicodedata.category(sign) == "Pd" or sign == "−":
        return "-"
    return QUOTES.get(sign) or "".join(
        s for s in unicodedata.normalize("NFKC", sign) if not s.isspace()
    )


def _numbers(section: Section) -> tuple[str, ...]:
    last = section.path.rpartition("/")[2]
    return next(
        (
            tuple(form.format(last) for form in forms)
            for kind, forms in _NUMBER_FORMS
            if kind.fullmatch(last)
        ),
        (),
    )


def _number_length(section: Section, heading: str) -> int:
    """How many signs of the found heading are its number; 0 where it is printed without."""
    return max(
        (len(number) for number in _numbers(section) if heading.startswith(number)), default=0
    )


def _missing(section: Section) -> str:
    forms = " 或 ".join(f"“{form}”" for form in heading_forms(section))
    return f"原文里找不到这个标题(找的是 {forms}),可用 printed 写出原样"


def _find_heading(
    signs: str, section: Section, start: int, opens: set[int]
) -> tuple[int, int] | None:
    """Start and length of the heading at or after `start`: one that opens a line, else the first."""
    places = [
        (at, len(form))
        for form in heading_forms(section)
        for at in _occurrences(signs, form, start, len(signs))
    ]
    return min(places, key=lambda place: (place[0] not in opens, place[0]), default=None)


def _occurrences(signs: str, wanted: str, first: int, last: int) -> Iterator[int]:
    at = signs.find(wanted, first, last) if wanted else -1
    while at >= 0:
        yield at
        at = signs.find(wanted, at + 1, last)


def _line_openings(content: str, squeezed: Squeezed) -> set[int]:
    """Signs before which only white space stands in their line."""
    pairs = enumerate(zip((-1, *squeezed.origin), squeezed.origin, strict=False))
    return {i for i, (before, here) in pairs if before < 0 or "\n" in content[before:here]}


def _line_start(content: str, line: int) -> int:
    return sum(len(text) + 1 for text in content.split("\n")[: line - 1])


def _parts(
    found: list[tuple[str, int, int, int]], origin: tuple[int, ...], end: int
) -> Iterator[Part]:
    starts = [origin[at] for _, at, _, _ in found]
    for (path, at, _, number), start, stop in zip(found, starts, [*starts[1:], end], strict=True):
        number_end = origin[at + number - 1] + 1 if number else start
        yield Part(path, Span(start, stop), Span(start, number_end))
