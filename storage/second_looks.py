"""When a known article is looked at again: soon while it is young, rarely later, never not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


def next_look(watched_from: datetime, tried_at: datetime, ladder: Sequence[timedelta]) -> datetime:
    """Return when an article's next look is due.

    ``ladder`` holds the ages, counted from ``watched_from``, at which it is looked at, at least one; the last one repeats.
    ``tried_at`` is when it was last asked for, answered or not.
    """
    ages = sorted(ladder)
    for age in ages:
        if watched_from + age > tried_at:
            return watched_from + age
    return tried_at + ages[-1]
