"""What a report says of itself: title, region, year, date, meeting, speaker, and where its body lies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from glossary.model import Span
from glossary.reports.headings import annex_heading, is_annex_title, is_numbered_heading, is_title, squeeze
from glossary.reports.lines import Line
from glossary.reports.regions import complete, units
from glossary.text import simplify

__all__ = ["metadata"]

_SALUTATION = re.compile(
    r"(?:尊敬的)?(?:各位(?:代表|委员|同志|议员|来宾|领导|嘉宾)|主任|主席|议长|代表们|同志们|议长)[^。；\d]{0,36}[：:，,！!]"
)
_DATE = re.compile(
    r"(?P<y>[12]\d{3}|[一二三四五六七八九〇○零Ｏ０O]{4})年(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_MEETING = re.compile("在(?P<name>[^，。；]{4,70}?(?:会议|大会|全会|常委会))上")
_OFFICE = "(?:省长|市长|区长|县长|州长|盟长|旗长|镇长|乡长|主席|主任|检察长|院长|局长|书记|行政长官|秘书长|厅长|管委会主任|总督|会长)"
_SPEAKER = re.compile(
    f"(?P<office>[^，。；：:]{{0,40}}?(?:代|副)?{_OFFICE})(?:（代）|\\(代\\))?[ \t\u3000\u00a0:：]*(?P<name>[\u4e00-\u9fff·](?:[ \t\u3000\u00a0]*[\u4e00-\u9fff·]){{1,6}})"
)
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺普令欧阳上官司徒诸葛尉迟"
)
_REPRESENTS = re.compile("(?:代表|受)(?P<who>[^，。；：]{2,40}?)(?:委托|向|，)")
_CHINESE = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0, "O": 0, "０": 0}
_YEAR = re.compile("(?<!\\d)((?:19|20)\\d{2})年")
# What a section heading says of its year: the year past, or the year to come.
_PAST = re.compile(
    "((?:19|20)\\d{2})年(?:的)?(?:主要)?(?:工作|政府工作|经济社会|国民经济)?[^，。]{0,12}(?:回顾|完成情况|执行情况|总结)"
)
_COMING = re.compile(
    "((?:19|20)\\d{2})年(?:的|全市|全区|全县)?[^，。；\\d]{0,14}(?:工作安排|主要任务|重点工作|目标任务|工作任务|总体要求|主要目标|工作部署|重点做好|发展目标|预期目标|工作要求|工作打算|工作思路)"
)
# 1. 1 上半年工作情況: a table of contents, no title
_LISTED = re.compile("[0-9０-９]+[\\s.、．]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]")
_NOT_OFFICE = re.compile("^(?:各位|尊敬的|现在|我)")


def metadata(text: str, lines: Sequence[Line]) -> dict[str, Any]:
    """Return the metadata of a report as the fields of `Report`, `None` where the text doesn't say.

    `lines` are the lines of `text`; `body` is a span of it.
    """
    plain = [line for line in lines if not line.why]
    if not plain:
        return {"body": (0, len(text))}
    opening = _opening(plain)
    head = plain[max(0, opening - 14) : opening]
    title, at = _title(head)
    if title is None and opening:
        title, at = _title(plain[:opening])
        head = plain[:opening]
    if title is None:
        # an annex published as a page of its own bears the name of its report: 江畔市2019年政府工作报告名词解释
        at, title = next(
            ((i, line.text) for i, line in enumerate(head) if is_annex_title(line.text)), (0, None)
        )
    block = head[at:] if title else head
    joined = "".join(squeeze(line.text) for line in block)
    meeting, date = _occasion(block)
    speaker, office = _speaker(block)
    body = _body(plain, opening, text)
    start = text[body[0] : body[0] + 600]
    tail = text[max(body[0], body[1] - 60) : body[1] + 160]
    represents = [found["who"] for found in _REPRESENTS.finditer(simplify(start))]
    region = None
    context = text[: body[0]] + start + tail
    for says in (title, meeting, office, *represents, joined, *(line.text for line in plain[-6:])):
        region = complete(says, context) if says else None
        if region:
            break
    if region is None:
        region = next(filter(None, (_unknown(says) for says in (title, meeting) if says)), None)
    if region is None and title:
        region = _short(title)
    return {
        "title": title,
        "region": region,
        "year": _year(title, date, text[body[0] : body[1]], joined),
        "date": date,
        "meeting": meeting,
        "speaker": speaker,
        "body": body,
    }


def _opening(lines: Sequence[Line]) -> int:
    """Find the line that opens the body: the salutation, else the first heading or paragraph behind a title."""
    limit = max(40, len(lines) * 2 // 3)
    for i, line in enumerate(lines[:limit]):
        if _SALUTATION.match(simplify(line.text)) and (len(line.text) <= 40 or i < 30):
            return i
    titled = next((i for i, line in enumerate(lines[:60]) if is_title(line.text)), -1)
    least = 40
    if titled < 0:
        # below the title of an annex that is a page of its own stand its entries, however short
        least = 15
        titled = next((i for i, line in enumerate(lines[:20]) if is_annex_title(line.text)), -1)
    for i, line in enumerate(lines):
        if i <= titled:
            continue
        if is_numbered_heading(line.text) and not _is_contents(lines, i):
            return i
        # 《…报告》是…: an encyclopaedia's sentence about the report
        if (
            len(line.text) >= least
            and re.search("[。；]", line.text)
            and not line.text.startswith("《")
            and not _is_occasion(line.text)
        ):
            return i
    return titled + 1 if titled + 1 < len(lines) else 0


def _is_contents(lines: Sequence[Line], i: int) -> bool:
    """Tell a line of a table of contents from a heading: the same words come again further down."""
    flat = re.sub("[.．…·\\s\\d]+$", "", lines[i].text)
    return any(line.text.startswith(flat) for line in lines[i + 1 :]) if len(flat) >= 4 else False


def _title(head: Sequence[Line]) -> tuple[str | None, int]:
    """Find the title nearest above the body, joined where it is split over lines."""
    for i in range(len(head) - 1, -1, -1):
        line = head[i].text
        if annex_heading(line) >= 0.7 or not is_title(line) or _is_occasion(line) or _LISTED.match(line):
            continue
        if re.search("[：:]|^[•·◆●■]|[ \u3000][>＞»›]", line):
            # • 類別：政府報告, in an encyclopaedia's box; 首页 > 政务公开 > 政府工作报告, where a page lies
            continue
        parts = [line]
        first = i
        while first and _continues(head[first - 1].text, parts[0], head[first].gap):
            first -= 1
            parts.insert(0, head[first].text)
        return "".join(_despace(part) for part in parts), first
    return None, 0


def _continues(above: str, title: str, gap: bool) -> bool:
    """Tell whether a line is the upper part of a title."""
    if (
        gap
        or is_title(above)
        or _is_occasion(above)
        or re.search("[。；：:！？，]", above)
        or len(above) > 45
    ):
        return False
    flat = squeeze(title)
    if flat.startswith("关于"):
        return False
    whole = flat in ("政府工作报告", "工作报告") or re.match("与|和|及|的|情况|草案|执行|发展|第", flat)
    return squeeze(above).startswith("关于") or bool(whole) or len(flat) <= 8


def _despace(text: str) -> str:
    """Close up a letter-spaced title: 政　府　工　作　报　告."""
    pieces = text.split()
    if len(pieces) >= 3 and sum(len(piece) == 1 for piece in pieces) >= len(pieces) - 1:
        return "".join(pieces)
    return text.strip()


def _is_occasion(line: str) -> bool:
    flat = squeeze(line)
    return bool(_DATE.search(flat) and len(flat) < 90) or bool(re.match("[（(—-]+.*(?:会议|大会)", flat))


def _occasion(block: Sequence[Line]) -> tuple[str | None, str | None]:
    """Read the line that says when and before whom the report was given, which may be split."""
    flat = "".join(re.sub(r"\s+", "", line.text) for line in block)
    plain = simplify(flat)
    found = _MEETING.search(plain)
    meeting = flat[found.start("name") : found.end("name")] if found else None
    dates = list(_DATE.finditer(plain))
    if found:
        near = [date for date in dates if date.end() <= found.start() + 2]
        dates = near[-1:] or dates
    else:
        dates = [date for date in dates if re.search("[（(—\\-]$|^$", plain[: date.start()][-1:])] or [
            date for line in block for date in [_DATE.fullmatch(squeeze(line.text).strip("（）()—-"))] if date
        ]
    return meeting, _iso(dates[-1]) if dates else None


def _iso(date: re.Match[str]) -> str | None:
    year = date["y"] if date["y"].isdigit() else "".join(str(_CHINESE.get(c, 0)) for c in date["y"])
    month, day = _small(date["m"]), _small(date["d"])
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _small(number: str) -> int:
    """Read a number below a hundred: 20, 二十, 二十一, 十."""
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (10 * (_CHINESE.get(tens, 0) if tens else 1) if ten else 0) + (
        _CHINESE.get(ones, 0) if ones else 0
    )


def _speaker(block: Sequence[Line]) -> tuple[str | None, str | None]:
    """Find the speaker's name and office: 徐汇区区长  方世忠, 县长 李 四, or a name alone."""
    for line in reversed(block):
        flat = re.sub(r"\s", "", line.text)
        # 州　长　　普　云　生: where the office is letter-spaced too, only the blanks' being there tells
        for text in (line.text, flat if flat != line.text else ""):
            found = _SPEAKER.fullmatch(simplify(text))
            if found and not _NOT_OFFICE.match(found["office"]):
                name = re.sub(r"\s", "", text[found.start("name") :])
                if 2 <= len(name) <= 5:
                    return name, found["office"]
    for line in reversed(block[1:]):
        name = re.sub(r"\s", "", line.text)
        if (
            re.fullmatch("[\u4e00-\u9fff]{2,4}", name)
            and simplify(name[0]) in _SURNAMES
            and not is_title(name)
        ):
            return name, None
    return None, None


def _body(lines: Sequence[Line], opening: int, text: str) -> Span:
    """Bound the body: from its opening to the last sentence before an annex or the page's own lines."""
    end = len(lines)
    for i in range(opening + 1, len(lines)):
        if annex_heading(lines[i].text) >= 0.7 and lines[i].start > lines[opening].start + 200:
            end = i
            break
    last = end - 1
    while last > opening and not _is_prose(lines[last].text):
        last -= 1
    if last == opening:
        last = end - 1
    return lines[opening].start, lines[last].end


def _is_prose(line: str) -> bool:
    if re.match("(?:抄送|主送|分送|报送|印发)", line) or re.search(
        "侵权|版权|免责|仅供参考|转载", line[-40:]
    ):
        return False
    return (
        line[-1] in "。！!？；”"
        and (len(line) >= 12 or "谢谢" in line or "謝謝" in line)
        and not re.match("[（(]?(?:来源|本文)", line)
    )


def _year(title: str | None, date: str | None, body: str, head: str) -> int | None:
    """Say in which year the report is delivered: by its date, its title, or what its headings call this year."""
    if date:
        return int(date[:4])
    named = [int(year) for year in _YEAR.findall(simplify(title or ""))]
    if named:
        return max(named)
    named = [int(year) for year in _YEAR.findall(simplify(head))]
    if named:
        return max(named)
    plain = simplify(body)
    coming = _COMING.search(plain)
    past = _PAST.search(plain)
    if past and (coming is None or int(coming[1]) > int(past[1]) + 1 or int(coming[1]) <= int(past[1])):
        return int(past[1]) + 1
    return int(coming[1]) if coming else None


def _unknown(text: str) -> str | None:
    """Take a place that no table knows from a title or the name of a meeting: 江畔市望湖区2024年政府工作报告."""
    found = re.match(
        "(?:关于|一图读懂|图解|解读)?(?:(?:19|20)\\d{2}年)?((?:[\u4e00-\u9fff]{2,6}?(?:省|市|州|盟))?[\u4e00-\u9fff]{1,6}?[市县区旗州盟])"
        "(?=(?:19|20)\\d{2}年|人民|政府|法院|检察院|第[一二三四五六七八九十]+届|国民经济|预算)",
        simplify(text),
    )
    return found[1] if found and not re.match("[某本全各我]|中国|市|县|区", found[1]) else None


def _short(title: str) -> str | None:
    """Take the city from a title that names it without 市: 西安高新区管委会2021年工作总结."""
    flat = simplify(title)
    for length in (4, 3, 2):
        paths = [path for path, live in units().get(flat[:length] + "市", ()) if live and len(path) <= 2]
        if len(paths) == 1:
            return "".join(paths[0])
    return None
