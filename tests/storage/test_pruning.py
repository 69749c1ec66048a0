"""What is pruned is what was asked and seen long ago; what was said stays, and so does the proof of it."""

import json
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scrapers.items import Trouble, Verdict
from scrapers.observations import Listing
from storage.articles import latest
from storage.coverage import coverage, gaps
from storage.database import ArchiveError, open_readonly
from storage.evidence import payload
from storage.proof.archive import check, report
from storage.pruning import HISTORY, Limits, Part, ahead, choose, prune, shrink
from storage.seals import seal
from storage.sources import sync
from storage.versions import history
from storage.visits import last
from tests.storage.conftest import Archive
from tests.storage.making import LISTING, NOON, SLUG, article, page, source, url, visit

DAY = timedelta(days=1)
NOW = NOON + 500 * DAY


@pytest.fixture
def old(archive: Archive) -> Archive:
    """Two years of visits: most found nothing new, and every hundredth day something was published or edited."""
    for number in range(60):
        archive.record(visit(at=NOON + number * DAY, seen=[article(1)], verdict=Verdict.FINE))
    trouble = Trouble(url=url(9), kind="http", message="404")
    archive.record(visit(article(1), article(2), at=NOON, troubles=(trouble,)))
    archive.record(visit(article(1, headline="Đã sửa"), at=NOON + 10 * DAY))
    archive.record(visit(article(3), at=NOON + 490 * DAY))
    for number in range(HISTORY):
        archive.record(visit(at=NOON + 491 * DAY + number * timedelta(hours=1)))
    return archive


def said(archive: Archive) -> list[object]:
    return [
        archive.db.execute(f"select * from {table} order by 1, 2").fetchall()
        for table in ("articles", "versions", "changes", "addresses", "attachments", "evidence")
    ]


def rows(parts: list[Part]) -> dict[str, int]:
    return {part.kind: part.rows for part in parts}


def test_it_is_said_before_what_would_go_and_nothing_is_written(old: Archive) -> None:
    with closing(open_readonly(old.path)) as db:
        version = old.db.execute("pragma data_version").fetchone()
        parts = ahead(db, Limits(before=NOW - 365 * DAY), now=NOW)

    assert rows(parts) == {
        "exchanges": 65, "troubles": 1, "looks": 0, "sightings": 2, "visits": 60, "warc": 0
    }  # fmt: skip
    assert all(part.bytes > 0 for part in parts if part.rows)
    assert old.db.execute("pragma data_version").fetchone() == version
    assert old.count("visits") == 113


def test_what_was_said_before_is_what_goes_and_what_articles_said_stays(old: Archive) -> None:
    before, limits = said(old), Limits(before=NOW - 365 * DAY)
    parts = ahead(old.db, limits, now=NOW)
    counts = {part.kind: old.count(part.kind) - part.rows for part in parts if part.kind != "warc"}

    assert prune(old.db, old.warc, limits, now=NOW) == parts

    assert {kind: old.count(kind) for kind in counts} == counts
    assert said(old) == before
    assert old.db.execute("pragma foreign_keys").fetchone()[0] == 1
    assert old.db.execute("pragma foreign_key_check").fetchall() == []
    assert old.db.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert rows(prune(old.db, old.warc, limits, now=NOW)) == dict.fromkeys(counts, 0) | {"warc": 0}


def test_afterwards_the_archive_goes_on_as_before(old: Archive) -> None:
    known = {one.address: one.id for one in latest(old.db)}
    prune(old.db, old.warc, Limits(before=NOW), now=NOW)

    assert old.kinds(visit(article(1, headline="Đã sửa"), article(2), article(4), at=NOW)) == ["new"]
    assert {one.address: one.id for one in latest(old.db) if one.address != url(4)} == known
    assert [one.article.headline for one in history(old.db, 2)] == [article(1).headline, "Đã sửa"]
    assert len(last(old.db, SLUG, 100)) >= HISTORY


def test_visits_that_something_rests_on_and_the_newest_of_each_source_stay(old: Archive) -> None:
    prune(old.db, old.warc, Limits(before=NOW), now=NOW)

    assert old.count("visits") == HISTORY + 3
    assert {row[0] for row in old.db.execute("select visit from changes")} <= {
        row[0] for row in old.db.execute("select number from visits")
    }


def test_all_parts_of_a_visit_go_or_stay_together(archive: Archive) -> None:
    for number in range(3):
        archive.record(visit(id="a", part=number, last=number == 2, at=NOON))
    archive.record(visit(article(1), id="b", at=NOON, last=False))
    archive.record(visit(id="b", part=1, at=NOON))
    for number in range(HISTORY):
        archive.record(visit(at=NOON + 400 * DAY + number * timedelta(minutes=1)))

    prune(archive.db, archive.warc, Limits(before=NOW), now=NOW)

    assert archive.db.execute("select id, count(*) from visits where id in ('a', 'b') group by 1").fetchall() == [
        ("b", 2)
    ]


def test_looks_at_lists_go_but_the_ledger_says_the_same_as_before(archive: Archive) -> None:
    sync(archive.db, [source()], now=NOON)
    for number in range(3 * HISTORY):
        at = NOON + number * DAY
        shown = tuple(url(place) for place in range(number + 4, number - 1, -1))
        shown = tuple(url(place) for place in range(700, 705)) if number == 70 else shown
        headlines = [article(int(one.rsplit("-", 1)[1][:-5]) - 363000) for one in shown]
        listing = Listing(entrance=LISTING, at=at, urls=shown, end="known")
        archive.record(visit(at=at, seen=headlines, listings=(listing,)))
    now = NOON + 3 * HISTORY * DAY
    before, gap = coverage(archive.db, SLUG, now=now), gaps(archive.db, SLUG)
    looks = archive.count("looks")
    limits = Limits(before=now - 10 * DAY)
    parts = ahead(archive.db, limits, now=now)

    assert prune(archive.db, archive.warc, limits, now=now) == parts

    assert gap and coverage(archive.db, SLUG, now=now) == before and gaps(archive.db, SLUG) == gap
    assert archive.count("looks") == looks - rows(parts)["looks"] < looks
    known = {number for (number,) in archive.db.execute("select number from sightings")}
    for (shown_rows,) in archive.db.execute(
        "select rows from looks where number > (select max(number) - 50 from looks)"
    ):
        assert set(json.loads(shown_rows)) <= known
    listing = Listing(
        entrance=LISTING, at=now, urls=tuple(url(n) for n in range(3 * HISTORY + 4, 3 * HISTORY - 1, -1)), end="known"
    )
    archive.record(
        visit(at=now, listings=(listing,), seen=[article(n) for n in range(3 * HISTORY + 4, 3 * HISTORY - 1, -1)])
    )
    assert len(gaps(archive.db, SLUG)) == len(gap)


def second_looks(archive: Archive, days: int) -> None:
    """Record files of pages that no wording rests on: of each second look only a later one's page is needed."""
    read = article(1)
    archive.record(visit(read, at=NOON))
    for number in range(1, days):
        spare = page(read, payload=f"<html>{number}</html>".encode(), fetched=NOON + number * DAY)
        archive.record(visit(at=NOON + number * DAY, evidence=(spare,)))


def file_of(day: datetime) -> str:
    return f"{SLUG}/{day.date().isoformat()}.warc.gz"


def test_files_that_show_what_an_article_said_stay(archive: Archive) -> None:
    second_looks(archive, 4)
    limits = Limits(evidence_before=NOON + 3 * DAY)

    files = choose(archive.db, limits, now=NOW)
    prune(archive.db, archive.warc, limits, now=NOW)

    assert files.gone == (file_of(NOON + DAY), file_of(NOON + 2 * DAY)) and files.kept == 1
    left = sorted(str(path.relative_to(archive.warc)) for path in archive.warc.rglob("*.warc.gz"))
    assert left == [file_of(NOON), file_of(NOON + 3 * DAY)]
    assert payload(archive.db, archive.warc, page(article(1)).sha256) == page(article(1)).payload


def test_by_size_the_oldest_go_first_until_it_is_small_enough(archive: Archive) -> None:
    second_looks(archive, 6)
    sizes = [size for (size,) in archive.db.execute("select size from warcs order by day")]

    files = choose(archive.db, Limits(evidence_size=sum(sizes[3:]), shown_too=True), now=NOW)

    assert files.gone == tuple(file_of(NOON + number * DAY) for number in range(3))
    assert files.bytes == sum(sizes[:3])


def test_what_was_given_up_is_known_to_be_given_up(archive: Archive) -> None:
    second_looks(archive, 3)

    prune(archive.db, archive.warc, Limits(evidence_before=NOW, shown_too=True), now=NOW)

    assert not list(archive.warc.rglob("*.warc.gz"))
    assert {row[0] for row in archive.db.execute("select pruned from warcs")} == {"2027-07-15T05:00:00Z"}
    assert archive.count("evidence") == 3
    with pytest.raises(ArchiveError, match="given up when the file was pruned"):
        payload(archive.db, archive.warc, page(article(1)).sha256)


def test_a_page_that_was_given_up_is_kept_whole_when_it_is_seen_again(archive: Archive) -> None:
    second_looks(archive, 2)
    prune(archive.db, archive.warc, Limits(evidence_before=NOW, shown_too=True), now=NOW)

    archive.record(visit(article(1), at=NOW))

    assert payload(archive.db, archive.warc, page(article(1)).sha256) == page(article(1)).payload


def test_files_still_written_to_never_go(archive: Archive) -> None:
    second_looks(archive, 3)

    files = choose(archive.db, Limits(evidence_size=0, shown_too=True), now=NOON + 3 * DAY)

    assert files.gone == (file_of(NOON),)


def test_a_file_that_could_not_be_deleted_is_deleted_the_next_time(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_looks(archive, 2)
    limits = Limits(evidence_before=NOW, shown_too=True)

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(ArchiveError, match="Permission denied"):
            prune(archive.db, archive.warc, limits, now=NOW)
    assert len(list(archive.warc.rglob("*.warc.gz"))) == 2

    prune(archive.db, archive.warc, limits, now=NOW)

    assert not list(archive.warc.rglob("*.warc.gz"))


def test_the_room_goes_back_to_the_disk_if_there_is_some_to_do_it(
    old: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    prune(old.db, old.warc, Limits(before=NOW), now=NOW)
    old.db.execute("pragma wal_checkpoint(truncate)")
    before = old.path.stat().st_size
    with monkeypatch.context() as patched:
        patched.setattr("storage.failures.room", lambda folder: 1000)
        with pytest.raises(ArchiveError, match="giving room back needs"):
            shrink(old.db, old.path)

    saved = shrink(old.db, old.path)

    assert saved == before - old.path.stat().st_size > 0
    assert old.db.execute("pragma integrity_check").fetchone()[0] == "ok"


def test_an_archive_that_was_pruned_can_be_verified(archive: Archive) -> None:
    second_looks(archive, 4)
    seal(archive.db, archive.warc, now=NOON + 10 * DAY)

    prune(archive.db, archive.warc, Limits(before=NOW, evidence_before=NOON + 2 * DAY, shown_too=True), now=NOW)

    told = check(archive.path, archive.warc)
    assert told["problems"] == []
    assert told["pruned"] == 2 * 2  # each file begins with a record of its own
    assert any("4 records were pruned" in line for line in report(told))
