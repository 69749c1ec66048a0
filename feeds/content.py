"""The HTML of an entry: notices, lede, pictures, the article, its files, and what a reader should know about the times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import unquote, urlsplit

from feeds.links import link
from feeds.phrases import Phrases, moment, phrases
from feeds.publishers import Publisher
from feeds.safe_html import PLACEHOLDER, REL, cut, paragraphs, plain_text, safe_html
from feeds.text import line
from feeds.times import Times
from scrapers.items import Article, Attachment, Image, Record
from scrapers.media_types import media_type
from storage.articles import StoredArticle

MOST_IMAGES = 40
MOST_ATTACHMENTS = 40
LEDE = 3000


class Content(Record, frozen=True, kw_only=True):
    html: str
    images: tuple[Image, ...]
    """Those that ``html`` shows."""
    attachments: tuple[Attachment, ...]
    """Those that ``html`` lists, each with a title and a type."""


def content(stored: StoredArticle, by: Publisher, when: Times, *, address: str, limit: int) -> Content:
    """Put together what a reader sees of an article, its body cut at about ``limit`` bytes."""
    article, words = stored.article, phrases(by.language)
    whole = safe_html(article.body_html, article.url, private=by.private) or paragraphs(article.body_text)
    body, shortened = cut(whole, limit)
    images, files = _images(article, by), _attachments(article, by, words)
    html = "".join(
        [
            _notice(words.withdrawn.format(ministry=by.name)) if stored.state == "withdrawn" else "",
            _lede(article, whole),
            *(_figure(image) for image in images if not _shown(image, whole)),
            body,
            _onward(address, words.read_on if shortened else "" if whole else words.read_there),
            _list(files, words),
            *_remarks(when, words),
        ]
    )
    return Content(html=html, images=tuple(image for image in images if _shown(image, html)), attachments=files)


def _notice(text: str) -> str:
    return f"<p><strong>{escape(text)}</strong></p>"


def _lede(article: Article, body: str) -> str:
    lede = line(article.lede, LEDE)
    # Some pages print the lede as the first paragraph as well; once is enough.
    if not lede or line(plain_text(body[: 4 * LEDE]), LEDE).startswith(lede):
        return ""
    return f"<p>{escape(lede)}</p>"


def _figure(image: Image) -> str:
    caption = " ".join(part for part in (image.caption, f"({image.credit})" if image.credit else "") if part)
    under = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(image.url)}" alt="">{under}</figure>'


def _shown(image: Image, html: str) -> bool:
    return f'src="{escape(image.url)}"' in html


def _onward(address: str, text: str) -> str:
    return f"<p>{_anchor(address, text)}</p>" if text else ""


def _anchor(address: str, text: str) -> str:
    return f'<a href="{escape(address)}" rel="{REL}">{escape(text)}</a>'


def _list(files: Iterable[Attachment], words: Phrases) -> str:
    rows = "".join(f"<li>{_anchor(file.url, file.title)}</li>" for file in files)
    return f"<h3>{words.attachments}</h3><ul>{rows}</ul>" if rows else ""


def _remarks(when: Times, words: Phrases) -> Iterator[str]:
    """What is not the ministry's word but ours, below a line."""
    remarks = [
        words.revised.format(moment=moment(when.revised, words)) if when.revised else "",
        _doubt(when, words),
    ]
    if any(remarks):
        yield "<hr>"
    yield from (f"<p><em>{escape(remark)}</em></p>" for remark in remarks if remark)


def _doubt(when: Times, words: Phrases) -> str:
    said = {"": "", "undated": words.undated, "future": words.future, "implausible": words.implausible}
    return said[when.doubt].format(printed=moment(when.stated, words) if when.stated else "")


def _images(article: Article, by: Publisher) -> tuple[Image, ...]:
    found: dict[str, Image] = {}
    for image in article.images:
        url = link(image.url, article.url, private=by.private)
        if url and not PLACEHOLDER.search(url.lower()):
            found.setdefault(url, Image(url=url, caption=line(image.caption), credit=line(image.credit, 200)))
    return tuple(found.values())[:MOST_IMAGES]


def _attachments(article: Article, by: Publisher, words: Phrases) -> tuple[Attachment, ...]:
    found: dict[str, Attachment] = {}
    for file in article.attachments:
        if url := link(file.url, article.url, private=by.private):
            found.setdefault(url, _attachment(file, url, words.attachment.format(number=len(found) + 1)))
    return tuple(found.values())[:MOST_ATTACHMENTS]


def _attachment(file: Attachment, url: str, otherwise: str) -> Attachment:
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1], errors="ignore")
    return Attachment(
        url=url,
        title=line(file.title) or line(name, 200) or otherwise,
        type=media_type(url) or (file.type if _is_type(file.type) else "application/octet-stream"),
        size=file.size if file.size and file.size > 0 else None,
    )


def _is_type(text: str) -> bool:
    kind, slash, rest = text.partition("/")
    return bool(slash) and kind.isalpha() and text.isascii() and bool(rest) and not set(rest) & set(' ;,/"<>')
