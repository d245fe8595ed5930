"""An instruction can hurt someone: it stands on a sound source and two reviews, or not at all."""

from collections.abc import Iterator

from macros.errors import Problem
from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import Location
from macros.models import Article, Hazard, Instruction, Line, Part
from macros.models.articles import UNSOURCED

MOST_NOW_LINES = 7
NEEDED_REVIEWS = 2


def check_hazards(dataset: Dataset) -> Iterator[Problem]:
    grades = {source.id: source.grade for source in dataset.items("sources")}
    for loaded in dataset.loaded_hazards:
        yield from _phases(loaded)
        yield from _texts(loaded)
        for place, instruction in loaded.each("instructions"):
            yield from sound(loaded, place, instruction, grades)
    for loaded in dataset.loaded_articles:
        yield from _article(loaded, grades)


def _phases(loaded: Loaded[Hazard]) -> Iterator[Problem]:
    """As written: a line with a fault of its own is reported for that fault, not as missing."""
    written = [line.get("phase") for line in loaded.tree.value["instructions"] if isinstance(line, dict)]
    if written.count("现在就做") > MOST_NOW_LINES:
        yield loaded.problem(("instructions",), f"“现在就做”至多 {MOST_NOW_LINES} 条", written.count("现在就做"))
    for phase in ("现在就做", "千万不要"):
        if phase not in written:
            yield loaded.problem(("instructions",), f"缺少“{phase}”")


def _texts(loaded: Loaded[Hazard]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, instruction in loaded.each("instructions"):
        if instruction.text in seen:
            yield loaded.problem((*place, "text"), "同一句话写了两次", instruction.text)
        seen.add(instruction.text)
        if instruction.phase == "千万不要":
            yield from _never(loaded, place, instruction)


def _never(loaded: Loaded[Hazard], place: Location, line: Instruction) -> Iterator[Problem]:
    """Passed on by itself, a line must still forbid: without its own 不 it would tell people to do it."""
    if not line.reason:
        yield loaded.problem((*place, "reason"), "“千万不要”要写出原因")
    if not any(word in line.text for word in "不别勿"):
        yield loaded.problem((*place, "text"), "“千万不要”的话里要有“不”“别”或“勿”", line.text)


def sound(loaded: Loaded, place: Location, line: Instruction | Line, grades: dict[str, str]) -> Iterator[Problem]:
    """A life-safety line needs an official or reprinted source and two reviewers."""
    if not line.life_safety or line.cite is None:
        return
    if grades.get(line.cite.source or "") == "弱":
        yield loaded.problem((*place, "cite", "source"), "救命指令不能用弱来源", line.cite.source)
    reviewers = {review.role for review in line.reviews}
    if len(reviewers) < NEEDED_REVIEWS:
        rule = f"救命指令要有 {NEEDED_REVIEWS} 个不同的人(role)复核,现有 {len(reviewers)} 个"
        yield loaded.problem((*place, "reviews"), rule)


def _lines(loaded: Loaded[Article]) -> Iterator[tuple[Location, Part, Line]]:
    for place, part in loaded.each("parts"):
        for index, line in enumerate(part.lines):
            yield (*place, "lines", index), part, line


def _article(loaded: Loaded[Article], grades: dict[str, str]) -> Iterator[Problem]:
    for place, part, line in _lines(loaded):
        if part.kind not in UNSOURCED and line.cite is None:
            yield loaded.problem((*place, "cite"), "缺少出处（只有“填写”“本站”可以不写）")
        if part.kind in UNSOURCED and line.life_safety:
            yield loaded.problem((*place, "life_safety"), f"救命指令不能写在“{part.kind}”里")
        if part.kind == "不要" and not line.reason:
            yield loaded.problem((*place, "reason"), "“不要”要写出原因")
        yield from sound(loaded, place, line, grades)
