"""Official numbers taken apart: in which form they are compared, and which place in which series they are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BREAK = re.compile(r"[^a-z0-9]+")
_VIETNAMESE = re.compile(r"(\d{1,5})/(?:[12]\d{3}/)?([A-ZĐ][^/]*(?:-[^/]+)?)")
_BRITISH = re.compile(r"(S?SI|SR|WSI) [12]\d{3}/(\d{1,5})")
# The National Assembly counts through its whole term, not through a year.
_BY_TERM = re.compile(r"QH\d+|UBTVQH\d+")


@lru_cache(maxsize=4096)
def folded(number: str) -> str:
    """Return a number in the form in which it is looked for: "TT 05/2025/TT-BTC" and "tt 5-2025-tt-btc" are one."""
    letters = unicodedata.normalize("NFD", number.casefold().replace("đ", "d"))
    pieces = _BREAK.split("".join(letter for letter in letters if not unicodedata.combining(letter)))
    return "/".join((piece.lstrip("0") or "0") if piece.isdigit() else piece for piece in pieces if piece)


def place(number: str, scheme: str) -> tuple[str, int | None]:
    """Return the series that a number belongs to and its place there; ("", None) where places do not begin anew each year."""
    if scheme == "vn" and (found := _VIETNAMESE.fullmatch(number)) and not _BY_TERM.search(found[2]):
        return found[2], int(found[1])
    if scheme == "uk" and (found := _BRITISH.fullmatch(number)):
        return found[1], int(found[2])
    return "", None
