"""Bytes become the text that was meant, and nothing of good text is lost."""

from __future__ import annotations

import pytest

from scrapers.reading.text import clean, decode, repair, tidy
from tests.reading.vietnamese import cp1258

VIETNAMESE = "Bộ Tài nguyên và Môi trường họp về biến đổi khí hậu; Thứ trưởng phát biểu tại Hà Nội."


def page(text: str, charset: str = "") -> str:
    return f"<html><head>{f'<meta charset={charset}>' if charset else ''}</head><body><p>{text}</p></body></html>"


def test_a_byte_order_mark_beats_every_declaration() -> None:
    found = decode(
        b"\xef\xbb\xbf" + page(VIETNAMESE, "iso-8859-1").encode(), content_type="text/html; charset=windows-1252"
    )

    assert VIETNAMESE in found.text
    assert found.encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_recognised_with_and_without_mark(encoding: str) -> None:
    assert VIETNAMESE in decode(page(VIETNAMESE * 9).encode(encoding), content_type=None).text


def test_valid_utf8_beats_a_declaration_that_lies() -> None:
    found = decode(page(VIETNAMESE, "windows-1258").encode(), content_type=None)

    assert VIETNAMESE in found.text
    assert found.notes == ("declared as cp1258, but it is valid UTF-8",)


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-8859-1", "Größe und Straße"),
        ("Shift_JIS", "農林水産省は会議を開く"),
        ("GB2312", "环境部长会议"),
        ("Big5", "環境部公告"),
        ("EUC-KR", "환경부 보도자료"),
        ("windows-1251", "Министерство охраны природы"),
        ("TIS-620", "กระทรวงสิ่งแวดล้อม"),
    ],
)
def test_the_declared_encoding_is_used(charset: str, text: str) -> None:
    found = decode(page(text, charset).encode(charset), content_type=None)

    assert text in found.text
    assert found.notes == ()


def test_the_header_is_believed_before_the_page() -> None:
    payload = page("Министерство", "iso-8859-5").encode("windows-1251")

    assert "Министерство" in decode(payload, content_type="text/html;charset='windows-1251'").text


def test_latin_1_means_what_browsers_take_it_for() -> None:
    assert "“a” – b €" in decode(page("“a” – b €", "iso-8859-1").encode("cp1252"), content_type=None).text


@pytest.mark.parametrize("charset", ["", "windows-1252"])
def test_vietnamese_in_windows_1258_is_recognised_undeclared(charset: str) -> None:
    # The tones follow their vowels there: "họp" is h, o, tone below, p.
    payload = cp1258(page(VIETNAMESE, charset))

    found = decode(payload, content_type=None)

    assert b"ho\xf2p" in payload
    assert clean(found.text).count("Bộ Tài nguyên và Môi trường") == 1
    assert found.encoding == "cp1258"


def test_stray_bytes_do_not_spoil_a_utf8_page() -> None:
    payload = page(VIETNAMESE * 3).encode().replace(b"Th\xe1\xbb\xa9", b"\x93Th\xe1\xbb\xa9", 1)

    found = decode(payload, content_type="text/html; charset=utf-8")

    assert "“Thứ trưởng" in found.text
    assert found.notes == ("bytes that are not UTF-8 were read as windows-1252",)


def test_a_page_cut_within_a_character_keeps_all_before_it() -> None:
    assert decode("biển".encode()[:4], content_type=None).text == "bi"


def test_an_undeclared_old_encoding_is_guessed_and_said_to_be() -> None:
    found = decode(
        page("Министерство природных ресурсов и охраны окружающей среды сообщает. " * 9).encode("cp1251"),
        content_type=None,
    )

    assert "Министерство" in found.text
    assert found.notes == ("no usable encoding declared; it looks like cp1251",)


def test_a_declaration_that_fits_badly_is_not_used() -> None:
    payload = page("Министерство природных ресурсов и охраны окружающей среды сообщает. " * 9, "shift_jis").encode(
        "cp1251"
    )

    assert "Министерство" in decode(payload, content_type=None).text


def test_a_declaration_that_nearly_fits_is_used_and_says_so() -> None:
    payload = page("農林水産省は会議を開く" * 30, "shift_jis").encode("cp932") + b"\x81"

    found = decode(payload, content_type=None)

    assert "農林水産省" in found.text
    assert found.notes == ("1 characters are not cp932 and were replaced",)


@pytest.mark.parametrize("label", ["base64", "idna", "no-such-thing", "x" * 500, "rot13", "undefined"])
def test_labels_that_name_no_text_encoding_are_ignored(label: str) -> None:
    assert VIETNAMESE in decode(page(VIETNAMESE, label).encode(), content_type=f"text/html; charset={label}").text


def test_japanese_with_escape_sequences_is_no_ascii() -> None:
    assert "環境省" in decode(page("環境省", "iso-2022-jp").encode("iso2022_jp"), content_type=None).text


def test_control_characters_go_and_are_counted() -> None:
    found = decode(b"<p>a\x00b\x08c\x0cd</p>", content_type=None)

    assert found.text == "<p>abc d</p>"
    assert found.notes == ("2 control characters removed",)


def test_nothing_at_all_is_text_without_words() -> None:
    assert decode(b"", content_type=None).text == ""


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("  a \n\t b\u00a0c ", "a b c"),
        ("Bo\u0302\u0323 Ta\u0300i", "Bộ Tài"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("x\x85y \x96 z", "x y – z"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("a\u200cb", "ab"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("\ud800x\x00", "x"),
        ("", ""),
        ("a  b", "a b"),
        ("é  ", "é"),
    ],
)
def test_clean_text_is_what_a_reader_sees(given: str, wanted: str) -> None:
    assert clean(given) == wanted


@pytest.mark.parametrize(("given", "wanted"), [(" a  b ", " a b "), ("\n", " "), ("é\n", "é "), ("x", "x"), ("", "")])
def test_tidy_text_keeps_a_space_at_its_ends(given: str, wanted: str) -> None:
    assert tidy(given) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("(TN&;MT)", "(TN&MT)"),
        ("Quỳnh V&#226;n", "Quỳnh Vân"),
        ("Quỳnh V&amp;#226;n", "Quỳnh Vân"),
        ("R&amp;D", "R&D"),
        ("&ldquo;a&rdquo; &ndash; b&nbsp;c", "“a” – b c"),
        ("Tom & Jerry", "Tom & Jerry"),
        ("the element &lt;p&gt;", "the element &lt;p&gt;"),
        ("no damage", "no damage"),
        ("V&amp;agrave; &amp;bdquo;a&amp;ldquo; 5&amp;euro; &amp;frac12;", "Và „a“ 5€ ½"),
        ("về ldquo;Đẩy mạnh cải cáchrdquo; ndash; hết", "về “Đẩy mạnh cải cách” – hết"),
        ("&amp;ldquo;a&amp;rdquo;", "“a”"),
        ("a; b; &c; dash; quo; Cordquo", "a; b; &c; dash; quo; Cordquo"),
    ],
)
def test_damaged_entities_are_repaired(given: str, wanted: str) -> None:
    assert repair(given) == wanted


def test_a_short_page_declared_as_utf8_stays_so_when_some_of_its_bytes_are_damaged() -> None:
    payload = page("Bộ trưởng đi công tác ở Huế thôi", "utf-8").encode().replace("thôi".encode(), b"th\xc3\xff")

    found = decode(payload, content_type="text/html; charset=utf-8")

    assert "Bộ trưởng đi công tác ở Huế th\ufffd\ufffd" in found.text
    assert found.encoding == "utf-8"
    assert found.notes == ("2 bytes are not UTF-8 and were replaced",)


def test_an_old_encoding_that_is_declared_as_utf8_is_still_recognised() -> None:
    payload = page("Министерство природных ресурсов сообщает. " * 9, "utf-8").encode("cp1251")

    assert "Министерство" in decode(payload, content_type=None).text


def test_windows_1258_that_is_declared_is_nothing_to_note() -> None:
    assert decode(cp1258(page(VIETNAMESE, "windows-1258")), content_type=None).notes == ()
    assert decode(cp1258(page(VIETNAMESE, "windows-1252")), content_type=None).notes != ()
