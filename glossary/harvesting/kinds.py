"""What sort of expression a term is, by the rules in `kinds.toml`: tried in order, the first that fits decides."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from glossary.members import form_of
from glossary.model import Kind
from glossary.quotes import CLOSING, OPENING
from glossary.text import simplify

__all__ = ["Rule", "decide", "kind_of", "rules"]

_NEAR = 24
# Pages from forums have half-width commas in Chinese text.
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_MARKS = re.compile(f"[{OPENING}{CLOSING}\\s]")


class Rule(msgspec.Struct, frozen=True):
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


class Case(msgspec.Struct, frozen=True):
    """What a decision is made on, simplified."""

    term: str
    flat: str
    before: str
    after: str
    defined: str
    quoted: bool
    count: int


class _Test(msgspec.Struct, frozen=True):
    rule: Rule
    words: frozenset[str]
    ends: tuple[str, ...]
    starts: tuple[str, ...]
    term: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    defined: re.Pattern[str] | None

    def fits(self, case: Case) -> bool:
        flat, rule = case.flat, self.rule
        return (
            rule.length[0] <= len(flat) <= rule.length[1]
            and (rule.quoted is None or rule.quoted == case.quoted)
            and (not self.words or flat in self.words)
            and (not self.ends or (flat.endswith(self.ends) and flat not in self.ends))
            and (not self.starts or flat.startswith(self.starts))
            and (self.term is None or self.term.fullmatch(flat) is not None)
            and (self.before is None or self.before.search(case.before) is not None)
            and (self.after is None or self.after.match(case.after) is not None)
            and (self.defined is None or self.defined.search(case.defined) is not None)
            and (not rule.form or _has_form(rule.form, case))
        )


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
    case = Case(
        term=term,
        flat=_MARKS.sub("", simplify(term[:200])),
        before=simplify(before[-_NEAR:]).translate(_WIDE),
        after=simplify(after[:_NEAR]).translate(_WIDE),
        defined=simplify(definition[:60]),
        quoted=quoted,
        count=count,
    )
    for test in _tests():
        if test.fits(case):
            return test.rule.kind, test.rule.why
    return "other", "no rule fits"


def rules() -> tuple[Rule, ...]:
    """Return the rules in their order, as `kinds.toml` gives them.

    >>> rules()[0].why
    'a five-year plan'
    """
    return tuple(test.rule for test in _tests())


_CLAUSES = re.compile("[，,、；;：]|——")


def _has_form(form: str, case: Case) -> bool:
    if form == "often":
        return case.count > 2
    if form == "plus":
        found = form_of(case.term)
        return found is not None and found.style in ("plus", "digits")
    if form == "shorthand":
        return form_of(case.term) is not None
    if form == "joined":
        return bool(re.fullmatch("[^+＋—–-]+(?:[+＋—–-]+[^+＋—–-]+)+", case.flat))
    if form == "clauses":
        parts = [part for part in _CLAUSES.split(case.flat) if part]
        return len(parts) > 1 and all(len(part) > 1 for part in parts)
    raise ValueError(f"kinds.toml: unknown form {form!r}. Known: often, plus, shorthand, joined, clauses.")


@cache
def _tests() -> tuple[_Test, ...]:
    with files("glossary.harvesting").joinpath("kinds.toml").open("rb") as file:
        table = msgspec.convert(tomllib.load(file)["rule"], list[Rule])

    def made(pattern: str) -> re.Pattern[str] | None:
        return re.compile(pattern) if pattern else None

    return tuple(
        _Test(
            rule,
            frozenset(rule.words.split()),
            tuple(rule.ends.split()),
            tuple(rule.starts.split()),
            made(rule.term),
            made(rule.before),
            made(rule.after),
            made(rule.defined),
        )
        for rule in table
    )
