"""Sites of other builders in a real browser: folders for pages, one page for all, and headwords with marks in them."""

from urllib.parse import unquote

import pytest

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

TERMS = '[source]\nid = "yunze-2022"\ntitle = "2022年云泽市工作要点"\nyear = 2022\n'
HEADWORDS = ("#云泽#行动", "50%25减排", "100%达标", "a/b?路线")
DOCUMENTS = {
    "terms.toml": TERMS
    + "".join(f'[[term]]\nheadword = "{each}"\ndefinition = "标点。"\n' for each in HEADWORDS),
    "index.rst": "首页\n====\n\n.. policy:search::\n\n.. toctree::\n\n   entries\n   place\n",
    "entries.rst": "词条\n====\n\n.. policy:list::\n",
    "place.rst": "标注\n====\n\n:policy:term:`50%25减排`\n\n.. policy:annotator::\n\n   说到100%达标。\n",
}
TARGET = "const at = document.querySelector(':target'); return at && at.id"


@pytest.fixture(params=["html", "dirhtml", "singlehtml"])
def built(request, site):
    return site("bare", DOCUMENTS, request.param)


@pytest.fixture
def box(browser, built):
    """The box of the front page."""
    browser.get((built.out / "index.html").as_uri())
    return browser.find_element(By.CSS_SELECTOR, ".policy-search input")


def until(browser, told):
    return WebDriverWait(browser, 10, poll_frequency=0.05).until(lambda _: told())


def followed(browser, link):
    """Follow a link and return the id at which it ends; a page of folders is served by its name."""
    address = link.get_attribute("href")
    page, _, place = address.partition("#")
    browser.get(f"{page}index.html#{place}" if page.endswith("/") else address)
    return browser.execute_script(TARGET)


@pytest.mark.parametrize("headword", HEADWORDS)
def test_a_hit_leads_to_its_term_whatever_marks_it_has(browser, box, headword):
    box.send_keys(headword)
    link = until(browser, lambda: browser.find_elements(By.CSS_SELECTOR, ".policy-hits li:first-child a"))[0]
    assert followed(browser, link) == headword


def test_enter_in_the_box_leads_to_the_search_page_if_there_is_one(browser, box, built):
    before = browser.current_url
    box.send_keys("达标", Keys.ENTER)
    if built.app.builder.name == "singlehtml":
        assert browser.current_url == before
        return
    name = {"html": "search.html", "dirhtml": "search/"}[built.app.builder.name]
    until(browser, lambda: f"/{name}?q=达标" in unquote(browser.current_url))


def test_a_reference_leads_to_a_term_with_a_percent_sign(browser, built):
    page = {"html": "place.html", "dirhtml": "place/index.html", "singlehtml": "index.html"}[
        built.app.builder.name
    ]
    browser.get((built.out / page).as_uri())
    assert followed(browser, browser.find_element(By.CSS_SELECTOR, ".policy-mention a")) == "50%25减排"


def test_there_is_a_place_to_annotate_in(browser, built):
    page = {"html": "place.html", "dirhtml": "place/index.html", "singlehtml": "index.html"}[
        built.app.builder.name
    ]
    browser.get((built.out / page).as_uri())
    marked = until(
        browser, lambda: browser.find_elements(By.CSS_SELECTOR, ".policy-annotator .policy-mention")
    )
    assert [each.text for each in marked] == ["100%达标"]


@pytest.mark.parametrize(
    ("builder", "file"), [("text", "place.txt"), ("latex", "*.tex"), ("man", "*.1"), ("epub", "*.xhtml")]
)
def test_what_asks_for_a_script_is_nothing_on_paper(site, builder, file):
    built = site("bare", DOCUMENTS, builder, conf={"man_pages": [("index", "terms", "", "", 1)]})
    pages = [path.read_text(encoding="utf-8") for path in built.out.glob(file)]
    assert pages and not any("JavaScript" in page or "说到" in page for page in pages)


DIALOG = """
const input = Object.assign(document.createElement("input"), { name: "q" });
const dialog = document.createElement("dialog");
const bar = Object.assign(document.createElement("nav"), { style: "position: fixed; inset: 0; z-index: 1080" });
(arguments[0] ? dialog : bar).append(input);
document.body.append(arguments[0] ? dialog : bar);
if (arguments[0]) dialog.showModal();
const own = document.querySelector('script[src*="policy.js"]');
const again = Object.assign(document.createElement("script"), { src: own.src });
Object.assign(again.dataset, own.dataset);
document.head.append(again);
"""
CLICKED = """
const box = document.querySelector(".policy-suggestions:not([hidden]) a").getBoundingClientRect();
return document.elementFromPoint(box.left + 20, box.top + 10).closest(".policy-suggestions") !== null;
"""


@pytest.mark.parametrize("dialog", [True, False])
def test_suggestions_lie_above_what_a_theme_puts_its_search_in(browser, site, dialog):
    built = site("bare", DOCUMENTS)
    browser.get((built.out / "index.html").as_uri())
    browser.execute_script(DIALOG, dialog)
    until(browser, lambda: browser.find_elements(By.CSS_SELECTOR, "dialog input[role], nav input[role]"))
    browser.find_element(By.CSS_SELECTOR, "dialog input[role], nav input[role]").send_keys("达标")
    until(browser, lambda: browser.find_elements(By.CSS_SELECTOR, ".policy-suggestions:not([hidden]) a"))
    assert browser.execute_script(CLICKED)
