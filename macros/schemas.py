"""JSON Schema for editors, written from the models so that the two cannot drift apart."""

import json
from pathlib import Path
from typing import Literal

from macros.loading.dataset import FOLDERS, SINGLE_FILES
from macros.models import Record

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def editor_schemas() -> dict[str, str]:
    """File name below `data/schemas/` → its text."""
    models: dict[str, type[Record]] = {**SINGLE_FILES, **{name[:-1]: model for name, model in FOLDERS.items()}}
    return {f"{name}.schema.json": schema_text(model) for name, model in sorted(models.items())}


def schema_text(model: type[Record], mode: Literal["validation", "serialization"] = "validation") -> str:
    schema = {"$schema": DRAFT, **model.model_json_schema(mode=mode)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_editor_schemas(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in editor_schemas().items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written
