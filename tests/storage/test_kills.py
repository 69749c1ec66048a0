"""Killing the one who records, at any moment, loses nothing, doubles nothing and tears nothing."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from scrapers.items import Visit
from storage.evidence import mend, payload
from storage.proof.archive import check as verify
from storage.seals import seal
from tests.storage.conftest import Archive
from tests.storage.making import NOON, article, visit

KILLS = 50
VISITS = 160
ARTICLES = 4
SEALED = 3
"""After so many visits comes a seal, far more often than in life."""


@cache
def visits() -> tuple[Visit, ...]:
    """Return the same visits every time: new articles, and an edit of one of the visit before."""
    return tuple(_visits())


def _visits() -> Iterator[Visit]:
    for number in range(VISITS):
        first = number * ARTICLES
        fresh = [article(first + place, body_text=f"Đoạn {number} " * 400) for place in range(ARTICLES)]
        edited = [article(first - 1, headline=f"Đã sửa {number}")] if number else []
        yield visit(*fresh, *edited, id=f"v{number}", at=NOON + timedelta(minutes=number))


def record_all(home: Path, told: int) -> None:
    archive = Archive(home)
    for number, once in enumerate(visits()):
        archive.record(once)
        if number % SEALED == 0:
            seal(archive.db, archive.warc, now=once.finished, unfinished=True)
        os.write(told, b".")


def killed_midway(home: Path, *, after: int, grace: float) -> None:
    """Record in a process of its own and kill it a moment after it told of so many visits."""
    heard, told = os.pipe()
    if (child := os.fork()) == 0:
        try:
            record_all(home, told)
        finally:
            os._exit(0)
    os.close(told)
    for _ in range(after):
        os.read(heard, 1)
    end = time.perf_counter() + grace
    while time.perf_counter() < end:
        select.select([], [], [], max(0, end - time.perf_counter()))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(heard)


@pytest.mark.slow
def test_fifty_kills_leave_everything_once(tmp_path: Path) -> None:
    visits()  # made here, so that none of the processes to be killed has to make them again
    chance = random.Random(20260302)
    done = 0
    for _ in range(KILLS):
        killed_midway(tmp_path, after=done + chance.randint(1, 4), grace=chance.random() * 0.02)
        archive = Archive(tmp_path)
        done = archive.count("visits")
        assert archive.db.execute("pragma integrity_check").fetchone()[0] == "ok"
        archive.db.close()

    archive = Archive(tmp_path)
    for once in visits():
        archive.record(once)
    archive.record(visit(id="again"))
    assert mend(archive.db, archive.warc) == []
    check(archive)
    archive.db.close()


def check(archive: Archive) -> None:
    db = archive.db
    assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert list(db.query("pragma foreign_key_check")) == []
    assert archive.count("articles") == VISITS * ARTICLES
    assert archive.count("visits") == VISITS + 1
    assert db.execute("select count(*) from changes where kind = 'revised'").fetchone()[0] == VISITS - 1
    assert db.execute("select count(distinct url) from articles").fetchone()[0] == VISITS * ARTICLES
    db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
    files = sorted(archive.warc.rglob("*.warc.gz"))
    command = [sys.executable, "-W", "ignore", "-m", "warcio.cli", "check", "-v", *map(str, files)]
    seal(db, archive.warc, now=NOON + timedelta(days=3))
    assert verify(archive.path, archive.warc)["problems"] == []
    passed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.count("digest pass")
    assert passed == archive.count("evidence") + len(files)
    for once in visits():
        for read in once.evidence:
            assert payload(db, archive.warc, read.sha256) == read.payload
