"""What the readers promise of a web page, a Word file and a PDF: its text, line by line."""

import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import glossary.reports
from glossary.errors import MissingExtraError, ReadError
from glossary.reports.docx import docx_text
from glossary.reports.html import html_text
from glossary.reports.pdf import pdf_text

BODY = (
    "各位代表：过去一年，我们在老城推进“共享菜园”，把屋顶、院角和空地都用了起来，邻里来往多了，孩子也认得了庄稼。",
    "新的一年，我们要办好“夜间书房”，让晚归的人有灯可看、有书可读；还要把“一街一医”落到每个街口。",
)


def text_of(page: str, encoding: str = "utf-8") -> str:
    return html_text(page.encode(encoding), "a.html")


def lines(page: str) -> list[str]:
    return [line for line in text_of(page).splitlines() if line]


# --- pages as they are found -------------------------------------------------------------------------------

GOVERNMENT = f"""<!DOCTYPE html><html><head><meta charset="gb2312">
<meta name="ArticleTitle" content="2023年柳河区政府工作报告"><meta name="SiteName" content="柳河区人民政府">
<title>2023年柳河区政府工作报告_工作报告_柳河区人民政府</title><style>.a{{}}</style><script>var a="<p>甲</p>";</script></head>
<body><div class="header"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li><li><a href="/hd">互动</a></li></ul></div>
<div class="main"><div class="BreadcrumbNav">您当前的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; 正文</div>
<div class="pages-title"></div><div class="share" id="bdshare">分享到：<a href="javascript:;">微信</a></div>
<div id="UCAP-CONTENT"><div class="TRS_Editor"><style>.TRS_Editor P{{}}</style>
<p style="text-align:center">政府工作报告</p><p>　　{BODY[0]}</p><p>　　{BODY[1]}</p><p>&nbsp;</p>
<p>　　名词解释</p><p>　　1.共享菜园：指由邻里一同耕种的小块空地。</p><p>　　2.一街一医：指每条街有一名医生值守，镕。</p>
</div></div>
<div class="related"><h3>相关链接</h3><ul><li><a href="/1">柳河区二〇二二年报告</a></li><li><a href="/2">图解报告</a></li><li><a href="/3">新闻发布会</a></li></ul></div></div>
<div class="footer">版权所有：柳河区人民政府办公室　地址：柳河路1号　ICP备00000000号</div></body></html>"""

WECHAT = f"""<html><head><meta charset="utf-8"><meta property="og:title" content="柳河区报告里的新词"><title></title></head>
<body><div id="js_article"><h1 class="rich_media_title" id="activity-name"> 柳河区报告里的新词 </h1>
<div id="meta_content"><a href="javascript:void(0);">柳河发布</a> <em id="publish_time">2023-01-16</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">
<section data-role="outer"><section><p><span style="font-size: 15px;">{BODY[0]}</span></p>
<section><strong><span>共享菜园</span></strong></section><section><span>由邻里一同耕种的</span><span>小块空地。</span></section>
<p><br></p><section><strong>夜间书房</strong></section><section>开到深夜的<span>公共</span>阅览室。</section></section></section></div>
<div style="display:none">预览时标签不可点</div><div class="qr_code_pc" aria-hidden="true">微信扫一扫</div></div></body></html>"""

DISCUZ = f"""<html><head><meta charset="gbk"><title>[转帖]柳河区报告 - 柳河论坛 - Powered by Discuz!</title></head><body><div id="hd"><ul>
<li><a href="a.php">论坛</a></li><li><a href="b.php">导读</a></li><li><a href="c.php">排行榜</a></li></ul></div>
<table><tr><td class="pls">楼主 12 主题</td><td class="plc"><div class="pcb"><table cellspacing="0"><tr>
<td class="t_f" id="postmessage_1"><i class="pstatus">本帖最后由 某人 编辑</i><br />
{BODY[0]}<font class="jammer">% x, q9 T$ m</font><br />
<br />
{BODY[1]}<span style="display:none">8 a&amp; K</span><br />
名词解释：<br />
1、共享菜园：指由邻里一同耕种的小块空地。</td></tr></table></div></td></tr></table></body></html>"""

LAYOUT = f"""<html><head><title>柳河县政府工作报告</title></head><body bgcolor=#ffffff><center>
<table width=778><tr><td colspan=2><a href=1.htm>首页</a>|<a href=2.htm>县情</a>|<a href=3.htm>新闻</a></td></tr>
<tr><td width=180 valign=top><table><tr><td><a href=4.htm>县长信箱</a><tr><td><a href=5.htm>办事指南</a><tr><td><a href=6.htm>旅游</a></table></td>
<td><table><tr><td align=center><font size=5 color=red><b>柳河县政府工作报告</b></font></td></tr>
<tr><td><font size=3>　　{BODY[0]}<br>　　{BODY[1]}<p>　　名词解释<br>　　1、共享菜园：指由邻里一同耕种的小块空地。</font></td></tr>
<tr><td><table border=1><tr><td>名词<td>解释<tr><td>夜间书房<td>开到深夜的公共阅览室。</table></td></tr></table></td></tr>
<tr><td colspan=2 align=center>Copyright 2005 柳河县</td></tr></table></center></body></html>"""

WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<title>政府工作报告</title><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><style><!-- p.MsoNormal {{}} --></style></head>
<body lang=ZH-CN><div class=Section1 style='layout-grid:15.6pt'><p class=MsoNormal align=center><span style='font-size:22.0pt'>政府工作报告<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><span
style='font-size:16.0pt;font-family:仿宋'>{BODY[0][:20]}
{BODY[0][20:]}<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.<span style='font:7.0pt'>&nbsp;</span></span></span><![endif]>&#147;共享菜园&#148;：指由邻里一同耕种的小块空地。<o:p></o:p></p></div></body></html>"""

PAGES = {"government": GOVERNMENT, "wechat": WECHAT, "discuz": DISCUZ, "layout": LAYOUT, "word": WORD}


def test_government_page() -> None:
    assert text_of(GOVERNMENT, "gb18030").split("\n\n") == [
        "2023年柳河区政府工作报告",
        "政府工作报告",
        f"　　{BODY[0]}",
        f"　　{BODY[1]}",
        "　　名词解释",
        "　　1.共享菜园：指由邻里一同耕种的小块空地。",
        "　　2.一街一医：指每条街有一名医生值守，镕。",
    ]


def test_wechat_article_hides_its_text_until_a_script_shows_it() -> None:
    got = lines(WECHAT)
    assert got[0] == "柳河区报告里的新词"
    assert got[-5:] == [
        BODY[0],
        "共享菜园",
        "由邻里一同耕种的小块空地。",
        "夜间书房",
        "开到深夜的公共阅览室。",
    ]


def test_forum_page_without_its_copy_protection() -> None:
    assert lines(DISCUZ) == [
        "[转帖]柳河区报告",
        *BODY,
        "名词解释：",
        "1、共享菜园：指由邻里一同耕种的小块空地。",
    ]


def test_layout_tables_are_unwrapped_and_tables_of_terms_are_not() -> None:
    assert lines(LAYOUT) == [
        "柳河县政府工作报告",
        f"　　{BODY[0]}",
        f"　　{BODY[1]}",
        "　　名词解释",
        "　　1、共享菜园：指由邻里一同耕种的小块空地。",
        "名词\t解释",
        "夜间书房\t开到深夜的公共阅览室。",
    ]


def test_page_saved_by_word() -> None:
    assert lines(WORD) == ["政府工作报告", BODY[0], "1.\u00a0“共享菜园”：指由邻里一同耕种的小块空地。"]


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_reports_are_read_from_pages(kind: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.html"
    path.write_bytes(PAGES[kind].encode(encoding))
    report = glossary.reports.read(path)
    assert "“共享菜园”" in report.text
    assert "首页" not in report.text
    assert report.id == kind


# --- rules --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>甲<p>乙", "甲\n\n乙"),
        ("<div>甲</div><div>乙<div>丙</div></div>", "甲\n乙\n丙"),
        ("甲<br>乙<br><br>丙", "甲\n乙\n\n丙"),
        ("<ol><li>甲<li>乙</ol>", "1. 甲\n2. 乙"),
        ("<ol start=5><li><p>甲</p><li value=9>乙<li>丙</ol>", "5. 甲\n9. 乙\n10. 丙"),
        ("<ol><li>（1）甲<li>2、乙</ol>", "（1）甲\n2、乙"),
        ("<ol style='list-style-type:none'><li>甲</ol><ul><li>乙</ul>", "甲\n\n乙"),
        ("<dl><dt>甲<dd>乙。<dt>丙<dd>丁。</dl>", "甲\n乙。\n丙\n丁。"),
        ("<p>甲<sup>[1]</sup>乙<sup><a href='#n'>②</a></sup>", "甲[1]乙②"),
        ("<ruby>報<rp>(</rp><rt>bào</rt><rp>)</rp></ruby>告", "報告"),
        ("<p>&ldquo;甲&rdquo;&nbsp;&#x4e59;&#147;丙&#148; &amp;", "“甲”\u00a0乙“丙” &"),
        ("<p>甲\n  乙 \t x\n y</p>", "甲乙 x y"),
        ("<pre>甲  乙\n    丙</pre>", "甲  乙\n    丙"),
        (
            "<table><tr><th>名词<th>解释<tr><td><p>甲</p><td><p>乙，</p><p>丙。</p></table>",
            "名词\t解释\n甲\t乙，丙。",
        ),
        ("<table><tr><td rowspan=2>类<td>甲<td>乙<tr><td>丙<td>丁</table>", "类\t甲\t乙\n类\t丙\t丁"),
        ("<table><tr><td colspan=2>题<tr><td>甲<td>乙</table>", "题\n甲\t乙"),
        ("<table><tr><td>甲<tr><td>乙</table>", "甲\n乙"),
        (
            "<form action=a><p>" + "正文，很长。" * 80 + "</p><input value=甲><button>乙</button></form>",
            "正文，很长。" * 80,
        ),
        ("<p>甲</p><!-- 乙 --><div hidden>丙</div><p aria-hidden=true>丁</p><noscript>戊</noscript>", "甲"),
        ("<p>甲乙</p><nav>丙</nav><aside>丁</aside><footer>戊</footer>", "甲乙"),
        ("<p>当前位置：首页 &gt; 公开</p><p>甲</p>", "甲"),
        ("<footer>只有这里有字</footer>", "只有这里有字"),
        ("甲 &lt; 乙\n丙", "甲 < 乙\n丙"),
        ("<!-- 甲 --><p></p>", ""),
    ],
)
def test_markup_becomes_lines(page: str, text: str) -> None:
    assert text_of(page) == text


def test_an_annex_beside_the_text_is_kept() -> None:
    page = f"<div><p>{BODY[0] * 9}</p></div><div><p>名词解释</p><p>夜间书房：开到深夜的阅览室。</p></div>"
    assert lines(page)[-2:] == ["名词解释", "夜间书房：开到深夜的阅览室。"]


def test_a_title_in_the_heading_of_an_article_is_kept_once() -> None:
    page = (
        f"<title>柳河报告-柳河网</title><article><header><h1>柳河报告</h1></header><p>{BODY[0]}</p></article>"
    )
    assert lines(page) == ["柳河报告", BODY[0]]


def test_the_name_of_the_site_is_no_title() -> None:
    page = (
        f"<title>柳河报告_柳河区人民政府</title><div><h1>柳河区人民政府</h1></div><div><p>{BODY[0]}</p></div>"
    )
    assert lines(page) == ["柳河报告", BODY[0]]


def test_nothing_outside_the_page_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("密", encoding="utf-8")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>甲&x;</p></body></html>'
    assert "密" not in text_of(page)


# --- hostile pages -----------------------------------------------------------------------------------------

ALPHABET = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(
    "<>/&;=\"' \n\t名词解释，。“”①１𠮷\u3000\u00a0\u200b"
)
SNIPPETS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "<td\trowspan=3>",
        "</table>",
        "<ol>",
        "<li>",
        "<a\thref=x>",
        "</a>",
        "<br>",
        "<pre>",
        "<rt>",
        "<h1>",
        "<!--",
        "-->",
        "<script>",
        "&nbsp;",
        "&#0;",
        "&#xD800;",
        "<![CDATA[",
        "<?xml",
        "<title>",
        "<form>",
        "<o:p>",
        "甲乙，丙。",
        "名词解释",
    ]
)


@given(st.text(ALPHABET, max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(text_of("<p>" + text), str)


@given(st.lists(SNIPPETS | st.text(max_size=5), max_size=40))
def test_any_markup_is_read(parts: list[str]) -> None:
    page = "".join(part.replace("\t", " ") for part in parts).encode("utf-8", "replace")
    if page.strip():
        try:
            assert html_text(page, "a.html") == html_text(page, "a.html")
        except ReadError as error:
            assert "\n" not in str(error)


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for reader in (html_text, docx_text, pdf_text):
        try:
            assert isinstance(reader(raw, "a"), str)
        except ReadError as error:
            assert str(error).startswith("a: ")


@pytest.mark.parametrize(
    "unit",
    [
        "<p>正文。",
        "<font>正文。",
        "<li>正文。",
        "<br>",
        "<td rowspan=9>文",
        "<a href=x>字",
        "</div>",
        "<!--",
        "<",
        "&",
    ],
)
def test_a_megabyte_of_one_tag_is_read(unit: str) -> None:
    """A step that is not linear would take hours here."""
    assert isinstance(text_of("<table>" + unit * (1_000_000 // len(unit)) + "<p>完"), str)


@pytest.mark.parametrize("unit", ["<div>", "<ul><li>", "<table><tr><td>"])
def test_a_page_nested_too_deep_is_refused_clearly(unit: str) -> None:
    with pytest.raises(ReadError, match=r"^a\.html: .*nested too deep.*Save the page as text"):
        text_of(unit * (1_000_000 // len(unit)) + "正文。")


def test_a_tag_with_a_hundred_thousand_attributes_is_read() -> None:
    assert text_of("<p>甲<a " + " ".join(f"b{i}" for i in range(100_000)) + ">乙") == "甲乙"


# --- Word ---------------------------------------------------------------------------------------------------


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def element(xml: str) -> Any:
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))


def numbered(document: Any, levels: list[tuple[str, str]]) -> None:
    """Give the document a list 77 with these number formats and level texts."""
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (fmt, text) in enumerate(levels)
    )
    numbering.insert(0, element(f'<w:abstractNum w:abstractNumId="77">{inner}</w:abstractNum>'))
    numbering.append(element('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def item(document: Any, text: str, level: int, number: str = "77") -> None:
    paragraph = document.add_paragraph(text)
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(element(numbers))


def test_word_paragraphs_and_tables_in_order() -> None:
    document = docx.Document()
    document.add_heading("政府工作报告", 0)
    document.add_paragraph(BODY[0])
    table = document.add_table(3, 2)
    for row, texts in zip(
        table.rows,
        [("名词", "解释"), ("共享菜园", "邻里一同耕种，"), ("夜间书房", "开到深夜。")],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 1).add_paragraph("收成共享。")
    document.add_paragraph("完")
    assert docx_text(saved(document), "a.docx").split("\n") == [
        "政府工作报告",
        BODY[0],
        "名词\t解释",
        "共享菜园\t邻里一同耕种，收成共享。",
        "夜间书房\t开到深夜。",
        "完",
    ]


def test_word_table_of_one_column_is_a_frame() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "甲"
    cell.add_paragraph("乙")
    assert docx_text(saved(document), "a.docx") == "甲\n乙"


def test_word_list_numbers_are_made_visible() -> None:
    document = docx.Document()
    numbered(
        document,
        [("chineseCounting", "%1、"), ("decimal", "（%2）"), ("decimal", "%2.%3"), ("bullet", "\uf06c")],
    )
    for text, level in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1), ("庚", 3)]:
        item(document, text, level)
    document.add_paragraph("辛", style="List Number")
    assert docx_text(saved(document), "a.docx").split("\n") == [
        "一、甲", "（1）乙", "（2）丙", "2.1 丁", "二、戊", "（1）己", "• 庚", "1. 辛",
    ]  # fmt: skip


def test_word_lists_start_again_where_they_say_so() -> None:
    document = docx.Document()
    numbered(document, [("decimal", "%1．")])
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    document.part.numbering_part.element.append(
        element(f'<w:num w:numId="78"><w:abstractNumId w:val="77"/>{again}</w:num>')
    )
    for number, text in [("77", "甲"), ("77", "乙"), ("78", "丙"), ("78", "丁")]:
        item(document, text, 0, number)
    assert docx_text(saved(document), "a.docx").split("\n") == ["1．甲", "2．乙", "1．丙", "2．丁"]


def test_word_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("甲")
    paragraph._p.append(element('<w:del w:id="1" w:author="a"><w:r><w:delText>乙</w:delText></w:r></w:del>'))
    paragraph._p.append(element('<w:ins w:id="2" w:author="a"><w:r><w:t>丙</w:t></w:r></w:ins>'))
    paragraph._p.append(element("<w:r><w:rPr><w:vanish/></w:rPr><w:t>丁</w:t></w:r>"))
    assert docx_text(saved(document), "a.docx") == "甲丙"


def test_word_text_boxes_and_content_controls_are_read_once() -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent>"
    document.add_paragraph("甲")._p.append(
        element(
            '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    control = element("<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    document.element.body.insert(1, control)
    assert docx_text(saved(document), "a.docx") == "甲\n框中\n控件"


def test_word_footnotes_stand_at_the_end() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("共享菜园")
    paragraph._p.append(element('<w:r><w:footnoteReference w:id="2"/></w:r>'))
    paragraph.add_run("和夜间书房")
    paragraph._p.append(element('<w:r><w:footnoteReference w:id="1"/></w:r>'))
    notes = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> {text}</w:t></w:r></w:p></w:footnote>'
        for i, text in [(-1, ""), (1, "开到深夜的阅览室。"), (2, "一同耕种的空地。")]
    )
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, docx.opc.constants.RELATIONSHIP_TYPE.FOOTNOTES)
    assert docx_text(saved(document), "a.docx").split("\n") == [
        "共享菜园[1]和夜间书房[2]",
        "",
        "[1] 一同耕种的空地。",
        "[2] 开到深夜的阅览室。",
    ]


def zipped(name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("名词解释".encode(), "is not a .docx or is cut short"),
        (saved(docx.Document())[:-900], "is not a .docx or is cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "old Word file"),
        (zipped("a.txt"), "cannot be read as a Word file"),
        (zipped("[Content_Types].xml"), "cannot be read as a Word file"),
    ],
)
def test_word_files_that_are_none(raw: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.docx: .*{said}.*\.$"):
        docx_text(raw, "a.docx")


# --- PDF ----------------------------------------------------------------------------------------------------

Page = list[tuple[float, float, str]]


def printed(pages: list[Page], encrypt: StandardEncryption | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    canvas = Canvas(out, encrypt=encrypt)
    for page in pages:
        canvas.setFont("STSong-Light", 16)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


FIRST: Page = [
    (250, 760, "政府工作报告"),
    (104, 720, "各位代表：过去一年，我们在老城推进“共享菜园”，"),
    (72, 696, "把屋顶、院角和空地都用了起来，邻里来往多了，"),
    (72, 672, "孩子也认得了庄稼。"),
    (290, 40, "— 1 —"),
]
SECOND: Page = [
    (104, 760, "名词解释"),
    (104, 736, "1.共享菜园：由邻里耕种的空地。"),
    (104, 712, "2.夜间书房：开到深夜。"),
    (290, 40, "— 2 —"),
]


def test_pdf_lines_as_printed() -> None:
    assert pdf_text(printed([FIRST, FIRST, FIRST, SECOND]), "a.pdf").split("\f")[2:] == [
        "政府工作报告\n　　各位代表：过去一年，我们在老城推进“共享菜园”，\n把屋顶、院角和空地都用了起来，邻里来往多了，\n孩子也认得了庄稼。\n— 1 —",
        "　　名词解释\n　　1.共享菜园：由邻里耕种的空地。\n　　2.夜间书房：开到深夜。\n— 2 —",
    ]


def test_pdf_columns_stay_apart() -> None:
    page: Page = [(72, 700, "名词"), (200, 700, "解释"), (72, 676, "共享菜园"), (200, 676, "由邻里耕种。")]
    assert pdf_text(printed([page]), "a.pdf") == "名词  解释\n共享菜园  由邻里耕种。"


def test_pdf_radicals_become_characters() -> None:
    assert pdf_text(printed([[(72, 700, "⽂化"), (72, 676, "人⺠")]]), "a.pdf") == "文化\n人民"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("名词解释".encode(), "is not a PDF or is cut short"),
        (printed([FIRST])[:400], "is not a PDF or is cut short"),
        (printed([FIRST], StandardEncryption("secret", strength=40)), "is protected by a password"),
        (printed([[], []]), "holds no text, only pictures of 2 pages"),
    ],
)
def test_pdf_files_that_cannot_be_read(raw: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.pdf: .*{said}.*\.$"):
        pdf_text(raw, "a.pdf")


def test_pdf_with_an_owner_password_only_is_read() -> None:
    assert "共享菜园" in pdf_text(printed([FIRST], StandardEncryption("", "owner", strength=40)), "a.pdf")


# --- end to end ---------------------------------------------------------------------------------------------


def test_reports_are_read_from_word_and_pdf(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("柳河区政府工作报告", *BODY):
        document.add_paragraph(text)
    (tmp_path / "word.docx").write_bytes(saved(document))
    (tmp_path / "print.pdf").write_bytes(printed([FIRST, SECOND]))
    for name in ("word.docx", "print.pdf"):
        assert "“共享菜园”" in glossary.reports.read(tmp_path / name).text


@pytest.mark.parametrize(("suffix", "module"), [("docx", "docx"), ("pdf", "pypdfium2")])
def test_a_missing_extra_is_named(
    suffix: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / f"a.{suffix}").write_bytes(b"x")
    with pytest.raises(MissingExtraError, match=rf'pip install "policy-glossary\[{suffix}\]"'):
        glossary.reports.read(tmp_path / f"a.{suffix}")
