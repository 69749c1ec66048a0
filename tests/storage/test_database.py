"""Opening the archive, refusing what is none, and failing in one clear sentence."""

import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage.articles import latest
from storage.database import ArchiveError, NewerArchive, explained, open_archive, open_readonly, write
from storage.schema import APPLICATION_ID, STEPS, migrations
from tests.storage.conftest import Archive
from tests.storage.making import article, visit

NOBODY = 65534


@contextmanager
def powerless() -> Iterator[Path]:
    """Give a folder in which, and a while during which, permissions count even for root."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        was = os.geteuid()
        try:
            yield folder
        finally:
            os.seteuid(was)


def drop_power() -> None:
    if os.geteuid() == 0:
        os.seteuid(NOBODY)


def pragma(db: Database, name: str) -> object:
    return db.execute(f"pragma {name}").fetchone()[0]


def test_an_archive_is_made_durable_strict_and_ours(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "bantin.db")

    assert pragma(db, "journal_mode") == "wal"
    assert pragma(db, "synchronous") == 2
    assert pragma(db, "foreign_keys") == 1
    assert pragma(db, "busy_timeout") == 8_000
    assert pragma(db, "application_id") == APPLICATION_ID
    assert pragma(db, "user_version") == STEPS == len(migrations.applied(db))
    tables = db.query("select name, strict from pragma_table_list where type = 'table' and schema = 'main'")
    loose = {row["name"] for row in tables if not row["strict"]}
    assert loose == {"_sqlite_migrations", "sqlite_schema"}
    db.close()


def test_opening_again_finds_what_was_written(archive: Archive) -> None:
    archive.record(visit(article(1)))
    archive.db.close()

    archive.db = open_archive(archive.path)

    assert latest(archive.db)[0].article == article(1)


def test_a_home_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    open_archive(tmp_path / "new" / "home" / "bantin.db").close()

    assert (tmp_path / "new" / "home" / "bantin.db").is_file()


def test_opening_an_archive_that_is_up_to_date_writes_nothing(archive: Archive) -> None:
    version = archive.db.execute("pragma data_version").fetchone()

    open_archive(archive.path).close()

    assert archive.db.execute("pragma data_version").fetchone() == version


@pytest.mark.parametrize("opened", [open_archive, open_readonly])
def test_a_newer_archive_is_refused(archive: Archive, opened: object) -> None:
    archive.db.execute(f"pragma user_version = {STEPS + 1}")

    with pytest.raises(NewerArchive, match="install the newer Bantin") as caught:
        opened(archive.path)  # type: ignore[operator]

    assert caught.value.version == STEPS + 1


def test_an_older_archive_is_brought_up_to_date_when_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "bantin.db"
    old = Database(path)
    migrations.apply(old, stop_before="2 search")
    old.execute(f"pragma application_id = {APPLICATION_ID}")
    old.execute("pragma user_version = 1")
    old.close()

    with pytest.raises(ArchiveError, match="older Bantin"):
        open_readonly(path)
    db = open_archive(path)

    assert pragma(db, "user_version") == STEPS
    assert db["articles_fts"].exists()
    db.close()


@pytest.mark.parametrize("opened", [open_archive, open_readonly])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, opened: object) -> None:
    path = tmp_path / "bantin.db"
    path.write_text("Đây là một bức thư, không phải cơ sở dữ liệu. " * 50)
    before = path.read_bytes()

    with pytest.raises(ArchiveError, match="not an archive of Bantin"):
        opened(path)  # type: ignore[operator]

    assert path.read_bytes() == before


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("create table notes (text)")
    other.close()
    before = path.read_bytes()

    with pytest.raises(ArchiveError, match="not an archive of Bantin"):
        open_archive(path)

    assert path.read_bytes() == before


def test_a_folder_in_place_of_the_archive_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "bantin.db").mkdir()

    with pytest.raises(ArchiveError, match="cannot be opened") as caught:
        open_archive(tmp_path / "bantin.db")

    assert "\n" not in str(caught.value)


def test_an_archive_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive here yet"):
        open_readonly(tmp_path / "bantin.db")

    assert list(tmp_path.iterdir()) == []


def test_a_home_that_may_not_be_written_is_one_clear_line() -> None:
    with powerless() as folder:
        drop_power()
        with pytest.raises(ArchiveError, match="check") as caught:
            open_archive(folder / "bantin.db")

    assert "\n" not in str(caught.value)


def test_an_archive_in_a_folder_that_may_not_be_written_can_be_read() -> None:
    with powerless() as folder:
        path = folder / "bantin.db"
        open_archive(path).close()
        drop_power()
        db = open_readonly(path)

        assert latest(db) == []
        with pytest.raises(ArchiveError, match="check who owns"):
            open_archive(path)
        db.close()


def test_reading_never_writes(archive: Archive) -> None:
    db = open_readonly(archive.path)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("delete from sources")
    db.close()


def test_a_reader_in_the_middle_of_reading_does_not_make_the_writer_wait(archive: Archive) -> None:
    archive.record(visit(article(1), article(2)))
    archive.db.execute("pragma busy_timeout = 0")
    reader = open_readonly(archive.path)
    rows = reader.execute("select number from articles")
    assert next(rows)

    archive.record(visit(article(3)))

    assert len(rows.fetchall()) == 1
    rows.close()
    assert len(latest(reader)) == 3
    reader.close()


def test_a_write_happens_whole_or_not_at_all(archive: Archive) -> None:
    with pytest.raises(ZeroDivisionError), write(archive.db):
        archive.db.execute("insert into sources (slug, since) values ('a', '')")
        raise ZeroDivisionError

    assert archive.count("sources") == 0
    assert not archive.db.conn.in_transaction


def test_two_writers_wait_for_each_other(archive: Archive) -> None:
    def fill(letter: str) -> None:
        with open_archive(archive.path) as db:
            for number in range(20):
                with write(db):
                    count = db.execute("select count(*) from sources").fetchone()[0]
                    db.execute("insert into sources (slug, since) values (?, ?)", [f"{letter}{number}", str(count)])

    threads = [threading.Thread(target=fill, args=[letter]) for letter in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [row[0] for row in archive.db.execute("select since from sources order by cast(since as integer)")] == [
        str(number) for number in range(40)
    ]


def test_a_lock_held_too_long_is_named(archive: Archive) -> None:
    other = sqlite3.connect(archive.path, isolation_level=None)
    other.execute("begin immediate")
    archive.db.execute("pragma busy_timeout = 1")

    with pytest.raises(ArchiveError, match="locked"):
        archive.record(visit(article(1)))

    other.execute("rollback")
    other.close()
    assert archive.kinds(visit(article(1))) == ["new"]


def test_a_full_disk_is_called_that_and_loses_nothing(archive: Archive) -> None:
    archive.record(visit(article(1)))
    pages = pragma(archive.db, "page_count")
    archive.db.execute(f"pragma max_page_count = {pages}")
    long = visit(*(article(number, body_text="dài " * 5000) for number in range(2, 20)))

    with pytest.raises(ArchiveError, match="disk is full"):
        archive.record(long)

    assert archive.count("articles") == 1
    assert pragma(archive.db, "integrity_check") == "ok"
    archive.db.execute("pragma max_page_count = 1000000")
    assert len(archive.kinds(long)) == 18


def test_an_io_error_on_a_full_disk_is_called_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = os.statvfs(tmp_path)
    monkeypatch.setattr(os, "statvfs", lambda path: os.statvfs_result((*room[:4], 5, *room[5:])))

    with pytest.raises(ArchiveError, match="disk is full"), explained(tmp_path / "bantin.db"):
        raise sqlite3.OperationalError("disk I/O error")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (sqlite3.OperationalError("disk I/O error"), "SQLite says: disk I/O error"),
        (sqlite3.DatabaseError("database disk image is malformed"), "restore the newest backup"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "check who owns"),
        (PermissionError(13, "Permission denied"), "Permission denied; check that"),
        (OSError(28, "No space left on device"), "the disk is full"),
    ],
)
def test_errors_of_the_machine_become_sentences(tmp_path: Path, error: Exception, said: str) -> None:
    with pytest.raises(ArchiveError, match=said) as caught, explained(tmp_path / "gone" / "bantin.db"):
        raise error

    assert caught.value.__cause__ is error


def test_mistakes_of_ours_are_not_dressed_up(archive: Archive) -> None:
    with pytest.raises(sqlite3.IntegrityError), write(archive.db):
        archive.db.execute("insert into authors values (99, 0, 'x')")


def test_a_page_of_the_archive_gone_bad_is_named(archive: Archive) -> None:
    archive.record(visit(*(article(number) for number in range(30))))
    archive.db.execute("pragma wal_checkpoint(truncate)")
    archive.db.close()
    content = bytearray(archive.path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    archive.path.write_bytes(content)

    with pytest.raises(ArchiveError, match="damaged"):
        open_archive(archive.path)
