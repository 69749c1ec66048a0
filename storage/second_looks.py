"""When a known article is looked at again: soon while it is young, rarely later, never not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


def next_look(watched_from: datetime, looked_at: datetime, ladder: Sequence[timedelta]) -> datetime | None:
    """Return when an article's next look is due; None when the source wants no second looks.

    ``ladder`` holds the ages, counted from ``watched_from``, at which it is looked at; the last one repeats.
    """
    if not ladder:
        return None
    ages = sorted(ladder)
    for age in ages:
        if watched_from + age > looked_at:
            return watched_from + age
    return looked_at + ages[-1]
