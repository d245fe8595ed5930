"""The draw of instructions for fresh eyes: the same for the same seed, and each where it says."""

import re
import subprocess
import sys
from pathlib import Path

ROW = re.compile(r"\| \d+ \| (data/[\w./-]+\.yml):(\d+) \| (.+?) \|")


def draw(project: Path, *options: str) -> str:
    command = [sys.executable, "bench/draw.py", *options]
    done = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def test_a_seed_gives_one_draw(project):
    assert draw(project, "--seed", "a") == draw(project, "--seed", "a") != draw(project, "--seed", "b")


def test_every_line_stands_where_it_says(project):
    rows = ROW.findall(draw(project, "--seed", "a", "--count", "20", "--all"))
    assert len(rows) == 20
    for file, line, words in rows:
        lines = (project / file).read_text("utf-8").splitlines()
        near = "".join(lines[int(line) - 1 : int(line) + 30])
        assert any(word in near for word in words.split(" · ")), f"{file}:{line} {words}"
