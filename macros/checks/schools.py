"""A pack that a teacher can hold without preparing: its minutes add up, and what it leans on is there."""

from collections.abc import Iterator

from macros.checks.hazards import sound
from macros.checks.known import Known
from macros.errors import Problem
from macros.loading import Dataset, Loaded
from macros.models import Stage

#: One topic from each of the two pools.
TOPICS = 2
MOMENTS = ("开学前", "第一天", "第一周", "第一个月")


def check_schools(dataset: Dataset, known: Known) -> Iterator[Problem]:
    grades = {source.id: source.grade for source in dataset.items("sources")}
    for loaded in dataset.loaded_stages:
        yield from _minutes(loaded)
        yield from _around(loaded)
        yield from _leans_on(loaded, known)
        yield from _children(loaded, dataset)
        for field in ("checklist", "legal"):
            for place, line in loaded.each(field):
                if line.cite is None:
                    yield loaded.problem((*place, "cite"), "缺少出处")
                yield from sound(loaded, place, line, grades)
    yield from _one_of_each(dataset)


def _minutes(loaded: Loaded[Stage]) -> Iterator[Problem]:
    stage = loaded.model
    total = sum(step.minutes * (TOPICS if step.kind == "主题" else 1) for step in stage.steps)
    if total != stage.lesson_minutes:
        rule = f"各步相加是 {total} 分钟（“主题”一步按 {TOPICS} 个算），应等于 lesson_minutes"
        yield loaded.problem(("lesson_minutes",), rule, stage.lesson_minutes)
    if [step.kind for step in stage.steps].count("主题") != 1:
        yield loaded.problem(("steps",), "“主题”要有一步，也只有一步")


def _around(loaded: Loaded[Stage]) -> Iterator[Problem]:
    for when in MOMENTS:
        if all(moment.when != when for moment in loaded.model.around):
            yield loaded.problem(("around",), f"缺少“{when}”")


def _leans_on(loaded: Loaded[Stage], known: Known) -> Iterator[Problem]:
    stage = loaded.model
    if stage.quiz not in known.quizzes:
        yield loaded.problem(("quiz",), "没有这份测验（quizzes/）", stage.quiz)
    for pool in ("natural", "daily"):
        for index, hazard in enumerate(getattr(stage, pool)):
            if hazard not in known.hazards:
                yield loaded.problem((pool, index), "灾种不存在", hazard)
    for hazard, guide in stage.drills.items():
        if guide not in known.guides:
            yield loaded.problem(("drills", hazard), "没有这份演练指南（data/drills/）", guide)
        if hazard not in known.hazards:
            yield loaded.problem(("drills", hazard), "灾种不存在", hazard)


def _children(loaded: Loaded[Stage], dataset: Dataset) -> Iterator[Problem]:
    """The youngest are taught in the words of a children's page, so there must be one."""
    if not loaded.model.for_small_children:
        return
    pages = [article for article in dataset.articles.values() if article.folder == "children"]
    for hazard in loaded.model.pool:
        if not any(hazard in page.topics for page in pages):
            yield loaded.problem((), "这个主题没有儿童页（data/articles/children-*.yml）", hazard)


def _one_of_each(dataset: Dataset) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for loaded in dataset.loaded_stages:
        if loaded.model.stage in seen:
            yield loaded.problem(("stage",), f"{seen[loaded.model.stage]} 已有这个学段", loaded.model.stage)
        seen.setdefault(loaded.model.stage, loaded.file)
