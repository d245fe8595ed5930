"""Opening pages of the built site in a real browser and noting what goes wrong: for test_phone.py and test_desk.py."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fault_list import assert_none

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
TABS = 2  # as many as the smallest machine has cores
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# axe would fetch the stylesheets a second time, which browsers refuse from a disk.
AUDIT = "options => { window.audit = axe.run(document, options) }"
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
FOUND = """() => audit.then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} (${failureSummary.split("\\n")[1].trim()})`)))"""

# What stands out to the right and is not inside something that scrolls by itself.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > width + 1);
  const scrolls = e => e && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
  const name = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + ` “${e.textContent.trim().slice(0, 30)}”`;
  return out.filter(e => !scrolls(e.parentElement)).slice(-3).map(name);
}"""
WATCH_SHIFTS = """
  window.shifts = [];
  const name = node => (node?.outerHTML ?? node?.textContent ?? "?").replace(/\\s+/g, " ").slice(0, 70);
  new PerformanceObserver(list => list.getEntries().forEach(({ value, sources }) =>
    shifts.push(`${value.toFixed(4)}: ${sources.map(({ node }) => name(node)).slice(0, 3).join(" | ")}`)
  )).observe({ type: "layout-shift", buffered: true });"""
PAINTED = "() => performance.getEntriesByType('paint').length"
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
IDLE = "() => new Promise(done => requestIdleCallback(done))"


@dataclass
class Walk:
    """What a walk over pages saw: kind of fault → what is wrong → the pages where it is; page → what it asked for."""

    faults: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Tab:
    """A tab of the browser that notes what goes wrong on each page it shows."""

    def __init__(self, context, start: str, walk: Walk):
        self.page, self.start, self.walk, self.uri = context.new_page(), start, walk, ""
        self.page.on("request", lambda request: self._note_request(request.url))
        self.page.on("console", lambda message: self._note_message(message))
        self.page.on("pageerror", lambda error: self._note("console", str(error)))

    def open(self, uri: str) -> None:
        self.uri = uri
        self.page.goto(self.start + uri, wait_until="commit")

    def start_audit(self, axe: str) -> None:
        """Begin and come back, so that tabs work at the same time."""
        self.page.wait_for_load_state()
        if axe:
            self.page.evaluate(axe)
            self.page.evaluate(AUDIT, OPTIONS)

    def finish_audit(self, axe: str) -> None:
        self.page.evaluate(IDLE)
        for element in self.page.evaluate(TOO_WIDE):
            self._note("wide", element)
        for violation in self.page.evaluate(FOUND) if axe else ():
            self._note("axe", violation)

    def _note(self, kind: str, what: str) -> None:
        self.walk.faults[kind][what].append(self.uri)

    def _note_request(self, url: str) -> None:
        """Whether or not it was in the cache."""
        if url.startswith(self.start):
            self.walk.asked[self.uri].add(url.removeprefix(self.start))
        elif not url.startswith(("data:", "blob:")):
            self._note("hosts", url)

    def _note_message(self, message) -> None:
        if message.type in ("error", "warning"):
            self._note("console", message.text)


def walk_over(browser, uris: list[str], start: str, axe: str = "", setup: str = "", **settings) -> Walk:
    """`axe` is its source, or nothing to leave it out; `setup` is a script to run before each page's own."""
    walk = Walk()
    # A page's own security policy must not keep axe out.
    with browser.new_context(bypass_csp=True, **settings) as context:
        context.add_init_script(setup)
        tabs = [Tab(context, start, walk) for _ in range(TABS)]
        for first in range(0, len(uris), TABS):
            busy = list(zip(tabs, uris[first : first + TABS], strict=False))
            for tab, uri in busy:
                tab.open(uri)
            for tab, _ in busy:
                tab.start_audit(axe)
            for tab, _ in busy:
                tab.finish_audit(axe)
    return walk


def largest_of_each_kind(site_dir: Path, uris: Iterable[str]) -> list[str]:
    """The largest page of each template."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for uri in uris:
        kinds[kind_of(uri)].append(uri)
    return [max(alike, key=lambda uri: (site_dir / uri).stat().st_size) for alike in kinds.values()]


def kind_of(uri: str) -> str:
    """hazards/typhoon.html → hazards/*.html, plans/qinzhou-2016/tasks.html → plans/*/tasks.html."""
    folder, _, rest = uri.partition("/")
    if not rest or rest == "index.html" or folder == "about":
        return uri
    if folder == "schools" and "/" in rest:
        return "schools/*/*.html"
    return f"{folder}/*/{rest.rpartition('/')[2]}" if "/" in rest else f"{folder}/*.html"


def assert_none_of(faults: dict[str, list[str]]) -> None:
    """What is wrong on many pages alike stands there once."""
    assert_none(f"{uris[0]}{f' and {len(uris) - 1} more' if uris[1:] else ''}: {what}" for what, uris in faults.items())
