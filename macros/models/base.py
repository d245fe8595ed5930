"""What every record shares: frozen, closed to unknown keys, read from string scalars."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema


class Record(BaseModel):
    """A frozen record; an unknown key is a fault, never silently dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError("应为有限的数字")
    return value


Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{5}$")]
Scope = Annotated[str, StringConstraints(pattern=r"^(CN|[1-9]\d{5})$")]
Year = Annotated[int, Field(ge=1900, le=2100)]
#: The API writes it as a JSON number.
Number = Annotated[Decimal, AfterValidator(_finite), WithJsonSchema({"type": "number"}, mode="serialization")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=300)]
#: A page of the site by its address without `.md`: `hazards/typhoon`.
PageKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)+$", max_length=120)]
