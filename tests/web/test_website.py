"""The website over a real socket: feeds, headers, methods, and what happens without an archive."""

import sqlite3
from collections.abc import Iterator

import pytest

from tests.web.making import Archive, Get, on_air, website
from web import app as web_app
from web.app import create_app

TYPES = {
    "vn-thidu.atom": "application/atom+xml; charset=utf-8",
    "vn-thidu.rss": "application/rss+xml; charset=utf-8",
    "vn-thidu.json": "application/feed+json; charset=utf-8",
    "bantin.opml": "text/x-opml; charset=utf-8",
}


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Get]:
    """A website with feeds, and without an archive."""
    archive = Archive(tmp_path_factory.mktemp("home"))
    for name in TYPES:
        archive.feed(name, f"<feed name='{name}'>{'tin ' * 400}</feed>")
    with website(archive) as get:
        yield get


@pytest.mark.parametrize(("name", "media"), TYPES.items())
def test_a_feed_has_its_own_type_and_no_cookies(get: Get, name: str, media: str) -> None:
    answer = get(f"/feeds/{name}")

    assert answer.status == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"].startswith("public, max-age=")
    assert "date" in answer.headers
    assert "server" not in answer.headers
    assert "set-cookie" not in answer.headers


def test_head_says_what_get_says(get: Get) -> None:
    whole, head = get("/feeds/vn-thidu.atom"), get("/feeds/vn-thidu.atom", "HEAD")

    assert head.body == b""
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}
    assert get("/feeds/vn-thidu.atom", "HEAD", If_None_Match=whole.headers["etag"]).status == 304


def test_revalidation_answers_304_without_a_body(get: Get) -> None:
    packed = get("/feeds/vn-thidu.atom", Accept_Encoding="gzip")

    again = get("/feeds/vn-thidu.atom", Accept_Encoding="gzip", If_None_Match=packed.headers["etag"])
    since = get("/feeds/vn-thidu.atom", If_Modified_Since=packed.headers["last-modified"])

    assert packed.headers["content-encoding"] == "gzip"
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == packed.headers["etag"]
    assert since.status == 304


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/html"},
        {"Accept": "text/html,application/xhtml+xml", "Sec_Fetch_Dest": "document"},
        {"Range": "bytes=0-10"},
        {"User_Agent": ""},
        {"If_None_Match": "x" * 300},
        {"Host": "evil.example"},
    ],
)
def test_nothing_a_reader_says_turns_a_feed_into_something_else(get: Get, headers: dict[str, str]) -> None:
    answer = get("/feeds/vn-thidu.atom?unknown=1", **headers)

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert len(answer.body) == int(answer.headers["content-length"]) > 1000
    assert b"evil" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/feeds/vn-thidu.atom", "/nowhere"])
def test_it_is_for_reading_only(get: Get, method: str, path: str) -> None:
    answer = get(path, method)

    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "path", ["/feeds/nobody.atom", "/feeds/..%2f..%2fbantin.db", "/feeds/%2e%2e/bantin.atom", "/feeds/.atom"]
)
def test_an_unknown_feed_is_404_and_plain(get: Get, path: str) -> None:
    answer = get(path)

    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/", "/feeds/vn-thidu.atom", "/static/style.css", "/nowhere", "/feeds/nobody.rss"])
def test_every_answer_carries_the_security_headers(get: Get, path: str) -> None:
    headers = get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_pictures_come_over_tls_when_the_pages_do(archive: Archive) -> None:
    with website(archive, base_url="https://news.example.org") as get:
        assert "img-src 'self' https:;" in get("/").headers["content-security-policy"]


def test_static_files_may_be_kept_for_a_year(get: Get) -> None:
    style = get("/static/style.css")

    assert style.status == 200
    assert "immutable" in style.headers["cache-control"]
    assert get("/static/icon.svg").headers["content-type"] == "image/svg+xml"
    assert get("/static/secret.txt").status == 404


def test_without_an_archive_pages_say_so_and_feeds_are_served(get: Get) -> None:
    page = get("/")

    assert page.status == 503
    assert page.headers["retry-after"] == "30"
    assert page.headers["cache-control"] == "no-store"
    assert "cannot be read just now" in page.text
    assert get("/feeds/vn-thidu.atom").status == 200


def test_a_locked_archive_makes_pages_wait_but_not_feeds(full: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_app, "PATIENCE", 0.2)
    full.feed("vn-thidu.atom", "<feed/>")
    with website(full) as get:
        other = sqlite3.connect(full.path, isolation_level=None)
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        page, feed = get("/"), get("/feeds/vn-thidu.atom")
        other.close()

    assert page.status == 503
    assert feed.status == 200


def test_a_mistake_of_ours_is_a_page_without_a_traceback(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self, *_: object, **__: object) -> None:
            raise ZeroDivisionError

    monkeypatch.setattr(web_app, "reading", Broken)
    with website(archive) as get:
        answer = get("/")

    assert answer.status == 500
    assert "Something went wrong here" in answer.text
    assert "ZeroDivision" not in answer.text
    assert "content-security-policy" in answer.headers


def test_revalidating_a_feed_never_touches_the_archive(full: Archive) -> None:
    full.feed("vn-thidu.atom", "<feed/>")
    with website(full) as get:
        tag = get("/feeds/vn-thidu.atom").headers["etag"]
        full.path.unlink()
        statuses = {get("/feeds/vn-thidu.atom", If_None_Match=tag).status for _ in range(200)}

    assert statuses == {304}


def test_one_application_serves_two_loops_in_turn(archive: Archive) -> None:
    app = create_app(
        db_path=archive.path,
        public=archive.public,
        base_url="http://localhost",
        title="x",
        now=lambda: None,  # type: ignore[arg-type,return-value]
    )
    for _ in range(2):
        with on_air(app) as port:
            assert port
