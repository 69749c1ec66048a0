"""Dates counted from now, as listings print them ("2 giờ trước", "yesterday 15:52"), for the reader of printed dates."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache

from scrapers.items import Precision

# language → (seconds, minutes, hours, days), what stands behind the count, what stands before it.
_AGES = {
    "en": ("seconds?|secs?", "minutes?|mins?", "hours?|hrs?", "days?", "ago", ""),
    "vi": ("giây", "phút", "giờ|tiếng", "ngày", "trước", ""),
    "fr": ("secondes?", "minutes?|min", "heures?|h", "jours?|j", "", "il y a"),
    "de": ("sekunden?", "minuten?|min", "stunden?|std", "tage?n?", "", "vor"),
    "es": ("segundos?", "minutos?|min", "horas?", "d[ií]as?", "", "hace"),
    "pt": ("segundos?", "minutos?|min", "horas?", "dias?", "(?:atr[aá]s)?", "h[aá]"),
    "it": ("secondi|secondo", "minut[oi]", "or[ae]", "giorn[oi]", "fa", ""),
    "nl": ("seconden?", "minuten|minuut|min", "uur|uren", "dagen|dag", "geleden", ""),
    "sv": ("sekunder|sekund", "minuter|minut", "timmar|timme", "dagar|dag", "sedan", ""),
    "da": ("sekunder|sekund", "minutter|minut", "timer|time", "dage|dag", "siden", ""),
    "nb": ("sekunder|sekund", "minutter|minutt", "timer|time", "dager|dag", "siden", ""),
    "id": ("detik", "menit", "jam", "hari", "(?:yang )?lalu", ""),
    "ms": ("saat", "minit", "jam", "hari", "(?:yang )?(?:lalu|lepas)", ""),
    "th": ("วินาที", "นาที", "ชั่วโมง|ชม\\.", "วัน", "(?:ที่แล้ว|ที่ผ่านมา|ก่อน)", ""),
    "lo": ("ວິນາທີ", "ນາທີ", "ຊົ່ວໂມງ", "ມື້|ວັນ", "(?:ກ່ອນ|ທີ່ແລ້ວ|ຜ່ານມາ)", ""),
    "km": ("វិនាទី", "នាទី", "ម៉ោង", "ថ្ងៃ", "(?:មុន|កន្លងទៅ)", ""),
    "my": ("စက္ကန့်", "မိနစ်", "နာရီ", "ရက်", "", "လွန်ခဲ့သော"),
    "zh": ("秒钟?|秒鐘", "分钟|分鐘|分", "个?小时|個?小時|個?鐘頭", "天|日", "(?:之?前|以前)", ""),
    "ja": ("秒", "分", "時間", "日", "前", ""),
    "ko": ("초", "분", "시간", "일", "전", ""),
    "hi": ("सेकंड", "मिनट", "घंटे|घंटा|घंटों", "दिन|दिनों", "पहले|पूर्व", ""),
    "bn": ("সেকেন্ড", "মিনিট", "ঘণ্টা|ঘন্টা", "দিন", "আগে|পূর্বে", ""),
    "ru": ("секунд[уы]?", "минут[уы]?|мин\\.?", "час(?:а|ов)?|ч\\.?", "день|дня|дней", "назад", ""),
    "uk": ("секунд[уи]?", "хвилин[уи]?", "годин[уи]?", "день|дні|днів", "тому", ""),
    "pl": ("sekund[ęy]?", "minut[ęy]?|min", "godzin[ęy]?|godz", "dzień|dni", "temu", ""),
    "tr": ("saniye", "dakika|dk", "saat|sa", "gün", "önce", ""),
    "el": ("δευτερόλεπτα", "λεπτ[άό]", "ώρες|ώρα", "μέρες|ημέρες|μέρα|ημέρα", "(?:πριν)?", "πριν(?: από)?"),
    "ar": ("ثانية|ثوان", "دقيقة|دقائق", "ساعة|ساعات", "يوما?|أيام", "", "(?:منذ|قبل)"),
    "fa": ("ثانیه", "دقیقه", "ساعت", "روز", "(?:پیش|قبل)", ""),
}
# language → names of today, of yesterday, of the day before.
_DAYS = {
    "en": ("today", "yesterday", ""), "vi": ("hôm nay", "hôm qua", "hôm kia"), "fr": ("aujourd'hui", "hier", "avant-hier"),
    "de": ("heute", "gestern", "vorgestern"), "es": ("hoy", "ayer", "anteayer"), "pt": ("hoje", "ontem", "anteontem"),
    "it": ("oggi", "ieri", ""), "nl": ("vandaag", "gisteren", "eergisteren"), "sv": ("idag|i dag", "igår|i går", ""),
    "da": ("i dag", "i går", ""), "nb": ("i dag", "i går", ""), "id": ("hari ini", "kemarin", ""), "ms": ("hari ini", "semalam", ""),
    "th": ("วันนี้", "เมื่อวานนี้|เมื่อวาน", ""), "zh": ("今天|今日", "昨天|昨日", "前天"), "ja": ("今日|本日", "昨日", "一昨日"),
    "ko": ("오늘", "어제", ""), "ru": ("сегодня", "вчера", "позавчера"), "uk": ("сьогодні", "вчора", ""), "pl": ("dzisiaj|dziś", "wczoraj", ""),
    "tr": ("bugün", "dün", ""), "el": ("σήμερα", "χθες|χτες", ""), "ar": ("اليوم", "أمس|امس", ""), "fa": ("امروز", "دیروز", ""),
    "hi": ("आज", "कल", ""),
}  # fmt: skip
_UNITS = ("seconds", "minutes", "hours", "days")
_SPACELESS = ("th", "lo", "km", "my", "zh", "ja", "ko")
_ONE = "an?|one|un|une|una|um|uma|ein|einer|einem|eine|einen|en|ett|et|een|bir|một"


def age(text: str, language: str) -> timedelta | None:
    """Return how long ago a folded text says, or None. Weeks, months and years ago name no day."""
    for known in dict.fromkeys((language, "en")):
        found = _age_pattern(known).search(text) if known in _AGES else None
        if found:
            unit = str(found.lastgroup)
            count = int(found["count"]) if found["count"].isdigit() else 1
            return timedelta(**{unit: count})
    return None


def before(now: datetime, age: timedelta) -> tuple[datetime, Precision]:
    """Return the moment an age ago, to the precision such words have."""
    at = now - age
    return (at, "day") if age.days and not age.seconds else (at.replace(second=0, microsecond=0), "minute")


def named_day(text: str, language: str) -> int | None:
    """Return how many days ago the day named in a folded text was: 0 for "today"."""
    for known in dict.fromkeys((language, "en")):
        # The longest name first: "avant-hier" holds "hier".
        for days in (2, 1, 0):
            names = _DAYS.get(known, ("", "", ""))[days]
            if names and re.search(_bounded(names, known), text, re.IGNORECASE):
                return days
    return None


@cache
def _age_pattern(language: str) -> re.Pattern[str]:
    *units, behind, ahead = _AGES[language]
    named = "|".join(f"(?P<{name}>{words})" for name, words in zip(_UNITS, units, strict=True))
    start = rf"{ahead}\s?" if ahead else ""
    end = rf"\s?(?:{behind})" if behind else ""
    return re.compile(_bounded(rf"{start}(?P<count>\d{{1,3}}|{_ONE})\s?(?:{named}){end}", language), re.IGNORECASE)


def _bounded(pattern: str, language: str) -> str:
    return f"(?:{pattern})" if language in _SPACELESS else rf"(?<!\w)(?:{pattern})(?!\w)"
