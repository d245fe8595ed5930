"""Every link of the built site leads somewhere, nothing runs that should not, and it fits any disk."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from fault_list import assert_none

LINKING = {"href", "src", "srcset", "poster", "data", "action", "formaction", "xlink:href", "background"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: How the theme's own inline scripts begin; there are no others.
THEMES_OWN = ("__md_scope=new URL(", "var palette=__md_get(", "var target=document.getElementById(location.hash")
#: A web server sends it for any address, so that only links from the root work.
NOT_FOUND = "404.html"
FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*\\]|[ .]$')  # by Windows


@dataclass
class Scan(HTMLParser):
    """What the tests want to know about one page."""

    uri: str
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    inline_scripts: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [value or "" for name, value in attrs if name in LINKING]
        self.ids += [given[name] for name in ("id", "name") if given.get(name) and (name == "id" or tag == "a")]
        self.handlers += [f"{tag} {name}" for name in given if name.startswith("on")]
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.inline_scripts.append("")
        if tag not in VOID:
            self.open_tags.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open_tags.pop()

    def handle_data(self, data: str) -> None:
        if self.open_tags[-1:] == ["script"] and self.inline_scripts and not self.inline_scripts[-1]:
            self.inline_scripts[-1] = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if self.open_tags[-1:] == [tag]:
            self.open_tags.pop()
        else:
            self.astray.append(f"</{tag}> in line {self.getpos()[0]} closes {self.open_tags[-1:]}")


@dataclass
class Site:
    folder: Path
    scans: dict[str, Scan]

    @cached_property
    def files(self) -> set[str]:
        """Compared as text, so that case counts on every system."""
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}

    def is_dead(self, uri: str, link: str) -> bool:
        parts = urlsplit(link)
        base = "" if uri == NOT_FOUND else dirname(uri)
        target = normpath(join(base, unquote(parts.path).lstrip("/"))) if parts.path else uri
        if target not in self.files:
            return True
        return bool(parts.fragment) and unquote(parts.fragment) not in self.scans[target].ids


@pytest.fixture(scope="module")
def site(site_dir: Path) -> Site:
    return Site(site_dir, {path.relative_to(site_dir).as_posix(): scan(path, site_dir) for path in sorted(site_dir.rglob("*.html"))})


def scan(path: Path, site_dir: Path) -> Scan:
    found = Scan(path.relative_to(site_dir).as_posix())
    found.feed(path.read_text("utf-8"))
    found.close()
    return found


def links_of(site: Site, schemes: set[str]):
    for uri, page in site.scans.items():
        for link in page.links:
            if urlsplit(link).scheme in schemes:
                yield uri, link


def test_no_link_inside_the_site_is_dead(site):
    assert_none(f"{uri}: {link}" for uri, link in links_of(site, {""}) if site.is_dead(uri, link))


def test_every_link_works_from_a_disk(site):
    """There, an absolute path is one from the root of the disk, and a folder opens no page."""
    assert_none(f"{uri}: {link}" for uri, link in links_of(site, {""})
                if link.startswith("//") or link.endswith("/") or (link.startswith("/") and uri != NOT_FOUND))


def test_links_to_other_hosts_stand_in_the_data(site, project):
    files = [path for pattern in ("*.yml", "*.csv") for path in (project / "data").rglob(pattern)]
    known = {address for path in files for address in re.findall(r"https?://[^\s\"'<>]+", path.read_text("utf-8"))}
    assert_none(f"{uri}: {link}" for uri, link in links_of(site, {"http", "https"}) if link not in known)


def test_links_do_nothing_but_lead_and_call(site):
    known = {"", "http", "https", "tel", "data"}
    assert_none(f"{uri}: {link}" for uri, page in site.scans.items() for link in page.links
                if urlsplit(link.strip()).scheme.lower() not in known)


def test_numbers_can_be_dialled(site):
    numbers = {link for _, link in links_of(site, {"tel"})}
    assert numbers
    assert_none(link for link in numbers if not re.fullmatch(r"tel:\+?[\d-]+", link))


def test_styles_refer_to_files_that_exist(site):
    for style in (uri for uri in site.files if uri.endswith(".css")):
        for target in re.findall(r"url\(\s*['\"]?([^'\")]+)", (site.folder / style).read_text("utf-8")):
            assert target.startswith(("data:", "#")) or not site.is_dead(style, target), f"{style}: {target}"


def test_no_script_stands_in_a_page(site):
    assert_none(f"{uri}: {script[:60]}" for uri, page in site.scans.items()
                for script in page.inline_scripts if not script.startswith(THEMES_OWN))
    assert_none(f"{uri}: {handler}" for uri, page in site.scans.items() for handler in page.handlers)


def test_no_anchor_stands_twice_in_a_page(site):
    assert_none(f"{uri}: {id}" for uri, page in site.scans.items() for id in set(page.ids) if page.ids.count(id) > 1)


def test_every_tag_is_closed_where_it_should_be(site):
    """Browsers mend a stray end tag in silence, by tearing the layout."""
    assert_none(f"{uri}: {what}" for uri, page in site.scans.items() for what in page.astray + page.open_tags)


def test_file_names_survive_any_disk_and_archive(site):
    assert_none(name for name in site.files if not name.isascii())
    assert_none(name for name in site.files if any(map(FORBIDDEN_IN_NAMES.search, name.split("/"))))
    assert len({name.lower() for name in site.files}) == len(site.files)
