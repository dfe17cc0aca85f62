"""Measure harvesting: python tests/benchmarks/bench_harvest.py [FOLDER OF REPORTS]."""

import statistics
import sys
import time
from pathlib import Path

import glossary

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "reports"
TARGET = 1.0  # million characters a second
COPIES = 100
MOST = 130  # times as long as one; 100 is linear
ROUNDS = 9


def seconds(report: glossary.Report, rounds: int = ROUNDS) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        glossary.harvest(report)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    reports = [glossary.read(path) for path in sorted(folder.glob("*.txt"))]
    if not reports:
        sys.exit(f"{folder}: holds no reports (*.txt). Name a folder of them.")
    for report in reports:
        glossary.harvest(report)
    once = {report.id: seconds(report) for report in reports}
    for report in reports:
        entries = len(glossary.harvest(report).entries)
        speed = len(report.text) / once[report.id] / 1e6
        print(
            f"{report.id}: {len(report.text)} characters, {entries} entries, {speed:.2f} million characters a second"
        )
    speed = sum(len(report.text) for report in reports) / sum(once.values()) / 1e6
    print(
        f"all: {speed:.2f} million characters a second; target at least {TARGET:.0f}: "
        f"{'met' if speed >= TARGET else 'missed'}"
    )
    for report in reports:
        many = glossary.read_text("\n\n".join([report.text] * COPIES), id=report.id)
        ratio = seconds(many, 1) / once[report.id]
        print(
            f"{report.id}: {COPIES} copies take {ratio:.0f} times as long; target at most {MOST}: "
            f"{'met' if ratio <= MOST else 'missed'}"
        )


if __name__ == "__main__":
    main()
