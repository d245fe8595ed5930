"""The project's own command, run in a process of its own as a user runs it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: 2025-12-03 00:00:00 UTC: any fixed moment makes builds comparable.
EPOCH = "1764720000"


def yingji(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """`yingji …` in `cwd`, with its output as text."""
    return run("macros", *arguments, cwd=cwd, **environment)


def run(module: str, *arguments: object, cwd: Path, encoding: str = "utf-8", **environment: str):
    """`python -m module …`; a byte that `encoding` does not know is itself a fault."""
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=cwd, capture_output=True, encoding=encoding, errors="strict",
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT), **environment},
    )


def must(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """The same run, after making sure that it succeeded."""
    assert done.returncode == 0, f"{done.args}\n{done.stdout[-500:]}\n{done.stderr[-2000:]}"
    return done
