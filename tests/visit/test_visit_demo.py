"""Visits to the make-believe ministry, whose website is as ministries' are."""

import pytest
from msgspec.structs import replace

from demo.ministry import Ministry
from demo.server import serve
from demo.source import source_toml
from scrapers.items import Verdict
from scrapers.sources import read_source
from tests.visit.sites import remember, statuses


@pytest.fixture
def ministry():
    return Ministry()


@pytest.fixture
def source(ministry):
    with serve(ministry) as served:
        followed = read_source(source_toml(served.url), file="vn-thidu.toml")
        yield replace(followed, limits=replace(followed.limits, delay=followed.limits.delay * 0))


def test_whole_ministry_is_read_and_then_left_in_peace(ministry, source, look):
    first = look(source)

    second = look(source, remember(first))

    assert (first.verdict, first.why, first.troubles) == (Verdict.FINE, "", ())
    assert {reading.article.headline for reading in first.readings} == {story.headline for story in ministry.stories}
    assert {status for _, status in statuses(second, "entrance")} == {304}
    assert (second.readings, statuses(second, "article")) == ((), [])


def test_news_is_found_and_nothing_else_fetched(ministry, source, look):
    first = look(source)
    story = ministry.publish()

    visit = look(source, remember(first))

    assert [reading.article.headline for reading in visit.readings] == [story.headline]
    assert len(statuses(visit, "article")) == 1


def test_firewall_is_blocked(ministry, source, look):
    ministry.block("waf")

    assert look(source).verdict is Verdict.BLOCKED


def test_captcha_is_blocked(ministry, source, look):
    ministry.block("captcha")

    visit = look(source)

    assert (visit.verdict, visit.readings) == (Verdict.BLOCKED, ())


def test_outage_is_unreachable(ministry, source, look):
    ministry.outage()

    assert look(source).verdict is Verdict.UNREACHABLE


def test_truncated_articles_wait_for_the_next_visit(ministry, source, look):
    ministry.truncate(only="-4000")

    first = look(source)
    ministry.restore()
    second = look(source, remember(first))

    assert first.readings == ()
    assert "25 headlines wait for the next visit" in first.why
    assert len(second.readings) == 25


def test_relaunched_listing_is_changed_and_the_selector_named(ministry, source, look):
    ministry.relaunch()

    alone = look(replace(source, entrances=source.entrances[:1]))
    beside_a_feed = look(source)

    assert alone.verdict is Verdict.CHANGED
    assert "/tin-moi-nhat" in alone.why
    assert beside_a_feed.verdict is Verdict.CHANGED
    assert len(beside_a_feed.readings) > 10
    assert beside_a_feed.why.startswith("1 of 2 entrances gave nothing: ")
