"""What can go wrong with machines and files: nothing that was recorded is lost, and each says what to do next."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from scrapers.spool import SpoolError, read_spooled, spooled, write_spooled
from storage.articles import find, latest
from storage.database import LOG, ArchiveError, open_archive, open_readonly
from storage.evidence import payload
from storage.search import search
from storage.sources import due, plan, sync
from storage.versions import history
from tests.storage.conftest import Archive
from tests.storage.making import NOON, SLUG, article, page, source, url, visit

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=366)
SPOOLED = Path(__file__).parent.parent / "fixtures" / "spool"
LONG = "dài " * 3000


def sound(archive: Archive) -> bool:
    return archive.db.execute("pragma integrity_check").fetchone()[0] == "ok" and not list(
        archive.db.query("pragma foreign_key_check")
    )


# -- a reader that never ends ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_query_that_reads_for_an_hour_keeps_nobody_waiting_and_sees_one_moment(archive: Archive) -> None:
    archive.record(visit(article(1)))
    archive.db.execute("pragma busy_timeout = 0")
    archive.db.execute("pragma journal_size_limit = 1000000")
    log = archive.path.with_name("bantin.db-wal")
    with closing(sqlite3.connect(f"file:{archive.path}?mode=ro", uri=True, isolation_level=None)) as reader:
        reader.execute("begin")
        assert reader.execute("select count(*) from articles").fetchone() == (1,)

        number = 100
        while log.stat().st_size < 2 * LOG * 4096:
            archive.record(visit(*(article(number + place, body_text=LONG) for place in range(20))))
            number += 20

        assert reader.execute("select count(*) from articles").fetchone() == (1,)
        assert archive.count("articles") == number - 99
        held = log.stat().st_size
    # Once it has ended, the log is moved into the archive with the next visits, used again from its beginning, and cut.
    archive.record(visit(article(number)))
    archive.record(visit(article(number + 1)))

    assert log.stat().st_size <= 1_000_000 < held
    assert sound(archive)


# -- a full disk ----------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own with so much room, where mounting one is allowed."""
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "bantin-test", str(place)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("mounting needs more rights")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, *, but: int) -> Path:
    """Fill a disk, leaving so many bytes."""
    room = os.statvfs(place)
    ballast = place / "ballast"
    with ballast.open("wb") as file:
        file.write(b"x" * max(0, room.f_bavail * room.f_frsize - but))
    return ballast


def many() -> tuple[object, ...]:
    return tuple(article(number, body_text=f"{number} {LONG}") for number in range(2, 60))


@pytest.mark.parametrize("left", [0, 50_000, 300_000])
def test_a_disk_that_fills_up_under_the_archive_loses_nothing(tmp_path: Path, left: int) -> None:
    with small_disk(tmp_path / "disk", 24) as disk:
        archive = Archive(disk)
        archive.warc = tmp_path / "warc"
        archive.record(visit(article(1)))
        ballast = fill(disk, but=left)
        news = visit(*many())  # type: ignore[arg-type]

        with pytest.raises(ArchiveError, match="the disk is full; free some space"):
            archive.record(news)

        assert [one.address for one in latest(archive.db)] == [url(1)] and sound(archive)
        ballast.unlink()
        assert len(archive.kinds(news)) == 58 and sound(archive)
        archive.db.close()


@pytest.mark.parametrize("left", [0, 5_000])
def test_a_disk_that_fills_up_under_the_evidence_loses_nothing(archive: Archive, tmp_path: Path, left: int) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        archive.warc = disk / "warc"
        archive.record(visit(article(1)))
        ballast = fill(disk, but=left)
        spare = tuple(page(article(n), payload=random.Random(n).randbytes(20_000)) for n in range(10))
        news = visit(article(2), evidence=(*spare, page(article(2))))

        with pytest.raises(ArchiveError, match="the disk is full; free some space"):
            archive.record(news)

        assert archive.count("articles") == archive.count("evidence") == 1
        ballast.unlink()
        assert archive.kinds(news) == ["new"]
        for read in (*spare, page(article(1)), page(article(2))):
            assert payload(archive.db, archive.warc, read.sha256) == read.payload


def test_a_disk_that_fills_up_under_the_spool_leaves_no_half_visit(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        spool = disk / "spool"
        write_spooled(spool, visit(article(1)))
        ballast = fill(disk, but=20_000)
        news = visit(article(2, body_text=LONG * 20))

        with pytest.raises(OSError, match="No space left"):
            write_spooled(spool, news)

        assert len(spooled(spool)) == 1
        ballast.unlink()
        assert read_spooled(write_spooled(spool, news)) == news


# -- a clock that is wrong ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [-DAY, -YEAR, YEAR])
def test_a_clock_that_jumps_loses_and_doubles_nothing(archive: Archive, jump: timedelta) -> None:
    first = visit(article(1), article(2))
    archive.record(first)
    archive.record(visit(article(1, headline="Sửa lần một"), at=NOON + HOUR))

    wrong = NOON + jump
    assert archive.kinds(visit(article(1, headline="Sửa lần hai"), article(2), article(3), at=wrong)) == [
        "new",
        "revised",
    ]
    assert archive.kinds(visit(article(1, headline="Sửa lần ba"), article(2), article(3), at=NOON + 2 * HOUR)) == [
        "revised"
    ]

    wordings = history(archive.db, find(archive.db, url(1)).number)
    assert [one.article.headline for one in wordings] == [
        article(1).headline, "Sửa lần một", "Sửa lần hai", "Sửa lần ba"
    ]  # fmt: skip
    assert archive.count("articles") == 3 and sound(archive)
    assert search(archive.db, "sua lan ba")[0].article.number == find(archive.db, url(1)).number


@pytest.mark.parametrize("back", [3 * HOUR, DAY, 7 * DAY, YEAR])
def test_sources_planned_before_the_clock_was_set_back_are_visited_at_once(archive: Archive, back: timedelta) -> None:
    sync(archive.db, [source()], now=NOON)
    archive.record(visit(article(1)))
    plan(archive.db, SLUG, at=NOON + HOUR, why="every 1 h", failures=0)
    now = NOON - back

    assert due(archive.db, now=now) == [SLUG]
    archive.record(visit(article(1), at=now))
    plan(archive.db, SLUG, at=now + HOUR, why="every 1 h", failures=0)
    assert due(archive.db, now=now + timedelta(minutes=5)) == []
    assert due(archive.db, now=now + HOUR) == [SLUG]


def test_a_source_that_waits_for_its_turn_is_not_hurried(archive: Archive) -> None:
    sync(archive.db, [source()], now=NOON)
    archive.record(visit(article(1)))
    plan(archive.db, SLUG, at=NOON + DAY, why="the server asked to wait that long", failures=1)

    assert due(archive.db, now=NOON + HOUR) == due(archive.db, now=NOON - timedelta(minutes=1)) == []


# -- visits in the spool --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(SPOOLED.glob("*.visit")), ids=lambda path: path.stem)
def test_a_visit_that_older_code_spooled_is_recorded_whole(archive: Archive, tmp_path: Path, file: Path) -> None:
    waiting = tmp_path / f"20260302T050000000000Z-{SLUG}-schema.00000.visit"
    shutil.copy(file, waiting)

    old = read_spooled(waiting)

    assert archive.kinds(old) == ["new"] * 8
    assert find(archive.db, url(1)).article.documents == ("45/2023/TT-BTNMT",)
    assert [one.title for one in find(archive.db, url(1)).article.attachments] == ["Thông tư 45/2023/TT-BTNMT"]
    for kept in old.evidence:
        assert payload(archive.db, archive.warc, kept.sha256) == kept.payload


def test_a_spooled_visit_cut_or_changed_anywhere_is_put_aside_and_named(tmp_path: Path) -> None:
    whole, chance = (SPOOLED / "6.visit").read_bytes(), random.Random(6)
    for number in range(150):
        place = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        waiting = tmp_path / f"{number}.visit"
        waiting.write_bytes(whole[:place] if number % 2 else changed)

        with pytest.raises(SpoolError, match=r"kept as \d+\.visit\.bad; its source is simply visited again"):
            read_spooled(waiting)

        assert waiting.with_name(f"{number}.visit.bad").exists() and not waiting.exists()


# -- files that others cut, removed or changed ----------------------------------------------------------------------


def test_a_warc_file_cut_in_half_is_left_as_it_is_and_the_day_goes_on_in_another(archive: Archive) -> None:
    archive.record(visit(*(article(number) for number in range(1, 9))))
    (file,) = archive.warc.rglob("*.warc.gz")
    half = file.read_bytes()[: file.stat().st_size // 2]
    file.write_bytes(half)

    archive.record(visit(article(20), at=NOON + HOUR))

    assert file.read_bytes() == half
    assert payload(archive.db, archive.warc, page(article(20)).sha256) == page(article(20)).payload
    assert len(latest(archive.db)) == 9
    lost, kept = 0, 0
    for number in range(1, 9):
        try:
            assert payload(archive.db, archive.warc, page(article(number)).sha256) == page(article(number)).payload
            kept += 1
        except ArchiveError as error:
            assert str(file) in str(error) and "backup" in str(error)
            lost += 1
    assert lost and kept


def test_a_page_the_cut_took_is_kept_anew_when_it_is_served_again(archive: Archive) -> None:
    archive.record(visit(article(1)))
    (file,) = archive.warc.rglob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:500])

    assert archive.kinds(visit(article(1), at=NOON + DAY)) == []

    assert len(latest(archive.db)) == 1 and sound(archive)


def test_an_archive_whose_log_was_removed_is_sound_and_learns_again_what_was_in_it(
    archive: Archive, tmp_path: Path
) -> None:
    archive.record(visit(article(1)))
    archive.db.execute("pragma wal_checkpoint(truncate)")
    archive.db.execute("pragma wal_autocheckpoint = 0")
    known = find(archive.db, url(1)).id
    archive.record(visit(article(2), at=NOON + HOUR))
    home = tmp_path / "after"
    home.mkdir()
    shutil.copy(archive.path, home / "bantin.db")  # and not its log
    shutil.copytree(archive.warc, home / "warc")

    after = Archive(home)

    assert [one.id for one in latest(after.db)] == [known] and sound(after)
    assert after.kinds(visit(article(1), article(2), at=NOON + 2 * HOUR)) == ["new"]
    for number in (1, 2):
        assert payload(after.db, after.warc, page(article(number)).sha256) == page(article(number)).payload
    # The pages the log told of are kept beside the files.
    assert any(page(article(2)).url.encode() in _unpacked(path) for path in (home / "warc" / "cut").iterdir())
    after.db.close()


def _unpacked(path: Path) -> bytes:
    import gzip

    return gzip.decompress(path.read_bytes())


def test_pages_of_the_archive_gone_bad_anywhere_give_what_was_recorded_or_an_error(archive: Archive) -> None:
    """An error names archive and way out. Letters within a long text are what SQLite cannot tell; see the doctor's tests."""
    archive.record(visit(*(article(number, body_text=f"{number} {LONG}") for number in range(1, 31))))
    archive.db.execute("pragma wal_checkpoint(truncate)")
    archive.db.close()
    whole, chance, errors = archive.path.read_bytes(), random.Random(30), 0
    for _ in range(40):
        place = 4096 * chance.randrange(1, len(whole) // 4096)
        archive.path.write_bytes(whole[:place] + b"\0" * 4096 + whole[place + 4096 :])
        try:
            with closing(open_readonly(archive.path)) as db:
                for one in latest(db, limit=50):
                    number = int(re.findall(r"36(\d+)", one.address)[0]) - 3000
                    assert (one.article.headline, one.article.section) == (article(number).headline, "Tin tức")
        except ArchiveError as error:
            errors += 1
            assert "`bantin doctor` says where" in str(error) and "bantin restore" in str(error)
    assert errors > 5
    archive.path.write_bytes(whole)
    archive.db = open_archive(archive.path)
    assert archive.count("articles") == 30
