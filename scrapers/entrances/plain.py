"""Headlines as plain dicts, as ``bantin headlines`` prints them."""

from __future__ import annotations

from typing import Any

from scrapers.items import Headline, Headlines


def plain(headlines: Headlines) -> dict[str, Any]:
    """Return title, url, published and summary of each row, and the next page; None for what the page does not say."""
    return {"headlines": [_row(headline) for headline in headlines.rows], "next_page": headlines.next_page}


def _row(headline: Headline) -> dict[str, str | None]:
    return {
        "title": headline.title,
        "url": headline.url,
        "published": headline.published.iso if headline.published else None,
        "summary": headline.summary,
    }
