"""Building: the same from another engine and another folder, never half a site, and live while editing."""

import difflib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from running import ROOT, must, run, yingji

SMALL_DATA = Path(__file__).resolve().parent / "small_data"
#: Settings of the machine that must not be seen in what is built.
ELSEWHERE = {"PYTHONHASHSEED": "12345", "TZ": "America/New_York", "LC_ALL": "C"}


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_builds_are_the_same_to_the_byte(site_dir, project_copy):
    """In another folder, with another seed of Python's hashes, time zone and language."""
    root = project_copy("again")
    must(yingji("build", cwd=root, **ELSEWHERE))
    assert hashes(root / "site") == hashes(site_dir)


def test_another_engine_builds_the_same(site_dir, project, tmp_path):
    """ProperDocs carries MkDocs on; the pages it makes differ in the tag that names the engine."""
    out = tmp_path / "site"
    must(run("properdocs", "build", "--strict", "--site-dir", out, cwd=project, NO_MKDOCS_2_WARNING="1"))
    ours, theirs = hashes(site_dir), hashes(out)
    assert ours.keys() == theirs.keys()
    differing = [name for name in ours if ours[name] != theirs[name]]
    assert [line for name in differing for line in differing_lines(site_dir / name, out / name)] == []


def differing_lines(ours: Path, theirs: Path) -> list[str]:
    lines = [path.read_text(encoding="utf-8").splitlines() for path in (ours, theirs)]
    changed = (line for line in difflib.unified_diff(*lines, lineterm="", n=0) if line[:1] in "+-" and line[:3] not in ("+++", "---"))
    return [f"{ours.name}: {line}" for line in changed if '<meta name="generator"' not in line]


# --- never half a site ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(project_copy) -> Path:
    """A project with the small data and a good site."""
    root = project_copy("built", data=SMALL_DATA)
    must(yingji("build", cwd=root))
    return root


@contextmanager
def edited(path: Path, change: Callable[[str], str]) -> Iterator[None]:
    """The file with a change in it, put back afterwards."""
    text = path.read_text(encoding="utf-8")
    path.write_text(change(text), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("file, change", [
    ("data/topics.yml", lambda text: text.replace("topics:", "topics: [")),
    ("docs/about/index.md", lambda text: text + "\n[去哪里](nowhere.md)\n"),
    ("docs/about/index.md", lambda text: text + "\n{{ nobody_defined_this }}\n"),
    ("mkdocs.yml", lambda text: text + "\nno_such_setting: 1\n"),
], ids=["data", "link", "macro", "settings"])  # fmt: skip
def test_a_failed_build_leaves_the_last_good_site(built, file, change):
    before = hashes(built / "site")
    with edited(built / file, change):
        done = yingji("build", cwd=built)
    assert done.returncode != 0
    assert hashes(built / "site") == before
    assert not list(built.glob(".build-*"))


def test_a_build_replaces_the_whole_site(built):
    """A page whose data is gone does not stay behind."""
    stale = built / "site" / "stale.html"
    stale.write_text("旧", encoding="utf-8")
    must(yingji("build", cwd=built))
    assert not stale.exists()


# --- live while editing ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(project_copy) -> Iterator[tuple[Path, str, subprocess.Popen]]:
    root = project_copy("served", data=SMALL_DATA)
    address = f"127.0.0.1:{free_port()}"
    with (root / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "macros", "serve", "--address", address],
            cwd=root, stdout=log, stderr=log, start_new_session=True, env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        yield root, f"http://{address}/", server
        end(server)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def end(server: subprocess.Popen) -> None:
    """The command and the engine it started."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(server.pid)], capture_output=True)
    else:
        os.killpg(server.pid, signal.SIGTERM)
    server.wait(timeout=20)


def seconds_until(url: str, text: str, limit: float = 60) -> float:
    """How long until the page at `url` holds `text`."""
    start = time.monotonic()
    while time.monotonic() - start < limit:
        try:
            if text in urlopen(url, timeout=5).read().decode("utf-8"):
                return time.monotonic() - start
        except (URLError, OSError):
            pass
        time.sleep(0.2)
    pytest.fail(f"{limit} 秒内 {url} 上没有出现“{text}”")


def test_serve_says_where(served):
    root, url, _ = served
    seconds_until(url, "样例学堂")
    assert url in (root / "log.txt").read_text(encoding="utf-8")


def test_an_edit_shows_up(served):
    root, url, _ = served
    seconds_until(url, "样例学堂")
    with edited(root / "data" / "hazards" / "typhoon.yml", lambda text: text.replace("待在屋里", "待在结实的屋里")):
        seconds_until(f"{url}hazards/typhoon.html", "待在结实的屋里")


def test_a_mistake_does_not_end_serving(served):
    """The fault is said; once it is mended, the page shows it."""
    root, url, server = served
    seconds_until(url, "样例学堂")
    path = root / "data" / "hazards" / "typhoon.yml"
    with edited(path, lambda text: text.replace("review_months: 6", "review_months: 六")):
        until_logged(root / "log.txt", "data/hazards/typhoon.yml:28: review_months: 应为整数(现为“六”)")
    path.write_text(path.read_text(encoding="utf-8").replace("备好水", "备足水"), encoding="utf-8")
    seconds_until(f"{url}hazards/typhoon.html", "备足水")
    assert server.poll() is None


def until_logged(log: Path, line: str, limit: float = 30) -> None:
    start = time.monotonic()
    while line not in log.read_text(encoding="utf-8", errors="replace"):
        assert time.monotonic() - start < limit, log.read_text(encoding="utf-8", errors="replace")[-2000:]
        time.sleep(0.2)
