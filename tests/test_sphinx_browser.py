"""A built site as readers meet it, in a real browser: search, cards, keyboard, phone, dark, and nobody else asked."""

import json
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from browser import answer
from recall import CLASSES, RECALL

from glossary.dictionary import Glossary
from glossary.model import Entry, Sense, Source
from glossary.render.annex import annex
from glossary.sphinxext.anchors import anchor

pytest.importorskip("selenium")
pytest.importorskip("furo")
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

ROOT = Path(__file__).parent / "roots/test-browser"
# Words as they may be typed of a definition, and the definition that is expected.
DEFINITION = "整座城市的固体废物减量、再用和安全处置的发展模式。"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def glossary_of_site():
    source = Source(id="wanghu-2023", title="望湖区工作报告", year=2023)
    told = Entry(
        headword="无废城市",
        reading="wú fèi chéng shì",
        kind="concept",
        senses=(Sense(definition=DEFINITION, source=source, since=2018),),
        english="zero-waste city",
    )
    centres = Entry(
        headword="五个中心",
        reading="wǔ gè zhōng xīn",
        kind="shorthand",
        senses=(Sense(definition="五个国际中心的合称", members=("经济中心", "航运中心"), source=source),),
    )
    plain = Entry(
        headword="望湖之窗", reading="wàng hú zhī chuāng", kind="brand", senses=(Sense(source=source),)
    )
    return Glossary([told, centres, plain, *RECALL.values()])


@pytest.fixture(scope="session")
def folder(glossary_of_site, tmp_path_factory):
    """The site of 120 terms, built."""
    where = tmp_path_factory.mktemp("site")
    glossary_of_site.save(where / "site.glossary")
    out = where / "html"
    # in a process of its own: Sphinx registers directives and roles for the whole process
    settings = ["-D", f"glossary_path={where / 'site.glossary'}"]
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-n", "-b", "html", *settings, ROOT, out]
    subprocess.run(command, check=True)
    return out


@pytest.fixture(scope="session")
def address(folder):
    """Where the site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(browser, address):
    """A window on the site: as wide as a desk, light; what went wrong in the test is told at its end."""
    for log in ("browser", "performance"):
        browser.get_log(log)
    window(browser)
    yield Site(browser, address)
    wrong = [line for line in browser.get_log("browser") if line["level"] in ("SEVERE", "WARNING")]
    assert wrong == []
    assert strangers(browser, address) == set()
    browser.get("about:blank")


def window(browser, width=1200, height=900, *, dark=False, phone=False):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone},
    )
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": phone})
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]},
    )


def strangers(browser, address):
    """Return the addresses that pages asked for elsewhere."""
    messages = [json.loads(line["message"])["message"] for line in browser.get_log("performance")]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    return {url for url in asked if not url.startswith((address, "data:", "about:", "chrome:"))}


class Site:
    """A few words for what a reader does."""

    def __init__(self, browser, address):
        self.browser = browser
        self.address = address

    def open(self, page):
        self.browser.get(self.address + page)
        return self

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def until(self, told):
        return WebDriverWait(self.browser, 10, poll_frequency=0.05).until(lambda _: told())

    def seen(self, selector):
        """Wait for what is shown under a selector."""
        return self.until(lambda: [each for each in self.all(selector) if each.is_displayed()])

    def run(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()


def found(site, query):
    """Return where the results on the search page lead, and the first as it is shown."""
    site.open(f"search.html?q={quote(query)}")
    first = site.seen("#search-results li")[0]
    links = [link.get_attribute("href") for link in site.all("#search-results .policy-results li > a")]
    return [unquote(link.removeprefix(site.address)) for link in links], first


def some(cases):
    """Return a few of many, from all over."""
    step = max(1, len(cases) // 3)
    return list(cases.items())[::step][:3]


@pytest.mark.parametrize("sort", CLASSES)
def test_the_search_page_leads_to_the_term_with_its_definition(site, glossary_of_site, sort):
    for headword, query in some(CLASSES[sort]):
        links, first = found(site, query)
        assert links[0] == f"terms.html#{anchor(headword)}", query
        assert glossary_of_site[headword].senses[0].definition in first.text


@pytest.mark.parametrize(
    "query", ["固体废物", "安全处置 减量", "城市的固体废物减量", "zero-waste", "wúfèichéngshì"]
)
def test_what_is_said_of_a_term_finds_it(site, query):
    links, first = found(site, query)
    assert links[0] == "terms.html#无废城市"
    assert DEFINITION in first.text


def test_a_result_leads_to_where_the_term_stands(site):
    _, first = found(site, "wfcs")
    first.find_element(By.TAG_NAME, "a").click()
    # the theme scrolls there softly
    where = "return document.getElementById('无废城市')?.getBoundingClientRect().top ?? -1"
    site.until(lambda: 0 <= site.run(where) < 900)
    assert site.one("[id='无废城市'] + dd").text.count(DEFINITION) == 1


def test_nothing_found_is_said(site):
    site.open("search.html?q=囧囧囧囧")
    assert "没有找到" in site.seen(".policy-results p")[0].text


def test_pages_are_found_in_either_script(site):
    for query in ("繼續建設", "继续建设"):
        site.open(f"search.html?q={quote(query)}")
        texts = site.until(lambda: [link.text for link in site.all("#search-results > ul.search a")])
        assert texts == ["首页"], query


def test_the_box_of_the_theme_suggests(site):
    site.open("index.html")
    box = site.one(".sidebar-search")
    box.send_keys("wfcs")
    first = site.seen(".policy-suggestions [role=option]")[0]
    assert "无废城市" in first.text
    assert "wú fèi chéng shì" in first.text
    assert DEFINITION[:10] in first.text
    assert box.get_attribute("aria-expanded") == "true"
    box.send_keys(Keys.DOWN)
    chosen = site.one(f"[id='{box.get_attribute('aria-activedescendant')}']")
    assert chosen.get_attribute("aria-selected") == "true"
    box.send_keys(Keys.ENTER)
    site.until(lambda: unquote(site.browser.current_url).endswith("terms.html#无废城市"))


def test_the_box_is_left_alone_by_who_wants_the_search_page(site):
    site.open("index.html")
    box = site.one(".sidebar-search")
    box.send_keys("wfcs")
    site.seen(".policy-suggestions [role=option]")
    box.send_keys(Keys.ESCAPE)
    site.until(lambda: not site.one(".policy-suggestions").is_displayed())
    box.send_keys(Keys.ENTER)
    site.until(lambda: "search.html?q=wfcs" in site.browser.current_url)


def test_the_live_look_up_answers_while_one_types(site):
    site.open("index.html")
    box = site.one(".policy-search input")
    box.send_keys("無廢")
    assert "无废城市" in site.seen(".policy-hits [role=option]")[0].text
    assert box.get_attribute("aria-expanded") == "true"
    box.send_keys("囧囧囧囧")
    site.until(lambda: "没有这样的词条" in site.one(".policy-hits [role=status]").text)
    # it can't be chosen
    assert site.all(".policy-hits [role=option]") == []
    assert box.get_attribute("aria-expanded") == "false"
    box.send_keys(Keys.DOWN)
    assert box.get_attribute("aria-activedescendant") is None
    box.clear()
    box.send_keys("無廢")
    site.until(lambda: site.all(".policy-hits [role=option]"))
    assert site.one(".policy-hits [role=status]").text == ""


def test_pointing_at_a_term_shows_its_definition(site):
    site.open("index.html")
    assert not site.one(".policy-card").is_displayed()
    for mention in site.all(".policy-mention a"):
        ActionChains(site.browser).move_to_element(mention).perform()
        site.until(lambda: site.one(".policy-card").is_displayed())
        # the browser's own hint does not come up as well
        assert not mention.get_attribute("title")
        ActionChains(site.browser).move_to_element(site.one("h1")).perform()
        site.until(lambda: not site.one(".policy-card").is_displayed())


def test_the_keyboard_reaches_a_term_and_its_definition(site):
    site.open("index.html")
    link = site.one("[data-headword=无废城市] a")
    site.run("arguments[0].focus()", link)
    card = site.seen(".policy-card")[0]
    assert DEFINITION in card.text
    assert "wú fèi chéng shì" in card.text
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    site.press(Keys.ESCAPE)
    site.until(lambda: not card.is_displayed())
    site.press(Keys.ENTER)
    site.until(lambda: unquote(site.browser.current_url).endswith("terms.html#无废城市"))


PAGES = [
    "index.html",
    "terms.html",
    "try.html",
    "search.html?q=wfcs",
    "policy-pinyin.html",
    "policy-year.html",
]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_wider_than_a_phone(site, page):
    window(site.browser, 390, 800, phone=True)
    site.open(page)
    assert site.run("return document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_first_tap_shows_and_the_card_leads_on(site):
    window(site.browser, 390, 800, phone=True)
    site.open("index.html")
    link = site.one("[data-headword=无废城市] a")
    # of a link that runs over two lines, the first
    line = site.run("const box = arguments[0].getClientRects()[0]; return [box.left, box.top]", link)
    point = [{"x": line[0] + 5, "y": line[1] + 5}]
    site.browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point})
    site.browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    card = site.seen(".policy-card")[0]
    assert "index.html" in site.browser.current_url
    assert DEFINITION in card.text
    left, right = card.rect["x"], card.rect["x"] + card.rect["width"]
    assert 0 <= left < right <= 390
    card.find_element(By.TAG_NAME, "a").click()
    site.until(lambda: unquote(site.browser.current_url).endswith("terms.html#无废城市"))


def luminance(colour):
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# Colours may be mixed in CSS: a canvas says what they come to.
SHOWN = """
const paint = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
const rgb = (colour) => {
  paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
  return `rgb(${[...paint.getImageData(0, 0, 1, 1).data].slice(0, 3)})`;
};
return [...document.querySelectorAll(arguments[0])].map((element) => {
  let ground = element;
  while (ground && /^(transparent|rgba\\(0, 0, 0, 0\\))$/.test(getComputedStyle(ground).backgroundColor)) {
    ground = ground.parentElement;
  }
  const paper = ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)";
  return [rgb(getComputedStyle(element).color), rgb(paper)];
});
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everything_can_be_read(site, dark):
    window(site.browser, dark=dark)
    site.open("terms.html")
    selectors = "dt .policy-name, dt rt, dt .policy-kind, dd p, dd .policy-label"
    colours = {tuple(pair) for pair in site.run(SHOWN, selectors)}
    assert colours
    for ink, paper in colours:
        light, deep = sorted((luminance(ink), luminance(paper)), reverse=True)
        assert (light + 0.05) / (deep + 0.05) >= 4.5, (ink, paper)
        assert (luminance(paper) < 0.2) == dark


def test_a_text_of_ones_own_is_annotated_as_python_does(site, glossary_of_site):
    text = "推進雙随機、\n一公開和「無廢城市」；𠮷林五好家庭，第二无废城市群。"
    site.open("try.html")
    box = site.one(".policy-annotator textarea")
    site.until(lambda: site.all(".policy-text .policy-mention"))
    site.run("arguments[0].value = ''", box)
    box.send_keys("x")
    site.run("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'))", box, text)
    expected = [[m.surface, m.entry.headword] for m in glossary_of_site.annotate(text).mentions]
    assert len(expected) >= 2
    shown = "return [...document.querySelectorAll('.policy-text .policy-mention')]"
    site.until(lambda: site.run(f"{shown}.map((m) => [m.textContent, m.dataset.headword])") == expected)
    assert site.one(".policy-text").get_property("textContent") == text
    assert DEFINITION in site.one(".policy-annex").text


def annotated(site, text):
    """Give the annotator a text and wait until it is annotated."""
    site.open("try.html")
    box = site.one(".policy-annotator textarea")
    site.until(lambda: site.all(".policy-text .policy-mention"))
    site.run("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'))", box, text)
    site.until(lambda: site.one(".policy-text").get_property("textContent") == text)


def test_a_text_that_looks_like_html_stays_text(site):
    annotated(site, "<img src=x onerror=alert(1)>无废城市&lt;")
    assert site.all(".policy-text img") == []


def test_what_is_copied_is_the_annex_as_it_is_shown(site, glossary_of_site):
    text = "望湖之窗看五个中心，再看望湖之窗和无废城市。"
    annotated(site, text)
    site.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    site.one(".policy-copy").click()
    site.until(lambda: site.one(".policy-copy").text == "已复制")
    copied = site.run("return copied")
    assert (
        copied
        == "名词解释\n1. 五个中心：五个国际中心的合称。包括经济中心、航运中心。\n2. 无废城市："
        + DEFINITION
        + "\n"
    )
    assert copied == annex(glossary_of_site.annotate(text).mentions)
    names = [link.text for link in site.all(".policy-annex ol > li > a")]
    assert [f"{n}. {name}" for n, name in enumerate(names, 1)] == [
        line.split("：")[0] for line in copied.splitlines()[1:]
    ]
    assert site.one(".policy-undefined").text == "尚无释义：望湖之窗"


def test_a_copy_that_the_browser_refuses_and_a_text_without_terms_are_told(site):
    annotated(site, "无废城市。")
    site.run("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    site.one(".policy-copy").click()
    site.until(lambda: site.one(".policy-copy").text == "浏览器不允许复制，请手动选取")
    annotated(site, "今天天气很好。")
    assert site.one(".policy-annotator .policy-status").text == "没有找到词典里的词"


@pytest.mark.parametrize(
    ("page", "typed", "told"),
    [
        ("index.html", ".policy-search input", ".policy-hits [role=status]"),
        ("index.html", ".sidebar-search", ".policy-suggestions:not([hidden]) [role=status]"),
        ("search.html?q=wfcs", None, ".policy-results p"),
        ("try.html", None, ".policy-annotator .policy-status"),
    ],
)
def test_a_list_of_terms_that_is_not_there_is_told_until_it_is(browser, folder, tmp_path, page, typed, told):
    shutil.copytree(folder, tmp_path / "site")
    index = tmp_path / "site/_static/policy-index.js"
    index.rename(tmp_path / "away.js")
    window(browser)
    site = Site(browser, (tmp_path / "site").as_uri() + "/")
    site.open(page)
    site.run("window.addEventListener('unhandledrejection', () => { window.unhandled = true; });")
    if typed:
        site.one(typed).send_keys("w")
    site.until(lambda: site.one(told).text == "词表载入失败：读不到 policy-index.js")
    # the network is back
    (tmp_path / "away.js").rename(index)
    assert (
        answer(browser, "return (await PolicyGlossary.Index.load()).search('wfcs')[0].headword;")
        == "无废城市"
    )
    if typed:
        site.one(typed).send_keys("fcs")
        assert "无废城市" in site.seen("[role=option]")[0].text
        assert site.all(told) == [] or site.one(told).text == ""
    assert not site.run("return window.unhandled")
    browser.get("about:blank")


def test_a_site_works_from_a_folder(browser, folder):
    """Opened without a server, scripts may load scripts and nothing else."""
    window(browser)
    site = Site(browser, folder.as_uri() + "/")
    site.open("try.html")
    site.until(lambda: len(site.all(".policy-text .policy-mention")) == 2)
    site.one(".sidebar-search").send_keys("wfcs")
    assert "无废城市" in site.seen(".policy-suggestions [role=option]")[0].text
    browser.get("about:blank")
