"""The search index: the pages' text and vocabulary as one script for our own search.

The hooks call, in this order:
- on_config: `teach(names, cache)`, so that jieba keeps place names and terms of the data whole;
- on_page_content: `read_page(…)` for every page;
- on_post_build: `write_index(site_dir, …)`.

Material's plugin gives the search box. Its index would be fetched with every page, cuts a question only
from its first letter on, and takes a third of the build to make; so it is left empty and leaves the site.
docs/assets/javascripts/search-boot.js and search-worker.js load the script written here on the first query.
"""

import json
import logging
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jieba
from lxml import html

HAN = re.compile(r"[\u3400-\u9fff]+")
LONGEST = 12  # letters of a word; search-worker.js looks no further either
#: Folders whose pages stand behind the advice (boost below 1) → the word by which one asks for them.
KINDS = {"quizzes": "测验", "children": "儿童", "drills": "演练", "schools": "开学", "scenarios": "体验"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Elements that stand inside a line: no space before or after.
INLINE = frozenset(("a", "b", "code", "em", "i", "label", "q", "rp", "rt", "ruby", "small", "span", "strong", "sub", "sup"))
SILENT = frozenset(("object", "script", "style"))
UNUSED = ("search/search_index.json", "assets/javascripts/workers", "assets/javascripts/lunr")


def teach(names: Iterable[str], cache: Path) -> None:
    """Let jieba keep these names whole. It logs to the console and caches in /tmp unless told."""
    cache.mkdir(parents=True, exist_ok=True)
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(cache)
    for word in sorted({word for name in names for word in HAN.findall(name)}):
        if 1 < len(word) <= LONGEST:
            jieba.add_word(word)


@dataclass
class Section:
    """A heading and what stands below it, up to the next; `hidden` from search where the page says so."""

    anchor: str
    hidden: bool = False
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Indexed:
    """A page as search knows it: its names are the title and what readers also call it."""

    url: str
    names: tuple[str, ...]
    boost: float
    parts: tuple[tuple[str, str, str], ...]


def read_page(url: str, title: str, tags: Iterable[str], boost: float, content: str) -> Indexed:
    """`content` is the page's own HTML, without the theme around it; `title` serves where it has no main heading."""
    found = [Section("")]
    _read(html.fragment_fromstring(content, create_parent="div"), found, found[0])
    parts = [(section.anchor, plain(section.title), plain(section.text)) for section in found if not section.hidden]
    (_, heading, text), *rest = parts
    return Indexed(url, (heading or title, *tags), boost, (("", "", text), *rest))


def _read(element: html.HtmlElement, found: list[Section], section: Section) -> Section:
    """Adds what `element` holds to `section`, and returns the section that is open behind its last child."""
    _add(section.text, element.text)
    for child in element:
        if child.tag in HEADINGS and child.get("id"):
            section = _open(child, found, section)
        elif isinstance(child.tag, str) and child.tag not in SILENT and child.get("data-search-exclude") is None:
            space = "" if child.tag in INLINE else " "
            section.text.append(space)
            _read(child, found, section)
            section.text.append(space)
        _add(section.text, child.tail)
    return section


def _open(heading: html.HtmlElement, found: list[Section], section: Section) -> Section:
    """The title of the page opens no section of its own."""
    if heading.tag != "h1":
        section = Section(heading.get("id"), heading.get("data-search-exclude") is not None)
        found.append(section)
    section.title.extend(text for text in heading.itertext() if text != "¶")
    return section


def _add(texts: list[str], text: str | None) -> None:
    if text:
        texts.append(text)


def write_index(
    site_dir: Path,
    pages: Iterable[Indexed],
    fillers: Iterable[str],
    synonyms: Iterable[Iterable[str]],
    regions: Mapping[str, Mapping[str, list[str]]],
) -> None:
    """Replace the plugin's index. `regions`: slug → {"names": its names, "above": slugs above it}."""
    pages = sorted(pages, key=lambda page: page.url)
    index = {
        "pages": [[page.url, page.names, region_of(page.url, regions), page.boost, page.parts] for page in pages],
        "words": " ".join(words_of(text for page in pages for part in page.parts for text in (page.names[0], *part[1:]))),
        "fillers": sorted(fillers),
        "synonyms": [[word.lower() for word in group] for group in synonyms],
        "regions": regions,
        "kinds": KINDS,
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    script = site_dir / "search" / "search_index.js"
    script.write_text(f"self.yingjiIndex={text};\n", "utf-8", newline="\n")
    remove_unused(site_dir)


def plain(texts: Iterable[str]) -> str:
    """The text as read, with single spaces."""
    return " ".join("".join(texts).split())


def region_of(url: str, slugs: Iterable[str]) -> str:
    """regions/qinzhou/…, shelters/qinzhou/…, plans/qinzhou-2016/… → qinzhou."""
    folders = url.split("/")[:-1]
    owners = (s for s in slugs for folder in folders if folder == s or folder.startswith(f"{s}-"))
    return next(owners, "")


def words_of(texts: Iterable[str]) -> list[str]:
    """The vocabulary by which questions are cut: the words on the pages that the dictionary knows.

    jieba also guesses at words it does not know; a wrong guess would only mislead the cutting.
    """
    runs = {run for text in texts for run in HAN.findall(text)}
    cut = {word for run in runs for word in jieba.cut(run)}
    return sorted({word for run in cut if len(run) <= LONGEST for word in known_words(run)})


def known_words(run: str) -> Iterable[str]:
    """应急避难场所 → itself, 应急, 避难, 场所 …, for readers who use only a part of the term."""
    spans = ((i, j) for i in range(len(run)) for j in range(i + 2, len(run) + 1))
    return (run[i:j] for i, j in spans if jieba.dt.FREQ.get(run[i:j]))


def remove_unused(site_dir: Path) -> None:
    for path in (site_dir / name for name in UNUSED):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
