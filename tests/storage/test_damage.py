"""Whoever reads a damaged archive is told in one clear sentence, not by SQLite."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlite_utils import Database

from storage.articles import latest
from storage.database import ArchiveError, open_readonly
from storage.search import search
from tests.storage.conftest import Archive
from tests.storage.making import article, visit


@pytest.mark.parametrize(
    "read",
    [
        latest,
        lambda db: list(db.query("select body_html from articles")),
        lambda db: db.conn.execute("select max(body_html) from articles").fetchone(),
        lambda db: search(db, "nội dung"),
    ],
)
def test_a_page_gone_bad_behind_the_first_is_named_by_whoever_reads_it(
    archive: Archive, read: Callable[[Database], object]
) -> None:
    archive.record(visit(*(article(number, body_html="<p>dài</p>" * 5000) for number in range(30))))
    archive.db.execute("pragma wal_checkpoint(truncate)")
    archive.db.close()
    content = bytearray(archive.path.read_bytes())
    content[4096 * 60 :] = os.urandom(len(content) - 4096 * 60)
    archive.path.write_bytes(content)

    with closing(open_readonly(archive.path)) as db, pytest.raises(ArchiveError, match="damaged"):
        read(db)


def test_a_question_asked_wrongly_is_no_damage(archive: Archive) -> None:
    with closing(open_readonly(archive.path)) as db, pytest.raises(sqlite3.OperationalError, match="no such table"):
        db.execute("select * from nowhere")
