"""From a target to what serves it, and from a result file to the evidence."""

import dataclasses
import html
import json
from datetime import date
from pathlib import Path

import pytest
from running import yingji

from macros.coverage import coverage, coverage_json
from macros.errors import DataFaults
from macros.evidence import MOST_PLACES
from macros.loading.csv_file import Table
from macros.models import ActivityRecord, Region
from macros.pages import all_pages
from macros.pages.overviews import overview_pages
from macros.recording import import_records
from macros.tracing import traces

TODAY = date(2026, 11, 21)
HEADER = "id,date,region,unit,activity,item,hash,band,persons,person_times,result,measured,remark\n"


def test_what_stands_in_for_nothing_is_said(dataset):
    found = {f"{t.plan.id}/{t.target.id}": t for t in traces(dataset)}
    assert found["shijingshan-2021/one-map-one-net"].needs == ()
    assert found["shijingshan-2021/self-rescue-training"].missing == ()


def test_every_training_target_has_what_its_kind_needs(dataset):
    assert {t.target.id: t.missing for t in traces(dataset) if t.is_training and t.missing} == {}


def test_a_shelter_target_is_served_by_its_places_own_directory(dataset):
    for trace in traces(dataset):
        if trace.purpose == "避难":
            assert trace.served["避难场所"][0] is dataset.regions[trace.plan.region]


PAGES_SAY = {
    "shelters/shijingshan/index.md": "shelter-area-per-person",
    "shelters/index.md": "temporary-shelters",
    "regions/shijingshan/index.md": "household-kit",
    "plans/shijingshan-2021/index.md": "self-rescue-training",
    "kit/household-kit.md": "household-kit",
    "quizzes/household-kit.md": "household-kit",
    "drills/primary-fire.md": "special-plan-drills",
    "shelter-guide/find-a-shelter.md": "shelter-area-per-person",
}


@pytest.mark.parametrize("uri, target", PAGES_SAY.items(), ids=PAGES_SAY)
def test_pages_say_which_targets_they_serve(pages, uri, target):
    assert f"-{target}" in pages[uri].partition("规划指标</summary>")[2] + pages[uri].partition("做到多少</summary>")[2]


def test_a_page_serves_by_kind_as_well_as_by_topic(dataset, pages):
    """A page on drilling shares the drill target's topics; but a drill is served by a guide."""
    assert all("special-plan-drills" not in pages[f"{a.folder}/{a.id}.md"] for a in dataset.articles.values())
    assert "shelter-area-per-person" not in pages["shelters/qinzhou/index.md"], "another place's target"


@pytest.fixture(scope="module")
def pages(dataset) -> dict[str, str]:
    return {page.uri: page.markdown for page in all_pages(dataset)}


# --- evidence ------------------------------------------------------------------------------------


def done(number: int, **fields) -> ActivityRecord:
    known = {"id": f"TESTRECORD{number}", "date": "2024-05-01", "region": "110107", "activity": "培训", "item": "quizzes/first-aid",
             "persons": 1, "person_times": 1}  # fmt: skip
    return ActivityRecord.model_validate({**known, **fields})


def survey(number: int, homes: str, year: int = 2025) -> ActivityRecord:
    return done(number, activity="调查", item="kit/community-survey", result=homes, measured="户", date=f"{year}-06-01", persons=None, person_times=None)


def with_records(dataset, *records, **bases):
    """The data with records, and with base figures for 石景山 that no source gives."""
    table = Table("data/records/2025.csv", records, tuple(range(2, len(records) + 2)))
    cite = dataset.plans["shijingshan-2021"].targets[0].cite.model_dump() | {"source": "shijingshan-2021"}
    regions = tuple(
        dataclasses.replace(loaded, model=Region.model_validate({
            **loaded.model.model_dump(exclude={"level"}),
            "denominators": [{"kind": kind, "value": value, "year": 2020, "cite": cite} for kind, value in bases.items()],
        })) if loaded.model.code == "110107" and bases else loaded
        for loaded in dataset.loaded_regions
    )  # fmt: skip
    return dataclasses.replace(dataset, record_tables=(table,), loaded_regions=regions)


def found(dataset, target: str):
    return next(trace for trace in traces(dataset) if trace.target.id == target)


def card(dataset, target: str) -> str:
    text = next(page.markdown for page in overview_pages(dataset) if page.uri == "targets/index.md")
    return html.unescape(text.partition(f'-{target}">\n')[2].partition("</div>")[0])


def test_evidence_by_year_place_and_band(dataset):
    here = with_records(dataset, done(1), done(2, date="2025-05-01", unit="QZ-1", band="成人", persons=3, person_times=9), done(3, unit="QZ-2", person_times=None, persons=None))
    evidence = found(here, "self-rescue-training").evidence
    assert {year: (t.records, t.persons, t.person_times) for year, t in evidence.by_year.items()} == {2024: (2, 1, 1), 2025: (1, 3, 9)}
    assert {place: t.records for place, t in evidence.by_place.items()} == {("110107", None): 1, ("110107", "QZ-1"): 1, ("110107", "QZ-2"): 1}
    assert {band: t.person_times for band, t in evidence.by_band.items()} == {"": 1, "成人": 9}
    shown = card(here, "self-rescue-training")
    assert "3 条记录，4 人，10 人次" in shown
    for name in ("2024 年", "2025 年", "北京市石景山区 · QZ-1", "成人", "没有写学段或人群"):
        assert f'<th scope="row">{name}</th>' in shown, name


def test_no_rate_without_a_sourced_denominator(dataset):
    assert found(with_records(dataset, done(1)), "self-rescue-training").done is None
    assert "没有带来源的“常住人口”，不算比率" in card(with_records(dataset, done(1)), "self-rescue-training")
    here = with_records(dataset, done(1, persons=15, person_times=15), 常住人口=1000)
    assert found(here, "self-rescue-training").done == (15, 300)
    assert "完成 5%" in card(here, "self-rescue-training")


def test_people_are_no_share_of_streets(dataset):
    """石景山 has nine streets, and says so; which street a class was in, a record does not."""
    here = with_records(dataset, done(1, persons=900, person_times=900))
    trace = found(here, "public-education-coverage")
    assert trace.records
    assert trace.denominator.kind == "街道和镇"
    assert trace.done is None
    assert "记录里没有写到街道和镇，不算比率" in card(here, "public-education-coverage")


def test_a_survey_counts_homes_and_is_no_rate_of_the_district(dataset):
    here = with_records(dataset, survey(1, "17/55"), survey(2, "13/45"))
    trace = found(here, "household-kit")
    assert trace.evidence.total.homes == (30, 100)
    assert trace.done is None
    assert "2025 年调查的 100 户里 30 户有" in card(here, "household-kit")
    assert "没有带来源的“全区家庭户数”，不算比率" in card(here, "household-kit")


def test_homes_of_the_newest_survey_against_the_districts_homes(dataset):
    """The same homes may be asked again a year later: years are not added up."""
    here = with_records(dataset, survey(1, "50/55", 2024), survey(2, "30/100"), 户数=1000)
    assert found(here, "household-kit").done == (30, 300)
    assert "2025 年调查的 100 户里 30 户有" in card(here, "household-kit")
    assert "按记录算完成 10%（目标 ≥30%，2025 年；2020 年户数 1000，见《" in card(here, "household-kit")


def test_a_yearly_target_is_measured_by_one_year(dataset):
    rows = (done(n, date=f"{2015 + n}-05-01", region="450700", item="quizzes/earthquake", persons=None, person_times=800) for n in (1, 2, 3))
    here = with_records(dataset, *rows)
    assert found(here, "quake-training-capacity").done == (800, 2000)
    assert "2018 年按记录算完成 40%" in card(here, "quake-training-capacity")


def test_forty_slips_of_one_class_are_one_course(dataset):
    rows = (done(n, date="2014-05-01", region="130300", item="quizzes/emergency-plans", unit="QHD-1") for n in range(10, 50))
    assert found(with_records(dataset, *rows), "official-courses").done == (1, 2)


def test_many_places_are_named_up_to_a_number(dataset):
    rows = tuple(done(n, unit=f"C-{n}") for n in range(100, 130))
    evidence = found(with_records(dataset, *rows), "self-rescue-training").evidence
    assert (len(evidence.named_places), evidence.other_places.records) == (MOST_PLACES, 30 - MOST_PLACES)
    assert "其余 10 处" in card(with_records(dataset, *rows), "self-rescue-training")


def test_coverage_as_json_says_the_same(dataset):
    here = with_records(dataset, done(1, band="成人", unit="QZ-1"), survey(2, "17/55"))
    entries = {entry["target"]: entry for entry in json.loads(coverage_json(here))}
    assert entries["shijingshan-2021/self-rescue-training"]["by_band"] == {"成人": {"records": 1, "persons": 1, "person_times": 1, "homes": None}}
    assert entries["shijingshan-2021/self-rescue-training"]["by_place"][0]["unit"] == "QZ-1"
    assert entries["shijingshan-2021/household-kit"]["homes"] == [17, 55]
    assert entries["shijingshan-2021/shelter-area-per-person"]["served"]["避难场所"][0] == "shelters/shijingshan"
    assert "调查的 55 户里 17 户有" in coverage(here)[0]


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


def test_a_survey_of_homes_goes_in_as_counted(dataset, region, import_text):
    written = import_text(row(dataset, region, item="kit/community-survey", activity="调查", hash="", band="", persons="", person_times="", result="17/55", measured="户"))
    assert "调查,kit/community-survey,,,,,,17/55,户" in written


REFUSED = {
    "another version": ({"hash": "0123456789ab"}, "内容是另一个版本"),
    "the future": ({"date": "2027-01-01"}, "日期在将来"),
    "an unknown quiz": ({"item": "quizzes/nothing"}, "没有这个测验"),
    "an unknown page": ({"item": "kit/nothing", "activity": "宣教"}, "没有这个页面"),
    "a survey without its figures": ({"item": "kit/community-survey", "activity": "调查", "result": "", "measured": ""}, "调查要写"),
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
