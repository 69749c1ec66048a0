"""An archive in a folder of its own for each test that wants one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from scrapers.items import Changes, Visit
from storage.database import open_archive
from storage.record import record
from tests.storage.making import AUTHORITY


class Archive:
    """An archive that is written to the way the daemon does it."""

    def __init__(self, home: Path) -> None:
        self.path = home / "bantin.db"
        self.warc = home / "warc"
        self.db: Database = open_archive(self.path)

    def record(self, visit: Visit, *, now: datetime | None = None) -> Changes:
        return record(self.db, visit, warc=self.warc, authority=AUTHORITY, now=now or visit.finished)

    def kinds(self, visit: Visit, *, now: datetime | None = None) -> list[str]:
        return [change.kind for change in self.record(visit, now=now).changes]

    def count(self, table: str) -> int:
        return self.db[table].count


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with nothing in it, to be copied: making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "bantin.db"
    open_archive(path).close()
    return path


@pytest.fixture
def archive(tmp_path: Path, empty: Path) -> Iterator[Archive]:
    shutil.copy(empty, tmp_path / "bantin.db")
    opened = Archive(tmp_path)
    # No test pulls the plug; waiting for the disk at each commit would be most of the time they take.
    opened.db.execute("pragma synchronous = off")
    yield opened
    opened.db.close()
