"""Macros for hand-written pages: live figures, phone numbers and counts from the data.

A page opts in with `render_macros: true` in its front matter. An unknown id raises
KeyError, which stops the build, so a page cannot print a figure that is gone.
"""

from collections.abc import Callable

from macros.loading import Dataset
from macros.models import Plan, Target
from macros.pages.escaping import as_text
from macros.pages.plans import ITEM_PAGES
from macros.pages.wording import quantity, target_value


def macros_for(dataset: Dataset) -> dict[str, Callable]:
    """Macro name → function; each returns text that is safe in Markdown."""

    def figure(name: str) -> str:
        """`figure("shijingshan-2021/household-kit")`: the figure with its unit."""
        item = _plan_figure(dataset, name)
        return as_text(target_value(item) if isinstance(item, Target) else quantity(item))

    def hotlines(region: str = "") -> str:
        """`hotlines("qinzhou")`: national numbers and those of a region, as a list to tap."""
        return _hotline_list(dataset, region)

    def count(what: str) -> str:
        """`count("targets")`: how many of one kind of plan item the site holds."""
        if what not in ITEM_PAGES:
            raise KeyError(f'没有这一种条目:count("{what}")')
        return str(sum(len(getattr(plan, what)) for plan in dataset.plans.values()))

    def regions() -> str:
        """Names of the regions shown, in the order of their codes."""
        return as_text("、".join(region.name for region in dataset.regions.values()))

    return {"figure": figure, "hotlines": hotlines, "count": count, "regions": regions}


def _plan_figure(dataset: Dataset, name: str):
    plan_id, _, item_id = name.partition("/")
    plan: Plan | None = dataset.plans.get(plan_id)
    item = plan.figure(item_id) if plan else None
    if item is None:
        raise KeyError(f"没有这个数据:figure(\"{name}\")")
    return item


def _hotline_list(dataset: Dataset, slug: str) -> str:
    local = [region.contacts for region in dataset.regions.values() if region.slug == slug]
    if slug and not local:
        raise KeyError(f"没有这个地区:hotlines(\"{slug}\")")
    contacts = (*(local[0] if local else ()), *dataset.items("hotlines", "contacts"))
    items = (f'<li><a href="tel:{c.number}"><b>{c.number}</b> <span>{as_text(c.service)}</span></a></li>' for c in contacts)
    return f'<ul class="calls">{"".join(items)}</ul>'
