"""Pages of the GOV.UK Content API, which are JSON and say everything themselves. For the reader of articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from msgspec import structs

from scrapers.addresses import absolute, tidy
from scrapers.items import Article, Attachment, Image, Link, Moment, Reason
from scrapers.reading.blocks import Writer
from scrapers.reading.body import Body, is_huge, plainly, soup_of
from scrapers.reading.dates import read_machine_date
from scrapers.reading.documents import cite_all, numbers_of
from scrapers.reading.errors import Unreadable
from scrapers.reading.figures import make_figures
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import parse, remove, select

_SITE = "https://www.gov.uk"
_ZONE = "Europe/London"


def content(text: str) -> dict[str, Any] | None:
    """Return what the API said, or None when ``text`` is no answer of it."""
    if text[:1] != "{" or '"title"' not in text:
        return None
    try:
        loaded = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    known = (
        isinstance(loaded, dict) and isinstance(loaded.get("details"), dict) and isinstance(loaded.get("title"), str)
    )
    return (
        loaded if known and ("content_id" in loaded or "document_type" in loaded or "schema_name" in loaded) else None
    )


def read_content(said: dict[str, Any], *, url: str) -> Article:
    headline = repair(clean(said["title"]))
    if not headline:
        raise Unreadable(url, "the API's answer has no title")
    details = said["details"]
    address = absolute(text_in(said.get("base_path")), base=_SITE) if said.get("base_path") else tidy(url)

    def found_at(link: str) -> str:
        return absolute(link, base=address or _SITE)

    body = body_of(_html(details), found_at)
    lede = repair(clean(text_in(said.get("description"))))
    attachments = tuple(_attachments(details, found_at))
    language = text_in(said.get("locale"))
    citations = cite_all(headline=headline, lede=lede, body=body.text, attachments=attachments, language=language)
    article = Article(
        url=url,
        canonical_url=address,
        headline=headline,
        section=_section(said),
        lede=lede,
        authors=tuple(_titles(said, "organisations")),
        published=_moment(said, "first_published_at") or _moment(said, "public_updated_at"),
        modified=_moment(said, "public_updated_at"),
        body_html=body.html,
        body_text=body.text,
        images=(*_lead_image(details), *body.images),
        attachments=attachments,
        tags=tuple(_titles(said, "topics", "policy_areas", "taxons")),
        documents=numbers_of(citations),
        citations=citations,
        related=tuple(_related(said)),
        language=language,
        layout="govuk-api",
    )
    return structs.replace(article, passport=tuple(_reasons(said, article)))


def body_of(html: str, found_at: Callable[[str], str], *, without: str = "") -> Body:
    """Return the text that an API hands out as HTML, but for what matches the selectors ``without``."""
    root = parse(html)
    if root is not None and without:
        for element in list(select(root, without)):
            remove(element)
    if root is None or is_huge([root]):
        return plainly([root] if root is not None else [], without="")
    soup = soup_of([root])
    images = make_figures(soup, found_at)
    writer = Writer(found_at).write(soup)
    return Body(html=writer.html, text=writer.text, images=tuple(images))


def text_in(value: Any) -> str:
    """Return ``value`` when it is text, else ""."""
    return value if isinstance(value, str) else ""


def dicts_in(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, whatever else ``value`` is or holds."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _html(details: dict[str, Any]) -> str:
    """The text; guides come in parts, publications in documents that are boxes of links."""
    body = details.get("body")
    texts = [text_in(body)] + [
        text_in(one.get("content")) for one in dicts_in(body) if one.get("content_type") == "text/html"
    ]
    for part in dicts_in(details.get("parts")):
        texts += [f"<h2>{escape(text_in(part.get('title')))}</h2>", *(_html({"body": part.get("body")}),)]
    return "\n".join(text for text in texts if text)


def _moment(said: dict[str, Any], key: str) -> Moment | None:
    return read_machine_date(text_in(said.get(key))[:60], timezone=_ZONE) if said.get(key) else None


def _section(said: dict[str, Any]) -> str:
    kind = text_in(said.get("document_type")) or text_in(said.get("schema_name"))
    return kind.replace("_", " ").capitalize()


def _linked(said: dict[str, Any], *kinds: str) -> Iterator[dict[str, Any]]:
    links = said.get("links")
    if isinstance(links, dict):
        for kind in kinds:
            yield from dicts_in(links.get(kind))


def _titles(said: dict[str, Any], *kinds: str) -> Iterator[str]:
    titles = (repair(clean(text_in(one.get("title")))) for one in _linked(said, *kinds))
    yield from dict.fromkeys(title for title in titles if title)


def _related(said: dict[str, Any]) -> Iterator[Link]:
    for one in _linked(said, "ordered_related_items", "related", "document_collections"):
        url = absolute(text_in(one.get("web_url")) or text_in(one.get("base_path")), base=_SITE)
        if url and text_in(one.get("title")):
            yield Link(url=url, title=repair(clean(text_in(one.get("title")))))


def _lead_image(details: dict[str, Any]) -> Iterator[Image]:
    picture = details.get("image")
    if isinstance(picture, dict):
        url = tidy(text_in(picture.get("high_resolution_url")) or text_in(picture.get("url")))
        if url:
            yield Image(
                url=url,
                caption=repair(clean(text_in(picture.get("caption")))),
                credit=clean(text_in(picture.get("credit"))),
            )


def _attachments(details: dict[str, Any], found_at: Callable[[str], str]) -> Iterator[Attachment]:
    for one in dicts_in(details.get("attachments")):
        url = found_at(text_in(one.get("url")))
        size = one.get("file_size")
        if url:
            yield Attachment(
                url=url,
                title=repair(clean(text_in(one.get("title")) or text_in(one.get("filename")))),
                type=text_in(one.get("content_type")),
                size=size if isinstance(size, int) and not isinstance(size, bool) else None,
            )


def _reasons(said: dict[str, Any], article: Article) -> Iterator[Reason]:
    """The API states every field itself."""
    places = (
        ("headline", "title", article.headline),
        ("lede", "description", article.lede),
        ("section", "document_type", article.section),
        ("authors", "links.organisations", article.authors),
        (
            "published",
            "first_published_at" if said.get("first_published_at") else "public_updated_at",
            article.published,
        ),
        ("modified", "public_updated_at", article.modified),
        ("body_text", "details.body", article.body_text),
    )
    for field, key, value in places:
        if value:
            printed = (
                said.get(key)
                if isinstance(said.get(key), str)
                else article.body_text[:120]
                if field == "body_text"
                else ""
            )
            yield Reason(
                field=field, printed=printed or "; ".join(article.authors), rule=f"govuk-api: {key}", grade="B"
            )
