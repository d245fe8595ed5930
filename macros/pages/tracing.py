"""What pages say about a plan's targets: what serves them, what was done, what is missing."""

from functools import partial

from macros.evidence import Place
from macros.loading import Dataset
from macros.models import Article, Hazard, Quiz, Region
from macros.tracing import NOTHING_HERE, traces


def trace_context(dataset: Dataset) -> dict[str, object]:
    """Everything that templates/trace.j2 needs."""
    found = traces(dataset)
    return {
        "traces": found,
        "training": [trace for trace in found if trace.is_training],
        "item_uri": item_uri,
        "item_title": item_title,
        "place_name": partial(place_name, dataset),
        "listed": {code: len(shelters) for code, shelters in dataset.shelters.items()},
        "documents": dataset.documents,
        "nothing_here": NOTHING_HERE,
    }


def item_uri(item: object) -> str:
    """Where an item that serves a target stands."""
    if isinstance(item, Hazard):
        return f"hazards/{item.id}.md"
    if isinstance(item, Article):
        return f"{item.folder}/{item.id}.md"
    if isinstance(item, Region):
        return f"shelters/{item.slug}/index.md"
    return f"quizzes/{item.id}.md" if isinstance(item, Quiz) else f"drills/{item.id}.md"


def item_title(item: object) -> str:
    if isinstance(item, Hazard):
        return f"{item.name}怎么办"
    if isinstance(item, Region):
        return f"{item.short_name}去哪里避难"
    return f"{item.title}测验" if isinstance(item, Quiz) and item.kind == "灾种" else item.title


def place_name(dataset: Dataset, place: Place) -> str:
    """A region, and the code that it gave to a class, village or unit."""
    code, unit = place
    region = dataset.regions.get(code)
    return " · ".join(part for part in (region.name if region else code, unit) if part)
