"""Words of the data that search must know whole: names of places, terms, hazards."""

from collections.abc import Iterator

from macros.loading import Dataset


def terms(dataset: Dataset) -> Iterator[str]:
    """Names that cutting must not break: regions, named places, hazards, glossary terms, topics."""
    for region in dataset.regions.values():
        yield from (region.name, region.short_name)
    for plan in dataset.plans.values():
        yield from (place.name for place in plan.places)
    for hazard in dataset.hazards.values():
        yield from (hazard.name, *hazard.aliases)
    yield from (term.term for term in dataset.items("glossary", "terms"))
    yield from (topic.name for topic in dataset.items("topics"))


def region_names(dataset: Dataset) -> dict[str, dict[str, list[str]]]:
    """Slug → what readers call the region, and the slugs of the regions above it."""
    return {
        region.slug: {
            "names": list(dict.fromkeys((region.short_name, region.name))),
            "above": [dataset.regions[code].slug for code in region.ancestors if code in dataset.regions],
        }
        for region in dataset.regions.values()
    }
