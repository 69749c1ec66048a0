"""The named peer of recording: bare sqlite3 taking in the rows that recording makes, with the same indexes and search."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.making import READINGS, Maker
from storage.database import Database, open_archive
from storage.record import record

Batch = list[tuple[str, list[tuple[Any, ...]]]]


def copied(db: Database, place: Path, maker: Maker, first: int, articles: int) -> float:
    """Insert what recording the next visits would write into the big archive; return the seconds that takes.

    The rows come from recording the visits elsewhere; numbers are moved behind those of the big archive.
    """
    with tempfile.TemporaryDirectory(dir=place) as folder:
        scratch = open_archive(Path(folder, "bantin.db"))
        scratch.execute("pragma synchronous = off")
        for start in range(first, first + articles, READINGS):
            visit = maker.visit(start)
            record(scratch, visit, warc=Path(folder, "warc"), authority="bench.example", now=visit.finished)
        batches = _batches(scratch, db)
        scratch.close()
    bare = sqlite3.connect(place / "bantin.db", isolation_level=None)
    bare.execute("pragma synchronous = full")
    bare.execute("pragma cache_size = -32768")
    bare.execute("pragma wal_autocheckpoint = 4000")
    began = time.perf_counter()
    for batch in batches:
        bare.execute("begin immediate")
        for statement, rows in batch:
            bare.executemany(statement, rows)
        bare.execute("commit")
    seconds = time.perf_counter() - began
    bare.close()
    return seconds


def _batches(scratch: Database, big: Database) -> list[Batch]:
    """Return the rows of the scratch archive, one batch for each visit, numbered on from the big one."""
    moves = {name: _most(big, table) for name, table in (("article", "articles"), ("visit", "visits"))}
    batches: dict[int, Batch] = defaultdict(list)
    for table in _tables(scratch):
        columns = [row[1] for row in scratch.conn.execute(f"pragma table_info({table})")]
        statement = f"insert or ignore into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
        own = {**moves, "number": _most(big, table) if "number" in columns else 0}
        rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in scratch.conn.execute(f"select {', '.join(columns)} from {table}"):
            values = dict(zip(columns, row, strict=True))
            moved = tuple(
                value + own[name] if name in own and isinstance(value, int) else value for name, value in values.items()
            )
            rows[_batch_of(table, values)].append(moved)
        for place, some in rows.items():
            batches[place].append((statement, some))
    return [batches[place] for place in sorted(batches)]


def _batch_of(table: str, values: dict[str, Any]) -> int:
    """Which visit a row belongs to; what belongs to none goes first."""
    visit = values["number"] if table == "visits" else values.get("visit")
    article = values["number"] if table == "articles" else values.get("article")
    if isinstance(visit, int):
        return visit
    return (article - 1) // READINGS + 1 if isinstance(article, int) else 0


def _most(db: Database, table: str) -> int:
    return int(db.conn.execute(f"select coalesce(max(number), 0) from {table}").fetchone()[0])


def _tables(db: Database) -> list[str]:
    """The archive's own tables, those first to which others refer."""
    first = ["sources", "visits", "warcs", "documents", "articles"]
    names = [
        row[0]
        for row in db.conn.execute(
            "select name from sqlite_master where type = 'table' and sql not like 'create virtual%' order by rowid"
        )
    ]
    own = [name for name in names if not name.startswith(("articles_fts", "_sqlite", "sqlite_", "articles_terms"))]
    return [*first, *(name for name in own if name not in first)]
