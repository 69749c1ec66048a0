"""A step of the schema: search tells accents apart, and filters are looked up in the same index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from storage.searchable import searchable
from storage.tokens import FILTERS

BATCH = 500
"""Articles whose texts are in memory at a time."""


def apply(db: Database) -> None:
    """Bring an archive of the step before up to this one. Whoever opens it holds the transaction."""
    for statement in DROPPED:
        db.execute(statement)
    db.execute("alter table articles add column search_exact text not null default ''")
    db.execute(f"alter table articles add column search_filter text generated always as ({FILTERS}) virtual")
    for batch in _batches(db):
        db.conn.executemany(
            "update articles set search_extra = :search_extra, search_exact = :search_exact where number = :number",
            batch,
        )
    for statement in INDEX:
        db.execute(statement)
    db.execute("insert into articles_fts (articles_fts) values ('rebuild')")


def _batches(db: Database) -> Iterator[list[dict[str, Any]]]:
    last = 0
    while rows := list(
        db.conn.execute(
            """
            select number, headline, lede, body_text, kicker, section from articles
            where number > ? order by number limit ?
            """,
            [last, BATCH],
        )
    ):
        first, last = rows[0][0], rows[-1][0]
        parts = {name: _parts(db, table, columns, first, last) for name, (table, columns) in _PARTS.items()}
        yield [
            {
                "number": number,
                **searchable(texts, kicker=kicker, section=section, **{name: parts[name][number] for name in _PARTS}),
            }
            for number, *texts, kicker, section in rows
        ]


_PARTS = {
    "authors": ("authors", "name"),
    "tags": ("tags", "tag"),
    "files": ("attachments", "title, url"),
    "captions": ("images", "caption"),
    "documents": ("citations", "document"),
}


def _parts(db: Database, table: str, columns: str, first: int, last: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for number, *values in db.conn.execute(
        f"select article, {columns} from {table} where article between ? and ? order by article, position",
        [first, last],
    ):
        found[number].append(values[0] if len(values) == 1 else tuple(values))
    return found


_COLUMNS = ("headline", "lede", "body_text", "search_extra", "search_exact", "search_filter")


def _row(prefix: str) -> str:
    return ", ".join(f"{prefix}.{column}" for column in ("number", *_COLUMNS))


_NAMES = ", ".join(("rowid", *_COLUMNS))
_DELETE = f"insert into articles_fts (articles_fts, {_NAMES}) values ('delete', {_row('old')});"
_INSERT = f"insert into articles_fts ({_NAMES}) values ({_row('new')});"

DROPPED = (
    "drop trigger articles_fts_insert",
    "drop trigger articles_fts_delete",
    "drop trigger articles_fts_update",
    "drop table articles_fts",
)
# The triggers fire when anything the index is made from changes, whoever changes it; a mere look changes none of it.
TRIGGERS = (
    f"create trigger articles_fts_insert after insert on articles begin {_INSERT} end",
    f"create trigger articles_fts_delete after delete on articles begin {_DELETE} end",
    f"""
    create trigger articles_fts_update
    after update of headline, lede, body_text, search_extra, search_exact, source, published_local, first_seen, dated
    on articles begin {_DELETE} {_INSERT} end
    """,
)
INDEX = (
    f"""
    create virtual table articles_fts using fts5 (
      {", ".join(_COLUMNS)},
      tokenize='unicode61 remove_diacritics 2', content="articles", content_rowid="number"
    )
    """,
    # Fewer, larger merges: a tenth more articles a second. Only an article's own words count for the order by rank.
    "insert into articles_fts (articles_fts, rank) values ('automerge', 8)",
    "insert into articles_fts (articles_fts, rank) values ('rank', 'bm25(10, 4, 1, 1, 0, 0)')",
    *TRIGGERS,
)
