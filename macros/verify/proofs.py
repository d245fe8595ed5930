"""Proves one cited item against the text of the plan it cites: section, wording, figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from macros.errors import Problem
from macros.loading import Loaded
from macros.loading.yaml_file import Location
from macros.models import Citation, Plan, Record, Risk
from macros.verify.claims import broken_rules, passage, states_value
from macros.verify.figures import Figure, find_figures
from macros.verify.own_words import unfounded
from macros.verify.texts import HEAD, Span, Text

Outcome = Literal["failed", "unchecked", "proved"]


@dataclass(frozen=True)
class Original:
    """A plan with its text, the outline laid over it, and every figure but the heading numbers."""

    plan: Plan
    text: Text
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Proof:
    """What came of one citation of `plan`: where it stands, and the figure that proves the item's value."""

    plan: str
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    span: Span | None = None
    figure: Figure | None = None


@dataclass(frozen=True)
class ItemProof:
    """What came of one item: failed when one of its citations (or its own words) failed, proved when all are."""

    place: Location
    citations: tuple[Proof, ...]
    own_words: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (
            *self.own_words,
            *(problem for proof in self.citations for problem in proof.problems),
        )

    @property
    def outcome(self) -> Outcome:
        outcomes = {proof.outcome for proof in self.citations} | (
            {"failed"} if self.own_words else set()
        )
        return next(outcome for outcome in ("failed", "unchecked", "proved") if outcome in outcomes)


def figures_of(text: Text) -> tuple[Figure, ...]:
    """Every figure of a text. The numbers of listed headings are blanked first: `3.2020年` is no decimal."""
    signs = list(text.content)
    for part in text.parts:
        signs[part.number.start : part.number.end] = " " * (part.number.end - part.number.start)
    return tuple(find_figures("".join(signs)))


def prove_items(loaded: Loaded, originals: Mapping[str, Original | None]) -> Iterator[ItemProof]:
    """Every item of a file that cites a plan; `originals` has None for a plan without a text to read."""
    own = loaded.model.id if isinstance(loaded.model, Plan) else None
    for place, item in _items(loaded):
        proofs = tuple(
            _prove(loaded, spot, part, cite, originals[cite.source or own])
            for spot, part, cite in _citations(item, place, loaded.model)
            if (cite.source or own) in originals
        )
        if proofs:
            own_words = _own_words(loaded, place, item, originals[own]) if own else ()
            yield ItemProof(place, proofs, tuple(own_words))


def _items(loaded: Loaded) -> Iterator[tuple[Location, object]]:
    for name in type(loaded.model).model_fields:
        value = getattr(loaded.model, name)
        if isinstance(value, tuple):
            yield from loaded.each(name)
        else:
            yield (name,), value


def _citations(
    value: object, place: Location, owner: Record
) -> Iterator[tuple[Location, Record, Citation]]:
    """Every citation below `value`: where it is written, and the record that it belongs to."""
    if isinstance(value, Citation):
        yield place, owner, value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _citations(getattr(value, name), (*place, name), value)
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from _citations(child, (*place, index), owner)


def _own_words(
    loaded: Loaded, place: Location, item: Record, original: Original | None
) -> Iterator[Problem]:
    """Figures of our own words that the cited sections do not print."""
    cites = [cite for _, _, cite in _citations(item, place, item)]
    if original is None or any(cite.source not in (None, original.plan.id) for cite in cites):
        return
    paths = _with_ancestors({cite.at for cite in cites} | _cited_by_facts(item, original.plan))
    spans = [span for path, span in original.text.own.items() if path in paths]
    printed = [f for f in original.figures if any(span.holds(f.start, f.end) for span in spans)]
    for name, rule, value in unfounded(item, printed, original.plan):
        yield loaded.problem((*place, name), rule, value)


def _cited_by_facts(item: Record, plan: Plan) -> set[str]:
    """A risk speaks with the figures of its facts, wherever the plan prints them."""
    facts = (plan.figure(fact) for fact in item.facts) if isinstance(item, Risk) else ()
    return {fact.cite.at for fact in facts if fact}


def _with_ancestors(paths: set[str]) -> set[str]:
    parts = (path.split("/") for path in paths)
    return {"/".join(names[:depth]) for names in parts for depth in range(1, len(names) + 1)}


def _prove(
    loaded: Loaded, spot: Location, item: Record, cite: Citation, original: Original | None
) -> Proof:
    if original is None:
        return Proof("", "unchecked")
    rule = section_fault(original, cite.at)
    if rule:
        problem = loaded.problem((*spot, "at"), rule, cite.at)
        return Proof(original.plan.id, "failed", (problem,))
    if cite.printed is None:
        return Proof(original.plan.id, "unchecked")
    rules, span, figure = hold(item, cite.printed, cite.at, original)
    problems = tuple(loaded.problem((*spot, "printed"), rule, cite.printed) for rule in rules)
    return Proof(original.plan.id, "failed" if rules else "proved", problems, span, figure)


def hold(
    item: Record, printed: str, path: str, original: Original
) -> tuple[list[str], Span | None, Figure | None]:
    """Broken rules, the one place where `printed` stands, and the figure that proves the item."""
    spans = original.text.printed(printed, path)
    if not spans:
        return [absence(original, printed, path)], None, None
    if len(spans) > 1:
        return [f"在“{path}”一节里出现 {len(spans)} 次,请加长或移动"], None, None
    one_year = original.plan.period.first == original.plan.period.last
    where = passage(original.text.content, spans[0], original.figures, one_year)
    rules = list(broken_rules(item, where))
    return rules, spans[0], where.figures[0] if states_value(item) and not rules else None


def section_fault(original: Original, path: str) -> str | None:
    """Why nothing can be cited from `path`; the head of a text is no listed section but may be cited."""
    section = original.plan.section(path)
    if section is None and path != HEAD:
        return f"规划 {original.plan.id} 的提纲里没有这一节"
    if section and section.withheld:
        return "这一节不转载,不能引用"
    return None if path in original.text.own else "这一节的标题在原文里没有找到,无从核对"


def absence(original: Original, printed: str, path: str) -> str:
    """Says that `printed` is not there, and where or how it stands instead."""
    nearly = original.text.nearly(printed, path)
    if nearly:
        return f"与原文不完全一样,原文是“{nearly}”"
    elsewhere = [other for other in original.text.own if original.text.printed(printed, other)]
    if elsewhere:
        return f"不在“{path}”一节自己的文字里,而在“{'”“'.join(elsewhere[:3])}”"
    return f"“{path}”一节里没有这些字"
