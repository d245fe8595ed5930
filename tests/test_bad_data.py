"""One deliberately bad data set, and every message about it: what a plan officer sees after a bad day.

`bad_data/data/` holds the faults that can be committed; the files that Git or an editor would mend
(a BOM, GB18030, 50 MB, …) are made here. `bad_data/expected.txt` is the whole list of messages;
`UPDATE_GOLDEN=1` rewrites it (see golden_files.py).
"""

import hashlib
import os
import re
import shutil
from pathlib import Path

import pytest
from golden_files import HOW
from running import yingji

from macros.checks import checked
from macros.errors import DataFaults
from macros.loading.dataset import FOLDERS, SINGLE_FILES
from macros.loading.validation import SPELLINGS

BAD = Path(__file__).resolve().parent / "bad_data"
EXPECTED = BAD / "expected.txt"
MESSAGE = re.compile(r"data/[\w./-]+\.yml(:\d+)?:( [\w.\[\] ]+:)? \S.*")
PLAN_HEAD = "id: {stem}\nregion: \"530100\"\ntitle: 规划\nperiod: {{first: 2021, last: 2025}}\n"


@pytest.fixture(scope="module")
def bad(project_copy) -> Path:
    """The project with the bad data set, awkward files included."""
    root = project_copy("bad", data=BAD / "data")
    for folder, name, content in awkward_files():
        (root / "data" / folder / name).write_bytes(content)
    (root / "data" / "regions" / "folder.yml").mkdir()
    with (root / "data" / "hazards" / "huge.yml").open("wb") as huge:
        huge.truncate(50_000_000)
    return root


def awkward_files() -> list[tuple[str, str, bytes]]:
    plan = PLAN_HEAD.format
    return [
        ("plans", "bom.yml", b"\xef\xbb\xbf" + plan(stem="bom").encode()),
        ("plans", "gb18030.yml", plan(stem="gb18030").encode("gb18030")),
        ("plans", "utf16.yml", plan(stem="utf16").encode("utf-16")),
        ("plans", "empty.yml", b""),
        ("plans", "spaces.yml", b"  \n\n"),
        ("plans", "nul.yml", b"id: nul\ntitle: \x00\n"),
        ("plans", "deep.yml", b"id: " + b"[" * 1_000_000),
    ]


@pytest.fixture(scope="module")
def answer(bad):
    return yingji("check", cwd=bad)


def test_every_fault_is_listed_at_once(answer):
    if os.environ.get("UPDATE_GOLDEN"):
        EXPECTED.write_text(answer.stderr, encoding="utf-8", newline="\n")
    assert answer.stderr == EXPECTED.read_text(encoding="utf-8"), HOW


def test_the_command_fails_and_says_nothing_else(answer):
    assert answer.returncode == 1
    assert answer.stdout == ""


def test_one_line_a_fault_in_the_order_of_files_and_lines(answer):
    *messages, summary = answer.stderr.splitlines()
    assert [message for message in messages if not MESSAGE.fullmatch(message)] == []
    assert [place(message) for message in messages] == sorted(place(message) for message in messages)
    assert len(set(messages)) == len(messages)
    assert summary == f"共 {len(messages)} 处错误,没有改动任何已有的文件。"


def place(message: str) -> tuple[str, int]:
    file, line = re.match(r"(data/[\w./-]+\.yml)(?::(\d+))?", message).groups()
    return file, int(line or 0)


def test_every_bad_file_is_spoken_of(bad, answer):
    files = {path.relative_to(bad).as_posix() for path in (bad / "data").rglob("*.yml")}
    assert files - {place(message)[0] for message in answer.stderr.splitlines()[:-1]} == set()


def test_messages_are_chinese(answer):
    """Two English words in a row are a sentence of a library's, not ours."""
    prose = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
    rules = [re.sub(r"(现为“.*”)$", "", message) for message in answer.stderr.splitlines()]
    assert [rule for rule in rules if prose.search(rule) or "Traceback" in rule] == []


def test_on_a_gbk_console(bad, answer):
    """A Windows console in Chinese: the same messages, every byte of them GBK."""
    on_gbk = yingji("check", cwd=bad, encoding="gbk")
    assert on_gbk.returncode == 1
    assert on_gbk.stderr.splitlines() == [gbk(line) for line in answer.stderr.splitlines()]


def gbk(line: str) -> str:
    return line.encode("gbk", errors="replace").decode("gbk")


def test_a_failed_build_lists_the_same_and_leaves_the_site(bad, answer):
    site = bad / "site"
    site.mkdir()
    (site / "index.html").write_text("上一次生成的网站", encoding="utf-8")
    before = fingerprint(site)
    done = yingji("build", cwd=bad, encoding="gbk")
    assert done.returncode == 1
    assert fingerprint(site) == before
    output = (done.stdout + done.stderr).splitlines()
    assert [line for line in output if MESSAGE.fullmatch(line)] == [gbk(line) for line in answer.stderr.splitlines()[:-1]]
    assert "Traceback" not in done.stderr
    assert not list(bad.glob(".build-*"))


def fingerprint(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


# --- files that every other file leans on ---------------------------------------------------


#: (file, what it holds instead, messages); the rest of the data is sound.
SINGLE_FAULTS = [
    ("site.yml", "name:\nsite_url: https://example.org/yingji\nrepository: example.org\n", [
        "data/site.yml:1: name: 不能为空",
        "data/site.yml:2: site_url: 应以 / 结尾(现为“https://example.org/yingji”)",
        "data/site.yml:3: repository: 应为 http:// 或 https:// 开头的网址(现为“example.org”)",
    ]),
    ("topics.yml", "topics:\n", ["data/topics.yml:1: topics: 不能为空(没有内容就写 [])"]),
    ("glossary.yml", "terms: 双盲演练\n", ["data/glossary.yml:1: terms: 应为列表(每项前面加“- ”)(现为“双盲演练”)"]),
    ("hotlines.yml", "contact: []\n", [
        "data/hotlines.yml:1: contact: 没有这个字段",
        "data/hotlines.yml:1: contacts: 缺少这一项",
    ]),
    ("duties.yml", "duties: &all [*all]\n", ["data/duties.yml:1: duties[0]: 不支持引用(&、*);请把内容写出来"]),
    ("synonyms.yml", "fillers: [怎么办]\ngroups: [[台风, null]]\n", ["data/synonyms.yml:2: groups[0][1]: 不能为空"]),
    ("sources.yml", "", ["data/sources.yml: 文件是空的"]),
    ("warnings.yml", None, ["data/warnings.yml: 没有这个文件"]),
]  # fmt: skip


@pytest.mark.parametrize("name, text, messages", SINGLE_FAULTS, ids=[case[0] for case in SINGLE_FAULTS])
def test_fault_in_a_file_of_one_list(name, text, messages, sound):
    path = sound / name
    path.unlink()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert faults(sound) == messages


def test_a_folder_in_place_of_a_file(sound):
    (sound / "topics.yml").unlink()
    (sound / "topics.yml").mkdir()
    assert faults(sound) == ["data/topics.yml: 这里应是文件,现为文件夹"]


@pytest.fixture
def sound(project, tmp_path) -> Path:
    """A copy of the small data set, without fault, as a `data` folder."""
    return Path(shutil.copytree(project / "tests" / "small_data", tmp_path / "data"))


def faults(data: Path) -> list[str]:
    with pytest.raises(DataFaults) as raised:
        checked(data)
    return [str(problem) for problem in raised.value.problems]


def test_every_pattern_of_the_models_is_put_into_words():
    patterns = {pattern for model in (*SINGLE_FILES.values(), *FOLDERS.values())
                for pattern in patterns_of(model.model_json_schema())}
    assert patterns - set(SPELLINGS) == set()


def patterns_of(schema: object) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(patterns_of, schema))
    if not isinstance(schema, dict):
        return set()
    own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
    return own.union(*map(patterns_of, schema.values()))
