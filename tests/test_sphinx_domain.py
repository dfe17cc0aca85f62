"""References to terms: what they show and where they lead, here and from another project."""

import pytest
from sites import texts

PROSE = "说明\n====\n\n{}\n"


def prose(site, text, root="site", **options):
    return site(root, {"prose.rst": PROSE.format(text)}, **options)


WRITTEN = [
    ("一窗通答", "一窗通答", "一窗通答"),
    ("一窗通答 <一窗通答>", "一窗通答", "一窗通答"),
    ("一個窗口 <一窗通答>", "一個窗口", "一窗通答"),
    ("一窗答", "一窗答", "一窗通答"),
    ("綠葉評價", "綠葉評價", "绿叶评价"),
    ("“三亮”行动", "“三亮”行动", "三亮行动"),
    ("三亮行动", "三亮行动", "三亮行动"),
    ("「三亮」行動", "「三亮」行動", "三亮行动"),
    ("１＋２＋Ｎ", "１＋２＋Ｎ", "1+2+N"),
]


@pytest.mark.parametrize("role", ["policy:term", "term", "any"])
def test_a_role_leads_to_an_entry_by_any_written_form(site, role):
    built = prose(site, "\n\n".join(f"见 :{role}:`{written}`。" for written, _, _ in WRITTEN))
    assert built.warnings == ""
    links = built.page("prose.html").xpath("//section//p//a")
    assert [(link.text_content(), link.get("href")) for link in links] == [
        (shown, f"list.html#{leads}") for _, shown, leads in WRITTEN
    ]
    there = set(built.page("list.html").xpath("//dt/@id"))
    assert {leads for _, _, leads in WRITTEN} <= there


def test_a_mention_says_what_a_card_shows(site):
    built = prose(site, "见 :policy:term:`一窗答`。")
    (mention,) = built.mentions("prose.html")
    assert dict(mention.attrib) == {
        "class": "policy-mention",
        "data-headword": "一窗通答",
        "data-reading": "yī chuāng tōng dá",
        "data-kind": "initiative",
    }
    (link,) = mention.xpath("a")
    # of the latest report, where nothing is known of the text
    assert link.get("title") == "电话和柜台共用一套答案。"
    assert "internal" in link.get("class")


def test_a_long_definition_is_cut_in_a_card_and_whole_in_its_entry(site):
    long = "很" * 300 + "长。"
    terms = f'[source]\nid = "x"\n[[term]]\nheadword = "长谈会"\ndefinition = "{long}"\n'
    built = site(
        "bare", {"terms.toml": terms, "index.rst": PROSE.format(":policy:term:`长谈会`\n\n.. policy:list::")}
    )
    (link,) = built.page().xpath("//section/p//a")
    assert link.get("title") == "很" * 239 + "…"
    assert texts(built.page().xpath("//p[@class='policy-definition']")) == [long]


def test_a_term_that_no_document_writes_out_is_a_mention_without_a_link(site):
    built = site(
        "bare", {"index.rst": PROSE.format(":policy:term:`綠葉評價`，:any:`绿叶评价`，:term:`绿叶评价`")}
    )
    assert built.warnings == ""
    assert not built.page().xpath("//section/p//a")
    found = built.mentions()
    assert [mention.text_content() for mention in found] == ["綠葉評價", "绿叶评价", "绿叶评价"]
    for mention in found:
        assert mention.get("title") == "用绿叶数目给摊位打分。"
        assert mention.get("tabindex") == "0"
    assert built.inventory().get("policy:term") is None


def test_a_term_without_a_definition_says_its_members_or_that_there_is_none(site):
    terms = '[source]\nid = "x"\n[[term]]\nheadword = "绿叶评价"\n[[term]]\nheadword = "三亮"\nmembers = ["灯", "牌"]\n'
    text = PROSE.format(":policy:term:`绿叶评价` :policy:term:`三亮`")
    built = site("bare", {"terms.toml": terms, "index.rst": text})
    assert [mention.get("title") for mention in built.mentions()] == ["尚无释义", "包括灯、牌。"]


def test_an_unknown_term_is_told_with_what_is_like_it(site):
    built = prose(site, "见 :policy:term:`一窗同答`。")
    (warning,) = built.warnings.splitlines()
    assert "prose.rst:4: WARNING: '一窗同答' is no term of the glossary. Did you mean 一窗通答" in warning
    assert warning.endswith("[policy.unknown]")
    assert "一窗同答" in built.page("prose.html").text_content()
    assert not built.mentions("prose.html")


def test_an_unknown_term_that_is_like_nothing_is_told_what_to_do(site):
    assert (
        "Check the spelling, or add it to the glossary. [policy.unknown]"
        in prose(site, ":policy:term:`zzqq`").warnings
    )


def test_an_unknown_term_of_sphinx_is_told_by_sphinx(site):
    assert "[ref.term]" in prose(site, ":term:`没有的词`").warnings


@pytest.mark.parametrize("what", ["policy", "policy.unknown"])
def test_warnings_can_be_suppressed(site, what):
    unknown = {"prose.rst": PROSE.format(":policy:term:`没有`")}
    assert site("site", unknown, warningiserror=True, conf={"suppress_warnings": [what]}).app.statuscode == 0
    assert site("site", warningiserror=True, freshenv=True).app.statuscode == 1


def test_the_inventory_has_every_headword_and_variant(site):
    inventory = site("site").inventory()
    for kind in ("policy:term", "std:term"):
        names = inventory[kind]
        assert {
            "1+2+N",
            "“三亮”行动",
            "三亮行动",
            "一窗通答",
            "一窗答",
            "云上粮仓",
            "绿叶评价",
            "綠葉評價",
            "雲上糧倉",
        } <= names.keys()
        assert names["三亮行动"] == names["“三亮”行动"] == "list.html#三亮行动"
        assert names["一窗答"] == "list.html#一窗通答"


def test_a_name_that_entries_have_in_common_leads_where_a_look_up_leads(site):
    terms = '[source]\nid = "x"\n' + "".join(
        f'[[term]]\nheadword = "{headword}"\nvariants = ["共名"]\n' for headword in ("乙词条", "甲词条")
    )
    built = site(
        "bare", {"terms.toml": terms, "index.rst": PROSE.format(".. policy:list::\n\n:policy:term:`共名`")}
    )
    (link,) = built.page().xpath("//section/p//a")
    assert (
        f"index.html{link.get('href')}"
        == built.inventory()["policy:term"]["共名"]
        == built.inventory()["std:term"]["共名"]
    )


OTHER = """\
别处
====

:term:`一窗通答` :term:`一窗答` :external+here:term:`三亮行动` :external:term:`綠葉評價`
"""
OTHER_POLICY = """\
别处
====

:policy:term:`一窗通答` :policy:term:`一窗答` :policy:term:`綠葉評價` :external+here:policy:term:`一窗答`
"""


def other(site, first, text, extensions, root="bare"):
    mapping = {"here": ("https://here.invalid/", str(first.out / "objects.inv"))}
    conf = {"extensions": extensions, "intersphinx_mapping": mapping, "intersphinx_cache_limit": 0}
    built = site(root, {"index.rst": text}, conf=conf)
    return built, [(link.text_content(), link.get("href")) for link in built.page().xpath("//section/p//a")]


def test_another_project_links_here_without_the_extension(site):
    first = site("site")
    built, links = other(site, first, OTHER, ["sphinx.ext.intersphinx"])
    # without the extension, its settings are unknown to Sphinx, and nothing else is
    assert built.warnings == ""
    here = "https://here.invalid/list.html#"
    assert links == [
        ("一窗通答", f"{here}一窗通答"),
        ("一窗答", f"{here}一窗通答"),
        ("三亮行动", f"{here}三亮行动"),
        ("綠葉評價", f"{here}绿叶评价"),
    ]


def test_another_project_with_the_same_terms_links_here_what_it_does_not_write_out(site):
    first = site("site")
    extensions = ["glossary.sphinxext", "sphinx.ext.intersphinx"]
    built, links = other(site, first, OTHER_POLICY, extensions)
    assert built.warnings == ""
    here = "https://here.invalid/list.html#"
    assert links == [
        ("一窗通答", f"{here}一窗通答"),
        ("一窗答", f"{here}一窗通答"),
        ("綠葉評價", f"{here}绿叶评价"),
        ("一窗答", f"{here}一窗通答"),
    ]


def test_the_standard_roles_show_the_definition_too(site):
    built = prose(site, ":term:`一窗答`，:term:`綠葉評價`，:any:`「綠葉」評價`，:any:`见这里 <一窗通答>`")
    assert built.warnings == ""
    found = built.mentions("prose.html")
    assert texts(found) == ["一窗答", "綠葉評價", "「綠葉」評價", "见这里"]
    assert all(link.get("title") for each in found for link in each.xpath("a"))
    assert [a.get("href").partition("#")[2] for a in built.page("prose.html").xpath("//section/p//a")] == [
        "一窗通答",
        "绿叶评价",
        "绿叶评价",
        "一窗通答",
    ]


def test_whatever_has_the_name_of_a_term_and_is_something_else_comes_first(site):
    text = (
        "别处\n====\n\n.. _绿叶评价:\n\n标签\n----\n\n:any:`绿叶评价` :any:`綠葉評價`\n\n.. policy:list::\n"
    )
    built = site("bare", {"index.rst": text})
    assert "more than one target found for 'any'" in built.warnings
    assert texts(built.page().xpath("//section/p//a")) == ["标签", "綠葉評價"]


def test_the_external_role_asks_another_project_for_what_stands_here_too(site):
    text = "别处\n====\n\n:external:term:`一窗通答` :term:`一窗通答`\n\n.. policy:list::\n"
    extensions = ["glossary.sphinxext", "sphinx.ext.intersphinx"]
    _, links = other(site, site("site"), text, extensions)
    assert [to for _, to in links[:2]] == ["https://here.invalid/list.html#一窗通答", "#一窗通答"]


def test_what_a_project_writes_out_itself_goes_before_another_project(site):
    first = site("site")
    text = f"{OTHER_POLICY}\n:term:`綠葉評價`\n\n.. policy:list::\n"
    _, links = other(site, first, text, ["glossary.sphinxext", "sphinx.ext.intersphinx"])
    assert [to for _, to in links if to.startswith("#")] == [
        "#一窗通答",
        "#一窗通答",
        "#绿叶评价",
        "#绿叶评价",
    ]


@pytest.mark.parametrize("name", ["aaa.rst", "zzz.rst"])
def test_a_glossary_of_sphinx_keeps_its_own_terms(site, name):
    """In whatever order the documents are read, and when some of them are read again."""
    text = ":orphan:\n\n自有\n====\n\n.. glossary::\n\n   一窗通答\n      自己的解释。\n\n   别的词\n      另一个解释。\n"
    use = PROSE.format(":term:`一窗通答` :term:`别的词` :policy:term:`一窗通答` :term:`云上粮仓`")
    built = site("site", {name: text, "prose.rst": use})
    again = site("site", {"list.rst": "词条\n====\n\n.. policy:list::\n\n改过。\n"})
    third = site("site", {name: f"{text}\n改过。\n"})
    page = name.replace("rst", "html")
    for each in (built, again, third):
        assert each.warnings == ""
        own, another, ours, standard = [
            a.get("href") for a in each.page("prose.html").xpath("//section/p//a")
        ]
        assert own.startswith(page) and another.startswith(page)
        assert (ours, standard) == ("list.html#一窗通答", "list.html#云上粮仓")
        assert each.inventory()["std:term"]["一窗通答"].startswith(page)
        assert each.inventory()["policy:term"]["一窗通答"] == "list.html#一窗通答"


def test_an_entry_in_two_documents_is_told_and_led_to_where_it_stands_first(site):
    built = site("site", {"another.rst": ":orphan:\n\n又\n==\n\n.. policy:entry:: 一窗通答\n"})
    assert built.warnings.count("[policy.duplicate]") == 1
    assert "一窗通答 is written out in several documents: another, list." in built.warnings
    assert built.page("prose.html").xpath("//section/p//a/@href") == ["another.html#一窗通答"]
    for kind in ("policy:term", "std:term"):
        assert built.inventory()[kind]["一窗通答"] == "another.html#一窗通答"
        assert built.inventory()[kind]["一窗答"] == "another.html#一窗通答"
    gone = site("site", {"another.rst": None})
    assert (
        gone.inventory()["std:term"]["一窗通答"]
        == gone.inventory()["policy:term"]["一窗通答"]
        == "list.html#一窗通答"
    )


def test_a_glossary_of_sphinx_may_come_and_go(site):
    site("site")
    own = ":orphan:\n\n自有\n====\n\n.. glossary::\n\n   一窗通答\n      自己的解释。\n"
    came = site("site", {"own.rst": own})
    assert came.warnings == ""
    assert came.inventory()["std:term"]["一窗通答"].startswith("own.html#term-")
    assert came.inventory()["std:term"]["一窗答"] == "list.html#一窗通答"
    gone = site("site", {"own.rst": None})
    assert gone.warnings == ""
    assert gone.inventory()["std:term"]["一窗通答"] == "list.html#一窗通答"
