"""The files that hang on articles: which are known, which wait to be fetched, and every version of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlite_utils import Database

from scrapers.addresses import file_key
from scrapers.items import Article, Record
from scrapers.observations import File, KnownFile
from storage import moments
from storage.wording import file_of, fingerprint, wording

TRIES = 3
"""Visits in a row that could not get a file, after which it is let be until its article is looked at again."""
SHARED = 200
"""How many of the files looked at last a visit is told of, for new articles that have one of them too."""
SEARCHED = 100_000
"""Characters of an article's files that are searched."""


class FileVersion(Record, frozen=True, kw_only=True):
    """What one address held for a while."""

    version: int
    seen: datetime
    """When the archive first saw it."""
    sha256: str
    """Names its evidence."""
    size: int
    type: str
    name: str
    pages: int | None
    text: str
    note: str


class StoredFile(Record, frozen=True, kw_only=True):
    """A file that an article offers, and what the archive has of it."""

    position: int
    """Its place among the article's files."""
    url: str
    title: str
    state: str
    """"listed" when nobody wants it fetched, "waiting" to be, "present", "gone" (404, 410) or "failed"."""
    looked_at: datetime | None = None
    last_seen: datetime | None = None
    note: str = ""
    """Why there is no file."""
    versions: tuple[FileVersion, ...] = ()
    """Oldest first."""


# -- on the way in -------------------------------------------------------------------------------------------------


def expect(db: Database, source: str, number: int, article: Article, *, now: str) -> None:
    """Note an article's files that nobody has fetched yet, so that none is forgotten."""
    db.conn.executemany(
        """
        insert into files (source, key, url, state, article, first_seen) values (?, ?, ?, 'waiting', ?, ?)
        on conflict (source, key) do nothing
        """,
        [(source, file_key(one.url), one.url, number, now) for one in article.attachments],
    )


def take(db: Database, source: str, visit: int, number: int, file: File, *, now: str) -> bool:
    """Note what came of asking for a file of article ``number``; return whether it is a version not seen before.

    A file made anew of the same document, which shows the same, is none.
    """
    place = [source, file_key(file.url)]
    db.conn.execute(
        """
        insert into files (source, key, url, state, article, first_seen) values (?, ?, ?, 'waiting', ?, ?)
        on conflict (source, key) do nothing
        """,
        [*place, file.url, number, now],
    )
    known = db.conn.execute(
        """
        select files.number, files.sha256, files.versions, file_versions.content
        from files left join file_versions on file = number and version = versions
        where source = ? and key = ?
        """,
        place,
    ).fetchone()
    row, sha256, versions, content = known
    if not file.sha256 and file.status != 304:
        _missed(db, row, file, now=now)
        return False
    _seen(db, row, file, now=now)
    if not file.sha256 or file.sha256 == sha256 or (content and file.content == content):
        return False
    _add(db, row, versions + 1, visit, file, now=now)
    return True


def _missed(db: Database, row: int, file: File, *, now: str) -> None:
    """It is gone, or could not be had this time; whatever the archive has of it stays."""
    gone = file.status in (404, 410)
    db.conn.execute(
        """
        update files set looked_at = :now, url = :url, note = :note, tries = tries + 1,
          state = case
            when :gone then 'gone' when state in ('present', 'gone') and versions then state
            when tries + 1 >= :most then 'failed' else state end
        where number = :row
        """,
        {"now": now, "url": file.url, "note": file.note, "gone": gone, "most": TRIES, "row": row},
    )


def _seen(db: Database, row: int, file: File, *, now: str) -> None:
    db.conn.execute(
        """
        update files set looked_at = :now, last_seen = :now, url = :url, tries = 0, note = '',
          state = iif(versions or :came, 'present', state),
          etag = iif(:came or :etag <> '', :etag, etag),
          last_modified = iif(:came or :last_modified <> '', :last_modified, last_modified)
        where number = :row
        """,
        {
            "now": now,
            "url": file.url,
            "came": bool(file.sha256),
            "etag": file.etag,
            "last_modified": file.last_modified,
            "row": row,
        },
    )


def _add(db: Database, row: int, version: int, visit: int, file: File, *, now: str) -> None:
    db.conn.execute(
        """
        insert into file_versions (file, version, seen, visit, sha256, content, size, type, name, pages, text, note)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            row,
            version,
            now,
            visit,
            file.sha256,
            file.content,
            file.size,
            file.type,
            file.name,
            file.pages,
            file.text,
            file.note,
        ],
    )
    db.conn.execute(
        "update files set versions = ?, sha256 = ?, size = ?, type = ?, name = ?, pages = ? where number = ?",
        [version, file.sha256, file.size, file.type, file.name, file.pages, row],
    )


def held(db: Database, source: str, number: int, article: Article, url: str) -> tuple[Article, Article]:
    """Return the article with the digest of what its file ``url`` held before, and of what it holds now.

    Where the digest was not known before, that is no edit: it is noted in place, and both are the same.
    """
    row = db.conn.execute("select sha256 from files where source = ? and key = ?", [source, file_key(url)]).fetchone()
    places = _places(article, url)
    if row is None or not row[0] or not places:
        return article, article
    unknown = [place for place in places if not article.attachments[place].sha256]
    if unknown:
        article = _with(article, unknown, sha256=row[0])
        _note_in_place(db, number, article, unknown)
    changed = [place for place in places if article.attachments[place].sha256 != row[0]]
    return article, _with(article, changed, sha256=row[0], url=url)


def _places(article: Article, url: str) -> list[int]:
    """Which of the article's files are meant: those at the address, else the one that only has another version number."""
    same = [place for place, one in enumerate(article.attachments) if file_key(one.url) == file_key(url)]
    alike = [place for place, one in enumerate(article.attachments) if file_of(one.url) == file_of(url)]
    return same or (alike if len(alike) == 1 else [])


def _with(article: Article, places: Sequence[int], **told: str) -> Article:
    attachments = list(article.attachments)
    for place in places:
        attachments[place] = msgspec.structs.replace(attachments[place], **told)
    return msgspec.structs.replace(article, attachments=tuple(attachments))


def _note_in_place(db: Database, number: int, article: Article, places: Sequence[int]) -> None:
    """The wording is recognised by the digests of its files too, as soon as they are known."""
    content_hash = fingerprint(wording(article))
    db.conn.executemany(
        "update attachments set sha256 = ? where article = ? and position = ?",
        [(article.attachments[place].sha256, number, place) for place in places],
    )
    db.conn.execute("update articles set content_hash = ? where number = ?", [content_hash, number])
    db.conn.execute("update versions set content_hash = ? where article = ? and record is null", [content_hash, number])


def with_digests(article: Article, before: Article) -> Article:
    """Return a page that was read again with the digests of the files it had before: no page tells them."""
    known = {file_key(one.url): one.sha256 for one in before.attachments if one.sha256}
    if not known:
        return article
    # The same file under another version number, if only one can be meant.
    names = [file_of(one.url) for one in before.attachments]
    named = {file_of(one.url): one.sha256 for one in before.attachments if names.count(file_of(one.url)) == 1}
    files = (
        msgspec.structs.replace(
            one, sha256=one.sha256 or known.get(file_key(one.url), "") or named.get(file_of(one.url), "")
        )
        for one in article.attachments
    )
    return msgspec.structs.replace(article, attachments=tuple(files))


# -- on the way out ------------------------------------------------------------------------------------------------


def known(db: Database, slugs: Sequence[str], due: Sequence[str], *, most: int) -> tuple[KnownFile, ...]:
    """Return what a visit must know about files: those of the articles that are ``due``, those that wait, and some shared.

    Those that were not looked at for longest come first.
    """
    asked = {"slugs": _json(slugs), "due": _json(due), "most": most, "shared": SHARED}
    rows = [row for which in (_OF_DUE, _WAITING, _SHARED) for row in db.conn.execute(which, asked)]
    return tuple(
        KnownFile(url=url, article=article, etag=etag, last_modified=last_modified, sha256=sha256, content=content)
        for url, article, etag, last_modified, sha256, content in rows
    )


_OF_DUE = """
    select attachments.url, addresses.url, coalesce(files.etag, ''), coalesce(files.last_modified, ''),
      coalesce(files.sha256, ''), coalesce(file_versions.content, '')
    from addresses
    join articles on articles.number = addresses.article
    join attachments on attachments.article = addresses.article
    left join files on files.source = articles.source and files.key = attachments.key
    left join file_versions on file_versions.file = files.number and file_versions.version = files.versions
    where addresses.source in (select value from json_each(:slugs))
      and addresses.url in (select value from json_each(:due))
      and coalesce(files.state, '') <> 'waiting'
    order by files.looked_at
"""
_WAITING = """
    select files.url, articles.url, files.etag, files.last_modified, '', ''
    from files join articles on articles.number = files.article
    where files.source in (select value from json_each(:slugs)) and files.state = 'waiting'
    order by files.number limit :most
"""
_SHARED = """
    select files.url, '', files.etag, files.last_modified, files.sha256, file_versions.content
    from files join file_versions on file_versions.file = files.number and file_versions.version = files.versions
    where files.source in (select value from json_each(:slugs))
    order by files.looked_at desc limit :shared
"""


def _json(values: Sequence[str]) -> str:
    return msgspec.json.encode(values).decode()


def of_article(db: Database, number: int) -> list[StoredFile]:
    """Return the files that an article offers, each with all its versions, as it lists them."""
    rows = db.conn.execute(
        """
        select attachments.position, attachments.url, attachments.title, files.number, coalesce(files.state, 'listed'),
          files.looked_at, files.last_seen, coalesce(files.note, '')
        from attachments
        join articles on articles.number = attachments.article
        left join files on files.source = articles.source and files.key = attachments.key
        where attachments.article = ? order by attachments.position
        """,
        [number],
    ).fetchall()
    return [
        StoredFile(
            position=position,
            url=url,
            title=title,
            state=state,
            looked_at=moments.optional(looked_at),
            last_seen=moments.optional(last_seen),
            note=note,
            versions=_versions(db, file) if file else (),
        )
        for position, url, title, file, state, looked_at, last_seen, note in rows
    ]


def _versions(db: Database, file: int) -> tuple[FileVersion, ...]:
    rows = db.conn.execute(
        """
        select version, seen, sha256, size, type, name, pages, text, note from file_versions
        where file = ? order by version
        """,
        [file],
    )
    return tuple(
        FileVersion(
            version=version,
            seen=moments.moment(seen),
            sha256=sha256,
            size=size,
            type=type_,
            name=name,
            pages=pages,
            text=text,
            note=note,
        )
        for version, seen, sha256, size, type_, name, pages, text, note in rows
    )


def text_of(db: Database, number: int) -> str:
    """Return what the files of an article say, for the search index; only so much of it as is worth finding."""
    rows = db.conn.execute(
        """
        select distinct file_versions.text
        from attachments
        join articles on articles.number = attachments.article
        join files on files.source = articles.source and files.key = attachments.key
        join file_versions on file_versions.file = files.number and file_versions.version = files.versions
        where attachments.article = ? and file_versions.text <> '' order by attachments.position
        """,
        [number],
    )
    return "\n".join(row[0] for row in rows)[:SEARCHED]


class ListedFile(Record, frozen=True, kw_only=True):
    """A file as a list of many shows it."""

    article: int
    source: str
    state: str
    title: str
    url: str
    size: int | None
    pages: int | None
    versions: int
    looked_at: datetime | None
    note: str


def listed(db: Database, *, source: str | None = None, state: str | None = None, limit: int = 20) -> list[ListedFile]:
    """Return the files that were or are to be fetched, the newest first."""
    rows = db.conn.execute(
        """
        select files.article, files.source, files.state,
          coalesce((
            select title from attachments where attachments.article = files.article and attachments.key = files.key
          ), files.name),
          files.url, files.size, files.pages, files.versions, files.looked_at, files.note
        from files
        where (:source is null or files.source = :source) and (:state is null or files.state = :state)
        order by files.number desc limit :limit
        """,
        {"source": source, "state": state, "limit": limit},
    )
    return [
        ListedFile(
            article=article,
            source=slug,
            state=standing,
            title=title,
            url=url,
            size=size,
            pages=pages,
            versions=versions,
            looked_at=moments.optional(looked_at),
            note=note,
        )
        for article, slug, standing, title, url, size, pages, versions, looked_at, note in rows
    ]
