"""DataFrames: the same columns and dtypes whatever the rows hold, and a way to polars and Arrow."""

import sys

import pandas
import polars
import pyarrow
import pytest
from hostile import GLOSSARY

import glossary
from glossary.annotation import Annotation
from glossary.dictionary import Glossary
from glossary.errors import MissingExtraError
from glossary.model import Harvest

REPORT = """甲区政府工作报告

各位代表：

做好“三保”，即保基本民生、保工资、保运转。抓住“牛鼻子”，建设“雪亮”工程。推进“五个一”，指一桥、一路、一园、一馆、一校。

名词解释

1．“三保”：指保基本民生、保工资、保运转。
2．“一网通办”：指把各部门事项放到一个平台办理。
"""
HARVEST = glossary.harvest(glossary.read_text(REPORT, id="甲"))
FRAMES = {
    "glossary": (GLOSSARY, Glossary()),
    "harvest": (HARVEST, Harvest(report=glossary.read_text("甲", id="乙"))),
    "annotation": (GLOSSARY.annotate("推进一网通办。"), Annotation("")),
}


@pytest.fixture(params=FRAMES)
def both(request):
    return [each.to_frame() for each in FRAMES[request.param]]


def test_columns_and_dtypes_are_the_same_where_there_are_no_rows(both):
    full, empty = both
    assert len(full) > 0 == len(empty)
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()


def test_to_arrow_and_polars(both):
    """What `docs/exports.md` shows."""
    for frame in both:
        table = pyarrow.Table.from_pandas(frame, preserve_index=False)
        assert table.column_names == list(frame.columns)
        assert table.num_rows == len(frame)
        for made in (polars.from_arrow(table), polars.DataFrame(frame), polars.from_pandas(frame)):
            assert made.columns == list(frame.columns)
            assert made.height == len(frame)


def test_several_frames_are_one(both):
    full, empty = both
    assert pandas.concat([full, empty]).dtypes.to_dict() == full.dtypes.to_dict()
    tables = [pyarrow.Table.from_pandas(frame, preserve_index=False) for frame in both]
    assert pyarrow.concat_tables(tables, promote_options="permissive").num_rows == len(full)
    made = polars.concat([polars.from_arrow(table) for table in tables], how="vertical_relaxed")
    assert made.height == len(full)


def test_the_frame_of_a_glossary():
    frame = GLOSSARY.to_frame()
    rows = frame[frame["headword"] == "一网通办"].to_dict("records")
    assert len(rows) == 2
    assert rows[0]["members"] == ["第一|项", "第二、项", "第三\n项"]
    assert rows[0]["variants"] == ["一网通办平台", "=网|通\\办"]
    assert (rows[0]["source"], rows[0]["year"], rows[0]["since"], rows[0]["obsolete"]) == (
        "甲-2023",
        2023,
        2018,
        False,
    )
    assert pandas.isna(rows[1]["since"])
    (bare,) = frame[frame["headword"] == "无义项"].to_dict("records")
    assert pandas.isna(bare["definition"]) and bare["members"] == []
    assert polars.from_pandas(frame).schema["members"] == polars.List(polars.String)
    assert polars.from_pandas(frame).schema["year"] == polars.Int64


def test_the_frame_of_a_harvest():
    frame = HARVEST.to_frame()
    assert set(frame["type"]) == {"entry", "inline", "quote"}
    assert frame["type"].value_counts()["entry"] == 2
    entry = frame.iloc[0]
    assert (entry["term"], entry["n"], entry["section"], entry["report"]) == ("三保", 1, "名词解释", "甲")
    assert REPORT[entry["start"] : entry["end"]] == entry["definition"]
    quote = frame[frame["type"] == "quote"].iloc[0]
    assert quote["count"] >= 1 and pandas.isna(quote["definition"])
    inline = frame[frame["type"] == "inline"].iloc[0]
    assert isinstance(inline["members"], list)


@pytest.mark.parametrize("made", [made for made, _ in FRAMES.values()], ids=list(FRAMES))
def test_without_pandas(monkeypatch, made):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"policy-glossary\[pandas\]"):
        made.to_frame()
