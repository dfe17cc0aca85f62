"""The written forms of headwords, and which entry owns a form that several have."""

import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.folding import compact, key_of
from glossary.model import Entry, Sense
from glossary.variants import distance, forms, owners, short_names

DATA = tomllib.loads((Path(__file__).parent / "data/forms.toml").read_text(encoding="utf-8"))
names = st.text('、，·—一网互联计划数据“”「」‘’"+1aＡ𠮷 \n', max_size=12)


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: case["headword"])
def test_table(case):
    found = forms(case["headword"], tuple(case.get("variants", ())), tuple(case.get("shorts", ())))
    written = [[f"“{form.text}”" if form.quoted else form.text, form.how or ""] for form in found]
    assert written == case["forms"]


@pytest.mark.parametrize("case", DATA["short"], ids=lambda case: case["definition"])
def test_short_names(case):
    entry = Entry(headword=case["headword"], senses=(Sense(definition=case["definition"]),))
    assert list(short_names(entry)) == case["names"]


def test_a_form_for_taiwan_is_not_one_of_a_word_that_stays():
    assert [form.how for form in forms("高质量发展")][1:] == ["taiwan"]
    assert len(forms("一网通办")) == 1


def test_mixtures_of_wording_are_bounded():
    assert len(forms("人工智能数据项目网络信息软件应用计算机平台")) < 40


@pytest.mark.parametrize("group", DATA["alike"], ids=lambda group: group[0])
def test_alike(group):
    assert len(set(map(key_of, group))) == 1


@given(names, st.lists(names, max_size=3).map(tuple))
def test_forms_are_folded_distinct_and_the_closest_first(headword, variants):
    found = forms(headword, variants)
    texts = [form.text for form in found]
    assert len(set(texts)) == len(texts)
    assert all(text and compact(text)[0] == text for text in texts)
    assert list(map(distance, found)) == sorted(map(distance, found))
    assert all(form.how == "part" for form in found if form.quoted)


def test_the_closest_entry_owns_a_form():
    entries = [
        Entry(headword="“证照分离”改革"),
        Entry(headword="商事改革", variants=("证照分离",)),
        Entry(headword="“一网通办”平台"),
        Entry(headword="一网通办"),
    ]
    owned = {form.text: entry.headword for form, entry, _ in owners({e.headword: e for e in entries})}
    assert owned["证照分离"] == "商事改革"
    assert owned["一网通办"] == "一网通办"


@given(st.lists(names, unique=True, max_size=6), st.randoms())
def test_owners_do_not_hang_on_order(headwords, chance: random.Random):
    entries = {headword: Entry(headword=headword) for headword in headwords}
    shuffled = list(entries)
    chance.shuffle(shuffled)
    one = {(form.text, entry.headword) for form, entry, _ in owners(entries)}
    two = {
        (form.text, entry.headword) for form, entry, _ in owners({name: entries[name] for name in shuffled})
    }
    assert one == two
