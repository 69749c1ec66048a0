"""Letters that SQLite's index does not fold (đ, ł, ø, ß …), so that they are found however they are typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({
    "đ": "d", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t",
})  # fmt: skip
_OWN = re.compile("[đðłøßıæœþħŧ]")
_WORD = re.compile(r"\w+")


def folded_words(text: str) -> list[str]:
    """Return the folded forms of the words in ``text`` that hold a letter of their own, each once, in order."""
    pieces = [piece for piece in dict.fromkeys(text.lower().split()) if _OWN.search(piece)]
    words = (word for piece in pieces for word in _WORD.findall(piece) if _OWN.search(word))
    return list(dict.fromkeys(word.translate(_LETTERS) for word in words))


@lru_cache(maxsize=65536)
def unaccented(word: str) -> str:
    """Return a word as the index compares it: lower case, without accents; đ stays đ."""
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def folded(word: str) -> str:
    """Return a word as it would be typed without a Vietnamese keyboard: no accents, d for đ."""
    return unaccented(word).translate(_LETTERS)
