"""Articles and sources as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from itertools import groupby

from markupsafe import Markup

from feeds.links import link
from feeds.publishers import Publisher, language
from feeds.safe_html import PLACEHOLDER, paragraphs, plain_text, safe_html
from feeds.text import line, teaser
from feeds.times import times
from health import Health
from scrapers.items import Article, Attachment, Image, Record
from storage.articles import StoredArticle
from storage.sources import SourceState
from web import dates

DOUBTS = {
    "undated": "The page gives no date; this is when it was first seen.",
    "future": "The page is dated later than it was first seen; this is when it was first seen.",
    "implausible": "The page's date cannot be right; this is when it was first seen.",
}


class Row(Record, frozen=True, kw_only=True):
    """An article in a list."""

    number: int
    title: str
    summary: str
    language: str
    section: str
    source: str
    ministry: str
    ministry_language: str
    at: datetime
    """In the ministry's zone."""
    clock: str
    """"" when only the day is known."""
    doubt: str
    withdrawn: bool
    revised: bool


class Standing(Record, frozen=True, kw_only=True):
    """A source and how it is doing."""

    state: SourceState
    health: Health


def row(stored: StoredArticle, by: Publisher) -> Row:
    article, when = stored.article, times(stored, by.timezone)
    day_only = bool(article.published and article.published.precision == "day" and not when.doubt)
    return Row(
        number=stored.number,
        title=title(article),
        summary=teaser(article.lede) or teaser(article.body_text, 300),
        language=language(article.language, by.language),
        section=line(article.section, 100),
        source=by.slug,
        ministry=by.name,
        ministry_language=by.language,
        at=when.published,
        clock="" if day_only else dates.clock(when.published),
        doubt=DOUBTS.get(when.doubt, ""),
        withdrawn=stored.state == "withdrawn",
        revised=when.revised is not None,
    )


def title(article: Article) -> str:
    return line(article.headline) or line(article.kicker) or teaser(article.lede, 120) or "(Untitled)"


def by_day(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Group rows under their day in words; rows come newest first."""
    return [(name, list(group)) for name, group in groupby(rows, key=lambda row: dates.weekday(row.at))]


def body(article: Article, by: Publisher) -> Markup:
    """Return the article's body as HTML that is safe to show, pictures that stand outside it first."""
    text = safe_html(article.body_html, article.url, private=by.private) or paragraphs(article.body_text)
    figures = "".join(_figure(image) for image in images(article, by) if f'src="{escape(image.url)}"' not in text)
    return Markup(_lazily(figures + text))


def lede(article: Article, text: Markup) -> str:
    """The lede, unless the body begins with it."""
    words = " ".join(article.lede.split())
    return "" if " ".join(plain_text(str(text)).split()).startswith(words) else words


def address(url: str, by: Publisher) -> str:
    """Return an address that a page gave, if it is one to click on; else ""."""
    found = link(url, by.homepage, private=by.private)
    return found if found.startswith("http") else ""


def images(article: Article, by: Publisher) -> list[Image]:
    found: dict[str, Image] = {}
    for image in article.images:
        url = link(image.url, article.url, private=by.private)
        if url and not PLACEHOLDER.search(url.lower()):
            found.setdefault(url, Image(url=url, caption=line(image.caption), credit=line(image.credit)))
    return list(found.values())


def attachments(article: Article, by: Publisher) -> list[Attachment]:
    found: dict[str, Attachment] = {}
    for file in article.attachments:
        if url := link(file.url, article.url, private=by.private):
            name = line(file.title) or url.rsplit("/", 1)[-1]
            found.setdefault(url, Attachment(url=url, title=name, type=file.type, size=file.size))
    return list(found.values())


def _figure(image: Image) -> str:
    caption = " ".join(part for part in (image.caption, f"({image.credit})" if image.credit else "") if part)
    under = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(image.url)}" alt="">{under}</figure>'


def _lazily(html: str) -> str:
    return html.replace("<img ", '<img loading="lazy" ')
