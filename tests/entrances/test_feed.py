"""Feeds as ministries write them: every dialect, damaged, mis-declared, hostile."""

from __future__ import annotations

import json
import time
import unicodedata

import pytest

from scrapers.entrances.reading import read_headlines
from scrapers.items import Headlines
from scrapers.reading.errors import Unreadable
from scrapers.sources import Entrance

URL = "https://www.example.gov.vn/rss/tin.rss"
FEED = Entrance(kind="feed", url=URL, section="Tin tức")


def read(text: str | bytes, *, url: str = URL, content_type: str | None = None) -> Headlines:
    payload = text if isinstance(text, bytes) else text.encode()
    return read_headlines(
        payload, url=url, content_type=content_type, entrance=Entrance(kind="feed", url=url, section="Tin tức")
    )


def rss(items: str, *, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>x</title><link>https://www.example.gov.vn/</link>{head}{items}</channel></rss>'


def dates(found: Headlines) -> list[str | None]:
    return [row.published.iso if row.published else None for row in found.rows]


def test_atom_with_relative_links_html_titles_and_both_dates() -> None:
    found = read(
        """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.example.gov.uk/news/">
        <title>News</title><link rel="self" href="/feed.atom"/><link rel="next" href="/feed.atom?page=2"/>
        <entry><title type="html">New &lt;em&gt;rules&lt;/em&gt; for R&amp;amp;D</title><link rel="enclosure" href="/a.mp3"/>
        <link rel="alternate" type="text/html" href="rules"/><id>tag:x,1</id><published>2024-05-07T09:05:00+01:00</published>
        <updated>2024-05-08T10:00:00Z</updated><category term="Science"/><summary>What changes.</summary></entry>
        <entry><title>Only updated</title><link href="other"/><updated>2024-05-08T10:00:00Z</updated></entry></feed>""",
        url="https://www.example.gov.uk/feed.atom",
    )

    first, second = found.rows
    assert (first.title, first.url, first.section) == (
        "New rules for R&D",
        "https://www.example.gov.uk/news/rules",
        "Science",
    )
    assert first.published and first.published.iso == "2024-05-07T09:05:00+01:00"
    assert first.modified and first.modified.iso == "2024-05-08T10:00:00+00:00"
    assert second.published is None
    assert second.modified is not None
    assert found.next_page == "https://www.example.gov.uk/feed.atom?page=2"


def test_rss_1_with_dublin_core_dates() -> None:
    found = read(
        """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://www.example.go.jp/"><title>新着</title></channel>
        <item rdf:about="https://www.example.go.jp/press/1.html"><title>報道発表</title><dc:date>2024-05-07T15:00:00+09:00</dc:date>
        <dc:subject>水環境</dc:subject></item></rdf:RDF>""",
        url="https://www.example.go.jp/index.rdf",
    )

    assert [row.url for row in found.rows] == ["https://www.example.go.jp/press/1.html"]
    assert dates(found) == ["2024-05-07T15:00:00+09:00"]


def test_rss_091_with_its_old_doctype() -> None:
    found = read(
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>'
        "<item><title>Thông báo &copy; Bộ</title><link>/tb-1.html</link></item></channel></rss>"
    )

    assert [(row.title, row.url) for row in found.rows] == [("Thông báo © Bộ", "https://www.example.gov.vn/tb-1.html")]


def test_json_feed() -> None:
    found = read(
        """{"version": "https://jsonfeed.org/version/1.1", "title": "x", "next_url": "https://www.example.gov.vn/feed.json?page=2",
        "items": [{"id": "1", "url": "https://www.example.gov.vn/a", "title": "A &amp; B", "date_published": "2024-05-07T09:05:00+07:00",
        "content_html": "<p>Một <b>đoạn</b>.</p>", "tags": ["Đất đai"]}, {"id": "https://www.example.gov.vn/b"}, {"id": "3"}, 4]}"""
    )

    assert [(row.title, row.url, row.summary, row.section) for row in found.rows] == [
        ("A & B", "https://www.example.gov.vn/a", "Một đoạn.", "Đất đai"),
        ("", "https://www.example.gov.vn/b", "", "Tin tức"),
    ]
    assert found.next_page == "https://www.example.gov.vn/feed.json?page=2"


@pytest.mark.parametrize(
    ("printed", "means"),
    [
        ("", None),
        ("hôm nay", None),
        ("Thu, 05 Sep 2024 10:00:00 +0700", "2024-09-05T10:00:00+07:00"),
        ("Thu, 5 Sep 2024 10:00 GMT+7", "2024-09-05T10:00:00+07:00"),
        ("Thứ năm, 05/09/2024 10:00", "2024-09-05T10:00:00+07:00"),
        ("2024-09-05 10:00:00", "2024-09-05T10:00:00+07:00"),
        ("9/25/2024 1:30:00 PM", "2024-09-25T13:30:00+07:00"),
    ],
)
def test_odd_dates_are_read_or_left_out(printed: str, means: str | None) -> None:
    found = read(
        rss(f"<language>vi</language><item><title>a</title><link>/a</link><pubDate>{printed}</pubDate></item>")
    )

    assert dates(found) == [means]


def test_one_entry_tells_the_order_of_the_others_dates() -> None:
    items = "".join(
        f"<item><title>a</title><link>/a{n}</link><pubDate>{text}</pubDate></item>"
        for n, text in enumerate(("9/5/2026 1:30:00 PM", "8/25/2026 9:00:00 AM"))
    )

    assert dates(read(rss(items))) == ["2026-09-05T13:30:00+07:00", "2026-08-25T09:00:00+07:00"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-16", "utf-8"), ("utf-16", "utf-16"), ("utf-8", "utf-8-sig"), ("utf-16", "utf-16-le")],
)
def test_encoding_is_what_it_is_and_not_what_is_declared(declared: str, encoding: str) -> None:
    text = rss("<item><title>Đề án kinh tế tuần hoàn</title><link>/de-an</link></item>").replace("UTF-8", declared)

    found = read(unicodedata.normalize("NFD", text).encode(encoding))

    assert [row.title for row in found.rows] == ["Đề án kinh tế tuần hoàn"]


def test_links_come_from_where_the_dialect_keeps_them() -> None:
    found = read(
        rss(
            '<item><title>guid</title><guid isPermaLink="true">https://www.example.gov.vn/g</guid></item>'
            '<item><title>none</title><guid isPermaLink="false">123</guid></item>'
            '<item><title>atom</title><atom:link rel="self" href="/self"/><atom:link href="/atom"/></item>'
            "<item><title>tracked</title><link>https://www.example.gov.vn/t?utm_source=rss&amp;id=5</link></item>"
            "<item><media:title>picture</media:title><title>own</title><link>  /own  </link></item>"
        )
    )

    assert [(row.title, row.url.removeprefix("https://www.example.gov.vn")) for row in found.rows] == [
        ("guid", "/g"),
        ("atom", "/atom"),
        ("tracked", "/t?id=5"),
        ("own", "/own"),
    ]
    assert [row.position for row in found.rows] == [0, 1, 2, 3]


def test_markup_and_entities_in_titles_become_text() -> None:
    titles = [
        "<![CDATA[Tỷ lệ &lt;5% là <b>đạt</b>]]>",
        "T&amp;#226;n B&amp;igrave;nh &amp; TN&amp;;MT",
        "A & B &nbsp;C",
        "Nước &lt; 5 mg",
    ]

    found = read(
        rss("".join(f"<item><title>{title}</title><link>/{n}</link></item>" for n, title in enumerate(titles)))
    )

    assert [row.title for row in found.rows] == ["Tỷ lệ <5% là đạt", "Tân Bình & TN&MT", "A & B C", "Nước < 5 mg"]


def test_long_summaries_are_cut_at_a_word() -> None:
    text = "Câu văn dài. " * 300

    found = read(rss(f"<item><title>a</title><link>/a</link><description>{text}</description></item>"))

    assert len(found.rows[0].summary) <= 1001
    assert found.rows[0].summary.endswith("…")


def test_archived_feeds_name_the_page_before() -> None:
    head = '<atom:link rel="self" href="/rss/tin.rss"/><atom:link rel="prev-archive" href="/rss/2023.rss"/>'

    assert read(rss("", head=head)).next_page == "https://www.example.gov.vn/rss/2023.rss"


def test_feed_without_entries_is_an_empty_feed() -> None:
    assert read(rss("")).rows == ()


def test_damaged_feed_gives_what_is_whole() -> None:
    text = rss("<item><title>một</title><link>/1</link></item><item><title>hai</title><link>/2</link></item>")

    found = read(text[: text.index("hai") + 4])

    assert found.rows[0].title == "một"


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel/></rss>',
        "<html><head><title>Attention required</title></head><body>checking your browser</body></html>",
        "https://www.example.gov.vn/a\nhttps://www.example.gov.vn/b",
        "",
        "%PDF-1.7 …",
        "Bad gateway",
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(Unreadable, match=r"example\.gov\.vn"):
        read(text)


def test_a_feed_behind_a_listing_entrance_is_still_read() -> None:
    found = read_headlines(
        rss("<item><title>a</title><link>/a</link></item>").encode(),
        url=URL,
        content_type="text/html",
        entrance=Entrance(kind="listing", url=URL),
    )

    assert [row.title for row in found.rows] == ["a"]


def test_line_breaks_in_titles_do_not_swallow_the_link() -> None:
    found = read(
        rss("<item><title>Một<br>hai</title><link>/1</link></item><item><title>ba</title><link>/2</link></item>")
    )

    assert [(row.title, row.url[-2:]) for row in found.rows] == [("Một hai", "/1"), ("ba", "/2")]


def test_what_scripts_complain_about_before_the_feed_is_left_out() -> None:
    found = read(
        "<br />\n<b>Warning</b>: mysql in <b>x.php</b><br />\n" + rss("<item><title>a</title><link>/a</link></item>")
    )

    assert [row.title for row in found.rows] == ["a"]


def test_ampersands_in_addresses_are_kept_however_they_are_written() -> None:
    found = read(
        rss(
            "<item><title>1</title><link><![CDATA[https://www.example.gov.vn/c?x=1&y=2]]></link></item>"
            "<item><title>2</title><link>/c?x=3&y=4</link></item><item><title>3</title><link>/c?x=5&amp;amp;y=6</link></item>"
        )
    )

    assert [row.url.partition("?")[2] for row in found.rows] == ["x=1&y=2", "x=3&y=4", "x=5&y=6"]


def test_entries_told_twice_are_one_and_enclosures_are_addresses_too() -> None:
    item = "<item><title>một</title><link>/1</link><guid>x</guid></item>"

    found = read(rss(item + item + '<item><title>âm thanh</title><enclosure url="/a.mp3" type="audio/mpeg"/></item>'))

    assert [(row.title, row.url[-2:]) for row in found.rows] == [("một", "/1"), ("âm thanh", "p3")]


def test_unknown_entities_stay_text() -> None:
    found = read(rss("<item><title>A &khong; B</title><link>/1</link></item>"))

    assert [row.title for row in found.rows] == ["A &khong; B"]


@pytest.mark.parametrize("items", [True, 5, "text", {"url": "/a"}, None])
def test_a_json_feed_whose_items_are_no_list_has_no_rows(items: object) -> None:
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()

    assert read_headlines(feed, url="https://bo.example.gov.vn/feed.json", content_type=None).rows == ()


def test_a_feed_of_sections_that_never_end_is_read_in_no_time() -> None:
    began = time.process_time()

    read_headlines(b"<rss><channel>" + b"<![CDATA[" * 200_000, url="https://bo.example.gov.vn/feed", content_type=None)

    assert time.process_time() - began < 3
