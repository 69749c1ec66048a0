"""Rows from JSON: WordPress, GOV.UK, .NET and home-made APIs, and the page after."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scrapers.entrances.counting import advanced
from scrapers.entrances.reading import read_headlines
from scrapers.items import Headlines
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.sources import Entrance

SITE = "https://www.example.gov.vn"


def read(loaded: Any, path: str = "/api/news") -> Headlines:
    url = f"{SITE}{path}"
    payload = loaded if isinstance(loaded, bytes) else json.dumps(loaded).encode()
    return read_headlines(
        payload, url=url, content_type="application/json", entrance=Entrance(kind="api", url=url, section="Tin")
    )


def test_wordpress_posts() -> None:
    posts = [
        {
            "id": n,
            "date": "2024-05-07T16:05:00",
            "date_gmt": "2024-05-07T09:05:00",
            "modified_gmt": "2024-05-08T00:00:00",
            "link": f"{SITE}/bai-{n}/",
            "title": {"rendered": "Quy chu&#7849;n &#8220;nước&#8221; &#038; kh&iacute;"},
            "excerpt": {"rendered": "<p>Dự thảo […]</p>\n"},
        }
        for n in range(2)
    ]

    found = read(posts, "/wp-json/wp/v2/posts?per_page=2&page=1")

    row = found.rows[0]
    assert (row.title, row.url, row.summary, row.section) == (
        "Quy chuẩn “nước” & khí",
        f"{SITE}/bai-0/",
        "Dự thảo […]",
        "Tin",
    )
    assert row.published and row.published.iso == "2024-05-07T09:05:00+00:00"
    assert row.modified and row.modified.iso == "2024-05-08T00:00:00+00:00"
    assert found.next_page == f"{SITE}/wp-json/wp/v2/posts?per_page=2&page=2"
    assert read(posts, "/wp-json/wp/v2/posts?per_page=10&page=1").next_page is None


def test_rows_inside_an_envelope_that_names_the_next_page() -> None:
    found = read(
        {
            "menu": [{"name": "Trang chủ", "url": "/"}],
            "data": {
                "items": [
                    {
                        "attributes": {
                            "Tieu_De": "Tin một",
                            "detailUrl": "/tin/1",
                            "publishedAt": 1715047500,
                            "sapo": "Tóm tắt",
                        }
                    },
                    {"attributes": {"tieuDe": "Tin hai", "detailUrl": "/tin/2", "publishedAt": 1715047500000}},
                ]
            },
            "links": {"next": {"href": "/api/news?cursor=abc"}},
        }
    )

    assert [(row.title, row.url, row.summary) for row in found.rows] == [
        ("Tin một", f"{SITE}/tin/1", "Tóm tắt"),
        ("Tin hai", f"{SITE}/tin/2", ""),
    ]
    assert {row.published.iso for row in found.rows if row.published} == {"2024-05-07T09:05:00+07:00"}
    assert found.next_page == f"{SITE}/api/news?cursor=abc"


def test_search_results_with_a_total() -> None:
    results = {"results": [{"title": "A", "link": "/a", "public_timestamp": "2024-05-07T09:05:00Z"}], "total": 3}

    assert read(results, "/api/search.json?start=0&count=1").next_page == f"{SITE}/api/search.json?start=1&count=1"
    assert read(results, "/api/search.json?start=2&count=1").next_page is None


def test_dates_of_asp_net_and_of_nobody() -> None:
    rows = [
        {"Title": "A", "Url": "/a", "PublishedDate": "/Date(1715047500000)/"},
        {"Title": "B", "Url": "/b", "PublishedDate": {"value": "2024-05-07"}},
        {"Title": "C", "Url": "/c", "PublishedDate": None, "date": True},
        {"Title": "", "Url": "/d"},
        {"Title": "E", "Url": ""},
    ]

    found = read(rows)

    assert [(row.title, row.published and row.published.iso) for row in found.rows] == [
        ("A", "2024-05-07T09:05:00+07:00"),
        ("B", "2024-05-07"),
        ("C", None),
    ]


def test_a_row_shown_twice_is_one_row() -> None:
    assert (
        len(read([{"title": "A", "url": "/a"}, {"title": "A", "url": "/a#x"}, {"title": "B", "url": "/b"}]).rows) == 2
    )


def test_reply_of_html_is_read_as_a_listing() -> None:
    html = "".join(
        f'<li><h3><a href="/tin-{n}-10{n}.html">Tiêu đề đủ dài của bản tin số {n}</a></h3><span>0{n}/05/2024</span></li>'
        for n in range(1, 4)
    )

    found = read({"status": True, "detailHtml": f"<ul>{html}</ul>"})

    assert [row.published and row.published.iso for row in found.rows] == ["2024-05-01", "2024-05-02", "2024-05-03"]


def test_piece_of_a_page_behind_an_api_entrance_is_followed_by_the_next_piece() -> None:
    html = "".join(
        f'<li><h3><a href="/tin-{n}-10{n}.htm">Tiêu đề đủ dài của bản tin số {n}</a></h3><i>0{n}/05/2024</i></li>'
        for n in range(1, 4)
    )

    found = read(html.encode(), "/timelinelist/1021/2.htm")

    assert len(found.rows) == 3
    assert found.next_page == f"{SITE}/timelinelist/1021/3.htm"


@pytest.mark.parametrize("loaded", [[], {"results": []}, {"data": {"items": [], "total": 0}}])
def test_empty_reply_has_no_rows_and_no_next_page(loaded: Any) -> None:
    assert read(loaded) == Headlines(rows=())


@pytest.mark.parametrize(
    "loaded", [{"error": "token"}, [{"id": 1, "label": "x"}], {"items": [{"a": {"b": 1}}]}, "text"]
)
def test_reply_without_rows_names_what_is_missing(loaded: Any) -> None:
    with pytest.raises((LayoutChanged, Unreadable), match="api/news"):
        read(loaded)


@pytest.mark.parametrize("payload", [b"{", b"[1,", b"[" * 100_000, b"{'a': 1}"])
def test_broken_json_is_refused(payload: bytes) -> None:
    with pytest.raises(Unreadable, match="JSON"):
        read(payload)


def test_load_more_ends_where_the_last_row_repeats() -> None:
    rows = [{"PublisherId": 5, "LinktoMe2": "/tin-5.html", "Title": "Tin"}]

    assert (
        read(rows, "/api/getMoreArticle/channel_empty_9_231_0").next_page
        == f"{SITE}/api/getMoreArticle/channel_empty_5_231_0"
    )
    assert read(rows, "/api/getMoreArticle/channel_empty_5_231_0").next_page is None
    assert read([], "/api/getMoreArticle/channel_empty_5_231_0").next_page is None


def test_reply_that_says_it_was_the_last_page() -> None:
    assert read({"items": [{"title": "A", "url": "/a"}], "next": None}, "/api/news?page=3").next_page is None


@pytest.mark.parametrize(
    ("url", "rows", "means"),
    [
        ("https://x.vn/a?page=2", 5, "https://x.vn/a?page=3"),
        ("https://x.vn/a?offset=20&limit=20", 20, "https://x.vn/a?offset=40&limit=20"),
        (
            "https://x.vn/a?_101_INSTANCE_x_cur=1&_101_INSTANCE_x_delta=10",
            10,
            "https://x.vn/a?_101_INSTANCE_x_cur=2&_101_INSTANCE_x_delta=10",
        ),
        ("https://x.vn/timelinelist/1021/2.htm", 5, "https://x.vn/timelinelist/1021/3.htm"),
        ("https://x.vn/news/page/2/", 5, "https://x.vn/news/page/3/"),
        ("https://x.vn/news", 5, None),
        ("https://x.vn/a?offset=20&limit=20", 7, None),
        ("https://x.vn/a?page=2", 0, None),
        ("https://x.vn/a?id=2", 5, None),
        ("https://x.vn/a?page=99999999999", 5, None),
    ],
)
def test_addresses_that_count_can_be_advanced(url: str, rows: int, means: str | None) -> None:
    found = advanced(url, rows=rows)

    assert (found and found.url) == means


def test_a_document_nobody_called_an_entrance_simply_shows_no_rows() -> None:
    found = read_headlines(b'{"title": "Finder", "details": {}}', url=f"{SITE}/api/x", content_type=None)

    assert found == Headlines(rows=())


ROWS = [{"title": "A", "url": "/a"}, {"title": "B", "url": "/b"}]


@pytest.mark.parametrize(
    "loaded",
    [
        {"d": {"results": {"rows": [{"item": row} for row in ROWS]}}},
        {"d": json.dumps(ROWS)},
        {"posts": {"12": ROWS[0], "13": ROWS[1]}},
        [{"articleTitle": row["title"], "articleUrl": row["url"], "thumbUrl": "/x.jpg"} for row in ROWS],
        [{"Title": row["title"], "FileRef": row["url"]} for row in ROWS],
        b"callback({'a': 1});".replace(b"{'a': 1}", json.dumps(ROWS).encode()),
        b")]}',\n" + json.dumps({"items": ROWS}).encode(),
        b"while(1);" + json.dumps({"items": ROWS}).encode(),
    ],
    ids=["wrapped", "text in text", "by number", "own names", "sharepoint", "call", "guard", "loop"],
)
def test_rows_are_found_wherever_a_reply_keeps_them(loaded: Any) -> None:
    assert [(row.title, row.url[-2:]) for row in read(loaded).rows] == [("A", "/a"), ("B", "/b")]


def test_dates_under_names_of_their_own() -> None:
    rows = [
        {"title": "A", "url": "/a", "publishDateStr": "05/08/2024 10:00", "endDate": "2030-01-01"},
        {"title": "B", "url": "/b", "publishDateStr": "25/08/2024 10:00"},
    ]

    assert [row.published and row.published.iso for row in read(rows).rows] == [
        "2024-08-05T10:00:00+07:00",
        "2024-08-25T10:00:00+07:00",
    ]


@pytest.mark.parametrize(
    ("envelope", "query", "means"),
    [
        ({"totalPages": 3}, "?page=2", "?page=3"),
        ({"totalPages": 3}, "?page=3", None),
        ({"meta": {"last_page": 2}}, "?page=2", None),
        ({"hasMore": False}, "?page=2", None),
        ({"pagination": {"hasNextPage": True}}, "?page=2", "?page=3"),
        ({"last": True}, "?page=2", None),
        ({"next_cursor": "abc"}, "?cursor=x&size=2", "?cursor=abc&size=2"),
        ({"next_cursor": None}, "?cursor=x", None),
        ({"next_cursor": "abc"}, "", None),
    ],
)
def test_page_after_as_replies_tell_of_it(envelope: dict[str, Any], query: str, means: str | None) -> None:
    found = read({"items": ROWS, **envelope}, f"/api/news{query}")

    assert found.next_page == (f"{SITE}/api/news{means}" if means else None)


def test_text_that_only_looks_like_json_is_a_text() -> None:
    assert read({"note": "[not json", "items": ROWS}).rows[0].title == "A"
