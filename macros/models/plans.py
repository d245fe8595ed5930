"""A plan as structured data: its outline, and every item with its place in the document."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.models.base import Number, PageKey, Record, RegionCode, Scope, Slug, Text, Year
from macros.models.sources import Citation, Document, PlanCitation

TargetKind = Literal["结果", "预警", "响应", "宣教培训", "演练", "避难", "物资", "队伍", "设施", "管理"]
Comparator = Literal["≥", "≤", "<", "=", "提高", "提高≥", "下降", "下降≥", "定性"]
Theme = Literal[
    "宣教", "培训", "演练", "避难与救助", "物资储备", "预警发布", "风险与报告", "志愿与社会力量",
    "基层", "预案与评估", "专项能力", "队伍与装备", "信息化", "基础设施", "保障措施",
]  # fmt: skip
Audience = Literal[
    "居民", "家庭", "学校", "社区", "农村", "企业", "机关", "志愿者", "老年人", "儿童", "残障人士", "渔民", "物业",
]  # fmt: skip
#: Whom a duty binds, as kinds of unit that a drill can be counted for.
UnitKind = Literal[
    "幼儿园", "小学", "中学", "高校", "社区", "村", "住宅小区", "养老机构", "医院", "商场", "高危企业", "企业",
    "消防重点单位", "机关", "乡镇街道", "县级政府", "市级政府", "省级政府",
]  # fmt: skip
LeftOutReason = Literal["日期", "文号", "标题", "页码", "名称", "口号", "受损", "不转载"]
PathText = Annotated[str, StringConstraints(pattern=r"^[^/\s]+(/[^/\s]+)*$", max_length=60)]
#: `05-12` a day, `06` a whole month, `last-mon-03` the last Monday of March, `term-start` set locally.
DateRule = Annotated[str, StringConstraints(pattern=r"^(\d{2}-\d{2}|\d{2}|(last|[1-4])-(mon|tue|wed|thu|fri|sat|sun)-\d{2}|term-start)$")]


class Period(Record):
    """First and last year that a plan covers, both included."""

    first: Year
    last: Year

    @property
    def years(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class Section(Record):
    """A heading. `printed` only where the heading stands there differently from path + title."""

    path: PathText
    title: Text
    printed: Text | None = None
    withheld: bool = False
    damaged: Text | None = None


class Quantity(Record):
    """A figure: `value` (to `value_max` for a range) times `unit`; null where unknown or damaged."""

    value: Number | None = None
    value_max: Number | None = None
    unit: Text | None = None


class Measure(Record):
    """How a target would be measured: what is counted, over what."""

    numerator: Text
    denominator: Text | None = None


class Target(Quantity):
    """An indicator the plan promises: comparator, value × unit, by the end of `due`."""

    id: Slug
    name: Text
    kind: TargetKind
    topics: tuple[Slug, ...] = ()
    comparator: Comparator
    baseline: Text | None = None
    due: Year
    measure: Measure
    cite: PlanCitation


class Fact(Quantity):
    """A figure of status or history that the plan prints; `year` null where it names none."""

    id: Slug
    subject: Text
    hazards: tuple[Slug, ...] = ()
    topics: tuple[Slug, ...] = ()
    year: Year | None = None
    cite: PlanCitation


class Risk(Record):
    """A hazard that the plan names for its region, with the figures that say how much."""

    id: Slug
    hazard: Slug
    summary: Text
    facts: tuple[Slug, ...] = ()
    cite: PlanCitation


class Task(Record):
    """What the plan orders, in our own words; `owner` null where no body is named."""

    id: Slug
    summary: Text
    owner: Text | None = None
    theme: Theme
    topics: tuple[Slug, ...] = ()
    cite: PlanCitation


class Project(Record):
    """A key project that the plan names, in our own words."""

    id: Slug
    name: Text
    summary: Text
    theme: Theme
    cite: PlanCitation


class NamedPlace(Record):
    """A place the plan names; status null where the plan contradicts itself or says nothing."""

    id: Slug
    name: Text
    kind: Literal["避难场所", "水源", "园区", "设施", "地点"]
    status: Literal["规划", "在建", "建成"] | None = None
    note: Text | None = None
    cites: Annotated[tuple[PlanCitation, ...], Field(min_length=1)]


class RunSheet(Record):
    """What one audience does on a campaign day: steps, pages to use (`drills/…`), a message to copy."""

    audience: Audience
    lines: Annotated[tuple[Annotated[str, StringConstraints(min_length=2, max_length=80)], ...], Field(min_length=1, max_length=8)]
    pages: tuple[PageKey, ...] = ()
    message: Annotated[str, StringConstraints(min_length=4, max_length=120)] | None = None


class CampaignDay(Record):
    """A day or season for public education; `rule` says when it falls in any year.

    `scope` is a region code; left out, it is the nation's, or the region's whose plan names it.
    """

    id: Slug
    name: Text
    scope: Scope | None = None
    rule: DateRule
    audiences: tuple[Audience, ...] = ()
    topics: tuple[Slug, ...] = ()
    summary: Text
    runs: tuple[RunSheet, ...] = ()
    cite: Citation


class Duty(Record):
    """Who must do what how often, by which rule.

    `scope` is a region code or CN; in a plan file it is left out and means the plan's
    region. Either `times` (to `times_max`) every `every_months`, or within `within_hours`,
    or only `when`, the occasion in words. `units` are the kinds of unit that `subject` names.
    """

    id: Slug
    scope: Scope | None = None
    subject: Text
    activity: Text
    kind: Literal["演练", "培训", "宣教", "报告", "预案", "检查", "其他"]
    times: Annotated[int, Field(ge=1)] = 1
    times_max: Annotated[int, Field(ge=1)] | None = None
    every_months: Annotated[int, Field(ge=1, le=120)] | None = None
    within_hours: Annotated[int, Field(ge=1, le=240)] | None = None
    when: Text | None = None
    valid_from: Year | None = None
    valid_to: Year | None = None
    topics: tuple[Slug, ...] = ()
    units: tuple[UnitKind, ...] = ()
    cite: Citation


class Damage(Record):
    """Text that cannot be read or is doubtful, and what this site does about it."""

    id: Slug
    problem: Text
    treatment: Text
    cite: PlanCitation


class LeftOut(Record):
    """Figures of one section that no item carries, and why; `printed` quotes each with its surroundings."""

    at: PathText
    reason: LeftOutReason
    printed: Annotated[tuple[Text, ...], Field(min_length=1)]


class PlanText(Record):
    """The received text that `yingji verify` reads; `body_line` is where the outline starts (after a table of contents)."""

    file: Annotated[str, StringConstraints(pattern=r"^[\w.-]+\.txt$")]
    body_line: Annotated[int, Field(ge=1)] = 1


class Plan(Record):
    """One plan of one region for one period, and everything this site carries over from it."""

    id: Slug
    region: RegionCode
    title: Text
    title_note: Text | None = None
    period: Period
    supersedes: Slug | None = None
    source: Document
    text: PlanText | None = None
    sections: tuple[Section, ...] = ()
    targets: tuple[Target, ...] = ()
    facts: tuple[Fact, ...] = ()
    risks: tuple[Risk, ...] = ()
    duties: tuple[Duty, ...] = ()
    tasks: tuple[Task, ...] = ()
    projects: tuple[Project, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    campaigns: tuple[CampaignDay, ...] = ()
    damages: tuple[Damage, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def section(self, path: str) -> Section | None:
        return next((s for s in self.sections if s.path == path), None)

    def figure(self, item_id: str) -> Target | Fact | None:
        return next((i for i in (*self.targets, *self.facts) if i.id == item_id), None)
