"""Headlines from JSON: OneCMS's getMoreArticle, WordPress's posts, and lists whose keys say what they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import structs

from scrapers.entrances import counting, markup
from scrapers.entrances.setting import Setting
from scrapers.items import Headline, Headlines, Moment
from scrapers.reading.errors import Unreadable
from scrapers.reading.text import decode

SUMMARY = 1000
_MOST_NODES = 5000
_MOST_ROWS = 10_000

# Keys in lower case without "_" and "-", best first.
_URLS = ("linktome2", "url", "link", "href", "permalink", "weburl", "canonicalurl", "fullurl", "detailurl", "articleurl", "newsurl", "absoluteurl", "path", "uri")  # fmt: skip
_TITLES = ("title", "headline", "name", "tieude", "subject", "heading", "titulo", "titre", "titel", "judul")
_DATES = (
    "timeyyyymmddhhmmss", "publishedat", "datepublished", "publisheddate", "publishdate", "publicationdate", "publishtime", "publishedtime",
    "published", "publishedon", "pubdate", "dategmt", "date", "datepublication", "firstpublishedat", "publictimestamp", "releasedate",
    "ngaydang", "ngayxuatban", "timeddmmyyyyhhmm", "distributiondate",
)  # fmt: skip
_CHANGES = (
    "modifiedgmt",
    "modified",
    "updatedat",
    "updated",
    "datemodified",
    "lastmodified",
    "modifieddate",
    "publicupdatedat",
)
_SUMMARIES = (
    "headlines",
    "summary",
    "sapo",
    "excerpt",
    "description",
    "abstract",
    "teaser",
    "lead",
    "intro",
    "shortdescription",
)
_SECTIONS = ("section", "category", "categoryname", "channelname", "zonename", "chuyenmuc")
_NO_ADDRESS = r"(?!.*(?:image|img|thumb|avatar|icon|logo|photo|video|author|categor|channel|zone|parent|cover|banner|share|edit|api|self|feed|site))"
_LIKE_URLS = re.compile(_NO_ADDRESS + r".*(?:url|link|href|fileref)")
_LIKE_TITLES = re.compile(r"(?!meta|seo|sub|image|img|category|site).*(?:title|headline|tieude|subject)")
_LIKE_DATES = re.compile(
    r"(?:publi|release|issue|post|ngaydang|ngaytao|creat).*|(?!.*(?:modif|updat|expir|end)).*(?:date|datestr|datetime)"
)
_NEXT = ("next", "nexturl", "nextpage", "nextpageurl", "nextlink", "odatanextlink", "@odata.nextlink")
_TOTALS = ("total", "totalcount", "totalresults", "numfound")
_GUARD = re.compile(r"(?:\)\]\}',?|(?:while|for)\s*\([1;]{1,2}\);|/\*\*/)?\s*([\w$.]{1,80}\()?\s*(?=[{\[])")
_ENDS = ("hasmore", "hasnext", "hasnextpage", "morepages")
_LASTS = ("last", "islast", "islastpage")
_PAGE_COUNTS = ("totalpages", "pagecount", "lastpage", "numpages", "maxpages", "totalpage")
_CURSORS = ("nextcursor", "nextpagetoken", "nexttoken", "continuationtoken")
_MORE = re.compile(r"(?P<start>/api/getMoreArticle/[^_/]+_[^_/]*_)(?P<last>\d+)(?P<end>_\d+_\d+)")

Row = dict[str, Any]


def document(payload: bytes, *, url: str, content_type: str | None) -> Any:
    """Return what the JSON holds. Raises Unreadable for what is none."""
    if len(payload) > markup.MOST_BYTES:
        raise Unreadable(url, f"{len(payload)} bytes are more than a list of news has; check the address")
    text = bare(decode(payload, content_type=content_type).text)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            url, f"this is no JSON ({type(error).__name__}); open the address to see what the site sends instead"
        ) from error


def bare(text: str) -> str:
    """Return a reply without what keeps scripts of others from using it, and without the call around it."""
    text = text.lstrip("\ufeff \r\n\t")
    guarded = _GUARD.match(text)
    if not guarded or not guarded[0]:
        return text
    text = text[guarded.end() :]
    return text.rstrip("; \r\n\t").removesuffix(")") if guarded[1] else text


def read(loaded: Any, setting: Setting) -> Headlines:
    """Return the rows of the list in ``loaded`` that looks most like news, and the address of the rows after them."""
    rows, envelope = _rows(loaded)
    rows = rows[:_MOST_ROWS]
    setting = setting.ordered(text for row in rows for key in _DATES if isinstance(text := row.get(key), str))
    headlines = [row for row in (_headline(row, setting) for row in rows) if row and row.url != setting.url]
    unique = list({row.url: row for row in reversed(headlines)}.values())[::-1]
    placed = tuple(structs.replace(row, position=position) for position, row in enumerate(unique))
    return Headlines(rows=placed, next_page=_next_page(rows, envelope, setting))


def fragments(loaded: Any) -> str:
    """Return the HTML a reply holds instead of rows, as "load more" buttons ask for; "" when there is none."""
    texts = (value for node in _nodes(loaded) for value in node.values() if isinstance(value, str) and "<a " in value)
    return max(texts, key=len, default="")


def _rows(loaded: Any) -> tuple[list[Row], list[Row]]:
    """The list of rows, and the objects around it, which may name the next page."""
    best: list[Row] = []
    around = [loaded] if isinstance(loaded, dict) else []
    for candidate in _lists(loaded):
        rows = [_unwrapped(_folded(row)) for row in candidate if isinstance(row, dict)]
        if sum(map(_is_row, rows)) > sum(map(_is_row, best)):
            best = rows
    return best, [_folded(node) for node in around]


def _lists(loaded: Any) -> Iterator[list[Any]]:
    waiting, seen = [loaded], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, list):
            yield node
            waiting += node[:200]
        elif isinstance(node, dict):
            if len(node) > 1 and all(isinstance(value, dict) for value in node.values()):
                yield list(node.values())
            waiting += list(node.values())
        elif isinstance(node, str) and node[:1] in ("[", "{"):
            waiting += _inside(node)


def _inside(text: str) -> list[Any]:
    """What a text holds that is JSON itself, as ASP.NET wraps its replies."""
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return []


def _nodes(loaded: Any) -> Iterator[dict[str, Any]]:
    if isinstance(loaded, dict):
        yield loaded
    for each in _lists(loaded):
        yield from (node for node in each if isinstance(node, dict))


def _folded(row: dict[Any, Any]) -> Row:
    folded: Row = {}
    for key, value in row.items():
        folded.setdefault(re.sub(r"[_\-\s]", "", str(key)).lower(), value)
    # Content API envelopes keep the fields one level down.
    for inner in ("attributes", "node", "source", "fields"):
        if isinstance(row.get(inner), dict):
            folded = _folded(row[inner]) | folded
    return folded


def _unwrapped(row: Row) -> Row:
    """A row that keeps its fields in one object of its own, such as "item"."""
    if len(row) > 6 or _is_row(row):
        return row
    inner = (_folded(value) for value in row.values() if isinstance(value, dict))
    return next(filter(_is_row, inner), row)


def _is_row(row: Row) -> bool:
    return bool(_text(row, _URLS, _LIKE_URLS) and _text(row, _TITLES, _LIKE_TITLES))


def _text(row: Row, keys: tuple[str, ...], like: re.Pattern[str] | None = None) -> str:
    """The first field of these names that says something, else one whose name is ``like`` them."""
    for key in (*keys, *(key for key in row if like and key not in keys and like.fullmatch(key))):
        value = row.get(key)
        if isinstance(value, dict):
            value = value.get("rendered") or value.get("href") or value.get("value") or value.get("name")
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _headline(row: Row, setting: Setting) -> Headline | None:
    url = setting.absolute(_text(row, _URLS, _LIKE_URLS))
    title = markup.plain_text(_text(row, _TITLES, _LIKE_TITLES))
    if not url or not title:
        return None
    return Headline(
        url=url,
        title=title,
        published=_moment(row, _DATES, setting),
        modified=_moment(row, _CHANGES, setting),
        summary=markup.plain_text(_text(row, _SUMMARIES), limit=SUMMARY),
        section=markup.plain_text(_text(row, _SECTIONS), limit=120) or setting.section,
    )


def _moment(row: Row, keys: tuple[str, ...], setting: Setting) -> Moment | None:
    like = (key for key in row if keys is _DATES and key not in keys and _LIKE_DATES.fullmatch(key))
    for key in (*keys, *like):
        value = row.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # A number under a date's key counts seconds or milliseconds, unless it is a row's 20260905.
            value = str(int(value))
        if isinstance(value, dict):
            value = value.get("value")
        if not isinstance(value, str) or not value.strip():
            continue
        # WordPress writes Greenwich time into its "_gmt" fields without saying so.
        text = f"{value}Z" if key.endswith("gmt") and re.search(r"T[\d:]+$", value) else value
        if moment := setting.stated(text, epoch=True):
            return moment
    return None


def _next_page(rows: list[Row], envelope: list[Row], setting: Setting) -> str | None:
    if more := _MORE.search(setting.url):
        last = rows[-1].get("publisherid") if rows else None
        if last is None or str(last) == more["last"] or not str(last).isdigit():
            return None
        return setting.absolute(f"{more['start']}{last}{more['end']}")
    stated = _stated_next(envelope, setting)
    if stated is not None:
        return stated or None
    return None if _is_last(envelope, setting) else _counted_next(rows, envelope, setting)


def _is_last(envelope: list[Row], setting: Setting) -> bool:
    """Whether a reply says, in one of the ways we know, that no page follows."""
    holders = [holder for node in envelope for holder in _holders(node)]
    if any(holder.get(key) is False for holder in holders for key in _ENDS):
        return True
    if any(holder.get(key) is True for holder in holders for key in _LASTS):
        return True
    counts = (value for holder in holders for key in _PAGE_COUNTS if type(value := holder.get(key)) is int)
    count, page = next(counts, 0), counting.page_of(setting.url)
    return bool(count and page and page >= count)


def _holders(node: Row) -> list[Row]:
    """An object, and those in it that tell about pages."""
    keys = ("links", "paging", "pagination", "meta", "pages", "pageinfo")
    return [node, *(_folded(node[key]) for key in keys if isinstance(node.get(key), dict))]


def _stated_next(envelope: list[Row], setting: Setting) -> str | None:
    """The address a reply names; "" when it says that this was the last page."""
    for node in envelope:
        for holder in _holders(node):
            for key in _NEXT:
                if key in holder:
                    value = holder[key]
                    value = value.get("href") if isinstance(value, dict) else value
                    if isinstance(value, str) and re.match(r"https?:|/|\?", value):
                        return setting.absolute(value)
                    if value in (None, False, ""):
                        return ""
            for key in _CURSORS:
                if key in holder and (following := counting.continued(setting.url, holder[key])) is not None:
                    return setting.absolute(following)
    return None


def _counted_next(rows: list[Row], envelope: list[Row], setting: Setting) -> str | None:
    """The same address one page on: only when it counts pages itself and this page was full."""
    following = counting.advanced(setting.url, rows=len(rows))
    totals = (node[key] for node in envelope for key in _TOTALS if isinstance(node.get(key), int))
    if not following or following.seen >= next(totals, following.seen + 1):
        return None
    return setting.absolute(following.url)


def is_empty(loaded: Any) -> bool:
    """Whether a reply says, in a form we know, that there are no rows: [], {"results": []}."""
    return not any(isinstance(value, (str, dict)) and value for each in _lists(loaded) for value in each) and (
        loaded == [] or any(True for _ in _lists(loaded))
    )
