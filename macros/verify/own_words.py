"""Figures in the words that this project writes itself must come from the section that is cited. Pure."""

from collections.abc import Iterator

from macros.models import Fact, Plan
from macros.models.base import Record
from macros.verify.figures import Figure, find_figures

#: Fields written in our own words. A campaign's are not among them: its dates are held against its rule.
FIELDS = ("name", "subject", "summary", "note", "owner", "baseline", "activity", "when")


def unfounded(item: Record, printed: list[Figure], plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Field, rule and value of each figure of `item` that is not among `printed`, the cited sections' figures.

    Only digits count: numerals in words (两处, 三类) are how we write, not what the plan states.
    """
    if "rule" in type(item).model_fields:
        return
    period = range(plan.period.first, plan.period.last + 1)
    for field in FIELDS:
        value = getattr(item, field, None)
        for figure in find_figures(value) if isinstance(value, str) else ():
            shown = value[figure.start : figure.end]
            in_period = figure.kind == "plain" and figure.low in period
            if (
                any(map(str.isdigit, shown))
                and not in_period
                and not any(figure.says_same(other) for other in printed)
            ):
                yield field, f"所引的一节里没有“{shown}”这个数", value
    if isinstance(item, Fact) and item.year and not _names_year(item.year, printed, plan):
        yield "year", "所引的一节和上级各节里没有这个年份", str(item.year)


def _names_year(year: int, printed: list[Figure], plan: Plan) -> bool:
    """A plan for a single year need not name it in each section."""
    return plan.period.first == plan.period.last == year or any(
        1000 <= f.low <= year <= f.high for f in printed
    )
