"""What an article has several of (authors, tags, pictures, files, links, reasons, citations …), as tables of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlite_utils import Database

from scrapers.addresses import file_key
from scrapers.items import Article, Attachment, Citation, Image, Link, Media, Reason

Row = tuple[Any, ...]


def _citations(article: Article) -> Iterator[Row]:
    """Each place where a document is cited, then the documents whose place is not known."""
    for one in article.citations:
        signed = one.signed.isoformat() if one.signed else None
        yield (one.number, one.printed, one.scheme, one.kind, one.year, one.issuer, signed, one.field, one.start)
    placed = {one.number for one in article.citations}
    yield from (
        (number, "", "vn", "", None, "", None, "", None) for number in article.documents if number not in placed
    )


# table → its columns, and how an article's entries become values for them
_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Article], Iterable[Row]]]] = {
    "authors": (("name",), lambda article: ((name,) for name in article.authors)),
    "tags": (("tag",), lambda article: ((tag,) for tag in article.tags)),
    "images": (("url", "caption", "credit"), lambda article: ((i.url, i.caption, i.credit) for i in article.images)),
    "attachments": (
        ("url", "title", "type", "size", "sha256", "key"),
        lambda article: (
            (file.url, file.title, file.type, file.size, file.sha256, file_key(file.url))
            for file in article.attachments
        ),
    ),
    "related": (("url", "title"), lambda article: ((link.url, link.title) for link in article.related)),
    "reasons": (
        ("field", "printed", "rule", "grade"),
        lambda article: ((reason.field, reason.printed, reason.rule, reason.grade) for reason in article.passport),
    ),
    "citations": (
        ("document", "printed", "scheme", "kind", "year", "issuer", "signed", "field", "start"),
        _citations,
    ),
    "media": (("url", "title", "type"), lambda article: ((one.url, one.title, one.type) for one in article.media)),
    "notes": (("note",), lambda article: ((note,) for note in article.notes)),
}


def write_parts(db: Database, number: int, article: Article) -> None:
    """Write the parts of an article that has none yet."""
    _write(db, number, article, _TABLES)


def _write(db: Database, number: int, article: Article, tables: Iterable[str]) -> None:
    for table in tables:
        rows = [(number, position, *row) for position, row in enumerate(_TABLES[table][1](article))]
        if rows:
            db.conn.executemany(_insert(table), rows)


def clear_parts(db: Database, number: int) -> None:
    """Make room for the parts of a new wording; the earlier ones are in the version before."""
    _clear(db, number, _TABLES)


def refresh_parts(db: Database, number: int, before: Article, article: Article) -> None:
    """Take over what a better reader finds in a page whose wording is the same; write nothing when it finds the same.

    A place in the text is only taken over when the stored text has the same places.
    """
    differing = ["notes"] if article.notes != before.notes else []
    if article.citations != before.citations and _texts(article) == _texts(before):
        differing.append("citations")
    if article.media and not before.media:
        differing.append("media")
    _clear(db, number, differing)
    _write(db, number, article, differing)


def _texts(article: Article) -> tuple[str, ...]:
    return (article.headline, article.lede, article.body_text, *(file.title for file in article.attachments))


def _clear(db: Database, number: int, tables: Iterable[str]) -> None:
    for table in tables:
        db.conn.execute(f"delete from {table} where article = ?", [number])


def read_parts(
    db: Database, numbers: Sequence[int], *, but: Collection[str] = ()
) -> dict[int, dict[str, tuple[Any, ...]]]:
    """Return the parts of several articles, by number and by Article's field; leave out the tables in ``but``."""
    read: dict[int, dict[str, Any]] = {number: {} for number in numbers}
    for table in [table for table in _TABLES if table not in but]:
        columns, (field, make) = _TABLES[table][0], _FIELDS[table]
        for article, *values in db.conn.execute(_select(table, columns, len(numbers)), list(numbers)):
            read[article].setdefault(field, []).append(make(values))
    for parts in read.values():
        if "citations" in parts:
            parts["documents"] = dict.fromkeys(number for number, _ in parts["citations"])
            parts["citations"] = [citation for _, citation in parts["citations"] if citation]
    return {number: {field: tuple(found) for field, found in parts.items()} for number, parts in read.items()}


def _citation(row: list[Any]) -> tuple[str, Citation | None]:
    """The document that is cited, and the place where that is known."""
    number, printed, scheme, kind, year, issuer, signed, field, start = row
    if not field:
        return number, None
    return number, Citation(
        number=number,
        printed=printed,
        scheme=scheme,
        kind=kind,
        year=year,
        issuer=issuer,
        signed=date.fromisoformat(signed) if signed else None,
        field=field,
        start=start,
    )


def _first(values: list[Any]) -> Any:
    return values[0]


_FIELDS: dict[str, tuple[str, Callable[[list[Any]], Any]]] = {
    "authors": ("authors", _first),
    "tags": ("tags", _first),
    "images": ("images", lambda row: Image(url=row[0], caption=row[1], credit=row[2])),
    "attachments": (
        "attachments",
        lambda row: Attachment(url=row[0], title=row[1], type=row[2], size=row[3], sha256=row[4]),
    ),
    "related": ("related", lambda row: Link(url=row[0], title=row[1])),
    "reasons": ("passport", lambda row: Reason(field=row[0], printed=row[1], rule=row[2], grade=row[3])),
    "citations": ("citations", _citation),
    "media": ("media", lambda row: Media(url=row[0], title=row[1], type=row[2])),
    "notes": ("notes", _first),
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
