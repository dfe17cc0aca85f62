"""What is said of a term wherever it is rendered: which sense, how often, in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from glossary.merging import grouped
from glossary.model import Entry, Kind, Mention, Sense, Source
from glossary.text import is_han

__all__ = [
    "KIND_LABELS",
    "NO_DEFINITION",
    "Term",
    "cite",
    "collect",
    "explained",
    "one_line",
    "origin",
    "sentence",
]

KIND_LABELS: Mapping[Kind, str] = {
    "shorthand": "缩略",
    "initiative": "举措",
    "slogan": "口号",
    "brand": "品牌",
    "title": "称号",
    "concept": "概念",
    "figurative": "比喻",
    "other": "其他",
}
NO_DEFINITION = "尚无释义"

# 中央财经领导小组第十一次会议（2015年11月10日）, 在…上的讲话
_MEETING = re.compile("(?:会议|大会|全会|讲话|考察|座谈会|论坛|峰会|调研)(?:（[^（）]*）)?$")
_SAID = re.compile("（[^（）]*年[^（）]*）$")
_SENTENCE = re.compile("[。！？…；.!?][”’」』）)]*$")
_QUOTED = re.compile("[“”]")
# How a mention says that it differs from the headword (`annotation`), for readers.
_DIFFERS = {
    "quotes": "引号不同",
    "traditional": "繁体",
    "simplified": "简体",
    "taiwan": "台湾用语",
    "width": "全角、半角不同",
    "spacing": "中间有空白",
    "case": "大小写不同",
    "marks": "标点写法不同",
    "part": "只写引号内的部分",
    "variant": "又作",
    "short": "简称",
}


class Term(NamedTuple):
    """An entry in one sense, with all its mentions in the text."""

    entry: Entry
    sense: Sense | None
    mentions: tuple[Mention, ...]

    @property
    def kind_label(self) -> str:
        """Return the kind in Chinese."""
        return KIND_LABELS[self.entry.kind]

    @property
    def definition(self) -> str | None:
        """Return the definition, or `None` where there is none to show."""
        text = self.sense.definition if self.sense else None
        return text.strip() or None if text else None

    @property
    def members(self) -> str:
        """Return the members on one line; with semicolons where a member has a comma of its own."""
        return _listed(self.sense.members) if self.sense else ""

    @property
    def source(self) -> str:
        """Return the citation of the sense, empty where no source is known."""
        return cite(self.sense.source) if self.sense and self.sense.source else ""

    @property
    def origin(self) -> str:
        """Return where the term appeared, since when it has been in use, and if it no longer is; empty if unknown."""
        return origin(self.sense) if self.sense else ""

    @property
    def written(self) -> tuple[str, ...]:
        """Return how the text writes the term where it doesn't write the headword.

        A `variant` that says more than the surface itself (how it differs) follows it.
        """
        forms: dict[str, None] = {}
        for mention in self.mentions:
            if mention.variant is not None:
                surface, variant = one_line(mention.surface), one_line(mention.variant)
                variant = _DIFFERS.get(variant, variant)
                said = "" if variant in ("", surface, self.entry.headword) else f"（{variant}）"
                # “三会”制度 has quotation marks of its own
                marked = f"「{surface}」" if _QUOTED.search(surface) else f"“{surface}”"
                forms[f"{marked}{said}"] = None
        return tuple(forms)

    @property
    def others(self) -> int:
        """Return how many further definitions the entry has; those that say the same count once."""
        defined = [sense for sense in self.entry.senses if sense.definition is not None]
        return sum(self.sense not in group for group in grouped(defined))


def collect(mentions: Sequence[Mention]) -> list[Term]:
    """Group mentions by entry and sense, in order of first mention.

    >>> term = Entry(headword="双碳")
    >>> twice = [Mention(start=n, end=n + 2, surface="双碳", entry=term) for n in (9, 3)]
    >>> [(t.entry.headword, len(t.mentions), t.mentions[0].start) for t in collect(twice)]
    [('双碳', 2, 3)]
    """
    groups: dict[tuple[Entry, Sense | None], list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        senses = mention.entry.senses
        sense = mention.sense or (senses[0] if senses else None)
        groups.setdefault((mention.entry, sense), []).append(mention)
    return [Term(entry, sense, tuple(group)) for (entry, sense), group in groups.items()]


def explained(sense: Sense) -> str:
    """Say on one line what a term means: its definition, and what that doesn't say of the members.

    >>> explained(Sense(definition="三项保障任务", members=("保民生", "保工资", "保运转")))
    '三项保障任务。包括保民生、保工资、保运转。'
    >>> explained(Sense(definition="碳达峰和碳中和", members=("碳达峰", "碳中和")))
    '碳达峰和碳中和'
    """
    definition = one_line(sense.definition or "")
    if all(one_line(member) in definition for member in sense.members):
        return definition
    return f"{sentence(definition)}{sentence(f'包括{_listed(sense.members)}')}"


def sentence(text: str) -> str:
    """End a text with a full stop, unless it ends as a sentence does, if in quotation marks or brackets; no text stays none.

    >>> sentence("压舱石"), sentence("即“一网通办”"), sentence("即“一处办理。”"), sentence("")
    ('压舱石。', '即“一网通办”。', '即“一处办理。”', '')
    """
    return f"{text}。" if text and not _SENTENCE.search(text) else text


def _listed(members: Sequence[str]) -> str:
    """Put members on one line; with semicolons where a member has a comma of its own."""
    lines = [one_line(member) for member in members]
    return ("；" if any(re.search("[、，,]", line) for line in lines) else "、").join(lines)


def cite(source: Source) -> str:
    """Cite a source; region and year only where the title doesn't say them.

    >>> cite(Source(id="hp", title="2023年上海市黄浦区政府工作报告", year=2023, place="名词解释 21"))
    '《2023年上海市黄浦区政府工作报告》，名词解释 21'
    >>> cite(Source(id="hp-2023", region="上海市黄浦区", year=2023))
    'hp-2023，上海市黄浦区，2023年'
    """
    title = one_line(source.title or "")
    parts = [f"《{title}》" if title else source.id]
    if source.region and source.region not in title:
        parts.append(source.region)
    if source.year is not None and str(source.year) not in title:
        parts.append(f"{source.year}年")
    if source.place:
        parts.append(source.place)
    return "，".join(one_line(part) for part in parts)


def origin(sense: Sense) -> str:
    """Say where a term appeared, since when it has been in use, and if it no longer is; it stands alone, without a label.

    >>> from glossary.model import Citation
    >>> origin(Sense(since=2013, citation=Citation(title="关于全面深化改革若干重大问题的决定", issuer="中共中央", year=2013)))
    '出处：《关于全面深化改革若干重大问题的决定》（中共中央，2013年）；2013年起用'
    >>> origin(Sense(citation=Citation(title="中央经济工作会议"), obsolete=True))
    '出处：中央经济工作会议；现已不用'
    """
    parts: list[str] = []
    cited = sense.citation
    if cited:
        title = one_line(cited.title)
        # a meeting is no title of a work
        named = title if _MEETING.search(title) else f"《{title}》"
        by = "，".join(filter(None, [cited.issuer, f"{cited.year}年" if cited.year else ""]))
        parts.append(f"出处：{named}" + (f"（{one_line(by)}）" if by and not _SAID.search(title) else ""))
    if sense.since:
        parts.append(f"{sense.since}年起用")
    if sense.obsolete:
        parts.append("现已不用")
    return "；".join(parts)


def one_line(text: str) -> str:
    r"""Put a text on one line; a line break between Chinese characters leaves no blank.

    >>> one_line(" 长三角\n一体化  plan ")
    '长三角一体化 plan'
    """

    def joint(gap: re.Match[str]) -> str:
        before, after = gap.string[gap.start() - 1], gap.string[gap.end()]
        return "" if "\n" in gap[0] and _wide(before) and _wide(after) else " "

    return re.sub(r"\s+", joint, text.strip())


def _wide(char: str) -> bool:
    return is_han(char) or char in "，。；：、？！“”‘’（）《》"
