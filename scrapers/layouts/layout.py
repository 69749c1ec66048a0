"""What websites of one family share: how to recognise them, and where their fields stand."""

from __future__ import annotations

from scrapers.items import Record
from scrapers.sources import ArticleSelectors, ListingSelectors


class Layout(Record, frozen=True, kw_only=True):
    name: str
    signs: tuple[str, ...]
    """CSS selectors; a page in which any of them matches is of this family."""
    listing: ListingSelectors | None = None
    article: ArticleSelectors | None = None
