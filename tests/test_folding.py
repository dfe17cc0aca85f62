"""Folding as a thing that can be kept in a file, and texts made compact; what becomes of each character is in test_text."""

import sys
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_text import texts

from glossary.folding import Folding, compact, fold, folding, key_of
from glossary.text import BLANKS, QUOTE_MARKS, is_han


@given(texts)
def test_compact_offsets_lead_back(text):
    flat, offsets = compact(text)
    assert len(flat) == len(offsets)
    assert list(offsets) == sorted(set(offsets))
    assert [fold(text[at]) for at in offsets] == list(flat)
    dropped = {text[at] for at in range(len(text)) if at not in set(offsets)}
    assert dropped <= {*BLANKS, *QUOTE_MARKS, "\0"}
    assert not any(char.isalnum() or is_han(char) for char in dropped)


@given(texts)
def test_compact_is_the_folded_text_without_what_is_left_out(text):
    left_out = {*BLANKS, *QUOTE_MARKS, "\0"}
    assert compact(text)[0] == "".join(fold(char) for char in text if char not in left_out)


@given(texts, st.integers(0, 60))
def test_numpy_and_the_standard_library_fold_alike(text, blanks):
    text = (text + " 雙碳𠮷" + " " * blanks) * 40
    long = text * (1 + 1000 // len(text))
    with mock.patch.dict(sys.modules):
        sys.modules.pop("numpy", None)
        slow_fold, (slow_flat, slow_offsets) = fold(long), compact(long)
    import numpy  # noqa: F401

    assert slow_fold == fold(long)
    flat, offsets = compact(long)
    assert (slow_flat, list(slow_offsets)) == (flat, list(offsets))


def test_every_blank_is_left_out():
    white = [chr(code) for code in range(0x110000) if chr(code).isspace()]
    assert set(white) <= set(BLANKS)
    assert compact("一\u200b网\ufeff\u00ad通\ufe0f\r\n办\u3000")[0] == "一网通办"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # what converters and standards write for one character of the mainland
        ("征集", "徵集"),
        ("了解", "瞭解"),
        ("关于", "關於"),
        ("卫生", "衞生"),
        ("计划", "計畫"),
        ("台账", "臺帳"),
        ("答复", "答覆"),
        ("抬升", "擡升"),
        ("群众路线", "羣衆路綫"),
        ("扎实", "紮實"),
        # one key, whatever the quotation marks
        ("雪亮工程", "“雪亮”工程"),
        ("雪亮工程", "「雪亮」 工程"),
    ],
)
def test_alike(one, other):
    assert key_of(one) == key_of(other)


def test_what_is_folded_stays():
    for code in range(0x3400, 0xA000):
        assert fold(fold(chr(code))) == fold(chr(code))


@given(texts)
def test_a_folding_is_read_back(text):
    kept = Folding.load(folding().dump())
    assert kept.fold(text) == fold(text)
    flat, offsets = kept.compact(text)
    assert (flat, list(offsets)) == (compact(text)[0], list(compact(text)[1]))


@pytest.mark.parametrize("dumped", [b"", b"x", folding().dump()[:-5]])
def test_what_is_no_folding_is_refused(dumped):
    with pytest.raises(ValueError, match="not a folding"):
        Folding.load(dumped)
