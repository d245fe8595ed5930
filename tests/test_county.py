"""A county of its own: started by one command, joined to the others, and on its own without them."""

import hashlib
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from html_pages import Page
from running import must, yingji

from macros.checks import checked
from macros.feeds import api_files, ical_files
from macros.loading import Dataset
from macros.pages import all_pages
from macros.starting import start_region

LINGSHAN = ("--code", "450721", "--name", "灵山县", "--slug", "lingshan")
SECOND_PLAN = """\
# yaml-language-server: $schema=../schemas/plan.schema.json
# 测试用:钦州市的下一个规划期。
id: qinzhou-2021
region: "450700"
title: 钦州市应急体系建设“十四五”规划(测试)
period: {first: 2021, last: 2025}
supersedes: qinzhou-2016
source: {issuer: null, title: 钦州市应急体系建设“十四五”规划(测试), grade: 转载}
"""


@pytest.fixture(scope="module")
def county(project_copy) -> Path:
    """The project with 灵山县 as `init` makes it, and a second plan of its parent 钦州."""
    root = project_copy("county")
    must(yingji("init", *LINGSHAN, cwd=root))
    must(yingji("check", cwd=root))
    (root / "data" / "plans" / "qinzhou-2021.yml").write_text(SECOND_PLAN, encoding="utf-8")
    must(yingji("build", cwd=root))
    return root


@pytest.fixture(scope="module")
def county_data(county) -> Dataset:
    return checked(county / "data")


@pytest.fixture(scope="module")
def hubs(county) -> dict[str, Page]:
    return {slug: Page(county / "site" / "regions" / slug / "index.html", "article") for slug in ("lingshan", "qinzhou", "guangxi")}


def test_init_writes_two_commented_files(county):
    for path in (county / "data" / "regions" / "lingshan.yml", *(county / "data" / "plans").glob("lingshan-*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# yaml-language-server: $schema=../schemas/")
        assert lines[1].startswith("# ") and "yingji check" in "".join(lines[:4])


def test_the_new_hub_names_its_parent(hubs):
    assert re.search(r"上级[:：]\s?钦州市", hubs["lingshan"].text)
    assert "../qinzhou/index.html" in hubs["lingshan"].links
    assert "../lingshan/index.html" in hubs["qinzhou"].links
    assert "../lingshan/index.html" not in hubs["guangxi"].links, "下级只列直接的下级"


def test_the_new_hub_inherits_duties(hubs, county_data):
    """From 广西's plan, through 钦州, with their place in it; nothing from 石景山 or Beijing."""
    inherited = county_data.plans["guangxi-2012"].duties
    assert inherited
    for slug in ("lingshan", "qinzhou"):
        assert [duty.activity for duty in inherited if duty.activity not in hubs[slug].text] == []
        assert any("plans/guangxi-2012/outline.html#" in link for link in hubs[slug].links)
        assert "shijingshan-2021/outline" not in "".join(hubs[slug].links)


def test_a_hub_lists_its_plans_newest_first(hubs):
    plans = [link for link in hubs["qinzhou"].links if link.endswith(("qinzhou-2021/index.html", "qinzhou-2016/index.html"))]
    in_the_list = list(dict.fromkeys(link for link in plans if link.startswith("../../plans/")))
    assert [link.split("/")[3] for link in in_the_list] == ["qinzhou-2021", "qinzhou-2016"]


def test_what_the_new_plan_leaves_open_comes_from_the_older(hubs, county_data):
    """An empty new plan does not take the risks of the old one off the hub."""
    risks = county_data.plans["qinzhou-2016"].risks
    assert risks and all(risk.summary in hubs["qinzhou"].text for risk in risks)


@pytest.fixture(scope="module")
def alone(county) -> Path:
    """灵山县 without the five regions and their plans; nothing else is touched."""
    before = fingerprint(county)
    for folder in ("regions", "plans"):
        for path in (county / "data" / folder).glob("*.yml"):
            if not path.name.startswith("lingshan"):
                path.unlink()
    assert fingerprint(county) == before
    return county


def fingerprint(root: Path) -> dict[str, str]:
    """Every file outside data/regions and data/plans."""
    free = (root / "data" / "regions", root / "data" / "plans", root / "site", root / ".cache")
    files = (path for path in root.rglob("*") if path.is_file() and not set(free) & set(path.parents))
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if "__pycache__" not in path.parts}


def test_a_county_alone_builds(alone):
    before = fingerprint(alone)
    must(yingji("check", cwd=alone))
    must(yingji("build", cwd=alone))
    assert fingerprint(alone) == before
    assert {path.parent.name for path in (alone / "site" / "regions").glob("*/index.html")} == {"lingshan"}
    assert {path.name.rpartition("-")[0] for path in (alone / "site" / "plans").iterdir() if path.is_dir()} == {"lingshan"}


def test_a_publisher_may_show_some_regions_only(project, tmp_path):
    """`regions:` in data/site.yml is a setting, so it needs no other edit either."""
    shutil.copytree(project / "data", tmp_path / "data")
    if (project / "quizzes").is_dir():
        shutil.copytree(project / "quizzes", tmp_path / "quizzes")
    site = tmp_path / "data" / "site.yml"
    text = site.read_text(encoding="utf-8")
    assert "\nregions: null" in text
    site.write_text(text.replace("\nregions: null", "\nregions: [qinzhou, guangxi]"), encoding="utf-8")
    some = checked(tmp_path / "data")
    pages = {page.uri for page in all_pages(some)}
    feeds = dict((*api_files(some, datetime.now(UTC)), *ical_files(some)))
    assert {uri.split("/")[1] for uri in pages if re.fullmatch("regions/.*/index.md", uri)} == {"qinzhou", "guangxi"}
    assert not any("shijingshan" in name for name in (*pages, *feeds))


# --- wrong options --------------------------------------------------------------------------


WRONG = [
    (["--code", "45072", "--name", "灵山县"], "--code: 应为六位行政区划代码(GB/T 2260)(现为“45072”)"),
    (["--code", "450721x", "--name", "灵山县"], "--code: 应为六位行政区划代码(GB/T 2260)(现为“450721x”)"),
    (["--code", "４５０７２１", "--name", "灵山县"], "--code: 应为六位行政区划代码(GB/T 2260)(现为“４５０７２１”)"),
    (["--code", "990721", "--name", "灵山县"], "--code: 前两位不是省级代码(GB/T 2260)(现为“990721”)"),
    (["--code", "450721", "--name", " "], "--name: 应为一行地名,不含引号和反斜杠(现为“”)"),
    (["--code", "450721", "--name", "灵山\n县"], "--name: 应为一行地名,不含引号和反斜杠(现为“灵山 县”)"),
    (["--code", "450721", "--name", '灵"山'], "--name: 应为一行地名,不含引号和反斜杠(现为“灵\"山”)"),
    (["--code", "450721", "--name", "灵\\山"], "--name: 应为一行地名,不含引号和反斜杠(现为“灵\\山”)"),
    (["--code", "450721", "--name", "灵山县", "--slug", "灵山"], "--slug: 只能用小写字母、数字和连字符(现为“灵山”)"),
    (["--code", "450721", "--name", "灵山县", "--slug", "../x"], "--slug: 只能用小写字母、数字和连字符(现为“../x”)"),
    (["--code", "450721", "--name", "灵山县", "--slug", "lingshan\n"], "--slug: 只能用小写字母、数字和连字符(现为“lingshan”)"),
    (["--code", "450721", "--name", "灵山县", "--slug", "a" * 61], f"--slug: 至多 55 个字符(现为“{'a' * 40}…”)"),
    (["--code", "530100", "--name", "清河", "--slug", "other"], "--code: data/regions/qinghe.yml 已经用了这个代码(现为“530100”)"),
]  # fmt: skip


@pytest.fixture
def small(project, tmp_path) -> Path:
    """A folder with the small data set as its `data`."""
    shutil.copytree(project / "tests" / "small_data", tmp_path / "data")
    return tmp_path


@pytest.mark.parametrize("options, message", WRONG)
def test_a_wrong_option_is_one_message_and_writes_nothing(small, options, message):
    before = fingerprint_all(small)
    done = yingji("init", *options, cwd=small)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [message, "共 1 处错误,没有改动任何已有的文件。"]
    assert fingerprint_all(small) == before


def test_init_overwrites_nothing(small):
    must(yingji("init", *LINGSHAN, cwd=small))
    before = fingerprint_all(small)
    again = yingji("init", *LINGSHAN, cwd=small)
    assert again.returncode == 1
    assert "data/regions/lingshan.yml: 文件已经有了,不覆盖" in again.stderr
    assert fingerprint_all(small) == before


def test_without_a_slug_the_code_is_used(small):
    must(yingji("init", "--code", "450721", "--name", "灵山县", cwd=small))
    assert (small / "data" / "regions" / "r450721.yml").is_file()
    must(yingji("check", cwd=small))


@pytest.mark.parametrize("name", ["灵山: 县", "灵山 #1", "- 灵山", "{{ 7*6 }}", "'灵山'", "灵山县 & 镇", "%灵山", "<b>灵山</b>"])
def test_any_other_name_passes_check(small, name):
    start_region(small / "data", "450721", name, "lingshan")
    regions = [loaded.model for loaded in checked(small / "data").loaded_regions]
    assert [region.name for region in regions if region.code == "450721"] == [name]


def fingerprint_all(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}
