"""What is remembered of entries changes neither a byte of a document nor what is found wrong with it."""

from datetime import timedelta

import pytest

from feeds import build
from feeds.build import Feed
from feeds.check import check
from feeds.editions import edition
from feeds.entries import Entry
from feeds.fragments import Remembered
from feeds.json_feed import json_feed
from feeds.parsed import Kind
from scrapers.items import Article
from tests.feeds.making import BASE, KINDS, LATER, by, feed, found, raw, rich, told
from tests.storage.making import article

FEEDS = [
    feed(told(5, of=by(slug="vn-five"))),
    feed(told(5, of=by(slug="vn-five")), told(6, of=by(slug="vn-five")), told(4, of=by(slug="vn-five"))),
    feed(told(6, of=by(slug="vn-five")), language="en"),
    feed(),
]


@pytest.mark.parametrize("made", FEEDS)
def test_a_document_put_together_is_the_one_feedgen_writes(made: Feed) -> None:
    for _ in "again":
        assert build.rss(made) == bytes(build._rss(made, made.entries))
        assert build.atom(made) == bytes(build._atom(made, made.entries))
        assert json_feed(made) == json_feed(made)


def test_entries_that_imitate_the_document_stay_whole() -> None:
    odd = article(
        7, body_html="<pre>  &lt;entry\n  &lt;/entry>\n    &lt;item>\n    &lt;/item>\n</pre>", headline="<entry"
    )
    made = feed(one(odd), one(rich(8)))
    for kind in KINDS:
        assert edition(made, kind, now=LATER).problems == ()
        assert raw(made, kind).encode() == edition(made, kind, now=LATER).payload
    assert build.atom(made) == build._atom(made, made.entries)


def one(read: Article) -> Entry:
    return told(int(read.url.rsplit("-", 1)[1][:6]), **{name: getattr(read, name) for name in read.__struct_fields__})


@pytest.mark.parametrize("kind", KINDS)
def test_entries_that_were_right_elsewhere_are_still_judged_together(kind: Kind) -> None:
    new, old = one(rich(1)), one(rich(2))
    assert edition(feed(new, old), kind, now=LATER).problems == ()

    assert edition(feed(one(rich(0)), new, old), kind, now=LATER).problems == ()
    assert "D06" in {problem.rule for problem in edition(feed(old, new), kind, now=LATER).problems}
    assert "E02" in {problem.rule for problem in edition(feed(new, new), kind, now=LATER).problems}
    long_ago = LATER - timedelta(days=9)
    assert "D04" in {problem.rule for problem in edition(feed(new, old), kind, now=long_ago).problems}
    assert edition(feed(new, old), kind, now=LATER).problems == ()


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_that_is_wrong_is_found_wrong_again(kind: Kind) -> None:
    made = feed(one(rich(1)), one(article(2, headline="Giá &amp;amp; thuế")))
    first, again = (edition(made, kind, now=LATER) for _ in "12")

    assert {problem.rule for problem in first.problems} == {"C02"}
    assert again == first


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entry_is_found_wrong_among_those_that_were_right(kind: Kind) -> None:
    old = one(rich(2))
    assert edition(feed(old), kind, now=LATER).problems == ()

    made = edition(feed(one(article(1, headline="Giá &amp;amp; thuế")), old), kind, now=LATER)
    assert [(problem.rule, problem.entry) for problem in made.problems] == [("C02", 1)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_judged_document_that_is_none_is_refused(kind: Kind) -> None:
    assert check(b"{", kind, judged={1}) == check(b"{", kind)
    assert found(raw(feed(one(rich(1))), kind), kind, judged={1}, url=f"{BASE}/elsewhere") == {"E01"}


def test_what_was_put_last_is_remembered_longest() -> None:
    memory: Remembered[str] = Remembered(10, len)
    for number in range(9):
        memory.put(number, "ab")
    assert memory.get(0) is None
    assert memory.get(8) == "ab"
