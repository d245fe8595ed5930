"""Find a browser and an office for the tests, or install them: `make test` runs this before pytest.

In this order: an installed Chrome or Chromium, Playwright's own, Debian's packages.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"]
MAC_APPS = ["Google Chrome", "Chromium"]
WINDOWS_FOLDERS = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
# Below Playwright's cache; the name of the middle folder differs by system and version.
CACHED = [
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
]


def find_browser() -> str | None:
    """The path of a Chrome or Chromium that starts; the CHROME variable overrides the search."""
    if chosen := os.environ.get("CHROME"):
        return chosen
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    for app in MAC_APPS:
        yield f"/Applications/{app}.app/Contents/MacOS/{app}"
    for folder in filter(None, map(os.environ.get, WINDOWS_FOLDERS)):
        yield str(Path(folder, "Google", "Chrome", "Application", "chrome.exe"))
    for pattern in CACHED:
        yield from map(str, sorted(playwright_cache().glob(pattern), reverse=True))


def playwright_cache() -> Path:
    if chosen := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", ""), "ms-playwright")
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path.home() / caches / "ms-playwright"


def starts(path: str) -> bool:
    """Some are stubs that ask for a snap, some miss libraries: ask for the version to know."""
    if not os.path.isfile(path):
        return False
    if sys.platform == "win32":  # there --version opens a window
        return True
    return run([path, "--version"], seconds=20, quiet=True)


def run(command: list[str], seconds: int, quiet: bool = False, **environment: str) -> bool:
    sink = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(
            command, stdout=sink, stderr=sink, timeout=seconds, env=os.environ | environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def install_browser() -> None:
    say("没有找到 Chrome 或 Chromium,正在下载 Playwright 自带的 Chromium……")
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    run(command, seconds=600, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT="10000")
    if find_browser() is None and can_use_apt():
        say("下载未成功,改用 apt 安装 Debian 的 chromium……")
        apt_install("chromium", "fonts-noto-cjk")


def has_chinese_font() -> bool:
    """Unknown counts as present: only systems with fontconfig can be asked."""
    if not shutil.which("fc-list"):
        return not can_use_apt()
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout.strip())


def install_font() -> None:
    if can_use_apt():
        say("没有中文字体,正在用 apt 安装 fonts-noto-cjk……")
        apt_install("fonts-noto-cjk")
    else:
        say("注意:没有中文字体,页面截图中的汉字会显示为方框。请安装 Noto CJK 一类的字体。")


def install_office() -> None:
    """Only where changes are judged: elsewhere the tests of Office files say NOT RUN."""
    if os.environ.get("CI") == "true" and can_use_apt():
        say("没有 LibreOffice,正在用 apt 安装……")
        apt_install("libreoffice-writer-nogui", "libreoffice-impress-nogui", "libreoffice-calc-nogui")


def can_use_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(*packages: str) -> None:
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "-qq", "update"], seconds=300, **quietly)
    install = ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages]
    run(install, seconds=900, **quietly)


def say(message: str) -> None:
    print(message, flush=True)


def main() -> None:
    sys.stdout.reconfigure(errors="replace")  # a console that cannot show Chinese must not crash
    if find_browser() is None:
        install_browser()
    if not has_chinese_font():
        install_font()
    if not shutil.which("soffice"):
        install_office()
    browser = find_browser()
    if browser is None:
        sys.exit("没有可用的浏览器。请安装 Chrome 或 Chromium,或用环境变量 CHROME 指定它的路径。")
    say(f"测试用浏览器:{browser}")


if __name__ == "__main__":
    main()
