"""What is answered to readers that already have something."""

import gzip
from datetime import UTC, datetime

import pytest
from starlette.datastructures import Headers

from web.replies import Document, document, reply, takes_gzip

BODY = b"<feed>" + b"tin " * 500 + b"</feed>"
MODIFIED = datetime(2023, 9, 1, 8, 0, 0, 900_000, tzinfo=UTC)
STAMP = "Fri, 01 Sep 2023 08:00:00 GMT"


@pytest.fixture
def feed() -> Document:
    return document(BODY, media="application/atom+xml", cache="public, max-age=300", modified=MODIFIED, shared=True)


def tags(feed: Document) -> tuple[str, str]:
    return f'"{feed.tag}"', f'"{feed.tag}-gzip"'


def test_a_first_request_gets_everything_and_the_means_to_ask_again(feed: Document) -> None:
    answer = reply(feed, Headers())

    assert answer.status_code == 200
    assert answer.body == BODY
    assert dict(answer.headers) == {
        "etag": tags(feed)[0],
        "last-modified": STAMP,
        "cache-control": "public, max-age=300",
        "vary": "Accept-Encoding",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Last-Modified",
        "content-type": "application/atom+xml",
        "accept-ranges": "none",
        "content-length": str(len(BODY)),
    }


def test_gzip_has_a_tag_of_its_own(feed: Document) -> None:
    answer = reply(feed, Headers({"accept-encoding": "gzip, br"}))

    assert gzip.decompress(answer.body) == BODY
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["etag"] == tags(feed)[1]
    assert answer.headers["vary"] == "Accept-Encoding"


def test_small_documents_are_not_packed() -> None:
    answer = reply(document(b"tin", media="text/plain", cache="no-cache"), Headers({"accept-encoding": "gzip"}))

    assert answer.body == b"tin"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("x-gzip", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("gzip;q=much", True),
        ("gzip;q=1.2.3", False),
        ("identity", False),
        ("", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(accepted: str, taken: bool) -> None:
    assert takes_gzip(accepted) is taken


@pytest.mark.parametrize("coding", ["", "gzip"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if-none-match": "{tag}"}, 304),
        ({"if-none-match": "W/{tag}"}, 304),
        ({"if-none-match": '"other", {tag}'}, 304),
        ({"if-none-match": '"other",W/{tag}'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"other"'}, 200),
        ({"if-none-match": "{bare}"}, 304),
        ({"if-none-match": "garbage"}, 200),
        ({"if-none-match": ""}, 200),
        ({"if-none-match": '"'}, 200),
        ({"if-none-match": '"other"', "if-modified-since": STAMP}, 200),
        ({"if-none-match": "{tag}", "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 304),
        ({"if-modified-since": STAMP}, 304),
        ({"if-modified-since": "Mon, 99999999999999999999 Jan 2024 00:00:00 GMT"}, 200),
        ({"if-modified-since": "Sat, 02 Sep 2023 08:00:00 GMT"}, 304),
        ({"if-modified-since": "Fri, 01 Sep 2023 07:59:59 GMT"}, 200),
        ({"if-modified-since": "Fri, 01 Sep 2023 08:00:00"}, 304),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-modified-since": "Fri, 99 Sep 2023 08:00:00 GMT"}, 200),
    ],
)
def test_what_the_reader_has_is_not_sent_again(
    feed: Document, headers: dict[str, str], status: int, coding: str
) -> None:
    tag = tags(feed)[bool(coding)]
    told = {name: value.format(tag=tag, bare=tag.strip('"')) for name, value in headers.items()}

    answer = reply(feed, Headers({**told, "accept-encoding": coding}))

    assert answer.status_code == status
    assert answer.headers["etag"] == tag
    if status == 304:
        assert answer.body == b""
        for name in ("cache-control", "vary", "last-modified"):
            assert name in answer.headers
        assert "content-type" not in answer.headers


def test_a_tag_of_the_other_coding_names_the_same_feed(feed: Document) -> None:
    plain, packed = tags(feed)

    answer = reply(feed, Headers({"if-none-match": plain, "accept-encoding": "gzip"}))

    assert answer.status_code == 304
    assert answer.headers["etag"] == plain
    assert reply(feed, Headers({"if-none-match": packed})).headers["etag"] == packed


def test_several_header_lines_are_one_list(feed: Document) -> None:
    lines = Headers(raw=[(b"if-none-match", b'"a"'), (b"if-none-match", tags(feed)[0].encode())])

    assert reply(feed, lines).status_code == 304


def test_an_error_page_is_never_304(feed: Document) -> None:
    assert reply(feed, Headers({"if-none-match": "*"}), status=503).status_code == 503


def test_a_page_without_a_time_ignores_if_modified_since() -> None:
    answer = reply(document(BODY, media="text/html", cache="no-cache"), Headers({"if-modified-since": STAMP}))

    assert answer.status_code == 200
    assert "last-modified" not in answer.headers
