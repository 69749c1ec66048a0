"""Looks that missed an article: which of them count, what they amount to, and how they are shown."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scrapers.items import Trouble, Verdict, Visit
from scrapers.observations import Absence, Canary, Proof
from storage import absences
from storage.articles import latest
from storage.memory import memory
from tests.storage.conftest import Archive
from tests.storage.making import HOME, NOON, article, page, source, url, visit

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def missed(at: datetime, *numbers: int, proof: Proof = "404", doubt: str = "", **details: Any) -> Visit:
    """A visit that missed these articles, with the answers that show it."""
    shown = page(article(1), payload=f"gone {at}".encode(), status=404, fetched=at)
    found = tuple(
        Absence(url=url(number), at=at, proof=proof, status=404, sha256=shown.sha256, why="it is so", doubt=doubt)
        for number in numbers or (1,)
    )
    return visit(at=at, absences=found, gone=tuple(one.url for one in found), evidence=(shown,), **details)


def states(archive: Archive) -> list[str]:
    """The states of article 1, 2 …"""
    return [stored.state for stored in sorted(latest(archive.db), key=lambda stored: stored.address)]


def number(archive: Archive, which: int) -> int:
    return next(stored.number for stored in latest(archive.db) if stored.address == url(which))


# -- the table of states, tried at random -----------------------------------------------------------------------------

LOOKS = ("seen", "unchanged", "missed", "soft", "doubtful", "blocked", "failed", "gone of old", "other address")
HISTORY = st.lists(st.tuples(st.sampled_from(LOOKS), st.integers(0, 30)), min_size=3, max_size=14)


def _visit(kind: str, at: datetime) -> Visit:
    trouble = Trouble(url=url(1), kind="network", message="No answer within 30 s.")
    made: dict[str, Visit] = {
        "seen": visit(article(1), at=at),
        "unchanged": visit(at=at, unchanged=(url(1),)),
        "missed": missed(at),
        "soft": missed(at, proof="soft 404"),
        "doubtful": missed(at, doubt="most were missed"),
        "blocked": missed(at, verdict=Verdict.BLOCKED),
        "failed": visit(at=at, troubles=(trouble,)),
        "gone of old": visit(at=at, gone=(url(1),)),
        "other address": visit(article(1, url=f"{HOME}khac/tin-so-363001.html"), at=at, moved=((url(1), url(1)),)),
    }
    return made[kind]


class Model:
    """What the table of states says, in the fewest words."""

    def __init__(self) -> None:
        self.state = "present"
        self.counted: list[datetime] = []
        self.moved = False

    def look(self, kind: str, at: datetime) -> None:
        if kind in ("seen", "unchanged", "other address"):
            self.state, self.counted = "present", []
            self.moved = self.moved or kind == "other address"
        elif kind in ("missed", "soft", "gone of old") and not self.moved:
            self.counted.append(at)
            certain = len(self.counted) >= 3 and self.counted[-1] - self.counted[0] >= DAY
            self.state = "withdrawn" if certain or self.state == "withdrawn" else "missing"
        elif kind == "doubtful" and not self.moved and self.state == "present":
            self.state = "missing"


@settings(max_examples=60)
@given(HISTORY)
def test_an_article_is_withdrawn_by_three_looks_that_count_over_a_day_and_by_nothing_less(
    empty: Path, history: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        shutil.copy(empty, Path(folder, "bantin.db"))
        archive = Archive(Path(folder))
        archive.db.execute("pragma synchronous = off")
        archive.record(visit(article(1)))
        model, at = Model(), NOON + HOUR
        for kind, hours in history:
            at += hours * HOUR + timedelta(minutes=1)
            archive.record(_visit(kind, at))
            model.look(kind, at)
            assert states(archive) == [model.state], (kind, at)
        archive.db.close()


# -- which looks count ------------------------------------------------------------------------------------------------


def test_looks_in_doubt_make_an_article_missing_and_no_more(archive: Archive) -> None:
    archive.record(visit(article(1)))

    kinds = [archive.kinds(missed(NOON + day * DAY, doubt="3 of 3 were missed")) for day in range(1, 6)]

    assert kinds == [["missing"], [], [], [], []]
    [row, *_] = archive.db.query("select counted, doubt from absences")
    assert row == {"counted": 0, "doubt": "3 of 3 were missed"}


def test_looks_at_a_website_in_trouble_are_kept_with_the_reason_why_they_do_not_count(archive: Archive) -> None:
    archive.record(visit(article(1)))

    assert archive.kinds(missed(NOON + DAY, verdict=Verdict.BLOCKED, why="a firewall's page")) == []

    [row] = archive.db.query("select counted, doubt from absences")
    assert row == {"counted": 0, "doubt": "the website was in trouble: a firewall's page"}
    assert states(archive) == ["present"]


def test_old_spool_files_that_only_say_gone_count_unless_most_were(archive: Archive) -> None:
    archive.record(visit(*map(article, range(1, 12))))

    for day in (1, 2, 3):
        archive.record(visit(at=NOON + day * DAY, gone=(url(1),)))
    for day in (4, 5, 6, 7):
        archive.record(visit(at=NOON + day * DAY, gone=(url(2), url(3), url(4))))

    assert states(archive)[:4] == ["withdrawn", "missing", "missing", "missing"]
    [first, *_] = archive.db.query("select proof, status, sha256, counted from absences")
    assert first == {"proof": "404", "status": 404, "sha256": "", "counted": 1}


def test_many_articles_missing_at_once_are_not_withdrawn_one_by_one(archive: Archive) -> None:
    archive.record(visit(*map(article, range(1, 13))))

    for day in range(4):
        for which in range(1, 9):
            archive.record(missed(NOON + (day + 1) * DAY + which * HOUR, which))

    assert states(archive).count("withdrawn") == 0
    assert (
        "missing at once, as after a website was rebuilt"
        in [row["doubt"] for row in archive.db.query("select doubt from absences")][-1]
    )


def test_a_few_of_many_are_withdrawn_together(archive: Archive) -> None:
    archive.record(visit(*map(article, range(1, 41))))

    for day in range(3):
        archive.record(missed(NOON + (day + 1) * DAY, *range(1, 7)))

    assert states(archive).count("withdrawn") == 6


def test_an_article_read_in_an_earlier_part_of_the_visit_is_not_missed(archive: Archive) -> None:
    archive.record(visit(article(1)))
    first = visit(article(1), at=NOON + DAY, id="long", last=False)
    last = replace(missed(NOON + DAY), id="long", part=1, started=first.started)

    archive.record(first, now=NOON + DAY + timedelta(minutes=1))

    assert archive.kinds(last, now=NOON + DAY + timedelta(minutes=3)) == []


def test_a_look_stamped_in_the_future_does_not_count_once_the_clock_is_right(archive: Archive) -> None:
    archive.record(visit(article(1)))
    archive.record(missed(NOON + 900 * DAY))
    archive.record(missed(NOON + HOUR))

    assert archive.kinds(missed(NOON + 2 * HOUR)) == []
    assert archive.kinds(missed(NOON + 26 * HOUR)) == ["withdrawn"]


# -- what is shown ----------------------------------------------------------------------------------------------------


@pytest.fixture
def withdrawn(archive: Archive) -> Archive:
    archive.record(visit(*map(article, range(1, 4))))
    for hours, proof in ((1, "404"), (2, "soft 404"), (30, "listing")):
        archive.record(missed(NOON + hours * HOUR, 1, proof=proof))
    return archive


def test_a_withdrawal_is_shown_with_its_looks_their_proofs_and_the_last_good_page(withdrawn: Archive) -> None:
    [found] = absences.withdrawals(withdrawn.db)

    assert (found.state, found.headline, found.restored_at) == ("withdrawn", article(1).headline, None)
    assert [(look.proof, look.status) for look in found.looks] == [("404", 404), ("soft 404", 404), ("listing", 404)]
    assert (found.missing_since, found.withdrawn_at) == ("2026-03-02T06:00:10Z", "2026-03-03T11:00:10Z")
    assert found.sha256 == page(article(1)).sha256
    kept = {row["sha256"] for row in withdrawn.db.query("select sha256 from evidence where status = 404")}
    assert {look.sha256 for look in found.looks} <= kept


def test_what_is_withdrawn_needs_no_further_proof(withdrawn: Archive) -> None:
    withdrawn.record(missed(NOON + 90 * DAY))

    assert withdrawn.count("absences") == 3
    [row] = withdrawn.db.query("select looked_at from articles where state = 'withdrawn'")
    assert row["looked_at"].startswith("2026-05-31")


def test_each_withdrawal_of_an_article_has_looks_of_its_own(withdrawn: Archive) -> None:
    withdrawn.record(visit(article(1), at=NOON + 40 * HOUR))
    for hours in (50, 60):
        withdrawn.record(missed(NOON + hours * HOUR))
    assert states(withdrawn)[0] == "missing"
    withdrawn.record(missed(NOON + 80 * HOUR))

    [second, first] = absences.withdrawals(withdrawn.db)
    assert (len(first.looks), first.state, first.restored_at) == (3, "restored", "2026-03-03T21:00:10Z")
    assert (len(second.looks), second.state, second.restored_at) == (3, "withdrawn", None)


def test_what_is_missing_is_shown_with_the_looks_that_do_not_count(archive: Archive) -> None:
    archive.record(visit(article(1)))
    archive.record(missed(NOON + HOUR, doubt="most were missed"))
    archive.record(missed(NOON + 2 * HOUR))

    [found] = absences.missing(archive.db)

    assert (found.state, found.withdrawn_at) == ("missing", None)
    assert [look.doubt for look in found.looks] == ["most were missed", ""]


def test_what_another_source_took_down_is_not_shown(withdrawn: Archive) -> None:
    assert absences.withdrawals(withdrawn.db, source="vn-other") == []
    assert absences.withdrawals(withdrawn.db, number=number(withdrawn, 2)) == []
    assert len(absences.withdrawals(withdrawn.db, source="vn-example", number=number(withdrawn, 1))) == 1


def test_an_archive_of_before_has_withdrawals_without_looks(withdrawn: Archive) -> None:
    withdrawn.db.execute("delete from absences")

    [found] = absences.withdrawals(withdrawn.db)
    assert (found.state, found.looks) == ("withdrawn", ())


# -- what a visit is told ---------------------------------------------------------------------------------------------


def test_a_visit_is_told_what_is_withdrawn_and_what_ought_to_be_there(withdrawn: Archive) -> None:
    told = memory(withdrawn.db, source(), now=NOON + 31 * HOUR).standing

    assert told.given_up == (url(1),)
    assert set(told.present) == {url(2), url(3)}


def test_a_visit_is_told_what_its_hosts_answered_for_addresses_that_never_were(archive: Archive) -> None:
    canary = Canary(
        host="www.example.gov.vn", url=f"{HOME}xyz", fetched=NOON, status=200, title="Ối", sketch=(1, 2**47)
    )
    later = replace(canary, fetched=NOON + DAY, sketch=())
    archive.record(visit(canaries=(canary, replace(canary, host="khac.gov.vn"))))
    assert memory(archive.db, source(), now=NOON).canaries == (canary,)

    archive.record(visit(canaries=(later,)))
    assert memory(archive.db, source(), now=NOON).canaries == (later,)
