"""Every page of the built site in a real browser: on a phone from a disk, on a desk from a server."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from fault_list import assert_none

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
TABS = 2  # as many as the smallest machine has cores
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ONLY_SERVED = {"404.html"}  # a web server sends it from its root; nothing links to it

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


Faults = dict[str, dict[str, list[str]]]  # kind of fault → what is wrong → the pages where it is


class Tab:
    """A tab of the browser that notes what goes wrong on each page it shows."""

    def __init__(self, context, start: str, faults: Faults):
        self.page, self.start, self.faults, self.uri = context.new_page(), start, faults, ""
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
        for element in self.page.evaluate(TOO_WIDE):
            self._note("wide", element)
        for violation in self.page.evaluate(FOUND) if axe else ():
            self._note("axe", violation)

    def _note(self, kind: str, what: str) -> None:
        self.faults[kind][what].append(self.uri)

    def _note_request(self, url: str) -> None:
        if not url.startswith((self.start, "data:", "blob:")):
            self._note("hosts", url)

    def _note_message(self, message) -> None:
        if message.type in ("error", "warning"):
            self._note("console", message.text)


@pytest.fixture(scope="module")
def axe(project: Path) -> str:
    return (project / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def pages(site_dir: Path) -> list[str]:
    return sorted(path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*.html"))


@pytest.fixture(scope="module")
def one_of_each_kind(pages, site_dir) -> list[str]:
    """The largest page of each template."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for uri in pages:
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


@pytest.fixture(scope="module", params=["phone from a disk", "desk from a server"])
def walk(request, browser, axe, pages, one_of_each_kind, site_dir, site_url) -> Faults:
    """Every page once. On a desk axe looks at one page of each kind: the content was seen on the phone."""
    if request.param.startswith("phone"):
        linked = [uri for uri in pages if uri not in ONLY_SERVED]
        return faults_of(browser, linked, f"{site_dir.as_uri()}/", axe, viewport=PHONE)
    faults = faults_of(browser, pages, site_url, viewport=DESK)
    return faults | {"axe": faults_of(browser, one_of_each_kind, site_url, axe, viewport=DESK)["axe"]}


def faults_of(browser, uris: list[str], start: str, axe: str = "", setup: str = "", **settings) -> Faults:
    """`axe` is its source, or nothing to leave it out; `setup` is a script to run before each page's own."""
    faults: Faults = {kind: defaultdict(list) for kind in ("hosts", "console", "wide", "axe")}
    # A page's own security policy must not keep axe out.
    with browser.new_context(bypass_csp=True, **settings) as context:
        context.add_init_script(setup)
        tabs = [Tab(context, start, faults) for _ in range(TABS)]
        for first in range(0, len(uris), TABS):
            busy = list(zip(tabs, uris[first : first + TABS], strict=False))
            for tab, uri in busy:
                tab.open(uri)
            for tab, _ in busy:
                tab.start_audit(axe)
            for tab, _ in busy:
                tab.finish_audit(axe)
    return faults


def assert_none_of(faults: dict[str, list[str]]) -> None:
    """What is wrong on many pages alike stands there once."""
    assert_none(f"{uris[0]}{f' and {len(uris) - 1} more' if uris[1:] else ''}: {what}" for what, uris in faults.items())


def test_no_page_asks_another_host(walk):
    assert_none_of(walk["hosts"])


def test_no_page_reports_an_error(walk):
    assert_none_of(walk["console"])


def test_no_page_keeps_anyone_out(walk):
    """No violation of WCAG 2.2 A or AA that axe can find."""
    assert_none_of(walk["axe"])


def test_no_page_is_wider_than_the_screen(walk):
    assert_none_of(walk["wide"])


def test_the_dark_palette_keeps_nobody_out(browser, axe, one_of_each_kind, site_url):
    """Every page was looked at in the light one above."""
    faults = faults_of(browser, one_of_each_kind, site_url, axe, color_scheme="dark", viewport=PHONE)
    assert_none_of(faults["axe"])


def test_the_palette_follows_the_device(browser, site_url):
    for scheme, name in (("light", "default"), ("dark", "slate")):
        with browser.new_context(color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(site_url)
            assert page.locator("body").get_attribute("data-md-color-scheme") == name


def test_large_text_fits_a_phone(browser, one_of_each_kind, site_url):
    setup = "localStorage.setItem('yingji.large-text', 'yes')"
    faults = faults_of(browser, one_of_each_kind, site_url, setup=setup, viewport=PHONE)
    assert_none_of(faults["wide"])


@pytest.mark.parametrize("viewport", [PHONE], ids=["phone"])
def test_nothing_moves_when_scripts_come_late(browser, one_of_each_kind, site_dir, site_url, viewport):
    """On a slow network a page is read, and tapped, before its scripts are there."""
    faults: dict[str, list[str]] = defaultdict(list)
    with browser.new_context(viewport=viewport) as context:
        context.add_init_script(WATCH_SHIFTS)
        for uri in one_of_each_kind:
            early = scripts_in_head((site_dir / uri).read_text("utf-8"))
            for shift in shifts_of(context, site_url + uri, early):
                faults[shift].append(uri)
    assert_none_of(faults)


def scripts_in_head(html: str) -> set[str]:
    """The names of scripts that a page waits for before it is drawn."""
    tags = re.findall(r"<script[^>]*\bsrc=[^>]*>", html.partition("</head>")[0])
    return {re.search(r'src="(?:[^"]*/)?([^"/]+)"', tag)[1] for tag in tags if "defer" not in tag}


def shifts_of(context, url: str, early: set[str]) -> list[str]:
    """What moves on a page whose scripts arrive after it is drawn."""
    page, waiting, painted = context.new_page(), [], False

    def hold(route) -> None:
        come_late = not painted and route.request.url.rpartition("/")[2] not in early
        waiting.append(route) if come_late else route.continue_()

    page.route("**/*.js", hold)
    page.goto(url, wait_until="commit")
    page.wait_for_selector("footer", state="attached")  # parsed so far; what is still to come waits for scripts
    page.wait_for_function(PAINTED)
    page.evaluate(TWO_FRAMES)
    page.evaluate("shifts.length = 0")
    painted = True
    for route in waiting:
        route.continue_()
    page.wait_for_load_state()
    page.evaluate(TWO_FRAMES)
    shifts = page.evaluate("shifts")
    page.close()
    return shifts
