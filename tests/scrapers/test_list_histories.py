"""Made-up histories of lists, thousands of them: coverage never claims a time in which an article was missed, and claims
nearly every other one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import pytest

from scrapers.chains import Chain
from scrapers.items import Headline
from scrapers.observations import Listing
from scrapers.sources import Entrance

FARTHEST = 20
_BELOW = 5
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@dataclass
class Website:
    """A list of news, the newest on top, and what its editors do to it."""

    random: Random
    size: int = 10
    pages: int = 99
    """How far back it goes."""
    box: str = ""
    """What else stands on its pages: "random" old articles, the "most read" ones."""
    bumps: bool = False
    """Whether an edited article comes to the top."""
    news: list[int] = field(default_factory=list)
    pins: list[int] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.publish(self.random.randint(self.size, 4 * self.size))
        self.most_read = self.news[-3:]

    def publish(self, many: int) -> list[int]:
        new = list(range(self.count + 1, self.count + many + 1))
        self.count += many
        for one in new:
            self.news.insert(0, one)
            if self.bumps and self.random.random() < 0.1:
                self.news.insert(0, self.news.pop(self.random.randrange(min(len(self.news), 30))))
        return new

    def withdraw(self) -> None:
        gone = self.random.choice(self.news[:15])
        self.news.remove(gone)
        self.pins = [pin for pin in self.pins if pin != gone]

    def pin(self) -> None:
        self.pins = self.random.sample(self.news[:30], self.random.randint(0, 3))

    def shown(self) -> Iterator[list[int]]:
        rest = [one for one in self.news if one not in self.pins]
        for page in range(min(self.pages, -(-len(rest) // self.size))):
            yield [*self.pins, *rest[page * self.size : (page + 1) * self.size], *self._beside()]

    def _beside(self) -> list[int]:
        if self.box == "random":
            return self.random.sample(self.news, 3)
        return self.most_read if self.box else []


@dataclass
class Watch:
    """Looks at a website, and what they prove."""

    website: Website
    before: list[int] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def look(self) -> bool:
        """Look once, as far as it takes; return whether that joins the look before."""
        chain = Chain(Entrance(kind="listing", url="https://www.example.gov.vn/"))
        chain.before = Listing(entrance="", at=NOON, urls=tuple(map(str, self.before))) if self.before else None
        for page in self.website.shown():
            known = {row.url for row in chain.rows}
            chain.rows += [Headline(url=str(one)) for one in dict.fromkeys(page) if str(one) not in known]
            chain.turn_page()
            if not chain.gapes or chain.pages == FARTHEST:
                break
        self.before = [int(row.url) for row in chain.rows]
        self.seen.update(self.before)
        return chain.joined


@dataclass
class Score:
    intervals: int = 0
    false: int = 0
    """Claimed, though something was missed."""
    provable: int = 0
    """Nothing was missed, and five rows of what was known are still there behind it."""
    claimed: int = 0


def history(seed: int, **about: object) -> Score:
    random = Random(seed)
    website = Website(random, size=random.choice([5, 8, 10, 20]), **about)  # type: ignore[arg-type]
    watch, score = Watch(website), Score()
    watch.look()
    for _ in range(15):
        busy = random.choice([0, 1, 1, 2, 3, website.size - 1, website.size, 3 * website.size, 25 * website.size])
        new = website.publish(random.randint(0, busy))
        for act, odds in ((website.withdraw, 0.3), (website.pin, 0.2)):
            if random.random() < odds:
                act()
        if random.random() < 0.1:
            website.size = random.choice([5, 8, 10, 20])
        reach, known = min(website.pages, FARTHEST) * website.size, watch.before
        joined = watch.look()
        there = [one for one in new if one in website.news]
        missed = [one for one in there if one not in watch.seen]
        score.intervals += 1
        score.false += joined and bool(missed)
        if not missed and len(there) + _BELOW <= reach and len(known) >= _BELOW:
            score.provable += 1
            score.claimed += joined
    return score


def total(seeds: range, **about: object) -> Score:
    scores = [history(seed, **about) for seed in seeds]
    return Score(*(sum(getattr(one, name) for one in scores) for name in ("intervals", "false", "provable", "claimed")))


KINDS = {
    "plain": ({}, 0.99),
    "most read": ({"box": "most read"}, 0.99),
    "random": ({"box": "random"}, 0.9),
    "bumps": ({"bumps": True}, 0.99),
    "bumps, random": ({"bumps": True, "box": "random"}, 0.88),
    "one page": ({"pages": 1}, 0.96),
    "one page, random": ({"pages": 1, "box": "random"}, 0.85),
    "one page, most read": ({"pages": 1, "box": "most read"}, 0.96),
    "three pages": ({"pages": 3}, 0.98),
}


@pytest.mark.parametrize(("about", "least"), KINDS.values(), ids=KINDS)
def test_no_time_is_claimed_in_which_an_article_was_missed(about: dict[str, object], least: float) -> None:
    score = total(range(60), **about)

    assert score.intervals == 900
    assert score.false == 0
    assert score.claimed >= least * score.provable
