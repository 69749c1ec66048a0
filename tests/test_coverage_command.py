"""What ``bantin coverage`` says, and how it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from health import coverage_sentence
from home import Home, hold
from scrapers.observations import Listing
from storage.coverage import Coverage, Gap
from storage.database import open_archive
from storage.record import record
from storage.sources import sync
from tests.command import Command
from tests.storage.making import LISTING, SLUG, article, moment, sighting, source, visit

NOW = datetime.now(UTC).replace(microsecond=0)
MINUTE = timedelta(minutes=1)
TOML = f"""
slug = "{SLUG}"
ministry = {{ vi = "Bộ Ví dụ" }}
country = "VN"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
homepage = "https://www.example.gov.vn/"
[[entrances]]
kind = "listing"
url = "{LISTING}"
"""


@pytest.fixture
def following(bantin: Command) -> Command:
    """A home that follows a source of which nothing was recorded yet."""
    (bantin.home / "sources").mkdir(parents=True)
    (bantin.home / "sources" / f"{SLUG}.toml").write_text(TOML, "utf-8")
    return bantin


def look(home: Path, first: int, *, minutes_ago: float, end: Any = "known") -> None:
    db = open_archive(home / "bantin.db")
    sync(db, [source()], now=NOW)
    at, numbers = NOW - minutes_ago * MINUTE, range(first, first - 10, -1)
    rows = tuple(sighting(article(number), position=place) for place, number in enumerate(numbers))
    shown = Listing(entrance=LISTING, at=at, urls=tuple(row.headline.url for row in rows), end=end)
    record(db, visit(at=at, sightings=rows, listings=(shown,)), warc=home / "warc", authority="x.test", now=at)
    db.close()


def with_a_gap(command: Command) -> None:
    """Ten hours, the second of them missing."""
    for first, minutes, end in ((20, 600, "end"), (21, 540, "known"), (80, 480, "end"), (81, 0, "known")):
        look(command.home, first, minutes_ago=minutes, end=end)


def test_nobody_is_followed(bantin: Command) -> None:
    said = bantin("coverage")

    assert (said.code, said.out) == (0, "")
    assert "No source is followed yet" in said.err


def test_before_two_looks_it_is_not_known(following: Command) -> None:
    assert "not known yet" in following("coverage").out
    look(following.home, 20, minutes_ago=5)
    said = following("coverage", "--json")

    assert said.code == 0
    assert (said.json[0]["covered"], said.json[0]["says"]) == (None, "not known yet: that takes two looks")


def test_all_is_covered(following: Command) -> None:
    look(following.home, 20, minutes_ago=60)
    look(following.home, 25, minutes_ago=0)

    said = following("coverage", SLUG)
    assert said.code == 0
    assert said.out.startswith("covered 100 %, no gap (")
    assert following("status", "--json").json[0]["covered"] == 1.0


def test_an_open_gap_ends_with_3_and_is_told(following: Command) -> None:
    with_a_gap(following)

    table, one, plain = following("coverage"), following("coverage", SLUG), following("coverage", SLUG, "--json")

    assert (table.code, one.code, plain.code) == (3, 3, 3)
    assert table.out.splitlines()[1].split("\t")[:4] == [SLUG, "90.00 %", "1", "1"]
    assert one.out.startswith("covered 90.00 %, one gap of 1 h on ")
    assert ", 1 open (" in one.out
    assert "no further page leads to what was known" in one.out
    assert plain.json["gap_list"][0]["state"] == "open"
    assert (plain.json["covered"], plain.json["missing_seconds"]) == (90.0, 3600)
    assert "90.00 %" in following("status").out


def test_a_gap_that_is_accepted_is_open_no_longer(following: Command) -> None:
    with_a_gap(following)

    done = following("coverage", "--accept", "1", "--why", "đọc trên trang")

    assert (done.code, done.err) == (0, "Gap 1 is accepted. Its 1 h stay uncovered.\n")
    said = following("coverage", SLUG)
    assert said.code == 0
    assert "covered 90.00 %, one gap of 1 h" in said.out
    assert ", 0 open" in said.out
    assert "đọc trên trang" in said.out


def test_accepting_needs_a_reason_and_a_gap_and_the_lock(following: Command) -> None:
    assert following("coverage", "--accept", "1", "--why", "x").code == 2
    with_a_gap(following)

    assert following("coverage", "--accept", "7", "--why", "x").code == 2
    assert "--why" in following("coverage", "--accept", "1").err
    assert following("coverage", "--why", "x").code == 2
    with hold(Home.at(following.home)):
        assert following("coverage", "--accept", "1", "--why", "x").code == 4


def test_the_time_asked_about_and_a_source_nobody_knows(following: Command) -> None:
    with_a_gap(following)
    tomorrow = (NOW + timedelta(days=2)).date().isoformat()

    assert following("coverage", "--since", tomorrow, "--json").json[0]["covered"] is None
    assert following("coverage", "--until", tomorrow, "--json").json[0]["covered"] == 90.0
    assert following("coverage", "vn-nobody").code == 2


def test_the_rhythm_is_told_once_it_is_known(following: Command) -> None:
    db = open_archive(following.home / "bantin.db")
    sync(db, [source()], now=NOW)
    hours = (NOW - moment().at).total_seconds() / 3600
    read = [article(number, published=moment(hours - 24 * number)) for number in range(1, 40)]
    record(db, visit(*read, at=NOW), warc=following.home / "warc", authority="x.test", now=NOW)
    db.close()
    assert "its rhythm is not known yet" in following("coverage", SLUG).out

    look(following.home, 39, minutes_ago=0)

    said = following("coverage", SLUG)
    assert (
        "usually 1 a weekday, 1 on Saturdays, 1 on Sundays, 1 on holidays; silent 1 d, at most 1 d is usual" in said.out
    )
    assert following("coverage", SLUG, "--json").json["rhythm"]["usual"]["mondays"] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("minutes", "days", "sentence"),
    [
        (41, 48, "covered 99.94 %, one gap of 41 min on 3 Mar, 0 open"),
        (0, 48, "covered 100 %, no gap"),
        (1, 10_000, "covered 99.99 %, one gap of 1 min on 3 Mar 2025, 0 open"),
    ],
)
def test_it_is_said_as_people_say_it(minutes: int, days: int, sentence: str) -> None:
    start = datetime(2026 if days < 100 else 2025, 3, 3, 2, tzinfo=UTC)
    gap = Gap(
        number=1,
        entrance="",
        since=start,
        until=start + minutes * MINUTE,
        state="accepted",
        tries=1,
        why="",
        ended=None,
        how="",
    )
    now = datetime(2026, 3, 20, tzinfo=UTC)
    one = Coverage(
        source=SLUG,
        since=now - timedelta(days=days),
        until=now,
        missing=minutes * MINUTE,
        gaps=(gap,) if minutes else (),
        unseen=(),
    )

    assert coverage_sentence(one, now=now, zone=ZoneInfo("Asia/Ho_Chi_Minh")) == sentence


def test_what_is_not_known_is_said_too() -> None:
    now = datetime(2026, 3, 20, tzinfo=UTC)
    one = Coverage(
        source=SLUG,
        since=now - timedelta(days=9),
        until=now - timedelta(days=2),
        missing=timedelta(0),
        gaps=(),
        unseen=("https://www.example.gov.vn/rss",),
    )

    assert coverage_sentence(one, now=now, zone=ZoneInfo("UTC")) == (
        "covered 100 %, no gap, nothing known of the last 2 d, 1 entrance not seen yet"
    )
