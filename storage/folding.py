"""Letters that SQLite's index does not fold (đ, ł, ø, ß …), so that they are found however they are typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({
    "đ": "d", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t",
})  # fmt: skip
_OWN = re.compile(r"[đðłøßıæœþħŧ]\w*")


def folded_words(text: str) -> list[str]:
    """Return the folded forms of the words in ``text`` that hold a letter of their own, each once, in order."""
    low = text.lower()
    words = (low[_beginning(low, found.start()) : found.end()] for found in _OWN.finditer(low))
    return [word.translate(_LETTERS) for word in dict.fromkeys(words)]


def _beginning(text: str, place: int) -> int:
    """Return where the word begins that the letter at ``place`` belongs to."""
    while place and (text[place - 1].isalnum() or text[place - 1] == "_"):
        place -= 1
    return place


@lru_cache(maxsize=65536)
def unaccented(word: str) -> str:
    """Return a word as the index compares it: lower case, without accents; đ stays đ."""
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def folded(word: str) -> str:
    """Return a word as it would be typed without a Vietnamese keyboard: no accents, d for đ."""
    return unaccented(word).translate(_LETTERS)
