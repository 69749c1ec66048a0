"""The daemon killed at fifty random moments while the ministry publishes, edits, withdraws and swaps files as fast as it can."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from demo.ministry import Ministry
from demo.server import Served
from demo.source import SLUG
from storage.database import open_archive
from storage.evidence import mend
from storage.proof.archive import check
from storage.seals import seal
from tests.command import Command
from tests.test_daemon import daemon, feed, finish, until

KILLS = 50
LONGEST = 0.9
"""Seconds after its first request that a daemon is given at most."""


def hurried(home: Path) -> None:
    """Follow the ministry in depth, its files too."""
    file = home / "sources" / f"{SLUG}.toml"
    text = file.read_text("utf-8").replace("pages = 3", "pages = 40")
    file.write_text(text.replace('layout = "onecms"', 'layout = "onecms"\nattachments = "fetch"'), encoding="utf-8")


class Press:
    """The ministry's newsroom in a hurry, and everything it ever said."""

    def __init__(self, ministry: Ministry, chance: random.Random) -> None:
        self.ministry, self.chance = ministry, chance
        self.said = {story.number: [story.headline] for story in ministry.stories}
        self.withdrawn: list[int] = []

    def work(self, turn: int) -> None:
        for story in [*self.ministry.flood(2), self.ministry.publish()]:
            self.said[story.number] = [story.headline]
        for number in self.chance.sample(sorted({*self.said} - {*self.withdrawn}), 3):
            headline = f"{self.said[number][0]} (sửa lần {turn})"
            self.ministry.edit(number, headline=headline)
            self.said[number].append(headline)
        if turn % 5 == 0:
            number = self.chance.choice(sorted({*self.said} - {*self.withdrawn}))
            self.ministry.withdraw(number)
            self.withdrawn.append(number)
        if turn % 7 == 0 and self.withdrawn:
            self.ministry.republish(self.withdrawn.pop())


def ask(home: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "bantin.db")) as db:
        return db.execute(question).fetchall()


@pytest.mark.slow
def test_killed_at_fifty_random_moments_under_load_it_loses_and_doubles_nothing(
    following: Command, site: Served
) -> None:
    home, chance = following.home, random.Random(20261125)
    hurried(home)
    press, ids = Press(site.ministry, chance), dict[str, str]()

    for turn in range(KILLS):
        press.work(turn)
        requests = len(site.asked("/"))
        with daemon(home) as process:
            until(partial(_more_than, requests, site), "a visit to begin")
            try:
                process.wait(timeout=chance.uniform(0, LONGEST))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=30) == -signal.SIGKILL, process.stdout and process.stdout.read()
        now = feed(home)
        assert all(now[url] == known for url, known in ids.items() if url in now), "an id changed"
        ids.update(now)

    there = {site.ministry.address(story.number, site.url) for story in site.ministry.stories}
    with daemon(home) as process:
        until(lambda: there <= {str(url) for (url,) in ask(home, "select url from articles")}, "everything, at last")
        finish(process)

    assert ask(home, "pragma integrity_check") == [("ok",)] and ask(home, "pragma foreign_key_check") == []
    recorded = {str(url): str(tag) for url, tag in ask(home, "select url, id from articles")}
    assert max(Counter(url for (url,) in ask(home, "select url from articles")).values()) == 1
    assert {url: recorded[url] for url in ids} == ids
    _said_once_each(home, press)
    assert not list((home / "spool").glob("*.visit")) and not list((home / "spool").glob("*.bad"))
    _is_proven(home)


def _more_than(requests: int, site: Served) -> bool:
    return len(site.asked("/")) > requests


def _said_once_each(home: Path, press: Press) -> None:
    """Every wording is one the ministry had, none came twice, and every article became new once."""
    said = {headline for headlines in press.said.values() for headline in headlines}
    wordings = Counter(ask(home, "select article, headline from versions"))
    assert {str(headline) for _, headline in wordings} <= said
    assert max(wordings.values()) == 1
    news = Counter(ask(home, "select article from changes where kind = 'new'"))
    assert set(news.values()) == {1} and len(news) == len(ask(home, "select 1 from articles"))


def _is_proven(home: Path) -> None:
    """Everything is in evidence as it was recorded; and sealed, nothing less."""
    database, warc = home / "bantin.db", home / "warc"
    db = open_archive(database)
    assert mend(db, warc) == []
    assert seal(db, warc, now=datetime.now(UTC) + timedelta(days=2)) is not None
    db.close()
    told = check(database, warc)
    assert told["problems"] == [] and told["records"] > 0
