"""A website is rebuilt: how we read changes, what the ministry said does not."""

from datetime import timedelta

import pytest
from msgspec import structs

from scrapers.items import Cause
from storage.articles import latest
from storage.versions import history
from tests.storage.conftest import Archive
from tests.storage.making import HOME, NOON, article, moment, visit

LATER = NOON + timedelta(days=1)


def test_a_page_its_layout_no_longer_reads_replaces_nothing(archive: Archive) -> None:
    archive.record(visit(article(1)))

    poor = article(1, layout="general", lede="", section="", body_text="Trang chủ\n\nNội dung thứ 1, đoạn một.")
    kinds = archive.kinds(visit(poor, at=LATER))

    assert kinds == []
    assert latest(archive.db)[0].article == article(1)


def test_a_better_reading_is_the_parsers_doing_and_wakes_nobody(archive: Archive) -> None:
    archive.record(visit(article(1, layout="general", lede="")))
    before = latest(archive.db)[0]

    changed = archive.record(visit(article(1), at=LATER)).changes

    after = latest(archive.db)[0]
    assert [(change.kind, change.cause) for change in changed] == [("revised", Cause.PARSER)]
    assert after.article.lede == article(1).lede
    assert after.revised == before.revised
    assert [version.cause for version in history(archive.db, after.number)] == [Cause.MINISTRY, Cause.PARSER]


def test_new_addresses_after_a_relaunch_are_the_same_articles(archive: Archive) -> None:
    archive.record(visit(article(1), article(2)))

    moved = [
        article(number, url=f"{HOME}tin/{number}/bai", canonical_url=f"{HOME}tin/{number}/bai") for number in (1, 2)
    ]
    kinds = archive.kinds(visit(*moved, at=LATER))

    assert kinds == ["moved", "moved"]
    assert archive.count("articles") == 2


def test_the_same_headline_at_another_minute_is_another_article(archive: Archive) -> None:
    archive.record(visit(article(1)))

    other = article(1, url=f"{HOME}tin/9", canonical_url=f"{HOME}tin/9", published=moment(5))

    assert archive.kinds(visit(other, at=LATER)) == ["new"]


@pytest.mark.parametrize(("lede", "kinds"), [(article(1).lede, ["moved"]), ("Chuyện khác, cùng ngày.", ["new"])])
def test_the_same_headline_and_day_without_a_time_need_the_same_words(
    archive: Archive, lede: str, kinds: list[str]
) -> None:
    archive.record(visit(article(1, published=moment(precision="day"))))
    address = f"{HOME}tin/9"

    other = article(1, url=address, canonical_url=address, published=moment(precision="day"), lede=lede)

    assert archive.kinds(visit(other, at=LATER)) == kinds


def test_the_same_page_read_otherwise_is_no_edit_of_the_ministrys(archive: Archive) -> None:
    first = visit(article(1))
    archive.record(first)
    page = first.evidence[0]
    again = visit(article(1, lede="Đọc khác đi."), at=LATER)
    same = structs.replace(
        again,
        evidence=(structs.replace(page, fetched=LATER),),
        readings=(structs.replace(again.readings[0], sha256=page.sha256),),
    )

    changed = archive.record(same).changes

    assert [(change.kind, change.cause) for change in changed] == [("revised", Cause.PARSER)]
