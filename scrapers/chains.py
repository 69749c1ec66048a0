"""One entrance during a visit: the pages it was followed to, what they showed, and what of it still waits to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from scrapers.items import Headline, Headlines, Verdict
from scrapers.sources import Entrance


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

    @property
    def good(self) -> bool:
        return self.verdict is Verdict.FINE

    @property
    def is_read(self) -> bool:
        """Nothing it shows waits to be read, so that the next visit need not see it again until it changes."""
        return self.good and self.walked and not self.waiting

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


def _partial(failed: Sequence[Chain], count: int) -> str:
    if not failed:
        return ""
    return f"{len(failed)} of {count} entrances gave nothing: " + "; ".join(chain.why for chain in failed)


def digest(page: Headlines) -> str:
    """Name what a page shows, so that two looks at it can be compared although its bytes always differ."""
    shown: Iterable[str] = (f"{row.url}\0{row.title}" for row in page.rows)
    return sha256("\n".join([*shown, *page.sitemaps, page.next_page or ""]).encode("utf-8", "replace")).hexdigest()[:32]
