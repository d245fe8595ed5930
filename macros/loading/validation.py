"""A tree of strings → a model, every fault at once, in words a plan officer reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from macros.errors import Problem
from macros.loading.yaml_file import Location, Tree

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A model with the file and lines it came from; `faulty` list items were left out of it."""

    model: M
    tree: Tree
    faulty: frozenset[Location] = frozenset()

    @property
    def file(self) -> str:
        return self.tree.file

    def problem(self, location: Location, rule: str, value: object = None) -> Problem:
        return self.tree.problem(location, rule, value)

    def each(self, field: str) -> Iterator[tuple[Location, Any]]:
        """Every item of a list field with its place in the file."""
        places = ((field, i) for i in range(len(self.tree.value.get(field) or ())))
        return zip((p for p in places if p not in self.faulty), getattr(self.model, field), strict=True)


def validate(tree: Tree, model: type[M]) -> tuple[Loaded[M] | None, list[Problem]]:
    """The model and the faults of its file.

    A faulty list item is left out and the rest kept, so that the rules across files
    still speak about the rest; None where the file's head itself is faulty.
    """
    if tree.value is None:
        return None, list(tree.problems)
    try:
        return Loaded(model.model_validate(tree.value), tree), list(tree.problems)
    except ValidationError as fault:
        problems = [*tree.problems, *(_problem(error, tree) for error in fault.errors())]
        return _without_faulty_items(tree, model, fault), problems


def _without_faulty_items(tree: Tree, model: type[M], fault: ValidationError) -> Loaded[M] | None:
    faulty = frozenset(error["loc"][:2] for error in fault.errors() if len(error["loc"]) > 1)
    kept = {key: _kept(key, value, faulty) for key, value in tree.value.items() if (key,) not in _unknown(fault)}
    try:
        return Loaded(model.model_validate(kept), tree, faulty)
    except ValidationError:
        return None


def _unknown(fault: ValidationError) -> set[Location]:
    return {error["loc"] for error in fault.errors() if error["type"] == "extra_forbidden"}


def _kept(key: str, value: Any, faulty: frozenset[Location]) -> Any:
    if not isinstance(value, list):
        return value
    return [item for index, item in enumerate(value) if (key, index) not in faulty]


def _problem(error: Any, tree: Tree) -> Problem:
    location = tuple(error["loc"])
    value = error["input"] if isinstance(error["input"], str) else None
    return tree.problem(location, _rule(error), value)


def _rule(error: Any) -> str:
    context = {key: str(value) for key, value in error.get("ctx", {}).items()}
    template = RULES.get(error["type"])
    if error["input"] is None and error["type"] not in ("missing", "extra_forbidden"):
        return "不能为空"
    return template.format(**context) if template else error["msg"]


RULES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个字段",
    "decimal_parsing": "应为数字",
    "decimal_type": "应为数字",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为一段文字",
    "string_too_short": "至少 {min_length} 个字",
    "string_too_long": "至多 {max_length} 个字",
    "string_pattern_mismatch": "写法不对,应符合 {pattern}",
    "literal_error": "只能是 {expected} 之一",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "too_short": "至少要有 {min_length} 项",
    "tuple_type": "应为列表",
    "model_type": "应为“键: 值”",
    "date_from_datetime_parsing": "日期应写成 2026-11-21 这样的真实日期",
    "date_parsing": "日期应写成 2026-11-21 这样的真实日期",
    "date_type": "日期应写成 2026-11-21 这样的真实日期",
    "value_error": "{error}",
}
