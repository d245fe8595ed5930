"""A drill that hurts someone is worse than none: what a guide must hold before anybody runs it."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from macros.checks.hazards import sound
from macros.checks.known import Known
from macros.errors import Problem
from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import Location
from macros.models import Guide
from macros.models.drills import BLANK, NEVER_TIMED, NEVER_WITHOUT_NOTICE, seconds

FULL_WEIGHT = 100
LEAST_INJECTS, LEAST_CARDS = 2, 5


def check_drills(dataset: Dataset, known: Known) -> Iterator[Problem]:
    grades = {source.id: source.grade for source in dataset.items("sources")}
    for loaded in dataset.loaded_guides:
        yield from _known(loaded, known)
        yield from _levels(loaded)
        yield from _times(loaded)
        yield from _people(loaded)
        yield from _scorecard(loaded)
        yield from _blanks(loaded)
        yield from _parts(loaded)
        for field in ("script", "safety"):
            for place, line in loaded.each(field):
                yield from sound(loaded, place, line, grades)


def _known(loaded: Loaded[Guide], known: Known) -> Iterator[Problem]:
    for index, hazard in enumerate(loaded.model.hazards):
        if hazard not in known.hazards:
            yield loaded.problem(("hazards", index), "灾种不存在", hazard)
    for index, duty in enumerate(loaded.model.duties):
        if duty not in known.duties:
            yield loaded.problem(("duties", index), "data/duties.yml 里没有这项义务", duty)


def _levels(loaded: Loaded[Guide]) -> Iterator[Problem]:
    """No-notice drills are for trained adult teams: pupils, patients and residents could be hurt."""
    for place, level in loaded.each("levels"):
        if level.name == "双盲" and loaded.model.setting in NEVER_WITHOUT_NOTICE:
            yield loaded.problem((*place, "name"), "有学生、病人、居民、顾客的地方不做双盲演练", level.name)


def _times(loaded: Loaded[Guide]) -> Iterator[Problem]:
    for field in ("script", "cards"):
        places = list(loaded.each(field))
        for (_, before), (place, item) in pairwise(places):
            if seconds(item.at) < seconds(before.at):
                yield loaded.problem((*place, "at"), f"时间倒退（上一步是 {before.at}）", item.at)
    for place, inject in loaded.each("injects"):
        if inject.at and seconds(inject.at) > loaded.model.length_seconds:
            yield loaded.problem((*place, "at"), "比最后一步还晚", inject.at)


def _people(loaded: Loaded[Guide]) -> Iterator[Problem]:
    """Whoever the script names has a card that says what to do."""
    cards = {role.id for role in loaded.model.roles}
    for place, who in _named(loaded):
        if who not in cards:
            yield loaded.problem(place, "没有这个角色的角色卡（roles）", who)


def _named(loaded: Loaded[Guide]) -> Iterator[tuple[Location, str]]:
    yield from (((*place, "who"), step.who) for place, step in loaded.each("script"))
    yield from (((*place, "to"), inject.to) for place, inject in loaded.each("injects"))
    for place, card in loaded.each("cards"):
        yield from (((*place, "asks", index, "who"), ask.who) for index, ask in enumerate(card.asks))
    if loaded.model.groups:
        yield ("groups", "leader"), loaded.model.groups.leader


def _scorecard(loaded: Loaded[Guide]) -> Iterator[Problem]:
    total = sum(score.weight for score in loaded.model.scores)
    if total != FULL_WEIGHT and not any(place[0] == "scores" for place in loaded.faulty):
        yield loaded.problem(("scores",), f"分值相加应是 {FULL_WEIGHT}", total)
    for place, score in loaded.each("scores"):
        if score.how == "计时":
            yield from _timed(loaded, place, score)
        if score.how == "计数" and not score.whole:
            yield loaded.problem((*place, "whole"), "计数的一项要写明与什么相比")
    least = [outcome.least for outcome in loaded.model.outcomes]
    if least != sorted(set(least), reverse=True) or least[-1] != 0:
        yield loaded.problem(("outcomes",), "从高分到低分写，最后一档从 0 分起")


def _timed(loaded: Loaded[Guide], place: Location, score) -> Iterator[Problem]:
    if loaded.model.setting in NEVER_TIMED:
        yield loaded.problem((*place, "how"), "幼儿园和小学不按快慢给分")
    if not score.limit_seconds:
        yield loaded.problem((*place, "limit_seconds"), "计时的一项要写多少秒以内")
    elif not score.cite:
        yield loaded.problem((*place, "cite"), "时间的要求要有出处")


def _blanks(loaded: Loaded[Guide]) -> Iterator[Problem]:
    labels = [blank.label for blank in loaded.model.blanks]
    for label in _repeated(labels):
        yield loaded.problem(("blanks",), "两个空同名", label)
    used = {name for text in loaded.model.texts() for name in BLANK.findall(text)}
    for name in sorted(used - set(labels)):
        yield loaded.problem(("blanks",), "文字里有这个空，blanks 里没有", f"〔{name}〕")


def _parts(loaded: Loaded[Guide]) -> Iterator[Problem]:
    guide = loaded.model
    if guide.form == "桌面" and len(guide.cards) < LEAST_CARDS:
        yield loaded.problem(("cards",), f"桌面推演至少 {LEAST_CARDS} 张情景卡", len(guide.cards))
    if guide.form == "现场" and len(guide.injects) < LEAST_INJECTS:
        yield loaded.problem(("injects",), f"至少 {LEAST_INJECTS} 个突发情况", len(guide.injects))
    ids = [item.id for item in (*guide.roles, *guide.injects, *guide.scores)]
    for name in _repeated(ids):
        yield loaded.problem((), "编号重复", name)


def _repeated(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]
