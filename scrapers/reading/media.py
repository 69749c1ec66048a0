"""Video and audio that a page plays, marked where it stands so that the text can link to it: for the reader of bodies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import cast
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from scrapers.items import Media
from scrapers.reading.linked import Thing
from scrapers.reading.text import clean
from scrapers.reading.tree import Element

MARK = "media"
"""The tag that stands in for a player, with "src", "title" and "type"."""
_TAGS = ("video", "audio", "iframe", "amp-youtube", "lite-youtube")
_MARKED = ("data-vid", "data-video-src", "data-video-url", "data-mp4", "data-audio-src", "data-audio", "data-youtube-id", "data-youtube")  # fmt: skip
_PLAYERS = etree.XPath(
    " | ".join(f"descendant-or-self::{tag}" for tag in _TAGS)
    + f" | descendant-or-self::*[{' or '.join(f'@{name}' for name in _MARKED)}]"
)
_SOURCES = ("src", "data-src", "data-lazy-src", "data-video-src", "data-video-url", "data-vid", "data-mp4", "data-audio-src", "data-audio")  # fmt: skip
_YOUTUBE = ("videoid", "data-videoid", "data-youtube-id", "data-youtube")
_FILE = re.compile(r"\.(mp4|m4v|webm|ogv|mov|m3u8|mp3|m4a|ogg|oga|wav|aac|opus)(?:$|[?#])", re.I)
_TYPES = {
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime", "m3u8": "video",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg", "wav": "audio/wav", "aac": "audio/aac", "opus": "audio/ogg",
}  # fmt: skip
_HOSTS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly|soundcloud\.com|spotify\.com|facebook\.com|vtv\.vn|"
    r"tiktok\.com|rutube\.ru|vk\.com|bilibili\.com|brightcove\.(?:net|com)|jwplatform\.com|jwplayer\.com|kaltura\.com|mdstrm\.com|streamable\.com|"
    r"ted\.com|archive\.org|podbean\.com|buzzsprout\.com|simplecast\.com|libsyn\.com|podigee\.io|arte\.tv|naver\.com|youku\.com|qq\.com|ustream\.tv|"
    r"twitch\.tv|megaphone\.fm|acast\.com|ivoox\.com|mixcloud\.com|panopto\.(?:com|eu)|streamtheworld\.com|mediacdn\.vn|tvo\.vn)$"
)
_PLAYING = re.compile(r"/(?:embed|player|video|videos|watch|v|e|plugins/video|iframe)\b", re.I)
_AUDIBLE = re.compile(
    r"soundcloud|spotify|podbean|buzzsprout|simplecast|libsyn|podigee|megaphone|acast|ivoox|mixcloud|audio|podcast"
)
# Machine-read copies of the text; their addresses change with every visit.
_READ_ALOUD = re.compile(r"(?:^|[\s_-])(?:tts|hidden-player|text-to-speech|readspeaker|audio-article)", re.I)
_AROUND = re.compile(r"player|video|audio|embed|media", re.I)


def mark_media(
    within: Iterable[Element], boxes: frozenset[Element], absolute: Callable[[str], str], *, markup: str
) -> None:
    """Put a mark behind every player; players within other boxes keep theirs within them. ``markup`` is the page's."""
    marked = any(name in markup for name in _MARKED)
    for player in [player for root in within for player in _players(root, marked)]:
        url = (
            ""
            if _READ_ALOUD.search(f"{player.get('class', '')} {player.get('id', '')}")
            else _address(player, absolute)
        )
        if url:
            mark = etree.Element(MARK, src=url, title=_title(player), type=_type(player, url))
            _outermost(player, boxes).addnext(mark)


def _players(root: Element, marked: bool) -> list[Element]:
    return cast("list[Element]", _PLAYERS(root)) if marked else list(root.iter(*_TAGS))


def stated_media(things: list[Thing], absolute: Callable[[str], str]) -> Iterator[Media]:
    """Yield the videos that JSON-LD says the article plays."""
    for thing in things[:3]:
        videos = thing.node.get("video") or thing.node.get("audio")
        for video in videos if isinstance(videos, list) else [videos]:
            if isinstance(video, dict) and thing.is_article:
                stated = str(video.get("contentUrl") or video.get("embedUrl") or "")
                url = playable(absolute(stated)) if stated else ""
                if url:
                    yield Media(url=url, title=clean(str(video.get("name") or "")), type=_kind(url, "video"))


def _address(player: Element, absolute: Callable[[str], str]) -> str:
    for name in _YOUTUBE:
        if re.fullmatch(r"[\w-]{11}", player.get(name, "")):
            return f"https://www.youtube.com/watch?v={player.get(name)}"
    holders = [player, *player.iter("source")]
    for stated in (holder.get(name, "").strip() for holder in holders for name in _SOURCES):
        url = (
            absolute(_complete(stated))
            if stated and "{" not in stated and not stated.startswith(("blob:", "data:"))
            else ""
        )
        known = playable(url) if url else ""
        if known:
            return known
    return ""


def _complete(stated: str) -> str:
    """VCCorp names files by host and path alone."""
    return f"https://{stated}" if re.match(r"[\w-]+(?:\.[\w-]+)+/", stated) else stated


def playable(url: str) -> str:
    """Return the address at which people can play it, "" for a frame that is no player."""
    parts = urlsplit(url)
    host, path = parts.hostname or "", parts.path
    if not host or (not _FILE.search(url) and not (_HOSTS.search(host) and _PLAYING.search(f"{path}?"))):
        return url if _AUDIBLE.search(host) and _HOSTS.search(host) else ""
    if "facebook." in host:
        shown = parse_qs(parts.query).get("href", [""])[0]
        return shown if "/plugins/video" in path and shown.startswith("https://") else ""
    embedded = re.search(r"/(?:embed|v|video|e)/(?:video/)?([\w-]+)", path)
    page = next((page for name, page in _PAGES.items() if name in host), "")
    return page + embedded.group(1) if embedded and page and embedded.group(1) != "videoseries" else url


_PAGES = {
    "youtube": "https://www.youtube.com/watch?v=",
    "player.vimeo": "https://vimeo.com/",
    "dailymotion": "https://www.dailymotion.com/video/",
}


def _title(player: Element) -> str:
    names = ("title", "data-title", "data-video-title", "aria-label", "data-name")
    said = next((words for name in names if (words := clean(player.get(name, "")))), "")
    return "" if _SAYS_NOTHING.match(said) else said


_SAYS_NOTHING = re.compile(
    r"^(?:youtube video player|video ?player|vimeo|embedded .*|advertisement|video|audio|iframe)$", re.I
)


def _type(player: Element, url: str) -> str:
    stated = next((kind for one in player.iter("source") if "/" in (kind := one.get("type", "").split(";")[0])), "")
    if stated.startswith(("video/", "audio/")) and _FILE.search(url):
        return stated
    return _kind(url, "audio" if player.tag == "audio" else "video")


def _kind(url: str, otherwise: str) -> str:
    file = _FILE.search(url)
    if file:
        return _TYPES[file.group(1).lower()]
    return "audio" if _AUDIBLE.search(urlsplit(url).hostname or "") else otherwise


def _outermost(player: Element, boxes: frozenset[Element]) -> Element:
    """The outermost frame or box around the player that is there for it."""
    found = player
    for around in player.iterancestors():
        if around.tag in ("figure", "picture", "video", "audio", "object"):
            found = around
        elif around in boxes:
            return around if _AROUND.search(f"{around.get('class', '')} {around.get('id', '')}") else found
    return found
