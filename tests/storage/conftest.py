"""An archive in a folder of its own for each test that wants one."""

from __future__ import annotations

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


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path)
    yield opened
    opened.db.close()
