"""Which head noun a quoted expression is glued to: “两旧”改造, “1+X”人才政策体系; the lists are in `head_nouns.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from glossary.model import Kind
from glossary.shorthand import is_shorthand

__all__ = ["glued", "may_be_glued"]

_NEAR = 20
# 嵌入式, 零发案, 非接触式, 后疫情: attributes of what follows, no names.
_ATTRIBUTE = re.compile(
    ".*[式型性化级制]|[零无非后全超准类多].{1,3}|.*\\+|[^+]+\\+[^+]+|一对[一多]|.{1,4}[—-].{1,4}(?:[—-].{1,4})*"
)


# Behind an attribute nearly any noun is the head: it must be a whole word, not the first half of 社区食堂 or 家庭医生.
_ENDS = re.compile(
    "[^\u3400-\u9fff]|$|[的和与及等了为在受达覆全数率占较已将有得获累共比超完建创推深提增继持均工实项试进更新]"
)


class _Nouns(msgspec.Struct, frozen=True, gc=False):
    modifiers: str
    heads: str
    only_behind_attributes: str
    plain: str


def may_be_glued(quoted: str, kind: Kind) -> bool:
    """Tell at a glance whether an expression can be part of a name: titles, slogans, metaphors and brands are whole.

    >>> may_be_glued("12345", "brand"), may_be_glued("全国文明城区", "title")
    (True, False)
    """
    return kind not in ("title", "slogan", "figurative", "brand") or quoted.isdigit()


def glued(quoted: str, kind: Kind, after: str) -> tuple[int, str]:
    """Return how many characters behind a quote belong to its name, and the head noun that decided (simplified text).

    >>> glued("两旧", "shorthand", "改造受益居民"), glued("1+X", "shorthand", "人才政策体系，打响")
    ((2, '改造'), (6, '政策体系'))
    >>> glued("一网通办", "initiative", "服务。"), glued("雪亮工程", "initiative", "建设")
    ((0, ''), (0, ''))
    """
    always, attributive, plain, ends = _patterns()
    if not may_be_glued(quoted, kind) or ends.search(quoted):
        return 0, ""
    behind_attribute = kind == "shorthand" or is_shorthand(quoted) or _ATTRIBUTE.fullmatch(quoted) is not None
    window = after[:_NEAR]
    heads = (always, attributive)[: 2 if behind_attribute else 1]
    shield = plain.match(window)
    # 工作 shields, but not the longer 工作思路
    if shield and all((found := head.match(window)) is None or found.end() <= shield.end() for head in heads):
        return 0, ""
    best: tuple[int, str] = 0, ""
    for pattern in heads:
        for at in _joints(window):
            found = pattern.match(window, at)
            if pattern is attributive and found and not _ENDS.match(window, found.end()):
                continue
            inner = plain.match(window, at)
            if found and found.end() > best[0] and not (inner and inner.end() >= found.end()):
                best = found.end(), found.group()
    return best


def _joints(window: str) -> list[int]:
    """Return where a head noun may begin: at once, or behind a run of modifiers."""
    modifier = _modifier()
    out, todo = {0}, [0]
    while todo:
        at = todo.pop()
        for length in (1, 2, 3, 4):
            to = at + length
            if to <= len(window) and to not in out and window[at:to] in modifier:
                out.add(to)
                todo.append(to)
    return sorted(out)


@cache
def _nouns() -> _Nouns:
    with files("glossary.harvesting").joinpath("head_nouns.toml").open("rb") as file:
        return msgspec.convert(tomllib.load(file), _Nouns)


@cache
def _modifier() -> frozenset[str]:
    return frozenset(_nouns().modifiers.split())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    nouns = _nouns()

    def longest(words: str) -> str:
        return "|".join(map(re.escape, sorted(words.split(), key=len, reverse=True)))

    return (
        re.compile(longest(nouns.heads)),
        re.compile(longest(nouns.only_behind_attributes)),
        re.compile(longest(nouns.plain)),
        re.compile(f"..(?:{longest(nouns.heads + ' 平台 项目 系统 中心 政策 活动 规划 条')})$"),
    )
