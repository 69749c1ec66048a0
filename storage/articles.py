"""The articles the archive holds, for feeds, pages and the command: newest first, or one by any of its names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from scrapers.items import Article, Moment, Record
from storage import moments
from storage.keys import key
from storage.parts import read_parts

State = Literal["present", "missing", "withdrawn"]


class StoredArticle(Record, frozen=True, kw_only=True):
    """An article as it reads now, and what the archive knows about it."""

    id: str
    """A tag: URI, minted once."""
    number: int
    """Short name within this archive, in the order articles were found."""
    source: str
    state: State
    first_seen: datetime
    revised: datetime
    """When the archive first saw the present wording."""
    article: Article
    versions: int
    """How many wordings it has had, the present one included."""
    looked_at: datetime
    """When the page was last looked at, changed or not."""
    first_published: datetime | None = None
    """The first date the ministry ever gave, whatever it says now; None while it has given none."""
    dated: datetime | None = None
    """Where it stands in the order of ``latest``: fixed when it was recorded, whatever date it is given later."""
    turned: datetime | None = None
    """When it was last found withdrawn, or back after that; None while neither ever happened."""
    misnamed: bool = False
    """The address its page calls canonical is another article's, or several articles claim it."""

    @property
    def address(self) -> str:
        """Where it is to be read: the address it gives itself when that can be believed, else the one it came from."""
        return self.article.url if self.misnamed or not self.article.canonical_url else self.article.canonical_url


class NoSuchArticle(LookupError):  # noqa: N818
    """No article, or more than one, goes by the name that was asked for."""

    def __init__(self, ref: str, ids: tuple[str, ...] = ()) -> None:
        message = f"several articles begin with {ref!r}; give more of the id" if ids else f"no article is named {ref!r}"
        super().__init__(message)
        self.ref = ref
        self.ids = ids


def latest(
    db: Database,
    *,
    source: str | None = None,
    section: str | None = None,
    limit: int = 50,
    before: int | None = None,
    until: datetime | None = None,
    lean: bool = False,
) -> list[StoredArticle]:
    """Return articles, the newest published first; those found at the same time as the same page, latest number first.

    An article without a date stands where it was first seen, and one dated in the future likewise. It keeps its
    place when it is given another date later: lists that people follow must not have items come and go.
    ``before`` is the number of an article: only those that come after it in this order are returned (the next page).
    ``until`` leaves out those that stand later. ``lean`` articles lack their passports and related links, which are most of what there is to read.
    """
    conditions = {
        "source = :source": source,
        "section = :section": section,
        "(dated, number) < (select dated, number from articles where number = :before)": before,
        "dated <= :until": until,
    }
    asked = [condition for condition, value in conditions.items() if value is not None]
    return _stored(
        db,
        f"""
        {_SELECT} {"where" if asked else ""} {" and ".join(asked)}
        order by dated desc, number desc limit :limit
        """,
        {
            "source": source,
            "section": section,
            "before": before,
            "until": moments.text(until) if until else None,
            "limit": limit,
        },
        but=("reasons", "related") if lean else (),
    )


def sane_moment(db: Database, number: int, *, until: datetime) -> datetime | None:
    """Return when an article was about first seen whose own stamp cannot be right: when its neighbour was.

    That is the article found before it, else the one after it, whose stamp is not later than ``until``.
    """
    for found in ("max(number) from articles where number < ?", "min(number) from articles where number > ?"):
        row = db.conn.execute(
            f"select first_seen from articles where number = (select {found} and first_seen <= ?)",
            [number, moments.text(until)],
        ).fetchone()
        if row:
            return moments.moment(row[0])
    return None


def find(db: Database, ref: str) -> StoredArticle:
    """Return the article with this id, number, address, or beginning of the id's last part; else raise NoSuchArticle."""
    ref = ref.strip()
    for condition, value in _ways(ref):
        found = _stored(db, f"{_SELECT} where {condition} order by number limit 6", value)
        if len(found) == 1:
            return found[0]
        if found:
            raise NoSuchArticle(ref, tuple(stored.id for stored in found))
    raise NoSuchArticle(ref)


def numbered(db: Database, numbers: Sequence[int]) -> list[StoredArticle]:
    """Return the articles with these numbers, in this order."""
    marks = ", ".join("?" * len(numbers))
    found = {stored.number: stored for stored in _stored(db, f"{_SELECT} where number in ({marks})", list(numbers))}
    return [found[number] for number in numbers if number in found]


def sections(db: Database, source: str) -> list[tuple[str, int]]:
    """Return a source's sections with how many articles each has, the fullest first; articles without one are left out."""
    rows = db.execute(
        """
        select section, count(*) from articles where source = ? and section <> ''
        group by section order by count(*) desc, section
        """,
        [source],
    )
    return [(section, count) for section, count in rows]


def _ways(ref: str) -> Iterable[tuple[str, list[Any]]]:
    yield "id = ?", [ref]
    if ref.isascii() and ref.isdigit() and len(ref) < 16:
        yield "number = ?", [int(ref)]
    if "://" in ref:
        yield "number in (select article from addresses where key = ? and standing = 'read')", [key(ref)]
        yield "number in (select article from addresses where key = ? and standing = 'named')", [key(ref)]
    tail = ref.rsplit("/", 1)[-1].lower()
    if re.fullmatch("[0-9a-f]{4,32}", tail):
        yield "substr(id, -32) >= ? and substr(id, -32) < ?", [tail, tail + "g"]


_COLUMNS = (
    "number", "id", "source", "state", "first_seen", "revised", "looked_at", "versions", "url", "canonical_url",
    "headline", "kicker", "section", "lede", "origin", "published", "published_local", "published_precision",
    "published_text", "first_published", "modified", "modified_local", "modified_precision", "modified_text",
    "body_text", "body_html", "language", "comments_count", "layout", "dated", "turned",
)  # fmt: skip
_SELECT = f"""
select {", ".join(_COLUMNS)},
  exists (
    select 1 from addresses
    where addresses.source = articles.source and addresses.url = articles.canonical_url
      and (addresses.article <> articles.number or addresses.standing = 'disputed')
  )
from articles
"""


def _stored(
    db: Database, sql: str, values: list[Any] | dict[str, Any], *, but: Collection[str] = ()
) -> list[StoredArticle]:
    rows = [dict(zip((*_COLUMNS, "misnamed"), row, strict=True)) for row in db.conn.execute(sql, values)]
    if not rows:
        return []
    parts = read_parts(db, [row["number"] for row in rows], but=but)
    return [_make(row, parts[row["number"]]) for row in rows]


def _make(row: dict[str, Any], parts: dict[str, Any]) -> StoredArticle:
    article = Article(
        url=row["url"],
        canonical_url=row["canonical_url"],
        headline=row["headline"],
        kicker=row["kicker"],
        section=row["section"],
        lede=row["lede"],
        origin=row["origin"],
        published=_printed(row, "published"),
        modified=_printed(row, "modified"),
        body_html=row["body_html"],
        body_text=row["body_text"],
        language=row["language"],
        comments_count=row["comments_count"],
        layout=row["layout"],
        **parts,
    )
    return StoredArticle(
        id=row["id"],
        number=row["number"],
        source=row["source"],
        state=row["state"],
        first_seen=moments.moment(row["first_seen"]),
        revised=moments.moment(row["revised"]),
        looked_at=moments.moment(row["looked_at"]),
        versions=row["versions"],
        first_published=moments.optional(row["first_published"]),
        dated=moments.moment(row["dated"]),
        turned=moments.optional(row["turned"]),
        misnamed=bool(row["misnamed"]),
        article=article,
    )


def _printed(row: dict[str, Any], name: str) -> Moment | None:
    return moments.restored(row[name], row[f"{name}_local"], row[f"{name}_precision"], row[f"{name}_text"])
