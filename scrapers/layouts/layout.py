"""What websites of one family share: how to recognise them, and where their fields stand."""

from __future__ import annotations

from typing import Literal

from scrapers.items import Record
from scrapers.sources import ArticleSelectors, ListingSelectors


class Layout(Record, frozen=True, kw_only=True):
    name: str
    signs: tuple[str, ...]
    """CSS selectors; a page in which any of them matches is of this family."""
    listing: ListingSelectors | None = None
    article: ArticleSelectors | None = None
    meta_order: Literal["day-first", "month-first"] = "month-first"
    """How the family writes dates with slashes where only machines read: in meta elements and feeds."""
    timezone: str = ""
    """The zone of times that state none, for families that serve one country."""
