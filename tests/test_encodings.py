"""What `decode` promises: the text as it was written, in whatever encoding a Chinese file was saved."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import ReadError
from glossary.reports.encodings import decode, decode_page

HANS = "政府工作报告\n\n各位代表：\n过去一年，我们推进“一网通办”，城市运行更有序，老街换了新颜。\n名词解释\n1.雪亮工程：指乡村的视频监控。\n"
HANT = "施政報告\n\n各位市民：\n過去一年，我們推動「智慧城市」，街道更加整潔，舊區換上新貌。\n名詞解釋\n1.綠色屋頂：指在樓頂種植花木。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
@pytest.mark.parametrize("text", [HANS, HANT], ids=["hans", "hant"])
def test_reads_what_was_saved(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["gbk", "gb2312"])
def test_reads_the_older_names_of_gb18030(encoding: str) -> None:
    assert decode(HANS.encode(encoding), "a.txt") == HANS


def test_reads_big5_with_hong_kong_characters() -> None:
    text = HANT + "深水埗的茶餐廳，鰂魚涌的街市，嘅。\n"
    assert decode(text.encode("big5hkscs"), "a.txt") == text


def test_reads_rare_characters_of_gb18030() -> None:
    text = HANS + "㙍塘村，𠮷祥里，朱镕基。"
    assert decode(text.encode("gb18030"), "a.txt") == text


@pytest.mark.parametrize("text", ["雪亮工程", "名词解释", "2023年\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_reads_a_few_characters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_reads_text_that_is_mostly_ascii(encoding: str) -> None:
    text = (
        "GDP (gross domestic product) 100, R&D 3.2, TFP 1.1; see appendix.\n" * 50
        + "名词解释：指标的说明。\n"
    )
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("text", ["café à Ω", "± 3 °C", "Привет", "𐢀"])
def test_short_utf8_in_other_scripts_is_left_alone(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text


def test_leaves_the_byte_order_mark_out() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert not decode(HANS.encode(encoding), "a.txt").startswith("\ufeff")
    assert decode("\ufeff甲乙。".encode("gb18030"), "a.txt") == "甲乙。"


def test_says_where_utf8_is_broken() -> None:
    raw = HANS.encode()
    with pytest.raises(ReadError, match=r"^a\.txt: is UTF-8 but broken at byte 3\. "):
        decode(raw[:3] + b"\xe5" + raw[6:], "a.txt")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (bytes(range(256)) * 8, "not a text file"),
        (b"\0\1\2\3" * 500, "not a text file"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", r"is a PDF\. Rename it to \.pdf"),
        (b"PK\x03\x04" + b"\x14\0" * 50, "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "starts as UTF-16 but byte"),
        ("甲乙丙丁。".encode("gb18030") + b"\xff\xff", "in none of UTF-8"),
    ],
)
def test_says_what_is_wrong_in_one_line(raw: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        decode(raw, "a.txt")
    assert str(caught.value).startswith("a.txt: ")
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for reader in (decode, decode_page):
        try:
            assert isinstance(reader(raw, "a.txt"), str)
        except ReadError as error:
            assert "\n" not in str(error)


@given(st.text("的一是在不了有和人这中大为上个国我以要他时来用们生到作地。，", min_size=5, max_size=300))
def test_plain_words_come_back(text: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("big5", "big5hkscs"),
        ("utf-8", "utf-8"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
    ],
)
def test_a_page_is_read_as_it_says_or_as_it_is(declared: str, encoding: str) -> None:
    text = f'<html><meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{HANT}</p>'
    assert decode_page(text.encode(encoding), "a.html") == text


def test_a_page_with_one_cut_character_is_read() -> None:
    raw = ('<meta charset="utf-8"><p>' + HANS * 5).encode()
    assert decode_page(raw[:-2], "a.html").count("\ufffd") == 1
