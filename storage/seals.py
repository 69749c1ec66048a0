"""Seals: a Merkle root over everything recorded since the seal before, in a log to which lines are only ever added.

The log is the original and the table of seals its mirror. A line is on disk before the database knows of it; whichever
of the two is behind after a crash is brought up to the other, and no line is ever rewritten.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from scrapers.items import Record
from storage import moments
from storage.database import ArchiveError, explained, write
from storage.members import software
from storage.merkle import SIZE, Tree, paths
from storage.proof.leaves import COLUMNS, KINDS, TABLES, hashes, newest, sealed_until
from storage.proof.verify import NOTHING_BEFORE, SEALS, canonical, log_lines

MOST = 100_000
"""Rows of one kind that a seal covers at most; what is left is for the next one, which follows at once."""
_TOGETHER = 1024
"""Leaf hashes in one row."""

Ranges = dict[str, tuple[int, int]]


class Seal(Record, frozen=True, kw_only=True):
    """One line of the log."""

    number: int
    made: datetime
    day: str
    """UTC day on which the newest of its rows was recorded."""
    leaves: int
    root: str
    sha256: str
    """Hash of its line: what the next line names, and what to publish."""


class Proof(Record, frozen=True, kw_only=True):
    """The way from one leaf to the root of its seal."""

    seal: int
    index: int
    path: tuple[str, ...]


def seal(db: Database, warc: Path, *, now: datetime, unfinished: bool = False) -> Seal | None:
    """Seal what was recorded before today (UTC), ``unfinished`` today too; return None when there is nothing to seal.

    A seal covers rows by their numbers, so it may hold some of today's; what comes in late is in the next one. Call it
    again until it returns None: a seal covers MOST rows of a kind. Raises ArchiveError when the log is not what it was.
    """
    if not _due(db, warc, now=now, unfinished=unfinished):
        return None
    path = warc / SEALS
    with write(db):
        lines = _mend(db, path)
        ranges = _unsealed(db)
        if not any(first <= last for first, last in ranges.values()):
            return None
        _vouch(db, warc, *ranges["record"])
        chunks = list(_chunks(db, ranges))
        line = canonical(
            {
                "seal": len(lines) + 1,
                "day": _day(db, ranges),
                "made": moments.text(now),
                "software": software(),
                "previous": sha256(lines[-1]).hexdigest() if lines else NOTHING_BEFORE,
                "leaves": sum(len(part) // SIZE for _, _, part in chunks),
                "root": _root(chunks).hex(),
                **{f"{kind}s": list(ranges[kind]) for kind in KINDS},
            }
        )
        _write_line(path, line)
        _mirror(db, line, chunks)
    return _seal(line)


def mend(db: Database, warc: Path) -> None:
    """Bring the log and its mirror to the same line, whichever a crash or a restored backup left behind."""
    with write(db):
        _mend(db, warc / SEALS)


def last_seal(db: Database) -> Seal | None:
    row = db.execute("select line from seals order by number desc limit 1").fetchone()
    return _seal(row[0].encode()) if row else None


def lines_from(db: Database, number: int) -> bytes:
    """Return the log from a seal on, as it reads."""
    rows = db.execute("select line from seals where number >= ? order by number", [number])
    return b"".join(line.encode() + b"\n" for (line,) in rows)


def proofs(db: Database, rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Proof]:
    """Return the proof of each (kind, number) that is sealed."""
    places: dict[int, dict[int, tuple[str, int]]] = {}
    for kind, number in rows:
        if place := _place(db, kind, number):
            places.setdefault(place[0], {})[place[1]] = (kind, number)
    found = {}
    for number, wanted in places.items():
        for index, way in paths(_leaves(db, number), wanted).items():
            found[wanted[index]] = Proof(seal=number, index=index, path=tuple(beside.hex() for beside in way))
    return found


# -- what is sealed -------------------------------------------------------------------------------------------------


def _due(db: Database, warc: Path, *, now: datetime, unfinished: bool) -> bool:
    waiting = [_visit(db, kind, sealed_until(db.conn, kind) + 1) for kind in KINDS]
    visits = [visit for visit in waiting if visit is not None]
    if not visits:
        return False
    recorded = db.execute("select recorded from visits where number = ?", [min(visits)]).fetchone()
    # Another day, not a later one: a clock that was set back must not keep the rows of the day before waiting.
    return unfinished or recorded is None or recorded[0][:10] != now.astimezone(UTC).date().isoformat()


def _visit(db: Database, kind: str, number: int) -> int | None:
    """Return the visit of the first row from ``number`` on."""
    asked = f"select visit from {TABLES[kind]} where number >= ? order by number limit 1"
    row = db.conn.execute(asked, [number]).fetchone()
    return int(row[0]) if row else None


def _unsealed(db: Database) -> Ranges:
    ranges = {}
    for kind in KINDS:
        first = sealed_until(db.conn, kind) + 1
        ranges[kind] = (first, max(first - 1, min(newest(db.conn, kind), first + MOST - 1)))
    return ranges


def _day(db: Database, ranges: Ranges) -> str:
    newest_visits = [_visit(db, kind, last) for kind, (first, last) in ranges.items() if first <= last]
    number = max(visit for visit in newest_visits if visit is not None)
    return str(db.execute("select recorded from visits where number = ?", [number]).fetchone()[0])[:10]


def _vouch(db: Database, warc: Path, first: int, last: int) -> None:
    """Work out the digests of records that an older Bantin kept without."""
    rows = db.execute(
        "select number, warc, offset, length from evidence where number between ? and ? and digest is null",
        [first, last],
    ).fetchall()
    found = [(_digest(warc / file, offset, length), number) for number, file, offset, length in rows]
    db.conn.executemany("update evidence set digest = ? where number = ?", found)
    for file in {file for _, file, _, _ in rows}:
        asked = "select min(offset) from evidence where warc = ? and number between ? and ?"
        opening = db.conn.execute(asked, [file, first, last]).fetchone()[0]
        db.conn.execute(
            "update warcs set opening = ?, opening_digest = ? where file = ? and opening = 0",
            [opening, _digest(warc / file, 0, opening), file],
        )


def _digest(path: Path, offset: int, length: int) -> bytes:
    """Return the digest of a record as it lies there; of one that is lost, that of nothing."""
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            member = stream.read(length)
    except OSError:
        member = b""
    return sha256(member if len(member) == length else b"").digest()


def _chunks(db: Database, ranges: Ranges) -> Iterator[tuple[str, int, bytes]]:
    """Yield the leaf hashes of rows that follow each other by number, with their kind and the first one's number."""
    for kind in KINDS:
        start, part = 0, bytearray()
        for number, leaf in hashes(db.conn, kind, *ranges[kind]):
            if part and (number != start + len(part) // SIZE or len(part) == _TOGETHER * SIZE):
                yield kind, start, bytes(part)
                part.clear()
            start = start if part else number
            part += leaf
        if part:
            yield kind, start, bytes(part)


def _root(chunks: Iterable[tuple[str, int, bytes]]) -> bytes:
    tree = Tree()
    for _, _, part in chunks:
        for leaf in split(part):
            tree.add(leaf)
    return tree.root


def split(part: bytes) -> list[bytes]:
    """Return the hashes in a row of the table of leaves."""
    return [part[place : place + SIZE] for place in range(0, len(part), SIZE)]


def _place(db: Database, kind: str, number: int) -> tuple[int, int] | None:
    """Return the seal of a row and the place of its leaf there."""
    row = db.execute(
        "select seal, start, first, length(hashes) from leaves where kind = ? and first <= ? order by first desc limit 1",
        [kind, number],
    ).fetchone()
    if row is None or number - row[2] >= row[3] // SIZE:
        return None
    return row[0], row[1] + number - row[2]


def _leaves(db: Database, number: int) -> list[bytes]:
    rows = db.execute("select hashes from leaves where seal = ? order by start", [number])
    return [leaf for (part,) in rows for leaf in split(part)]


# -- the log and its mirror -----------------------------------------------------------------------------------------


def _mend(db: Database, path: Path) -> list[bytes]:
    """Return the log's lines, after bringing log and mirror together."""
    lines = _lines(path)
    mirrored = [line.encode() for (line,) in db.execute("select line from seals order by number")]
    for place, (line, known) in enumerate(zip(lines, mirrored, strict=False), start=1):
        if line != known:
            raise ArchiveError(
                path,
                f"line {place} is not what was sealed, so nothing is sealed behind it; `bantin verify --all` says more, "
                "and a backup of the file has the line as it was",
            )
    for line in mirrored[len(lines) :]:
        _write_line(path, line)
    if lines[len(mirrored) :]:
        _adopt(db, path, lines, len(mirrored))
    return lines if len(lines) > len(mirrored) else mirrored


def _lines(path: Path) -> list[bytes]:
    """Read the log; what a crash left of a line is cut off, for no seal ever was in it."""
    with explained(path):
        text = path.read_bytes() if path.exists() else b""
        whole = text.rfind(b"\n") + 1
        if whole < len(text):
            os.truncate(path, whole)
    return text[:whole].split(b"\n")[:-1]


def _adopt(db: Database, path: Path, lines: list[bytes], known: int) -> None:
    """Take over lines the database has not heard of: it was killed before the commit, or is older than the log."""
    if log_lines(b"\n".join([*lines, b""]))[1]:
        raise ArchiveError(path, "it has lines that no seal follows from; `bantin verify --all` names them")
    for line in lines[known:]:
        chunks = _again(db, json.loads(line))
        _mirror(db, line, chunks)


def _again(db: Database, told: dict[str, Any]) -> list[tuple[str, int, bytes]] | None:
    """Work out the leaves of a seal from the rows it names; None when they are not those that were sealed."""
    ranges: Ranges = {kind: (told[f"{kind}s"][0], told[f"{kind}s"][1]) for kind in KINDS}
    if any(first != sealed_until(db.conn, kind) + 1 for kind, (first, _) in ranges.items()):
        return None
    chunks = list(_chunks(db, ranges))
    return chunks if _root(chunks).hex() == told["root"] else None


def _mirror(db: Database, line: bytes, chunks: list[tuple[str, int, bytes]] | None) -> None:
    told = json.loads(line)
    until = {COLUMNS[kind]: told[f"{kind}s"][1] for kind in KINDS}
    same = {name: told[name] for name in ("made", "day", "leaves", "root")}
    values = {"number": told["seal"], **same, **until, "held": int(chunks is not None), "line": line.decode()}
    marks = ", ".join(f":{name}" for name in values)
    db.conn.execute(f"insert into seals ({', '.join(values)}) values ({marks})", values)
    start = 0
    for kind, first, part in chunks or ():
        db.conn.execute(
            "insert into leaves (seal, start, kind, first, hashes) values (?, ?, ?, ?, ?)",
            [told["seal"], start, kind, first, part],
        )
        start += len(part) // SIZE


def _write_line(path: Path, line: bytes) -> None:
    """Add a line to the log, safe on disk, or nothing of it."""
    with explained(path):
        is_new = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab", buffering=0) as log:
            before = log.seek(0, os.SEEK_END)
            try:
                if log.write(line + b"\n") <= len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
                os.fsync(log.fileno())
            except OSError:
                os.truncate(path, before)
                raise
        if is_new:
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _seal(line: bytes) -> Seal:
    told = json.loads(line)
    return Seal(
        number=told["seal"],
        made=moments.moment(told["made"]),
        day=told["day"],
        leaves=told["leaves"],
        root=told["root"],
        sha256=sha256(line).hexdigest(),
    )
