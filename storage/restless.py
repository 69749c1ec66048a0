"""Names the small places in which two wordings differ, so that a place that is another at every look can be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from scrapers.items import Article
from storage.counters import lasting
from storage.diffs import Piece, compare
from storage.obligations import language_of
from storage.spots import places
from storage.wording import plain

_MOST = 3
"""Places in which two wordings may differ."""
_SMALL = 80
"""Characters of a place within a paragraph."""
_PARAGRAPH = 300
"""Characters of a paragraph that is another as a whole."""
_TEXTS = frozenset(("headline", "kicker", "lede", "body_text"))
_PICTURES = frozenset(("images", "body_html"))


def restless_places(before: Article, after: Article, fields: Sequence[str]) -> tuple[str, ...]:
    """Return names of the few small places in which the wordings differ; none when more than that is another.

    A place has the same name whatever stands in it, as long as the paragraph around it is the same.
    """
    if set(fields) <= _PICTURES:
        return ("pictures",)
    if not set(fields) <= _TEXTS:
        return ()
    named: list[str] = []
    for field in fields:
        old, new = getattr(before, field), getattr(after, field)
        for name in _places(lasting(old), lasting(new), language_of(new, after.language)):
            if name is None or len(named) == _MOST:
                return ()
            named.append(f"{field}:{name}")
    return tuple(dict.fromkeys(named))


def _places(before: str, after: str, language: str) -> Iterator[str | None]:
    """Yield the name of each place, None for one that is not small."""
    pieces = compare(before, after)
    hole: list[Piece] = []
    last = ""
    for piece in [*pieces, None]:
        if piece is not None and piece.kind in ("gone", "come", "left", "moved"):
            hole.append(piece)
            continue
        if hole:
            yield _between(last, hole, plain(piece.after) if piece else "")
        if piece is not None and piece.kind == "changed":
            yield from _within(piece, language)
        hole, last = [], plain(piece.after) if piece else ""


def _between(last: str, hole: Sequence[Piece], following: str) -> str | None:
    if len(hole) > 2 or any(len(piece.before) + len(piece.after) > _PARAGRAPH for piece in hole):
        return None
    return _named(last[-_SMALL:], following[:_SMALL])


def _within(piece: Piece, language: str) -> Iterator[str | None]:
    spots = places(piece.segments, language)
    if any(max(len(spot.before), len(spot.after)) > _SMALL for spot in spots):
        yield None
        return
    rest, at = [], 0
    for spot in spots:
        found = max(at, piece.after.find(spot.after, at))
        rest.append(piece.after[at:found])
        at = found + len(spot.after)
    yield _named(*map(plain, (*rest, piece.after[at:])))


def _named(*around: str) -> str:
    return blake2b("\0".join(around).encode(), digest_size=6).hexdigest()
