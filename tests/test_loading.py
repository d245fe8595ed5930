"""Reading YAML: what is written is what is read, with the right line, and nothing crashes the reader."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.loading.yaml_file import Tree, read_tree


def read(tmp_path: Path, text: str) -> Tree:
    path = tmp_path / "file.yml"
    path.write_bytes(text.encode("utf-8"))
    return read_tree(path, "data/file.yml")


def messages(tree: Tree) -> list[str]:
    return [str(problem) for problem in tree.problems]


#: What YAML 1.1 would make of these is none of what their author meant.
TRAPS = [
    "10:30", "1:20:30", "on", "off", "yes", "no", "y", "N", "true", "False", "0130", "0o17", "0x1F", "1e3", "1_000",
    "+5", "-0", ".5", ".inf", "NaN", "2026-11-21", "2026-11-21 10:00:00", "05-12", "110", "12119", "=", "<<",
]  # fmt: skip


@pytest.mark.parametrize("scalar", TRAPS)
def test_scalars_stay_as_written(tmp_path, scalar):
    assert read(tmp_path, f"a: {scalar}\nb: [{scalar}]\n").value == {"a": scalar, "b": [scalar]}


@pytest.mark.parametrize("key", ["on", "no", "0130", "10:30", "2026-11-21"])
def test_keys_stay_as_written(tmp_path, key):
    assert read(tmp_path, f"{key}: 1\n").value == {key: "1"}


@pytest.mark.parametrize("null", ["", "~", "null", "Null", "NULL", "# 只有注释"])
def test_unknown_is_none(tmp_path, null):
    assert read(tmp_path, f"a: {null}\nb: 1\n").value == {"a": None, "b": "1"}


@pytest.mark.parametrize("quoted", ['""', "''", '"null"', "'~'"])
def test_quoted_is_never_none(tmp_path, quoted):
    assert read(tmp_path, f"a: {quoted}\n").value == {"a": quoted[1:-1]}


def test_nothing_else_is_none(tmp_path):
    assert read(tmp_path, "a: none\nb: nil\nc: 无\n").value == {"a": "none", "b": "nil", "c": "无"}


def test_tags_do_not_change_a_value(tmp_path):
    """`!!python/object` must not run, `!!int` must not convert."""
    assert read(tmp_path, "a: !!int 0130\nb: !!python/name:os.system 1\n").value == {"a": "0130", "b": "1"}


def test_every_value_knows_its_line(tmp_path):
    tree = read(tmp_path, "# 注释\na: 1\n\nlist:\n  - x: 1\n    y:\n      - 2\n      - 3\n  - {x: 4,\n     y: 5}\n")
    lines = {("a",): 2, ("list",): 4, ("list", 0): 5, ("list", 0, "x"): 5, ("list", 0, "y", 1): 8, ("list", 1, "y"): 10}
    assert {place: tree.line(place) for place in lines} == lines


def test_a_missing_value_has_the_line_of_what_holds_it(tmp_path):
    tree = read(tmp_path, "list:\n  - a: 1\n  - b: 2\n")
    assert tree.line(("list", 1, "missing", 3)) == 3
    assert tree.line(("missing",)) == 1


def test_line_counting_is_the_editors(tmp_path):
    """Windows line ends count once, and text in a block keeps the line of its key."""
    tree = read(tmp_path, "a: 1\r\nb: >\r\n  两行\r\n  文字\r\nc: 3\r\n")
    assert (tree.line(("b",)), tree.line(("c",))) == (2, 5)
    assert tree.value["b"] == "两行 文字\n"


def test_the_first_of_two_equal_keys_is_kept(tmp_path):
    tree = read(tmp_path, "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert tree.value == {"a": "1", "b": {"c": "1"}}
    assert messages(tree) == [
        "data/file.yml:4: b.c: 同一个键写了两次(前一次在第 3 行)",
        "data/file.yml:5: a: 同一个键写了两次(前一次在第 1 行)",
    ]


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: &x [1]\nb: *x\n", "a: &x {c: 1}\nb: *x\n"])
def test_aliases_are_refused(tmp_path, text):
    tree = read(tmp_path, text)
    assert messages(tree) == ["data/file.yml:2: b: 不支持引用(&、*);请把内容写出来"]
    assert tree.value["b"] is None


def test_an_alias_to_itself_is_refused(tmp_path):
    assert "不支持引用" in messages(read(tmp_path, "a: &x [*x]\n"))[0]


def test_aliases_do_not_multiply(tmp_path):
    """Ten levels of ten references each would be ten thousand million values."""
    levels = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 11)]
    tree = read(tmp_path, "\n".join(levels))
    assert len(tree.problems) == 100


READ_ONE_FILE = """
import sys; from pathlib import Path; from macros.loading.yaml_file import read_tree
print(*read_tree(Path(sys.argv[1]), "f.yml").problems)
"""


@pytest.mark.parametrize("text", ["a: " + "[" * 1_000_000, "{a: " * 250_000, "a:\n" + "- " * 500_000], ids=["lists", "keys", "items"])
def test_a_megabyte_of_nesting_is_one_message(project, tmp_path, text):
    """In a process of its own: libyaml takes the whole interpreter down on such a file."""
    path = tmp_path / "file.yml"
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "-c", READ_ONE_FILE, str(path)]
    done = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8")
    assert (done.returncode, re.sub(r":\d+:", ":", done.stdout.strip())) == (0, "f.yml: 嵌套超过 40 层")
