"""`glossary corpus annotate` on made-up reports: characters a second, and memory of all its processes together.

python tests/benchmarks/bench_corpus.py [--characters N] [--every N …] [--workers N …] [--rounds N] [--spark] [--folder DIR]
The target (20 million characters a second on two cores, 1 GiB) is for --characters 1500000000, which is the text of
100,000 reports. The dictionary is the built-in glossary, compiled. The reports are of 15,000 characters: sentences of
`bench_annotation`, one of the headwords in so many characters (`--every`), a million characters of each density, from
whose lines every report is drawn anew. Nothing is taken from a real report. With --spark the same file goes through
`mapInArrow` on as many cores.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from bench_annotation import SHORT, plain_python, text_of, timed

import glossary

POOL = 1_000_000
GROUP = 2_000  # reports in a row group: 90 MB of text
SPARK = """
import sys, time
from pyspark.sql import SparkSession
from glossary.corpus import COLUMNS, annotate_batches
source, target, path, cores = sys.argv[1:]
spark = (SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false")
         .config("spark.driver.memory", "2g").config("spark.sql.files.maxPartitionBytes", "32m")
         .config("spark.sql.execution.arrow.maxRecordsPerBatch", "256").getOrCreate())
start = time.perf_counter()
df = spark.read.parquet(source)
df.mapInArrow(lambda batches: annotate_batches(batches, path, keys=["id"]), f"id string, {COLUMNS}").write.mode(
    "overwrite").parquet(target)
print(time.perf_counter() - start)
"""


def write(path: Path, characters: int, every: int) -> int:
    """Write made-up reports of so many characters in all; return how many characters there are."""
    chance = random.Random(every)
    lines = text_of(list(glossary.load()), POOL, every).whole.splitlines()
    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    written = number = 0
    with pq.ParquetWriter(path, schema) as writer:
        while written < characters:
            texts = []
            while len(texts) < GROUP and written < characters:
                # some lines more than are needed
                text = "\n".join(chance.choices(lines, k=2 * SHORT * len(lines) // POOL))[:SHORT]
                texts.append(text)
                written += len(text)
            ids = [f"report-{number + n}" for n in range(len(texts))]
            number += len(texts)
            writer.write_table(pa.table({"id": ids, "text": texts}, schema))
    return written


def resident(process: int) -> int:
    """Return the resident memory of a process and all below it in bytes; what they share counts for each."""
    total = 0
    waiting = [process]
    while waiting:
        each = Path(f"/proc/{waiting.pop()}")
        try:
            total += int((each / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for task in (each / "task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except (OSError, ValueError):
            continue
    return total


def used() -> float:
    """Return the seconds of the processor that ended child processes, and theirs, took."""
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


def run(command: list[str], **how: object) -> tuple[float, float, int, str]:
    """Run a command; return its seconds, those of the processor, the most memory that it took, and what it printed."""
    start, before = time.perf_counter(), used()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **how)
    most = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal most
        while not ended.wait(0.1):
            most = max(most, resident(process.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    out, _ = process.communicate()
    ended.set()
    watching.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit status {process.returncode}")
    return time.perf_counter() - start, used() - before, most, out


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--characters", type=int, default=15_000_000)
    add("--every", type=int, nargs="+", default=[1000, 60], help="one headword in so many characters")
    add("--workers", type=int, nargs="+", default=[1, 2])
    add("--rounds", type=int, default=1, help="of which the best counts")
    add("--spark", action="store_true")
    add("--folder", type=Path, help="where the files are made (as large as the text: 3 bytes a character)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made)
        terms = folder / "terms.glossary"
        glossary.load().save(terms)
        for every in asked.every:
            source, target = folder / "in.parquet", folder / "out.parquet"
            characters = write(source, asked.characters, every)
            for workers in asked.workers:
                command = [
                    sys.executable,
                    "-m",
                    "glossary",
                    "corpus",
                    "annotate",
                    str(source),
                    "-o",
                    str(target),
                ]
                options = ["--glossary", str(terms), "--key", "id", "--workers", str(workers)]
                rounds = []
                quick = float("inf")
                for _ in range(asked.rounds):
                    target.unlink(missing_ok=True)
                    quick = min(quick, *(timed(plain_python, "-")[0] for _ in range(5)))
                    rounds.append(run([*command, *options])[:3])
                wall, taken = min(each[0] for each in rounds), min(each[1] for each in rounds)
                say(
                    f"1 in {every}, {workers} workers: {characters:,} characters, "
                    f"{pq.read_metadata(target).num_rows:,} mentions",
                    characters,
                    wall,
                    taken,
                )
                print(
                    f"    {max(each[2] for each in rounds) / 2**20:.0f} MiB; plain Python {quick * 1000:.0f} ms",
                    flush=True,
                )
                if asked.spark:
                    job = [
                        sys.executable,
                        "-c",
                        SPARK,
                        str(source),
                        str(folder / "spark"),
                        str(terms),
                        str(workers),
                    ]
                    java = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
                    runs = [run(job, env=java) for _ in range(asked.rounds)]
                    say(
                        f"  Spark, {workers} cores, its start left out of the time, not of the processor's",
                        characters,
                        min(float(each[3]) for each in runs),
                        min(each[1] for each in runs),
                    )


def say(what: str, characters: int, wall: float, taken: float) -> None:
    print(
        f"{what}: {wall:.1f} s, {characters / wall / 1e6:.1f} million characters a second; "
        f"{taken:.1f} s of the processor, {characters / taken / 1e6:.1f} million in each",
        flush=True,
    )


if __name__ == "__main__":
    main()
