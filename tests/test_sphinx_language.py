"""Chinese for Sphinx's own search."""

import json
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.sphinxext.language import PolicyChinese, PolicyChineseElsewhere

chinese = PolicyChinese({})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("绿叶评价", ["绿", "叶", "评", "价", "绿叶", "叶评", "评价"]),
        ("叶", ["叶"]),
        ("綠葉", ["绿", "叶", "绿叶"]),
        ("green Leaf", ["green", "leaf"]),
        ("ＡＰＰ５", ["app5"]),
        ("5G网", ["5g", "网"]),
        ("网5G网络v2", ["网", "5g", "网", "络", "网络", "v2"]),
        ("绿叶，评价", ["绿", "叶", "绿叶", "评", "价", "评价"]),
        ("𠮷祥", ["𠮷", "祥", "𠮷祥"]),
        ("〇二", ["〇", "二", "〇二"]),
        ("，。 \n", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_and_pairs(text, words):
    assert chinese.split(text) == words


@pytest.mark.parametrize(
    ("word", "kept"),
    [("绿", True), ("绿叶", True), ("a", False), ("5", False), ("5g", True), ("", False), ("2023", True)],
)
def test_single_letters_are_not_indexed(word, kept):
    assert chinese.word_filter(word) is kept


def test_there_is_a_language_for_each_script():
    assert (PolicyChinese.lang, PolicyChineseElsewhere.lang) == ("zh_CN", "zh")
    assert PolicyChineseElsewhere({}).split("綠葉") == chinese.split("绿叶")


@given(st.text(st.sampled_from("绿叶綠葉𠮷〇aZ5 ，\n_é"), max_size=20))
def test_whatever_stands_in_a_text_is_found_by_its_pairs(text):
    words = chinese.split(text)
    assert all(words) and all(word == "".join(word.split()) for word in words)
    # a part of a text has no words that the text hasn't, but for Latin words cut in two
    for start in range(len(text)):
        part = text[start : start + 3]
        if all(char in "绿叶綠葉𠮷〇" for char in part):
            assert set(chinese.split(part)) <= set(words)


def test_a_text_is_cut_without_jieba(monkeypatch):
    monkeypatch.setitem(sys.modules, "jieba", None)
    with pytest.raises(ImportError):
        import jieba  # noqa: F401
    assert chinese.split("绿叶") == ["绿", "叶", "绿叶"]


def terms_of(built):
    index = built.text("searchindex.js")
    return json.loads(re.fullmatch(r"Search\.setIndex\((.*)\);?\s*", index, re.DOTALL)[1])


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW", "zh_HK"])
def test_the_search_index_holds_pairs(site, monkeypatch, language):
    # a project without terms reads no terms, and so needs no jieba
    monkeypatch.setitem(sys.modules, "jieba", None)
    text = "天台花園\n========\n\n綠地 APP\n"
    built = site("bare", {"index.rst": text}, conf={"language": language})
    index = terms_of(built)
    assert {"绿", "地", "绿地", "app"} <= index["terms"].keys()
    assert {"天台", "台花", "花园"} <= index["titleterms"].keys()
    script = built.text("_static/language_data.js")
    assert "PolicyGlossary.words(query)" in script
    assert "function splitQuery" in script
    assert "jieba" not in script
    folding = [src for src in built.page("search.html").xpath("//script/@src") if "policy-folding" in src]
    assert len(folding) == 1
    assert not any("policy-folding" in src for src in built.page().xpath("//script/@src"))


def test_other_languages_stay_as_they_are(site):
    built = site("bare", {"index.rst": "Houses\n======\n\nLeaves\n"})
    assert "leav" in terms_of(built)["terms"]
    assert "PolicyGlossary" not in built.text("_static/language_data.js")
