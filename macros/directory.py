"""How a region's shelters are laid out over pages: by district, in lists that a phone can load."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from macros.loading import Dataset
from macros.models import Region, Shelter

#: A district's own page lists so many; more go to plain pages beside it.
LISTED = 150
#: Shelters on one plain page.
PLAIN_PAGE = 300
#: Up to so many, each shelter has a page of its own; beyond, its place in a list is its address.
OWN_PAGES = 300
#: A character with several readings doubles what must be stored; so many are enough.
MOST_READINGS = 8
NO_DISTRICT = "未注明区县"


@dataclass(frozen=True)
class District:
    """The shelters of one district in the order of its streets; `pages` are plain lists, or none."""

    name: str
    slug: str
    shelters: tuple[Shelter, ...]

    @property
    def pages(self) -> tuple[tuple[Shelter, ...], ...]:
        starts = range(0, len(self.shelters), PLAIN_PAGE) if len(self.shelters) > LISTED else ()
        return tuple(self.shelters[start : start + PLAIN_PAGE] for start in starts)

    @property
    def streets(self) -> dict[str, int]:
        """Street → how many of its shelters."""
        counts: dict[str, int] = defaultdict(int)
        for shelter in self.shelters:
            counts[shelter.street or ""] += 1
        return dict(counts)


@dataclass(frozen=True)
class Directory:
    """A region's list and where on the site each of it stands."""

    region: Region
    shelters: tuple[Shelter, ...]
    districts: tuple[District, ...]

    @property
    def has_own_pages(self) -> bool:
        return len(self.shelters) <= OWN_PAGES

    def folder(self) -> str:
        return f"shelters/{self.region.slug}"

    def uri(self, district: District, number: int | None = None) -> str:
        """A district's page, or its plain list `number` (from 1 on)."""
        return f"{self.folder()}/{district.slug}.md" if number is None else f"{self.folder()}/{district.slug}-{number}.html"

    def card_uri(self, shelter: Shelter) -> str:
        return f"{self.folder()}/s/{shelter.id.lower()}.md"

    def addresses(self) -> Iterator[tuple[Shelter, str]]:
        """Every shelter with its address below the region's folder, as a browser asks for it."""
        for district in self.districts:
            addresses = self.addresses_of(district)
            yield from ((shelter, addresses[shelter.id]) for shelter in district.shelters)

    def addresses_of(self, district: District) -> dict[str, str]:
        return {shelter.id: self._address(district, position, shelter) for position, shelter in enumerate(district.shelters)}

    def _address(self, district: District, position: int, shelter: Shelter) -> str:
        if self.has_own_pages:
            return f"s/{shelter.id.lower()}.html"
        page = f"-{position // PLAIN_PAGE + 1}" if len(district.shelters) > LISTED else ""
        return f"{district.slug}{page}.html#s-{shelter.id}"


def directories(dataset: Dataset) -> Iterator[Directory]:
    """Every region of the site, those without a list too: they need telling most."""
    for region in dataset.regions.values():
        shelters = dataset.shelters.get(region.code, ())
        yield Directory(region, shelters, tuple(_districts(shelters)))


def district_name(shelter: Shelter) -> str:
    return shelter.district or NO_DISTRICT


def _districts(shelters: tuple[Shelter, ...]) -> Iterator[District]:
    groups: dict[str, list[Shelter]] = defaultdict(list)
    for shelter in shelters:
        groups[district_name(shelter)].append(shelter)
    taken: set[str] = {"index", "s", "data"}
    for name in sorted(groups):
        slug = _slug(name, taken)
        taken.add(slug)
        yield District(name, slug, tuple(sorted(groups[name], key=_order)))


def _order(shelter: Shelter) -> tuple[str, ...]:
    return (shelter.street or "", shelter.community or "", shelter.name, shelter.id)


def _slug(name: str, taken: set[str]) -> str:
    """钦南区 → qinnanqu: file names stay ASCII for old Windows."""
    from pypinyin import lazy_pinyin  # late: its tables take as long to load as ten pages to build

    plain = re.sub(r"[^a-z0-9]+", "-", "".join(lazy_pinyin(name)).lower()).strip("-")[:40] or "district"
    plain = f"{plain}-district" if re.search(r"-\d+$", plain) else plain
    return next(slug for number in range(1, 10_000) if (slug := plain if number == 1 else f"{plain}-x{number}") not in taken)


def initials(text: str) -> str:
    """长江路 → `cjl zjl`: every reading of the first letters, for typing without a Chinese keyboard."""
    letters = [_first_letters(character) for character in text if character.isalnum()]
    choices = 1
    for position, options in enumerate(letters):
        choices *= len(options)
        if choices > MOST_READINGS:
            letters[position] = options[:1]
            choices //= len(options)
    return " ".join("".join(letter) for letter in product(*letters))


@cache
def _first_letters(character: str) -> str:
    """The letters that a character may begin with; a letter or figure is its own."""
    if character.isascii():
        return character.lower()
    from pypinyin import Style, pinyin

    return "".join(dict.fromkeys(reading[:1] for reading in pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0]))
