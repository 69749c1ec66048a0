"""What recording a visit does to the archive, and what it leaves alone."""

from datetime import timedelta

import msgspec
import pytest

from scrapers.items import Cause, Link, Moment, Reason, Trouble, Verdict
from storage.articles import find, latest
from storage.versions import history
from tests.storage.conftest import Archive
from tests.storage.making import HANOI, LISTING, NOON, article, exchange, moment, page, reading, url, visit

DAY = timedelta(days=1)


def test_a_new_article_is_kept_as_it_was_read(archive: Archive) -> None:
    read = article(1, documents=("45/2023/TT-BTNMT",), related=(Link(url=url(2), title="Khác"),), comments_count=0)

    changes = archive.record(visit(read))

    stored = find(archive.db, changes.changes[0].article)
    assert [change.kind for change in changes.changes] == ["new"]
    assert changes.changes[0].headline == read.headline
    assert stored.article == read
    assert stored.state == "present"
    assert stored.versions == 1


def test_an_id_is_a_tag_that_names_authority_day_and_source(archive: Archive) -> None:
    [change] = archive.record(visit(article(1)), now=NOON).changes

    beginning, _, tail = change.article.rpartition("/")
    assert beginning == "tag:bantin.internal,2026-03-02:vn-example"
    assert len(tail) == 32
    assert int(tail, 16)


def test_recording_a_visit_again_changes_nothing_and_says_the_same(archive: Archive) -> None:
    first = visit(article(1), article(2))
    changes = archive.record(first)
    before = list(archive.db.conn.iterdump())

    again = archive.record(first, now=NOON + DAY)

    assert again == changes
    assert list(archive.db.conn.iterdump()) == before


def test_a_visit_in_parts_is_recorded_part_by_part(archive: Archive) -> None:
    whole = visit(article(1), id="long", last=False)
    rest = visit(article(2), id="long", part=1)

    assert archive.kinds(whole) == ["new"]
    assert archive.kinds(rest) == ["new"]
    assert [row["parts"] for row in archive.db.query("select parts from visits_view")] == [2]


def test_an_exchange_that_the_last_part_tells_again_is_counted_once(archive: Archive) -> None:
    archive.record(visit(id="long", last=False, exchanges=(exchange(),)))
    archive.record(visit(id="long", part=1, exchanges=(exchange(etag='"2"', digest="d"),)))

    assert archive.count("exchanges") == 1
    [told] = archive.db.query("select requests, bytes, parts from visits_view")
    assert told == {"requests": 1, "bytes": 60_000, "parts": 2}
    [entrance] = archive.db.query("select etag, digest from entrances")
    assert entrance == {"etag": '"2"', "digest": "d"}


def test_the_same_article_again_is_no_change(archive: Archive) -> None:
    archive.record(visit(article(1)))

    assert archive.kinds(visit(article(1), at=NOON + DAY)) == []
    [stored] = latest(archive.db)
    assert stored.versions == 1
    assert stored.looked_at == NOON + DAY + timedelta(seconds=10)
    assert stored.revised == NOON + timedelta(seconds=10)


def test_another_wording_makes_a_version_and_keeps_the_one_before(archive: Archive) -> None:
    before, after = article(1), article(1, headline="Bộ trưởng không trả lời", lede="Khác")
    archive.record(visit(before))

    [change] = archive.record(visit(after, at=NOON + DAY)).changes

    first, second = history(archive.db, 1)
    assert (change.kind, change.fields, change.cause) == ("revised", ("headline", "lede"), Cause.MINISTRY)
    assert first.article == before
    assert second.article == after
    assert second.fields == ("headline", "lede")
    assert (first.seen, second.seen) == (NOON + timedelta(seconds=10), NOON + DAY + timedelta(seconds=10))
    assert (first.sha256, second.sha256) == (page(before).sha256, page(after).sha256)


def test_what_pages_change_by_themselves_is_taken_over_without_a_version(archive: Archive) -> None:
    archive.record(visit(article(1, comments_count=0)))

    kinds = archive.kinds(visit(article(1, comments_count=7, modified=moment(1)), at=NOON + DAY))

    [stored] = latest(archive.db)
    assert kinds == []
    assert stored.article.comments_count == 7
    assert stored.article.modified == moment(1)
    assert stored.versions == 1


def test_a_date_that_a_page_no_longer_prints_stays_known(archive: Archive) -> None:
    archive.record(visit(article(1)))

    kinds = archive.kinds(visit(article(1, published=None, headline="Khác"), at=NOON + DAY))

    [stored] = latest(archive.db)
    assert kinds == ["revised"]
    assert stored.article.published == article(1).published


def test_a_minute_that_only_the_listing_told_stays_known_when_a_second_look_has_the_page_alone(
    archive: Archive,
) -> None:
    listed = Reason(field="published", printed="20260302110000", rule="entrance: the date shown for it", grade="A")
    shown = Reason(field="published", printed="02/03/2026", rule="layout onecms: time", grade="B")
    archive.record(visit(article(1, passport=(listed,))))

    bare = article(1, published=moment(-1, precision="day"), passport=(shown,))
    kinds = archive.kinds(visit(bare, at=NOON + DAY))

    [stored] = latest(archive.db)
    assert kinds == []
    assert stored.article.published == article(1).published
    assert [one for one in stored.article.passport if one.field == "published"] == [listed]


def test_a_section_that_only_the_entrance_told_stays_known(archive: Archive) -> None:
    told = Reason(field="section", printed="Tin tức", rule="listing: section", grade="B")
    archive.record(visit(article(1, section="Tin tức", passport=(told,))))

    kinds = archive.kinds(visit(article(1, section="", passport=()), at=NOON + DAY))

    [stored] = latest(archive.db)
    assert kinds == []
    assert stored.article.section == "Tin tức"
    assert stored.article.passport == (told,)


def test_a_section_that_a_page_no_longer_prints_is_gone(archive: Archive) -> None:
    printed = Reason(field="section", printed="Tin tức", rule="source: .section", grade="B")
    archive.record(visit(article(1, section="Tin tức", passport=(printed,))))

    assert archive.kinds(visit(article(1, section="", passport=()), at=NOON + DAY)) == ["revised"]


def test_another_day_is_a_new_date_though_its_minute_is_not_told(archive: Archive) -> None:
    archive.record(visit(article(1)))

    kinds = archive.kinds(visit(article(1, published=moment(-24, precision="day")), at=NOON + DAY))

    assert kinds == ["revised"]


def test_a_corrected_date_is_a_version_and_the_first_one_stays_known(archive: Archive) -> None:
    archive.record(visit(article(1)))

    [change] = archive.record(visit(article(1, published=moment(-30)), at=NOON + DAY)).changes

    [stored] = latest(archive.db)
    assert change.fields == ("published",)
    assert stored.article.published == moment(-30)
    assert stored.first_published == moment(-1).at


def test_a_date_first_printed_later_becomes_the_first_one(archive: Archive) -> None:
    archive.record(visit(article(1, published=None)))
    archive.record(visit(article(1), at=NOON + DAY))

    [stored] = latest(archive.db)
    assert stored.first_published == moment(-1).at


@pytest.mark.parametrize("precision", ["day", "minute", "second"])
def test_a_moment_comes_back_as_it_was_printed(archive: Archive, precision: str) -> None:
    printed = moment(-5, precision=precision, printed="Thứ Hai, 02/03/2026")

    archive.record(visit(article(1, published=printed)))

    assert latest(archive.db)[0].article.published == printed


def test_a_moment_is_written_as_read_prints_it(archive: Archive) -> None:
    exact = Moment(at=NOON.replace(second=7, microsecond=250000).astimezone(HANOI), precision="second")

    archive.record(visit(article(1, published=exact)))

    [row] = archive.db.query("select published, published_local from articles")
    assert row == {"published": "2026-03-02T05:00:07Z", "published_local": exact.iso}
    assert latest(archive.db)[0].article.published == exact


def test_a_bare_day_is_written_as_a_bare_day(archive: Archive) -> None:
    archive.record(visit(article(1, published=moment(-24, precision="day"))))

    [row] = archive.db.query("select published, published_local, day from items_view")
    assert row == {"published": "2026-02-28T17:00:00Z", "published_local": "2026-03-01", "day": "2026-03-01"}


def test_numbers_grow_with_the_date_within_a_visit(archive: Archive) -> None:
    archive.record(visit(article(1), article(2), article(3, published=None)))

    rows = archive.db.query("select url from articles order by number")
    assert [row["url"] for row in rows] == [url(3), url(2), url(1)]


def test_an_article_that_goes_back_and_forth_stops_making_versions(archive: Archive) -> None:
    one, other = article(1), article(1, tags=("nước",))
    for day in range(12):
        archive.record(visit(one if day % 2 else other, at=NOON + day * DAY))

    [stored] = latest(archive.db)
    [row] = archive.db.query("select flapping from articles")
    assert stored.versions == 4
    assert row["flapping"] == 1


def test_a_flapping_article_that_says_something_new_is_still_heard(archive: Archive) -> None:
    for day in range(6):
        archive.record(visit(article(1, tags=(str(day % 2),)), at=NOON + day * DAY))

    assert archive.kinds(visit(article(1, headline="Mới"), at=NOON + 9 * DAY)) == ["revised"]


def test_a_wording_that_differs_for_machines_only_is_no_change(archive: Archive) -> None:
    archive.record(visit(article(1)))
    html = "<div>\n<p>Nội dung thứ 1,\u00a0đoạn một.</p>\n\n<p>Đoạn\u200b hai./.</p></div>"

    kinds = archive.kinds(
        visit(article(1, body_html=html, headline=" Bộ  trưởng trả lời câu hỏi thứ 1"), at=NOON + DAY)
    )

    assert kinds == []


def test_a_source_nobody_follows_can_be_recorded(archive: Archive) -> None:
    archive.record(visit(article(1), slug="xx-nowhere"))

    [row] = archive.db.query("select slug, followed from sources")
    assert row == {"slug": "xx-nowhere", "followed": 0}


def test_what_a_visit_saw_asked_and_stumbled_over_is_kept(archive: Archive) -> None:
    trouble = Trouble(url=url(9), kind="http", message="The page answered 500; it is tried again.")
    archive.record(visit(article(1), seen=[article(2)], troubles=(trouble,), verdict=Verdict.BROKEN, why="Half of it"))

    [row] = archive.db.query("select verdict, why, requests, headlines, readings, troubles, new from visits_view")
    assert row == {
        "verdict": "broken",
        "why": "Half of it",
        "requests": 2,
        "headlines": 2,
        "readings": 1,
        "troubles": 1,
        "new": 1,
    }


def test_a_headline_is_joined_with_its_article_when_that_is_read(archive: Archive) -> None:
    archive.record(visit(seen=[article(1)]))
    archive.record(visit(article(1), at=NOON + DAY))

    [row] = archive.db.query("select entrance, title, article, times, first_seen, last_seen from sightings")
    assert row == {
        "entrance": LISTING,
        "title": article(1).headline,
        "article": 1,
        "times": 2,
        "first_seen": "2026-03-02T05:00:10Z",
        "last_seen": "2026-03-03T05:00:10Z",
    }


def test_when_recording_fails_nothing_of_the_visit_is_kept(archive: Archive) -> None:
    damaged = msgspec.structs.replace(page(article(2)), sha256="0" * 64)
    broken = visit(article(1), article(2))
    broken = msgspec.structs.replace(broken, evidence=(page(article(1)), damaged))

    with pytest.raises(ValueError, match="digest"):
        archive.record(broken)

    assert archive.count("visits") == archive.count("articles") == archive.count("evidence") == 0
    assert archive.kinds(visit(article(1))) == ["new"]


def test_a_reading_whose_page_was_not_kept_is_still_recorded(archive: Archive) -> None:
    alone = msgspec.structs.replace(visit(), readings=(reading(article(1)),))

    assert archive.kinds(alone) == ["new"]


def test_times_before_the_year_thousand_do_not_disturb(archive: Archive) -> None:
    old = Moment(at=NOON.replace(year=202).astimezone(HANOI), precision="minute")

    archive.record(visit(article(1, published=old)))

    assert latest(archive.db)[0].article.published == old
