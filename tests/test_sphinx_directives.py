"""The directives: entries and lists of them, annotated passages, the search box and the place to annotate in."""

import re

import pytest
from lxml import etree
from sites import texts

ALL = ["1+2+N", "路灯认养", "绿叶评价", "麻石街区", "马灯精神", "“三亮”行动", "一窗通答", "云上粮仓"]
BARE = "首页\n====\n\n{}\n"


def bare(site, text, **options):
    return site("bare", {"index.rst": BARE.format(text)}, **options)


def listed(built, name="index.html"):
    """Return the headwords of the entries of a page, without their readings."""
    return [
        "".join(dt.xpath(".//text()[not(ancestor::rt or ancestor::rp)]"))
        for dt in built.page(name).xpath(
            "//dl[contains(@class, 'policy-entries')]/dt//span[@class='policy-name']"
        )
    ]


def options(site, text):
    """Build a list of the larger glossary."""
    lines = "\n".join(f"   :{line}" for line in text.splitlines())
    return site(
        "site",
        {"list.rst": f"词条\n====\n\n.. policy:list::\n{lines}\n", "prose.rst": ":orphan:\n\n说明\n====\n"},
    )


def test_an_entry_says_what_the_glossary_knows(site):
    built = site(
        "site", {"list.rst": "词条\n====\n\n.. policy:entry:: 一窗答\n\n.. policy:entry:: 三亮行动\n"}
    )
    assert built.warnings == ""
    assert listed(built, "list.html") == ["一窗通答", "“三亮”行动"]
    first, second = built.page("list.html").xpath("//dl[contains(@class, 'policy-entries')]")
    assert first.xpath("dt/@id") == ["一窗通答"]
    assert texts(first.xpath("dt//rt")) == ["yī", "chuāng", "tōng", "dá"]
    assert texts(first.xpath("dt/span[contains(@class, 'policy-kind')]")) == ["举措"]
    assert first.xpath("dt/a[@class='headerlink']/@href") == ["#一窗通答"]
    assert texts(first.xpath("dd/p")) == [
        "one-window answers",
        "电话和柜台共用一套答案。",
        "来源：《2023年兰汀市年度清单》",
        "把各处的提问收到一个窗口回答。",
        "来源：《2021年云泽市工作要点》",
        "又作：一窗答",
        "年份：20102030 2019年起；报告：2021、2023年",
    ]
    assert texts(second.xpath("dd/ul[contains(@class, 'policy-members')]/li")) == ["亮灯", "亮牌", "亮账"]
    related = second.xpath("dd/p[starts-with(string(), '参见')]")[0]
    assert texts([related]) == ["参见：一窗通答、没有收的词"]
    assert related.xpath(".//a/@href") == ["#一窗通答"]


def test_an_entry_says_where_it_comes_from(site):
    terms = (
        '[source]\nid = "x"\n[[term]]\nheadword = "绿叶评价"\ndefinition = "打分。"\nsince = 2019\n'
        'citation = { title = "评价办法", issuer = "云泽市", year = 2020 }\n'
        # the bare year stands beside the picture
        '[[term]]\nheadword = "一窗通答"\ndefinition = "回答。"\nsince = 2018\n'
    )
    index = BARE.format(".. policy:entry:: 绿叶评价\n\n.. policy:entry:: 一窗通答")
    built = site("bare", {"terms.toml": terms, "index.rst": index})
    facts = [texts(entry.xpath("dd/p"))[1:-2] for entry in built.page().xpath("//dl")]
    assert facts == [["出处：《评价办法》（云泽市，2020年）；2019年起用"], []]


def test_a_card_says_of_the_members_what_the_definition_does_not(site):
    terms = (
        '[source]\nid = "x"\n[[term]]\nheadword = "三亮行动"\ndefinition = "三项行动的合称"\n'
        'members = ["亮灯", "亮牌", "亮账"]\n'
        '[[term]]\nheadword = "绿叶评价"\nmembers = ["<b>绿</b>", "叶"]\n'
    )
    text = ":policy:term:`三亮行动`\n\n.. policy:annotate::\n\n   三亮行动和绿叶评价。\n"
    for shown in (text, f"{text}\n.. policy:list::\n"):
        built = site("bare", {"terms.toml": terms, "index.rst": BARE.format(shown)})
        said = built.page().xpath("//span[@class='policy-mention']/descendant-or-self::*/@title")
        both = "三项行动的合称。包括亮灯、亮牌、亮账。"
        assert said == [both, both, "包括<b>绿</b>、叶。"]


def test_what_the_author_adds_follows(site):
    built = bare(site, ".. policy:entry:: 绿叶评价\n\n   *作者*\n   的话，见 :policy:term:`一窗通答`。")
    (entry,) = built.page().xpath("//dl[contains(@class, 'policy-entries')]")
    assert texts(entry.xpath("dd/p"))[-1] == "作者 的话，见 一窗通答。"
    assert entry.xpath("dd/p/em")
    # what the author writes is searched, what the glossary says isn't
    assert "no-search" not in entry.get("class")
    assert "no-search" in bare(site, ".. policy:entry:: 绿叶评价").page().xpath("//dl")[0].get("class")


def test_an_unknown_entry_is_told(site):
    built = bare(site, "前文。\n\n.. policy:entry:: 绿页评价")
    assert (
        "index.rst:6: WARNING: '绿页评价' is no term of the glossary. Did you mean 绿叶评价" in built.warnings
    )
    assert "[policy.unknown]" in built.warnings
    assert listed(built) == []


def test_an_entry_twice_in_a_document_is_told_and_has_one_anchor(site):
    built = bare(site, ".. policy:entry:: 绿叶评价\n\n.. policy:entry:: 綠葉評價\n\n:policy:term:`绿叶评价`")
    (warning,) = built.warnings.splitlines()
    assert (
        "index.rst:6: WARNING: 绿叶评价 is written out twice in this document. [policy.duplicate]" in warning
    )
    assert listed(built) == ["绿叶评价"] * 2
    assert built.page().xpath("//dt/@id") == ["绿叶评价"]
    assert built.page().xpath("//section/p//a/@href") == ["#绿叶评价"]


def test_an_entry_beside_its_list_is_not_told_where_it_has_no_index(site):
    built = bare(
        site,
        ".. policy:entry:: 绿叶评价\n   :no-index:\n\n.. policy:list::\n   :no-index:\n\n.. policy:list::",
    )
    assert built.warnings == ""
    assert listed(built).count("绿叶评价") == 3
    assert built.page().xpath("//dt/@id") == ["绿叶评价", "三亮行动", "一窗通答"]
    # where it isn't at home its headword leads there
    assert built.page().xpath("//dl[1]/dt//a/@href") == ["#绿叶评价"]
    assert built.page().xpath("//dl[1]/dt//a//ruby")


def test_an_entry_without_index_is_in_no_inventory_and_no_index(site):
    built = bare(site, ".. policy:entry:: 绿叶评价\n   :no-index:")
    assert "policy:term" not in built.inventory() and "std:term" not in built.inventory()
    assert not (built.out / "policy-pinyin.html").exists()


def test_an_id_that_something_else_has_is_told(site):
    terms = '[source]\nid = "x"\n[[term]]\nheadword = "app"\n'
    built = site("bare", {"terms.toml": terms, "index.rst": "App\n===\n\n.. policy:entry:: app\n"})
    assert (
        "app has no link: its id is that of another section of this document. [policy.duplicate]"
        in built.warnings
    )
    assert built.page().xpath("//*[@id='app']")[0].tag == "section"


def test_a_list_has_every_entry_once_in_order_of_reading(site):
    built = site("site")
    assert listed(built, "list.html") == ALL
    assert built.page("list.html").xpath("//dt/@id") == [
        name.replace("“", "").replace("”", "") for name in ALL
    ]


@pytest.mark.parametrize(
    ("filters", "fit"),
    [
        ("kind: initiative", ["路灯认养", "一窗通答"]),
        ("kind: brand, concept", ["绿叶评价", "麻石街区"]),
        ("kind: brand、concept；slogan", ["绿叶评价", "麻石街区", "马灯精神"]),
        ("source: lanting-2023", ["路灯认养", "绿叶评价", "麻石街区", "一窗通答"]),
        ("source: 2021年云泽市工作要点, names", ["1+2+N", "马灯精神", "“三亮”行动", "一窗通答", "云上粮仓"]),
        ("region: 云泽市", ["1+2+N", "马灯精神", "“三亮”行动", "一窗通答"]),
        ("region: 雲澤", ["1+2+N", "马灯精神", "“三亮”行动", "一窗通答"]),
        ("region: 云泽市, 兰汀市", ALL[:-1]),
        ("year: 2023", ["路灯认养", "绿叶评价", "麻石街区", "一窗通答"]),
        ("year: 2019", ["一窗通答"]),
        ("year: 2018-2020, 2022—2024", ["路灯认养", "绿叶评价", "麻石街区", "一窗通答"]),
        ("letter: L", ["路灯认养", "绿叶评价"]),
        ("letter: l,#", ["1+2+N", "路灯认养", "绿叶评价"]),
        ("letter: Ｌ", ["路灯认养", "绿叶评价"]),
        ("kind: 品牌、概念", ["绿叶评价", "麻石街区"]),
        ("kind: initiative\nsource: yunze-2021", ["一窗通答"]),
        ("kind: initiative, slogan\nletter: M, Y\nyear: 2021", ["马灯精神", "一窗通答"]),
    ],
)
def test_a_list_has_what_fits_every_option(site, filters, fit):
    built = options(site, filters)
    assert built.warnings == ""
    assert listed(built, "list.html") == fit


@pytest.mark.parametrize(
    ("filters", "told", "fit"),
    [
        ("kind: project", "there is no kind 'project'; the kinds are shorthand, initiative,", []),
        ("kind: brand, project", "there is no kind 'project'", ["麻石街区"]),
        ("year: last", "'last' is no year; write 2021 or 2019-2023.", []),
        ("year: 2023-2021", "'2023-2021' is no year", []),
        ("year: 2019, last", "'last' is no year", ["一窗通答"]),
        ("source: yunze-2020", "no entry of the glossary has the source 'yunze-2020'.", []),
        ("region: 桃源县", "no entry of the glossary has the region '桃源县'.", []),
        (
            "letter: L, 鲁",
            "'鲁' is no letter; write A to Z, or # for what begins with a figure.",
            ["路灯认养", "绿叶评价"],
        ),
    ],
)
def test_a_wrong_value_is_told_and_lets_nothing_pass(site, filters, told, fit):
    built = options(site, filters)
    (warning,) = built.warnings.splitlines()
    assert "list.rst:4: WARNING: " in warning and told in warning
    assert warning.endswith("[policy.option]")
    assert listed(built, "list.html") == fit


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("kind: brand\nyear: 2021", ":kind: brand, :year: 2021"),
        # a site has a page for each letter, whatever its glossary has
        ("letter: O、Q", ":letter: O、Q"),
    ],
)
def test_a_list_that_nothing_fits_is_told(site, filters, said):
    built = options(site, filters)
    (warning,) = built.warnings.splitlines()
    assert f"list.rst:4: WARNING: no entry of the glossary fits this list ({said}). [policy.empty]" in warning
    assert not built.page("list.html").xpath("//dl")


def test_an_option_without_a_value_lets_nothing_pass(site):
    built = options(site, "kind: ,")
    assert built.warnings.count("[policy.empty]") == 1
    assert listed(built, "list.html") == []


def test_anchors_stay_when_another_entry_comes(site):
    before = set(site("site").page("list.html").xpath("//dt/@id"))
    more = '[source]\nid = "more"\n[[term]]\nheadword = "一窗通答台"\n[[term]]\nheadword = "“一窗”通答点"\n'
    after = set(site("site", {"terms/more.toml": more}).page("list.html").xpath("//dt/@id"))
    assert after - before == {"一窗通答台", "一窗通答点"}
    assert before <= after


PASSAGE = """\
.. policy:annotate::

   各鎮開通「一窗通答」和
   綠葉評價，*没有* ``记号``。

   綠葉評價又來了。
"""


def test_a_passage_is_annotated_as_it_stands(site):
    built = bare(site, f"{PASSAGE}\n.. policy:list::\n")
    assert built.warnings == ""
    (passage,) = built.page().xpath("//div[contains(@class, 'policy-passage')]")
    assert texts(passage.xpath("p")) == [
        "各鎮開通「一窗通答」和 綠葉評價，*没有* ``记号``。",
        "綠葉評價又來了。",
    ]
    assert not passage.xpath(".//em | .//code")
    found = passage.xpath(".//span[contains(@class, 'policy-mention')]")
    assert texts(found) == ["一窗通答", "綠葉評價", "綠葉評價"]
    assert [mention.get("data-headword") for mention in found] == ["一窗通答", "绿叶评价", "绿叶评价"]
    assert passage.xpath(".//a/@href") == ["#一窗通答", "#绿叶评价", "#绿叶评价"]


def test_a_passage_may_have_each_term_once(site):
    built = bare(site, PASSAGE.replace("annotate::\n", "annotate::\n   :first-only:\n"))
    assert texts(built.mentions()) == ["一窗通答", "綠葉評價"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "电话和柜台共用一套答案。"),
        ("   :region: 云泽市\n", "把各处的提问收到一个窗口回答。"),
        ("   :region: 蘭汀市\n", "电话和柜台共用一套答案。"),
        ("   :year: 2020\n", "把各处的提问收到一个窗口回答。"),
        ("   :year: 2024\n", "电话和柜台共用一套答案。"),
    ],
)
@pytest.mark.parametrize("at_home", [True, False])
def test_a_passage_has_the_definition_of_its_region_and_year(site, given, said, at_home):
    text = f":orphan:\n\n说明\n====\n\n.. policy:annotate::\n{given}\n   各镇开通一窗通答。\n"
    entries = "词条\n====\n\n.. policy:list::\n" if at_home else "词条\n====\n"
    built = site("site", {"prose.rst": text, "list.rst": entries})
    assert built.page("prose.html").xpath("//span[@class='policy-mention']/descendant-or-self::*/@title") == [
        said
    ]


def test_a_passage_without_a_term_is_told(site):
    built = bare(site, ".. policy:annotate::\n\n   今天天气很好。")
    assert "index.rst:4: WARNING: the glossary has no term of this passage. [policy.empty]" in built.warnings
    assert "今天天气很好。" in built.page().text_content()


def test_a_passage_is_plain_text(site):
    built = bare(site, '.. policy:annotate::\n\n   绿叶评价<script>alert(1)</script> & `甲`_ |乙| 50% "丙"')
    assert built.warnings == ""
    (passage,) = built.page().xpath("//div[contains(@class, 'policy-passage')]")
    assert texts([passage]) == ['绿叶评价<script>alert(1)</script> & `甲`_ |乙| 50% "丙"']
    assert not passage.xpath(".//script")


def test_a_passage_needs_content(site):
    assert (
        'Content block expected for the "policy:annotate" directive'
        in bare(site, ".. policy:annotate::").warnings
    )


def test_a_search_box_says_where_there_is_no_script(site):
    built = bare(site, ".. policy:search::")
    (box,) = built.page().xpath("//div[contains(@class, 'policy-widget')]")
    assert "policy-search" in box.get("class").split()
    assert texts(box.xpath("p")) == ["输入要查的词需要启用 JavaScript。"]


def test_a_place_to_annotate_in_has_its_sample_and_its_scripts(site):
    built = bare(site, ".. policy:annotator::\n\n   先写 <b> 绿叶评价。\n\n   再写。")
    (place,) = built.page().xpath("//div[contains(@class, 'policy-annotator')]")
    assert texts(place.xpath(".//div[contains(@class, 'policy-sample')]/p")) == [
        "先写 <b> 绿叶评价。",
        "再写。",
    ]
    assert "需要启用" in place.text_content()
    names = ("policy-match.js", "policy-annotator.js")
    scripts = " ".join(built.page().xpath("//script/@src"))
    assert all(name in scripts for name in names)
    # other pages don't load what they don't need
    others = " ".join(built.page("genindex.html").xpath("//script/@src"))
    assert not any(name in others for name in names)
    for name in ("folding", "index", "matching", "words"):
        assert (built.out / "_static" / f"policy-{name}.js").is_file()
    assert not (site("site").out / "_static" / "policy-matching.js").exists()


BUILDERS = {
    "text": "index.txt",
    "latex": "*.tex",
    "xml": "index.xml",
    "pseudoxml": "index.pseudoxml",
    "man": "*.1",
    "epub": "index.xhtml",
    "gettext": "index.pot",
    "texinfo": "*.texi",
    "singlehtml": "index.html",
    "dirhtml": "index.html",
    "dummy": None,
    "linkcheck": None,
}
MANY = """\
.. policy:list::

.. policy:entry:: 绿叶评价
   :no-index:

见 :policy:term:`一窗答`。

.. policy:annotate::

   各鎮開通「一窗通答」。

.. policy:search::

.. policy:annotator::

   先写。
"""


@pytest.mark.parametrize("builder", BUILDERS)
def test_other_builders_keep_headword_and_definition(site, builder):
    # the name of a manual is what is not escaped
    conf = {
        "project": "yunze",
        "man_pages": [("index", "yunze", "云泽", [], 1)],
        "glossary_autolink": "first",
        "version": "1",
    }
    built = bare(site, MANY, builder=builder, conf=conf)
    # nobody wrote a cover
    told = [line for line in built.warnings.splitlines() if "epub" not in line]
    assert told == []
    if BUILDERS[builder]:
        (path,) = built.out.glob(BUILDERS[builder])
        text = path.read_text(encoding="utf-8")
        if builder != "gettext":
            bare_text = (
                "".join(
                    etree.fromstring(text.encode()).xpath(
                        "//text()[not(ancestor::*[local-name()='rt' or local-name()='rp'])]"
                    )
                )
                if builder == "epub"
                else text
            )
            for said in ("绿叶评价", "用绿叶数目给摊位打分。", "亮账", "2022年云泽市工作要点"):
                assert said in bare_text or builder in ("singlehtml", "dirhtml"), said
            assert "用绿叶数目给摊位打分。" in text
        else:
            # what the glossary says is not for translators
            assert "用绿叶数目给摊位打分" not in text


def test_a_page_of_a_book_is_well_formed(site):
    built = bare(site, MANY, builder="epub", conf={"project": "yunze"})
    for name in ("index.xhtml", "policy-pinyin.xhtml"):
        if (built.out / name).exists():
            etree.parse(str(built.out / name))


def test_the_index_of_a_printed_book_names_the_page_of_an_entry(site):
    text = bare(site, MANY, builder="latex").out
    (path,) = text.glob("*.tex")
    written = path.read_text(encoding="utf-8")
    labels = set(re.findall(r"\\label\{\\detokenize\{index:(.*?)\}\}", written))
    named = re.findall(r"\\sphinxstyleindexpageref\{index:\\detokenize\{(.*?)\}\}", written)
    assert len(named) == 3 * 4 and set(named) <= labels


def test_quotation_marks_of_an_entry_stay_what_they_are(site):
    terms = '[source]\nid = "x"\n[[term]]\nheadword = "绿叶"\ndefinition = "称为\\"叶\\"--\'绿\'。"\n'
    built = site(
        "bare", {"terms.toml": terms, "index.rst": BARE.format('.. policy:entry:: 绿叶\n\n   作者的"话"。')}
    )
    assert texts(built.page().xpath("//dd/p"))[:2] == ["称为\"叶\"--'绿'。", "来源：x"]
    assert texts(built.page().xpath("//dd/p"))[-1] != '作者的"话"。'
