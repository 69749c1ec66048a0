"""Takes a visit into the archive: the one way anything gets in, and one transaction each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlite_utils import Database

from scrapers.items import Article, Cause, Changes, Reading, Visit
from scrapers.observations import Absence, File
from scrapers.sources import Schedule
from storage import (
    absences,
    addresses,
    causes,
    changes,
    documents,
    evidence,
    files,
    looks,
    matches,
    moments,
    relisted,
    rows,
    second_looks,
    sightings,
    sources,
    states,
    templates,
    versions,
    visits,
)
from storage.articles import StoredArticle, numbered
from storage.changes import Kind
from storage.classes import classify, is_noise
from storage.database import write
from storage.identity import at_address, chain, named, recognise
from storage.keys import key
from storage.known import is_poorer, with_what_is_known
from storage.parts import refresh_parts
from storage.restless import restless_places
from storage.wording import differing, fingerprint, wording


def record(db: Database, visit: Visit, *, warc: Path, authority: str, now: datetime) -> Changes:
    """Record a visit, or a part of one, and return what it changed.

    Recording the same part again changes nothing and returns the same. Raises ArchiveError when the archive or
    its evidence cannot be written; then nothing of the visit is in it.
    """
    with write(db):
        number = visits.number_of(db, visit)
        if number is None:
            number = _Recording(db, visit, warc=warc, authority=authority, now=now).run()
        return changes.of_visit(db, visit, number)


class _Recording:
    """One visit on its way into the archive."""

    def __init__(self, db: Database, visit: Visit, *, warc: Path, authority: str, now: datetime) -> None:
        self.db, self.visit, self.warc, self.authority, self.now = db, visit, warc, authority, now
        self.sources: Sequence[str] = chain(db, visit.source)
        self.stamp = moments.text(now)
        self.number = 0
        self.read: set[int] = set()
        self.looked: set[int] = set()
        followed = sources.definition(db, visit.source) if visit.readings else None
        self.fetches = followed is not None and followed.attachments == "fetch"
        self.gone = {key(url) for url in visit.gone} if absences.shows_its_news(visit) else set()

    def run(self) -> int:
        db, visit = self.db, self.visit
        self.number = visits.enter(db, visit, now=self.now)
        evidence.keep(db, self.warc, visit.source, self.number, visit.evidence)
        shown_again = relisted.again(db, visit.source, visit.sightings)
        sightings.note(db, visit.source, self.sources, visit.sightings, now=self.stamp)
        absences.keep_canaries(db, visit.canaries)
        sightings.note_entrances(db, visit.source, visit.exchanges)
        if visit.template:
            templates.keep(db, visit.source, visit.template, now=self.now)
        for reading in _oldest_first(visit.readings):
            self._take(reading)
        for url in visit.unchanged:
            self._unchanged(url)
        for url in (*(trouble.url for trouble in visit.troubles), *visit.gone, *(old for old, _ in visit.moved)):
            self._tried(url)
        for absence in absences.told(visit):
            self._gone(absence)
        for file in visit.files:
            self._file(file)
        looks.note(db, visit, self.number, now=self.stamp)
        second_looks.note(db, self.number, self.read | self.looked, shown_again, self._schedule(), now=self.now)
        visits.count_changes(db, self.number)
        return self.number

    def _take(self, reading: Reading) -> None:
        addressed = addresses.own(reading.article)
        asked = [old for old, new in self.visit.moved if new in addressed]
        match = recognise(self.db, self.sources, reading.article, asked=asked, gone=self.gone)
        documents.note(self.db, reading.article, now=self.stamp)
        if match is None:
            number = self._new(reading)
        else:
            number = match.number
            matches.note_new(
                self.db, self.number, self.visit.source, self.sources, match, [*addressed, *asked], now=self.stamp
            )
            self._again(number, reading, asked)
        self.read.add(number)
        if self.fetches:
            files.expect(self.db, self._home(number), number, reading.article, now=self.stamp)
        sightings.join(self.db, self.visit.source, number, [*addressed, *asked])
        for url in asked:
            addresses.note_move(self.db, self._home(number), number, url, now=self.stamp)

    def _new(self, reading: Reading) -> int:
        article = reading.article
        content_hash = fingerprint(wording(article))
        tag = rows.mint(self.authority, self.visit.source, self.now)
        number = rows.insert(
            self.db, article, tag=tag, source=self.visit.source, now=self.now, content_hash=content_hash
        )
        versions.begin(self.db, number, reading, 1, visit=self.number, now=self.now, content_hash=content_hash)
        addresses.note_reading(self.db, self.visit.source, number, reading, now=self.stamp)
        self._change(number, "new")
        return number

    def _again(self, number: int, reading: Reading, asked: Sequence[str]) -> None:
        """Look at a known article again: note where it stands now, and what it says if that is new."""
        db, url = self.db, reading.article.url
        fresh = versions.is_fresh(db, number)
        strange = at_address(db, self.sources, url) is None and named(db, self.sources, url) != number
        moves = strange or any(states.stands_at(db, number, old) for old in asked)
        elsewhere = not states.stands_at(db, number, url)
        addresses.note_reading(db, self._home(number), number, reading, now=self.stamp)
        self._seen(number)
        if moves or not elsewhere:  # a website that went to https, say, writes the same address anew
            states.move(db, number, reading.article)
        if moves and elsewhere:
            self._change(number, "moved")
        self._revise(number, reading, fresh=fresh)

    def _revise(self, number: int, reading: Reading, *, fresh: bool) -> None:
        before = numbered(self.db, [number])[0]
        article = with_what_is_known(reading.article, before.article)
        was, after = wording(before.article), wording(article)
        fields = differing(was, after)
        content_hash = fingerprint(after)
        spots = restless_places(before.article, article, fields) if fields else ()
        if not fields or versions.flaps(self.db, number, content_hash) or versions.is_restless(self.db, number, spots):
            rows.refresh(self.db, number, article)
            if not fields:
                refresh_parts(self.db, number, before.article, article)
            return
        if is_poorer(before.article, article):
            # The website was rebuilt and its layout matches no more: what differs is how we read, not what was said.
            return
        cause, doubt = causes.cause_of(self.db, self.warc, self.sources, number, before.article, reading)
        self._replace(number, reading, before, article, fields, cause, spots=spots if fresh else ())
        causes.note_doubt(self.db, number, doubt)

    def _replace(
        self,
        number: int,
        reading: Reading,
        before: StoredArticle,
        article: Article,
        fields: tuple[str, ...],
        cause: Cause,
        *,
        spots: Sequence[str] = (),
    ) -> None:
        """Put another wording in the place of the present one, which is kept as a version.

        A reading of ours is no edit, and of mere spacing nobody needs to be told.
        """
        edits = classify(before.article, article) if cause is Cause.MINISTRY else ()
        is_change = cause is Cause.PARSER or not is_noise(edits)
        content_hash = fingerprint(wording(article))
        # A clock that was set back must not put a wording before the one it replaced, unless that one's was wrong.
        now = self.now if moments.is_beyond(before.revised, self.now) else max(self.now, before.revised)
        versions.close(self.db, number, before.article)
        revised = now if cause is Cause.MINISTRY and is_change else before.revised
        rows.revise(self.db, number, article, revised=revised, content_hash=content_hash)
        if cause is Cause.MINISTRY and is_change:
            states.rewatch(self.db, number, now=self.now)
        versions.begin(
            self.db,
            number,
            reading,
            before.versions + 1,
            visit=self.number,
            now=now,
            content_hash=content_hash,
            fields=fields,
            cause=cause,
            edits=edits,
            spots=spots,
        )
        if is_change:
            self._change(number, "revised", fields, cause)

    def _file(self, file: File) -> None:
        """Note what came of asking for a file; other bytes at the same address are an edit of the article it hangs on."""
        number = at_address(self.db, self.sources, file.article)
        if number is None:
            return
        home = self._home(number)
        is_new = files.take(self.db, home, self.number, number, file, now=self.stamp)
        before = numbered(self.db, [number])[0]
        known, article = files.held(self.db, home, number, before.article, file.url)
        if is_new or known is not before.article:
            rows.index_files(self.db, number, known)
        fields = differing(wording(known), wording(article))
        if fields and not versions.flaps(self.db, number, fingerprint(wording(article))):
            reading = Reading(article=article, sha256=versions.evidence_of(self.db, number))
            before = msgspec.structs.replace(before, article=known)
            self._replace(number, reading, before, article, fields, Cause.MINISTRY)

    def _unchanged(self, url: str) -> None:
        number = at_address(self.db, self.sources, url)
        if number is not None:
            addresses.touch(self.db, self._home(number), url, now=self.stamp)
            self._seen(number)

    def _gone(self, absence: Absence) -> None:
        number = at_address(self.db, self.sources, absence.url)
        if number is None or number in self.read or not states.stands_at(self.db, number, absence.url):
            return
        if states.seen_since(self.db, number, self.visit.started):
            return
        state = absences.take(
            self.db, self.visit, self.number, number, absence, now=self.now, schedule=self._schedule()
        )
        if state is not None:
            self._change(number, state)

    def _tried(self, url: str) -> None:
        number = at_address(self.db, self.sources, url)
        if number is not None:
            states.tried(self.db, number, now=self.now)
            self.looked.add(number)

    def _seen(self, number: int) -> None:
        self.looked.add(number)
        if states.seen(self.db, number, now=self.now):
            self._change(number, "restored")

    def _change(self, number: int, kind: Kind, fields: tuple[str, ...] = (), cause: Cause = Cause.MINISTRY) -> None:
        changes.note(self.db, self.number, number, kind, now=self.now, fields=fields, cause=cause)

    def _home(self, number: int) -> str:
        """Return the source an article belongs to: with a predecessor, not always the one that was visited."""
        return str(self.db.conn.execute("select source from articles where number = ?", [number]).fetchone()[0])

    def _schedule(self) -> Schedule:
        source = sources.definition(self.db, self.visit.source)
        return source.schedule if source else Schedule()


def _oldest_first(readings: Iterable[Reading]) -> list[Reading]:
    """Put what was published first first, so that an article's number grows with its date as far as possible."""
    first = datetime.min.replace(tzinfo=UTC)
    return sorted(readings, key=lambda reading: reading.article.published.at if reading.article.published else first)
