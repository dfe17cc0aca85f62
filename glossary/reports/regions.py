"""Administrative names: from the part of a name that a report gives to the whole.

Source: `regions.txt`, an outline of the units of the People's Republic of China in force and of those abolished or
renamed since about 2000 (GB/T 2260; its head says how it was made and checked).
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterable
from functools import cache

from glossary.text import simplify

__all__ = ["complete", "places"]

Path = tuple[str, ...]
_PROVINCE = re.compile("(?:省|市|(?:维吾尔|壮族|回族)?自治区|特别行政区)$")
_PREFECTURE = re.compile("(?:[\u4e00-\u9fff]{1,4}族)*自治州$")
# Names that are units somewhere and everyday words everywhere.
_GENERIC = frozenset(("市区", "新区", "郊区", "城区", "矿区", "市中区", "城关区", "开发区"))


@cache
def units() -> dict[str, tuple[tuple[Path, bool], ...]]:
    """Return for each name the units that bear it: the path from the province down, and if it is in force.

    Short forms that reports use are names too: 上海 before a district, 红河州.
    """
    found: dict[str, dict[Path, bool]] = {}
    path: list[str] = []
    text = importlib.resources.files("glossary.reports").joinpath("regions.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        depth = len(line) - len(line.lstrip("\t"))
        name, gone = line.strip().removesuffix(" -"), line.endswith(" -")
        path[depth:] = [name]
        whole = tuple(path)
        names = [name]
        if depth == 0:
            names.append(_PROVINCE.sub("", name))
        if _PREFECTURE.search(name):
            names.append(_PREFECTURE.sub("", name) + "州")
        for each in names:
            if each not in _GENERIC:
                known = found.setdefault(each, {})
                known[whole] = known.get(whole, False) or not gone
    return {name: tuple(paths.items()) for name, paths in found.items()}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(units(), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, names)))


def places(text: str) -> list[Path]:
    """Return the chains of place names in a text, in order: 上海市黄浦区 is one chain of two names.

    >>> places("在上海市黄浦区第三届人民代表大会上")
    [('上海市', '黄浦区')]
    """
    chains: list[list[str]] = []
    last = -1
    for found in _pattern().finditer(simplify(text)):
        if found.start() == last:
            chains[-1].append(found.group())
        else:
            chains.append([found.group()])
        last = found.end()
    return [tuple(chain) for chain in chains]


def complete(text: str, context: str = "") -> str | None:
    """Complete the first place name of a text to its full form, province first, in simplified characters.

    A name that several units bear is settled by the other names of the chain, then by what `context` names, then by
    which unit is in force; what stays ambiguous is given as printed. `None` where the text names no place.

    >>> complete("虹口区人民政府"), complete("鄂伦春自治旗第十二届人民代表大会")
    ('上海市虹口区', '内蒙古自治区呼伦贝尔市鄂伦春自治旗')
    """
    chains = [chain for chain in places(text) if _is_unit(chain)]
    if not chains:
        return None
    # 江苏苏州市吴江区 before a bare 江苏省
    chain = max(chains[:2], key=lambda chain: max(len(path) for path, _ in units()[chain[-1]]))
    known = units()[chain[-1]]
    fits = [(path, live) for path, live in known if _within(chain[:-1], path)]
    if not fits:
        return "".join(chain)
    if len(fits) > 1:
        named = {name for other in places(context) for name in other}
        scores = [sum(_names(path[i]) & named != set() for i in range(len(path) - 1)) for path, _ in fits]
        fits = [fit for fit, score in zip(fits, scores, strict=True) if score == max(scores)]
    if len(fits) > 1:
        fits = [fit for fit in fits if fit[1]] or fits
    return "".join(fits[0][0]) if len(fits) == 1 else "".join(chain)


def _is_unit(chain: Path) -> bool:
    """Leave out a bare 上海 or 河南, which may be part of another name (河南路)."""
    return any(name == path[-1] or name.endswith("州") for name in chain[-1:] for path, _ in units()[name])


def _names(name: str) -> set[str]:
    return {name, _PROVINCE.sub("", name), _PREFECTURE.sub("", name) + "州"}


def _within(names: Iterable[str], path: Path) -> bool:
    return all(any(name in _names(part) for part in path) for name in names)
