from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from feeds.build import Feed
from feeds.editions import FORMATS
from feeds.windows import weight
from scrapers.items import Article, Attachment, Image
from scrapers.sources import Source
from storage.record import record
from tests.feeds.making import LONG, all_feeds, archive, raw, rich
from tests.storage.making import AUTHORITY, NOON, article, moment, source, visit

SEEN = NOON + timedelta(seconds=10)
"""When the visits of these tests have ended."""


def window(folder: Path, *articles: Article, slug: str = "vn-example") -> Feed:
    return all_feeds(archive(folder, visit(*articles)))[slug]


def spread(count: int, hours: float, **details: Any) -> list[Article]:
    """Return so many articles, one every so many hours."""
    return [article(number, published=moment(-hours * number), **details) for number in range(1, count + 1)]


def test_entries_stand_newest_first_and_of_equals_the_later_found(tmp_path: Path) -> None:
    made = window(
        tmp_path, article(1, published=moment(-2)), article(2, published=moment(-1)), article(3, published=moment(-2))
    )

    numbers = [one.number for one in made.entries]
    published = [one.published for one in made.entries]
    assert published == sorted(published, reverse=True)
    assert numbers[1] > numbers[2]


@pytest.mark.parametrize(("hours", "expected"), [(24, 50), (2, 84), (0.5, 100)])
def test_a_feed_reaches_back_fifty_entries_or_a_week_but_never_beyond_a_hundred(
    tmp_path: Path, hours: float, expected: int
) -> None:
    # 84 and the newest itself lie within a week of the newest when one comes every two hours.
    made = window(tmp_path, *spread(120, hours))

    assert len(made.entries) in (expected, expected + 1)


def test_articles_without_a_date_stand_where_they_were_first_seen(tmp_path: Path) -> None:
    made = window(
        tmp_path, article(1, published=None), article(2, published=moment(-5)), article(3, published=moment(50))
    )

    assert [one.published for one in made.entries] == [SEEN, SEEN, moment(-5).at]


@pytest.mark.parametrize(("kilobytes", "articles"), [(5, 100), (15, 100), (40, 60), (100, 60)])
def test_a_feed_stays_below_512_kilobytes_and_holds_thirty_entries(
    tmp_path: Path, kilobytes: int, articles: int
) -> None:
    body = "".join(f"<p>{LONG * 4}</p>" for _ in range(kilobytes * 1024 // len((LONG * 4).encode())))

    made = window(tmp_path, *[rich(number, body_html=body, images=()) for number in range(1, articles + 1)])

    assert len(made.entries) >= 30
    for kind in FORMATS:
        size = len(raw(made, kind).encode())
        assert size <= 512 * 1024
        assert size >= 250_000


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"images": (), "tags": (), "attachments": (), "body_html": "<p>Một.</p>"},
        {"images": tuple(Image(url=f"/anh/{number}.jpg", caption="Hội nghị & <đợt 2>") for number in range(30))},
        {"attachments": tuple(Attachment(url=f"/tep/{number}.pdf", title="Thông tư") for number in range(30))},
        {"tags": tuple(f"thẻ {number}" for number in range(20))},
        {"authors": tuple(f"Tác giả {number}" for number in range(20))},
        {"body_html": f"<table>{'<tr><td>1</td><td>2 & 3</td></tr>' * 300}</table>"},
    ],
    ids=lambda details: next(iter(details), "rich"),
)
def test_the_weight_of_an_entry_is_near_the_truth(tmp_path: Path, details: dict[str, Any]) -> None:
    db = archive(tmp_path, visit(*[rich(number, **details) for number in range(1, 11)]))

    for made in all_feeds(db).values():
        weighed = sum(map(weight, made.entries))
        real = max(len(raw(made, kind).encode()) for kind in FORMATS)
        assert weighed < 1.4 * real
        assert real < weighed + 3000


def test_an_articles_content_does_not_depend_on_its_neighbours(tmp_path: Path) -> None:
    db = archive(tmp_path, visit(rich(1)))
    alone = all_feeds(db)["vn-example"].entries[0]

    later = visit(*(rich(number, published=moment(1)) for number in range(2, 60)), at=NOON + timedelta(hours=2))
    record(db, later, warc=tmp_path / "w.warc.gz", authority=AUTHORITY, now=NOON + timedelta(hours=2))
    crowd = all_feeds(db)["vn-example"]

    assert len(crowd.entries) == 59
    assert crowd.entries[-1] == alone


def test_entries_leave_only_at_the_old_end(tmp_path: Path) -> None:
    db = archive(tmp_path)
    shown: list[str] = []
    for hour in range(0, 130, 13):
        now = NOON + timedelta(hours=hour)
        fresh = [article(hour * 10 + number, published=moment(hour - number / 20)) for number in range(10)]
        record(db, visit(*fresh, at=now), warc=tmp_path / "w.warc.gz", authority=AUTHORITY, now=now)
        ids = [one.id for one in all_feeds(db)["vn-example"].entries]
        kept = [one for one in ids if one in shown]
        assert kept == shown[: len(kept)]
        shown = ids


def test_the_feed_of_everything_tells_articles_of_sources_no_longer_followed_as_before(tmp_path: Path) -> None:
    gone: Source = source("vn-gone", homepage="https://gone.example.gov.vn/", ministry={"vi": "Bộ Đã qua"})
    url = "https://gone.example.gov.vn/tin-1.html"
    db = archive(tmp_path, visit(article(1, url=url, canonical_url=url), slug="vn-gone"), sources=(source(), gone))

    before = all_feeds(db, source(), gone)["all"]
    after = all_feeds(db, source())["all"]

    assert after.entries == before.entries
    assert after.entries[0].authors == ("Bộ Đã qua",)


def test_a_section_feed_holds_every_way_to_write_its_name(tmp_path: Path) -> None:
    made = window(
        tmp_path,
        article(1, section="TIN TỨC"),
        article(2, section="Tin tức"),
        article(3, section="Khác"),
        slug="vn-example.tin-tuc",
    )

    assert [one.section for one in made.entries] == ["TIN TỨC", "Tin tức"]


def test_articles_of_a_private_network_leave_with_their_source(tmp_path: Path) -> None:
    limits = msgspec.structs.replace(source().limits, allow_private=("127.0.1.0/24",))
    inside = source("vn-inside", homepage="http://127.0.1.1/", limits=limits)
    url = "http://127.0.1.1/tin-1.html"
    db = archive(tmp_path, visit(article(1, url=url, canonical_url=url), slug="vn-inside"), sources=(source(), inside))

    assert len(all_feeds(db, source(), inside)["all"].entries) == 1
    assert all_feeds(db, source())["all"].entries == ()
