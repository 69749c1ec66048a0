"""Listings: what changed is said, the next page is found, and no page on earth crashes the reader."""

from __future__ import annotations

import time

import pytest

from scrapers.entrances.plain import plain
from scrapers.entrances.reading import read_headlines
from scrapers.items import Headlines
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.sources import Entrance, ListingSelectors, Selectors, Source

URL = "https://www.example.gov.vn/tin-tuc"


def source(*, layout: str = "", listing: ListingSelectors | None = None) -> Source:
    return Source(
        slug="vn-example",
        ministry={"vi": "Bộ Ví dụ"},
        country="VN",
        language="vi",
        timezone="Asia/Ho_Chi_Minh",
        homepage=URL,
        entrances=(),
        layout=layout,
        selectors=Selectors(listing=listing),
    )


def read(html: str, *, of: Source | None = None, url: str = URL) -> Headlines:
    return read_headlines(f"<html lang=vi><body>{html}</body></html>".encode(), url=url, content_type=None, source=of)


def rows(count: int = 4) -> str:
    return "".join(
        f'<div class="tin"><h3><a href="/tin-{n}-4100{n}.html">Tiêu đề đủ dài của bản tin số {n}</a></h3><p>0{n}/05/2024</p></div>'
        for n in range(1, count + 1)
    )


def test_own_selectors_without_a_match_name_page_and_selector() -> None:
    with pytest.raises(LayoutChanged) as caught:
        read(rows(), of=source(listing=ListingSelectors(row="div.moi")))

    assert (caught.value.url, caught.value.selector) == (URL, "div.moi")
    assert "selectors.listing" in str(caught.value)


def test_layout_without_a_match_names_page_and_selector() -> None:
    with pytest.raises(LayoutChanged, match=r"tin-tuc: \.l-main \.b-grid.*layout onecms"):
        read(rows(), of=source(layout="onecms"))


def test_source_whose_page_shows_no_list_is_a_changed_layout() -> None:
    with pytest.raises(LayoutChanged, match="no list of headlines"):
        read("<h1>Bảo trì</h1><p>Hệ thống đang được nâng cấp.</p>", of=source())


def test_page_of_nobody_without_a_list_has_no_rows() -> None:
    assert plain(read("<p>Xin chào</p>")) == {"headlines": [], "next_page": None}


def test_rows_are_found_without_any_selector() -> None:
    found = plain(read(f"<nav><a href='/gioi-thieu'>Giới thiệu chung về Bộ và các đơn vị</a></nav>{rows()}"))

    assert [row["published"] for row in found["headlines"]] == ["2024-05-01", "2024-05-02", "2024-05-03", "2024-05-04"]
    assert found["headlines"][0] == {
        "title": "Tiêu đề đủ dài của bản tin số 1",
        "url": "https://www.example.gov.vn/tin-1-41001.html",
        "published": "2024-05-01",
        "summary": "",
        "section": "",
    }


def test_story_on_top_of_the_list_is_part_of_it() -> None:
    top = '<div class="noi-bat"><h2><a href="/tin-9-41009.html">Bản tin nổi bật đứng đầu chuyên mục</a></h2><p>09/05/2024</p></div>'

    found = read(f'<div id="main">{top}<div class="list">{rows()}</div></div>')

    assert [row.url[-7:] for row in found.rows] == ["09.html", "01.html", "02.html", "03.html", "04.html"]


def test_picture_and_title_of_one_article_are_one_row() -> None:
    html = "".join(
        f'<li><a href="/tin-{n}-4100{n}.html"><img src="{n}.jpg" alt="Ảnh"></a><a href="/tin-{n}-4100{n}.html">Tiêu đề đủ dài của bản tin số {n}</a>'
        f'<span class="date">0{n}/05/2024</span></li>'
        for n in range(1, 4)
    )

    found = read(f"<ul>{html}</ul>")

    assert [row.title[-1] for row in found.rows] == ["1", "2", "3"]
    assert all(row.published for row in found.rows)


def test_a_last_page_with_one_row_is_read() -> None:
    assert len(read(f"<main>{rows(1)}</main>").rows) == 1


def test_titles_of_a_sidebar_are_left_out() -> None:
    beside = rows().replace("/tin-", "/doc-nhieu-").replace("bản tin", "tin đọc nhiều")

    found = read(f'<div class="cot-chinh">{rows()}</div><div class="sidebar">{beside}</div>')

    assert len(found.rows) == 4


def test_dates_in_the_story_are_not_the_day_of_publication() -> None:
    html = "".join(
        f'<li><h3><a href="/tin-{n}-4100{n}.html">Tiêu đề đủ dài của bản tin số {n}</a></h3><p>Ngày 1{n}/05/2024, tại trụ sở Bộ, Bộ trưởng '
        f"đã chủ trì cuộc họp về công tác chuẩn bị cho mùa mưa bão năm nay ở miền Trung.</p></li>"
        for n in range(1, 4)
    )

    found = read(f"<ul>{html}</ul>")

    assert [row.published for row in found.rows] == [None, None, None]


def test_skipped_rows_are_known_by_what_is_around_or_inside() -> None:
    html = (
        f'<div class="qc">{rows(1)}</div><div class="tin"><b class="ad"></b><h3><a href="/x">Quảng cáo</a></h3></div>'
        + rows(3)[len(rows(1)) :]
    )

    found = read(html, of=source(listing=ListingSelectors(row=".tin", link="h3 a", skip=".qc, .ad")))

    assert [row.title[-1] for row in found.rows] == ["2", "3"]


@pytest.mark.parametrize(
    ("pager", "means"),
    [
        ('<link rel="next" href="?page=2">', "?page=2"),
        ('<div class="pager"><a href="?p=1">1</a> <b>2</b> <a href="?p=3">3</a></div>', "?p=3"),
        (
            '<ul class="pagination"><li class="active"><a href="?p=1">1</a></li><li><a href="?p=2">2</a></li></ul>',
            "?p=2",
        ),
        ('<div class="phantrang"><a href="?trang=2">Trang sau »</a></div>', "?trang=2"),
        ('<p><a href="?p=1">&laquo;</a> <a href="?page=3" title="Trang kế">&raquo;</a></p>', "?page=3"),
        (
            '<div class="nav-links"><a class="prev" href="?p=0">Newer</a><a href="/tin-tuc/page/2/">Older posts</a></div>',
            "/tin-tuc/page/2/",
        ),
        ('<a class="page-link" href="?page=2" aria-label="Next"><span>›</span></a>', "?page=2"),
        ('<div class="more"><a href="?page=2">Xem thêm</a></div>', "?page=2"),
        ('<a href="/tin-noi-bat">Xem thêm</a>', None),
        ('<div class="pager"><a href="#">2</a><a href="javascript:go(2)">Next</a></div>', None),
        ('<div class="pagination"><a href="?p=1" rel="prev">1</a> <span>2</span></div>', None),
        ('<div class="carousel"><a class="next" href="/tin-5-41005.html">›</a></div>', None),
        ('<div class="calendar"><a href="?month=6">»</a><a href="?day=2">2</a><span>1</span></div>', None),
        ('<div class="pager"><a href="https://elsewhere.example.com/?page=2">Next</a></div>', None),
        ('<div class="pager"><a class="next" href="/bao-cao-2024.pdf">Next</a></div>', None),
    ],
)
def test_next_page_is_found_or_not_invented(pager: str, means: str | None) -> None:
    found = read(f"<main>{rows()}{pager}</main>")

    expected = means and (f"https://www.example.gov.vn{means}" if means.startswith("/") else f"{URL}{means}")
    assert found.next_page == expected


def test_source_says_where_the_next_page_is() -> None:
    html = (
        rows()
        + '<div class="pager"><a href="?page=9">Next</a></div><span class="sau"><a href="?trang=2">&gt;</a></span>'
    )

    found = read(html, of=source(listing=ListingSelectors(row=".tin", link="h3 a", next=".sau")))

    assert found.next_page == f"{URL}?trang=2"


def test_load_more_without_the_channel_names_no_page() -> None:
    more = '<div class="onecms__loadmore" data-type="channel"><a href="#">Xem thêm</a></div>'

    assert read(f"<main>{rows()}{more}</main>").next_page is None


@pytest.mark.parametrize(
    "payload", [b"", b"   ", b"\x89PNG\r\n\x1a\n....", b"PK\x03\x04", b"just words", b"\x00\x01\x02\x03" * 40]
)
def test_what_is_no_page_is_refused(payload: bytes) -> None:
    with pytest.raises(Unreadable):
        read_headlines(payload, url=URL, content_type=None, entrance=Entrance(kind="listing", url=URL))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + rows(),
        rows() * 2_000,
        "<a href='/x'>" * 20_000,
        "<li><a href='/tin-1'>" + "Tiêu đề " * 50_000,
        "<div class='pager'>" + "".join(f"<a href='?p={n}'>{n}</a>" for n in range(5_000)),
        "<ul>"
        + "".join(
            f"<li><a href='/bai-so-{n}.html'>Bài viết có tiêu đề số {n}</a> 0{n % 9 + 1}/05/2024" for n in range(5_000)
        ),
    ],
    ids=["deep", "long", "nested links", "long title", "pager", "many"],
)
def test_monstrous_pages_take_bounded_time(html: str) -> None:
    began = time.process_time()

    read(html)

    assert time.process_time() - began < 4


@pytest.mark.parametrize("payload", [bytes(range(256)) * 40, b"\x7fELF\x02\x01" + b"\x00<\x8a\x00" * 900, b"a < b > c"])
def test_what_has_no_tag_is_no_page(payload: bytes) -> None:
    with pytest.raises(Unreadable, match="no web page, feed or sitemap"):
        read_headlines(payload, url=URL, content_type=None)
