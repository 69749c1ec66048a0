"""What of the archive's rows is sealed: each as a leaf that reads the same for ever, whoever asks the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from storage.proof.verify import canonical, leaf_hash

Leaf = dict[str, Any]

# Only what no later decision changes: which article a wording or a change belongs to may turn out otherwise.
_SELECT = {
    "record": """
        select evidence.number, evidence.visit, evidence.source, evidence.url, evidence.fetched, evidence.status,
          evidence.kind as type, evidence.sha256 as payload, evidence.size, evidence.ip,
          evidence.warc, evidence.offset, evidence.length, lower(hex(evidence.digest)) as member,
          evidence.asked as request_length, coalesce(lower(hex(evidence.asked_digest)), '') as request,
          iif(evidence.offset = warcs.opening, warcs.opening, 0) as opening_length,
          iif(evidence.offset = warcs.opening, coalesce(lower(hex(warcs.opening_digest)), ''), '') as opening
        from evidence join warcs on warcs.file = evidence.warc
        where evidence.number between ? and ? order by evidence.number
    """,
    "version": """
        select number, visit, seen, cause, fields, headline, sha256 as payload
        from versions where number between ? and ? order by number
    """,
    "change": """
        select number, visit, source, kind as change, at, cause, fields, headline, url
        from changes where number between ? and ? order by number
    """,
    "absence": """
        select number, visit, source, url, at, proof, status, final_url, sha256 as payload, why
        from absences where number between ? and ? order by number
    """,
}
KINDS = ("record", "version", "change", "absence")
TABLES = {"record": "evidence", "version": "versions", "change": "changes", "absence": "absences"}
COLUMNS = {kind: f"{kind}s_until" for kind in KINDS}
"""In the table of seals: how far each kind is sealed."""


def leaves(connection: sqlite3.Connection, kind: str, first: int, last: int) -> Iterator[Leaf]:
    """Yield the leaves of rows ``first`` to ``last``, in order; rows that are not there are left out."""
    if first > last:
        return
    found = connection.cursor()
    found.execute(_SELECT[kind], [first, last])
    names = [column[0] for column in found.description]
    for row in found:
        yield {"kind": kind, **dict(zip(names, row, strict=True))}


def hashes(connection: sqlite3.Connection, kind: str, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """Yield number and leaf hash of each row from ``first`` to ``last``."""
    for leaf in leaves(connection, kind, first, last):
        yield leaf["number"], leaf_hash(canonical(leaf))


def newest(connection: sqlite3.Connection, kind: str) -> int:
    """Return the number of the newest row of a kind, 0 when there is none."""
    return int(connection.execute(f"select coalesce(max(number), 0) from {TABLES[kind]}").fetchone()[0])


def sealed_until(connection: sqlite3.Connection, kind: str) -> int:
    """Return the number of the newest row of a kind that is sealed."""
    asked = f"select {COLUMNS[kind]} from seals where held order by number desc limit 1"
    row = connection.execute(asked).fetchone()
    return int(row[0]) if row else 0
