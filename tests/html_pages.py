"""A built page as a reader gets it, by the standard library's own parser."""

from html.parser import HTMLParser
from pathlib import Path

#: Attributes that a reader sees or hears.
SPOKEN = ("title", "content", "alt", "aria-label", "value", "placeholder")
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


class Page(HTMLParser):
    """Its elements in order, its text, its links, and the scripts in it; or those of one part."""

    def __init__(self, path: Path, part: str = "html"):
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.texts: list[str] = []
        self.spoken: list[str] = []
        self.scripts: list[str] = []
        self.links: list[str] = []
        self.inside: list[str] = []
        self.feed(_only(part, path.read_text(encoding="utf-8")))
        self.text = " ".join("\n".join(self.texts).split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *sorted(name for name, _ in attributes)))
        self.spoken += [value for name, value in attributes if name in SPOKEN and value]
        self.links += [value for name, value in attributes if name == "href" and value]
        if tag not in VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        (self.scripts if self.inside[-1:] in (["script"], ["style"]) else self.texts).append(data)


def _only(part: str, html: str) -> str:
    return html[html.index(f"<{part}") : html.index(f"</{part}>")]


def read_site(site: Path) -> dict[str, Page]:
    """Every page below a built site by its address."""
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}
