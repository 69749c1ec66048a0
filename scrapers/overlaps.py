"""Proves from two looks at one list that nothing came onto it in between without being seen.

News is put on top of a list, and what was there moves down. So what was on top in the look before must stand behind
the last new row now, followed by what followed it then. A known row above new ones proves nothing, for it may be
pinned; nor does one known row alone, which may be edited, recommended or one of the most read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate

from msgspec import Struct

_ENOUGH = 3
"""So many rows of the look before must stand behind the last new one, if it had as many."""
_VANISHED = 3
"""For each row that went from the top of the look before, so many must have stayed."""
_STRANGE = 2
"""For each strange row between them (recommended, at random), so many rows of the look before must stand there."""


class Seam(Struct, frozen=True, kw_only=True):
    """Where a look joins the one before it."""

    start: int
    """Place of the first row that the look before had on top: what is new above it came since."""
    end: int
    """Place from which on there is only what is older than all of the look before."""


def seam(before: Sequence[Hashable], now: Sequence[Hashable]) -> Seam | None:
    """Return where the rows of ``now`` join those of the look ``before``; None when that cannot be told."""
    places = {row: place for place, row in enumerate(before)}
    run = _longest_rise([(place, places[row]) for place, row in enumerate(now) if row in places])
    if not run:
        return None
    shown = set(now)
    if shown == places.keys():
        return Seam(start=0, end=len(now))
    strange = list(accumulate((row not in places for row in now), initial=0))
    vanished = list(accumulate((row not in shown for row in before), initial=0))
    # Behind the last row of the look before there is only what is older; if most of that look is still there.
    end = run[-1][0] + 1 if vanished[-1] * _VANISHED <= len(run) else len(now)
    found: list[tuple[int, int]] = []
    least = _least_lost(run, vanished)
    for place, (here, _) in enumerate(run):
        between = max(strange[end] - strange[here], 0)
        enough = len(run) - place >= min(_ENOUGH, len(before))
        if enough and least[place] <= -place and between * _STRANGE <= len(run) - place:
            found.append((between, here))
    return Seam(start=min(found)[1], end=end) if found else None


def shares(before: Iterable[Hashable], now: Iterable[Hashable]) -> bool:
    """Say whether two looks at a list in no order (a sitemap) join: such a list loses only what is oldest."""
    return not set(before).isdisjoint(now)


def _least_lost(run: Sequence[tuple[int, int]], vanished: Sequence[int]) -> list[int]:
    """Return for each row that stayed how bad, at best, is the loss above some row below it.

    From one row to another below it so many stayed; so many, weighed, vanished above the other: at most as many as that
    may be lost for the rows between them to be what was on top.
    """
    enough = _ENOUGH - 1
    losses = [vanished[there] * _VANISHED - place - 1 for place, (_, there) in enumerate(run)]
    best = list(accumulate(reversed(losses), min))[::-1]
    return [best[min(place + enough, len(run) - 1)] for place in range(len(run))]


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of ``pairs`` in which both places rise: the rows that kept their order."""
    ends: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for number, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        ends[length : length + 1] = [there]
        last[length : length + 1] = [number]
        previous.append(last[length - 1] if length else -1)
    run, number = [], last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = previous[number]
    return run[::-1]
