"""Design systems of governments, and the content systems underneath: which page is whose, and what is read from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scrapers.entrances.plain import plain
from scrapers.entrances.reading import read_headlines
from scrapers.items import Article
from scrapers.layouts.registry import LAYOUTS, recognise
from scrapers.reading.article import read_article
from scrapers.reading.index import Index
from scrapers.reading.tree import parse
from tests.reading.pages import FIXTURES, golden, read, rule

FAMILIES = ("govuk", "ecl", "dsfr", "gcweb", "govcms", "uswds", "drupal", "drupal7", "wordpress")
PAGES = sorted(path for path in FIXTURES.glob("*/*.html") if path.parent.name in LAYOUTS)
LISTINGS = [FIXTURES / family / "listing.html" for family in FAMILIES]
ABOVE = {"ecl": ["drupal"], "govcms": ["drupal"]}
"""What stands under a family on its pages."""


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def families(html: str, named: str = "") -> list[str]:
    root = parse(html)
    assert root is not None
    return [layout.name for layout in recognise(Index(root), named, markup=html)]


def article(page: str) -> Article:
    path = FIXTURES / f"{page}.html"
    return read_article(path.read_bytes(), url=golden(path)["url"], content_type=None)


@pytest.mark.parametrize("path", [path for path in PAGES if path.parent.name in FAMILIES], ids=name)
def test_a_page_is_of_its_own_family_first_and_of_what_stands_under_it(path: Path) -> None:
    family = path.parent.name

    found = families(path.read_text("utf-8"))

    assert found[0] == family
    assert set(found[1:]) <= set(ABOVE.get(family, []))


@pytest.mark.parametrize("path", [path for path in PAGES if path.parent.name not in FAMILIES], ids=name)
def test_a_page_of_another_family_is_of_none_of_these(path: Path) -> None:
    assert set(families(path.read_text("utf-8"))).isdisjoint(FAMILIES)


def test_a_family_a_source_names_comes_first_unless_only_others_show_signs() -> None:
    both = "<ul class='pager'><li class='pager__item--next'></ul><h1 class='wp-block-post-title'>A</h1>"

    assert families(both) == ["drupal", "wordpress"]
    assert families(both, "wordpress") == ["wordpress", "drupal"]
    assert families(both, "liferay") == ["drupal", "wordpress"]
    assert families("<p>x</p>", "liferay") == ["liferay"]


@pytest.mark.parametrize("path", LISTINGS, ids=name)
def test_a_listing_yields_the_rows_beside_it(path: Path) -> None:
    wanted: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))

    found = read_headlines(path.read_bytes(), url=wanted["url"], content_type=None)

    assert {"url": wanted["url"], **plain(found)} == wanted


@pytest.mark.parametrize(
    ("family", "titles", "day", "next_page"),
    [
        ("govuk", ["New flood barrier opens at Saltmere", "Eel passes for twelve weirs"], "2025-07-03", "&page=2"),
        ("ecl", ["Seven lakes are clean again", "Reed beds filter the rain of three towns"], "2025-09-18", "?page=1"),
        ("dsfr", ["Un plan pour les haies du bocage", "Les vergers de demain"], "2025-10-14", "?page=1"),
        (
            "gcweb",
            ["Minister opens northern weather station", "Four new radars for the Prairies"],
            "2025-11-04",
            "?start=10",
        ),
        ("govcms", ["Ten thousand trees for the Wattle Valley", "Seven walking paths reopen"], "2025-08-12", "?page=1"),
        ("uswds", ["Bureau maps every covered bridge", "Rust inspections begin in June"], "2025-05-20", "?page=2"),
        ("drupal", ["Harbour dues halved for small boats", "The herring season opens"], "2025-03-10", "?page=1"),
        (
            "drupal7",
            ["Auditor publishes report on the lottery", "Pension fund answers the audit"],
            "2019-06-04",
            "?page=1",
        ),
        ("wordpress", ["Governor signs the dark sky act", "The bison census is complete"], "2025-10-06", "/page/2/"),
    ],
)
def test_a_listing_gives_its_three_rows_with_their_days_and_the_next_page(
    family: str, titles: list[str], day: str, next_page: str
) -> None:
    path = FIXTURES / family / "listing.html"

    url = json.loads(path.with_suffix(".json").read_text("utf-8"))["url"]

    found = read_headlines(path.read_bytes(), url=url, content_type=None)

    assert [found.rows[0].title, found.rows[-1].title] == titles
    assert len(found.rows) == 3
    assert all(row.published for row in found.rows)
    assert found.rows[0].published is not None
    assert found.rows[0].published.iso[:10] == day
    assert (found.next_page or "").endswith(next_page)


@pytest.mark.parametrize(
    ("page", "headline", "published", "section", "authors"),
    [
        (
            "govuk/article-press",
            "New flood barrier opens at Saltmere",
            "2025-07-02T08:30:00+01:00",
            "Press release",
            ("Department for Rivers and Coasts", "Coastal Works Agency"),
        ),
        (
            "ecl/article-news",
            "Seven lakes are clean again",
            "2025-09-18",
            "News article",
            ("Directorate-General for Lakes",),
        ),
        ("dsfr/article-ministere", "Un plan pour les haies du bocage", "2025-10-14T17:30:00+02:00", "Actualités", ()),
        (
            "gcweb/article-release",
            "Minister opens northern weather station",
            "2025-11-04",
            "News release",
            ("Weather and Ice Service Canada",),
        ),
        (
            "govcms/article-media",
            "Ten thousand trees for the Wattle Valley",
            "2025-08-12T09:40:00+10:00",
            "News",
            (),
        ),
        ("uswds/article-agency", "Bureau maps every covered bridge", "2025-05-20T10:15:00-04:00", "News", ()),
        ("drupal/article-news", "Harbour dues halved for small boats", "2025-03-10", "", ()),
        ("drupal7/article-release", "Auditor publishes report on the lottery", "2019-06-04", "", ()),
        (
            "wordpress/article-classic",
            "New ferry links three islands",
            "2025-02-17T09:30:00+08:00",
            "News",
            ("Maria Lopez",),
        ),
        ("wordpress/article-block", "Governor signs the dark sky act", "2025-10-06T16:05:00-06:00", "Releases", ()),
    ],
)
def test_an_article_states_its_fields(
    page: str, headline: str, published: str, section: str, authors: tuple[str, ...]
) -> None:
    found = article(page)

    assert found.layout == page.partition("/")[0]
    assert found.headline == headline
    assert found.published is not None
    assert found.published.iso == published
    assert found.section == section
    assert found.authors == authors
    assert found.notes == ()


@pytest.mark.parametrize(
    ("page", "begins", "ends"),
    [
        ("govuk/article-press", "A flood barrier across", "the last Sunday of the month."),
        ("ecl/article-news", "The Commission confirmed", "as the directive of 2006 requires."),
        ("dsfr/article-ministere", "Depuis 1950, sept haies", "dès le 1er janvier prochain."),
        ("gcweb/article-release", "November 4, 2025 – Loon Point", "It cost 6.4 million dollars."),
        ("govcms/article-media", "More than four hundred people", "count the living trees each year."),
        ("uswds/article-agency", "The Bureau of Bridges published", "449 feet long and carries school buses."),
        ("drupal/article-news", "From April, boats under eight", "New owners, with the form below."),
        ("drupal7/article-release", "The State Auditor published", "every applicant in writing from July."),
        ("wordpress/article-classic", "A ferry for two hundred", "travel free until June."),
        ("wordpress/article-block", "The governor signed a law", "a fund of three million dollars pays for timers."),
    ],
)
def test_the_text_is_whole_and_nothing_else(page: str, begins: str, ends: str) -> None:
    text = article(page).body_text

    assert text.startswith(begins)
    assert text.endswith(ends)
    assert not any(
        words in text for words in ("Share", "Related", "Recent", "More news", "Télécharger", "Download", "PDF")
    )


@pytest.mark.parametrize(
    ("page", "title", "size"),
    [
        ("govuk/article-press", "Design of the Saltmere barrier", 1572864),
        ("ecl/article-news", "Results for all measuring points", 850432),
        ("dsfr/article-ministere", "Télécharger le plan en faveur des haies", 1258291),
        ("gcweb/article-release", "The Loon Point station in figures", 2516582),
        ("govcms/article-media", "Planting plan 2025", 655360),
        ("drupal/article-news", "Table of harbour dues 2025", 217498),
        ("drupal7/article-release", "Report 2019-07: The lottery's retailers", 1310720),
        ("wordpress/article-classic", "Timetable of the northern line", None),
    ],
)
def test_a_file_is_offered_under_its_name_with_its_size(page: str, title: str, size: int | None) -> None:
    (found,) = article(page).attachments

    assert (found.title, found.type, found.size) == (title, "application/pdf", size)


@pytest.mark.parametrize(
    ("page", "modified"),
    [
        ("govuk/article-press", "2025-07-03T15:45:00+01:00"),
        ("ecl/article-news", "2025-09-19T10:05:00+02:00"),
        ("dsfr/article-ministere", "2025-10-16"),
        ("gcweb/article-release", "2025-11-05"),
        ("govcms/article-media", "2025-08-13T11:00:00+10:00"),
        ("drupal/article-news", None),
    ],
)
def test_when_an_article_was_changed_is_read_where_it_says_so(page: str, modified: str | None) -> None:
    found = article(page).modified

    assert (found.iso if found else None) == modified


@pytest.mark.parametrize(
    ("page", "tags"),
    [
        ("dsfr/article-ministere", ("Bocage", "Agriculture")),
        ("govcms/article-media", ("Trees", "Bushfires")),
        ("uswds/article-agency", ("Bridges", "History")),
        ("drupal/article-news", ("Harbours", "Small boats")),
        ("drupal7/article-release", ("Lottery",)),
        ("wordpress/article-classic", ("ferries", "islands")),
        ("wordpress/article-block", ("energy", "night sky")),
    ],
)
def test_tags_are_the_article_s_own(page: str, tags: tuple[str, ...]) -> None:
    assert article(page).tags == tags


@pytest.mark.parametrize(
    ("page", "picture"),
    [
        ("drupal/article-news", "https://www.fisheries.gov.zz/sites/default/files/2025-03/harbour.jpg"),
        ("drupal7/article-release", "https://www.auditor.state.zz/sites/default/files/lottery.jpg"),
        ("ecl/article-news", "https://environment.lakes.europa.eu/sites/default/files/2025-09/lake.jpg"),
        ("wordpress/article-classic", "https://ferries.gov.zz/wp-content/uploads/2025/02/ferry.jpg"),
    ],
)
def test_a_picture_above_the_text_is_taken_at_its_full_size(page: str, picture: str) -> None:
    assert [image.url for image in article(page).images] == [picture]


TEXT = (
    "<p>The bridge over the Wende will be closed to lorries until the end of April, the ministry said on Monday.</p>"
    * 3
)


def test_what_a_teaser_calls_text_is_not_the_article_s() -> None:
    page = f"""<h1 class="page-title">Bridge closed</h1><div class="dialog-off-canvas-main-canvas"><main><div id="story">{TEXT}</div>
        <article><div class="field--name-body"><p>Another story altogether begins like this and leads away.</p></div></article>"""

    found = read(page)

    assert found.body_text.startswith("The bridge over the Wende")
    assert rule(found, "headline") == "layout drupal: h1.page-title"
    assert rule(found, "body_text").startswith("general")


def test_a_date_in_a_box_of_other_articles_is_not_the_article_s() -> None:
    page = f"""<div class="wp-site-blocks"><div class="related-posts"><time class="entry-date">3 May 2009</time></div>
        <h1 class="entry-title">Bridge closed</h1><time class="entry-date">4 June 2025</time><div class="entry-content">{TEXT}</div>"""

    found = read(page)

    assert found.published is not None
    assert found.published.iso == "2025-06-04"


def test_fields_one_layout_does_not_find_are_looked_for_in_the_next() -> None:
    page = f"""<div class="ecl-page-header"><h1 class="ecl-page-header__title">Bridge closed</h1></div>
        <section class="block-system-main-block"><div class="field_body">{TEXT}</div><div class="field--name-field-tags"><a href="/t">Roads</a></div></section>"""

    found = read(page, url="https://roads.europa.eu/news_en")

    assert found.layout == "ecl"
    assert rule(found, "body_text") == "layout drupal: .field_body"
    assert found.tags == ("Roads",)


def test_a_page_with_signs_only_is_read_in_general_and_says_so() -> None:
    found = read(f"<div class='usa-banner__header'>An official website</div><h2>Bridge closed</h2><div>{TEXT}</div>")

    assert found.layout == "general"
    assert any("uswds" in note for note in found.notes)


PARAGRAPH = "<p>The ministry said on Monday that the bridge over the Wende will be closed to lorries until April.</p>"
BODY = PARAGRAPH + "<p>Buses may use the upper crossing, which has been open all day since the works on it ended.</p>"
VARIANTS = {
    "ecl of the second generation": (
        "https://ec.europa.eu/news/x_en",
        f"""<title>Bridge closed | European Commission</title><div class="ecl-page-header-core"><div
        class="ecl-page-header-core__meta">News article | 17 October 2022 | DG Mobility</div><h1
        class="ecl-page-header-core__title">Bridge closed</h1></div><main><div class="ecl-editor">{BODY}</div></main>""",
        ("ecl", "2022-10-17", None),
    ),
    "a directorate's own pages": (
        "https://digital.ec.europa.eu/en/news/x",
        f"""<title>Bridge closed</title><ul><li class="ecl-page-header__meta-item">NEWS ARTICLE</li><li
        class="ecl-page-header__meta-item">Publication 03 August 2025</li></ul><h1 class="ecl-page-header__title">Bridge
        closed</h1><div class="cnt-main-body"><div class="ecl">{BODY}</div></div><div class="cnt-last-update-block"><h5>Last
        update</h5><p>04 August 2025</p></div>""",
        ("ecl", "2025-08-03", "2025-08-04"),
    ),
    "dsfr on SPIP": (
        "https://sante.gouv.fr/x",
        f"""<html lang="fr"><title>Bridge closed - Ministère</title><main><h1 class="main-article__titre">Bridge closed</h1><div
        class="main-article__horodatage">publié le <time datetime="2024-03-12T09:00">12.03.24</time> <span class="maj">mise à
        jour <time>14.03.24</time></span></div><div class="main-article__txt">{BODY}</div></main>""",
        ("dsfr", "2024-03-12T09:00:00+01:00", "2024-03-14"),
    ),
    "uswds on Drupal": (
        "https://www.justice.example.gov/opa/pr/x",
        f"""<title>Public Affairs | Bridge closed | Department</title><header class="usa-banner__header">An official
        website</header><div class="dialog-off-canvas-main-canvas"><main><h1 class="page-title">Bridge closed</h1><div
        class="node-date"><time datetime="2024-03-12T12:00:00Z">Tuesday, March 12, 2024</time></div><div
        class="text-formatted field_body">{BODY}</div><div class="node-updated-date">Updated March 14, 2024</div></main></div>""",
        ("uswds", "2024-03-12", "2024-03-14"),
    ),
    "elementor": (
        "https://www.ports.example.gov.my/x/",
        f"""<head><title>Bridge closed - Ports</title><link rel="stylesheet" href="/wp-content/themes/hello/style.css"></head><div
        class="elementor-widget-theme-post-title"><h1 class="elementor-heading-title">Bridge closed</h1></div><span
        class="elementor-post-info__item--type-date"><time>12 March 2024</time></span><div
        class="elementor-widget-theme-post-content">{BODY}</div>""",
        ("wordpress", "2024-03-12", None),
    ),
    "divi": (
        "https://ports.example.gov.ph/x/",
        f"""<head><title>Bridge closed - Ports</title><script src="/wp-includes/js/jquery.js"></script></head><h1
        class="entry-title">Bridge closed</h1><p class="et_pb_title_meta_container"><span class="published">Mar 12,
        2024</span></p><div class="et_pb_post_content">{BODY}</div>""",
        ("wordpress", "2024-03-12", None),
    ),
    "gov.uk before 2019": (
        "https://www.gov.uk/government/news/x",
        f"""<title>Bridge closed - GOV.UK</title><main><p class="pub-c-title__context">News story</p><h1
        class="pub-c-title__text">Bridge closed</h1><dl class="app-c-publisher-metadata__first"><dt>Published</dt><dd>12 March
        2024</dd></dl><div class="pub-c-govspeak"><div class="govspeak">{BODY}</div></div></main>""",
        ("govuk", "2024-03-12", None),
    ),
    "drupal in paragraphs": (
        "https://www.health.example.gov.zz/x",
        f"""<title>Bridge closed | Ministry</title><div class="block-page-title-block"><h1>Bridge closed</h1></div><article
        class="node node--view-mode-full"><div class="node__content"><div class="field--name-field-publish-date"><time
        datetime="2024-03-12T12:00:00Z">12 March 2024</time></div><div class="paragraph">{PARAGRAPH}</div><div
        class="paragraph">{BODY.removeprefix(PARAGRAPH)}</div></div></article><footer><div class="field--name-body">{PARAGRAPH}
        </div></footer>""",
        ("drupal", "2024-03-12", None),
    ),
    "wet on Drupal": (
        "https://inspection.canada.ca/en/x",
        f"""<head><title>Bridge closed - Canada.ca</title><meta name="dcterms.issued" content="2024-03-12"></head><main
        property="mainContentOfPage"><h1 id="wb-cont">Bridge closed</h1><div class="node__content"><div
        class="field--name-body">{BODY}</div></div><dl id="wb-dtmd"><dt>Date modified:</dt><dd><time
        property="dateModified">2024-03-14</time></dd></dl></main>""",
        ("gcweb", "2024-03-12", "2024-03-14"),
    ),
}


@pytest.mark.parametrize(("url", "html", "wanted"), VARIANTS.values(), ids=VARIANTS.keys())
def test_other_generations_of_a_family_are_read_as_well(
    url: str, html: str, wanted: tuple[str, str, str | None]
) -> None:
    found = read(html, url=url)

    assert found.headline == "Bridge closed"
    assert found.published is not None
    assert (found.layout, found.published.iso, found.modified.iso if found.modified else None) == wanted
    assert found.body_text.startswith("The ministry said on Monday")
    assert found.body_text.endswith("since the works on it ended.")
