"""No bytes on earth crash the reader of an entrance, or keep it for long."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.entrances.reading import read_headlines
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.sources import Entrance, Source
from tests.entrances.test_fixtures import FOLDER, PAGES

URL = "https://www.example.gov.vn/tin-tuc?page=2"
SOURCE = Source(
    slug="vn-example",
    ministry={"vi": "Bộ Ví dụ"},
    country="VN",
    language="vi",
    timezone="Asia/Ho_Chi_Minh",
    homepage=URL,
    entrances=(),
    layout="onecms",
)
Kind = Literal["listing", "feed", "sitemap", "api"]
PIECES = [
    b"",
    b"<",
    b">",
    b'"',
    b"</div>",
    b"<a href=",
    b"\xff",
    b"\x00",
    b"&",
    b"<table><tr>",
    b"]]>",
    b"2024",
    b"<![CDATA[",
]
PIECES += [
    b"{",
    b"}",
    b"[",
    b'"url":',
    b"null",
    b"\xfe\xff",
    b"<br>",
    b"<!DOCTYPE",
    b"1e999",
    b"\\u0000",
    b"http://[::1",
]
PIECES += [b"onclick=\"location='/a'\"", b'<base href="http://[">', b"99999999999999999999", b"%ff%00"]
MUTATIONS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(PIECES)), max_size=12)
KINDS: list[Kind | None] = [None, "listing", "feed", "sitemap", "api"]


def read(payload: bytes, kind: Kind | None, *, known: bool) -> None:
    entrance = Entrance(kind=kind, url=URL) if kind else None
    try:
        found = read_headlines(payload, url=URL, content_type=None, source=SOURCE if known else None, entrance=entrance)
    except (Unreadable, LayoutChanged):
        return
    assert all(row.url.startswith("http") for row in found.rows)
    assert all(url.startswith("http") for url in (*found.sitemaps, found.next_page or "http"))


@given(st.sampled_from(PAGES), MUTATIONS, st.floats(0, 1), st.sampled_from(KINDS), st.booleans())
@settings(max_examples=400, deadline=timedelta(seconds=2))
def test_mutated_entrances_are_read_or_refused(
    name: str, mutations: list[tuple[float, int, bytes]], cut: float, kind: Kind | None, known: bool
) -> None:
    payload = (FOLDER / name).read_bytes()
    for place, length, piece in mutations:
        at = int(place * len(payload))
        payload = payload[:at] + piece + payload[at + length :]
    payload = payload[: int(len(payload) * max(cut, 0.2))] if cut < 0.9 else payload

    read(payload, kind, known=known)


@given(st.binary(max_size=400), st.sampled_from(KINDS), st.booleans())
@settings(max_examples=150, deadline=timedelta(seconds=2))
def test_bytes_that_were_never_a_page(payload: bytes, kind: Kind | None, compressed: bool) -> None:
    read(gzip.compress(payload) if compressed else payload, kind, known=False)
