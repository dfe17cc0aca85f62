"""Measure what a bare `import glossary` takes above a bare Python: python tests/benchmarks/bench_import.py."""

import statistics
import subprocess
import sys
import time

TARGET = 15.0  # ms
PAIRS = 11


def milliseconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    milliseconds("import glossary")  # bytecode is written, the disk cache warm
    # in pairs, so that what else the machine does falls on both
    above = [-milliseconds("pass") + milliseconds("import glossary") for _ in range(PAIRS)]
    median = statistics.median(above)
    print(
        f"import glossary: {median:.1f} ms above bare Python, median of {PAIRS} pairs "
        f"({min(above):.1f} to {max(above):.1f}); target at most {TARGET:.0f} ms: "
        f"{'met' if median <= TARGET else 'missed'}"
    )


if __name__ == "__main__":
    main()
