"""Writing the compiled file: whole or not at all."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from glossary import compiling
from glossary.dictionary import Glossary
from glossary.errors import DataError


def test_what_was_there_stays_when_writing_fails(tmp_path, monkeypatch):
    path = tmp_path / "a.glossary"
    path.write_bytes(b"as it was")

    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(compiling, "_keep_patterns", full)
    with pytest.raises(DataError, match="disk is full"):
        Glossary.from_headwords(["雪亮"]).save(path)
    monkeypatch.undo()
    assert path.read_bytes() == b"as it was"
    assert [p.name for p in tmp_path.iterdir()] == ["a.glossary"]


def test_where_nothing_can_be_written(tmp_path):
    g = Glossary.from_headwords(["雪亮"])
    (tmp_path / "file").write_bytes(b"")
    for path in (
        tmp_path,
        tmp_path / "no/such/folder",
        tmp_path / "file/in",
        tmp_path / ("长" * 200),
    ):
        with pytest.raises(DataError) as caught:
            g.save(path)
        assert len(str(caught.value).splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path):
    path = tmp_path / "a.glossary"
    Glossary.from_headwords(["旧"]).save(path)
    code = (
        "import sys; from glossary import Glossary; g = Glossary.from_headwords(f'第{n}号' for n in range(300))\n"
        "print('made', flush=True)\nwhile True: g.save(sys.argv[1])"
    )
    for seed in range(4):
        child = subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE)
        assert child.stdout.readline()
        time.sleep(random.Random(seed).random() / 4)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert len(Glossary.open(path)) in (1, 300)


def test_progress_is_told_of_every_entry(tmp_path):
    seen = []

    def progress(items, label, total):
        for item in items:
            seen.append((label, total))
            yield item

    Glossary.from_headwords(["一网通办", "雪亮工程"]).save(tmp_path / "a.glossary", progress=progress)
    assert seen.count(("entries", 2)) == 2
    assert {label for label, _ in seen} == {"entries", "forms"}


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real.glossary")
    Glossary.from_headwords(["雪亮"]).save(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert list(Glossary.open(tmp_path / "real.glossary")) == ["雪亮"]


@pytest.mark.parametrize("name", ["terms.toml", "words.TXT"])
def test_files_written_by_hand_are_never_replaced(tmp_path, name):
    (tmp_path / name).write_text("雪亮")
    with pytest.raises(DataError, match="written by hand"):
        Glossary.from_headwords(["雪亮"]).save(tmp_path / name)
    assert (tmp_path / name).read_text() == "雪亮"


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_mode_and_links(tmp_path):
    path = tmp_path / "a.glossary"
    Glossary.from_headwords(["雪亮"]).save(path)
    path.chmod(0o600)
    Glossary.from_headwords(["雪亮"]).save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(DataError):
        Glossary.from_headwords(["雪亮"]).save(tmp_path / "loop")
