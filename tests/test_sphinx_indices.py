"""The indices of the domain, and that nothing of a glossary is taken for HTML."""

import json
import re
from urllib.parse import unquote

import pytest
from lxml import etree, html
from sites import texts

NAMES = ("pinyin", "kind", "source", "year")


def headings(built, name):
    """Return the headings of an index, each with its headwords."""
    found = {}
    for row in built.page(f"policy-{name}.html").xpath("//table//tr"):
        if row.get("class") == "cap":
            rows = found.setdefault(row.text_content().strip(), [])
        elif row.xpath(".//code"):
            rows.append(row.xpath("string(.//code)"))
    return found


def test_the_index_by_pinyin_goes_by_syllable_and_tone(site):
    found = headings(site("site"), "pinyin")
    assert list(found.items()) == [
        ("#", ["1+2+N"]),
        ("L", ["路灯认养", "绿叶评价"]),
        ("M", ["麻石街区", "马灯精神"]),
        ("S", ["“三亮”行动"]),
        ("Y", ["一窗通答", "云上粮仓"]),
    ]


def test_the_index_by_kind_goes_as_kinds_go(site):
    found = headings(site("site"), "kind")
    assert list(found.items()) == [
        ("缩略", ["1+2+N", "“三亮”行动"]),
        ("举措", ["路灯认养", "一窗通答"]),
        ("口号", ["马灯精神"]),
        ("品牌", ["麻石街区"]),
        ("概念", ["绿叶评价"]),
        ("其他", ["云上粮仓"]),
    ]


def test_the_index_by_source_has_an_entry_under_each(site):
    found = headings(site("site"), "source")
    assert list(found) == ["2021年云泽市工作要点", "2023年兰汀市年度清单", "names"]
    assert [name for name in found if "一窗通答" in found[name]] == list(found)[:2]


def test_the_index_by_year_has_an_entry_under_the_first(site):
    found = headings(site("site"), "year")
    assert list(found) == ["2019", "2021", "2023", "不详"]
    assert found["2019"] == ["一窗通答"] and found["不详"] == ["云上粮仓"]


def test_a_line_of_an_index_says_reading_and_gloss_and_leads_to_the_entry(site):
    built = site("site")
    (row,) = built.page("policy-pinyin.html").xpath("//tr[.//code='绿叶评价']")
    assert texts([row]) == ["绿叶评价 (lǜ yè píng jià) 用绿叶数目给摊位打分。"]
    assert row.xpath(".//a/@href") == ["list.html#绿叶评价"]


def test_reports_of_one_title_are_told_apart_and_stand_in_order_of_reading(site):
    sources = (
        ("jia-2020", "政府工作报告", "甲市", 2020),
        ("yi-2021", "政府工作报告", "乙市", 2021),
        ("yi-2021-2", "政府工作报告", "乙市", 2021),
        ("qita", "产业规划", "乙市", 2021),
    )
    files = {
        f"terms/{id}.toml": f'[source]\nid = "{id}"\ntitle = "{title}"\nregion = "{region}"\nyear = {year}\n'
        f'[[term]]\nheadword = "词{n}"\n'
        for n, (id, title, region, year) in enumerate(sources)
    }
    built = site(
        "bare",
        {**files, "index.rst": "词条\n====\n\n.. policy:list::\n"},
        conf={"glossary_path": "terms"},
    )
    assert list(headings(built, "source").items()) == [
        ("产业规划", ["词3"]),
        ("政府工作报告（甲市，2020）", ["词0"]),
        ("政府工作报告（乙市，2021）（yi-2021）", ["词1"]),
        ("政府工作报告（乙市，2021）（yi-2021-2）", ["词2"]),
    ]


def test_pages_can_refer_to_the_indices(site):
    text = "\n\n".join(f":ref:`policy-{name}`" for name in NAMES)
    built = site("site", {"prose.rst": f"说明\n====\n\n{text}\n"})
    assert built.warnings == ""
    links = built.page("prose.html").xpath("//section/p/a")
    assert [link.get("href") for link in links] == [f"policy-{name}.html" for name in NAMES]
    assert texts(links) == ["拼音索引", "分类索引", "来源索引", "年份索引"]


def test_there_are_no_indices_of_nothing(site):
    built = site("bare")
    assert not list(built.out.glob("policy-*.html"))


def test_an_entry_that_leaves_its_document_leaves_the_indices(site):
    assert "路灯认养" in headings(site("site"), "pinyin")["L"]
    found = headings(
        site("site", {"list.rst": "词条\n====\n\n.. policy:list::\n   :kind: concept\n"}), "pinyin"
    )
    assert found == {"L": ["绿叶评价"]}


# What Sphinx's own pages have of these.
OWN = {"script", "img"}


@pytest.fixture
def hostile(site):
    built = site("hostile")
    assert built.warnings == ""
    return built


def test_nothing_of_a_glossary_becomes_an_element(hostile):
    pages = sorted(hostile.out.glob("*.html"))
    assert {f"policy-{name}.html" for name in NAMES} <= {page.name for page in pages}
    for path in pages:
        page = html.fromstring(path.read_text(encoding="utf-8"))
        for element in page.xpath("//script | //img | //i | //b"):
            said = etree.tostring(element, encoding="unicode")
            assert "alert" not in said and "onerror" not in said and 'src="x"' not in said, (path.name, said)
        assert not page.xpath("//@onerror | //@onmouseover"), path.name
        assert not page.xpath("//*[@id='searchbox']/preceding::b[.='云泽市']")


def test_what_a_glossary_says_is_there_as_text(hostile):
    page = hostile.page()
    said = page.text_content()
    for text in (
        "</dd><script>alert(5)</script><img src=x onerror='alert(6)'> & \"双引号\" '单引号'",
        "把 `研发` 的 *账* 记清，**不** 拖 :policy:term:`x`。",
        "丙<img src=x>丁",
        "<script>alert(7)</script>",
        "<script>alert(8)</script>",
        "<script>alert(9)</script>",
        '《<img src=x onerror=alert(3)>" onmouseover="alert(4) & R&D 要点》，<b>云泽市</b>',
        "<img src=x onerror=alert(1)>先说甲<script>alert(1)</script>乙，再说\"R&D\"'提速'和100%到户。",
    ):
        assert text in said
    assert set(page.xpath("//dt/@id")) == {
        "100%到户",
        "🏮灯",
        "甲<script>alert(1)</script>乙",
        "甲乙丙",
        "R&D提速",
        "𠮷祥码",
        "让利5%20起",
    }


def test_links_and_cards_have_what_a_glossary_says_unchanged(hostile):
    page = hostile.page()
    by = {mention.get("data-headword"): mention for mention in hostile.mentions()}
    assert set(by) == {"甲<script>alert(1)</script>乙", "\"R&D\"'提速'", "100%到户", "𠮷祥码", "🏮灯"}
    (link,) = by["甲<script>alert(1)</script>乙"].xpath("a")
    assert (
        link.get("title")
        == "</dd><script>alert(5)</script><img src=x onerror='alert(6)'> & \"双引号\" '单引号'"
    )
    assert by["100%到户"].xpath("a/@title") == ["第一行第二行 & 完"]
    assert 'href="#R&amp;D提速" title="本条的链接"' in hostile.text("index.html")
    ids = set(page.xpath("//dt/@id"))
    for to in page.xpath("//a[starts-with(@href, '#')]/@href"):
        assert unquote(to[1:]) in ids | {"", "id1"}, to


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_an_index_leads_to_an_entry(hostile, name):
    ids = set(hostile.page().xpath("//dt/@id"))
    links = hostile.page(f"policy-{name}.html").xpath("//table//a/@href")
    assert {unquote(link.partition("#")[2]) for link in links} == ids
    assert len(links) == len(ids)


def test_a_heading_is_text_and_its_jump_arrives(hostile):
    page = hostile.page("policy-source.html")
    (jump,) = page.xpath("//div[@class='modindex-jumpbox']/a")
    assert jump.text_content() == "＜img src=x onerror=alert(3)＞＂ onmouseover=＂alert(4) ＆ R＆D 要点"
    assert page.xpath("//tr[@id=$id]", id=jump.get("href")[1:])


def test_the_inventory_has_every_name_whole(hostile):
    names = hostile.inventory()["policy:term"]
    for name, anchor in {
        "甲<script>alert(1)</script>乙": "甲<script>alert(1)</script>乙",
        "丙<img src=x>丁": "甲<script>alert(1)</script>乙",
        "\"R&D\"'提速'": "R&D提速",
        "100%到户": "100%到户",
        "甲乙丙": "甲乙丙",
        "甲乙之丙": "甲乙丙",
        "𠮷祥码": "𠮷祥码",
        "🏮灯": "🏮灯",
    }.items():
        assert names[name] == f"index.html#{anchor}"
    assert not any("\n" in name for name in names)
    assert hostile.inventory()["std:term"] == names


def test_the_search_index_has_nothing_of_the_entries(hostile):
    index = json.loads(
        re.fullmatch(r"Search\.setIndex\((.*)\);?\s*", hostile.text("searchindex.js"), re.DOTALL)[1]
    )
    # what running text says, and nothing of the entries: neither 研发 of a definition nor the names as objects
    assert "𠮷祥" in index["terms"] and "研发" not in index["terms"]
    assert not index["objects"] and not index["objtypes"]


@pytest.mark.parametrize("builder", ["latex", "text", "xml", "epub", "man"])
def test_other_builders_can_write_it(site, builder):
    built = site(
        "hostile",
        builder=builder,
        conf={
            "project": "yunze",
            "language": "en",
            "man_pages": [("index", "yunze", "云泽", [], 1)],
            "version": "1",
        },
    )
    assert [line for line in built.warnings.splitlines() if "epub" not in line] == []
    if builder == "epub":
        for path in built.out.glob("*.xhtml"):
            etree.parse(str(path))
