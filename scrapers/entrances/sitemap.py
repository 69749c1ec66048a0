"""Headlines from sitemaps: urlset and index, news extension, gzip and plain text."""

from __future__ import annotations

import re
import zlib
from datetime import date, timedelta
from urllib.parse import urlsplit

from scrapers.entrances import markup
from scrapers.entrances.setting import Setting, same_site
from scrapers.items import Headline, Headlines, Moment
from scrapers.reading.errors import Unreadable
from scrapers.reading.text import decode
from scrapers.reading.tree import Element

ROOTS = ("urlset", "sitemapindex")
_MOST_ROWS = 50_000
"""As many as the sitemap protocol allows in one file."""
_MOST_WRAPPINGS = 2
"""How often a file is unpacked: some servers compress what is compressed."""
_MOST_MEMBERS = 1000
_GZIP = b"\x1f\x8b"
_DAY = re.compile(r"(?<!\d)(20\d\d)[-_/]?(0?[1-9]|1[0-2])(?:[-_/]?(0[1-9]|[12]\d|3[01]|[1-9]))?(?!\d)")
_NO_ARTICLES = re.compile(
    r"(?<![a-z])(categor(?:y|ies)|events?|tags?|topics?|authors?|pages?|static|images?|videos?|danh-muc)(?![a-z])",
    re.IGNORECASE,
)
_PER_DAY = re.compile(r"/sitemap-article-(\d{4}-\d{2}-\d{2})\.xml")


def unpacked(payload: bytes, *, url: str) -> bytes:
    """Return ``payload`` without gzip, if it has any. Raises Unreadable for what is damaged or swells too large."""
    for _ in range(_MOST_WRAPPINGS):
        if not payload.startswith(_GZIP):
            break
        payload = _inflated(payload, url)
    return payload


def _inflated(payload: bytes, url: str) -> bytes:
    """One layer of gzip less; a file may be several compressed ones in a row."""
    found, rest = b"", payload
    for _ in range(_MOST_MEMBERS):
        if not rest.startswith(_GZIP) or len(found) >= markup.MOST_BYTES:
            break
        inflate = zlib.decompressobj(wbits=31)
        try:
            found += inflate.decompress(rest, markup.MOST_BYTES - len(found))
        except zlib.error as error:
            raise Unreadable(url, f"the compressed file is damaged ({error}); it will be asked for again") from error
        if inflate.unconsumed_tail:
            raise Unreadable(url, "the compressed file swells beyond what a sitemap holds; not read")
        if not inflate.eof and b"</" not in found:
            raise Unreadable(url, "the compressed file ends before it begins; it will be asked for again")
        rest = inflate.unused_data
    return found


def read(root: Element, setting: Setting, *, site: str, family: str = "") -> Headlines:
    """Return the articles of a sitemap in its order, or the sitemaps of an index, newest first.

    Only addresses of the entrance's own site, and of ``site``, are taken. ``family`` is the layout's name.
    """
    if markup.name(root) == "sitemapindex":
        return Headlines(rows=(), sitemaps=_sitemaps(root, setting, site))
    rows: list[Headline] = []
    for entry in root:
        if markup.name(entry) == "url" and len(rows) < _MOST_ROWS:
            row = _headline(entry, setting, position=len(rows), family=family)
            if row and same_site(row.url, setting.url, site) and urlsplit(row.url).path not in ("", "/"):
                rows.append(row)
    return Headlines(rows=tuple(rows))


def read_text(payload: bytes, setting: Setting, *, site: str) -> Headlines:
    """Return the addresses of a plain text sitemap, one a line."""
    lines = (line.strip() for line in decode(payload, content_type=None).text.splitlines()[:_MOST_ROWS])
    urls = dict.fromkeys(url for line in lines if line and line[0] != "#" and (url := setting.absolute(line)))
    kept = [url for url in urls if same_site(url, setting.url, site) and urlsplit(url).path not in ("", "/")]
    return Headlines(rows=tuple(Headline(url=url, section=setting.section, position=n) for n, url in enumerate(kept)))


def _headline(entry: Element, setting: Setting, *, position: int, family: str) -> Headline | None:
    said = {
        markup.name(element): element.text or ""
        for element in entry.iter()
        if markup.namespace(element) not in _PICTURES
    }
    url = setting.absolute(said.get("loc", ""))
    if not url:
        return None
    modified = setting.stated(said.get("lastmod", ""))
    published = setting.stated(said.get("publication_date", ""))
    if published is None and modified and family == "onecms":
        published = _before(modified, _PER_DAY.search(setting.url))
    return Headline(
        url=url,
        title=markup.plain_text(said.get("title", "")),
        published=published,
        modified=modified,
        section=setting.section,
        position=position,
    )


# The title of a picture is no headline.
_PICTURES = frozenset(
    ("http://www.google.com/schemas/sitemap-image/1.1", "http://www.google.com/schemas/sitemap-video/1.1")
)


def _before(modified: Moment, named: re.Match[str] | None) -> Moment | None:
    """OneCMS states a second after publication as the last change of an article in the sitemap of that day."""
    if not named or modified.precision == "day" or f"{modified.at:%Y-%m-%d}" != named[1]:
        return None
    return Moment(at=modified.at - timedelta(seconds=1), precision="second", printed=modified.printed)


def _sitemaps(root: Element, setting: Setting, site: str) -> tuple[str, ...]:
    found = []
    for entry in root:
        said = {markup.name(element): element.text or "" for element in entry.iter()}
        url = setting.absolute(said.get("loc", ""))
        if url and same_site(url, setting.url, site):
            found.append((_newness(url, said.get("lastmod", ""), setting), url))
    with_articles = [pair for pair in found if not _NO_ARTICLES.search(urlsplit(pair[1]).path)] or found
    return tuple(dict.fromkeys(url for _, url in sorted(with_articles, key=lambda pair: pair[0], reverse=True)))


def _newness(url: str, lastmod: str, setting: Setting) -> tuple[bool, date]:
    """What sorts the newest first: files for the latest news, then the day in the name, then the last change."""
    path = urlsplit(url).path
    if re.search(r"(?<![a-z])(news|latest|daily|google-news)(?![a-z])", path) and not _DAY.search(path):
        return True, date.max
    if found := _DAY.search(path):
        return False, _day(int(found[1]), int(found[2]), int(found[3] or 28))
    moment = setting.stated(lastmod)
    return False, moment.at.date() if moment else date.min


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)
