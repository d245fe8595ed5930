"""Drafts and what stands in data/ → the new list, and what changes field by field."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from macros.datums import position
from macros.importing.places import Box, inside, systems_apart, usual_box
from macros.importing.rows import Draft, Note, Rejected
from macros.loading.validation import rule_of
from macros.models import Shelter
from macros.models.shelters import FIELD_NAMES

#: What makes a place: one of these alone says nothing.
PLACE = ("lon", "lat", "crs", "precision")


@dataclass
class Merged:
    """The outcome of one import. Every row of the list is in `added`, `changed`, `same` or `rejected`."""

    records: dict[str, Shelter]
    added: list[tuple[Draft, Shelter]] = field(default_factory=list)
    changed: list[tuple[Draft, Shelter, Shelter]] = field(default_factory=list)
    same: list[tuple[Draft, Shelter]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    gone: list[Shelter] = field(default_factory=list)
    withdrawn: list[Shelter] = field(default_factory=list)

    @property
    def taken(self) -> list[tuple[Draft, Shelter]]:
        changed = ((draft, new) for draft, _, new in self.changed)
        return sorted((*self.added, *changed, *self.same), key=lambda pair: (pair[0].sheet, pair[0].row))


def drop_far_places(drafts: list[Draft], box: Box | None) -> None:
    """A coordinate outside the region would send people away; it goes to the report instead."""
    placed = [draft for draft in drafts if draft.values.get("lon") is not None]
    box = box or usual_box([(draft.values["lon"], draft.values["lat"]) for draft in placed])
    for draft in placed if box else ():
        lon, lat = draft.values["lon"], draft.values["lat"]
        if not inside(lon, lat, box):
            draft.drop("lon", f"{lon},{lat} 在本地区范围之外,没有录入(范围可在对照文件里用 @范围 写明)")
            draft.unread.update(PLACE)
            draft.values |= dict.fromkeys(PLACE)


def merge(old: dict[str, Shelter], drafts: list[Draft], ids: list[str], remove_gone: bool) -> Merged:
    """Put every draft over what is known of its shelter."""
    merged = Merged(dict(old))
    for draft, own_id in zip(drafts, ids, strict=True):
        before = old.get(own_id)
        after = _shelter(draft, own_id, before)
        if isinstance(after, Rejected):
            merged.rejected.append(after)
        elif before is None:
            merged.added.append((draft, after))
        elif before == after:
            merged.same.append((draft, before))
        else:
            merged.changed.append((draft, before, after))
        if isinstance(after, Shelter) and before != after:
            merged.records[own_id] = after
    listed = set(ids)
    merged.gone = [shelter for own_id, shelter in old.items() if own_id not in listed]
    if remove_gone:
        for shelter in merged.gone:
            del merged.records[shelter.id]
    return merged


def differences(before: Shelter, after: Shelter) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of every field that differs."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in FIELD_NAMES)
    return [pair for pair in pairs if pair[1] != pair[2]]


def _shelter(draft: Draft, own_id: str, before: Shelter | None) -> Shelter | Rejected:
    """What could not be read keeps what an earlier list said; an emptied cell empties the field."""
    said = {name: value for name, value in draft.values.items() if name in FIELD_NAMES and (value is not None or name not in draft.unread)}
    if said.get("id") and said["id"] != own_id:
        draft.notes.append(Note("id", said["id"], f"已有编码 {own_id},继续用它"))
    if before:
        _compare_place(draft, before)
    values = {**(dict(before) if before else {}), **said, "id": own_id}
    _agree(draft, values)
    while True:
        try:
            return Shelter.model_validate({name: value for name, value in values.items() if value is not None})
        except ValidationError as fault:
            error = fault.errors()[0]
            name = str(error["loc"][0])
            if name in ("id", "name"):
                return Rejected(draft.sheet, draft.row, f"{FIELD_NAMES[name]}:{rule_of(error)}", draft.cells)
            draft.drop(name, rule_of(error))
            values[name] = None


def _compare_place(draft: Draft, before: Shelter) -> None:
    """Two lists that put one shelter apart by just what two systems differ: one of them names the wrong system."""
    lon, lat, crs = (draft.values.get(name) for name in ("lon", "lat", "crs"))
    known = position(before) if (before.lon, before.lat, before.crs) != (lon, lat, crs) else None
    if known and lon is not None and (other := systems_apart(lon, lat, crs, known)):
        named = f"写的是 {crs}" if crs else "没有写坐标系"
        draft.notes.append(Note("crs", crs or "", f"{named};按 {other} 换算正好落在上次录入的位置,可能是 {other}。没有据此改动,请核对后写明"))


def _agree(draft: Draft, values: dict[str, Any]) -> None:
    """Two values that cannot both be true are both left out."""
    total, effective = values.get("total_area"), values.get("effective_area")
    if total is not None and effective is not None and effective > total:
        for name in ("total_area", "effective_area"):
            draft.drop(name, f"有效面积 {effective} 大于总面积 {total},两个都没有录入")
            values[name] = None
    both = set(values.get("hazards") or ()) & set(values.get("not_for") or ())
    if both:
        draft.drop("hazards", f"同一灾种既写适用又写不可用于({'、'.join(sorted(both))}),适用的没有录入")
        values["hazards"] = tuple(hazard for hazard in values["hazards"] if hazard not in both) or None
    if values.get("lon") is None:
        values |= dict.fromkeys(PLACE)
