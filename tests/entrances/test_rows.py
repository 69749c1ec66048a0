"""Rows of odd markup: scripts for addresses, numbers for titles, and dates that other rows explain."""

from __future__ import annotations

import pytest

from scrapers.entrances.plain import plain
from scrapers.entrances.reading import read_headlines
from scrapers.items import Headlines
from scrapers.sources import Entrance

URL = "https://www.example.gov.vn/tin-tuc"


def read(body: str, *, lang: str = "vi", url: str = URL) -> Headlines:
    return read_headlines(f"<html lang={lang}><body>{body}</body></html>".encode(), url=url, content_type=None)


def days(found: Headlines) -> list[str | None]:
    return [row.published.iso if row.published else None for row in found.rows]


def dated_rows(*dates: str) -> str:
    return "".join(
        f"<li><h3><a href='/bai-viet-so-{n}.html'>Tiêu đề đủ dài của bản tin số {n}</a></h3><span>{date}</span></li>"
        for n, date in enumerate(dates)
    )


def test_one_row_tells_which_number_is_the_month_in_all_rows() -> None:
    assert days(read(f"<ul>{dated_rows('05/08/2024', '08/25/2024', '07/02/2024')}</ul>")) == [
        "2024-05-08",
        "2024-08-25",
        "2024-07-02",
    ]


def test_rows_that_contradict_each_other_are_read_as_the_language_has_it() -> None:
    assert days(read(f"<ul>{dated_rows('05/08/2024', '08/25/2024', '25/08/2024')}</ul>"))[0] == "2024-08-05"


@pytest.mark.parametrize(
    "attributes",
    [
        "href='#' onclick=\"location.href='/xem.do?id={n}'; return false\"",
        "href=\"javascript:window.open('/xem.do?id={n}')\"",
        "data-href='/xem.do?id={n}'",
    ],
)
def test_address_of_a_row_may_stand_in_a_script(attributes: str) -> None:
    rows = "".join(
        f"<li><a {attributes.format(n=n)}>Tiêu đề đủ dài của bản tin số {n}</a> <span>0{n}/05/2024</span></li>"
        for n in (1, 2, 3)
    )

    assert [row.url for row in read(f"<ul>{rows}</ul>").rows] == [
        f"https://www.example.gov.vn/xem.do?id={n}" for n in (1, 2, 3)
    ]


def test_a_table_row_that_is_a_link_as_a_whole() -> None:
    rows = "".join(
        f"<tr onclick=\"location.href='view.do?seq={n}'\"><td>{n}</td><td>Tiêu đề đủ dài của bản tin số {n}</td><td>2024-05-0{n}</td></tr>"
        for n in (1, 2, 3)
    )

    found = read(f"<table><tbody>{rows}</tbody></table>")

    assert [(row.title[-1], row.url[-5:]) for row in found.rows] == [("1", "seq=1"), ("2", "seq=2"), ("3", "seq=3")]
    assert days(found) == ["2024-05-01", "2024-05-02", "2024-05-03"]


def test_link_that_is_a_number_has_its_title_beside_it() -> None:
    rows = "".join(
        f"<tr><td><a href='/van-ban/{n}'>{n}/2024/TT-BTC</a></td><td>Quy định chế độ thu, nộp phí số {n} của Bộ</td><td>0{n}/05/2024</td></tr>"
        for n in (1, 2, 3)
    )

    assert [row.title for row in read(f"<table>{rows}</table>").rows] == [
        f"Quy định chế độ thu, nộp phí số {n} của Bộ" for n in (1, 2, 3)
    ]


def test_text_without_a_heading_is_the_title_of_a_link_that_says_read_more() -> None:
    rows = "".join(
        f"<div class='tin'><p>Thông báo số {n} về lịch tiếp công dân của Bộ</p><p>0{n}/05/2024</p><a href='/tb-{n}'>Xem chi tiết</a></div>"
        for n in (1, 2, 3)
    )

    assert [row.title for row in read(f"<div>{rows}</div>").rows] == [
        f"Thông báo số {n} về lịch tiếp công dân của Bộ" for n in (1, 2, 3)
    ]


def test_way_back_to_the_front_page_is_no_row() -> None:
    rows = dated_rows("01/05/2024", "02/05/2024", "03/05/2024")
    home = "<li><h3><a href='/'>Về trang chủ của Cổng thông tin điện tử Bộ</a></h3><span>04/05/2024</span></li>"

    assert len(read(f"<ul>{rows}{home}</ul>").rows) == 3


def test_dates_of_people_lists_do_not_outdo_the_dated_list() -> None:
    people = "".join(
        f"<li><a href='/orders/R2022-{n}'>Resolution R2022-{n} of the council, appointing</a></li>" for n in range(8)
    )
    meetings = "".join(
        f"<tr><td><a href='/m/{n}'>12/1{n}/2023 - Council on Equity</a></td><td>12/1{n}/2023</td></tr>"
        for n in range(5)
    )

    found = read(f"<div><ul>{people}</ul></div><div><table>{meetings}</table></div>", lang="en")

    assert [row.url[-2:] for row in found.rows] == [f"/{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("more", "means"),
    [
        ('<button class="load-more" data-url="/tin-tuc?page=2">Xem thêm</button>', "/tin-tuc?page=2"),
        (
            '<div class="pagination"><a rel="next" href="javascript:;" data-href="/tin-tuc?start=20">Tiếp</a></div>',
            "/tin-tuc?start=20",
        ),
        ('<span class="pager"><span hx-get="/tin-tuc/trang-2">Tải thêm</span></span>', "/tin-tuc/trang-2"),
        ('<ul class="pager"><li><a href="/tin-tuc?page=1">Trang sau</a></li></ul>', "/tin-tuc?page=1"),
        ('<button class="load-more" data-page="2">Xem thêm</button>', None),
        (
            "<div class=\"pager\"><a href=\"javascript:__doPostBack('p','2')\">2</a><a href=\"javascript:__doPostBack('p','3')\">3</a></div>",
            None,
        ),
    ],
)
def test_next_page_of_buttons(more: str, means: str | None) -> None:
    found = read(f"<main><ul>{dated_rows('01/05/2024', '02/05/2024', '03/05/2024')}</ul>{more}</main>")

    assert found.next_page == (f"https://www.example.gov.vn{means}" if means else None)


def test_sitemaps_of_an_index_are_printed() -> None:
    index = b"<sitemapindex><sitemap><loc>/bai-1.xml</loc></sitemap></sitemapindex>"
    url = "https://www.example.gov.vn/sitemap.xml"

    found = plain(read_headlines(index, url=url, content_type=None, entrance=Entrance(kind="sitemap", url=url)))

    assert found == {"headlines": [], "next_page": None, "sitemaps": ["https://www.example.gov.vn/bai-1.xml"]}


def test_a_card_without_a_heading_is_called_by_its_first_line() -> None:
    rows = "".join(
        f"<li><a href='/bai-{n}'><div>Tiêu đề đủ dài của bản tin số {n}</div><div>Ban Biên tập</div><div>0{n}/05/2024</div></a></li>"
        for n in (1, 2, 3)
    )

    found = read(f"<ul>{rows}</ul>")

    assert [row.title for row in found.rows] == [f"Tiêu đề đủ dài của bản tin số {n}" for n in (1, 2, 3)]
    assert days(found) == ["2024-05-01", "2024-05-02", "2024-05-03"]


def test_links_that_all_say_the_same_are_called_by_their_dated_row() -> None:
    rows = "".join(
        f"<tr><td>Board meeting of the commission no. {n}</td><td>May {n}, 2018</td><td><a href='/AgendaViewer.php?clip_id={n}'>Agenda</a></td></tr>"
        for n in range(1, 6)
    )

    found = read(f"<table>{rows}</table>", lang="en")

    assert [row.title for row in found.rows] == [
        f"Agenda, Board meeting of the commission no. {n}, May {n}, 2018" for n in range(1, 6)
    ]


def test_a_day_printed_apart_from_its_month_is_a_date() -> None:
    forms = (
        "<b>{d}</b><span>08-2023</span>",
        "<div>{d}</div><div>2023-08</div>",
        "<p>{d}</p><p>Aug</p><p>2023</p>",
        "<i>{d}</i> <em>Tháng 8, 2023</em>",
    )
    for form in forms:
        rows = "".join(
            f"<div><p class=d>{form.format(d=n + 13)}</p><a href='/bai-{n}.html'>Tiêu đề đủ dài của bản tin số {n}</a></div>"
            for n in (1, 2, 3)
        )

        assert days(read(f"<div>{rows}</div>")) == ["2023-08-14", "2023-08-15", "2023-08-16"], form
