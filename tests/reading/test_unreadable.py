"""What is no page of an article is refused with words that say what it is."""

from __future__ import annotations

import json

import pytest

from scrapers.reading.article import read_article
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.reading.opening import MOST_BYTES, MOST_ELEMENTS, page_of
from scrapers.reading.text import decode

URL = "https://www.example.gov.vn/a"


def refused(payload: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_article(payload, url=URL, content_type=None)
    assert caught.value.url == URL
    assert str(caught.value) == f"{URL}: {caught.value.message}"
    return caught.value.message


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"", "the page is empty"),
        (b" \r\n\t", "the page is empty"),
        (b"%PDF-1.7 ...", "this is a PDF document, not a web page"),
        (b"PK\x03\x04 ...", "this is a ZIP archive or an Office document, not a web page"),
        (b"\xff\xd8\xff\xe0", "this is a JPEG picture, not a web page"),
        (b"\x00" * 2000, "this is no HTML"),
        (
            b"<html><body><script>app()</script><div id=root></div></body></html>",
            "neither a headline nor a text was found",
        ),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "this is a feed or a sitemap (<rss>)"),
        (b"<urlset xmlns='x'></urlset>", "this is a feed or a sitemap (<urlset>)"),
        (b'{"data": [1, 2]}', "this is JSON of a kind we do not know"),
        (b"[1]", "this is JSON of a kind we do not know"),
        (b'{"title": ""}', "this is JSON of a kind we do not know"),
        (b'{"title": "a", "details": ', "this is JSON of a kind we do not know"),
        (b'{"title": " ", "content_id": "1", "details": {}}', "the API's answer has no title"),
        ("§$%&/()=?".encode() * 40, "this is no HTML"),
    ],
)
def test_what_is_no_page_is_named(payload: bytes, message: str) -> None:
    assert message in refused(payload)


def test_a_page_of_fifty_megabytes_is_refused_at_once() -> None:
    assert refused(b"<p>x</p>" * (50 * 1024 * 1024 // 8)) == "the page has 50.0 MB; more than 8 MB are not read"


def test_a_page_of_too_many_elements_is_refused() -> None:
    payload = b"<h1>a</h1>" + b"<br>" * (MOST_ELEMENTS + 1)

    assert len(payload) < MOST_BYTES
    assert "elements; more than 100,000 are not read" in refused(payload)


def test_a_page_of_tags_is_refused_before_it_is_parsed() -> None:
    assert refused(b"<h1>a</h1>" + b"<b>x" * 600_000) == "the page has 600,002 tags; more than 500,000 are not read"


def test_a_text_without_end_is_refused() -> None:
    assert "its text alone has 4,000,0" in refused(b"<h1>A b c d</h1><p>" + b"word " * 800_000)


def test_plain_text_is_read_as_paragraphs() -> None:
    found = read_article("Thông báo số 12/TB-BTC.\n\nHọp lúc 8 giờ.".encode(), url=URL, content_type="text/plain")

    assert found.headline == ""
    assert found.body_text == "Thông báo số 12/TB-BTC.\n\nHọp lúc 8 giờ."
    assert found.documents == ("12/TB-BTC",)


def test_a_text_without_any_headline_is_read_with_none() -> None:
    found = read_article(b"<div class=govspeak><p>The limits apply from April.</p></div>", url=URL, content_type=None)

    assert found.headline == ""
    assert found.body_text == "The limits apply from April."
    assert "headline" not in {reason.field for reason in found.passport}


@pytest.mark.parametrize("html", ["<div>" * 5000 + "<p>deep</p>", "<p>a</p>" * 20_000, ""])
def test_an_answer_of_the_api_may_hold_any_markup(html: str) -> None:
    answer = json.dumps({"title": "River limits", "content_id": "1", "details": {"body": html}})

    found = read_article(answer.encode(), url=URL, content_type="application/json")

    assert found.layout == "govuk-api"
    assert ("deep" in found.body_text) == ("deep" in html)


def test_an_opened_page_can_be_asked_for_its_parts() -> None:
    page = page_of(decode(b"<title>a</title><base href='/x/'><p class=b>c", content_type=None), url=URL)

    assert page.base == "https://www.example.gov.vn/x/"
    assert page.names == {"b"}


def test_a_changed_layout_says_where_and_what() -> None:
    error = LayoutChanged(URL, ".row")

    assert (error.url, error.selector) == (URL, ".row")
    assert str(error).startswith(f"{URL}: .row: nothing matches")
    assert str(LayoutChanged("", ".row", "gone")) == "page without address: .row: gone"
