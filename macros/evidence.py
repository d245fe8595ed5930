"""What records add up to, by year, place and group of people: persons and visits apart, homes as surveyed."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from macros.models import ActivityRecord

Key = TypeVar("Key")
#: (region, unit); a record without a unit is the region's own.
Place = tuple[str, str | None]
#: A district has hundreds of classes; the page names those with the most records.
MOST_PLACES = 20


@dataclass(frozen=True)
class Tally:
    """Sums of some records; None where none of them says."""

    records: int
    persons: int | None
    person_times: int | None
    homes: tuple[int, int] | None

    @property
    def surveyed(self) -> str | None:
        """A survey's own words: of the homes asked, never of all the district's homes."""
        return self.homes and f"调查的 {self.homes[1]} 户里 {self.homes[0]} 户有"


@dataclass(frozen=True)
class Evidence:
    """The records that count for one target."""

    records: tuple[ActivityRecord, ...]

    @cached_property
    def total(self) -> Tally:
        return tally(self.records)

    @cached_property
    def by_year(self) -> dict[int, Tally]:
        return _tallies(self.records, lambda record: record.date.year)

    @cached_property
    def by_place(self) -> dict[Place, Tally]:
        return _tallies(self.records, _place)

    @cached_property
    def by_band(self) -> dict[str, Tally]:
        return _tallies(self.records, lambda record: record.band or "")

    @cached_property
    def named_places(self) -> dict[Place, Tally]:
        """The places with the most records."""
        most = sorted(self.by_place, key=lambda place: -self.by_place[place].records)[:MOST_PLACES]
        return {place: self.by_place[place] for place in sorted(most, key=str)}

    @property
    def other_places(self) -> Tally | None:
        """All places that are not named, as one."""
        others = [record for record in self.records if _place(record) not in self.named_places]
        return tally(others) if others else None

    @cached_property
    def newest(self) -> "Evidence":
        """The last year with a record: a yearly target and a repeated survey are not added up over years."""
        last = self.year
        return Evidence(tuple(record for record in self.records if record.date.year == last))

    @property
    def year(self) -> int:
        """The last year with a record; 0 where there is none."""
        return max((record.date.year for record in self.records), default=0)

    @property
    def occasions(self) -> int:
        """Courses and drills held: forty slips of one class on one day are one."""
        return len({(record.date, _place(record), record.item) for record in self.records})


def tally(records: Iterable[ActivityRecord]) -> Tally:
    records = tuple(records)
    homes = [_homes(record) for record in records if record.activity == "调查" and record.measured == "户" and record.result]
    return Tally(
        len(records),
        _total(record.persons for record in records),
        _total(record.person_times for record in records),
        (sum(part for part, _ in homes), sum(whole for _, whole in homes)) if homes else None,
    )


def _tallies(records: Iterable[ActivityRecord], key: Callable[[ActivityRecord], Key]) -> dict[Key, Tally]:
    groups: dict[Key, list[ActivityRecord]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return {name: tally(groups[name]) for name in sorted(groups, key=str)}


def _place(record: ActivityRecord) -> Place:
    return record.region, record.unit


def _homes(record: ActivityRecord) -> tuple[int, int]:
    part, _, whole = (record.result or "").partition("/")
    return int(part), int(whole)


def _total(numbers: Iterable[int | None]) -> int | None:
    said = [number for number in numbers if number is not None]
    return sum(said) if said else None
