"""What the tests share: the project, one strict build of it, a server and a browser over that build."""

import contextlib
import functools
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser_setup import find_browser
from running import ROOT, must, yingji

from macros.checks import checked
from macros.loading import Dataset

NOT_COPIED = (".git", ".venv", "site", "dist", "node_modules", ".cache", ".build-*", "__pycache__", ".*_cache", "tests")
SMALL_DATA = Path(__file__).resolve().parent / "small_data"


#: Modules that take a minute or more; started last, one of them would run alone at the end.
SLOWEST = ("test_phone", "test_desk", "test_install", "test_engine", "test_search", "test_quiz_browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest modules first; within a module and among the rest the order stays."""
    items.sort(key=lambda item: SLOWEST.index(name) if (name := item.path.stem) in SLOWEST else len(SLOWEST))


@pytest.fixture(scope="session")
def project() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def dataset(project: Path) -> Dataset:
    """The project's own data, checked."""
    return checked(project / "data")


@pytest.fixture(scope="session")
def small_dataset() -> Dataset:
    """The fixed data of tests/small_data: every kind of record, every field filled once."""
    return checked(SMALL_DATA)


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One strict build of the project, as `make build` makes it, for every test that reads pages."""
    out = tmp_path_factory.mktemp("built") / "site"
    must(yingji("build", "--out", out))
    return out


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder over http until the tests end, and says where; the address ends in `/`."""
    with contextlib.ExitStack() as servers:

        def start(folder: Path) -> str:
            server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_QuietHandler, directory=folder))
            servers.callback(server.server_close)
            servers.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            return f"http://127.0.0.1:{server.server_port}/"

        yield start


@pytest.fixture(scope="session")
def site_url(serve: Callable[[Path], str], site_dir: Path) -> str:
    """Where the built site is served over http."""
    return serve(site_dir)


@pytest.fixture(scope="session")
def pages(site_dir: Path) -> list[str]:
    """The address of every page below the site."""
    return sorted(path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*.html"))


@pytest.fixture(scope="session")
def axe(project: Path) -> str:
    """The source of axe-core, which finds what keeps people out of a page."""
    return (project / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


class _QuietHandler(SimpleHTTPRequestHandler):
    """Files as they are: no compression, so that a test measures what it gets."""

    def log_message(self, *args: object) -> None:
        """Requests are not worth a line each between the names of tests."""


@pytest.fixture(scope="session")
def browser():
    """A real Chromium. Its own background requests are off, so that any request is the page's."""
    from playwright.sync_api import sync_playwright

    path = find_browser()
    if path is None:
        _no_browser("没有 Chrome 或 Chromium;运行 tests/browser_setup.py 可自动安装,或用环境变量 CHROME 指定路径")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


def _no_browser(words: str) -> None:
    """Skipping is for a developer's machine; where changes are judged it would hide failures."""
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


@pytest.fixture(scope="session")
def office() -> Callable[..., None]:
    """Has LibreOffice convert files, in a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("没有 LibreOffice;tests/browser_setup.py 在 CI 里会安装它")
        print("NOT RUN: no LibreOffice on this machine")
        pytest.skip("NOT RUN: no LibreOffice on this machine")

    def convert(form: str, folder: Path, *files: Path) -> None:
        command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", form, "--outdir", folder, *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)

    return convert


@pytest.fixture(scope="session")
def project_copy(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes copies of the project for tests that edit it.

    `data` replaces the data folder; the project's quizzes, which lean on its data, go with it.
    """

    def copy(name: str, data: Path | None = None) -> Path:
        target = tmp_path_factory.mktemp(name) / "project"
        shutil.copytree(project, target, ignore=shutil.ignore_patterns(*NOT_COPIED))
        if not (target / "node_modules").exists():  # pages serve scripts from there; nothing changes them
            (target / "node_modules").symlink_to(project / "node_modules")
        if data:
            for folder in ("data", "quizzes"):
                shutil.rmtree(target / folder, ignore_errors=True)
            shutil.copytree(data, target / "data")
            (target / "quizzes").mkdir()
        return target

    return copy
