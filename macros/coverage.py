"""`yingji report coverage`: which training targets have what their kind needs, as a table and as JSON."""

import json

from macros.evidence import Tally
from macros.loading import Dataset
from macros.models import Region
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
    records = "；".join(_said(f"{year}年", tally) for year, tally in trace.evidence.by_year.items()) or "暂无记录"
    return f"{trace.plan.id}/{trace.target.id} {trace.target.name}（{trace.target.kind}）：{served}；{records}；{state}"


def _said(year: str, tally: Tally) -> str:
    parts = (f"记录 {tally.records} 条", tally.persons is not None and f"{tally.persons} 人",
             tally.person_times is not None and f"{tally.person_times} 人次", tally.surveyed)  # fmt: skip
    return year + "，".join(part for part in parts if part)


def _entry(trace: Trace) -> dict[str, object]:
    return {
        "target": f"{trace.plan.id}/{trace.target.id}",
        "name": trace.target.name,
        "kind": trace.target.kind,
        "cite": {"at": trace.target.cite.at, "printed": trace.target.cite.printed},
        "training": trace.is_training,
        "served": {need: [_item_id(item) for item in items] for need, items in trace.served.items()},
        "missing": list(trace.missing),
        "note": None if trace.purpose else NOTHING_HERE,
        **_sums(trace.evidence.total),
        "by_year": {str(year): _sums(tally) for year, tally in trace.evidence.by_year.items()},
        "by_place": [{"region": region, "unit": unit, **_sums(tally)} for (region, unit), tally in trace.evidence.by_place.items()],
        "by_band": {band: _sums(tally) for band, tally in trace.evidence.by_band.items()},
    }


def _sums(tally: Tally) -> dict[str, object]:
    return {"records": tally.records, "persons": tally.persons, "person_times": tally.person_times, "homes": tally.homes}


def _item_id(item: object) -> str:
    """A region stands for its directory of shelters."""
    return f"shelters/{item.slug}" if isinstance(item, Region) else item.id
