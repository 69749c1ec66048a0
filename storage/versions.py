"""Every wording an article has had: the present one in ``articles``, each earlier one whole in its version's row."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlite_utils import Database

from scrapers.items import Article, Cause, Reading, Record
from storage import moments
from storage.articles import numbered

RETURNS = 2
"""How often an article may return to a wording it had before."""


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


def history(db: Database, number: int) -> list[Version]:
    """Return an article's wordings, oldest first; empty when there is no such article."""
    present = numbered(db, [number])
    if not present:
        return []
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
        )
        for version, seen, cause, fields, sha256, record in rows
    ]


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
) -> None:
    """Note that from now on the article reads as it was read here."""
    db.conn.execute(
        """
        insert into versions (article, version, seen, cause, fields, headline, content_hash, visit, sha256)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
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
