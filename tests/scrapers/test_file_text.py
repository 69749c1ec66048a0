"""What PDF and DOCX files say, and what becomes of those that mean harm: a note, never an error."""

from __future__ import annotations

import io
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.papers import docx, packed, pdf, stream, written
from scrapers import file_reading
from scrapers.file_kinds import HTML, kind_of, name_of
from scrapers.file_reading import read
from scrapers.file_text import FileText, read_text
from scrapers.media_types import DOCUMENTS
from scrapers.reading.legacy import TCVN3

PDF, DOCX = DOCUMENTS["pdf"], DOCUMENTS["docx"]
LINES = ["BỘ THÍ DỤ", "Thông tư số 12/2023/TT-BTD về đa dạng sinh học"]
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_content(content: bytes, *, coded: str = "", font: bytes = b"/Helvetica", extra: bytes = b"") -> bytes:
    """Return a PDF of one page with this content stream."""
    coding = f"/Filter /{coded} ".encode() if coded else b""
    page = b"<< %s/Length %d >>\nstream\n%s\nendstream" % (coding, len(content), content)
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> %s >> >>" % extra,
            page,
            b"<< /Type /Font /Subtype /TrueType /BaseFont %s /Encoding /WinAnsiEncoding >>" % font,
        ]
    )


def shown(lines: list[bytes]) -> bytes:
    return b"BT /F1 12 Tf 60 780 Td " + b" ".join(b"<%s> Tj 0 -18 Td" % line.hex().encode() for line in lines) + b" ET"


# -- what files say ------------------------------------------------------------------------------------------------


def test_a_pdf_is_read_in_a_process_of_its_own() -> None:
    found = read_text(pdf([LINES, ["Trang hai"]]), PDF)

    assert found.text == "BỘ THÍ DỤ\nThông tư số 12/2023/TT-BTD về đa dạng sinh học\n\nTrang hai"
    assert (found.pages, found.note) == (2, "")
    assert unicodedata.is_normalized("NFC", found.text)


def test_a_docx_is_read_with_its_tables_and_boxes_in_order() -> None:
    body = (
        f"<w:document {WORD} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><w:body>"
        "<w:p><w:r><w:t>Điều 1.</w:t></w:r><w:r><w:tab/><w:t>Phạm vi</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ô một</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>Ô hai</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>"
        "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>khung</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>khung</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
        "</w:body></w:document>"
    )

    found = read_text(packed(body.encode()), DOCX)

    assert found.text.split("\n") == ["Điều 1. Phạm vi", "Ô một", "Ô hai", "thêm", "khung"]


def test_a_docx_as_word_writes_it_is_read() -> None:
    from docx import Document

    document, file = Document(), io.BytesIO()
    document.add_heading("Quyết định", 1)
    document.add_table(1, 2).rows[0].cells[1].text = "1.500 đồng"
    document.save(file)

    found = read(file.getvalue(), "docx")

    assert "Quyết định" in found.text and "1.500 đồng" in found.text


def test_text_typed_for_tcvn3_fonts_is_converted() -> None:
    said = ["Bộ trưởng Bộ Tài nguyên và Môi trường ký ban hành Thông tư", "kỹ thuật đo đạc địa chính, được phê duyệt"]
    typed = {TCVN3.read(chr(code)): code for code in range(0xA1, 0xFF) if TCVN3.read(chr(code)) != chr(code)}
    lines = [bytes(typed.get(letter, ord(letter)) for letter in line) for line in said]

    found = read(with_content(shown(lines), font=b"/.VnTime"), "pdf")

    assert found.text.split("\n") == said
    assert "TCVN3" in found.note


def test_text_without_accents_stays_as_it_is() -> None:
    assert read(with_content(shown([b"Plain <b> & words"])), "pdf").text == "Plain <b> & words"


# -- what is the same ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (pdf([LINES]), pdf([LINES], made="20260404000000Z"), True),
        (pdf([LINES]), pdf([LINES[:1]]), False),
        (pdf([LINES]), pdf([LINES, []]), False),
        (pdf([LINES], image=b"\x10"), pdf([LINES], image=b"\x20"), False),
        (pdf([LINES], image=b"\x10"), pdf([LINES], image=b"\x10", made="20260404000000Z"), True),
        (docx(LINES), docx(LINES, made=(2026, 4, 4, 1, 2, 4)), True),
        (docx(LINES), docx(LINES[1:]), False),
    ],
)
def test_what_a_file_shows_tells_whether_it_is_the_same(one: bytes, other: bytes, *, same: bool) -> None:
    reader = "pdf" if one.startswith(b"%PDF") else "docx"
    first, second = read(one, reader).content, read(other, reader).content

    assert one != other
    assert first and (first == second) is same


def test_of_a_file_that_shows_nothing_we_can_tell_the_bytes_decide() -> None:
    assert read(with_content(b"0 0 100 100 re f"), "pdf").content == ""


# -- what cannot be read -------------------------------------------------------------------------------------------


def test_scanned_pages_are_said_to_have_no_text() -> None:
    assert read(pdf([[], []], image=b"\x10"), "pdf").note == "it has no text, only pictures"
    assert read(pdf([LINES, []]), "pdf").note == "1 of its 2 pages have no text"
    assert read(pdf([[]]), "pdf").note == "it has no text"


@pytest.mark.parametrize(("password", "note"), [("geheim", "it is locked with a password"), ("", "")])
def test_a_locked_pdf_is_not_read_and_one_that_may_only_not_be_changed_is(password: str, note: str) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(pdf([LINES]))))
    writer.encrypt(password, "owner", algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)

    found = read(file.getvalue(), "pdf")

    assert (found.note, "đa dạng" in found.text) == (note, not password)


def test_a_locked_docx_is_said_to_be_locked() -> None:
    file = bytearray(docx(LINES))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = file.find(sign)
        while at >= 0:
            file[at + place] |= 1
            at = file.find(sign, at + 1)

    assert read(bytes(file), "docx").note == "it is locked with a password"


def test_a_pdf_that_unpacks_to_no_end_is_not_unpacked() -> None:
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * 1_000_000) for _ in range(90)) + packer.flush()

    found = read_text(with_content(content, coded="FlateDecode"), PDF)

    assert (found.text, found.content) == ("", "")
    assert found.note


def test_a_docx_that_unpacks_to_no_end_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(220):
            part.write(b"<" * 1_000_000)

    assert read(file.getvalue(), "docx").note == "it is not read: it unpacks to more than 200 MB"


def test_xml_entities_are_not_expanded() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    evil = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = f"{evil}<w:document {WORD}><w:body><w:p><w:r><w:t>a&l9;b&f;</w:t></w:r></w:p></w:body></w:document>"

    found = read(packed(body.encode()), "docx")

    assert "root:" not in found.text and len(found.text) < 100


@pytest.mark.slow
def test_a_file_that_takes_too_long_is_read_as_far_as_it_went() -> None:
    pages = [LINES, ["x" * 80] * 50_000]

    found = read_text(pdf(pages), PDF, cpu=1)

    assert "that takes too long" in found.note
    assert found.content == ""
    assert found.text.startswith("BỘ THÍ DỤ")


@pytest.mark.parametrize("kids", [b"[2 0 R]", b"[3 0 R 2 0 R]", b"3 0 R", b"[null]", b"[[[3 0 R]]]"])
def test_trees_of_pages_that_go_in_circles_have_an_end(kids: bytes) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids %s /Count 999999999 >>" % kids,
        b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
    ]

    assert read_text(written(objects), PDF, cpu=3).content == ""


def test_forms_that_hold_themselves_have_an_end() -> None:
    form = b"<< /Subtype /Form /Resources << /XObject << /X 6 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream"
    file = with_content(b"/X Do", extra=b"/XObject << /X 6 0 R >>")
    objects = [part.split(b"\nendobj")[0] for part in file.split(b" 0 obj\n")[1:]]

    assert isinstance(read_text(written([*objects, form]), PDF, cpu=3), FileText)


@pytest.mark.parametrize(
    ("limit", "note"), [("PAGES", "only its first 2 of 3 pages"), ("CHARACTERS", "only its first")]
)
def test_long_files_are_read_in_part(monkeypatch: pytest.MonkeyPatch, limit: str, note: str) -> None:
    monkeypatch.setattr(file_reading, limit, 2)

    found = read(pdf([LINES, LINES, LINES]), "pdf")

    assert note in found.note
    assert found.content == ""


def test_a_long_docx_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_reading, "CHARACTERS", 10)

    found = read(docx(["một hai ba", "bốn năm"]), "docx")

    assert (found.text, found.content) == ("một hai b", "")


@pytest.mark.parametrize("library", ["pypdf", "docx"])
def test_without_the_libraries_the_note_says_what_to_install(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    found = read_text(pdf([LINES]), PDF) if library == "pypdf" else read_text(docx(LINES), DOCX)

    assert "install bantin[documents]" in found.note


@pytest.mark.parametrize("ending", ["doc", "xls", "xlsx", "zip", "rtf"])
def test_of_other_formats_no_text_is_read_and_it_is_said(ending: str) -> None:
    assert "not read" in read_text(b"whatever", DOCUMENTS[ending]).note


SOUND = {"pdf": pdf([LINES, LINES], image=b"\x10"), "docx": docx(LINES)}


@settings(max_examples=60)
@given(st.sampled_from(["pdf", "docx"]), st.integers(0, 3000), st.integers(0, 3000), st.binary(max_size=12))
def test_no_damage_is_an_error(reader: str, start: int, gap: int, put: bytes) -> None:
    sound = SOUND[reader]
    start %= len(sound)

    found = read(sound[:start] + put + sound[start + gap % 40 :], reader)

    assert len(found.text) < 10_000


@pytest.mark.slow
@given(st.binary(max_size=300))
@settings(max_examples=20)
def test_nothing_that_calls_itself_a_pdf_breaks_the_process(rest: bytes) -> None:
    assert read_text(b"%PDF-1.7\n" + rest, PDF).note


# -- what files are ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payload", "url", "stated", "kind"),
    [
        (pdf([LINES]), "https://a.vn/x.doc", "text/html", PDF),
        (b"\n\n%PDF-1.4", "https://a.vn/x", "", PDF),
        (docx(LINES), "https://a.vn/get?id=7", "application/octet-stream", DOCX),
        (docx(LINES), "https://a.vn/x.docm", "", DOCUMENTS["docm"]),
        (b"PK\x03\x04 nothing known", "https://a.vn/x.docx", "", DOCUMENTS["zip"]),
        (b"PK\x03\x04 .. mimetypeapplication/vnd.oasis.opendocument.text ..", "https://a.vn/x", "", DOCUMENTS["odt"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "https://a.vn/x.xls", "", DOCUMENTS["xls"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "https://a.vn/x", "", "application/x-ole-storage"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "https://a.vn/x", "application/msword; a=b", DOCUMENTS["doc"]),
        (b"{\\rtf1 ..", "https://a.vn/x.doc", "application/msword", DOCUMENTS["rtf"]),
        (b"\xef\xbb\xbf <!DOCTYPE HTML><html>", "https://a.vn/x.pdf", "application/pdf", HTML),
        (b"<!-- x --><HTML>", "https://a.vn/x.pdf", "", HTML),
        (b"Not found", "https://a.vn/x.pdf", "text/html; charset=utf-8", HTML),
        (b"a;b;c", "https://a.vn/x.csv", "", "text/csv"),
        (b"a;b;c", "https://a.vn/x", "Text/CSV", "text/csv"),
        (b"???", "https://a.vn/x", "", ""),
    ],
)
def test_a_file_is_what_its_first_bytes_say(payload: bytes, url: str, stated: str, kind: str) -> None:
    assert kind_of(payload, url=url, headers=(("Content-Type", stated),) if stated else ()) == kind


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("", "Thông tư.pdf"),
        ("inline", "Thông tư.pdf"),
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename=a.pdf", "a.pdf"),
        ("attachment; filename*=UTF-8''Th%C3%B4ng%20t%C6%B0.pdf", "Thông tư.pdf"),
        ('attachment; filename="Thông tư.pdf"'.encode().decode("latin-1"), "Thông tư.pdf"),
        ('attachment; filename="Th%C3%B4ng t%C6%B0.pdf"', "Thông tư.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\x\\\\b.pdf"', "b.pdf"),
        ("attachment; filename*=XX-9''%FF", "ÿ"),
    ],
)
def test_a_file_is_called_as_the_server_says_else_as_its_address_ends(disposition: str, name: str) -> None:
    headers = (("Content-Disposition", disposition),) if disposition else ()

    assert name_of("https://a.vn/files/Th%C3%B4ng%20t%C6%B0.pdf?x=/y", headers) == name


@given(st.text(max_size=80))
def test_no_name_is_an_error(text: str) -> None:
    found: Callable[[str], str] = lambda url: name_of(url, (("content-disposition", f"attachment; filename={text}"),))  # noqa: E731

    assert "/" not in found("https://a.vn/x") and "\\" not in found("https://a.vn/x")
    assert stream(b"") and isinstance(name_of(f"https://a.vn/{text.replace('[', '')}", ()), str)
