"""Entries as they stand in documents, written and judged once for all the feeds and rounds that show them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from feeds.entries import Entry

Value = TypeVar("Value")
Render = Callable[[Sequence[Entry]], bytes]

# How an entry begins and ends in a document, and what follows the last. Text cannot look like it: its "<" is escaped.
_MARKS = {
    "rss": (b"    <item>", b"    </item>\n", b"  </channel>"),
    "atom": (b"  <entry", b"  </entry>\n", b"</feed>"),
}


class Remembered(Generic[Value]):
    """The newest of what was worked out once; any thread may ask and tell."""

    def __init__(self, most: int, size: Callable[[Value], int] = lambda _: 1) -> None:
        self._most, self._size = most, size
        self._held: dict[Hashable, Value] = {}
        self._full = 0

    def get(self, key: Hashable) -> Value | None:
        return self._held.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        self._held[key] = value
        self._full += self._size(value)
        if self._full > self._most:
            held = list(self._held)
            for old in held[: len(held) // 2]:
                self._held.pop(old, None)
            self._full = sum(map(self._size, list(self._held.values())))


_WRITTEN: Remembered[bytes] = Remembered(24_000_000, len)
"""In bytes."""


def assembled(entries: Sequence[Entry], kind: str, place: Hashable, render: Render) -> bytes:
    """Return what ``render`` makes of ``entries``, of which it is given only those not written before.

    ``place`` is all that the form of an entry depends on besides the entry itself.
    """
    keys = [(kind, place, one) for one in entries]
    texts = [_WRITTEN.get(key) for key in keys]
    fresh = [index for index, text in enumerate(texts) if text is None]
    head, written, tail = _cut(render([entries[index] for index in fresh]), kind)
    for index, text in zip(fresh, written, strict=True):
        texts[index] = text
        _WRITTEN.put(keys[index], text)
    return b"".join([head, *(text for text in texts if text), tail])


def _cut(document: bytes, kind: str) -> tuple[bytes, list[bytes], bytes]:
    """Return what stands before the entries, the entries, and what stands behind them."""
    opening, closing, end = _MARKS[kind]
    head, mark, rest = document.partition(opening)
    if not mark:
        place = document.rindex(end)
        return document[:place], [], document[place:]
    body, _, tail = (mark + rest).rpartition(closing)
    return head, [part + closing for part in body.split(closing)], tail
