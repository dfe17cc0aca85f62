"""Every check finds the files that are named for it, and nothing else is found in them."""

from pathlib import Path

import pytest

from glossary.errors import DataError
from glossary.paths import terms_directory
from glossary.validation import CHECKS, validate

FILES = sorted((Path(__file__).parent / "data/validation").glob("*.toml"))
BAD = [path for path in FILES if path.stem != "good"]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file(path):
    problems = list(validate(path))
    assert {problem.code for problem in problems} == {path.stem.split("-")[0]}
    assert len(problems) == 1
    assert problems[0].path == str(path)
    assert problems[0].message
    assert len(problems[0].message.splitlines()) == 1


@pytest.mark.parametrize("code", ["E100", *CHECKS])
def test_every_check_has_a_bad_file(code):
    assert any(path.stem.startswith(f"{code}-") for path in BAD)


@pytest.mark.parametrize("code", CHECKS)
def test_every_check_says_what_is_wrong(code):
    check = CHECKS[code]
    assert check.__name__.upper() == code
    assert check.__doc__.strip().endswith(".")


def test_good_file():
    assert list(validate(next(path for path in FILES if path.stem == "good"))) == []


def test_a_folder_in_order():
    found = [Path(problem.path).stem for problem in validate(FILES[0].parent)]
    assert found == [path.stem for path in BAD]


def test_what_is_shipped():
    assert [problem for problem in validate(terms_directory()) if problem.code.startswith("E")] == []


@pytest.mark.parametrize("name", ["no-such.toml", "no-such-folder"])
def test_missing(tmp_path, name):
    with pytest.raises(DataError, match="no such file"):
        list(validate(tmp_path / name))


def test_folder_without_terms(tmp_path):
    with pytest.raises(DataError, match=r"no \.toml files"):
        list(validate(tmp_path))
