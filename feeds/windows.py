"""How far back a feed reaches: at least thirty entries and a week, at most a hundred, and never more than readers like to fetch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

import msgspec

from feeds.channels import Channel
from feeds.clocks import SKEW, put_right
from feeds.entries import Entry, Origin, entry
from feeds.publishers import Publisher, publisher, stranger
from feeds.trust import trusted
from scrapers.items import Grade
from storage.articles import StoredArticle, latest
from storage.database import Database
from storage.sources import definition

MOST = 100
USUAL = 50
FEWEST = 30
REACH = timedelta(days=7)
BUDGET = 490_000
"""Bytes of the largest format; what is left to 512 KB is the channel's own."""
LIMITS = (32_768, 12_000)
"""Bytes of HTML an entry may have. The second is for feeds whose thirty newest articles would break the budget:
what an entry holds must not depend on its neighbours otherwise, or readers would show it as edited."""


def window(
    db: Database,
    channel: Channel,
    publishers: Mapping[str, Publisher],
    *,
    now: datetime | None = None,
    least_grade: Grade = "D",
) -> tuple[Entry, ...]:
    """Return a channel's entries, newest first; of two published at once, the one found later.

    With ``now``, times that lie beyond it are put right. What is graded below ``least_grade`` is left out.
    """
    lean = least_grade == "D"
    found = (
        _found(db, channel, lean=lean) if now is None else put_right(db, _found_by(db, channel, now, lean=lean), now)
    )
    found = found if lean else [trusted(stored, least_grade) for stored in found]
    kept: tuple[Entry, ...] = ()
    known = _known(db, found, publishers) if channel.publisher is None else publishers
    for limit in LIMITS:
        told = [one for stored in found if (one := _told(stored, channel, known, limit)).link]
        told.sort(key=lambda one: (one.published, one.number), reverse=True)
        wanted = told[: _count(told)]
        kept = _affordable(wanted)
        if len(kept) >= min(FEWEST, len(wanted)):
            break
    return kept


def _found_by(db: Database, channel: Channel, now: datetime, *, lean: bool) -> list[StoredArticle]:
    """Return what there is, with what stands behind articles whose place is in the future."""
    found = _found(db, channel, lean=lean)
    if all(stored.dated is None or stored.dated <= now + SKEW for stored in found):
        return found
    standing = {stored.number: stored for stored in (*found, *_found(db, channel, until=now + SKEW, lean=lean))}
    return list(standing.values())


def _found(db: Database, channel: Channel, *, lean: bool, until: datetime | None = None) -> list[StoredArticle]:
    if not channel.sections:
        return latest(db, source=channel.source or None, limit=MOST, until=until, lean=lean)
    return [
        stored
        for name in channel.sections
        for stored in latest(db, source=channel.source, section=name, limit=MOST, until=until, lean=lean)
    ]


def _known(db: Database, found: list[StoredArticle], publishers: Mapping[str, Publisher]) -> Mapping[str, Publisher]:
    """Add the sources that are followed no longer, as the archive remembers them: their articles stay as they were.

    Those of a private network have no address for strangers any more, and leave.
    """
    lost = {stored.source for stored in found} - publishers.keys()
    remembered = {slug: publisher(source) for slug in lost if (source := definition(db, slug))}
    public = {slug: msgspec.structs.replace(one, private=False) for slug, one in remembered.items()}
    return {**publishers, **public}


def _told(stored: StoredArticle, channel: Channel, publishers: Mapping[str, Publisher], limit: int) -> Entry:
    by = channel.publisher or publishers.get(stored.source) or stranger(stored)
    told = entry(_lasting(stored), by, limit=limit)
    if channel.publisher:
        return told
    byline = tuple(name for name in told.authors if name != by.name)
    return msgspec.structs.replace(
        told, authors=(by.name,), contributors=byline, origin=Origin(slug=by.slug, title=by.name)
    )


def _lasting(stored: StoredArticle) -> StoredArticle:
    """Leave out what no feed shows, so that an article looked at again is known to be the same."""
    article = msgspec.structs.replace(stored.article, passport=(), related=(), comments_count=None, modified=None)
    return msgspec.structs.replace(stored, article=article, looked_at=stored.first_seen)


def _count(told: list[Entry]) -> int:
    recent = sum(one.published >= told[0].published - REACH for one in told) if told else 0
    return min(MOST, max(USUAL, recent))


def _affordable(wanted: list[Entry]) -> tuple[Entry, ...]:
    left, kept = BUDGET, []
    for one in wanted:
        left -= weight(one)
        if left < 0:
            break
        kept.append(one)
    return tuple(kept)


@lru_cache(maxsize=1024)
def weight(one: Entry) -> int:
    """Return about how many bytes an entry takes in the wordiest format."""
    html = one.content
    escaped = 3 * (html.count("<") + html.count(">")) + 4 * html.count("&") + html.count('"')
    beside = [one.title, one.summary, *one.tags, *one.authors, *one.contributors, one.link, one.id]
    beside += [text for image in one.images for text in (image.url, image.caption, image.credit)]
    beside += [text for file in one.attachments for text in (file.url, file.title, file.type)]
    # Measured on Atom, whose elements and addresses take most room.
    marks = 500 + 160 * len(one.images) + 30 * len(one.attachments) + 20 * len(one.tags)
    marks += 40 * len(one.authors + one.contributors) + (750 if one.origin else 0)
    return len(html.encode()) + escaped + sum(len(text.encode()) + 16 for text in beside) + marks
