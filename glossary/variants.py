"""The written forms of a headword, folded: as a text may write it that doesn't write it as the dictionary does.

Folding takes away differences of width, case and script, blanks and quotation marks. What is left are forms with other
characters: other separators (双随机、一公开 双随机一公开), the short name that a definition gives, the quoted part
alone, and the wording of Taiwan, into which web pages are converted by phrase (應用 → 套用), not by character.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import NamedTuple

import msgspec

from glossary.conversions import phrases
from glossary.folding import fold, key_of
from glossary.model import Entry
from glossary.quotes import CLOSING, OPENING, quoted_spans
from glossary.text import UNFIT, is_han
from glossary.words import everyday

__all__ = [
    "PUNCTUATION",
    "Form",
    "Owned",
    "bare_key",
    "distance",
    "forms",
    "is_only_quoted",
    "names_of",
    "owners",
    "short_names",
    "unpunctuated",
]

_DISTANCES = {None: 0, "variant": 1, "marks": 2, "short": 3, "taiwan": 4, "part": 5}
# Pages don't convert every word, and a word in several ways: so many mixtures are looked for.
_MIXTURES = 24


class Form(msgspec.Struct, frozen=True, gc=False):
    """A folded form to look for.

    `how` says how it differs from the headword: `None`, "variant", "marks", "short", "taiwan" or "part". What is
    `quoted` is a name in quotation marks only.
    """

    text: str
    how: str | None
    quoted: bool = False


def distance(form: Form) -> int:
    """Return how far a form is from its headword; where entries have a form in common, the closest owns it."""
    return _DISTANCES[form.how]


# 双随机、一公开; 人民城市人民建，…. A point in 2.5 and the plus of 1+X are no punctuation. Browsers read the pattern, too.
PUNCTUATION = "[、，。；：！？·…—（）《》〈〉【】〔〕,;:!?()\\[\\]<>_/~-]|(?<![0-9])[.]|[.](?![0-9])"


def bare_key(text: str) -> str:
    """Return the key of a written form without any punctuation.

    >>> bare_key("“双随机、一公开”"), bare_key("PM2.5"), bare_key("1+X")
    ('双随机一公开', 'pm2.5', '1+x')
    """
    return unpunctuated(key_of(text))


def unpunctuated(key: str) -> str:
    """Return a key without any punctuation; a key of nothing else as it is."""
    return _punctuation().sub("", key) or key


@cache
def _punctuation() -> re.Pattern[str]:
    # made when it is needed: it takes longer than a look-up
    return re.compile(PUNCTUATION)


def forms(headword: str, variants: tuple[str, ...] = (), shorts: tuple[str, ...] = ()) -> list[Form]:
    """Return the forms of a headword that a scanner should look for, each once, the closest first.

    `shorts` are its short names.

    >>> [(form.text, form.how, form.quoted) for form in forms("“两旧”改造")]
    [('两旧改造', None, False), ('两旧', 'part', True)]
    >>> [(form.text, form.how) for form in forms("双随机、一公开")]
    [('双随机、一公开', None), ('双随机一公开', 'marks'), ('双随机,一公开', 'marks')]
    >>> [(form.text, form.how) for form in forms("互联网+政务服务")][:2]
    [('互联网+政务服务', None), ('网际网路+政务服务', 'taiwan')]
    """
    found = [
        *_forms(headword, None),
        *(form for variant in variants for form in _forms(variant, "variant")),
        *(form for short in shorts for form in _forms(short, "short")),
    ]
    found.sort(key=distance)
    out: dict[str, Form] = {}
    for form in found:
        out.setdefault(form.text, form)
    return list(out.values())


class Owned(NamedTuple):
    """A form, the entry whose form it is, and what it names in a text: as a form of an entry that explains something."""

    form: Form
    entry: Entry
    named: tuple[Form, Entry]


def owners(entries: Mapping[str, Entry]) -> Iterator[Owned]:
    """Yield every form of every entry, each once, with the entry whose form it is.

    Where entries have a form in common the closer owns it, then the one that explains something, then the headword
    first in order: a name of its own is never taken for a part of another. The order of `entries` doesn't matter.

    What was only quoted somewhere hides in a text nothing that is explained: 双随机一公开 names the 双随机、一公开 that
    has a definition, and “放管服”改革 names 放管服.
    """
    best: dict[str, tuple[int, Form, Entry]] = {}
    hidden: dict[str, tuple[Form, Entry]] = {}
    for entry in sorted(entries.values(), key=lambda entry: (is_only_quoted(entry), entry.headword)):
        for form in forms(entry.headword, entry.variants, short_names(entry)):
            known = best.get(form.text)
            if known is None or distance(form) < known[0]:
                if known and is_only_quoted(entry) and _is_name(*known[1:]):
                    hidden[form.text] = known[1:]
                best[form.text] = distance(form), form, entry
    for _, form, entry in best.values():
        named = hidden.get(form.text)
        if named is None and is_only_quoted(entry) and form.how != "part":
            part = best.get(_quoted_part(entry.headword))
            if part and _is_name(*part[1:]):
                named = msgspec.structs.replace(form, how="variant"), part[2]
        yield Owned(form, entry, named or (form, entry))


def is_only_quoted(entry: Entry) -> bool:
    """Tell whether an entry is a name that reports have in quotation marks and none explains."""
    return bool(entry.senses) and not any(sense.definition for sense in entry.senses)


def _is_name(form: Form, entry: Entry) -> bool:
    """Tell whether a form is more than a part of the name of something that is explained."""
    return form.how != "part" and not is_only_quoted(entry)


def names_of(owned: Iterable[Owned]) -> dict[str, list[str]]:
    """Map the key of each written form, with and without punctuation, to the headwords that it names, the owner first.

    `owned` is what `owners` yields.

    >>> names_of(owners({"APP（安卓）": Entry(headword="APP（安卓）")}))
    {'app(安卓)': ['APP（安卓）'], 'app安卓': ['APP（安卓）']}
    """
    names: dict[str, list[str]] = {}
    for form, entry, _ in sorted(owned, key=lambda each: distance(each.form)):
        named = names.setdefault(form.text, [])
        if entry.headword not in named:
            named.append(entry.headword)
    for key, headwords in list(names.items()):
        plain = unpunctuated(key)
        if plain != key:
            named = names.setdefault(plain, [])
            named += [headword for headword in headwords if headword not in named]
    return names


def _forms(written: str, how: str | None) -> Iterator[Form]:
    whole = key_of(written)
    if not any(map(str.isalnum, whole)) or UNFIT.search(whole):
        # a variant that is a mere comma would be found at every comma
        return
    yield Form(whole, how)
    separated = list(_separated(whole))
    for text in separated:
        yield Form(text, "marks")
    for text in (whole, *separated):
        yield from (Form(taiwan, "taiwan") for taiwan in _taiwan_forms(text))
    part = _quoted_part(written)
    if part:
        # two or three characters are told as a name by their quotes only
        yield Form(part, "part", quoted=sum(map(is_han, part)) < 4)


# What parts the parts of a name, and what else stands there: 人民城市人民建，人民城市为人民; 广慈—思南, 广慈——思南.
_SEPARATORS = {"、": ("", ","), ",": ("", "、"), "-": ("--", "·", ""), "·": ("-", "")}
_SEPARATOR = re.compile("(?<=[^\\W0-9a-z_])(?:--|[、,·-])(?=[^\\W0-9a-z_])")


def _separated(whole: str) -> Iterator[str]:
    found = {mark[:1] for mark in _SEPARATOR.findall(whole)}
    for mark in sorted(found):
        for other in _SEPARATORS[mark]:
            yield _SEPARATOR.sub(lambda m, mark=mark, other=other: other if m[0][0] == mark else m[0], whole)  # type: ignore[misc]
    if "--" in whole:
        yield whole.replace("--", "-")


class _Wording(NamedTuple):
    """Words of the mainland, and what stands for each in Taiwan, folded."""

    words: re.Pattern[str]
    taiwan: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, ...]]) -> _Wording:
        table: dict[str, dict[str, None]] = {}
        for mainland, *others in rows:
            for other in map(fold, others):
                if len(mainland) > 1 and other != fold(mainland):
                    table.setdefault(fold(mainland), {})[other] = None
        longest_first = sorted(table, key=lambda word: (-len(word), word))
        pattern = re.compile(f"({'|'.join(map(re.escape, longest_first))})")
        return cls(pattern, {word: tuple(others) for word, others in table.items()})


@cache
def _wordings() -> tuple[_Wording, _Wording]:
    """Return the wording of pages converted for Taiwan: OpenCC's own, and this with what `taiwan.toml` has beyond it."""
    listed = tomllib.loads(files("glossary").joinpath("taiwan.toml").read_text(encoding="utf-8"))["words"]
    own = [(mainland, *others) for mainland, others in listed.items()]
    converted = phrases("TWPhrases", everyday)
    return _Wording.of(converted), _Wording.of([*own, *converted])


def _taiwan_forms(plain: str) -> Iterator[str]:
    """Yield the forms in the wording of Taiwan: as OpenCC gives it, then in whole and in part by every converter.

    Pages don't convert every word (移動套用 for 移动应用), and converters differ. OpenCC looks for words without
    regard to where they begin: 国内核心 becomes 國核心心, and that is what such a page has.
    """
    for (words, taiwan), most in zip(_wordings(), (1, _MIXTURES), strict=True):
        pieces = words.split(plain)
        choices = [(*taiwan[word], word) for word in pieces[1::2]]
        for chosen in islice(product(*choices), most) if choices else ():
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
    part = key_of(written[slice(*spans[0])])
    return part if len(part) < len(key_of(written)) else ""


# …，简称“长护险”；（以下简称为“1+X”政策）; 又称… names the same by another word.
_IN_A_NAME = '[^“”「」『』"《》（）()，。；、：:,;\\s]'
_SHORT = re.compile(
    "(?P<open>[（(]?)(?:以下|下文|下|亦|又|也|或|可)?(?:[简簡]称|[简簡]稱|缩写|縮寫|[统統俗亦又也][称稱]|又叫|也叫|[又亦]名)(?:作|为|為|是)?[:：]?"
    f'(?:(?P<quoted>[“「『"《]{_IN_A_NAME}{{2,16}}[”」』"》])(?P<tail>(?:(?![由是指即在为的]){_IN_A_NAME}){{1,6}}(?=[）)，。；、,;]|$))?'
    f'|(?P<plain>{_IN_A_NAME}{{2,16}}))(?=[）)，。；、,;]|$|(?<=[”」』"》]))'
)


_CLAUSE_ENDS = "，。；,;"


def _drawn_from(short: str, long: str) -> bool:
    """Tell whether the characters of a short name stand in a longer text, in this order: 医共体, 医疗卫生共同体."""
    rest = iter(long)
    return all(char in rest for char in short)


def short_names(entry: Entry) -> tuple[str, ...]:
    """Return the short names that the definitions of an entry give it, in order.

    What is short for another thing (由国家发展改革委（简称发改委）牵头) is none: in brackets it stands right behind what
    it is short for.

    >>> from glossary.model import Sense
    >>> sense = Sense(definition="为失能人员提供护理的保险，简称“长护险”，由市医疗保障局（简称医保局）管理。")
    >>> short_names(Entry(headword="长期护理保险", senses=(sense,)))
    ('长护险',)
    """
    names: dict[str, None] = {}
    own = key_of(entry.headword)
    for sense in entry.senses:
        text = sense.definition or ""
        for found in _SHORT.finditer(text):
            quoted, tail = found["quoted"] or "", found["tail"] or ""
            written = found["plain"] or (quoted + tail if tail else quoted[1:-1])
            clause = max(text.rfind(mark, 0, found.start()) for mark in _CLAUSE_ENDS) + 1
            before = key_of(text[clause : found.start()])
            behind = text[found.end() + 1 : found.end() + 2] or "。"
            for name in filter(None, written.split("或")):
                short = key_of(name)
                if short == own or not any(map(str.isalnum, short)):
                    continue
                described = (
                    found["open"] and before and not before.endswith(own) and not _drawn_from(short, own)
                )
                # behind a description that ends there, too, it is the headword that is shortened
                if described and (_drawn_from(short, before) or behind not in "，。；,;、是指"):
                    continue
                names[name] = None
    return tuple(names)
