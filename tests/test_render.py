"""What holds of every rendering: the text stands there whole and once, and nothing is taken for markup."""

import html as entities
import re
from html.parser import HTMLParser
from importlib.resources import files
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import GlossaryError
from glossary.listing import entry_text
from glossary.model import KINDS, Citation, Entry, Mention, Sense, Source
from glossary.render.html import fragment, page
from glossary.render.markdown import markdown
from glossary.render.segments import cut
from glossary.render.terminal import terminal
from glossary.render.terms import KIND_LABELS, collect, origin

HOSTILE = "</script><img src=x onerror=alert(1)>\"' `\u2028\u2029--></style>"

# Han of the basic and supplementary planes, full width, quotes, markup of HTML and of Markdown,
# combining marks, blanks and breaks of all sorts, a control character.
ALPHABET = (
    "城市办通一𠮷𰻞〇ＡaZ19“”「」‘’，。：、（）"
    "<>&\"'`*_[]{}()#+-.!|~^$:=\\/%\u0301\u200b\ufe0f \u3000\t\n\n\r\x1b\u2028"
)
texts = st.text(ALPHABET, max_size=60)
words = st.one_of(st.text(ALPHABET, min_size=1, max_size=12), st.just(HOSTILE))


@st.composite
def annotated(draw):
    """A text with mentions that may overlap, nest, and name the same entries again."""
    text = draw(texts)
    entries = draw(
        st.lists(
            st.builds(
                Entry,
                headword=words,
                reading=st.sampled_from(["", "yī wǎng tōng bàn"]),
                kind=st.sampled_from(KINDS),
                english=st.none() | words,
                senses=st.lists(
                    st.builds(
                        Sense,
                        definition=st.none() | words,
                        members=st.lists(words, max_size=3).map(tuple),
                        source=st.none()
                        | st.builds(Source, id=words, title=st.none() | words, place=st.none() | words),
                    ),
                    max_size=2,
                ).map(tuple),
            ),
            min_size=1,
            max_size=4,
        )
    )
    mentions = []
    for _ in range(draw(st.integers(0, 6)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        entry = draw(st.sampled_from(entries))
        sense = draw(st.sampled_from(entry.senses)) if entry.senses else None
        variant = draw(st.none() | words)
        mentions.append(
            Mention(start=start, end=end, surface=text[start:end], entry=entry, sense=sense, variant=variant)
        )
    return text, sorted(mentions, key=lambda m: (m.start, m.end))


def mention(text, word, entry=None, *, nth=0, **facts):
    start = -1
    for _ in range(nth + 1):
        start = text.index(word, start + 1)
    entry = entry or Entry(headword=word)
    sense = entry.senses[0] if entry.senses else None
    return Mention(start=start, end=start + len(word), surface=word, entry=entry, sense=sense, **facts)


class Page(HTMLParser):
    """What a browser makes of a page: tags in order, ids, attributes, and the text of `gl-text`."""

    VOID = frozenset({"meta", "input", "br", "img", "link"})

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.tags, self.ids, self.open, self.text, self.shown = [], [], [], "", ""
        self.feed(source)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag not in self.VOID:
            self.open.append((tag, attrs.get("class") or ""))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any(cls == "gl-text" for _, cls in self.open):
            self.text += data
        if not any(tag in ("style", "script") for tag, _ in self.open):
            self.shown += data


def text_element(source):
    """The text element by string alone: tags removed, entities unescaped."""
    inner = re.search(r'<div class="gl-text"[^>]*>(.*?)</div>', source, re.DOTALL)[1]
    return entities.unescape(re.sub(r"<[^>]*>", "", inner))


@pytest.mark.parametrize(
    ("sense", "said"),
    [
        (
            Sense(citation=Citation(title="旧改办法", issuer="甲市", year=2020)),
            "出处：《旧改办法》（甲市，2020年）",
        ),
        (
            Sense(citation=Citation(title="中央经济工作会议"), since=2019),
            "出处：中央经济工作会议；2019年起用",
        ),
        (Sense(since=2018), "2018年起用"),
        (Sense(since=2018, obsolete=True), "2018年起用；现已不用"),
        (Sense(), ""),
    ],
)
def test_where_a_term_comes_from_is_said_alike_everywhere(sense, said):
    entry = Entry(headword="双碳", senses=(sense,))
    mentions = [mention("双碳", "双碳", entry)]
    assert origin(sense) == said
    if said:
        assert f'<p class="gl-origin">{said}</p>' in page("双碳", mentions)
        assert re.search(f"尚无释义。{re.escape(said)}。?\n", markdown("双碳", mentions))
        assert f"\n    {said}" in entry_text(entry)
    else:
        assert '<p class="gl-origin">' not in page("双碳", mentions)
        assert markdown("双碳", mentions).endswith("尚无释义。\n")


class TestSegments:
    @given(annotated())
    def test_every_stretch_stands_once_with_all_mentions_that_cover_it(self, case):
        text, mentions = case
        segments = cut(text, mentions)
        assert "".join(s.text for s in segments) == text
        for segment in segments:
            assert segment.text and segment.text == text[segment.start : segment.end]
            covering = [m for m in mentions if m.start <= segment.start and segment.end <= m.end]
            assert sorted(map(id, covering)) == sorted(map(id, segment.mentions))

    @pytest.mark.parametrize("start,surface", [(1, "城市"), (0, ""), (7, "城")])
    def test_mentions_of_another_text_are_refused(self, start, surface):
        wrong = Mention(start=start, end=start + len(surface), surface=surface, entry=Entry(headword="城市"))
        for render in (page, fragment, markdown, lambda t, m: terminal(t, m, color=True)):
            with pytest.raises(GlossaryError, match="render mentions with the text"):
                render("城市更新", [wrong])


@pytest.mark.parametrize("render", [page, fragment])
class TestHtml:
    @given(case=annotated())
    def test_tags_removed_the_text_is_the_text(self, render, case):
        text, mentions = case
        source = render(text, mentions)
        assert text_element(source) == text
        assert Page(source).text == text

    @given(case=annotated())
    def test_ids_are_unique_and_every_reference_is_answered(self, render, case):
        seen = Page(render(*case))
        assert len(set(seen.ids)) == len(seen.ids)
        for _, attrs in seen.tags:
            href = attrs.get("href")
            named = [
                *(attrs.get("aria-describedby") or "").split(" "),
                *(attrs.get("data-terms") or "").split(" "),
            ]
            named += [unquote(href[1:])] if href else []
            assert {name for name in named if name} <= set(seen.ids)

    @given(case=annotated())
    def test_the_same_annotation_gives_the_same_html(self, render, case):
        assert render(*case) == render(*case)

    def test_nothing_hostile_becomes_markup(self, render):
        source = Source(id=HOSTILE, title=HOSTILE, region=HOSTILE, place=HOSTILE)
        sense = Sense(definition=HOSTILE, members=(HOSTILE,), source=source)
        entry = Entry(headword=HOSTILE, reading=HOSTILE, english=HOSTILE, senses=(sense,))
        html = render(HOSTILE, [mention(HOSTILE, HOSTILE, entry, variant=HOSTILE + "2")], lang='x" onload="y')
        seen = Page(html)
        assert not {"img"} & {tag for tag, _ in seen.tags}
        assert not [name for _, attrs in seen.tags for name in attrs if name.startswith("on")]
        # Headword, reading, English, definition, members, variant, source, and the text itself.
        assert seen.shown.count("onerror=alert(1)") >= 8

    def test_nothing_comes_from_elsewhere(self, render):
        html = render("建设无废城市", [mention("建设无废城市", "无废城市")])
        assert not re.search(r"https?:|@import|url\(|\bsrc=", html)

    def test_a_term_shows_all_that_is_known_of_it(self, render):
        text = "推进「兩舊」改造"
        sense = Sense(
            definition="两类旧住房的合称。",
            members=("旧区", "旧住房"),
            source=Source(
                id="hp", title="政府工作报告", region="上海市黄浦区", year=2023, place="名词解释 3"
            ),
            since=2019,
            citation=Citation(title="旧改办法", issuer="甲市", year=2020),
            obsolete=True,
        )
        entry = Entry(
            headword="两旧",
            reading="liǎng jiù",
            kind="shorthand",
            senses=(sense, Sense(definition="另一种说法。"), Sense()),
            english="two olds",
        )
        shown = Page(render(text, [mention(text, "兩舊", entry, variant="兩舊")])).shown
        for fact in (
            "两旧",
            "liǎng jiù",
            "two olds",
            "缩略",
            "两类旧住房的合称。",
            "旧区、旧住房",
            "文中写作“兩舊”",
            "出处：《旧改办法》（甲市，2020年）；2019年起用；现已不用",
            "来源《政府工作报告》，上海市黄浦区，2023年，名词解释 3（另有 1 条释义）",
        ):
            assert fact in shown

    def test_a_term_without_senses_says_so(self, render):
        assert "尚无释义" in Page(render("压舱石", [mention("压舱石", "压舱石")])).shown

    def test_runs_of_empty_lines_are_one_element_each(self, render):
        html = render("甲\n\n\n    \n  乙\n\n丙", [])
        assert re.findall(r'<span class="gl-gap">(.*?)</span>', html, re.DOTALL) == ["\n\n    \n"]

    def test_every_mention_can_be_reached_by_keyboard(self, render):
        text = "无废城市建设"
        both = [mention(text, "无废城市"), mention(text, "城市建设")]
        stops = [
            a for _, a in Page(render(text, both)).tags if "gl-m " in (a.get("class") or "") and "id" in a
        ]
        assert len(stops) == 2 and all("href" in a or a.get("tabindex") == "0" for a in stops)
        assert [len(a["aria-describedby"].split()) for a in stops] == [1, 2]


class TestPage:
    def test_readings_stand_above_the_mentions_and_nothing_else(self):
        entry = Entry(headword="长三角<", reading="cháng sān jiǎo")
        html = page("推进長三角<，长宁", [mention("推进長三角<，长宁", "長三角<", entry)], ruby=True)
        assert re.findall("<ruby>(.)<rp>.*?<rt>(.*?)</rt>", html) == [
            ("長", "cháng"),
            ("三", "sān"),
            ("角", "jiǎo"),
        ]
        assert "&lt;</a>，长宁" in html
        plain = re.sub("<rp>.</rp>|<rt>.*?</rt>", "", html)
        assert text_element(plain) == "推进長三角<，长宁"
        assert "<ruby>" not in page("推进長三角<，长宁", [mention("推进長三角<，长宁", "長三角<", entry)])

    @given(annotated())
    def test_readings_leave_the_text_as_it_is(self, case):
        html = page(*case, ruby=True)
        assert text_element(re.sub("<rp>.</rp>|<rt>[^<]*</rt>", "", html)).replace(
            "\r\n", "\n"
        ) == text_element(page(*case)).replace("\r\n", "\n")

    def test_a_mention_bears_the_number_of_its_note_for_print(self):
        html = page("双碳，六稳", [mention("双碳，六稳", "双碳"), mention("双碳，六稳", "六稳")])
        assert re.findall('data-number="(.*?)"', html) == ["1", "2"]

    def test_the_list_follows_first_mentions_and_links_to_them(self):
        text = "双碳，城市更新，双碳"
        first, second = Entry(headword="双碳"), Entry(headword="城市更新")
        html = page(
            text,
            [
                mention(text, "双碳", first),
                mention(text, "城市更新", second),
                mention(text, "双碳", first, nth=1),
            ],
        )
        items = html.split('<li class="gl-item"')[1:]
        assert [re.search("<dfn>(.*?)</dfn>", item)[1] for item in items] == ["双碳", "城市更新"]
        assert [re.findall(r'href="#(.*?)"', item) for item in items] == [
            ["at-0", "at-0", "at-8"],
            ["at-3", "at-3"],
        ]
        assert "文中 2 处" in items[0]

    def test_homographs_have_addresses_of_their_own(self):
        text = "三会三会"
        one, other = Entry(headword="三会"), Entry(headword="三会", kind="shorthand")
        seen = Page(page(text, [mention(text, "三会", one), mention(text, "三会", other, nth=1)]))
        assert {"term-三会", "term-三会_"} <= set(seen.ids)

    def test_title_and_language_are_told(self):
        html = page("長三角", [], title="<草案>", lang="zh-Hant")
        assert "<title>&lt;草案&gt;</title>" in html and '<div class="gl-text" lang="zh-Hant">' in html

    def test_a_text_without_mentions_has_no_list_and_no_script(self):
        html = page("无", [])
        assert "<aside" not in html and "<script" not in html


class TestFragment:
    @given(annotated(), annotated())
    def test_two_annotations_share_no_id(self, one, other):
        if one != other:
            assert not set(Page(fragment(*one)).ids) & set(Page(fragment(*other)).ids)

    @given(annotated())
    def test_there_is_no_script(self, case):
        assert not [tag for tag, _ in Page(fragment(*case)).tags if tag == "script"]

    def test_styles_apply_to_nothing_outside(self):
        html = fragment("双碳", [mention("双碳", "双碳")])
        css = re.sub(r"/\*.*?\*/", "", re.search("<style>(.*?)</style>", html, re.DOTALL)[1], flags=re.DOTALL)
        rules = [s.strip() for s in re.findall(r"([^{};]+)\{", css)]
        selectors = [
            part for rule in rules if not rule.startswith("@") for part in re.split(r",(?![^(]*\))", rule)
        ]
        assert len(selectors) > 40
        host = r"(:is\(\[data-jp-theme-light=\"\w+\"\], \.vscode-\w+\) )?"
        assert [s for s in selectors if not re.match(rf"{host}\.gl(-[0-9a-f]{{12}})?\b", s.strip())] == []


class TestColours:
    """WCAG AA: 4.5 for text; every colour of a kind is used for text."""

    @staticmethod
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    @pytest.mark.parametrize("file", ["colours.css", "fragment.css"])
    def test_every_text_colour_can_be_read_on_every_ground(self, file):
        css = files("glossary.render").joinpath(file).read_text(encoding="utf-8")
        schemes = re.split(r"color-scheme: (?:light|dark);", css)[1:]
        assert len(schemes) == 2
        for scheme in schemes:
            colours = dict(re.findall(r"--gl-(\w+): (#[0-9a-f]{6})", scheme))
            assert set(KINDS) <= set(colours)
            for name in (*KINDS, "ink", "soft"):
                for ground in ("paper", "raised", "mark"):
                    low, high = sorted(self.luminance(colours[c]) for c in (name, ground))
                    assert (high + 0.05) / (low + 0.05) >= 4.5, (name, ground)

    def test_the_fragment_has_the_colours_of_the_page(self):
        room = files("glossary.render")
        of = [
            re.findall(r"--gl-(\w+): (#[0-9a-f]{6})", room.joinpath(f).read_text(encoding="utf-8"))
            for f in ("colours.css", "fragment.css")
        ]
        assert sorted(of[0]) == sorted(of[1])

    def test_every_kind_has_a_label_of_its_own(self):
        assert tuple(KIND_LABELS) == KINDS and len(set(KIND_LABELS.values())) == len(KINDS)


class TestMarkdown:
    def test_the_first_mention_bears_the_mark(self):
        text = "双碳与双碳"
        entry = Entry(
            headword="双碳", reading="shuāng tàn", kind="concept", senses=(Sense(definition="两个目标"),)
        )
        assert markdown(text, [mention(text, "双碳", entry), mention(text, "双碳", entry, nth=1)]) == (
            "双碳[^1]与双碳\n\n[^1]: **双碳**（shuāng tàn，概念）：两个目标。\n"
        )

    @given(annotated())
    def test_there_is_one_note_and_one_mark_a_term(self, case):
        text, mentions = case
        source = markdown(text, mentions)
        for number, _ in enumerate(collect(mentions), 1):
            assert len(re.findall(rf"(?<!\\)(?:\\\\)*\[\^{number}\]", source)) == 2
            assert len(re.findall(rf"^\[\^{number}\]: ", source, re.MULTILINE)) == 1

    def test_each_definition_stands_once(self):
        words = ["双碳", "城市更新", "营商环境"]
        text = "，".join(words * 3)
        entries = [Entry(headword=w, senses=(Sense(definition=f"{w}的释义"),)) for w in words]
        mentions = [mention(text, e.headword, e, nth=n) for n in range(3) for e in entries]
        source = markdown(text, sorted(mentions, key=lambda m: m.start))
        assert [source.count(f"{w}的释义。") for w in words] == [1, 1, 1]

    @pytest.mark.parametrize(
        "text,written",
        [
            ("    缩进", "&nbsp;&nbsp;&nbsp;&nbsp;缩进\n"),
            ("　　缩进", "&#12288;&#12288;缩进\n"),
            ("甲\n乙", "甲\\\n乙\n"),
            ("甲  \n\n\n乙", "甲\n\n\n乙\n"),
            ("1. 列表\n- 点\n# 题", "1\\. 列表\\\n\\- 点\\\n\\# 题\n"),
            ("增长2.5%，a_b*c", "增长2.5%，a\\_b\\*c\n"),
            ("[^1]: 假注", "\\[\\^1\\]: 假注\n"),
        ],
    )
    def test_marks_of_markdown_are_escaped_where_they_would_be_one(self, text, written):
        assert markdown(text, []) == written

    @given(annotated())
    def test_a_reader_of_markdown_shows_the_text(self, case):
        parser = (
            pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
        )
        text, _ = case
        shown = re.sub(r"<[^>]*>", "", parser.render(markdown(text, [])))
        # Blanks at the edges of lines and empty lines are layout, everything else is text.
        assert "".join(entities.unescape(shown).split()) == "".join(text.split())

    @given(annotated())
    def test_a_reader_of_footnotes_finds_them_all(self, case):
        markdown_it = pytest.importorskip("markdown_it")
        footnotes = pytest.importorskip("mdit_py_plugins.footnote")
        text, mentions = case
        parser = markdown_it.MarkdownIt("commonmark").use(footnotes.footnote_plugin)
        shown = parser.render(markdown(text, mentions))
        assert (
            shown.count('class="footnote-item"')
            == shown.count('class="footnote-ref"')
            == len(collect(mentions))
        )


class TestTerminal:
    @given(annotated())
    def test_without_colour_the_text_stands_as_it_is(self, case):
        text, mentions = case
        shown = terminal(text, mentions, color=False)
        assert shown.startswith(re.sub("\r(?!\n)", "␍", text.replace("\x1b", "␛")))

    @given(annotated())
    def test_colour_adds_nothing_but_colour(self, case):
        shown = terminal(*case, color=True)
        assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == terminal(*case, color=False)

    def test_a_text_cannot_command_the_terminal(self):
        assert terminal("\x1b]0;x\x07\x9b2J", [], color=True) == "␛]0;x␇\ufffd2J"

    def test_terms_are_listed_with_one_line_of_definition(self):
        entry = Entry(
            headword="双碳", reading="shuāng tàn", kind="concept", senses=(Sense(definition="长" * 90),)
        )
        last = terminal("双碳双碳", [mention("双碳双碳", "双碳", entry, nth=n) for n in (0, 1)], color=False)
        assert last == f"双碳双碳\n\n名词 1 条\n  双碳  shuāng tàn  概念  2 处\n    {'长' * 36}…"
