"""The written forms of a headword, folded: as a text may write it that doesn't write it as the dictionary does.

Folding (`text.fold`) already takes away differences of width, case and script. What is left are forms with other
characters: without quotation marks, the quoted part alone, and the wording of Taiwan, into which web pages are
converted by phrase (應用 → 套用), not by character.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from glossary.quotes import CLOSING, OPENING, quoted_spans
from glossary.text import compact, fold

__all__ = ["Form", "forms", "key_of"]

# The wording of pages converted by machine for readers in Taiwan, as it occurs, beyond OpenCC's own phrases:
# mainland word, Taiwan word. Folded, so both sides in simplified characters.
_TAIWAN = """
应用 套用|优化 最佳化|智能 智慧型|人工智能 人工智慧|互联网 网际网路|网络 网路|网格 格线|群众 民众|计划 计画|知识产权 智慧财产权
数字化 数位化|数字 数位|小学 国小|初中 国中|高中 高中|营销 行销|信息 资讯|信息化 资讯化|数据 资料|软件 软体|硬件 硬体|质量 品质
项目 专案|平台 平台|人才 人才|渠道 管道|公共汽车 公车|出租车 计程车|幼儿园 幼稚园|养老 安养|社区 社区|屏幕 萤幕|视频 影片|短信 简讯
博客 部落格|搜索 搜寻|默认 预设|程序 程式|服务器 伺服器|集成 整合|集成电路 积体电路|芯片 晶片|光盘 光碟|打印 列印|激光 雷射|纳米 奈米
创意产业 创意产业|移动 行动|移动互联网 行动网际网路|存储 储存|云计算 云端计算|区块链 区块链|大数据 大资料|共享 共用|普惠 普惠|机器人 机器人
"""
_HAN = re.compile("[\u3400-\u9fff]")


class Form(msgspec.Struct, frozen=True):
    """A folded form to look for; `lead` and `trail` characters of it are context and no part of the mention."""

    text: str
    how: str | None
    lead: int = 0
    trail: int = 0


@cache
def _taiwan() -> tuple[re.Pattern[str], dict[str, str]]:
    words = dict(
        pair.split(" ", 1) for line in _TAIWAN.split("\n") for pair in line.split("|") if pair.strip()
    )
    table = {fold(mainland): fold(taiwan) for mainland, taiwan in words.items() if mainland != taiwan}
    names = sorted(table, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, names))), table


def key_of(text: str) -> str:
    """Return the key under which a written form is looked up: folded, without blanks and quotation marks.

    >>> key_of("「雪亮」工程") == key_of("雪亮 工程")
    True
    """
    return compact(text)[0].replace('"', "")


def forms(headword: str, variants: tuple[str, ...] = ()) -> list[Form]:
    """Return the forms of a headword that a scanner should look for, each once, the closest first.

    >>> [(form.text, form.how) for form in forms("“两旧”改造")]
    [('"两旧"改造', None), ('两旧改造', 'quotes'), ('"两旧"', 'part')]
    >>> [(form.text, form.how) for form in forms("互联网+政务服务")]
    [('互联网+政务服务', None), ('网际网路+政务服务', 'taiwan')]
    """
    out: dict[str, Form] = {}

    def add(text: str, how: str | None, lead: int = 0, trail: int = 0) -> None:
        if len(text) - lead - trail >= 1 and text not in out:
            out[text] = Form(text, how, lead, trail)

    for written, how in ((headword, None), *((variant, "variant") for variant in variants)):
        whole = compact(written)[0]
        add(whole, how)
        plain = whole.replace('"', "")
        add(plain, how or "quotes")
        for text, way in _taiwan_forms(plain):
            add(text, how or way)
        if any(mark in written for mark in OPENING + CLOSING):
            _add_part(written, add)
    return list(out.values())


def _taiwan_forms(plain: str) -> list[tuple[str, str]]:
    pattern, table = _taiwan()
    if not pattern.search(plain):
        return []
    return [(pattern.sub(lambda found: table[found.group()], plain), "taiwan")]


def _add_part(written: str, add: object) -> None:
    """Add the quoted part of “两旧”改造: bare where it is long enough to be told, else only in its quotes."""
    spans = [(a, b) for a, b in quoted_spans(written)]
    if len(spans) != 1 or spans[0][0] != 1:
        # 民生“微实事”: what stands before is part of the name; “双高”“双普” are two names
        return
    part = compact(written[spans[0][0] : spans[0][1]])[0].replace('"', "")
    assert callable(add)
    if len(_HAN.findall(part)) >= 4:
        add(part, "part")
    else:
        add(f'"{part}"', "part", 1, 1)
