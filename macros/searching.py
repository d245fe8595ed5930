"""The search index: what Material's search plugin writes becomes one script for our own search.

The hooks call, in this order:
- on_config: `teach(names, cache)`, so that jieba keeps place names and terms of the data whole;
- on_post_build, after the search plugin (a priority below 0): `write_index(site_dir, …)`.

Material would fetch its index with every page and cut a question only from its first letter on.
docs/assets/javascripts/search-boot.js and search-worker.js take over: they load the script written
here on the first query. Material's own index and worker are then dead weight and leave the site.
"""

import html
import json
import logging
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import jieba

MARK = "\u200b"  # what the plugin puts between the words that jieba found
HAN = re.compile(r"[\u3400-\u9fff]+")
TAG = re.compile(r"<[^>]+>")
LONGEST = 12  # letters of a word; search-worker.js looks no further either
#: Folders whose pages stand behind the advice (boost below 1) → the word by which one asks for them.
KINDS = {"quizzes": "测验", "children": "儿童"}
UNUSED = ("search/search_index.json", "assets/javascripts/workers", "assets/javascripts/lunr")


class SearchError(Exception):
    """The index would answer nothing; the message says why, in Chinese."""


def teach(names: Iterable[str], cache: Path) -> None:
    """Let jieba keep these names whole. It logs to the console and caches in /tmp unless told."""
    cache.mkdir(parents=True, exist_ok=True)
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(cache)
    for word in sorted({word for name in names for word in HAN.findall(name)}):
        if 1 < len(word) <= LONGEST:
            jieba.add_word(word)


def write_index(
    site_dir: Path,
    fillers: Iterable[str],
    synonyms: Iterable[Iterable[str]],
    regions: Mapping[str, Mapping[str, list[str]]],
) -> None:
    """Replace the plugin's index. `regions`: slug → {"names": its names, "above": slugs above it}."""
    entries = json.loads((site_dir / UNUSED[0]).read_text("utf-8"))["docs"]
    index = {
        "pages": list(pages_of(entries, regions)),
        "words": " ".join(words_of(entries)),
        "fillers": sorted(fillers),
        "synonyms": [[word.lower() for word in group] for group in synonyms],
        "regions": regions,
        "kinds": KINDS,
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    script = site_dir / "search" / "search_index.js"
    script.write_text(f"self.yingjiIndex={text};\n", "utf-8", newline="\n")
    remove_unused(site_dir)


def pages_of(entries: list[dict], regions: Iterable[str]) -> Iterable[list]:
    """One list a page: address, names, region, boost, and its parts (anchor, heading, text).

    The names are the title and what readers also call it: the `tags` of the page's front matter.
    """
    pages: dict[str, list] = {}
    for entry in entries:
        url, _, anchor = entry["location"].partition("#")
        title, text = plain(entry["title"]), plain(entry["text"])
        if url not in pages:
            names = [title, *entry.get("tags", [])]
            pages[url] = [url, names, region_of(url, regions), float(entry.get("boost", 1)), []]
            title = ""
        pages[url][-1].append([anchor, title, text])
    return pages.values()


def plain(text: str) -> str:
    """The text as read: no tags, no marks, single spaces."""
    return " ".join(html.unescape(TAG.sub(" ", text).replace(MARK, "")).split())


def region_of(url: str, slugs: Iterable[str]) -> str:
    """regions/qinzhou/…, shelters/qinzhou/…, plans/qinzhou-2016/… → qinzhou."""
    folders = url.split("/")[:-1]
    owners = (s for s in slugs for folder in folders if folder == s or folder.startswith(f"{s}-"))
    return next(owners, "")


def words_of(entries: list[dict]) -> list[str]:
    """The vocabulary by which questions are cut: the words on the pages that the dictionary knows.

    jieba also guesses at words it does not know; a wrong guess would only mislead the cutting.
    """
    texts = [entry[field] for entry in entries for field in ("title", "text")]
    if texts and not any(MARK in text for text in texts):
        raise SearchError("索引里的中文没有分词,搜索会什么也找不到:请确认装好了 jieba")
    runs = {run for text in texts for piece in text.split(MARK) for run in HAN.findall(piece)}
    return sorted({word for run in runs if len(run) <= LONGEST for word in known_words(run)})


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
