"""The API: every file against its own published schema, and against the data it is made from."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from golden_files import assert_golden
from jsonschema import Draft202012Validator, FormatChecker
from running import EPOCH

from macros.feeds import api_files
from macros.feeds.api import FEEDS, SCHEMA_VERSION

FORMATS = FormatChecker(formats=())
MOMENT = datetime.fromtimestamp(int(EPOCH), UTC)


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: str) -> bool:
    """jsonschema checks no dates by itself, and says nothing about it."""
    return datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("date", raises=ValueError)
def is_day(value: str) -> bool:
    return value is None or bool(datetime.strptime(value, "%Y-%m-%d"))


@pytest.fixture(scope="module")
def api(site_dir) -> Path:
    return site_dir / "api" / "v1"


@pytest.fixture(scope="module")
def index(api) -> dict:
    return read(api / "index.json")


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def records(api: Path, name: str) -> list[dict]:
    return read(api / f"{name}.json")["records"]


@pytest.mark.parametrize("name", [*FEEDS, "index"])
def test_file_follows_its_schema(api, name):
    schema = read(api / "schema" / f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    faults = Draft202012Validator(schema, format_checker=FORMATS).iter_errors(read(api / f"{name}.json"))
    assert [f"{fault.json_path}: {fault.message}" for fault in faults][:5] == []


@pytest.mark.parametrize("name", [*FEEDS, "index"])
def test_schemas_are_closed(api, name):
    """A reader can rely on the schema naming every key."""
    schema = read(api / "schema" / f"{name}.schema.json")
    models = [schema, *schema.get("$defs", {}).values()]
    assert [model["title"] for model in models if "properties" in model and model.get("additionalProperties") is not False] == []


def test_index_lists_every_file(api, index):
    listed = {api / entry[key] for entry in index["files"].values() for key in ("href", "schema_href")}
    own = {api / "index.json", api / "schema" / "index.schema.json"}
    assert listed | own == set(api.rglob("*.json"))


def test_issue_names_these_files(index):
    named = {"regions", "plans", "targets", "facts", "risks", "duties", "campaigns", "sources"}
    assert named <= set(index["files"])


def test_index_counts_records(api, index):
    assert {name: entry["records"] for name, entry in index["files"].items()} == {
        name: len(records(api, name)) for name in index["files"]
    }


def test_counts_agree_with_the_data(api, dataset):
    plans = dataset.plans.values()
    expected = {
        "regions": len(dataset.regions),
        "plans": len(plans),
        "targets": sum(len(plan.targets) for plan in plans),
        "facts": sum(len(plan.facts) for plan in plans),
        "risks": sum(len(plan.risks) for plan in plans),
        "duties": len(dataset.items("duties")) + sum(len(plan.duties) for plan in plans),
        "campaigns": len(dataset.items("campaigns")) + sum(len(plan.campaigns) for plan in plans),
        "sources": len(dataset.documents),
    }
    assert {name: len(records(api, name)) for name in expected} == expected


def test_figures_are_exact(api, dataset):
    """As JSON numbers, not text, and the very figures of the data."""
    for name in ("targets", "facts"):
        figures = {(item["plan"], item["id"]): item["value"] for item in records(api, name)}
        assert figures == {
            (plan.id, item.id): None if item.value is None else float(item.value)
            for plan in dataset.plans.values() for item in getattr(plan, name)
        }
        assert {type(value) for value in figures.values()} <= {int, float, type(None)}


def test_references_between_files_hold(api):
    plans = {plan["id"] for plan in records(api, "plans")}
    regions = {region["code"] for region in records(api, "regions")}
    sources = {source["id"] for source in records(api, "sources")}
    for name in ("targets", "facts", "risks"):
        assert {(item["plan"] in plans, item["region"] in regions) for item in records(api, name)} <= {(True, True)}
    assert {plan for region in records(api, "regions") for plan in region["plans"]} == plans
    cited = {item["cite"]["source"] for name in ("duties", "campaigns") for item in records(api, name)}
    assert cited - sources - {None} == set()


@pytest.mark.parametrize("name", [*FEEDS, "index"])
def test_file_says_version_moment_and_licence(api, name):
    feed = read(api / f"{name}.json")
    assert feed["schema_version"] == SCHEMA_VERSION
    assert datetime.fromisoformat(feed["generated_at"]) == MOMENT
    assert feed["licence"] == "MIT"


def test_changelog_names_the_version(project):
    versions = re.findall(r"^## \[?v?(\d+\.\d+\.\d+)\b", (project / "API-CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert versions[:1] == [SCHEMA_VERSION]


def test_files_and_schemas_are_as_last_seen(small_dataset):
    """A change here that readers would notice needs a new SCHEMA_VERSION and a line in API-CHANGELOG.md."""
    assert_golden({name.removeprefix("api/v1/"): text for name, text in api_files(small_dataset, MOMENT)}, "api")
