"""Mentions in labelled texts, as hands that didn't know the code have labelled them."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

import glossary
from glossary.folding import key_of
from glossary.model import Entry, Sense
from glossary.text import QUOTE_MARKS

SETS = sorted(path for path in (Path(__file__).parent / "mentions").iterdir() if path.is_dir())
# Look-alikes that are linked, of all: what is left needs the meaning of the sentence.
LINKED = {"county": (22, 89), "provinces": (7, 95), "cities": (13, 92)}
LABEL = re.compile("⟦([^¦⟧]*)¦([^⟧]*)⟧|⟪([^⟫]*)⟫|[^⟦⟪]+")


class Labelled(NamedTuple):
    text: str
    mentions: dict[tuple[int, int], str]
    look_alikes: list[tuple[int, int]]


def read(path):
    text, mentions, look_alikes = "", {}, []
    for part in LABEL.finditer(path.read_text(encoding="utf-8")):
        surface, headword, look_alike = part.groups()
        start = len(text)
        text += surface or look_alike or part[0]
        if headword:
            mentions[start, len(text)] = headword
        elif look_alike:
            look_alikes.append((start, len(text)))
    return Labelled(text, mentions, look_alikes)


def glossary_of(folder):
    entries = []
    for line in (folder / "headwords.tsv").read_text(encoding="utf-8").splitlines():
        headword, definition, variants = [*line.split("\t"), "", ""][:3]
        if headword and headword != "headword":
            senses = (Sense(definition=definition),) if definition else ()
            names = tuple(filter(None, variants.strip().split("｜")))
            entries.append(Entry(headword=headword, senses=senses, variants=names))
    return glossary.Glossary(entries)


def unquoted(text, start, end):
    """Leave out quotation marks at the edges: hands differ on whose they are."""
    while text[start] in QUOTE_MARKS:
        start += 1
    while text[end - 1] in QUOTE_MARKS:
        end -= 1
    return start, end


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_labelled_texts(folder):
    g = glossary_of(folder)
    linked = total = 0
    missed, extra = [], []
    for path in sorted((folder / "texts").glob("*.txt")):
        text, wanted, look_alikes = read(path)
        found = {
            unquoted(text, m.start, m.end): m.entry.headword for m in g.annotate(text, overlap="longest")
        }
        expected = {unquoted(text, *span): headword for span, headword in wanted.items()}
        for span, headword in expected.items():
            if key_of(found.get(span, "")) != key_of(headword):
                missed.append(f"{path.stem}: {text[slice(*span)]}")
        others = [span for span in found if span not in expected]
        touched = [
            look_alike
            for look_alike in look_alikes
            if any(start < look_alike[1] and look_alike[0] < end for start, end in others)
        ]
        linked += len(touched)
        total += len(look_alikes)
        extra += [
            f"{path.stem}: {text[start:end]}"
            for start, end in others
            if not any(start < stop and first < end for first, stop in look_alikes)
        ]
    # 深化工改 could be 化工 as well
    assert missed == (["10: 工改"] if folder.name == "cities" else [])
    assert extra == []
    assert (linked, total) == LINKED[folder.name]
