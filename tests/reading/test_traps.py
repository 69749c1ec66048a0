"""The traps that websites of known families set, one by one."""

from __future__ import annotations

import pytest

from scrapers.items import Article
from scrapers.reading.article import read_article
from tests.reading.pages import golden, page, read, rule

ONECMS = """<html lang=vi><head><title>Tin</title><meta property="article:published_time" content="{meta}">
<meta property="article:author" content="{author}"><meta property="article:section" content="{section}">
<meta property="og:url" content="{og}">{head}</head><body><div class="onecms_load_view"></div>
<h1 class="c-detail-head__title">Tin về môi trường</h1><span class="c-detail-head__time">{shown}</span>
<div class="b-maincontent"><article class="entry">{body}</article></div></body></html>"""


def onecms(**parts: str) -> Article:
    given = {
        "meta": "",
        "author": "",
        "section": "",
        "og": "",
        "head": "",
        "shown": "",
        "body": "<p>Nội dung.</p>",
    } | parts
    return read(ONECMS.format(**given))


def saved(family: str, stem: str) -> Article:
    path = page(family, stem)
    return read_article(path.read_bytes(), url=golden(path)["url"], content_type=None)


def iso(article: Article) -> str:
    return article.published.iso if article.published else ""


def test_the_visible_day_comes_first_and_the_meta_month_first() -> None:
    found = onecms(meta="9/5/2026 10:17:01 PM", shown="05/09/2026 - 22:17")

    assert iso(found) == "2026-09-05T22:17:00+07:00"
    assert found.passport[1].grade == "A"


def test_a_month_first_meta_date_alone_is_read_as_its_family_writes_it() -> None:
    assert iso(onecms(meta="9/5/2026 10:17:01 PM")) == "2026-09-05T22:17:01+07:00"


@pytest.mark.parametrize(
    "shown",
    ["15-01-2024 13:04", "13:04 15/01/2024", "15/01/2024 - 13:04", "15/01/2024 13:04 |", "Thứ hai, 15/01/2024 13:04"],
)
def test_every_way_the_family_shows_its_time_is_read(shown: str) -> None:
    assert iso(onecms(shown=shown)) == "2024-01-15T13:04:00+07:00"


def test_a_twice_escaped_author_is_unescaped_twice_and_kept_as_printed() -> None:
    found = onecms(author="Quỳnh V&amp;#226;n", body="<p>Nội dung.</p><p><strong>Quỳnh Vân</strong></p>")

    assert found.authors == ("Quỳnh Vân",)
    assert [reason.printed for reason in found.passport if reason.field == "authors"] == ["Quỳnh V&#226;n"]


def test_the_lede_outside_or_inside_the_text_is_never_part_of_it() -> None:
    outside = read(
        "<div class=onecms_load_view></div><h1 class=c-detail-head__title>Tin</h1><div class=b-maincontent>"
        "<p class=Headlines><b>Đây là đoạn dẫn của bài viết.</b></p><article class=entry><p>Nội dung.</p></article></div>"
    )
    inside = onecms(body="<p class=Headlines><b>Đây là đoạn dẫn của bài viết.</b></p><p>Nội dung.</p>")

    assert outside.lede == inside.lede == "Đây là đoạn dẫn của bài viết."
    assert outside.body_text == inside.body_text == "Nội dung."


def test_an_empty_logo_heading_before_the_headline_is_not_it() -> None:
    assert saved("hemera", "article-post").headline == "Vùng trồng lúa giảm phát thải mở rộng ra mười tỉnh"


def test_a_placeholder_is_not_the_picture() -> None:
    picture = '<p><img src="https://x.1cdn.vn/assets/images/grey.gif" data-src="https://x.1cdn.vn/2024/a..jpg"></p>'

    assert [image.url for image in onecms(body=picture + "<p>b</p>").images] == ["https://x.1cdn.vn/2024/a..jpg"]


def test_the_time_of_rendering_is_no_date_of_the_article() -> None:
    found = onecms(head='<meta name="datetimenow" content="9/4/2026 5:08:43 PM">')

    assert found.published is None
    assert found.modified is None


def test_a_paragraph_that_leads_away_is_related_reading() -> None:
    found = onecms(body='<p>Một.</p><p><a href="/bai-2.html"><b>>> Bài khác</b></a></p><p>Hai >> ba.</p>')

    assert [(link.url, link.title) for link in found.related] == [("https://www.example.gov.vn/bai-2.html", "Bài khác")]
    assert found.body_text == "Một.\n\nHai >> ba."


def test_a_section_with_a_space_before_it_has_none_in_the_record() -> None:
    assert onecms(section=" Doanh nghiệp A-Z").section == "Doanh nghiệp A-Z"


def test_a_short_og_url_is_not_the_canonical_address() -> None:
    assert saved("hemera", "article-post").canonical_url.endswith("-post397051.html")


def test_an_og_url_of_the_front_page_is_no_canonical_address() -> None:
    assert onecms(og="https://www.example.gov.vn/").canonical_url == "https://www.example.gov.vn/tin-tuc/bai-1.html"


def test_an_offset_without_colon_is_an_offset() -> None:
    found = saved("hemera", "article-post")

    assert found.modified is not None
    assert found.modified.iso == "2026-09-05T10:02:10+07:00"


def test_words_in_decomposed_characters_come_out_composed() -> None:
    import unicodedata

    found = read(unicodedata.normalize("NFD", "<h1>Bộ trưởng họp về môi trường</h1><p>Cuộc họp diễn ra ở Huế.</p>"))

    assert found.headline == "Bộ trưởng họp về môi trường"
    assert found.body_text == "Cuộc họp diễn ra ở Huế."


def test_an_empty_date_stays_empty() -> None:
    assert onecms(meta="", shown="").published is None


def test_a_source_line_and_a_slash_name_where_the_article_comes_from() -> None:
    assert saved("onecms", "article-month-first").origin == "Kiến thức Đầu tư"
    assert saved("onecms", "article-oldest").origin == "Đoàn Thanh niên"
    assert saved("hemera", "article-post").origin == "TTXVN"


def test_the_number_in_the_address_is_a_witness_for_the_time() -> None:
    html = "<div class=afcbc-body></div><h1 class=detail-title>Tin</h1><div class='detail-content afcbc-body'><p>Một.</p></div>"

    found = read(html, url="https://baochinhphu.vn/tin-102260815065412345.htm")

    assert iso(found) == "2026-08-15T06:54:12+07:00"
    assert rule(found, "published") == "address: time in the article's number; zone of the country"


def test_midnight_stands_for_no_time_on_liferay() -> None:
    assert iso(saved("liferay", "article-midnight")) == "2019-03-05"


def test_counts_of_views_are_no_part_of_what_was_printed() -> None:
    found = saved("liferay", "article-department")

    assert found.published is not None
    assert found.published.printed == "Ngày đăng 18/03/2019 | 04:01 PM"


def test_a_layout_that_matches_nothing_yields_to_the_general_reader() -> None:
    found = read(
        "<html><head><title>Relaunched | Ministry</title></head><body class=onecms_load_view><main><h1>Relaunched</h1>"
        "<p>The site was rebuilt last week with new classes throughout.</p></main></body></html>"
    )

    assert found.layout == "general"
    assert found.headline == "Relaunched"
    assert found.body_text == "The site was rebuilt last week with new classes throughout."
