"""The public extractors our figures stand beside, each made to answer with a record like ours."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

Reader = Callable[[bytes, str], dict[str, Any]]


def readers() -> dict[str, Reader]:
    """Return the peers that are installed (``make bench`` installs them all), by name."""
    found: dict[str, Reader] = {}
    for name, make in (("trafilatura", _trafilatura), ("readability", _readability), ("newspaper4k", _newspaper)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found[name] = make()
        except ImportError:
            print(f"  {name} is not installed: left out")
    return found


def htmldate() -> Reader | None:
    """Return the date finder, None where it is not installed."""
    try:
        from htmldate import find_date
    except ImportError:
        return None
    return lambda html, url: {"published": find_date(html.decode("utf-8", "replace"), url=url or None) or ""}


def _trafilatura() -> Reader:
    import trafilatura

    def read(html: bytes, url: str) -> dict[str, Any]:
        found: Any = trafilatura.bare_extraction(html, url=url or None, with_metadata=True)
        if found is None:
            return {"error": "nothing extracted"}
        return {
            "headline": found.title,
            "published": found.date,
            "body_text": found.text,
            "authors": [found.author] if found.author else [],
        }

    return read


def _readability() -> Reader:
    import lxml.html
    from readability import Document

    def read(html: bytes, url: str) -> dict[str, Any]:
        document = Document(html.decode("utf-8", "replace"))
        summary = lxml.html.fromstring(document.summary() or "<p></p>")
        return {"headline": document.short_title(), "body_text": " ".join(str(text) for text in summary.itertext())}

    return read


def _newspaper() -> Reader:
    from newspaper import Article

    def read(html: bytes, url: str) -> dict[str, Any]:
        article = Article(url or "https://example.org/", fetch_images=False)
        article.download(input_html=html.decode("utf-8", "replace"))
        article.parse()
        published = article.publish_date
        return {
            "headline": article.title,
            "published": published.isoformat() if published else "",
            "body_text": article.text,
            "authors": article.authors,
        }

    return read
