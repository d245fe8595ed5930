"""From a target to what serves it, and from a result file to the evidence."""

from datetime import date
from pathlib import Path

import pytest
from running import yingji

from macros.coverage import coverage
from macros.errors import DataFaults
from macros.recording import import_records
from macros.tracing import traces

TODAY = date(2026, 11, 21)
HEADER = "id,date,region,unit,activity,item,hash,band,persons,person_times,result,measured,remark\n"


def test_what_stands_in_for_nothing_is_said(dataset):
    found = {f"{t.plan.id}/{t.target.id}": t for t in traces(dataset)}
    assert found["shijingshan-2021/one-map-one-net"].needs == ()
    assert found["shijingshan-2021/self-rescue-training"].missing == ()


def test_every_training_target_but_drills_is_served(dataset):
    """Drill guides come with their own part of the project; everything else is there."""
    lacking = {t.target.id: t.missing for t in traces(dataset) if t.is_training and t.missing}
    assert set(lacking.values()) <= {("演练指南",)}, lacking


def test_a_plans_quiz_serves_its_own_place(dataset):
    for trace in traces(dataset):
        for quiz in trace.served.get("测验", ()):
            assert quiz.kind != "规划" or quiz.id == f"plan-{trace.plan.id}"


def test_the_report_names_what_is_missing(dataset):
    text, whole = coverage(dataset)
    assert ("缺：" in text) is not whole
    assert "shijingshan-2021/household-kit" in text


@pytest.fixture
def region(dataset) -> str:
    return next(plan.region for plan in dataset.plans.values() if plan.id == "shijingshan-2021")


@pytest.fixture
def import_text(dataset, tmp_path):
    """Import one CSV text into a copy of the data's records; what it wrote, or why not."""
    import dataclasses

    here = dataclasses.replace(dataset, root=tmp_path / "data")
    here.root.mkdir()

    def run(*rows: str) -> str:
        path = tmp_path / "in.csv"
        path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
        import_records(here, [path], TODAY)
        return (here.root / "records" / "2026.csv").read_text(encoding="utf-8")

    return run


def row(dataset, place, **changes) -> str:
    quiz = dataset.quizzes["typhoon"]
    fields = {"id": "ABCDEFGH2345", "date": "2026-10-01", "region": place, "unit": "QZ-1", "activity": "培训", "item": "quizzes/typhoon",
              "hash": quiz.content_hash, "band": "成人", "persons": "1", "person_times": "1", "result": "8/10", "measured": "题", "remark": "张三"}
    return ",".join({**fields, **changes}.values())


def test_free_text_never_enters(dataset, region, import_text):
    written = import_text(row(dataset, region))
    assert "ABCDEFGH2345" in written
    assert "张三" not in written
    assert "remark" not in written


REFUSED = {
    "another version": ({"hash": "0123456789ab"}, "题目是另一个版本"),
    "the future": ({"date": "2027-01-01"}, "日期在将来"),
    "an unknown quiz": ({"item": "quizzes/nothing"}, "没有这个测验"),
    "an unknown place": ({"region": "110999"}, "没有这个地区"),
    "impossible": ({"result": "12/10"}, "结果的前一个数不能大于后一个数"),
    "more people than visits": ({"persons": "5"}, "人数不能多于人次"),
    "a name for a code": ({"unit": "张三"}, "应为代码"),
}


@pytest.mark.parametrize("changes, reason", REFUSED.values(), ids=REFUSED)
def test_refused_with_a_reason_per_row(dataset, region, import_text, changes, reason):
    with pytest.raises(DataFaults) as raised:
        import_text(row(dataset, region), row(dataset, region, **{"id": "ZZZZZZZZ2345", **changes}))
    assert [problem.line for problem in raised.value.problems] == [3]
    assert reason in str(raised.value)


def test_doubles_and_cut_rows_refuse_the_whole_file(dataset, region, import_text, tmp_path):
    with pytest.raises(DataFaults, match="这一条已经有了"):
        import_text(row(dataset, region), row(dataset, region))
    with pytest.raises(DataFaults, match="被截断"):
        import_text(row(dataset, region), row(dataset, region, id="ZZZZZZZZ2345")[:40])
    assert not (tmp_path / "data" / "records").exists()


def test_the_command_prints_and_fails_while_something_is_missing(project: Path, dataset):
    answer = yingji("report", "coverage", cwd=project)
    assert answer.returncode == (0 if coverage(dataset)[1] else 1)
    assert "培训类指标" in answer.stdout
