"""Gives out what the archive holds, row by row: articles, or any view, of one source or some days, in any number."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TextIO

from sqlite_utils import Database

from storage.articles import StoredArticle, numbered

BATCH = 200
_DAY = "coalesce(substr(published_local, 1, 10), substr(first_seen, 1, 10))"
_WHEN = ("started", "at", "seen", "published")
"""Columns that tell a row's day where it belongs to no article."""
_ORDER = ("number", "article", "version", "started", "id")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula; see OWASP, "CSV injection"."""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles: of one source, of some days by the ministry's calendar, both included."""

    source: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def values(self) -> dict[str, str]:
        named = {"source": self.source, "since": self.since, "until": self.until}
        return {name: str(value) for name, value in named.items() if value is not None}

    def articles(self) -> str:
        """The condition for rows of ``articles``."""
        return self._all("source = :source", f"{_DAY} >= :since", f"{_DAY} <= :until")

    def rows(self, columns: Sequence[str]) -> str:
        """The condition for rows of a view with these columns."""
        if not self.values:
            return "1"
        if "article" in columns or "versions" in columns:
            number = "article" if "article" in columns else "number"
            return f"{number} in (select number from articles where {self.articles()})"
        when = next((f"substr({name}, 1, 10)" for name in _WHEN if name in columns), "")
        return self._all(
            "source = :source" if "source" in columns else "1",
            f"{when} >= :since" if when else "1",
            f"{when} <= :until" if when else "1",
        )

    def _all(self, source: str, since: str, until: str) -> str:
        wanted = {"source": source, "since": since, "until": until}
        return " and ".join(condition for name, condition in wanted.items() if name in self.values) or "1"


@dataclass(slots=True)
class Column:
    """What a column of a CSV file turned out to hold."""

    name: str
    type: str = ""
    seen: int = field(default=0, repr=False)

    def note(self, value: object) -> None:
        if value is None or value == "":
            return
        self.seen += 1
        kind = _kind(value)
        if self.type and kind != self.type:
            kind = "number" if {kind, self.type} == {"integer", "number"} else "string"
        self.type = kind


def articles(db: Database, selection: Selection) -> Iterator[StoredArticle]:
    """Yield articles in the order they were found, some at a time however many there are."""
    after, values = 0, selection.values
    while True:
        rows = db.conn.execute(
            f"select number from articles where number > {after} and {selection.articles()} order by number limit {BATCH}",
            values,
        ).fetchall()
        if not rows:
            return
        yield from numbered(db, [number for (number,) in rows])
        after = rows[-1][0]


def changes_of(db: Database, number: int) -> list[dict[str, object]]:
    """Return what happened to one article, as ``changes_view`` tells it."""
    return list(db.query("select * from changes_view where article = ? order by number", [number]))


def views(db: Database) -> list[str]:
    """The views there are to choose from."""
    return sorted(db.view_names())


def view_rows(db: Database, view: str, selection: Selection) -> tuple[list[str], Iterable[Sequence[object]]]:
    """Return a view's columns and its rows, always in the same order."""
    columns = [str(row[1]) for row in db.execute(f"pragma table_info({view})").fetchall()]
    order = ", ".join(name for name in _ORDER if name in columns)
    rows = db.conn.execute(
        f"select * from {view} where {selection.rows(columns)} order by {order or 1}", selection.values
    )
    return columns, rows


def write_csv(
    stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]], *, exact: bool = False
) -> tuple[int, list[Column]]:
    """Write rows as RFC 4180 says; return how many there were, and what the columns held.

    Text that a spreadsheet would take for a formula gets an apostrophe before it, unless it is to be ``exact``.
    """
    writer = csv.writer(stream)
    writer.writerow(columns)
    held, count = [Column(name) for name in columns], 0
    for row in rows:
        for column, value in zip(held, row, strict=True):
            column.note(value)
        writer.writerow(row if exact else [_harmless(value) for value in row])
        count += 1
    return count, held


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _kind(value: object) -> str:
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    text = str(value)
    if _TIME.fullmatch(text):
        return "datetime"
    return "date" if _DATE.fullmatch(text) else "string"
