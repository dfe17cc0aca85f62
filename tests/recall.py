"""What people type: the terms and the classes of queries that search in Python and in the browser are held to."""

import random
import re
import tomllib
from collections import Counter
from pathlib import Path

from glossary.dictionary import Glossary
from glossary.folding import key_of
from glossary.keys import fuzzy_key, initials, search_key, toneless
from glossary.model import Entry, Sense
from glossary.senses import best_sense
from glossary.variants import bare_key

DATA = tomllib.loads((Path(__file__).parent / "data/searches.toml").read_text(encoding="utf-8"))


def made(terms):
    plain = Glossary.from_headwords(term["headword"] for term in terms)
    return Glossary(
        Entry(
            headword=term["headword"],
            reading=plain[term["headword"]].reading,
            senses=(Sense(definition=term.get("definition")),),
            english=term.get("english"),
        )
        for term in terms
    )


G = made(DATA["term"])
ABSURD = ["", " ", "“”", "、。", "\n", "囧囧囧囧", "zzzz", "\0", "\ud800", "+" * 300, "*", "NEAR(", '"', "'"]


# ---- recall on 120 terms: the classes of what people type, each made by rule from the term ------------------------
def recall_terms():
    table = tomllib.loads((Path(__file__).parent / "data/readings.toml").read_text(encoding="utf-8"))
    odd = ["“两旧”改造", "双随机、一公开", "“1+X”人才政策", "G60科创走廊"]
    by_key = {key_of(term): term for term in [*list(table["ordinary"])[::-3], *odd]}
    return list(by_key.values())[-120:]


TERMS = recall_terms()
RECALL = Glossary(
    Entry(
        headword=headword,
        reading=entry.reading,
        senses=(Sense(definition=f"第{n}个词的释义，说到{headword[::-1]}与编号{n * 7919}。"),),
    )
    for n, (headword, entry) in enumerate(Glossary.from_headwords(TERMS).items())
)


def converted(config):
    import opencc

    return opencc.OpenCC(config).convert


def only(made):
    """Keep what names one term only: 网 is a part of many."""
    counts = Counter(made.values())
    return {term: query for term, query in made.items() if counts[query] == 1}


def parts():
    made = {}
    for term in TERMS:
        plain = key_of(term)
        for size in range(len(plain) - 1, 1, -1):
            part = plain[1 : 1 + size]
            if len(part) < len(plain) - 1 and sum(part in key_of(other) for other in TERMS) == 1:
                made[term] = part
    return made


def alone(query):
    """Tell whether a query holds no term."""
    return not any(bare_key(term) in bare_key(query) for term in TERMS)


def wide(term):
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in term)


CLASSES = {
    "exact": {term: term for term in TERMS},
    "part": parts(),
    "pinyin": only({term: search_key(RECALL[term].reading) for term in TERMS}),
    "pinyin with blanks": only({term: toneless(RECALL[term].reading) for term in TERMS}),
    "pinyin with tones": {term: RECALL[term].reading for term in TERMS},
    "pinyin by ear": only({term: fuzzy_key(RECALL[term].reading) for term in TERMS}),
    "initials": only({term: initials(RECALL[term].reading) for term in TERMS}),
    "traditional": {term: converted("s2t")(term) for term in TERMS},
    "Hong Kong": {term: converted("s2hk")(term) for term in TERMS},
    "Taiwan": {term: converted("s2twp")(term) for term in TERMS},
    "width": {term: wide(term) for term in TERMS},
    "quotes": {term: f"「{term.strip('“”')}」" for term in TERMS},
    "no punctuation": {term: bare_key(term) for term in TERMS},
    "punctuation": {
        term: f"{term[:2]}、{term[2:]}" for term in TERMS if term[:2].isalpha() and term[2:3].isalpha()
    },
    "more text": {term: f"什么是{term}？" for term in TERMS},
    "platform": {term: f"{term}平台" for term in TERMS},
    "one wrong": {
        term: f"{term[:-1]}囧" for term in TERMS if 4 <= len(term) <= 8 and alone(f"{term[:-1]}囧")
    },
    "one missing": {
        term: term[:2] + term[3:]
        for term in TERMS
        if 5 <= len(term) <= 8 and term.isalpha() and alone(term[:2] + term[3:])
    },
}


def definition_queries(glossary, most=120):
    """Return words of the best definition of each of so many terms, by how they are typed."""
    import jieba

    chance = random.Random(20)
    queries = {
        "two words": {},
        "two words in one run": {},
        "three words": {},
        "three words in one run": {},
        "a run": {},
    }
    for headword in chance.sample(list(glossary), len(glossary)):
        best = best_sense(glossary[headword])
        definition = (best and best.definition) or ""
        words = [word for word in jieba.cut(definition) if re.fullmatch("[一-鿿]{2,}", word)]
        words = list(dict.fromkeys(words))
        runs = re.findall("[一-鿿]{4,}", definition)
        if len(words) < 4 or not runs:
            continue
        two, three, run = chance.sample(words, 2), chance.sample(words, 3), chance.choice(runs)
        size = chance.randint(4, min(8, len(run)))
        start = chance.randint(0, len(run) - size)
        typed = (" ".join(two), "".join(two), " ".join(three), "".join(three), run[start : start + size])
        for kind, query in zip(queries.values(), typed, strict=True):
            kind[headword] = query
        if len(queries["a run"]) == most:
            break
    return queries
