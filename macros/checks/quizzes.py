"""A wrong key teaches what hurts: every question has an answer, a reason and a page that proves it."""

from collections import Counter
from collections.abc import Iterator

from macros.checks.known import Known
from macros.errors import Problem
from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import Location
from macros.models import Citation, Question, Quiz, Record

#: Below this many questions a share says nothing.
ENOUGH_FOR_SHARES = 40
MOST_RIGHT_AND_LONGEST = 0.40
#: How far the share of one position may stand from an even spread.
UNEVEN = 0.10


def check_quizzes(dataset: Dataset, known: Known) -> Iterator[Problem]:
    cited = _cited_by_page(dataset)
    grades = {source.id: source.grade for source in dataset.items("sources")}
    keys = {f"{quiz.model.id}#{question.id}" for quiz in dataset.loaded_quizzes for question in quiz.model.questions}
    for loaded in dataset.loaded_quizzes:
        yield from _head(loaded, known, keys)
        yield from _unique(loaded)
        for place, question in loaded.each("questions"):
            yield from _key(loaded, place, question)
            yield from _explained(loaded, place, question)
            yield from _proved(loaded, place, question, cited, grades)
            yield from _drawn(loaded, place, question, dataset)
    yield from _giveaways(dataset)


def _head(loaded: Loaded[Quiz], known: Known, keys: set[str]) -> Iterator[Problem]:
    quiz = loaded.model
    stem = loaded.file.rpartition("/")[2].removesuffix(".md")
    if quiz.id != stem:
        yield loaded.problem(("id",), f"应与文件名一致（{stem}）", quiz.id)
    if quiz.kind == "灾种" and quiz.id not in known.hazards:
        yield loaded.problem(("id",), "灾种测验要用灾种的编号", quiz.id)
    for index, topic in enumerate(quiz.topics):
        if topic not in known.topics:
            yield loaded.problem(("topics", index), "主题不存在", topic)
    for index, key in enumerate(quiz.take):
        if key not in keys:
            yield loaded.problem(("take", index), "没有这道题", key)
    if not quiz.questions and not quiz.take:
        yield loaded.problem((), "测验里没有题目")


def _unique(loaded: Loaded[Quiz]) -> Iterator[Problem]:
    ids: set[str] = set()
    texts: set[tuple[str | None, str]] = set()
    for place, question in loaded.each("questions"):
        if question.id in ids:
            yield loaded.problem((*place, "id"), "题目编号重复", question.id)
        if (question.scene, question.text) in texts:
            yield loaded.problem((*place, "text"), "同一道题写了两次", question.text)
        ids.add(question.id)
        texts.add((question.scene, question.text))


def _key(loaded: Loaded[Quiz], place: Location, question: Question) -> Iterator[Problem]:
    options = (*place, "options")
    repeated = [text for text, times in Counter(o.text for o in question.options).items() if times > 1]
    if repeated:
        yield loaded.problem(options, "两个选项一样", repeated[0])
    if question.kind == "排序":
        return
    right = len(question.right_places)
    if right == 0:
        yield loaded.problem(options, "没有正确选项")
    elif question.kind == "单选" and right > 1:
        yield loaded.problem(options, f"单选题有 {right} 个正确选项（多选题用“-”）")
    elif question.kind == "多选" and (right == 1 or right == len(question.options)):
        yield loaded.problem(options, "多选题至少要有两个正确选项、一个错误选项")


def _explained(loaded: Loaded[Quiz], place: Location, question: Question) -> Iterator[Problem]:
    explaining = [o for o in question.options if o.right] or question.options
    if not any(option.explanation for option in explaining):
        yield loaded.problem((*place, "options"), "缺少解释（写在正确选项下面；排序题写在最后一项下面）")


def _proved(loaded: Loaded[Quiz], place: Location, question: Question, cited: dict[str, set[str]], grades: dict[str, str]) -> Iterator[Problem]:
    reference, here = question.reference, (*place, "reference")
    if reference.page not in cited:
        yield loaded.problem(here, "没有这个页面", reference.page)
    elif reference.source not in cited[reference.page]:
        yield loaded.problem(here, f"页面 {reference.page} 没有引用这个来源", reference.source)
    if grades.get(reference.source) == "弱":
        yield loaded.problem(here, "题目不能用弱来源", reference.source)


def _drawn(loaded: Loaded[Quiz], place: Location, question: Question, dataset: Dataset) -> Iterator[Problem]:
    pictograms = dataset.root.parent / "docs" / "assets" / "pictograms"
    if question.drawing and pictograms.is_dir() and not (pictograms / f"{question.drawing.file}.svg").is_file():
        yield loaded.problem((*place, "drawing"), "没有这张图", question.drawing.file)


def _cited_by_page(dataset: Dataset) -> dict[str, set[str]]:
    """Page → the sources that its lines rest on."""
    pages = {f"hazards/{hazard.id}": _sources(hazard) for hazard in dataset.hazards.values()}
    pages |= {f"{article.folder}/{article.id}": _sources(article) for article in dataset.articles.values()}
    pages |= {f"{stem}/index": _sources(dataset.singles[stem].model) for stem in ("hotlines", "warnings")}
    for plan in dataset.plans.values():
        pages[f"plans/{plan.id}/index"] = {plan.id}
    return pages


def _sources(value: object) -> set[str]:
    if isinstance(value, Citation):
        return {value.source or ""}
    if isinstance(value, Record):
        return set().union(*(_sources(getattr(value, name)) for name in type(value).model_fields))
    if isinstance(value, tuple):
        return set().union(*map(_sources, value))
    return set()


def _giveaways(dataset: Dataset) -> Iterator[Problem]:
    """Answers that can be found without knowing anything: by their length or their place."""
    singles = [q for quiz in dataset.quizzes.values() for q in quiz.questions if q.kind == "单选"]
    if len(singles) < ENOUGH_FOR_SHARES:
        return
    longest = sum(question.right_is_longest for question in singles) / len(singles)
    if longest > MOST_RIGHT_AND_LONGEST:
        yield Problem("quizzes", 0, "", f"正确选项最长的题占 {longest:.0%}，应不超过 {MOST_RIGHT_AND_LONGEST:.0%}")
    for count in sorted({len(question.options) for question in singles}):
        yield from _spread([q for q in singles if len(q.options) == count], count)


def _spread(questions: list[Question], count: int) -> Iterator[Problem]:
    if len(questions) < ENOUGH_FOR_SHARES:
        return
    places = Counter(question.right_places[0] for question in questions if question.right_places)
    for place in range(count):
        share = places[place] / len(questions)
        if abs(share - 1 / count) > UNEVEN:
            yield Problem("quizzes", 0, "", f"{count} 个选项的单选题里，第 {place + 1} 个正确的占 {share:.0%}，应接近 {1 / count:.0%}")
