"""The slides of a lesson, from the stage's steps and the topics' reviewed lines."""

from collections.abc import Iterator
from pathlib import Path

from macros.feeds.quiz_files import LETTERS, right_answer
from macros.models import Stage
from macros.packs.documents import Topics, said, steps_of
from macros.packs.slides import Picture, Slide
from macros.pdf_files import picture_png
from macros.school_topics import Topic

LINES_A_SLIDE = 4
PICTURES_A_SLIDE = 2
#: Every slide shows something; a topic without a pictogram of its own shows this one.
DEFAULT_PICTURE = ("follow-teacher", "老师带着孩子走")


def deck(stage: Stage, topics: Topics, cache: Path | None) -> Iterator[Slide]:
    names = "、".join(topic.name for topic in topics)
    yield Slide("开学第一课", (names, f"{stage.stage}，{stage.lesson_minutes} 分钟"), said(stage.steps[0].says, topics), (_picture(*DEFAULT_PICTURE, cache),))
    yield Slide("这节课要学会", stage.aims, "照着念一遍目标，告诉学生下课前要能说出来。")
    for step, topic in steps_of(stage, topics):
        words = said(step.says, topics, topic)
        if topic:
            yield from _topic(topic, words, cache)
        elif step.kind == "测验":
            yield from _quiz(topics, words, cache)
        elif step.kind == "收尾":
            yield Slide("今天记住", tuple(f"{one.name}：{one.first}" for one in topics), f"{said(step.does, topics)}。{words}")
        elif step.kind != "开场":
            yield Slide(said(step.title, topics), (said(step.does, topics),), words)
    yield Slide("给家里人的信里写着", stage.letter.tasks, "发讲义和给家长的信，说一遍要和家里人一起做的事。")


def _topic(topic: Topic, words: str, cache: Path | None) -> Iterator[Slide]:
    yield Slide(f"{topic.name}：第一件事", (topic.first,), words, _pictures(topic.lines, cache))
    for start in range(0, len(topic.lines), LINES_A_SLIDE):
        lines = topic.lines[start : start + LINES_A_SLIDE]
        yield Slide(f"{topic.name}怎么办", tuple(line.text for line in lines), "一条一条念，请学生重复。", _pictures(lines, cache))
    if topic.never:
        reasons = "；".join(f"{line.text}：{line.reason}" for line in topic.never)
        yield Slide("千万不要", tuple(line.text for line in topic.never), f"说原因。{reasons}", _pictures(topic.never, cache))
    if topic.before:
        yield Slide("平时", tuple(line.text for line in topic.before), "说说自己做到了哪一条。", _pictures(topic.before, cache))


def _quiz(topics: Topics, words: str, cache: Path | None) -> Iterator[Slide]:
    """One question a slide; the answer is in the notes."""
    for question in (question for topic in topics for question in topic.questions):
        options = tuple(f"{letter}. {option.text}" for letter, option in zip(LETTERS, question.options, strict=False))
        drawn = (_picture(question.drawing.file, question.drawing.shows, cache),) if question.drawing else ()
        yield Slide(question.text, options, f"{question.scene or ''}{words}答案：{right_answer(question)}。{' '.join(question.explanations)}", drawn)


def _pictures(lines, cache: Path | None) -> tuple[Picture, ...]:
    drawn = [line.picture for line in lines if getattr(line, "picture", None)]
    return tuple(_picture(picture.file, picture.shows, cache) for picture in drawn[:PICTURES_A_SLIDE])


def _picture(file: str, shows: str, cache: Path | None) -> Picture:
    return Picture(picture_png(file, cache), shows)
