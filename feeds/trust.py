"""Leaves out of feeds what the archive believes too little: for operators whose readers act on every word."""

from __future__ import annotations

from typing import Any

import msgspec

from scrapers.items import Grade
from storage.articles import StoredArticle

# The headline and the text stay: without them there is nothing to tell, and an article must not be missed.
_UNSAID: dict[str, Any] = {
    "kicker": "",
    "section": "",
    "lede": "",
    "authors": (),
    "origin": "",
    "published": None,
    "modified": None,
    "tags": (),
}


def trusted(stored: StoredArticle, least: Grade) -> StoredArticle:
    """Return the article as if its page had not said what is graded below ``least`` ("A" is the best grade)."""
    doubtful = {reason.field for reason in stored.article.passport if reason.grade > least}
    unsaid = {name: value for name, value in _UNSAID.items() if name in doubtful}
    if not unsaid:
        return stored
    undated = {"first_published": None} if "published" in unsaid else {}
    return msgspec.structs.replace(stored, article=msgspec.structs.replace(stored.article, **unsaid), **undated)
