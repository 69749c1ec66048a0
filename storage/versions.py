"""Every wording an article has had: the present one in ``articles``, each earlier one whole in its version's row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import msgspec
from sqlite_utils import Database

from scrapers.items import Article, Cause, Reading, Record
from storage import moments
from storage.articles import numbered
from storage.classes import Class, Edit, classes

RETURNS = 2
"""How often an article may return to a wording it had before."""
LOOKS = 3
"""At how many successive looks the same small place may be another before its changes are noise."""


class Version(Record, frozen=True, kw_only=True):
    """One wording of an article."""

    number: int
    """1 for the first wording, counted up."""
    seen: datetime
    """When the archive first saw it."""
    cause: Cause
    fields: tuple[str, ...]
    """What differs from the wording before, by Article's field names; empty for the first."""
    article: Article
    sha256: str
    """Names the evidence it was read from."""
    edits: tuple[Edit, ...] = ()
    """What the ministry edited in the wording before, the weightiest first."""

    @property
    def classes(self) -> tuple[Class, ...]:
        """What kinds of edits these are, each once."""
        return classes(self.edits)


def history(db: Database, number: int) -> list[Version]:
    """Return an article's wordings, oldest first; empty when there is no such article."""
    present = numbered(db, [number])
    if not present:
        return []
    edits = _edits(db, number)
    rows = db.execute(
        "select version, seen, cause, fields, sha256, record from versions where article = ? order by version", [number]
    )
    return [
        Version(
            number=version,
            seen=moments.moment(seen),
            cause=Cause(cause),
            fields=tuple(fields.split()),
            article=present[0].article if record is None else msgspec.json.decode(record, type=Article),
            sha256=sha256,
            edits=edits.get(version, ()),
        )
        for version, seen, cause, fields, sha256, record in rows
    ]


def _edits(db: Database, number: int) -> dict[int, tuple[Edit, ...]]:
    rows = db.conn.execute(
        "select version, class, field, before, after, why from edits where article = ? order by version, position",
        [number],
    )
    return {
        version: tuple(
            Edit(kind=kind, field=field, before=before, after=after, why=why)
            for _, kind, field, before, after, why in some
        )
        for version, some in groupby(rows, key=lambda row: int(row[0]))
    }


def begin(
    db: Database,
    number: int,
    reading: Reading,
    version: int,
    *,
    visit: int,
    now: datetime,
    content_hash: str,
    fields: tuple[str, ...] = (),
    cause: Cause = Cause.MINISTRY,
    edits: Sequence[Edit] = (),
    spots: Sequence[str] = (),
) -> None:
    """Note that from now on the article reads as it was read here, and what was edited in the wording before."""
    db.conn.execute(
        """
        insert into versions (article, version, seen, cause, fields, headline, content_hash, visit, sha256, spots)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            number,
            version,
            moments.text(now),
            cause,
            " ".join(fields),
            reading.article.headline,
            content_hash,
            visit,
            reading.sha256,
            " ".join(spots),
        ],
    )
    note_edits(db, number, version, edits)


def note_edits(db: Database, number: int, version: int, edits: Sequence[Edit]) -> None:
    """Note what the ministry edited in the wording before."""
    if edits:
        db.conn.executemany(
            "insert into edits (article, version, position, class, field, before, after, why) values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (number, version, place, one.kind, one.field, one.before, one.after, one.why)
                for place, one in enumerate(edits)
            ],
        )


def evidence_of(db: Database, number: int) -> str:
    """Return the SHA-256 of the page the present wording was read from, "" when there is none."""
    row = db.conn.execute("select sha256 from versions where article = ? and record is null", [number]).fetchone()
    return str(row[0]) if row else ""


def close(db: Database, number: int, before: Article) -> None:
    """Keep the present wording whole, because the article's row is about to hold another."""
    db.conn.execute(
        "update versions set record = ? where article = ? and record is null",
        [msgspec.json.encode(before).decode(), number],
    )


def flaps(db: Database, number: int, content_hash: str) -> bool:
    """Say whether the article has gone back and forth so often that one more return is noise; remember that it does.

    A wording nobody has seen before is never noise.
    """
    returns, known = db.conn.execute(
        "select count(*) - count(distinct content_hash), sum(content_hash = ?) from versions where article = ?",
        [content_hash, number],
    ).fetchone()
    if not known or returns < RETURNS:
        return False
    db.conn.execute("update articles set flapping = 1 where number = ? and not flapping", [number])
    return True


def is_fresh(db: Database, number: int) -> bool:
    """Say whether the last look at the article found its present wording anew, or changes that count no more."""
    row = db.conn.execute(
        """
        select articles.flapping or articles.looked_at <= versions.seen from articles
        join versions on versions.article = articles.number and versions.record is null where articles.number = ?
        """,
        [number],
    ).fetchone()
    return bool(row and row[0])


def is_restless(db: Database, number: int, spots: Sequence[str]) -> bool:
    """Say whether only places differ that were others at look after look; remember that the article is like that."""
    if not spots:
        return False
    rows = db.conn.execute("select spots from versions where article = ? and spots <> ''", [number])
    times = Counter(spot for (noted,) in rows for spot in noted.split())
    if any(times[spot] < LOOKS for spot in spots):
        return False
    db.conn.execute("update articles set flapping = 1 where number = ? and not flapping", [number])
    return True


def flapping(db: Database) -> dict[str, list[int]]:
    """Return the articles that make no versions of some of their changes any more, by source."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for source, number in db.conn.execute("select source, number from articles where flapping order by source, number"):
        found[source].append(number)
    return dict(found)
