"""A quiz: questions that teach what a person could get wrong with bad results."""

import hashlib
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.models.base import PageKey, Record, Slug, Text
from macros.models.plans import Audience

#: Who a course is for, from the youngest; a quiz without a band is for everyone.
Band = Literal["小学低段", "小学高段", "初中", "高中", "大学", "成人", "老年人", "企业员工", "志愿者"]
QuizKind = Literal["灾种", "课程", "专题", "规划"]
QuestionKind = Literal["单选", "多选", "排序"]
#: `typhoon#calm-eye`: a question of another quiz.
QuestionKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+#[a-z0-9-]+$", max_length=120)]
OptionText = Annotated[str, StringConstraints(min_length=1, max_length=80)]
QuestionText = Annotated[str, StringConstraints(min_length=2, max_length=200)]


class Reference(Record):
    """What proves a question: a page of this site, and the source and place the page rests on."""

    page: PageKey
    source: Slug
    at: Text


class Drawing(Record):
    """A picture of ours that a question is about, `assets/pictograms/<file>.svg`, and what it shows."""

    file: Slug
    shows: Text


class Option(Record):
    """One answer. In an ordering question `right` is unused: the options stand in the right order."""

    text: OptionText
    right: bool = False
    explanation: Text | None = None


class Question(Record):
    """`scene` is what happened before the question is asked, `hint` what helps without telling."""

    id: Slug
    text: QuestionText
    kind: QuestionKind
    scene: Text | None = None
    hint: Text | None = None
    drawing: Drawing | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=8)]
    reference: Reference

    @property
    def right_places(self) -> tuple[int, ...]:
        return tuple(place for place, option in enumerate(self.options) if option.right)

    @property
    def explanations(self) -> tuple[str, ...]:
        return tuple(option.explanation for option in self.options if option.explanation)

    @property
    def right_is_longest(self) -> bool:
        """Whether a reader could pick the right answer of several by its length alone."""
        if self.kind != "单选":
            return False
        longest_wrong = max((len(o.text) for o in self.options if not o.right), default=0)
        return all(len(o.text) > longest_wrong for o in self.options if o.right)


class Quiz(Record):
    """One file of `quizzes/`; `take` adds questions of other quizzes, in the order written."""

    id: Slug
    title: Text
    kind: QuizKind
    band: Band | None = None
    audience: Audience | None = None
    topics: Annotated[tuple[Slug, ...], Field(min_length=1)]
    pass_percent: Annotated[int, Field(ge=1, le=100)] = 80
    minutes: Annotated[int, Field(ge=1, le=180)] | None = None
    take: tuple[QuestionKey, ...] = ()
    reviewed: date
    review_months: Annotated[int, Field(ge=1, le=60)] = 12
    questions: tuple[Question, ...] = ()

    @property
    def content_hash(self) -> str:
        """Changes with anything a learner's answer depends on, and with nothing else."""
        asked = [[q.id, q.text, q.scene, q.kind, [[o.text, o.right] for o in q.options], *_seen(q)] for q in self.questions]
        return hashlib.sha256(repr(asked).encode("utf-8")).hexdigest()[:12]


def _seen(question: Question) -> tuple[str, ...]:
    return (question.drawing.file,) if question.drawing else ()
