"""A tree of strings → a model, every fault at once, in words a plan officer reads."""

import re
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
        return _without_faulty_items(tree, model, fault), [*tree.problems, *_problems(fault, tree)]


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


def _problems(fault: ValidationError, tree: Tree) -> Iterator[Problem]:
    """One problem a fault: what follows from another fault of the same place is left out."""
    spoken_of = {(problem.line, problem.field) for problem in tree.problems}
    for error in fault.errors():
        problem = _problem(error, tree)
        if (problem.line, problem.field) not in spoken_of and not _only_looks_short(error):
            yield problem


def _only_looks_short(error: Any) -> bool:
    """pydantic counts the entries without fault; those with one are reported by themselves."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _problem(error: Any, tree: Tree) -> Problem:
    value = error["input"] if isinstance(error["input"], str) else None
    return tree.problem(tuple(error["loc"]), rule_of(error), value)


def rule_of(error: Any) -> str:
    """One fault of pydantic in words a plan officer reads."""
    kind, missing = error["type"], error["input"] is None
    if missing and kind == "tuple_type":
        return "不能为空(没有内容就写 [])"
    if missing and kind not in ("missing", "extra_forbidden"):
        return "不能为空"
    context = {key: str(value) for key, value in error.get("ctx", {}).items()}
    if kind == "literal_error":
        context["expected"] = "、".join(re.findall(r"'([^']*)'", context["expected"]))
    if kind == "string_pattern_mismatch":
        return SPELLINGS.get(context["pattern"], f"写法不对,应符合 {context['pattern']}")
    return RULES[kind].format(**context) if kind in RULES else f"写法不对:{error['msg']}"


#: What pydantic calls a fault → what a plan officer reads. Braces are filled by pydantic.
RULES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个字段",
    "decimal_parsing": "应为数字",
    "decimal_type": "应为数字",
    "finite_number": "应为有限的数字",
    "int_parsing": "应为整数",
    "int_parsing_size": "应为整数",
    "int_type": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为一段文字",
    "string_too_short": "至少 {min_length} 个字",
    "string_too_long": "至多 {max_length} 个字",
    "literal_error": "只能是这些之一:{expected}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "too_short": "至少要有 {min_length} 项",
    "tuple_type": "应为列表(每项前面加“- ”)",
    "model_type": "应为一组“键: 值”,不是一个值",
    "date_from_datetime_inexact": "日期应写成 2026-11-21 这样的真实日期",
    "date_from_datetime_parsing": "日期应写成 2026-11-21 这样的真实日期",
    "date_parsing": "日期应写成 2026-11-21 这样的真实日期",
    "date_type": "日期应写成 2026-11-21 这样的真实日期",
    "value_error": "{error}",
}

#: A pattern of the models → how to write what it asks for. A test holds that none is missing.
SPELLINGS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "只能用小写字母、数字和连字符,例:flood-day",
    r"^[1-9]\d{5}$": "应为六位行政区划代码(GB/T 2260),例:450700",
    r"^(CN|[1-9]\d{5})$": "应为 CN(全国)或六位行政区划代码",
    r"^https?://[^\s<>\"']+$": "应为 http:// 或 https:// 开头的网址",
    r"/$": "应以 / 结尾",
    r"^\d{4}(-\d{2}(-\d{2})?)?$": "日期应写成 2026-11-21、2026-11 或 2026",
    r"^[0-9]{3,5}(-?[0-9]{3,8})?$": "号码只用数字,区号后可加一个连字符,例:119、0777-1234567",
    r"^(\d{2}-\d{2}|\d{2}|(last|[1-4])-(mon|tue|wed|thu|fri|sat|sun)-\d{2}|term-start)$":
        "应写成 05-12(某一天)、06(整个月)、last-mon-03(三月最后一个星期一)或 term-start(开学)",
    r"^[^/\s]+(/[^/\s]+)*$": "应写成 三/(一)/8 这样的标题路径,中间没有空格",
    r"^[0-9A-Za-z-]{8,40}$": "应为 8 到 40 个字母、数字或连字符",
    r"^[0-9A-Za-z-]{1,24}$": "应为代码：字母、数字、连字符，至多 24 个，不写姓名",
    r"^[0-9a-f]{12}$": "应为 12 位版本号",
    r"^\d{1,6}/\d{1,6}$": "应写成 8/10",
    r"^[题户人项分]$": "只能是这些之一：题、户、人、项、分",
    r"^\d{2,3}:[0-5]\d$": "应写成 分:秒，例：02:30",
    r"^[^〔〕\s]{1,12}$": "空的名字至多 12 个字，不用空格和〔〕",
    r"^[a-z0-9-]+#[a-z0-9-]+$": "应写成 测验编号#题目编号，例：typhoon#calm-eye",
    r"^[a-z0-9-]+(/[a-z0-9-]+)+$": "应写成 hazards/typhoon 这样的页面，不带 .md",
    r"^[\w.-]+\.txt$": "应为 .txt 文件名,不带文件夹",
}
