"""The compiled dictionary at several sizes: build, open, memory, look-up, search, each against its target.

python tests/benchmarks/bench_dictionary.py [NUMBER …]; 1,000 and 30,000 unless told, 1,000,000 takes some minutes.
A run of plain Python goes first, so that a slow machine can be told from slow code.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import headwords

from glossary import Glossary
from glossary.keys import initials


def seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def percentile(times: Sequence[float], share: float = 0.95) -> float:
    return sorted(times)[int(len(times) * share)]


def memory_after_open(path: Path, term: str) -> tuple[float, float, float]:
    """Return in a fresh process: ms to open, ms of the first look-up, MB resident after it above what it was before."""
    code = (
        "import resource, sys, time; from glossary import Glossary;"
        "rss = lambda: int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() / 2**20;"
        "a = time.perf_counter(); g = Glossary.open(sys.argv[1]); b = time.perf_counter();"
        "assert g.lookup(sys.argv[2]); c = time.perf_counter(); print((b - a) * 1000, (c - b) * 1000, rss())"
    )
    out = subprocess.run([sys.executable, "-c", code, path, term], capture_output=True, text=True, check=True)
    opened, first, resident = map(float, out.stdout.split())
    return opened, first, resident


def cold_start() -> None:
    """Print what `glossary.lookup` costs a new process above bare Python."""

    def best(code: str) -> float:
        return min(
            seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True)) for _ in range(15)
        )

    best("import glossary; glossary.lookup('一网通办')")
    bare, ours = best("pass"), best("import glossary; glossary.lookup('一网通办')")
    needed = best("import msgspec, sqlite3, marisa_trie, hashlib, pathlib")
    print(
        f"cold look-up: {(ours - bare) * 1000:.0f} ms above bare Python ({bare * 1000:.0f} ms); of these the imports of "
        f"msgspec, sqlite3, marisa-trie, hashlib and pathlib {(needed - bare) * 1000:.0f}; target 60"
    )


def measure(number: int) -> None:
    """Print the figures at one size."""
    entries: list[object] = []
    print(f"== {number} entries")
    made = seconds(lambda: entries.extend(headwords.entries(number)))
    print(f"generated, with readings: {made:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.glossary")
        built = seconds(lambda: Glossary(entries).save(path))  # type: ignore[arg-type]
        print(f"built: {built:.1f} s; {path.stat().st_size / 2**20:.1f} MB")
        chance = random.Random(1)
        sample = chance.sample([entry.headword for entry in entries], 1000)  # type: ignore[attr-defined]

        entries.clear()
        opened, first, resident = memory_after_open(path, sample[0])
        print(
            f"open: {opened:.1f} ms (target 50), first look-up {first:.1f} ms, {resident:.0f} MB resident (target 150)"
        )
        g = Glossary.open(path)
        readings = {headword: g[headword].reading for headword in sample}
        many = sample * 100
        warm = seconds(lambda: [g.lookup(term) for term in many])
        print(f"exact look-ups, warm: {len(many) / warm:,.0f} a second (target 200,000)")
        queries = {
            "headword": sample,
            "part": [term.strip("“”")[1:4] for term in sample],
            "prefix": [term[:2] for term in sample],
            "with more text": [f"什么是{term}平台" for term in sample],
            "pinyin": [readings[term].replace(" ", "") for term in sample],
            "initials": [initials(readings[term]) for term in sample],
            "one wrong character": [term[:-2] + "某" + term[-1:] for term in sample],
            "definition": [f"由{term}" for term in ("城市部门", "数据部门")] * 20
            + [f"{a}和{b}领域" for a, b in zip(headwords.FIELDS, headwords.FIELDS[3:], strict=False)],
        }
        all_times: list[float] = []
        for kind, asked in queries.items():
            times = [seconds(lambda query=query: g.search(query)) for query in asked[:200]]  # type: ignore[misc]
            all_times += times
            print(
                f"search, {kind}: {len(times) / sum(times):,.0f} a second, 95th percentile {percentile(times) * 1000:.1f} ms"
            )
        target = 5 if number <= 30_000 else 50
        print(f"search, all: 95th percentile {percentile(all_times) * 1000:.1f} ms (target {target})")


if __name__ == "__main__":
    counted = seconds(lambda: sum(range(10**7)))
    print(
        f"plain Python: sum of ten million numbers in {counted:.2f} s; Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    )
    cold_start()
    for size in [int(arg.replace(",", "")) for arg in sys.argv[1:]] or [1_000, 30_000]:
        measure(size)
