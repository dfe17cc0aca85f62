"""Words over the edges of a form."""

import pytest

from glossary.boundaries import cut_by_a_word


@pytest.mark.parametrize(
    ("before", "name", "after", "cut"),
    [
        ("整合联", "网格", "局", True),
        ("深化", "网格", "化管理", False),
        ("农村危", "房改", "造", True),
        ("推进", "房改", "工作", False),
        ("运用", "大数据", "分析", False),
        ("", "一网", "打尽", True),
        ("", "小微", "企业", False),
        ("推进", "双减", "", False),
        ("", "双减", "", False),
        ("𠮷", "双减", "𠮷", False),
    ],
)
def test_cut(before, name, after, cut):
    assert cut_by_a_word(before, name, after) is cut
