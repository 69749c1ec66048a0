"""Writes every feed in every format, judged before it replaces the one that readers have now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from feeds.build import ICON, Feed
from feeds.channels import ALL, channels
from feeds.editions import FORMATS, edition
from feeds.files import Folder, PublishError
from feeds.opml import opml
from feeds.parsed import Problem
from feeds.publishers import publisher
from feeds.windows import window
from scrapers.items import Grade, Record
from scrapers.sources import Source
from storage.database import Database

__all__ = ["Kept", "PublishError", "Published", "publish"]

OPML = "bantin.opml"


class Kept(Record, frozen=True, kw_only=True):
    """A feed that was not replaced: readers go on getting the last good one."""

    path: str
    problems: tuple[Problem, ...]

    @property
    def problem(self) -> str:
        """The first problem in one line, and how many there are besides."""
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        return f"{self.problems[0]}{more}"


class Published(Record, frozen=True, kw_only=True):
    """What publishing did; paths are relative to the public folder."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    warnings: tuple[tuple[str, Problem], ...] = ()
    """What is not quite right in feeds that were published all the same."""


def publish(
    db: Database,
    sources: Iterable[Source],
    *,
    public: Path,
    base_url: str,
    title: str,
    only: set[str] | None,
    now: datetime,
    least_grade: Grade = "D",
) -> Published:
    """Bring the feeds under ``public`` up to date with the archive, and say what that changed.

    ``only`` names the sources whose articles changed: their feeds and the common ones are made anew. None means all.
    What an article says with less than ``least_grade`` behind it is left out.
    Raises PublishError when the disk does not take them.
    """
    followed = tuple(sources)
    every = channels(db, followed, title=title)
    run = _Run(Folder(public / "feeds"), now)
    publishers = {source.slug: publisher(source) for source in followed}
    for channel in every:
        if only is None or channel.slug == ALL or channel.source in only:
            entries = window(db, channel, publishers, now=now, least_grade=least_grade)
            run.feed(Feed(channel=channel, entries=entries, base_url=base_url))
    run.file(OPML, opml(every, title=title, base_url=base_url))
    run.file(ICON, _icon())
    return run.end()


class _Run:
    """One round of publishing."""

    def __init__(self, folder: Folder, now: datetime) -> None:
        self.folder, self.now = folder, now
        self.written: list[str] = []
        self.unchanged: list[str] = []
        self.kept: list[Kept] = []
        self.warnings: list[tuple[str, Problem]] = []

    def feed(self, feed: Feed) -> None:
        for kind in FORMATS:
            name = f"{feed.channel.slug}.{kind}"
            made = edition(feed, kind, now=self.now)
            if made.errors:
                self.kept.append(Kept(path=f"feeds/{name}", problems=made.errors))
                continue
            self.warnings.extend((f"feeds/{name}", problem) for problem in made.problems)
            self.file(name, made.payload)

    def file(self, name: str, payload: bytes) -> None:
        done = self.written if self.folder.replace(name, payload) else self.unchanged
        done.append(f"feeds/{name}")

    def end(self) -> Published:
        self.folder.settle()
        return Published(
            written=tuple(self.written),
            unchanged=tuple(self.unchanged),
            kept=tuple(self.kept),
            warnings=tuple(self.warnings),
        )


@cache
def _icon() -> bytes:
    return Path(__file__).with_name(ICON).read_bytes()
