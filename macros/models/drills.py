"""A drill guide: what a place can run tomorrow, word for word, score and learn from."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.models.articles import Line
from macros.models.base import Record, Slug, Text
from macros.models.plans import UnitKind
from macros.models.sources import Citation

Setting = Literal["幼儿园", "小学", "中学", "校车", "学校", "社区", "村", "高层住宅", "养老机构", "医院", "商场", "企业", "家庭", "机关"]
#: 现场 people move · 桌面 people decide at a table.
DrillForm = Literal["现场", "桌面"]
LevelName = Literal["讲解与模仿", "预告疏散", "全流程", "桌面推演", "双盲"]
#: Minutes and seconds since the signal.
Clock = Annotated[str, StringConstraints(pattern=r"^\d{2,3}:[0-5]\d$")]
#: `〔集合点〕` in a text stands for what the place fills in.
BLANK = re.compile(r"〔([^〔〕]+)〕")
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=160)]
#: Settings whose people have not been trained for a drill without notice, or must never meet one.
NEVER_WITHOUT_NOTICE = ("幼儿园", "小学", "中学", "校车", "学校", "社区", "村", "高层住宅", "养老机构", "医院", "商场", "家庭")
#: Where a score for speed would make small children run (教基一厅〔2014〕2号: safety before speed).
NEVER_TIMED = ("幼儿园", "小学")


def seconds(clock: str) -> int:
    minutes, _, rest = clock.partition(":")
    return int(minutes) * 60 + int(rest)


class Level(Record):
    """One way to run the guide, from the easiest; `who` it is for and `how` it differs."""

    name: LevelName
    who: Phrase
    how: Phrase


class Role(Record):
    """A role card: `id` is what the script calls it, `tasks` what stands on the card."""

    id: Slug
    name: Phrase
    people: Phrase
    tasks: Annotated[tuple[Phrase, ...], Field(min_length=1)]


class Blank(Record):
    """What the place fills in; texts name it as 〔label〕."""

    label: Annotated[str, StringConstraints(pattern=r"^[^〔〕\s]{1,12}$")]
    kind: Literal["文字", "人数", "日期", "时刻", "电话"] = "文字"
    example: Phrase | None = None


class Groups(Record):
    """The groups that are counted: classes, floors, households. `name` is what one is called."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    leader: Slug


class Step(Line):
    """One step of the script. `text` is what is done, `says` the exact words spoken."""

    at: Clock
    who: Slug
    where: Phrase
    says: Phrase


class Inject(Record):
    """A turn that the director hands in; at `at`, or at any moment where it is null."""

    id: Slug
    at: Clock | None = None
    to: Slug
    situation: Phrase
    expects: Phrase


class Ask(Record):
    """A question that a situation card puts to one role."""

    who: Slug
    text: Phrase


class Card(Record):
    """A situation card of a tabletop exercise; `notes` are for the facilitator only."""

    at: Clock
    title: Phrase
    situation: Annotated[str, StringConstraints(min_length=2, max_length=300)]
    asks: Annotated[tuple[Ask, ...], Field(min_length=1)]
    notes: Annotated[tuple[Phrase, ...], Field(min_length=1)]


class Score(Record):
    """One observable item. 有无 is all or nothing; 计数 is part of `whole`; 计时 is within `limit_seconds`."""

    id: Slug
    text: Phrase
    how: Literal["有无", "计数", "计时"]
    whole: Phrase | None = None
    limit_seconds: Annotated[int, Field(ge=5, le=7200)] | None = None
    applies: Phrase | None = None
    weight: Annotated[int, Field(ge=1, le=100)]
    cite: Citation | None = None


class Outcome(Record):
    """What a score from `least` on means, and what to do next."""

    least: Annotated[int, Field(ge=0, le=100)]
    means: Phrase


class Notice(Record):
    """A letter or announcement beforehand, so that nobody takes the drill for real."""

    to: Phrase
    text: Annotated[str, StringConstraints(min_length=10, max_length=500)]


class Guide(Record):
    """One file of `data/drills/`: a scenario in a setting. `duties` are ids of `data/duties.yml`."""

    id: Slug
    title: Text
    setting: Setting
    form: DrillForm = "现场"
    units: tuple[UnitKind, ...] = ()
    hazards: Annotated[tuple[Slug, ...], Field(min_length=1)]
    topics: tuple[Slug, ...] = ()
    aliases: tuple[Text, ...] = ()
    purpose: Annotated[str, StringConstraints(min_length=2, max_length=120)]
    duties: tuple[Slug, ...] = ()
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    blanks: Annotated[tuple[Blank, ...], Field(min_length=1)]
    groups: Groups | None = None
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    materials: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    safety: Annotated[tuple[Line, ...], Field(min_length=1)]
    stop_word: Phrase
    notices: tuple[Notice, ...] = ()
    script: Annotated[tuple[Step, ...], Field(min_length=1)]
    cards: tuple[Card, ...] = ()
    injects: tuple[Inject, ...] = ()
    scores: Annotated[tuple[Score, ...], Field(min_length=1)]
    voids: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=2)]
    review: Annotated[tuple[Phrase, ...], Field(min_length=5, max_length=5)]
    reviewed: date
    review_months: Annotated[int, Field(ge=1, le=60)] = 12

    @property
    def length_seconds(self) -> int:
        """From the signal to the last step or card."""
        return max(seconds(item.at) for item in (*self.script, *self.cards))

    @property
    def all_topics(self) -> frozenset[str]:
        return frozenset((*self.hazards, *self.topics))

    @property
    def content_hash(self) -> str:
        """Changes with anything that a result depends on: the script, the cards, the scorecard."""
        scored = [[s.id, s.text, s.how, s.limit_seconds, s.weight] for s in self.scores]
        told = [[s.at, s.who, s.text, s.says] for s in self.script] + [[c.at, c.situation] for c in self.cards]
        return hashlib.sha256(repr([scored, told]).encode("utf-8")).hexdigest()[:12]

    def texts(self) -> Iterator[str]:
        """Every text in which a blank may stand."""
        for step in self.script:
            yield from (step.text, step.where, step.says)
        for role in self.roles:
            yield from role.tasks
        for notice in self.notices:
            yield notice.text
        for item in (*self.safety, *self.scores):
            yield item.text
        for inject in self.injects:
            yield from (inject.situation, inject.expects)
