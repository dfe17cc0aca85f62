"""The site in `docs/`: it covers the glossary, and what the guide to a site of one's own says works."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import glossary
from glossary.sphinxext.terms import letter_of

DOCS = Path(__file__).resolve().parents[1] / "docs"
CAPTIONED = re.compile(
    r"^(?P<fence>`{3,4})\{code-block\} \w+\n:caption: (?P<name>[^\n]+)\n\n(?P<text>.*?)^(?P=fence)$",
    re.M | re.S,
)
ADDED = "（添上）"


def read(name):
    return (DOCS / name).read_text(encoding="utf-8")


def letters_of(page):
    return set(re.findall(r'^:letter: "?(.)"?$', page.read_text(encoding="utf-8"), re.M))


def test_a_page_for_every_letter():
    pages = {page.stem: letters_of(page) for page in sorted((DOCS / "terms").glob("*.md"))}
    assert pages.pop("index") == set()
    for stem, letters in pages.items():
        assert letters == ({"#"} if stem == "0-9" else {stem.upper()})
    assert set().union(*pages.values()) == set(map(letter_of, glossary.load().values()))


def test_the_overview_of_terms_links_every_letter():
    stems = {page.stem for page in (DOCS / "terms").glob("*.md")} - {"index"}
    assert set(re.findall(r"\]\(([^/)]+)\.md\)", read("terms/index.md"))) == stems


def test_the_front_page_leads_to_every_guide():
    named = set(re.findall(r"\]\((guides/\w+\.md)", read("index.md")))
    assert named == {f"guides/{page.name}" for page in (DOCS / "guides").glob("*.md")}


def test_names_of_unions_are_not_asked_for():
    """Where pandas is missing, autodoc leaves annotations as they are written: names that nothing documents."""
    settings = {}
    exec(
        compile(read("conf.py"), DOCS / "conf.py", "exec"),
        settings | {"__file__": str(DOCS / "conf.py")},
        settings,
    )
    assert {("py:class", name) for name in ("Layout", "Overlap", "Progress", "Texts")} <= set(
        settings["nitpick_ignore"]
    )


def sphinx_build(folder):
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-n", "-b", "html", ".", "_build"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return folder / "_build"


def test_the_guide_to_a_site_of_ones_own_works(tmp_path):
    pytest.importorskip("furo")
    here = tmp_path / "wanghu"
    early = []
    for block in CAPTIONED.finditer(read("guides/site.md")):
        name, text = block["name"], block["text"]
        path = here / name.removesuffix(ADDED)
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(ADDED):
            text = path.read_text(encoding="utf-8") + text
        path.write_text(text, encoding="utf-8")
        early.append(path.name)
        if early[-1] == "words.md":  # as far as the guide has one build first
            sphinx_build(here)
    built = sphinx_build(here)
    assert 'id="两桥三路"' in (built / "words.html").read_text(encoding="utf-8")
    links = {name: (built / f"{name}.html").read_text(encoding="utf-8") for name in ("news", "plan", "about")}
    shown = {name: re.findall(r'data-headword="(.*?)"', html) for name, html in links.items()}
    assert shown == {
        "news": ["三湖联治", "两桥三路", "两桥三路", "一码办"],
        "plan": ["三湖联治"],
        "about": [],
    }
    other = sphinx_build(tmp_path / "other")
    linked = re.findall(r'href="([^"]*#[^"]*)"', (other / "index.html").read_text(encoding="utf-8"))
    away = [address.partition("#")[0] for address in linked if "wanghu/" in address]
    assert [(other / page).resolve() for page in away] == [(built / "words.html").resolve()] * 2
