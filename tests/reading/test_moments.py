"""When an article was published and changed: which witness is believed, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scrapers.items import Article, Headline, Moment
from scrapers.reading.article import read_article

GERMAN = (
    "<p>Die Ministerin traf am Montag die Bürgermeister der Küste, und sie einigten sich auf einen Plan für Deiche.</p>"
)
TEXT = (
    "<p>The ministry met the mayors of the coast today, and they agreed on a plan for the dykes and the harbours.</p>"
)


def read(
    head: str = "",
    body: str = "",
    *,
    url: str = "https://www.example.org/a",
    language: str = "en",
    listed: Headline | None = None,
    fetched: datetime | None = None,
) -> Article:
    page = (
        f"<html lang={language}><head><title>Mayors and ministry agree</title>{head}</head><body><main>"
        f"<h1>Mayors and ministry agree</h1>{body if '<p>' in body else body + TEXT * 4}</main></body></html>"
    )
    return read_article(page.encode(), url=url, content_type="text/html", listed=listed, fetched=fetched)


def published(article: Article) -> str | None:
    return article.published.iso if article.published else None


def modified(article: Article) -> str | None:
    return article.modified.iso if article.modified else None


def told(article: Article, field: str = "published") -> tuple[str, str]:
    return next((reason.rule, reason.grade) for reason in article.passport if reason.field == field)


def ld(text: str) -> str:
    return f"<script type='application/ld+json'>{text}</script>"


def meta(name: str, content: str) -> str:
    return f"<meta property='{name}' content='{content}'>"


# -- witnesses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("article:published_time", "2024-10-04T09:05:00+02:00"),
        ("og:published_time", "2024-10-04T09:05:00+02:00"),
        ("govuk:first-published-at", "2024-10-04T09:05:00+02:00"),
        ("DCTERMS.issued", "2024-10-04T09:05:00+02:00"),
        ("dcterms:issued", "2024-10-04T09:05:00+02:00"),
        ("DC.Date.Issued", "2024-10-04T09:05:00+02:00"),
        ("parsely-pub-date", "2024-10-04T07:05:00+00:00"),
        ("sailthru.date", "2024-10-04 09:05:00 +0200"),
        ("eprints.date", "2024-10-04T09:05+02:00"),
        ("agency:publication_date", "2024-10-04T09:05+02:00"),
    ],
)
def test_meta_elements_of_many_nations_state_the_moment(name: str, content: str) -> None:
    found = read(meta(name, content))

    assert found.published and found.published.at == datetime(2024, 10, 4, 7, 5, tzinfo=UTC)
    assert told(found) == (f"meta: {name.lower()}", "B")


def test_a_meta_element_with_value_for_content_is_read() -> None:
    assert published(read("<meta name='article:published_time' value='2024-10-04T09:05:00+02:00'>")) == (
        "2024-10-04T09:05:00+02:00"
    )


@pytest.mark.parametrize(
    "body",
    [
        "<span property='dc:date dc:created' content='2024-10-04T09:05:00+02:00'>Friday</span>",
        "<div typeof='NewsArticle'><time property='schema:datePublished' datetime='2024-10-04T09:05:00+02:00'>Friday</time></div>",
        "<span itemprop=datePublished content='2024-10-04T09:05:00+02:00'>Friday</span>",
        "<time pubdate datetime='2024-10-04T09:05:00+02:00'>Friday</time>",
        "<abbr class=published title='2024-10-04T09:05:00+02:00'>9:05</abbr>",
        "<span class=stamp data-published='2024-10-04T09:05:00+02:00'>4 October 2024</span>",
        "<div class=meta><a href=/x>Ann Lee</a>, 4 October 2024 09:05 GMT+2 <span>| 12 comments</span> <b>Share</b></div>",
    ],
)
def test_marked_dates_in_the_page_are_read(body: str) -> None:
    assert published(read(body=body)) in ("2024-10-04T09:05:00+02:00", "2024-10-04T09:05+02:00")


def test_of_several_articles_described_the_one_with_the_pages_address_counts() -> None:
    node = '{{"@type":"NewsArticle","url":"https://www.example.org/{}","datePublished":"{}"}}'
    script = f"[{node.format('b', '2024-10-01')},{node.format('a', '2024-10-04')},{node.format('c', '2024-10-02')}]"

    assert published(read(ld(script))) == "2024-10-04"


def test_broken_json_is_heard_last_and_only_when_it_says_one_day() -> None:
    broken = '{"@type":"NewsArticle","headline":"The "new" dykes","datePublished":"2024-10-04T09:05:00Z"}'

    found = read(ld(broken))

    assert published(found) == "2024-10-04T09:05:00+00:00"
    assert told(found) == ("script: datePublished", "D")
    assert read(ld(broken) + ld(broken.replace("10-04", "10-05"))).published is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://www.example.org/2024/10/04/mayors", "2024-10-04"),
        ("https://www.example.org/news/2024-10-04-mayors.html", "2024-10-04"),
        ("https://www.example.org/202410/t20241004_123456.html", "2024-10-04"),
        ("https://www.example.org/mayors-20241004.html", "2024-10-04"),
        ("https://www.example.org/mayors-20241004090500.htm", "2024-10-04"),
        ("https://www.example.org/2015/08/150803-gender/", None),
        ("https://www.example.org/2016/12/132377/shirts", None),
        ("https://www.example.org/order/20241004123/", None),
    ],
)
def test_an_address_tells_the_day_only_where_it_is_written_out(url: str, day: str | None) -> None:
    assert published(read(url=url)) == day


def test_the_entrance_is_a_witness_of_its_own() -> None:
    row = Headline(
        url="https://www.example.org/a",
        published=Moment(at=datetime(2024, 10, 4, 7, 5, tzinfo=UTC), precision="minute", printed="4 Oct, 07:05"),
    )

    alone, agreed = read(listed=row), read(body="<p class=date>4 October 2024</p>" + TEXT * 4, listed=row)

    assert (published(alone), told(alone)) == (
        "2024-10-04T07:05:00+00:00",
        ("entrance: the date shown for it", "B"),
    )
    assert (published(agreed), told(agreed)[1]) == ("2024-10-04T07:05:00+00:00", "A")


# -- places on the page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        f"<p>(04.10.2024) Die Minister trafen am Montag ein und sprachen lange.</p>{GERMAN * 4}",
        f"<p>Pressemitteilung vom 4. Oktober 2024 | Berlin – Die Minister trafen ein.</p>{GERMAN * 4}",
        f"<p>04.10.2024 „Der Markt ist gut“, sagte die Ministerin am Montag in Berlin.</p>{GERMAN * 4}",
        f"{GERMAN * 4}<div class=post-footer>Dieser Beitrag wurde am 4. Oktober 2024 von Anna Lehmann in der Abteilung Presse veröffentlicht.</div>",
        f"<div class=social-share><h5>04.10.2024</h5></div>{GERMAN * 4}",
        f"<aside class=facts><dl><dt>Datum</dt><dd>04.10.2024</dd></dl></aside>{GERMAN * 4}",
        f"{GERMAN * 4}<p class=info>Veröffentlicht: 04.10.2024</p>",
        f"<p class=byline>Von <a rel=author href=/al>Anna Lehmann</a>, 4.10.24</p>{GERMAN * 4}",
    ],
)
def test_a_visible_date_is_found_where_pages_put_it(body: str) -> None:
    found = read(body=body, language="de", url="https://www.example.de/a")

    assert (published(found), told(found)[1]) == ("2024-10-04", "C")


@pytest.mark.parametrize(
    "body",
    [
        f"{TEXT * 4}<p>© 2024 Ministry, 4 October 2024</p>",
        TEXT * 4 + "<ul>" + "<li>4 October 2024 <a href=/b>Another article with a long headline</a></li>" * 2 + "</ul>",
        f"<p>Registration deadline: 4 October 2024</p>{TEXT * 4}",
        f"<p class=profile>Member since <b>4 October 2024</b></p>{TEXT * 4}",
        f"{TEXT * 4}<div class=comments><div class=comment><time datetime=2024-10-04>4 October 2024</time> Ann: Good!</div></div>",
        f"<p>On Friday, 4 October 2024 the mayors met the ministers of the coast and of the harbours again.</p>{TEXT * 4}",
        f"<p>October 2024</p>{TEXT * 4}",
    ],
)
def test_other_days_on_a_page_are_not_its_own(body: str) -> None:
    assert read(body=body).published is None


def test_todays_date_in_the_websites_head_is_not_the_articles() -> None:
    page = (
        "<html lang=en><body><header><nav><a href=/>Home</a></nav><div class=date>Friday, 4 October 2024</div></header>"
        f"<main><div><div><div><div><h1>Mayors and ministry agree</h1>{TEXT * 4}</div></div></div></div></main></body></html>"
    )

    assert read_article(page.encode(), url="https://www.example.org/a", content_type=None).published is None


# -- decisions --------------------------------------------------------------------------------------------------------


def test_two_independent_witnesses_outvote_a_lonely_one() -> None:
    found = read(
        meta("article:published_time", "2024-11-20"),
        "<p class=date>4 October 2024</p>" + TEXT * 4,
        url="https://www.example.org/2024/10/04/a",
    )

    assert (published(found), told(found)[1]) == ("2024-10-04", "A")


def test_the_day_of_the_last_change_has_no_vote() -> None:
    found = read(
        ld('{"@type":"NewsArticle","datePublished":"2024-10-01","dateModified":"2024-10-04"}')
        + meta("date", "2024-10-04"),
        "<p class=date>4 October 2024</p>" + TEXT * 4,
    )

    assert (published(found), modified(found)) == ("2024-10-01", "2024-10-04")


def test_words_for_people_correct_a_date_for_machines_with_the_month_in_the_wrong_place() -> None:
    found = read(
        meta("article:published_time", "10/04/2024"),
        "<p class=date>4 October 2024</p>" + TEXT * 4,
        url="https://www.example.ie/a",
    )

    assert published(found) == "2024-10-04"


def test_a_loose_field_yields_to_what_people_see() -> None:
    found = read(meta("dc.date", "2024-10-09"), "<p class=date>4 October 2024</p>" + TEXT * 4)

    assert published(found) == "2024-10-04"
    assert published(read(meta("dc.date", "2024-10-09"))) == "2024-10-09"


def test_a_later_element_tells_the_time_of_the_same_day() -> None:
    found = read(
        meta("article:published_time", "2024-10-04"),
        "<p class=date>4 October 2024, 09:05 GMT+2</p>" + TEXT * 4,
    )

    assert published(found) == "2024-10-04T09:05:00+02:00"


# -- zones ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "language", "text", "means", "rule"),
    [
        ("https://www.mee.gov.cn/a", "zh", "2024-10-04 09:05", "2024-10-04T09:05:00+08:00", "; zone of the country"),
        ("https://example.org/a", "vi", "04/10/2024 09:05", "2024-10-04T09:05:00+07:00", "; zone of the language"),
        (
            "https://example.org/a",
            "de",
            "4. Oktober 2024, 09:05 Uhr",
            "2024-10-04T09:05:00+02:00",
            "; zone of the language",
        ),
        ("https://ec.europa.eu/a", "en", "4 October 2024 09:05", "2024-10-04T09:05:00+02:00", "; zone of the country"),
        ("https://example.org/a", "vi", "04/10/2024 09:05 GMT+7", "2024-10-04T09:05:00+07:00", ""),
        ("https://www.gov.br/a", "pt-br", "04/10/2024 09h05", "2024-10-04T09:05:00-03:00", "; zone of the country"),
        ("https://www.seplag.am.gov.br/a", "pt-br", "04/10/2024 09h05", "2024-10-04", ""),
        ("https://www.state.gov/a", "en", "October 4, 2024 9:05 a.m.", "2024-10-04", ""),
        ("https://www.state.gov/a", "en", "October 4, 2024 9:05 a.m. EDT", "2024-10-04T09:05:00-04:00", ""),
        ("https://example.org/a", "en-GB", "04/10/2024", "2024-10-04", ""),
    ],
)
def test_the_passport_tells_where_a_zone_comes_from(url: str, language: str, text: str, means: str, rule: str) -> None:
    found = read(body=f"<p class=date>{text}</p><p>2024</p>", url=url, language=language)

    assert published(found) == means
    assert told(found)[0].partition("general: date near the headline")[2] == rule


def test_the_same_minute_by_two_clocks_tells_the_offset() -> None:
    found = read(
        meta("article:published_time", "2024-10-05T02:11:03+00:00"),
        "<p class=date>October 4, 2024 10:11 pm</p>" + TEXT * 4,
    )

    assert published(found) == "2024-10-04T22:11:03-04:00"
    assert told(found)[0] == "meta: article:published_time; zone by general: date near the headline"


def test_an_offset_stated_for_the_same_moment_is_taken() -> None:
    found = read(
        meta("article:published_time", "2024-10-05T02:11:03Z"),
        "<time datetime='2024-10-04T21:11:03-05:00'>October 4, 2024</time>" + TEXT * 4,
    )

    assert published(found) == "2024-10-04T21:11:03-05:00"


def test_where_no_zone_is_known_only_the_pages_words_tell_the_day() -> None:
    found = read(meta("article:published_time", "2024-10-05T02:11:03Z"), "<p class=date>October 4, 2024</p>" + TEXT * 4)
    impossible = read(
        meta("article:published_time", "2024-10-05T16:11:03Z"), "<p class=date>October 4, 2024</p>" + TEXT * 4
    )

    assert published(found) == "2024-10-04"
    assert published(impossible) == "2024-10-05T16:11:03+00:00"


def test_a_greenwich_time_that_is_the_clock_on_the_wall_is_read_as_such() -> None:
    found = read(
        body="<time datetime='2024-10-04T09:05:00+00:00'>2024年10月4日 09:05</time>" + TEXT * 4,
        url="https://www.example.jp/a",
        language="ja",
    )

    assert published(found) == "2024-10-04T09:05:00+09:00"


# -- changes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "day", "change"),
    [
        ("Published 1 October 2024, last updated 4 October 2024", "2024-10-01", "2024-10-04"),
        ("Last updated 4 October 2024, originally published 1 October 2024", "2024-10-01", "2024-10-04"),
        ("1 October 2024 | Updated: 4 October 2024", "2024-10-01", "2024-10-04"),
    ],
)
def test_a_line_may_tell_both_days(line: str, day: str, change: str) -> None:
    found = read(body=f"<p class=date>{line}</p>{TEXT * 4}")

    assert (published(found), modified(found)) == (day, change)


def test_the_one_day_shown_is_no_publication_when_it_is_called_an_update() -> None:
    found = read(body=f"<p>Last updated: 4 October 2024</p>{TEXT * 4}")

    assert (published(found), modified(found)) == (None, "2024-10-04")
    assert told(found, "modified")[1] == "C"


def test_a_change_only_machines_are_told_is_no_publication() -> None:
    found = read(meta("article:modified_time", "2024-10-04T09:05:00Z"))

    assert (published(found), modified(found)) == (None, "2024-10-04T09:05:00+00:00")


# -- refusals ---------------------------------------------------------------------------------------------------------


def test_a_day_after_the_fetch_is_refused_and_the_note_says_why() -> None:
    fetched = datetime(2024, 10, 5, tzinfo=UTC)
    head = meta("article:published_time", "2031-10-04") + meta("article:modified_time", "2032-10-04")

    found = read(head, "<p class=date>4 October 2024</p>" + TEXT * 4, fetched=fetched)

    assert (published(found), modified(found)) == ("2024-10-04", None)
    assert found.notes == (
        "published: \u201c2031-10-04\u201d (meta: article:published_time) was refused: the page was fetched before that day",
        "modified: \u201c2032-10-04\u201d (meta: article:modified_time) was refused: the page was fetched before that day",
    )


def test_a_visible_day_to_come_is_passed_over() -> None:
    body = f"<p>11 November 2024</p><p class=date>4 October 2024</p>{TEXT * 4}"

    assert published(read(body=body, fetched=datetime(2024, 10, 5, tzinfo=UTC))) == "2024-10-04"


def test_days_before_the_web_need_two_witnesses() -> None:
    alone = read(meta("article:published_time", "1970-01-01T00:00:00Z"))
    archive = read(meta("article:published_time", "1975-05-12"), url="https://www.example.org/1975/05/12/a")

    assert alone.published is None
    assert len(alone.notes) == 1
    assert alone.notes[0].endswith(
        "(meta: article:published_time) was refused: it is before 1990, and nothing else says so"
    )
    assert (published(archive), told(archive)[1]) == ("1975-05-12", "A")


@pytest.mark.parametrize("stamp", ["2024-10-01T12:00:00Z", "2024-10-01T00:00:00Z", "2024-10-01T00:00:00+00:00"])
def test_a_time_that_only_fills_up_a_day_is_no_time_where_people_are_shown_none(stamp: str) -> None:
    marked = read(body=f"<time datetime='{stamp}'>1 October 2024</time>{TEXT * 4}")
    hidden = read(meta("article:published_time", stamp), body=f"<p class=date>1 October 2024</p>{TEXT * 4}")
    timed = read(meta("article:published_time", stamp), body=f"<p class=note>Read it aloud</p>{TEXT * 4}")

    assert (published(marked), published(hidden)) == ("2024-10-01", "2024-10-01")
    assert len(published(timed) or "") > 10
