"""Rules about attachments and media, and about what a feed no longer holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.parsed import MEDIA, Problem, Seen
from feeds.rules.html import judge
from scrapers.media_types import media_type

_TYPE = re.compile(r"[a-z]+/[a-z0-9!#$&^_.+-]+$", re.IGNORECASE)
_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def enclosures(seen: Seen) -> Iterator[Problem]:
    """H01, H02, H03: absolute, typed, and of a stated length or none."""
    for entry in seen.entries:
        for file in entry.linked("enclosure"):
            if not re.match(r"https?://[^/\s]+", file.href):
                yield entry.problem("H01", message=f"attachment is not absolute: {file.href!r}")
            if not _TYPE.match(file.type) or media_type(file.href) not in ("", file.type):
                message = f"attachment {file.href} has type {file.type!r}"
                yield entry.problem("H02", level="warning", message=message)
            if not (file.length or ("0" if seen.kind != "rss" and file.length is None else "")).isdecimal():
                yield entry.problem("H03", message=f"attachment has length {file.length!r}")


def listed(seen: Seen) -> Iterator[Problem]:
    """H04: every attachment is in the content too; RSS has room for one, the others give each a title."""
    for entry in seen.entries:
        files = entry.linked("enclosure")
        if seen.kind == "rss" and len(files) > 1:
            yield entry.problem("H04", message=f"has {len(files)} enclosures; readers take one")
        for file in files:
            if seen.kind != "rss" and not file.title:
                yield entry.problem("H04", message=f"attachment without a title: {file.href}")
            if file.href not in judge(entry.content).addresses:
                yield entry.problem("H04", message=f"content does not list {file.href}")


def ungrouped(seen: Seen) -> Iterator[Problem]:
    """G06: one media:group means one picture in several sizes, which an article's pictures are not."""
    for entry in seen.entries if seen.kind != "json" else ():
        if entry.node.find(f"{MEDIA}group") is not None:
            yield entry.problem("G06", "puts its pictures in one media:group", level="warning")


def tombstones(seen: Seen) -> Iterator[Problem]:
    """L04: what is said to be gone is not there."""
    gone = {stone.get("ref") for stone in seen.node.iterfind(_TOMBSTONE)} if seen.kind == "atom" else set()
    for entry in seen.entries:
        if entry.id in gone:
            yield entry.problem("L04", message="is here and declared deleted")
