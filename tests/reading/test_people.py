"""Who wrote an article is whom the page names for people to read, never whom only its template knows."""

from __future__ import annotations

import pytest

from scrapers.reading.fields.names import names_in_byline
from tests.reading.pages import grade, read, rule

TEXT = "<p>The ministry will open the new laboratory in the spring of next year, officials said.</p>" * 2
HEAD = "<title>A laboratory opens soon</title>"


def article(*, head: str = "", above: str = "", below: str = "", footer: str = "") -> str:
    return f"<html><head>{HEAD}{head}</head><body><h1>A laboratory opens soon</h1>{above}<article>{TEXT}{below}</article><footer>{footer}</footer>"


def linked(author: str) -> str:
    return (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A laboratory opens soon","author":'
        f'{{"@type":"Person","name":"{author}"}}}}</script>'
    )


@pytest.mark.parametrize(
    "head",
    [
        "<meta name=author content='Heinz Hahn'>",
        linked("Heinz Hahn"),
        "<meta name='dcterms.creator' content='Department of Communications'>",
        "<meta name=author content='example.gov.vn, Hà Nội'>",
    ],
)
def test_a_name_that_only_machines_are_told_is_nobody_s(head: str) -> None:
    assert read(article(head=head)).authors == ()


def test_a_name_that_machines_are_told_and_the_page_prints_is_the_author_s() -> None:
    found = read(article(head=linked("Ann Lee"), above="<div><span class=x>12 May | Ann Lee</span></div>"))

    assert found.authors == ("Ann Lee",)
    assert rule(found, "authors") == "json-ld: author"


def test_an_owner_in_the_copyright_line_is_no_author() -> None:
    head = "<meta name=author content='Paul Sippel'>"

    assert read(article(head=head, footer="<p>© 2020 Paul Sippel</p>")).authors == ()
    assert read(article(head=head, footer="<p>Copyright Paul Sippel</p>")).authors == ()


def test_a_body_is_the_author_only_where_it_signs() -> None:
    head = "<meta name=author content='Department of Roads'>"

    assert read(article(head=head, above="<p>Department of Roads</p>")).authors == ()
    assert read(article(head=head, above="<p>By: Department of Roads</p>")).authors == ("Department of Roads",)


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("<p>By Ann Lee</p>", ("Ann Lee",)),
        ("<p>By Ann Lee and Bo Ek | Updated 12 May 2024</p>", ("Ann Lee", "Bo Ek")),
        ("<div>By <a href=/people/7>Ann Lee</a>, health correspondent</div>", ("Ann Lee",)),
        ("<p>Von Ludwig van Beethoven</p>", ("Ludwig van Beethoven",)),
        ("<p>Tác giả: Nguyễn Văn An</p>", ("Nguyễn Văn An",)),
        ("<p>记者们说：会议结束了</p>", ()),
        ("<p>作者：李明</p>", ("李明",)),
        ("<div class=article-byline>Ann Lee</div>", ("Ann Lee",)),
        ("<div class=authors-name><span>Ann Lee</span></div>", ("Ann Lee",)),
        ("<p>Von Berlin nach München</p>", ()),
        ("<p>Die Welt ist schön</p>", ()),
        ("<p>By the end of the year all roads will be open</p>", ()),
        ("<p>Photo by Ann Lee</p>", ()),
        ("<div class=related><span class=byline>Ann Lee</span></div>", ()),
        ("", ()),
    ],
)
def test_a_byline_near_the_headline_is_found_by_its_name_or_its_words(above: str, names: tuple[str, ...]) -> None:
    found = read(article(above=above))

    assert found.authors == names
    assert grade(found, "authors") == ("C" if names else "")


def test_the_byline_is_no_part_of_the_text() -> None:
    found = read(f"{HEAD}<h1>A laboratory opens soon</h1><article><p>By Ann Lee</p>{TEXT}</article>")

    assert found.authors == ("Ann Lee",)
    assert "Ann Lee" not in found.body_text


def test_the_author_of_a_teaser_s_json_is_not_this_page_s() -> None:
    teaser = '{"@type":"NewsArticle","headline":"Another","url":"https://www.example.gov.vn/b","author":"Bo Ek"}'
    own = '{"@type":"NewsArticle","headline":"A laboratory opens soon","url":"https://www.example.gov.vn/tin-tuc/bai-1.html","author":"Ann Lee"}'
    head = f'<script type="application/ld+json">[{teaser},{own}]</script>'

    assert read(article(head=head, above="<p>Ann Lee</p>", below="<p>Bo Ek</p>")).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("ByAnn Lee", ("Ann Lee",)),
        ("Byby ANN LEE", ("ANN LEE",)),
        ("Ann Lee, PhD; Bo Ek, MBA", ("Ann Lee", "Bo Ek")),
        ("Ann Lee • 8 min read", ("Ann Lee",)),
        ("Ann Lee Published May 3", ("Ann Lee",)),
        ("Debate Von Ann Lee", ("Ann Lee",)),
        ("Photograph by Ann Lee, Picture House", ()),
        ("Agencies", ()),
    ],
)
def test_what_stands_around_the_names_in_a_byline_is_no_name(byline: str, names: tuple[str, ...]) -> None:
    assert names_in_byline(byline) == names


@pytest.mark.parametrize("agency", ["EFE", "AgE"])
def test_an_agency_s_sign_is_no_author(agency: str) -> None:
    assert read(article(head=linked(agency), above=f"<span>{agency}</span>")).authors == ()


def test_the_website_s_name_is_no_author_however_it_is_spelt() -> None:
    html = article(head=linked("Roads and Rivers"), above="<p>Roads and Rivers</p>")

    assert read(html.replace("</title>", " - Roads and Rivers</title>")).authors == ()
