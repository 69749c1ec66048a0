"""Time zones as pages print them ("GMT+7", "+0700", "ICT", "EDT"), for the reader of printed dates."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo
from datetime import timezone as fixed
from zoneinfo import ZoneInfo

# Abbreviations that mean one offset wherever they are printed, in minutes east of Greenwich.
_KNOWN = {
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "TRT": 180, "GST": 240, "PKT": 300, "NPT": 345, "BDT": 360, "MMT": 390, "ICT": 420, "WIB": 420, "WITA": 480,
    "HKT": 480, "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480, "WIT": 540, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660,
    "NZST": 720, "NZDT": 780, "BRT": -180, "ART": -180, "EDT": -240, "EST": -300, "CDT": -300, "MDT": -360, "MST": -420,
    "PDT": -420, "AKDT": -480, "AKST": -540, "HST": -600, "WAT": 60, "CAT": 120, "SAST": 120, "EAT": 180, "IDT": 180, "МСК": 180,
    "IRST": 210, "AFT": 270, "UZT": 300, "BNT": 480, "CLST": -180, "UYT": -180, "CLT": -240, "VET": -240, "COT": -300, "PET": -300,
    "HAE": -240, "HNE": -300,
}  # fmt: skip
# These mean one thing in one country and another elsewhere: the source's own zone decides, if it uses them.
_LOCAL = frozenset({"CST", "PST", "IST", "BST", "AST", "SST"})
_AMERICAN = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
_AMERICAN_FIXED = {"CST": -360, "PST": -480, "AST": -240}

NAMES = "|".join(sorted({*_KNOWN, *_LOCAL, *_AMERICAN} - {"Z"}, key=len, reverse=True))
"""Alternatives of a regular expression; to be matched in capitals only ("est" and "et" are words)."""

_OFFSET = re.compile(r"([+-])\s?(\d{1,2})(?:[:.]?(\d{2}))?$")
_UNITED_STATES = re.compile(
    r"^(America/(New_York|Chicago|Denver|Phoenix|Los_Angeles|Anchorage|Detroit|Boise|Juneau|Nome|Adak|Puerto_Rico|Menominee|(Indiana|Kentucky|North_Dakota)/\w+)|US/[\w-]+|Pacific/(Honolulu|Guam|Saipan))$"
)
_CANADA = re.compile(
    r"^(America/(Toronto|Vancouver|Edmonton|Calgary|Winnipeg|Halifax|St_Johns|Regina|Montreal|Moncton|Whitehorse|Yellowknife|Iqaluit)|Canada/[\w-]+)$"
)


def is_american(timezone: str) -> bool:
    """Whether numeric English dates of the zone put the month first: the United States and the Philippines."""
    return timezone == "Asia/Manila" or bool(_UNITED_STATES.match(timezone))


def is_canadian(timezone: str) -> bool:
    """Whether numeric English dates of the zone may have either order."""
    return bool(_CANADA.match(timezone))


def place(naive: datetime, *, printed: str, timezone: str) -> datetime | None:
    """Return ``naive`` in the zone ``printed`` states, else in ``timezone``, with a fixed offset.

    None without either, and where ``printed`` means one thing here and another there.
    """
    name = printed.strip(" ()[]")
    stated = _stated(name, naive, timezone) if name else None
    if stated is None and (not timezone or (name.upper() in _LOCAL and _has_names(naive, timezone))):
        return None
    return naive.replace(tzinfo=stated or _fixed(naive, timezone))


def is_offset(text: str) -> bool:
    """Whether ``text`` ("+0700", "GMT+7") is an offset that some place on earth has."""
    return _minutes(text) is not None


def _stated(text: str, naive: datetime, timezone: str) -> tzinfo | None:
    if (minutes := _minutes(text)) is not None:
        return _offset(minutes)
    name = text.upper()
    if timezone and name in _LOCAL | {"EST", "MST"} and naive.replace(tzinfo=ZoneInfo(timezone)).tzname() == name:
        return _fixed(naive, timezone)
    if name in _AMERICAN:
        return _fixed(naive, _AMERICAN[name])
    if name in _KNOWN:
        return _offset(_KNOWN[name])
    if name in _AMERICAN_FIXED and (is_american(timezone) or is_canadian(timezone)):
        return _offset(_AMERICAN_FIXED[name])
    return None


def _has_names(naive: datetime, timezone: str) -> bool:
    """Whether people of the zone call their time by letters; whoever calls it +06 may mean it by any."""
    return (naive.replace(tzinfo=ZoneInfo(timezone)).tzname() or "+")[0] not in "+-"


def _minutes(text: str) -> int | None:
    found = _OFFSET.search(text)
    if not found:
        return None
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    return (hours * 60 + minutes) * (-1 if found[1] == "-" else 1)


def _offset(minutes: int) -> tzinfo:
    return fixed(timedelta(minutes=minutes))


def _fixed(naive: datetime, timezone: str) -> tzinfo:
    """The offset ``timezone`` has at that local time; a record must mean the same when read back."""
    offset = naive.replace(tzinfo=ZoneInfo(timezone)).utcoffset()
    return fixed(offset or timedelta())


def local(at: datetime, timezone: str) -> datetime:
    """Return an aware moment as the zone's clocks show it, with a fixed offset; Greenwich's for no zone."""
    shown = at.astimezone(ZoneInfo(timezone or "UTC"))
    return shown.astimezone(_offset(int((shown.utcoffset() or timedelta()).total_seconds() // 60)))
