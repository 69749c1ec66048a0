"""Copies chosen articles, and everything that hangs on them, into a database of their own with the same views."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from storage.export import Selection

LEFT_OUT = {
    # How they were found, not what they say.
    "exchanges", "troubles", "sightings", "entrances", "templates", "canaries", "leaves", "fingerprints", "second_looks",
    "_sqlite_migrations",
}  # fmt: skip
NOT_TOLD = {"sources": {"definition": "null", "next_due": "null", "next_why": "''"}}
"""Columns that are the business of the archive's owner alone."""


def write_slim(archive: Path, target: Path, selection: Selection) -> dict[str, int]:
    """Write the copy to ``target``, which must not exist; return how many rows are in which table."""
    with closing(sqlite3.connect(target.absolute().as_uri() + "?mode=rwc", uri=True, isolation_level=None)) as db:
        db.execute("pragma journal_mode = off")
        db.execute("pragma synchronous = off")
        db.execute("attach ? as archive", [f"{archive.absolute().as_uri()}?mode=ro"])
        db.execute("begin")
        copy = _Copy(db, selection)
        copy.run()
        db.execute("commit")
        db.execute("detach archive")
        return {table: count for table, count in copy.counts() if count}


class _Copy:
    """The tables as they refer to each other."""

    def __init__(self, db: sqlite3.Connection, selection: Selection) -> None:
        self.db, self.selection = db, selection
        made = db.execute(
            "select type, name, tbl_name, sql from archive.sqlite_master where sql is not null order by rowid"
        )
        self.made = [row for row in made if "articles_fts" not in row[2] and not row[1].startswith("sqlite_")]
        self.tables = [
            name for kind, name, _, sql in self.made if kind == "table" and " virtual " not in sql.lower()[:20]
        ]
        self.refers = {
            table: [(row[2], row[3], row[4]) for row in db.execute(f"pragma archive.foreign_key_list({table})")]
            for table in self.tables
        }

    def run(self) -> None:
        for kind, name, _, sql in self.made:
            if kind == "table" and name in self.tables:
                self.db.execute(sql)
        done = ["articles"]
        self._take("articles", self.selection.articles(), self.selection.values)
        for table in self._hanging():
            parents = [(parent, column, key) for parent, column, key in self.refers[table] if parent in done]
            self._take(table, " and ".join(self._follows(*one) for one in parents))
            done.append(table)
        self._take("evidence", self._shown(done))
        done.append("evidence")
        for table in self._named(done):
            self._take(table, self._is_named(table, done))
            done.append(table)
        self._finish(done)

    def counts(self) -> Iterator[tuple[str, int]]:
        for table in self.tables:
            yield table, self.db.execute(f"select count(*) from main.{table}").fetchone()[0]

    def _hanging(self) -> list[str]:
        """Tables whose rows belong to articles, at first or second hand, parents first."""
        found = ["articles"]
        while more := [
            table
            for table in self.tables
            if table not in found
            and table not in LEFT_OUT
            and any(parent in found for parent, _, _ in self.refers[table])
        ]:
            found += more
        return found[1:]

    def _follows(self, parent: str, column: str, key: str | None) -> str:
        key = key or "number"
        return f"({column} is null or {column} in (select {key} from main.{parent}))"

    def _shown(self, done: list[str]) -> str:
        with_digest = [table for table in done if any(name == "sha256" for name in self._columns(table))]
        return " or ".join(f"sha256 in (select sha256 from main.{table})" for table in with_digest)

    def _named(self, done: list[str]) -> list[str]:
        """Tables that the copied rows name, those that name others first."""
        found: list[str] = []
        while more := [
            table
            for table in self.tables
            if table not in [*done, *found, *LEFT_OUT]
            and any(parent == table for child in [*done, *found] for parent, _, _ in self.refers[child])
        ]:
            found += more
        return sorted(found, key=lambda table: table == "sources")

    def _is_named(self, table: str, done: list[str]) -> str:
        names = [
            f"{key or 'number'} in (select {column} from main.{child})"
            for child in done
            for parent, column, key in self.refers[child]
            if parent == table
        ]
        return " or ".join(dict.fromkeys(names))

    def _take(self, table: str, where: str, values: dict[str, str] | None = None) -> None:
        names = self._columns(table)
        told = [NOT_TOLD.get(table, {}).get(name, f'"{name}"') for name in names]
        listed = ", ".join(f'"{name}"' for name in names)
        self.db.execute(
            f"insert into main.{table} ({listed}) select {', '.join(told)} from archive.{table} where {where or '1'}",
            values or {},
        )

    def _columns(self, table: str) -> list[str]:
        return [row[1] for row in self.db.execute(f"pragma archive.table_xinfo({table})") if not row[6]]

    def _finish(self, done: list[str]) -> None:
        """Add indexes, and the views that need nothing of what was left out."""
        for kind, name, _, sql in self.made:
            if kind in ("index", "view"):
                self.db.execute(sql)
            if kind == "view" and not self._works(name, sql, done):
                self.db.execute(f"drop view {name}")

    def _works(self, view: str, sql: str, done: list[str]) -> bool:
        if {*re.findall(r"\w+", sql)} & {*self.tables} - {*done}:
            return False
        try:
            self.db.execute(f"select * from {view} limit 0")
        except sqlite3.OperationalError:
            return False
        return True
