"""The files that hold one list each, and the publisher's settings."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from macros.models.base import Record, Slug, Text, WebAddress
from macros.models.hazards import Signal
from macros.models.plans import CampaignDay, Duty
from macros.models.regions import Contact
from macros.models.sources import Citation, Source


class Site(Record):
    """What the publisher sets; null leaves out whatever would need it."""

    name: Text
    tagline: Text | None = None
    site_url: Annotated[WebAddress, StringConstraints(pattern=r"/$")] | None = None
    contact: Text | None = None
    repository: WebAddress | None = None
    icp: Text | None = None
    data_as_of: date | None = None
    regions: tuple[Slug, ...] | None = None


class Topic(Record):
    """What a page, drill or quiz is about; hazards are topics too, under their own id."""

    id: Slug
    name: Text


class Term(Record):
    """A word of the field that the documents use, explained in plain words."""

    term: Text
    means: Text
    cites: tuple[Citation, ...]


class SourceList(Record):
    sources: tuple[Source, ...]


class TopicList(Record):
    topics: tuple[Topic, ...]


class ContactList(Record):
    contacts: tuple[Contact, ...]


class DutyList(Record):
    duties: tuple[Duty, ...]


class CampaignList(Record):
    campaigns: tuple[CampaignDay, ...]


class Glossary(Record):
    terms: tuple[Term, ...]


class SignalList(Record):
    signals: tuple[Signal, ...]


class SynonymList(Record):
    """Words that lead to the same page, and the words of a question that search leaves out."""

    fillers: tuple[Text, ...]
    groups: tuple[tuple[Text, ...], ...]
