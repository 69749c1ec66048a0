"""Headlines from RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed, as well formed as ministries write them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from msgspec import structs

from scrapers.entrances import markup
from scrapers.entrances.setting import Setting
from scrapers.items import Headline, Headlines, Moment
from scrapers.reading.tree import Element

ROOTS = ("rss", "rdf", "feed", "channel")
SUMMARY = 1000
"""Characters of a summary that are kept: some feeds put whole articles there."""

_PUBLISHED = ("pubdate", "published", "issued", "date", "created")
_MODIFIED = ("updated", "modified", "lastbuilddate")
MOST_ENTRIES = 10_000
"""The first of a feed's entries, which are its newest; no reader takes more."""
_SUMMARIES = ("description", "summary", "encoded", "content", "subtitle")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(root: Element, setting: Setting) -> Headlines:
    """Return the entries of an RSS or Atom document in their order; one without entries is an empty feed, not an error."""
    entries = (element for element in root.iter() if markup.name(element) in ("item", "entry"))
    items = list(islice(entries, MOST_ENTRIES))
    base = _base(root, setting)
    dates = (_content(child) for item in items for child in item if markup.name(child) in _PUBLISHED)
    setting = structs.replace(setting, base=base).ordered(dates)
    rows = (_headline(item, setting) for item in items)
    # Some feeds hold an entry twice, with one guid or two.
    found = list({(row.url, row.title): row for row in reversed([row for row in rows if row])}.values())[::-1]
    return Headlines(
        rows=tuple(structs.replace(row, position=place) for place, row in enumerate(found)),
        next_page=_next_page(root, setting),
    )


def language(root: Element) -> str:
    """Return the language a feed states, or ""."""
    stated = next((element.text for element in _heads(root) if markup.name(element) == "language"), "")
    return (stated or root.get(_XML_LANG) or "").strip()


def read_json(document: dict[str, Any], setting: Setting) -> Headlines:
    """Return the entries of a JSON Feed document."""
    stated = document.get("items")
    items = [item for item in stated[:MOST_ENTRIES] if isinstance(item, dict)] if isinstance(stated, list) else []
    found = [row for item in items if (row := _json_headline(item, setting))]
    following = document.get("next_url")
    return Headlines(
        rows=tuple(structs.replace(row, position=place) for place, row in enumerate(found)),
        next_page=(setting.absolute(following) if isinstance(following, str) else "") or None,
    )


def _headline(item: Element, setting: Setting) -> Headline | None:
    fields: dict[str, list[Element]] = {}
    for child in item:
        fields.setdefault(markup.name(child), []).append(child)
    url = _link(item, fields, setting)
    title = markup.plain_text(_text(fields, "title"))
    if not url:
        return None
    return Headline(
        url=url,
        title=title,
        published=_moment(fields, _PUBLISHED, setting),
        modified=_moment(fields, _MODIFIED, setting),
        summary=markup.plain_text(_first(fields, _SUMMARIES), limit=SUMMARY),
        section=_category(fields) or setting.section,
    )


def _text(fields: dict[str, list[Element]], name: str) -> str:
    """The field's text; of several, such as ``title`` and ``media:title``, the one that is the feed's own."""
    own = sorted(
        fields.get(name, ()),
        key=lambda element: "mrss" in markup.namespace(element) or "itunes" in markup.namespace(element),
    )
    return next((text for element in own if (text := _content(element))), "")


def _content(element: Element) -> str:
    return "".join(str(piece) for piece in element.itertext()).strip()


def _first(fields: dict[str, list[Element]], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _text(fields, name))), "")


def _moment(fields: dict[str, list[Element]], names: tuple[str, ...], setting: Setting) -> Moment | None:
    texts = (_text(fields, name) for name in names)
    return next((moment for text in texts if text and (moment := setting.stated(text, epoch=True))), None)


def _link(item: Element, fields: dict[str, list[Element]], setting: Setting) -> str:
    setting = structs.replace(setting, base=urljoin(setting.base, item.get(_XML_BASE) or ""))
    urls = (setting.absolute(href.replace("&amp;", "&")) for href in _hrefs(item, fields))
    return next(filter(None, urls), "")


def _hrefs(item: Element, fields: dict[str, list[Element]]) -> Iterator[str]:
    """The addresses an entry gives, its own first; those of what is enclosed last."""
    links = fields.get("link", [])
    yield from (_content(element) for element in fields.get("origlink", ()))
    yield from (text for element in links if not element.get("href") and (text := _content(element)))
    named = [element for element in links if (element.get("rel") or "alternate") == "alternate" and element.get("href")]
    yield from (
        element.get("href", "")
        for element in sorted(named, key=lambda element: "html" not in (element.get("type") or "html"))
    )
    # RSS 1.0 names the address in rdf:about; a guid is one unless it says otherwise.
    yield from (str(value) for key, value in item.attrib.items() if str(key).endswith("}about"))
    for element in (*fields.get("guid", ()), *fields.get("id", ())):
        text = _content(element)
        if (element.get("isPermaLink") or "true").lower() != "false" and text.startswith("http"):
            yield text
    yield from (element.get("url") or "" for element in fields.get("enclosure", ()))


def _category(fields: dict[str, list[Element]]) -> str:
    named = (element.get("label") or element.get("term") or _content(element) for element in fields.get("category", ()))
    return next((text for name in named if (text := markup.plain_text(name, limit=120))), "")


def _heads(root: Element) -> Iterator[Element]:
    """The elements that describe the feed itself."""
    yield from root
    for element in root:
        if markup.name(element) == "channel":
            yield from element


def _base(root: Element, setting: Setting) -> str:
    stated = [root.get(_XML_BASE) or ""]
    if markup.namespace(root).endswith("atom") or markup.name(root) == "feed":
        return setting.absolute(stated[0]) or setting.base
    stated += [
        _content(element) for element in _heads(root) if markup.name(element) == "link" and not element.get("href")
    ]
    return next((url for text in stated if text and (url := setting.absolute(text))), setting.base)


def _next_page(root: Element, setting: Setting) -> str | None:
    """The next page of a feed, or of its archive (RFC 5005)."""
    for wanted in ("next", "prev-archive"):
        for element in _heads(root):
            if markup.name(element) == "link" and element.get("rel") == wanted:
                url = setting.absolute(element.get("href") or "")
                if url and url != setting.url:
                    return url
    return None


def _json_headline(item: dict[str, Any], setting: Setting) -> Headline | None:
    def text(*keys: str) -> str:
        return next((value for key in keys if isinstance(value := item.get(key), str) and value.strip()), "")

    url = setting.absolute(text("url", "external_url")) or (
        setting.absolute(text("id")) if text("id").startswith("http") else ""
    )
    tags = item.get("tags")
    if not url:
        return None
    return Headline(
        url=url,
        title=markup.plain_text(text("title")),
        published=setting.stated(text("date_published")),
        modified=setting.stated(text("date_modified")),
        summary=markup.plain_text(text("summary", "content_text", "content_html"), limit=SUMMARY),
        section=(markup.plain_text(str(tags[0])) if isinstance(tags, list) and tags else "") or setting.section,
    )
