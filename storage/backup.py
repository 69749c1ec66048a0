"""Copies the archive while it is used: one moment of it, checked, and in its place whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import copies
from storage.failures import ArchiveError, explained, need_room
from storage.proof.verify import SEALS
from storage.schema import APPLICATION_ID

PAGES = 2048
"""Pages copied at a time."""
CHUNK = 1024 * 1024

Told = Callable[[int, int], None]
"""Told how many pages of how many are copied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What became of the WARC files."""

    files: int = 0
    bytes: int = 0
    missing: tuple[str, ...] = ()
    """Files that are gone or shorter than the archive vouches for: they could not be copied whole."""


def back_up(archive: Path, copy: Path, *, now: datetime, told: Told | None = None) -> None:
    """Copy the archive as it is at this moment to ``copy``, replacing what is there; raises ArchiveError.

    The copy is one file without a log, and passes SQLite's check. A writer goes on meanwhile.
    """
    make_copy(archive, copy, told=told)
    copies.note(archive, copy.absolute(), now=now)


def make_copy(archive: Path, copy: Path, *, told: Told | None = None) -> None:
    """Make a copy that is on no list of backups."""
    with explained(archive), closing(_snapshot(archive)) as source:
        pages, page = (source.execute(f"pragma {name}").fetchone()[0] for name in ("page_count", "page_size"))
        draft = copy.with_name(f".{copy.name}.part")
        try:
            with explained(copy):
                need_room(archive, copy.parent, pages * page, "a backup")
                draft.unlink(missing_ok=True)
                _copy(source, draft, told)
            verify_copy(
                archive,
                draft,
                "the copy does not pass SQLite's check ({}) and was not kept, so the archive itself is damaged; "
                "`bantin doctor` says where",
            )
            with explained(copy):
                settle(draft, copy)
        finally:
            draft.unlink(missing_ok=True)


def copy_evidence(copy: Path, warc: Path, target: Path) -> Copied:
    """Copy of the WARC files what the copied archive vouches for.

    They only ever grow: a file that is there already with the right length is not copied again.
    """
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as db:
        files, seals = vouched(db), sealed(db)
    missing, total = [], 0
    for file, size in files.items():
        with explained(target / file):
            if not copy_beginning(warc / file, target / file, size):
                missing.append(file)
        total += size
    with explained(target / SEALS):
        if seals and not _copy_seals(warc / SEALS, target / SEALS, seals):
            missing.append(SEALS)
    return Copied(files=len(files) - len(missing), bytes=total, missing=tuple(missing))


def vouched(db: sqlite3.Connection) -> dict[str, int]:
    """Return how far an archive of any schema vouches for which WARC files."""
    pruned = "pruned" in {row[1] for row in db.execute("pragma table_info(warcs)")}
    return dict(
        db.execute(f"select file, size from warcs where size > 0 {'and pruned is null' * pruned} order by file")
    )


def sealed(db: sqlite3.Connection) -> int:
    """Return how many seals an archive of any schema knows."""
    has = db.execute("select 1 from sqlite_master where name = 'seals'").fetchone()
    return int(db.execute("select count(*) from seals").fetchone()[0]) if has else 0


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a draft to write to, which takes the place of ``path`` when the block ends well."""
    draft = path.with_name(f".{path.name}.part")
    try:
        yield draft
        settle(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _snapshot(archive: Path) -> sqlite3.Connection:
    """Open the archive to read one moment of it; older and newer ones too.

    The transaction that is open from here on is what keeps a busy writer from making the copy begin again and again.
    """
    if not archive.is_file():
        raise ArchiveError(archive, "there is no archive here to copy")
    connection = reader(archive)
    connection.execute("begin")
    connection.execute("select count(*) from sqlite_master").fetchone()
    if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
        connection.close()
        raise ArchiveError(archive, "this is a SQLite database, but not an archive of Bantin; give another path")
    return connection


def reader(archive: Path) -> sqlite3.Connection:
    """Open an archive of any schema to read from it, also where nothing may be written."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        connection = sqlite3.connect(f"{archive.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
        try:
            connection.execute("select count(*) from sqlite_master").fetchone()
            return connection
        except sqlite3.DatabaseError as error:
            connection.close()
            # In a folder nobody may write to, an archive that is closed cannot change while it is read.
            has_log = archive.with_name(f"{archive.name}-wal").exists()
            if "immutable" in mode or has_log or not isinstance(error, sqlite3.OperationalError):
                raise
    raise AssertionError("the last mode either works or raises")


def _copy(source: sqlite3.Connection, draft: Path, told: Told | None) -> None:
    def progress(_: int, remaining: int, total: int) -> None:
        if told is not None:
            told(total - remaining, total)

    with closing(sqlite3.connect(draft, isolation_level=None)) as target:
        # The draft is thrown away when anything goes wrong, and brought to the disk at the end.
        target.execute("pragma synchronous = off")
        source.backup(target, pages=PAGES, progress=progress, sleep=0.001)
        # One file that anybody can read anywhere, without a log beside it.
        target.execute("pragma journal_mode = delete")


def verify_copy(about: Path, copy: Path, sentence: str) -> None:
    """Raise ArchiveError with ``sentence``, and what SQLite said in it, unless the copy is sound."""
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as db:
        try:
            said = str(db.execute("pragma quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            said = str(error)
    if said != "ok":
        raise ArchiveError(about, sentence.format(" ".join(said.split())))


def settle(draft: Path, place: Path) -> None:
    """Bring a draft to the disk, then to its place: never half a file under the name people trust."""
    _sync(draft)
    draft.replace(place)
    _sync(place.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_beginning(file: Path, target: Path, size: int) -> bool:
    """Copy the first bytes of a file that only grows; False when it has fewer."""
    if not file.is_file() or file.stat().st_size < size:
        return False
    if target.is_file() and target.stat().st_size == size:
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(target) as draft, file.open("rb") as read, draft.open("wb") as write:
        while size > 0 and (chunk := read.read(min(CHUNK, size))):
            write.write(chunk)
            size -= len(chunk)
    return True


def _copy_seals(log: Path, target: Path, count: int) -> bool:
    """Copy the first lines of the log of seals; False when it has fewer."""
    lines = log.read_bytes().splitlines(keepends=True)[:count] if log.is_file() else []
    target.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(target) as draft:
        draft.write_bytes(b"".join(lines))
    return len(lines) == count
