"""Hazard pages and their index: the thing to do now comes first."""

from collections.abc import Iterator

from macros.loading import Dataset
from macros.models import Fact, Hazard, Plan, Region, Risk
from macros.pages.escaping import as_text
from macros.pages.messages import messages
from macros.pages.page import LISTING, Page, render
from macros.question_bank import quiz_of_hazard
from macros.tracing import Trace, serving, traces

CATEGORIES = ("自然灾害", "事故灾难", "公共卫生事件", "社会安全事件")
LATER_PHASES = ("之前", "之中", "之后")


def hazard_pages(dataset: Dataset) -> Iterator[Page]:
    yield render(
        "hazards/index.md",
        "hazards.md.j2",
        "data/hazards",
        title="遇到危险怎么办",
        description="按灾种查:现在就做什么、千万不要做什么、打什么电话。",
        meta=LISTING,
        hazards_by_category={c: [h for h in dataset.hazards.values() if h.category == c] for c in CATEGORIES},
    )
    found = traces(dataset)
    for hazard in dataset.hazards.values():
        quiz = quiz_of_hazard(dataset, hazard.id)
        yield _hazard_page(dataset, hazard, serving(found, hazard, quiz.topics if quiz else ()))


def _hazard_page(dataset: Dataset, hazard: Hazard, served: list[Trace]) -> Page:
    numbers = {contact.id: contact for contact in dataset.items("hotlines", "contacts")}
    calls = [numbers[contact] for contact in hazard.call]
    signals = [signal for signal in dataset.items("warnings", "signals") if hazard.id in signal.hazards]
    warnings = [signal.level_name(level) for signal in signals for level in signal.levels]
    return render(
        f"hazards/{hazard.id}.md",
        "hazard.md.j2",
        f"data/hazards/{hazard.id}.yml",
        title=f"{hazard.name}怎么办",
        description=hazard.first,
        meta={"tags": [as_text(name) for name in (*hazard.aliases, *warnings)]},
        hazard=hazard,
        calls=calls,
        messages=messages(hazard, calls),
        signals=signals,
        local=list(_local_risks(dataset, hazard)),
        later_phases=LATER_PHASES,
        quiz=quiz_of_hazard(dataset, hazard.id),
        guides=[guide for guide in dataset.guides.values() if hazard.id in guide.hazards],
        scenarios=[one for one in dataset.scenarios.values() if any(turn.right.page == f"hazards/{hazard.id}" for turn in one.turns)],
        served=served,
        regions=dataset.regions,
        documents=dataset.documents,
        cited=sorted({item.cite.source for item in (*hazard.instructions, *hazard.myths, *signals)}),
    )


def _local_risks(dataset: Dataset, hazard: Hazard) -> Iterator[tuple[Region, Plan, Risk, list[Fact]]]:
    for plan in dataset.plans.values():
        for risk in plan.risks:
            if risk.hazard == hazard.id:
                facts = [fact for fact in plan.facts if fact.id in risk.facts]
                yield dataset.regions[plan.region], plan, risk, facts
