"""The headline is what the page and the entrance that led to it agree on, without what else stands in its heading."""

from __future__ import annotations

import pytest

from scrapers.items import Article, Headline
from scrapers.reading.article import read_article
from tests.reading.pages import grade, read, rule

URL = "https://www.example.gov.vn/tin-tuc/bai-1.html"
TEXT = "<article><p>Engineers looked at the dam today and found that it is sound, the ministry said.</p></article>"


def listed(html: str, title: str) -> Article:
    return read_article(html.encode(), url=URL, content_type=None, listed=Headline(url=URL, title=title))


# -- what stands in a heading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "headline", "kicker"),
    [
        ("<span class=kicker>Water</span> Dam inspected after winter", "Dam inspected after winter", "Water"),
        ("<span class=ts-overline>Water</span><span>: </span><span>Dam inspected</span>", "Dam inspected", "Water"),
        ("<small>Water</small><br>Dam inspected after winter", "Dam inspected after winter", "Water"),
        ("<div class=topic-label>Water</div> Dam inspected", "Dam inspected", "Water"),
        ("Dam inspected after winter <small>02.02.2022 • Water</small>", "Dam inspected after winter", ""),
        ("<time datetime=2024-06-17>Jun 17</time> Dam inspected after winter", "Dam inspected after winter", "Jun 17"),
        ("<span class=visually-hidden>Headline:</span> Dam inspected", "Dam inspected", ""),
        ("Dam <span class=label-title>inspected</span>", "Dam inspected", ""),
        ("<span class=kicker>Dam inspected</span>", "Dam inspected", ""),
        ("H<sub>2</sub>O is safe, <em>says</em> ministry", "H2O is safe, says ministry", ""),
        ("<ruby>子<rt>こ</rt></ruby>どもの<ruby>安全<rt>あんぜん</rt></ruby>を守る", "子どもの安全を守る", ""),
    ],
)
def test_a_heading_is_read_without_its_kicker_date_and_hidden_words(heading: str, headline: str, kicker: str) -> None:
    found = read(f"<title>{headline}</title><h1>{heading}</h1>{TEXT}")

    assert found.headline == headline
    assert found.kicker == kicker


def test_a_subtitle_stays_where_the_title_repeats_the_whole() -> None:
    heading = "<h1><span>Dam inspected</span><i class=title__subtitle>: all is well</i></h1>"

    assert (
        read(f"<title>Dam inspected: all is well - News</title>{heading}{TEXT}").headline
        == "Dam inspected: all is well"
    )
    assert read(f"<title>Dam inspected - News</title>{heading}{TEXT}").headline == "Dam inspected"


# -- which heading --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<title>Dam inspected | Ministry of Water</title><h1><a href=/>Ministry of Water</a></h1><h2>Dam inspected</h2>",
        "<title>Dam inspected | Ministry</title><h1><a href='/?lang=en'><img alt='Ministry of Water'></a>Water</h1><h2>Dam inspected</h2>",
        "<title>Water</title><meta property='og:title' content='Dam inspected'><h1>News</h1><p class=art-title>Dam inspected</p>",
        "<title>Dam inspected - Press - Water</title><h1>Press</h1><table><tr><td><b>Dam inspected</b></table>",
        "<title>News Releases - Water</title><h1>News Releases</h1><h3>Dam inspected</h3><meta name=headline content='Dam inspected'>",
    ],
)
def test_the_headline_may_be_a_lesser_heading_or_none(html: str) -> None:
    assert read(f"<html><body>{html}{TEXT}").headline == "Dam inspected"


@pytest.mark.parametrize(
    "html",
    [
        "<title>News Releases | Water</title><h1>News Releases</h1><h3>Dam inspected after the long winter</h3>",
        "<title>Tin tức</title><h1>Tin tức</h1><h2>Dam inspected after the long winter</h2>",
        "<title>Flood office</title><a href=/flood>Flood office</a><h1>Flood office</h1><h2>Dam inspected after the long winter</h2>",
        "<title>Aktuelles</title><h1>Aktuelles</h1><div class=news-title>Dam inspected after the long winter</div>",
    ],
)
def test_a_section_s_name_gives_way_to_what_stands_between_it_and_the_text(html: str) -> None:
    assert read(f"<html><body>{html}{TEXT}").headline == "Dam inspected after the long winter"


def test_the_main_heading_wins_over_what_machines_are_told() -> None:
    found = read(
        f"<meta property='og:title' content='Dam SEO words'><h1>Engineers found the dam to be sound</h1>{TEXT}"
    )

    assert found.headline == "Engineers found the dam to be sound"
    assert grade(found, "headline") == "C"


def test_a_heading_that_leads_to_another_page_is_a_teaser() -> None:
    html = f"<title>x</title><h1><a href=/b>Another article about a dam</a></h1><h2>Engineers inspect the old dam</h2>{TEXT}"

    assert read(html).headline == "Engineers inspect the old dam"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("水坝检查结束-水利部", "水坝检查结束"),
        ("水坝检查结束_新闻动态_中国政府网", "水坝检查结束"),
        ("Dam inspected | example.gov.vn | All of the news", "Dam inspected"),
        ("EXAMPLE - Dam inspected", "Dam inspected"),
        ("Dam inspected // » Example", "Dam inspected"),
        ("Dam inspected - a report", "Dam inspected - a report"),
    ],
)
def test_a_title_that_nothing_repeats_loses_the_website_s_name(title: str, headline: str) -> None:
    found = read(f"<title>{title}</title>{TEXT}")

    assert found.headline == headline
    assert grade(found, "headline") == "B"


# -- what the entrance shows ----------------------------------------------------------------------------------------

SECTIONED = f"<title>Water</title><h1>Activities of our leaders</h1><h2>All about water in our land</h2><h3>Dam inspected</h3>{TEXT}"


def test_the_entrance_chooses_among_the_headings() -> None:
    assert read(SECTIONED).headline != "Dam inspected"

    found = listed(SECTIONED, "Dam inspected")

    assert found.headline == "Dam inspected"
    assert grade(found, "headline") == "A"
    assert rule(found, "headline") == "general: h3 as the entrance shows it"


def test_a_title_that_is_cut_off_still_chooses() -> None:
    html = SECTIONED.replace("Dam inspected", "Dam inspected after a long winter")

    assert listed(html, "Dam inspected after a…").headline == "Dam inspected after a long winter"
    assert rule(listed(html, "Dam…"), "headline") != "general: h3 as the entrance shows it"


@pytest.mark.parametrize("line", ["<p>{}</p>", "<td><strong>{}</strong></td>", "<div class=x><span>{}</span></div>"])
def test_the_entrance_finds_a_headline_that_is_no_heading(line: str) -> None:
    html = f"<title>Water</title><h1>News</h1>{line.format('Dam inspected after winter')}{TEXT}"

    assert listed(html, "Dam inspected after winter").headline == "Dam inspected after winter"


def test_the_entrance_parts_a_heading_from_what_it_does_not_show() -> None:
    html = f"<title>Water</title><h1><b>PRESS</b> <span>Dam inspected after winter</span></h1>{TEXT}"

    assert listed(html, "Dam inspected after winter").headline == "Dam inspected after winter"


def test_the_entrance_alone_does_not_beat_the_page_s_own_headline() -> None:
    html = f"<meta property='og:title' content='Dam inspected'><h1>Dam inspected</h1>{TEXT}"

    found = listed(html, "Click: amazing dam!")

    assert found.headline == "Dam inspected"
    why = next(reason for reason in found.passport if reason.field == "headline")
    assert "entrance: the title shown for it: Click: amazing dam!" in why.rivals


def test_the_entrance_stands_in_for_a_page_that_has_but_the_website_s_title() -> None:
    html = f"<title>Portal of the Ministry of Water</title><p>12 May 2024</p>{TEXT}"

    found = listed(html, "Dam inspected after winter")

    assert found.headline == "Dam inspected after winter"
    assert grade(found, "headline") == "B"


@pytest.mark.parametrize("words", ["Read more", "Xem chi tiết", "…", "詳細"])
def test_what_any_link_is_called_tells_nothing(words: str) -> None:
    html = f"<title>Dam inspected</title><h1>Dam inspected</h1>{TEXT}<h2>{words}</h2>"

    assert listed(html, words).headline == "Dam inspected"


def test_the_entrance_chooses_among_what_a_layout_finds_and_vouches_for_it() -> None:
    html = (
        "<meta property='og:image' content='https://x.1cdn.vn/a.jpg'><h1 class=c-detail-head__title>Chuyên trang</h1>"
        "<h1 class=c-detail-head__title>Kiểm tra hồ chứa trước mùa mưa</h1><div class=b-maincontent><p>Hồ chứa an toàn.</p></div>"
    )

    found = listed(html, "Kiểm tra hồ chứa trước…")

    assert found.headline == "Kiểm tra hồ chứa trước mùa mưa"
    assert grade(found, "headline") == "A"


def test_the_entrance_s_title_is_no_article_where_the_page_has_no_text() -> None:
    from scrapers.reading.errors import Unreadable

    with pytest.raises(Unreadable):
        listed("<html><body><div id=app></div></body></html>", "Dam inspected after winter")


def test_the_entrance_finds_the_headline_where_a_layout_finds_the_section_s_name() -> None:
    html = (
        "<meta property='og:image' content='https://x.1cdn.vn/a.jpg'><h1 class=c-detail-head__title>Hoạt động của Bộ</h1>"
        "<h3>Kiểm tra hồ chứa trước mùa mưa</h3><div class=b-maincontent><p>Hồ chứa an toàn.</p></div>"
    )

    assert read(html).headline == "Hoạt động của Bộ"
    assert listed(html, "Kiểm tra hồ chứa trước mùa mưa").headline == "Kiểm tra hồ chứa trước mùa mưa"
    assert listed(html, "Hồ chứa nào an toàn nhất?").headline == "Hoạt động của Bộ"
