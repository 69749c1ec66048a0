"""What the doctor finds on homes that are broken in every way we could think of, and what it says to do."""

import fcntl
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doctor import examine, running
from home import Home, hold, prepare
from storage import copies
from storage.backup import back_up
from storage.checkup import Finding
from storage.database import open_archive
from storage.record import record
from tests.command import Command
from tests.storage.making import AUTHORITY, LISTING, NOON, article, source, visit
from tests.storage.test_schemas import old_archive

NOW = NOON + timedelta(hours=2)
SOURCE = f"""
slug = "vn-example"
ministry = {{ vi = "Bộ Ví dụ" }}
country = "VN"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
homepage = "https://www.example.gov.vn/"
[[entrances]]
kind = "listing"
url = "{LISTING}"
"""


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from feeds.publish import publish

    folder = tmp_path_factory.mktemp("healthy")
    home = Home(path=folder / "home")
    prepare(home)
    (home.sources / "vn-example.toml").write_text(SOURCE, encoding="utf-8")
    db = open_archive(home.database)
    for number in range(8):
        made = visit(*(article(40 * number + place, body_text="dài " * 900) for place in range(40)), id=f"v{number}")
        record(db, made, warc=home.warc, authority=AUTHORITY, now=NOON)
    publish(db, (source(),), public=home.public, base_url="http://127.0.0.1:8080", title="Bantin", only=None, now=NOON)
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    back_up(home.database, folder / "copy.db", now=NOON)
    return home.path


@pytest.fixture
def home(healthy: Path, tmp_path: Path) -> Home:
    shutil.copytree(healthy, tmp_path / "home")
    return Home(path=tmp_path / "home")


def lines(home: Home, *, now: datetime = NOW, full: bool = False) -> list[Finding]:
    return [one for one in examine(home, now=now, full=full) if one.level != "ok"]


def only(home: Home, check: str, *, now: datetime = NOW, full: bool = False) -> Finding:
    """The one line there is to look at, which always says what to do."""
    (found,) = lines(home, now=now, full=full)
    assert found.check == check and found.todo
    return found


def damage(path: Path, start: int, length: int = 4096) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + length] = random.Random(start).randbytes(length)
    path.write_bytes(content)


def root_of(home: Home, name: str) -> int:
    """Return where the first page of a table or index begins."""
    with closing(sqlite3.connect(home.database)) as db:
        place = db.execute("select rootpage from sqlite_master where name = ?", [name]).fetchone()[0]
    return (int(place) - 1) * 4096


def contents(home: Home) -> dict[str, bytes]:
    """Every file that holds something; SQLite's own index of the log is none of them."""
    files = [path for path in home.path.rglob("*") if path.is_file() and path.stat().st_size]
    return {str(path): path.read_bytes() for path in files if not path.name.endswith("-shm")}


def test_a_healthy_home_is_called_that_and_is_left_as_it_is(home: Home) -> None:
    before = contents(home)

    assert lines(home) == [] and lines(home, full=True) == []

    assert contents(home) == before


def test_it_looks_while_the_daemon_writes(home: Home) -> None:
    with hold(home), closing(open_archive(home.database)) as db:
        db.execute("begin immediate")
        db.execute("insert into sources (slug, since) values ('vn-new', '')")

        assert lines(home) == []
        db.execute("rollback")
        assert running(home) == os.getpid()


def test_a_home_that_is_not_there(tmp_path: Path) -> None:
    assert "--home" in only(Home(path=tmp_path / "nowhere"), "home").todo


def test_an_empty_home_says_how_to_begin(tmp_path: Path) -> None:
    told = {one.check: one.todo for one in lines(Home(path=tmp_path))}

    assert told == {
        "sources": "`bantin add SLUG`", "database": "`bantin run` makes one", "feeds": "`bantin crawl --all` makes them",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["articles", "changes", "articles_fts_data", "articles_dated", "evidence"])
def test_a_damaged_page_is_found_with_its_place_and_the_way_back(home: Home, name: str) -> None:
    damage(home.database, root_of(home, name))

    found = [one for one in lines(home) if one.level == "fail"]

    assert any(("bantin restore" in one.todo and "copy.db" in one.todo) or "rebuild-fts" in one.todo for one in found)
    if name != "articles_fts_data":
        (pages,) = [one for one in found if one.check == "pages"]
        assert name in pages.found


@pytest.mark.parametrize(("start", "length"), [(0, 16), (0, 4096), (100, 3996)])
def test_a_damaged_beginning_is_found_with_the_way_back(home: Home, start: int, length: int) -> None:
    damage(home.database, start, length)

    failed = [one for one in lines(home) if one.level == "fail"]

    assert any("bantin restore" in one.todo for one in failed)


def test_damage_without_any_backup_says_how_to_save_what_can_be_read(home: Home) -> None:
    (home.path / copies.LIST).unlink()
    damage(home.database, root_of(home, "changes"))

    (pages,) = [one for one in lines(home) if one.check == "pages"]

    assert ".recover" in pages.todo


def test_an_archive_that_was_cut_off_is_found(home: Home) -> None:
    content = home.database.read_bytes()
    home.database.write_bytes(content[: len(content) // 2])

    assert any(one.level == "fail" and "bantin restore" in one.todo for one in lines(home))


@pytest.mark.parametrize(
    ("change", "check", "todo"),
    [
        ("pragma user_version = 999", "schema", "install the newer Bantin"),
        ("pragma application_id = 1", "schema", "--home"),
        ("pragma foreign_keys = off; delete from sources", "references", "bantin restore"),
        ("delete from articles_fts_docsize where id < 9", "search", "rebuild-fts"),
    ],
)
def test_what_is_wrong_with_the_tables_is_found(home: Home, change: str, check: str, todo: str) -> None:
    with closing(sqlite3.connect(home.database, isolation_level=None)) as db:
        db.executescript(change)

    found = [one for one in lines(home) if one.check == check]

    assert found and found[0].level == "fail" and todo in found[0].todo


def test_an_older_archive_only_needs_to_be_brought_up_to_date(tmp_path: Path) -> None:
    old_archive(tmp_path, 6)

    told = {one.check: one for one in lines(Home(path=tmp_path))}

    assert told["schema"].todo == "`bantin migrate`"
    assert not [one for one in told.values() if one.level == "fail"]


def test_a_warc_file_cut_in_half_or_gone_is_found(home: Home) -> None:
    (file,) = home.warc.rglob("*.warc.gz")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    cut = [one for one in lines(home) if one.level == "fail"]
    file.unlink()
    gone = [one for one in lines(home) if one.level == "fail"]

    assert any("cut short: vn-example/2026-03-02.warc.gz" in one.found and "from a backup" in one.todo for one in cut)
    assert any("missing: vn-example/2026-03-02.warc.gz" in one.found for one in gone)


def test_one_changed_byte_of_a_warc_file_is_found_when_all_is_compared(home: Home) -> None:
    (file,) = home.warc.rglob("*.warc.gz")
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)

    found = only(home, "evidence", full=True)

    assert found.level == "fail"


def test_a_letter_that_changed_within_an_article_is_found_when_all_is_compared(home: Home) -> None:
    content = home.database.read_bytes()
    place = content.rindex("dài dài dài".encode(), 0, len(content) * 3 // 4)
    home.database.write_bytes(content[:place] + "dàn".encode() + content[place + len("dài".encode()) :])

    assert lines(home) == []
    assert "bantin restore" in only(home, "texts", full=True).todo


def test_files_with_more_in_them_than_the_archive_knows_are_told(home: Home) -> None:
    (file,) = home.warc.rglob("*.warc.gz")
    file.write_bytes(file.read_bytes() + b"half a record")

    assert "warc/cut" in only(home, "warc").todo


def test_changed_pages_are_found_by_the_sample(home: Home) -> None:
    (file,) = home.warc.rglob("*.warc.gz")
    damage(file, 1000, file.stat().st_size - 1000)

    assert "bantin verify --all" in only(home, "pages kept").todo


@pytest.mark.parametrize("ahead", [timedelta(days=-1), timedelta(days=-366)])
def test_a_clock_that_was_set_back_is_found(home: Home, ahead: timedelta) -> None:
    told = {one.check: one for one in lines(home, now=NOON + ahead)}

    assert "set the clock right" in told["clock"].todo and told["clock"].level == "warn"


def test_visits_put_aside_or_waiting_too_long_are_found(home: Home) -> None:
    (home.spool / "a.visit").write_bytes(b"")
    assert lines(home) == []
    os.utime(home.spool / "a.visit", (NOW.timestamp() - 3600, NOW.timestamp() - 3600))
    with hold(home):
        assert "log says" in only(home, "spool").todo
    (home.spool / "b.visit.bad").write_bytes(b"")

    assert "b.visit.bad" in only(home, "spool").found


def test_feeds_that_are_broken_or_late_are_found(home: Home) -> None:
    with closing(sqlite3.connect(home.database, isolation_level=None)) as db:
        db.execute("update changes set at = '2026-03-02T06:30:00Z' where number = 1")
    for path in (home.public / "feeds").iterdir():
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    assert "vn-example has changed" in only(home, "feeds").found
    (home.public / "feeds" / "vn-example.json").write_bytes(b"{")

    told = [one for one in lines(home) if one.level == "fail"]

    assert [one.check for one in told] == ["feeds"] and "vn-example.json" in told[0].found


def test_settings_and_sources_with_mistakes_are_found(home: Home) -> None:
    home.settings_file.write_text('titel = "x"', encoding="utf-8")
    (home.sources / "vn-broken.toml").write_text("nonsense", encoding="utf-8")

    told = {one.check: one for one in lines(home)}

    assert told["settings"].level == told["sources"].level == "fail"
    assert "did you mean" in told["settings"].found.casefold()
    assert "bantin sources check" in told["sources"].todo


def test_several_holders_of_the_lock_are_found(home: Home) -> None:
    """Where the lock's file was deleted under a daemon, a second one gets a lock of its own."""
    home.lock.touch()
    with home.lock.open() as one, home.lock.open() as two:
        fcntl.flock(one, fcntl.LOCK_SH)
        fcntl.flock(two, fcntl.LOCK_SH)

        assert only(home, "lock").level == "fail"


def test_the_pid_of_a_daemon_that_is_gone_worries_nobody(home: Home) -> None:
    home.lock.write_text("999999\n", encoding="ascii")

    (lock,) = [one for one in examine(home, now=NOW) if one.check == "lock"]

    assert lock.level == "ok" and "999999 did last" in lock.found


def test_a_log_that_grew_because_somebody_reads_is_found(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.checkup.LONG_LOG", 10_000)
    reader = sqlite3.connect(home.database, isolation_level=None)
    reader.execute("begin")
    reader.execute("select count(*) from articles").fetchone()
    with closing(open_archive(home.database)) as db:
        record(db, visit(*(article(n) for n in range(900, 930))), warc=home.warc, authority=AUTHORITY, now=NOON)

        assert "close it" in only(home, "log").todo
        reader.close()


def test_a_full_disk_is_found(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, level in ((40_000_000, "fail"), (900_000_000, "warn")):
        monkeypatch.setattr("storage.checkup_files.room", lambda folder, free=free: free)
        assert only(home, "disk").level == level


@pytest.mark.parametrize("days", [9, 400])
def test_an_old_backup_is_found(home: Home, days: int) -> None:
    told = {one.check: one for one in lines(home, now=NOON + timedelta(days=days))}

    assert f"{days} days old" in told["backup"].found


def test_a_copy_beside_the_archive_is_no_backup(home: Home) -> None:
    (home.path / copies.LIST).unlink()
    back_up(home.database, home.path / "copy.db", now=NOON)

    assert "another disk" in only(home, "backup").todo


def test_the_command_prints_lines_and_says_by_its_exit_code_how_it_is(home: Home, bantin: Command) -> None:
    there = Command(home.path, bantin._capsys)
    assert there("doctor").code == 3  # the backup is old by now
    back_up(home.database, home.path.parent / "fresh.db", now=datetime.now(UTC))
    well = there("doctor", "--json")
    damage(home.database, root_of(home, "changes"))
    ill = there("doctor")

    assert well.code == 0 and {row["state"] for row in well.json} == {"ok"}
    assert ill.code == 1 and "bantin restore" in ill.out and "broken" in ill.err


def test_reading_a_damaged_archive_names_the_newest_backup(home: Home, bantin: Command) -> None:
    there = Command(home.path, bantin._capsys)
    damage(home.database, root_of(home, "articles_dated"))
    damage(home.database, root_of(home, "articles"))

    for words in (["items"], ["search", "dài"], ["run", "--once"], ["export"]):
        said = there(*words)
        assert said.code == 1, words
        assert "damaged" in said.err and "bantin restore " in said.err and "copy.db" in said.err, said.err


@pytest.fixture(autouse=True)
def _feeds_as_old_as_the_test_thinks(home: Home) -> Iterator[None]:
    """Files get the time of the story, not of the machine."""
    if (home.public / "feeds").is_dir():
        for path in (home.public / "feeds").iterdir():
            os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    yield


def test_json_of_the_doctor_is_for_programs(home: Home, bantin: Command) -> None:
    rows = json.loads(Command(home.path, bantin._capsys)("doctor", "--json").out)

    assert {"check", "state", "found", "next"} == set(rows[0])


def test_on_a_terminal_each_line_is_followed_by_what_to_do(
    home: Home, bantin: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    said = Command(home.path, bantin._capsys)("doctor")

    assert "settings: bantin.toml is understood" in said.out
    assert "warn" in said.out and "→" in said.out and "bantin backup" in said.out
    assert "\t" not in said.out
