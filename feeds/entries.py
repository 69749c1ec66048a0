"""An article as every feed format tells it: one model, so that the formats cannot disagree."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from feeds.content import content
from feeds.links import bare_host, is_below, link
from feeds.phrases import phrases
from feeds.publishers import Publisher, language
from feeds.text import line, teaser
from feeds.times import times
from scrapers.items import Article, Attachment, Image, Record
from storage.articles import StoredArticle

MOST_TAGS = 20
MOST_AUTHORS = 20


class Origin(Record, frozen=True, kw_only=True):
    """The channel an entry of a combined feed comes from."""

    slug: str
    title: str


class Entry(Record, frozen=True, kw_only=True):
    """One article in a feed. Every text is clean, every address absolute, every time in the ministry's zone."""

    id: str
    link: str
    title: str
    summary: str
    """One to three sentences of plain text."""
    content: str
    """The whole article as HTML."""
    published: datetime
    updated: datetime
    noticed: datetime
    authors: tuple[str, ...]
    contributors: tuple[str, ...] = ()
    """The byline, where the ministry stands as author."""
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    number: int = 0
    source: str = ""
    origin: Origin | None = None


@lru_cache(maxsize=1024)
def entry(stored: StoredArticle, by: Publisher, *, limit: int) -> Entry:
    """Tell a stored article; its HTML is cut at about ``limit`` bytes, with a link to the rest."""
    article = stored.article
    when = times(stored, by.timezone)
    address = _address(stored, by)
    told = content(stored, by, when, address=address, limit=limit)
    title = line(article.headline) or line(article.kicker) or teaser(article.lede, 120) or phrases(by.language).untitled
    return Entry(
        id=stored.id,
        link=address,
        title=title,
        summary=teaser(article.lede) or teaser(article.body_text, 300) or teaser(title),
        content=told.html,
        published=when.published,
        updated=when.updated,
        noticed=when.noticed,
        authors=_authors(article) or (by.name,),
        section=category(article.section),
        tags=_tags(article),
        language=language(article.language, by.language),
        images=told.images,
        attachments=told.attachments,
        number=stored.number,
        source=stored.source,
    )


def category(text: str) -> str:
    """Return a section's or tag's name as readers can show it: FreshRSS splits at commas, Thunderbird turns them into ";"."""
    return line(text.replace(",", " "), 100)


def _address(stored: StoredArticle, by: Publisher) -> str:
    article = stored.article
    own = [link(url, by.homepage, private=by.private) for url in (article.canonical_url, article.url, by.homepage)]
    # What a page calls its own address counts on the ministry's website only: anything may stand in a page.
    believed = not stored.misnamed and is_below(bare_host(own[0]), {*by.hosts, bare_host(article.url)})
    tried = own if believed else own[1:]
    return next((url for url in tried if url.startswith("http")), "")


def _authors(article: Article) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for author in article.authors if (name := line(author, 200))))[:MOST_AUTHORS]


def _tags(article: Article) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for tag in article.tags:
        # A comma inside a tag is a list that the page did not take apart.
        for part in line(tag, 400).split(","):
            if (label := line(part, 100)) and label.casefold() != article.section.casefold():
                found.setdefault(label.casefold(), label)
    return tuple(found.values())[:MOST_TAGS]
