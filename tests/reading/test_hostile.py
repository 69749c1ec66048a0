"""No page, however damaged, raises anything but Unreadable, and none takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.items import Article
from scrapers.reading.article import read_article
from scrapers.reading.errors import Unreadable
from scrapers.reading.plain import plain
from tests.reading.pages import PAGES, URL

PAYLOADS = [path.read_bytes() for path in PAGES]
PIECES = [b"<", b">", b"&", b"\x00", b"\xff", b"</div>", b"<div>", b"<table><tr><td>", b"<!--", b"<![CDATA[", b'"', b"'", b"<script>", b"<b><p>",
          b"&#0;", b"&#xD800;", b"&#1;", b"&#12;", b"<img src=x", b"<a href='http://[", b"<title>", b"<h1>", b"<base href='//['>", b"{", b"[",
          b"<figure><img src=a.jpg>", b"\xe1\xba", b"<svg><style>", b"<select><option>", b"<frameset>", b"</body>", b"<ul><li><ul>"]  # fmt: skip


def attempt(payload: bytes) -> Article | None:
    try:
        return read_article(payload, url=URL, content_type=None)
    except Unreadable as refusal:
        assert refusal.message
        return None


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    payload = draw(st.sampled_from(PAYLOADS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(payload)))
        length = draw(st.integers(0, 200))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        payload = payload[:start] + piece * draw(st.integers(1, 4)) + payload[start + length :]
    return payload[: draw(st.integers(0, len(payload)))] if draw(st.booleans()) else payload


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_a_damaged_page_is_read_or_refused(payload: bytes) -> None:
    article = attempt(payload)

    if article is not None:
        record = plain(article)
        str(record).encode("utf-8")
        assert "\x00" not in article.body_html
        assert "<script" not in article.body_html


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(payload: bytes) -> None:
    attempt(payload)


def page(body: str, title: str = "Headline of a nasty page") -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode()


SENTENCE = "<p>Some words that make a sentence of the usual length, with a comma.</p>"
NASTY = {
    "10,000 divs": page("<div>" * 10_000 + SENTENCE * 20 + "</div>" * 10_000),
    "tables in tables": page("<table><tr><td>" * 3_000 + SENTENCE * 20),
    "lists in lists": page("<ul><li>" * 5_000 + SENTENCE * 20),
    "lists in bare lists": page("<ul>" * 400 + SENTENCE * 20),
    "quotes in quotes": page("<blockquote>" * 400 + SENTENCE * 20),
    "boxes in boxes": page("<div class='related'>" * 2_000 + SENTENCE * 50),
    "one very long word": page("<p>" + "x" * 2_000_000),
    "only brackets": page("<" * 1_000_000),
    "pictures": page(("<p><img src=a.jpg></p><p><em>cap</em></p>" + SENTENCE) * 1_500),
    "empty siblings": page("<p><img src=a.jpg></p>" + "<p></p>" * 5_000 + SENTENCE * 5),
    "a caption of brackets": page(
        "<figure><img src=a.jpg><figcaption>" + "( " * 50_000 + "</figcaption></figure>" + SENTENCE * 3
    ),
    "a title of separators": page(SENTENCE * 5, "a | " * 20_000),
    "a name of hyphens": page(SENTENCE * 5 + "<p>" + "A-" * 20_000 + "</p>"),
    "numbers": page("<p>" + "1234/" * 100_000 + "</p>"),
    "dates": page(
        "".join(f"<span>{number % 28 + 1}/{number % 12 + 1}/20{number % 25:02}</span>" for number in range(8_000))
        + SENTENCE * 9
    ),
    "deep JSON": page("<script type='application/ld+json'>" + "[" * 500_000 + "</script>" + SENTENCE * 5),
    "much JSON": page(
        "<script type='application/ld+json'>["
        + '{"@type":"Article","author":["a"]},' * 50_000
        + "{}]</script>"
        + SENTENCE * 5
    ),
    "metas": b"<meta name=a content=b>" * 60_000 + SENTENCE.encode() * 5,
    "comments": page("<!--" * 500_000),
    "control characters": page("".join(map(chr, range(1, 32))) * 500 + SENTENCE * 5),
    "breaks": page("word<br>" * 30_000),
    "marks on one letter": page("<p>a" + "\u0301\u0323" * 200_000 + "</p>" + SENTENCE * 5),
    "marks in entities": page("<p>a" + "&#x301;&#x323;" * 200_000 + "</p>" + SENTENCE * 5),
    "marks in windows-1258": b"<meta charset=windows-1258><p>" + b"a\xec a\xf2 a\xcc " + b"\xcc\xf2" * 400_000,
    "a long breadcrumb": page("<ol class=breadcrumb>" + "<li><a href=/1>B</a></li>" * 40_000 + "</ol>" + SENTENCE * 5),
    "files beside each other": page(
        SENTENCE * 5 + "<div>" + "".join(f"<a href=/{n}.pdf>File</a>" for n in range(15_000)) + "</div>"
    ),
    "links to one file": page(SENTENCE * 5 + "<div>" + "<a href=/a.pdf>File</a>" * 15_000 + "</div>"),
    "pictures in one element": page(
        SENTENCE * 5 + "<div>" + "".join(f"<img src=/{n}.jpg>" for n in range(30_000)) + "Words</div>"
    ),
}


@pytest.mark.parametrize("payload", NASTY.values(), ids=NASTY)
def test_no_page_takes_for_ever(payload: bytes) -> None:
    began = time.process_time()

    attempt(payload)

    # On an idle machine none takes two seconds; twenty tell a page that never ends from a machine that is busy.
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "name",
    ["10,000 divs", "tables in tables", "lists in lists", "lists in bare lists", "quotes in quotes", "boxes in boxes"],
)
def test_deep_pages_lose_no_text(name: str) -> None:
    found = attempt(NASTY[name])

    assert found is not None
    assert found.body_text.count("Some words that make a sentence") >= 20


def test_a_class_of_a_million_names_and_a_byline_of_a_million_people_cost_little() -> None:
    people = ", ".join("Ann Lee" for _ in range(200_000))
    found = attempt(
        page(f"<div class='{'a' * 9} {'b ' * 1_000_000}'>{SENTENCE * 5}</div><p class='byline'>By {people}</p>")
    )

    assert found is not None and found.body_text.count("Some words") == 5
