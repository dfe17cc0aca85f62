"""Terms that the running text itself explains.

The constructions, each with a function of its own: a list before the term (派出所、司法所、律所“三所联动”), a cue, a colon
or a bracket behind it (“X”即…, “X”（A、B、C）), a short name (…（以下简称“X”）), the headings that follow (六方面工作：).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from glossary.enumerations import levelled, list_before, masked
from glossary.harvesting.candidates import Candidate, candidates, promise
from glossary.harvesting.points import Headings, points
from glossary.members import Members, counted, explained, members
from glossary.model import Inline, Span
from glossary.quotes import CLOSING, OPENING, quoted_spans
from glossary.shorthand import Form, form_of

__all__ = ["inline"]

_HAN = "\u3400-\u9fff"
_GLUE = f"[{_HAN}]{{0,10}}?"
_SURE = "是指的?|指的就?是|系指|也就是(?!说)|意思是|即为|即是|即(?![将可使时便日刻期兴或席位场])|指(?![导引标数挥定示南纹责派出])"
_LISTS = "具体(?:包括|是|为|指)|主要(?:包括|是|有|为)|分别(?:是|为|指)|包括|包含|涵盖|就是(?![要在])|其中"
_CUE = re.compile(
    f"(?P<glue>{_GLUE})(?:[，]?(?P<sure>{_SURE})|[，]?(?P<lists>{_LISTS})|(?P<colon>：|——|—)|(?P<bracket>（)|(?P<comma>，))[：，]?"
)
# …改革率先完成，它指的是…
_LATER = re.compile(f"[^。；！？\n（）]{{0,30}}?，(?:{_LISTS}|即|(?:它|这|其)(?:{_SURE}|{_LISTS}))[：]?")
_PART = re.compile("[^、，；。\n]+")
_SAYS = re.compile(f"(?:{_SURE})[：，]?")
_AFTER = re.compile("[之以]后，")
_SENTENCE = re.compile("[。！？\n]")
_CLAUSE = re.compile("[。；！？\n]")
_NO_BRACKET = re.compile(
    "(?:以下|下文|下称|简称|合称|统称|见|详见|参见|附|注|图|表|第|含|不含|截至|同比|单位|责任|牵头|[一二三四五六七八九十]{1,3}）|[a-zA-Z0-9 .]+）)"
)
_SHORT_NAME = re.compile(
    '（(?:以下|下文|下|以下统一|后文|下同，|以下合并)*(?:简称|合称|统称|并称|称)(?:为|作|：)?(?P<open>[“「『"《]?)(?P<name>[^“”「」『』"（）《》，。\n]{2,20})[”」』"》]?(?:，下同)?）'
)


class _Allowance(msgspec.Struct):
    """How many characters may still be read for lists, so that a hostile text isn't read again and again."""

    left: int


def inline(text: str, start: int = 0, end: int | None = None) -> list[Inline]:
    """Find the terms that a text explains on the spot, between two offsets, in order.

    >>> found, = inline("推动派出所、司法所、律所“三所联动”机制")
    >>> found.term, found.definition, found.members
    ('三所联动', '派出所、司法所、律所', ('派出所', '司法所', '律所'))
    """
    body = text[start : len(text) if end is None else end]
    flat = levelled(body)
    headings = Headings(flat)
    out: list[Inline] = []
    taken = 0
    quotes = quoted_spans(flat)
    allowance = _Allowance(len(flat) + 10_000)
    shown = masked(flat, quotes)
    for term in candidates(flat, quotes):
        if term.start < taken:
            continue
        found = (
            _announced(flat, term, headings) or _behind(flat, term, allowance) or _ahead(flat, shown, term)
        )
        if found is None:
            continue
        (a, b), listed = found
        out.append(_made(body, start, (term.start, term.end), (a, b), listed.spans))
        taken = term.end
        if listed.spans and a > term.end and b - a < 400 and "\n" not in flat[a:b]:
            out += _parts(body, start, flat, (a, b))
            if term.form is None or term.form.style not in ("plus", "digits"):
                # what “1236” enumerates sums up lists of its own: …三个抓手，…六大行动
                taken = b
    for name, span in _short_names(flat):
        out.append(_made(body, start, name, span, ()))
    return sorted(out, key=lambda found: (found.start, found.end, found.term))


def _made(body: str, start: int, name: Span, span: Span, spans: tuple[Span, ...]) -> Inline:
    return Inline(
        term=body[name[0] : name[1]],
        definition=body[span[0] : span[1]],
        members=tuple(body[a:b].strip() for a, b in spans),
        start=start + span[0],
        end=start + span[1],
    )


def _parts(body: str, start: int, flat: str, span: Span) -> Iterator[Inline]:
    """Yield what an explanation says of each part by name: “两线”即…，“多点”即… of “一园两线多点”."""
    for (a, b), (c, d) in explained(flat[span[0] : span[1]]):
        if b - a > 1:
            name, said = (a + span[0], b + span[0]), (c + span[0], d + span[0])
            listed = _listed(flat, name, promise(flat[slice(*name)]), said)
            yield _made(body, start, name, said, listed.spans if listed.complete else ())


def _announced(flat: str, term: Candidate, headings: Headings) -> tuple[Span, Members] | None:
    """Find the headings or points that a phrase announces."""
    if term.number < 2:
        return None
    head = term.form.groups[0].noun if term.form and len(term.form.groups) == 1 else ""
    spans = headings.announced(flat, term.after, term.number, head)
    if spans:
        return (spans[0][0], spans[-1][1]), Members(spans=spans)
    found = points(flat, term.after, term.number)
    return (found[0], Members(spans=found[1])) if found else None


def _ahead(flat: str, shown: str, term: Candidate) -> tuple[Span, Members] | None:
    """Find the list that stands right in front of a term: 资产管理和金融科技两大增长极."""
    if term.before < 4:
        return None
    if term.number < 2:
        return _spelt_out(flat, term, shown)
    heads = [group.noun[:1] for group in term.form.groups] if term.form else []
    # 党建引领、部门联动、群众参与的“三位一体”机制
    at = term.before - (term.quoted and flat[term.before - 1] == "的")
    spans = list_before(flat, at, term.number, heads, shown) or _quoted_list(flat, term)
    if spans is None and heads and term.quoted and flat[at - 1] == "，":
        # 推进棚户区改造、城中村改造和老旧小区改造，“三改”惠及…: each member ends in the head
        spans = list_before(flat, at - 1, term.number, heads, shown)
        if spans and not all(flat[x:y].endswith(heads[0]) or heads[0] in flat[y - 2 : y] for x, y in spans):
            spans = None
    if spans is None and term.form and len({group.number for group in term.form.groups}) == 1 < len(heads):
        # 借羊还羊、借牛还牛、借果还果“三借三还”: each member bears both heads
        spans = list_before(flat, term.before, term.form.groups[0].number or 0, heads, shown)
        if spans and not all(head in flat[x:y] for head in heads for x, y in spans):
            spans = None
    if spans is None:
        return None
    a, b = spans[0][0], spans[-1][1]
    a -= flat[a - 1] in OPENING
    b += flat[b : b + 1] in tuple(CLOSING)
    return (a, b), Members(spans=spans)


def _spelt_out(flat: str, term: Candidate, shown: str) -> tuple[Span, Members] | None:
    """Find the list whose members each bear a character of a term: 领导挂点、部门包村、干部帮户“挂包帮”."""
    chars = flat[term.start : term.end]
    if not (term.quoted and 3 <= len(chars) <= 6 and chars.isalpha()):
        return None
    spans = list_before(flat, term.before - (flat[term.before - 1] == "的"), len(chars), list(chars), shown)
    if spans is None or not all(char in flat[a:b] for char, (a, b) in zip(chars, spans, strict=True)):
        return None
    return (spans[0][0], spans[-1][1]), Members(spans=spans)


def _quoted_list(flat: str, term: Candidate) -> tuple[Span, ...] | None:
    """Find the list that stands as one quote in front of a term: “工业强县、生态立县、旅游兴县”三大战略."""
    end = term.before - (flat[term.before - 1] == "的")
    if flat[end - 1 : end] not in CLOSING or end < 4:
        return None
    start = max(flat.rfind(mark, max(0, end - 160), end - 1) for mark in OPENING)
    if start < 0 or any(mark in flat[start + 1 : end - 1] for mark in CLOSING):
        return None
    for separator in "、，；":
        spans: list[Span] = []
        at = start + 1
        for part in flat[start + 1 : end - 1].split(separator):
            spans.append((at, at + len(part)))
            at += len(part) + 1
        if len(spans) == term.number and all(a < b for a, b in spans):
            return tuple(spans)
    return None


def _behind(flat: str, term: Candidate, allowance: _Allowance) -> tuple[Span, Members] | None:
    """Find the explanation behind a term: a cue, a colon, a bracket, or the list itself behind a comma."""
    cue = _CUE.match(flat, term.after, term.after + 30)
    later = None
    if cue is None or cue["comma"]:
        later = _LATER.match(flat, term.after, term.after + 50) if term.number or term.form else None
    if cue is None and later is None:
        return None
    found = later or cue
    assert found is not None
    a = found.end()
    if cue is not None and later is None and cue["bracket"]:
        if _NO_BRACKET.match(flat, a):
            return None
        b = flat.find("）", a, a + 300)
        if b < 0:
            return None
        says = _SAYS.match(flat, a)  # “先看病后付费”就医模式（指…）
        plain = term.quoted and not term.number and b - a >= 6 and not flat[a].isdigit()
        plain = plain and (not cue["glue"] or says is not None)
        a = says.end() if says else a
    else:
        stop = (_CLAUSE if term.number == 0 else _SENTENCE).search(flat, a, a + 600)
        b = stop.start() if stop else min(a + 600, len(flat))
        # 继“两个率先”之年办成两件事，即路网贯通、水网联通之后，…: the frame 继…之后 is no part of what it holds
        after = _AFTER.search(flat, a, b) if "继" in flat[max(0, term.before - 20) : term.before] else None
        b = after.start() if after else b
        plain = bool(
            cue
            and (cue["sure"] or cue["lists"] == "就是")
            and later is None
            and term.quoted
            and len(cue["glue"]) <= (6 if cue["sure"] else 0)
            and b - a >= (4 if cue["sure"] else 8)
        )
    if flat[a] in OPENING and plain:
        # “城中村”改造即“两旧一村”: the other one is explained
        plain = form_of(flat[a + 1 : max(flat.find(mark, a, a + 20) for mark in CLOSING)]) is None
    bare = later is None and cue is not None and cue["comma"]
    if b - a < 3 or (bare and not _begins(flat, term, a)):
        return None
    if term.number > 1 or term.form:
        allowance.left -= b - a
        if allowance.left < 0:
            return None
        listed = _listed(flat, (term.start, term.end), (term.form, term.number), (a, b))
        if listed.complete and listed.spans and (not bare or _fits(flat, term, listed, a)):
            first, last = listed.spans[0][0], listed.spans[-1][1]
            if first - a <= 16 or term.quoted:
                return (
                    min(a, first) if first - a <= 6 else first,
                    b if b - last <= 10 and "，" not in flat[last:b] else last,
                ), listed
    return ((a, b), Members()) if plain else None


def _listed(flat: str, name: Span, promised: tuple[Form | None, int], said: Span) -> Members:
    """List in an explanation as many members as a term promises, with their places in the whole text."""
    form, number = promised
    a, b = said
    listed = members(flat[slice(*name)], flat[a:b]) if form else counted(number, flat[a:b])
    return msgspec.structs.replace(listed, spans=tuple((x + a, y + a) for x, y in listed.spans))


def _begins(flat: str, term: Candidate, a: int) -> bool:
    """Tell at a glance whether a shorthand's list may begin behind a mere comma: a head or a quoted key stands there."""
    if term.form is None:
        return False
    if term.form.style in ("plus", "digits"):
        return flat[a] in OPENING
    first = _PART.match(flat, a, a + 40)
    return first is not None and any(group.noun[:1] in first.group() for group in term.form.groups)


def _fits(flat: str, term: Candidate, listed: Members, a: int) -> bool:
    """Tell whether a list behind a mere comma belongs to the term: it starts there, and its members bear the heads."""
    form = term.form
    keyed = flat[a] in OPENING  # “一园两线”，“一园”即…
    if form is None or listed.spans[0][0] - a > (8 if keyed else 4):
        return False
    if not keyed and len(form.groups) == len(listed.spans) > 1:
        heads = [group.noun[:1] for group in form.groups]
        return all(head in flat[x:y] for head, (x, y) in zip(heads, listed.spans, strict=True))
    if form.style in ("plus", "digits"):
        return True
    heads = [group.noun[:1] for group in form.groups]
    bearing = sum(any(head in flat[x:y] for head in heads) for x, y in listed.spans)
    return bearing >= len(listed.spans) - (len(listed.spans) > 2)


def _short_names(flat: str) -> Iterator[tuple[Span, Span]]:
    """Find short names and what they are short for: 城市运行综合调度中心（以下简称“城调中心”）."""
    for found in _SHORT_NAME.finditer(flat):
        at = found.start()
        if not at:
            continue
        if flat[at - 1] == "》":
            start = flat.rfind("《", max(0, at - 120), at)
        else:
            start = _full_name(flat, at, found["name"])
        if 0 <= start < at - 2:
            yield found.span("name"), (start, at)


_FRONT = re.compile("[。；！？\n，：、]")


def _full_name(flat: str, at: int, name: str) -> int:
    """Find where the full name starts: as late as all characters of the short one still stand in it in order."""
    low = max(0, at - 60)
    for found in _FRONT.finditer(flat, low, at):
        low = found.end()
    left = at
    for char in reversed(name):
        to = flat.rfind(char, low, left)
        if to < 0:
            left = min(left, at)
            continue
        left = to
    if left == at:
        return -1
    lead = 0
    for cue in _VERBS.finditer(flat, low, left):
        lead = cue.end()
    return lead or low


_VERBS = re.compile(
    "成立|组建|建立|共建|设立|设置|印发|出台|制定|发布|召开|举办|实施|开展|推出|建设|打造|开发|完成|通过|推进|签署|签订|制订|修订|编制|颁布|落实|启动|关于|与|和|对|在|将|把|由"
)
