"""`make bench`: what a build and an edit cost, each beside a named baseline. Linux and macOS."""

import http.client
import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import shelters
from grown import add_regions, copy_project, leave_out_national_pages
from lighthouse import measure

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3
SMALL, LARGE = 100, 1000
MOST_RATIO, MOST_SECONDS = 1.10, 20
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
#: macOS counts memory in bytes, Linux in KiB.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
OURS = ("-m", "macros", "build")
PLAIN = ("-m", "mkdocs", "build", "--quiet")


@dataclass(frozen=True)
class Cost:
    """Of one build: seconds on the clock, seconds of processor, bytes at the peak, pages made."""

    wall: float
    user: float
    memory: int
    pages: int


def main() -> None:
    sys.stdout.reconfigure(errors="replace")  # a console that cannot show Chinese must not crash
    print(f"{os.cpu_count()} 核,{platform.system()} {platform.machine()},Python {platform.python_version()};各测 {RUNS} 次取中位数")
    with tempfile.TemporaryDirectory(prefix="yingji-bench-") as scratch:
        ours, plain = copy_project(ROOT, Path(scratch, "ours")), make_plain(Path(scratch, "plain"))
        compare_with_plain(ours, plain)
        compare_sizes(Path(scratch))
        compare_edits(ours, plain)
        measure(ours / "site")
    print(f"\n避难场所名单 {shelters.ROWS} 行(虚构,xlsx)")
    shelters.report()


def make_plain(folder: Path) -> Path:
    (folder / "docs").mkdir(parents=True)
    subprocess.run([sys.executable, ROOT / "bench" / "plain.py", ROOT, folder], env=ENVIRONMENT, check=True)
    return folder


# --- the three comparisons -----------------------------------------------------------------


def compare_with_plain(ours: Path, plain: Path) -> None:
    mine, theirs = builds(RUNS, (ours, OURS), (plain, PLAIN))
    print(f"\n生成 {mine.pages} 页,与原版 Material 生成同样的 Markdown({theirs.pages} 页)相比")
    row("用时", mine.wall, theirs.wall, "秒", f"≤ {MOST_RATIO:.2f}")
    row("处理器用时", mine.user, theirs.user, "秒")
    row("每秒页数", mine.pages / mine.wall, theirs.pages / theirs.wall, "页")
    row("最大内存", mine.memory / 2**20, theirs.memory / 2**20, "MB")


def compare_sizes(scratch: Path) -> None:
    small, large = (grow(scratch / str(pages), pages) for pages in (SMALL, LARGE))
    few, many = builds(1, (small, OURS), (large, OURS))
    print(f"\n生成 {many.pages} 页,与本站自己的 {few.pages} 页相比(多出的县由 yingji init 新建)")
    row("用时", many.wall, few.wall, "秒")
    row("每页用时", 1000 * many.wall / many.pages, 1000 * few.wall / few.pages, "毫秒")
    row("最大内存", many.memory / 2**20, few.memory / 2**20, "MB")
    row("用时,与上限相比", many.wall, MOST_SECONDS, "秒", "≤ 1.00")


def compare_edits(ours: Path, plain: Path) -> None:
    mine = time_to_see(ours, ("-m", "macros", "serve", "--address"), ours / "data" / "site.yml", new_tagline)
    theirs = time_to_see(plain, ("-m", "mkdocs", "serve", "--dev-addr"), plain / "docs" / "index.md", new_line)
    print("\n保存一处改动到在浏览器地址里看到,与原版 Material 的预览相比")
    row("用时", mine, theirs, "秒")


def row(name: str, value: float, baseline: float, unit: str, bar: str = "") -> None:
    print(f"  {name}:{value:.1f} {unit},对照 {baseline:.1f} {unit},比值 {value / baseline:.2f}{f',要求 {bar}' if bar else ''}", flush=True)


# --- building ------------------------------------------------------------------------------


def grow(folder: Path, pages: int) -> Path:
    """In two steps, to learn how many pages a region brings."""
    copy_project(ROOT, folder)
    leave_out_national_pages(folder)
    before = build(folder, OURS).pages
    add_regions(folder, range(1, 2))
    each = build(folder, OURS).pages - before
    add_regions(folder, range(2, max(0, pages - before) // each + 1))
    return folder


def builds(runs: int, *projects: tuple[Path, tuple[str, ...]]) -> list[Cost]:
    """The median cost of each; they take turns, so that a slow spell of the machine meets all."""
    costs = [[build(folder, command) for folder, command in projects] for _ in range(runs)]
    return [middle(of_one) for of_one in zip(*costs, strict=True)]


def middle(costs: tuple[Cost, ...]) -> Cost:
    return Cost(*(median(getattr(cost, name) for cost in costs) for name in Cost.__dataclass_fields__))


def build(folder: Path, command: tuple[str, ...]) -> Cost:
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *command], cwd=folder, env=ENVIRONMENT, stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"生成失败:{folder}\n{output.read().decode('utf-8', 'replace')[-2000:]}")
    pages = sum(1 for _ in (folder / "site").rglob("*.html"))
    return Cost(wall, used.ru_utime, used.ru_maxrss * MEMORY_UNIT, pages)


# --- editing -------------------------------------------------------------------------------


def time_to_see(folder: Path, command: tuple[str, ...], file: Path, edit: Callable[[str, str], str]) -> float:
    """Seconds from saving `file` to the moment when the preview tells the browser to load it anew."""
    with server(folder, command) as port:
        wait_until_up(port)
        seconds = [time_of_edit(port, file, edit, f"edit-{number}") for number in range(RUNS + 1)]
    return median(seconds[1:])  # the first also warms up


def time_of_edit(port: int, file: Path, edit: Callable[[str, str], str], mark: str) -> float:
    build = newer_build(port, 0)
    file.write_text(edit(file.read_text("utf-8"), mark), "utf-8")
    start = time.perf_counter()
    while newer_build(port, build) == build:
        pass  # it also answers after a minute without one
    seconds = time.perf_counter() - start
    if mark not in fetch(port, "/index.html"):
        sys.exit(f"改动没有出现在预览里:{file}")
    return seconds


def newer_build(port: int, build: int) -> int:
    """MkDocs' own question from browser to preview: answered when there is a build after `build`."""
    return int(fetch(port, f"/livereload/{build}/0"))


def new_tagline(text: str, mark: str) -> str:
    lines = [f"tagline: {mark}" if line.startswith("tagline:") else line for line in text.splitlines()]
    return "\n".join([*lines, ""])


def new_line(text: str, mark: str) -> str:
    return f"{text}\n{mark}\n"


@contextmanager
def server(folder: Path, command: tuple[str, ...]) -> Iterator[int]:
    port = free_port()
    started = subprocess.Popen(
        [sys.executable, *command, f"127.0.0.1:{port}"],
        cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )
    try:
        yield port
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        started.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(port: int, most: float = 300) -> None:
    end = time.perf_counter() + most
    while time.perf_counter() < end:
        try:
            fetch(port, "/index.html")
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{most:.0f} 秒内预览没有启动")


def fetch(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode("utf-8")
    finally:
        connection.close()


if __name__ == "__main__":
    main()
