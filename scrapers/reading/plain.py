"""An article as the record that ``bantin read`` prints: plain values for JSON. For people and other programs."""

from __future__ import annotations

from msgspec import to_builtins

from scrapers.items import Article, Moment

_AS_THEY_ARE = (
    "url", "canonical_url", "headline", "kicker", "section", "lede", "authors", "origin", "body_text", "body_html", "images",
    "attachments", "media", "tags", "documents", "citations", "related", "language", "comments_count", "layout", "passport", "notes",
)  # fmt: skip
_ORDER = (
    "url", "canonical_url", "headline", "kicker", "section", "lede", "authors", "origin", "published", "published_text",
    "published_precision", "modified", "body_text", "body_html", "images", "attachments", "media", "tags", "documents", "citations",
    "related", "language", "comments_count", "layout", "passport", "notes",
)  # fmt: skip


def plain(article: Article) -> dict[str, object]:
    """Return the record; dates are ISO 8601 with their offset, a bare day when only the day is known, null when none is."""
    found: dict[str, object] = {name: _plain(getattr(article, name)) for name in _AS_THEY_ARE}
    found["published"] = _iso(article.published)
    found["published_text"] = article.published.printed if article.published else ""
    found["published_precision"] = article.published.precision if article.published else None
    found["modified"] = _iso(article.modified)
    return {name: found[name] for name in _ORDER}


def _plain(value: object) -> object:
    """What others said instead of a value is for `bantin explain` alone; what no page tells is told once it is known."""
    return [_lean(to_builtins(part)) for part in value] if isinstance(value, tuple) else value


def _lean(part: object) -> object:
    if not isinstance(part, dict):
        return part
    return {key: one for key, one in part.items() if key != "rivals" and (key != "sha256" or one)}


def _iso(moment: Moment | None) -> str | None:
    return moment.iso if moment else None
