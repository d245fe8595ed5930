"""The baseline: a plain Material project with the same rendered Markdown, navigation and theme settings.

Run as `python bench/plain.py PROJECT FOLDER`, in a process of its own, so that what it needs
does not count in the measurements.
"""

import json
import logging
import sys
import tempfile
from pathlib import Path

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

#: What the project adds to Material; the baseline does without.
OURS = ("hooks", "watch", "extra_css", "extra_javascript")


def write_plain_project(project: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as site:
        config = load_config(str(project / "mkdocs.yml"), site_dir=site)
        # Last of all, when the macros of hand-written pages have been filled in.
        config.plugins.events["page_markdown"].append(keeper(folder / "docs"))
        build(config)
    settings = plain_settings(yaml.safe_load((project / "mkdocs.yml").read_text("utf-8")))
    (folder / "mkdocs.yml").write_text(json.dumps(settings | {"nav": config.nav}), "utf-8")  # JSON is YAML


def keeper(docs: Path):
    """Writes each page's Markdown below `docs`, on its way to be rendered."""

    def keep(markdown: str, page, **_) -> str:
        path = docs / page.file.src_uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{json.dumps(page.meta, default=str)}\n---\n\n{markdown}", "utf-8")
        return markdown

    return keep


def plain_settings(settings: dict) -> dict:
    kept = {name: value for name, value in settings.items() if name not in OURS}
    search = [plugin for plugin in kept["plugins"] if "search" in plugin]
    theme = {name: value for name, value in kept["theme"].items() if name != "custom_dir"}
    # The files that the pages link to are not built here.
    return kept | {"plugins": search, "theme": theme, "strict": False}


if __name__ == "__main__":
    logging.disable()
    write_plain_project(*map(Path, sys.argv[1:]))
