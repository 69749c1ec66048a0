"""JSON-LD as ministries write it, damaged or not: for the readers of fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from scrapers.reading.text import clean

_ARTICLES = (
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Report",
    "PressRelease",
    "GovernmentAnnouncement",
    "SpecialAnnouncement",
)
_PAGES = ("WebPage", "ItemPage", "AboutPage", "VideoObject", "CreativeWork", "DigitalDocument", "Event")
_COMMENT = re.compile(r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[)|(?:\]\]>|-->|//\s*\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(?=\s*[\]}])")
_MOST = 400


class Thing:
    """One JSON-LD node."""

    def __init__(self, node: dict[str, Any], kind: str) -> None:
        self.node = node
        self.kind = kind

    def text(self, *keys: str) -> str:
        """Return the first of ``keys`` that holds words, a name or an address, in one clean line."""
        return next((found for key in keys for found in self.texts(key)), "")

    def texts(self, key: str) -> list[str]:
        return [clean(text) for text in _strings(self.node.get(key)) if clean(text)]

    @property
    def is_article(self) -> bool:
        return self.kind.endswith(_ARTICLES)


def things(scripts: Iterable[str]) -> list[Thing]:
    """Return the nodes that can describe the page, articles first."""
    found = [thing for script in scripts for thing in _things(_loaded(script))]
    return sorted(found, key=lambda thing: not thing.is_article)


def _loaded(script: str) -> Any:
    text = _COMMENT.sub("", script).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _things(loaded: Any) -> Iterator[Thing]:
    waiting, looked_at = [loaded], 0
    while waiting and looked_at < _MOST:
        node = waiting.pop(0)
        looked_at += 1
        if isinstance(node, list):
            waiting = node[:_MOST] + waiting
        elif isinstance(node, dict):
            yield from _described(node)
            waiting = [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node] + waiting


def _described(node: dict[str, Any]) -> Iterator[Thing]:
    for kind in _strings(node.get("@type")):
        if kind.endswith((*_ARTICLES, *_PAGES)):
            yield Thing(node, kind)
            return


def _strings(value: Any, depth: int = 4) -> Iterator[str]:
    """The texts in a value that may be a text, a named node, or a list of such."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(value)
    elif depth and isinstance(value, dict):
        yield from _strings(value.get("name") or value.get("@value") or value.get("url") or value.get("@id"), depth - 1)
    elif depth and isinstance(value, list):
        for part in value[:_MOST]:
            yield from _strings(part, depth - 1)
