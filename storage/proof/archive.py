"""Checks a whole archive: every WARC file against the database and the seals, the log's chain, the versions' pages.

Like the check of a case file it needs nothing but Python's standard library:
``python3 -m storage.proof.archive HOME`` in a checkout. It only reads, and may do so while the daemon works.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from storage.merkle import SIZE, Tree
from storage.proof.leaves import KINDS, TABLES, hashes, newest, sealed_until
from storage.proof.verify import SEALS, Problem, digest, fields, log_lines

CUT = "cut"
NAMED = 100
"""Lost records of one file that are named one by one."""
PATIENCE = 10
"""How often something is looked at again that a daemon at work may be about to finish."""
_PAUSE = 0.3
BACKUP = "put the file back from a backup; the other records are not touched by this"
MEND = "if a process was killed, start `bantin run` or `bantin crawl` once: it cuts off what it left; else somebody added it"
RESEAL = "put the file back from a backup, or run `bantin seal`: it adds lines the database still knows"
TAMPERED = "somebody or something changed the database behind Bantin's back: restore a backup, and compare the two"


class Archive:
    """An archive, and what checking it found."""

    def __init__(self, database: Path, warc: Path, *, patience: int) -> None:
        self.database, self.warc, self._patience = database, warc, patience
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.counts = dict.fromkeys(("files", "records", "bytes", "pruned", "seals", "sealed", "unsealed"), 0)
        self.newest, self.line = 0, ""
        self._doubtful: list[Problem] = []
        """About files that the daemon may be writing to."""
        with self._opened() as db:
            self._check_log(db)
            self._check_seals(db)
            self._check_files(db)
            self._check_strangers(db)
            self._check_versions(db)
        self._look_again()

    def _opened(self) -> closing[sqlite3.Connection]:
        db = sqlite3.connect(f"{self.database.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=8)
        db.execute("begin")
        return closing(db)

    def _problem(self, where: str, what: str, todo: str = BACKUP) -> None:
        self.problems.append(Problem(where, what, todo))

    # -- seals ------------------------------------------------------------------------------------------------------

    def _check_log(self, db: sqlite3.Connection) -> None:
        problems = self._log_problems(db)
        for _ in range(self._patience):
            if not problems:
                return
            time.sleep(_PAUSE)
            with self._opened() as fresh:
                problems = self._log_problems(fresh)
        self.problems += problems

    def _log_problems(self, db: sqlite3.Connection) -> list[Problem]:
        path = self.warc / SEALS
        text = path.read_bytes() if path.exists() else b""
        problems = [Problem(one["where"], one["what"], RESEAL) for one in log_lines(text)[1]]
        lines = text.split(b"\n")[:-1]
        mirrored = [line.encode() for (line,) in db.execute("select line from seals order by number")]
        for place, (line, known) in enumerate(zip(lines, mirrored, strict=False), start=1):
            if line != known:
                byte = next((at for at, (a, b) in enumerate(zip(line, known, strict=False)) if a != b), 0)
                what = f"it is not the line that was sealed, from byte {byte} on"
                problems.append(Problem(f"{SEALS} line {place}", what, "put the file back from a backup"))
        gone = range(len(lines) + 1, len(mirrored) + 1)
        problems += [Problem(f"{SEALS} line {place}", "it is gone", RESEAL) for place in gone]
        if not problems and not self._follow(db, lines[len(mirrored) :]):
            todo = "if the database was restored from an older backup, `bantin seal` takes them over; else somebody added them"
            problems.append(Problem(SEALS, f"{len(lines) - len(mirrored)} line(s) the database does not know", todo))
        self.newest, self.line = len(mirrored), digest(mirrored[-1]) if mirrored else ""
        return problems

    def _follow(self, db: sqlite3.Connection, lines: list[bytes]) -> bool:
        """Say whether lines the database does not know yet are over the rows it has: it was killed before the commit."""
        if len(lines) > 1:
            return False
        for line in lines:
            told, tree = json.loads(line), Tree()
            for kind in KINDS:
                first, last = told[f"{kind}s"]
                if first != sealed_until(db, kind) + 1:
                    return False
                for _, leaf in hashes(db, kind, first, last):
                    tree.add(leaf)
            if tree.root.hex() != told["root"]:
                return False
            self.notes.append(
                "The log is one seal ahead of the database; the next `bantin seal` or `bantin run` mends it."
            )
        return True

    def _check_seals(self, db: sqlite3.Connection) -> None:
        lost = [number for (number,) in db.execute("select number from seals where not held order by number")]
        if lost:
            self.notes.append(
                f"Of {len(lost)} seal(s), {lost[0]} to {lost[-1]}, this database does not hold the rows: it was restored "
                "from an older backup, or they were taken out of it. What they cover cannot be checked here."
            )
        for number, root, count in db.execute("select number, root, leaves from seals where held order by number"):
            tree = Tree()
            parts = db.execute("select kind, first, hashes from leaves where seal = ? order by start", [number])
            for kind, first, part in parts:
                self._check_rows(db, number, kind, first, part, tree)
            if tree.root.hex() != root or tree.size != count:
                self._problem(f"seal {number}", "the digests in the table of leaves do not lead to its root", TAMPERED)
            self.counts["seals"] += 1
            self.counts["sealed"] += tree.size
        for kind in KINDS:
            self.counts["unsealed"] += newest(db, kind) - sealed_until(db, kind)

    def _check_rows(self, db: sqlite3.Connection, seal: int, kind: str, first: int, part: bytes, tree: Tree) -> None:
        count = len(part) // SIZE
        there = dict(hashes(db, kind, first, first + count - 1))
        for place in range(count):
            leaf, number = part[place * SIZE : (place + 1) * SIZE], first + place
            tree.add(leaf)
            if there.get(number) != leaf:
                what = "its row says otherwise now" if number in there else "its row is gone"
                self._problem(f"{TABLES[kind]} {number}", f"{what} than when seal {seal} was made", TAMPERED)

    # -- files ------------------------------------------------------------------------------------------------------

    def _check_files(self, db: sqlite3.Connection) -> None:
        files = db.execute("select file, size, opening, opening_digest, pruned from warcs order by file")
        records = db.execute(
            """
            select warc, number, url, offset, length, digest, asked, asked_digest, kind, sha256
            from evidence order by warc, offset
            """
        )
        waiting = next(records, None)
        for file, size, opening, opening_digest, pruned in files:
            check = _File(self.warc / file, file, size)
            while waiting and waiting[0] < file:
                self._problem(f"evidence {waiting[1]}", f"it is said to be in {waiting[0]}, which is no file", TAMPERED)
                waiting = next(records, None)
            # A file that an older Bantin began says nothing of the record before its first.
            length = opening or (waiting[3] if waiting and waiting[0] == file else 0)
            if length:
                check.expect(0, length, opening_digest, "the record that opens it")
            while waiting and waiting[0] == file:
                check.record(*waiting[1:])
                waiting = next(records, None)
            self._take(check, pruned)

    def _take(self, check: _File, pruned: str | None) -> None:
        check.end()
        if pruned and not check.there:
            self.counts["pruned"] += check.records
            return
        self.counts["files"] += 1
        self.counts["records"] += check.sound
        self.counts["bytes"] += check.read
        self.problems += check.problems
        if check.extra:
            what = f"nobody vouches for its last {check.extra} byte(s), from byte {check.size} on"
            self._doubtful.append(Problem(check.file, what, MEND))

    def _check_strangers(self, db: sqlite3.Connection) -> None:
        """Name files that no row vouches for."""
        for path in self.warc.rglob("*"):
            file = path.relative_to(self.warc).as_posix()
            if file == SEALS or file.startswith(f"{CUT}/") or not path.is_file():
                continue
            if not db.execute("select 1 from warcs where file = ?", [file]).fetchone():
                self._doubtful.append(Problem(file, "nobody vouches for this file", MEND))

    def _look_again(self) -> None:
        """The daemon may have been writing; what it has finished meanwhile is no problem."""
        for _ in range(self._patience):
            if not self._doubtful:
                return
            time.sleep(_PAUSE)
            with self._opened() as db:
                self._doubtful = [one for one in self._doubtful if not _is_vouched(db, self.warc, one["where"])]
        self.problems += self._doubtful

    # -- versions ---------------------------------------------------------------------------------------------------

    def _check_versions(self, db: sqlite3.Connection) -> None:
        for table, what in (("versions", "version"), ("absences", "absence")):
            rows = db.execute(
                f"""
                select number, article, sha256 from {table} as told
                where sha256 <> '' and not exists (select 1 from evidence where sha256 = told.sha256)
                """
            )
            for number, article, sha256 in rows:
                self._problem(
                    f"{table} {number}",
                    f"the page of this {what} of article {article} ({sha256}) is not kept",
                    TAMPERED,
                )

    def told(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        return {
            "ok": not self.problems,
            **self.counts,
            "newest_seal": self.newest,
            "newest_seal_sha256": self.line,
            "problems": list(self.problems),
            "notes": self.notes,
        }


class _File:
    """One WARC file, compared with its records from the beginning to the end."""

    def __init__(self, path: Path, file: str, size: int) -> None:
        self.path, self.file, self.size = path, file, size
        self.problems: list[Problem] = []
        self.there = path.is_file()
        self.length = path.stat().st_size if self.there else 0
        self.records = self.sound = self.read = self.lost = 0
        self.extra = max(0, self.length - size)
        self._place = 0
        self._stream = path.open("rb") if self.there else None

    def record(
        self, number: int, url: str, offset: int, length: int, member: bytes | None, asked: int,
        asked_digest: bytes | None, kind: str, sha256: str,
    ) -> None:  # fmt: skip
        name = f"record {number}, {url}"
        self.expect(offset, length, member, name, kind=kind, sha256=sha256)
        if asked:
            self.expect(offset + length, asked, asked_digest, f"the request of {name}")

    def expect(
        self, offset: int, length: int, member: bytes | None, name: str, *, kind: str = "", sha256: str = ""
    ) -> None:
        """Compare the next record; ``member`` is its digest, None where only that of its page is known."""
        self.records += 1
        if self._place < offset:
            self._wrong(self._place, offset, "nobody vouches for these bytes")
        self._place = offset + length
        if self._stream is None or offset + length > self.length:
            self._lose(offset, name)
            return
        self._stream.seek(offset)
        data = self._stream.read(length)
        self.read += length
        if _is_sound(data, member, kind, sha256):
            self.sound += 1
        else:
            self._wrong(offset, offset + length, f"{name}: {_how(data)}")

    def end(self) -> None:
        if self._stream:
            self._stream.close()
        if self._place < min(self.size, self.length):
            self._wrong(self._place, min(self.size, self.length), "nobody vouches for these bytes")
        if self.lost > NAMED:
            self.problems.append(Problem(self.file, f"{self.lost - NAMED} more records are lost with it", BACKUP))

    def _lose(self, offset: int, name: str) -> None:
        self.lost += 1
        if self.lost == 1:
            what = f"it ends at byte {self.length} of {self.size}" if self.there else "the file is gone"
            self.problems.append(Problem(self.file, what, BACKUP))
        if self.lost <= NAMED:
            self.problems.append(Problem(f"{self.file}, byte {offset}", f"{name}: it is lost", BACKUP))

    def _wrong(self, start: int, end: int, what: str) -> None:
        self.problems.append(Problem(f"{self.file}, bytes {start} to {end}", what, BACKUP))


def _is_sound(data: bytes, member: bytes | None, kind: str, sha256: str) -> bool:
    if member is not None:
        return digest(data) == member.hex()
    # An older Bantin kept it: its page has a digest, of what is around the page only the checksum of gzip tells.
    try:
        block = fields(zlib.decompress(data, zlib.MAX_WBITS | 16))[1]
    except zlib.error:
        return False
    return kind != "response" or digest(block.partition(b"\r\n\r\n")[2]) == sha256


def _how(data: bytes) -> str:
    """Say as much as can be said of how a record was changed: only its digest is known."""
    opened = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        record = opened.decompress(data)
    except zlib.error as error:
        return f"its bytes were changed, it does not open any more ({error})"
    if not opened.eof or opened.unused_data:
        return "its bytes were changed, the record does not end where it should"
    named = fields(record)[0]
    return f"these are not the bytes that were written, but another {named.get('WARC-Type', 'thing')}"


def _is_vouched(db: sqlite3.Connection, warc: Path, file: str) -> bool:
    row = db.execute("select size from warcs where file = ?", [file]).fetchone()
    try:
        return row is not None and (warc / file).stat().st_size == row[0]
    except OSError:
        return True


def check(database: Path, warc: Path, *, patience: int = 0) -> dict[str, Any]:
    """Check an archive; ``patience`` is for one that a daemon works on, which may be writing this very moment."""
    return Archive(database, warc, patience=patience).told()


def report(told: dict[str, Any]) -> Iterator[str]:
    """Yield what checking an archive found, in sentences."""
    for problem in told["problems"]:
        yield f"WRONG  {problem['where']}: {problem['what']}; {problem['next']}."
    yield from told["notes"]
    yield (
        f"{told['records']:,} records in {told['files']:,} WARC files ({told['bytes']:,} bytes) and {told['seals']:,} seals "
        f"over {told['sealed']:,} rows are as they were; {told['unsealed']:,} rows are not sealed yet."
    )
    if told["pruned"]:
        yield f"{told['pruned']:,} records were pruned: their digests are known and sealed, their bytes given up."
    if told["newest_seal"]:
        yield f"Newest seal: {told['newest_seal']}. SHA-256 of its line: {told['newest_seal_sha256']}"
    yield "Nothing was changed." if told["ok"] else f"{len(told['problems'])} thing(s) wrong."


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python3 -m storage.proof.archive HOME")
    home = Path(sys.argv[1])
    found = check(home / "bantin.db", home / "warc")
    print("\n".join(report(found)))
    sys.exit(0 if found["ok"] else 1)
