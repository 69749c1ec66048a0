"""What pages tell machines is read though it is damaged, and never believed more than it deserves."""

from __future__ import annotations

import pytest

from scrapers.reading.candidates import Candidate, Witness, reason
from scrapers.reading.linked import things
from scrapers.reading.page import folded
from tests.reading.pages import grade, read, rule

ARTICLE = '{"@type": "NewsArticle", "headline": "A bridge opens", "author": [{"name": "Ann Lee"}, "Bo Ek"]}'


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        f'{{"@graph": [{{"@type": "WebSite"}}, {ARTICLE}]}}',
        f'{{"@type": "WebPage", "mainEntity": {ARTICLE}}}',
        f"<![CDATA[{ARTICLE}]]>",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        f"<!-- {ARTICLE} -->",
        ARTICLE + ";",
        ARTICLE.replace("]}", ",],}"),
        ARTICLE.replace("A bridge", "A\n bridge"),
        ARTICLE.replace('"NewsArticle"', '["Thing", "NewsArticle"]'),
    ],
)
def test_an_article_is_found_however_its_json_is_wrapped(script: str) -> None:
    found = things([script])

    assert found[0].text("headline") == "A bridge opens"
    assert found[0].texts("author") == ["Ann Lee", "Bo Ek"]


@pytest.mark.parametrize(
    "script", ["", "{", "null", "12", '"x"', "[" * 50_000, '{"@type": 7}', '{"@type": "Organization"}', "{'a': 1}"]
)
def test_json_that_says_nothing_of_the_page_is_nothing(script: str) -> None:
    assert things([script]) == []


def test_values_may_be_texts_numbers_nodes_or_lists_of_them() -> None:
    thing = things(
        [
            '{"@type":"Article","a":{"@value":"x"},"b":[{"name":{"name":"y"}},[["z"]],true],"c":7,"d":{"@id":"#i"},"e":null}'
        ]
    )[0]

    assert [thing.texts(key) for key in "abcdef"] == [["x"], ["y", "z"], ["7"], ["#i"], [], []]


def test_articles_come_before_the_pages_that_hold_them() -> None:
    found = things(['{"@type": "WebPage", "name": "p"}', ARTICLE])

    assert [thing.kind for thing in found] == ["NewsArticle", "WebPage"]
    assert [thing.is_article for thing in found] == [True, False]


def said(witness: Witness, key: str = "k") -> Candidate[str]:
    return Candidate(value=key, key=key, printed=key, witness=witness, rule=witness)


@pytest.mark.parametrize(
    ("won", "others", "grade"),
    [
        ("layout", [("meta", "k")], "A"),
        ("visible", [("json-ld", "k")], "A"),
        ("layout", [("visible", "k")], "B"),
        ("layout", [("microdata", "k")], "B"),
        ("visible", [("microdata", "k")], "B"),
        ("microdata", [("json-ld", "k")], "B"),
        ("microdata", [("listing", "k")], "A"),
        ("json-ld", [("meta", "k")], "B"),
        ("meta", [("address", "k")], "A"),
        ("layout", [("meta", "other")], "B"),
        ("visible", [], "C"),
        ("address", [], "D"),
        ("guess", [("meta", "k")], "D"),
    ],
)
def test_a_grade_says_how_many_independent_witnesses_agree(
    won: Witness, others: list[tuple[Witness, str]], grade: str
) -> None:
    winner = said(won)

    assert reason("headline", winner, [winner, *(said(witness, key) for witness, key in others)]).grade == grade


def test_folding_tells_whether_two_say_the_same() -> None:
    assert folded("Họp báo – Tháng 8!") == folded("họp báo: tháng 8")


@pytest.mark.parametrize(
    ("html", "headline"),
    [
        (
            "<title>Dam inspected | Ministry of Water</title><meta property='og:site_name' content='Ministry of Water'>",
            "Dam inspected",
        ),
        (
            "<title>Ministry of Water - Dam inspected</title><meta property='og:site_name' content='Ministry of Water'>",
            "Dam inspected",
        ),
        ("<meta property='og:title' content='Dam inspected :: water.example.org'>", "Dam inspected"),
        (
            "<title>Water</title><h1>Ministry of Water</h1><h2>Dam inspected after the long winter</h2>",
            "Dam inspected after the long winter",
        ),
        (
            "<title>Dam inspected after winter</title><h1>News</h1><h2>Dam inspected after winter</h2>",
            "Dam inspected after winter",
        ),
        ("<h1 itemprop=headline>Dam inspected</h1><h1>Other</h1>", "Dam inspected"),
        ("<title>Dam &amp;amp; lock inspected</title>", "Dam & lock inspected"),
        ("<h1>水坝检查</h1><title>水坝检查 - 水利部</title>", "水坝检查"),
    ],
)
def test_the_headline_is_the_heading_the_title_repeats_or_the_title_itself(html: str, headline: str) -> None:
    text = "<article><p>Engineers looked at the dam today and found that it is sound.</p></article>"

    assert read(f"{html}{text}", url="https://water.example.org/a").headline == headline


@pytest.mark.parametrize(
    "stated", ["First paragraph.\\nSecond one.", "<div><p>First paragraph.</p><p>Second one.</p></div>"]
)
def test_a_text_only_json_gives_is_the_text_of_a_page_built_by_scripts(stated: str) -> None:
    found = read(
        f'<title>Dam inspected</title><script type="application/ld+json">{{"@type":"Article","articleBody":"{stated}"}}</script><div id=app></div>'
    )

    assert found.body_text == "First paragraph.\n\nSecond one."
    assert rule(found, "body_text") == "json-ld: articleBody"
    assert found.headline == "Dam inspected"


RDFA = (
    "<html prefix='dc: http://purl.org/dc/terms/ schema: http://schema.org/'><title>News</title><h1>News</h1>"
    "<div about='/a' typeof='sioc:Item foaf:Document'><{tag}{property}>Dam inspected</{tag}>{more}"
    "<article><p>Engineers looked at the dam today and found that it is sound.</p></article></div>"
)


@pytest.mark.parametrize("name", ["headline", "schema:headline", "dc:title", "http://schema.org/headline"])
def test_rdfa_names_the_headline_in_any_vocabulary(name: str) -> None:
    found = read(RDFA.format(tag="h2", property=f" property='{name}'", more=""))

    assert found.headline == "Dam inspected"
    assert grade(found, "headline") == "B", "what marks the heading is no second witness"


def test_rdfa_gives_the_day_in_its_content() -> None:
    found = read(
        RDFA.format(tag="h2", property="", more="<span property='dc:date' content='2023-08-24T15:52:00+07:00'>")
    )

    assert found.published is not None
    assert found.published.iso == "2023-08-24T15:52:00+07:00"


def test_what_others_said_is_told_beside_what_was_believed() -> None:
    found = read(
        "<meta property='og:title' content='Dam is fine'><h1 itemprop=headline>Dam inspected after the long winter</h1>"
        "<p>Engineers looked at the dam today and found that it is sound.</p>"
    )

    why = next(reason for reason in found.passport if reason.field == "headline")
    assert why.rivals == ("meta: og:title: Dam is fine",)
