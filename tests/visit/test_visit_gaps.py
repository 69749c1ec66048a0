"""Lists that move faster than we look: gaps are found, followed page by page, and closed, with a real archive between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scrapers.items import Visit
from scrapers.sources import Entrance, Source
from storage import sources
from storage.coverage import Gap, coverage
from storage.database import Database, open_archive
from storage.memory import memory
from storage.record import record
from tests.conftest import Look
from tests.visit import sites
from tests.visit.sites import Page, Site, article, listing, website

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
PER_PAGE = 5


class Ministry:
    """A paged list that is published to, and an archive that looks at it every half hour."""

    def __init__(self, site: Site, db: Database, warc: Path, look: Look) -> None:
        self.site, self.db, self.warc, self._look = site, db, warc, look
        self.published: list[int] = []
        self.pinned: tuple[int, ...] = ()
        self.pages = 99
        self.looks = 0
        self.source = sites.source(site)

    def follow(self, *entrances: Entrance, **limits: Any) -> None:
        self.source = sites.source(self.site, entrances=entrances, **limits)
        sources.sync(self.db, [self.source], now=NOON)

    def publish(self, *numbers: int) -> None:
        """Put these on the list in turn, the last one ends up on top."""
        self.published[:0] = reversed(numbers)
        self.site.pages |= {f"/tin/{number}": article(f"Tin số {number}", f"Tin {number}.") for number in numbers}
        rest = [number for number in self.published if number not in self.pinned]
        pages = [rest[start : start + PER_PAGE] for start in range(0, len(rest), PER_PAGE)][: self.pages]
        for place, page in enumerate(pages):
            following = f"/tin-tuc/{place + 1}" if place + 1 < len(pages) else ""
            shown = listing(*(self.row(number) for number in (*self.pinned, *page)), following=following)
            self.site.pages[f"/tin-tuc/{place}" if place else "/tin-tuc"] = shown

    def row(self, number: int) -> tuple[str, str]:
        return f"/tin/{number}", f"Tin số {number}"

    def visit(self) -> Visit:
        """Look, and record what came of it."""
        self.looks += 1
        now = NOON + self.looks * timedelta(minutes=30)
        self.site.forget()
        known = memory(self.db, self.source, now=now)
        found = self._look(self.source, known, id=f"v{self.looks}", now=lambda: now)
        record(self.db, found, warc=self.warc, authority="bantin.internal", now=now)
        return found

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return coverage(self.db, self.source.slug, now=NOON + timedelta(days=9)).gaps

    @property
    def share(self) -> float | None:
        return coverage(self.db, self.source.slug, now=NOON + timedelta(days=9)).share

    @property
    def missed(self) -> set[int]:
        """What was published and is not in the archive."""
        urls = {url for (url,) in self.db.execute("select url from articles")}
        return {number for number in self.published if f"{self.site.url}/tin/{number}" not in urls}

    @property
    def lists(self) -> Sequence[str]:
        return [path for path in self.site.paths if path.startswith("/tin-tuc")]


@pytest.fixture
def ministry(tmp_path: Path, look: Look) -> Iterator[Ministry]:
    db = open_archive(tmp_path / "bantin.db")
    with website() as site:
        found = Ministry(site, db, tmp_path / "warc", look)
        sources.sync(db, [found.source], now=NOON)
        yield found
    db.close()


def test_faster_than_a_page_a_look_is_found_and_closed_by_further_pages(ministry: Ministry) -> None:
    ministry.publish(*range(1, 11))
    ministry.visit()
    ministry.publish(*range(11, 23))
    ministry.visit()

    assert ministry.lists == ["/tin-tuc", "/tin-tuc/1", "/tin-tuc/2"]
    assert [(gap.state, gap.how) for gap in ministry.gaps] == [("closed", "3 pages lead back to what was known")]
    assert ministry.share == 1
    # What stood on pages behind the first before it was watched is not looked for.
    assert ministry.missed == {1, 2, 3, 4, 5}


def test_a_page_that_shows_what_was_known_is_the_last_one(ministry: Ministry) -> None:
    ministry.publish(*range(1, 11))
    ministry.visit()
    ministry.publish(11, 12)
    ministry.visit()

    assert ministry.lists == ["/tin-tuc"]
    assert ministry.gaps == ()
    assert ministry.share == 1


def test_a_list_that_did_not_change_covers_the_time(ministry: Ministry) -> None:
    ministry.publish(*range(1, 11))
    ministry.visit()
    ministry.visit()
    ministry.visit()

    assert ministry.share == 1
    assert coverage(ministry.db, "vn-thu", now=NOON + timedelta(days=1)).watched == timedelta(hours=1)
    assert ministry.db["looks"].count == 1


def test_a_pinned_post_above_the_new_ones_proves_nothing(ministry: Ministry) -> None:
    ministry.pinned = (1, 2)
    ministry.publish(*range(1, 11))
    ministry.visit()
    ministry.publish(*range(11, 18))
    ministry.visit()

    assert ministry.lists == ["/tin-tuc", "/tin-tuc/1"]
    assert set(range(6, 18)).isdisjoint(ministry.missed)
    assert ministry.share == 1


def test_a_list_without_further_pages_leaves_a_gap_open(ministry: Ministry) -> None:
    ministry.pages = 1
    ministry.publish(*range(1, 11))
    ministry.visit()
    ministry.publish(*range(11, 24))
    ministry.visit()
    ministry.publish(24)
    ministry.visit()
    ministry.visit()

    (gap,) = ministry.gaps
    assert (gap.state, gap.tries, gap.lasts) == ("open", 1, timedelta(minutes=30))
    assert ministry.share == pytest.approx(2 / 3)
    assert ministry.missed >= set(range(11, 19))


def test_a_gap_longer_than_a_visit_follows_stays_open_and_visible(ministry: Ministry) -> None:
    ministry.follow(*ministry.source.entrances, gap_pages=2)
    ministry.publish(*range(1, 11))
    ministry.visit()
    ministry.publish(*range(11, 40))
    ministry.visit()

    assert ministry.lists == ["/tin-tuc", "/tin-tuc/1"]
    assert [gap.state for gap in ministry.gaps] == ["open"]

    ministry.follow(*ministry.source.entrances, gap_pages=20)
    ministry.visit()

    assert [gap.state for gap in ministry.gaps] == ["closed"]
    assert ministry.share == 1
    assert set(range(11, 40)).isdisjoint(ministry.missed)


def test_a_page_that_cannot_be_had_is_asked_for_again_by_the_next_visit(ministry: Ministry) -> None:
    ministry.publish(*range(1, 11))
    ministry.visit()
    ministry.publish(*range(11, 24))
    whole = ministry.site.pages["/tin-tuc/1"]
    ministry.site.pages["/tin-tuc/1"] = Page(status=503)
    ministry.visit()
    assert [gap.state for gap in ministry.gaps] == ["open"]

    ministry.site.pages["/tin-tuc/1"] = whole
    ministry.visit()
    ministry.visit()

    assert [gap.state for gap in ministry.gaps] == ["closed"]
    assert ministry.share == 1
    assert ministry.lists == ["/tin-tuc"]


def test_pages_in_a_circle_end(ministry: Ministry) -> None:
    ministry.publish(*range(1, 11))
    ministry.visit()
    ministry.publish(*range(11, 24))
    for place in (0, 1):
        rows = [ministry.row(number) for number in range(20 - place, 15 - place, -1)]
        ministry.site.pages["/tin-tuc/1" if place else "/tin-tuc"] = listing(*rows, following="/tin-tuc/1")
    ministry.visit()

    assert ministry.lists == ["/tin-tuc", "/tin-tuc/1"]
    assert [(gap.state, gap.why) for gap in ministry.gaps] == [("open", "no further page leads to what was known")]


def test_two_days_without_the_website_are_covered_by_the_list_after_them(ministry: Ministry) -> None:
    ministry.publish(*range(1, 11))
    ministry.visit()
    whole = dict(ministry.site.pages)
    ministry.site.pages = {"/tin-tuc": Page(status=503)}
    for _ in range(3):
        ministry.visit()
    ministry.site.pages = whole
    ministry.publish(11, 12)
    ministry.visit()

    assert ministry.gaps == ()
    assert (ministry.share, coverage(ministry.db, "vn-thu", now=NOON + timedelta(days=1)).watched) == (
        1,
        timedelta(hours=2),
    )


def test_a_relaunch_at_other_addresses_joins_by_the_articles(ministry: Ministry) -> None:
    ministry.publish(*range(1, 6))
    stated = '<meta property="article:published_time" content="2026-03-0{}T08:15:00+07:00">'
    for number in ministry.published:
        text = f"Tin số {number} kể về việc của ngày thứ {number}, không ngày nào giống ngày nào. " * 9
        page = article(f"Tin số {number} của ngày {number}", text)
        head = f"<html><head>{stated.format(number)}</head>".encode()
        ministry.site.pages[f"/tin/{number}"] = Page(page.body.replace(b"<html>", head))
    ministry.visit()
    for number in ministry.published:
        ministry.site.pages[f"/news/{'abcdef'[number]}"] = ministry.site.pages.pop(f"/tin/{number}")
    rows = [(f"/news/{'abcdef'[number]}", f"Tin số {number} của ngày {number}") for number in ministry.published]
    ministry.site.pages["/tin-tuc"] = listing(*rows)
    ministry.visit()

    assert ministry.db["articles"].count == 5
    assert [gap for gap in ministry.gaps if gap.state == "open"] == []
    assert ministry.share == 1


def sitemap(*numbers: int) -> Page:
    rows = "".join(f"<url><loc>{{home}}/tin/{number}</loc></url>" for number in numbers)
    return Page(
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode(), media="application/xml"
    )


def at_home(page: Page, site: Site) -> Page:
    return Page(page.body.replace(b"{home}", site.url.encode()), media=page.media)


def index(site: Site, *names: str) -> Page:
    rows = "".join(f"<sitemap><loc>{site.url}/{name}</loc></sitemap>" for name in names)
    body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'
    return Page(body.encode(), media="application/xml")


def test_a_sitemap_of_each_day_is_followed_over_midnight(ministry: Ministry) -> None:
    site = ministry.site
    ministry.follow(Entrance(kind="sitemap", url=f"{site.url}/sitemap.xml"))
    site.pages |= {f"/tin/{number}": article(f"Tin số {number}") for number in range(1, 8)}
    first, second = "sitemap-2026-03-02.xml", "sitemap-2026-03-03.xml"
    site.pages["/sitemap.xml"] = index(site, first)
    site.pages[f"/{first}"] = at_home(sitemap(1, 2, 3), site)
    ministry.visit()

    # Two more before midnight, and one after it.
    site.pages[f"/{first}"] = at_home(sitemap(1, 2, 3, 4, 5), site)
    site.pages[f"/{second}"] = at_home(sitemap(6), site)
    site.pages["/sitemap.xml"] = index(site, second, first)
    ministry.visit()

    ministry.published = list(range(1, 7))
    assert (ministry.missed, ministry.share) == (set(), 1)
    assert [gap.state for gap in ministry.gaps] == ["closed"]

    site.pages[f"/{second}"] = at_home(sitemap(6, 7), site)
    ministry.visit()
    assert (ministry.share, [path for path in site.paths if path.startswith("/sitemap")]) == (
        1,
        ["/sitemap.xml", f"/{second}"],
    )


def test_yesterdays_sitemap_that_is_as_it_was_is_proof_enough(ministry: Ministry) -> None:
    site = ministry.site
    ministry.follow(Entrance(kind="sitemap", url=f"{site.url}/sitemap.xml"))
    site.pages |= {f"/tin/{number}": article(f"Tin số {number}") for number in range(1, 8)}
    first, second = "sitemap-2026-03-02.xml", "sitemap-2026-03-03.xml"
    site.pages["/sitemap.xml"] = index(site, first)
    site.pages[f"/{first}"] = at_home(sitemap(1, 2, 3), site)
    ministry.visit()
    site.pages[f"/{second}"] = at_home(sitemap(6), site)
    site.pages["/sitemap.xml"] = index(site, second, first)
    ministry.visit()

    assert ministry.share == 1
    assert not [gap for gap in ministry.gaps if gap.state == "open"]


def test_a_source_without_a_ledger_is_looked_at_as_ever(look: Look) -> None:
    with website() as site:
        sites.publish(site, 1, 2, 3)
        source: Source = sites.source(site)
        found = look(source)

    assert [(one.entrance, one.end, len(one.urls)) for one in found.listings] == [(f"{site.url}/tin-tuc", "end", 3)]
