"""The written forms of a headword, folded: as a text may write it that doesn't write it as the dictionary does.

Folding (`text.fold`) already takes away differences of width, case and script. What is left are forms with other
characters: without quotation marks, the quoted part alone, and the wording of Taiwan, into which web pages are
converted by phrase (應用 → 套用), not by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

import msgspec

from glossary.model import Entry
from glossary.quotes import CLOSING, OPENING, quoted_spans
from glossary.text import UNFIT, compact, fold, is_han

__all__ = ["Form", "bare_key", "distance", "forms", "key_of", "names_of", "owners"]

# The wording of pages converted by machine for readers in Taiwan, as it occurs, beyond OpenCC's own phrases:
# mainland word, Taiwan word. Folded, so both sides in simplified characters.
_TAIWAN = """
应用 套用|优化 最佳化|智能 智慧型|人工智能 人工智慧|互联网 网际网路|网络 网路|网格 格线|群众 民众|计划 计画|知识产权 智慧财产权
数字化 数位化|数字 数位|小学 国小|初中 国中|高中 高中|营销 行销|信息 资讯|信息化 资讯化|数据 资料|软件 软体|硬件 硬体|质量 品质
项目 专案|平台 平台|人才 人才|渠道 管道|公共汽车 公车|出租车 计程车|幼儿园 幼稚园|养老 安养|社区 社区|屏幕 萤幕|视频 影片|短信 简讯
博客 部落格|搜索 搜寻|默认 预设|程序 程式|服务器 伺服器|集成 整合|集成电路 积体电路|芯片 晶片|光盘 光碟|打印 列印|激光 雷射|纳米 奈米
窗口 视窗|文件 档案|创意产业 创意产业|移动 行动|移动互联网 行动网际网路|存储 储存|云计算 云端计算|区块链 区块链|大数据 大资料|共享 共用|普惠 普惠|机器人 机器人
"""
_DISTANCES = {None: 0, "quotes": 1, "variant": 2, "taiwan": 3, "part": 4}
# Pages don't convert every word: all mixtures are forms, up to this many words.
_MIXED = 3


class Form(msgspec.Struct, frozen=True, gc=False):
    """A folded form to look for; `lead` and `trail` characters of it are context and no part of the mention.

    `how` says how it differs from the headword: `None`, "quotes", "variant", "taiwan" or "part".
    """

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
    return re.compile(f"({'|'.join(map(re.escape, names))})"), table


def distance(form: Form) -> int:
    """Return how far a form is from its headword; where entries have a form in common, the closest owns it."""
    return _DISTANCES[form.how]


def key_of(text: str) -> str:
    """Return the key under which a written form is looked up: folded, without blanks and quotation marks.

    >>> key_of("「雪亮」工程") == key_of("雪亮 工程")
    True
    """
    return compact(text)[0].replace('"', "")


# 双随机、一公开; 人民城市人民建，…. A point in 2.5 and the plus of 1+X are no punctuation.
_PUNCTUATION = "[、，。；：！？·…—（）《》〈〉【】〔〕,;:!?()\\[\\]<>_/~-]|(?<![0-9])[.]|[.](?![0-9])"


def bare_key(text: str) -> str:
    """Return the key of a written form without any punctuation.

    >>> bare_key("“双随机、一公开”"), bare_key("PM2.5"), bare_key("1+X")
    ('双随机一公开', 'pm2.5', '1+x')
    """
    key = key_of(text)
    return _punctuation().sub("", key) or key


@cache
def _punctuation() -> re.Pattern[str]:
    # made when it is needed: it takes longer than a look-up
    return re.compile(_PUNCTUATION)


def forms(headword: str, variants: tuple[str, ...] = ()) -> list[Form]:
    """Return the forms of a headword that a scanner should look for, each once, the closest first.

    >>> [(form.text, form.how) for form in forms("“两旧”改造")]
    [('"两旧"改造', None), ('两旧改造', 'quotes'), ('"两旧"', 'part')]
    >>> [(form.text, form.how) for form in forms("互联网+政务服务")]
    [('互联网+政务服务', None), ('网际网路+政务服务', 'taiwan')]
    """
    found = [*_forms(headword, None), *(form for variant in variants for form in _forms(variant, "variant"))]
    found.sort(key=distance)
    out: dict[str, Form] = {}
    for form in found:
        out.setdefault(form.text, form)
    return list(out.values())


def owners(entries: Mapping[str, Entry]) -> Iterator[tuple[Form, Entry]]:
    """Yield every form of every entry, each once, with the entry it names.

    Where entries have a form in common the closer owns it, then the headword first in order: a name of its own is
    never taken for a part of another. The order of `entries` doesn't matter.
    """
    best: dict[str, tuple[int, str, Form]] = {}
    for headword in sorted(entries):
        for form in forms(headword, entries[headword].variants):
            known = best.get(form.text)
            if known is None or distance(form) < known[0]:
                best[form.text] = distance(form), headword, form
    for _, headword, form in best.values():
        yield form, entries[headword]


def names_of(owned: Iterable[tuple[Form, Entry]]) -> dict[str, list[str]]:
    """Map the key of each written form, with and without punctuation, to the headwords that it names, the owner first.

    `owned` is what `owners` yields.

    >>> names_of(owners({"双随机、一公开": Entry(headword="双随机、一公开")}))
    {'双随机、一公开': ['双随机、一公开'], '双随机一公开': ['双随机、一公开']}
    """
    names: dict[str, list[str]] = {}
    for form, entry in sorted(owned, key=lambda pair: distance(pair[0])):
        named = names.setdefault(form.text.replace('"', ""), [])
        if entry.headword not in named:
            named.append(entry.headword)
    for key, headwords in list(names.items()):
        bare = bare_key(key)
        if bare != key:
            named = names.setdefault(bare, [])
            named += [headword for headword in headwords if headword not in named]
    return names


def _forms(written: str, how: str | None) -> Iterator[Form]:
    whole = compact(written)[0]
    plain = whole.replace('"', "")
    if not any(map(str.isalnum, plain)) or UNFIT.search(plain):
        # a variant that is a mere comma would be found at every comma
        return
    yield Form(whole, how)
    if plain != whole:
        yield Form(plain, how or "quotes")
    for text in (*_taiwan_forms(whole), *(_taiwan_forms(plain) if plain != whole else ())):
        yield Form(text, "taiwan")
    part = _quoted_part(written)
    if not part:
        return
    if sum(map(is_han, part)) >= 4:
        yield Form(part, "part")
    else:
        # two or three characters are told as a name by their quotes only
        yield Form(f'"{part}"', "part", 1, 1)


def _taiwan_forms(plain: str) -> Iterator[str]:
    pattern, table = _taiwan()
    pieces = pattern.split(plain)
    words = pieces[1::2]
    if not words:
        return
    choices = [(table[word],) if len(words) > _MIXED else (table[word], word) for word in words]
    for chosen in product(*choices):
        pieces[1::2] = chosen
        text = "".join(pieces)
        if text != plain:
            yield text


def _quoted_part(written: str) -> str:
    """Return the quoted part of “两旧”改造, folded; empty where there is none or it isn't a name by itself.

    What stands before it is part of the name (民生“微实事”), and “双高”“双普” are two names.
    """
    if not any(mark in written for mark in OPENING + CLOSING):
        return ""
    spans = quoted_spans(written)
    if len(spans) != 1 or spans[0][0] != 1:
        return ""
    part = compact(written[slice(*spans[0])])[0].replace('"', "")
    return part if len(part) + 2 < len(compact(written)[0]) else ""
