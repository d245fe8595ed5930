"""One YAML file → plain dicts, lists and strings, with the line of every value.

Scalars stay strings, so YAML 1.1's traps (`10:30` as 630, `on` as true, `0130` as 88,
the last of two equal keys) cannot bite; only an empty or `null` value becomes None.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from macros.errors import DataFaults, Problem, field_name

LARGEST_FILE = 5_000_000
NULLS = ("", "~", "null", "Null", "NULL")
Location = tuple[str | int, ...]


@dataclass
class Tree:
    """What a file holds, and where each value stands."""

    file: str
    value: Any = None
    lines: dict[Location, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, location: Location) -> int:
        """Line of the value, or of the nearest parent that is there."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def problem(self, location: Location, rule: str, value: object = None) -> Problem:
        shown = None if value is None else str(value)
        return Problem(self.file, self.line(location), field_name(location), rule, shown)


def read_tree(path: Path, name: str) -> Tree:
    """Read `path`, called `name` in messages. Faults are kept in the tree, not raised."""
    tree = Tree(name)
    try:
        node = yaml.compose(read_text(path, name), Loader=yaml.CSafeLoader)
    except DataFaults as faults:
        tree.problems.extend(faults.problems)
    except yaml.YAMLError as fault:
        tree.problems.append(_syntax_problem(fault, name))
    else:
        _read_root(node, tree)
    return tree


def read_text(path: Path, name: str) -> str:
    """The text of a UTF-8 file; DataFaults where it is no file, too large or not UTF-8."""
    rule = _unreadable(path)
    if rule:
        raise DataFaults([Problem(name, 0, "", rule)])
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        raise DataFaults([Problem(name, 1, "", "文件开头有 BOM;请另存为“UTF-8(无 BOM)”")])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise DataFaults([Problem(name, line, "", "不是 UTF-8 文件(可能是 GB18030);请另存为“UTF-8(无 BOM)”")]) from None


def _unreadable(path: Path) -> str | None:
    if path.is_dir():
        return "这里应是文件,现为文件夹"
    if not path.is_file():
        return "没有这个文件"
    if path.stat().st_size > LARGEST_FILE:
        return f"文件 {path.stat().st_size // 1_000_000} MB,超过上限 {LARGEST_FILE // 1_000_000} MB"
    return None


def _syntax_problem(fault: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(fault, "problem_mark", None)
    detail = getattr(fault, "problem", None) or "含有不允许的字符"
    return Problem(name, mark.line + 1 if mark else 1, "", f"YAML 写法有误:{detail}")


def _read_root(node: yaml.Node | None, tree: Tree) -> None:
    if node is None:
        tree.problems.append(Problem(tree.file, 0, "", "文件是空的"))
    elif not isinstance(node, yaml.MappingNode):
        tree.problems.append(Problem(tree.file, 1, "", "最外层应是“键: 值”"))
    else:
        tree.value = _value(node, (), tree, set())


def _value(node: yaml.Node, location: Location, tree: Tree, seen: set[int]) -> Any:
    tree.lines.setdefault(location, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in NULLS else node.value
    if id(node) in seen:
        tree.problems.append(tree.problem(location, "不支持引用(&、*);请把内容写出来"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*location, index), tree, seen) for index, child in enumerate(node.value)]
    return _mapping(node, location, tree, seen)


def _mapping(node: yaml.MappingNode, location: Location, tree: Tree, seen: set[int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.tag)
        here = (*location, key)
        if key in result:
            rule = f"同一个键写了两次(前一次在第 {tree.lines[here]} 行)"
            tree.problems.append(Problem(tree.file, key_node.start_mark.line + 1, field_name(here), rule))
            continue
        tree.lines[here] = key_node.start_mark.line + 1
        result[key] = _value(value_node, here, tree, seen)
    return result
