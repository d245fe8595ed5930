"""What was done, as a row without names: the evidence that counts toward a plan's targets."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from macros.models.base import Record, RegionCode, Text
from macros.models.drills import LevelName
from macros.models.plans import UnitKind
from macros.models.quizzes import Band, PageKey

Activity = Literal["演练", "培训", "宣教", "调查"]
RecordId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{8,40}$")]
#: A class, village or unit by code; no field is wide enough for a story or fit for a name.
UnitCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,24}$")]
ContentHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
ResultText = Annotated[str, StringConstraints(pattern=r"^\d{1,6}/\d{1,6}$")]


class Unit(Record):
    """A school, village or firm that has to drill: a code that its region gives out, and its kind. No names."""

    code: UnitCode
    region: RegionCode
    kind: UnitKind


class ActivityRecord(Record):
    """One drill, course, campaign or survey. `item` is a page of this site (`quizzes/typhoon`), `hash` its content then.

    `persons` are different people, `person_times` visits; `result` is part/whole as counted on the
    day (answers right, homes with a kit, points of a drill), `measured` what the whole was (题, 户, 分).
    """

    id: RecordId
    date: date
    region: RegionCode
    unit: UnitCode | None = None
    activity: Activity
    item: PageKey
    hash: ContentHash | None = None
    band: Band | None = None
    level: LevelName | None = None
    persons: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    person_times: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    result: ResultText | None = None
    measured: Annotated[Text, StringConstraints(pattern=r"^[题户人项分]$")] | None = None

    @model_validator(mode="after")
    def _possible(self) -> "ActivityRecord":
        if self.persons is not None and self.person_times is not None and self.persons > self.person_times:
            raise ValueError("人数不能多于人次")
        if self.activity == "调查" and not (self.result and self.measured):
            raise ValueError("调查要写 result（备有的/问到的，如 17/55）和 measured（户）")
        part, _, whole = (self.result or "0/1").partition("/")
        if int(whole) == 0 or int(part) > int(whole):
            raise ValueError("结果的前一个数不能大于后一个数，后一个数不能是 0")
        return self
