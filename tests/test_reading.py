"""Reading help in a real browser: large text, read-aloud, texts to copy, the beat, pictures, pinyin."""

import json
import re
from itertools import pairwise

import pytest
from fault_list import assert_none
from html_pages import Page
from walking import PAINTED, TWO_FRAMES, WATCH_SHIFTS

from macros.pages.messages import BROADCAST_LENGTH, MINUTE_LENGTH, SMS_LENGTH

PHONE = {"width": 360, "height": 740}
HAZARD = "hazards/typhoon.html"
MESSAGES = "dl.messages dd"
LOCAL_VOICE = {"lang": "zh-CN", "name": "本机", "localService": True}
REMOTE_VOICE = {"lang": "zh-CN", "name": "远程", "localService": False}
ENGLISH_VOICE = {"lang": "en-US", "name": "English", "localService": True}

SPEECH = """(voices) => {
  window.spoken = []; window.cancelled = 0;
  const heard = new EventTarget();
  Object.assign(heard, { voices, getVoices: () => heard.voices,
    speak: words => spoken.push(words), cancel: () => { cancelled += 1; } });
  Object.defineProperty(window, "speechSynthesis", { value: heard });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""
#: A sound clock that the test moves by hand; every beat is an oscillator with its start.
SOUND = """() => {
  window.beats = []; window.clock = 0;
  const node = extra => ({ connect: next => next, ...extra });
  window.AudioContext = function () {
    return { get currentTime() { return clock; }, resume() {}, destination: node({}),
      createGain: () => node({ gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} } }),
      createOscillator: () => node({ frequency: {}, start: at => beats.push(at), stop() {} }) };
  };
}"""
NO_CLIPBOARD = "() => Object.defineProperty(navigator, 'clipboard', { value: undefined })"


def call(function: str, *arguments: object) -> str:
    """A script that runs before a page's own."""
    return f"({function})({', '.join(json.dumps(argument) for argument in arguments)})"


@pytest.fixture
def context(browser):
    with browser.new_context(viewport=PHONE) as context:
        yield context


# --- large text --------------------------------------------------------------------------------


def font_size(page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)")


@pytest.fixture(params=["http", "file"])
def start(request, site_url, site_dir) -> str:
    return site_url if request.param == "http" else f"{site_dir.as_uri()}/"


def test_large_text_is_remembered_on_every_page(context, start):
    page = context.new_page()
    page.goto(start + HAZARD)
    before = font_size(page)
    page.get_by_role("button", name="大字版").click()
    assert font_size(page) > 1.25 * before
    page.reload()
    assert font_size(page) > 1.25 * before
    page.goto(f"{start}kit/household-kit.html")
    assert font_size(page) > 1.25 * before
    button = page.get_by_role("button", name="大字版")
    assert button.get_attribute("aria-pressed") == "true"
    button.press("Enter")
    page.reload()
    assert font_size(page) == before
    assert page.get_by_role("button", name="大字版").get_attribute("aria-pressed") == "false"


def test_a_page_in_large_text_is_drawn_large_at_once(context, site_url):
    context.add_init_script("localStorage.setItem('yingji.large-text', 'yes')")
    context.add_init_script(WATCH_SHIFTS)
    page = context.new_page()
    page.goto(site_url + HAZARD)
    page.wait_for_function(PAINTED)
    page.evaluate(TWO_FRAMES)
    assert page.evaluate("shifts") == []


def test_a_browser_that_keeps_nothing_still_shows_large_text(context, site_url):
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })")
    page = context.new_page()
    page.goto(site_url + HAZARD)
    before = font_size(page)
    page.get_by_role("button", name="大字版").click()
    assert font_size(page) > 1.25 * before


# --- read aloud --------------------------------------------------------------------------------


@pytest.mark.parametrize("voices", [[], [REMOTE_VOICE], [ENGLISH_VOICE, REMOTE_VOICE]], ids=["none", "remote", "english"])
def test_without_a_chinese_voice_of_the_device_nothing_is_offered(context, site_url, voices):
    context.add_init_script(call(SPEECH, voices))
    page = context.new_page()
    page.goto(site_url + HAZARD)
    assert not page.locator("[data-read-aloud]").is_visible()


def test_the_voice_of_the_device_reads_the_page(context, site_url):
    """A remote voice stands first in the list; it would send the text away."""
    context.add_init_script(call(SPEECH, [REMOTE_VOICE, LOCAL_VOICE]))
    page = context.new_page()
    page.goto(site_url + HAZARD)
    button = page.locator("[data-read-aloud]")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    spoken = page.evaluate("spoken.map(words => [words.voice.name, words.text])")
    assert {voice for voice, _ in spoken} == {"本机"}
    texts = [text for _, text in spoken]
    assert texts[0] == "台风" and texts[1] == page.locator(".first").inner_text()
    assert [text for text in texts if "出处" in text or "复制" in text] == []
    button.click()
    assert page.evaluate("cancelled") == 1 and button.get_attribute("aria-pressed") == "false"


def test_pinyin_is_not_read_on_top_of_the_word(context, site_url):
    context.add_init_script(call(SPEECH, [LOCAL_VOICE]))
    page = context.new_page()
    page.goto(f"{site_url}children/children-earthquake.html")
    page.locator("[data-read-aloud]").click()
    assert page.evaluate("spoken.filter(words => /[a-zāáǎàēéěèīíǐìōóǒòūúǔù]{2}/.test(words.text)).length") == 0


def test_a_voice_that_comes_late_is_offered(context, site_url):
    """Browsers load their voices after the page, and say so."""
    context.add_init_script(call(SPEECH, []))
    page = context.new_page()
    page.goto(site_url + HAZARD)
    page.evaluate("voice => { speechSynthesis.voices = [voice]; speechSynthesis.dispatchEvent(new Event('voiceschanged')); }", LOCAL_VOICE)
    assert page.locator("[data-read-aloud]").is_visible()


# --- texts to copy -----------------------------------------------------------------------------


def copy_first(page) -> str:
    """Press the first copy button; the text that it should copy."""
    message = page.locator(MESSAGES).first
    text = message.locator("span").inner_text()
    message.get_by_role("button").click()
    return text


def test_a_text_is_copied(context, site_url):
    """Localhost is a secure context, as https is."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site_url.rstrip("/"))
    page = context.new_page()
    page.goto(site_url + HAZARD)
    text = copy_first(page)
    page.get_by_role("button", name="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_where_the_clipboard_is_missing_the_text_is_selected(context, site_url):
    """A plain-http page on a LAN: the old command copies what is selected."""
    context.add_init_script(call(NO_CLIPBOARD))
    page = context.new_page()
    page.goto(site_url + HAZARD)
    text = copy_first(page)
    page.get_by_role("button", name="已复制").wait_for()
    assert page.evaluate("getSelection().toString().trim()") == text


def test_where_nothing_may_copy_the_reader_is_told_how(context, site_url):
    context.add_init_script(call(NO_CLIPBOARD))
    context.add_init_script("document.execCommand = () => false")
    page = context.new_page()
    page.goto(site_url + HAZARD)
    text = copy_first(page)
    page.get_by_role("button", name="请长按复制").wait_for()
    assert page.evaluate("getSelection().toString().trim()") == text


@pytest.fixture(scope="module")
def hazard_pages(dataset, site_dir) -> dict[str, Page]:
    return {hazard: Page(site_dir / "hazards" / f"{hazard}.html", "article") for hazard in dataset.hazards}


def messages_of(page: Page) -> dict[str, str]:
    """`短信` → its text, from `短信（52字）` and what follows."""
    heads = [i for i, text in enumerate(page.texts) if re.fullmatch(r"(短信|群消息|30秒广播稿|60秒广播稿)（\d+字）", text)]
    return {page.texts[i].partition("（")[0]: page.texts[i + 1] for i in heads}


def test_a_short_message_is_one_message(hazard_pages):
    """At most 70 characters and at least one thing to do."""
    assert_none(f"{hazard}: {len(text)} {text}" for hazard, page in hazard_pages.items()
                for text in [messages_of(page)["短信"]] if len(text) > SMS_LENGTH or "。" not in text)


def test_an_announcement_takes_half_a_minute(hazard_pages):
    assert_none(f"{hazard}: {len(text)} {text}" for hazard, page in hazard_pages.items()
                for text in [messages_of(page)["30秒广播稿"]] if len(text) > BROADCAST_LENGTH)


def test_a_minute_says_what_not_to_do_too(hazard_pages, dataset):
    assert_none(f"{hazard}: {len(text)} {text}" for hazard, page in hazard_pages.items()
                for text in [messages_of(page)["60秒广播稿"]]
                if len(text) > MINUTE_LENGTH or dataset.hazards[hazard].lines("千万不要")[0].text not in text)


def test_every_sentence_of_a_message_stands_on_the_page(hazard_pages, dataset):
    """No advice is made up on the way: each stands above, with its source."""
    faults = []
    for hazard, page in hazard_pages.items():
        texts = messages_of(page)
        above = "".join(page.texts[: page.texts.index("转告别人")])
        own = [f"【{dataset.hazards[hazard].name}】", f"【{dataset.hazards[hazard].name}，请转告家人】",
               f"请大家注意，{dataset.hazards[hazard].name}避险提示：", f"现在播送{dataset.hazards[hazard].name}避险提示：",
               "请转告身边的老人和孩子。"]
        for text in texts.values():
            for words in own:
                text = text.replace(words, "")
            advice = re.split(r"求助：", text)[0]
            sentences = re.split(r"。|；|\d\. |千万：|千万记住：", advice)
            faults += [f"{hazard}: {sentence}" for sentence in sentences if sentence and sentence not in above]
    assert_none(faults)


# --- the beat ----------------------------------------------------------------------------------


def test_the_beat_keeps_to_110_a_minute_until_it_is_stopped(context, site_url):
    context.add_init_script(call(SOUND))
    page = context.new_page()
    page.goto(f"{site_url}first-aid/cpr-aed.html")
    button = page.locator("[data-metronome]")
    button.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    page.evaluate("clock = 60")  # a minute on, however busy the page was
    page.wait_for_function("beats.length > 100")
    beats = page.evaluate("beats")
    assert all(abs(later - earlier - 60 / 110) < 0.001 for earlier, later in pairwise(beats))
    assert 109 <= sum(beat < beats[0] + 60 for beat in beats) <= 111
    button.press("Enter")
    assert button.get_attribute("aria-pressed") == "false"
    stopped = page.evaluate("clock = 120, beats.length")
    page.wait_for_timeout(250)
    assert page.evaluate("beats.length") == stopped


def test_without_sound_no_beat_is_offered(context, site_url):
    context.add_init_script("delete window.AudioContext; delete window.webkitAudioContext")
    page = context.new_page()
    page.goto(f"{site_url}first-aid/cpr-aed.html")
    assert not page.locator("[data-metronome]").is_visible()


# --- children's pages ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def childrens_pages(dataset) -> list:
    return [article for article in dataset.articles.values() if article.folder == "children"]


def test_six_pages_for_children(childrens_pages):
    assert len(childrens_pages) == 6


def test_pictures_say_what_they_show(childrens_pages, context, site_url):
    for article in childrens_pages:
        pictures = [line.picture for part in article.parts for line in part.lines if line.picture]
        assert pictures, article.id
        page = context.new_page()
        page.goto(f"{site_url}children/{article.id}.html")
        images = page.locator("article img.pictogram")
        assert images.evaluate_all("all => all.map(image => image.alt)") == [picture.shows for picture in pictures]
        assert images.evaluate_all("all => all.filter(image => !image.complete || !image.naturalWidth).length") == 0
        page.close()


def test_hard_words_carry_their_pinyin(childrens_pages, context, site_url):
    for article in childrens_pages:
        assert article.pinyin, article.id
        page = context.new_page()
        page.goto(f"{site_url}children/{article.id}.html")
        found = page.locator("article ruby").evaluate_all(
            "all => all.map(ruby => [ruby.firstChild.textContent, ruby.querySelector('rt').textContent])")
        assert found, article.id
        assert [[word, reading] for word, reading in found if article.pinyin.get(word) != reading] == []
        # A word that part of a longer one covers is annotated there; any other must be somewhere.
        seen = "".join(word for word, _ in found)
        assert [word for word in article.pinyin if word not in seen] == [], article.id
        page.close()
