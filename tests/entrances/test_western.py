"""Listings as ministries of Europe and the Americas build them: titles, boxed days and pagers."""

from __future__ import annotations

import pytest

from scrapers.entrances.reading import read_headlines
from scrapers.items import Headlines

_TITLES = (
    "Ministry opens a research centre in the north",
    "New rules for fertilisers take effect in autumn",
    "Report on the state of the forests presented",
    "Help for the flooded valleys is prolonged",
    "Cabinet adopts a law on long-term care",
)


def listing(row: str, around: str) -> Headlines:
    rows = "".join(
        row.format(title=title, url=f"/news/item-{number}", day=24 - number) for number, title in enumerate(_TITLES)
    )
    page = f"<html lang=en><body>{around.format(rows=rows)}</body></html>"
    return read_headlines(page.encode(), url="https://www.ministry.example.de/news", content_type="text/html")


@pytest.mark.parametrize(
    "row",
    [
        "<div><h2><a href={url}><span class=c-date>{day}.08.2023</span> <span class=c-kicker>Release</span> {title}</a></h2></div>",
        "<div><a href={url}><h3><small>{day}.08.2023</small> {title}</h3></a></div>",
    ],
)
def test_day_and_section_in_a_link_are_none_of_its_title(row: str) -> None:
    found = listing(row, "<main><h1>News</h1>{rows}</main>")

    assert tuple(one.title for one in found.rows) == _TITLES
    assert next(one.published and one.published.iso for one in found.rows) == "2023-08-24"


def test_a_box_of_day_month_and_year_is_a_day() -> None:
    box = "<div><span>{day}</span><span>Aug</span><span>2023</span></div>"

    found = listing(f"<div>{box}<h4>{{title}}</h4><a href={{url}}>Read more</a></div>", "<main>{rows}</main>")

    assert [one.published and one.published.iso for one in found.rows][:2] == ["2023-08-24", "2023-08-23"]


@pytest.mark.parametrize(
    ("pager", "following"),
    [
        ("<p>1 of 12 <a href='?pag=2'>Siguiente »</a></p>", "?pag=2"),
        ("<div><a href='?start=9'>Más noticias</a></div>", "?start=9"),
        ("<div><a href='?start=9'>Ältere Meldungen</a></div>", "?start=9"),
        ("<p><a href='?Paged=TRUE&amp;p_ID=31'><img src=/n.gif alt=Next></a></p>", "?Paged=TRUE&p_ID=31"),
    ],
)
def test_addresses_that_count_pages_lead_to_the_next_one(pager: str, following: str) -> None:
    found = listing("<li>{day}.08.2023 <a href={url}>{title}</a></li>", f"<ul>{{rows}}</ul>{pager}")

    assert found.next_page == f"https://www.ministry.example.de/news{following}"
