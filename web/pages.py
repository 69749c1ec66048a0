"""The pages people read, each a function from the archive to HTML; None means there is no such page."""

from __future__ import annotations

from markupsafe import Markup

from feeds.channels import ALL, Channel, addresses, section_slug
from feeds.entries import category
from feeds.text import line
from health import spell
from scrapers.items import Record
from storage.articles import NoSuchArticle, find
from storage.queries import parse
from storage.search import CLOSE, OPEN, search
from storage.sides import parts
from storage.versions import Version, history
from storage.visits import last
from web.desk import Desk
from web.diffs import marked
from web.papers import document
from web.rendering import Renderer
from web.shown import address, attachments, body, by_day, lede, row, title

HOME_ROWS = 40
HOME_SOURCES = 30
LIST_ROWS = 60
VISITS = 12
FOUND = 50
_FORMATS = (("atom", "Atom"), ("rss", "RSS"), ("json", "JSON Feed"))
_MEDIA = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


class FeedLink(Record, frozen=True, kw_only=True):
    """A feed as a page announces it to readers."""

    title: str
    media: str
    href: str


class Pages:
    """All pages of one website."""

    def __init__(self, renderer: Renderer, *, base_url: str) -> None:
        self._render, self._base = renderer, base_url

    def home(self, desk: Desk, *, before: int | None = None) -> str:
        rows = desk.latest(limit=HOME_ROWS + 1, before=before)
        standings = [one for one in desk.standings if one.state.followed]
        if len(standings) > HOME_SOURCES:
            standings.sort(key=lambda one: not one.health.attention)
        return self._render(
            "home",
            here="home",
            feeds=self._announced(desk, ALL),
            days=by_day(rows[:HOME_ROWS]),
            older=rows[HOME_ROWS - 1].number if len(rows) > HOME_ROWS else None,
            begun=before is None,
            standings=standings[:HOME_SOURCES],
            sources=len(standings),
            links=addresses([desk.channels[ALL]], self._base)[0],
        )

    def feeds(self, desk: Desk) -> str:
        """Every feed in every format."""
        listed = addresses(desk.channels.values(), self._base)
        return self._render(
            "feeds",
            here="feeds",
            feeds=self._announced(desk, ALL),
            listed=[(desk.channels[one.slug], one) for one in listed],
            opml=f"{self._base.rstrip('/')}/feeds/bantin.opml",
        )

    def twin(self, desk: Desk, slug: str) -> str | None:
        """What a feed holds, for people."""
        channel = desk.channels.get(slug)
        if channel is None:
            return None
        return self._render(
            "twin",
            here="feeds",
            feeds=self._announced(desk, slug),
            channel=channel,
            links=addresses([channel], self._base)[0],
            days=by_day(desk.window(channel)),
        )

    def article(self, desk: Desk, number: str) -> str | None:
        try:
            stored = find(desk.db, number)
        except NoSuchArticle:
            return None
        article, by = stored.article, desk.publisher(stored)
        text = body(article, by)
        section = category(article.section)
        slug = section_slug(stored.source, article.section)
        return self._render(
            "article",
            here="",
            feeds=self._announced(desk, slug if slug in desk.channels else stored.source),
            stored=stored,
            article=article,
            url=address(article.url, by),
            canonical="" if stored.misnamed else address(article.canonical_url, by),
            by=by,
            shown=row(stored, by),
            section=section,
            section_feed=slug if slug in desk.channels else "",
            lede=lede(article, text),
            body=text,
            attachments=attachments(article, by),
            versions=history(desk.db, stored.number)[::-1],
        )

    def version(self, desk: Desk, number: str, version: int) -> str | None:
        """One wording of an article, with what it changed."""
        try:
            stored = find(desk.db, number)
        except NoSuchArticle:
            return None
        wordings = {one.number: one for one in history(desk.db, stored.number)}
        if version not in wordings:
            return None
        present, before = wordings[version], wordings.get(version - 1)
        return self._render(
            "version",
            here="",
            feeds=self._announced(desk, stored.source),
            stored=stored,
            by=desk.publisher(stored),
            version=present,
            count=len(wordings),
            headline=title(present.article),
            parts=_differences(before, present),
            fields=present.fields,
        )

    def document(self, desk: Desk, number: str) -> str | None:
        """An official document, and the news that cites it."""
        return document(self._render, desk, number, feeds=self._announced(desk, ALL))

    def sources(self, desk: Desk) -> str:
        return self._render(
            "sources",
            here="sources",
            feeds=self._announced(desk, ALL),
            standings=desk.standings,
        )

    def source(self, desk: Desk, slug: str) -> str | None:
        standing = next((one for one in desk.standings if one.state.slug == slug), None)
        if standing is None:
            return None
        source = desk.sources.get(slug)
        return self._render(
            "source",
            here="sources",
            feeds=self._announced(desk, slug),
            state=standing.state,
            health=standing.health,
            source=source,
            zone=source.timezone if source else "UTC",
            channels=desk.channels_of(slug),
            visits=last(desk.db, slug, VISITS),
            days=by_day(desk.latest(source=slug, limit=LIST_ROWS)),
            spell=spell,
        )

    def search(self, desk: Desk, words: str, *, ranked: bool = False) -> str:
        asked = line(words, 200)
        query = parse(asked)
        found = search(desk.db, query, limit=FOUND, ranked=ranked)
        rows = [
            (row(one.article, desk.publisher(one.article)), _marked(one.headline), _marked(one.snippet))
            for one in found
        ]
        return self._render(
            "search",
            here="",
            feeds=self._announced(desk, ALL),
            asked=asked,
            problems=query.problems,
            found=rows,
            most=len(found) == FOUND,
            ranked=ranked,
        )

    def _announced(self, desk: Desk, slug: str) -> list[FeedLink]:
        """The page's own feeds first, then the one of everything: readers subscribe to the first they see."""
        own = desk.channels.get(slug)
        links = [] if own is None else [self._feed(own, suffix, name) for suffix, name in _FORMATS]
        return links if slug == ALL else [*links, self._feed(desk.channels[ALL], "atom", "Atom")]

    def _feed(self, channel: Channel, suffix: str, name: str) -> FeedLink:
        href = self._render.at(f"/feeds/{channel.slug}.{suffix}")
        return FeedLink(title=f"{channel.title} ({name})", media=_MEDIA[suffix], href=href)


def _differences(before: Version | None, after: Version) -> list[tuple[str, Markup]]:
    """(name, text) of the parts of a wording; what changed is marked where there is a wording before it."""
    old = before.article if before else after.article
    return [
        (part.name, marked(part.pieces))
        for part in parts(old, after.article)
        if part.is_changed or part.field in _SHOWN
    ]


_SHOWN = frozenset(("headline", "published", "authors", "lede", "body_text", "images", "attachments"))
"""Parts that are shown unchanged, too."""


def _marked(snippet: str) -> Markup:
    safe = str(Markup("{}").format(snippet))
    return Markup(safe.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))
