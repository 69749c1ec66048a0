"""Sitemaps: news extension, index, gzip, plain text, and what is not the ministry's."""

from __future__ import annotations

import gzip

import pytest

from scrapers.entrances.reading import read_headlines
from scrapers.items import Headlines
from scrapers.reading.errors import Unreadable
from scrapers.sources import Entrance

SITE = "https://www.example.gov.vn"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def read(payload: bytes, url: str = f"{SITE}/sitemap.xml", *, kind: bool = True) -> Headlines:
    return read_headlines(
        payload, url=url, content_type=None, entrance=Entrance(kind="sitemap", url=url) if kind else None
    )


def urlset(entries: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {XMLNS}>{entries}</urlset>'.encode()


def index(*entries: tuple[str, str]) -> bytes:
    text = "".join(f"<sitemap><loc>{SITE}/{name}</loc><lastmod>{day}</lastmod></sitemap>" for name, day in entries)
    return f"<sitemapindex {XMLNS}>{text}</sitemapindex>".encode()


def test_news_extension_gives_title_and_date_but_pictures_do_not() -> None:
    found = read(
        urlset(
            f"<url><loc>{SITE}/a-1.html</loc><lastmod>2024-05-08</lastmod><news:news><news:publication><news:name>Báo</news:name>"
            "</news:publication><news:publication_date>2024-05-07T09:05:00+07:00</news:publication_date><news:title>Tiêu &amp; đề</news:title>"
            "</news:news></url>"
            f"<url><loc>{SITE}/b-2.html</loc><image:image><image:loc>{SITE}/b.jpg</image:loc><image:title>Ảnh</image:title></image:image></url>"
        )
    )

    first, second = found.rows
    assert (first.title, first.url) == ("Tiêu & đề", f"{SITE}/a-1.html")
    assert first.published and first.published.iso == "2024-05-07T09:05:00+07:00"
    assert first.modified and first.modified.iso == "2024-05-08"
    assert (second.title, second.url, second.published) == ("", f"{SITE}/b-2.html", None)


def test_only_the_sites_own_addresses_are_taken() -> None:
    urls = [
        f"{SITE}/a.html",
        "https://news.example.gov.vn/b.html",
        "https://m.example.gov.vn/c.html",
        "https://other.vn/d.html",
        SITE,
        "javascript:x",
    ]

    found = read(urlset("".join(f"<url><loc> {url} </loc></url>" for url in urls)))

    assert [row.url for row in found.rows] == [
        f"{SITE}/a.html",
        "https://news.example.gov.vn/b.html",
        "https://m.example.gov.vn/c.html",
    ]


def test_index_is_sorted_newest_first_without_what_holds_no_articles() -> None:
    found = read(
        index(
            ("sitemaps/categories.xml", ""),
            ("sitemaps/news-2024-9.xml", ""),
            ("sitemaps/news-2024-10.xml", ""),
            ("post-sitemap1.xml", "2024-01-02T00:00:00+00:00"),
            ("post-sitemap2.xml", "2025-03-04T00:00:00+00:00"),
            ("google-news.xml", ""),
            ("undated.xml", ""),
            ("odd-2024-02-31.xml", ""),
        )
    )

    assert [url.removeprefix(f"{SITE}/") for url in found.sitemaps] == [
        "google-news.xml",
        "post-sitemap2.xml",
        "sitemaps/news-2024-10.xml",
        "sitemaps/news-2024-9.xml",
        "odd-2024-02-31.xml",
        "post-sitemap1.xml",
        "undated.xml",
    ]
    assert found.rows == ()


def test_index_of_nothing_but_pages_keeps_them() -> None:
    assert read(index(("page-sitemap.xml", ""))).sitemaps == (f"{SITE}/page-sitemap.xml",)


def test_compressed_sitemap() -> None:
    found = read(gzip.compress(urlset(f"<url><loc>{SITE}/a.html</loc></url>")), f"{SITE}/sitemap.xml.gz", kind=False)

    assert [row.url for row in found.rows] == [f"{SITE}/a.html"]


def test_plain_text_sitemap() -> None:
    text = f"{SITE}/a.html\n\n{SITE}/a.html\n{SITE}/\nhttps://other.vn/x\n{SITE}/b.html\n"

    found = read(text.encode(), f"{SITE}/sitemap.txt", kind=False)

    assert [(row.url, row.position) for row in found.rows] == [(f"{SITE}/a.html", 0), (f"{SITE}/b.html", 1)]


@pytest.mark.parametrize(
    "payload",
    [
        gzip.compress(urlset(""), mtime=0)[:-9] + b"xxxxxxxxx",
        b"\x1f\x8bnot gzip at all",
        gzip.compress(urlset(f"<url><loc>{SITE}/a.html</loc></url>"), mtime=0)[:25],
        gzip.compress(b"a" * 40_000_000, mtime=0),
        b"<html><body>Not found</body></html>",
        b"<sitemapindex_of_nothing/>",
    ],
)
def test_damaged_sitemap_is_refused(payload: bytes) -> None:
    with pytest.raises(Unreadable):
        read(payload)


def test_file_of_several_compressed_parts_and_one_compressed_twice() -> None:
    whole = urlset(f"<url><loc>{SITE}/a.html</loc></url>")

    for payload in (gzip.compress(whole[:90]) + gzip.compress(whole[90:]), gzip.compress(gzip.compress(whole))):
        assert [row.url for row in read(payload).rows] == [f"{SITE}/a.html"]


def test_notes_in_a_plain_text_sitemap_are_no_addresses() -> None:
    found = read(f"# written by hand\n{SITE}/a.html\n# end\n".encode(), f"{SITE}/sitemap.txt")

    assert [row.url for row in found.rows] == [f"{SITE}/a.html"]
