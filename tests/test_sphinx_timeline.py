"""The picture of the years of a term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from glossary.model import Citation, Entry, Sense, Source
from glossary.sphinxext.terms import years_of
from glossary.sphinxext.timeline import caption, decades, picture

SVG = "{http://www.w3.org/2000/svg}"


def entry(*senses):
    """Make an entry of senses, each the year since when it is, and the year of its report."""
    return Entry(
        headword="词",
        senses=tuple(Sense(since=since, source=Source(id="a", year=year)) for since, year in senses),
    )


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (entry((2020, 2023)), "2020年起；报告：2023年"),
        (entry((2020, None)), "2020年起"),
        (entry((None, 2023), (2021, 2022), (2019, 2022)), "2019年起；报告：2022、2023年"),
        (entry((None, None)), ""),
        (Entry(headword="词", senses=(Sense(citation=Citation(title="要点", year=2018)),)), "2018年"),
        (Entry(headword="词"), ""),
    ],
)
def test_a_caption_says_what_the_picture_shows(made, says):
    assert caption(made) == says


@pytest.mark.parametrize(
    ("years", "ends"),
    [
        ([2020], (2020, 2030)),
        ([2019, 2021], (2010, 2030)),
        ([2029], (2020, 2030)),
        ([1953] + [2015] * 3 + list(range(2010, 2030)), (2010, 2030)),
        ([], None),
    ],
)
def test_the_ends_are_whole_decades(years, ends):
    assert decades([entry((year, None)) for year in years]) == ends


def test_an_entry_without_a_year_has_no_picture():
    assert picture(entry((None, None)), (2010, 2030)) == ""


def test_a_picture_has_a_ring_for_the_first_year_and_a_dot_for_each_report():
    drawn = etree.fromstring(picture(entry((2010, 2020), (None, 2030)), (2010, 2030)))
    circles = drawn.findall(f"{SVG}circle")
    assert [(circle.get("class"), circle.get("cx")) for circle in circles] == [
        ("used", "90.0"),
        ("used", "174.0"),
        ("first", "6.0"),
    ]
    assert [text.text for text in drawn.findall(f"{SVG}text")] == ["2010", "2030"]
    assert drawn.find(f"{SVG}path[@class='life']").get("d") == "M6.0 6H174.0"


def test_what_lies_outside_is_drawn_at_the_end():
    drawn = etree.fromstring(picture(entry((1953, 2050)), (2010, 2030)))
    assert {circle.get("class"): circle.get("cx") for circle in drawn.findall(f"{SVG}circle")} == {
        "used": "174.0",
        "first": "6.0",
    }


years = st.none() | st.integers(1, 9999)
entries = st.lists(st.tuples(years, years), max_size=4).map(lambda made: entry(*made))


@given(st.lists(entries, min_size=1, max_size=5))
def test_a_picture_is_well_formed_for_any_years(made):
    span = decades(made)
    assert (span is None) == (not any(map(years_of, made)))
    for one in made if span else ():
        drawn = picture(one, span)
        assert bool(drawn) == bool(years_of(one))
        if drawn:
            width = float(etree.fromstring(drawn).get("width"))
            places = [float(circle.get("cx")) for circle in etree.fromstring(drawn).findall(f"{SVG}circle")]
            assert all(0 <= place <= width for place in places)
            assert min(places) == places[-1]
