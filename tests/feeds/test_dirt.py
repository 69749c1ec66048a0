"""Whatever a page held, the feed stays valid and the article is in it."""

from typing import Any

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.entries import entry
from feeds.windows import LIMITS
from scrapers.items import Article, Attachment, Image
from tests.feeds.making import KINDS, RNG, as_read, by, documents, feed, stored, told
from tests.storage.making import article

DIRT = "\x00\x0b\x1b\x1f\x7f\x92\ufffe\uffff\ud800\udfff\ufeff\u202e]]><đợt 2>&nbsp;&#0;"


def dirty(number: int = 1) -> Article:
    return article(
        number,
        headline=f"Tiêu{DIRT} đề",
        kicker=DIRT,
        section=f"Mục{DIRT}",
        lede=f"Lời{DIRT} dẫn",
        authors=(f"Nguyễn{DIRT} An", DIRT),
        tags=(f"thẻ{DIRT}", ",,,", ""),
        body_html=f"<p>Nội{DIRT} dung</p><table>{DIRT}<tr><p>",
        body_text=f"Nội{DIRT} dung",
        images=(Image(url=f"/anh{DIRT}.jpg", caption=DIRT, credit=f"Ảnh{DIRT}"), Image(url="")),
        attachments=(Attachment(url=f"/tệp {DIRT}.pdf", title=f"Tệp{DIRT}", type=DIRT), Attachment(url=DIRT)),
        language=DIRT,
    )


def ids(payloads: dict[Any, bytes]) -> list[list[str]]:
    return [
        [one["id"] if kind == "json" else one.id for one in as_read(payload, kind)]
        for kind, payload in payloads.items()
    ]


def test_one_dirty_article_never_breaks_the_feed() -> None:
    entries = [entry(stored(1, read=dirty(1)), by(), limit=LIMITS[0]), told(2)]

    payloads = documents(feed(*entries), warnings=True)

    assert ids(payloads) == [[one.id for one in entries]] * len(KINDS)
    assert RNG.validate(etree.fromstring(payloads["atom"])), RNG.error_log
    assert entries[0].title == "Tiêu]]><đợt 2>&nbsp;&#0; đề"


@pytest.mark.parametrize(
    "details",
    [
        {"headline": "Thông báo " * 500_000},
        {"headline": "", "lede": "", "body_text": "", "body_html": "", "images": ()},
        {"headline": "إعلان من وزارة الصحة", "body_html": "<p dir=rtl>نص</p>", "language": "ar"},
        {"lede": "x" * 100_000, "body_html": "<p>y</p>"},
        {"body_html": "<p>" + "từ " * 1_000_000},
        {"body_html": "<div>" * 20_000 + "x"},
        {"body_html": "<a " * 50_000},
        {"body_html": "<p>&lt;p&gt; văn bản về thẻ &lt;/p&gt;</p>"},
        {"authors": tuple(f"Tác giả {number}" for number in range(500))},
        {"tags": tuple(f"thẻ {number}" for number in range(5000))},
        {"images": tuple(Image(url=f"/{number}.jpg") for number in range(5000))},
        {"attachments": tuple(Attachment(url=f"/{number}.pdf") for number in range(5000))},
        {"published": None, "language": ""},
        {"url": "nonsense", "canonical_url": ""},
        {"section": "<b>Mục</b>, hai"},
    ],
    ids=lambda details: next(iter(details)),
)
def test_odd_articles_become_valid_entries(details: dict[str, Any]) -> None:
    one = told(1, **details)

    payloads = documents(feed(one, publisher=by()))

    assert ids(payloads) == [[one.id]] * len(KINDS)
    assert RNG.validate(etree.fromstring(payloads["atom"])), RNG.error_log
    assert len(payloads["atom"]) < 130_000


TEXT = st.text(alphabet=st.characters(codec=None), max_size=40)
MARKUP = st.lists(
    st.one_of(
        TEXT, st.sampled_from(["<p>", "</p>", "<a href='/x'>", "<img src=/x.png>", "<td>", "&amp;", "]]>", "<b"])
    ),
    max_size=8,
).map("".join)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(headline=TEXT, lede=TEXT, body=MARKUP, author=TEXT, tag=TEXT, section=TEXT, address=TEXT)
def test_any_text_at_all_makes_a_valid_feed(
    headline: str, lede: str, body: str, author: str, tag: str, section: str, address: str
) -> None:
    one = told(
        1,
        headline=headline,
        lede=lede,
        body_html=body,
        body_text=lede,
        authors=(author,),
        tags=(tag,),
        section=section,
        images=(Image(url=address, caption=tag),),
        attachments=(Attachment(url=address, title=author),),
    )

    payloads = documents(feed(one), warnings=True)

    assert ids(payloads) == [[one.id]] * len(KINDS)
    assert RNG.validate(etree.fromstring(payloads["atom"])), RNG.error_log
    parser = html5lib.HTMLParser()
    parser.parseFragment(one.content)
    assert parser.errors == []
