"""Single posts as WordPress's own API (wp-json) gives them: JSON that says everything itself. For the reader of articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from msgspec import structs

from scrapers.addresses import absolute, tidy
from scrapers.items import Article, Attachment, Image, Moment, Reason
from scrapers.layouts.wordpress import LAYOUT
from scrapers.reading.dates import read_machine_date
from scrapers.reading.documents import cite_all, numbers_of
from scrapers.reading.errors import Unreadable
from scrapers.reading.files import files_in
from scrapers.reading.govuk import body_of, dicts_in, text_in
from scrapers.reading.text import repair
from scrapers.reading.tree import parse, text_of

_NO_TEXT = LAYOUT.article.drop if LAYOUT.article else ""
_FARTHEST = timedelta(hours=14)
_QUARTER = timedelta(minutes=15)


def post(text: str) -> dict[str, Any] | None:
    """Return the post the API gave, alone or as a list of one, or None when ``text`` is no answer of it."""
    if text[:1] not in ("{", "[") or '"rendered"' not in text:
        return None
    try:
        loaded = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    one = loaded[0] if isinstance(loaded, list) and len(loaded) == 1 else loaded
    known = isinstance(one, dict) and isinstance(one.get("title"), dict) and isinstance(one.get("content"), dict)
    return one if known and "date" in one else None


def read_post(said: dict[str, Any], *, url: str) -> Article:
    headline = _plain(_rendered(said, "title"))
    if not headline:
        raise Unreadable(url, "the API's answer has no title")
    if said["content"].get("protected") is True:
        raise Unreadable(url, "the post is protected by a password")
    address = tidy(text_in(said.get("link"))) or tidy(url)

    def found_at(link: str) -> str:
        return absolute(link, base=address)

    body = body_of(_rendered(said, "content"), found_at, without=_NO_TEXT)
    attachments = _attachments(said, found_at)
    lede = _lede(said, body.text)
    language = _language(said)
    citations = cite_all(headline=headline, lede=lede, body=body.text, attachments=attachments, language=language)
    article = Article(
        url=url,
        canonical_url=address,
        headline=headline,
        section=next(_terms(said, "category"), ""),
        lede=lede,
        authors=tuple(_authors(said)),
        published=_moment(said, "date"),
        modified=_moment(said, "modified"),
        body_html=body.html,
        body_text=body.text,
        images=(*_lead_image(said, found_at), *body.images),
        media=body.media,
        attachments=attachments,
        tags=tuple(_terms(said, "post_tag")),
        documents=numbers_of(citations),
        citations=citations,
        related=body.related,
        language=language,
        layout="wordpress-api",
    )
    return structs.replace(article, passport=tuple(_reasons(article)))


def _rendered(said: dict[str, Any], key: str) -> str:
    value = said.get(key)
    return text_in(value.get("rendered")) if isinstance(value, dict) else text_in(value)


def _plain(html: str) -> str:
    root = parse(html) if html else None
    return repair(text_of(root)) if root is not None else ""


def _lede(said: dict[str, Any], text: str) -> str:
    """The excerpt, unless WordPress made it from how the text begins."""
    excerpt = _plain(_rendered(said, "excerpt"))
    beginning = excerpt.removesuffix("[…]").removesuffix("[&hellip;]").rstrip(" .…")
    return "" if " ".join(text.split()).startswith(beginning[:80]) else excerpt


def _moment(said: dict[str, Any], key: str) -> Moment | None:
    """The local time; how far it is from the one in Greenwich, which stands beside it, tells the website's zone."""
    local, greenwich = text_in(said.get(key))[:40], text_in(said.get(f"{key}_gmt"))[:40]
    offset = _offset(local, greenwich)
    if offset is None:
        return read_machine_date(f"{greenwich}Z", timezone="Etc/UTC") if greenwich else None
    sign, minutes = "-" if offset < timedelta(0) else "+", abs(offset) // timedelta(minutes=1)
    return read_machine_date(f"{local}{sign}{minutes // 60:02}:{minutes % 60:02}", timezone="Etc/UTC")


def _offset(local: str, greenwich: str) -> timedelta | None:
    try:
        apart = datetime.fromisoformat(local) - datetime.fromisoformat(greenwich)
    except (ValueError, TypeError):
        return None
    return apart if abs(apart) <= _FARTHEST and not apart % _QUARTER else None


def _embedded(said: dict[str, Any], key: str) -> list[Any]:
    embedded = said.get("_embedded")
    found = embedded.get(key) if isinstance(embedded, dict) else None
    return found if isinstance(found, list) else []


def _authors(said: dict[str, Any]) -> Iterator[str]:
    yield from filter(None, (_plain(text_in(one.get("name"))) for one in dicts_in(_embedded(said, "author"))))


def _terms(said: dict[str, Any], taxonomy: str) -> Iterator[str]:
    for group in _embedded(said, "wp:term"):
        for one in dicts_in(group):
            name = _plain(text_in(one.get("name")))
            if name and one.get("taxonomy") == taxonomy and one.get("slug") != "uncategorized":
                yield name


def _lead_image(said: dict[str, Any], found_at: Callable[[str], str]) -> Iterator[Image]:
    for one in dicts_in(_embedded(said, "wp:featuredmedia"))[:1]:
        address = found_at(text_in(one.get("source_url")))
        if address and text_in(one.get("media_type")) in ("image", ""):
            yield Image(url=address, caption=_plain(_rendered(one, "caption")))


def _attachments(said: dict[str, Any], found_at: Callable[[str], str]) -> tuple[Attachment, ...]:
    root = parse(_rendered(said, "content"))
    return files_in(root, found_at) if root is not None else ()


def _language(said: dict[str, Any]) -> str:
    """As plugins for websites of several languages tell it, or the one for search engines."""
    head = said.get("yoast_head_json")
    stated = text_in(said.get("lang")) or (text_in(head.get("og_locale")) if isinstance(head, dict) else "")
    return stated.replace("_", "-")


def _reasons(article: Article) -> Iterator[Reason]:
    """The API states every field itself."""
    places = (
        ("headline", "title.rendered", article.headline),
        ("lede", "excerpt.rendered", article.lede),
        ("section", "_embedded.wp:term", article.section),
        ("authors", "_embedded.author", "; ".join(article.authors)),
        ("published", "date", article.published.printed if article.published else ""),
        ("modified", "modified", article.modified.printed if article.modified else ""),
        ("tags", "_embedded.wp:term", ", ".join(article.tags)),
        ("body_text", "content.rendered", article.body_text[:120]),
    )
    for field, key, printed in places:
        if printed:
            yield Reason(field=field, printed=printed, rule=f"wordpress-api: {key}", grade="B")
