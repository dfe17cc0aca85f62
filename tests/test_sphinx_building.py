"""What is read again when something changes, and that reading in several processes changes nothing."""

import sys
import warnings

import pytest

TERMS = '[source]\nid = "yunze-2022"\ntitle = "2022年云泽市工作要点"\nyear = 2022\n'
ONE, TWO = (
    f'[[term]]\nheadword = "{headword}"\ndefinition = "{said}"\n'
    for headword, said in (("绿叶评价", "打分。"), ("一窗通答", "回答。"))
)
DOCUMENTS = {
    "index.rst": "首页\n====\n\n.. toctree::\n   :glob:\n\n   *\n",
    "entries.rst": "词条\n====\n\n.. policy:list::\n",
    "role.rst": "引用\n====\n\n:policy:term:`绿叶评价`\n",
    "standard.rst": "引用\n====\n\n:term:`綠葉評價`\n",
    "whatever.rst": "引用\n====\n\n:any:`綠葉評價`\n",
    "passage.rst": "文章\n====\n\n.. policy:annotate::\n\n   绿叶评价\n",
    "prose.rst": "散文\n====\n\n说到绿叶评价。:ref:`search` :doc:`role`\n",
    "place.rst": "标注\n====\n\n.. policy:annotator::\n",
}
USERS = ["entries", "passage", "place", "role", "standard", "whatever"]
ALL = sorted(name.removesuffix(".rst") for name in DOCUMENTS)


@pytest.fixture
def project(site):
    """A project of several documents, built once."""

    def build(documents=None, **conf):
        return site("bare", documents, conf=conf)

    def first(**conf):
        built = build({**DOCUMENTS, "terms.toml": TERMS + ONE + TWO}, **conf)
        assert built.warnings == ""
        assert built.read == ALL
        return built

    build.first = first
    return build


def test_nothing_is_read_again_when_nothing_changed(project):
    project.first()
    again = project()
    assert again.read == [] and again.warnings == ""


def test_a_document_that_changed_is_read_again_alone(project):
    project.first()
    built = project({"prose.rst": "散文\n====\n\n改了。\n"})
    assert built.read == ["prose"] and built.warnings == ""
    assert built.inventory()["std:term"]["绿叶评价"] == "entries.html#绿叶评价"


def test_when_the_glossary_changed_what_shows_something_of_it_is_read_again(project):
    project.first()
    built = project({"terms.toml": TERMS + ONE.replace("打分", "给分") + TWO})
    assert built.read == USERS and built.warnings == ""
    for name in ("role", "standard", "whatever", "passage"):
        assert built.page(f"{name}.html").xpath("//a[@title='给分。']"), name
    assert "给分。" in built.page("entries.html").text_content()
    assert project().read == []


def test_when_an_entry_moves_what_links_to_it_is_written_again(project):
    project.first()
    moved = {"entries.rst": "词条\n====\n", "words.rst": ":orphan:\n\n词语\n====\n\n.. policy:list::\n"}
    built = project(moved)
    assert "role" not in built.read and built.warnings == ""
    for name in ("role", "standard", "whatever", "passage"):
        (link,) = built.page(f"{name}.html").xpath("//span[@class='policy-mention']/a/@href")
        assert link == "words.html#绿叶评价", name
    gone = project({"words.rst": None})
    assert not gone.page("role.html").xpath("//span[@class='policy-mention']/a")


def test_when_the_glossary_changed_and_terms_are_linked_all_is_read_again(project):
    project.first(glossary_autolink="all")
    built = project({"terms.toml": TERMS + ONE.replace("打分", "给分") + TWO}, glossary_autolink="all")
    assert built.read == ALL
    assert built.page("prose.html").xpath("//a[@title='给分。']")


def test_a_term_that_the_glossary_gets_is_found_by_those_who_asked(project):
    project.first()
    asked = project({"prose.rst": "散文\n====\n\n:policy:term:`路灯认养`\n"})
    assert "[policy.unknown]" in asked.warnings
    built = project({"terms.toml": TERMS + ONE + TWO + ONE.replace("绿叶评价", "路灯认养")})
    assert "prose" in built.read and built.warnings == ""
    assert built.page("prose.html").xpath("//a/@href[.='entries.html#路灯认养']")


def test_a_term_that_leaves_the_glossary_leaves_the_site(project):
    project.first()
    built = project({"terms.toml": TERMS + TWO})
    assert built.read == USERS
    assert built.warnings.count("[policy.unknown]") == 1
    inventory = built.inventory()
    assert set(inventory["std:term"]) == set(inventory["policy:term"]) == {"一窗通答"}
    assert "绿叶评价" not in built.text("policy-pinyin.html")


def test_a_document_that_goes_takes_its_entries_along(project):
    project.first()
    built = project({"entries.rst": None})
    assert "policy:term" not in built.inventory() and "std:term" not in built.inventory()
    assert built.app.env.domains["policy"].data["entries"] == {}
    assert "entries" not in built.app.env.domains["policy"].data["users"]


def test_a_page_that_no_longer_annotates_asks_for_no_scripts(project):
    project.first()
    built = project({"place.rst": "标注\n====\n"})
    assert "policy-match.js" not in built.text("place.html")
    assert built.app.env.domains["policy"].data["annotators"] == set()


def content(built):
    return {path.name: path.read_bytes() for path in sorted(built.out.rglob("*.html"))}


@pytest.mark.skipif(sys.platform == "win32", reason="Sphinx has no processes there")
def test_several_processes_make_the_same_site(site, tmp_path):
    documents = {
        f"d{n}.rst": f":orphan:\n\n文{n}\n===\n\n绿叶评价，:term:`一窗答`，:policy:term:`綠葉評價`\n"
        for n in range(9)
    }
    # the entry stands in several documents, which several processes read
    documents |= {f"d{n}.rst": f":orphan:\n\n词{n}\n===\n\n.. policy:entry:: 一窗通答\n" for n in (3, 6, 8)}
    documents["d5.rst"] = (
        ":orphan:\n\n词\n===\n\n.. policy:list::\n   :kind: concept, shorthand\n\n.. policy:annotator::\n"
    )
    conf = {"glossary_autolink": "first"}
    alone = site("bare", documents, conf=conf)
    with warnings.catch_warnings():
        # Python 3.12 and later fear for threads, of which there are none
        warnings.simplefilter("ignore", DeprecationWarning)
        together = site("bare", conf=conf, freshenv=True, parallel=3, builddir=tmp_path / "together")
    # documents are read in other processes
    assert alone.read and not together.read
    assert content(alone) == content(together)
    assert alone.inventory() == together.inventory()
    assert alone.inventory()["std:term"]["一窗答"] == "d3.html#一窗通答"
    for data in ("entries", "users", "annotators", "named"):
        one, other = (built.app.env.domains["policy"].data[data] for built in (alone, together))
        assert (
            {k: sorted(v) for k, v in one.items()} == {k: sorted(v) for k, v in other.items()}
            if data == "entries"
            else one == other
        )
    # an entry in three documents is told twice, whoever finds it
    for built in (alone, together):
        assert built.warnings.count("一窗通答 is written out in several documents: d3, d6, d8.") == 1
        assert set(built.warnings.split()) >= {"[policy.duplicate]"}


def test_sphinx_is_told_that_processes_may_read_and_write(site):
    extension = site("bare", builder="dummy").app.extensions["glossary.sphinxext"]
    assert extension.parallel_read_safe is True
    assert extension.parallel_write_safe is True


def test_nothing_that_sphinx_gives_up_is_used(site):
    """Warnings of Sphinx about itself are errors in these tests, as all warnings are."""
    with pytest.raises(DeprecationWarning):
        warnings.warn("tests take warnings for errors", DeprecationWarning, stacklevel=1)
    assert site("site").warnings == ""
