"""The home page: pick your place, what to do now, whom to call."""

from collections.abc import Iterator

from macros.loading import Dataset
from macros.models import Hazard, Region
from macros.models.articles import FOLDERS
from macros.pages.articles import articles_in
from macros.pages.page import LISTING, Page, render

#: Folders of practical pages on the home page, and what each is for.
PREPARE = {
    "first-aid": "心肺复苏、噎住、止血、烧烫伤",
    "kit": "家里该备什么",
    "family-plan": "走散了在哪里会合",
    "shelter-guide": "怎么找、带什么、守什么规矩",
    "audiences": "家庭、学校、社区、农村、企业、机关",
    "checklists": "家里、学校、店铺自己查一遍",
}
#: Hazards shown on the home page; the rest are one tap away.
TILES = 12


def home_pages(dataset: Dataset) -> Iterator[Page]:
    yield render(
        "index.md",
        "home.md.j2",
        "data/site.yml",
        title=dataset.site.name,
        description=dataset.site.tagline or "",
        meta={"hide": ["navigation", "toc"], **LISTING},
        site=dataset.site,
        risks_of={region: _risk_names(dataset, region) for region in dataset.regions.values()},
        hazards=most_named(dataset)[:TILES],
        hazard_count=len(dataset.hazards),
        folders=[(folder, FOLDERS[folder], lead) for folder, lead in PREPARE.items() if articles_in(dataset, folder)],
        contacts=dataset.items("hotlines", "contacts"),
        for_trainers=[(uri, name, lead) for uri, (name, lead, there) in _for_trainers(dataset).items() if there],
    )


def _for_trainers(dataset: Dataset) -> dict[str, tuple[str, str, bool]]:
    """What teachers and trainers come for: address → name, lead, whether the site has any."""
    return {
        "schools/index.md": ("开学安全包", "教案、课件、信、小测、演练，一个压缩包", bool(dataset.stages)),
        "scenarios/index.md": ("安全体验", "十几个情景，一步一步选", bool(dataset.scenarios)),
        "drills/index.md": ("演练指南", "角色、脚本、时钟、评分表", bool(dataset.guides)),
        "quizzes/index.md": ("测验和课程", "练习、考试、课堂、试卷", bool(dataset.quizzes)),
    }


def most_named(dataset: Dataset) -> list[Hazard]:
    """Hazards, those that most regions' plans name first."""
    named = {hazard: 0 for hazard in dataset.hazards}
    for region in dataset.regions.values():
        for hazard in {risk.hazard for plan in dataset.plans_of(region.code) for risk in plan.risks}:
            named[hazard] += 1
    return sorted(dataset.hazards.values(), key=lambda hazard: -named[hazard.id])


def _risk_names(dataset: Dataset, region: Region) -> str:
    """The first few hazards of a region's newest plan, as its plan orders them."""
    risks = [risk for plan in dataset.plans_of(region.code) for risk in plan.risks][:3]
    return "、".join(dataset.hazards[risk.hazard].name for risk in risks)
