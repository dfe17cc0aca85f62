"""Terms of running text become links, as `glossary_autolink` says."""

import pytest
from sites import texts

LIST = "\n\n.. policy:list::\n"
TITLE = "绿叶评价首页\n============\n\n"


def linked(site, text, how="all", **conf):
    """Build a page and return what of it, outside the entries, became a link."""
    built = site("bare", {"index.rst": f"{TITLE}{text}{LIST}"}, conf={"glossary_autolink": how, **conf})
    assert built.warnings == ""
    return texts(
        built.page().xpath(
            "//div[@role='main']//span[contains(@class, 'policy-mention')][not(ancestor::dl[contains(@class, 'policy-entries')])]"
        )
    )


def test_nothing_is_linked_unless_it_is_wanted(site):
    built = site("bare", {"index.rst": f"{TITLE}先做绿叶评价。{LIST}"})
    assert texts(built.mentions()) == ["一窗通答"]  # what an entry names as related


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("off", []),
        (False, []),
        ("first", ["綠葉評價", "一窗答"]),
        ("all", ["綠葉評價", "绿叶评价", "一窗答", "绿叶评价", "一窗通答"]),
    ],
)
def test_terms_are_linked_once_or_always(site, how, found):
    text = "綠葉評價和绿叶评价。\n\n* 一窗答\n* 绿叶评价\n\n=====  ======\n甲     一窗通答\n=====  ======\n"
    assert linked(site, text, how) == found


def test_what_is_no_setting_links_nothing(site):
    built = site("bare", {"index.rst": f"{TITLE}绿叶评价。{LIST}"}, conf={"glossary_autolink": "once"})
    assert "glossary_autolink" in built.warnings
    assert not built.page().xpath("//section/p//a")


def test_first_counts_in_each_document(site):
    other = ":orphan:\n\n别处\n====\n\n绿叶评价，绿叶评价。\n"
    built = site(
        "bare",
        {"index.rst": f"{TITLE}绿叶评价。{LIST}", "other.rst": other},
        conf={"glossary_autolink": "first"},
    )
    assert texts(built.mentions("other.html")) == ["绿叶评价"]
    assert built.page("other.html").xpath("//section//p//a/@href") == ["index.html#绿叶评价"]
    assert built.page().xpath("//section/p//a/@href") == ["#绿叶评价"]


def test_first_leaves_what_the_author_links(site):
    assert linked(site, "绿叶评价，:policy:term:`綠葉評價`。", "first") == ["綠葉評價"]


def test_first_knows_nothing_of_what_an_entry_names_as_related(site):
    # 绿叶评价 names 一窗通答 as related, in the list below
    assert linked(site, "一窗通答。", "first") == ["一窗通答"]


@pytest.mark.parametrize(
    "text",
    [
        "绿叶评价\n--------\n\n文",
        "``绿叶评价``",
        "文::\n\n   绿叶评价",
        ".. code-block:: text\n\n   绿叶评价",
        "`绿叶评价 <https://yunze.invalid/>`_",
        ":ref:`绿叶评价 <search>`",
        ":math:`绿叶评价`",
        ".. raw:: html\n\n   <p>绿叶评价</p>",
        ".. 绿叶评价",
        ".. rubric:: 绿叶评价",
        ".. admonition:: 绿叶评价\n\n   文",
        "绿叶评价\n   文",
        ":绿叶评价: 文",
        ".. container:: policy-off\n\n   * 绿叶评价",
        ".. rst-class:: policy-off\n\n绿叶评价",
        ".. math::\n\n   绿叶评价",
        ".. policy:annotator::\n\n   绿叶评价",
        ".. image:: https://yunze.invalid/a.png\n   :alt: 绿叶评价",
    ],
)
def test_what_is_no_running_text_stays(site, text):
    conf = {"suppress_warnings": ["image.nonlocal_uri"]}
    # beside what does
    assert linked(site, f"一窗通答。\n\n{text}", **conf) == ["一窗通答"]


@pytest.mark.parametrize(
    "text",
    [
        "*绿叶评价*",
        "**绿叶评价**",
        "* 绿叶评价",
        "1. 绿叶评价",
        "| 绿叶评价",
        "词\n   绿叶评价",
        ".. note:: 绿叶评价",
        "   绿叶评价",
        "文 [#]_\n\n.. [#] 绿叶评价",
    ],
)
def test_running_text_is_linked_wherever_it_stands(site, text):
    assert linked(site, text) == ["绿叶评价"]


def test_a_document_may_leave_it_off(site):
    fields = ":glossary-autolink: off\n\n"
    built = site(
        "bare",
        {"index.rst": f"{fields}{TITLE}绿叶评价。", "other.rst": f":orphan:\n\n{TITLE}绿叶评价。"},
        conf={"glossary_autolink": "all"},
    )
    assert built.mentions() == []
    assert len(built.mentions("other.html")) == 1


def test_a_term_may_stand_across_a_soft_line_break(site):
    assert linked(site, "各镇的绿叶\n评价已经开始。") == ["绿叶 评价"]


def test_text_round_a_term_stays(site):
    built = site(
        "bare",
        {"index.rst": f"{TITLE}先做 <b> 绿叶评价 & *再做* 一窗答；\\*完{LIST}"},
        conf={"glossary_autolink": "all"},
    )
    assert texts(built.page().xpath("//section/p")) == ["先做 <b> 绿叶评价 & 再做 一窗答；*完"]


def test_a_passage_is_annotated_once(site):
    text = ".. policy:annotate::\n   :first-only:\n\n   绿叶评价，绿叶评价。"
    assert linked(site, text) == ["绿叶评价"]


def test_a_term_of_a_document_that_is_written_elsewhere_is_linked_in_other_builders(site):
    built = site(
        "bare",
        {"index.rst": f"{TITLE}先做绿叶评价。{LIST}"},
        builder="pseudoxml",
        conf={"glossary_autolink": "all"},
    )
    assert '<mention definition="用绿叶数目给摊位打分。" headword="绿叶评价"' in built.text("index.pseudoxml")


def test_a_wrong_value_is_told(site):
    built = site("bare", conf={"glossary_autolink": "always"})
    assert "`glossary_autolink` has to be a one of" in built.warnings.replace("The config value ", "")
