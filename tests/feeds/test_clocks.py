"""What a wrong clock stamped holds up no feed once the clock is right again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.channels import channels
from feeds.entries import Entry
from feeds.publish import Published, publish
from feeds.publishers import publisher
from feeds.windows import window
from scrapers.items import Visit
from storage.database import Database
from storage.record import record
from tests.feeds.making import BASE, archive
from tests.storage.making import AUTHORITY, NOON, article, moment, source, visit

HOUR = timedelta(hours=1)
LATER = NOON + HOUR
WRONG = datetime(2099, 1, 1, tzinfo=UTC)


def run(db: Database, folder: Path, now: datetime) -> Published:
    return publish(db, [source()], public=folder / "public", base_url=BASE, title="Bantin", only=None, now=now)


def keep(db: Database, folder: Path, made: Visit, now: datetime) -> None:
    record(db, made, warc=folder / "warc", authority=AUTHORITY, now=now)


def entries(db: Database, now: datetime) -> dict[str, Entry]:
    """Return the entries of the source's feed by their titles' last words."""
    [channel] = [one for one in channels(db, [source()]) if one.slug == "vn-example"]
    told = window(db, channel, {"vn-example": publisher(source())}, now=now)
    return {one.title.rsplit(" ", 1)[-1]: one for one in told}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "public/feeds").iterdir()}


@pytest.mark.parametrize("dated", [True, False])
def test_feeds_go_on_and_stay_as_they_are(tmp_path: Path, dated: bool) -> None:
    db = archive(tmp_path)
    keep(db, tmp_path, visit(article(1, published=moment(-1) if dated else None)), WRONG)
    keep(db, tmp_path, visit(article(2)), NOON)

    assert run(db, tmp_path, LATER).kept == ()
    before = files(tmp_path)
    assert run(db, tmp_path, LATER + 40 * HOUR).kept == ()
    assert files(tmp_path) == before


def test_the_pages_own_date_stands_in(tmp_path: Path) -> None:
    db = archive(tmp_path)
    keep(db, tmp_path, visit(article(1, published=moment(-5))), WRONG)

    told = entries(db, LATER)["1"]

    assert told.published == told.updated == told.noticed == moment(-5).at


def test_an_undated_page_stands_where_the_one_found_before_was_first_seen(tmp_path: Path) -> None:
    db = archive(tmp_path)
    keep(db, tmp_path, visit(article(1, published=moment(-5))), NOON)
    keep(db, tmp_path, visit(article(2, published=None)), WRONG)
    keep(db, tmp_path, visit(article(3, published=moment(1))), NOON + 2 * HOUR)

    told = entries(db, NOON + 3 * HOUR)

    assert told["2"].published == NOON
    assert list(told) == ["3", "2", "1"]


def test_an_undated_page_found_alone_stands_at_the_days_beginning(tmp_path: Path) -> None:
    db = archive(tmp_path)
    keep(db, tmp_path, visit(article(1, published=None)), WRONG)

    assert entries(db, NOON)["1"].published == NOON.replace(hour=0)


def test_a_change_seen_in_the_future_has_no_time(tmp_path: Path) -> None:
    db = archive(tmp_path)
    keep(db, tmp_path, visit(article(1)), NOON)
    keep(db, tmp_path, visit(article(1, lede="Khác")), WRONG)

    told = entries(db, LATER)["1"]

    assert told.updated == told.published == moment(-1).at
    assert run(db, tmp_path, LATER).kept == ()


def test_articles_of_the_future_leave_room_for_the_others(tmp_path: Path) -> None:
    db = archive(tmp_path)
    keep(db, tmp_path, visit(*(article(number, published=None) for number in range(1, 111))), WRONG)
    keep(db, tmp_path, visit(article(200, published=moment(0))), NOON)

    assert next(iter(entries(db, LATER))) == "200"


def test_a_clock_that_is_slow_now_leaves_the_last_good_feeds(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(article(1), article(2, published=None)))
    run(db, tmp_path, LATER)
    before = files(tmp_path)

    keep(db, tmp_path, visit(article(3)), LATER)
    done = run(db, tmp_path, datetime(1999, 1, 1, tzinfo=UTC))

    assert {kept.problems[0].rule for kept in done.kept} == {"D04"}
    assert files(tmp_path) == before
