"""Many texts: the same answers as one by one, in order, whatever they come as."""

import io
import os
import subprocess
import sys
import time

import pytest

import glossary
from glossary.errors import GlossaryError, ReadError
from glossary.workers import over_processes

TEXTS = ["推进一网通办。", "", "「雙碳」與雙碳", "没有", "上海市黄浦区一网通办"]


@pytest.fixture(scope="module")
def g():
    return glossary.Glossary([*glossary.load().values()])


def rows(annotations):
    return [(annotation.text, annotation.to_dicts()) for annotation in annotations]


def test_texts_one_by_one(g):
    assert rows(g.annotate_many(TEXTS)) == rows(map(g.annotate, TEXTS))


def test_over_processes(g, tmp_path):
    assert rows(g.annotate_many(TEXTS * 9, processes=2)) == rows(map(g.annotate, TEXTS * 9))
    g.save(tmp_path / "a.glossary")
    opened = glossary.Glossary.open(tmp_path / "a.glossary")
    assert rows(opened.annotate_many(TEXTS, processes=2, overlap="all")) == rows(
        g.annotate_many(TEXTS, overlap="all")
    )


def test_it_is_an_iterator(g):
    def endless():
        while True:
            yield "推进一网通办"

    assert len(next(iter(g.annotate_many(endless())))) == 1


def test_reports_and_their_files(g, tmp_path):
    paths = []
    for name, text in zip("甲乙丙", TEXTS, strict=False):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{text}第", encoding="utf-8")
        paths.append(path)
    reports = [glossary.read(path) for path in paths]
    wanted = rows(g.annotate_many(reports))
    assert rows(g.annotate_many(paths)) == wanted
    assert rows(g.annotate_many(paths, processes=2)) == wanted


def test_lines_of_a_file(g, tmp_path):
    path = tmp_path / "lines.txt"
    path.write_bytes("\n".join(TEXTS).encode("utf-8-sig") + b"\r\n")
    assert rows(g.annotate_many(path)) == rows(g.annotate_many(TEXTS))
    with path.open(encoding="utf-8-sig") as stream:
        assert rows(g.annotate_many(stream)) == rows(g.annotate_many(TEXTS))
    assert rows(g.annotate_many(io.StringIO("一网通办\n双碳"))) == rows(g.annotate_many(["一网通办", "双碳"]))


def test_a_report_settles_its_senses():
    from glossary.model import Entry, Sense, Source

    senses = tuple(
        Sense(definition=region, source=Source(id=region, region=region)) for region in ("上海市", "江苏省")
    )
    g = glossary.Glossary([Entry(headword="两山", senses=senses)])
    report = glossary.read_text("江苏省2023年政府工作报告\n建设两山。", id="甲")
    assert report.region
    (annotation,) = g.annotate_many([report])
    assert annotation.mentions[0].sense.definition == "江苏省"
    (annotation,) = g.annotate_many([report], region="上海市")
    assert annotation.mentions[0].sense.definition == "上海市"


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_what_cannot_be_read(g, tmp_path, name):
    with pytest.raises(ReadError):
        list(g.annotate_many(tmp_path / name))
    with pytest.raises(ReadError):
        list(g.annotate_many([tmp_path / "missing.txt"], processes=2))


def test_lines_that_are_no_text(g, tmp_path):
    path = tmp_path / "binary.txt"
    path.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(ReadError, match="UTF-8"):
        list(g.annotate_many(path))


def test_a_bar_is_shown_on_a_terminal_only(g, capsys):
    list(g.annotate_many(TEXTS, progress=True))
    assert capsys.readouterr().err == ""


# ---- processes


def numbered(n, made=None, awaited=None):
    if made is not None:
        made.touch()
    while awaited is not None and not awaited.exists():
        time.sleep(0.01)
    return n


def test_tasks_come_back_in_order(tmp_path):
    # the third is finished before the first
    tasks = [(0, None, tmp_path / "a"), (1,), (2, tmp_path / "a"), *((n,) for n in range(3, 12))]
    assert list(over_processes(numbered, iter(tasks), 2, in_order=True)) == list(range(12))


def test_tasks_come_back_as_they_are_finished(tmp_path):
    tasks = [(0, None, tmp_path / "a"), *((n,) for n in range(1, 12))]
    running = over_processes(numbered, iter(tasks), 2)
    first = next(running)
    assert first != 0
    (tmp_path / "a").touch()
    assert sorted([first, *running]) == list(range(12))


def test_few_tasks_are_taken_ahead():
    taken = []
    tasks = ((taken.append(n) or n,) for n in range(100))
    for in_order in (True, False):
        running = over_processes(numbered, tasks, 1, in_order=in_order)
        taken.clear()
        next(running)
        assert len(taken) == 2
        running.close()


def test_a_worker_that_was_killed_is_said_in_one_line():
    with pytest.raises(GlossaryError, match=r"for want of memory.*fewer workers"):
        list(over_processes(os._exit, iter([(9,)]), 1))


UNGUARDED = """
import glossary
from pathlib import Path
print(len(list(glossary.load().annotate_many([Path("a.txt")] * 64, processes=2))))
"""


def test_a_script_that_does_its_work_on_import_is_told_so(tmp_path):
    (tmp_path / "a.txt").write_text("推进一网通办。", encoding="utf-8")
    script = tmp_path / "run.py"
    script.write_text(UNGUARDED)
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True)
    assert 'Put what your script does under if __name__ == "__main__":' in done.stderr
    guarded = UNGUARDED.replace("print(", 'if __name__ == "__main__":\n    print(')
    script.write_text(guarded)
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("64\n", "")
