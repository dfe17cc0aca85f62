"""How many terms are read a second, against pypinyin in the same run: python tests/benchmarks/bench_readings.py."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import headwords
from pypinyin import pinyin as plain

from glossary.readings import pinyin, reading

TARGET = 30_000  # terms a second
ROUNDS = 5


def rate(read: Callable[[str], object], terms: Sequence[str]) -> float:
    start = time.process_time()
    for term in terms:
        read(term)
    return len(terms) / (time.process_time() - start)


def main() -> None:
    terms = [entry.headword for entry in headwords.entries(20_000)]
    pinyin(terms[0])
    counted = -time.process_time()
    sum(range(10**7))
    counted += time.process_time()
    ours, doubting, theirs = [], [], []
    for _ in range(ROUNDS):  # in turns, so that what else the machine does falls on all
        ours.append(rate(pinyin, terms))
        doubting.append(rate(reading, terms))
        theirs.append(rate(plain, terms))
    best = max(ours)
    print(f"plain Python: sum of ten million numbers in {counted:.2f} s")
    print(
        f"pinyin: {best:,.0f} terms a second, {best / max(theirs):.1f} times pypinyin's {max(theirs):,.0f}; "
        f"target {TARGET:,}: {'met' if best >= TARGET else 'missed'}"
    )
    print(f"reading, with doubts: {max(doubting):,.0f} terms a second")


if __name__ == "__main__":
    main()
