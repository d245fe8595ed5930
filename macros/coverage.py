"""`yingji report coverage`: which training targets have what their kind needs, as a table and as JSON."""

import json

from macros.loading import Dataset
from macros.tracing import NOTHING_HERE, Trace, traces


def coverage(dataset: Dataset) -> tuple[str, bool]:
    """The report as text, and whether every training target has all it needs."""
    found = traces(dataset)
    training = [trace for trace in found if trace.is_training]
    whole = [trace for trace in training if not trace.missing]
    rows = [_row(trace) for trace in training]
    share = f"{len(whole) * 100 // len(training)}%" if training else "没有培训类指标"
    summary = f"培训类指标 {len(training)} 项，齐备 {len(whole)} 项（{share}）；全部指标 {len(found)} 项。"
    return "\n".join([*rows, summary]), len(whole) == len(training)


def coverage_json(dataset: Dataset) -> str:
    """The same for programs, every target included."""
    return json.dumps([_entry(trace) for trace in traces(dataset)], ensure_ascii=False, indent=1)


def _row(trace: Trace) -> str:
    state = f"缺：{'、'.join(trace.missing)}" if trace.missing else "齐"
    served = "，".join(f"{need} {len(items)}" for need, items in trace.served.items())
    records = f"记录 {len(trace.records)} 条" if trace.records else "暂无记录"
    return f"{trace.plan.id}/{trace.target.id} {trace.target.name}（{trace.target.kind}）：{served}；{records}；{state}"


def _entry(trace: Trace) -> dict[str, object]:
    return {
        "target": f"{trace.plan.id}/{trace.target.id}",
        "name": trace.target.name,
        "kind": trace.target.kind,
        "cite": {"at": trace.target.cite.at, "printed": trace.target.cite.printed},
        "training": trace.is_training,
        "served": {need: [item.id for item in items] for need, items in trace.served.items()},
        "missing": list(trace.missing),
        "note": None if trace.purpose else NOTHING_HERE,
        "records": len(trace.records),
        "persons": trace.persons,
        "person_times": trace.person_times,
    }
