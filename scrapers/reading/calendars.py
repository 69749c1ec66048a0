"""Calendars ministries count in besides the Gregorian one, turned into it, for the reader of printed dates."""

from __future__ import annotations

from datetime import date, timedelta

# First Gregorian year of each Japanese era that news can carry, minus one.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988, "s": 1925}
MINGUO = 1911
BUDDHIST = 543

# Days of each month of Bikram Sambat, as published; the years to come are not known beforehand.
_NEPALI_FIRST = 2070
_NEPALI_START = date(2013, 4, 14)
_NEPALI_DAYS = (
    (31, 31, 31, 32, 31, 31, 29, 30, 30, 29, 30, 30),
    (31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30),
    (31, 32, 31, 32, 31, 30, 30, 29, 30, 29, 30, 30),
    (31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 31),
    (31, 31, 31, 32, 31, 31, 30, 29, 30, 29, 30, 30),
    (31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30),
    (31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 30),
    (31, 32, 31, 32, 31, 30, 30, 30, 29, 30, 29, 31),
    (31, 31, 31, 32, 31, 31, 30, 29, 30, 29, 30, 30),
    (31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30),
    (31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 30),
    (31, 32, 31, 32, 31, 30, 30, 30, 29, 30, 29, 31),
    (31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30),
)
_NEPALI_LAST = _NEPALI_FIRST + len(_NEPALI_DAYS) - 1

# Years of the Persian calendar that end a 33-year cycle's leap pattern, for the years news can carry.
_PERSIAN_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_PERSIAN_NEW_YEAR_1403 = date(2024, 3, 20)


def gregorian(year: int, month: int, day: int, *, calendar: str = "") -> date | None:
    """Return the Gregorian day, or None when the calendar has no such day or its table does not reach it."""
    try:
        if calendar == "persian":
            return _persian(year, month, day)
        if calendar == "ethiopian":
            return _ethiopian(year, month, day)
        if calendar == "nepali":
            return _nepali(year, month, day)
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def native_calendar(year: int, language: str) -> str:
    """Return the calendar a numeric year must be of in a language: "hijri" is one that cannot be computed."""
    if language in ("fa", "ps") and 1360 <= year <= 1480:
        return "persian"
    if language == "ne" and 2050 <= year <= 2110:
        return "nepali"
    return "hijri" if 1340 <= year <= 1500 else ""


def _persian(year: int, month: int, day: int) -> date | None:
    length = 31 if month <= 6 else 30 if month <= 11 or _is_persian_leap(year) else 29
    if not (1360 <= year <= 1480 and 1 <= month <= 12 and 1 <= day <= length):
        return None
    start = _PERSIAN_NEW_YEAR_1403 + timedelta(_persian_days(year) - _persian_days(1403))
    return start + timedelta(min(month - 1, 6) * 31 + max(month - 7, 0) * 30 + day - 1)


def _persian_days(year: int) -> int:
    """Days from year 1 to the first of ``year``; exact for the years `_persian` accepts."""
    cycles, rest = divmod(year - 1, 33)
    return 365 * (year - 1) + 8 * cycles + sum(leap <= rest for leap in _PERSIAN_LEAP)


def _is_persian_leap(year: int) -> bool:
    return (year - 1) % 33 + 1 in _PERSIAN_LEAP


def _ethiopian(year: int, month: int, day: int) -> date | None:
    length = 30 if month <= 12 else 6 if year % 4 == 3 else 5
    if not (1980 <= year <= 2090 and 1 <= month <= 13 and 1 <= day <= length):
        return None
    # 1 Meskerem 2000 was 12 September 2007; each year after one divisible by four less one is a day longer.
    days = 365 * (year - 2000) + year // 4 - 500 + 30 * (month - 1) + day - 1
    return date(2007, 9, 12) + timedelta(days)


def _nepali(year: int, month: int, day: int) -> date | None:
    if not (_NEPALI_FIRST <= year <= _NEPALI_LAST and 1 <= month <= 12):
        return None
    lengths = _NEPALI_DAYS[year - _NEPALI_FIRST]
    if not 1 <= day <= lengths[month - 1]:
        return None
    before = sum(sum(each) for each in _NEPALI_DAYS[: year - _NEPALI_FIRST])
    return _NEPALI_START + timedelta(before + sum(lengths[: month - 1]) + day - 1)
