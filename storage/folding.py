"""How words are compared: with or without accents, in either placing of a Vietnamese tone, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "đ": "d", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h",
        "ŧ": "t", "ς": "σ",
    }
    | {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF10, 0xFF5B)}
)  # fmt: skip
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLACED_EARLY = re.compile(f"(?:(?<=o)([{_TONES}])([ae])|(?<=u)([{_TONES}])(y))(?![\u0300-\u036f])")
"""The tone of hòa, hòe, thúy in the old way; the new way puts it on the letter after: hoà, hoè, thuý."""
_MARKS = {
    "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5", "\u0302": "6", "\u031b": "7",
    "\u0306": "8", "đ": "9d",
}  # fmt: skip
"""As in the VNI way of typing, but before the letter, so that the beginning of a word is the beginning of its code."""

_UNSPACED = "\u0e00-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_UNSPACED}]+")
_LETTER = r"[\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u0900-\u0dff\u200c\u200d]"
_WORD = re.compile(f"{_LETTER}+")
_TORN = re.compile(f"(?<=[{_UNSPACED}]){_LETTER}+|{_LETTER}+(?=[{_UNSPACED}])")


def lowered(text: str) -> str:
    """Return the text in the form in which the functions here want it."""
    return unicodedata.normalize("NFC", text).lower().replace("_", " ")


def words(text: str) -> list[str]:
    """Return the words of a lowered text in order, but for those of scripts that put no blanks between them."""
    return _WORD.findall(_RUN.sub(" ", text) if _RUN.search(text) else text)


def places(text: str) -> list[tuple[int, int, str]]:
    """Return the words of a text with where they begin and end, each lowered."""
    spaced = _RUN.sub(lambda run: " " * len(run[0]), text) if _RUN.search(text) else text
    spaced = spaced.replace("_", " ")
    return [(found.start(), found.end(), found[0].lower()) for found in _WORD.finditer(spaced)]


def runs(text: str) -> list[str]:
    """Return what a lowered text holds in scripts without blanks: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese."""
    return _RUN.findall(text)


def torn(text: str) -> list[str]:
    """Return the words of a lowered text that stand right beside such a run, which the index takes for one word with it."""
    return _TORN.findall(_RUN.sub(lambda run: f"{run[0][0]} {run[0][-1]}", text)) if _RUN.search(text) else []


@lru_cache(maxsize=65536)
def unaccented(word: str) -> str:
    """Return a word in lower case and without accents; letters of their own (đ, ł, ß …) stay what they are."""
    apart = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """Return a word as it would be typed without its keyboard: no accents, d for đ."""
    return unaccented(word).translate(_LETTERS)


@lru_cache(maxsize=65536)
def is_bare(word: str) -> bool:
    """Say whether a lowered word has no accents, and is meant with any."""
    return word.isascii() or folded(word) == word


@lru_cache(maxsize=65536)
def code(word: str) -> str:
    """Return an accented word in ASCII, which no tokenizer takes apart or folds; the same for either placing of a tone."""
    apart = _PLACED_EARLY.sub(_moved, unicodedata.normalize("NFD", word.lower()))
    written: list[str] = []
    for letter in apart:
        if unicodedata.combining(letter) and written:
            written[-1] = _coded(letter) + written[-1]
        else:
            written.append(_coded(letter))
    return "".join(written)


def codes(beginning: str) -> tuple[str, ...]:
    """Return how the codes of the words begin that begin so, in either placing of a tone: "hò" begins hòa, which is hoà."""
    apart = unicodedata.normalize("NFD", beginning)
    after = {"o": "ae", "u": "y"}.get(apart[-2:-1], "") if apart[-1:] in _TONES else ""
    return (code(beginning), *(code(beginning + letter) for letter in after))


def _moved(found: re.Match[str]) -> str:
    return f"{found[2]}{found[1]}" if found[1] else f"{found[4]}{found[3]}"


@lru_cache(maxsize=4096)
def _coded(letter: str) -> str:
    if "a" <= letter <= "z":
        return letter
    # Sixteen letters for the digits of its number, so that the closing 0 is not taken for one of them.
    return _MARKS.get(letter) or f"0{''.join(chr(103 + int(digit, 16)) for digit in f'{ord(letter):x}')}0"


@lru_cache(maxsize=65536)
def hidden(word: str) -> str:
    """Return the folded form of a lowered word when SQLite's index cannot make it itself; else "".

    It folds accents on Latin letters, but neither letters of their own nor accents in other scripts.
    """
    bare = unaccented(word)
    plain = bare.translate(_LETTERS)
    if plain != bare:
        return plain
    return plain if plain != word and not plain.isascii() else ""
