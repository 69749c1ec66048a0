"""Days as they stand beside a document's number: "ngày 22 tháng 6 năm 2023", "of 27 April 2016", "du 1er août 2021"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from scrapers.reading.months import month_names

_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
VIETNAMESE_DAY = r"(?P<y_d>\d{1,2})(?: ?[/.-] ?| tháng )(?P<y_m>\d{1,2})(?: ?[/.-] ?| năm |, ?)" + _YEAR.format("y_y")
"""Day first, always."""
NAMED_DAY = (
    r"(?:(?P<y_d>\d{1,2})(?:er|st|nd|rd|th|\.)? (?P<y_n>[^\W\d]{3,10})\.?,? " + _YEAR.format("y_y")
    + r"|(?P<y_name>[^\W\d]{3,10})\.? (?P<y_day>\d{1,2}),? " + _YEAR.format("y_e") + r")"
)  # fmt: skip
"""With the name of the month, in whatever language."""


def numeric_day(found: re.Match[str]) -> date | None:
    """Return the day that ``VIETNAMESE_DAY`` found, or None when there is no such day."""
    return _day(int(found["y_y"]), int(found["y_m"]), int(found["y_d"]))


def named_day(found: re.Match[str]) -> date | None:
    """Return the day that ``NAMED_DAY`` found, or None when it holds no month's name."""
    month = _months().get((found["y_n"] or found["y_name"]).casefold())
    return _day(int(found["y_y"] or found["y_e"]), month, int(found["y_d"] or found["y_day"])) if month else None


@cache
def _months() -> dict[str, int]:
    return {**month_names("de"), **month_names("fr")}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
