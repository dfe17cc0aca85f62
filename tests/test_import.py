"""What an import costs: heavy libraries wait until they are needed."""

import subprocess
import sys

import pytest

from glossary.dictionary import Glossary

HEAVY = [
    "jieba",
    "pypinyin",
    "opencc",
    "numpy",
    "msgspec",
    "click",
    "jinja2",
    "lxml",
    "sphinx",
    "pandas",
    "pyarrow",
    "pyspark",
    "spacy",
    "tqdm",
]


def loaded(code, *arguments):
    """Run code in another process and return the top-level modules that it loaded."""
    code = f"{code}\nimport sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], check=True, capture_output=True, text=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    path = tmp_path_factory.mktemp("import") / "a.glossary"
    Glossary.from_headwords(["一网通办", "“雪亮”工程"]).save(path)
    return path


def test_bare_import():
    added = loaded("import glossary") - loaded("pass")
    assert added & {*HEAVY, "re", "typing", "dataclasses", "sqlite3"} == set()


def test_names_are_handed_on_when_asked_for():
    code = "import glossary\nassert all(getattr(glossary, name) for name in glossary.__all__)"
    assert "msgspec" in loaded(code)
    assert loaded("import glossary\nassert set(glossary.__all__) <= set(dir(glossary))") & set(HEAVY) == set()


def test_unknown_name():
    import glossary

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        glossary.nothing  # noqa: B018


def test_lookup_in_a_compiled_glossary(compiled):
    code = "import sys, glossary\nassert glossary.Glossary.open(sys.argv[1]).lookup('一網通辦')"
    assert loaded(code, compiled) & {"pypinyin", "jieba", "opencc", "numpy", "click", "pandas"} == set()


def test_annotating_with_a_compiled_glossary(compiled):
    code = (
        "import sys, glossary\nassert len(glossary.Glossary.open(sys.argv[1]).annotate('推進一網通辦')) == 1"
    )
    assert loaded(code, compiled) & {"pypinyin", "jieba", "opencc", "numpy", "click", "pandas"} == set()


def test_harvesting():
    code = "import glossary\nglossary.harvest(glossary.read_text('名词解释\\n1．三保：指保民生、保工资、保运转。'))"
    assert loaded(code) & {"pypinyin", "jieba", "opencc", "numpy", "click", "pandas"} == set()
