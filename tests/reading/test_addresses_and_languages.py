"""Each page says where it is and which language it is in; templates say it too, and not always truly."""

from __future__ import annotations

import pytest
from msgspec import structs

from scrapers.reading.article import read_article
from tests.reading.pages import read
from tests.reading.test_fields import SOURCE

TEXT = "<h1>A laboratory opens soon</h1><p>The ministry will open the new laboratory in the spring of next year.</p>"
OWN = "https://www.example.gov.vn/tin-tuc/mo-phong-thi-nghiem-moi-1234.html"


@pytest.mark.parametrize(
    ("stated", "og", "canonical"),
    [
        ("/tin-tuc/mo-phong-thi-nghiem-moi-1234.html", "", OWN),
        ("https://www.example.gov.vn/", "", OWN),
        ("https://www.example.gov.vn/tin-tuc", "", OWN),
        ("", "https://www.example.gov.vn", OWN),
        ("/other/article-of-another-day-7.html", OWN, OWN),
        ("https://archive.example.gov.vn/a/1", "", "https://archive.example.gov.vn/a/1"),
        ("javascript:void(0)", "", OWN),
        ("", "", OWN),
    ],
)
def test_the_canonical_address_is_one_the_page_can_have(stated: str, og: str, canonical: str) -> None:
    head = f"<link rel=canonical href='{stated}'><meta property='og:url' content='{og}'>"

    assert read(head + TEXT, url=f"{OWN}?utm_source=x").canonical_url == canonical


def test_a_variant_of_a_page_names_the_page_itself() -> None:
    head = f"<link rel=canonical href='{OWN}'>"

    assert read(head + TEXT, url=f"{OWN}/amp").canonical_url == OWN


def test_a_page_without_a_known_address_has_the_one_it_gives_itself() -> None:
    assert read(f"<link rel=canonical href='{OWN}'>{TEXT}", url="").canonical_url == OWN


ENGLISH = "<p>The law will be in force from April, and it is for all of the regions that are named in it by the ministry of the land.</p>"
VIETNAMESE = "<p>Hội nghị đã thống nhất ưu tiên đẩy mạnh hợp tác khu vực về ứng phó với biến đổi khí hậu trong những năm tới.</p>"


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("vi", ENGLISH, "en"),
        ("en-US", ENGLISH, "en-US"),
        ("en", VIETNAMESE, "vi"),
        ("en", "<p>Ok.</p>", "vi"),
        ("vi", VIETNAMESE, "vi"),
    ],
)
def test_a_source_s_page_may_be_in_another_language(declared: str, text: str, language: str) -> None:
    html = f"<html lang={declared}><h2 class=t>Luật mới</h2><div class=x>{text}</div>"
    source = structs.replace(SOURCE, language="vi")

    assert read_article(html.encode(), url=OWN, content_type=None, source=source).language == language
