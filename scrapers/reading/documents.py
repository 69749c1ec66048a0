"""The official documents an article cites by number: for readers who follow law, not news."""

from __future__ import annotations

import re

# Letters of a Vietnamese office's short name; "TTg" and "BTNMT-PC" are two of them. Typists leave spaces around the marks.
_OFFICE = r"[A-ZĐ][A-ZĐa-zđ]{0,11}"
_SLASH = r" ?/ ?"
_NEXT = rf"(?:-{_OFFICE}|(?:- | -)[A-ZĐ]{{2,12}})"
_VIETNAMESE = re.compile(
    rf"(?<![\w/.-])\d{{1,5}}[a-z]?{_SLASH}(?:"
    rf"(?:19|20)\d\d{_SLASH}[A-ZĐ]{{1,7}}\d{{0,3}}(?:{_NEXT}\d{{0,2}}){{0,4}}"
    rf"|[A-ZĐ]{{2,7}}\d{{0,2}}{_NEXT}{{1,4}})(?![\w/])"
)


def cited_documents(text: str) -> tuple[str, ...]:
    """Return the document numbers in ``text``, each once, in the order they appear."""
    return tuple(dict.fromkeys(match.group().replace(" ", "") for match in _VIETNAMESE.finditer(text)))
