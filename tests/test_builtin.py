"""The built-in glossary: compiled in a wheel, from the user's cache in a checkout."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glossary import builtin
from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.paths import terms_directory

TERM = '[source]\nid = "{name}"\n\n[[term]]\nheadword = "{headword}"\n'


def folder(tmp_path, headword="雪亮工程"):
    (tmp_path / "terms").mkdir(exist_ok=True)
    path = tmp_path / "terms" / "a.toml"
    path.write_text(TERM.format(name="a", headword=headword), encoding="utf-8")
    return tmp_path / "terms"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    return tmp_path / "cache"


def test_compiled_once_and_again_when_the_terms_change(tmp_path, cache):
    terms = folder(tmp_path)
    assert list(builtin._from_cache(terms)) == ["雪亮工程"]
    (made,) = cache.glob("*.glossary")
    first = made.stat()
    assert list(builtin._from_cache(terms)) == ["雪亮工程"]
    assert made.stat().st_mtime_ns == first.st_mtime_ns
    folder(tmp_path, "河长制")
    assert list(builtin._from_cache(terms)) == ["河长制"]


def test_of_other_states_what_is_a_day_old_is_deleted(tmp_path, cache):
    terms = folder(tmp_path)
    builtin._from_cache(terms)
    (old,) = cache.glob("*.glossary")
    folder(tmp_path, "河长制")
    builtin._from_cache(terms)
    # another checkout may have it open
    assert old.exists()
    os.utime(old, (0, 0))
    folder(tmp_path, "林长制")
    builtin._from_cache(terms)
    assert not old.exists()
    assert len(list(cache.glob("*.glossary"))) == 2


def test_a_damaged_file_in_the_cache_is_made_again(tmp_path, cache):
    terms = folder(tmp_path)
    builtin._from_cache(terms)
    (made,) = cache.glob("*.glossary")
    made.write_bytes(b"nothing")
    assert list(builtin._from_cache(terms)) == ["雪亮工程"]
    assert list(Glossary.open(made)) == ["雪亮工程"]


def test_without_a_cache_to_write_to(tmp_path, cache):
    cache.write_text("a file where the folder should be")
    assert list(builtin._from_cache(folder(tmp_path))) == ["雪亮工程"]


def test_parallel_first_use(tmp_path):
    """Six processes that find no cache all get the glossary, and one file is left."""
    where = os.environ | {
        "XDG_CACHE_HOME": str(tmp_path),
        "LOCALAPPDATA": str(tmp_path),
        "HOME": str(tmp_path),
    }
    code = "import glossary; print(glossary.lookup('一網通辦').headword)"

    def run(_):
        return subprocess.run(
            [sys.executable, "-c", code], env=where, capture_output=True, text=True, check=True
        ).stdout

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(run, range(6))) == {"一网通办\n"}
    if not builtin.compiled_terms().is_file():
        assert len(list(tmp_path.rglob("terms-*.glossary"))) == 1
        assert not list(tmp_path.rglob("*.part"))


def test_what_is_shipped_is_what_the_terms_say(tmp_path):
    builtin.ship(tmp_path / "a.glossary")
    assert Glossary.open(tmp_path / "a.glossary") == Glossary.from_toml(terms_directory()) == builtin.load()


@pytest.mark.parametrize(("headword", "code"), [("朝", "W401"), (" 雪亮", "E201")])
def test_shipping_fails_on_an_error_and_on_unreviewed_doubt(tmp_path, monkeypatch, headword, code):
    terms = folder(tmp_path, headword)
    monkeypatch.setattr(builtin, "terms_directory", lambda: terms)
    with pytest.raises(DataError, match=code):
        builtin.ship(tmp_path / "a.glossary")
    assert not (tmp_path / "a.glossary").exists()


def test_look_up_imports_nothing_heavy(tmp_path):
    builtin.ship(tmp_path / "a.glossary")
    code = (
        "import sys; from glossary import Glossary; g = Glossary.open(sys.argv[1]);"
        "assert g.lookup('一網通辦') and g.search('ywtb');"
        "sys.exit(' '.join({'pypinyin', 'jieba', 'opencc', 'numpy', 'daachorse', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.glossary"], capture_output=True, text=True
    )
    assert done.stderr.strip() == ""


def test_missing_terms(monkeypatch):
    builtin.load.cache_clear()
    monkeypatch.setattr(builtin, "compiled_terms", lambda: Path("/no/such"))
    monkeypatch.setattr(builtin, "terms_directory", lambda: Path("/no/such"))
    with pytest.raises(DataError, match="missing"):
        builtin.load()
