"""Where a statement comes from: the document, and the place in it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from macros.models.base import Record, Slug, Text, WebAddress

Grade = Literal["官方", "转载", "弱"]
Printed = Annotated[str, StringConstraints(min_length=1, max_length=20)]


def _real(day: str) -> str:
    """2024-02-30 has the right shape and is no day."""
    try:
        date.fromisoformat(day + "2000-01-01"[len(day) :])
    except ValueError:
        raise ValueError("没有这一天") from None
    return day


SourceDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"), AfterValidator(_real)]


class Document(Record):
    """A law, standard, plan or page. `number` and `date` are null where the text bears none."""

    issuer: Text | None
    title: Text
    number: Text | None = None
    date: SourceDate | None = None
    grade: Grade
    address: WebAddress | None = None
    note: Text | None = None
    superseded_by: Slug | None = None


class Source(Document):
    """A document that data outside its own plan file cites by id."""

    id: Slug


class Citation(Record):
    """A place in a source.

    `source` is null inside a plan file: the plan itself. `at` is a heading path
    (`三/(一)/8/(3)`) or an article (`第43条`). `printed` is what stands there, at
    most 20 characters, and `damaged` says why it cannot be read as it stands.
    """

    source: Slug | None = None
    at: Text
    printed: Printed | None = None
    damaged: Text | None = None


class PlanCitation(Citation):
    """A citation inside a plan file: it must quote, so that `yingji verify` can prove it."""

    printed: Printed
