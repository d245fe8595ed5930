"""One zip a stage and region: slides, papers, record sheet, dates, and a start page that opens first."""

import json
from collections.abc import Iterator
from pathlib import Path

from macros.archives import gathered
from macros.drill_sheets import sheets, without_values
from macros.feeds.ical import school_dates
from macros.feeds.quiz_files import paper
from macros.loading import Dataset
from macros.models import Region, Stage
from macros.packs.deck import deck
from macros.packs.documents import Topics, checklist, family, handout, lesson, letter, quiz
from macros.packs.record_sheet import record_sheet
from macros.packs.slides import DEPENDS_ON, pptx
from macros.pages.page import fill
from macros.pdf_files import kept, pdf, picture_path, set_pdf
from macros.question_bank import whole_quiz
from macros.school_topics import Topic, guide_for, topics_for
from macros.word_files import docx

#: File in the zip → what it is, in the order of use.
NAMES = {
    "slides.pptx": "课件（备注里有要说的话）",
    "lesson.docx": "教案",
    "handout.pdf": "讲义",
    "letter.docx": "给家长的信",
    "family.docx": "家庭物资清单和家庭应急计划（随信发）",
    "quiz.docx": "小测试卷和答案（考的就是这节课）",
    "course.docx": "本学段安全课的整套题和答案",
    "drill.docx": "演练方案、脚本、评分表",
    "poster-1.pdf": "海报一（A3）",
    "poster-2.pdf": "海报二（A3）",
    "record.xlsx": "记录表（自动合计，没有姓名）",
    "checklist.docx": "校（园）长检查表",
    "dates.ics": "日期（导入手机日历）",
}


def names_of(stage: Stage) -> dict[str, str]:
    """NAMES, and what only the small ones get."""
    return {**NAMES, **({"cards.pdf": "图卡（A4，一张一图，举给孩子看）"} if stage.for_small_children else {})}


def pack_uri(stage: Stage, region: Region) -> str:
    return f"schools/{stage.id}/{region.slug}.zip"


def packs(dataset: Dataset, cache: Path | None) -> Iterator[tuple[str, bytes]]:
    """(address, content) of every pack. Regions with the same topics share what is made of them."""
    made: dict[tuple[str, ...], dict[str, bytes]] = {}
    dates = {code: school_dates(dataset, region).encode("utf-8") for code, region in dataset.regions.items()}
    for stage in dataset.stages.values():
        for region in dataset.regions.values():
            topics = topics_for(dataset, stage, region)
            key = (stage.id, *(topic.hazard for topic in topics))
            if key not in made:
                made[key] = _shared(dataset, stage, topics, cache)
            yield pack_uri(stage, region), _zip(dataset, stage, region, topics, {**made[key], "dates.ics": dates[region.code]})


def _shared(dataset: Dataset, stage: Stage, topics: Topics, cache: Path | None) -> dict[str, bytes]:
    slides = tuple(deck(stage, topics, cache))
    guide = guide_for(dataset, stage, topics)
    course = whole_quiz(dataset, stage.quiz)
    return {
        "slides.pptx": kept(cache, (DEPENDS_ON, stage.title, slides), lambda: pptx(slides, stage.title)),
        "lesson.docx": docx(lesson(dataset, stage, topics), stage.title),
        "handout.pdf": pdf(handout(stage, topics), stage.title, cache),
        "letter.docx": docx(letter(stage, topics, guide), "给家长的一封信"),
        "family.docx": docx(family(dataset), "家庭物资清单和家庭应急计划"),
        "quiz.docx": docx(quiz(dataset, stage, topics), "小测"),
        "course.docx": docx(paper(course), course.title),
        "drill.docx": docx(without_values(sheets(guide)), guide.title),
        **{f"poster-{number}.pdf": _poster(stage, topic, cache) for number, topic in enumerate(topics, start=1)},
        "record.xlsx": record_sheet(stage),
        **({"cards.pdf": _cards(topics, cache)} if stage.for_small_children else {}),
        "checklist.docx": docx(checklist(dataset, stage), "校（园）长检查表"),
    }


def _cards(topics: Topics, cache: Path | None) -> bytes:
    """Pictures to hold up, one a page."""
    lines = [line for topic in topics for line in (*topic.lines, *topic.never) if line.picture]
    cards = [{"file": picture_path(line.picture.file), "shows": line.picture.shows, "text": line.text} for line in lines]
    return set_pdf("cards.typ", cache, title="图卡", cards=json.dumps(cards, ensure_ascii=False))


def _poster(stage: Stage, topic: Topic, cache: Path | None) -> bytes:
    drawn = [line.picture for line in topic.lines if getattr(line, "picture", None)][:3]
    return set_pdf(
        "poster.typ",
        cache,
        title=topic.name,
        slogan=stage.poster,
        first=topic.first,
        lines=json.dumps([line.text for line in topic.lines], ensure_ascii=False),
        pictures=json.dumps([{"file": picture_path(one.file), "shows": one.shows} for one in drawn], ensure_ascii=False),
        source="应急学堂。出处见网站同名页面。",
    )


def _zip(dataset: Dataset, stage: Stage, region: Region, topics: Topics, members: dict[str, bytes]) -> bytes:
    """Its members are packed already; storing them keeps a site of many regions quick to build."""
    start = fill("index.html", "school_start.html.j2", stage=stage, region=region, topics=topics, names=names_of(stage), site=dataset.site)
    return gathered({"index.html": start, **members})
