"""What a page needs of the archive, read through one connection that cannot write and may not take long."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from feeds.channels import Channel, channels
from feeds.publishers import Publisher, publisher, stranger
from feeds.windows import window
from health import Health, judge
from scrapers.sources import Source
from storage.articles import StoredArticle, latest, numbered
from storage.database import Database, explained, open_readonly
from storage.sources import definition, outlook
from storage.versions import flapping
from storage.visits import last
from web.shelf import Shelf
from web.shown import Row, Standing, row

SECONDS = 5.0
"""How long the archive may work for one page."""
_STEPS = 20_000
_HISTORY = 10


class Desk:
    """One request's view of the archive."""

    def __init__(self, db: Database, shelf: Shelf, *, title: str, now: datetime) -> None:
        self.db, self.title, self._shelf, self._now = db, title, shelf, now
        self._publishers: dict[str, Publisher | None] = {}

    @property
    def standings(self) -> list[Standing]:
        """Every source the archive knows and how it is doing, followed ones first."""
        return self._shelf.keep("standings", self._stand)

    @property
    def sources(self) -> dict[str, Source]:
        """The followed sources, by slug."""
        return self._shelf.keep("sources", self._follow)

    @property
    def channels(self) -> dict[str, Channel]:
        """The feeds there are, by slug; that of everything first."""
        return self._shelf.keep("channels", self._tune)

    def _stand(self) -> list[Standing]:
        states, restless = outlook(self.db, now=self._now), flapping(self.db)
        return [Standing(state=one, health=self._health(one.slug, restless.get(one.slug, ()))) for one in states]

    def _health(self, slug: str, restless: Sequence[int]) -> Health:
        return judge(
            last(self.db, slug, _HISTORY), definition(self.db, slug), today=self._now.date(), flapping=restless
        )

    def _follow(self) -> dict[str, Source]:
        slugs = [one.state.slug for one in self.standings if one.state.followed]
        return {slug: source for slug in slugs if (source := definition(self.db, slug))}

    def _tune(self) -> dict[str, Channel]:
        return {channel.slug: channel for channel in channels(self.db, self.sources.values(), title=self.title)}

    def channels_of(self, source: str) -> list[Channel]:
        """A source's feeds: the whole one, then its sections."""
        return [channel for channel in self.channels.values() if channel.source == source]

    def publisher(self, stored: StoredArticle) -> Publisher:
        """Who published an article, followed still or not."""
        slug = stored.source
        if slug not in self._publishers:
            source = self.sources.get(slug) or definition(self.db, slug)
            self._publishers[slug] = publisher(source) if source else None
        return self._publishers[slug] or stranger(stored)

    def rows(self, found: Iterable[StoredArticle]) -> list[Row]:
        return [row(stored, self.publisher(stored)) for stored in found]

    def latest(self, *, source: str | None = None, limit: int, before: int | None = None) -> list[Row]:
        return self.rows(latest(self.db, source=source, limit=limit, before=before))

    def window(self, channel: Channel) -> list[Row]:
        """The articles a channel's feeds hold just now."""
        by: Mapping[str, Publisher] = {slug: publisher(source) for slug, source in self.sources.items()}
        return self.rows(numbered(self.db, [entry.number for entry in window(self.db, channel, by, now=self._now)]))


@contextmanager
def reading(path: Path, shelf: Shelf, *, title: str, now: datetime) -> Iterator[Desk]:
    """Open the archive for one page. Raises ArchiveError when it cannot be read, or not in time."""
    with explained(path), closing(open_readonly(path)) as db:
        until = time.monotonic() + SECONDS
        db.conn.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        yield Desk(db, shelf, title=title, now=now)
