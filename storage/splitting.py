"""Undoes a match: what was read at one address of an article becomes an article of its own again, and stays one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from scrapers.items import Article, Record
from storage import moments, rows, second_looks, sources
from storage.articles import StoredArticle, numbered
from storage.database import write
from storage.keys import key
from storage.matches import SPLIT, Match, note
from storage.wording import differing, wording

_TURNS = {"missing": "missing", "withdrawn": "withdrawn", "restored": "present"}


class CannotSplit(ValueError):  # noqa: N818
    """The address cannot be split off; the message is one sentence for people."""


class Told(Record, frozen=True, kw_only=True):
    """A wording as it was read at one address."""

    article: Article
    seen: str
    cause: str
    visit: int
    sha256: str
    content_hash: str
    key: str
    version: int | None
    """Which of the article's wordings it was; None for one that was the same as another address's."""


class Plan(Record, frozen=True, kw_only=True):
    """What splitting would do."""

    number: int
    source: str
    """Where the new article belongs."""
    url: str
    moving: tuple[str, ...]
    """Addresses of the new article, as they are compared."""
    kept: tuple[Told, ...]
    taken: tuple[Told, ...]

    @property
    def sentences(self) -> list[str]:
        """What it does, for people."""
        kept, taken = (_one_after_another(told) for told in (self.kept, self.taken))
        return [
            f"{self.url} becomes an article of its own: “{taken[-1].article.headline}”, {_count(taken)}.",
            f"Number {self.number} keeps its id: “{kept[-1].article.headline}”, {_count(kept)}.",
            "No page will be taken for both again.",
        ]


def plan(db: Database, number: int, url: str) -> Plan:
    """Return what splitting an address off an article would do. Raises CannotSplit when there is nothing to split."""
    [stored] = numbered(db, [number])
    wanted = key(url)
    read = db.execute(
        "select url, key, source, first_seen from addresses where article = ? and standing = 'read' order by first_seen",
        [number],
    ).fetchall()
    moving = [row for row in read if row[1] == wanted]
    staying = [row for row in read if row[1] != wanted]
    if not moving:
        raise CannotSplit(f"number {number} was never read at {url}; `bantin addresses {number}` lists its addresses")
    if not staying:
        raise CannotSplit(f"{url} is the only address number {number} was ever read at; there is nothing to split")
    told = list(_wordings(db, stored))
    taken = [one for one in told if one.key == wanted] or [_same_at(db, told, moving[0])]
    kept = [one for one in told if one.key != wanted] or [_same_at(db, told, staying[0])]
    return Plan(
        number=number, source=moving[0][2], url=moving[0][0], moving=(wanted,), kept=tuple(kept), taken=tuple(taken)
    )


def split(db: Database, what: Plan, *, authority: str, now: datetime) -> int:
    """Do it, in one transaction; return the number of the new article."""
    with write(db):
        return _Splitting(db, what, authority=authority, now=now).run()


class _Splitting:
    """One article on its way to being two."""

    def __init__(self, db: Database, what: Plan, *, authority: str, now: datetime) -> None:
        self.db, self.what, self.authority, self.now = db, what, authority, now
        self.stamp = moments.text(now)
        [self.before] = numbered(db, [what.number])

    def run(self) -> int:
        db, what = self.db, self.what
        kept, taken = _one_after_another(what.kept), _one_after_another(what.taken)
        other = self._insert(taken)
        places = {**_places(what.number, kept), **_places(other, taken)}
        self._restate(what.number, kept)
        self._restate(other, taken)
        self._move_addresses(other)
        self._move_changes(other, places)
        for table in _tables_with(db, "article", "version", but=("versions", "changes")):
            self._move_rows(table, places)
        self._note(other)
        for number in (what.number, other):
            _drop_idle_moves(db, number)
            _settle(db, number, now=self.stamp)
        self._plan_looks(other)
        return other

    def _insert(self, taken: Sequence[Told]) -> int:
        first = taken[0]
        tag = rows.mint(self.authority, self.what.source, self.now)
        seen = moments.moment(first.seen)
        return rows.insert(
            self.db, first.article, tag=tag, source=self.what.source, now=seen, content_hash=first.content_hash
        )

    def _restate(self, number: int, told: Sequence[Told]) -> None:
        """Make these the wordings of an article, the last of them its present one."""
        db, last = self.db, told[-1]
        ministry = [one.seen for one in told if one.cause == "ministry"]
        revised = moments.moment(ministry[-1] if ministry else told[0].seen)
        rows.revise(db, number, self._placed(last.article), revised=revised, content_hash=last.content_hash)
        dates = [moments.utc(one.article.published) for one in told if one.article.published]
        db.conn.execute(
            "update articles set versions = ?, flapping = 0, first_published = ? where number = ?",
            [len(told), dates[0] if dates else None, number],
        )
        db.conn.execute("delete from versions where article = ?", [number])
        db.conn.executemany(
            """
            insert into versions (article, version, seen, cause, fields, headline, content_hash, visit, sha256, record)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [_row(number, place, told) for place in range(len(told))],
        )

    def _placed(self, article: Article) -> Article:
        """Where an article stood last is known better than where its wording was read."""
        now = self.before.article
        if (key(now.url) in self.what.moving) != (key(article.url) in self.what.moving):
            return article
        return msgspec.structs.replace(article, url=now.url, canonical_url=now.canonical_url)

    def _move_addresses(self, other: int) -> None:
        """Hand over what belongs to the address: its rows, headlines that led there, matches, proofs of absence."""
        mine = {key(told.article.canonical_url) for told in self.what.taken if told.article.canonical_url}
        theirs = {key(told.article.canonical_url) for told in self.what.kept if told.article.canonical_url}
        for wanted in (*self.what.moving, *(mine - theirs)):
            for table in ("addresses", "sightings", "matches"):
                which = "and standing <> 'read'" if table == "addresses" and wanted not in self.what.moving else ""
                self.db.conn.execute(
                    f"update {table} set article = ? where article = ? and key = ? {which}",
                    [other, self.what.number, wanted],
                )
        for table in _tables_with(self.db, "article", "url", but=(*_HANDLED, "changes")):
            for rowid, url in self.db.execute(f"select rowid, url from {table} where article = ?", [self.what.number]):
                if key(url) in self.what.moving:
                    self.db.conn.execute(f"update {table} set article = ? where rowid = ?", [other, rowid])
        self.db.conn.execute(
            """
            update files set article = ?1
            where article = ?2 and url in (select url from attachments where article = ?1)
              and url not in (select url from attachments where article = ?2)
            """,
            [other, self.what.number],
        )

    def _move_changes(self, other: int, places: dict[int, tuple[int, int]]) -> None:
        db, number = self.db, self.what.number
        for row, kind, url, version, at in db.execute(
            "select number, kind, url, version, at from changes where article = ? order by number", [number]
        ).fetchall():
            if kind == "revised":
                # A wording that only the other article's had interrupted is no news: it is the one before.
                if version not in places:
                    db.conn.execute("delete from changes where number = ?", [row])
                    continue
                owner, place = places[version]
                if place == 1:
                    db.conn.execute("delete from changes where number = ?", [row])
                    continue
            else:
                owner = other if key(url) in self.what.moving and kind != "new" else number
                place = _versions_at(db, owner, at)
            db.conn.execute("update changes set article = ?, version = ? where number = ?", [owner, place, row])
        for row, fields in db.execute(
            """
            select changes.number, versions.fields from changes
            join versions on versions.article = changes.article and versions.version = changes.version
            where changes.article in (?, ?) and kind = 'revised'
            """,
            [number, other],
        ).fetchall():
            db.conn.execute("update changes set fields = ? where number = ?", [fields, row])
        self._tell_of(other)

    def _tell_of(self, other: int) -> None:
        """That it was new is the first that is told of an article."""
        first = _one_after_another(self.what.taken)[0]
        cursor = self.db.conn.execute(
            """
            update changes set kind = 'new', version = 1
            where number = (select min(number) from changes where article = ? and kind = 'moved')
            """,
            [other],
        )
        if not cursor.rowcount:
            self.db.conn.execute(
                """
                insert into changes (visit, source, article, kind, at, cause, headline, url, version)
                values (?, ?, ?, 'new', ?, 'ministry', ?, ?, 1)
                """,
                [first.visit, self.what.source, other, self.stamp, first.article.headline, first.article.url],
            )

    def _move_rows(self, table: str, places: dict[int, tuple[int, int]]) -> None:
        """Hand over what a table says of single wordings."""
        columns = [column.name for column in self.db[table].columns]
        names = ", ".join(columns)
        found = self.db.execute(f"select {names} from {table} where article = ?", [self.what.number]).fetchall()
        self.db.conn.execute(f"delete from {table} where article = ?", [self.what.number])
        for values in found:
            row = dict(zip(columns, values, strict=True))
            if row["version"] in places:
                row["article"], row["version"] = places[row["version"]]
                self.db.conn.execute(
                    f"insert into {table} ({names}) values ({', '.join('?' * len(columns))})", list(row.values())
                )

    def _note(self, other: int) -> None:
        self.db.conn.execute(
            "insert or ignore into separations (article, other, at) values (?, ?, ?)",
            [self.what.number, other, self.stamp],
        )
        for number, why in (
            (self.what.number, f"It was split off on request; what is read there is number {other}."),
            (other, f"It was split off number {self.what.number} on request."),
        ):
            match = Match(number=number, by=(SPLIT,), why=why)
            note(self.db, None, self.what.source, match, self.what.url, now=self.stamp)

    def _plan_looks(self, other: int) -> None:
        for number, slug in ((self.what.number, self.before.source), (other, self.what.source)):
            if source := sources.definition(self.db, slug):
                second_looks.plan(self.db, [number], source.schedule)


_HANDLED = ("addresses", "sightings", "matches", "versions", "files", "attachments", "images", "related", "media")


def _wordings(db: Database, stored: StoredArticle) -> Iterable[Told]:
    """Yield an article's wordings, the oldest first, each with the address it was read at."""
    for version, seen, cause, visit, sha256, content_hash, record, url in db.execute(
        """
        select version, seen, cause, visit, sha256, content_hash, record,
          (select url from evidence where evidence.visit = versions.visit and evidence.sha256 = versions.sha256 limit 1)
        from versions where article = ? order by version
        """,
        [stored.number],
    ):
        article = stored.article if record is None else msgspec.json.decode(record, type=Article)
        if url:
            own = article.canonical_url if key(article.url) == key(url) else ""
            article = msgspec.structs.replace(article, url=url, canonical_url=own)
        yield Told(
            article=article,
            seen=seen,
            cause=cause,
            visit=visit,
            sha256=sha256,
            content_hash=content_hash,
            key=key(article.url),
            version=version,
        )


def _same_at(db: Database, told: Sequence[Told], address: tuple[str, str, str, str]) -> Told:
    """Return the wording an address had that made none of its own: the one that was there when it was first read."""
    url, wanted, _, first_seen = address
    then = [one for one in told if one.seen <= first_seen] or [told[0]]
    same = then[-1]
    page = db.execute(
        "select visit, sha256 from evidence where url = ? and visit in (select visit from matches where key = ?) limit 1",
        [url, wanted],
    ).fetchone()
    visit, sha256 = page or (same.visit, "")
    article = msgspec.structs.replace(same.article, url=url, canonical_url="")
    return msgspec.structs.replace(
        same, article=article, seen=first_seen, cause="ministry", visit=visit, sha256=sha256, key=wanted, version=None
    )


def _one_after_another(told: Sequence[Told]) -> list[Told]:
    """Leave out wordings that repeat the one before: only the other article's stood between them."""
    return [one for place, one in enumerate(told) if place == 0 or one.content_hash != told[place - 1].content_hash]


def _places(number: int, told: Sequence[Told]) -> dict[int, tuple[int, int]]:
    """Return for each former version which article's which version it is now."""
    return {one.version: (number, place) for place, one in enumerate(told, 1) if one.version is not None}


def _row(number: int, place: int, told: Sequence[Told]) -> list[Any]:
    one = told[place]
    fields = differing(wording(told[place - 1].article), wording(one.article)) if place else ()
    record = None if place == len(told) - 1 else msgspec.json.encode(one.article).decode()
    # The first wording an article has is always the ministry's.
    cause = one.cause if place else "ministry"
    told_of = [one.seen, cause, " ".join(fields), one.article.headline, one.content_hash, one.visit, one.sha256, record]
    return [number, place + 1, *told_of]


def _versions_at(db: Database, number: int, at: str) -> int:
    row = db.conn.execute("select count(*) from versions where article = ? and seen <= ?", [number, at]).fetchone()
    return max(int(row[0]), 1)


def _drop_idle_moves(db: Database, number: int) -> None:
    """Take out moves that were none: back and forth between what was two articles all the time."""
    stood = ""
    for row, kind, url in db.execute(
        "select number, kind, url from changes where article = ? and kind in ('new', 'moved') order by number", [number]
    ).fetchall():
        if kind == "moved" and key(url) == stood:
            db.conn.execute("delete from changes where number = ?", [row])
        stood = key(url)


def _settle(db: Database, number: int, *, now: str) -> None:
    """Let an article be present, missing or withdrawn as was last told of it."""
    row = db.conn.execute(
        """
        select kind, at from changes where article = ? and kind in ('missing', 'withdrawn', 'restored')
        order by number desc limit 1
        """,
        [number],
    ).fetchone()
    kind, at = row or ("restored", now)
    state = _TURNS[kind]
    away = at if state != "present" else None
    db.conn.execute(
        "update articles set state = ?, missing_since = ?, missing_looks = ? where number = ? and state <> ?",
        [state, away, int(bool(away)), number, state],
    )


def _tables_with(db: Database, *columns: str, but: Sequence[str]) -> list[str]:
    return [
        table
        for table in db.table_names()
        if table not in but and set(columns) <= {column.name for column in db[table].columns}
    ]


def _count(told: Sequence[Told]) -> str:
    return f"{len(told)} wording{'s' * (len(told) != 1)}"
