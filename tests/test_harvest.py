"""What must always hold of a harvest: offsets, hostile input, the real reports, and a report annotated from others."""

import re
import tomllib
from pathlib import Path

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

import glossary
from glossary.harvesting import harvest
from glossary.reports import read_text

REAL = {"huangpu-2023": 23, "hongkou-2018": 5, "xuhui-2019": 0, "huangpu-2020h1-hant": 0}
needs_reports = pytest.mark.skipif(not (SHARED / "reports").is_dir(), reason="../shared/reports is not here")

# What reports are made of: Han incl. the second plane, both widths, quotes, digits, marks, headings, residue.
PIECES = st.sampled_from(
    [
        *'一二三网通办是指即报告工作，。、：；“”‘’「」『』"（）()《》【】—－-·1２３①②aB&<>\n\n \u3000\u00a0\u200b\ufeff𠮷́',
        "名词解释\n",
        "附件1：用语说明\n",
        "各位代表：\n",
        "1．",
        "（一）",
        "【1】",
        "注：",
        "&ldquo;",
        "<p>",
        "（下转02版）",
        "释义：",
        "| a | b |\n",
    ]
)
TEXTS = st.lists(PIECES, max_size=120).map("".join)


def check(report: glossary.Report, found: glossary.Harvest) -> None:
    text = report.text
    assert found.report.text == text
    assert 0 <= found.report.body[0] <= found.report.body[1] <= len(text)
    for section in found.sections:
        assert 0 <= section.start <= section.end <= len(text)
        assert 0 <= section.title_start <= section.title_end <= len(text)
    for entry in found.entries:
        assert 0 <= entry.start <= entry.end <= len(text)
        sense = entry.sense
        assert 0 <= sense.start <= sense.end <= len(text)
        assert all(sense.start <= a < b <= sense.end for a, b in sense.gaps)
        assert entry.headword.strip()
        assert entry.first is None or 0 <= entry.first < len(text)
    for quote in found.quotes:
        assert quote.positions == tuple(sorted(set(quote.positions)))
        assert all(text[a:b].strip() for a, b in quote.positions)
    for inline in found.inline:
        assert text[inline.start : inline.end] == inline.definition
    for left_out in found.rejected:
        assert 0 <= left_out.start <= left_out.end <= len(text)
        assert left_out.reason


@given(TEXTS)
def test_offsets_hold_for_any_text(text: str) -> None:
    report = read_text(text)
    check(report, harvest(report))


@given(TEXTS)
def test_the_same_text_gives_the_same_harvest(text: str) -> None:
    assert harvest(read_text(text)) == harvest(read_text(text))


HOSTILE = {
    "opening quotes": "“" * 1_000_000,
    "closing quotes": "”" * 1_000_000,
    "straight quotes": '"' * 1_000_000,
    "one line": "一" * 1_000_000,
    "only numbers": "1234567890\n" * 90_000,
    "numbers that go up": "".join(f"{i}\n" for i in range(160_000)),
    "only headings": "名词解释\n" * 200_000,
    "a heading and one line": "名词解释：" + "一" * 1_000_000,
    "a list that runs on": "名词解释：" + "".join(f"{i % 1000}．“甲”：指乙。" for i in range(100_000)),
    "only colons": "：" * 1_000_000,
    "only brackets": "（【《" * 330_000,
    "only blanks": " " * 1_000_000,
    "only dashes": "—" * 1_000_000,
    "cells": "|a|b|\n" * 160_000,
    "tags that never end": "<p" * 500_000,
    "entities that never end": "&" * 1_000_000,
    "labels": "释义：指甲乙丙丁。\n" * 100_000,
    "bullets": "名词解释\n" + "●甲乙丙：丁戊己庚辛\n" * 90_000,
    "letter-spaced": "一 " * 500_000,
    "salutations": "各位代表：\n" * 160_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_nonsense_is_harvested(name: str) -> None:
    """No expression backtracks and nothing is quadratic: a quadratic step would take hours here, not seconds."""
    report = read_text(HOSTILE[name])
    check(report, harvest(report))


@needs_reports
@pytest.mark.parametrize(("name", "count"), REAL.items())
def test_real_reports_give_their_entries_and_no_more(name: str, count: int) -> None:
    report = glossary.read(SHARED / f"reports/{name}.txt")
    found = harvest(report)
    check(report, found)
    assert len(found.entries) == count
    for entry in found.entries:
        sense = entry.sense
        assert not sense.gaps
        assert report.text[sense.start : sense.end] == sense.definition
        assert report.text[entry.start : entry.end] == entry.headword
        assert sense.definition.endswith("。")
        # from the first character to the last: nothing of the entry stands outside
        assert re.fullmatch("[：:”\\s]*", report.text[entry.end : sense.start])
    for before, after in zip(found.entries, found.entries[1:], strict=False):
        assert re.fullmatch("[\\s\\d、◆“]*", report.text[before.sense.end : after.start])
    if found.entries:
        assert [entry.n for entry in found.entries] == list(range(1, count + 1))


@needs_reports
def test_real_headwords_are_known() -> None:
    found = [
        entry.headword
        for name in ("hongkou-2018", "huangpu-2023")
        for entry in harvest(glossary.read(SHARED / f"reports/{name}.txt")).entries
    ]
    assert found[:5] == ["五个中心", "四大品牌", "极速北外滩综合示范区", "“六无”创建", "雪亮工程"]
    assert {"“两旧”改造", "190街坊", "信游长三角+", "“1+X”人才政策体系", "无废城市", "班长工程"} <= set(found)


@needs_reports
@pytest.mark.parametrize("left_out", REAL)
def test_each_real_report_is_annotated_from_the_other_three(left_out: str) -> None:
    harvests = {name: harvest(glossary.read(SHARED / f"reports/{name}.txt")) for name in REAL}
    g = glossary.Glossary.from_harvests(found for name, found in harvests.items() if name != left_out)
    text = harvests[left_out].report.text
    annotation = g.annotate(text)
    assert all(text[m.start : m.end] == m.surface for m in annotation.mentions)
    assert len(annotation.entries()) >= 20
    if left_out == "huangpu-2020h1-hant":
        surfaces = {m.surface: m.entry.headword for m in annotation.mentions}
        assert surfaces["一網通辦"] == "一网通办"
        assert surfaces["190街坊"] == "190街坊"


def test_body_and_annex_are_held_against_each_other() -> None:
    text = "各位代表：\n推进“两张网”建设，办好实事。\n谢谢大家！\n名词解释\n1．“两张网”：指甲网和乙网。\n2．乙计划：指从未提到的计划。\n"
    found = harvest(read_text(text))
    assert [(e.headword, e.first) for e in found.entries] == [
        ("两张网", text.index("两张网")),
        ("乙计划", None),
    ]


def test_several_headwords_and_subterms() -> None:
    text = "名词解释\n1．“双高”“双普”：“双高”指高水平、高质量，“双普”指普及学前教育、普及高中教育。\n2．甲制度：指一种制度。见第1条。\n"
    one, two = harvest(read_text(text)).entries
    assert one.names == ("双高", "双普")
    assert [sub.term for sub in one.sense.subterms] == ["双高", "双普"]
    assert all(text[s.start : s.end] == s.definition for s in one.sense.subterms)
    assert two.related == (one.headword,)
    g = glossary.Glossary.from_harvests([harvest(read_text(text))])
    assert {"双高", "双普", "甲制度"} <= set(g)


def test_what_is_left_out_says_why() -> None:
    found = harvest(read_text("会议议程\n一、听取报告\n名词解释\n谢谢大家！\n"))
    assert not found.entries
    assert [(r.text, bool(r.reason)) for r in found.rejected] == [("名词解释", True)]


def test_the_layouts_answers_are_well_formed() -> None:
    for path in sorted((Path(__file__).parent / "layouts").glob("*.toml")):
        if path.stem != "known-failures":
            case = tomllib.loads(path.read_text(encoding="utf-8"))
            assert all({"term", "starts", "ends"} <= set(entry) for entry in case.get("entry", [])), path.name
