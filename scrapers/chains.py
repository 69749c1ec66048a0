"""One entrance during a visit: the pages it was followed to, what they showed, and what of it still waits to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

from scrapers.items import Headline, Headlines, Verdict
from scrapers.observations import Listing
from scrapers.overlaps import seam, shares
from scrapers.sources import Entrance

_MOST = 500
"""So many rows of the beginning and of the end of a list tell it from any other."""


@dataclass(slots=True)
class Chain:
    """An entrance and the pages that follow it."""

    entrance: Entrance
    verdict: Verdict = Verdict.BROKEN
    why: str = ""
    looked: bool = False
    """It was asked, whatever came of it."""
    walked: bool = False
    """It was followed as far as a visit goes."""
    rows: list[Headline] = field(default_factory=list)
    """New and known ones, in the order shown, each address once."""
    waiting: set[str] = field(default_factory=set)
    """Addresses it shows that nobody has read yet."""
    before: Listing | None = None
    """The look before that it must join."""
    at: datetime | None = None
    """When its first page was asked for."""
    pages: int = 0
    """How many pages came."""
    joined: bool = False
    """What it showed joins the look before: nothing in between can have been missed."""
    _took: int = 0
    end: Literal["known", "end", "limit", "unchanged", "failed"] = "failed"

    @property
    def good(self) -> bool:
        return self.verdict is Verdict.FINE

    @property
    def is_read(self) -> bool:
        """Nothing it shows waits to be read, so that the next visit need not see it again until it changes."""
        return self.good and self.walked and not self.waiting

    @property
    def is_ordered(self) -> bool:
        return self.entrance.kind != "sitemap"

    @property
    def gapes(self) -> bool:
        """There is a look before, and nothing shown so far joins it."""
        return self.before is not None and not self.joined

    def turn_page(self) -> None:
        """Note that the rows of a page are in."""
        self.pages += 1
        if self.gapes:
            self.joined, self._took = self._joins(), self.pages

    def stop(self, *, more: bool = False) -> None:
        """Note that it was followed as far as a visit goes, whether or not there was ``more``."""
        self.walked = True
        if self.joined:
            self.end = "known" if self.rows else "unchanged"
        else:
            self.end = "limit" if more else "end"

    def _joins(self) -> bool:
        assert self.before
        before, now = (_bare(url) for url in self.before.urls), (_bare(row.url) for row in self.rows)
        return seam(list(before), list(now)) is not None if self.is_ordered else shares(before, now)

    def listing(self) -> Listing | None:
        """Return what it showed; None when it could not be looked at."""
        if not self.good or self.at is None:
            return None
        urls = [row.url for row in self.rows]
        return Listing(
            entrance=self.entrance.url,
            at=self.at,
            urls=tuple(urls if len(urls) <= 2 * _MOST else urls[:_MOST] + urls[-_MOST:]),
            pages=self.pages,
            further=max(self._took - 1, 0),
            ordered=self.is_ordered,
            end=self.end,
        )

    def fail(self, verdict: Verdict, why: str) -> None:
        self.looked, self.verdict, self.why = True, verdict, why

    def succeed(self) -> None:
        self.looked, self.verdict, self.why = True, Verdict.FINE, ""


_GRAVITY = (Verdict.BLOCKED, Verdict.CHANGED, Verdict.BROKEN, Verdict.UNREACHABLE)
"""Which of several failures tells most about the source."""


def judge(chains: Sequence[Chain]) -> tuple[Verdict, str]:
    """Return how a visit went, and why in a sentence.

    Fine when at least one entrance was; but an entrance that was rebuilt needs somebody to look, whatever else works.
    """
    failed = [chain for chain in chains if chain.looked and not chain.good]
    rebuilt = next((chain for chain in failed if chain.verdict is Verdict.CHANGED), None)
    if any(chain.good for chain in chains):
        if rebuilt:
            return Verdict.CHANGED, _partial(failed, len(chains))
        return Verdict.FINE, _partial(failed, len(chains))
    worst = min(failed, key=lambda chain: _GRAVITY.index(chain.verdict), default=None)
    return (worst.verdict, worst.why) if worst else (Verdict.UNREACHABLE, "no entrance could be asked in time")


def _bare(url: str) -> str:
    """Leave out of an address what a website changes for all of them at once."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def _partial(failed: Sequence[Chain], count: int) -> str:
    if not failed:
        return ""
    return f"{len(failed)} of {count} entrances gave nothing: " + "; ".join(chain.why for chain in failed)


def digest(page: Headlines) -> str:
    """Name what a page shows, so that two looks at it can be compared although its bytes always differ."""
    shown: Iterable[str] = (f"{row.url}\0{row.title}" for row in page.rows)
    return sha256("\n".join([*shown, *page.sitemaps, page.next_page or ""]).encode("utf-8", "replace")).hexdigest()[:32]
