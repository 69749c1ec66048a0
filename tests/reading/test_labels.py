"""What stands around an article: its tags, its section, how many comments it has."""

from __future__ import annotations

import pytest

from scrapers.items import Article
from tests.reading.pages import grade, read, rule

TEXT = "<h1>A laboratory opens soon</h1><article><p>The ministry will open the new laboratory in Hanoi in spring.</p></article>"


def tagged(html: str) -> Article:
    return read(html + TEXT)


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        ("<meta name=keywords content='ministry, laboratory'>", ()),
        ("<meta name=news_keywords content='Hanoi, laboratory, science'>", ("Hanoi", "laboratory")),
        ("<meta name=news_keywords content='portal, citizens, laboratory'>", ()),
        ("<meta property='article:tag' content='Science, Hanoi'>", ("Science", "Hanoi")),
        ("<meta property='article:tag' content=Science><meta property='article:tag' content=Hanoi>", ("Science", "Hanoi")),
        ("<meta name='dcterms.subject' content='Laboratory; Hanoi'>", ("Laboratory", "Hanoi")),
        ("<a rel='category tag' href=/c>News</a><a rel=tag href=/t>#Hanoi</a>", ("Hanoi",)),
        ('<script type="application/ld+json">{"@type":"Article","keywords":["Hanoi","Laboratory"]}</script>', ("Hanoi", "Laboratory")),
        ('<script type="application/ld+json">{"@type":"Article","keywords":"Hanoi, hanoi"}</script>', ("hanoi",)),
        ("", ()),
    ],
)  # fmt: skip
def test_tags_are_the_article_s_and_not_the_website_s(html: str, tags: tuple[str, ...]) -> None:
    assert tagged(html).tags == tags


def test_a_category_is_the_section() -> None:
    found = tagged("<a rel='category tag' href=/c>Science</a>")

    assert found.section == "Science"
    assert rule(found, "section") == "general: a[rel~=category]"


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<div class=binh-luan><h3 class=comment-title>Bình luận (12)</h3></div>", 12),
        ("<a class=article-comments href=#c>3 comments</a>", 3),
        ("<span class=comments-link>Comments: 1,234</span>", 1234),
        ("<h2 id=kommentare>5 Kommentare</h2>", 5),
        ("<h2 id=comments>Aucune réaction</h2>", None),
        ("<p class=commentaires>2 commentaires</p><p class=commentaires>2 commentaires</p>", 2),
        ("<a class=x-comments>4 comments</a><a class=x-comments>7 comments</a>", None),
        ("<p class=comment>7 comments like this one were removed</p>", None),
        ("<div class=comment-box>コメント（8）</div>", 8),
        ("<div class=comment-box>ý kiến: 0</div>", 0),
    ],
)
def test_comments_are_counted_beside_the_word_in_any_language(html: str, count: int | None) -> None:
    found = tagged(html)

    assert found.comments_count == count
    assert (grade(found, "comments_count") != "") == (count is not None)
