"""Links to documents are attachments, however the page says that they are, each with what is said of it."""

from __future__ import annotations

import pytest

from scrapers.items import Attachment
from scrapers.media_types import DOCUMENTS, media_type
from tests.reading.pages import read

TEXT = "<p>The ministry will open the new laboratory in the spring of next year, officials said.</p>"
PDF, DOC, XLSX, ODT = DOCUMENTS["pdf"], DOCUMENTS["doc"], DOCUMENTS["xlsx"], DOCUMENTS["odt"]


def attached(link: str) -> list[Attachment]:
    return list(read(f"<h1>A circular is published</h1><article>{TEXT}<p>{link}</p></article>").attachments)


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("<a href='/download?id=7&format=pdf'>Circular</a>", PDF),
        ("<a href='/export?type=xlsx'>Circular</a>", XLSX),
        ("<a href=/d/7 type=application/pdf>Circular</a>", PDF),
        ("<a href=/d/7 type='application/pdf; length=345'>Circular</a>", PDF),
        ("<a href=/d/7 download=circular.odt>Circular</a>", ODT),
        ("<a href=/d/7 data-filename='circular.doc'>Circular</a>", DOC),
        ("<a href=/d/7 data-file-extension=PDF>Circular</a>", PDF),
        ("<a href='/download?id=7'>Circular (PDF, 245 KB)</a>", PDF),
        ("<a href='/getfile.aspx?id=7'>Circular [Word]</a>", DOC),
        ("<a href='/download/7'>Circular</a> (PDF)", PDF),
        ("<a href='/files/7'>Circular PDF – 1,2 Mo</a>", PDF),
        ("<a href='/files/7'>要綱（PDF形式：245KB）</a>", PDF),
        ("<span class='file file--mime-application-pdf'><a href=/sites/default/7>Circular</a></span>", PDF),
        ("<a href=/attachment/7><i class='fa fa-file-pdf'></i> Circular</a>", PDF),
        ("<a href=/attachment/7><i class=icon-excel></i> Circular</a>", DOCUMENTS["xls"]),
        ("<a href='/media/7.docm'>Circular</a>", DOCUMENTS["docm"]),
    ],
)
def test_a_link_is_a_file_s_when_address_attributes_or_words_say_so(link: str, kind: str) -> None:
    assert [one.type for one in attached(link)] == [kind]


@pytest.mark.parametrize(
    "link",
    [
        "<a href=/news/pdf-is-a-format>What PDF is</a>",
        "<a href=/download>Downloads</a>",
        "<a href='/news/7'>Circular (PDF, 245 KB)</a>",
        "<a href='#pdf' type=application/pdf>Circular</a>",
        "<a href='mailto:pdf@example.org'>Circular (PDF)</a>",
        "<a href='/download/app'>The app, version 2</a>",
        "<a href='/a.html' type=text/html>Circular</a>",
        "<a download=photo.jpg href=/p/7>Photo</a>",
        "<a>Circular.pdf</a>",
    ],
)
def test_other_links_are_no_files(link: str) -> None:
    assert attached(link) == []


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("245 KB", 250880),
        ("1.2 MB", 1258291),
        ("1,2 Mo", 1258291),
        ("1,234 KB", 1263616),
        ("1.234 MB", 1293943),
        ("12 345 bytes", 12345),
        ("2 МБ", 2097152),
        ("300キロバイト", 307200),
        ("5 octets", 5),
        ("12 members", None),
        ("5 GBP", None),
    ],
)
def test_a_size_is_read_as_it_is_printed(words: str, size: int | None) -> None:
    assert [one.size for one in attached(f"<a href=/a.pdf>Circular</a> ({words})")] == [size]


def test_an_attachment_of_gov_uk_has_its_title_type_and_size() -> None:
    found = attached(
        "<section class=gem-c-attachment><h3 class=gem-c-attachment__title><a href=/media/5f/plan.pdf>The plan</a></h3>"
        "<p><span>PDF</span>, <span>1.5 MB</span>, <span>12 pages</span></p></section>"
    )

    assert [(one.title, one.type, one.size) for one in found] == [("The plan", PDF, 1572864)]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://x.org/a.PDF", PDF),
        ("https://x.org/a.jpeg?x=1", "image/jpeg"),
        ("https://x.org/a.b/c", ""),
        ("https://x.org/", ""),
    ],
)
def test_the_end_of_an_address_promises_a_media_type(url: str, kind: str) -> None:
    assert media_type(url) == kind
