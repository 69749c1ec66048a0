"""What the views count is what can be counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scrapers.items import Article, Moment
from scrapers.observations import Listing
from tests.storage.conftest import Archive
from tests.storage.making import HANOI, LISTING, article, sighting, url, visit


def at(day: int, hour: int, minute: int = 0, *, precision: Any = "minute") -> Moment:
    """A time in March 2026 at the ministry. The 2nd is a Monday."""
    return Moment(at=datetime(2026, 3, day, hour, minute, tzinfo=HANOI), precision=precision)


ARTICLES = {
    1: at(2, 7),  # there before the source was watched
    2: at(2, 12),
    3: at(2, 12, 50),  # both between the looks of 12:00 and 13:00
    4: at(2, 13, 10),  # between 13:00 and 14:00
    5: at(2, 9),  # the same, but said to be four hours older
    6: at(2, 0, precision="day"),  # between 14:00 and Tuesday, 10:00
    7: at(1, 0, precision="day"),  # the same, but said to be of Sunday
    8: at(6, 17, 30),  # Friday evening, seen on Saturday at 9:00
    9: at(7, 8, 30),  # Saturday
}
LOOKS = [
    (2, 12, (1,)),
    (2, 13, (3, 2, 1)),
    (2, 14, (5, 4, 3, 2, 1)),
    (3, 10, (7, 6, 5, 4, 3, 2, 1)),
    (7, 9, (9, 8, 7, 6, 5, 4, 3)),
]


def dated(number: int) -> Article:
    return article(number, published=ARTICLES[number])


@pytest.fixture
def watched(archive: Archive) -> Archive:
    known: set[int] = set()
    for day, hour, numbers in LOOKS:
        moment = at(day, hour).at.astimezone(UTC)
        rows = tuple(sighting(dated(number), position=place) for place, number in enumerate(numbers))
        shown = Listing(entrance=LISTING, at=moment, urls=tuple(url(number) for number in numbers), end="known")
        new = [dated(number) for number in numbers if number not in known]
        archive.record(visit(*new, at=moment, sightings=rows, listings=(shown,)), now=moment)
        known.update(numbers)
    return archive


def rows(archive: Archive, question: str) -> list[dict[str, Any]]:
    return list(archive.db.query(question))


def number_of(archive: Archive) -> dict[int, int]:
    """Article of the archive → number in ARTICLES."""
    found = archive.db.execute("select number, url from articles")
    return {number: next(one for one in ARTICLES if url(one) == address) for number, address in found}


def test_delays(watched: Archive) -> None:
    names = number_of(watched)
    told = {
        names[row["article"]]: (row["minutes"], row["least"], row["backdated"])
        for row in rows(watched, "select * from delays_view")
    }

    assert told == {
        2: (60.0, 0.0, 0),
        3: (10.0, 0.0, 0),
        4: (50.0, 0.0, 0),
        5: (300.0, 240.0, 1),
        6: (None, 0.0, 0),
        7: (None, 14 * 60.0, 1),
        8: (15.5 * 60, 0.0, 0),
        9: (30.0, 0.0, 0),
    }


def test_punctuality(watched: Archive) -> None:
    (row,) = rows(watched, "select * from punctuality_view")

    # Minutes in order: 10, 30, 50, 60, 300, 930.
    assert row == {
        "source": "vn-example",
        "ministry": "vn-example",
        "month": "2026-03",
        "articles": 8,
        "timed": 6,
        "median_minutes": 55.0,
        "ninth_decile_minutes": 930.0,
        "backdated": 2,
        "backdated_percent": 25.0,
    }


def test_habits(watched: Archive) -> None:
    (row,) = rows(watched, "select * from habits_view")

    assert (row["month"], row["articles"], row["weekend"], row["weekend_percent"]) == ("2026-03", 9, 2, 22.2)
    # Out of hours: 7:00 on Monday, 17:30 is not yet, Saturday.
    assert (row["timed"], row["out_of_hours"], row["out_of_hours_percent"]) == (7, 2, 28.6)
    assert (row["friday_evening"], row["friday_evening_percent"]) == (1, 14.3)


def test_fates(watched: Archive) -> None:
    days = timedelta(days=1)
    moment = at(8, 9).at
    watched.record(visit(article(2, published=ARTICLES[2], headline="Bộ trưởng nói khác lần một"), at=moment))
    watched.record(visit(article(2, published=ARTICLES[2], headline="Bộ trưởng nói khác lần hai"), at=moment + days))
    marked = article(3, published=ARTICLES[3], lede="Chín triệu đồng.", modified=at(8, 8))
    watched.record(visit(marked, at=moment))
    number = next(one for one, name in number_of(watched).items() if name == 4)
    watched.db.execute(
        """
        insert into changes (visit, source, article, kind, at, cause, headline, url, version)
        values (1, 'vn-example', ?, 'withdrawn', '2026-03-20T00:00:00Z', 'ministry', '', '', 1)
        """,
        [number],
    )

    (row,) = rows(watched, "select * from fates_view")

    assert (row["articles"], row["revised"], row["revised_percent"]) == (9, 2, 22.2)
    assert (row["silent"], row["silent_percent"]) == (1, 11.1)
    assert (row["withdrawn"], row["withdrawn_percent"]) == (1, 11.1)


def test_what_our_parser_changed_is_no_edit(watched: Archive) -> None:
    watched.db.execute(
        """
        insert into changes (visit, source, article, kind, at, cause, headline, url, version)
        values (1, 'vn-example', 1, 'revised', '2026-03-20T00:00:00Z', 'parser', '', '', 1)
        """
    )

    assert rows(watched, "select revised from fates_view") == [{"revised": 0}]


def test_silences(watched: Archive) -> None:
    (longest,) = rows(watched, "select since, until, days from silences_view order by days desc limit 1")

    assert longest == {"since": "2026-03-02T06:10:00Z", "until": "2026-03-06T10:30:00Z", "days": 4.18}


def test_terms(watched: Archive) -> None:
    watched.record(visit(article(20, headline="Bụi mịn PM2.5 và PFAS", lede="PFAS là gì?", published=at(9, 9))))

    (row,) = rows(
        watched,
        "select month, source, count(*) as times, count(distinct article) as articles from terms_view where term = 'pfas'",
    )

    assert row == {"month": "2026-03", "source": "vn-example", "times": 2, "articles": 1}


def test_an_article_that_waited_was_seen_when_the_list_first_showed_it(watched: Archive) -> None:
    """Ten are on the list, and a visit reads one: the others appeared no later for that."""
    first, later = at(7, 10).at, at(8, 10).at
    waiting = article(30, published=at(7, 9, 30))
    names = [url(number) for number in (9, 8, 7, 6, 5, 4, 3)]
    shown = Listing(entrance=LISTING, at=first, urls=(waiting.url, *names), end="known")
    watched.record(visit(at=first, sightings=(sighting(waiting),), listings=(shown,)), now=first)
    watched.record(visit(waiting, at=later), now=later)

    (row,) = rows(watched, "select minutes, seen from delays_view order by stated desc limit 1")
    assert row == {"minutes": 30.0, "seen": "2026-03-07T03:00:00Z"}


def test_what_two_lists_show_appeared_when_the_first_did(watched: Archive) -> None:
    """A section's list that shows an article days later does not make it late."""
    section, both = f"{LISTING}/muc", (9, 8, 7, 6, 5, 4, 3)
    for day, numbers in ((8, both[1:]), (9, both)):
        moment = at(day, 9).at
        seen = tuple(sighting(dated(number), entrance=section) for number in numbers)
        shown = Listing(entrance=section, at=moment, urls=tuple(map(url, numbers)), end="known")
        watched.record(visit(at=moment, sightings=seen, listings=(shown,)), now=moment)

    (row,) = rows(watched, "select minutes, not_yet from delays_view order by stated desc limit 1")
    assert row == {"minutes": 30.0, "not_yet": "2026-03-03T03:00:00Z"}


def test_a_time_that_is_stated_later_is_the_first_stated(archive: Archive) -> None:
    archive.record(visit(article(1, published=None)))
    archive.record(visit(article(1, published=at(2, 11, 5)), at=at(2, 13).at))
    archive.record(visit(article(1, published=at(2, 11, 45)), at=at(2, 14).at))

    assert rows(archive, "select stated, stated_local, precision from appearances") == [
        {"stated": "2026-03-02T04:05:00Z", "stated_local": "2026-03-02T11:05:00+07:00", "precision": "minute"}
    ]
