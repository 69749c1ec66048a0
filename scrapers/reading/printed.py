"""Cuts a short printed text into what a date is made of: days, months, clock times, zones; for the reader of dates."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal, NamedTuple, cast

from scrapers.reading import clocks, zones
from scrapers.reading.clocks import LETTER
from scrapers.reading.months import calendar_months, month_names
from scrapers.reading.weekdays import weekday_names

LIMIT = 200
"""Characters of a text that are looked at: a date line is short, and the rest is prose."""

Kind = Literal["date", "time", "zone", "month", "weekday", "of", "number", "word"]


class Token(NamedTuple):
    kind: Kind
    start: int
    end: int
    found: re.Match[str]


# What stands between the parts of a date, or between a date and its time, in all languages.
_OF = (
    "de la|de l|del|de|di|du|le|la|las|les|of|the|at|on|à|a|as|às|ás|um|uhr|alle|alla|ore|ora|kl|klo|pukul|jam|jm|om|en|op|"
    "den|der|dne|d|o|ob|v|в|о|у|az|il|dated|issued|hrs|hours|h|hs|t|m|year|anno|lúc|luc|vào|hồi|ngày đăng|ngày|ngay|năm|nam|"
    "года|году|год|року|рік|роки|г|р|ж|жылғы|жылдын|йил|yil|gada|metų|urteko|ko|r|saat|"
    "พ.ศ|ค.ศ|ที่|วันที่|วัน|เวลา|น|เดือน|ปี|ວັນທີ|ເດືອນ|ປີ|ເວລາ|ថ្ងៃទី|ថ្ងៃ|ខែ|ឆ្នាំ|ម៉ោង|ខុនှစ်|ခုနှစ်|ခု|နှစ်|လ|ရက်နေ့|ရက်|"
    "ساعت|الساعة|في|سال|تاريخ|مورخ|هـ|م|बजे|को|ቀን|ዓ.ም|של|בשעה|시간|分|년|일|香港時間|香港时间"
)
_SUFFIX = "st|nd|rd|th|er|ère|re|ème|ste|de|da|ko|an|an|o|a|e|го|й|ты"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
_PLAIN = str.maketrans(
    {"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "İ": "I", "∶": ":", "：": ":", "،": ",", "’": "'"}
)
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_COUNTED = re.compile(r"[〇零一二三四五六七八九十]{1,4}(?=\s?[年月日號号時时點点分])")


def fold(text: str) -> str:
    """Return ``text`` cut to `LIMIT`, digits of every script as ASCII; widths, dashes and spaces of one kind."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[: 4 * LIMIT])).translate(_PLAIN)
    text = _SPACES.sub(" ", text).strip()[:LIMIT]
    if not text.isascii():
        text = re.sub(r"\d", lambda found: str(unicodedata.decimal(found[0])), text)
        text = _COUNTED.sub(lambda found: _counted(found[0]), text)
    return unicodedata.normalize("NFC", text)


def tokens(text: str, language: str) -> list[Token]:
    """Return what a folded text holds, in order; punctuation and space are left out."""
    return [
        Token(cast(Kind, found.lastgroup), found.start(), found.end(), found)
        for found in _pattern(language).finditer(text)
    ]


def month(token: Token, language: str) -> tuple[str, int]:
    """Return the calendar ("" for the Gregorian) and the number of a month token."""
    calendar, names = calendar_months(language)
    name = _canonical(token.found["month"]).removeprefix("ב")
    by_name = _by_canonical_name(language)
    if calendar and name in {_canonical(each): 0 for each in names}:
        return calendar, by_name[name]
    return "", by_name[name]


def weekday(token: Token, language: str) -> int:
    """Return the day of the week a weekday token names, Monday being 0."""
    return {_canonical(name): day for name, day in weekday_names(language).items()}.get(
        _canonical(token.found["weekday"]), -1
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    marks = _marks()
    end = rf"(?!{LETTER}|[{marks}])"
    months = "|".join(_spelled(name) for name in sorted(_names(language), key=len, reverse=True))
    days = "|".join(_spelled(name) for name in sorted(weekday_names(language), key=len, reverse=True))
    of = "|".join(re.escape(word) for word in sorted(_OF.split("|"), key=len, reverse=True))
    shapes = (
        r"(?P<date>" + "|".join(_date_shapes(language)) + ")",
        clocks.pattern(language, months),
        rf"(?P<zone>(?:GMT|UTC)\s?[+-]\s?\d{{1,2}}(?:[:.]?\d{{2}})?(?!\d)|(?-i:{zones.NAMES}){end})",
        rf"(?P<month>(?:{months})){end}",
        rf"(?P<weekday>{days}|[(][月火水木金土日월화수목금토일][)]|(?:星期|周|週|禮拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일){end}",
        rf"(?P<of>{of}){end}",
        rf"(?P<number>\d{{1,4}}(?=(?:{_SUFFIX}){end})|\d{{1,4}}(?!\d|{LETTER}))(?:(?:{_SUFFIX}){end})?",
        rf"(?P<word>(?:{LETTER}[{marks}]*)+|\d\w*|\w)",
    )
    return re.compile("|".join(shapes), re.IGNORECASE)


@cache
def _marks() -> str:
    """The combining marks of all scripts as ranges of a character class; Python counts them as no part of a word."""
    found = [code for code in range(0x300, 0x1AFF) if unicodedata.category(chr(code)).startswith("M")]
    known = frozenset(found)
    starts = [code for code in found if code - 1 not in known]
    ends = [code for code in found if code + 1 not in known]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


def _date_shapes(language: str) -> list[str]:
    numeric = (
        r"(?P<a>\d{1,4})\s?(?P<sep>[-/.])\s?(?P<b>\d{1,2})\s?(?P=sep)\s?(?P<c>\d{1,4})(?!\d|[/.]\d|-\d{1,4}(?![\d:h]))"
    )
    counted = (
        r"(?P<era>令和|平成|昭和|中華民國|民國|民国)?\s?(?P<year>\d{1,4}|元)\s?(?:年|년|оны)\s?(?P<month_number>\d{1,2})"
        r"(?:[- ]?(?:р|дугаар|дүгээр))?\s?(?:月|월|сарын)\s?(?P<day>\d{1,2})\s?(?:日|號|号|일)?"
    )
    initial = r"(?P<initial>[rhs])\.?(?P<era_year>\d{1,2})[./-](?P<era_month>\d{1,2})[./-](?P<era_day>\d{1,2})(?!\d)"
    never = r"(?P<initial>(?!))(?P<era_year>)(?P<era_month>)(?P<era_day>)"
    return [counted, initial if language == "ja" else never, numeric]


def _names(language: str) -> dict[str, int]:
    return month_names(language) | calendar_months(language)[1]


@cache
def _by_canonical_name(language: str) -> dict[str, int]:
    return {_canonical(name): number for name, number in _names(language).items()}


def _canonical(name: str) -> str:
    """ "Tháng 08" and "tháng8", "ส.ค" and "ส. ค" are one."""
    return re.sub(r"[\s.]|(?<=\D)0(?=\d)", "", name.casefold())


def _spelled(name: str) -> str:
    words = [re.escape(part) for part in re.split(r"[\s.]+", name)]
    between = r"\.\s?" if "." in name else r"\s?"
    if name.startswith("th ") and words[-1].isdigit():
        # Month in "24 Th8"; "Th 2" is Monday.
        return rf"th0?{words[-1]}(?!\d)"
    prefix = "ב?" if "א" <= name[0] <= "ת" else ""
    if words[-1].isdigit():
        words[-1] = rf"0?{words[-1]}(?!\d)"
    return prefix + between.join(words)


def _counted(text: str) -> str:
    """Chinese numerals: 二〇二三, 二十四, 十."""
    if "十" not in text:
        return text.translate(_NUMERALS)
    tens, _, units = text.partition("十")
    if not (len(tens) < 2 and len(units) < 2 and units != "十"):
        return text
    return str(int(tens.translate(_NUMERALS) or 1) * 10 + int(units.translate(_NUMERALS) or 0))
