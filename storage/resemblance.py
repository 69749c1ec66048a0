"""What a page has in common with an article the archive holds: each of it is a witness, none of it a proof alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from functools import cached_property

from scrapers.items import Article, Citation, Moment
from storage import moments
from storage.articles import StoredArticle
from storage.keys import key
from storage.likeness import FEW, alike, differing_place, practically_equal, share, told, told_apart, verbatim, words_of

NEAR = timedelta(days=3)
"""A date is mended by no more than this, as far as anybody can tell from a page that stands elsewhere."""


class Resemblance:
    """A page read, held against one article."""

    def __init__(self, stored: StoredArticle, article: Article, *, gone: Collection[str] = ()) -> None:
        self.stored, self.article = stored, article
        self._before, self._gone = stored.article, gone

    @cached_property
    def headline(self) -> bool:
        return told(self._before.headline) == told(self.article.headline) != ""

    @cached_property
    def headlines_apart(self) -> bool:
        """The headlines differ in a number, a date or a name: two weekly schedules."""
        return differing_place([self._before.headline], [self.article.headline]) is not None

    @cached_property
    def headlines_alike(self) -> bool:
        """Half of their words are the same, and no number, date or name tells them apart."""
        here, there = (Counter(told(one.headline).split()) for one in (self._before, self.article))
        return 2 * (here & there).total() >= max(here.total(), there.total()) and not self.headlines_apart

    @cached_property
    def minute(self) -> bool:
        timed = precise(self._before.published) and precise(self.article.published)
        return timed and moments.utc(self._before.published) == moments.utc(self.article.published)

    @cached_property
    def day(self) -> bool:
        """Both bear the same day, and no two different minutes of it."""
        before, now = self._before.published, self.article.published
        if before is None or now is None or before.at.date() != now.at.date():
            return False
        return self.minute or not (precise(before) and precise(now))

    @cached_property
    def undated(self) -> bool:
        return self._before.published is None or self.article.published is None

    @cached_property
    def near(self) -> bool:
        before, now = self._before.published, self.article.published
        return before is not None and now is not None and abs(before.at - now.at) <= NEAR

    @cached_property
    def alike(self) -> bool:
        return alike(self._before, self.article)

    @cached_property
    def same_words(self) -> bool:
        """Most of the words are the same, and no number, date or name tells the two apart."""
        return self.alike and told_apart(self._before, self.article) is None

    @cached_property
    def practically_equal(self) -> bool:
        return practically_equal(self._before, self.article)

    @cached_property
    def verbatim(self) -> bool:
        """Word for word the same, and enough words or files to tell it from others."""
        return verbatim(self._before, self.article)

    @cached_property
    def long(self) -> bool:
        return len(words_of(self.article)) >= FEW

    @cached_property
    def gone(self) -> bool:
        """Nothing answers where the article stood."""
        return self.stored.state != "present" or key(self._before.url) in self._gone

    @cached_property
    def document(self) -> str:
        """The official number of what both are, "" when they are none, or not the same."""
        mine = own_number(self.article)
        return mine if mine and mine == own_number(self._before) else ""

    @cached_property
    def share(self) -> float:
        return share(self._before, self.article)

    def witnesses(self) -> tuple[list[str], list[str]]:
        """Return which of all this is so, and how to say it."""
        minute = self.article.published.iso if self.minute and self.article.published else ""
        day = self.article.published.at.date().isoformat() if self.day and self.article.published else ""
        told_of = [
            ("official number", self.document, f"both are {self.document}"),
            ("headline", self.headline, "the headline is the same"),
            ("minute", self.minute, f"both are of {minute}"),
            ("day", self.day and not self.minute, f"both are of {day}"),
            ("words", self.alike, f"{_percent(self.share)} of the words are the same"),
            ("old page gone", self.gone, f"the page at {self._before.url} is gone"),
        ]
        return [name for name, so, _ in told_of if so], [words for _, so, words in told_of if so]


def precise(published: Moment | None) -> bool:
    """Say whether a moment could single out an article: many are stamped with midnight for want of a time."""
    if published is None or published.precision == "day":
        return False
    return (published.at.hour, published.at.minute) != (0, 0)


def own_number(article: Article) -> str:
    """Return the official number of the document an article is, "" when it is none: citing one makes it none.

    A document's page is headed by its kind and number, or hangs the one document it tells of on itself as a file
    and says little besides.
    """
    for citation in article.citations:
        if citation.field == "headline" and _heads(citation, article.headline):
            return citation.number
    filed = {citation.number for citation in article.citations if citation.field == "attachments"}
    if len(filed) == 1 and len(article.body_text.split()) < FEW:
        return filed.pop()
    return ""


def _heads(citation: Citation, headline: str) -> bool:
    before = headline[: citation.start].strip()
    return not before or (
        bool(citation.kind) and len(before.split()) <= 5 and told(before).startswith(told(citation.kind))
    )


def _percent(part: float) -> str:
    return "all" if part == 1 else f"{part:.0%}"
