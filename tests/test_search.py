"""Search as readers use it: the real box, in a real browser, from a server and from a disk."""

import json
import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
import yaml

from macros import searching

TESTS = Path(__file__).parent
QUERIES = ("search_queries.tsv", "search_queries_more.tsv")
SYNONYMS = TESTS.parent / "data" / "synonyms.yml"
ANSWERED = {"plan", "hazard", "warning", "hotline", "kit", "firstaid", "shelter", "quiz"}  # the kinds of question that the site has pages for by now
HEAVY = ("search_index", "search-worker", "search-words", "/workers/")
PHONE = {"width": 360, "height": 740}


def cases():
    lines = (line for name in QUERIES for line in (TESTS / name).read_text("utf-8").splitlines())
    rows = (line.split("\t") for line in lines)
    return [(row[0], row[1]) for row in rows if row[-1] in ANSWERED]


@pytest.fixture(params=["http", "file"])
def start(request, site_url, site_dir):
    """The address of the site, from a server and from a disk."""
    return f"{site_url.rstrip('/')}/" if request.param == "http" else f"{site_dir.resolve().as_uri()}/"


@pytest.fixture
def reader(browser, start):
    """A page of the site on a phone, with everything it asked for in `page.asked`."""
    context = browser.new_context(viewport=PHONE)
    context.set_offline(start.startswith("file:"))
    page = context.new_page()
    page.asked, page.faults = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(f"{start}index.html")
    yield page
    context.close()


def box(page):
    return page.locator("[data-md-component=search-query]")


def answers(page):
    return page.locator(".md-search-result__item")


def ask(page, question):
    """Type a question anew and return each result as "title heading path"."""
    if not box(page).is_visible():
        page.locator("header [for=__search]").first.click()
    if answers(page).count():
        box(page).fill("")
        page.wait_for_function("!document.querySelector('.md-search-result__item')")
    box(page).fill(question)
    page.wait_for_function(ANSWERED_YET, arg=waiting_texts(page))
    return [described(item) for item in answers(page).all()]


ANSWERED_YET = """(waiting) => {
    const notice = document.querySelector('.md-search-result__meta');
    return !waiting.includes(notice.textContent.trim());
}"""


def waiting_texts(page):
    texts = json.loads(page.locator("#__config").text_content())["translations"]
    return [texts["search.result.placeholder"], "正在初始化搜索引擎"]


def described(item):
    headings = " ".join(item.locator("h1, h2").all_inner_texts())
    return f"{headings} {unquote(item.locator('a').first.get_attribute('href'))}"


def test_natural_questions_find_their_page_among_the_first_three(reader):
    missed = {}
    for question, expected in cases():
        first = ask(reader, question)[:3]
        if not any(re.search(expected, described) for described in first):
            missed[question] = first
    assert not missed
    assert not reader.faults


def test_nothing_of_the_search_loads_before_the_first_letter(reader):
    reader.locator("header [for=__search]").first.click()
    reader.wait_for_load_state("networkidle")
    assert [url for url in reader.asked if any(part in url for part in HEAVY)] == []
    assert ask(reader, "预警")
    assert any("search_index.js" in url for url in reader.asked)
    assert not any("/workers/" in url or "search_index.json" in url for url in reader.asked)


def test_searching_asks_no_other_host(reader, start):
    ask(reader, "消防站")
    assert [url for url in reader.asked if not url.startswith(start)] == []


def test_the_words_found_are_marked_as_the_reader_types(reader):
    ask(reader, "规划")
    box(reader).fill("")
    box(reader).press_sequentially("预警", delay=30)
    reader.locator(".md-search-result mark", has_text="预警").first.wait_for()


def test_a_shared_search_opens_with_its_results(reader, start):
    reader.goto(f"{start}index.html?q={quote('预警')}")
    answers(reader).first.wait_for()


def test_what_is_asked_is_shown_as_text(reader):
    ask(reader, "<img src=x onerror=alert(1)>规划")
    assert reader.locator(".md-search-result img").count() == 0


def test_the_readers_own_region_comes_before_others(browser, site_dir):
    page = browser.new_page()
    page.goto(f"{site_dir.resolve().as_uri()}/index.html")
    ask(page, "规划")
    above = page.evaluate("Object.entries(yingjiIndex.regions).map(([slug, it]) => [slug, it.above])")
    before = scores(page, "应急管理", None)
    for own, uppers in above:
        related = {own, *uppers, *(slug for slug, its in above if own in its)}
        others = [slug for slug, _ in above if slug not in related]
        after = scores(page, "应急管理", own)
        both = before.keys() & after.keys()  # only the best twenty are shown
        assert all(after[url] > before[url] for url in of_regions(both, [own]))
        assert all(after[url] < before[url] for url in of_regions(both, others))
    page.close()


@pytest.fixture
def engine(browser, site_dir):
    """What our engine answers, without the box: from a disk it runs in the page itself."""
    page = browser.new_page()
    page.goto(f"{site_dir.resolve().as_uri()}/index.html")
    ask(page, "规划")
    yield lambda question: page.evaluate("(asked) => yingjiAnswer(asked).items", {"query": question, "region": None})
    page.close()


def of_regions(urls, slugs):
    return [url for url in urls if searching.region_of(url, slugs)]


def scores(page, question, region):
    found = page.evaluate("(asked) => yingjiAnswer(asked).items", {"query": question, "region": region})
    return {parts[-1]["location"]: parts[0]["score"] for parts in found}


def test_a_page_belongs_to_the_region_of_its_folder():
    assert searching.region_of("plans/qinzhou-2016/index.html", ["qin", "qinzhou"]) == "qinzhou"
    assert searching.region_of("hazards/fire/index.html", ["qinzhou"]) == ""


PAGE = """<h1 id="t">寒潮冰雪<a class="headerlink" href="#t">¶</a></h1><p>先<b>保</b>暖</p><script>no()</script>
<div><section><h2 id="now">现在就做</h2><ul><li>添衣 &lt;b&gt;</li><li>关窗<span data-search-exclude>出处</span></li></ul></section><p>后面</p></div>
<h2 id="sources" data-search-exclude>来源</h2><p>某局</p>"""


def test_a_page_is_read_as_a_reader_reads_it():
    """Markup and scripts are left out, words inside a line stay whole, what is marked so is not searched."""
    read = searching.read_page("h.html", "题目", ["道路结冰"], 2, PAGE)
    assert read.names == ("寒潮冰雪", "道路结冰")
    assert read.parts == (("", "", "先保暖 后面"), ("now", "现在就做", "添衣 <b> 关窗"))


def test_a_quiz_comes_after_the_advice_unless_one_asks_for_quizzes(engine):
    """Both hold the words of the question; who asks what to do is not to be tested on it."""
    urls = {question: [parts[-1]["location"] for parts in engine(question)] for question in ("地震", "地震测验")}
    quiz, advice = "quizzes/earthquake.html", "hazards/earthquake.html"
    assert urls["地震"].index(advice) < urls["地震"].index(quiz)
    assert urls["地震测验"][0] == quiz


def test_what_a_page_repeats_is_not_searched(engine):
    """Messages repeat its lines, and lists of sources the names of everything."""
    found = [parts[0]["location"] for question in ("台风", "来源", "转告别人") for parts in engine(question)]
    assert found
    assert [url for url in found if url.endswith(("#sources", "#messages", "#related"))] == []


def test_the_vocabulary_holds_terms_and_their_parts():
    words = searching.words_of(["去应急避难场所 shelter"])
    assert {"应急", "避难", "场所"} <= set(words)


def test_synonyms_are_groups_of_words_that_the_search_does_not_leave_out():
    data = yaml.safe_load(SYNONYMS.read_text("utf-8"))
    assert all(len(set(group)) == len(group) > 1 for group in data["groups"])
    words = {word for group in data["groups"] for word in group}
    assert not words & set(data["fillers"])
    assert all(isinstance(word, str) and word == word.lower() for word in words)
