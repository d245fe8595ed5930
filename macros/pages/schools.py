"""Term-start packs on the web: the lesson, the letter and the lists, filled in and printed; the files are one zip."""

import re
from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from macros.loading import Dataset
from macros.models import Region, Stage
from macros.pages.escaping import as_text
from macros.pages.page import LISTING, Page, render
from macros.pages.quizzes import right_letters
from macros.school_topics import Topic, guide_for, topic, topics_for
from macros.tracing import Trace, serving, traces

SCRIPTS = ["assets/javascripts/school.js", "assets/javascripts/print-part.js"]
REPORT_SCRIPTS = ["assets/javascripts/device.js", "assets/javascripts/school-report.js"]
#: Five regions say nearly the same of one stage; a search should show the overview first.
SEARCH_BOOST = 0.25


def school_uri(stage: Stage, region: Region) -> str:
    return f"schools/{stage.id}/{region.slug}.md"


def school_pages(dataset: Dataset) -> Iterator[Page]:
    if not dataset.stages:
        return
    yield _index(dataset)
    yield _report(dataset)
    found = traces(dataset)
    for stage in dataset.stages.values():
        served = serving(found, stage)
        for region in dataset.regions.values():
            yield _pack_page(dataset, stage, region, served)


def _index(dataset: Dataset) -> Page:
    return render(
        "schools/index.md",
        "schools.md.j2",
        "data/schools",
        title="开学安全包",
        description="开学第一课：教案、课件、讲义、给家长的信、小测、演练、海报、记录表、检查表，按学段和地区配好，下载就能用。",
        meta={**LISTING, "tags": ["开学第一课", "开学安全教育", "安全班会", "主题班会", "安全教育课件", "给家长的一封信", "家长信", "教案", "班会", "家长会", "小测试卷"]},
        stages=list(dataset.stages.values()),
        regions=list(dataset.regions.values()),
        topics={(stage.id, region.code): topics_for(dataset, stage, region) for stage in dataset.stages.values() for region in dataset.regions.values()},
        school_uri=school_uri,
    )


def _pack_page(dataset: Dataset, stage: Stage, region: Region, served: list[Trace]) -> Page:
    chosen = topics_for(dataset, stage, region)
    return render(
        school_uri(stage, region),
        "school.md.j2",
        f"data/schools/{stage.id}.yml",
        title=f"{stage.title}（{region.short_name}）",
        description=f"{stage.stage}开学安全课：{'、'.join(one.name for one in chosen)}。教案、课件、给家长的信、演练、小测。",
        meta={"scripts": SCRIPTS, "search": {"boost": SEARCH_BOOST}},
        stage=stage,
        region=region,
        chosen=chosen,
        others=_others(dataset, stage, chosen),
        spoken=partial(spoken, chosen),
        right_answer=right_letters,
        guide=guide_for(dataset, stage, chosen),
        quiz=dataset.quizzes[stage.quiz],
        documents=dataset.documents,
        served=[trace for trace in served if region.under(trace.plan.region)],
        regions=dataset.regions,
    )


def _others(dataset: Dataset, stage: Stage, chosen: tuple[Topic, ...]) -> list[Topic]:
    """What the teacher may teach instead."""
    taken = {one.hazard for one in chosen}
    return [topic(dataset, stage, hazard) for hazard in stage.pool if hazard not in taken]


def spoken(topics: tuple[Topic, ...], text: str) -> Markup:
    """The words of the lesson, with what school.js puts anew when another topic is chosen."""
    fills = {"主题": "、".join(one.name for one in topics), "第一件事": "；".join(one.first for one in topics)}
    pieces = re.split("〔(主题|第一件事)〕", text)
    marked = (Markup('<span data-fill="{}">{}</span>').format(piece, as_text(fills[piece])) if place % 2 else as_text(piece) for place, piece in enumerate(pieces))
    return Markup("").join(marked)


def _report(dataset: Dataset) -> Page:
    return render(
        "schools/report.md",
        "school_report.md.j2",
        "data/schools",
        title="宣教活动记录",
        description="只填数字：几所学校、多少人、发了多少份。留在本机，导出后计入规划指标。",
        meta={"scripts": REPORT_SCRIPTS},
        regions=list(dataset.regions.values()),
        campaigns=dataset.items("campaigns"),
        stages=list(dataset.stages.values()),
    )
