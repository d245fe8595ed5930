"""The schemas that editors complete from: current, and named by every data file."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from running import ROOT, must, yingji

from macros.loading.dataset import FOLDERS, SINGLE_FILES
from macros.schemas import editor_schemas

DATA = ROOT / "data"
FILES = sorted(path for path in DATA.rglob("*.y*ml"))
NAMES = [path.relative_to(DATA).as_posix() for path in FILES]
CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")


def test_schemas_are_current():
    """If not: `yingji schemas`, and commit data/schemas with the models."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in (DATA / "schemas").iterdir()}
    assert committed == editor_schemas()


def test_the_command_writes_them(tmp_path):
    must(yingji("schemas", "--data", tmp_path))
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "schemas").iterdir()} == editor_schemas()


def test_every_kind_of_file_has_a_schema():
    kinds = [*SINGLE_FILES, *(folder[:-1] for folder in FOLDERS)]
    assert set(editor_schemas()) == {f"{kind}.schema.json" for kind in kinds}


@pytest.mark.parametrize("name", sorted(editor_schemas()))
def test_a_schema_is_one_and_closed(name):
    schema = json.loads(editor_schemas()[name])
    Draft202012Validator.check_schema(schema)
    models = [schema, *schema.get("$defs", {}).values()]
    assert [model["title"] for model in models if "properties" in model and model.get("additionalProperties") is not False] == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_data_file_names_its_schema_and_says_what_it_feeds(path: Path):
    first, second, *_ = path.read_text(encoding="utf-8").splitlines()
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, f"{path.name} 的第一行应指明 schema"
    assert (path.parent / named[1]).resolve() == DATA / "schemas" / f"{kind_of(path)}.schema.json"
    assert second.startswith("# ") and CHINESE.search(second), f"{path.name} 的第二行应是中文说明"


def kind_of(path: Path) -> str:
    return path.stem if path.parent == DATA else path.parent.name[:-1]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_data_file_says_what_to_run_after_an_edit(path: Path):
    head = [line for line in path.read_text(encoding="utf-8").splitlines()[:12] if line.startswith("#")]
    assert "yingji check" in "".join(head)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_editors_find_no_fault_in_the_names_of_keys(path: Path):
    """Values an editor reads as numbers or dates may differ; an unknown or missing key may not."""
    schema = json.loads(editor_schemas()[f"{kind_of(path)}.schema.json"])
    faults = Draft202012Validator(schema).iter_errors(yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader))
    assert [f"{fault.json_path}: {fault.message}" for fault in faults if fault.validator in ("additionalProperties", "required")] == []
