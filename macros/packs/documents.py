"""The papers of a pack as blocks: lesson, letter home, checklist for the head, handout. Word and PDF are made from them."""

from collections.abc import Iterator

from macros.feeds.quiz_files import asked, printed_answer
from macros.loading import Dataset
from macros.models import Guide, Line, Stage
from macros.models.schools import LessonStep
from macros.school_topics import Topic
from macros.word_files import Grid, Paragraph

RECEIPT = "□ 信和讲义看过了  □ 家里的事做了  班级：____________"
Topics = tuple[Topic, ...]
#: What the letter asks of a family, to print with it: pages of data/articles.
FAMILY = ("household-kit", "family-plan")
HEAD = "学校：____________  班级：____________  老师：____________  日期：____________"


def steps_of(stage: Stage, topics: Topics) -> Iterator[tuple[LessonStep, Topic | None]]:
    """The lesson as it is held: the step on a topic once for each."""
    for step in stage.steps:
        for topic in topics if step.kind == "主题" else (None,):
            yield step, topic


def said(text: str, topics: Topics, topic: Topic | None = None) -> str:
    """`text` with the topic's words in place of 〔主题〕 and 〔第一件事〕."""
    names = topic.name if topic else "、".join(one.name for one in topics)
    first = topic.first if topic else "；".join(one.first for one in topics)
    return text.replace("〔主题〕", names).replace("〔第一件事〕", first).replace("〔日期〕", "____月____日")


def lesson(dataset: Dataset, stage: Stage, topics: Topics) -> Iterator[Paragraph | Grid]:
    yield Paragraph("题名", f"开学安全课：{'、'.join(topic.name for topic in topics)}（{stage.stage}，{stage.lesson_minutes} 分钟）")
    yield Paragraph("正文", HEAD)
    yield Paragraph("标题", "目标")
    yield from (Paragraph("正文", f"• {aim}") for aim in stage.aims)
    yield Paragraph("标题", "过程")
    rows = tuple(
        (f"{step.minutes} 分钟", said(step.title, topics, topic), f"{said(step.does, topics, topic)}\n“{said(step.says, topics, topic)}”")
        for step, topic in steps_of(stage, topics)
    )
    yield Grid(("时间", "步骤", "做什么，说什么"), rows, (1, 2, 6))
    for topic in topics:
        yield from _points(dataset, topic)
    yield Paragraph("标题", "板书")
    yield from (Paragraph("正文", line) for line in stage.board)
    yield Paragraph("标题", "开学前后")
    yield Grid(("什么时候", "谁", "做什么"), tuple((moment.when, moment.who, moment.what) for moment in stage.around), (1, 1, 4))


def _points(dataset: Dataset, topic: Topic) -> Iterator[Paragraph]:
    yield Paragraph("标题", f"{topic.name}：要点")
    yield Paragraph("正文", f"第一件事：{topic.first}")
    yield from (Paragraph("正文", f"{number}. {line.text}") for number, line in enumerate(topic.lines, start=1))
    yield from (Paragraph("正文", f"平时：{line.text}") for line in topic.before)
    yield from (Paragraph("正文", f"{_never(line)}（{line.reason}）") for line in topic.never)
    yield Paragraph("正文", f"依据：{sources_of(dataset, topic)}")


def _never(line) -> str:
    return line.text if line.text.startswith(("不", "别")) else f"千万不要：{line.text}"


def sources_of(dataset: Dataset, topic: Topic) -> str:
    ids = dict.fromkeys(line.cite.source for line in (*topic.lines, *topic.before, *topic.never))
    return "、".join(f"《{dataset.documents[source].title}》" for source in ids)


def letter(stage: Stage, topics: Topics, guide: Guide) -> Iterator[Paragraph | Grid]:
    yield Paragraph("题名", "给家长的一封信")
    yield Paragraph("正文", "各位家长：")
    yield from (Paragraph("正文", said(text, topics).replace("〔演练〕", guide.title)) for text in stage.letter.paragraphs)
    yield Paragraph("标题", "请在家里做三件事" if len(stage.letter.tasks) == 3 else "请在家里做")
    yield from (Paragraph("正文", f"□ {task}") for task in stage.letter.tasks)
    for topic in topics:
        yield Paragraph("标题", f"{topic.name}：第一件事")
        yield Paragraph("正文", topic.first)
    yield Paragraph("正文", "________________（学校）  ____年____月____日")
    yield Paragraph("正文", "- " * 40)
    yield Paragraph("标题", "回执（剪下交回，不写姓名）")
    yield Paragraph("正文", RECEIPT)


def handout(stage: Stage, topics: Topics) -> Iterator[Paragraph | Grid]:
    yield Paragraph("题名", f"开学安全课讲义（{stage.stage}）")
    for topic in topics:
        yield Paragraph("标题", f"{topic.name}怎么办")
        yield Paragraph("正文", f"第一件事：{topic.first}")
        yield from (Paragraph("正文", f"{number}. {line.text}") for number, line in enumerate(topic.lines, start=1))
        yield from (Paragraph("正文", f"平时：{line.text}") for line in topic.before)
        yield from (Paragraph("正文", f"× {_never(line)}") for line in topic.never)
    yield Paragraph("标题", "回家填一填")
    yield from (Paragraph("正文", line) for line in stage.handout)


def quiz(dataset: Dataset, stage: Stage, topics: Topics) -> Iterator[Paragraph]:
    """Questions on what was taught, then the key on a page of its own."""
    questions = [question for topic in topics for question in topic.questions]
    yield Paragraph("题名", f"小测：{'、'.join(topic.name for topic in topics)}（{stage.stage}）")
    yield Paragraph("正文", "班级：____________  日期：____________  对了几题：____________")
    for number, question in enumerate(questions, start=1):
        yield from asked(number, question)
    yield Paragraph("分页")
    yield Paragraph("标题", "答案和解释（老师用）")
    for number, question in enumerate(questions, start=1):
        source = dataset.documents[question.reference.source].title
        yield Paragraph("正文", f"{number}. {printed_answer(question)}。{' '.join(question.explanations)}（依据：《{source}》{question.reference.at}）")


def family(dataset: Dataset) -> Iterator[Paragraph]:
    """The lists and blanks of the pages that the letter speaks of."""
    for number, article in enumerate(dataset.articles[name] for name in FAMILY if name in dataset.articles):
        if number:
            yield Paragraph("分页")
        yield Paragraph("题名", article.title)
        for part in article.parts:
            if part.kind in ("清单", "填写"):
                yield Paragraph("标题", part.heading)
                yield from (Paragraph("正文", f"□ {line.text}" if part.kind == "清单" else f"{line.text}________________") for line in part.lines)


def checklist(dataset: Dataset, stage: Stage) -> Iterator[Paragraph | Grid]:
    yield Paragraph("题名", f"校（园）长检查表（{stage.stage}）")
    yield Paragraph("正文", HEAD)
    rows = tuple(("□", line.text, _cited(dataset, line)) for line in stage.checklist)
    yield Grid(("做到", "检查什么", "依据"), rows, (1, 6, 4))
    yield Paragraph("标题", "法律依据")
    yield Grid(("要求", "依据"), tuple((line.text, _cited(dataset, line)) for line in stage.legal), (3, 2))


def _cited(dataset: Dataset, line: Line) -> str:
    return f"《{dataset.documents[line.cite.source].title}》{line.cite.at}" if line.cite else ""
