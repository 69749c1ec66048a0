"""A copy of the archive is whole, of one moment, never in the writer's way, and can be put back."""

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage import backup, copies
from storage.articles import latest
from storage.backup import back_up, copy_evidence
from storage.database import ArchiveError, open_archive, open_readonly
from storage.evidence import mend, payload
from storage.proof.archive import check
from storage.proof.verify import SEALS
from storage.restore import restore
from storage.schema import STEPS
from storage.seals import seal
from tests.storage.conftest import Archive
from tests.storage.making import NOON, article, page, visit

HOUR = timedelta(hours=1)


def ids(path: Path) -> dict[str, str]:
    with closing(open_readonly(path)) as db:
        return {one.address: one.id for one in latest(db, limit=1000)}


def test_a_copy_is_one_sound_file_with_everything_in_it(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(article(1), article(2)))
    copy = tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()

    back_up(archive.path, copy, now=NOON)

    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]
    assert ids(copy) == ids(archive.path)
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("pragma journal_mode").fetchone() == ("delete",)
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    assert copies.known(archive.path) == [(NOON, copy)]


def test_a_copy_holds_what_is_still_in_the_log(archive: Archive, tmp_path: Path) -> None:
    archive.db.execute("pragma wal_autocheckpoint = 0")
    archive.record(visit(article(1)))

    back_up(archive.path, tmp_path / "copy.db", now=NOON)

    assert len(ids(tmp_path / "copy.db")) == 1


def test_a_copy_is_of_one_moment_and_ends_however_busy_the_writer_is(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy in steps that began anew whenever something was written would never end."""
    archive.record(visit(*(article(number, body_text="dài " * 2000) for number in range(40))))
    archive.db.execute("pragma busy_timeout = 0")
    monkeypatch.setattr(backup, "PAGES", 8)
    written = iter(range(100, 10_000))
    steps = []

    def told(done: int, whole: int) -> None:
        steps.append((done, whole))
        archive.record(visit(article(next(written))))

    back_up(archive.path, tmp_path / "copy.db", now=NOON, told=told)

    assert len(steps) > 10 and steps == sorted(set(steps)) and steps[-1][0] == steps[-1][1]
    assert len(ids(tmp_path / "copy.db")) == 40
    assert archive.count("articles") == 40 + len(steps)


def test_writing_and_copying_at_once_leave_both_sound(archive: Archive, tmp_path: Path) -> None:
    ended = threading.Event()
    sizes = []

    def copy() -> None:
        while not ended.is_set():
            back_up(archive.path, tmp_path / "copy.db", now=NOON)
            sizes.append(len(ids(tmp_path / "copy.db")))

    copying = threading.Thread(target=copy)
    copying.start()
    for number in range(60):
        archive.record(visit(article(2 * number), article(2 * number + 1)))
    ended.set()
    copying.join()

    assert sizes == sorted(sizes) and all(size % 2 == 0 for size in sizes)
    assert archive.count("articles") == 120


def test_a_copy_that_cannot_be_finished_leaves_the_one_that_was_there(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"the copy of yesterday")

    def told(done: int, whole: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(archive.path, copy, now=NOON, told=told)

    assert copy.read_bytes() == b"the copy of yesterday"
    assert not list(tmp_path.glob(".*"))
    monkeypatch.setattr("storage.failures.room", lambda folder: 5000)
    with pytest.raises(ArchiveError, match=r"a backup needs .* free; free some space"):
        back_up(archive.path, copy, now=NOON)


def test_a_damaged_archive_gives_no_copy_that_looks_like_one(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(*(article(number, body_text="dài " * 5000) for number in range(40))))
    archive.db.execute("pragma wal_checkpoint(truncate)")
    content = bytearray(archive.path.read_bytes())
    content[-4096 * 30 :] = b"\xff" * 4096 * 30
    archive.path.write_bytes(content)

    with pytest.raises(ArchiveError, match=r"does not pass SQLite's check .* was not kept.*bantin doctor"):
        back_up(archive.path, tmp_path / "copy.db", now=NOON)

    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize(
    ("content", "said"), [(None, "no archive here"), (b"a letter " * 100, "not an archive"), (b"", "not an archive")]
)
def test_what_is_no_archive_is_not_copied(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "bantin.db").write_bytes(content)

    with pytest.raises(ArchiveError, match=said):
        back_up(tmp_path / "bantin.db", tmp_path / "copy.db", now=NOON)


def test_evidence_is_copied_as_far_as_the_copied_archive_vouches_for_it(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(article(1)))
    copy, target = tmp_path / "copy.db", tmp_path / "copied"
    back_up(archive.path, copy, now=NOON)
    archive.record(visit(article(2)))

    copied = copy_evidence(copy, archive.warc, target)

    (file,) = target.rglob("*.warc.gz")
    assert copied.files == 1 and copied.bytes == file.stat().st_size and copied.missing == ()
    with closing(open_readonly(copy)) as db:
        assert db.execute("select size from warcs").fetchone()[0] == file.stat().st_size
        assert payload(db, target, page(article(1)).sha256) == page(article(1)).payload


def test_evidence_that_has_grown_is_copied_anew_and_what_is_missing_is_named(archive: Archive, tmp_path: Path) -> None:
    copy, target = tmp_path / "copy.db", tmp_path / "copied"
    for number in (1, 2):
        archive.record(visit(article(number), at=NOON + number * 24 * HOUR))
        back_up(archive.path, copy, now=NOON)
        assert copy_evidence(copy, archive.warc, target).files == number
    first, second = sorted(archive.warc.rglob("*.warc.gz"))
    first.write_bytes(first.read_bytes()[:-1])
    second.unlink()
    sorted(target.rglob("*.warc.gz"))[0].unlink()

    copied = copy_evidence(copy, archive.warc, target)

    assert copied.missing == ("vn-example/2026-03-03.warc.gz", "vn-example/2026-03-04.warc.gz")


def test_a_backup_put_back_keeps_ids_and_what_came_after_it_aside(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(article(1), article(2)))
    known = ids(archive.path)
    back_up(archive.path, tmp_path / "copy.db", now=NOON)
    archive.record(visit(article(3), at=NOON + HOUR))
    archive.record(visit(article(4), at=NOON + 30 * HOUR))
    archive.db.close()
    grown = {path.name: path.read_bytes() for path in archive.warc.rglob("*.warc.gz")}

    done = restore(tmp_path / "copy.db", archive.path, archive.warc, now=NOON + 31 * HOUR)

    archive.db = open_archive(archive.path)
    assert (done.articles, done.schema, done.missing) == (2, STEPS, ())
    assert ids(archive.path) == known
    assert done.kept is not None and len(ids(done.kept)) == 4
    assert done.evidence is not None
    assert {path.name: path.read_bytes() for path in done.evidence.rglob("*.warc.gz")} == grown
    assert mend(archive.db, archive.warc) == []
    assert len(list(archive.warc.rglob("*.warc.gz"))) == 1


def test_after_putting_back_everything_is_found_again_under_the_same_ids(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(article(1), article(2)))
    known = ids(archive.path)
    back_up(archive.path, tmp_path / "copy.db", now=NOON)
    archive.record(visit(article(2, headline="Tin đã sửa"), article(3), at=NOON + HOUR))
    archive.db.close()
    restore(tmp_path / "copy.db", archive.path, archive.warc, now=NOON + 2 * HOUR)
    archive.db = open_archive(archive.path)

    again = visit(article(1), article(2, headline="Tin đã sửa"), article(3), at=NOON + 3 * HOUR)

    assert sorted(archive.kinds(again)) == ["new", "revised"]
    assert {url: tag for url, tag in ids(archive.path).items() if url in known} == known
    for read in again.evidence:
        assert payload(archive.db, archive.warc, read.sha256) == read.payload


def test_an_old_log_is_never_read_into_a_backup(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(article(1)))
    back_up(archive.path, tmp_path / "copy.db", now=NOON)
    archive.db.execute("pragma wal_autocheckpoint = 0")
    archive.record(visit(article(2)))
    # A process that was killed leaves its log behind.
    home = tmp_path / "killed"
    home.mkdir()
    for end in ("", "-wal"):
        (home / f"bantin.db{end}").write_bytes((tmp_path / f"bantin.db{end}").read_bytes())

    done = restore(tmp_path / "copy.db", home / "bantin.db", home / "warc", now=NOON)

    assert len(ids(home / "bantin.db")) == 1
    assert done.kept is not None and len(ids(done.kept)) == 2
    assert done.missing == ("vn-example/2026-03-02.warc.gz",)


def test_a_folder_with_evidence_is_put_back_where_both_are_lost(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(article(1)))
    copy = tmp_path / "copied" / "bantin.db"
    copy.parent.mkdir()
    back_up(archive.path, copy, now=NOON)
    copy_evidence(copy, archive.warc, copy.parent / "warc")
    home = tmp_path / "new"

    done = restore(copy.parent, home / "bantin.db", home / "warc", now=NOON)

    assert (done.kept, done.missing, done.evidence) == (None, (), None)
    with closing(open_readonly(home / "bantin.db")) as db:
        assert payload(db, home / "warc", page(article(1)).sha256) == page(article(1)).payload


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("pragma user_version = 999", "has schema 999.*install the newer"),
        ("pragma application_id = 1", "no backup of an archive of Bantin"),
    ],
)
def test_what_is_no_backup_for_this_bantin_is_refused_and_nothing_is_touched(
    archive: Archive, tmp_path: Path, change: str, said: str
) -> None:
    archive.record(visit(article(1)))
    back_up(archive.path, tmp_path / "copy.db", now=NOON)
    with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        db.execute(change)
    before = sorted(path.name for path in tmp_path.iterdir())

    with pytest.raises(ArchiveError, match=said):
        restore(tmp_path / "copy.db", archive.path, archive.warc, now=NOON)

    assert sorted(path.name for path in tmp_path.iterdir()) == before
    with pytest.raises(ArchiveError, match="no backup here"):
        restore(tmp_path / "nothing.db", archive.path, archive.warc, now=NOON)


def test_a_damaged_backup_is_refused(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(*(article(number) for number in range(30))))
    back_up(archive.path, tmp_path / "copy.db", now=NOON)
    content = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(content[: len(content) // 2])

    with pytest.raises(ArchiveError, match="take an older one"):
        restore(tmp_path / "copy.db", archive.path, archive.warc, now=NOON)

    assert len(ids(archive.path)) == 30


def verified(path: Path, warc: Path) -> list[str]:
    return [str(problem) for problem in check(path, warc)["problems"]]


def test_a_copy_with_its_evidence_and_seals_can_be_verified(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(article(1), article(2)))
    seal(archive.db, archive.warc, now=NOON + 30 * HOUR)
    back_up(archive.path, tmp_path / "copy.db", now=NOON)
    archive.record(visit(article(3), at=NOON + 40 * HOUR))
    seal(archive.db, archive.warc, now=NOON + 80 * HOUR)

    copied = copy_evidence(tmp_path / "copy.db", archive.warc, tmp_path / "copied")

    assert copied.missing == ()
    assert len((tmp_path / "copied" / SEALS).read_bytes().splitlines()) == 1
    assert verified(tmp_path / "copy.db", tmp_path / "copied") == []


def test_an_archive_put_back_can_be_verified_and_goes_on_being_sealed(archive: Archive, tmp_path: Path) -> None:
    archive.record(visit(article(1)))
    seal(archive.db, archive.warc, now=NOON + 30 * HOUR)
    back_up(archive.path, tmp_path / "copy.db", now=NOON)
    archive.record(visit(article(2), at=NOON + HOUR))
    archive.db.close()

    restore(tmp_path / "copy.db", archive.path, archive.warc, now=NOON + 100 * HOUR)

    archive.db = open_archive(archive.path)
    assert verified(archive.path, archive.warc) == []
    archive.record(visit(article(2), article(3), at=NOON + 110 * HOUR))
    seal(archive.db, archive.warc, now=NOON + 150 * HOUR)
    assert verified(archive.path, archive.warc) == []
