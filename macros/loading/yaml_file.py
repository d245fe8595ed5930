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
DEEPEST = 40
BEFORE_CONTENT = (yaml.StreamStartEvent, yaml.DocumentStartEvent)
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
        fill_tree(tree, read_text(path, name))
    except DataFaults as faults:
        tree.problems.extend(faults.problems)
    return tree


def fill_tree(tree: Tree, text: str) -> None:
    """Read a YAML text into `tree`, its faults too; front matter comes here without a file of its own."""
    try:
        _Builder(tree, text).build()
    except DataFaults as faults:
        tree.problems.extend(faults.problems)
    except yaml.YAMLError as fault:
        tree.value = None
        tree.problems.append(_syntax_problem(fault, tree.file))


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


class _Builder:
    """Builds a tree from the parser's events; composing nodes would recurse as deep as the file nests."""

    def __init__(self, tree: Tree, text: str):
        self.tree = tree
        self.events = yaml.parse(text, Loader=yaml.CSafeLoader)

    def build(self) -> None:
        first = next(event for event in self.events if not isinstance(event, BEFORE_CONTENT))
        if isinstance(first, yaml.StreamEndEvent):
            self._fault(Problem(self.tree.file, 0, "", "文件是空的"))
        if not isinstance(first, yaml.MappingStartEvent):
            self._fault(Problem(self.tree.file, 1, "", "最外层应是“键: 值”"))
        value = self._value(first, ())
        rest = [event for event in self.events if isinstance(event, yaml.DocumentStartEvent)]
        if rest:
            self._fault(Problem(self.tree.file, _line(rest[0]), "", "一个文件只能有一份内容(不用“---”分隔)"))
        self.tree.value = value

    def _value(self, event: yaml.Event, location: Location) -> Any:
        self.tree.lines.setdefault(location, _line(event))
        if isinstance(event, yaml.AliasEvent):
            self.tree.problems.append(self.tree.problem(location, "不支持引用(&、*);请把内容写出来"))
            return None
        if isinstance(event, yaml.ScalarEvent):
            return None if not event.style and event.value in NULLS else event.value
        if len(location) >= DEEPEST:
            self._fault(Problem(self.tree.file, _line(event), "", f"嵌套超过 {DEEPEST} 层"))
        return self._list(location) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(location)

    def _list(self, location: Location) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*location, len(items))))
        return items

    def _mapping(self, location: Location) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                self._fault(Problem(self.tree.file, _line(key), field_name(location), "键应是一个词"))
            here = (*location, key.value)
            if key.value in result:
                self._repeated(key, here)
            else:
                self.tree.lines[here] = _line(key)
                result[key.value] = self._value(next(self.events), here)
        return result

    def _repeated(self, key: yaml.ScalarEvent, here: Location) -> None:
        """Keep the first; the second is read past, its own faults unreported."""
        rule = f"同一个键写了两次(前一次在第 {self.tree.lines[here]} 行)"
        self.tree.problems.append(Problem(self.tree.file, _line(key), field_name(here), rule))
        lines, problems = dict(self.tree.lines), list(self.tree.problems)
        self._value(next(self.events), here)
        self.tree.lines, self.tree.problems = lines, problems

    def _fault(self, problem: Problem) -> None:
        raise DataFaults([problem])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1
