"""Drill guides: a script to read out, a card a role, a scorecard; `drill-*.js` fill in, run and score."""

from collections.abc import Iterator

from macros.drill_sheets import GROUP_ROWS, IMPROVEMENT_ROWS, SIGN_ROWS
from macros.inheritance import all_duties, scope_name
from macros.loading import Dataset
from macros.models import Guide
from macros.obligations import drill_duties, due_drills, plan_duties_for
from macros.pages.page import LISTING, Page, render
from macros.tracing import Trace, serving, traces

SCRIPTS = [f"assets/javascripts/{name}.js" for name in ("device", "drill-fill", "drill-score", "drill-run")]
#: Heading of the index → settings below it.
SETTINGS = {
    "学校和幼儿园": ("幼儿园", "小学", "中学", "校车", "学校"),
    "家庭、社区和村": ("家庭", "高层住宅", "社区", "村"),
    "养老机构、医院、商场、企业": ("养老机构", "医院", "商场", "企业"),
    "机关桌面推演": ("机关",),
}
#: Pages on drilling itself.
ABOUT_DRILLS = ("drill-forms", "drill-year", "drill-to-plan", "plan-revision", "after-event-review")
#: A guide shares its words with the advice it practises, which comes first unless drills are asked for.
SEARCH_BOOST = 0.25


def guide_uri(guide: Guide) -> str:
    return f"drills/{guide.id}.md"


def drill_pages(dataset: Dataset) -> Iterator[Page]:
    if not dataset.guides:
        return
    yield _index(dataset)
    found = traces(dataset)
    for guide in dataset.guides.values():
        yield _guide_page(dataset, guide, serving(found, guide))
    yield _duties_page(dataset)


def _index(dataset: Dataset) -> Page:
    return render(
        "drills/index.md",
        "drills.md.j2",
        "data/drills",
        title="演练指南",
        description="拿来就能演：角色卡、逐分钟脚本、要说的原话、突发情况、评分表、复盘。填上本单位的情况，打印或下载。",
        meta=LISTING,
        settings={name: [g for g in dataset.guides.values() if g.setting in settings] for name, settings in SETTINGS.items()},
        guide_uri=guide_uri,
        minutes=minutes,
        articles=[dataset.articles[page] for page in ABOUT_DRILLS if page in dataset.articles],
    )


def _guide_page(dataset: Dataset, guide: Guide, served: list[Trace]) -> Page:
    duties = {bound.item.id: bound for bound in all_duties(dataset) if bound.plan is None}
    return render(
        guide_uri(guide),
        "drill.md.j2",
        f"data/drills/{guide.id}.yml",
        title=guide.title,
        description=f"{guide.purpose}演练方案、脚本、通知、角色卡、评分表。",
        meta={"scripts": SCRIPTS, "tags": list(guide.aliases), "search": {"boost": SEARCH_BOOST}},
        guide=guide,
        minutes=minutes,
        roles={role.id: role.name for role in guide.roles},
        duties=[duties[duty] for duty in guide.duties],
        plan_duties=plan_duties_for(dataset, guide),
        scope_name=lambda bound: scope_name(dataset, bound.scope),
        hazards=[dataset.hazards[hazard] for hazard in guide.hazards],
        cited=sorted(cited_sources(guide)),
        documents=dataset.documents,
        regions=dataset.regions,
        served=served,
        rows={"groups": GROUP_ROWS, "sign": SIGN_ROWS, "improvements": IMPROVEMENT_ROWS},
    )


def _duties_page(dataset: Dataset) -> Page:
    """Who has to drill how often: the nation's rules, then what each region adds."""
    regions = list(dataset.regions.values())
    return render(
        "drills/duties.md",
        "drill_duties.md.j2",
        "data/duties.yml",
        title="演练要做多少次",
        description="学校、企业、商场、村和社区的演练频次：哪条法律、标准或规划说的，约束谁。",
        national=[bound for bound in all_duties(dataset) if bound.item.kind == "演练" and bound.scope == "CN"],
        places={region: [bound for bound in drill_duties(dataset, region) if bound.scope != "CN"] for region in regions},
        units={region.code: list(due_drills(dataset, region)) for region in regions},
        scope_name=lambda bound: scope_name(dataset, bound.scope),
        guides=list(dataset.guides.values()),
        guide_uri=guide_uri,
    )


def minutes(guide: Guide) -> int:
    """Whole minutes from the signal to the end, rounded up."""
    return -(-guide.length_seconds // 60)


def cited_sources(guide: Guide) -> set[str]:
    cites = [item.cite for item in (*guide.script, *guide.safety, *guide.scores)]
    return {cite.source for cite in cites if cite and cite.source}

