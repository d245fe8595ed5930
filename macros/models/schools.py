"""A term-start pack: what a teacher needs for one stage, from the lesson to the letter home."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.models.articles import Line
from macros.models.base import Record, Slug, Text
from macros.models.drills import LevelName
from macros.models.plans import UnitKind

StageName = Literal["幼儿园", "小学低段", "小学高段", "初中", "高中", "大学"]
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=160)]
Spoken = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class LessonStep(Record):
    """One step of the lesson. A step of kind 主题 is taught once for each topic; `minutes` is for one of them.

    〔主题〕 in its texts stands for the topic's name, 〔第一件事〕 for the one thing to do.
    """

    title: Phrase
    kind: Literal["开场", "主题", "活动", "测验", "收尾"]
    minutes: Annotated[int, Field(ge=1, le=60)]
    does: Phrase
    says: Spoken


class Moment(Record):
    """What is done around the first lesson of term, and by whom."""

    when: Literal["开学前", "第一天", "第一周", "第一个月"]
    who: Phrase
    what: Phrase


class Letter(Record):
    """The letter home: paragraphs, then tasks for the family."""

    paragraphs: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    tasks: Annotated[tuple[Phrase, ...], Field(min_length=1)]


class Stage(Record):
    """One file of `data/schools/`. The region's risks choose a topic from each pool (macros/school_topics.py)."""

    id: Slug
    stage: StageName
    title: Text
    unit: UnitKind
    pupils: Phrase
    natural: Annotated[tuple[Slug, ...], Field(min_length=1)]
    daily: Annotated[tuple[Slug, ...], Field(min_length=1)]
    lesson_minutes: Annotated[int, Field(ge=5, le=90)]
    lines_per_topic: Annotated[int, Field(ge=2, le=7)]
    quiz: Slug
    drills: Annotated[dict[Slug, Slug], Field(min_length=1)]
    drill_level: LevelName
    aims: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    steps: Annotated[tuple[LessonStep, ...], Field(min_length=3)]
    board: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    around: Annotated[tuple[Moment, ...], Field(min_length=4)]
    letter: Letter
    handout: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    poster: Annotated[str, StringConstraints(min_length=2, max_length=20)]
    checklist: Annotated[tuple[Line, ...], Field(min_length=3)]
    legal: Annotated[tuple[Line, ...], Field(min_length=1)]
    reviewed: date
    review_months: Annotated[int, Field(ge=1, le=60)] = 12

    @property
    def for_small_children(self) -> bool:
        """Whether topics are taught in the words and pictures of the children's pages."""
        return self.stage in ("幼儿园", "小学低段")

    @property
    def pool(self) -> tuple[str, ...]:
        return (*self.natural, *self.daily)
