"""Shelters as rows of a table, in words that officers read and the importer reads back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from macros.models import Hazard, Shelter
from macros.models.shelters import FIELD_NAMES
from macros.workbooks import Cell

#: What needs no words: most cells of a list, so they are not sent through `_cell`.
AS_IT_IS = (str, type(None))


def table(shelters: Iterable[Shelter], hazards: Mapping[str, Hazard]) -> Iterator[Sequence[Cell]]:
    """The header, then a row a shelter; an unknown value is an empty cell."""
    yield tuple(FIELD_NAMES.values())
    names = {hazard.id: hazard.name for hazard in hazards.values()}
    for shelter in shelters:
        values = vars(shelter)
        yield [values[name] if type(values[name]) in AS_IT_IS else _cell(name, values[name], names) for name in FIELD_NAMES]


def _cell(name: str, value: object, hazards: dict[str, str]) -> Cell:
    if value is None or name == "capacity":
        return value
    if name in ("hazards", "not_for"):
        return ";".join(hazards[hazard] for hazard in value)
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    # As text, so that no spreadsheet program rounds them.
    return value if isinstance(value, Decimal) and name not in ("lon", "lat") else str(value)
