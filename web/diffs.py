"""What differs between two wordings, marked for people who want to see it at a glance."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from storage.diffs import Piece, Segment, compare

_TAGS = {"same": "", "gone": "del", "come": "ins"}


def difference(before: str, after: str) -> Markup:
    """Return ``after`` with what is new in <ins> and what is gone in <del>; paragraphs stay paragraphs.

    A paragraph that stands elsewhere now is marked where it was and where it is.
    """
    return Markup("").join(_paragraph(piece) for piece in compare(before, after))


def _paragraph(piece: Piece) -> Markup:
    if piece.kind == "same":
        # Blanks and the way accents are composed differ at most.
        return Markup("{}").format(piece.after)
    if piece.kind in ("left", "moved"):
        tag = "del" if piece.kind == "left" else "ins"
        return Markup('<{0} class="moved" title="moved">{1}</{0}>').format(Markup(tag), piece.before or piece.after)
    return _words(piece.segments)


def _words(segments: Iterable[Segment]) -> Markup:
    parts = []
    for one in segments:
        tag = _TAGS[one.kind]
        parts.append(Markup("<{0}>{1}</{0}>").format(Markup(tag), one.text) if tag else Markup("{}").format(one.text))
    return Markup("").join(parts)
