"""What many pages need and few visits change, kept for a moment: an archive of thousands of sources stays quick."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import RLock
from typing import Any, TypeVar, cast

T = TypeVar("T")
SHORTEST = 2.0
"""Seconds a thing is kept at least."""
SHARE = 20
"""A thing is kept this many times as long as it took to make: no more than a twentieth of the time goes into it."""


class Shelf:
    """Things by name. Several threads may ask; one makes, the others wait for it."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[float, Any]] = {}
        self._lock = RLock()

    def keep(self, name: str, make: Callable[[], T]) -> T:
        """Return the thing called ``name``, made anew when it has been kept long enough."""
        with self._lock:
            until, thing = self._kept.get(name, (0.0, None))
            begun = self._clock()
            if name in self._kept and begun < until:
                return cast(T, thing)
            thing = make()
            done = self._clock()
            self._kept[name] = done + max(SHORTEST, SHARE * (done - begun)), thing
            return thing
