"""What websites of one family share: how to recognise them, and where their fields stand."""

from __future__ import annotations

from typing import Literal

from scrapers.items import Record
from scrapers.sources import ArticleSelectors, ListingSelectors


class Layout(Record, frozen=True, kw_only=True):
    name: str
    signs: tuple[str, ...]
    """CSS selectors; a page in which any of them matches is of this family. Those that name a class or id cost nothing
    on pages without it."""
    listing: ListingSelectors | None = None
    article: ArticleSelectors | None = None
    loose: bool = False
    """Whether its websites differ so much that the general reader still helps: with fields that are not where they are
    expected, and with what in the text is none."""
    meta_order: Literal["ymd", "mdy", "dmy"] = "ymd"
    """Which number comes first in dates that only machines read, in meta elements and feeds; "ymd" refuses 9/5/2026."""
    timezone: str = ""
    """The zone of times that state none, for families that serve one country."""
    midnight_is_day: bool = False
    """Whether 00:00 stands for "no time known"."""
    image_sizes: str = ""
    """A regular expression for the part of an image's address that asks for a smaller copy; "" when there is none."""
    url_published: str = ""
    """A regular expression with the groups y, m, d, H, M, S for the time an article's address holds."""
