"""A feed in one format, ready to be published: written, judged, and mended where an entry would break it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from feeds.build import Feed, atom, rss
from feeds.check import check, errors
from feeds.entries import Entry
from feeds.fragments import Remembered
from feeds.json_feed import json_feed
from feeds.links import is_private
from feeds.parsed import Kind, Problem
from feeds.safe_html import paragraphs, plain_text
from scrapers.items import Record

FORMATS: dict[Kind, Callable[[Feed], bytes]] = {"rss": rss, "atom": atom, "json": json_feed}


_RIGHT: Remembered[bool] = Remembered(4096)
"""Entries in which nothing was found wrong; only what they are together must be judged again."""


class Edition(Record, frozen=True, kw_only=True):
    """One document, and what is wrong with it."""

    payload: bytes
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(errors(list(self.problems)))


def edition(feed: Feed, kind: Kind, *, now: datetime) -> Edition:
    """Write a feed in one format and judge it.

    An entry that breaks a rule is told again in plain words: one bad page must not hold up all the others. The
    problems of both attempts are returned, those of the first as warnings.
    """
    first = _edition(feed, kind, now)
    broken = {problem.entry for problem in first.errors if problem.entry}
    if not broken:
        return first
    entries = tuple(plainly(one) if place in broken else one for place, one in enumerate(feed.entries, 1))
    second = _edition(msgspec.structs.replace(feed, entries=entries), kind, now)
    told = tuple(msgspec.structs.replace(problem, level="warning") for problem in first.errors)
    return Edition(payload=second.payload, problems=(*second.errors, *told))


def plainly(one: Entry) -> Entry:
    """Return an entry with nothing but words and the link to its page."""
    return msgspec.structs.replace(
        one, content=paragraphs(plain_text(one.content)) or paragraphs(one.title), images=(), attachments=()
    )


def _edition(feed: Feed, kind: Kind, now: datetime) -> Edition:
    payload = FORMATS[kind](feed)
    private = feed.channel.private or is_private(urlsplit(feed.base_url).hostname or "")
    combined = feed.channel.publisher is None
    keys = [(kind, feed.place, private, combined, one) for one in feed.entries]
    problems = check(
        payload,
        kind,
        url=getattr(feed.addresses, kind),
        now=now,
        private=private,
        combined=combined,
        judged={place for place, key in enumerate(keys, 1) if _RIGHT.get(key)},
    )
    wrong = {problem.entry for problem in problems}
    # What is wrong with the whole may have kept its entries from being judged.
    for key in [key for place, key in enumerate(keys, 1) if 0 not in wrong and place not in wrong]:
        _RIGHT.put(key, True)
    return Edition(payload=payload, problems=tuple(problems))
