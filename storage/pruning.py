"""Says what of an archive may go by age and size, and lets it go: what was asked and seen, never what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from storage import moments
from storage.database import ArchiveError, explained, write
from storage.failures import need_room

HISTORY = 50
"""The newest visits of each source are never pruned: its health is judged by them."""
OPEN_DAYS = 2
"""WARC files this young may still be written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Rows of one table that may go."""

    table: str
    what: str
    where: str
    """True for rows that are old enough; ``:before`` is the moment."""


_OF_OLD_VISITS = "visit in (select number from old_visits)"

# In this order: what refers to a visit goes before it.
KINDS = (
    Kind(table="exchanges", what="requests and answers", where=_OF_OLD_VISITS),
    Kind(table="troubles", what="addresses that went wrong", where=_OF_OLD_VISITS),
    Kind(table="looks", what="what lists showed, look by look", where="number in (select number from old_looks)"),
    Kind(
        table="sightings",
        what="headlines no entrance shows any more",
        # What the next look must join is in the looks that stay.
        where="""
          last_seen < :before and number not in (
            select value from looks, json_each(looks.rows) where looks.number not in (select number from old_looks)
          )
        """,
    ),
    Kind(table="visits", what="visits that changed nothing", where="number in (select number from idle_visits)"),
)
_REFER_NO_MORE = {"exchanges", "troubles"}
_MARKS = ("old_visits", "old_looks", "idle_visits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is to go."""

    before: datetime | None = None
    """Rows from before this moment."""
    evidence_before: datetime | None = None
    """WARC files of days before this one."""
    evidence_size: int | None = None
    """The oldest WARC files, until so many bytes are left."""
    shown_too: bool = False
    """Also WARC files that show wordings of articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line of what goes."""

    kind: str
    what: str
    rows: int
    bytes: int
    """For rows, about so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """WARC files that go, and what stays."""

    gone: tuple[str, ...]
    bytes: int
    kept: int
    """How many that are old enough stay because they show what an article said."""


def ahead(db: Database, limits: Limits, *, now: datetime) -> list[Part]:
    """Say what would go; writes nothing but temporary tables."""
    with _marked(db, limits.before):
        parts = [_part(db, kind, limits.before) for kind in KINDS] if limits.before else []
    files = choose(db, limits, now=now)
    stay = f"; {files.kept} more show what an article said, and stay" if files.kept else ""
    return [
        *parts,
        Part(kind="warc", what=f"files of pages as they were served{stay}", rows=len(files.gone), bytes=files.bytes),
    ]


def prune(db: Database, warc: Path, limits: Limits, *, now: datetime) -> list[Part]:
    """Let go what ``ahead`` names, and return it. The caller holds the home's lock. Raises ArchiveError."""
    parts = ahead(db, limits, now=now)
    files = choose(db, limits, now=now)
    # Visits are referred to from everywhere; what is left is checked once, not at each of a million rows.
    db.execute("pragma foreign_keys = off")
    try:
        with _marked(db, limits.before), write(db):
            for kind in KINDS if limits.before else ():
                db.conn.execute(f"delete from {kind.table} where {kind.where}", _named(limits.before))
            if db.conn.execute("pragma foreign_key_check").fetchone():
                raise ArchiveError(
                    warc.parent, "something still refers to what was to be pruned; nothing was, please report it"
                )
            _mark_files(db, files.gone, now=now)
    finally:
        db.execute("pragma foreign_keys = on")
    # Only now: a file that is gone is a file that is known to be gone.
    for file in _pruned(db):
        with explained(warc / file):
            (warc / file).unlink(missing_ok=True)
    return parts


def choose(db: Database, limits: Limits, *, now: datetime) -> Files:
    """Choose the WARC files that go, the oldest first."""
    old = _old_files(db, limits, now=now)
    shown = set() if limits.shown_too else _showing(db)
    gone = [(file, size) for file, size in old if file not in shown]
    return Files(gone=tuple(file for file, _ in gone), bytes=sum(size for _, size in gone), kept=len(old) - len(gone))


def shrink(db: Database, path: Path) -> int:
    """Give the room of deleted rows back to the disk; return how many bytes. Raises ArchiveError when the disk is too full."""
    free, pages, page = (
        int(db.execute(f"pragma {name}").fetchone()[0]) for name in ("freelist_count", "page_count", "page_size")
    )
    with explained(path):
        need_room(path, path.parent, 2 * (pages - free) * page, "giving room back")
        db.execute("vacuum")
        db.execute("pragma wal_checkpoint(truncate)")
    return (pages - int(db.execute("pragma page_count").fetchone()[0])) * page


def _old_files(db: Database, limits: Limits, *, now: datetime) -> list[tuple[str, int]]:
    rows = db.execute(
        "select file, day, size from warcs where size > 0 and pruned is null order by day, file"
    ).fetchall()
    closed = (now - timedelta(days=OPEN_DAYS)).date().isoformat()
    limit = limits.evidence_before.date().isoformat() if limits.evidence_before else ""
    left, old = sum(size for _, _, size in rows), []
    for file, day, size in rows:
        is_too_much = limits.evidence_size is not None and left > limits.evidence_size
        if day < closed and (day < limit or is_too_much):
            old.append((file, size))
            left -= size
    return old


def _showing(db: Database) -> set[str]:
    """Files with a page that some wording, file or withdrawal rests on."""
    held = " union ".join(f"select sha256 from {table}" for table in _tables_with(db, "sha256") if table != "evidence")
    rows = db.execute(f"select distinct warc from evidence where kind = 'response' and sha256 in ({held})")
    return {str(file) for (file,) in rows}


def _mark_files(db: Database, files: Sequence[str], *, now: datetime) -> None:
    db.conn.executemany("update warcs set pruned = ? where file = ?", [(moments.text(now), file) for file in files])


def _pruned(db: Database) -> list[str]:
    return [str(file) for (file,) in db.execute("select file from warcs where pruned is not null").fetchall()]


@contextmanager
def _marked(db: Database, before: datetime | None) -> Iterator[None]:
    """Name the visits that are old, and those of them that nothing needs, for a while."""
    if before is None:
        yield
        return
    # In the connection's own memory; an archive that was opened for reading stays as it is.
    db.conn.execute("pragma query_only = off")
    db.conn.execute("pragma temp_store = memory")
    for table in _MARKS:
        db.conn.execute(f"create temp table {table} (number integer primary key)")
    try:
        _mark(db, before)
        yield
    finally:
        for table in _MARKS:
            db.conn.execute(f"drop table temp.{table}")


def _mark(db: Database, before: datetime) -> None:
    db.conn.execute(
        """
        insert into temp.old_visits
        select number from (
          select number, recorded, row_number() over (partition by source order by number desc) as place from visits
        ) where recorded < ? and place > ?
        """,
        [moments.text(before), HISTORY],
    )
    # The first look and the newest say of when the ledger tells; what gaps lie between is kept in ``gaps``.
    db.conn.execute(
        """
        insert into temp.old_looks
        select number from (
          select number, until, row_number() over (partition by source, entrance order by number) as first,
            row_number() over (partition by source, entrance order by number desc) as place
          from looks
        )
        where until < ? and first > 1 and place > ? and number not in (
          select before from gaps where before is not null union select behind from gaps where behind is not null
        )
        """,
        [moments.text(before), HISTORY],
    )
    # All parts of a visit stay together.
    stay = {"looks": " where number not in (select number from temp.old_looks)"}
    needed = " union all ".join(
        f"select {column} from {table}{stay.get(table, '')}" for table, column in _referring(db)
    )
    db.conn.execute(
        f"""
        insert into temp.idle_visits
        select number from visits where number in (select number from temp.old_visits) and id not in (
          select id from visits where number in ({needed}) or number not in (select number from temp.old_visits)
        )
        """
    )


def _referring(db: Database) -> list[tuple[str, str]]:
    """Columns that name a visit, but for those whose rows go first."""
    return [
        (table, str(row[3]))
        for table in db.table_names()
        if table not in _REFER_NO_MORE
        for row in db.execute(f"pragma foreign_key_list({table})").fetchall()
        if row[2] == "visits"
    ]


def _tables_with(db: Database, column: str) -> list[str]:
    return [
        table
        for table in db.table_names()
        if any(row[1] == column for row in db.execute(f"pragma table_info({table})").fetchall())
    ]


def _part(db: Database, kind: Kind, before: datetime | None) -> Part:
    columns = [str(row[1]) for row in db.execute(f"pragma table_info({kind.table})").fetchall()]
    size = " + ".join(f'coalesce(length(cast("{column}" as blob)), 0) + 1' for column in columns)
    rows, total = db.execute(
        f"select count(*), coalesce(sum({size}), 0) from {kind.table} where {kind.where}", _named(before)
    ).fetchone()
    return Part(kind=kind.table, what=kind.what, rows=rows, bytes=total)


def _named(before: datetime | None) -> dict[str, str]:
    return {"before": moments.text(before)} if before else {}
