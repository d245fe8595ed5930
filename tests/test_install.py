"""Installing: locks that hold on every platform, and the lines a Windows user types."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from macros import vendor

ROOT = Path(__file__).resolve().parent.parent
SITE_LOCK = ROOT / "requirements" / "site.txt"
PLATFORMS = {  # uv's name for a platform: does quizdown have a wheel for it?
    "x86_64-unknown-linux-gnu": True,
    "aarch64-unknown-linux-gnu": False,
    "x86_64-apple-darwin": True,
    "aarch64-apple-darwin": False,
    "x86_64-pc-windows-msvc": False,
}
PYTHONS = ["3.11", "3.12", "3.13"]
# In parts, since this file too is searched for them.
WELL_KNOWN = [
    "pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "npmmirror" + ".com",
    "yarnpkg" + ".com", "tuna.tsinghua" + ".edu.cn", "mirrors.aliyun" + ".com",
]


def run(*command: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        command, cwd=cwd, encoding="utf-8", errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-4000:]}"
    return done.stdout


# --- locks ---------------------------------------------------------------------------------


@pytest.mark.network
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_lock_resolves(platform, python, tmp_path):
    """Wheels only but for two packages of plain Python: nobody needs a compiler."""
    planned = run(
        sys.executable, "-m", "uv", "pip", "install", "--python", sys.executable,
        "--dry-run", "--require-hashes", "--no-build-isolation",
        "--only-binary", ":all:", "--no-binary", "jieba", "--no-binary", "prcoords",
        "--python-platform", platform, "--python-version", python,
        "--target", str(tmp_path), "-r", str(SITE_LOCK),
    )
    names = set(re.findall(r"^ \+ ([\w.-]+)==", planned, re.M))
    assert {"mkdocs", "mkdocs-material", "jieba", "pydantic"} <= names
    assert ("quizdown" in names) == PLATFORMS[platform]


@pytest.mark.network
@pytest.mark.parametrize("lock, extra", [("site", []), ("test", ["--extra", "test"])])
def test_lock_follows_pyproject(lock, extra, tmp_path):
    """`make lock` was run after the last change of a dependency."""
    current = ROOT / "requirements" / f"{lock}.txt"
    made = shutil.copy(current, tmp_path)  # uv keeps the versions it finds there
    run(
        sys.executable, "-m", "uv", "pip", "compile", "--universal", "--fork-strategy", "fewest",
        "--python-version", "3.11", "pyproject.toml", "-o", str(made), *extra,
    )
    assert pins(Path(made)) == pins(current)


def pins(lock: Path) -> list[str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [line.rstrip("\\ ") for line in lines if re.match(r"\w", line)]


def test_locks_agree_and_every_pin_has_hashes():
    locks = {name: (ROOT / "requirements" / f"{name}.txt") for name in ("tools", "site", "test")}
    versions = {name: dict(pin.split(" ")[0].split("==") for pin in pins(path))
                for name, path in locks.items()}
    assert versions["site"].items() <= versions["test"].items()
    for path in locks.values():
        blocks = re.split(r"^(?=\w)", path.read_text(encoding="utf-8"), flags=re.M)[1:]
        assert all("--hash=sha256:" in block for block in blocks)


def test_npm_lock_has_hashes_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = [package for path, package in packages.items() if path]
    assert fetched and all("integrity" in package for package in fetched)
    assert not any("resolved" in package for package in fetched)


# --- third-party JavaScript ----------------------------------------------------------------


@pytest.fixture
def javascript(tmp_path):
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.mark.network
def test_javascript_comes_without_node(javascript, monkeypatch):
    """The npm in the venv does; a second call finds nothing to do."""
    monkeypatch.setattr(vendor.shutil, "which", lambda name: None)
    vendor.install(javascript)
    assert (javascript / "node_modules" / "iframe-worker" / "package.json").is_file()
    monkeypatch.setattr(vendor, "npm_commands", lambda: pytest.fail("installed twice"))
    vendor.install(javascript)


@pytest.mark.network
def test_altered_javascript_is_refused(javascript):
    lock = javascript / "package-lock.json"
    lock.write_text(re.sub(r"sha512-.{8}", "sha512-AAAAAAAA", lock.read_text()))
    with pytest.raises(vendor.VendorError, match="(?s)第三方脚本安装失败.*EINTEGRITY"):
        vendor.install(javascript)
    assert not vendor.is_current(javascript)


# --- committed files -----------------------------------------------------------------------


def committed() -> list[Path]:
    """What Git has or would take; without Git, everything but the installed and built."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, encoding="utf-8",
    )
    if listing.returncode == 0:
        paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    else:
        left_out = {".venv", "node_modules", "site", "__pycache__"}
        paths = (path for path in ROOT.rglob("*")
                 if left_out.isdisjoint(path.relative_to(ROOT).parts))
    return sorted(path for path in paths if path.is_file())


def index_hosts() -> set[bytes]:
    """The well-known ones, and those that pip and npm of this machine are set to."""
    settings = [run(sys.executable, "-m", "pip", "config", "list")]
    settings += [value for name, value in os.environ.items() if "INDEX" in name]
    if npm := shutil.which("npm"):
        settings.append(run(npm, "config", "get", "registry"))
    addresses = re.findall(r"https?://[^\s'\"]+", "\n".join(settings))
    hosts = {urlsplit(address).hostname for address in addresses}
    own = {"localhost", "127.0.0.1"}  # also the address that `make serve` prints
    return {host.encode() for host in hosts.union(WELL_KNOWN) - own if host}


def test_no_file_names_an_index():
    hosts = index_hosts()
    found = [
        f"{path.relative_to(ROOT)}: {host.decode()}"
        for path in committed() for host in hosts if host in path.read_bytes()
    ]
    assert found == []


def test_every_dependency_says_why():
    """A line that begins with a quote is a dependency; the line above must be its comment."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    explained = [line for above, line in zip(lines, lines[1:], strict=False)
                 if line.startswith('"') and above.startswith("# ")]
    project = tomllib.loads(text)["project"]
    listed = project["dependencies"] + project["optional-dependencies"]["test"]
    assert [line.strip('",') for line in explained] == listed


# --- without make --------------------------------------------------------------------------


@pytest.mark.network
def test_windows_lines_of_the_readme(tmp_path):
    """Typed in order into a fresh copy of the project, they end in data that pass."""
    copy = tmp_path / "学堂 副本"  # people unpack into such folders
    for path in committed():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    lines = windows_lines()
    assert any("-m macros check" in line for line in lines)
    for line in lines:
        if not line.endswith("serve"):  # which would not end
            run(*translated(line, copy), cwd=copy)


def windows_lines() -> list[str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", readme, re.M | re.S)
    block = next((block for block in blocks if block.startswith("py -m venv")), "")
    return [line for line in block.splitlines() if line]


def translated(line: str, folder: Path) -> list[str]:
    """A Windows command line as this system has it."""
    scripts = "Scripts" if os.name == "nt" else "bin"
    words = line.split()
    words[0] = {"py": sys.executable}.get(words[0]) or str(
        folder / words[0].replace("\\", "/").replace("Scripts", scripts)
    )
    return words
