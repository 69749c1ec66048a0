"""What stays known when a page is read again: its ministry did not unsay it, it is only told somewhere else."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from scrapers.items import Article, Moment
from storage.files import with_digests
from storage.templates import GENERAL


def is_poorer(before: Article, after: Article) -> bool:
    """Say whether a page a layout once read was now read by guesswork."""
    return after.layout == GENERAL and before.layout not in ("", GENERAL)


def with_what_is_known(article: Article, before: Article) -> Article:
    """Keep the date a page no longer prints, and what only an entrance told, with the reasons they are believed.

    Ministries change dates, but it is templates that lose them, and a second look has no row of a listing at hand.
    """
    article = with_digests(article, before)
    kept: dict[str, object] = {}
    if before.published is not None and _knows_less(article.published, before.published):
        kept["published"] = before.published
    if not article.section and any(reason.rule == "listing: section" for reason in before.passport):
        kept["section"] = before.section
    if not kept:
        return article
    reasons = {reason.field: reason for reason in article.passport}
    reasons |= {reason.field: reason for reason in before.passport if reason.field in kept}
    return msgspec.structs.replace(article, **kept, passport=tuple(reasons.values()))


def _knows_less(now: Moment | None, before: Moment) -> bool:
    if now is None:
        return True
    is_that_day = now.at <= before.at < now.at + timedelta(days=1)
    return now.precision == "day" and before.precision != "day" and is_that_day
