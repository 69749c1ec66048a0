"""Undoes a match: what was read at one address of an article becomes an article of its own again, and stays one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlite_utils import Database

from scrapers.items import Article, Cause, Reading, Record
from storage import changes, moments, rows, second_looks, sources, versions
from storage.articles import StoredArticle, numbered
from storage.classes import classify
from storage.database import write
from storage.keys import key
from storage.matches import SPLIT, Match, note

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
        return [
            f"{self.url} becomes an article of its own: “{self.taken[-1].article.headline}”, {_count(self.taken)}.",
            f"Number {self.number} keeps its id: “{self.kept[-1].article.headline}”, {_count(self.kept)}.",
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
        raise CannotSplit(f"number {number} was only ever read at {url}; there is nothing to split")
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
        other = self._insert()
        places = {**_places(what.number, what.kept), **_places(other, what.taken)}
        self._move_versions(places)
        self._restate(what.number, what.kept)
        self._restate(other, what.taken)
        self._move_addresses(other)
        self._move_changes(other, places)
        self._note(other)
        for number in (what.number, other):
            _settle(db, number, now=self.stamp)
        self._plan_looks(other)
        return other

    def _insert(self) -> int:
        first = self.what.taken[0]
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
        for place, one in enumerate(told, 1):
            record = None if place == len(told) else msgspec.json.encode(one.article).decode()
            if one.version is None:
                _begin(db, number, place, one)
            db.conn.execute("update versions set record = ? where article = ? and version = ?", [record, number, place])
            if place > 1 and one.cause == Cause.MINISTRY:
                versions.note_edits(db, number, place, classify(told[place - 2].article, one.article))

    def _move_versions(self, places: dict[int, tuple[int, int]]) -> None:
        """Hand over wordings. What was noticed of them then stays as it was noticed: seals vouch for it."""
        db, number = self.db, self.what.number
        db.conn.execute("delete from edits where article = ?", [number])
        db.conn.execute("update versions set version = -version where article = ?", [number])
        db.conn.executemany(
            "update versions set article = ?, version = ? where article = ? and version = ?",
            [(owner, place, number, -version) for version, (owner, place) in places.items()],
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
        """Hand over what was noticed at the address, and tell that the article is new now."""
        db, number = self.db, self.what.number
        for row, kind, url, version, at in db.execute(
            "select number, kind, url, version, at from changes where article = ?", [number]
        ).fetchall():
            if kind == "revised" and version in places:
                owner, place = places[version]
            else:
                owner = other if key(url) in self.what.moving and kind != "new" else number
                place = _versions_at(db, owner, at)
            db.conn.execute("update changes set article = ?, version = ? where number = ?", [owner, place, row])
        changes.note(db, self.what.taken[0].visit, other, "new", now=self.now)

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


def _places(number: int, told: Sequence[Told]) -> dict[int, tuple[int, int]]:
    """Return for each former version which article's which version it is now."""
    return {one.version: (number, place) for place, one in enumerate(told, 1) if one.version is not None}


def _begin(db: Database, number: int, place: int, one: Told) -> None:
    """Write the wording of an address that made none of its own."""
    versions.begin(
        db,
        number,
        Reading(article=one.article, sha256=one.sha256),
        place,
        visit=one.visit,
        now=moments.moment(one.seen),
        content_hash=one.content_hash,
    )


def _versions_at(db: Database, number: int, at: str) -> int:
    row = db.conn.execute("select count(*) from versions where article = ? and seen <= ?", [number, at]).fetchone()
    return max(int(row[0]), 1)


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
