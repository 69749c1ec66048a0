"""robots.txt: what it says is done, and silence where it should be means no."""

import gzip
import time
from datetime import timedelta
from itertools import pairwise

import pytest

from scrapers.items import Verdict
from scrapers.robots import RobotsMemory, Rules
from tests.visit.sites import Page, listing, publish, redirect, remember, source, statuses

TEXT = "text/plain"


def robots(text: str) -> Page:
    return Page(text.encode(), media=TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /tin-tuc",
        "User-agent: bantin\nDisallow: /",
        "User-agent: *\nAllow: /\n\nUser-agent: Bantin\nDisallow: /tin-*",
    ],
)
def test_forbidden_entrance_is_not_fetched_and_the_source_is_blocked(site, look, text):
    publish(site, 1)
    site.pages["/robots.txt"] = robots(text)

    visit = look(source(site))

    assert site.paths == []
    assert visit.verdict is Verdict.BLOCKED
    assert "robots.txt asks robots to keep out" in visit.why
    assert visit.troubles[0].kind == "refused"


@pytest.mark.parametrize(
    "page",
    [
        robots("User-agent: *\nDisallow: /admin"),
        robots("User-agent: *\nDisallow: /\n\nUser-agent: Bantin\nDisallow:"),
        robots("﻿User-agent: *\nAllow: /"),
        Page(b"\xff\x00\x80 garbage"),
        Page(status=403),
        Page(status=404),
        redirect("http://other.example/robots.txt"),
        redirect("/robots.txt"),
        Page(status=302),
    ],
)
def test_everything_else_is_fetched(site, look, page):
    publish(site, 1)
    site.pages["/robots.txt"] = page

    visit = look(source(site))

    assert (visit.verdict, len(visit.readings)) == (Verdict.FINE, 1)


def test_forbidden_article_is_a_trouble_and_not_waited_for(site, look):
    publish(site, 2, 1)
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /tin/2")

    first = look(source(site))
    site.forget()
    look(source(site), remember(first))

    assert [reading.article.headline for reading in first.readings] == ["Tin số 1"]
    assert first.troubles[0].kind == "refused"
    assert site.paths == ["/tin-tuc"]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (Page(status=503), "answered 503"),
        (Page(status=500), "answered 500"),
        (Page(hangs=True), "did not answer within 0.3 s"),
        (Page(b"User-agent", declared=100), "ended before"),
    ],
)
def test_robots_that_cannot_be_read_forbids_everything_for_now(site, look, page, words):
    publish(site, 1)
    site.pages["/robots.txt"] = page

    visit = look(source(site, timeout=timedelta(seconds=0.3)))

    assert site.paths == []
    assert visit.verdict is Verdict.UNREACHABLE
    assert f"{site.url}/robots.txt" in visit.why
    assert words in visit.why
    assert statuses(visit, "robots")[0][0] == "/robots.txt"


LARGE = b"User-agent: *\nDisallow: /tin/2\n" + b"# Ghi\n" * 200_000 + b"Disallow: /tin/1\n"


@pytest.mark.parametrize(
    "page",
    [
        Page(LARGE, media=TEXT),
        Page(gzip.compress(LARGE), media=TEXT, headers={"Content-Encoding": "gzip"}),
        Page(LARGE[: 500 * 1024 - 10] + b"\nDisallow: /tin/1/bieu-mau\n" + LARGE, media=TEXT),
        Page(LARGE * 8, media=TEXT),
    ],
    ids=["plain", "compressed", "cut within a line", "larger than any page"],
)
def test_of_a_robots_txt_without_end_the_beginning_is_read(site, look, page):
    publish(site, 2, 1)
    site.pages["/robots.txt"] = page

    visit = look(source(site))

    assert [reading.article.headline for reading in visit.readings] == ["Tin số 1"]
    assert [(trouble.url, trouble.kind) for trouble in visit.troubles] == [(f"{site.url}/tin/2", "refused")]


def test_crawl_delay_is_kept(site, look):
    publish(site, 2, 1)
    site.pages["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 0.2")

    visit = look(source(site))

    times = [exchange.started for exchange in visit.exchanges]
    assert len(times) == 4
    assert all((later - earlier).total_seconds() >= 0.15 for earlier, later in pairwise(times[1:]))


def test_absurd_crawl_delay_is_cut_to_what_a_visit_can_bear():
    from protego import Protego

    rules = Rules("http://x.example/robots.txt", Protego.parse("User-agent: *\nCrawl-delay: 86400"))

    assert rules.delay == 30


def test_rules_are_remembered_between_visits_but_failures_are_not(site, look):
    publish(site, 1)
    memory = RobotsMemory()
    site.pages["/robots.txt"] = Page(status=500)
    look(source(site), robots=memory)
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /admin")
    site.forget()

    first = look(source(site), robots=memory)
    second = look(source(site), robots=memory)

    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
    assert (first.verdict, second.verdict) == (Verdict.FINE, Verdict.FINE)


def test_rules_are_forgotten_after_a_while():
    memory = RobotsMemory(seconds=-1)
    memory.keep(Rules("http://x.example/robots.txt"))

    assert memory.get("http://x.example/robots.txt") is None


def test_memory_for_rules_is_bounded(monkeypatch):
    monkeypatch.setattr("scrapers.robots._MOST", 2)
    memory = RobotsMemory()
    for host in "abc":
        memory.keep(Rules(host))

    assert (memory.get("a"), memory.get("c")) == (None, Rules("c"))


def test_next_page_off_limits_ends_the_walk(site, look):
    publish(site, 1)
    site.pages["/tin-tuc"] = listing(("/tin/1", "Tin"), following="/tin-tuc?p=2")
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /*?p=")
    began = time.monotonic()

    visit = look(source(site, pages=3))

    assert visit.verdict is Verdict.FINE
    assert statuses(visit, "entrance") == [("/tin-tuc", 200)]
    assert visit.troubles[0].kind == "refused"
    assert time.monotonic() - began < 5
