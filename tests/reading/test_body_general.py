"""On pages of no known layout, the text is all of the article and nothing of what stands around it."""

from __future__ import annotations

import pytest

from tests.reading.pages import read

FIRST = "The ministry opened a new gauging station on the upper river on Monday, the third one this year."
SECOND = "Engineers will read the water level every ten minutes and publish it for the towns downstream."


def text(within: str, before: str = "") -> str:
    return read(
        f"<title>T</title><main><h1>New gauging station</h1>{before}<div class=article-body><p>{FIRST}</p><p>{SECOND}</p>{within}</div></main>"
    ).body_text


ALONE = f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href=/b>Older station on the lower river repaired after the flood</a></p>",
        "<p>Read more: <a href=/b>Older station repaired</a></p>",
        "<p><strong>Lea más: Otra estación reparada tras la crecida</strong></p>",
        "<h3>Related articles</h3><ul><li><a href=/b>Older station on the lower river repaired</a></li></ul>",
        "<h3>Mehr zum Thema</h3><figure><a href=/b><img src=/b.jpg></a></figure><p><a href=/b>Ältere Station repariert</a></p>",
        "<div><h3><a href=/b>Older station repaired after the flood</a></h3><p>Water had entered the shaft.</p></div>",
        "<a href=/b><h3>Older station repaired after the flood</h3></a>",
        "<div class=row>" + "<div><a href=/b><img src=/b.jpg>Older station repaired in spring</a></div>" * 3 + "</div>",
        "<p>Share</p><p>Facebook | Twitter</p><p>Print</p><p>Advertisement</p>",
        "<p>© 2024 River Ministry. All rights reserved.</p>",
        "<p>Sign up for our weekly newsletter and never miss a flood.</p>",
        "<h3>3 Comments</h3><p>What a nice station, said somebody.</p>",
        "<h4>About the author</h4><p>Mary Brook writes about rivers.</p>",
        "<p>Tags: water, rivers</p><p>Zurück zur Übersicht</p>",
        "<div class=author-box><p>Mary Brook is an editor at the ministry's press office.</p></div>",
        "<p class=img-caption>The station seen from the bank</p>",
        "<figure><figcaption>The station seen from the bank</figcaption></figure>",
        "<h3>And more</h3>",
    ],
)
def test_what_leads_away_or_stands_around_is_no_text(html: str) -> None:
    assert text(html) == ALONE


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<h3>Next steps</h3><p>The fourth station follows in May.</p>", "Next steps\n\nThe fourth station follows in May."),
        (("<h3><a href=/s>The stations of the upper river</a></h3><p>Each has a gauge, a shaft and a mast; two have a camera, and one of them a "
         "telephone for the people who live close to it, which is older than all the rest.</p>"), "The stations of the upper river"),
        ("<p>The full list:</p><ul><li><a href=/a>Station one at the bridge</a></li><li><a href=/b>Station two at the weir</a></li></ul>",
         "Station one at the bridge\nStation two at the weir"),
        ("<p><a href=/plan.pdf>The plan of all the stations as a file</a></p>", "The plan of all the stations as a file"),
        ("<p><a href=#notes>See the notes</a> for more on how this is measured.</p>", "See the notes for more on how this is measured."),
        (f"<h3>Comments</h3><p>{SECOND} {FIRST} {SECOND} {FIRST}</p>", "Comments"),
        ("<figure><table><tr><th>Town</th><th>cm</th></tr><tr><td>A</td><td>9</td></tr></table><figcaption>Levels</figcaption></figure>", "Town\tcm\nA\t9"),
    ],
)  # fmt: skip
def test_what_belongs_to_the_article_stays(html: str, kept: str) -> None:
    assert kept in text(html)


def test_opening_words_between_headline_and_text_are_text() -> None:
    opening = "Towns on the river will know of a flood two hours earlier than they did before."

    assert text("", f"<p class=standfirst-x>{opening}</p>") == f"{opening}\n\n{ALONE}"
    assert text("", f"<p class=standfirst>{opening}</p>") == f"{opening}\n\n{ALONE}"


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href=/b>Older station on the lower river repaired after the flood of last year</a></p>",
        "<figure><img src=/s.jpg><figcaption>The station seen from the bank on the day it was opened</figcaption></figure>",
        "<div class=card><h3><a href=/b>Older station repaired</a></h3><p>Water had entered the shaft in the night and stood there.</p></div>",
        "<p class=byline>By Mary Brook, who has written about the rivers of the country for years</p>",
    ],
)
def test_other_words_between_headline_and_text_are_none(html: str) -> None:
    assert text("", html) == ALONE


def test_a_date_within_a_sentence_leaves_the_sentence_whole() -> None:
    long = (
        "On <time datetime=2024-05-06>6 May 2024</time> the ministry opened a new gauging station on the upper river, the third one this year, "
        "and engineers will read the water level every ten minutes and publish it for the towns that lie downstream of it."
    )

    found = read(
        f"<title>T</title><h1>New gauging station</h1><div class=article-body><p>{long}</p><p>{SECOND}</p></div>"
    )

    assert "the ministry opened a new gauging station" in found.body_text


def test_the_text_of_a_page_builder_is_found_in_all_its_pieces() -> None:
    piece = "<div class=text-piece><p>{}</p></div>"

    found = read(
        f"<title>T</title><main><h1>New gauging station</h1><div>{piece.format(FIRST * 5)}{piece.format('It has a mast and a shaft, too, and a roof.')}</div></main>"
    )

    assert "It has a mast and a shaft" in found.body_text


def test_a_box_of_a_doubtful_name_is_the_text_when_little_else_is() -> None:
    box = f"<div class=sidebar-row><p>{FIRST}</p><p>{SECOND}</p></div>"

    found = read(f"<title>T</title><article><h1>New gauging station</h1>{box}{box}{box}</article>")

    assert FIRST in found.body_text


def test_a_part_that_is_unfolded_is_text_and_a_button_is_none() -> None:
    found = text(
        f"<div class=js_readmore><p>{FIRST} It stands on four legs. {SECOND}</p></div><div class=read-more>Read on</div>"
    )

    assert "four legs" in found
    assert "Read on" not in found


def test_readings_above_the_line_are_left_out() -> None:
    assert "漢字" in text("<p><ruby>漢字<rt>かんじ</rt></ruby>のある文です。</p>")
    assert "かんじ" not in text("<p><ruby>漢字<rt>かんじ</rt></ruby>のある文です。</p>")


def test_all_that_is_marked_as_caption_or_credit_under_a_picture_leaves_the_text() -> None:
    html = (
        "<div><img src=/s.jpg></div><p class=media__caption>The station</p><p class=media__caption--source>R. Brook</p>"
    )

    assert text(html) == ALONE


def test_sections_with_linked_headings_stay_when_they_are_what_the_text_is_about() -> None:
    sections = "".join(
        f"<section><h3><a href=/s{number}>Gauging station number {number}</a></h3><p>The station stands at the bridge of town {number}, has a "
        "mast and a shaft, and is read every ten minutes.</p></section>"
        for number in range(6)
    )

    assert "Gauging station number 5" in text(sections)


def test_a_linked_place_in_the_page_is_no_other_article() -> None:
    assert "The stations" in text(f"<h3><a href=#s>The stations of the river</a></h3><p>{FIRST}</p>")


def test_a_text_that_is_written_in_structured_data_alone_is_read() -> None:
    head = '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "New gauging station", "articleBody": "{}"}}</script>'

    assert read(f"<title>T</title>{head.format(FIRST)}<h1>New gauging station</h1>").body_text == FIRST
    assert read(f"<title>T</title>{head.format(f'<p>{FIRST}</p>')}<h1>New gauging station</h1>").body_text == FIRST


def test_a_link_below_each_entry_belongs_to_the_last_one_too() -> None:
    entry = "<h2>Entry {0}</h2><p>What entry {0} of this long list of data tells about its river.</p><p><a href=/d{0}>View this dataset</a></p>"
    found = read(f"<title>T</title><main><h1>Data</h1>{''.join(entry.format(number) for number in range(4))}</main>")

    assert found.body_text.count("View this dataset") == 4


def test_a_carousel_above_a_short_text_is_not_the_text() -> None:
    slide = f"<li><article><img src=/{{0}}.jpg><p>{SECOND} {SECOND}</p></article></li>"
    slides = "".join(slide.format(number) for number in range(6))
    found = read(
        f"<title>Our mission</title><header role=banner><ul class=slides>{slides}</ul></header>"
        f"<div><h1>Our mission</h1><div class=inside><p>{FIRST}</p></div></div>"
    )

    assert found.body_text == FIRST
    assert not found.images
