"""Dates in words, the same on every machine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(at: date) -> str:
    """ "24 August 2023"."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def weekday(at: date) -> str:
    """ "Thursday, 24 August 2023"."""
    return f"{_DAYS[at.weekday()]}, {day(at)}"


def clock(at: datetime) -> str:
    """ "15:52"."""
    return f"{at:%H:%M}"


def minute(at: datetime) -> str:
    """ "24 August 2023, 15:52"."""
    return f"{day(at)}, {clock(at)}"


def local(at: datetime, timezone: str) -> datetime:
    """The same moment on the wall clocks of ``timezone``, or in UTC when nobody knows that zone."""
    try:
        return at.astimezone(ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return at.astimezone(UTC)


def offset(at: datetime) -> str:
    """ "UTC+7"; which zone a time is in."""
    seconds = int(delta.total_seconds()) if (delta := at.utcoffset()) else 0
    hours, minutes = divmod(abs(seconds) // 60, 60)
    sign = "−" if seconds < 0 else "+"
    return f"UTC{sign}{hours}{f':{minutes:02}' if minutes else ''}" if seconds else "UTC"
