"""Large collections: the same mentions as one by one, whatever the batches, the processes, and where it was stopped."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow")

import pyarrow.parquet as pq  # noqa: E402
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

import glossary  # noqa: E402
from glossary.corpus import COLUMNS, annotate_batches, annotate_file, files, harvest_folder  # noqa: E402
from glossary.corpus import columns as corpus_columns  # noqa: E402
from glossary.dictionary import Glossary  # noqa: E402
from glossary.errors import DataError  # noqa: E402
from glossary.model import Entry, Sense, Source  # noqa: E402

NAMES = [
    "一网通办",
    "“雪亮”工程",
    "三保",
    "三公",
    "27条",
    "APP+",
    "四个一",
    "网格",
    "两山",
    "5G",
    "好家风",
    "长三角一体化",
]
# What forms are made of, what glues to them, parts them or lies between them, in pieces that meet across rows.
PIECES = [
    *NAMES, "一网", "通办", "雪亮", "工程", "一網通辦", "「雪亮」", "三", "公里", "里", "家", "批", "之间", "1", "第", "的",
    "“", "”", "「", " ", "\n", "\n\n", "\u200b", "\0", "。", "联", "格局", "𠮷", "x", "", "資訊", "長三角", "一体化",
]  # fmt: skip


@st.composite
def rows_of_texts(draw):
    """Draw texts that are a longer text cut anywhere, so that names run from one into the next, and nulls."""
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=12))
    whole = "".join(pieces)
    cuts = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    texts = [whole[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    return [None if draw(st.integers(0, 9)) == 9 else text for text in texts]


SENSES = tuple(
    Sense(definition=f"{region}{year}的说法。", source=Source(id=f"{region}{year}", region=region, year=year))
    for region in ("上海市", "江苏省")
    for year in (2020, 2023)
)


@pytest.fixture(scope="module")
def g():
    return Glossary([*Glossary.from_headwords(NAMES).values(), Entry(headword="两山", senses=SENSES)])


@pytest.fixture(scope="module")
def compiled(g, tmp_path_factory):
    path = tmp_path_factory.mktemp("corpus") / "a.glossary"
    g.save(path)
    return path


def wanted(g, texts, **how):
    """Return what a batch should say of texts: the mentions of each, found one text at a time."""
    rows = []
    for row, text in enumerate(texts):
        if text is None:
            rows.append({"row": row, "problem": "no text: the value is null"})
        else:
            rows += [{"row": row, **mention} for mention in g.annotate(text, **how).to_dicts()]
    names = ["row", "start", "end", "surface", "term", "kind", "definition", "variant", "problem"]
    return [{name: row.get(name) for name in names} for row in rows]


def found(batches, g, **how):
    return [row for batch in annotate_batches(batches, g, **how) for row in batch.to_pylist()]


def cut(column, sizes):
    """Cut a column into batches of these sizes, over and over."""
    at = 0
    while at < len(column):
        for size in sizes:
            yield pa.record_batch({"text": column.slice(at, size)})
            at += size


@pytest.mark.parametrize("folded_by", ["numpy", "table"])
@settings(max_examples=300)
@given(texts=rows_of_texts(), sizes=st.lists(st.integers(1, 5), min_size=1), piece=st.integers(1, 200))
def test_a_batch_says_what_each_text_says(g, folded_by, texts, sizes, piece):
    column = pa.array(texts, pa.string())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus_columns, "_PIECE", piece)
        # short texts are folded in another way than long ones: the texts put together in either
        patch.setattr("glossary.text._LONG", 1 if folded_by == "numpy" else 10**6)
        together = found(cut(column, sizes), g)
    assert together == wanted(g, texts)


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.binary(),
        pa.large_binary(),
        pa.dictionary(pa.int32(), pa.string()),
    ],
    ids=str,
)
def test_however_the_texts_are_kept(g, kind):
    texts = ["推进一網通辦", None, "", "𠮷三保", "三保"]
    column = pa.array(texts, pa.string()).cast(kind)
    assert found([pa.record_batch({"text": column}).slice(1)], g, first_row=1) == wanted(g, texts)[1:]


def test_bytes_that_are_no_text_are_named_and_the_rest_is_done(g):
    half = "保".encode()
    raw = ["三保".encode(), half[:1], half[1:], b"\xff", "三保".encode()]
    rows = found([pa.record_batch({"text": pa.array(raw, pa.binary())})], g)
    assert [(row["row"], row["term"], row["problem"]) for row in rows] == [
        (0, "三保", None),
        (1, None, "no text: not UTF-8"),
        (2, None, "no text: not UTF-8"),
        (3, None, "no text: not UTF-8"),
        (4, "三保", None),
    ]


def test_senses_by_columns(g):
    places = [(None, None), ("上海市", 2020), ("江苏省", 2023), ("江苏省", None), ("上海市", 2023)]
    batch = pa.record_batch(
        {
            "text": ["守护两山。"] * len(places),
            "where": [place for place, _ in places],
            "when": pa.array([year for _, year in places], pa.int16()),
        }
    )
    rows = found([batch], g, region_column="where", year_column="when")
    assert [row["definition"] for row in rows] == [
        g.annotate("守护两山。", region=region, year=year).mentions[0].sense.definition
        for region, year in places
    ]
    rows = found([batch], g, region_column="where", year=2020)
    assert rows[2]["definition"] == "江苏省2020的说法。"


@pytest.mark.parametrize(
    "kind",
    [pa.binary(), pa.string_view(), pa.binary_view(), pa.dictionary(pa.int8(), pa.string())],
    ids=str,
)
def test_however_the_regions_are_kept(g, kind):
    batch = pa.record_batch({"text": ["两山"] * 2, "where": pa.array(["江苏省", None]).cast(kind)})
    plain = pa.record_batch({"text": ["两山"] * 2, "where": ["江苏省", None]})
    told = found([batch], g, region_column="where")
    assert told == found([plain], g, region_column="where")
    assert told[0]["definition"].startswith("江苏省")


def test_regions_that_are_no_text_are_not_passed_over(g):
    batch = pa.record_batch({"text": ["两山"], "where": pa.array(["江苏省".encode("gbk")])})
    with pytest.raises(DataError, match="'where' holds regions that are not UTF-8"):
        found([batch], g, region_column="where")


def test_years_kept_by_number(g):
    years = pa.array([2023, None, 2023, 2020], pa.int16())
    batch, plain = (
        pa.record_batch({"text": ["两山"] * 4, "when": each}) for each in (years.dictionary_encode(), years)
    )
    assert found([batch], g, year_column="when") == found([plain], g, year_column="when")


@pytest.mark.parametrize("kind", [pa.string_view(), pa.binary_view()], ids=str)
def test_keys_kept_as_views(g, compiled, tmp_path, kind):
    ids = pa.array(["甲", "乙", None]).cast(kind)
    table = pa.table({"id": ids, "text": ["没有", "三保、三保", None]})
    rows = found(table.to_batches(), g, keys=["id"])
    pq.write_table(table, tmp_path / "in.parquet")
    annotate_file(tmp_path / "in.parquet", tmp_path / "out.parquet", compiled, keys=["id"], workers=1)
    assert rows_of(tmp_path / "out.parquet") == rows
    assert [row["id"] for row in rows] == [ids[1].as_py(), ids[1].as_py(), None]


def test_keys_that_cannot_be_carried_over_are_told_before_any_work(compiled, tmp_path):
    table = pa.table({"id": pa.array([["甲"]], pa.list_(pa.string_view())), "text": ["没有"]})
    pq.write_table(table, tmp_path / "in.parquet")
    with pytest.raises(DataError, match=r"in\.parquet: the key 'id' holds list<"):
        annotate_file(tmp_path / "in.parquet", tmp_path / "out.parquet", compiled, keys=["id"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet"]


def test_what_arrow_cannot_do_in_a_worker_is_said_in_one_line(compiled, tmp_path):
    with pytest.raises(DataError, match=r"the rows from 7 on cannot be annotated \("):
        files._annotate_part(tmp_path / "part", 7, b"no stream", str(compiled), {})


@pytest.mark.parametrize("form", ["table", "batch", "list of tables"])
def test_what_are_no_batches(g, form):
    table = pa.table({"text": ["三保"]})
    given = {"table": table, "batch": table.to_batches()[0], "list of tables": [table]}[form]
    with pytest.raises(TypeError, match=r"got a (Table|RecordBatch)\. Give table\.to_batches\(\)"):
        list(annotate_batches(given, g))


def test_keys_are_carried_over(g):
    batch = pa.record_batch({"id": ["甲", "乙", "丙"], "n": [1, 2, 3], "text": ["三保、三保", "没有", None]})
    (out,) = annotate_batches([batch], g, keys=["n", "id"])
    assert out.schema.names == ["n", "id", *COLUMNS.replace("`", "").replace(",", "").split()[::2]]
    assert out.select(["n", "id", "start"]).to_pylist() == [
        {"n": 1, "id": "甲", "start": 0},
        {"n": 1, "id": "甲", "start": 3},
        {"n": 3, "id": "丙", "start": None},
    ]


def test_years_as_pandas_keeps_them_where_some_are_missing():
    senses = [
        Sense(definition=f"{year}年的说法。", source=Source(id=str(year), year=year)) for year in (2019, 2023)
    ]
    g = Glossary([Entry(headword="三保", senses=tuple(senses))])
    texts, years = ["三保"] * 4, [2019, 2023, None, None]
    whole = pa.record_batch({"text": texts, "when": pa.array(years, pa.int64())})
    floats = pa.record_batch({"text": texts, "when": pa.array([2019.0, 2023.0, float("nan"), None])})
    assert found([floats], g, year_column="when") == found([whole], g, year_column="when")
    told = [row["definition"] for row in found([floats], g, year_column="when")]
    assert told[:2] == ["2019年的说法。", "2023年的说法。"]


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"text_column": "body"}, "no one column 'body', but: text, n, start"),
        ({"text_column": "n"}, "'n' holds int64, no text"),
        ({"keys": ["id"]}, "no one column 'id'"),
        ({"keys": ["n", "n"]}, "'n' is named twice"),
        ({"keys": ["start"]}, "'start' has the name of a column of the result"),
        ({"region_column": "where"}, "no one column 'where'"),
        ({"region_column": "n"}, "'n' holds int64, no regions"),
        ({"year_column": "text"}, "'text' holds string, no years"),
    ],
)
def test_columns_that_will_not_do(g, how, says):
    batch = pa.record_batch({"text": ["三保"], "n": [1], "start": [1]})
    with pytest.raises(DataError, match=says):
        list(annotate_batches([batch], g, **how))


def test_a_path_is_opened_once(compiled, monkeypatch):
    opened = []
    monkeypatch.setattr(Glossary, "open", classmethod(lambda cls, path: opened.append(path) or Glossary()))
    corpus_columns._opened.cache_clear()
    for _ in range(3):
        list(annotate_batches([], compiled))
    corpus_columns._opened.cache_clear()
    assert opened == [compiled]


def test_a_glossary_that_is_not_there(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        list(annotate_batches([], tmp_path / "missing.glossary"))


# ---- files

SOME = [f"第{n}份：推进一網通辦，{'落实三保，' * (n % 3)}守护两山。" if n % 7 else None for n in range(60)]


@pytest.fixture
def small(monkeypatch):
    """Make parts of some ten rows."""
    monkeypatch.setattr(files, "_PART", 600)
    monkeypatch.setattr(files, "_FEWEST", 5)
    monkeypatch.setattr(files, "_MOST", 5)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.parquet"
    pq.write_table(pa.table({"id": [f"r{n}" for n in range(60)], "text": SOME}), path, row_group_size=25)
    return path


def rows_of(path):
    return pq.read_table(path).to_pylist()


def test_a_file_says_what_its_rows_say(g, compiled, source, tmp_path, small):
    to = tmp_path / "out.parquet"
    made = annotate_file(source, to, compiled, workers=2)
    assert rows_of(to) == wanted(g, SOME)
    nulls = SOME.count(None)
    assert (made.rows, made.mentions, made.without) == (60, len(wanted(g, SOME)) - nulls, nulls)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_a_result_that_is_there_is_left_alone(compiled, source, tmp_path):
    to = tmp_path / "out.parquet"
    annotate_file(source, to, compiled, workers=1)
    state = to.stat().st_mtime_ns
    assert annotate_file(source, to, compiled, workers=1).kept == 60
    assert to.stat().st_mtime_ns == state
    # of other options it is another result
    annotate_file(source, to, compiled, workers=1, keys=["id"])
    assert rows_of(to)[0]["id"] == "r0"


@pytest.mark.parametrize("name", ["in.parquet", "../{}/in.parquet", "link.parquet", "hard.parquet"])
def test_the_texts_are_never_replaced(compiled, source, tmp_path, name):
    (tmp_path / "link.parquet").symlink_to(source)
    (tmp_path / "hard.parquet").hardlink_to(source)
    there = source.read_bytes()
    with pytest.raises(DataError, match="is the file with the texts"):
        annotate_file(source, tmp_path / name.format(tmp_path.name), compiled, workers=1)
    assert source.read_bytes() == there


STOPPED = """
import sys
from glossary.corpus import files
files._PART, files._FEWEST, files._MOST = 600, 5, 5
if __name__ == "__main__":
    files.annotate_file(*sys.argv[1:4], workers=1)
"""


def test_a_run_that_was_killed_goes_on(g, compiled, source, tmp_path, small, monkeypatch):
    to, script = tmp_path / "out.parquet", tmp_path / "run.py"
    script.write_text(STOPPED)
    run = subprocess.Popen([sys.executable, str(script), str(source), str(to), str(compiled)])
    parts = tmp_path / "out.parquet.parts"
    while not list(parts.glob("*-*.parquet")) and run.poll() is None:
        time.sleep(0.005)
    run.send_signal(signal.SIGKILL)
    run.wait()
    there = list(parts.glob("*-*.parquet"))
    if to.exists():
        pytest.skip("it was finished before it could be killed")
    assert there
    # each part that bears its name is whole
    kept = sum(
        pq.read_metadata(path).num_rows >= 0 and files._range(path)[1] - files._range(path)[0]
        for path in there
    )
    (parts / ".left.unfinished").write_bytes(b"half")
    made = annotate_file(source, to, compiled, workers=1)
    assert made.kept >= kept > 0
    assert rows_of(to) == wanted(g, SOME)
    assert not parts.exists()


@given(done=st.sets(st.integers(0, 11)))
def test_whatever_was_finished_the_result_is_the_same(g, compiled, tmp_path_factory, done):
    """Only the parts that are missing are made, and the whole is what one run makes."""
    folder = tmp_path_factory.mktemp("restart")
    source = folder / "in.parquet"
    pq.write_table(pa.table({"text": SOME}), source, row_group_size=25)
    spans = [(5 * n, 5 * n + 5) for n in sorted(done)]
    with pq.ParquetFile(source) as file:
        read = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(files, "_PART", 300)
            patch.setattr(files, "_FEWEST", 4)
            patch.setattr(files, "_MOST", 4)
            for first, stop, payload in files._payloads(file, ["text"], spans, []):
                rows = pa.ipc.open_stream(payload).read_all()["text"].to_pylist()
                assert rows == SOME[first:stop]
                read += range(first, stop)
    assert read == [n for n in range(60) if n // 5 not in done]


def test_parts_of_another_file_are_not_taken(g, compiled, source, tmp_path, small):
    to = tmp_path / "out.parquet"
    parts = tmp_path / "out.parquet.parts"
    parts.mkdir()
    (parts / "0000-000000000000-000000000060.parquet").write_bytes(b"")
    assert annotate_file(source, to, compiled, workers=1).kept == 0
    assert rows_of(to) == wanted(g, SOME)


def test_a_folder_that_is_not_there_is_not_made(compiled, source, tmp_path):
    with pytest.raises(DataError, match="there is no folder"):
        annotate_file(source, tmp_path / "missing" / "out.parquet", compiled)
    assert not (tmp_path / "missing").exists()


def test_two_runs_do_not_meet(compiled, source, tmp_path):
    from glossary.corpus.parts import Parts

    with Parts(tmp_path / "out.parquet.parts").working():
        code = "import sys\nfrom glossary.corpus import annotate_file\nannotate_file(*sys.argv[1:])"
        arguments = [str(source), str(tmp_path / "out.parquet"), str(compiled)]
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    assert "another process works on this" in done.stderr


def test_damage_is_named_and_the_rest_is_done(g, compiled, tmp_path, small):
    source, to = tmp_path / "in.parquet", tmp_path / "out.parquet"
    table = pa.table({"text": SOME})
    pq.write_table(table, source, row_group_size=20, write_page_checksum=True, use_dictionary=False)
    second = pq.read_metadata(source).row_group(1).column(0)
    raw = bytearray(source.read_bytes())
    at = second.data_page_offset + second.total_compressed_size // 2
    raw[at : at + 8] = b"\0" * 8
    source.write_bytes(raw)
    made = annotate_file(source, to, compiled, workers=1)
    ((first, stop, why),) = made.damaged
    assert (first, stop) == (20, 40)
    assert "CRC" in why
    whole = [row for row in wanted(g, SOME) if not 20 <= row["row"] < 40]
    rows = rows_of(to)
    assert [row for row in rows if not 20 <= row["row"] < 40] == whole
    (row,) = [row for row in rows if row["row"] == 20]
    assert row["problem"].startswith("rows 20–39 can't be read")
    # it may be readable tomorrow: nothing of this is taken for finished
    assert annotate_file(source, to, compiled, workers=1).damaged


def shortened(source, groups):
    """Cut a file off in the middle of its row group with this number."""
    column = pq.read_metadata(source).row_group(groups).column(0)
    os.truncate(source, column.data_page_offset + column.total_compressed_size // 2)


@pytest.mark.parametrize("groups", range(3))
def test_of_a_file_that_is_shortened_every_row_is_read_or_named(source, small, groups):
    with files._reading(source) as file:
        shortened(source, groups)
        damaged = []
        spans = [span[:2] for span in files._payloads(file, ["text"], [(0, 5), (52, 55)], damaged)]
    rows = [row for first, stop in [*spans, *(span[:2] for span in damaged)] for row in range(first, stop)]
    assert sorted(rows) == [*range(5, 52), *range(55, 60)]
    assert all(stop > 25 * groups for _, stop, _ in damaged)


@pytest.mark.parametrize("how", ["shortened", "rewritten", "gone"])
def test_a_file_that_changes_while_it_is_read_makes_no_result(
    compiled, source, tmp_path, small, monkeypatch, how
):
    payloads = files._payloads

    def changing(*arguments):
        for n, payload in enumerate(payloads(*arguments)):
            yield payload
            if n == 1 and how == "shortened":
                shortened(source, 0)
            elif n == 1 and how == "rewritten":
                pq.write_table(pa.table({"id": ["r0"] * 60, "text": ["三保"] * 60}), source)
            elif n == 1:
                source.unlink()

    monkeypatch.setattr(files, "_payloads", changing)
    with pytest.raises(DataError, match=r"in\.parquet: changed while it was read"):
        annotate_file(source, tmp_path / "out.parquet", compiled, workers=1)
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize(
    "ranges", [[], [(0, 5)], [(5, 10)], [(0, 4), (5, 10)], [(0, 6), (5, 10)], [(0, 10), (0, 10)]], ids=str
)
def test_parts_that_are_not_each_row_once_are_no_result(tmp_path, ranges):
    damaged = tuple((first, stop, "") for first, stop in ranges[1:])
    made = files.Annotated(rows=10, mentions=0, damaged=damaged)
    with pytest.raises(DataError, match="not each row of the file once"):
        files._put_together(tmp_path / "o", None, dict.fromkeys(ranges[:1]), made, "")


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "no such file"), (b"", "no Parquet file"), (b"PAR1 not at all PAR1", "no Parquet file")],
)
def test_files_that_will_not_do(compiled, tmp_path, content, says):
    source = tmp_path / "in.parquet"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(DataError, match=says):
        annotate_file(source, tmp_path / "out.parquet", compiled)
    assert not (tmp_path / "out.parquet").exists()


def test_a_column_that_is_not_there_is_told_before_any_work(compiled, source, tmp_path):
    with pytest.raises(DataError, match=r"in\.parquet: there is no one column 'body', but: id, text"):
        annotate_file(source, tmp_path / "out.parquet", compiled, text_column="body")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet"]


def test_a_glossary_that_is_not_compiled(source, tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("一网通办\n", encoding="utf-8")
    made = annotate_file(source, tmp_path / "out.parquet", words, workers=1)
    assert made.mentions == sum(text is not None for text in SOME)


def test_an_empty_file(compiled, tmp_path):
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "in.parquet")
    assert annotate_file(tmp_path / "in.parquet", tmp_path / "out.parquet", compiled, workers=1).rows == 0
    assert rows_of(tmp_path / "out.parquet") == []


# ---- harvests


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    (folder / "更多").mkdir(parents=True)
    text = (Path(__file__).parents[1] / "examples/report.txt").read_text(encoding="utf-8")
    for name in ("a.txt", "b.txt", "更多/c.txt"):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "notes.xlsx").write_bytes(b"no report")
    return folder


def test_a_folder_is_harvested_and_what_cannot_be_read_is_named(reports, tmp_path):
    made = harvest_folder(reports, tmp_path / "out", workers=1)
    tables = {path.stem: rows_of(path) for path in (tmp_path / "out").iterdir()}
    assert sorted(tables) == ["entry", "inline", "quote", "rejected", "report"]
    assert made.reports == 5
    assert sorted(made.problems) == ["broken.pdf", "empty.txt"]
    assert {row["path"]: row["problem"] for row in tables["report"] if row["problem"]} == made.problems
    harvest = glossary.harvest(glossary.read(reports / "a.txt"))
    for path in ("a.txt", "b.txt", "更多/c.txt"):
        rows = [row for row in tables["entry"] if row["path"] == path]
        assert [row["term"] for row in rows] == [entry.headword for entry in harvest.entries]
        assert [row["definition"] for row in rows] == [entry.sense.definition for entry in harvest.entries]
    # nothing that the command prints is left out of the tables
    from glossary.listing import harvest_rows

    for row in harvest_rows("a.txt", harvest):
        assert (
            row in [{"type": row["type"], **each} for each in tables[row["type"]]] or row["type"] == "report"
        )


@pytest.mark.parametrize("out", ["reports", ".", "reports/更多", "reports/out"])
def test_tables_beside_the_reports_or_above_them(reports, tmp_path, out):
    made = [harvest_folder(reports, tmp_path / out, workers=1).reports for _ in range(2)]
    assert made == ([4, 4] if out == "reports/更多" else [5, 5])


def test_finished_reports_are_not_harvested_again(reports, tmp_path, monkeypatch):
    from glossary.corpus import harvests

    monkeypatch.setattr(harvests, "_FILES", 1)
    out = tmp_path / "out"
    together = harvests._put_together

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(harvests, "_put_together", stopped)
    with pytest.raises(KeyboardInterrupt):
        harvest_folder(reports, out, workers=1)
    monkeypatch.setattr(harvests, "_put_together", together)
    # a report that changed in between is harvested anew, one that vanished is no longer there
    (reports / "更多/c.txt").unlink()
    (reports / "b.txt").write_text("乙区政府工作报告\n\n推进“一网通办”。", encoding="utf-8")
    made = harvest_folder(reports, out, workers=1)
    assert (made.reports, made.kept) == (4, 3)
    assert {row["path"] for row in rows_of(out / "report.parquet")} == {
        "a.txt",
        "b.txt",
        "broken.pdf",
        "empty.txt",
    }


def test_a_file_that_came_or_went_changes_its_part_and_no_other():
    from glossary.corpus import harvests

    names = [f"{year}/区{n}.docx" for year in range(2010, 2020) for n in range(40)]
    parts = [[(name, 1, 1) for name in names]]
    parts[1:] = ([(name, 1, 1) for name in names if name != gone] for gone in names[::7])
    first, *others = ({tuple(some) for some in harvests._chunks(part)} for part in parts)
    assert sorted(file for some in first for file in some) == sorted(parts[0])
    assert 400 / 32 < len(first) < 400 / 8
    # two at most: where a part begins with the one that went, it and the one before it are one now
    assert all(len(first - other) <= 2 and len(other - first) <= 1 for other in others)


def test_tables_that_are_there_are_left_alone(reports, tmp_path):
    out = tmp_path / "out"
    (reports / "empty.txt").unlink()
    harvest_folder(reports, out, workers=1)
    # what can't be read is tried again
    assert harvest_folder(reports, out, workers=1).kept == 0
    (reports / "broken.pdf").unlink()
    made = harvest_folder(reports, out, workers=1)
    states = [path.stat().st_mtime_ns for path in sorted(out.iterdir())]
    again = harvest_folder(reports, out, workers=1)
    assert (again.reports, again.rows, again.kept) == (made.reports, made.rows, 3)
    assert [path.stat().st_mtime_ns for path in sorted(out.iterdir())] == states
    for change in ((out / "quote.parquet").unlink, (reports / "a.txt").unlink, (reports / "b.txt").touch):
        change()
        assert harvest_folder(reports, out, workers=1).kept == 0


def test_what_is_no_report_is_not_read(reports, tmp_path):
    for folder in (".ipynb_checkpoints", "更多/.git"):
        (reports / folder).mkdir()
        (reports / folder / "a.txt").write_bytes(b"hidden")
    (reports / "~$a.docx").write_bytes(b"lock")
    (reports / "folder.txt").mkdir()
    # nobody writes to it: to read it would be to wait for ever
    os.mkfifo(reports / "pipe.txt")
    (reports / "link.txt").symlink_to(reports / "pipe.txt")
    assert harvest_folder(reports, tmp_path / "out", workers=1).reports == 5


@pytest.mark.parametrize("name", ["a.doc", "更多/A.DOC", "a.wps", "a.rtf"])
def test_what_word_must_save_anew_is_named(reports, tmp_path, name):
    (reports / name).write_bytes(b"{}")
    made = harvest_folder(reports, tmp_path / "out", workers=1)
    assert made.reports == 6
    assert made.problems[name] == f"{reports / name}: files of this kind are not read. Save it as .docx."


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system refuses such names")
def test_names_that_are_not_utf8_are_told_apart(reports, tmp_path):
    for name in (b"\xb1\xa8.txt", b"\xb1\xa9.txt", b"\xb1.pdf"):
        (reports / os.fsdecode(name)).write_bytes("推进“一网通办”。".encode())
    made = harvest_folder(reports, tmp_path / "out", workers=1)
    paths = {row["path"] for row in rows_of(tmp_path / "out/report.parquet")}
    assert {"\\udcb1\\udca8.txt", "\\udcb1\\udca9.txt", "\\udcb1.pdf"} < paths
    assert r"\udcb1.pdf" in made.problems


def test_a_report_that_vanishes_in_between(tmp_path):
    from glossary.corpus import harvests

    part = tmp_path / "part.jsonl"
    harvests._harvest_part(str(tmp_path), ["gone.txt"], part)
    assert "no such file" in part.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "says"), [("missing", "is no folder"), (".", "holds no reports")])
def test_folders_that_will_not_do(tmp_path, name, says):
    with pytest.raises(DataError, match=says):
        harvest_folder(tmp_path / name, tmp_path / "out")
