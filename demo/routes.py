"""Which page of the make-believe ministry stands at which path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from demo.bodies import papers, pictures
from demo.files import GREY, paper, picture
from demo.texts import Story, slugify
from demo.website import Website

NEWEST = "/tin-moi-nhat"
"""The listing of all sections."""
ROWS = 10
"""Rows of a listing, and of one load of further ones."""
ARTICLE = re.compile(r"/tin/(?P<new>\d+)/[a-z0-9-]*|/[a-z0-9-]*?-?(?P<old>\d{6})\.html")
_MORE = re.compile(r"/api/getMoreArticle/channel_[^_/]*_(?P<last>\d+)_(?P<channel>\d+)_\d+")
_DAILY = re.compile(r"/sitemap-article-(?P<day>\d{4}-\d\d-\d\d)\.xml")
_FILE = re.compile(r"/(?P<kind>images|files|thumbs/\d+x\d+)/\d{4}/\d\d/\d\d/(?P<name>[^/]+)")
_SPONSORED = "/san-pham-xanh-cho-moi-nha-900001.html"
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70rem;margin:auto;padding:0 1rem}.l-content{display:flex;gap:2rem}"
    ".l-main{flex:3}.l-sidebar{flex:1}img{max-width:100%;height:auto}ul{padding:0;list-style:none}"
    ".c-menu ul{display:flex;flex-wrap:wrap;gap:1rem}table{border-collapse:collapse}td,th{padding:.3rem .6rem}"
)
_HTML, _XML, _JSON, _TEXT = "text/html", "application/xml", "application/json", "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    text: str = ""
    """May hold the signs @@NOW@@, @@VIEWS@@ and @@NOISE@@, which differ on every fetch."""
    payload: bytes = b""
    """Instead of ``text``: a file."""
    media: str = _HTML
    etag: str = ""
    changed: datetime | None = None
    """None when the page has no Last-Modified."""


def find(path: str, website: Website, *, changed: datetime) -> Page | None:
    """Return what stands at ``path``, or None; ``changed`` is when anything on the website last did."""
    if match := ARTICLE.fullmatch(path):
        return _article(int(match["new"] or match["old"]), path, website)
    if match := _FILE.fullmatch(path):
        return _file(match["kind"], match["name"], website)
    page = _fixed(path, website) or _listing(path, website) or _sitemap(path, website) or _more(path, website)
    if page is None:
        return None
    return Page(text=page.text, media=page.media, payload=page.payload, etag=_digest(page.text), changed=changed)


def _digest(*parts: object) -> str:
    return '"' + sha256("\0".join(str(part) for part in parts).encode()).hexdigest()[:20] + '"'


def _article(number: int, path: str, website: Website) -> Page | None:
    if path == _SPONSORED:
        return Page(text=website.notice("Sản phẩm xanh cho mọi nhà", "Nội dung do doanh nghiệp tài trợ."))
    story = next((story for story in website.stories if story.number == number), None)
    if story is None or path != website.path(story):
        return None
    # Boxes around the article change whenever anything is published; its validators are about the article alone.
    etag = _digest(story, website.relaunched, website.new_addresses, website.charset)
    return Page(text=website.article(story), etag=etag, changed=story.changed)


def _file(kind: str, name: str, website: Website) -> Page | None:
    if kind == "files":
        return _paper(name, website)
    known = name == "chung.jpg" or any(name == photo for story in website.stories for photo, _ in pictures(story))
    media, payload = picture(name) if known else ("", b"")
    return Page(payload=payload, media=media) if known else None


def _paper(name: str, website: Website) -> Page | None:
    titles = [title for story in website.stories for known, title in papers(story) if known == name]
    if not titles:
        return None
    edition = website.editions.get(name, 1)
    media, payload = paper(name, titles[0], edition)
    return Page(payload=payload, media=media, etag=_digest(name, titles[0], edition))


def _fixed(path: str, website: Website) -> Page | None:
    if path == "/robots.txt":
        rules = f"User-agent: *\nDisallow: /tim-kiem\nDisallow: /print/\nSitemap: {website.site}/sitemap.xml\n"
        return Page(text=rules, media=_TEXT)
    if path == "/assets/css/site.css":
        return Page(text=_STYLE, media="text/css")
    if path == "/assets/images/grey.gif":
        return Page(payload=GREY, media="image/gif")
    return None


def _listing(path: str, website: Website) -> Page | None:
    if path == "/":
        return Page(text=website.listing(website.stories[:ROWS], title="Báo Thí dụ", path=path))
    if path == NEWEST:
        more = _next(website.stories, 0)
        return Page(text=website.listing(website.stories[:ROWS], title="Tin mới nhất", path=path, more=more))
    for channel, section in enumerate(website.sections, 1):
        if path == f"/{slugify(section)}":
            stories = _channel(channel, website)
            more = _next(stories, channel)
            return Page(text=website.listing(stories[:ROWS], title=section, path=path, more=more))
    return _tagged(path.removeprefix("/tu-khoa/"), path, website) if path.startswith("/tu-khoa/") else None


def _tagged(tag: str, path: str, website: Website) -> Page | None:
    stories = [story for story in website.stories if tag in map(slugify, story.tags)]
    return Page(text=website.listing(stories, title=f"Từ khóa: {tag}", path=path)) if stories else None


def _channel(channel: int, website: Website) -> Sequence[Story]:
    """The stories of one section; of all sections for channel 0."""
    if not channel:
        return website.stories
    section = website.sections[channel - 1]
    return [story for story in website.stories if story.section == section]


def _next(stories: Sequence[Story], channel: int, start: int = 0) -> str:
    rest = len(stories) - start - ROWS
    return f"/api/getMoreArticle/channel_empty_{stories[start + ROWS - 1].number}_{channel}_0" if rest > 0 else ""


def _more(path: str, website: Website) -> Page | None:
    match = _MORE.fullmatch(path)
    if not match or int(match["channel"]) > len(website.sections):
        return None
    stories = _channel(int(match["channel"]), website)
    places = [place for place, story in enumerate(stories) if story.number == int(match["last"])]
    start = places[0] + 1 if places else len(stories)
    return Page(text=website.rows(stories[start : start + ROWS]), media=_JSON)


def _sitemap(path: str, website: Website) -> Page | None:
    if path == "/sitemap.xml":
        return Page(text=website.sitemap_index(), media=_XML)
    if path.startswith("/rss/") and path.endswith(".rss"):
        return _feed(path, website)
    match = _DAILY.fullmatch(path)
    text = website.sitemap(match["day"]) if match else None
    return Page(text=text, media=_XML) if text else None


def _feed(path: str, website: Website) -> Page | None:
    name = path.removeprefix("/rss/").removesuffix(".rss")
    if name == "home":
        return Page(text=website.feed(website.stories, title="Báo Thí dụ"), media="application/rss+xml")
    for channel, section in enumerate(website.sections, 1):
        if name == slugify(section):
            text = website.feed(_channel(channel, website), title=f"Báo Thí dụ – {section}")
            return Page(text=text, media="application/rss+xml")
    return None
