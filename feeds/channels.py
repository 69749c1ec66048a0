"""Which feeds exist: one for every source, one for every section of a source, and one for everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from feeds.entries import category
from feeds.phrases import phrases
from feeds.publishers import Publisher, publisher
from feeds.slugs import slug
from feeds.text import line
from scrapers.items import Record
from scrapers.sources import Source
from storage.articles import sections
from storage.database import Database

ALL = "all"


class Channel(Record, frozen=True, kw_only=True):
    """One feed: what it is called and what it holds."""

    slug: str
    """Permanent; part of its addresses."""
    title: str
    description: str
    language: str
    publisher: Publisher | None = None
    """None for the feed of everything."""
    sections: tuple[str, ...] = ()
    """The archive's names of the section this channel is limited to; they differ in case or accents only."""
    country: str = ""
    every: timedelta
    """How often something new may appear."""
    private: bool = False
    """Some of its pages live on a private network."""

    @property
    def source(self) -> str:
        return self.publisher.slug if self.publisher else ""


class Addresses(Record, frozen=True, kw_only=True):
    """Where a channel is found."""

    slug: str
    title: str
    rss: str
    atom: str
    json: str
    html: str


def channels(db: Database, sources: Iterable[Source], *, title: str = "Bantin") -> list[Channel]:
    """Return every feed there is: that of everything first, then each source with its sections."""
    followed = sorted(sources, key=lambda source: source.slug)
    titles = _titles(followed)
    every = [channel for source in followed for channel in _of_source(db, source, titles[source.slug])]
    return [_of_everything(followed, title), *every]


def addresses(channels: Iterable[Channel], base_url: str) -> list[Addresses]:
    return [address(channel.slug, channel.title, base_url) for channel in channels]


def address(slug: str, title: str, base_url: str) -> Addresses:
    """Return where the channel of this name is found."""
    stem = f"{base_url.rstrip('/')}/feeds/{slug}"
    return Addresses(
        slug=slug, title=title, rss=f"{stem}.rss", atom=f"{stem}.atom", json=f"{stem}.json", html=f"{stem}.html"
    )


@lru_cache(maxsize=4096)
def section_slug(source: str, section: str) -> str:
    """Return the slug of a section's channel, "" when the section has no name to show."""
    return f"{source}.{slug(shown)}" if (shown := category(section)) else ""


def _of_everything(followed: list[Source], title: str) -> Channel:
    spoken = Counter(publisher(source).language for source in followed)
    # The language most sources write in; of several, the alphabet decides.
    language = min(spoken, key=lambda tag: (-spoken[tag], tag), default="en")
    words = phrases(language)
    return Channel(
        slug=ALL,
        title=line(f"{title} – {words.everything}"),
        description=words.about_everything,
        language=language,
        every=min((source.schedule.every for source in followed), default=timedelta(hours=1)),
        private=any(source.limits.allow_private for source in followed),
    )


def _of_source(db: Database, source: Source, title: str) -> Iterator[Channel]:
    by, words = publisher(source), phrases(source.language)
    host = urlsplit(source.homepage).hostname or source.slug
    whole = Channel(
        slug=source.slug,
        title=title,
        description=words.about.format(ministry=by.name, host=host),
        language=by.language,
        publisher=by,
        country=source.country,
        every=source.schedule.every,
        private=by.private,
    )
    yield whole
    for name, (shown, variants) in sorted(_sections(db, source.slug).items()):
        yield Channel(
            slug=name,
            title=line(f"{title} – {shown}"),
            description=words.about_section.format(section=shown, ministry=by.name, host=host),
            language=by.language,
            publisher=by,
            sections=variants,
            country=source.country,
            every=source.schedule.every,
            private=by.private,
        )


def _sections(db: Database, source: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return a source's sections by slug: the name to show, and the archive's names."""
    found: dict[str, list[str]] = {}
    for section, _ in sections(db, source):
        if name := section_slug(source, section):
            found.setdefault(name, []).append(section)
    return {name: (category(min(variants, key=_loudness)), tuple(sorted(variants))) for name, variants in found.items()}


def _loudness(name: str) -> tuple[bool, str]:
    """Sorts "Tin tức" before "TIN TỨC"."""
    return name.isupper(), name


def _titles(followed: list[Source]) -> dict[str, str]:
    """Return what each source's feed is called; two websites of one ministry are told apart by their hosts."""
    plain = {source.slug: publisher(source).name for source in followed}
    hosted = {
        source.slug: f"{plain[source.slug]} ({urlsplit(source.homepage).hostname or source.slug})"
        if _several(plain, source.slug)
        else plain[source.slug]
        for source in followed
    }
    return {slug: f"{plain[slug]} ({slug})" if _several(hosted, slug) else title for slug, title in hosted.items()}


def _several(titles: dict[str, str], slug: str) -> bool:
    return sum(title == titles[slug] for title in titles.values()) > 1
