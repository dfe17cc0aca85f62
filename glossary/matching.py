"""Matching: where the entries of a glossary are named in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from glossary.folding import Folding, folding
from glossary.judgement import WORD, Judge, doubts
from glossary.model import Entry, Mention, Sense
from glossary.scanner import Scanner
from glossary.senses import best_sense
from glossary.text import BLANK, NARROW, QUOTE_MARKS
from glossary.variants import Form, owners

__all__ = ["Matcher", "Pattern", "patterns_of"]

_BLANKS = re.compile(f"[{BLANK}]+")
_QUOTES = re.compile(f"[{re.escape(QUOTE_MARKS)}]")


class Pattern(msgspec.Struct, frozen=True, gc=False):
    """What to look for in a text: a form, the headword that it names, and what about it may deceive (`judgement`)."""

    text: str
    headword: str
    how: str | None
    doubts: int


def patterns_of(owned: Iterable[tuple[Form, Entry]]) -> list[Pattern]:
    """Return what to look for in a text, each form once; `owned` is what `variants.owners` yields."""
    return [
        Pattern(form.text, entry.headword, form.how, doubts(_told(form, entry), entry.headword))
        for form, entry in owned
    ]


def _told(form: Form, entry: Entry) -> Form:
    """Return a form as it tells its entry.

    A name of two characters that was only quoted somewhere (减量, 身边) and never explained is one in quotes only.
    """
    if not entry.senses or any(sense.definition for sense in entry.senses) or form.how == "variant":
        return form
    return form if len(form.text) > 2 else msgspec.structs.replace(form, quoted=True)


class Matcher:
    """Entries made ready for matching: the forms to look for, whose they are, and one scanner over all of them."""

    def __init__(
        self,
        scanner: Scanner,
        entry: Callable[[int], Entry],
        hows: Sequence[str | None],
        doubts: Sequence[int],
        folding: Folding,
    ) -> None:
        """Make a matcher of a scanner and, by the place of each of its patterns, the entry, how, and the doubts."""
        self._scanner = scanner
        self._entry = entry
        self._hows = hows
        self._doubts = doubts
        self._folding = folding

    @classmethod
    def of(cls, entries: Mapping[str, Entry], *, engine: str | None = None) -> Matcher:
        """Make a matcher of entries."""
        patterns = patterns_of(owners(entries))
        return cls(
            Scanner([pattern.text for pattern in patterns], engine=engine),
            [entries[pattern.headword] for pattern in patterns].__getitem__,
            [pattern.how for pattern in patterns],
            bytes(pattern.doubts for pattern in patterns),
            folding(),
        )

    def mentions(
        self, text: str, *, region: str | None = None, year: int | None = None, every: bool = False
    ) -> list[Mention]:
        """Return the mentions in a text, by start, the longer first.

        Without `every`, what begins inside a mention is passed over. What doesn't stand as a name is out before
        this: a long form that is refused must not hide a short one in it.
        """
        flat, offsets = self._folding.compact(text)
        judge = Judge(text, flat, offsets, self._folding, lambda index: self._entry(index).headword)
        doubts = self._doubts
        # what is written alike is named alike
        known: dict[str, tuple[Entry, Sense | None, str | None]] = {}
        mentions: list[Mention] = []
        done = 0
        for start, end, index in self._scanner.overlapping(flat):
            if start < done and not every:
                continue
            first, stop = offsets[start], offsets[end - 1] + 1
            doubt = doubts[index]
            if end <= done:
                # nested in what was accepted: known characters don't meet by chance
                doubt &= ~WORD
            if doubt or stop - first != end - start:
                span = judge.span(start, end, doubt, index)
                if span is None:
                    continue
                first, stop = span
            done = max(done, end)
            surface = text[first:stop]
            named = known.get(surface)
            if named is None:
                entry = self._entry(index)
                sense = best_sense(entry, region=region, year=year)
                same = surface == entry.headword
                how = None if same else self._variant(surface, entry.headword, self._hows[index])
                named = known[surface] = entry, sense, how
            mentions.append(Mention(first, stop, surface, *named))
        if every:
            # a quotation mark that was taken in may lie before the beginning of another mention
            mentions.sort(key=lambda mention: (mention.start, -mention.end))
        return mentions

    def _variant(self, surface: str, headword: str, how: str | None) -> str:
        """Say how a surface differs from the headword; of several ways, the one that is further from it."""
        if how:
            return how

        simplified = self._folding.simplify
        plain = simplified(surface)
        script = "traditional" if plain != surface else "simplified"
        if plain == headword or plain == simplified(headword):
            return script
        ways: list[tuple[str, Callable[[str], str]]] = [
            ("spacing", lambda written: _BLANKS.sub("", written)),
            ("width", lambda written: written.translate(NARROW)),
            ("case", str.lower),
            ("quotes", lambda written: _QUOTES.sub("", written)),
            (script, simplified),
        ]
        for name, fold_away in ways:
            surface, headword = fold_away(surface), fold_away(headword)
            if surface == headword:
                return name
        return "marks"
