"""Numerals and letters at the edges of a form."""

import pytest

from glossary.numerals import counts, glued, has_numeral_edge, is_amount, may_be_glued

GLUED = [
    ("第", "三会", "议室"),
    ("十", "三会", ""),
    ("1", "5G", ""),
    ("", "5G", "b"),
    ("n+", "1+x", ""),
    ("", "1+x", "+n"),
    ("", "四个一", "批"),
    ("", "四个一", "百"),
    ("3", "个转企", ""),
    ("", "河长", "36公里"),
    ("", "工业4.0", "个百分点"),
    ("3.", "5g", ""),
    ("六个项目中", "四个放在", "乡镇"),
]
LOOSE = [
    ("推进", "三会", "制度"),
    ("统一", "一网通办", "平台"),
    ("", "十四五", "期间"),
    ("", "互联网+", "政务"),
    ("", "多规合一", "一张图"),
    ("", "河长", "巡河"),
    ("集中", "四个放在", ""),
    ("（1）", "5g", "网络"),
    ("", "5g", ""),
]


@pytest.mark.parametrize(("before", "name", "after"), GLUED)
def test_glued(before, name, after):
    assert glued(before, name, after)
    assert has_numeral_edge(name)
    # the quick question never overlooks what the thorough one finds
    assert may_be_glued(before[-1:], after[:1])


@pytest.mark.parametrize(("before", "name", "after"), LOOSE)
def test_loose(before, name, after):
    assert not glued(before, name, after)


@pytest.mark.parametrize("name", ["一网通办", "双碳", "雪亮工程"])
def test_names_without_numerals(name):
    assert has_numeral_edge(name) == (name[0] == "一")


@pytest.mark.parametrize(
    ("before", "after", "counted"),
    [
        ("", "样板道路", True),
        ("改造农村公路", "", True),
        ("征集意见", "，", True),
        ("出台", "", False),
        ("落实", "和细则", False),
        ("", "", False),
        ("，", "。", False),
    ],
)
def test_amounts(before, after, counted):
    assert counts(before, after) is counted


def test_what_is_an_amount():
    assert [name for name in ("27条", "100万", "十条", "惠企十条", "12345", "四个一") if is_amount(name)] == [
        "27条",
        "100万",
        "十条",
    ]
