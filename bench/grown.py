"""A larger site of the same kind: more regions, each with one of the real plans under another name."""

import re
import shutil
from pathlib import Path

#: A region's hub and the four pages of its plan.
PAGES_A_REGION = 5
#: Pages that are the same however many regions there are; without them the small site is small.
NATIONAL = ("data/articles", "data/shelters", "quizzes")
NEEDED = ("data", "docs", "macros", "overrides", "quizzes", "mkdocs.yml", "node_modules")


def copy_project(project: Path, folder: Path) -> Path:
    """What a build needs; only what an edit may touch is copied, the rest is linked."""
    folder.mkdir(parents=True)
    for name in NEEDED:
        if name in ("data", "docs", "quizzes"):
            shutil.copytree(project / name, folder / name)
        else:
            (folder / name).symlink_to(project / name)
    return folder


def leave_out_national_pages(folder: Path) -> None:
    for name in NATIONAL:
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()


def add_regions(folder: Path, count: int) -> None:
    data = folder / "data"
    plans = sorted((data / "plans").glob("*.yml"))
    for number in range(1, count + 1):
        add_region(data, plans[number % len(plans)], f"grown{number}", f"45{number:04}")


def add_region(data: Path, plan: Path, slug: str, code: str) -> None:
    """The plan and its region again, as another county of Guangxi."""
    old, year = plan.stem.rsplit("-", 1)
    identity = {"code": f'"{code}"', "slug": slug, "name": f"{slug}县", "short_name": slug}
    write_as(data / "regions" / f"{old}.yml", data / "regions" / f"{slug}.yml", identity, plan.stem, f"{slug}-{year}")
    identity = {"id": f"{slug}-{year}", "region": f'"{code}"'}
    write_as(plan, data / "plans" / f"{slug}-{year}.yml", identity, plan.stem, f"{slug}-{year}")


def write_as(source: Path, target: Path, identity: dict[str, str], old_plan: str, new_plan: str) -> None:
    text = source.read_text("utf-8")
    for key, value in identity.items():
        text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, count=1, flags=re.M)
    target.write_text(text.replace(old_plan, new_plan), "utf-8")
