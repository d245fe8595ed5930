"""A page before any site generator sees it: where it goes, its Markdown, the data file behind it."""

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from markupsafe import Markup

from macros.pages.escaping import as_text
from macros.pages.wording import FILTERS

#: Front matter that the theme and the search plugin read: `hide`, `search`, `tags`.
Meta = Mapping[str, object] | None
#: A page of links holds the words of every page it leads to; in a search those come first.
LISTING = {"search": {"boost": 0.6}}


@dataclass(frozen=True)
class Page:
    """`uri` ends in `.md`; `source` is the file below the project that an editor would open."""

    uri: str
    markdown: str
    source: str


@cache
def relative_link(from_uri: str, to_uri: str, anchor: str = "") -> Markup:
    """The address of another page or file as seen from a page, for http and file:// alike."""
    path = posixpath.relpath(to_uri, posixpath.dirname(from_uri) or ".")
    path = re.sub(r"\.md$", ".html", path)
    return Markup(path + (f"#{anchor}" if anchor else ""))


def render(uri: str, template: str, source: str, title: str, description: str = "", meta: Meta = None, **context: object) -> Page:
    """A page from one template; `title` and every value in `context` are data. `meta` is front matter of ours."""
    texts = {"title": as_text(title), "description": as_text(description)}
    head = {**texts, "render_macros": False, **(meta or {})}
    body = _environment().get_template(template).render(
        **context, title=title, uri=uri, link=partial(relative_link, uri)
    )
    return Page(uri, f"---\n{_front_matter(head)}\n---\n\n{body}", source)


def fill(uri: str, template: str, **context: object) -> str:
    """A plain file from one template, for what must not go through the site engine."""
    return _environment().get_template(template).render(**context, uri=uri, link=partial(relative_link, uri))


def _front_matter(meta: dict[str, object]) -> str:
    """JSON is YAML, so no data can break out of the front matter."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items() if value != "")
    return "\n".join(lines)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("macros"),
        autoescape=True,
        finalize=as_text,
        comment_start_string="{%#",
        comment_end_string="#%}",
        undefined=StrictUndefined,
        bytecode_cache=FileSystemBytecodeCache(),  # compiled templates, in the system's folder for such things
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment
