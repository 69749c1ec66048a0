"""The page of an official document: what articles tell of it, who publishes it, and which news cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.documents import about, citing, publishing
from web.desk import Desk
from web.rendering import Renderer
from web.shown import by_day, row

if TYPE_CHECKING:
    from web.pages import FeedLink

CITING = 100
_LANGUAGES = {"vn": "vi", "uk": "en", "us": "en", "fr": "fr", "de": "de"}
"""In which the kinds of documents are told; those of the European Union in several."""


def document(render: Renderer, desk: Desk, number: str, *, feeds: list[FeedLink]) -> str | None:
    """None when no article cites it."""
    known = about(desk.db, number)
    if known is None:
        return None
    published = publishing(desk.db, known.number)
    return render(
        "document",
        here="",
        feeds=feeds,
        known=known,
        language=_LANGUAGES.get(known.scheme, ""),
        published=row(published, desk.publisher(published)) if published else None,
        days=by_day(desk.rows(citing(desk.db, known.number, limit=CITING))),
        most=CITING if known.articles > CITING else 0,
    )
