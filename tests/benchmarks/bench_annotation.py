"""Annotation end to end beside other matchers: one run, the same text, the same headwords, as ratios.

python tests/benchmarks/bench_annotation.py [--headwords N …] [--characters N] [--rounds N] [--seconds S] [--output PAGE]
prints a page in Chinese, and writes it where `--output` says. The whole takes some 15 minutes and 6 GB;
`--headwords 1000 --characters 100000 --rounds 2 --seconds 0.2` half a minute. Peers that aren't installed are left out.
"""

from __future__ import annotations

import argparse
import bisect
import gc
import importlib.metadata
import logging
import math
import multiprocessing
import os
import platform
import random
import signal
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence, Sized
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import headwords

from glossary.annotation import annotate
from glossary.conversions import characters
from glossary.matching import Matcher
from glossary.model import Entry

Find = Callable[[str], Sized]
Entries = dict[str, Entry]

SIZES = [1_000, 20_000, 300_000]
EVERY = {"疏": 1_000, "密": 60}  # one mention in so many characters
SCRIPTS = ("简", "繁")
TEXTS = [(density, script) for density in EVERY for script in SCRIPTS]
SHORT = 15_000  # the characters of a usual report
SHORT_TEXTS = 10
PATIENCE = 60  # seconds that a peer may take to be built

# Sentences without a slot for a headword, and sentences with one; nothing here is from a report.
PLAIN = (
    "这一年，{a}和{b}两方面的底子都比前些年厚实了不少。",
    "走访的时候，大家谈得最多的还是{a}，其次才是{b}。",
    "账要一笔一笔地算，路要一步一步地走，{a}上的欠账不能再拖。",
    "到了秋天，{a}一线的人手仍然偏紧，只好从{b}那边借。",
    "有人问，{a}到底由谁来管？",
    "说到底，{c}{a}要靠平日里下的功夫，不能等到年底再补。",
    "几个镇的办法各不相同，有的先从{a}入手，有的把{b}放在前面。",
    "我们把能公开的数字都公开了，请大家来看、来评、来挑毛病。",
    "这件事看着不大，牵涉到的却有{a}、{b}好几家单位。",
    "雨季来得早，{a}受了一些影响，好在{b}没有停下来。",
    "去年没有做完的，今年接着做；今年做不完的，也要说清楚为什么。",
    "老百姓的要求很实在：{a}方便一点，{b}便宜一点。",
)
NAMING = (
    "在{t}的带动下，{a}比上一年好了一些。",
    "春天里启动的{t}已经过半。",
    "各镇都要把{t}放在心上，一件一件落到实处。",
    "明年继续做好{t}，同时照看好{a}。",
    "{t}今年添了三处，都在老城。",
    "关于{t}，大家提了不少意见，{a}方面的最多。",
    "先把{t}和{a}理顺，再谈别的。",
    "有了{t}，办一件事比从前少跑两趟。",
    "钱主要花在{t}上。",
    "不少人是从邻居那里听说{t}的。",
    "为了{t}，几家单位坐到了一起。",
    "{a}跟得上，{t}才能长久。",
)


@dataclass
class Text:
    """A text, and where the headwords strewn in it end."""

    whole: str
    ends: list[int]

    def planted(self, length: int) -> int:
        return bisect.bisect_right(self.ends, length)


@dataclass
class Figure:
    """The best round of one matcher on one text."""

    length: int
    planted: int
    found: int = 0
    seconds: float = math.inf

    @property
    def speed(self) -> float:
        return self.length / self.seconds


@dataclass
class Column:
    """What was measured at one number of headwords."""

    figures: dict[tuple[str, str], dict[str, Figure]] = field(default_factory=dict)
    built: dict[str, float] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    short: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)
    forms: int = 0


# ---- the matchers: each takes entries and returns what finds mentions in a text


def glossary_on(engine: str, entries: Entries) -> Find:
    matcher = Matcher.of(entries, engine=engine)
    return lambda text: annotate(text, matcher).mentions


def daachorse(entries: Entries) -> Find:
    from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

    return CharwiseDoubleArrayAhoCorasick(list(entries), match_kind=MATCH_KIND_LEFTMOST_LONGEST).find


def daachorse_overlapping(entries: Entries) -> Find:
    from daachorse import CharwiseDoubleArrayAhoCorasick

    return CharwiseDoubleArrayAhoCorasick(list(entries)).find_overlapping


def ahocorasick_rs(entries: Entries) -> Find:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(list(entries), matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes


def pyahocorasick(entries: Entries) -> Find:
    from ahocorasick import Automaton

    automaton = Automaton()
    for index, headword in enumerate(entries):
        automaton.add_word(headword, index)
    automaton.make_automaton()
    return lambda text: list(automaton.iter_long(text))


def flashtext2(entries: Entries) -> Find:
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_iter(entries)
    return processor.extract_keywords_with_span


def spacy_phrases(entries: Entries) -> Find:
    import spacy
    from spacy.matcher import PhraseMatcher

    chinese = spacy.blank("zh")
    chinese.max_length = sys.maxsize
    matcher = PhraseMatcher(chinese.vocab)
    for headword in entries:
        matcher.add(headword, [chinese.make_doc(headword)])
    return lambda text: matcher(chinese.make_doc(text))


def harvesttext(entries: Entries) -> Find:
    import jieba
    from harvesttext import HarvestText

    jieba.setLogLevel(logging.ERROR)
    known = HarvestText()
    known.add_entities({headword: [headword] for headword in entries})
    return known.entity_linking


def jieba_words(entries: Entries) -> Find:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    for headword in entries:
        tokenizer.add_word(headword)

    def find(text: str) -> list[tuple[int, str]]:
        found = []
        at = 0
        for word in tokenizer.cut(text):
            if word in entries:
                found.append((at, word))
            at += len(word)
        return found

    return find


def opencc_daachorse(entries: Entries) -> Find:
    from opencc import OpenCC

    convert, find = OpenCC("t2s").convert, daachorse(entries)
    return lambda text: find(convert(text))


OURS, OURS_MARISA, RAW = "glossary（daachorse 引擎）", "glossary（marisa 引擎）", "daachorse `find`"
RS, PY = "ahocorasick-rs", "pyahocorasick `iter_long`"
MATCHERS: dict[str, Callable[[Entries], Find]] = {
    OURS: partial(glossary_on, "daachorse"),
    OURS_MARISA: partial(glossary_on, "marisa"),
    RAW: daachorse,
    "daachorse `find_overlapping`": daachorse_overlapping,
    RS: ahocorasick_rs,
    PY: pyahocorasick,
    "flashtext2": flashtext2,
    "spaCy PhraseMatcher": spacy_phrases,
    "HarvestText": harvesttext,
    "jieba（用户词典）": jieba_words,
    "OpenCC t2s，再 daachorse": opencc_daachorse,
}
PACKAGES = (
    "policy-glossary daachorse marisa-trie numpy ahocorasick-rs pyahocorasick flashtext2 spacy harvesttext jieba"
    " opencc-python-reimplemented"
)


# ---- measuring


def text_of(named: Sequence[str], length: int, every: int) -> Text:
    """Make a text in which one of the headwords stands in so many characters, the same one each time."""
    chance = random.Random(every)
    parts: list[str] = []
    ends: list[int] = []
    at = 0
    while at < length:
        naming = at >= len(ends) * every
        headword = chance.choice(named)
        before, _, after = chance.choice(NAMING if naming else PLAIN).partition("{t}")
        a, b = chance.sample(headwords.FIELDS, 2)
        words = {"a": a, "b": b, "c": chance.choice(headwords.VERBS)}
        before, after = before.format_map(words), after.format_map(words)
        if naming:
            ends.append(at + len(before) + len(headword))
            before += headword
        parts += [before, after, "\n" if chance.random() < 0.2 else ""]
        at += sum(map(len, parts[-3:]))
    return Text("".join(parts)[:length], [end for end in ends if end <= length])


def traditional(text: Text) -> Text:
    """Convert a text character by character, so that every mention stays where it is."""
    table = {ord(row[0]): row[1] for row in characters("STCharacters")}
    return Text(text.whole.translate(table), text.ends)


def timed(find: Find, text: str) -> tuple[float, int]:
    """Return the seconds of the processor that one scan takes, and how many mentions it finds."""
    # A new string each time: the UTF-8 form that some matchers ask for is kept with the old one.
    fresh = "".join((text[:1], text[1:]))
    start = time.process_time()
    found = find(fresh)
    return time.process_time() - start, len(found)


def scannable(find: Find, text: str, seconds: float) -> int:
    """Return how many characters of a text are scanned in so many seconds, all of them at most."""
    length = min(1_000, len(text))
    while True:
        taken, _ = timed(find, text[:length])
        if length == len(text) or taken > seconds / 5:
            return min(len(text), math.ceil(length * seconds / max(taken, 1e-9) / 1_000) * 1_000)
        length = min(len(text), length * 4)


def short_texts(finds: dict[str, Find], text: str, rounds: int) -> dict[str, float]:
    """Return the milliseconds that one report's length takes: of the best rounds of several texts the median."""
    starts = range(0, max(len(text) - SHORT, 0) + 1, max((len(text) - SHORT) // (SHORT_TEXTS - 1), 1))
    shorts = [text[start : start + SHORT] for start in starts]
    best = {name: [math.inf] * len(shorts) for name in finds}
    for _ in range(rounds):
        for name, find in finds.items():
            for n, short in enumerate(shorts):
                best[name][n] = min(best[name][n], timed(find, short)[0])
    return {name: statistics.median(times) * 1000 for name, times in best.items()}


class TooSlowError(Exception):
    """A peer was being built for more than a minute."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `TooSlowError` when what is done takes longer; where there are no alarms, wait."""

    def stop(*_: object) -> None:
        raise TooSlowError

    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def measure(number: int, asked: argparse.Namespace) -> Column:
    """Measure all matchers at one number of headwords; in a process of its own, which no other size has filled."""
    warnings.simplefilter("ignore")
    column = Column()
    entries = {entry.headword: entry for entry in headwords.entries(number, readings=False)}
    texts: dict[tuple[str, str], Text] = {}
    for density, every in EVERY.items():
        simplified = text_of(list(entries), asked.characters, every)
        texts[density, "简"], texts[density, "繁"] = simplified, traditional(simplified)

    finds: dict[str, Find] = {}
    for name, make in MATCHERS.items():
        if name == RAW:
            # Before a peer brings in numpy, as in a process that annotates one report and ends.
            gc.freeze()
            for key, text in texts.items():
                column.short[key] = short_texts(finds, text.whole, asked.rounds)
        # What one matcher keeps must not slow another down through the collector of garbage.
        gc.collect()
        gc.freeze()
        start = time.perf_counter()
        try:
            with at_most(math.inf if name in (OURS, OURS_MARISA) else asked.patience):
                finds[name] = make(entries)
        except ImportError as error:
            column.skipped[name] = "没有安装"
            say(f"{number:,} headwords: {name} skipped, not installed ({error})")
            continue
        except TooSlowError:
            column.skipped[name] = f"{number:,} 个词目建了 {asked.patience:g} 秒还没有建好"
            say(f"{number:,} headwords: {name} skipped, not built in {asked.patience:g} s")
            continue
        column.built[name] = time.perf_counter() - start
        say(f"{number:,} headwords: {name} built in {column.built[name]:.1f} s")

    for key, text in texts.items():
        figures = column.figures[key] = {}
        for name, find in finds.items():
            length = scannable(find, text.whole, asked.seconds)
            figures[name] = Figure(length, text.planted(length))
        gc.collect()
        gc.freeze()
        for _ in range(asked.rounds):  # in turns, so that what else the machine does falls on all
            for name, figure in figures.items():
                seconds, figure.found = timed(finds[name], text.whole[: figure.length])
                figure.seconds = min(figure.seconds, seconds)
        say(f"{number:,} headwords, {key}: " + ", ".join(f"{n} {f.speed / 1e6:.2f}" for n, f in figures.items()))
    return column


# ---- the page

Columns = dict[int, Column]


def ratios(columns: Columns, number: int, ours: str, theirs: str) -> list[float]:
    """Return how many times as fast one matcher is as another on each of the texts; none where one is missing."""
    pairs = [(figures.get(ours), figures.get(theirs)) for figures in columns[number].figures.values()]
    return [one.speed / other.speed for one, other in pairs if one and other]


def between(values: Sequence[float], digits: int = 2) -> str:
    low, high = f"{min(values):.{digits}f}", f"{max(values):.{digits}f}"
    return low if low == high else f"{low}–{high}"


def targets(columns: Columns) -> Iterator[str]:
    """Yield a line for each target: what was asked, what was measured, met or missed."""
    for number in columns:
        rows = []
        if number == 20_000:
            rows.append((f"端到端不低于 {RAW} 的 0.5 倍", ratios(columns, number, OURS, RAW), 0.5))
        if number == 300_000:
            rows.append((f"端到端不慢于 {RS}", ratios(columns, number, OURS, RS), 1.0))
        rows.append((f"marisa 引擎端到端不慢于 {PY}", ratios(columns, number, OURS_MARISA, PY), 1.0))
        for what, measured, least in rows:
            if measured:
                met = sum(value >= least for value in measured)
                verdict = "达到" if met == len(measured) else "未达到" if not met else f"{met}/{len(measured)} 达到"
                yield f"| {number:,} | {what} | {between(measured)} 倍 | {verdict} |"
        short = [times[OURS] for times in columns[number].short.values()]
        verdict = "达到" if max(short) < 3 else "未达到" if min(short) >= 3 else "部分达到"
        yield f"| {number:,} | {SHORT:,} 字的一篇少于 3 毫秒（daachorse 引擎） | {between(short, 1)} 毫秒 | {verdict} |"


def table(columns: Columns, cell: Callable[[Figure, Figure], str], names: Sequence[str]) -> Iterator[str]:
    """Yield a Markdown table, a row for each matcher, a column for each setting."""
    settings = [(number, key) for number in columns for key in TEXTS]
    yield "| | " + " | ".join(f"{number:,} {'·'.join(key)}" for number, key in settings) + " |"
    yield "|---" + "|--:" * len(settings) + "|"
    for name in names:
        cells = []
        for number, key in settings:
            figures = columns[number].figures[key]
            cells.append(cell(figures[name], figures[RAW]) if name in figures else "–")
        yield f"| {name} | " + " | ".join(cells) + " |"


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "?")


def versions() -> str:
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES.split():
        try:
            found.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return "、".join(found)


def page(columns: Columns, asked: argparse.Namespace) -> str:
    """Write what was measured as a page of the documentation, in Chinese."""
    here = [name for name in MATCHERS if any(name in column.built for column in columns.values())]
    skipped = {
        f"{name}：{why}。": None for column in columns.values() for name, why in column.skipped.items()
    }
    raw = [figures[RAW].speed / 1e6 for column in columns.values() for figures in column.figures.values()]
    lengths = {
        name: [figures[name].length for column in columns.values() for figures in column.figures.values() if name in figures]
        for name in here
    }
    cut = [name for name in here if min(lengths[name]) < asked.characters]
    build = [
        f"| {name} | "
        + " | ".join(f"{column.built[name]:.1f}" if name in column.built else "–" for column in columns.values())
        + " |"
        for name in here
    ]
    short = [
        f"| {name} | "
        + " | ".join(f"{columns[number].short[key][name]:.1f}" for number in columns for key in TEXTS)
        + " |"
        for name in (OURS, OURS_MARISA)
        if name in here
    ]
    lines = [
        "# 速度",
        "",
        "标注一篇文章有多快，和别的匹配工具放在一起比。本页由 `tests/benchmarks/bench_annotation.py` 写成，数字出自同一次运行，没有手改。",
        "",
        "## 怎么量的",
        "",
        f"- **词目**：{'、'.join(f'{number:,}' for number in columns)} 个，由 `tests/benchmarks/headwords.py` 用词语拼成，各家用的是同一批。",
        f"- **文章**：{asked.characters:,} 字，用自己写的句式随机造成（种子固定），词目撒在里面：疏的约 {EVERY['疏']:,} 字一处，密的约 {EVERY['密']} 字一处。不是真的报告。",
        "- **简、繁**：繁体的文章由简体的逐字转换（OpenCC 的 `STCharacters`），词目都是简体。",
        "- **本库**：从 `annotate(text, matcher)` 到带条目、释义的 `Mention` 都在内。别家只量查找本身，给出位置和编号（spaCy、jieba 含切分，OpenCC 含转换）。",
        f"- **轮次**：各家轮流，共 {asked.rounds} 轮，各取最快的一轮；算的是本进程用掉的处理器时间，都只用一个核。每轮给的都是新的字符串。",
        f"- **慢的**：一轮要超过 {asked.seconds:g} 秒的，只跑文章开头一段（{asked.seconds:g} 秒左右能跑完的长度），按每秒字数比"
        + (f"：{'、'.join(cut)}。" if cut else "。这一次没有。"),
        "- **建词典**不在时间之内，另列一表。",
        "",
        f"机器：{processor()}，{os.cpu_count()} 核，{platform.system()} {platform.machine()}。{versions()}。",
        "",
        "## 快慢",
        "",
        f"每秒字数与同一格里 {RAW}（最左最长）之比，它是 1.00，大的快。它自己每秒 {between(raw, 0)} 百万字，最后一行是各格的数。列名是词目数、疏密、简繁。",
        "",
        *table(columns, lambda one, base: f"{one.speed / base.speed:.2g}" if one.speed < base.speed / 10 else f"{one.speed / base.speed:.2f}", here),
        *list(table(columns, lambda one, base: f"{base.speed / 1e6:.1f}", [RAW]))[2:],
        "",
        "## 找到多少处",
        "",
        "找到的处数／撒进去的处数（只跑了一段的，按那一段算）。",
        "",
        *table(columns, lambda one, base: f"{one.found:,}/{one.planted:,}", here),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--headwords", type=int, nargs="+", default=SIZES)
    parser.add_argument("--characters", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--patience", type=float, default=60.0)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    import pickle
    cols = {}
    for number in asked.headwords:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            cols[number] = pool.submit(measure, number, asked).result()
    pickle.dump({n: vars(c) for n, c in cols.items()}, open("/tmp/cols.pkl", "wb")) if 0 else None
    print(page(cols, asked))
    print(*targets(cols), sep="\n")
