"""Times of day as pages print them ("15h52", "3:52 p.m.", "下午3:52"), for the reader of printed dates."""

from __future__ import annotations

import re
from functools import cache

from scrapers.items import Precision
from scrapers.reading import zones

LETTER = r"[^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
"""A letter of a script that puts spaces between words; in the others a word may follow a number at once."""

# Marks of the half of the day, without dots: language → (morning, afternoon, around noon).
_HALVES = {
    "": (("am", "a m"), ("pm", "p m"), ()),
    "vi": (("sa", "sáng", "sang"), ("ch", "chiều", "chieu", "tối", "toi"), ("trưa", "trua")),
    "ar": (("ص", "صباحا", "صباحاً"), ("م", "مساء", "مساءً"), ()),
    "fa": (("قظ", "ق ظ"), ("بظ", "ب ظ"), ()),
    "hi": (("पूर्वाह्न",), ("अपराह्न",), ()),
    "bn": (("পূর্বাহ্ণ",), ("অপরাহ্ণ",), ()),
    "tr": (("öö",), ("ös",), ()),
    "el": (("πμ", "π μ"), ("μμ", "μ μ"), ()),
    "ms": (("pagi", "pg"), ("petang", "ptg", "malam"), ("tengah hari", "tghari")),
    "zh": (("上午", "凌晨", "早上"), ("下午", "晚上"), ("中午",)),
    "ja": (("午前",), ("午後",), ("正午",)),
    "ko": (("오전",), ("오후",), ("정오",)),
    "km": (("ព្រឹក",), ("រសៀល", "ល្ងាច"), ()),
}
_MARK_FIRST = ("zh", "ja", "ko")
# Countries that print 15.52; elsewhere the dot needs a word such as "Uhr" behind it.
_DOTTED = frozenset({"id", "ms", "fi", "da", "it", "nb", "et", "si", "th"})
# Behind "15:52" a sign starts an offset only when it looks like one and like nothing else.
_OFFSET = r"(?P<offset>\s?[+-]\d{2}:?\d{2}(?![\d/.-])|[+-]\d{2}(?![\d/.:-])|z(?![^\W_]))?"
_HOUR = r"[01]?\d|2[0-3]"
_UNITS = r"h|g|giờ|gio|時|时|點|点|시|ч|godz\.?"


@cache
def pattern(language: str, months: str) -> str:
    """Return a regular expression of the times of day a page in ``language`` may print; see `read`."""
    after = "|".join(_spelled(mark) for mark in _marks(language))
    before = rf"(?:(?P<before>{after})\s?)?" if language in _MARK_FIRST else "(?P<before>(?!))?"
    followers = rf"uhr|น\.?|wib|wita|wit|hrs|(?-i:{zones.NAMES})|{after}"
    dotted = "" if language in _DOTTED else rf"(?=\s?(?:{followers})(?!{LETTER}))"
    shapes = (
        rf"(?P<h1>{_HOUR})\s?:\s?(?P<m1>[0-5]\d)(?:\s?:\s?(?P<s1>[0-5]\d)(?:[.,]\d{{1,9}}(?![\d/]))?)?(?!\d)",
        rf"(?P<h2>{_HOUR})\.(?P<m2>[0-5]\d)(?![\d.]){dotted}",
        rf"(?P<h3>{_HOUR})\s?(?:{_UNITS})(?!{LETTER})(?:\s?{_minutes(months)})?",
        rf"(?P<h4>1[0-2]|0?[1-9])(?=\s?(?:{after})(?!{LETTER}))",
    )
    return rf"(?P<time>{before}(?:{'|'.join(shapes)})(?:\s?(?P<after>{after})(?!{LETTER}))?{_OFFSET})"


def read(found: re.Match[str]) -> tuple[int, int, int, Precision] | None:
    """Return hour, minute, second and precision of a match of `pattern`, or None when no clock shows that."""
    hour, minute, second = (_first(found, unit) for unit in "hms")
    hour = hour or found["h4"]
    on_24_hours = _on_24_hours(int(hour or 0), _half(found["before"] or found["after"] or ""))
    if on_24_hours is None or int(minute or 0) > 59:
        return None
    return on_24_hours, int(minute or 0), int(second or 0), "second" if second else "minute"


def _first(found: re.Match[str], unit: str) -> str | None:
    shapes = (1, 3) if unit == "s" else (1, 2, 3)
    return next((text for shape in shapes if (text := found[f"{unit}{shape}"]) is not None), None)


def _minutes(months: str) -> str:
    # "15h 24/8/2023" and "15h 24 August": the number behind the hour is the day, not the minute.
    day = rf"(?!\d|\s?[/.\-]\s?\d|\s?(?:{months})(?!{LETTER}))"
    words = rf"(?:\s?(?:phút|phut|p|min|m|分|분|')(?!{LETTER}))?"
    return rf"(?P<m3>\d{{1,2}}){day}{words}(?:\s?(?P<s3>[0-5]?\d)\s?(?:giây|giay|s|秒|초)(?!{LETTER}))?"


def _marks(language: str) -> list[str]:
    known = [mark for key in ("", _kin(language)) for group in _HALVES.get(key, ()) for mark in group]
    return sorted(set(known), key=len, reverse=True)


def _kin(language: str) -> str:
    return {"id": "ms", "ps": "fa", "ur": "ar", "mr": "hi", "ne": "hi"}.get(language, language)


def _spelled(mark: str) -> str:
    """A mark of up to two letters a word may carry dots: "p.m.", "p. m."."""
    if (
        len(mark) == 2
        and mark.isalpha()
        and mark not in ("sa", "ch", "pg", "öö", "ös")
        and not "\u3000" < mark[0] < "\uffff"
    ):
        return rf"{mark[0]}\.?\s?{mark[1]}(?:\.(?!\d))?"
    return re.escape(mark)


def _half(mark: str) -> int | None:
    folded = " ".join(mark.casefold().replace(".", "").split())
    found = (n for groups in _HALVES.values() for n, group in enumerate(groups) if folded in group)
    return next(found, None)


def _on_24_hours(hour: int, half: int | None) -> int | None:
    """``half``: 0 morning, 1 afternoon, 2 around noon."""
    if half == 0:
        # "13:05 AM" contradicts itself.
        return hour % 12 if hour <= 12 else None
    if half == 1:
        return hour % 12 + 12 if hour <= 12 else hour
    return hour + 12 if half == 2 and hour < 4 else hour
