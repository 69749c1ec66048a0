"""The official documents an article cites by number: for readers who follow law, not news."""

from __future__ import annotations

import re

# Letters of a Vietnamese office's short name; "TTg" and "BTNMT-PC" are two of them.
_OFFICE = r"[A-ZĐ][A-ZĐa-zđ]{0,11}"
_VIETNAMESE = re.compile(
    rf"(?<![\w/.-])\d{{1,5}}[a-z]?/(?:(?:19|20)\d\d/[A-ZĐ]{{1,7}}\d{{0,3}}(?:-{_OFFICE}\d{{0,2}}){{0,4}}|[A-ZĐ]{{2,7}}\d{{0,2}}(?:-{_OFFICE}){{1,4}})(?![\w/])"
)
_SPACED = re.compile(r"(?<=\d|[A-ZĐ])\s?([/-])\s?(?=(?:19|20)\d\d/|[A-ZĐ]{2})")


def cited_documents(text: str) -> tuple[str, ...]:
    """Return the document numbers in ``text``, each once, in the order they appear."""
    tight = _SPACED.sub(r"\1", text)
    return tuple(dict.fromkeys(match.group() for match in _VIETNAMESE.finditer(tight)))
