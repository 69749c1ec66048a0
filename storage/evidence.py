"""Pages as they were served, in WARC files that any web archive's tools can open: what was said can be shown."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from itertools import count, groupby
from pathlib import Path
from typing import BinaryIO

from sqlite_utils import Database

from scrapers.items import Evidence
from storage import members, moments
from storage.database import ArchiveError, explained

CUT = "cut"
"""Folder below ``warc/`` for tails that were cut off files: a crash's leftovers, or what a restored database forgot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a payload was first kept."""

    url: str
    fetched: str
    record: str
    """The id of its record."""


def keep(db: Database, warc: Path, source: str, visit: int, pages: Iterable[Evidence]) -> None:
    """Append pages to the source's file of their day and note where they are. The caller holds the transaction.

    What is on disk is safe before the transaction commits. A tail that no transaction vouches for, left by a
    crash, is cut off first.
    """
    for day, group in groupby(pages, key=lambda page: page.fetched.astimezone(UTC).date()):
        fetched = list(group)
        file, end = _open_end(db, warc, source, day.isoformat())
        batch = _Batch(db, warc, source, visit, file, end)
        if end == 0:
            batch.open(at=moments.text(fetched[0].fetched))
        for page in fetched:
            batch.add(page)
        append(warc / file, end, batch.data)
        db.conn.execute(
            "update warcs set size = ?, records = records + ? where file = ?",
            [end + len(batch.data), batch.records, file],
        )


def payload(db: Database, warc: Path, sha256: str) -> bytes:
    """Return the page with this digest, as it was served. Raises KeyError when the archive has none."""
    return page(db, warc, sha256)[0]


def page(db: Database, warc: Path, sha256: str) -> tuple[bytes, str]:
    """Return the page with this digest and its Content-Type. Raises KeyError when the archive has none."""
    rows = db.execute(
        "select warc, offset, length from evidence where sha256 = ? and kind = 'response' order by number", [sha256]
    ).fetchall()
    if not rows:
        raise KeyError(sha256)
    for place, (file, offset, length) in enumerate(rows, start=1):
        try:
            return _kept(db, warc, file, offset, length, sha256)
        except ArchiveError:
            if place == len(rows):
                raise
    raise AssertionError("the last one returns or raises")


def _kept(db: Database, warc: Path, file: str, offset: int, length: int, sha256: str) -> tuple[bytes, str]:
    path = warc / file
    pruned = db.execute("select pruned from warcs where file = ?", [file]).fetchone()[0]
    if pruned and not path.exists():
        raise ArchiveError(path, f"the page was given up when the file was pruned at {pruned}; its digest is {sha256}")
    with explained(path):
        content, kind = members.content(_read(path, offset, length))
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        raise ArchiveError(path, f"the page at byte {offset} is not what was kept; restore the file from a backup")
    return content, kind


def _read(path: Path, offset: int, length: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(offset)
        return stream.read(length)


def mend(db: Database, warc: Path) -> list[Path]:
    """Cut off what a crash left behind in the WARC files; return the files that had such a tail, or were nothing else."""
    mended = []
    for path in warc.glob("*/*.warc.gz"):
        row = db.execute("select size from warcs where file = ?", [path.relative_to(warc).as_posix()]).fetchone()
        size = row[0] if row else 0
        if path.parent.name == CUT or path.stat().st_size <= size:
            continue
        with explained(path), path.open("r+b") as stream:
            _cut(path, stream, size)
        if size == 0:
            path.unlink()
        mended.append(path)
    return mended


class _Batch:
    """Records on their way into one file."""

    def __init__(self, db: Database, warc: Path, source: str, visit: int, file: str, start: int) -> None:
        self.db, self.warc, self.source, self.visit, self.file = db, warc, source, visit, file
        self.start = start
        self.data = bytearray()
        self.records = 0

    def open(self, *, at: str) -> None:
        length, digest = self._member(members.information(Path(self.file).name, date=at))
        self.db.conn.execute(
            "update warcs set opening = ?, opening_digest = ? where file = ?", [length, digest, self.file]
        )

    def add(self, page: Evidence) -> None:
        if hashlib.sha256(page.payload).hexdigest() != page.sha256:
            raise ValueError(f"{page.url}: the digest {page.sha256} is not that of the page")
        known = self._first_kept(page.sha256)
        offset, name = self.start + len(self.data), members.named()
        record = (
            members.revisit(page, name, url=known.url, fetched=known.fetched, original=known.record)
            if known
            else members.response(page, name)
        )
        length, digest = self._member(record)
        asked, asked_digest = self._member(members.request(page, name)) if page.requested else (0, None)
        self.db.conn.execute(
            """
            insert into evidence
              (visit, source, url, fetched, status, sha256, kind, size, ip, warc, offset, length,
               digest, asked, asked_digest)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                self.visit,
                self.source,
                page.url,
                moments.text(page.fetched),
                page.status,
                page.sha256,
                "revisit" if known else "response",
                len(page.payload),
                page.ip,
                self.file,
                offset,
                length,
                digest,
                asked,
                asked_digest,
            ],
        )

    def _first_kept(self, sha256: str) -> _Place | None:
        """Say where these bytes are kept already; only where they still are: a lost page is kept anew."""
        row = self.db.conn.execute(
            """
            select url, fetched, warc, offset, length, digest from evidence
            where sha256 = ? and kind = 'response' and source = ? order by number desc limit 1
            """,
            [sha256, self.source],
        ).fetchone()
        if row is None:
            return None
        url, fetched, file, offset, length, digest = row
        member = self._lying(file, offset, length)
        if len(member) < length or (digest and hashlib.sha256(member).digest() != digest):
            return None
        return _Place(url=url, fetched=fetched, record=members.id_of(member))

    def _lying(self, file: str, offset: int, length: int) -> bytes:
        """Return what lies there, in this file's new part or on disk; nothing where the file is gone."""
        if file == self.file and offset >= self.start:
            return bytes(self.data[offset - self.start :][:length])
        try:
            return _read(self.warc / file, offset, length)
        except OSError:
            return b""

    def _member(self, record: bytes) -> tuple[int, bytes]:
        """Append one record; return how long it is as it lies there, and its digest."""
        member = members.member(record)
        self.data += member
        self.records += 1
        return len(member), hashlib.sha256(member).digest()


def _open_end(db: Database, warc: Path, source: str, day: str) -> tuple[str, int]:
    """Return the file to append to and where the last commit ended in it.

    A file shorter than that has lost something since; it is left as it is, and the day goes on in another.
    """
    for number in count(1):
        file = f"{source}/{day}.warc.gz" if number == 1 else f"{source}/{day}-{number}.warc.gz"
        db.conn.execute(
            "insert or ignore into warcs (file, source, day, size, records) values (?, ?, ?, 0, 0)", [file, source, day]
        )
        end = db.conn.execute("select size from warcs where file = ?", [file]).fetchone()[0]
        path = warc / file
        if end == 0 or (path.is_file() and path.stat().st_size >= end):
            return file, end
    raise AssertionError("count() never ends")


def append(path: Path, end: int, data: bytes | bytearray) -> None:
    """Write ``data`` at ``end`` of a file, so that it is safe on disk; what stood behind it is cut off and kept aside."""
    with explained(path):
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        is_new = not path.exists()
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as stream:
            _cut(path, stream, end)
            stream.seek(end)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if is_new:
            _sync_folder(path.parent)


def _cut(path: Path, stream: BinaryIO, end: int) -> None:
    """Cut off what no transaction vouches for. It is kept: a database restored from a backup vouches for less than there is."""
    if os.fstat(stream.fileno()).st_size <= end:
        return
    aside = path.parent.parent / CUT / f"{path.parent.name}-{path.name}-{end}-{uuid.uuid4().hex}"
    aside.parent.mkdir(exist_ok=True)
    stream.seek(end)
    with aside.open("wb") as kept:
        shutil.copyfileobj(stream, kept)
        kept.flush()
        os.fsync(kept.fileno())
    stream.truncate(end)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
