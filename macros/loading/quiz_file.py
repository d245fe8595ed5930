"""One quiz file (quizdown Markdown) → the same tree that YAML gives, with the line of every value.

    ---
    id: typhoon            front matter, as in any YAML file of data/
    ---
    ## 风雨突然停了，怎么办？ {#calm-eye}        a question and its id

    家里有老人，外面正刮台风。                   what happened before (may be left out)

    ![电梯门打叉](pictograms/no-lift.svg)       a drawing of ours (may be left out)

    > 想一想台风中心。                          a hint (may be left out)

    1. [ ] 出门看看                             `1.` one right answer, `-` several
       > 强风会突然再来。                        why this one is wrong (may be left out)
    2. [x] 留在安全处
       > 可能只是台风中心经过。                  why it is right
       > 依据：hazards/typhoon · weather-defence-typhoon-red · 防御指南
    ---
    Numbered options without boxes are an ordering question: they stand in the right order, and
    explanation and 依据 stand under the last one.

Text is text: neither HTML nor Markdown inside a line is read as markup.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from macros.errors import DataFaults, Problem, field_name
from macros.loading.yaml_file import Location, Tree, fill_tree, read_text

_HEADING = re.compile(r"^(?P<text>.*?)\s*\{#(?P<id>[^}]*)\}$", re.DOTALL)
_BOX = re.compile(r"^\[(?P<mark>[ xX])\]\s+(?P<text>.*)$", re.DOTALL)
_DRAWING = re.compile(r"^!\[(?P<shows>[^\]]+)\]\(pictograms/(?P<file>[\w-]+)\.svg\)$")
_REFERENCE = re.compile(r"^依据：\s*(?P<page>\S+) · (?P<source>\S+) · (?P<at>.+)$")
_FRONT = re.compile(r"\A---\n(?P<yaml>.*?)^---\n", re.DOTALL | re.MULTILINE)
_LISTS = ("ordered_list", "bullet_list")


def read_quiz_tree(path: Path, name: str) -> Tree:
    """Read `path`, called `name` in messages. Faults are kept in the tree, not raised."""
    tree = Tree(name)
    try:
        text = read_text(path, name).replace("\r\n", "\n")
    except DataFaults as faults:
        tree.problems.extend(faults.problems)
        return tree
    front = _FRONT.match(text)
    if front is None:
        tree.problems.append(tree.problem((), "开头缺少用两行“---”夹住的说明（id、title、kind……）"))
        return tree
    fill_tree(tree, "\n" + front["yaml"])  # the first line is the `---`
    if tree.value is not None:
        _add_questions(tree, text[front.end():], text[: front.end()].count("\n"))
    return tree


def _add_questions(tree: Tree, body: str, lines_before: int) -> None:
    tree.value["questions"] = questions = []
    for heading, nodes in _sections(tree, _blocks(body), lines_before):
        place: Location = ("questions", len(questions))
        reader = _QuestionReader(tree, place, lines_before)
        questions.append(reader.read(heading, nodes))


def _blocks(body: str) -> list[SyntaxTreeNode]:
    """Blocks only: what stands in a line is text, and two megabytes of it must not take minutes."""
    markdown = MarkdownIt("commonmark").disable(["html_block", "code", "fence", "reference", "lheading", "inline"])
    return SyntaxTreeNode(markdown.parse(body)).children


def _sections(tree: Tree, blocks: list[SyntaxTreeNode], lines_before: int) -> Iterator[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]]:
    """A question is a heading of the second level and what follows it."""
    nodes: list[SyntaxTreeNode] | None = None
    heading = None
    for block in blocks:
        if block.type == "heading":
            if heading:
                yield heading, nodes
            heading, nodes = block, []
        elif heading is None:
            _say(tree, ("questions",), block, lines_before, "题目应以“## 问题 {#编号}”开头")
        else:
            nodes.append(block)
    if heading:
        yield heading, nodes


class _QuestionReader:
    """Reads one question into the tree below `place`."""

    def __init__(self, tree: Tree, place: Location, lines_before: int):
        self.tree, self.place, self.lines_before = tree, place, lines_before
        self.value: dict[str, Any] = {"id": None, "text": None, "kind": None, "options": [], "reference": None}

    def read(self, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> dict[str, Any]:
        self._heading(heading)
        for node in nodes:
            self._block(node)
        if not self.value["options"]:
            self._say(heading, "题目没有选项")
        self.value = {key: value for key, value in self.value.items() if value is not None}
        return self.value

    def _heading(self, node: SyntaxTreeNode) -> None:
        text = _text(node)
        found = _HEADING.match(text)
        self._set("text", found["text"] if found else text, node)
        self._set("id", found["id"] if found else None, node)
        self.tree.lines[self.place] = self._line(node)

    def _block(self, node: SyntaxTreeNode) -> None:
        if node.type in _LISTS and not self.value["options"]:
            self._options(node)
        elif node.type == "blockquote" and not self.value["options"] and "hint" not in self.value:
            self._set("hint", " ".join(_quoted(node)), node)
        elif node.type == "paragraph" and not self.value["options"]:
            self._paragraph(node)
        else:
            self._say(node, "这里看不懂：每道题依次是标题、情景、图、提示、选项；解释缩进写在选项下面")

    def _paragraph(self, node: SyntaxTreeNode) -> None:
        text = _text(node)
        drawing = _DRAWING.match(text)
        if drawing:
            self._set("drawing", drawing.groupdict(), node)
        else:
            before = self.value.get("scene")
            self._set("scene", f"{before} {text}" if before else text, node)

    def _options(self, node: SyntaxTreeNode) -> None:
        numbered = node.type == "ordered_list"
        boxed = any(_BOX.match(_text(item.children[0])) for item in node.children if item.children)
        kind = ("单选" if numbered else "多选") if boxed else "排序"
        if kind == "排序" and not numbered:
            self._say(node, "选项前面要有 [ ] 或 [x]；排序题用 1. 2. 3.")
        self._set("kind", kind, node)
        self.tree.lines[(*self.place, "options")] = self._line(node)
        for item in node.children:
            self._option(item, boxed)

    def _option(self, item: SyntaxTreeNode, boxed: bool) -> None:
        text = _text(item.children[0]) if item.children else ""
        box = _BOX.match(text)
        if boxed and box is None:
            self._say(item, "这个选项前面没有 [ ] 或 [x]", text)
        value = {"text": box["text"] if box else text, "right": bool(box and box["mark"] in "xX")}
        self.tree.lines[(*self.place, "options", len(self.value["options"]))] = self._line(item)
        self.value["options"].append(value)
        for node in item.children[1:]:
            if node.type == "blockquote":
                self._explanation(value, node)
            else:
                self._say(node, "选项下面只能写缩进的解释（> ……）")

    def _explanation(self, option: dict[str, Any], node: SyntaxTreeNode) -> None:
        lines = list(_quoted(node))
        for line in lines:
            if line.startswith("依据"):
                self._reference(line, node)
        said = " ".join(line for line in lines if not line.startswith("依据"))
        option["explanation"] = said or None

    def _reference(self, line: str, node: SyntaxTreeNode) -> None:
        found = _REFERENCE.match(line)
        if found is None:
            self._say(node, "依据应写成“依据：页面 · 来源编号 · 哪一条”", line)
        elif self.value["reference"]:
            self._say(node, "依据写了两次")
        else:
            self._set("reference", found.groupdict(), node)

    def _set(self, field: str, value: object, node: SyntaxTreeNode) -> None:
        self.value[field] = value
        self.tree.lines[(*self.place, field)] = self._line(node)

    def _line(self, node: SyntaxTreeNode) -> int:
        return self.lines_before + (node.map[0] if node.map else 0) + 1

    def _say(self, node: SyntaxTreeNode, rule: str, value: object = None) -> None:
        _say(self.tree, self.place, node, self.lines_before, rule, value)


def _say(tree: Tree, place: Location, node: SyntaxTreeNode, lines_before: int, rule: str, value: object = None) -> None:
    line = lines_before + (node.map[0] if node.map else 0) + 1
    tree.problems.append(Problem(tree.file, line, field_name(place), rule, None if value is None else str(value)))


def _text(node: SyntaxTreeNode) -> str:
    """The text of a heading, paragraph or list item's first line, as it stands."""
    inline = next((child for child in node.children if child.type == "inline"), None)
    return inline.content.strip() if inline else ""


def _quoted(node: SyntaxTreeNode) -> Iterator[str]:
    for child in node.children:
        yield from (line.strip() for line in _text(child).splitlines() if line.strip())
