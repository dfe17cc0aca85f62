"""The command line: what it prints, and one clear line for whatever it can't do."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import glossary
from glossary import cli

KEYS = tomllib.loads((Path(__file__).parent / "data/commands.toml").read_text(encoding="utf-8"))
REPORT = """甲区政府工作报告

——2023年1月6日在甲区第三届人民代表大会第三次会议上

甲区区长　张三

各位代表：

现在，我代表甲区人民政府向大会报告工作，请予审议。

一、过去一年

推进“一网通办”，建设“雪亮”工程。做好“三保”，即保基本民生、保工资、保运转。抓住“牛鼻子”。

名词解释

1．“三保”：指保基本民生、保工资、保运转。
2．“一网通办”：指把各部门事项放到一个平台办理。其中“一网”指一个政务服务网。
"""
TERMS = '[source]\nid = "a"\nregion = "上海市"\nyear = 2023\n[[term]]\nheadword = "一网通办"\ndefinition = "一处办理。"\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    Path("a.toml").write_text(TERMS, encoding="utf-8")
    Path("words.txt").write_text("一网通办\n雪亮工程\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder, capsysbinary, monkeypatch):
    """Run a command in this process; return its status and what it printed."""
    # the streams of the test run stay as they are
    monkeypatch.setattr(cli, "_set_streams", lambda: None)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["glossary", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsysbinary.readouterr()
        return ended.value.code, out.decode(), err.decode()

    return run


def shell(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "glossary", *arguments], capture_output=True, **options)


def rows_of(out):
    return [json.loads(line) for line in out.splitlines()]


def check(row, command, name):
    wanted = KEYS[command][name]
    assert set(row) == {*wanted["keys"], *wanted.get("more", [])}
    assert [key for key in row if key in wanted["keys"]] == wanted["keys"]


def test_harvest_json(run):
    status, out, err = run("harvest", "report.txt", "--json")
    assert (status, err) == (0, "")
    rows = rows_of(out)
    assert {"report", "entry", "quote", "inline"} <= {row["type"] for row in rows}
    for row in rows:
        check(row, "harvest", row["type"])
        assert row["path"] == "report.txt"
        if row["type"] == "entry":
            assert REPORT[row["start"] : row["end"]] == row["definition"]
            assert REPORT[row["term_start"] : row["term_end"]] == row["term"]
            for sub in row["subterms"]:
                assert set(sub) == {"term", "definition", "members", "start", "end"}
                assert REPORT[sub["start"] : sub["end"]] == sub["definition"]
        if row["type"] == "quote":
            assert row["count"] == len(row["positions"])
            assert all(REPORT[start:end] == row["text"] for start, end in row["positions"])
        if row["type"] == "inline":
            assert 0 < row["start"] < row["end"]
    assert rows[0]["type"] == "report"
    assert rows[0]["script"] == "hans"
    assert rows[0]["date"] == "2023-01-06"
    assert [row["term"] for row in rows if row["type"] == "entry"] == ["三保", "一网通办"]


def test_rejected_row():
    from glossary.listing import harvest_rows

    report = glossary.read_text("甲")
    harvest = glossary.Harvest(
        report=report, rejected=(glossary.Rejected(start=0, end=1, text="甲", reason="short"),)
    )
    *_, row = harvest_rows("a.txt", harvest)
    check(row, "harvest", "rejected")


def test_harvest_to_a_term_file(run, folder):
    status, out, err = run("harvest", "report.txt", "-o", "out.toml", "--text", "out.txt")
    assert (status, out, err) == (0, "", "")
    assert Path("out.txt").read_text(encoding="utf-8") == REPORT
    g = glossary.Glossary.open("out.toml")
    # what the report explains, and what it only sets in quotes
    assert list(g) == ["“雪亮”工程", "一网", "一网通办", "三保"]
    assert g["三保"].senses[0].source.date == "2023-01-06"


def test_an_entry_of_two_names_becomes_two_terms(run, folder):
    text = "名词解释\n1．“双高”“双普”：双高指甲类，双普指乙类。\n2．三保：指保基本民生、保工资、保运转。"
    Path("r.txt").write_text(text, encoding="utf-8")
    run("harvest", "r.txt", "-o", "out.toml")
    assert {"双高", "双普"} <= set(glossary.Glossary.open("out.toml"))


def test_what_is_explained_twice_is_one_term_by_the_annex(run, folder):
    text = REPORT.replace("其中“一网”指一个政务服务网。", "其中“三保”指另外三项。")
    Path("out-report.txt").write_text(text, encoding="utf-8")
    assert run("harvest", "out-report.txt", "-o", "out-report.toml")[0] == 0
    written = tomllib.loads(Path("out-report.toml").read_text(encoding="utf-8"))
    (term,) = [row for row in written["term"] if row["headword"] == "三保"]
    assert (term["definition"], term["place"]) == ("指保基本民生、保工资、保运转。", "名词解释 1")
    assert "E" not in {line.split(": ")[1][0] for line in run("validate", "out-report.toml")[1].splitlines()}


@pytest.mark.parametrize("options", [[], ["--explain"]])
def test_harvest_to_read(run, options):
    status, out, err = run("harvest", "report.txt", *options)
    assert (status, err) == (0, "")
    assert "甲区政府工作报告" in out


def test_a_harvest_of_nothing_says_so(run):
    Path("park.txt").write_text("今天天气很好。我们去公园散步。\n", encoding="utf-8")
    status, out, err = run("harvest", "park.txt")
    assert (status, out) == (0, "park\n")
    assert "park.txt：没有找到名词解释" in err
    assert "--explain" in err
    status, out, err = run("harvest", "park.txt", "--json")
    assert (status, [row["type"] for row in rows_of(out)], err) == (0, ["report"], "")


def test_annotate_json(run):
    status, out, err = run("annotate", "report.txt", "--glossary", "a.toml", "--json")
    assert (status, err) == (0, "")
    rows = rows_of(out)
    assert len(rows) == 2
    for row in rows:
        check(row, "annotate", "mention")
        assert REPORT[row["start"] : row["end"]] == row["surface"] == "一网通办"
        assert row["definition"] == "一处办理。"


@pytest.mark.parametrize("kind", ["a.toml", ".", "words.txt", "compiled.glossary"])
def test_every_kind_of_glossary(run, kind):
    run("build", "a.toml", "-o", "compiled.glossary")
    status, out, _ = run(
        "annotate", "report.txt", "--glossary", kind, "--json", "--region", "上海市", "--year", "2023"
    )
    assert status == 0
    assert rows_of(out)[0]["term"] == "一网通办"


def test_annotate_html_and_text(run, folder):
    status, out, err = run(
        "annotate", "report.txt", "--glossary", "a.toml", "--html", "out.html", "--text", "out.txt"
    )
    assert (status, out) == (0, "")
    assert err == "out.html: 2 mentions of 1 term\n"
    assert "一处办理" in Path("out.html").read_text(encoding="utf-8")
    assert Path("out.txt").read_text(encoding="utf-8") == REPORT


def test_annotate_jsonld_and_first_only(run):
    status, out, err = run("annotate", "report.txt", "--glossary", "a.toml", "--jsonld", "--first-only")
    assert (status, err) == (0, "")
    (page,) = rows_of(out)
    (item,) = page["items"]
    assert item["target"]["source"].startswith("file:///")
    assert item["target"]["selector"][1]["exact"] == "一网通办"


def test_annotate_html_with_ruby(run):
    assert run("annotate", "report.txt", "--glossary", "a.toml", "--html", "out.html", "--ruby")[0] == 0
    assert "<rt>wǎng</rt>" in Path("out.html").read_text(encoding="utf-8")


def test_appendix(run):
    status, out, err = run("appendix", "report.txt", "--glossary", "a.toml")
    assert (status, err) == (0, "")
    assert out == "名词解释\n1. 一网通办：一处办理。\n"
    status, out, _ = run(
        *("appendix", "report.txt", "--glossary", "a.toml", "-o", "annex.txt"),
        *("--layout", "diamond", "--title", "用语解释"),
    )
    assert (status, out) == (0, "")
    assert Path("annex.txt").read_text(encoding="utf-8") == "用语解释\n◆一网通办：一处办理。\n"


def test_appendix_names_what_is_left_out(run):
    _, out, err = run("appendix", "report.txt", "--glossary", "words.txt")
    assert out == "名词解释\n"
    assert "without a definition, and left out: 一网通办" in err


def test_annotate_markdown_and_terminal(run):
    for options in (["--markdown"], []):
        status, out, err = run("annotate", "report.txt", "--glossary", "a.toml", *options)
        assert (status, err) == (0, "")
        assert "一处办理" in out
        assert "\x1b" not in out


def test_lookup(run):
    status, out, _ = run("lookup", "一網通辦", "--glossary", "a.toml", "--json")
    assert status == 0
    (row,) = rows_of(out)
    check(row, "lookup", "entry")
    assert row["term"] == row["headword"] == "一网通办"
    status, out, _ = run("lookup", "「一网」通办", "--glossary", "a.toml")
    assert "yī wǎng tōng bàn" in out
    assert "一处办理。" in out


def test_lookup_parts_members_with_commas_by_semicolons(run):
    Path("b.toml").write_text(TERMS + 'members = ["甲、乙", "丙"]\n', encoding="utf-8")
    assert "包括：甲、乙；丙\n" in run("lookup", "一网通办", "--glossary", "b.toml")[1]


def test_lookup_of_what_is_not_there(run):
    status, out, err = run("lookup", "一网同办", "--glossary", "a.toml", "--json")
    assert (status, out) == (1, "")
    assert err == "glossary: '一网同办' is not in the glossary. Did you mean 一网通办?\n"


def test_search(run):
    status, out, _ = run("search", "ywtb", "--glossary", "a.toml", "--json")
    assert status == 0
    (row,) = rows_of(out)
    check(row, "search", "hit")
    assert (row["term"], row["field"]) == ("一网通办", "initials")
    assert run("search", "ywtb", "--glossary", "a.toml")[1].startswith("一网通办  ")
    status, out, err = run("search", "毫不相干", "--glossary", "a.toml")
    assert (status, out) == (0, "") and err.startswith("nothing found for '毫不相干'")
    assert len(run("search", "网", "--glossary", "words.txt", "--limit", "1")[1].splitlines()) == 1


def test_pinyin(run):
    assert run("pinyin", "长三角一体化") == (0, "cháng sān jiǎo yī tǐ huà\n", "")


def test_build_of_everything(run, folder):
    Path("r.md").write_text(REPORT, encoding="utf-8")
    status, out, err = run("build", "a.toml", "words.txt", "r.md", "-o", "out.glossary")
    assert (status, out) == (0, "")
    g = glossary.Glossary.open("out.glossary")
    assert err == f"out.glossary: {len(g)} entries\n"
    assert {"一网通办", "“雪亮”工程", "三保"} <= set(g)
    assert len(g["一网通办"].senses) >= 2


def test_validate(run):
    assert run("validate", "a.toml") == (0, "", "0 problems\n")
    Path("b.toml").write_text(TERMS, encoding="utf-8")
    status, out, err = run("validate", ".")
    assert (status, err) == (1, "1 problem\n")
    assert out.startswith("b.toml: E101 -: ")
    Path("b.toml").write_text(TERMS.replace('"a"', '"b"').replace("办理。", "办理"), encoding="utf-8")
    status, out, err = run("validate", "b.toml")
    assert (status, err) == (0, "1 problem\n")
    assert out.startswith("b.toml: W301 一网通办: ")


def test_stats(run):
    status, out, _ = run("stats", "--glossary", "a.toml", "--json")
    assert status == 0
    (row,) = rows_of(out)
    check(row, "stats", "counts")
    assert row["entries"] == row["senses"] == row["definitions"] == 1
    assert row["regions"] == {"上海市": 1}
    assert "entries: 1" in run("stats", "--glossary", "a.toml")[1]
    assert run("stats")[0] == 0


@pytest.mark.parametrize("arguments", [[], ["--help"], ["harvest", "-h"], ["--version"], ["corpus"]])
def test_help(run, arguments):
    status, out, err = run(*arguments)
    assert (status, err) == (0, "")
    assert out


def files_for_bad_input():
    Path("empty.txt").write_bytes(b"")
    Path("blank.txt").write_bytes(b" \n\n")
    Path("binary.txt").write_bytes(bytes(range(256)) * 8)
    Path("nul.txt").write_bytes(b"\0" * 500)
    Path("broken.txt").write_bytes(REPORT.encode()[:-4] + b"\xe4\xb8" + REPORT.encode())
    Path("report.xyz").write_text(REPORT, encoding="utf-8")
    Path("bare").write_text(REPORT, encoding="utf-8")
    Path("fake.docx").write_bytes(b"no zip")
    Path("fake.pdf").write_bytes(b"no pdf")
    Path("empty.html").write_bytes(b"<html></html>")
    Path("empty.glossary").write_bytes(b"")
    Path("foreign.glossary").write_bytes(b"SQLite format 3\0" + b"\0" * 200)
    Path("text.glossary").write_text("一网通办", encoding="utf-8")
    Path("bad.toml").write_text("[source]\nid = 3\n", encoding="utf-8")
    Path("folder").mkdir()
    Path("file-not-folder").write_bytes(b"")


BAD = """
harvest missing.txt
harvest folder
harvest empty.txt
harvest blank.txt
harvest binary.txt
harvest nul.txt
harvest broken.txt
harvest report.xyz
harvest bare
harvest fake.docx
harvest fake.pdf
harvest empty.html
harvest report.txt missing.txt
harvest report.txt missing.txt --json
harvest report.txt report.txt -o out.toml
harvest report.txt -o folder
harvest report.txt -o out.csv
harvest report.txt -o out.toml/
harvest report.txt -o out.toml --text out.toml
harvest report.txt -o new.toml --text ./new.toml
harvest report.txt --text report.txt
harvest report.txt --text folder/../report.txt
harvest report.txt --json --explain
harvest report.txt -o no/such/folder/out.toml
harvest report.txt -o file-not-folder/out.toml
harvest report.txt -o .
harvest report.txt --json --text no/such/folder/out.txt
harvest
harvest --no-such-option report.txt
annotate missing.txt
annotate report.txt broken.txt --json
annotate report.txt --glossary missing.glossary
annotate report.txt --glossary empty.glossary
annotate report.txt --glossary foreign.glossary
annotate report.txt --glossary text.glossary --json
annotate report.txt --glossary bad.toml
annotate report.txt --glossary folder
annotate report.txt --glossary empty.txt
annotate report.txt --glossary binary.txt
annotate report.txt --glossary report.txt
annotate report.txt --glossary report.xyz
annotate report.txt --glossary a.toml --html no/such/folder/out.html
annotate report.txt --glossary a.toml --json --html folder
annotate report.txt --glossary a.toml --year soon
annotate report.txt report.txt --glossary a.toml --html out.html
annotate report.txt --glossary a.toml --ruby
annotate report.txt --glossary a.toml --year -5
annotate report.txt --glossary a.toml --json --markdown
annotate report.txt --glossary a.toml --json --jsonld
annotate report.txt --glossary a.toml --html report.txt
annotate report.txt --glossary a.toml --html a.toml
appendix report.txt -o report.txt
appendix missing.txt
appendix report.txt --glossary missing.toml
appendix report.txt --glossary a.toml --layout table
appendix report.txt --glossary a.toml -o no/such/folder/out.txt
lookup
lookup 毫不相干 --glossary a.toml
lookup 雪亮 --glossary missing.toml
search 雪亮 --glossary folder
search 雪亮 --limit 0
pinyin
pinyin 双碳 --ruby --json
build a.toml
build a.toml -o a.toml
build missing -o out.glossary
build a.toml -o out.toml
build folder -o out.glossary
build report.txt -o out.glossary
build a.toml missing.toml -o out.glossary
build a.toml -o folder
build a.toml -o no/such/folder/out.glossary
validate missing
validate folder
stats --glossary bad.toml
no-such-command
--no-such-option
"""


@pytest.mark.parametrize("command", BAD.strip().splitlines())
def test_bad_input(run, command):
    files_for_bad_input()
    before = sorted((path, path.is_file() and path.read_bytes()) for path in Path().rglob("*"))
    status, out, err = run(*command.split())
    assert status == 1
    assert out == ""
    assert err.startswith("glossary: ")
    assert len(err.splitlines()) == 1
    assert err.endswith("\n")
    assert "Traceback" not in err
    assert len(err) < 400
    assert sorted((path, path.is_file() and path.read_bytes()) for path in Path().rglob("*")) == before


def test_bad_input_names_the_place(run):
    files_for_bad_input()
    for name in ("missing.txt", "folder", "empty.txt", "binary.txt", "broken.txt", "report.xyz"):
        assert name in run("harvest", name)[2]
    assert "id" in run("stats", "--glossary", "bad.toml")[2]


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_nothing_is_written_over_what_is_read_by_another_name(run, folder, link):
    link("report.txt", "other.txt")
    status, out, err = run("appendix", "report.txt", "--glossary", "a.toml", "-o", "other.txt")
    assert (status, out) == (1, "")
    assert err == "glossary: other.txt: is what the command reads. Name another file to write.\n"
    assert Path("report.txt").read_text(encoding="utf-8") == REPORT


def test_what_is_missing_is_told_with_all_that_a_glossary_may_be(run):
    assert ".toml or a folder of them, .txt" in run("build", "missing", "-o", "out.glossary")[2]


def test_an_error_of_the_system_names_the_file(run, monkeypatch):
    def fail(*_):
        raise PermissionError(13, "Permission denied", "locked.txt")

    monkeypatch.setattr("glossary.cli.words.open_glossary", fail)
    _, _, err = run("lookup", "双碳")
    assert err == "glossary: locked.txt: cannot be read or written (Permission denied). Check the path.\n"


def test_gb18030_is_read(run):
    Path("gb.txt").write_bytes(REPORT.encode("gb18030"))
    status, out, _ = run("harvest", "gb.txt", "--json")
    assert status == 0
    assert rows_of(out)[0]["title"] == rows_of(run("harvest", "report.txt", "--json")[1])[0]["title"]
    assert run("annotate", "gb.txt", "--glossary", "a.toml", "--json")[0] == 0


def test_python_m_glossary(folder):
    done = shell("harvest", "report.txt", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.splitlines()[0])["type"] == "report"
    done = shell("harvest", "missing.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == "glossary: missing.txt: no such file. Check the path.\n"


def test_a_console_in_another_code_page(folder):
    done = shell("harvest", "report.txt", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "甲区政府工作报告" in done.stdout.decode()


def test_progress_is_silent_in_a_pipe(folder):
    done = shell("harvest", *["report.txt"] * 6, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert len({json.loads(line)["path"] for line in done.stdout.splitlines()}) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_goes_is_no_error(folder):
    command = [sys.executable, "-m", "glossary", "harvest", *["report.txt"] * 300, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_standard_output(folder):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "glossary", "harvest", "report.txt", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 1
    assert (
        done.stderr.decode()
        == "glossary: the output cannot be written (No space left on device). Print it to another place.\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="file names that are no UTF-8")
def test_a_file_name_in_another_encoding(folder):
    name = os.fsencode("报告.txt".encode("gbk").decode("utf-8", "surrogateescape"))
    with open(name, "wb") as stream:  # noqa: PTH123
        stream.write(REPORT.encode())
    done = subprocess.run([sys.executable, "-m", "glossary", "harvest", name, "--json"], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.splitlines()[0])["title"] == "甲区政府工作报告"


@pytest.mark.parametrize("name", ["tbx", "tbx2", "skos", "csv", "jsonl", "jieba", "cedict"])
def test_export_prints_what_it_writes(run, folder, name):
    status, out, err = run("export", name, "--glossary", "a.toml")
    assert (status, err) == (0, "")
    assert "一网通办" in out
    assert run("export", name, "--glossary", "a.toml", "-o", "out.txt")[0] == 0
    assert Path("out.txt").read_bytes().decode() == out


@pytest.mark.parametrize(("name", "suffix"), [("stardict", ".ifo"), ("anki", ".apkg"), ("yomitan", ".zip")])
def test_export_of_what_is_no_text_wants_a_file(run, folder, name, suffix):
    status, out, err = run("export", name, "--glossary", "a.toml")
    assert (status, out) == (1, "")
    assert f"-o OUT{suffix}" in err
    assert run("export", name, "--glossary", "words.txt", "-o", f"out{suffix}") == (
        0,
        "",
        f"out{suffix}: 0 entries of 2: the others have nothing to say in it\n",
    )
    assert Path(f"out{suffix}").exists()


def test_export_says_what_formats_there_are(run, folder):
    status, _, err = run("export", "xlsx", "--glossary", "a.toml")
    assert status == 1
    assert "not 'xlsx'" in err and "yomitan" in err


@pytest.mark.parametrize(
    "option", [("--syntax", "turtle"), ("--base", "https://example.org/"), ("--title", "词")]
)
def test_what_a_format_does_not_know_is_told(run, folder, option):
    status, out, err = run("export", "csv", "--glossary", "a.toml", *option)
    assert (status, out) == (1, "")
    assert f"csv has no use for {option[0][2:]}, which is for " in err
    assert len(err.splitlines()) == 1


def test_export_of_skos(run, folder):
    _, turtle, _ = run(
        "export", "skos", "--glossary", "a.toml", "--base", "https://example.org/", "--title", "词"
    )
    assert "<https://example.org/一网通办> a skos:Concept" in turtle and '"词"@zh' in turtle
    _, json_ld, _ = run("export", "skos", "--glossary", "a.toml", "--syntax", "json-ld")
    assert json.loads(json_ld)["@graph"]


def test_an_export_that_fails_prints_nothing(run, folder):
    Path("bad.jsonl").write_text(
        '{"headword": "甲", "english": "a"}\n{"headword": "乙", "english": "b\\u000bc"}\n'
    )
    status, out, err = run("export", "tbx", "--glossary", "bad.jsonl")
    assert (status, out) == (1, "")
    assert "U+000B" in err


def test_import_to_a_term_file_and_to_a_compiled_one(run, folder):
    run("export", "csv", "--glossary", "a.toml", "-o", "a.csv")
    status, out, err = run("import", "a.csv", "-o", "out.toml")
    assert (status, out, err) == (0, "", "out.toml\n1 entry\n")
    assert glossary.Glossary.open("out.toml") == glossary.Glossary.open("a.toml")
    assert run("import", "a.csv", "-o", "out.glossary")[0] == 0
    assert glossary.Glossary.open("out.glossary") == glossary.Glossary.open("a.toml")
    assert run("import", "a.csv", "-o", "folder")[0] == 0
    assert [path.name for path in Path("folder").iterdir()] == ["a.toml"]
    # what can be imported can be used as it is
    assert run("lookup", "一網通辦", "--glossary", "a.csv")[0] == 0


def test_import_says_which_definitions_a_term_file_cannot_hold(run, folder):
    Path("a.csv").write_text("headword,definition\n甲,一。\n甲,二。\n乙,三。\n", encoding="utf-8")
    status, _, err = run("import", "a.csv", "-o", "out.v1/")
    assert status == 0
    assert err.splitlines()[-1].endswith("the others are left out: 甲")
    assert run("validate", "out.v1/a.toml")[0] == 0


def test_import_writes_nothing_if_the_date_of_a_source_is_none(run, folder):
    Path("a.csv").write_text("headword,source,date\n甲,a,2023-01-06\n乙,b,soon\n", encoding="utf-8")
    status, _, err = run("import", "a.csv", "-o", "out")
    assert status == 1
    assert "a.csv: line 3: date is one such as 2023-01-06, not 'soon'" in err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("file", "output", "says"),
    [
        ("report.txt", "out.toml", "cannot be imported"),
        ("none.tbx", "out.toml", "no such file"),
        ("a.csv", "out.yaml", "name a folder"),
        ("a.csv", "words.txt/x.toml", "cannot be written"),
        ("header.csv", "out.toml", "holds no entries"),
        ("empty.jsonl", "out.glossary", "holds no entries"),
    ],
)
def test_import_that_cannot_be(run, folder, file, output, says):
    Path("a.csv").write_text("headword\n甲\n", encoding="utf-8")
    Path("header.csv").write_text("headword\n", encoding="utf-8")
    Path("empty.jsonl").write_bytes(b"")
    status, out, err = run("import", file, "-o", output)
    assert (status, out) == (1, "")
    assert says in err
    assert len(err.splitlines()) == 1


def test_import_that_fails_leaves_no_folder(run, folder, monkeypatch):
    from glossary.importing import sources

    made = sources.toml_text

    def until_b(source, entries):
        if source.id == "b":
            raise ValueError("no text can be made")
        return made(source, entries)

    monkeypatch.setattr(sources, "toml_text", until_b)
    Path("a.csv").write_text("headword,source\n甲,a\n乙,b\n", encoding="utf-8")
    assert run("import", "a.csv", "-o", "new/folder")[0] == 1
    assert not Path("new").exists()


def test_import_says_how_many_concepts_have_no_chinese(folder):
    concepts = (
        f'<termEntry><langSet xml:lang="{language}"><tig><term>一</term></tig></langSet></termEntry>'
        for language in ("zh", "ja", "ja")
    )
    Path("a.tbx").write_text(
        f"<martif><text><body>{''.join(concepts)}</body></text></martif>", encoding="utf-8"
    )
    done = shell("import", "a.tbx", "-o", "out.toml", encoding="utf-8")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "a.tbx: 2 of 3 concepts have no term in Chinese and are left out (xml:lang ja).",
        "out.toml",
        "1 entry",
    ]


def test_import_to_a_folder_that_cannot_be_made(run, folder):
    Path("a.csv").write_text("headword\n甲\n", encoding="utf-8")
    status, _, err = run("import", "a.csv", "-o", "words.txt/folder")
    assert status == 1
    assert "words.txt/folder: cannot be made" in err


def test_corpus_annotate(run, folder):
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"id": ["甲", "乙"], "body": ["推进一網通辦", None]}), "in.parquet")
    options = ["--glossary", "a.toml", "--column", "body", "--key", "id", "--workers", 1]
    code, out, err = run("corpus", "annotate", "in.parquet", "-o", "out.parquet", *options)
    assert (code, out) == (0, "")
    # no bar: this is no terminal
    assert err == (
        "out.parquet: 1 mention in 2 rows\n1 row without text; the column problem says which, and why\n"
    )
    assert [
        (row["id"], row["term"], row["definition"]) for row in pq.read_table("out.parquet").to_pylist()
    ] == [
        ("甲", "一网通办", "一处办理。"),
        ("乙", None, None),
    ]
    code, _, err = run("corpus", "annotate", "in.parquet", "-o", "out.parquet")
    assert code == 1
    assert err == "glossary: in.parquet: there is no one column 'text', but: id, body. Name one of these.\n"


def test_corpus_harvest(run, folder):
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    Path("reports").mkdir()
    Path("report.txt").rename("reports/report.txt")
    code, out, err = run("corpus", "harvest", "reports", "-o", "out", "--workers", 1)
    assert (code, out, err) == (0, "", "out: 2 entries of 1 report\n")
    assert pq.read_table("out/entry.parquet")["term"].to_pylist() == ["三保", "一网通办"]
    Path("reports/empty.txt").touch()
    code, _, err = run("corpus", "harvest", "reports", "-o", "out", "--workers", 1)
    assert code == 1
    assert err.splitlines()[1:] == [
        "glossary: 1 of 2 reports cannot be read, such as reports/empty.txt: the file is empty. Give a report with "
        "text in it. The rest is done; out/report.parquet names them all (problem)."
    ]
    assert pq.read_table("out/entry.parquet")["term"].to_pylist() == ["三保", "一网通办"]
