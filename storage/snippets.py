"""The words around what was found, with marks around what was found and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from scrapers.items import Article
from storage.matching import Text, spans
from storage.queries import Term

OPEN, CLOSE = "⟦", "⟧"
"""What stands around a found word; show it as you like, after escaping the rest."""
BEFORE, LENGTH = 50, 190
"""Characters in front of the first found word, and altogether."""

_OURS = str.maketrans(OPEN + CLOSE, "[]")
"""A text may have marks of its own."""

Marks = list[tuple[int, int, int]]


def marked(text: str, terms: Sequence[Term]) -> str:
    """Return a text whole, with marks around what was found in it."""
    whole = Text(text.translate(_OURS))
    return _with_marks(whole.text, spans(terms, whole), 0, len(whole.text))


def snippet(article: Article, terms: Sequence[Term]) -> str:
    """Return the piece of an article with most of what was asked for; the beginning when it is nowhere but in the headline."""
    best, most = Text(""), 0
    marks: Marks = []
    for text in (Text(text.translate(_OURS)) for text in _texts(article)):
        found = spans(terms, text)
        if len({place for _, _, place in found}) > most:
            best, marks, most = text, found, len({place for _, _, place in found})
    if not marks:
        best = Text((article.lede or article.body_text or article.headline).translate(_OURS))
    return _cut(best.text, marks)


def _texts(article: Article) -> list[str]:
    """What is searched, in the order in which it is worth showing."""
    files = [file.title for file in article.attachments]
    captions = [image.caption for image in article.images]
    beside = [*files, *captions, article.kicker, ", ".join(article.authors), ", ".join(article.tags)]
    return [text for text in (article.body_text, article.lede, *beside) if text]


def _cut(text: str, marks: Marks) -> str:
    start = max(_densest(marks) - BEFORE, 0)
    end = min(start + LENGTH, len(text))
    start = max(min(start, len(text) - LENGTH), 0)
    start, end = _at_blank(text, start, 1), _at_blank(text, end, -1)
    shown = _with_marks(text, marks, start, end)
    return f"{'… ' if start else ''}{' '.join(shown.split())}{' …' if end < len(text) else ''}"


def _densest(marks: Marks) -> int:
    """Return where the piece begins that has most different terms, the first of several."""
    reach = LENGTH - BEFORE
    best, most = 0, 0
    for start, _, _ in marks[:200]:
        terms = len({place for begin, end, place in marks if start <= begin and end <= start + reach})
        if terms > most:
            best, most = start, terms
    return best


def _at_blank(text: str, place: int, step: int) -> int:
    """Return the blank nearest to a place in one direction, or the place itself where words have none between them."""
    if place in (0, len(text)):
        return place
    for near in range(place, place + 20 * step, step):
        if not 0 <= near < len(text) or text[near].isspace():
            return min(max(near, 0), len(text))
    return place


def _with_marks(text: str, marks: Marks, start: int, end: int) -> str:
    shown, last = [], start
    for begin, stop, _ in marks:
        if start <= begin and stop <= end:
            shown += [text[last:begin], OPEN, text[begin:stop], CLOSE]
            last = stop
    return "".join([*shown, text[last:end]])
