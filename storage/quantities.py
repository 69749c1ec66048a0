"""Amounts, dates and other numbers in a text, each with a value that is the same however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(names.split(), 1)
}
_MONTHS["sept"] = 9
_DAYS = (
    "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
).replace(" ", r"\s")
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""(?<![\w/.,])(?:
      (?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)
    | (?:ngày\s+)?(?P<numeric>\d{{1,2}}(?P<sep>[/.-])\d{{1,2}}(?P=sep){_YEAR}|\d{{1,2}}/\d{{1,2}}/\d\d)(?![\w/])
    | (?:ngày\s+)?(?P<vi>\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+{_YEAR})?)\b
    | ngày\s+(?P<short>\d{{1,2}}[/-]\d{{1,2}})(?![\w/-])
    | (?:tháng\s+)?(?P<month>\d{{1,2}}\s?/\s?{_YEAR})(?![\w/])
    | tháng\s+(?P<month_vi>\d{{1,2}}(?:\s+năm\s+{_YEAR})?)\b
    | quý\s+(?P<quarter>(?:[1-4]|IV|I{{1,3}})(?:\s*/\s*|\s+năm\s+|\s+)?(?:{_YEAR})?)\b
    | (?P<day_month>\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?(?:{_MONTH})\b\.?,?(?:\s+(?:del?\s+)?{_YEAR})?)(?!\d)
    | (?P<month_day>(?:{_MONTH})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!,?\d)(?:,?\s+{_YEAR}\b)?)
    | (?P<month_year>(?:{_MONTH})\.?\s+(?:de\s+)?{_YEAR})\b
    | (?P<years>{_YEAR}\s?[-–]\s?{_YEAR})\b
    | (?:năm|ngày|in|since|by|until|year|from|im\sjahr|seit|bis|depuis|desde|en)\s+(?P<year>{_YEAR})\b(?![.,]?\d|\s*[%-])
    | ngày\s+(?P<day>\d{{1,2}})\b(?![./,]\d)
    | (?P<clock>\d{{1,2}}(?:\s?(?:h|giờ)\s?\d\d(?:\s?phút)?|:\d\d(?::\d\d)?)(?:\s?[ap]\.?m\b\.?)?|\d{{1,2}}\s?(?:[ap]\.?m\b\.?|giờ\b|h\b|uhr\b))
    | (?P<weekday>{_DAYS})\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BETWEEN = re.compile(r"[\s,()–-]*(?:(?:ngày|lúc|vào|vào lúc|at|on|um|à)\s)?[\s,()–-]*$", re.IGNORECASE)

_OFFICIAL = re.compile(r"(?<![\w/])\d+(?:/\d{4})?/(?:[A-ZĐ][A-ZĐa-z0-9]*)(?:-[A-ZĐ0-9]+)*")
_FIGURE = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SCALES = {
    "trăm": 2, "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9, "nghìn tỷ": 12, "nghìn tỉ": 12, "ngàn tỷ": 12, "trăm tỷ": 11,
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "mn": 6, "bn": 9, "mio": 6, "mrd": 9, "mio.": 6, "mrd.": 9, "tausend": 3, "millionen": 6,
    "milliarden": 9, "millions": 6, "milliard": 9, "milliards": 9, "mille": 3, "millón": 6, "millones": 6, "mil millones": 9, "mil": 3,
    "k": 3, "m": 6, "tr": 6,
}  # fmt: skip
_BRIEF = frozenset(("k", "m", "tr"))
_CURRENCIES = {
    "đồng": "vnd", "đ": "vnd", "vnđ": "vnd", "vnd": "vnd", "₫": "vnd", "usd": "usd", "us$": "usd", "$": "usd", "đô la": "usd",
    "đô-la": "usd", "đôla": "usd", "đô la mỹ": "usd", "dollar": "usd", "dollars": "usd", "euro": "eur", "euros": "eur", "eur": "eur",
    "€": "eur", "£": "gbp", "gbp": "gbp", "pound": "gbp", "pounds": "gbp", "¥": "jpy", "yên": "jpy", "yen": "jpy", "ndt": "cny",
    "nhân dân tệ": "cny", "won": "krw", "baht": "thb", "%": "%", "phần trăm": "%", "percent": "%", "per cent": "%", "prozent": "%",
    "pour cent": "%", "por ciento": "%", "‰": "‰", "điểm phần trăm": "points", "điểm %": "points", "percentage point": "points",
    "percentage points": "points", "dólares": "usd", "chf": "chf", "franken": "chf",
}  # fmt: skip


def _any_of(table: dict[str, object] | dict[str, int] | dict[str, str]) -> str:
    return "|".join(
        re.escape(one).replace(r"\ ", r"\s") + (r"\b" if one[-1].isalpha() else "")
        for one in sorted(table, key=len, reverse=True)
    )


_AMOUNT = re.compile(
    rf"""(?<![\w.,])(?<![\w]-)
    (?P<sign>(?<![\w)\]])[-−–](?=[\d$€£¥]))?
    (?P<before>(?:us\$|usd|vnd|vnđ|eur|gbp|chf|[$€£¥₫])\s?)?
    (?P<figure>(?:{_FIGURE})(?:\s?[-–]\s?(?:{_FIGURE}))?)
    (?:[\s\u00a0]?(?P<scale>{_any_of(_SCALES)}))?
    (?:[\s\u00a0\u202f]?(?P<unit>{_any_of(_CURRENCIES)}))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_COUNTED = re.compile(
    r"\s*(?:$|[^\w\s]|(?:để|cho|từ|vào|và|so|là|của|trong|tại|đã|được|mỗi|một|với|do|đến|theo|bằng|hoặc|nhưng|thì|năm|in|for|to|from|by|and|or|"
    r"on|over|a|an|per|will|was|is|has|had|at|this|last|next|with|under|as|than)\b)",
    re.IGNORECASE,
)
"""What follows "3.500 tỷ" when that is money: no word for what was counted, as in "2 triệu người"."""


class Thing(NamedTuple):
    """Something in a text that is more than a word."""

    kind: str
    """"money", "date", "number", "obligation" or "name"."""
    start: int
    end: int
    value: str
    """Equal for two ways of writing the same."""


def quantities(text: str) -> list[Thing]:
    """Return amounts, dates and other numbers in the order they stand; none within another."""
    found = [Thing("number", one.start(), one.end(), one[0]) for one in _OFFICIAL.finditer(text)]
    found += _free(_dates(text), found)
    found += _free((_amount(one, text) for one in _AMOUNT.finditer(text)), found)
    return sorted(found, key=lambda one: one.start)


def _free(things: Iterator[Thing], taken: list[Thing]) -> list[Thing]:
    held = {at for one in taken for at in range(one.start, one.end)}
    return [one for one in things if held.isdisjoint(range(one.start, one.end))]


def _dates(text: str) -> Iterator[Thing]:
    """Yield dates; a weekday, a day and a time that stand together are one."""
    whole: Thing | None = None
    sorts: set[str] = set()
    for one in _DATE.finditer(text):
        start, end, value = one.start(), one.end(), _day(one)
        sort = next((sort for sort in ("weekday", "clock") if one[sort]), "day")
        if whole and sort not in sorts and _BETWEEN.match(text[whole.end : start]):
            whole = Thing("date", whole.start, end, f"{whole.value} {value}")
            sorts.add(sort)
            continue
        if whole:
            yield whole
        whole, sorts = Thing("date", start, end, value), {sort}
    if whole:
        yield whole


def _day(one: re.Match[str]) -> str:
    kind = next(name for name, value in one.groupdict().items() if value is not None and name != "sep")
    text = one[kind].casefold()
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    if kind == "iso":
        return _joined(*numbers[::-1])
    if kind in ("numeric", "vi", "short", "month_vi"):
        return _joined(*numbers) if kind != "month_vi" else _joined(0, *numbers)
    if kind in ("month", "month_year", "day_month", "month_day"):
        name = re.search(_MONTH, text)
        month = _MONTHS[name[0]] if name else numbers.pop(0)
        day = numbers.pop(0) if kind in ("day_month", "month_day") else 0
        return _joined(day, month, *numbers)
    if kind == "clock":
        evening = 12 if re.search(r"p\.?m", text) and numbers[0] < 12 else 0
        return f"{numbers[0] + evening}:{(numbers[1] if len(numbers) > 1 else 0):02}"
    return " ".join(text.split())


def _joined(day: int, month: int = 0, year: int = 0) -> str:
    return f"{day}.{month}.{year + 2000 if 0 < year < 100 else year}"


def _amount(one: re.Match[str], text: str) -> Thing:
    before, scale, unit = (one["before"] or "").strip(), one["scale"] or "", one["unit"] or ""
    currency = _CURRENCIES.get(" ".join((unit or before).casefold().split()), "")
    end, size = one.end(), _SCALES.get(" ".join(scale.casefold().split()), 0)
    if scale.casefold() in _BRIEF and not currency:
        end, size = one.end("figure"), 0
    is_money = bool(currency) or (size >= 6 and bool(_NOT_COUNTED.match(text, end)))
    sign = "-" if one["sign"] else ""
    value = sign + "-".join(_figure(figure, size) for figure in re.findall(_FIGURE, one["figure"]))
    return Thing("money" if is_money else "number", one.start(), end, f"{value} {currency}".strip())


def _figure(text: str, size: int) -> str:
    """Return a number's value: separators before groups of three are for the eye, any other is the decimal one."""
    digits = re.sub(r"[\s\u00a0\u202f]", "", text)
    marks = re.findall("[.,]", digits)
    head, _, tail = digits.rpartition(marks[-1]) if marks else (digits, "", "")
    is_decimal = bool(marks) and (len(tail) != 3 or (len(set(marks)) == 2 and len(marks) > 1) or head == "0")
    whole = re.sub("[.,]", "", head) + (f".{tail}" if is_decimal else tail)
    value = (Decimal(whole) * 10**size).normalize() if len(whole) < 40 else None
    return whole if value is None else f"{value:f}"
