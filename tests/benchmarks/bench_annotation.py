"""Annotation end to end beside other matchers: one run, the same text, the same headwords, as ratios.

python tests/benchmarks/bench_annotation.py [--headwords N …] [--characters N] [--rounds N] [--seconds S] [--output PAGE]
prints a page in Chinese and writes it where `--output` says. The whole takes some 15 minutes,
`--headwords 1000 --characters 200000 --rounds 2 --seconds 0.4` about a minute. Peers that aren't installed are left out.
"""

from __future__ import annotations

import argparse
import bisect
import gc
import importlib.metadata
import logging
import math
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
from multiprocessing import get_context
from pathlib import Path

import headwords

from glossary.annotation import annotate
from glossary.conversions import characters
from glossary.matching import Matcher
from glossary.model import Entry
from glossary.scanner import engines

Find = Callable[[str], Sized]
Entries = dict[str, Entry]
Setting = tuple[str, str]  # density, script

SIZES = [1_000, 20_000, 300_000]
EVERY = {"疏": 1_000, "密": 60}  # one mention in so many characters
SCRIPTS = ("简", "繁")
TEXTS = [(density, script) for density in EVERY for script in SCRIPTS]
SHORT = 15_000  # the characters of a usual report
SHORT_TEXTS = 10
MOST_MS = 3
LENGTHS = (SHORT, 200_000, 1_000_000)
PATIENCE = 60  # seconds that a peer may take to be built
OFTENER, QUICK = 4, 0.3  # what takes no longer than so many seconds has so many times the rounds

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
    """What was measured at one number of headwords: the best rounds, seconds to build, ms of a short text, and why not.

    Texts are named by density and script; of `short` the first is without numpy, the second with it; `lengths` has
    this library and raw daachorse on so many characters.
    """

    figures: dict[Setting, dict[str, Figure]] = field(default_factory=dict)
    built: dict[str, float] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    short: dict[Setting, tuple[dict[str, float], dict[str, float]]] = field(default_factory=dict)
    lengths: dict[Setting, dict[int, list[Figure]]] = field(default_factory=dict)


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


def plain_python(text: str) -> str:
    """Do the same work always: what tells a slow machine from slow code."""
    sum(range(10**6))
    return text


OURS, OURS_MARISA, RAW = "glossary（daachorse 引擎）", "glossary（marisa 引擎）", "daachorse `find`"
GLOSSARY = (OURS, OURS_MARISA)
MEASURED_SHORT = (*GLOSSARY, RAW)
PLAIN_PYTHON = "纯 Python 一百万个数求和，毫秒"
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
    "OpenCC t2s + daachorse": opencc_daachorse,
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


@dataclass
class Rounds:
    """Turns, each begun when the machine is about as fast as it was at the start, or after so much waiting in all."""

    number: int
    fastest: float  # seconds of `plain_python`
    waiting: int = 180

    def __iter__(self) -> Iterator[int]:
        for turn in range(self.number * OFTENER):
            while self.waiting and timed(plain_python, "-")[0] > 1.25 * self.fastest:
                time.sleep(1)
                self.waiting -= 1
            yield turn


def scannable(find: Find, text: str, seconds: float) -> int:
    """Return how many characters of a text are scanned in so many seconds, all of them at most."""
    length = min(1_000, len(text))
    while True:
        taken, _ = timed(find, text[:length])
        if length == len(text) or taken > seconds / 5:
            return min(len(text), math.ceil(length * seconds / max(taken, 1e-9) / 1_000) * 1_000)
        length = min(len(text), length * 4)


def best_rounds(lengths: dict[Find, int], text: Text, rounds: Rounds) -> list[Figure]:
    """Measure matchers, each on so many characters from the beginning of a text."""
    gc.collect()
    gc.freeze()
    figures = [Figure(length, text.planted(length)) for length in lengths.values()]
    for turn in rounds:  # in turns, so that what else the machine does falls on all
        for find, figure in zip(lengths, figures, strict=True):
            if turn % OFTENER and figure.seconds > QUICK:
                continue
            seconds, figure.found = timed(find, text.whole[: figure.length])
            figure.seconds = min(figure.seconds, seconds)
    return figures


def short_texts(finds: dict[str, Find], text: str, rounds: Rounds) -> dict[str, float]:
    """Return the milliseconds that one report's length takes: of the best rounds of several texts the median."""
    starts = range(0, max(len(text) - SHORT, 0) + 1, max((len(text) - SHORT) // (SHORT_TEXTS - 1), 1))
    shorts = [text[start : start + SHORT] for start in starts]
    best = {name: [math.inf] * len(shorts) for name in finds}
    for _ in rounds:
        for name, find in finds.items():
            for n, short in enumerate(shorts):
                best[name][n] = min(best[name][n], timed(find, short)[0])
    return {name: statistics.median(times) * 1000 for name, times in best.items()}


def shorts(
    finds: dict[str, Find], texts: dict[Setting, Text], rounds: Rounds
) -> dict[Setting, tuple[dict[str, float], dict[str, float]]]:
    """Measure short texts as in a process that annotates one and ends, then with numpy, which other work brings in."""
    gc.collect()
    gc.freeze()
    assert "numpy" not in sys.modules
    without = {key: short_texts(finds, text.whole, rounds) for key, text in texts.items()}
    import numpy  # noqa: F401

    return {key: (without[key], short_texts(finds, text.whole, rounds)) for key, text in texts.items()}


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


def build(name: str, entries: Entries, column: Column, patience: float) -> Find | None:
    """Build a matcher and note how long it took, or why there is none."""
    # What one matcher keeps must not slow another down through the collector of garbage.
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    try:
        with at_most(0 if name in GLOSSARY else patience):
            find = MATCHERS[name](entries)
    except ImportError as error:
        column.skipped[name] = "没有安装"
        say(f"{len(entries):,} headwords: {name} skipped, not installed ({error})")
        return None
    except TooSlowError:
        column.skipped[name] = f"{len(entries):,} 个词目，{patience:g} 秒没有建好"
        say(f"{len(entries):,} headwords: {name} skipped, not built in {patience:g} s")
        return None
    column.built[name] = time.perf_counter() - start
    say(f"{len(entries):,} headwords: {name} built in {column.built[name]:.1f} s")
    return find


def measure(number: int, asked: argparse.Namespace, fastest: float) -> Column:
    """Measure all matchers at one number of headwords; in a process of its own, which no other size has filled.

    `fastest` is how many seconds `plain_python` takes when the machine is quiet.
    """
    warnings.simplefilter("ignore")
    rounds = Rounds(asked.rounds, fastest)
    column = Column()
    entries = {entry.headword: entry for entry in headwords.entries(number, readings=False)}
    texts: dict[Setting, Text] = {}
    for density, every in EVERY.items():
        simplified = text_of(list(entries), asked.characters, every)
        texts[density, "简"], texts[density, "繁"] = simplified, traditional(simplified)

    finds = {name: find for name in MEASURED_SHORT if (find := build(name, entries, column, asked.patience))}
    column.short = shorts(finds, texts, rounds)
    finds |= {
        name: find
        for name in MATCHERS
        if name not in finds and (find := build(name, entries, column, asked.patience))
    }

    for key, text in texts.items():
        whole = len(text.whole)
        column.lengths[key] = {
            length: best_rounds({finds[name]: length for name in (OURS, RAW)}, text, rounds)
            for length in LENGTHS
            if length < whole
        }
        lengths = {
            find: whole if name in GLOSSARY else scannable(find, text.whole, asked.seconds)
            for name, find in finds.items()
        }
        measured = best_rounds(lengths | {plain_python: 1}, text, rounds)
        figures = column.figures[key] = dict(zip((*finds, PLAIN_PYTHON), measured, strict=True))
        speeds = ", ".join(f"{name} {figure.speed / 1e6:.2f}" for name, figure in figures.items())
        say(f"{number:,} headwords, {'·'.join(key)}, million characters a second: {speeds}")
    return column


# ---- the page

Columns = dict[int, Column]
Table = Iterator[str]


def lines(table: Table) -> str:
    return "\n".join(table)


def faster(column: Column, ours: str, theirs: str) -> list[float]:
    """Return how many times as fast one matcher is as another on each of the texts; nothing where one is missing."""
    pairs = [(figures.get(ours), figures.get(theirs)) for figures in column.figures.values()]
    return [one.speed / other.speed for one, other in pairs if one and other]


def between(values: Sequence[float], digits: int = 2) -> str:
    low, high = f"{min(values):.{digits}f}", f"{max(values):.{digits}f}"
    return low if low == high else f"{low}–{high}"


def ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def targets(columns: Columns) -> Table:
    """Yield a table of what was asked and what was measured on each of the texts, met or missed."""

    def line(number: int, what: str, measured: Sequence[float], met: Sequence[bool]) -> str:
        verdict = "达到" if all(met) else f"{sum(met)}/{len(met)} 达到" if any(met) else "未达到"
        return f"| {number:,} | {what} | {' | '.join(f'{value:.2f}' for value in measured)} | {verdict} |"

    yield f"| 词目 | 目标 | {' | '.join(map('·'.join, TEXTS))} | |"
    yield "|--:|---|" + "--:|" * len(TEXTS) + "---|"
    for number, column in columns.items():
        wanted = [(OURS_MARISA, PY, 1.0, f"marisa 引擎不慢于 {PY}（倍）")]
        if number == 20_000:
            wanted.insert(0, (OURS, RAW, 0.5, f"daachorse 引擎不低于 {RAW} 的 0.5 倍"))
        if number == 300_000:
            wanted.insert(0, (OURS, RS, 1.0, f"daachorse 引擎不慢于 {RS}（倍）"))
        for ours, theirs, least, what in wanted:
            if measured := faster(column, ours, theirs):
                yield line(number, what, measured, [value >= least for value in measured])
        for n, state in enumerate(("未载入 numpy", "已载入 numpy")):
            times = [pair[n][OURS] for pair in column.short.values()]
            what = f"{SHORT:,} 字少于 {MOST_MS} 毫秒（daachorse 引擎，{state}；毫秒）"
            yield line(number, what, times, [value < MOST_MS for value in times])


def table(columns: Columns, rows: dict[str, Callable[[Column, Setting], str]]) -> Table:
    """Yield a table with a column for each setting; a cell that isn't there is a dash."""
    settings = [(number, key) for number in columns for key in TEXTS]
    yield "| | " + " | ".join(f"{number:,} {'·'.join(key)}" for number, key in settings) + " |"
    yield "|---" + "|--:" * len(settings) + "|"
    for name, cell in rows.items():
        cells = []
        for number, key in settings:
            try:
                cells.append(cell(columns[number], key))
            except KeyError:
                cells.append("–")
        yield f"| {name} | " + " | ".join(cells) + " |"


def speeds(columns: Columns, names: Sequence[str]) -> Table:
    def cell(name: str, column: Column, key: Setting) -> str:
        return ratio(column.figures[key][name].speed / column.figures[key][RAW].speed)

    rows = {name: partial(cell, name) for name in names}
    absolute: dict[str, Callable[[Column, Setting], str]] = {
        f"{RAW}，百万字/秒": lambda column, key: f"{column.figures[key][RAW].speed / 1e6:.1f}",
        PLAIN_PYTHON: lambda column, key: f"{column.figures[key][PLAIN_PYTHON].seconds * 1000:.1f}",
    }
    return table(columns, rows | absolute)


def mentions(columns: Columns, names: Sequence[str]) -> Table:
    def cell(name: str, column: Column, key: Setting) -> str:
        figure = column.figures[key][name]
        return f"{figure.found:,}/{figure.planted:,}"

    return table(columns, {name: partial(cell, name) for name in names})


def milliseconds(columns: Columns) -> Table:
    def cell(name: str, n: int, column: Column, key: Setting) -> str:
        return f"{column.short[key][n][name]:.2f}"

    states = enumerate(("未载入 numpy", "已载入 numpy"))
    return table(
        columns,
        {f"{name}，{state}": partial(cell, name, n) for n, state in states for name in MEASURED_SHORT},
    )


def by_length(columns: Columns) -> Table:
    def cell(length: int, column: Column, key: Setting) -> str:
        ours, raw = column.lengths[key][length]
        return ratio(ours.speed / raw.speed)

    return table(columns, {f"{length:,} 字": partial(cell, length) for length in LENGTHS})


def building(columns: Columns, names: Sequence[str]) -> Table:
    yield "| | " + " | ".join(f"{number:,}" for number in columns) + " |"
    yield "|---" + "|--:" * len(columns) + "|"
    for name in names:
        times = [f"{column.built[name]:.1f}" if name in column.built else "–" for column in columns.values()]
        yield f"| {name} | " + " | ".join(times) + " |"


def processor() -> str:
    try:
        listed = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in listed if line.startswith("model name")), "?")


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
    measured = [
        (name, figure)
        for column in columns.values()
        for by in column.figures.values()
        for name, figure in by.items()
    ]
    here = [name for name in MATCHERS if any(name == other for other, _ in measured)]
    cut = [
        name
        for name in here
        if any(name == other and figure.length < asked.characters for other, figure in measured)
    ]
    absent = {f"{name}（{why}）": None for column in columns.values() for name, why in column.skipped.items()}
    raw = [figure.speed / 1e6 for name, figure in measured if name == RAW]
    sparse, dense = EVERY.values()
    return f"""# 速度

标注一篇文章要多久，与别的匹配工具比怎样。本页由 `tests/benchmarks/bench_annotation.py` 写成，数字出自同一次运行。

## 怎样量的

- **词目**：{"、".join(f"{number:,}" for number in columns)} 个，由 `tests/benchmarks/headwords.py` 拼成，各家用同一批，都是简体。
- **文章**：{asked.characters:,} 字，按自拟的句式随机写成，种子固定，不取自任何报告。词目撒在里面：“疏”约 {sparse:,} 字一处，“密”约 {dense} 字一处。“繁”是把“简”的那篇按 OpenCC 的 `STCharacters` 逐字转换。
- **本库**：`annotate(text, matcher)` 从头到尾，得到带条目和释义的 `Mention`。别家只量查找，得到位置和编号；spaCy 和 jieba 连同切分，OpenCC 连同转换。
- **轮次**：各家轮流跑，共 {asked.rounds} 轮（一次不到 {QUICK} 秒的跑 {asked.rounds * OFTENER} 轮），各取最快的一轮，算进程用掉的处理器时间，单线程。每轮给一个新的字符串，以免受益于上一轮缓存的 UTF-8 编码；跑之前 `gc.freeze()`，以免为其他库的对象做垃圾回收；机器忙时等一等。
- **慢的**：一轮超过 {asked.seconds:g} 秒的，只跑文章开头约 {asked.seconds:g} 秒的一段，按每秒字数比。这次是：{"、".join(cut) or "没有"}。
- **没有跑的**：{"；".join(absent) or "没有"}。
- **机器**：{processor()}，{os.cpu_count()} 核，{platform.system()} {platform.machine()}。
- **版本**：{versions()}。

## 速度比较

每秒字数与同一列的 {RAW}（最左最长）之比，大的快。末两行是它每秒多少百万字，和轮流时一起跑的一段纯 Python 要几毫秒：这个数大的几列，机器正忙。列名是词目数、疏密、简繁。

{lines(speeds(columns, here))}

文章短一些，{OURS}与 {RAW} 之比：

{lines(by_length(columns))}

一次扫约一百四十万字以上，{RAW} 与 ahocorasick-rs 会忽然慢三分之一（Linux）：它们为全文造的临时表过了 32 MB，glibc 每次都要向系统另要内存，设了 `MALLOC_MMAP_THRESHOLD_` 就不慢。本库也在里面用 daachorse，慢得少些，所以两百万字的比值比短的高。

## 一篇 {SHORT:,} 字的文章

词典载入以后，标完一篇要几毫秒：从文章里取 {SHORT_TEXTS} 段，各取最快一轮，再取中位数。刚起的进程标十万字以下的文章不载入 numpy，逐字折叠慢一些；别的代码已经载入的，就用上。

{lines(milliseconds(columns))}

## 目标

{lines(targets(columns))}

## 找到多少处

找到的处数／撒进去的处数；只跑一段的，按那一段算。

{lines(mentions(columns, here))}

- 繁体的几列，不转换的各家只找得到简繁同形的词目，要造的结果也少；本库和 OpenCC 一行找的是全部，与 {RAW} 做的不是同一件事。
- `find_overlapping` 和 spaCy 把互相交叠的都报出来，所以会多。
- jieba 先切分，而它的词里不能有引号，“一张网”公约 这样的词目一处也找不到。

## 建一部词典

从条目建起要几秒。本库要为每个词目造各种写法（去引号、换标点、台湾用语），所以慢；编译好的词典（`.glossary`）打开时直接读自动机，不必再建。

{lines(building(columns, here))}

## 怎样看这些数

- {RAW} 每秒 {between(raw, 0)} 百万字，只报位置。本库还要逐字折叠简繁和全半角、略过引号和空白、判断那里是不是这个词、选释义、造对象：提及越密，后几样占得越多；写法与词目不同的，还要说出怎样不同。
- 文章是造的：词目均匀地抽，词目多时几乎处处是头一次遇到，比真的报告费时；词目都在五字以上，两三个字、要看前后文才能判断的没有，比真的报告省时。
- marisa 引擎给没有 daachorse 的平台用，逐字的循环在 Python 里走，与 C 和 Rust 写的自动机不在一个量级。
- 机器还有别的事在做，同一格再跑一次差一两成是常事，不必在意这样的差别。

## 自己跑一遍

在仓库的克隆里：

```sh
pip install -e .
pip install ahocorasick-rs pyahocorasick flashtext2 spacy harvesttext  # 要比哪家装哪家
python tests/benchmarks/bench_annotation.py --output docs/benchmarks.md
python tests/benchmarks/bench_annotation.py --headwords 1000 --characters 200000 --rounds 2 --seconds 0.4  # 一分钟上下
```

没有安装的略过；{asked.patience:g} 秒建不好的也略过。
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Annotation end to end beside other matchers.")
    add = parser.add_argument
    add("--headwords", type=int, nargs="+", default=SIZES, metavar="N", help="how many, one column a number")
    add("--characters", type=int, default=2_000_000, metavar="N", help="the length of the text")
    add("--rounds", type=int, default=5, metavar="N", help="of which the best counts")
    add(
        "--seconds",
        type=float,
        default=1.0,
        metavar="S",
        help="what takes longer gets the beginning of the text only",
    )
    add(
        "--patience",
        type=float,
        default=PATIENCE,
        metavar="S",
        help="a peer that takes longer to be built is left out",
    )
    add("--output", type=Path, metavar="PAGE", help="where the page is written")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    if "daachorse" not in engines():
        sys.exit("daachorse is missing, to which all else is compared. Run: pip install daachorse")
    fastest = min(timed(plain_python, "-")[0] for _ in range(50))
    columns: Columns = {}
    for number in asked.headwords:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            columns[number] = pool.submit(measure, number, asked, fastest).result()
    written = page(columns, asked)
    print(written)
    if asked.output:
        asked.output.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
