"""Importing: what a format keeps comes back equal, others' files are understood, and no file is trusted."""

import csv
import io
from pathlib import Path

import pytest
from hostile import GLOSSARY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import headwords, some, words

from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.export.rows import COLUMNS, joined
from glossary.importing import load
from glossary.importing.rows import parted
from glossary.importing.sources import by_source, term_files
from glossary.model import KINDS, Citation, Entry, Sense, Source

years = st.none() | st.integers(1, 9999)


def entries(words=words, headwords=headwords):
    """Make entries of texts of a kind: what a format keeps. Names have no blanks at their ends, definitions may."""
    definitions = st.none() | words
    words, headwords = words.map(str.strip).filter(bool), headwords.map(str.strip)
    maybe = st.none() | words
    some = st.lists(words, max_size=2).map(tuple)
    dates = st.none() | st.dates().map(lambda date: date.isoformat())
    sources = st.builds(Source, id=words, title=maybe, region=maybe, year=years, date=dates, place=maybe)
    senses = st.builds(
        Sense,
        definition=definitions,
        members=some,
        source=st.none() | sources,
        since=years,
        citation=st.none() | st.builds(Citation, title=words, issuer=maybe, year=years),
        obsolete=st.booleans(),
    ).filter(lambda sense: sense != Sense())
    entry = st.builds(
        Entry,
        headword=headwords,
        reading=st.just("") | words,
        kind=st.sampled_from(KINDS),
        variants=some,
        english=maybe,
        related=some,
        senses=st.lists(senses, max_size=2).map(tuple),
    )
    return st.lists(entry, min_size=1, max_size=2, unique_by=lambda entry: entry.headword)


quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
# XML has no way to write control characters, and blanks alone are no term
of_xml = st.text(
    st.sampled_from("一网通办𠮷「“\"'\\#=[]<>&\n\t\r\u2028\x85é 😀+．、，：；|")
    | st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]),
    min_size=1,
    max_size=12,
).filter(str.strip)


def exported(tmp_path, name, made):
    from glossary.export import export

    path = tmp_path / name
    assert export({entry.headword: entry for entry in made}, path, "tbx2" if "2008" in name else None) == len(
        made
    )
    return sorted(load(path), key=lambda entry: entry.headword)


@quick
@given(made=entries())
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_tables_and_lines_come_back_equal(tmp_path, name, made):
    assert exported(tmp_path, name, made) == sorted(made, key=lambda entry: entry.headword)


@quick
@given(made=entries(of_xml, of_xml.filter(lambda word: any(map(str.isalnum, word)))))
def test_term_bases_come_back_equal(tmp_path, made):
    for name in ("a.tbx", "2008.tbx"):
        assert exported(tmp_path, name, made) == sorted(made, key=lambda entry: entry.headword)


@pytest.mark.parametrize("name", ["a.tbx", "a.jsonl"])
def test_what_breaks_formats_comes_back(tmp_path, name):
    GLOSSARY.export(tmp_path / name)
    assert Glossary.open(tmp_path / name) == GLOSSARY


@given(some)
def test_texts_of_one_cell(parts):
    assert parted(joined(parts)) == parts


def test_the_table_is_one_that_pandas_and_polars_read(tmp_path):
    import pandas
    import polars

    path = tmp_path / "a.csv"
    GLOSSARY.export(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfheadword,")
    with_pandas = pandas.read_csv(path, dtype=str)
    with_polars = polars.read_csv(path, infer_schema=False)
    assert tuple(with_pandas.columns) == tuple(with_polars.columns) == COLUMNS
    assert with_pandas["definition"].dropna().tolist() == with_polars["definition"].drop_nulls().to_list()
    # data are not altered; the guide says how to open them
    assert "=1+1" in with_pandas["definition"].tolist()


def test_lines_are_json(tmp_path):
    import pandas

    GLOSSARY.export(tmp_path / "a.jsonl")
    assert list(pandas.read_json(tmp_path / "a.jsonl", lines=True)["headword"]) == list(GLOSSARY)


def table(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_as_spreadsheets_save_it(tmp_path, mark, encoding):
    lines = [
        ["English", "Headword", "Definition", "year", "source"],
        ["one", "雪亮工程", "视频监控联网。", "2023.0", "甲"],
    ]
    path = table(tmp_path, "\r\n".join(map(mark.join, [*lines, ["", "", "", "", ""]])) + "\r\n", encoding)
    (entry,) = load(path)
    assert (entry.headword, entry.english, entry.senses[0].definition) == (
        "雪亮工程",
        "one",
        "视频监控联网。",
    )
    assert entry.senses[0].source == Source(id="甲", year=2023)


@pytest.mark.parametrize("first", ["sep=;", "SEP=;\r", '"sep=;"', "sep=|", "sep=\t"])
def test_a_first_line_that_tells_excel_what_parts_the_cells(tmp_path, first):
    mark = first.strip('"\r')[-1]
    path = table(tmp_path, f"{first}\nheadword{mark}definition\n甲{mark}一，二,三。\n")
    assert load(path) == [Entry(headword="甲", senses=(Sense(definition="一，二,三。"),))]
    path = table(tmp_path, f"{first}\nheadword{mark}kind\n甲{mark}x\n")
    with pytest.raises(DataError, match="line 3"):
        load(path)


def test_the_index_that_pandas_writes(tmp_path):
    import pandas

    frame = pandas.DataFrame({"headword": ["甲", "乙", "丙"], "english": ["a", "b", "c"]})
    frame.to_csv(tmp_path / "a.csv")
    wanted = [Entry(headword="甲", english="a"), Entry(headword="乙", english="b")]
    assert load(tmp_path / "a.csv")[:2] == wanted
    # of rows that were chosen, the numbers have gaps
    frame[frame["headword"] != "乙"].to_csv(tmp_path / "a.csv")
    assert [entry.headword for entry in load(tmp_path / "a.csv")] == ["甲", "丙"]


def test_blanks_at_the_ends_of_cells_are_none_of_the_data(tmp_path):
    path = table(
        tmp_path,
        " Headword ,english,source,title,variants,definition\n 一网通办 , one , a , 甲 , 网办 | 通办 , 好。\n"
        "\u3000一网通办, , a,甲,,再。\n",
    )
    glossary = Glossary.open(path)
    assert "一网通办" in glossary
    entry = glossary["一网通办"]
    assert (entry.english, entry.variants) == ("one", ("网办", "通办"))
    assert [sense.source for sense in entry.senses] == [Source(id="a", title="甲")] * 2


@pytest.mark.parametrize("name", ["a.jsonl", "a.tbx", "2008.tbx"])
def test_blanks_at_the_ends_of_names_in_every_format(tmp_path, name):
    blank = Entry(headword=" 甲\u3000", english=" a ", variants=(" 乙", " "), related=("丙 ",))
    (entry,) = exported(tmp_path, name, [blank])
    assert entry == Entry(headword="甲", english="a", variants=("乙",), related=("丙",))


def dated_source(tmp_path, name, date):
    """Import a source with a date from a file of a format."""
    source = Source(id="r", date=date)
    (entry,) = exported(tmp_path, name, [Entry(headword="甲", senses=(Sense(source=source),))])
    return entry.senses[0].source


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.tbx", "2008.tbx"])
@pytest.mark.parametrize(
    "date", ["2023-01-06", "2023/1/6", "2023-1-6", " 2023/01/06 ", "2023-01-06 00:00:00"]
)
def test_dates_as_spreadsheets_write_them(tmp_path, name, date):
    assert dated_source(tmp_path, name, date) == Source(id="r", date="2023-01-06")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.tbx", "2008.tbx"])
@pytest.mark.parametrize("date", ["去年", "2023", "2023-02-30", "1/6/2023", "2023-01/06", "２０２３-01-06"])
def test_what_is_no_date_is_named_with_its_line(tmp_path, name, date):
    with pytest.raises(DataError, match=rf"{name}: line \d+: date is one such as 2023-01-06, not '{date}'"):
        dated_source(tmp_path, name, date)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no column headword"),
        ("term,definition\n甲,乙", "no column headword"),
        ("headword,definiton\n甲,乙", "unknown column 'definiton'"),
        ("headword,headword\n甲,乙", "twice the column"),
        ("headword,kind\n甲,x", "line 2: 'x' is no kind"),
        ("headword,definition\n,乙", "line 2 has no headword"),
        ("headword,definition\n甲,乙,丙", "line 2 has more cells"),
        ("headword,,english\n甲,,a\n乙,见丙,b", "line 3: '见丙' stands in column 2, which has no name"),
        (",headword\n2019,甲\n2018,乙", "line 3: '2018' stands in column 1"),
        ("headword,source,year\n甲,乙,去年", "line 2: year"),
        ("headword,year\n甲,2023", "without its id"),
        ("headword,citation_year\n甲,2023", "no citation"),
        ("headword,obsolete\n甲,maybe", "obsolete is true or empty"),
        ('headword,definition\n甲,"乙\n丙,丁', "is no CSV"),  # cut short in a cell, or a mark too many
    ],
)
def test_tables_that_are_wrong(tmp_path, text, says):
    with pytest.raises(DataError) as caught:
        load(table(tmp_path, text))
    assert says in str(caught.value)
    assert "a.csv" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_cell_longer_than_python_reads(tmp_path):
    # other libraries change this limit, which is for all of a process
    before = csv.field_size_limit(131_072)
    try:
        with pytest.raises(DataError, match=r"a\.csv: line 2 .*JSON Lines"):
            load(table(tmp_path, "headword,definition\n甲," + "长" * 140_000))
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.jsonl", b'{"headword": "\xe7\x94\xb2"}\n{"head": 1}', "line 2"),
        ("a.jsonl", b"\xff", "line 1"),
        ("a.tbx", b"", "no XML"),
        ("a.tbx", b"<tbx>", "no XML"),
        ("a.tbx", b"<html/>", "no TBX"),
        ("a.tbx", b"<tbx><text><body/></text></tbx>", "no term in Chinese"),
        ("a.xlsx", b"", "cannot be imported"),
    ],
)
def test_files_that_are_wrong(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        load(path)
    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("name", ["a.tbx", "a.csv", "a.jsonl"])
def test_missing(tmp_path, name):
    with pytest.raises(DataError, match="no such file"):
        load(tmp_path / name)


def test_no_entity_is_expanded_and_no_file_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    path = tmp_path / "a.tbx"
    for declared in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', '<!ENTITY y "ha"><!ENTITY x "&y;&y;&y;">'):
        path.write_text(
            f'<!DOCTYPE martif [{declared}]><martif type="TBX"><text><body><termEntry id="c1"><langSet xml:lang="zh">'
            "<tig><term>甲&x;</term></tig></langSet></termEntry></body></text></martif>",
            encoding="utf-8",
        )
        with pytest.raises(DataError, match="entity"):
            load(path)


def test_no_dtd_is_fetched(tmp_path):
    path = tmp_path / "a.tbx"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE martif SYSTEM "http://192.0.2.1/TBXcoreStructV02.dtd"><martif type="TBX"><text>'
        '<body><termEntry id="c1"><langSet xml:lang="ZH-CN"><tig><term>雪亮工程</term></tig></langSet>'
        "</termEntry></body></text></martif>",
        encoding="utf-8",
    )
    assert [entry.headword for entry in load(path)] == ["雪亮工程"]


DCT = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <tbxHeader><fileDesc><sourceDesc><p>somebody else</p></sourceDesc></fileDesc></tbxHeader>
 <text><body>
  <!-- a comment -->
  <conceptEntry id="c1">
   <min:subjectField>government</min:subjectField>
   <basic:crossReference target="c2"/>
   <langSec xml:lang="en"><termSec><term>bright eyes project</term></termSec></langSec>
   <langSec xml:lang="zh-CN">
    <descripGrp>
     <basic:definition>农村视频监控
        联网的工程。</basic:definition>
     <basic:source>某报告</basic:source>
    </descripGrp>
    <termSec><term>雪亮</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>雪亮工程</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
   </langSec>
   <langSec xml:lang="zh-TW"><termSec><term>雪亮工程計畫</term></termSec></langSec>
  </conceptEntry>
  <conceptEntry id="c2"><langSec xml:lang="zh"><termSec><term>天网工程</term></termSec></langSec></conceptEntry>
  <conceptEntry id="c3"><langSec xml:lang="fr"><termSec><term>terme</term></termSec></langSec></conceptEntry>
 </body></text>
</tbx>"""


def test_a_term_base_of_somebody_else(tmp_path):
    path = tmp_path / "a.tbx"
    path.write_text(DCT, encoding="utf-8")
    first, second = load(path)
    assert first == Entry(
        headword="雪亮工程",
        variants=("雪亮", "雪亮工程計畫"),
        english="bright eyes project",
        related=("天网工程",),
        senses=(Sense(definition="农村视频监控联网的工程。", source=Source(id="某报告")),),
    )
    assert second == Entry(headword="天网工程")


def test_a_base_that_translate_toolkit_wrote(tmp_path):
    from translate.storage.tbx import tbxfile

    store = tbxfile(sourcelanguage="zh", targetlanguage="en")
    unit = store.addsourceunit("雪亮工程")
    unit.target = "bright eyes"
    unit.addnote("联网监控。", origin="definition")
    path = tmp_path / "a.tbx"
    path.write_bytes(bytes(store))
    (entry,) = load(path)
    assert (entry.headword, entry.english) == ("雪亮工程", "bright eyes")
    # its descrip has no type
    assert [sense.definition for sense in entry.senses] == ["联网监控。"]


def base(tmp_path, *concepts):
    """Make a term base of 2008 of what its entries hold."""
    path = tmp_path / "a.tbx"
    held = "".join(f"<termEntry>{concept}</termEntry>" for concept in concepts)
    path.write_text(
        f'<martif type="TBX" xml:lang="en"><text><body>{held}</body></text></martif>', encoding="utf-8"
    )
    return path


def section(language, *terms):
    """Make a section of terms, each with its status or what else stands behind it."""
    return f'<langSet xml:lang="{language}">{"".join(f"<tig>{term}</tig>" for term in terms)}</langSet>'


def term(written, status=None):
    note = f'<termNote type="administrativeStatus">{status}</termNote>' if status else ""
    return f"<term>{written}</term>{note}"


def test_definitions_of_every_level(tmp_path):
    path = base(
        tmp_path,
        '<descrip type="definition">一。</descrip><langSet xml:lang="zh"><descrip type="definition">二。</descrip>'
        '<tig><term>甲</term><descrip type="definition">三。</descrip><descrip type="context">某文</descrip></tig>'
        '<ntig><termGrp><term>乙</term></termGrp><descripGrp><descrip type="definition">四。</descrip>'
        '<admin type="source">某书</admin></descripGrp></ntig></langSet>',
    )
    (entry,) = load(path)
    assert [sense.definition for sense in entry.senses] == ["一。", "二。", "三。", "四。"]
    assert entry.senses[3].source == Source(id="某书")


@pytest.mark.parametrize(
    "group",
    [
        '<descrip type="definition">一。</descrip><admin type="source">某书</admin>',
        '<descrip type="definition">一。</descrip><adminGrp><admin type="source">某书</admin></adminGrp>',
    ],
)
def test_the_source_of_a_definition(tmp_path, group):
    context = (
        '<descripGrp><descrip type="context">某文</descrip><admin type="source">某报</admin></descripGrp>'
    )
    path = base(
        tmp_path,
        f'<langSet xml:lang="zh">{context}<descripGrp>{group}</descripGrp><tig><term>甲</term></tig></langSet>',
    )
    assert load(path)[0].senses == (Sense(definition="一。", source=Source(id="某书")),)


def test_an_empty_definition_that_older_versions_wrote_for_a_source(tmp_path):
    group = '<descrip type="definition"></descrip><admin type="source">某书</admin><note>包括：一</note>'
    path = base(
        tmp_path,
        f'<langSet xml:lang="zh"><descripGrp>{group}</descripGrp><tig><term>甲</term></tig></langSet>',
    )
    assert load(path)[0].senses == (Sense(source=Source(id="某书"), members=("一",)),)


def test_what_others_references_call_a_date_is_theirs(tmp_path):
    path = base(tmp_path, section("zh", term("甲")))
    back = '<back><refObjectList><refObject id="b"><item type="date">Spring</item></refObject></refObjectList></back>'
    path.write_text(path.read_text(encoding="utf-8").replace("</text>", f"{back}</text>"), encoding="utf-8")
    assert load(path) == [Entry(headword="甲")]


@pytest.mark.parametrize(
    ("terms", "chosen"),
    [
        ([("a", None), ("b", None)], "a"),
        ([("a", None), ("b", "preferredTerm-admn-sts")], "b"),
        ([("a", "admittedTerm-admn-sts"), ("b", None)], "b"),
        ([("a", "deprecatedTerm-admn-sts"), ("b", "admittedTerm-admn-sts")], "b"),
        ([("a", "supersededTerm-admn-sts"), ("b", "\n preferredTerm-admn-sts ")], "b"),
        ([("a", "deprecatedTerm"), ("b", "preferredTerm")], "b"),
        ([("a", "deprecatedTerm-admn-sts")], "a"),
    ],
)
def test_the_term_that_is_preferred(tmp_path, terms, chosen):
    english = section("en", *(term(*one) for one in terms))
    chinese = section("zh", *(term(f"甲{written}", status) for written, status in terms))
    (entry,) = load(base(tmp_path, english + chinese))
    assert (entry.english, entry.headword) == (chosen, f"甲{chosen}")
    assert len(entry.variants) == len(terms) - 1


@pytest.mark.parametrize("language", ["zh", "ZH-CN", "zh_TW", "zho", "chi", "cmn-Hans", "cmn", "zh-Hant-HK"])
def test_tags_that_mean_chinese(tmp_path, language, caplog):
    assert load(base(tmp_path, section(language, term("甲")))) == [Entry(headword="甲")]
    assert caplog.text == ""


def test_concepts_without_chinese_are_counted(tmp_path, caplog):
    others = [section("fr", term("un")), section("zha", term("it")), section("en-US", term("one")), ""]
    path = base(tmp_path, *others, section("zh", term("甲")))
    assert len(load(path)) == 1
    assert caplog.messages == [
        f"{path}: 4 of 5 concepts have no term in Chinese and are left out (xml:lang en-us, fr, zha)."
    ]
    with pytest.raises(DataError, match=r"among its 4 concepts \(xml:lang en-us, fr, zha\)"):
        load(base(tmp_path, *others))


def files_of(entries, file=Path("in.csv")):
    return term_files(by_source(entries, file), file)


def test_term_files(tmp_path):
    named = [Entry(headword="甲", senses=(Sense(definition="一。"),)), Entry(headword="乙")]
    ((name, text),) = files_of(named).items()
    assert name == "in.toml"
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert set(Glossary.open(tmp_path / name)) == {"甲", "乙"}
    assert 'id = "in"' in text
    files = files_of(GLOSSARY.values())
    assert set(files) == {"甲-2023.toml", "b_2024 _x.toml", "in.toml"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    back = Glossary.open(tmp_path)
    assert set(back) == set(GLOSSARY)
    assert {s.definition for s in back["一网通办"].senses} == {
        s.definition for s in GLOSSARY["一网通办"].senses
    }


@pytest.mark.parametrize(
    "line",
    [
        '{"headword": "甲", "sences": []}',
        '{"headword": "甲", "senses": [{"source": {"id": "a", "titel": "b"}}]}',
    ],
)
def test_an_unknown_key_in_a_line_is_told(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(DataError, match=r"line 1 is no entry.*unknown field `(sences|titel)`"):
        load(path)


def sourced(*sources):
    """Make an entry with a sense of each source, whose definitions are numbered."""
    return Entry(
        headword="甲",
        senses=tuple(Sense(definition=f"第{n}。", source=source) for n, source in enumerate(sources)),
    )


@pytest.mark.parametrize(
    "ids",
    [
        ["上海/2022", "上海:2022"],
        ["https://www.gov.cn/" + "x" * 80 + end for end in "12"],
        ["Report", "report"],  # one file on Windows and macOS
        ["é", "e\u0301"],  # and on macOS
        ["a/", "a:", "a_"],
    ],
)
def test_no_two_sources_become_one_file(ids):
    sources = [Source(id=id) for id in ids]
    files = files_of([sourced(*sources)])
    assert len({name.casefold() for name in files}) == len(ids)
    assert sum(text.count("definition =") for text in files.values()) == len(ids)
    # which name each gets is no matter of order
    assert files_of([sourced(*reversed(sources))]).keys() == files.keys()


def test_a_file_that_is_called_as_another_with_its_digest():
    called = [name.removesuffix(".toml") for name in files_of([sourced(Source(id="a/"), Source(id="a:"))])]
    sources = [Source(id=id) for id in ("a/", "a:", *called)]
    assert len(files_of([sourced(*sources)])) == 4


@given(st.text(st.characters(codec="utf-8", categories=["Lo", "P", "Zs", "Cc"]), max_size=200))
def test_a_file_can_be_called_so(id):
    (name,) = files_of([sourced(Source(id=id))])
    assert Path("out", name).parent == Path("out")
    assert len(name.encode()) < 255 - len(".1234567.part")


def test_what_is_said_of_a_source_is_kept(tmp_path):
    sources = [Source(id="r", title="报告22", year=2022), Source(id="r", title="报告23", year=2023)]
    for name, text in files_of([sourced(*sources)]).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert {
        (sense.definition, sense.source.title, sense.source.year)
        for sense in Glossary.open(tmp_path)["甲"].senses
    } == {("第0。", "报告22", 2022), ("第1。", "报告23", 2023)}


def test_places_in_one_source_are_one_file():
    entries = [
        Entry(headword=headword, senses=(Sense(definition="释义。", source=Source(id="r", place=place)),))
        for headword, place in (("甲", "第1页"), ("乙", "第2页"))
    ]
    (text,) = files_of(entries).values()
    assert "第1页" in text
    assert "第2页" in text


def test_cells_of_a_table_are_those_of_the_csv_module(tmp_path):
    GLOSSARY.export(tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text.replace("很长的释义。", ""), newline="")))
    assert rows[0]["headword"] == min(GLOSSARY)
    assert {row["headword"] for row in rows} == set(GLOSSARY)


def test_a_headword_that_is_none_is_named_with_its_file(tmp_path):
    path = table(tmp_path, "headword,english\n——,dash")
    with pytest.raises(DataError, match=r"a\.csv: '——' cannot be a headword"):
        Glossary.open(path)
