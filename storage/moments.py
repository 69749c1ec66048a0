"""Times as the archive writes them: UTC text that sorts, and what a ministry printed beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from scrapers.items import Moment, Precision

SETBACK = timedelta(days=2)
"""A clock that is set back by more than this was wrong: what it stamped is no time to wait for."""


def is_beyond(at: datetime, now: datetime) -> bool:
    """Say whether a moment the archive holds lies so far ahead that a wrong clock must have stamped it."""
    return at - now > SETBACK


def text(moment: datetime) -> str:
    """Write a moment as "2023-08-24T08:52:00Z": whole seconds, so that text order is time order."""
    if moment.tzinfo is None:
        raise ValueError(f"a time in the archive needs a time zone, got {moment.isoformat()}")
    return moment.astimezone(UTC).isoformat(timespec="seconds")[: -len("+00:00")] + "Z"


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def optional(written: str | None) -> datetime | None:
    return None if written is None else moment(written)


def utc(printed: Moment | None) -> str | None:
    return None if printed is None else text(printed.at)


def local(printed: Moment | None) -> str | None:
    """Write it as the ministry meant it: with its offset, or the bare day."""
    return None if printed is None else printed.iso


def restored(at: str | None, there: str | None, precision: Precision | None, printed: str) -> Moment | None:
    """Make the Moment again from its columns."""
    if at is None or there is None or precision is None:
        return None
    return Moment(at=_there(at, there), precision=precision, printed=printed)


def _there(at: str, there: str) -> datetime:
    if "T" in there:
        return datetime.fromisoformat(there)
    # Of a bare day the UTC text is that day's midnight in the page's zone: the difference is the offset.
    offset = datetime.fromisoformat(there) - moment(at).replace(tzinfo=None)
    return moment(at).astimezone(timezone(offset))
