"""Composed characters (NFC) out of text from strangers. For whoever reads what a ministry sent."""

from __future__ import annotations

import re
import unicodedata

_MOST_MARKS = 30
"""On one letter, as Unicode's stream-safe format has it; Python takes the square of their number to put them in order."""
_SHORT = 1000
_LONG_RUN = re.compile(r"[^\w\s\x00-\u02ff]{100,}")


def composed(text: str) -> str:
    """Return ``text`` in NFC; marks beyond the thirtieth on one letter, which nobody could read, are left out."""
    if len(text) > _SHORT:
        text = _LONG_RUN.sub(_with_few_marks, text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _with_few_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)
