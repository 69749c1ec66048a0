"""Vietnamese from before Unicode and UTF-8 encoded twice are read as they were meant; good text of any language is left alone."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.reading.article import read_article
from scrapers.reading.legacy import TCVN3, VNI
from scrapers.reading.syllables import is_syllable
from scrapers.reading.text import decode
from tests.reading.vietnamese import cp1258, doubled, tcvn3, vni

SENTENCES = (
    "Bộ Tài nguyên và Môi trường tổ chức hội nghị về biến đổi khí hậu tại Hà Nội.",
    "Thủ tướng Chính phủ yêu cầu các địa phương khẩn trương khắc phục hậu quả của bão số ba.",
    "Người dân được hướng dẫn sử dụng nước sạch và phân loại rác thải ngay từ nguồn.",
    "Đề án phát triển bền vững đồng bằng sông Cửu Long đã được phê duyệt ngày hôm qua.",
    "Những cánh rừng ngập mặn ở Cà Mau đang hồi sinh nhờ sự chung tay của cộng đồng.",
    "Ông Nguyễn Văn Hưởng, Vụ trưởng, trả lời phỏng vấn về luật đất đai sửa đổi.",
    "Quỹ bảo vệ môi trường hỗ trợ doanh nghiệp đổi mới công nghệ, giảm phát thải khí nhà kính.",
    "Kỳ họp thứ tám thông qua nghị quyết về việc sắp xếp, tổ chức lại bộ máy.",
)
GOOD = (
    *SENTENCES,
    "Trang chủ · Giới thiệu · Tin tức", "Xã hội", "là và có không", "Báo chí – Ảnh", "HOÀ BÌNH", "Hoá học",
    "Les députés ont été reçus à l’Élysée : « la liberté » où naît l’été, près du château, à Noël, coûte que coûte.",
    "liberté\u00a0»", "MANHÃ, não, coração, é só, até já, você, português", "naïve, ambiguïté, haïr, jeûne, août",
    "Größe, Straße, „Spaß“, „SPÄ“, Käufer­innen, geändert, Übermut tut gut, Ärger über Öl und Föhn",
    "El niño está aquí; ¿qué pasó? Canción, corazón, así, día, más", "Perché ciò può così più città è là",
    "På flyplassen, blåbærsyltetøy, Ålesund, på øya", "Hyvää päivää, työ, yö, sää, käännös", "õhtu, öö, jäääär, kõõlus",
    "Türkçe ığdır şöyle çünkü", "Zażółć gęślą jaźń", "Příliš žluťoučký kůň", "Ősz, fűzfa, Ő, úr", "Țară, știință",
    "Министерство природных ресурсов", "Министр оголосив", "環境部長會議", "生态环境部", "環境省は会議を開く", "환경부",
    "กระทรวงทรัพยากร", "وزارة البيئة", "משרד להגנת הסביבה", "पर्यावरण मंत्रालय", "Υπουργείο Περιβάλλοντος", "ກະຊວງ",
    "16 °C, 5 µm, 10 m², ½ page, §§ 3–5, ©2024 ACME®, Łódź™, €5, £3, ¥9, a·b, 3¼", "Ð is a letter, Ñ too, Ø as well", "AT&T",
    "col·legi, Paral·lel, intel·ligència", "Bürger·innen, Ärzt·innen", "smørrebrød, œuvre, Æsir, þing, Ísland, ð",
)  # fmt: skip

paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6).map(" ".join)
good_pages = st.lists(st.sampled_from(GOOD), min_size=1, max_size=12)


def page(*paragraphs: str, charset: str = "utf-8") -> str:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<html><head><meta charset={charset}><title>{paragraphs[0]}</title></head><body>{body}</body></html>"


@given(good_pages)
def test_good_text_of_any_language_survives_unchanged(texts: list[str]) -> None:
    found = decode(page(*texts).encode(), content_type=None)

    assert found.text == page(*texts)
    assert found.notes == ()


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Co")), max_size=200))
def test_any_text_survives_unchanged_that_is_not_twice_encoded(text: str) -> None:
    found = decode(f"<p>{text}</p>".encode(), content_type=None)

    assert found.text == f"<p>{text}</p>" or "twice" in "".join(found.notes)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", ""])
@pytest.mark.parametrize(("typed", "way"), [(tcvn3, "TCVN3"), (vni, "VNI")])
@given(text=paragraphs)
@settings(max_examples=25)
def test_text_typed_for_fonts_is_converted(typed: object, way: str, charset: str, text: str) -> None:
    assert callable(typed)
    old = page(typed(text), charset=charset)

    found = decode(old.encode("utf-8" if charset == "utf-8" else "latin-1"), content_type=None)

    assert f"<p>{text}</p>" in found.text
    assert found.notes[-1] == f"Vietnamese typed for {way} fonts was converted"


@pytest.mark.parametrize("typed", [tcvn3, vni])
def test_bytes_typed_for_fonts_that_claim_utf_8_are_converted(typed: object) -> None:
    assert callable(typed)
    payload = page(typed(" ".join(SENTENCES))).encode("latin-1")

    assert SENTENCES[3] in decode(payload, content_type="text/html; charset=utf-8").text


@given(paragraphs, st.sampled_from(("windows-1252", "utf-8", "")))
def test_windows_1258_is_read(text: str, charset: str) -> None:
    found = decode(cp1258(page(text, charset=charset)), content_type=None)

    assert f"<p>{text}</p>" in found.text
    assert found.encoding == "cp1258"


@given(st.lists(st.sampled_from(SENTENCES + GOOD[8:]), min_size=4, max_size=9).map(" ".join))
def test_utf_8_encoded_twice_is_read(text: str) -> None:
    found = decode(page(doubled(text) + doubled(SENTENCES[0])).encode(), content_type=None)

    assert text in found.text


def test_a_single_quotation_mark_encoded_twice_is_read() -> None:
    assert "Vietnam’s news" in decode(page("Vietnamâ€™s news").encode(), content_type=None).text


def test_utf_8_encoded_three_times_is_read() -> None:
    found = decode(page(doubled(doubled(SENTENCES[0]))).encode(), content_type=None)

    assert SENTENCES[0] in found.text


def test_only_the_parts_that_were_encoded_twice_are_repaired() -> None:
    found = decode(page(SENTENCES[0], doubled(SENTENCES[1]), "„Spaß“ — liberté\u00a0»").encode(), content_type=None)

    assert found.text == page(SENTENCES[0], SENTENCES[1], "„Spaß“ — liberté\u00a0»")
    assert found.notes == ("22 characters had been encoded as UTF-8 twice",)


def test_twice_encoded_vietnamese_beside_good_letters_in_one_paragraph_is_repaired() -> None:
    found = decode(page(f"Đây là {doubled(SENTENCES[1])}").encode(), content_type=None)

    assert SENTENCES[1] in found.text


@pytest.mark.parametrize(
    "text",
    [
        "The letter é becomes Ã© when it is encoded twice, and à becomes Ã\u00a0, and ö Ã¶.",
        "Ã©",
        "liberté\u00a0» égalité\u00a0» fraternité\u00a0»",
        "<b>liberté\u00a0»</b> <b>égalité\u00a0»</b> <b>santé\u00a0»</b>",
    ],
)
def test_what_may_be_meant_is_not_repaired(text: str) -> None:
    assert decode(page(text).encode(), content_type=None).text == page(text)


@given(
    st.lists(
        st.sampled_from([one for one in GOOD if one.encode("latin-1", "ignore").decode("latin-1") == one]), min_size=1
    )
)
def test_western_languages_are_not_taken_for_vietnamese(texts: list[str]) -> None:
    found = decode(page(*texts, charset="iso-8859-1").encode("latin-1"), content_type=None)

    assert found.text == page(*texts, charset="iso-8859-1")
    assert found.notes == ()


def test_italian_is_not_taken_for_windows_1258() -> None:
    text = "Perciò si può dire che ciò non può essere: perché così è la città, e ciò è più giusto. "

    found = decode(page(text * 3, charset="iso-8859-1").encode("latin-1"), content_type=None)

    assert (found.encoding, text in found.text) == ("cp1252", True)


@pytest.mark.parametrize("typed", [tcvn3, vni])
def test_a_unicode_frame_around_an_old_text_stays(typed: object) -> None:
    assert callable(typed)
    frame = ("Trang chủ", "Giới thiệu", "Tin tức nổi bật", "Khí hậu", "Không có bài", "Bảo tồn", "Cúc Phương")
    old = page(*frame, typed(SENTENCES[0] + SENTENCES[1]), typed("Kỳ họp thứ tám"), "Größe, où ?", "16 °C · Tin")

    found = decode(old.encode(), content_type=None)

    assert found.text == page(*frame, SENTENCES[0] + SENTENCES[1], "Kỳ họp thứ tám", "Größe, où ?", "16 °C · Tin")


def test_references_to_the_fonts_characters_are_converted() -> None:
    typed = tcvn3(SENTENCES[0]).encode("ascii", errors="xmlcharrefreplace").decode()
    named = tcvn3(SENTENCES[1]).replace("µ", "&micro;").replace("¸", "&cedil;").replace("®", "&reg;")

    found = decode(page(typed, named, "1 &lt; 2 &#160; x &amp; y &#8211;").encode(), content_type=None)

    assert f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>" in found.text
    assert "1 &lt; 2 &#160; x &amp; y &#8211;" in found.text


def test_what_a_script_says_of_the_page_is_converted() -> None:
    script = f'<script type="application/ld+json">{{"headline": "{tcvn3(SENTENCES[3])}"}}</script>'

    assert SENTENCES[3] in decode((page(tcvn3(SENTENCES[0] * 3)) + script).encode(), content_type=None).text


@pytest.mark.parametrize(
    "piece", ["<script", "<script>µa ®b a¸", "Ã¡Â»", "á»‡", "a¸<", "<style>b¹", "®¸ç", "é\u00a0»", "&micro;", "oäeøaõ"]
)
def test_hostile_markup_is_read_in_time(piece: str) -> None:
    started = process_time()

    decode((piece * 60_000).encode(), content_type=None)

    assert process_time() - started < 3


def test_scripts_and_tables_of_letters_are_left_alone() -> None:
    script = '<script>var t = {"ä": "ae", "ö": "oe", "hé": "µa", "®a": "b¸", "c·": "x¶"}</script>'

    found = decode((page(tcvn3(SENTENCES[0] * 3)) + script).encode(), content_type=None)

    assert SENTENCES[0] in found.text
    assert script in found.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Bé TµI NGUY£N", "BỘ TÀI NGUYÊN"),
        ("Bé TµI NGUY£N, v.v.", "Bộ TÀI NGUYÊN, v.v."),
        ("ñY BAN NH¢N D¢N", "ỦY BAN NHÂN DÂN"),
        ("· Tin «míi» ®·", "· Tin «mới» đã"),
        ("§¾k L¾k, Größe, où", "Đắk Lắk, Größe, où"),
        ("x· héi", "xã hội"),
        ("Q§-UBND, xe « t«", "QĐ-UBND, xe ô tô"),
    ],
)
def test_capitals_and_bullets_of_tcvn3(typed: str, meant: str) -> None:
    assert TCVN3.text(typed) == meant


def test_capitals_of_vni() -> None:
    assert (
        VNI.text("COÄNG HOØA XAÕ HOÄI Vieät Nam, ÑEÀ AÙN, Thò traán, QÑ-UBND")
        == "CỘNG HÒA XÃ HỘI Việt Nam, ĐỀ ÁN, Thị trấn, QĐ-UBND"
    )


@pytest.mark.parametrize("text", ["→ next", "42\ufffd", "a 😀", "Straße", "環境", "liberté and x頻"])
def test_utf_8_with_few_characters_beyond_ascii_is_still_read_so(text: str) -> None:
    assert decode(page(text, charset="iso-8859-1").encode(), content_type=None).text == page(text, charset="iso-8859-1")


@pytest.mark.parametrize("text", ["Москва, Россия", "環境部長會議", "ok 😀 → ok 😀 → “ok”", "กระทรวง"])
def test_other_scripts_encoded_twice_are_read(text: str) -> None:
    assert text in decode(page(doubled(text)).encode(), content_type=None).text


def test_damaged_utf_8_typed_for_a_font_is_converted() -> None:
    payload = page(tcvn3(" ".join(SENTENCES))).encode() + tcvn3(SENTENCES[0]).encode("latin-1")

    assert decode(payload, content_type="text/html; charset=utf-8").text.count(SENTENCES[0]) == 3


def test_a_byte_order_mark_that_lies_is_not_believed() -> None:
    text = page(SENTENCES[0])

    assert decode(b"\xff\xfe" + text.encode(), content_type=None).text == text
    assert decode(b"\xef\xbb\xbf" + cp1258(page(SENTENCES[0] * 3)), content_type=None).encoding == "cp1258"
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode(), content_type=None).text == text


@pytest.mark.parametrize("claimed", ["utf-8", "utf-16"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SENTENCES[0], "環境部長會議", "Les députés"])
def test_utf_8_and_utf_16_that_claim_to_be_each_other_are_read(text: str, encoding: str, claimed: str) -> None:
    feed = f'<?xml version="1.0" encoding="{claimed}"?><rss><channel><title>{text}</title></channel></rss>'

    found = decode(feed.encode(encoding), content_type=f"application/rss+xml; charset={claimed}")

    assert found.text == feed


@pytest.mark.parametrize(
    "word", ["nghiêng", "quốc", "giếng", "gì", "ướt", "khuỷu", "Đặng", "ỷ", "thuở", "quýt", "loét"]
)
def test_vietnamese_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["für", "été", "où9", "cỏt", "việtnam", "zụ", "ngx", "niño", "strä", "bộộ", "b", ""])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_an_article_typed_for_a_font_is_read_and_says_so() -> None:
    body = "".join(f"<p><font face='.VnTime'>{tcvn3(one)}</font></p>" for one in SENTENCES)
    old = f"<html><body><article><h1>{tcvn3(SENTENCES[3])}</h1>{body}</article></body></html>"

    found = read_article(old.encode("latin-1"), url="https://a.gov.vn/1", content_type="text/html")

    assert found.headline == SENTENCES[3]
    assert SENTENCES[7] in found.body_text
    assert "Vietnamese typed for TCVN3 fonts was converted" in found.notes
