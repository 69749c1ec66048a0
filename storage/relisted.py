"""Known articles that a list shows anew: back after they had fallen off it, moved to its top, or told otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlite_utils import Database

from scrapers.items import Headline, Sighting
from storage import moments
from storage.keys import key


class _Before(NamedTuple):
    """How a list showed an article when it was last seen on it."""

    article: int
    last_seen: str
    position: int
    title: str
    summary: str
    published: str | None


def again(db: Database, source: str, sightings: Sequence[Sighting]) -> set[int]:
    """Return the articles shown anew. Asked before the sightings are noted: then what was shown before is known."""
    by_entrance = sorted(sightings, key=lambda sighting: sighting.entrance)
    found: set[int] = set()
    for entrance, rows in groupby(by_entrance, key=lambda sighting: sighting.entrance):
        headlines = {key(row.headline.url): row.headline for row in rows}
        found |= _anew(list(headlines.items()), _before(db, source, entrance, headlines))
    return found


def _before(db: Database, source: str, entrance: str, keys: Iterable[str]) -> dict[str, _Before]:
    rows = db.conn.execute(
        """
        select key, article, last_seen, position, title, summary, published_local from sightings
        where source = ? and key in (select value from json_each(?)) and entrance = ? and article is not null
        """,
        [source, msgspec.json.encode(list(keys)).decode(), entrance],
    )
    return {found: _Before(*columns) for found, *columns in rows}


def _anew(rows: Sequence[tuple[str, Headline]], before: Mapping[str, _Before]) -> set[int]:
    known = [(place, before[found], row) for place, (found, row) in enumerate(rows) if found in before]
    if not known:
        return set()
    last = max(was.last_seen for _, was, _ in known)
    stayed = [(place, was) for place, was, _ in known if was.last_seen == last]
    anew = {was.article for _, was, row in known if _is_told_otherwise(was, row)}
    # Behind all that stayed, a visit may just have gone further down the list than the one before.
    anew |= {was.article for place, was, _ in known if was.last_seen < last and place < stayed[-1][0]}
    place, first, _ = known[0]
    if place == 0 and first.last_seen == last and any(was.position < first.position for _, was in stayed):
        anew.add(first.article)
    return anew


def _is_told_otherwise(was: _Before, row: Headline) -> bool:
    """Say whether title, date or summary are others; what is not told on one of the two looks contradicts nothing."""
    shown: tuple[tuple[Any, Any], ...] = (
        (was.title, row.title),
        (was.summary, row.summary),
        (was.published, moments.local(row.published)),
    )
    return any(old and new and old != new for old, new in shown)
