"""What a visit brings back of what it has not seen before, and what it asks for to get it."""

from datetime import timedelta
from itertools import pairwise

import pytest

from scrapers.items import Failing, Memory, Verdict
from scrapers.sources import Entrance
from tests.visit.sites import Page, Site, article, listing, publish, redirect, remember, source, statuses


def test_first_visit_reads_everything_listed_oldest_first(site, look):
    publish(site, 3, 2, 1)

    visit = look(source(site))

    assert (visit.verdict, visit.why, visit.last, visit.part) == (Verdict.FINE, "", True, 0)
    assert [reading.article.headline for reading in visit.readings] == ["Tin số 1", "Tin số 2", "Tin số 3"]
    assert [sighting.headline.title for sighting in visit.sightings] == ["Tin số 3", "Tin số 2", "Tin số 1"]
    assert statuses(visit, "entrance") == [("/tin-tuc", 200)]
    assert statuses(visit, "robots") == [("/robots.txt", 404)]


def test_every_page_read_is_kept_as_it_was_served(site, look):
    publish(site, 1)

    visit = look(source(site))

    kept = {evidence.url: evidence for evidence in visit.evidence}
    assert set(kept) == {f"{site.url}/tin-tuc", f"{site.url}/tin/1"}
    page = kept[f"{site.url}/tin/1"]
    assert page.payload == site.pages["/tin/1"].body
    assert page.sha256 == visit.readings[0].sha256
    assert (page.status, page.ip) == (200, "127.0.0.1")
    assert ("Content-Type", "text/html; charset=utf-8") in page.headers


def test_second_visit_asks_one_conditional_question(site, look):
    publish(site, 2, 1)
    first = look(source(site))
    site.forget()

    visit = look(source(site), remember(first))

    assert site.paths == ["/tin-tuc"]
    assert statuses(visit, "entrance") == [("/tin-tuc", 304)]
    assert (visit.verdict, visit.readings, visit.sightings, visit.evidence) == (Verdict.FINE, (), (), ())


def test_only_what_is_new_on_a_changed_listing_is_fetched(site, look):
    publish(site, 2, 1)
    first = look(source(site))
    publish(site, 3, 2, 1)
    site.forget()

    visit = look(source(site), remember(first))

    assert site.paths == ["/tin-tuc", "/tin/3"]
    assert len(visit.sightings) == 3


def test_listing_whose_bytes_but_not_rows_differ_is_not_kept_again(site, look):
    site.pages["/tin-tuc"] = Page(listing(("/tin/1", "Tin")).body, validates=False)
    site.pages["/tin/1"] = article("Tin")
    first = look(source(site))
    site.pages["/tin-tuc"] = Page(listing(("/tin/1", "Tin")).body + b"<!-- 12345 visitors -->", validates=False)

    visit = look(source(site), remember(first))

    assert visit.evidence == ()


def test_it_says_who_asks_and_whom_to_write_to(site, look):
    publish(site, 1)

    look(source(site), contact="https://example.org/bot")

    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert len(agents) == 1
    assert agents.pop().endswith(" (+https://example.org/bot)")
    assert all("cookie" not in asked.headers and "referer" not in asked.headers for asked in site.asked)


def test_other_hosts_and_files_are_not_fetched(site, look):
    site.pages["/tin-tuc"] = listing(
        ("/tin/1", "Tin"),
        ("http://other.example/tin/2", "Nơi khác"),
        ("/vanban.pdf", "Văn bản"),
        ("javascript:x()", ""),
    )
    site.pages["/tin/1"] = article("Tin")

    visit = look(source(site))

    assert site.paths == ["/tin-tuc", "/tin/1"]
    assert [sighting.headline.title for sighting in visit.sightings] == ["Tin", "Văn bản"]
    assert visit.exchanges[1].etag


def test_article_in_two_entrances_is_read_once(site, look):
    publish(site, 2, 1)
    site.pages["/nong"] = listing(("/tin/2", "Tin số 2"))
    both = [Entrance(kind="listing", url=f"{site.url}{path}") for path in ("/tin-tuc", "/nong")]

    visit = look(source(site, entrances=both))

    assert site.paths == ["/tin-tuc", "/nong", "/tin/1", "/tin/2"]
    assert len(visit.sightings) == 3


def test_pages_are_followed_while_they_bring_something_new(site, look):
    _three_pages(site)
    both_known = remember(look(source(site, pages=1)))
    site.forget()

    visit = look(source(site, pages=3), both_known)

    # Known by validators: page 1 answers 304, so there is nothing behind it either.
    assert site.paths == ["/tin-tuc"]
    assert visit.readings == ()


def test_pages_are_followed_to_the_limit(site, look):
    _three_pages(site)

    visit = look(source(site, pages=2))

    assert site.paths[:2] == ["/tin-tuc", "/tin-tuc?p=2"]
    assert [reading.article.headline for reading in visit.readings] == ["Tin 3", "Tin 4", "Tin 5", "Tin 6"]
    assert all(exchange.digest for exchange in visit.exchanges if exchange.purpose == "entrance")


def test_pages_end_at_the_first_without_news(site, look):
    _three_pages(site)
    first = look(source(site, pages=3))
    site.pages["/tin-tuc"] = listing(("/tin/7", "Tin 7"), ("/tin/6", "Tin 6"), following="/tin-tuc?p=2")
    site.pages["/tin/7"] = article("Tin 7")
    site.forget()

    look(source(site, pages=3), remember(first))

    assert site.paths == ["/tin-tuc", "/tin-tuc?p=2", "/tin/7"]


@pytest.mark.parametrize("behind", [Page(status=404), Page(b"<html><p>no rows</p></html>"), Page(status=410)])
def test_page_behind_the_last_one_is_just_the_end(site, look, behind):
    publish(site, 1)
    site.pages["/tin-tuc"] = listing(("/tin/1", "Tin"), following="/tin-tuc?p=2")
    site.pages["/tin-tuc?p=2"] = behind

    visit = look(source(site, pages=5))

    assert (visit.verdict, visit.troubles) == (Verdict.FINE, ())
    assert visit.exchanges[1].digest


def test_pages_that_go_in_circles_end(site, look):
    publish(site, 1)
    site.pages["/tin-tuc"] = listing(("/tin/1", "Tin"), following="/tin-tuc?p=2")
    site.pages["/tin-tuc?p=2"] = listing(("/tin/1", "Tin"), following="/tin-tuc?p=3")

    look(source(site, pages=50))

    assert site.paths == ["/tin-tuc", "/tin-tuc?p=2", "/tin/1"]


def test_sitemaps_of_an_index_are_followed_newest_first_and_the_index_is_always_asked_anew(site, look):
    _sitemaps(site, 3)
    entrance = Entrance(kind="sitemap", url=f"{site.url}/sitemap.xml", pages=2)
    visited = source(site, entrances=[entrance])

    first = look(visited)
    asked_first = list(site.paths)
    site.forget()
    look(visited, remember(first))

    assert asked_first == ["/sitemap.xml", "/sitemap-3.xml", "/sitemap-2.xml", "/tin/2", "/tin/3"]
    assert site.paths == ["/sitemap.xml", "/sitemap-3.xml"]
    assert statuses(first, "entrance")[0] == ("/sitemap.xml", 200)
    assert first.exchanges[1].etag == ""


def test_redirected_article_is_read_once_and_known_by_both_addresses(site, look):
    site.pages["/tin-tuc"] = listing(("/cu/1", "Tin"))
    site.pages["/cu/1"] = redirect("/moi/1", 301)
    site.pages["/moi/1"] = article("Tin")

    visit = look(source(site))
    site.forget()
    look(source(site), remember(visit))

    assert visit.moved == ((f"{site.url}/cu/1", f"{site.url}/moi/1"),)
    assert [reading.article.url for reading in visit.readings] == [f"{site.url}/moi/1"]
    assert site.paths == ["/tin-tuc"]


def test_article_that_leads_to_the_front_page_is_none(site, look):
    publish(site, 2, 1)
    site.pages["/tin/2"] = redirect("/")
    site.pages["/"] = article("Trang chủ")

    visit = look(source(site))

    assert [reading.article.headline for reading in visit.readings] == ["Tin số 1"]
    assert "no article" in visit.troubles[0].message
    assert visit.moved == ()


def test_address_that_failed_often_is_let_be(site, look):
    publish(site, 2, 1)
    site.pages["/tin/2"] = Page(status=500)
    failing = Memory(source="vn-thu", failing=(Failing(url=f"{site.url}/tin/2", looks=5),))

    visit = look(source(site), failing)

    assert site.paths == ["/tin-tuc", "/tin/1"]
    assert visit.exchanges[1].digest


def test_requests_to_a_host_keep_their_distance(site, look):
    publish(site, 2, 1)

    visit = look(source(site, delay=timedelta(seconds=0.2)))

    times = [exchange.started for exchange in visit.exchanges]
    assert len(times) == 4
    assert all((later - earlier).total_seconds() >= 0.15 for earlier, later in pairwise(times))


def _three_pages(site: Site) -> None:
    for page, numbers in {1: (6, 5), 2: (4, 3), 3: (2, 1)}.items():
        path = "/tin-tuc" if page == 1 else f"/tin-tuc?p={page}"
        following = f"/tin-tuc?p={page + 1}" if page < 3 else ""
        site.pages[path] = listing(*((f"/tin/{number}", f"Tin {number}") for number in numbers), following=following)
        site.pages |= {f"/tin/{number}": article(f"Tin {number}") for number in numbers}


def _sitemaps(site: Site, count: int) -> None:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = "".join(
        f"<sitemap><loc>{site.url}/sitemap-{n}.xml</loc><lastmod>2024-05-0{n}</lastmod></sitemap>"
        for n in range(1, count + 1)
    )
    site.pages["/sitemap.xml"] = Page(
        f"{head}<sitemapindex {space}>{index}</sitemapindex>".encode(), media="application/xml"
    )
    for n in range(1, count + 1):
        row = f"<url><loc>{site.url}/tin/{n}</loc><lastmod>2024-05-0{n}</lastmod></url>"
        site.pages[f"/sitemap-{n}.xml"] = Page(
            f"{head}<urlset {space}>{row}</urlset>".encode(), media="application/xml"
        )
        site.pages[f"/tin/{n}"] = article(f"Tin {n}")
