"""What differs between two wordings, marked for people who want to see it at a glance."""

from __future__ import annotations

from markupsafe import Markup

from storage.diffs import Piece, compare
from storage.sides import html_of


def difference(before: str, after: str) -> Markup:
    """Return ``after`` with what is new in <ins> and what is gone in <del>; paragraphs stay paragraphs."""
    return marked(compare(before, after))


def marked(pieces: tuple[Piece, ...]) -> Markup:
    # Every character of the texts is escaped there; what is not is <ins> and <del>.
    return Markup(html_of(pieces))
