"""Beyond one machine: `DataFrame.mapInArrow` with the batch form says what one process says, row by row."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'policy-glossary[spark]'")

from glossary.dictionary import Glossary

if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
    pytest.skip("there is no Java, which Spark runs on", allow_module_level=True)

# In a process of its own: Spark's gateway and its warnings stay out of this one.
JOB = """
import sys
from pathlib import Path

import pyarrow as pa
import pyspark
from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql.functions import lit

from glossary.corpus import COLUMNS, annotate_batches
from glossary.dictionary import Glossary

path, master = sys.argv[1:]
spark = (
    SparkSession.builder.master(master)
    .config("spark.ui.enabled", "false")
    .config("spark.executor.memory", "512m")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
    .getOrCreate()
)
sc = spark.sparkContext
texts = [None if n % 11 == 0 else f"第{n}份：推进一網通辦，{'落实三保，' * (n % 3)}“三保”之间。" for n in range(200)]
table = pa.table({"id": [f"r{n}" for n in range(200)], "text": texts})
df = spark.createDataFrame(table).repartition(2)
names = "id start end surface term kind definition variant problem".split()

wanted = sorted(map(repr, (
    tuple(row[name] for name in names)
    for batch in annotate_batches(table.to_batches(), path, keys=["id"])
    for row in batch.to_pylist()
)))
assert len(wanted) > 300

# a path that all machines see; a file that Spark sends along; a glossary, opened from its file where it is used
sc.addFile(path)
name, given, schema = Path(path).name, Glossary.open(path), f"id string, {COLUMNS}"
ways = {
    "path": df.mapInArrow(lambda batches: annotate_batches(batches, path, keys=["id"]), schema),
    "file": df.mapInArrow(lambda batches: annotate_batches(batches, SparkFiles.get(name), keys=["id"]), schema),
    "glossary": df.mapInArrow(lambda batches: annotate_batches(batches, given, keys=["id"]), schema),
}

def where(batches):
    for batch in batches:
        yield pa.record_batch({"dir": [str(Path.cwd())]})

# one job, since each takes seconds to start
found = {way: [] for way in ways}
whole = None
for way, mentions in ways.items():
    assert mentions.columns == names
    named = mentions.withColumn("way", lit(way))
    whole = named if whole is None else whole.unionByName(named)
for row in whole.collect():
    *mention, way = row
    found[way].append(repr(tuple(mention)))
for way in ways:
    assert sorted(found[way]) == wanted, way
print("executors", len({row["dir"] for row in df.mapInArrow(where, "dir string").collect()}))
spark.stop()
"""


def test_on_several_executors(tmp_path):
    path, script = tmp_path / "a.glossary", tmp_path / "job.py"
    Glossary.from_headwords(["一网通办", "三保", "“雪亮”工程"]).save(path)
    script.write_text(JOB, encoding="utf-8")
    import pyspark

    done = subprocess.run(
        [sys.executable, str(script), str(path), "local-cluster[2,1,1024]"],
        cwd=tmp_path,
        env={
            **os.environ,
            "SPARK_LOCAL_IP": "127.0.0.1",
            # the executors of a local cluster are started from Spark's own scripts
            "SPARK_HOME": str(Path(pyspark.__file__).parent),
            "PYSPARK_PYTHON": sys.executable,
            # four JVMs start for a job of seconds: none is to spend time on becoming fast
            "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        },
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "executors 2" in done.stdout
