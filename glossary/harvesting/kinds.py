"""What sort of expression a term is, by the rules in `kinds.toml`: tried in order, the first that fits decides."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

import msgspec

from glossary.model import Kind
from glossary.quotes import CLOSING, OPENING
from glossary.shorthand import form_of
from glossary.text import simplify

__all__ = ["NEAR", "Case", "Rule", "bare", "decide", "judge", "kind_of", "rules", "tails"]

# How much of the text on either side a rule may look at.
NEAR = 24
# Pages from forums have half-width commas in Chinese text.
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_MARKS = re.compile(f"[{OPENING}{CLOSING}\\s]")


class Rule(msgspec.Struct, frozen=True, gc=False):
    """One rule of `kinds.toml`; what it says of its fields holds here."""

    kind: Kind
    why: str
    words: str = ""
    ends: str = ""
    starts: str = ""
    term: str = ""
    before: str = ""
    after: str = ""
    defined: str = ""
    form: str = ""
    length: tuple[int, int] = (1, 1000)
    quoted: bool | None = None


class Case(msgspec.Struct, frozen=True, gc=False):
    """What a decision is made on: simplified, with full-width punctuation.

    `tails` are the ends of the term, `places` the names of the places that its report speaks of.
    """

    term: str
    flat: str
    tails: frozenset[str]
    before: str = ""
    after: str = ""
    defined: str = ""
    quoted: bool = False
    count: int = 1
    places: frozenset[str] = frozenset()


Check = Callable[[Case], bool]


def kind_of(
    term: str,
    *,
    before: str = "",
    after: str = "",
    quoted: bool = False,
    count: int = 1,
    enumerated: bool = False,
    definition: str = "",
) -> Kind:
    """Tell the kind of an expression from its build and what stands around it.

    >>> kind_of("雪亮工程"), kind_of("四个放在"), kind_of("牛鼻子", quoted=True)
    ('initiative', 'shorthand', 'figurative')
    """
    return decide(
        term,
        before=before,
        after=after,
        quoted=quoted,
        count=count,
        enumerated=enumerated,
        definition=definition,
    )[0]


def decide(
    term: str,
    *,
    before: str = "",
    after: str = "",
    quoted: bool = False,
    count: int = 1,
    enumerated: bool = False,
    definition: str = "",
) -> tuple[Kind, str]:
    """Tell the kind as `kind_of` does, and why.

    >>> decide("全国文明城区")
    ('title', 'its head is an honour')
    """
    return judge(
        Case(
            term=term,
            flat=(flat := bare(simplify(term[:200]))),
            tails=tails(flat),
            before=simplify(before[-NEAR:]).translate(_WIDE),
            after=simplify(after[:NEAR]).translate(_WIDE),
            defined=simplify(definition[:60]),
            quoted=quoted,
            count=count,
        )
    )


def judge(case: Case) -> tuple[Kind, str]:
    """Decide a case that is simplified already."""
    for rule, checks in _tests():
        for fits in checks:
            if not fits(case):
                break
        else:
            return rule.kind, rule.why
    return "other", "no rule fits"


def bare(flat: str) -> str:
    """Leave out quotation marks and blanks.

    >>> bare("“两旧” 改造")
    '两旧改造'
    """
    return flat if flat.isalnum() else _MARKS.sub("", flat)


def tails(flat: str) -> frozenset[str]:
    """Return the proper ends of a term, up to six characters long.

    >>> sorted(tails("雪亮工程"))
    ['亮工程', '工程', '程']
    """
    return frozenset([flat[-size:] for size in range(1, min(7, len(flat)))])


def rules() -> tuple[Rule, ...]:
    """Return the rules in their order, as `kinds.toml` gives them.

    >>> rules()[0].why
    'a five-year plan'
    """
    return tuple(rule for rule, _ in _tests())


_JOINED = re.compile("[^+＋—–-]+(?:[+＋—–-]+[^+＋—–-]+)+")
# 双随机、一公开 is 双随机一公开; 三证合一、一照一码 are both known
_PAUSES = re.compile("[、，·]")
_CLAUSES = re.compile("[，,、；;：]|——")


def _has_form(form: str, case: Case) -> bool:
    if form == "often":
        return case.count > 2
    if form == "local":
        return any(place in case.flat and place != case.flat for place in case.places)
    if form == "plus":
        found = form_of(case.term)
        return found is not None and found.style in ("plus", "digits")
    if form == "shorthand":
        return form_of(case.term) is not None
    if form == "joined":
        return _JOINED.fullmatch(case.flat) is not None
    if form == "clauses":
        if _CLAUSES.search(case.flat) is None:
            return False
        parts = [part for part in _CLAUSES.split(case.flat) if part]
        return len(parts) > 1 and all(len(part) > 1 for part in parts)
    raise ValueError(
        f"kinds.toml: unknown form {form!r}. Known: often, local, plus, shorthand, joined, clauses."
    )


@cache
def _tests() -> tuple[tuple[Rule, tuple[Check, ...]], ...]:
    with files("glossary.harvesting").joinpath("kinds.toml").open("rb") as file:
        table = msgspec.convert(tomllib.load(file)["rule"], list[Rule])
    return tuple((rule, tuple(_checks(rule))) for rule in table)


def _checks(rule: Rule) -> Iterator[Check]:
    """Make of each thing that a rule gives a check, the cheapest first."""
    low, high = rule.length
    if rule.length != (1, 1000):
        yield lambda case: low <= len(case.flat) <= high
    if rule.quoted is not None:
        yield lambda case: case.quoted == rule.quoted
    if rule.words:
        words = frozenset(rule.words.split())
        yield (
            lambda case: (
                case.flat in words
                or _PAUSES.sub("", case.flat) in words
                or words.issuperset(_PAUSES.split(case.flat))
            )
        )
    if rule.ends:
        ends = frozenset(rule.ends.split())
        yield lambda case: not ends.isdisjoint(case.tails)
    if rule.starts:
        starts = tuple(rule.starts.split())
        yield lambda case: case.flat.startswith(starts)
    if rule.term:
        term = re.compile(rule.term)
        yield lambda case: term.fullmatch(case.flat) is not None
    if rule.after:
        after = re.compile(rule.after)
        yield lambda case: after.match(case.after) is not None
    if rule.defined:
        defined = re.compile(rule.defined)
        yield lambda case: defined.search(case.defined) is not None
    if rule.form:
        yield lambda case: _has_form(rule.form, case)
    if rule.before:
        before = re.compile(rule.before)
        yield lambda case: before.search(case.before) is not None
