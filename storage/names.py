"""Names of people, offices and places in a text: runs of words with a capital, where capitals mean that."""

from __future__ import annotations

import re

from storage.quantities import Thing

_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f]*(?:[-’'.](?=\w)[\w\u0300-\u036f]+)*")
_WITHIN = frozenset(
    str.split("of de la le du des del della di da do dos van von der den bin binti al el y e et und and & và")
)
_OPENING = frozenset(
    str.split(
        "The A An In On At By For From To And But Of This That These Those It He She They We I As With After Before Theo Tại Trong Ngày Ông Bà "
        "Các Những Một Và Với Từ Để Do Khi Nếu Sau Trước Về Đến Le La Les Un Une Des Der Die Das Ein Eine El Los Las"
    )
)
_ENDS = '.!?:…\n•;–—-*"“”«»(['
_TITLED = 0.75
"""The share of words with a capital from which on a line is written as a title, and capitals mean nothing."""


def names(text: str, language: str = "") -> list[Thing]:
    """Return runs of capitalised words; not the capital that only begins a sentence, nor single nouns in German."""
    if text.isupper():
        return []
    found = [one for one in _WORD.finditer(text) if one[0][0].isupper() or one[0] in _WITHIN]
    if language != "vi" and _is_titled(text):
        found = [one for one in found if _is_short_form(one[0])]
    return [name for run in _runs(found, text) if (name := _name(run, text, language))]


def _is_titled(text: str) -> bool:
    long = [one for one in text.split() if len(one) > 3]
    if not 3 < len(long) < 30 or text.rstrip()[-1:] in ".!?":
        return False
    return sum(one[0].isupper() for one in long) > _TITLED * len(long)


def _is_short_form(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _runs(found: list[re.Match[str]], text: str) -> list[list[re.Match[str]]]:
    runs: list[list[re.Match[str]]] = []
    for one in found:
        if runs and text[runs[-1][-1].end() : one.start()] in (" ", "\u00a0", ". ", "-"):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _name(run: list[re.Match[str]], text: str, language: str) -> Thing | None:
    while run and run[0][0] in _WITHIN:
        run = run[1:]
    while run and run[-1][0] in _WITHIN:
        run = run[:-1]
    begins = bool(run) and _begins_sentence(text, run[0].start())
    if begins and run[0][0] in _OPENING:
        run, begins = run[1:], False
    if not run or (len(run) == 1 and (begins or language == "de") and not _is_short_form(run[0][0])):
        return None
    start, end = run[0].start(), run[-1].end()
    return Thing("name", start, end, " ".join(text[start:end].split()))


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()[-1:] if start < 50 else text[start - 50 : start].rstrip()[-1:]
    return not before or before in _ENDS
