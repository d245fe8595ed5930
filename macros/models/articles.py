"""A page of practical knowledge that is no hazard: first aid, kit, family plan, checklists, law."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.models.base import PageKey, Record, Slug, Text
from macros.models.hazards import Review, Setting
from macros.models.plans import Audience
from macros.models.sources import Citation

#: Folder of the site → what it is called. A page stands at `<folder>/<id>`.
FOLDERS = {
    "kit": "家庭应急物资",
    "family-plan": "家庭应急计划",
    "first-aid": "急救",
    "shelter-guide": "应急避难场所怎么找、怎么用",
    "reporting": "隐患怎么报",
    "after": "灾后",
    "risk-maps": "看懂风险图",
    "rumours": "谣言怎么辨",
    "law": "法律里的权利和义务",
    "audiences": "给不同的人",
    "checklists": "自查表",
    "templates": "预案和复盘模板",
    "children": "儿童页",
}
Folder = Literal[*FOLDERS]
#: 步骤 in order · 清单 to tick · 说明 to read · 填写 blanks to fill in · 念稿 words to say aloud · 不要 what not to do, with the reason
#: · 本站 what this site holds, how to use it, what it suggests: its own words, never an instruction for danger
PartKind = Literal["步骤", "清单", "说明", "填写", "念稿", "不要", "本站"]
#: Kinds whose lines need no source: a blank says nothing, and of itself this site is the source.
UNSOURCED: tuple[PartKind, ...] = ("填写", "本站")


class Picture(Record):
    """A pictogram of ours, `docs/assets/pictograms/<file>.svg`, and what it shows in words."""

    file: Slug
    shows: Text


class Line(Record):
    """One step, item or statement; without a citation only in a part of an `UNSOURCED` kind."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    reason: Text | None = None
    setting: Setting | None = None
    audience: Audience | None = None
    life_safety: bool = False
    picture: Picture | None = None
    cite: Citation | None = None
    reviews: tuple[Review, ...] = ()


class Part(Record):
    """A heading and its lines; `page` links a part to the page that says more (`hazards/flood`)."""

    heading: Text
    kind: PartKind
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    page: PageKey | None = None


class Article(Record):
    """One page. `lead` is the one thing to take away; `pinyin` is printed above hard words."""

    id: Slug
    folder: Folder
    title: Text
    lead: Annotated[str, StringConstraints(min_length=2, max_length=60)]
    audiences: tuple[Audience, ...] = ()
    topics: tuple[Slug, ...] = ()
    aliases: tuple[Text, ...] = ()
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    related: tuple[Slug, ...] = ()
    pinyin: dict[str, Text] = {}
    reviewed: date
    review_months: Annotated[int, Field(ge=1, le=60)] = 12
