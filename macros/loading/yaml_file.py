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
    opened = getattr(fault, "context", None) in OPENED
    mark = getattr(fault, "context_mark" if opened else "problem_mark", None)
    detail = getattr(fault, "problem", None) or getattr(fault, "reason", "")
    return Problem(name, mark.line + 1 if mark else 0, "", f"YAML 写法有误:{SYNTAX.get(detail, detail)}")


#: Where something was opened says more than where its end was missed.
OPENED = (
    "while scanning a simple key", "while scanning a quoted scalar",
    "while parsing a flow mapping", "while parsing a flow sequence",
)  # fmt: skip
#: What libyaml says → what to look for, in that line or just above it.
SYNTAX = {
    "mapping values are not allowed in this context": "多了一个“: ”,或上一行没写完;文字里有“: ”就把整段用引号括起来",
    "could not find expected ':'": "这一行或上一行缺“: ”(半角冒号加空格)",
    "did not find expected key": "缩进不齐,或前面的引号、括号没有合上",
    "did not find expected '-' indicator": "列表缩进不齐;每项都要对齐,以“- ”开头",
    "did not find expected ',' or '}'": "花括号没有合上,或两项之间缺逗号",
    "did not find expected ',' or ']'": "方括号没有合上,或两项之间缺逗号",
    "did not find expected node content": "这里应有内容",
    "found unexpected end of stream": "引号没有合上",
    "found unknown escape character": "双引号里的 \\ 有特殊意思;请改用单引号",
    "found character that cannot start any token": "不能以这个字符开头:缩进只用空格,文字以 % @ ` 开头要加引号",
    "did not find expected alphabetic or numeric character": "文字以 & 或 * 开头要加引号",
    "did not find expected whitespace or line break": "文字以 ! 开头要加引号",
    "did not find expected tag URI": "文字以 ! 开头要加引号",
    "did not find expected comment or line break": "| 或 > 后面要换行;文字以它开头要加引号",
    "found a tab character where an indentation space is expected": "缩进只用空格,不用制表符",
    "block sequence entries are not allowed in this context": "列表要另起一行写",
    "did not find expected <document start>": "多了一个括号",
    "control characters are not allowed": "含有看不见的控制字符",
}


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
            self._fault(Problem(self.tree.file, 1, "", "最外层应是“键: 值”(半角冒号,后面空一格)"))
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
