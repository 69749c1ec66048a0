"""The ledger of looks: what joins, what opens a gap, what closes one, and what is asked of the next visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from scrapers.items import Article
from scrapers.observations import Listing
from scrapers.sources import Entrance
from storage import looks, sources
from tests.storage.conftest import Archive
from tests.storage.making import HOME, LISTING, NOON, article, sighting, source, visit

HALF = timedelta(minutes=30)
SITEMAP = f"{HOME}sitemap.xml"


def listing(numbers: Sequence[int], *, at: datetime, **details: Any) -> Listing:
    details = {"entrance": LISTING, "end": "known", **details}
    return Listing(at=at, urls=tuple(article(number).url for number in numbers), **details)


def look(
    archive: Archive, numbers: Sequence[int], *, times: int = 0, at: datetime | None = None, **details: Any
) -> None:
    """Record a visit that saw these articles on the list and has read those that are new, so many half hours on."""
    at = at or NOON + times * HALF
    shown = listing(numbers, at=at, **details)
    rows = tuple(
        sighting(article(number), entrance=shown.entrance, position=place) for place, number in enumerate(numbers)
    )
    known = {url for (url,) in archive.db.execute("select url from articles")}
    new = [read for number in numbers if (read := article(number)).url not in known]
    archive.record(visit(*new, at=at, sightings=rows, listings=(shown,)))


def unchanged(archive: Archive, *, times: int, entrance: str = LISTING) -> None:
    at = NOON + times * HALF
    archive.record(visit(at=at, listings=(Listing(entrance=entrance, at=at, end="unchanged"),)))


def gaps(archive: Archive) -> list[tuple[str, str]]:
    return [(row["state"], row["why"] or row["how"]) for row in archive.db.query("select * from gaps")]


def states(archive: Archive) -> list[str]:
    return [row["state"] for row in archive.db.query("select state from gaps order by number")]


def test_looks_that_show_the_same_are_one_row(archive: Archive) -> None:
    look(archive, [5, 4, 3, 2, 1])
    unchanged(archive, times=1)
    look(archive, [5, 4, 3, 2, 1], times=2)
    look(archive, [6, 5, 4, 3, 2], times=3)

    rows = list(archive.db.query("select at, until, times, shown, joins, rows from looks"))
    assert [(row["at"][11:16], row["until"][11:16], row["times"]) for row in rows] == [
        ("05:00", "06:00", 3),
        ("06:30", "06:30", 1),
    ]
    assert [row["joins"] and row["joins"][11:16] for row in rows] == [None, "06:00"]
    assert [row["rows"] for row in rows] == ["[1,2,3,4,5]", "[6,1,2,3,4]"]
    assert states(archive) == []


def test_looks_that_do_not_join_open_a_gap(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    look(archive, range(30, 20, -1), times=1, end="end")

    (gap,) = archive.db.query("select * from gaps")
    assert (gap["since"], gap["until"], gap["state"]) == ("2026-03-02T05:00:00Z", "2026-03-02T05:30:00Z", "open")
    assert gap["why"] == "no further page leads to what was known"


def test_a_gap_that_further_pages_closed_is_kept_for_the_record(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    look(archive, range(25, 5, -1), times=1, pages=2, further=1)

    assert gaps(archive) == [("closed", "2 pages lead back to what was known")]


def test_a_later_visit_closes_a_gap(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    look(archive, range(40, 30, -1), times=1, end="failed")
    look(archive, range(45, 5, -1), times=2, pages=4)

    assert states(archive) == ["closed"]
    assert archive.db.execute("select ended from gaps").fetchone()[0] == "2026-03-02T06:00:00Z"


def test_while_a_gap_can_be_closed_the_list_is_asked_for_whole_and_joined_to_before_the_gap(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    assert archive.db.execute("select etag from entrances").fetchone()[0]
    look(archive, range(40, 30, -1), times=1, end="limit")

    assert archive.db.execute("select etag, digest from entrances").fetchone() == ("", "")
    (reference,) = looks.references(archive.db, source())
    assert reference.urls[0] == article(10).url


def test_after_five_visits_in_vain_a_gap_is_left_open(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    for times in range(1, 6):
        look(archive, range(40 + times, 30, -1), times=times, end="limit")

    assert states(archive) == ["open"]
    assert archive.db.execute("select tries from gaps").fetchone()[0] == looks.TRIES
    assert looks.references(archive.db, source())[0].urls[0] == article(45).url
    assert archive.db.execute("select etag from entrances").fetchone()[0]


def test_a_gap_the_list_cannot_close_is_not_tried_again(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    look(archive, range(40, 30, -1), times=1, end="end")

    assert looks.references(archive.db, source())[0].urls[0] == article(40).url


def test_rows_that_turn_out_to_be_known_articles_join(archive: Archive) -> None:
    """A relaunch: every address is another one, and the articles are recognised when they are read."""
    look(archive, range(10, 0, -1))
    moved = [read for number in range(11, 1, -1) if (read := _elsewhere(number))]
    at = NOON + HALF
    shown = Listing(entrance=LISTING, at=at, urls=tuple(read.url for read in moved), pages=9, further=8, end="end")
    archive.record(visit(*moved, at=at, listings=(shown,)))

    assert archive.count("articles") == 11
    assert states(archive) == ["closed"]
    assert "other addresses" in archive.db.execute("select how from gaps").fetchone()[0]


def test_a_gap_closes_when_its_rows_are_recognised_later(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    moved = [_elsewhere(number) for number in range(10, 0, -1)]
    for times, read in ((1, 3), (2, 10)):
        at = NOON + times * HALF
        shown = Listing(entrance=LISTING, at=at, urls=tuple(one.url for one in moved), end="end")
        rows = tuple(sighting(one, position=place) for place, one in enumerate(moved))
        archive.record(visit(*moved[:read], at=at, sightings=rows, listings=(shown,)))
        if times == 1:
            assert states(archive) == ["open"]

    assert states(archive) == ["closed"]


def _elsewhere(number: int) -> Article:
    known = article(number)
    url = f"https://moi.example.gov.vn/bai-viet/{'abcdefghijklmnop'[number]}"
    return article(number, url=url, canonical_url=url, headline=known.headline)


def test_two_days_without_an_answer_are_covered_when_the_list_joins(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    look(archive, range(14, 4, -1), at=NOON + timedelta(days=2))

    assert states(archive) == []


def test_an_empty_list_proves_nothing_and_is_no_look(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    look(archive, [], times=1, end="end")
    look(archive, range(40, 30, -1), times=2, end="end")

    (gap,) = archive.db.query("select since, until from gaps")
    assert (gap["since"][11:16], gap["until"][11:16]) == ("05:00", "06:00")


def test_a_new_entrance_begins_a_ledger_of_its_own(archive: Archive) -> None:
    two = (Entrance(kind="listing", url=LISTING), Entrance(kind="feed", url=f"{HOME}rss"))
    sources.sync(archive.db, [source(entrances=two)], now=NOON)
    look(archive, range(10, 0, -1))
    look(archive, range(60, 50, -1), times=1, entrance=f"{HOME}rss")

    assert states(archive) == []
    assert [one.entrance for one in looks.references(archive.db, source(entrances=two))] == [LISTING, f"{HOME}rss"]


@pytest.mark.parametrize(("numbers", "expected"), [(range(12, 2, -1), []), (range(60, 50, -1), ["open"])])
def test_an_entrance_that_replaces_another_must_join_it(archive: Archive, numbers: range, expected: list[str]) -> None:
    look(archive, range(10, 0, -1))
    moved = Entrance(kind="listing", url=f"{HOME}tin-moi")
    sources.sync(archive.db, [source(entrances=(moved,))], now=NOON)
    look(archive, numbers, times=1, entrance=moved.url)

    assert states(archive) == expected


def test_a_sitemap_joins_by_any_row_or_by_a_file_that_is_as_it_was(archive: Archive) -> None:
    sitemap = {"entrance": SITEMAP, "ordered": False}
    look(archive, [1, 2, 3], **sitemap)
    look(archive, [5, 3, 4], times=1, end="end", **sitemap)
    look(archive, [7, 6], times=2, end="known", **sitemap)
    look(archive, [9, 8], times=3, end="end", **sitemap)

    assert states(archive) == ["open"]
    assert archive.db.execute("select since from gaps").fetchone()[0] == "2026-03-02T06:00:00Z"


def test_what_was_put_on_top_since_the_look_before_says_so(archive: Archive) -> None:
    look(archive, range(10, 5, -1))
    look(archive, [12, 11, 10, 9, 8, 7, 6, 5, 4], times=1)

    rows = archive.db.execute("select url, not_yet from sightings where not_yet is not null order by url").fetchall()
    assert rows == [(article(number).url, "2026-03-02T05:00:00Z") for number in (11, 12)]


def test_a_clock_that_was_set_back_loses_no_look(archive: Archive) -> None:
    look(archive, range(10, 0, -1), times=4)
    look(archive, range(12, 2, -1), times=2)
    look(archive, range(14, 4, -1), times=5)

    rows = archive.db.execute("select at from looks order by number").fetchall()
    assert [at[11:16] for (at,) in rows] == ["07:00", "07:00", "07:30"]


def test_what_a_wrong_clock_stamped_is_not_taken_for_true(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    look(archive, range(10, 0, -1), at=NOON + timedelta(days=400))
    look(archive, range(40, 30, -1), times=2, end="end")

    assert archive.db.execute("select since, until from gaps").fetchone() == (
        "2026-03-02T05:00:00Z",
        "2026-03-02T06:00:00Z",
    )


def test_a_look_that_shows_the_same_writes_no_row(archive: Archive) -> None:
    look(archive, range(10, 0, -1))
    before = archive.db.conn.total_changes
    unchanged(archive, times=1)
    with_ledger = archive.db.conn.total_changes - before
    before = archive.db.conn.total_changes
    archive.record(visit(at=NOON + 2 * HALF))

    assert with_ledger - (archive.db.conn.total_changes - before) == 1
    assert archive.count("looks") == 1
