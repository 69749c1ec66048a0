"""Lists of documents: agendas, minutes and notices whose links say little, and what is no such list."""

from __future__ import annotations

import pytest

from scrapers.entrances.reading import read_headlines
from scrapers.items import Headlines

URL = "https://www.example.gov/board"


def read(body: str) -> Headlines:
    return read_headlines(f"<html lang=en><body>{body}</body></html>".encode(), url=URL, content_type=None)


def titles(found: Headlines) -> list[str]:
    return [row.title for row in found.rows]


def test_agenda_and_minutes_of_a_meeting_are_told_apart_by_its_day() -> None:
    rows = "".join(
        f"<tr><td>Tuesday</td><td>{day}</td><td>1:30 p.m.</td><td><a href='/a{n}.pdf'>Agenda</a></td><td><a href='/m{n}.pdf'>Minutes</a></td></tr>"
        for n, day in enumerate(("01/09/2024", "01/23/2024", "02/06/2024"))
    )

    found = read(f"<table>{rows}</table>")

    assert titles(found)[:3] == ["Agenda, 01/09/2024", "Minutes, 01/09/2024", "Agenda, 01/23/2024"]
    assert [row.published.iso for row in found.rows if row.published][:3] == ["2024-01-09", "2024-01-09", "2024-01-23"]
    assert len(found.rows) == 6


def test_day_before_the_link_in_one_paragraph_is_its_own() -> None:
    lines = "<br>".join(
        f"{day} <a href='/m{n}.pdf'>Minutes</a>" for n, day in enumerate(("Jan. 16", "Feb. 13", "May 8"))
    )

    assert titles(read(f"<div class='content'><p>{lines}</p></div>")) == [
        "Minutes, Jan. 16",
        "Minutes, Feb. 13",
        "Minutes, May 8",
    ]


def test_links_that_are_pictures_are_called_what_their_row_says() -> None:
    rows = "".join(
        f"<div class='meeting'><b>July {n}, 2019</b><p>Room 5</p><a href='/{n}-Agenda.pdf'><img src='pdf.png'></a></div>"
        for n in (1, 2, 3)
    )

    assert titles(read(f"<div>{rows}</div>")) == ["July 1, 2019", "July 2, 2019", "July 3, 2019"]


def test_documents_named_by_their_day_keep_that_name() -> None:
    rows = "".join(f"<li><a href='/minutes/{n}.docx'>May {n}, 2016</a></li>" for n in (4, 11, 18))

    assert titles(read(f"<ul>{rows}</ul>")) == ["May 4, 2016", "May 11, 2016", "May 18, 2016"]


def test_words_that_hold_the_day_already_are_not_doubled() -> None:
    rows = "".join(
        f"<p>Monday, May {n}, 2018 - view minutes <a href='/m-2018-{n}.pdf'>view minutes</a></p>" for n in (7, 14, 21)
    )

    assert [title.count("view minutes") for title in titles(read(f"<div>{rows}</div>"))] == [1, 1, 1]


def test_pages_of_meetings_come_before_the_files_beside_them() -> None:
    rows = "".join(
        f"<tr><td>1{n}/09/2023</td><td><a href='/meetings/board-1{n}0923'>Advisory Board - 1{n}/09/23</a></td><td><a href='/a{n}.pdf'>Agenda</a></td></tr>"
        for n in range(3)
    )

    assert [row.url[-6:] for row in read(f"<table>{rows}</table>").rows] == ["100923", "110923", "120923"]


@pytest.mark.parametrize(
    "links",
    [
        ("Application", "Mailing labels", "Fee schedule"),
        ("Form", "Form", "Form"),
    ],
)
def test_forms_without_any_day_are_no_list_of_news(links: tuple[str, ...]) -> None:
    rows = "".join(f"<li><a href='/forms/f{n}.pdf'>{text}</a></li>" for n, text in enumerate(links))

    assert read(f"<ul>{rows}</ul>").rows == ()


def test_two_files_are_attachments() -> None:
    assert read("<p><a href='/2024/a.pdf'>Agenda</a></p><p><a href='/2024/m.pdf'>Minutes</a></p>").rows == ()
