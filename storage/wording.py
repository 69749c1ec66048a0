"""What a reader sees of an article, in a form that two looks at an unchanged page share; for telling edits from noise.

Left out on purpose, because pages change them without anybody having edited anything: comment counts, related
links, the page's "modified" stamp, lines that only count readers or tell the time, attachment sizes, hosts, sessions
and signatures in addresses, the order of pictures, and markup around the same words. The archive keeps those as they
were when the wording was last new.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import msgspec

from scrapers.items import Article, Attachment, Moment
from storage.counters import lasting, passing

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"""<a\b[^<>]*?\shref=["']([^"']*)["']""", re.IGNORECASE)
_PLAYED = re.compile(r"""<(?:img|iframe|video|audio|source)\b[^<>]*?\ssrc=["']([^"']*)["']""", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*|/\((?:[SXF]\([^()/]*\))+\)", re.IGNORECASE)
_VOLATILE = re.compile(
    r"^(?:.*token|.*sig|.*signature|sign|expires?|exp|hash|hmac|x-(?:amz|goog)-.*|v|ver|t|ts|time|timestamp|_|rnd|rand"
    r"|w|h|width|height|size|q|quality|format|fit|crop|itok|.*session.*|sid|s_?id|.*sessid|utm_.*|[a-z]{1,2}clid|nocache|no_cache"
    r"|cache.*|cb|nonce|rev|revision|mc_[ce]id|_gl|_ga|srsltid)$",
    re.IGNORECASE,
)

Wording = dict[str, object]


def wording(article: Article) -> Wording:
    """Return what a reader sees, by the names of Article's fields, in comparable form."""
    return {field: compared(article) for field, compared in _COMPARED.items()}


def fingerprint(seen: Wording) -> str:
    """Return the SHA-256 by which a wording is recognised."""
    return hashlib.sha256(msgspec.json.encode(seen)).hexdigest()


def differing(before: Wording, after: Wording) -> tuple[str, ...]:
    """Name the fields a reader would see differ.

    "body_html" only when the words are the same and a link, a picture or text outside the paragraphs is not.
    """
    fields = [field for field in after if before.get(field) != after[field]]
    if "body_text" in fields and "body_html" in fields:
        fields.remove("body_html")
    return tuple(fields)


def edited_fields(before: Article, after: Article) -> tuple[str, ...]:
    """Name the fields a reader would see differ, without working out those that cannot."""
    fields = tuple(field for field in _COMPARED if getattr(before, field) != getattr(after, field))
    found = [field for field in fields if field != "body_html" and _COMPARED[field](before) != _COMPARED[field](after)]
    if "body_html" in fields and "body_text" not in found and _beyond_words(before) != _beyond_words(after):
        found.append("body_html")
    return tuple(sorted(found, key=list(_COMPARED).index))


def plain(text: str) -> str:
    """Return text with composed characters, single spaces and nothing invisible."""
    return " ".join(_visible(text).split())


def _visible(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _published(published: Moment | None) -> list[str] | None:
    if published is None:
        return None
    # Of a bare day only the day means anything: its zone may be guessed differently next time. Of a time the minute
    # does: metadata have seconds that nobody is shown, and one look finds them where the next does not.
    if published.precision == "day":
        return ["day", published.iso]
    return ["minute", str(int(published.at.timestamp() // 60))]


def _attachment(attachment: Attachment) -> list[str]:
    """A file is what stands at its address, too, as far as that is known."""
    # That it became known is no edit: ``files.held`` notes it in place.
    told = [file_of(attachment.url), plain(attachment.title)]
    return [*told, attachment.sha256] if attachment.sha256 else told


def _beyond_words(article: Article) -> list[object]:
    html = article.body_html
    letters = "".join(_visible(unescape(_TAG.sub(" ", html))).split())
    for line in passing(article.body_text):
        letters = letters.replace("".join(_visible(line).split()), "", 1)
    return [letters, links_of(html), sorted(file_of(unescape(address)) for address in _PLAYED.findall(html))]


def links_of(html: str) -> list[str]:
    """Return where the links in a text lead, in order, without what changes by itself."""
    return [file_of(unescape(address)) for address in _LINK.findall(html)]


def file_of(url: str) -> str:
    """Return what of an address names the file: not the host that serves it today, nor a session or a signature."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{_SESSION.sub('', parts.path)}?{'&'.join(sorted(_lasting(parse_qsl(parts.query))))}"


def _lasting(query: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{name}={value}" for name, value in query if not _VOLATILE.match(name)]


_COMPARED: dict[str, Callable[[Article], object]] = {
    "headline": lambda article: plain(article.headline),
    "kicker": lambda article: plain(article.kicker),
    "section": lambda article: plain(article.section),
    "lede": lambda article: plain(article.lede),
    "authors": lambda article: [plain(author) for author in article.authors],
    "origin": lambda article: plain(article.origin),
    "published": lambda article: _published(article.published),
    "body_text": lambda article: plain(lasting(article.body_text)),
    "body_html": _beyond_words,
    "images": lambda article: sorted(
        [file_of(image.url), plain(image.caption), plain(image.credit)] for image in article.images
    ),
    "attachments": lambda article: [_attachment(attachment) for attachment in article.attachments],
    "tags": lambda article: sorted({plain(tag).casefold() for tag in article.tags}),
}
