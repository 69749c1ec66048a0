"""What an article has several of (authors, tags, pictures, files, links, reasons, citations), as tables of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlite_utils import Database

from scrapers.items import Article, Attachment, Image, Link, Reason

Row = tuple[Any, ...]

# table → its columns, and how an article's entries become values for them
_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Article], Iterable[Row]]]] = {
    "authors": (("name",), lambda article: ((name,) for name in article.authors)),
    "tags": (("tag",), lambda article: ((tag,) for tag in article.tags)),
    "images": (("url", "caption", "credit"), lambda article: ((i.url, i.caption, i.credit) for i in article.images)),
    "attachments": (
        ("url", "title", "type", "size"),
        lambda article: ((file.url, file.title, file.type, file.size) for file in article.attachments),
    ),
    "related": (("url", "title"), lambda article: ((link.url, link.title) for link in article.related)),
    "reasons": (
        ("field", "printed", "rule", "grade"),
        lambda article: ((reason.field, reason.printed, reason.rule, reason.grade) for reason in article.passport),
    ),
    "citations": (("document",), lambda article: ((document,) for document in article.documents)),
}


def write_parts(db: Database, number: int, article: Article) -> None:
    """Write the parts of an article that has none yet."""
    for table, (_, values) in _TABLES.items():
        rows = [(number, position, *row) for position, row in enumerate(values(article))]
        if rows:
            db.conn.executemany(_insert(table), rows)


def clear_parts(db: Database, number: int) -> None:
    """Make room for the parts of a new wording; the earlier ones are in the version before."""
    for table in _TABLES:
        db.conn.execute(f"delete from {table} where article = ?", [number])


def read_parts(
    db: Database, numbers: Sequence[int], *, but: Collection[str] = ()
) -> dict[int, dict[str, tuple[Any, ...]]]:
    """Return the parts of several articles, by number and by Article's field; leave out the tables in ``but``."""
    read: dict[int, dict[str, list[Any]]] = {number: {} for number in numbers}
    for table in [table for table in _TABLES if table not in but]:
        columns, (field, make) = _TABLES[table][0], _FIELDS[table]
        for article, *values in db.conn.execute(_select(table, columns, len(numbers)), list(numbers)):
            read[article].setdefault(field, []).append(make(values))
    return {number: {field: tuple(found) for field, found in parts.items()} for number, parts in read.items()}


def _first(values: list[Any]) -> Any:
    return values[0]


_FIELDS: dict[str, tuple[str, Callable[[list[Any]], Any]]] = {
    "authors": ("authors", _first),
    "tags": ("tags", _first),
    "images": ("images", lambda row: Image(url=row[0], caption=row[1], credit=row[2])),
    "attachments": ("attachments", lambda row: Attachment(url=row[0], title=row[1], type=row[2], size=row[3])),
    "related": ("related", lambda row: Link(url=row[0], title=row[1])),
    "reasons": ("passport", lambda row: Reason(field=row[0], printed=row[1], rule=row[2], grade=row[3])),
    "citations": ("documents", _first),
}


@cache
def _insert(table: str) -> str:
    columns = _TABLES[table][0]
    return f"""
        insert into {table} (article, position, {", ".join(columns)})
        values (?, ?, {", ".join("?" * len(columns))})
    """


@lru_cache(maxsize=256)
def _select(table: str, columns: tuple[str, ...], count: int) -> str:
    return f"""
        select article, {", ".join(columns)} from {table}
        where article in ({", ".join("?" * count)}) order by article, position
    """
