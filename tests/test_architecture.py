"""The shape of the code: what may import what, and how large anything may grow.

ORDER is the picture in ARCHITECTURE.md: a module imports only what stands above it.
"""

import ast
import re
import sys
from pathlib import Path

import pytest
from running import ROOT

MACROS = ROOT / "macros"
FILES = sorted(MACROS.rglob("*.py"))

#: Each row may import the rows above it, and its own package; rows are named by their first part.
ORDER = (
    "models",          # what a plan, region, hazard and source are
    "errors",          # one fault, one line
    "loading",         # data/ and quizzes/ → models, with the line of every value
    "checks",          # rules across files
    "archives",        # zip archives with the same bytes on every build
    "datums, directory, workbooks, word_files, shelter_table",   # where shelters lie, how their lists are laid out
    "importing",       # a spreadsheet in, CSV and reports out
    "inheritance, question_bank",   # what holds for a region, for a page
    "evidence",        # what records add up to
    "tracing",         # from a target to what serves it and what was done
    "verify",          # the proof: data against the documents' own texts
    "schemas, vocabulary, vendor",   # what goes beside the pages
    "obligations, drill_sheets, pdf_files, school_topics",   # which drills are owed; sheets to carry, and how they are set
    "pages, feeds",    # models → Markdown, JSON, iCal
    "packs",           # what a school takes home, as files
    "live_figures, searching",   # macros for hand-written pages; the search index
    "starting, export, building, coverage, recording, drill_report",   # one module a command
    "hooks",           # MkDocs events → the rows above
    "__init__, __main__",   # the macros plugin's and the reader's way in
)  # fmt: skip
ROW = {name: row for row, names in enumerate(ORDER) for name in names.split(", ")}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "core", "common", "manager", "misc", "base_utils"}
LONGEST_FUNCTION = 30
LONGEST_MODULE = 250


def part_of(path: Path) -> str:
    """models/plans.py → models; hooks.py → hooks."""
    return path.relative_to(MACROS).parts[0].removesuffix(".py")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Dotted names of everything a file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: 用绝对导入(from macros.…)"
            own = node.module == "macros"
            names.update(f"macros.{alias.name}" for alias in node.names) if own else names.add(node.module)
    return names


def our_parts(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("macros.")}


def test_the_order_names_every_module():
    """A new part gets its place in ORDER, and its line in ARCHITECTURE.md."""
    assert {part_of(path) for path in FILES} - set(ROW) == set()


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(MACROS).as_posix() for path in FILES])
def test_a_module_imports_only_what_stands_before_it(path):
    own = part_of(path)
    later = {name for name in our_parts(path) - {own} if ROW[name] > ROW[own]}
    assert later == set(), f"{own} 不能用 {', '.join(sorted(later))}"


def test_no_two_parts_import_each_other():
    """Within a row there is no order, so circles are looked for apart."""
    uses: dict[str, set[str]] = {part: set() for part in ROW}
    for path in FILES:
        uses[part_of(path)] |= our_parts(path) - {part_of(path)}
    assert [part for part in uses if part in reached(part, uses)] == []


def reached(start: str, uses: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = set(uses[start])
    while waiting:
        part = waiting.pop()
        found.add(part)
        waiting |= uses[part] - found
    return found


def test_only_hooks_knows_the_engine():
    engines = ("mkdocs", "properdocs", "material", "mkdocs_macros")
    knowing = {part_of(path) for path in FILES if any(name.split(".")[0] in engines for name in imports(path))}
    assert knowing == {"hooks"}


def test_hooks_is_a_page_long():
    assert len((MACROS / "hooks.py").read_text(encoding="utf-8").splitlines()) <= 120


def test_models_import_nothing_of_ours():
    assert set().union(*(our_parts(path) for path in FILES if part_of(path) == "models")) <= {"models"}


def test_only_loading_reads_data():
    """YAML has one reader."""
    assert {part_of(path) for path in FILES if "yaml" in imports(path)} == {"loading"}


def test_names_say_what_a_module_does():
    names = {part for path in [*FILES, *ROOT.glob("tests/*.py")] for part in path.relative_to(ROOT).with_suffix("").parts}
    assert names & BANNED_NAMES == set()


def test_no_module_has_a_name_of_the_standard_library():
    own = {part for path in FILES for part in path.relative_to(MACROS).with_suffix("").parts}
    assert {name for name in own if name in sys.stdlib_module_names and not name.startswith("__")} == set()


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(MACROS).as_posix() for path in FILES])
def test_functions_and_modules_stay_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    assert {node.name: node.end_lineno - node.lineno + 1 for node in functions
            if node.end_lineno - node.lineno >= LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_is_for():
    assert [str(path) for path in FILES if not ast.get_docstring(tree_of(path))] == []


def test_faults_are_not_swallowed():
    """No bare `except:`, and no handler that only passes."""
    silent = [f"{path.name}:{node.lineno}" for path in FILES for node in ast.walk(tree_of(path))
              if isinstance(node, ast.ExceptHandler) and (node.type is None or all(isinstance(s, ast.Pass) for s in node.body))]
    assert silent == []


def test_architecture_md_draws_this_order():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    drawn = [name for name in re.split(r"[\s→·]+", next(line for line in text.splitlines() if line.startswith("models →")))]
    assert [ROW[name] for name in drawn] == sorted(ROW[name] for name in drawn)


def test_architecture_md_says_what_each_part_does():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert [part for part in sorted({part_of(path) for path in FILES} - {"__init__"}) if not re.search(rf"`(macros/)?{part}(\.py|/)?`", text)] == []
