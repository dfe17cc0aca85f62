"""Everyday words, and where a text parts into them."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.words import everyday, kind_of, path

texts = st.text("推进一网通办改革发展，5G𠮷\ud800", max_size=12)


def parted(text, known=None, **how):
    return [text[start:stop] for start, stop in path(text, known or {}, **how)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("整合联网格局", ["整合", "联网", "格局"]),
        ("推进城市发展", ["推进", "城市", "发展"]),
        ("5G", ["5", "G"]),
        ("", []),
    ],
)
def test_words(text, words):
    assert parted(text) == words


def test_known_spans_are_words_if_they_pay():
    assert parted("推进双减工作", {(2, 4): -9.0}) == ["推进", "双减", "工作"]
    assert "网格" not in parted("联网格局", {(1, 3): -18.0})


def test_barred_words_are_none():
    assert parted("危房改造") == ["危房改造"]
    assert parted("危房改造", barred=lambda start, end: end - start == 4) == ["危房", "改造"]


def test_kinds():
    assert kind_of("一网打尽") == "i"
    assert kind_of("没有这个词") == ""


@given(texts)
def test_the_words_make_the_text(text):
    assert "".join(parted(text)) == text


@given(texts, st.integers(0, 11), st.integers(1, 4))
def test_each_is_a_word_or_one_character_or_known(text, start, length):
    known = {(start, start + length): -5.0} if start + length <= len(text) else {}
    for first, stop in path(text, known):
        assert stop - first == 1 or text[first:stop] in everyday() or (first, stop) in known


def test_jieba_itself_is_not_imported():
    code = "import sys; from glossary.words import everyday; everyday(); print('jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_the_table_of_pairs_rules_out_no_word():
    import numpy  # noqa: F401

    from glossary.words import everyday, may_meet

    words = sorted(everyday())[::7]
    assert all(may_meet(left, right) for word in words for left, right in pairwise(word))
    # and most of what is no word: else it would be of no use
    strangers = [one[-1] + other[0] for one, other in zip(words, reversed(words), strict=True)]
    assert sum(may_meet(*pair) for pair in strangers) < len(strangers) / 2
