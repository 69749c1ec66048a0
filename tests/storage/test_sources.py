"""Which sources are followed, when they are due, and how they stand."""

import uuid
from datetime import timedelta

from scrapers.items import Verdict
from storage import visits
from storage.sources import definition, due, outlook, plan, sync
from tests.storage.conftest import Archive
from tests.storage.making import HOME, NOON, SLUG, article, source, url, visit

HOUR = timedelta(hours=1)


def test_a_new_source_is_due_at_once(archive: Archive) -> None:
    sync(archive.db, [source()], now=NOON)

    assert due(archive.db, now=NOON) == [SLUG]


def test_a_planned_source_is_due_when_its_time_comes(archive: Archive) -> None:
    sync(archive.db, [source("vn-a"), source("vn-b")], now=NOON)
    plan(archive.db, "vn-a", at=NOON + 2 * HOUR, why="every 2 h", failures=0)
    plan(archive.db, "vn-b", at=NOON + HOUR, why="waits 1 h after 1 failed visit", failures=1)

    assert due(archive.db, now=NOON) == []
    assert due(archive.db, now=NOON + HOUR) == ["vn-b"]
    assert due(archive.db, now=NOON + 3 * HOUR) == ["vn-b", "vn-a"]


def test_syncing_the_same_again_writes_nothing(archive: Archive) -> None:
    sync(archive.db, [source()], now=NOON)
    before = archive.db.conn.total_changes

    sync(archive.db, [source()], now=NOON + HOUR)

    assert archive.db.conn.total_changes == before


def test_a_changed_source_keeps_its_plan(archive: Archive) -> None:
    sync(archive.db, [source()], now=NOON)
    plan(archive.db, SLUG, at=NOON + HOUR, why="every 1 h", failures=0)

    sync(archive.db, [source(homepage=f"{HOME}moi")], now=NOON)

    [state] = outlook(archive.db, now=NOON)
    assert (state.homepage, state.next_due, state.next_why) == (f"{HOME}moi", NOON + HOUR, "every 1 h")
    assert definition(archive.db, SLUG) == source(homepage=f"{HOME}moi")


def test_a_removed_source_keeps_its_articles_and_is_never_due(archive: Archive) -> None:
    sync(archive.db, [source()], now=NOON)
    archive.record(visit(article(1)))

    sync(archive.db, [], now=NOON)
    plan(archive.db, SLUG, at=NOON, why="a visit that was under way", failures=0)

    [state] = outlook(archive.db, now=NOON + HOUR)
    assert (state.followed, state.articles, state.next_due) == (False, 1, None)
    assert due(archive.db, now=NOON + 9 * HOUR) == []


def test_a_source_that_comes_back_is_due_at_once(archive: Archive) -> None:
    for sources in ([source()], [], [source()]):
        sync(archive.db, sources, now=NOON + HOUR)

    assert due(archive.db, now=NOON + HOUR) == [SLUG]


def test_the_outlook_tells_how_a_source_stands(archive: Archive) -> None:
    sync(archive.db, [source("vn-z"), source()], now=NOON)
    archive.record(visit(article(1), at=NOON - 48 * HOUR))
    archive.record(visit(article(2)))
    archive.record(visit(at=NOON + HOUR, verdict=Verdict.BLOCKED, why="403 for every page"))

    state, other = outlook(archive.db, now=NOON + 2 * HOUR)

    assert (state.slug, state.name, state.followed) == (SLUG, "Bộ Ví dụ", True)
    assert (state.articles, state.new_24h) == (2, 1)
    assert state.last_good == NOON + timedelta(seconds=10)
    assert state.last_visit is not None
    assert (state.last_visit.verdict, state.last_visit.why) == (Verdict.BLOCKED, "403 for every page")
    assert (other.last_visit, other.last_good) == (None, None)


def test_the_latest_visits_come_newest_first(archive: Archive) -> None:
    for hours in range(5):
        archive.record(visit(article(hours), at=NOON + hours * HOUR, id=f"v{hours}"))

    latest = visits.last(archive.db, SLUG, 3)

    assert [summary.id for summary in latest] == ["v4", "v3", "v2"]
    assert (latest[0].new, latest[0].revised, latest[0].requests, latest[0].complete) == (1, 0, 2, True)
    assert visits.last(archive.db, "vn-other") == []


def test_a_long_visit_is_one_visit(archive: Archive) -> None:
    archive.record(visit(article(1), id="long", last=False, not_before=NOON + HOUR))
    assert not visits.last(archive.db, SLUG)[0].complete

    later = NOON + timedelta(minutes=9)
    archive.record(visit(article(2), id="long", part=1, at=later, verdict=Verdict.BROKEN, why="Half"))

    [summary] = visits.last(archive.db, SLUG)
    assert (summary.new, summary.verdict, summary.why, summary.complete) == (2, Verdict.BROKEN, "Half", True)
    assert (summary.started, summary.finished) == (NOON, later + timedelta(seconds=10))
    assert summary.not_before == NOON + HOUR


def test_a_visit_that_never_came_back_is_on_record(archive: Archive) -> None:
    visits.failed(archive.db, SLUG, started=NOON, now=NOON + HOUR, why="The worker was killed after 10 min.")

    [summary] = visits.last(archive.db, SLUG)
    assert (summary.verdict, summary.started, summary.finished) == (Verdict.BROKEN, NOON, NOON + HOUR)
    assert uuid.UUID(summary.id)


def test_parts_of_a_lost_visit_that_turn_up_are_still_recorded(archive: Archive) -> None:
    archive.record(visit(article(1), id="lost", last=False))
    for _ in range(2):
        visits.failed(archive.db, SLUG, id="lost", started=NOON, now=NOON, why="The worker was killed.")
    assert visits.last(archive.db, SLUG)[0].verdict is Verdict.BROKEN

    kinds = archive.kinds(visit(article(2), id="lost", part=1))

    [summary] = visits.last(archive.db, SLUG)
    assert kinds == ["new"]
    assert (summary.verdict, summary.new) == (Verdict.FINE, 2)


def test_a_visits_counts_are_those_of_its_changes(archive: Archive) -> None:
    archive.record(visit(article(1), article(2)))
    at = NOON + HOUR
    archive.record(visit(article(1, headline="Khác"), at=at, gone=(url(2),)))
    archive.record(visit(at=at + HOUR, unchanged=(url(2),)))

    [third, second, first] = visits.last(archive.db, SLUG)
    assert (first.new, second.revised, third.restored) == (2, 1, 1)
