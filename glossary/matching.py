"""Matching: where the entries of a glossary are named in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from glossary.folding import Folding, folding
from glossary.judgement import EDGE, PARTING, WORD, Judge, beyond_doubt, doubts
from glossary.model import Entry, Mention, Sense
from glossary.scanner import Scanner
from glossary.senses import best_sense
from glossary.text import BLANK, NARROW, QUOTE_MARKS
from glossary.variants import Form, Owned, is_only_quoted, owners

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Matcher", "Pattern", "patterns_of"]

_BLANKS = re.compile(f"[{BLANK}]+")
_QUOTES = re.compile(f"[{re.escape(QUOTE_MARKS)}]")


class Pattern(msgspec.Struct, frozen=True, gc=False):
    """What to look for in a text: a form, the headword that it names, and what about it may deceive (`judgement`)."""

    text: str
    headword: str
    how: str | None
    doubts: int


def patterns_of(owned: Iterable[Owned]) -> list[Pattern]:
    """Return what to look for in a text, each form once; `owned` is what `variants.owners` yields."""
    return [
        Pattern(form.text, entry.headword, form.how, doubts(_told(form, entry), entry.headword))
        for _, _, (form, entry) in owned
    ]


def _told(form: Form, entry: Entry) -> Form:
    """Return a form as it tells its entry.

    A name of two characters that was only quoted somewhere (减量, 身边) and never explained is one in quotes only.
    """
    if not is_only_quoted(entry) or form.how == "variant":
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
        # what is written alike is named alike
        known: dict[str, tuple[Entry, Sense | None, str | None]] = {}
        mentions: list[Mention] = []
        for _, first, stop, index in self.places(text, every=every):
            surface = text[first:stop]
            named = known.get(surface)
            if named is None:
                named = known[surface] = self.named(surface, index, region=region, year=year)
            mentions.append(Mention(first, stop, surface, *named))
        if every:
            # a quotation mark that was taken in may lie before the beginning of another mention
            mentions.sort(key=lambda mention: (mention.start, -mention.end))
        return mentions

    def places(
        self, text: str, ends: Sequence[int] | None = None, *, every: bool = False
    ) -> list[tuple[int, int, int, int]]:
        """Return where forms stand as names: number of the text, start, end, and which form, by start.

        `text` may be several texts put together, which end at `ends`: one scan over many short texts is faster than
        many scans. Each is judged by itself, as if it were alone, so the answer is the same; `start` and `end` are
        of the whole. `every` is that of `mentions`.
        """
        flat, offsets = self._folding.compact(text)
        limits = _limits(offsets, len(text), ends)
        doubts = self._doubts
        places: list[tuple[int, int, int, int]] = []
        number = -1
        flat_end = text_start = flat_start = done = 0
        judge: Judge | None = None
        for start, end, index in self._scanner.overlapping(flat):
            if start < done and not every:
                continue
            while start >= flat_end:
                number += 1
                text_start, flat_start, flat_end = limits[number]
                judge, done = None, 0
            if end > flat_end:
                # from one text into the next
                continue
            first, stop = offsets[start], offsets[end - 1] + 1
            doubt = doubts[index]
            if end <= done:
                # nested in what was accepted: known characters don't meet by chance
                doubt &= ~WORD
            whole = stop - first == end - start
            if doubt and whole and not doubt & ~(EDGE | WORD):
                # most often the characters that touch it settle it
                left = right = ""
                told = True
                if start > flat_start and offsets[start - 1] == first - 1:
                    left = flat[start - 1]
                elif doubt == EDGE | WORD:
                    # it may begin a quote
                    told = False
                elif start > flat_start:
                    told = text[first - 1] in PARTING
                if end < flat_end:
                    if offsets[end] == stop:
                        right = flat[end]
                    else:
                        told = told and text[stop] in PARTING
                if told and beyond_doubt(left, flat[start], flat[end - 1], right, doubt):
                    doubt = 0
            if doubt or not whole:
                if judge is None:
                    text_end = limits[number + 1][0] if number + 1 < len(limits) else len(text)
                    judge = Judge(
                        text[text_start:text_end],
                        flat[flat_start:flat_end],
                        _from(offsets, text_start, flat_start, flat_end),
                        self._folding,
                        self._headword,
                    )
                span = judge.span(start - flat_start, end - flat_start, doubt, index)
                if span is None:
                    continue
                first, stop = span[0] + text_start, span[1] + text_start
            done = max(done, end)
            places.append((number, first, stop, index))
        return places

    def named(
        self, surface: str, index: int, *, region: str | None = None, year: int | None = None
    ) -> tuple[Entry, Sense | None, str | None]:
        """Return what a form names where it is written so: the entry, the sense that fits best, and how it differs."""
        entry = self._entry(index)
        sense = best_sense(entry, region=region, year=year)
        same = surface == entry.headword
        return entry, sense, None if same else self._variant(surface, entry.headword, self._hows[index])

    def _headword(self, index: int) -> str:
        return self._entry(index).headword

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


def _limits(offsets: Sequence[int], length: int, ends: Sequence[int] | None) -> list[tuple[int, int, int]]:
    """Return where each of several texts begins in the whole, and where it begins and ends in the compact whole."""
    if ends is None or len(ends) == 1:
        return [(0, 0, len(offsets))]
    starts = [0, *ends[:-1]]
    if isinstance(offsets, range):
        return list(zip(starts, starts, ends, strict=True))
    if isinstance(offsets, memoryview):
        import numpy as np

        flat: list[int] = np.searchsorted(np.asarray(offsets), starts).tolist()
    else:
        flat = [bisect_left(offsets, start) for start in starts]
    return list(zip(starts, flat, [*flat[1:], len(offsets)], strict=True))


def _from(offsets: Sequence[int], text_start: int, first: int, stop: int) -> Sequence[int]:
    """Return the offsets of one of several texts as they are when it is alone."""
    if not text_start and len(offsets) == stop - first:
        return offsets
    if isinstance(offsets, range):
        return range(stop - first)
    if isinstance(offsets, memoryview):
        import numpy as np

        alone: NDArray[np.int64] = np.asarray(offsets[first:stop]) - text_start
        return alone.data
    return [offset - text_start for offset in offsets[first:stop]]
