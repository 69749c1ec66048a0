"""Present, missing, withdrawn and back: an article is given up only when a healthy site says so for long enough."""

from datetime import datetime, timedelta

import msgspec

from scrapers.items import Trouble, Verdict, Visit
from scrapers.sources import Schedule
from storage.articles import latest
from storage.sources import sync
from tests.storage.conftest import Archive
from tests.storage.making import NOON, article, source, url, visit

HOUR = timedelta(hours=1)


def gone(at: datetime, *urls: str, verdict: Verdict = Verdict.FINE) -> Visit:
    return visit(at=at, gone=urls or (url(1),), verdict=verdict)


def test_one_missed_look_makes_an_article_missing(archive: Archive) -> None:
    archive.record(visit(article(1)))

    [change] = archive.record(gone(NOON + HOUR)).changes

    [stored] = latest(archive.db)
    assert (change.kind, stored.state) == ("missing", "missing")
    assert stored.article == article(1)


def test_three_looks_over_a_day_make_it_withdrawn(archive: Archive) -> None:
    archive.record(visit(article(1)))

    kinds = [archive.kinds(gone(NOON + hours * HOUR)) for hours in (1, 2, 24, 25, 26)]

    assert kinds == [["missing"], [], [], ["withdrawn"], []]
    assert latest(archive.db)[0].state == "withdrawn"


def test_two_looks_are_not_enough_however_long(archive: Archive) -> None:
    archive.record(visit(article(1)))

    kinds = [archive.kinds(gone(NOON + hours * HOUR)) for hours in (1, 100, 101)]

    assert kinds == [["missing"], [], ["withdrawn"]]


def test_the_source_says_how_long_is_long_enough(archive: Archive) -> None:
    sync(archive.db, [source(schedule=Schedule(withdrawn_after=2 * HOUR))], now=NOON)
    archive.record(visit(article(1)))

    kinds = [archive.kinds(gone(NOON + hours * HOUR)) for hours in (1, 2, 3)]

    assert kinds == [["missing"], [], ["withdrawn"]]


def test_a_site_in_trouble_proves_no_absence(archive: Archive) -> None:
    archive.record(visit(article(1)))

    kinds = [archive.kinds(gone(NOON + hours * HOUR, verdict=Verdict.BLOCKED)) for hours in (1, 20, 40, 60)]

    assert kinds == [[], [], [], []]
    assert latest(archive.db)[0].state == "present"


def test_an_article_that_answers_again_is_restored(archive: Archive) -> None:
    archive.record(visit(article(1)))
    archive.record(gone(NOON + HOUR))

    assert archive.kinds(visit(article(1), at=NOON + 2 * HOUR)) == ["restored"]
    assert latest(archive.db)[0].state == "present"


def test_not_modified_restores_too_and_counts_as_a_look(archive: Archive) -> None:
    archive.record(visit(article(1)))
    archive.record(gone(NOON + HOUR))

    assert archive.kinds(visit(at=NOON + 2 * HOUR, unchanged=(url(1),)), now=NOON + 2 * HOUR) == ["restored"]
    assert archive.kinds(visit(at=NOON + 3 * HOUR, unchanged=(url(1),)), now=NOON + 3 * HOUR) == []
    assert latest(archive.db)[0].looked_at == NOON + 3 * HOUR


def test_a_withdrawn_article_that_returns_changed_is_restored_and_revised(archive: Archive) -> None:
    archive.record(visit(article(1)))
    for hours in (1, 2, 30):
        archive.record(gone(NOON + hours * HOUR))

    kinds = archive.kinds(visit(article(1, headline="Đã sửa"), at=NOON + 40 * HOUR))

    assert kinds == ["restored", "revised"]


def test_a_turn_is_a_withdrawal_or_the_return_from_one(archive: Archive) -> None:
    archive.record(visit(article(1)))
    turns = []
    for hours in (1, 2, 30, 31, 40, 41, 42):
        now = NOON + hours * HOUR
        archive.record(visit(article(1), at=now) if hours in (2, 40, 42) else gone(now), now=now)
        turns.append(latest(archive.db)[0].turned)
    for hours in (50, 51, 80, 81):
        archive.record(gone(NOON + hours * HOUR), now=NOON + hours * HOUR)
    archive.record(visit(article(1)), now=NOON + 99 * HOUR)

    assert turns == [None] * 7
    assert latest(archive.db)[0].turned == NOON + 99 * HOUR


def test_a_withdrawal_is_a_turn(archive: Archive) -> None:
    archive.record(visit(article(1)))
    for hours in (1, 2, 30, 31):
        archive.record(gone(NOON + hours * HOUR), now=NOON + hours * HOUR)

    assert latest(archive.db)[0].turned == NOON + 30 * HOUR


def test_an_article_read_in_the_same_visit_is_not_missing(archive: Archive) -> None:
    archive.record(visit(article(1)))

    assert archive.kinds(visit(article(1), at=NOON + HOUR, gone=(url(1),))) == []


def test_an_old_address_that_dies_is_no_absence(archive: Archive) -> None:
    moved = article(1, url=url(1).replace("tin-so", "tin"), canonical_url="")
    archive.record(visit(article(1)))
    archive.record(visit(moved, at=NOON + HOUR))

    assert archive.kinds(gone(NOON + 2 * HOUR, url(1))) == []


def test_addresses_nobody_knows_are_ignored(archive: Archive) -> None:
    assert archive.kinds(gone(NOON, url(7))) == []
    assert archive.kinds(visit(unchanged=(url(7),))) == []


def test_a_failed_look_is_no_look_but_waits_its_turn(archive: Archive) -> None:
    archive.record(visit(article(1)), now=NOON)
    trouble = Trouble(url=url(1), kind="network", message="No answer within 30 s.")

    archive.record(visit(at=NOON + HOUR, troubles=(trouble,)), now=NOON + HOUR)

    [row] = archive.db.query("select looked_at, tried_at, state from articles")
    assert row == {"looked_at": "2026-03-02T05:00:00Z", "tried_at": "2026-03-02T06:00:00Z", "state": "present"}


def test_a_clock_set_back_breaks_nothing(archive: Archive) -> None:
    archive.record(visit(article(1)), now=NOON)
    early = msgspec.structs.replace(visit(article(1, headline="Khác")), id="early")

    changes = archive.record(early, now=NOON - 24 * HOUR)

    assert [change.kind for change in changes.changes] == ["revised"]
    [stored] = latest(archive.db)
    assert (stored.looked_at, stored.revised) == (NOON, NOON)


def test_a_rebuilt_listing_beside_a_good_feed_still_proves_absence(archive: Archive) -> None:
    archive.record(visit(article(1)))
    gone = [
        visit(at=NOON + timedelta(days=day), gone=(url(1),), verdict=Verdict.CHANGED, seen=[article(2)])
        for day in (1, 2, 3)
    ]

    assert [kind for look in gone for kind in archive.kinds(look)] == ["missing", "withdrawn"]
