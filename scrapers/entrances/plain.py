"""Headlines as plain dicts, as ``bantin headlines`` prints them."""

from __future__ import annotations

from typing import Any

from scrapers.items import Headline, Headlines


def plain(headlines: Headlines) -> dict[str, Any]:
    """Return title, url, published and summary of each row, and the next page; None for what the page does not say.

    Of a sitemap index the sitemaps it names, newest first.
    """
    found: dict[str, Any] = {"headlines": list(map(_row, headlines.rows)), "next_page": headlines.next_page}
    return {**found, "sitemaps": list(headlines.sitemaps)} if headlines.sitemaps else found


def _row(headline: Headline) -> dict[str, str | None]:
    return {
        "title": headline.title,
        "url": headline.url,
        "published": headline.published.iso if headline.published else None,
        "summary": headline.summary,
        "section": headline.section,
    }
