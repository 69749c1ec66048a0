"""Looks an archive over without writing to it, however broken it is: its pages, its tables, its search index, its stamps."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from scrapers.items import Record
from storage import copies, moments
from storage.backup import make_copy, reader
from storage.failures import ArchiveError, reason, size
from storage.schema import APPLICATION_ID, STEPS

Level = Literal["ok", "warn", "fail"]
LONG_LOG = 256 * 1024 * 1024
STALE = timedelta(days=8)
OLDEST = (3, 37)
"""SQLite without strict tables cannot read an archive."""


class Finding(Record, frozen=True, kw_only=True):
    """One line of a check-up."""

    check: str
    level: Level
    found: str
    todo: str = ""
    """One sentence on what to do next; empty when nothing needs doing."""


Sqlite = sqlite3.Connection


def database(path: Path, *, now: datetime) -> Iterator[Finding]:
    """Check the database file, its tables and its search index."""
    yield _library()
    if not path.exists():
        yield Finding(check="database", level="warn", found="there is no archive yet", todo="`bantin run` makes one")
        return
    try:
        with closing(reader(path)) as db:
            yield from _identity(db)
            for look in (_pages, _references, _search, _free):
                yield from _looked(look, db, path)
    except sqlite3.DatabaseError as error:
        yield Finding(check="database", level="fail", found="it cannot be opened", todo=reason(path, error))
    yield _log(path)
    yield _backups(path, now=now)


def texts(path: Path) -> Finding:
    """Compare every article's text with the search index: SQLite's own check does not see a letter that changed.

    That check writes where it looks, so it is a copy that is looked at.
    """
    try:
        with TemporaryDirectory() as folder:
            copy = Path(folder, "copy.db")
            make_copy(path, copy)
            with closing(sqlite3.connect(copy)) as db:
                db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
    except ArchiveError as error:
        return Finding(check="texts", level="warn", found=f"not compared: {error.message}", todo="mend that first")
    except sqlite3.DatabaseError:
        return Finding(
            check="texts", level="fail", found="articles and search index do not hold the same words: one of them is damaged",
            todo="`bantin restore` the newest backup for which `bantin doctor --full` finds nothing",
        )  # fmt: skip
    return Finding(check="texts", level="ok", found="every article's words are those of the search index")


def clock(path: Path, *, now: datetime) -> Iterator[Finding]:
    """Compare the clock with the newest stamps in the archive."""
    stamps = {"visits": "max(recorded)", "changes": "max(at)", "articles": "max(first_seen)"}
    try:
        with closing(reader(path)) as db:
            found = [db.execute(f"select {newest} from {table}").fetchone()[0] for table, newest in stamps.items()]
    except sqlite3.DatabaseError:
        return
    latest = max((moments.moment(stamp) for stamp in found if stamp), default=now)
    if latest <= now + timedelta(minutes=2):
        yield Finding(check="clock", level="ok", found="nothing in the archive is stamped later than now")
        return
    yield Finding(
        check="clock",
        level="warn",
        found=f"it is {moments.text(now)} here, but something was recorded at {moments.text(latest)}",
        todo="set the clock right if it is slow; if it was fast once, nothing is lost and nothing waits for those stamps",
    )


def timezones(path: Path) -> list[str]:
    """The time zones the archive's sources need; empty when it cannot be read."""
    try:
        with closing(reader(path)) as db:
            return [zone for (zone,) in db.execute("select distinct timezone from sources where timezone <> ''")]
    except sqlite3.DatabaseError:
        return []


def newest_change(path: Path, source: str) -> datetime | None:
    """When something last changed that belongs into a source's feed."""
    try:
        with closing(reader(path)) as db:
            row = db.execute("select max(at) from changes where source = ? and cause = 'ministry'", [source]).fetchone()
    except sqlite3.DatabaseError:
        return None
    return moments.optional(row[0])


def _looked(look: Callable[[Sqlite], Iterator[Finding]], db: Sqlite, path: Path) -> Iterator[Finding]:
    try:
        yield from look(db)
    except sqlite3.DatabaseError as error:
        yield Finding(check=look.__name__[1:], level="fail", found=str(error), todo=reason(path, error))


def _library() -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info[:2] < OLDEST:
        return Finding(
            check="sqlite",
            level="fail",
            found=f"SQLite {version}",
            todo="use a Python that brings SQLite 3.37 or newer",
        )
    return Finding(check="sqlite", level="ok", found=f"SQLite {version}")


def _identity(db: Sqlite) -> Iterator[Finding]:
    ours, version = (int(db.execute(f"pragma {name}").fetchone()[0]) for name in ("application_id", "user_version"))
    if ours != APPLICATION_ID:
        yield Finding(
            check="schema", level="fail", found="this database is not an archive of Bantin",
            todo="move it away, or choose another --home",
        )  # fmt: skip
    elif version > STEPS:
        yield Finding(
            check="schema", level="fail", found=f"schema {version}, and this Bantin knows {STEPS}",
            todo="install the newer Bantin, or `bantin restore` a copy made before the upgrade",
        )  # fmt: skip
    elif version < STEPS:
        yield Finding(
            check="schema",
            level="warn",
            found=f"schema {version}, and this Bantin knows {STEPS}",
            todo="`bantin migrate`",
        )
    else:
        yield Finding(check="schema", level="ok", found=f"schema {version}")


def _pages(db: Sqlite) -> Iterator[Finding]:
    try:
        said = " ".join(" ".join(str(row[0]) for row in db.execute("pragma quick_check(20)").fetchall()).split())
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said == "ok":
        pages, page = (int(db.execute(f"pragma {name}").fetchone()[0]) for name in ("page_count", "page_size"))
        yield Finding(
            check="pages", level="ok", found=f"{size(pages * page)} in {pages:,} pages, all as they should be"
        )
        return
    where = _places(db, said)
    yield Finding(
        check="pages",
        level="fail",
        found=f"damaged: {said[:300]}" + (f" (in {where})" if where else ""),
        todo=_way_out(db),
    )


def _places(db: Sqlite, said: str) -> str:
    """Name the tables and indexes that SQLite complains about."""
    pages = {int(number) for number in re.findall(r"(?:[Tt]ree|[Pp]age) (\d+)", said)}
    try:
        made = db.execute("select name, rootpage, type from sqlite_master where rootpage > 0").fetchall()
    except sqlite3.DatabaseError:
        return ""
    named = [name for name, root, kind in made if root in pages or (kind == "table" and not _counts(db, name))]
    with suppress(sqlite3.DatabaseError):  # not every SQLite can tell whose page it is
        for page in sorted(pages):
            named += [row[0] for row in db.execute("select name from dbstat where pageno = ?", [page])]
    return ", ".join(dict.fromkeys(named))


def _counts(db: Sqlite, table: str) -> bool:
    try:
        db.execute(f'select count(*) from "{table}" not indexed').fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def _way_out(db: Sqlite) -> str:
    path = Path(db.execute("pragma database_list").fetchone()[2])
    backup = copies.newest(path)
    first = "keep a copy of the file as it is, then "
    if backup:
        return f"{first}`bantin restore {backup}`; what was published since is read again where it still stands"
    return f"{first}`bantin restore` the newest backup you have, or save what can be read: sqlite3 {path} .recover"


def _references(db: Sqlite) -> Iterator[Finding]:
    broken = {str(row[0]) for row in db.execute("pragma foreign_key_check").fetchall()}
    if broken:
        yield Finding(
            check="references",
            level="fail",
            found=f"rows of {', '.join(sorted(broken))} refer to nothing",
            todo=_way_out(db),
        )
    else:
        yield Finding(check="references", level="ok", found="every row refers to something that is there")


def _search(db: Sqlite) -> Iterator[Finding]:
    """Read the whole index, which its own check may only do where it may write."""
    if not db.execute("select 1 from sqlite_master where name = 'articles_fts_docsize'").fetchone():
        return
    path = db.execute("pragma database_list").fetchone()[2]
    mend = f"stop the daemon, then: sqlite-utils rebuild-fts {path} articles"
    try:
        db.execute("create virtual table temp.words using fts5vocab(main, articles_fts, row)")
        words = db.execute("select count(*) from temp.words").fetchone()[0]
        indexed, articles = (
            db.execute(f"select count(*) from {table}").fetchone()[0] for table in ("articles_fts_docsize", "articles")
        )
    except sqlite3.DatabaseError as error:
        yield Finding(check="search", level="fail", found=f"the search index is damaged: {error}", todo=mend)
        return
    if indexed != articles:
        yield Finding(
            check="search", level="fail", found=f"{indexed:,} of {articles:,} articles are indexed", todo=mend
        )
    else:
        yield Finding(check="search", level="ok", found=f"{articles:,} articles, {words:,} words")


def _free(db: Sqlite) -> Iterator[Finding]:
    free, pages, page = (
        int(db.execute(f"pragma {name}").fetchone()[0]) for name in ("freelist_count", "page_count", "page_size")
    )
    if free * page > 100_000_000 and free > pages // 4:
        yield Finding(
            check="free pages", level="warn", found=f"{size(free * page)} of the file are unused",
            todo="stop the daemon, then `bantin prune --apply` gives them back",
        )  # fmt: skip


def _log(path: Path) -> Finding:
    log = path.with_name(f"{path.name}-wal")
    length = log.stat().st_size if log.exists() else 0
    if length > LONG_LOG:
        return Finding(
            check="log", level="warn", found=f"{log.name} has grown to {size(length)}",
            todo="some program has been reading the archive for long: close it, and the log is emptied by itself",
        )  # fmt: skip
    return Finding(check="log", level="ok", found=f"{log.name} has {size(length)}")


def _backups(path: Path, *, now: datetime) -> Finding:
    known = copies.known(path)
    apart = [one for one in known if one[1].parent != path.absolute().parent]
    if known and not apart:
        return Finding(
            check="backup", level="warn", found=f"the newest copy, {known[0][1].name}, lies beside the archive itself",
            todo="`bantin backup FILE`, on another disk",
        )  # fmt: skip
    if not known:
        return Finding(
            check="backup", level="warn", found="no backup is known", todo="`bantin backup FILE`, on another disk"
        )
    made, copy = apart[0]
    if now - made > STALE:
        days = (now - made).days
        return Finding(check="backup", level="warn", found=f"{copy} is {days} days old", todo="`bantin backup FILE`")
    return Finding(check="backup", level="ok", found=f"{copy}, made {moments.text(made)}")
