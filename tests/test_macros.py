"""Hand-written pages: live figures that are gone stop the build, with words that say which and where."""

import re
from pathlib import Path

import pytest
from html_pages import Page
from running import must, yingji

from macros.live_figures import macros_for

SMALL_DATA = Path(__file__).resolve().parent / "small_data"
GOOD = """\
---
title: 试一试
render_macros: true
---

# 试一试

覆盖率 {{ figure("qinghe-2021/warning-coverage") }},演练 {{ figure("qinghe-2021/past-drills") }},
看不清 {{ figure("qinghe-2021/smudged-fact") }},指标 {{ count("targets") }} 项,地区 {{ regions() }}。

{{ hotlines("qinghe") }}
"""


@pytest.fixture(scope="module")
def small_project(project_copy) -> Path:
    return project_copy("macros", data=SMALL_DATA)


def build_with(root: Path, text: str):
    """A build with one more hand-written page, which is removed again."""
    page = root / "docs" / "about" / "try.md"
    page.write_text(text, encoding="utf-8")
    try:
        return yingji("build", cwd=root)
    finally:
        page.unlink()


def test_macros_print_live_figures(small_project):
    must(build_with(small_project, GOOD))
    page = Page(small_project / "site" / "about" / "try.html", "article")
    assert re.search("覆盖率 ≥95%.演练 460次", page.text)
    assert re.search("看不清 待核实.指标 4 项.地区 云水省、清河市", page.text)
    assert {"tel:119", "tel:120", "tel:0100-7654321"} <= set(page.links)


MISTAKES = [
    ('{{ figure("qinghe-2021/no-such") }}', '没有这个数据:figure("qinghe-2021/no-such")'),
    ('{{ hotlines("nowhere") }}', '没有这个地区:hotlines("nowhere")'),
    ("{{ nobody_defined_this }}", "nobody_defined_this"),
    ("{{ figure( }}", "about/try.md"),
]


@pytest.mark.parametrize("macro, said", MISTAKES, ids=[mistake[0] for mistake in MISTAKES])
def test_a_mistake_stops_the_build(small_project, macro, said):
    done = build_with(small_project, f"---\ntitle: 试\nrender_macros: true\n---\n\n# 试\n\n{macro}\n")
    output = done.stdout + done.stderr
    assert done.returncode != 0
    assert half_width(said) in half_width(output)
    assert "about/try.md" in output, "要说是哪一页"


@pytest.mark.parametrize("macro, argument, said", [
    ("figure", "nowhere-2021/past-drills", '没有这个数据:figure("nowhere-2021/past-drills")'),
    ("figure", "qinghe-2021/hold-drills", '没有这个数据:figure("qinghe-2021/hold-drills")'),
    ("figure", "past-drills", '没有这个数据:figure("past-drills")'),
    ("count", "wishes", '没有这一种条目:count("wishes")'),
])  # fmt: skip
def test_what_does_not_exist_is_a_clear_fault(small_dataset, macro, argument, said):
    with pytest.raises(KeyError) as fault:
        macros_for(small_dataset)[macro](argument)
    assert half_width(fault.value.args[0]) == said


def half_width(text: str) -> str:
    """Whether a colon is full-width is a matter of style, not of this test."""
    return text.replace("\uff1a", ":")


def test_a_page_that_has_not_opted_in_is_left_alone(small_project):
    must(build_with(small_project, "---\ntitle: 试\n---\n\n# 试\n\n写作 `{{ figure(\"…\") }}`\n"))
    page = Page(small_project / "site" / "about" / "try.html", "article")
    assert '{{ figure("…") }}' in page.text


def test_values_of_macros_are_text(dataset):
    macros = macros_for(dataset)
    assert "<" not in macros["regions"]()
    plan = next(plan for plan in dataset.plans.values() if plan.facts)
    assert not set("<>{}*_`#") & set(macros["figure"](f"{plan.id}/{plan.facts[0].id}"))


def test_every_macro_is_documented(dataset, project):
    """With an example where authors look for it, and in words of its own."""
    guide = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name, macro in macros_for(dataset).items():
        assert macro.__doc__
        assert f"{{{{ {name}(" in guide, f"CONTRIBUTING.md 里没有 {name}"
