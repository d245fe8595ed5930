"""The versioned static API: `/api/v1/*.json`, each with a JSON Schema made from the same models."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

from pydantic import create_model

from macros.feeds.shelters import ApiCode, ApiShelter, api_codes, api_shelters, json_value
from macros.inheritance import Bound, all_campaigns, all_duties, parent_of
from macros.loading import Dataset
from macros.models import (
    CampaignDay,
    Document,
    Duty,
    Fact,
    Record,
    Region,
    Risk,
    Section,
    Source,
    Target,
)
from macros.models.plans import Period
from macros.schemas import schema_text

SCHEMA_VERSION = "1.0.0"
LICENCE = "MIT"
FOLDER = "api/v1"
MOST_INDENTED = 5000


class Feed(Record):
    """What every file of the API starts with. `generated_at` follows SOURCE_DATE_EPOCH where set."""

    schema_version: str = SCHEMA_VERSION
    generated_at: datetime
    licence: str = LICENCE


class PlanItem(Record):
    """Where a plan's item belongs: `plan/id` names it on the whole site."""

    plan: str
    region: str


class ApiTarget(Target, PlanItem): ...


class ApiFact(Fact, PlanItem): ...


class ApiRisk(Risk, PlanItem): ...


class ApiDuty(Duty):
    """A duty with the document it stands in; `scope` is always filled here."""

    document: Document
    plan: str | None


class ApiCampaign(CampaignDay):
    """A campaign day with the document it stands in; `scope` is always filled here."""

    document: Document
    plan: str | None


class ApiPlan(Record):
    id: str
    region: str
    title: str
    title_note: str | None
    period: Period
    supersedes: str | None
    source: Document
    sections: tuple[Section, ...]


class ApiRegion(Region):
    """A region with what follows from its code, and its plans, the newest first."""

    parent: str | None
    plans: tuple[str, ...]


class IndexEntry(Record):
    href: str
    schema_href: str
    records: int


class Index(Feed):
    """Every file of the API, its schema and how many records it holds."""

    files: dict[str, IndexEntry]


def api_files(dataset: Dataset, generated_at: datetime) -> Iterator[tuple[str, str]]:
    """(path below the site, text) of every file of the API."""
    entries = {}
    for name, (model, records_of) in FEEDS.items():
        feed = create_model(f"{name.title()}Feed", __base__=Feed, records=(tuple[model, ...], ...))
        records = tuple(records_of(dataset))
        yield f"{FOLDER}/{name}.json", _json(feed(generated_at=generated_at, records=records))
        yield f"{FOLDER}/schema/{name}.schema.json", schema_text(feed, mode="serialization")
        entries[name] = IndexEntry(href=f"{name}.json", schema_href=f"schema/{name}.schema.json", records=len(records))
    yield f"{FOLDER}/index.json", _json(Index(generated_at=generated_at, files=entries))
    yield f"{FOLDER}/schema/index.schema.json", schema_text(Index, mode="serialization")


def _json(feed: Feed) -> str:
    # Indenting takes Python's own slow encoder; nobody reads 100,000 shelters by eye.
    indent = 1 if len(getattr(feed, "records", ())) <= MOST_INDENTED else None
    return json.dumps(feed.model_dump(), ensure_ascii=False, indent=indent, default=json_value) + "\n"


def _regions(dataset: Dataset) -> Iterator[ApiRegion]:
    for region in dataset.regions.values():
        parent = parent_of(dataset, region)
        plans = tuple(plan.id for plan in dataset.plans_of(region.code))
        yield ApiRegion.model_construct(**dict(region), parent=parent.code if parent else None, plans=plans)


def _plans(dataset: Dataset) -> Iterator[ApiPlan]:
    for plan in dataset.plans.values():
        yield ApiPlan.model_construct(**{name: getattr(plan, name) for name in ApiPlan.model_fields})


def _items(field: str, model: type[PlanItem]) -> Callable[[Dataset], Iterator[PlanItem]]:
    def records(dataset: Dataset) -> Iterator[PlanItem]:
        for plan in dataset.plans.values():
            for item in getattr(plan, field):
                yield model.model_construct(**dict(item), plan=plan.id, region=plan.region)

    return records


def _duties(dataset: Dataset) -> Iterator[ApiDuty]:
    return (_bound(bound, ApiDuty) for bound in all_duties(dataset))


def _campaigns(dataset: Dataset) -> Iterator[ApiCampaign]:
    return (_bound(bound, ApiCampaign) for bound in all_campaigns(dataset))


def _bound(bound: Bound, model: type[Record]) -> Record:
    plan = bound.plan.id if bound.plan else None
    return model.model_construct(**{**dict(bound.item), "scope": bound.scope}, document=bound.document, plan=plan)


def _sources(dataset: Dataset) -> Iterator[Source]:
    for name, document in dataset.documents.items():
        yield Source.model_construct(**{**dict(document), "id": name})


FEEDS: dict[str, tuple[type[Record], Callable[[Dataset], Iterator[Record]]]] = {
    "regions": (ApiRegion, _regions),
    "plans": (ApiPlan, _plans),
    "targets": (ApiTarget, _items("targets", ApiTarget)),
    "facts": (ApiFact, _items("facts", ApiFact)),
    "risks": (ApiRisk, _items("risks", ApiRisk)),
    "duties": (ApiDuty, _duties),
    "campaigns": (ApiCampaign, _campaigns),
    "sources": (Source, _sources),
    "shelters": (ApiShelter, api_shelters),
    "shelter-codes": (ApiCode, api_codes),
}
