"""A larger site of the same kind: more counties, each as `yingji init` starts it."""

import shutil
from pathlib import Path

from macros.starting import start_region

#: Pages that are the same however many regions there are; without them the small site is small.
NATIONAL = ("data/articles", "data/drills", "data/scenarios", "data/schools", "quizzes")
#: What a build needs; only what is edited here is copied.
COPIED, LINKED = ("data", "docs", "quizzes"), ("macros", "overrides", "mkdocs.yml", "node_modules")


def copy_project(project: Path, folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(project / name, folder / name)
    for name in LINKED:
        (folder / name).symlink_to(project / name)
    return folder


def leave_out_national_pages(folder: Path) -> None:
    for name in NATIONAL:
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    # Its run sheets lead to those pages.
    (folder / "data/campaigns.yml").write_text("campaigns: []\n", encoding="utf-8")


def add_regions(folder: Path, numbers: range) -> None:
    """Counties of Guangxi, whose duties they inherit."""
    for number in numbers:
        start_region(folder / "data", f"45{number:04}", f"第{number}县", f"grown{number}")
