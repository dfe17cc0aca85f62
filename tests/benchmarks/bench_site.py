"""Measure a site of 5,000 terms beside plain Sphinx: python tests/benchmarks/bench_site.py [TERMS].

The terms are the shipped ones, and further ones put together of halves of their headwords and definitions.
"""

import gzip
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tomli_w

import glossary

sys.path.insert(0, str(Path(__file__).parents[1]))
from browser import answer, started

from glossary.senses import best_sense
from glossary.sphinxext.terms import letter_of

TERMS = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
SECONDS, BYTES, MILLISECONDS = 60, 400_000, 20
CONF = 'project = "site"\nlanguage = "zh_CN"\nhtml_theme = "furo"\n'


def rows() -> list[dict]:
    chance = random.Random(5)
    shipped = list(glossary.load().values())
    made = {entry.headword: row(entry, entry.headword, meant(entry).definition or "") for entry in shipped}
    while len(made) < TERMS:
        one, other, third = chance.choices(shipped, k=3)
        headword = one.headword[: len(one.headword) // 2] + other.headword[len(other.headword) // 2 :]
        first, last = meant(one).definition or "", meant(third).definition or ""
        if headword not in made and 3 <= len(headword) <= 14:
            made[headword] = row(one, headword, first[: len(first) // 2] + last[len(last) // 2 :])
    return list(made.values())[:TERMS]


def meant(entry: glossary.Entry) -> glossary.Sense:
    return best_sense(entry) or glossary.Sense()


def row(entry: glossary.Entry, headword: str, definition: str) -> dict:
    told = {"headword": headword, "kind": entry.kind, "definition": definition or "释义。"}
    told["members"] = list(meant(entry).members)
    return told | ({"english": entry.english} if entry.english else {}) | {"related": list(entry.related)}


def write_ours(folder: Path, terms: list[dict]) -> None:
    source = {"id": "many", "title": "很多词", "year": 2024, "region": "江畔市"}
    (folder / "terms.toml").write_bytes(tomli_w.dumps({"source": source, "term": terms}).encode())
    (folder / "conf.py").write_text(
        CONF + 'extensions = ["glossary.sphinxext"]\nglossary_path = "terms.toml"\n'
    )
    letters = sorted({letter_of(e) for e in glossary.Glossary.from_toml(folder / "terms.toml").values()})
    for n, letter in enumerate(letters):
        (folder / f"p{n}.rst").write_text(f"{letter}\n=====\n\n.. policy:list::\n   :letter: {letter}\n")
    (folder / "index.rst").write_text("Site\n====\n\n.. toctree::\n   :glob:\n\n   p*\n")


def write_plain(folder: Path, terms: list[dict]) -> None:
    (folder / "conf.py").write_text(CONF)
    for n in range(24):
        listed = "".join(f"   {t['headword']}\n      {t['definition']}\n\n" for t in terms[n::24])
        (folder / f"p{n}.rst").write_text(f"{n}\n=====\n\n.. glossary::\n\n{listed}")
    (folder / "index.rst").write_text("Site\n====\n\n.. toctree::\n   :glob:\n\n   p*\n")


def built(folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-j", "2", folder, folder / "html"], check=True)
    return time.perf_counter() - start


def queries(terms: list[dict]) -> list[str]:
    some = glossary.Glossary.from_headwords(term["headword"] for term in terms[::50])
    typed = []
    for entry in some.values():
        word, said = entry.headword, entry.reading
        typed += [
            word,
            word[1:3],
            f"什么是{word}？",
            said,
            said.replace(" ", ""),
            "".join(s[0] for s in said.split()),
        ]
    return [*typed, *(term["definition"][2:8] for term in terms[::50])]


def main() -> None:
    terms = rows()
    with tempfile.TemporaryDirectory() as name:
        ours, plain = Path(name, "ours"), Path(name, "plain")
        for folder, write in ((ours, write_ours), (plain, write_plain)):
            folder.mkdir()
            write(folder, terms)
        seconds, theirs = built(ours), built(plain)
        static = ours / "html/_static"
        names = ("policy-folding.js", "policy-index.js")
        size = sum(len(gzip.compress((static / name).read_bytes(), 6)) for name in names)
        browsers = started()
        browser = next(browsers)
        browser.get((ours / "html/index.html").as_uri())
        timed = answer(
            browser,
            "const index = await PolicyGlossary.Index.load(); index.search('x');"
            "return given[0].map((query) => Math.min(...[1, 2, 3].map(() => {"
            "const start = performance.now(); index.search(query); return performance.now() - start; })));",
            queries(terms),
        )
        browsers.close()
    print(f"{TERMS} terms, {len(timed)} queries")
    told("build, seconds", seconds, SECONDS, f"; {seconds / theirs:.1f} times plain Sphinx")
    told("folding and index, gzipped bytes", size, BYTES)
    # the best of three, as other work on the machine weighs more than the query
    told("query, ms, median", statistics.median(timed), MILLISECONDS)
    told("query, ms, 99 of 100", sorted(timed)[len(timed) * 99 // 100], MILLISECONDS)


def told(what: str, value: float, target: float, more: str = "") -> None:
    met = "met" if value <= target else "missed"
    print(f"{what}: {value:,.1f}{more}; target at most {target:,}: {met}")


if __name__ == "__main__":
    main()
