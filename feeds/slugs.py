"""Names for addresses that stay for ever: "Ngành TN&MT" becomes "nganh-tn-mt", today and in ten years."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 60
# Letters that are no letter with a mark, so that decomposing leaves them as they are.
_LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


def slug(name: str) -> str:
    """Return an ASCII name for ``name``.

    Names that differ only in case, marks or punctuation share one. Where ASCII cannot tell names apart (other
    scripts, or very long names), a few digits of a digest do.
    """
    folded = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    plain = "".join(letter for letter in unicodedata.normalize("NFD", folded) if not unicodedata.combining(letter))
    plain = plain.translate(_LETTERS)
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    short = words[:LONGEST].strip("-")
    if short and short == words and _is_told(plain):
        return short
    digest = hashlib.sha256(folded.encode(errors="ignore")).hexdigest()[:8]
    return f"{short}-{digest}" if short else f"s-{digest}"


def _is_told(plain: str) -> bool:
    """Say whether every letter and digit made it into ASCII."""
    return all(letter.isascii() or not letter.isalnum() for letter in plain)
