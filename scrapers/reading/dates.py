"""Reads the dates ministries print, strictly: the day is read or it is not, and never guessed. For every reader."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from scrapers.items import Moment, Precision
from scrapers.reading import clocks, printed, relative, zones
from scrapers.reading.calendars import BUDDHIST, ERAS, MINGUO, gregorian, native_calendar
from scrapers.reading.months import base_language
from scrapers.reading.printed import Token

Order = Literal["ymd", "mdy", "dmy"]

EARLIEST = 1990
"""No ministry had a website before; archives that print older dates must be asked for."""
_LATEST = 2100
"""Templates fill in 9999 for "never"."""
_AHEAD = timedelta(days=2)
"""Clocks and zones differ; a date further ahead of now is an event's, not a publication's."""

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,:]\d+)?)?\s?(Z|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_ASP = re.compile(r"/Date\((-?\d{9,13})(?:[+-]\d{4})?\)/")
_EPOCH = re.compile(r"(\d{10})(?:\.\d+)?|(\d{13})")
_NUMBER = re.compile(r"\d+|元")
_RANGE = re.compile(r"\s?[-/.]\s?")


class _Found(NamedTuple):
    """A day in the text, and the tokens it was read from."""

    day: date | None
    first: int
    last: int


class _Ways(NamedTuple):
    """How a text is to be understood."""

    language: str
    order: Order | None
    """Which number comes first in 5/8/2023; None when nothing says so."""
    timezone: str
    now: datetime | None
    earliest: int


def read_date(
    text: str,
    *,
    language: str,
    timezone: str,
    order: Order | None = None,
    now: datetime | None = None,
    earliest: int = EARLIEST,
) -> Moment | None:
    """Return the first date printed in ``text``, or None when it holds none that can be read without guessing.

    The zone is the one the text states, else ``timezone``; when that is "", a time without a zone is left out. A
    year's place is taken from the text itself; of two numbers that could both be the month, a weekday beside them
    decides, else the custom of the language, in English that of the country: month first in the United States and the
    Philippines, none in Canada or when neither zone nor region is known, day first elsewhere. Relative dates ("2 hours ago") need ``now``. A day before the year
    ``earliest``, or more than two days after ``now``, is refused.
    """
    base = base_language(language)
    return _read(text, _Ways(base, order or _order(base, language, timezone), timezone, now, earliest))


def read_machine_date(
    text: str,
    *,
    timezone: str,
    order: Order = "ymd",
    epoch: bool = False,
    now: datetime | None = None,
    earliest: int = EARLIEST,
) -> Moment | None:
    """Return the moment a meta value, feed or API states: ISO 8601, RFC 822, or numbers in ``order``.

    Bare numbers of seconds or milliseconds are read only with ``epoch``; "ymd" refuses 9/5/2026, which has two
    meanings.
    """
    text = text.strip()
    ways = _Ways("en", None if order == "ymd" else order, timezone, now, earliest)
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _compact(found, ways, text)
    if found := _ASP.search(text[:60]) or (_EPOCH.fullmatch(text) if epoch else None):
        return _since_1970(next(group for group in found.groups() if group), ways, text)
    return _read(text, ways)


def _read(text: str, ways: _Ways) -> Moment | None:
    folded = printed.fold(text)
    if found := _COMPACT.fullmatch(folded):
        return _compact(found, ways, text)
    if len(_NUMBER.findall(folded)) < 2 and ways.now is None:
        return None
    cut = printed.tokens(folded, ways.language)
    days = (day for start in range(len(cut)) if (day := _day_at(cut, start, folded, ways)))
    if found_day := next(days, None):
        return _moment(cut, found_day, ways, text) if found_day.day else None
    if ways.now is None:
        return None
    return _relative(folded, cut, ways, text)


def _moment(cut: list[Token], found: _Found, ways: _Ways, text: str) -> Moment | None:
    at, clock = _clock_near(cut, found)
    zone = _zone_near(cut, at, found.last)
    assert found.day
    return _checked(found.day, clock, ways, zone=zone, text=text)


def _checked(
    day: date, clock: tuple[int, int, int, Precision] | None, ways: _Ways, *, zone: str, text: str
) -> Moment | None:
    hour, minute, second, precision = clock or (0, 0, 0, "day")
    naive = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001
    at = zones.place(naive, printed=zone if clock else "", timezone=ways.timezone)
    if at is None:
        # A time without a zone is no moment.
        at, precision = naive.replace(hour=0, minute=0, second=0, tzinfo=UTC), "day"
    if not ways.earliest <= day.year <= _LATEST or (ways.now is not None and at > ways.now + _AHEAD):
        return None
    return Moment(at=at, precision=precision, printed=" ".join(text[: 4 * printed.LIMIT].split())[: printed.LIMIT])


def _compact(found: re.Match[str], ways: _Ways, text: str) -> Moment | None:
    year, month, day, hour, minute, second, zone = found.groups()
    on = gregorian(int(year), int(month), int(day))
    if on is None or int(hour or 0) > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    clock = (int(hour), int(minute), int(second or 0), "second" if second else "minute") if hour else None
    return _checked(on, clock, ways, zone=zone or "", text=text)  # type: ignore[arg-type]


def _since_1970(digits: str, ways: _Ways, text: str) -> Moment | None:
    seconds = int(digits) // 1000 if len(digits.lstrip("-")) > 10 else int(digits)
    utc = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    local = zones.local(utc, ways.timezone)
    clock: tuple[int, int, int, Precision] = (local.hour, local.minute, local.second, "second")
    return _checked(local.date(), clock, ways, zone=local.strftime("%z"), text=text)


def _day_at(cut: list[Token], start: int, text: str, ways: _Ways) -> _Found | None:
    """The day that starts at a token; one without a ``day`` when a date stands there that must not be read."""
    if cut[start].kind == "date":
        if _ends_a_range(cut, start, text):
            return _Found(None, start, start)
        return _numeric(cut, start, ways)
    if cut[start].kind in ("number", "month"):
        return _named(cut, start, text, ways)
    return None


def _ends_a_range(cut: list[Token], start: int, text: str) -> bool:
    """Whether "24-26/08/2023" or "1.24.08.2023" lead to this token: then it is not the day of publication."""
    before = cut[start - 1] if start else None
    return bool(before and before.kind == "number" and _RANGE.fullmatch(text[before.end : cut[start].start]))


def _numeric(cut: list[Token], start: int, ways: _Ways) -> _Found | None:
    found = cut[start].found
    if found["year"] or found["initial"]:
        year, month, day = (
            _counted_year(found),
            found["month_number"] or found["era_month"],
            found["day"] or found["era_day"],
        )
        on = gregorian(year, int(month), int(day)) if year else None
        return _Found(on, start, start) if on else None
    a, b, c = found["a"], found["b"], found["c"]
    if len(a) > 2 or (len(c) <= 2 and ways.language in ("ja", "ko", "zh", "mn")):
        on = _dated(a, int(b), int(c), ways) if len(c) <= 2 else None
    elif len(c) == 3 or (len(c) < 3 and (ways.order is None or _may_be_version(cut, start))):
        on = None
    else:
        return _day_and_month(cut, start, ways)
    return _Found(on, start, start) if on else None


def _may_be_version(cut: list[Token], start: int) -> bool:
    """Whether "8.5.12" may be a version's number; with a time beside it it is a day."""
    found = cut[start].found
    timed = start + 1 < len(cut) and cut[start + 1].kind == "time"
    return found["sep"] == "." and len(found["a"] + found["b"]) < 4 and not timed


def _day_and_month(cut: list[Token], start: int, ways: _Ways) -> _Found | None:
    found = cut[start].found
    a, b, c = int(found["a"]), int(found["b"]), found["c"]
    if native_calendar(int(c), ways.language) == "hijri":
        return None
    day_first, month_first = _dated(c, b, a, ways), _dated(c, a, b, ways)
    if not (day_first and month_first) or day_first == month_first:
        on = day_first or month_first
        return _Found(on, start, start) if on else None
    weekday = _weekday_beside(cut, start, ways.language)
    agreeing = [on for on in (day_first, month_first) if on.weekday() == weekday]
    if len(agreeing) == 1:
        return _Found(agreeing[0], start, start)
    return _Found({"dmy": day_first, "mdy": month_first}.get(ways.order or ""), start, start)


def _weekday_beside(cut: list[Token], start: int, language: str) -> int:
    for at in (start - 1, start + 1):
        if 0 <= at < len(cut) and cut[at].kind == "weekday":
            return printed.weekday(cut[at], language)
    return -1


def _counted_year(found: re.Match[str]) -> int | None:
    era, year = (found["era"] or found["initial"] or "").lower(), found["year"] or found["era_year"]
    if era in ERAS:
        return ERAS[era] + (1 if year == "元" else int(year))
    if year == "元":
        return None
    if era or len(year) == 3:
        return MINGUO + int(year)
    return int(year) if len(year) == 4 else None


def _dated(year: str, month: int, day: int, ways: _Ways) -> date | None:
    """The day of a year as printed, in the calendar such a year must be of."""
    number = _full_year(year, ways.language)
    if number is None:
        return None
    calendar = native_calendar(number, ways.language)
    return gregorian(number, month, day, calendar=calendar) if calendar != "hijri" else None


def _full_year(year: str, language: str) -> int | None:
    number = int(year)
    if language == "zh" and len(year) == 3:
        return MINGUO + number
    if language in ("th", "lo", "km") and (number > 2400 or (len(year) == 2 and number > EARLIEST + BUDDHIST - 2500)):
        return number - BUDDHIST if number > 2400 else number + 2500 - BUDDHIST
    if len(year) == 2:
        return number + (2000 if number < 70 else 1900)
    return number if len(year) == 4 else None


def _named(cut: list[Token], start: int, text: str, ways: _Ways) -> _Found | None:
    """Days with a month's name: 24 August 2023, August 24, 2023, 2023 August 24."""
    parts = _parts(cut, start, ways.language)
    if len(parts) < 3:
        return None
    kinds = "".join(cut[at].kind[0] for at in parts)
    months = [at for at in parts if cut[at].kind == "month"]
    numbers = [cut[at].found["number"] for at in parts if cut[at].kind == "number"]
    if len(months) != 1 or kinds not in ("nmn", "mnn", "nnm"):
        return None
    year_first = kinds == "nnm" or (kinds == "nmn" and len(numbers[0]) == 4)
    year, day = numbers if year_first else numbers[::-1]
    if len(day) > 2 or not _is_year(year, cut, parts, text, ways.language):
        return None
    if kinds == "nmn" and not year_first and _ends_a_range(cut, start, text):
        return _Found(None, start, parts[-1])
    calendar, month = printed.month(cut[months[0]], ways.language)
    number = int(year) if calendar else _full_year(year, ways.language)
    on = gregorian(number, month, int(day), calendar=calendar) if number else None
    return _Found(on, start, parts[-1]) if on else None


def _parts(cut: list[Token], start: int, language: str) -> list[int]:
    """The next three numbers and months, with nothing but little words, a time or a zone among them."""
    parts: list[int] = []
    for at in range(start, min(start + 9, len(cut))):
        if cut[at].kind == "month" and parts and parts[-1] == at - 1 and cut[at - 1].kind == "month":
            # Arabic sites print a month under both its names: "24 آب/أغسطس 2023".
            if printed.month(cut[at], language) != printed.month(cut[at - 1], language):
                break
        elif cut[at].kind in ("number", "month"):
            parts.append(at)
        elif cut[at].kind not in ("of", "time", "zone"):
            break
        if len(parts) == 3:
            break
    return parts


def _is_year(year: str, cut: list[Token], parts: list[int], text: str, language: str) -> bool:
    """Four digits; two only where they cannot be anything else: "24-Aug-23", "24 Aug 23 15:52", "24 ส.ค. 66"."""
    if len(year) == 4:
        return True
    timed = parts[-1] + 1 < len(cut) and cut[parts[-1] + 1].kind == "time"
    gaps = {text[cut[one].end : cut[two].start] for one, two in pairwise(parts)}
    return len(year) == 2 and (gaps == {"-"} or timed or language == "th")


def _clock_near(cut: list[Token], found: _Found) -> tuple[int, tuple[int, int, int, Precision] | None]:
    """The time that belongs to a day, and its place: inside, behind or before, with only little words between."""
    inside = next((at for at in range(found.first, found.last) if cut[at].kind == "time"), -1)
    behind, before = _walk(cut, found.last, 1), _walk(cut, found.first, -1)
    at = inside if inside >= 0 else behind if behind >= 0 else before
    if inside < 0 <= before and behind >= 0 and _leads_to_a_date(cut, behind):
        at = before
    return at, clocks.read(cut[at].found) if at >= 0 else None


def _walk(cut: list[Token], start: int, step: int) -> int:
    at = start + step
    while 0 <= at < len(cut) and abs(at - start) < 6:
        if cut[at].kind == "time":
            return at
        if cut[at].kind not in ("of", "weekday", "zone"):
            return -1
        at += step
    return -1


def _leads_to_a_date(cut: list[Token], at: int) -> bool:
    following = next((token for token in cut[at + 1 :] if token.kind not in ("of", "weekday", "zone")), None)
    return following is not None and following.kind in ("date", "number")


def _zone_near(cut: list[Token], clock: int, last: int) -> str:
    if clock < 0:
        return ""
    if offset := cut[clock].found["offset"]:
        return offset if offset.upper() == "Z" or zones.is_offset(offset) else ""
    for at in (clock + 1, last + 1):
        if at < len(cut) and cut[at].kind == "zone":
            return cut[at].found["zone"]
    return ""


def _relative(folded: str, cut: list[Token], ways: _Ways, text: str) -> Moment | None:
    assert ways.now
    now = zones.local(ways.now, ways.timezone)
    if (age := relative.age(folded, ways.language)) is not None:
        at, precision = relative.before(now, age)
    elif (days := relative.named_day(folded, ways.language)) is not None:
        return _checked(now.date() - timedelta(days), _only_clock(cut), ways, zone="", text=text)
    else:
        return None
    clock: tuple[int, int, int, Precision] | None = (
        (at.hour, at.minute, at.second, precision) if precision != "day" else None
    )
    return _checked(at.date(), clock, ways, zone=at.strftime("%z"), text=text)


def _only_clock(cut: list[Token]) -> tuple[int, int, int, Precision] | None:
    times = [token for token in cut if token.kind == "time"]
    return clocks.read(times[0].found) if len(times) == 1 else None


def _order(base: str, language: str, timezone: str) -> Order | None:
    if base in ("en", "fil"):
        return _english_order(language.casefold().replace("_", "-"), timezone)
    if base in ("zh", "ja", "ko"):
        return "dmy" if timezone in ("Asia/Hong_Kong", "Asia/Macau", "Asia/Singapore") else None
    return None if zones.is_american(timezone) else "dmy"


def _english_order(language: str, timezone: str) -> Order | None:
    """The zone tells the country better than the language's region, which templates leave at "en-US"."""
    if timezone:
        return "mdy" if zones.is_american(timezone) else None if zones.is_canadian(timezone) else "dmy"
    region = language.partition("-")[2]
    return "mdy" if region in ("us", "ph") else "dmy" if region not in ("", "ca") else None
