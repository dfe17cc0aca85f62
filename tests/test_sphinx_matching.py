"""Matching in the browser: mention by mention what Python finds."""

import random
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from browser import answer, page_in
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import headwords as some_headwords
from test_annotation import CASES, headwords, marked, texts
from test_mentions import SETS, glossary_of, read

import glossary
from glossary import Entry, Glossary, Sense, Source
from glossary.boundaries import CLOSED, cut_by_a_word
from glossary.folding import folding, key_of
from glossary.numerals import counts, glued
from glossary.sphinxext.browser.files import folding_data
from glossary.sphinxext.browser.matching import matching_data, words_data
from glossary.text import HAN, QUOTE_MARKS, SPACES, UNFIT, is_han
from glossary.variants import owners
from glossary.words import LONGEST, everyday, kind_of, likelihood, path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
# What stands between and round terms in a hostile text; joins are put into terms as well.
JOINS = [
    " ",
    "\u3000",
    "\n",
    "\r\n",
    "\n\n",
    "\u2028",
    "\x1d",
    "\x85",
    "\u200b",
    "\ufeff",
    "\0",
    *QUOTE_MARKS,
]
BETWEEN = [
    *(
        "，",
        "。",
        "、",
        "；",
        "·",
        "—",
        "+",
        ".",
        "-",
        "（",
        "）",
        "《",
        "期间",
        "之间",
        "之隔",
        "的",
        "和",
        "等",
    ),
    *(
        "第",
        "几",
        "中",
        "其中",
        "集中",
        "统一",
        "合一",
        "个",
        "批",
        "条",
        "项",
        "期",
        "一",
        "十",
        "百",
        "万",
        "两",
        "〇",
    ),
    *(
        "0",
        "3",
        "15",
        "3.",
        "n",
        "G",
        "Ａ",
        "ａ",
        "５",
        "é",
        "Σ",
        "İ",
        "𠮷",
        "𰻝",
        "豈",
        "⼯",
        "里",
        "化",
        "局",
        "格",
    ),
    *("建設", "經濟", "會議", "發展", "资讯", "民众"),
]
# One of each doubt, and of what differs from its headword.
MADE = [
    *(
        "5G",
        "1+X",
        "三会",
        "四个一",
        "三个百",
        "27条",
        "十条",
        "河长",
        "个转企",
        "3D打印",
        "网格",
        "房改",
        "一网",
        "小微",
    ),
    *(
        "“两旧”改造",
        "“双高”计划",
        "“证照分离”",
        "「三化」",
        "双随机、一公开",
        "广慈—思南",
        "五五購物節",
        "APP备案",
        "Σας",
    ),
    *(
        "信息",
        "网络",
        "群众",
        "数字化",
        "计算机",
        "路网格局",
        "人工智能计划",
        "国内核心",
        "𠮷网",
        "甲",
        "〇碳",
        "多规合一",
    ),
]
# What chance seldom makes up: two ways to part a text that are alike, of which that with the longer word first is taken;
# a compound that goes on behind the word that holds a name; a numeral that goes on, and one before 期间.
SELDOM = [
    *(("义", "国", "公"), ("争", "长", "圆"), ("仪", "化", "铅")),
    *(("一", "万七千", "四百"), ("一", "万万两", "左右")),
    *(("", "四个一", "期工程"), ("", "四个一", "期间"), ("3.", "5g", ""), ("版.", "5g", "")),
]


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """A page with the built-in glossary, whose matcher is `matcher`."""
    data = {"folding": folding_data(), "matching": matching_data(glossary.load()), "words": words_data()}
    browser.get(page_in(tmp_path_factory.mktemp("page"), ("policy-text.js", "policy-match.js"), data))
    answer(browser, "window.matcher = await PolicyGlossary.Matcher.load();")
    return browser


def found(page, texts, g=None):
    """Return the mentions in texts that the browser finds, of the built-in glossary where no other is given."""
    return answer(
        page,
        """
        const [texts, data] = given;
        const { Matcher } = PolicyGlossary;
        const used = data ? new Matcher(matcher.folding, matcher.words, data) : matcher;
        return texts.map((text) => used.mentions(text));
        """,
        texts,
        None if g is None else matching_data(g),
    )


def wanted(g, text):
    return [
        {
            "start": m.start,
            "end": m.end,
            "surface": m.surface,
            "headword": m.entry.headword,
            "variant": m.variant,
        }
        for m in g.annotate(text)
    ]


def check(page, texts, g=None):
    """Compare the mentions in each text, and return how many there are."""
    number = 0
    named = glossary.load() if g is None else g
    for text, mentions in zip(texts, found(page, texts, g), strict=True):
        expected = wanted(named, text)
        assert mentions == expected, text
        number += len(expected)
    return number


def hostile(forms, chance):
    """Make up a text of terms, written in other ways, of what may deceive about them, and of everyday words."""
    traditional, words = traditional_characters(), everyday_words()
    parts = []
    for _ in range(chance.randint(3, 30)):
        kind = chance.random()
        if kind < 0.5:
            form = chance.choice(forms)
            if chance.random() < 0.3:
                form = "".join(chance.choice(traditional.get(char, char)) for char in form)
            if chance.random() < 0.3:
                form = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in form.upper())
            while chance.random() < 0.3:
                at = chance.randint(0, len(form))
                form = form[:at] + chance.choice(JOINS) + form[at:]
            if chance.random() < 0.2:
                form = chance.choice("“「\"'‘") + form + chance.choice("”」\"'’")
            parts.append(form[: chance.randint(1, len(form))] if chance.random() < 0.1 else form)
        elif kind < 0.7:
            parts.append(chance.choice(BETWEEN))
        elif kind < 0.8:
            parts.append(chance.choice(JOINS))
        else:
            parts.append(chance.choice(words))
    return "".join(parts)


def forms_of(g):
    """Return what a text may write that names an entry."""
    return sorted({written for form, entry, _ in owners(g) for written in (form.text, entry.headword)})


@cache
def traditional_characters():
    """Return those that each character may be folded from."""
    table = {}
    for code, to in folding().changed.items():
        if is_han(chr(code)):
            table.setdefault(chr(to), []).append(chr(code))
    return table


@cache
def everyday_words():
    return [word for word in everyday() if len(word) > 1]


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_labelled_texts(page, folder):
    texts = [read(path).text for path in sorted((folder / "texts").glob("*.txt"))]
    assert check(page, texts, glossary_of(folder)) > 100
    assert check(page, texts) > 50


def test_examples(page):
    assert check(page, [path.read_bytes().decode() for path in EXAMPLES]) > 20


def test_table(page):
    for case in CASES:
        # half a character can't be sent to the browser
        check(page, [UNFIT.sub("", marked(case)[0])], Glossary.from_headwords(case["headwords"]))


@pytest.mark.parametrize("seed", range(4))
def test_hostile_texts(page, seed):
    chance = random.Random(seed)
    quoted = Entry(headword="减量", senses=(Sense(source=Source(id="x")),))
    made = Glossary([*(Entry(headword=name) for name in MADE), quoted])
    for g in (glossary.load(), made):
        forms = forms_of(g)
        texts = [hostile(forms, chance) for _ in range(300)]
        assert check(page, texts, g) > 1000


def test_seldom_texts(page):
    """How far a traditional character is seen, and which of two open marks is closed."""
    far = [
        f"{'會' * left}{'·' * n}资讯{'·' * n}{'會' * (1 - left)}"
        for n in (98, 99, 100, 101)
        for left in (0, 1)
    ]
    marks = ["一'网\"通'办", '一"网\'通"办', "“一'网”通'办”", '一＂网"通＂办"', '"一网＂通"办＂']
    g = Glossary.from_headwords(["信息", "一网通办"])
    assert 0 < check(page, far, g) < len(far)
    assert 0 < check(page, marks, g) < len(marks)


@settings(max_examples=200)
@given(st.lists(texts, min_size=1, max_size=4), st.lists(st.one_of(headwords, some_headwords), max_size=6))
def test_any_text(page, texts, names):
    check(page, [UNFIT.sub("", text) for text in texts], Glossary.from_headwords(names))


def test_words_are_those_of_python(page):
    told = answer(
        page,
        """
        const { words } = matcher;
        [...words.packed.keys()].forEach((first) => words.unpack(first));
        const rows = Array.from(words.words, ([word, told]) => [word, words.likelihoods[told >> 2], told & 3]);
        return rows.map((row) => row.join("\\t")).join("\\n");
        """,
    )
    rows = [line.split("\t") for line in told.split("\n")]
    kinds = {word: kind_of(word) for word in everyday() if len(word) <= LONGEST and key_of(word) == word}
    assert len(rows) == len(kinds) > 300_000
    assert all(
        float(value) == likelihood(word)
        and int(facts) == 2 * kinds[word].startswith(CLOSED) + kinds[word].startswith("n")
        for word, value, facts in rows
    )


def test_words_and_numerals_are_judged_alike(page):
    """Asked for themselves: what a text asks of them is decided by much else."""
    chance = random.Random(5)
    kinds_of_pieces = everyday_words(), everyday_words(), BETWEEN, MADE
    windows = [*SELDOM]
    for _ in range(8000):
        text = key_of("".join(chance.choice(chance.choice(kinds_of_pieces)) for _ in range(6)))
        start = chance.randint(0, len(text) - 1)
        end = start + chance.randint(1, 4)
        windows.append((text[max(start - 6, 0) : start], text[start:end], text[end : end + 6]))
    judged = answer(
        page,
        """
        const { words, numerals } = matcher;
        return given[0].map((window) => {
          const [before, name, after] = window.map((part) => [...part]);
          return [
            words.cut(before, name, after),
            numerals.glued(before, name, after),
            numerals.counts(before, after),
            words.path([...before, ...name, ...after]),
          ];
        });
        """,
        windows,
    )
    expected = [
        [
            cut_by_a_word(before, name, after),
            glued(before, name, after),
            counts(before, after),
            [list(span) for span in path(before + name + after, {})],
        ]
        for before, name, after in windows
    ]
    for window, one, other in zip(windows, judged, expected, strict=True):
        assert one == other, window
    assert all(200 < sum(row[n] for row in expected) < len(expected) - 200 for n in range(3)), [
        sum(row[n] for row in expected) for n in range(3)
    ]


def test_han_is_han():
    pattern = re.compile(f"[{HAN}]")
    assert all(
        (pattern.match(chr(code)) is not None) == is_han(chr(code)) for code in range(sys.maxunicode + 1)
    )


def test_spaces_are_those_of_python():
    assert {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()} == set(SPACES)
