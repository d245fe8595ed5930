"""An exercise by steps: what happens, what one could do, and why only one of the choices is right."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.models.base import PageKey, Record, Slug, Text
from macros.models.hazards import Review

#: The scenes that 石景山 2021 (五/(三)) names for a hall of safety experience.
Scene = Literal[
    "地震", "洪涝", "内涝", "地质灾害", "火灾", "溺水", "交通事故", "电梯事故", "危险化学品事故", "家居安全", "应急救护"
]  # fmt: skip


class Said(Record):
    """A line of another page by its words: an exercise never says anew what to do."""

    page: PageKey
    line: Text


class WrongChoice(Record):
    """What people do instead, and the line that speaks against it."""

    text: Annotated[str, StringConstraints(min_length=2, max_length=40)]
    why: Said


class Turn(Record):
    """One step: what happens, the line to follow, and what is often done instead."""

    happens: Annotated[str, StringConstraints(min_length=4, max_length=120)]
    right: Said
    wrong: Annotated[tuple[WrongChoice, ...], Field(min_length=1, max_length=3)]
    reviews: tuple[Review, ...] = ()


class Scenario(Record):
    """One exercise, for one scene."""

    id: Slug
    scene: Scene
    title: Text
    turns: Annotated[tuple[Turn, ...], Field(min_length=3, max_length=8)]
    reviewed: date
    review_months: Annotated[int, Field(ge=1, le=60)] = 12
