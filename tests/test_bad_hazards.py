"""Each fault of a page of advice is one clear message with its file and line; the last good site stays.

Every case is one edit to the small data, which is sound. What many faults at once look like:
test_bad_data.py.
"""

import shutil
from pathlib import Path

import pytest
from conftest import SMALL_DATA
from running import yingji

from macros.checks import checked
from macros.errors import DataFaults

HAZARD, ARTICLE, NUMBERS = "hazards/typhoon.yml", "articles/first-aid-basics.yml", "hotlines.yml"
WARNINGS, SOURCES = "warnings.yml", "sources.yml"
SEVEN_MORE = "".join(f"  - {{phase: 现在就做, text: 第{n}件事, life_safety: false, cite: {{source: sample-guide, at: 第1页}}}}\n" for n in range(7))
REVIEW_B = "      - {on: 2026-11-21, role: 复核乙, looked_at: 第6条}\n"

#: What is wrong: (file, text as it is, text as a tired editor leaves it, the message).
FAULTS = {
    "unknown source": (HAZARD, "听广播, life_safety: false, cite: {source: sample-guide", "听广播, life_safety: false, cite: {source: lost",
                       "instructions[2].cite.source: 来源不存在(data/sources.yml 和 data/plans/ 里都没有)(现为“lost”)"),
    "no source": (HAZARD, "听广播, life_safety: false, cite: {source: sample-guide, at: 第1页}}", "听广播, life_safety: false}",
                  "instructions[2].cite: 缺少这一项"),
    "unknown source of a myth": (HAZARD, "cite: {source: sample-guide, at: 第3页}", "cite: {source: lost, at: 第3页}",
                                 "myths[0].cite.source: 来源不存在(data/sources.yml 和 data/plans/ 里都没有)(现为“lost”)"),
    "bad date": (HAZARD, "reviewed: 2026-11-21", "reviewed: 2026-11-31", "reviewed: 日期应写成 2026-11-21 这样的真实日期(现为“2026-11-31”)"),
    "bad date of a review": (HAZARD, "{on: 2026-11-20, role: 复核甲, looked_at: 第3页}", "{on: 11月20日, role: 复核甲, looked_at: 第3页}",
                             "myths[0].reviews[0].on: 日期应写成 2026-11-21 这样的真实日期(现为“11月20日”)"),
    "nothing to do now": (HAZARD, "phase: 现在就做", "phase: 之前", "instructions: 缺少“现在就做”"),
    "nothing never to do": (HAZARD, "{phase: 千万不要", "{phase: 之后", "instructions: 缺少“千万不要”"),
    "an unknown phase": (HAZARD, "{phase: 之中", "{phase: 期间", "instructions[2].phase: 只能是这些之一:现在就做、之前、之中、之后、千万不要(现为“期间”)"),
    "a life-safety line with a weak source": (HAZARD, "cite: {source: sample-law, at: 第6条, printed: 关好门窗}", "cite: {source: sample-notes, at: 正文}",
                                              "instructions[0].cite.source: 救命指令不能用弱来源(现为“sample-notes”)"),
    "one review": (HAZARD, REVIEW_B, "", "instructions[0].reviews: 救命指令要有 2 个不同的人(role)复核,现有 1 个"),
    "the same reviewer twice": (HAZARD, REVIEW_B, REVIEW_B.replace("复核乙", "复核甲"), "instructions[0].reviews: 救命指令要有 2 个不同的人(role)复核,现有 1 个"),
    "eight things to do now": (HAZARD, "  - {phase: 之前", f"{SEVEN_MORE}  - {{phase: 之前", "instructions: “现在就做”至多 7 条(现为“8”)"),
    "a line of 41 characters": (HAZARD, "text: 关好门窗", f"text: {'门' * 41}", f"instructions[0].text: 至多 40 个字(现为“{'门' * 40}…”)"),
    "never without a reason": (HAZARD, "reason: 浪会卷走人, ", "", "instructions[4].reason: “千万不要”要写出原因"),
    "an unknown number to call": (HAZARD, "call: [fire-119", "call: [fire-911", "call[0]: 紧急电话不存在(现为“fire-911”)"),
    "a misspelt key": (HAZARD, "review_months: 6", "review_month: 6", "review_month: 没有这个字段(现为“6”)"),
    "a telephone number with letters": (NUMBERS, 'number: "119"', 'number: "119-GAS"',
                                        "contacts[0].number: 号码只用数字,区号后可加一个连字符,例:119、0777-1234567(现为“119-GAS”)"),
    "a telephone number in full-width digits": (NUMBERS, 'number: "120"', 'number: "１２０"',
                                                "contacts[1].number: 号码只用数字,区号后可加一个连字符,例:119、0777-1234567(现为“１２０”)"),
    "an article's line without source": (ARTICLE, "{text: 纱布, cite: {source: sample-guide, at: 第4页}}", "{text: 纱布}",
                                         "parts[1].lines[0].cite: 缺少出处（只有“填写”“本站”可以不写）"),
    "an article's weak life-safety line": (ARTICLE, "cite: {source: sample-law, at: 第7条, printed: 保护自己}", "cite: {source: sample-notes, at: 正文}",
                                           "parts[0].lines[0].cite.source: 救命指令不能用弱来源(现为“sample-notes”)"),
    "a link to no page": (ARTICLE, "page: hazards/typhoon", "page: hazards/tornado", "parts[0].page: 没有这个页面(现为“hazards/tornado”)"),
    "a link into the wrong folder": (ARTICLE, "page: hazards/typhoon", "page: kit/first-aid-basics", "parts[0].page: 没有这个页面(现为“kit/first-aid-basics”)"),
    "a related page that is not there": (ARTICLE, "related: [typhoon]", "related: [tornado]", "related[0]: 相关页面不存在(现为“tornado”)"),
    "a signal of no hazard": (WARNINGS, "hazards: [typhoon]", "hazards: [tornado]", "signals[0].hazards[0]: 灾种不存在(现为“tornado”)"),
    "a source of an unknown grade": (SOURCES, "grade: 官方", "grade: 权威", "sources[0].grade: 只能是这些之一:官方、转载、弱(现为“权威”)"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_one_message_with_file_and_line(name, tmp_path):
    file, before, after, message = FAULTS[name]
    data = Path(shutil.copytree(SMALL_DATA, tmp_path / "data"))
    text = (data / file).read_text("utf-8")
    assert before in text, "tests/small_data 里没有要改的这一处"
    (data / file).write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(DataFaults) as raised:
        checked(data)
    problems = raised.value.problems
    assert [str(problem).partition(" ")[2] for problem in problems] == [message]
    assert problems[0].file == f"data/{file}"
    # What a list as a whole lacks is reported where the list begins.
    of_list = problems[0].field == "instructions"
    edited = 1 + text[: text.index("instructions:" if of_list else before)].count("\n")
    assert abs(problems[0].line - edited) <= 4, f"写的是第 {problems[0].line} 行，改的是第 {edited} 行"


def test_the_last_good_site_stays(project_copy):
    root = project_copy("bad-hazard", data=SMALL_DATA)
    site = root / "site"
    site.mkdir()
    (site / "index.html").write_text("上一次生成的网站", encoding="utf-8")
    path = root / "data" / HAZARD
    path.write_text(path.read_text("utf-8").replace(REVIEW_B, ""), "utf-8")
    done = yingji("build", cwd=root)
    assert done.returncode == 1
    output = done.stdout + done.stderr
    assert "data/hazards/typhoon.yml:13: instructions[0].reviews: 救命指令要有 2 个" in output and "Traceback" not in output
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert (site / "index.html").read_text("utf-8") == "上一次生成的网站"
