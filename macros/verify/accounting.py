"""What became of every figure of a plan's text: proved, quoted, left out for a reason, or unaccounted for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.errors import Problem
from macros.loading import Loaded
from macros.models import LeftOut, Plan
from macros.verify.figures import Figure
from macros.verify.proofs import Original, Proof, absence
from macros.verify.texts import Span, squeeze

#: Signs shown on either side of a figure that nothing accounts for.
AROUND = 12


@dataclass(frozen=True)
class Account:
    """What became of every figure of a text; the numbers of listed headings are counted apart."""

    headings: int
    proved: int
    quoted: int
    left_out: Mapping[str, int]
    unaccounted: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.proved + self.quoted + sum(self.left_out.values()) + len(self.unaccounted)


def account_for(
    original: Original, proofs: list[Proof], left_out: list[tuple[Span, str]]
) -> Account:
    """What carries each figure: the value it proves, else a quotation, else a reason, else nothing."""
    proven = {proof.figure for proof in proofs}
    spans = [(proof.span, "引用") for proof in proofs if proof.span] + left_out
    fates = {
        figure: "证明" if figure in proven else _fate(figure, spans) for figure in original.figures
    }
    counts = Counter(fates.values())
    headings = sum(
        _has_digit(original.text.content[p.number.start : p.number.end])
        for p in original.text.parts
    )
    unaccounted = tuple(
        _surroundings(original, figure) for figure, fate in fates.items() if fate == ""
    )
    reasons = {fate: count for fate, count in counts.items() if fate not in ("证明", "引用", "")}
    return Account(headings, counts["证明"], counts["引用"], reasons, unaccounted)


def _fate(figure: Figure, spans: list[tuple[Span, str]]) -> str:
    return next((fate for span, fate in spans if span.holds(figure.start, figure.end)), "")


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _surroundings(original: Original, figure: Figure) -> str:
    text = original.text
    before = squeeze(text.content[max(0, figure.start - AROUND) : figure.start]).signs
    after = squeeze(text.content[figure.end : figure.end + AROUND]).signs
    shown = squeeze(text.content[figure.start : figure.end]).signs
    place = text.path_at(figure.start)
    return (
        f"{original.plan.text.file}:{text.line(figure.start)}: {place}: {before}【{shown}】{after}"
    )


def left_out_spans(
    loaded: Loaded[Plan], original: Original
) -> tuple[list[tuple[Span, str]], list[Problem]]:
    """Every passage whose figures are left out, with the reason, and what is wrong with the entries."""
    covered: list[tuple[Span, str]] = []
    faults: list[Problem] = []
    for place, entry in loaded.each("left_out"):
        if entry.at not in original.text.own:
            faults.append(
                loaded.problem(
                    (*place, "at"), "提纲里没有这一节,或原文里没有找到它的标题", entry.at
                )
            )
            continue
        for index, printed in enumerate(entry.printed):
            spans = original.text.printed(printed, entry.at)
            rules = _left_out_faults(entry, printed, spans, original)
            faults.extend(
                loaded.problem((*place, "printed", index), rule, printed) for rule in rules
            )
            covered.extend((span, entry.reason) for span in spans)
    return covered, faults


def _left_out_faults(
    entry: LeftOut, printed: str, spans: list[Span], original: Original
) -> Iterator[str]:
    if not spans:
        yield absence(original, printed, entry.at)
    for figure in original.figures:
        if any(span.cuts(figure.start, figure.end) for span in spans):
            whole = squeeze(original.text.content[figure.start : figure.end]).signs
            yield f"截断了原文的数“{whole}”"
    # A bare figure would swallow every equal one of the section, also one that tells something.
    bare = {Span(figure.start, figure.end) for figure in original.figures}
    if len(spans) > 1 and spans[0] in bare:
        yield f"只写了一个数,在这一节里出现 {len(spans)} 次,请带上前后的字"
