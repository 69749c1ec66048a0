"""What the entrance to a page calls it. For the headline's reader."""

from __future__ import annotations

import re

from scrapers.items import Headline
from scrapers.reading.candidates import Candidate
from scrapers.reading.fields.titles import candidate
from scrapers.reading.page import folded

_CUT_OFF = ("…", "...")
_LEAST_CUT = 15
"""Characters that the beginning of a title must have to tell which one it is."""


def listing_of(listed: Headline | None) -> Candidate[str] | None:
    if listed is None or not folded(listed.title) or _ANY_LINK.fullmatch(folded(listed.title)):
        return None
    return candidate(listed.title, "listing", "entrance: the title shown for it")


# What rows call a link that leads to anything.
_ANY_LINK = re.compile(
    r"(?:read|view|see|learn|find out|show|click) (?:more|on|all|article|details?|here)|(?:more|full) (?:details?|story|info|information)|"
    r"more|details?|here|link|download|xem (?:thêm|tiếp|chi tiết)|chi tiết|đọc tiếp|tải về|mehr|mehr (?:lesen|erfahren)|weiterlesen|weiter|"
    r"lire(?: la suite)?|en savoir plus|leer más|ver más|más información|saiba mais|leia mais|leggi(?: tutto)?|selengkapnya|baca selengkapnya|"
    r"lees (?:meer|verder)|читать далее|подробнее|詳細|详情|更多|続きを読む|자세히 보기|더보기|อ่านต่อ"
)


def says(listed: str, words: str) -> bool:
    """Whether a listing's title, cut off or not, is these words."""
    short, whole = folded(listed), folded(words)
    if listed.rstrip().endswith(_CUT_OFF):
        return len(short) >= _LEAST_CUT and whole.startswith(short)
    return short == whole
