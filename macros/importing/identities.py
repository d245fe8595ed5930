"""The same shelter as last time: an id is issued once, and a list in another order keeps every id."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from macros.importing.rows import Draft, Rejected

#: Digits of an issued id after the region's code.
DIGITS = 6


@dataclass(frozen=True)
class Identity:
    """One line of the id map: what a shelter was last called. It outlives the shelter."""

    id: str
    name: str
    district: str
    address: str


@lru_cache(maxsize=100_000)  # each name is compared several times over
def plain(text: str | None) -> str:
    """Letters and digits only: brackets and blanks do not make another shelter."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or "")).lower()


def identity_of(draft: Draft) -> Identity:
    values = draft.values
    return Identity(values.get("id") or "", values["name"], values.get("district") or "", values.get("address") or "")


def without_repeats(drafts: Iterable[Draft | Rejected]) -> Iterator[Draft | Rejected]:
    """A code, or a name with district and address, that stands there twice is taken once."""
    codes: dict[str, Draft] = {}
    keys: dict[Hashable, Draft] = {}
    for draft in drafts:
        if isinstance(draft, Draft):
            own = identity_of(draft)
            first = codes.get(own.id.lower()) if own.id else keys.get(_whole(own))
            if first:
                what = "编码" if own.id else "名称、区县和地址"
                yield Rejected(draft.sheet, draft.row, f"{what}与“{first.sheet}”第 {first.row} 行重复", draft.cells)
                continue
            codes[own.id.lower() or f"row {draft.sheet} {draft.row}"] = draft
            keys.setdefault(_whole(own), draft)
        yield draft


def recognised(drafts: list[Draft], known: Iterable[Identity]) -> dict[int, str]:
    """Position of a draft → its id, for every draft that an earlier list had."""
    entries = {entry.id: entry for entry in known}
    found = {number: draft.values["id"] for number, draft in enumerate(drafts) if draft.values.get("id") in entries}
    for key in (_whole, _name_and_district, _address_and_district, _name_alone):
        _match(drafts, entries, found, key)
    return found


def assign(drafts: list[Draft], known: Iterable[Identity], region: str) -> list[str]:
    """An id for every draft: its own where known, the official code where given, else a new one."""
    entries = list(known)
    found = recognised(drafts, entries)
    codes = (draft.values.get("id") or "" for draft in drafts)
    new = _new_ids((*(entry.id for entry in entries), *codes), region)
    return [found.get(number) or draft.values.get("id") or next(new) for number, draft in enumerate(drafts)]


def _match(drafts: list[Draft], entries: dict[str, Identity], found: dict[int, str], key: Callable[[Identity], Hashable]) -> None:
    """Pair what has the same key and no other of that key, on both sides."""
    taken = set(found.values())
    theirs, ours = defaultdict(list), defaultdict(list)
    for entry in entries.values():
        if entry.name and entry.id not in taken and (own := key(entry)):
            theirs[own].append(entry.id)
    for number, draft in enumerate(drafts) if theirs else ():
        if number not in found and (own := key(identity_of(draft))):
            ours[own].append(number)
    for own, numbers in ours.items():
        if len(numbers) == 1 and len(theirs[own]) == 1 and _may_be(identity_of(drafts[numbers[0]]), entries[theirs[own][0]]):
            found[numbers[0]] = theirs[own][0]


def _may_be(one: Identity, other: Identity) -> bool:
    """Two districts have a 中心小学 each."""
    return not (one.district and other.district) or plain(one.district) == plain(other.district)


def _whole(entry: Identity) -> Hashable:
    return plain(entry.name), plain(entry.district), plain(entry.address)


def _name_and_district(entry: Identity) -> Hashable:
    return plain(entry.name), plain(entry.district)


def _address_and_district(entry: Identity) -> Hashable:
    return (plain(entry.address), plain(entry.district)) if entry.address else None


def _name_alone(entry: Identity) -> Hashable:
    """For lists that once left the district out."""
    return plain(entry.name)


def _new_ids(taken: Iterable[str], region: str) -> Iterator[str]:
    issued = (own.removeprefix(f"{region}-") for own in taken if own.startswith(f"{region}-"))
    last = max((int(number) for number in issued if number.isdigit()), default=0)
    while True:
        last += 1
        yield f"{region}-{last:0{DIGITS}}"
