"""Data that tries to be markup.

Every text field of every model is filled with markup, in three ways since what opens a line
counts most. `@@` becomes a mark of the field, so that each value is looked for by itself.
Of each way, the longest version that the field's limit allows is taken. The longer ones hold
a 不, which a line of what never to do must have.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

WAYS = {
    "heading": ["# h@@ 不 - item <script>alert(1)</script> {{ 7*6 }} **bold** [x](y) &lt; `c` {#id}", "# h@@不{{ 7*6 }} **b** [x](y){#id}", "# h@@{{ 7*6 }}{#id}"],
    "item": ["- item@@ 不 # h <!-- {% raw %} --> {{ 7*6 }} **bold** [x](y) \\* | {#id}", "- item@@不**bold** [x](y) {{ 7*6 }}{#id}", "- i@@**b**[x](y)"],
    "script": ["<script>alert(1)</script>@@ 不 {{ 7*6 }} # h - item **bold** [x](y) {#id}", "<script>alert(1)</script>@@不{{ 7*6 }}", "<script>@@</script>"],
}  # fmt: skip
#: A heading path may hold anything but blanks and its own slashes.
PATH = "<b>{{7*6}}**x**{#id}"
Values = dict[str, set[str]]


class Field:
    """Fills text by the models' own schemas, so that a field added to a model is filled too."""

    def __init__(self, way: str):
        self.versions, self.marks, self.values = WAYS[way], count(), defaultdict(set)
        self.written: dict[str, str] = {}

    def filled(self, value: object, schema: dict, defs: dict, name: str = "") -> object:
        schema = resolved(schema, value, defs)
        if isinstance(value, dict) and "properties" not in schema:  # ids to ids
            return value
        if isinstance(value, dict):
            parts = schema["properties"]
            return {key: self.filled(item, parts[key], defs, f"{schema['title']}.{key}") for key, item in value.items()}
        if isinstance(value, list):
            return [self.filled(item, schema["items"], defs, name) for item in value]
        if name.endswith((".path", ".at")) and value == "一":
            self.values[name].add(PATH)
            return PATH
        if value == "%":  # draws a bar: another unit would be another page
            return value
        if name == "Said.line":  # repeats what another file says
            self.values[name].add(self.written[value])
            return self.written[value]
        if not (isinstance(value, str) and is_free(schema, name, value)):
            return value
        text = self.text(name, schema)
        if name in ("Instruction.text", "Line.text"):
            self.written[value] = text
        return text

    def text(self, name: str, schema: dict) -> str:
        mark = f"{next(self.marks):03d}"[-3:]
        fitting = (text.replace("@@", mark) for text in self.versions)
        value = next(text for text in fitting if len(text) <= schema.get("maxLength", 2000))
        self.values[name].add(value)
        return value


def resolved(schema: dict, value: object, defs: dict) -> dict:
    """The part of a schema that speaks about `value`."""
    if "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema and value is not None:
        return resolved(next(part for part in schema["anyOf"] if part.get("type") != "null"), value, defs)
    return schema


def is_free(schema: dict, name: str, value: str) -> bool:
    """Whether any text would do: no closed list, pattern, number or place in a plan's outline."""
    if name.endswith(".at") and (value.startswith(("二", "一")) or value == "文头"):
        return False
    if "〔" in value and not name.endswith(".number"):  # a blank that the place fills in: without it the page would be another one
        return False
    return schema.get("type") == "string" and not {"pattern", "enum", "const", "format"} & set(schema)


def text_fields(schema: dict, defs: dict) -> Iterator[tuple[str, dict]]:
    """`Model.field` of every text field below a model, with its schema."""
    for model in (schema, *defs.values()):
        for key, part in model.get("properties", {}).items():
            while part.get("type") == "array" or "anyOf" in part:
                part = part["items"] if "items" in part else resolved(part, "", defs)
            if is_free(part, key, ""):
                yield f"{model['title']}.{key}"
