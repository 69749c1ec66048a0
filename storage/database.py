"""Opens the archive: for the one who writes it, and for everybody who only reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database as Database

from storage import upgrade
from storage.failures import ArchiveError as ArchiveError
from storage.failures import explained as explained
from storage.schema import APPLICATION_ID, STEPS

BUSY = 8_000
"""Milliseconds to wait for another writer. The daemon tries again at its next beat, and must end within half a minute."""
HURRY = 1_000
"""The same, for a daemon that was told to stop."""
CACHE = 32_768
"""KiB the writer keeps in memory; the search index is merged there."""
LOG = 4000
"""Pages written to the log before they are moved into the archive."""
LONGEST_LOG = 64 * 1024 * 1024
"""Bytes to which the log shrinks again after a long reader kept it from being emptied."""


_OURS = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_READONLY)
"""Mistakes in what is asked, which say nothing about the archive."""


class NewerArchive(ArchiveError):  # noqa: N818
    """The archive was written by a newer Bantin than this one."""

    def __init__(self, path: Path, version: int) -> None:
        super().__init__(
            path,
            f"this archive has schema {version} and this Bantin knows {STEPS}; "
            "install the newer Bantin, or restore a backup made before the upgrade",
        )
        self.version = version


def open_archive(path: Path) -> Database:
    """Open the archive for writing; create it, or bring an older one up to date after copying it.

    Raises ArchiveError (NewerArchive among them) when that cannot be done.
    """
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        db = _connect(f"{path.absolute().as_uri()}?mode=rwc")
        try:
            _prepare(db, path)
        except BaseException:
            db.close()
            raise
        return db


def open_readonly(path: Path) -> Database:
    """Open the archive for reading only; what is read here never makes the writer wait.

    Raises ArchiveError when that cannot be done, and so does whatever is read from it later.
    """
    with explained(path):
        if not path.is_file():
            raise ArchiveError(path, "there is no archive here yet; `bantin run` or `bantin crawl` makes one")
        try:
            return _reader(path, "mode=ro")
        except sqlite3.OperationalError:
            if path.with_name(f"{path.name}-wal").exists():
                raise
            # In a folder nobody may write to, an archive that is closed cannot change while it is read.
            return _reader(path, "mode=ro&immutable=1")


def pending(path: Path, *, now: datetime) -> upgrade.Plan:
    """Say what opening an archive for writing would do to bring it up to date."""
    with explained(path):
        if not path.is_file():
            raise ArchiveError(path, "there is no archive here yet; `bantin run` or `bantin crawl` makes one")
        with closing(_connect(f"{path.absolute().as_uri()}?mode=ro")) as db:
            _check(db, path)
            return upgrade.plan(db, path, now=now)


@contextmanager
def write(db: Database) -> Iterator[Database]:
    """Everything inside happens, or nothing does.

    BEGIN IMMEDIATE on purpose: a transaction that reads first and writes later fails at once, whatever the
    busy timeout, when another one has written in between.
    """
    with explained(_path(db)):
        db.conn.execute("begin immediate")
        try:
            yield db
            db.conn.execute("commit")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("rollback")
            raise


def hurry(db: Database) -> None:
    """From now on, wait only shortly for another writer."""
    db.conn.execute(f"pragma busy_timeout = {HURRY}")


class _Connection(sqlite3.Connection):
    """A connection that names the archive when reading it fails: a page gone bad shows up at any row."""

    explains: Path | None = None

    def execute(self, *asked: Any) -> sqlite3.Cursor:
        return self.cursor().execute(*asked)

    def cursor(self, factory: Any = None) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(_Cursor if self.explains else sqlite3.Cursor)


class _Cursor(sqlite3.Cursor):
    def execute(self, *asked: Any) -> Self:
        with self._explained():
            return super().execute(*asked)

    def fetchone(self) -> Any:
        with self._explained():
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with self._explained():
            return super().fetchall()

    def __next__(self) -> Any:
        try:  # not through _explained() at once: this is done for every row
            return super().__next__()
        except sqlite3.DatabaseError:
            with self._explained():
                raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            path = getattr(self.connection, "explains", None)
            if path is None or getattr(error, "sqlite_errorcode", None) in _OURS:
                raise
            with explained(path):
                raise


def _connect(uri: str) -> Database:
    # The archive is used from whichever thread holds it at the moment; it is never shared between two at once.
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=BUSY / 1000, check_same_thread=False, factory=_Connection
    )
    db = Database(connection)
    db.execute("pragma foreign_keys = on")
    return db


def _reader(path: Path, mode: str) -> Database:
    db = _connect(f"{path.absolute().as_uri()}?{mode}")
    try:
        db.execute("pragma query_only = on")
        if _check(db, path) < STEPS:
            raise ArchiveError(path, "this archive is from an older Bantin; `bantin migrate` brings it up to date")
        db.conn.explains = path  # type: ignore[attr-defined]
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: Database, path: Path) -> None:
    version = _check(db, path)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    db.execute(f"pragma cache_size = -{CACHE}")
    db.execute(f"pragma wal_autocheckpoint = {LOG}")
    db.execute(f"pragma journal_size_limit = {LONGEST_LOG}")
    if version == 0:
        with write(db):
            upgrade.begin(db)
    elif version < STEPS:
        upgrade.upgrade(db, path)


def _check(db: Database, path: Path) -> int:
    """Return the archive's schema version, 0 for an empty file; refuse what is not ours."""
    application, version = (_pragma(db, name) for name in ("application_id", "user_version"))
    if application != APPLICATION_ID:
        if db.execute("select count(*) from sqlite_master").fetchone()[0]:
            raise ArchiveError(path, "this is a SQLite database, but not an archive of Bantin; give another path")
        return 0
    if version > STEPS:
        raise NewerArchive(path, version)
    return version


def _pragma(db: Database, name: str) -> int:
    return int(db.execute(f"pragma {name}").fetchone()[0])


def _path(db: Database) -> Path:
    return Path(db.execute("pragma database_list").fetchone()[2] or ":memory:")
