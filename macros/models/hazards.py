"""A hazard: the same everywhere; what is local hangs on a region's plan."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.models.base import Record, Slug, Text
from macros.models.plans import Audience
from macros.models.sources import Citation

Category = Literal["自然灾害", "事故灾难", "公共卫生事件", "社会安全事件"]
Phase = Literal["现在就做", "之前", "之中", "之后", "千万不要"]
Setting = Literal["在家", "学校", "户外", "车上", "海上"]
Line = Annotated[str, StringConstraints(min_length=2, max_length=40)]


class Review(Record):
    """One reading of an instruction against its source, by someone who did not write it."""

    on: date
    role: Text
    looked_at: Text


class Instruction(Record):
    """One thing to do or not to do. Life-safety lines need a sound source and two reviews.

    `setting` is where it holds when not everywhere, `audience` whom it is for when not everyone.
    """

    phase: Phase
    text: Line
    setting: Setting | None = None
    audience: Audience | None = None
    reason: Text | None = None
    life_safety: bool = True
    cite: Citation
    reviews: tuple[Review, ...] = ()


class Myth(Record):
    """A common belief that a source contradicts."""

    says: Text
    truth: Text
    cite: Citation
    reviews: tuple[Review, ...] = ()


class SignalLevel(Record):
    """One colour of a warning signal: its threshold and what it asks of the public."""

    colour: Literal["蓝", "黄", "橙", "红"]
    threshold: Text
    asks: tuple[Text, ...] = ()


class Signal(Record):
    """A warning signal as its issuing body defines it; this site issues none."""

    id: Slug
    name: Text
    hazards: tuple[Slug, ...]
    issuer: Text
    levels: Annotated[tuple[SignalLevel, ...], Field(min_length=1)]
    note: Text | None = None
    cite: Citation

    def level_name(self, level: SignalLevel) -> str:
        """`大风蓝色预警`: what the message on the phone says, and so what people search for."""
        return f"{self.name.partition('预警')[0]}{level.colour}色预警"


class Hazard(Record):
    """A hazard page: the one thing to do now, then lines by phase, then whom to call."""

    id: Slug
    name: Text
    category: Category
    aliases: tuple[Text, ...] = ()
    first: Line
    instructions: Annotated[tuple[Instruction, ...], Field(min_length=1)]
    myths: tuple[Myth, ...] = ()
    call: tuple[Slug, ...] = ()
    reviewed: date
    review_months: Annotated[int, Field(ge=1, le=60)] = 12

    def lines(self, phase: Phase) -> tuple[Instruction, ...]:
        return tuple(i for i in self.instructions if i.phase == phase)
