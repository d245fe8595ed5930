"""Rules inside a plan: its outline hangs together, its targets can be read and measured."""

from collections.abc import Iterator

from macros.checks.known import Known
from macros.errors import Problem
from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import Location
from macros.models import PROVINCES, Plan, Quantity, Target

DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_plans(dataset: Dataset, known: Known) -> Iterator[Problem]:
    for loaded in dataset.loaded_plans:
        yield from _head(loaded, known)
        yield from _same_document(loaded, dataset)
        yield from _outline(loaded)
        yield from _targets(loaded)
        yield from _quantities(loaded)
        yield from _risks(loaded, known)
        yield from _left_out(loaded)
        yield from check_campaigns(loaded)
    yield from check_campaigns(dataset.singles["campaigns"])
    for region in dataset.loaded_regions:
        yield from _province(region)


def _head(loaded: Loaded[Plan], known: Known) -> Iterator[Problem]:
    plan = loaded.model
    if plan.region not in known.region_codes:
        yield loaded.problem(("region",), "data/regions/ 里没有这个地区", plan.region)
    if plan.period.first > plan.period.last:
        yield loaded.problem(("period",), "起始年晚于结束年", f"{plan.period.first}–{plan.period.last}")
    if plan.supersedes and plan.supersedes not in known.plans:
        yield loaded.problem(("supersedes",), "data/plans/ 里没有这份规划", plan.supersedes)


def _same_document(loaded: Loaded[Plan], dataset: Dataset) -> Iterator[Problem]:
    """A plan that sources.yml lists too (so that citations outlive it) must be the same document there."""
    for source in dataset.items("sources"):
        if source.id == loaded.model.id and {**dict(source), "id": None} != {**dict(loaded.model.source), "id": None}:
            yield loaded.problem(("source",), "与 data/sources.yml 里同一编号的来源不一致")


def _outline(loaded: Loaded[Plan]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, section in loaded.each("sections"):
        if section.path in seen:
            yield loaded.problem((*place, "path"), "提纲里这一节写了两次", section.path)
        parent = section.path.rpartition("/")[0]
        if parent and parent not in seen:
            yield loaded.problem((*place, "path"), "上一级标题没有列出,或列在它之后", section.path)
        seen.add(section.path)


def _targets(loaded: Loaded[Plan]) -> Iterator[Problem]:
    for place, target in loaded.each("targets"):
        yield from _readable(loaded, place, target)
        if target.due < loaded.model.period.first:
            yield loaded.problem((*place, "due"), "目标年早于规划期", target.due)


def _readable(loaded: Loaded[Plan], place: Location, target: Target) -> Iterator[Problem]:
    qualitative = target.comparator == "定性"
    if qualitative and target.value is not None:
        yield loaded.problem((*place, "value"), "定性指标不应有数值", target.value)
    if not qualitative and target.value is None and not target.cite.damaged:
        yield loaded.problem((*place, "value"), "指标没有数值,也没有说明原文受损(cite.damaged)")
    if target.value is not None and target.unit is None and not target.cite.damaged:
        yield loaded.problem((*place, "unit"), "指标没有单位,也没有说明原文受损(cite.damaged)")


def _quantities(loaded: Loaded[Plan]) -> Iterator[Problem]:
    for field in ("targets", "facts"):
        for place, item in loaded.each(field):
            yield from _range(loaded, place, item)


def _range(loaded: Loaded[Plan], place: Location, item: Quantity) -> Iterator[Problem]:
    if item.value_max is not None and (item.value is None or item.value_max <= item.value):
        yield loaded.problem((*place, "value_max"), "区间的上限应大于下限", item.value_max)


def _risks(loaded: Loaded[Plan], known: Known) -> Iterator[Problem]:
    facts = {item.get("id") for item in loaded.tree.value.get("facts") or () if isinstance(item, dict)}
    for place, risk in loaded.each("risks"):
        if risk.hazard not in known.hazards:
            yield loaded.problem((*place, "hazard"), "灾种不存在", risk.hazard)
        for index, fact in enumerate(risk.facts):
            if fact not in facts:
                yield loaded.problem((*place, "facts", index), "这份规划里没有这条数据", fact)


def _left_out(loaded: Loaded[Plan]) -> Iterator[Problem]:
    for place, entry in loaded.each("left_out"):
        if entry.at != "文头" and loaded.model.section(entry.at) is None:
            yield loaded.problem((*place, "at"), "提纲里没有这一节", entry.at)


def check_campaigns(loaded: Loaded) -> Iterator[Problem]:
    """A fixed day or month must be one that occurs."""
    for place, day in loaded.each("campaigns"):
        if not _occurs(day.rule):
            yield loaded.problem((*place, "rule"), "没有这一天", day.rule)


def _occurs(rule: str) -> bool:
    if rule == "term-start":
        return True
    parts = rule.split("-")
    month = int(parts[2] if len(parts) == 3 else parts[0])
    if not 1 <= month <= 12:
        return False
    return len(parts) != 2 or 1 <= int(parts[1]) <= DAYS_IN_MONTH[month - 1]


def _province(region: Loaded) -> Iterator[Problem]:
    if region.model.code[:2] not in PROVINCES:
        yield region.problem(("code",), "前两位不是省级代码(GB/T 2260)", region.model.code)
