"""Tells a slip of the pen that was mended from a word that was replaced by another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LETTERS = re.compile(r"[\W_]+")
_SHORT, _LONG = 4, 8
"""Letters from which one letter may be another, and from which two may."""


def is_slip(before: str, after: str) -> bool:
    """Say whether one word is the other, misspelt: accents, capitals, two letters changed round, a letter too many.

    A short word one letter of which differs is another word, unless the letter only bears another accent.
    """
    one, other = before.casefold(), after.casefold()
    if _bare(one) == _bare(other):
        return True
    if any(letter.isdigit() for letter in one + other):
        return False
    shorter = min(len(one), len(other))
    if one[:1] != other[:1] and shorter < _LONG:
        return shorter >= _SHORT and _is_turned(one, other)
    if _is_turned(one, other):
        return shorter > 2
    allowed = 0 if shorter < _SHORT else 1 if shorter < _LONG or one[:1] != other[:1] else 2
    return bool(allowed) and _distance(_bare(one), _bare(other), allowed) <= allowed


def are_slips(before: Sequence[str], after: Sequence[str]) -> bool:
    """Say whether all that differs between these words are slips: misspelt, run together or parted."""
    joined, other = "".join(before).casefold(), "".join(after).casefold()
    if not joined or not other:
        return False
    if _LETTERS.sub("", _bare(joined)) == _LETTERS.sub("", _bare(other)):
        return True
    return len(before) == len(after) and all(
        one == two or is_slip(one, two) for one, two in zip(before, after, strict=True)
    )


def _bare(text: str) -> str:
    """Letters without accents."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("ß", "ss"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _is_turned(one: str, other: str) -> bool:
    """Whether two letters beside each other changed places."""
    if len(one) != len(other) or one == other:
        return False
    at = next(number for number, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    return one[:at] + one[at + 1 : at + 2] + one[at] + one[at + 2 :] == other


def _distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be put in, left out or replaced; more than ``most`` is all the same."""
    if abs(len(one) - len(other)) > most or max(len(one), len(other)) > 60:
        return most + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]
