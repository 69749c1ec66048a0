"""Looks over what lies beside the database: the WARC files and the room on the disk. Nothing is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from storage import evidence
from storage.backup import reader
from storage.checkup import Finding, texts
from storage.failures import ArchiveError, room, size
from storage.proof.archive import check as check_all

SHOWN = 3
SAMPLE = 20


def files(path: Path, warc: Path, *, full: bool, runs: bool) -> Iterator[Finding]:
    """Check the WARC files: all of them there and long enough, and some pages, or everything, against their digests."""
    try:
        with closing(reader(path)) as db:
            vouched = db.execute("select file, size from warcs where size > 0 and pruned is null").fetchall()
            yield from _lengths(warc, vouched, runs=runs)
            if not full:
                yield from _sample(db, warc)
        if full:
            yield from _everything(path, warc, runs=runs)
            yield texts(path)
    except sqlite3.DatabaseError as error:
        yield Finding(check="warc", level="warn", found=f"not compared with the archive: {error}")


def disk(path: Path, warc: Path, *, now: datetime) -> Finding:
    """Compare what is free with what a month took."""
    free = room(path.parent)
    month = (now - timedelta(days=30)).date().isoformat()
    grown = 0
    try:
        with closing(reader(path)) as db:
            grown = db.execute("select coalesce(sum(size), 0) from warcs where day >= ?", [month]).fetchone()[0]
            new, every = db.execute(
                "select count(*) filter (where first_seen >= ?), count(*) from articles", [month]
            ).fetchone()
            grown += path.stat().st_size * new // max(every, 1)
    except sqlite3.DatabaseError:
        pass
    told = f"{size(free)} free; the last 30 days took about {size(grown)}"
    if free < 50_000_000:
        return Finding(check="disk", level="fail", found=told, todo="free some space: recording stops when it is full")
    if free < 1_000_000_000 or free < 2 * grown:
        return Finding(
            check="disk", level="warn", found=told, todo="free some space, see `bantin prune`, or get a larger disk"
        )
    return Finding(check="disk", level="ok", found=told)


def _lengths(warc: Path, vouched: list[tuple[str, int]], *, runs: bool) -> Iterator[Finding]:
    missing, short, longer = [], [], []
    for file, length in vouched:
        path = warc / file
        if not path.is_file():
            missing.append(file)
        elif path.stat().st_size < length:
            short.append(file)
        elif path.stat().st_size > length and not runs:
            longer.append(file)
    if longer:
        yield Finding(
            check="warc", level="warn", found=f"{len(longer)} files hold more than the archive knows of: {longer[0]}",
            todo=f"a write was cut short, or the archive's log was lost; what is too much is kept in {warc / evidence.CUT}",
        )  # fmt: skip
    for found, files in (("missing", missing), ("cut short", short)):
        if files:
            more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
            yield Finding(
                check="warc", level="fail", found=f"{found}: {', '.join(files[:SHOWN])}{more}",
                todo=f"copy them back from a backup into {warc}; until then their pages cannot be shown",
            )  # fmt: skip
    if not missing and not short:
        total = sum(length for _, length in vouched)
        yield Finding(
            check="warc", level="ok", found=f"{len(vouched):,} files, {size(total)}, none missing or cut short"
        )


def _sample(db: sqlite3.Connection, warc: Path) -> Iterator[Finding]:
    """Read some pages, spread over everything that was ever kept."""
    last = db.execute("select max(number) from evidence").fetchone()[0] or 0
    digests = {
        row[0]
        for place in range(SAMPLE)
        if (row := db.execute(
            "select sha256 from evidence where number >= ? and kind = 'response' "
            "and warc in (select file from warcs where pruned is null) limit 1",
            [last * place // SAMPLE],
        ).fetchone())
    }  # fmt: skip
    wrong = []
    for digest in sorted(digests):
        try:
            evidence.payload(Database(db), warc, digest)
        except ArchiveError as error:
            wrong.append(f"{error.path.name}: {error.message}")
    if wrong:
        yield Finding(
            check="pages kept", level="fail", found=f"{len(wrong)} of {len(digests)} are not what was kept: {wrong[0]}",
            todo="`bantin verify --all` finds every one; copy their files back from a backup",
        )  # fmt: skip
    elif digests:
        yield Finding(check="pages kept", level="ok", found=f"{len(digests)} read and compared; --full reads all")


def _everything(path: Path, warc: Path, *, runs: bool) -> Iterator[Finding]:
    told = check_all(path, warc, patience=10 if runs else 0)
    for problem in told["problems"][:SAMPLE]:
        yield Finding(
            check="evidence", level="fail", found=f"{problem['where']}: {problem['what']}", todo=f"{problem['next']}"
        )
    if not told["problems"]:
        yield Finding(
            check="evidence",
            level="ok",
            found=f"{told['records']:,} records and {told['seals']:,} seals, every byte compared",
        )
