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


def fresh(text: str, number: int) -> str:
    """Change a text in nearly every line, so that nothing kept from an earlier round serves."""
    return text.replace("的", chr(0x4E00 + 7 * number)).replace("市", chr(0x5200 + 7 * number))


def once_over(report: glossary.Report) -> float:
    start = time.process_time()
    glossary.harvest(report)
    return time.process_time() - start


def seconds(text: str, first: int, rounds: int = ROUNDS) -> float:
    taken = []
    for number in range(first, first + rounds):
        taken.append(once_over(glossary.read_text(fresh(text, number))))
    return statistics.median(taken)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    reports = [glossary.read(path) for path in sorted(folder.glob("*.txt"))]
    if not reports:
        sys.exit(f"{folder}: holds no reports (*.txt). Name a folder of them.")
    for report in reports:
        glossary.harvest(report)
    once = {report.id: seconds(report.text, 1) for report in reports}
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
        # Every copy is another text, or what one copy taught would make the next ones cheap. The copies are harvested
        # one by one and then joined, in one go, so that a slow moment of the machine falls on both.
        copies = [fresh(report.text, 100 + number) for number in range(COPIES)]
        alone = sum(once_over(glossary.read_text(text)) for text in copies)
        joined = once_over(glossary.read_text("\n\n".join(fresh(text, 300) for text in copies)))
        ratio = COPIES * joined / alone
        print(
            f"{report.id}: {COPIES} copies take {ratio:.0f} times as long; target at most {MOST}: "
            f"{'met' if ratio <= MOST else 'missed'}"
        )


if __name__ == "__main__":
    main()
