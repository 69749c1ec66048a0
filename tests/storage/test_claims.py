"""What pages claim of themselves is checked: a canonical address is a hint, and a headline is often boilerplate."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from scrapers.items import Article, Attachment, Image
from storage.articles import find
from storage.database import open_archive
from storage.likeness import alike
from storage.memory import memory
from storage.schema import STEPS, migrations
from storage.sources import sync
from tests.storage.conftest import Archive
from tests.storage.making import HOME, LISTING, NOON, article, moment, source, url, visit

LATER = NOON + timedelta(days=1)
ONE, TWO = f"{HOME}c1", f"{HOME}c2"


def known(archive: Archive) -> set[str]:
    return {known.url for known in memory(archive.db, source(), now=NOON).known}


def notices(count: int = 2) -> list[Article]:
    """Return notices of one headline and minute that say different things."""
    return [
        article(
            number,
            headline="Thông báo tuyển dụng",
            published=moment(-1),
            body_text=" ".join(f"chỗ {number}-{place}" for place in range(50)),
        )
        for number in range(1, count + 1)
    ]


def test_a_wrong_canonical_address_hides_and_swallows_no_other_article(archive: Archive) -> None:
    archive.record(visit(article(1, url=ONE, canonical_url=TWO)))

    assert known(archive) == {ONE}
    assert archive.kinds(visit(article(2, url=TWO, canonical_url=TWO), at=LATER)) == ["new"]
    assert known(archive) == {ONE, TWO}
    assert find(archive.db, ONE).article.headline == article(1).headline
    assert (find(archive.db, ONE).misnamed, find(archive.db, TWO).misnamed) == (True, False)
    assert find(archive.db, ONE).address == find(archive.db, ONE).article.url
    assert find(archive.db, TWO).article.headline == article(2).headline
    assert archive.kinds(visit(article(2, url=TWO, lede="Khác"), at=LATER)) == ["revised"]
    assert find(archive.db, TWO).versions == 2


def test_a_headline_shown_at_a_wrong_canonical_address_waits_to_be_read(archive: Archive) -> None:
    archive.record(visit(article(1, url=ONE, canonical_url=TWO), seen=[article(2, url=TWO)]))

    [row] = archive.db.query("select article from sightings where url = ?", [TWO])
    assert row["article"] is None


def test_a_canonical_address_is_the_articles_once_it_was_read_there(archive: Archive) -> None:
    archive.record(visit(article(1, url=ONE, canonical_url=TWO)))

    assert archive.kinds(visit(article(1, url=TWO, canonical_url=TWO), at=LATER)) == []
    assert known(archive) == {ONE, TWO}


def test_until_it_is_read_an_article_is_found_by_the_address_it_names(archive: Archive) -> None:
    archive.record(visit(article(1, url=ONE, canonical_url=TWO)))

    assert find(archive.db, TWO).number == 1


def test_a_canonical_address_with_the_same_number_is_the_articles_own(archive: Archive) -> None:
    archive.record(visit(article(1, url=f"{HOME}amp/363001", canonical_url=url(1))))

    assert known(archive) == {f"{HOME}amp/363001", url(1)}


def test_a_redirect_to_where_another_page_says_it_lives_is_not_that_pages(archive: Archive) -> None:
    wrong, right = article(1, url=ONE, canonical_url=TWO), article(2, url=TWO, canonical_url=TWO)
    archive.record(visit(wrong, right, moved=((f"{HOME}s/2", TWO),)))

    assert find(archive.db, f"{HOME}s/2").article.url == TWO


def test_an_address_that_two_articles_call_their_own_recognises_nobody(archive: Archive) -> None:
    archive.record(visit(article(1, canonical_url=TWO), article(2, canonical_url=TWO)))
    words = {"lede": "", "body_text": "Hôm nay nói chuyện khác."}
    again = article(1, url=TWO, canonical_url=TWO, published=moment(-1, precision="day"), **words)

    assert archive.kinds(visit(again, at=LATER)) == ["new"]


def test_variants_that_name_one_address_nobody_read_are_one_article(archive: Archive) -> None:
    archive.record(visit(article(1, url=f"{HOME}print/a", canonical_url=ONE)))

    assert archive.kinds(visit(article(1, url=f"{HOME}amp/a", canonical_url=ONE), at=LATER)) == ["moved"]


@pytest.mark.parametrize("canonical", [LISTING, url(9)])
def test_a_template_with_one_canonical_address_merges_nothing(archive: Archive, canonical: str) -> None:
    archive.record(visit(article(9, published=moment(-1))))
    uploaded = [article(number, canonical_url=canonical, published=moment(-1)) for number in range(1, 5)]

    assert archive.kinds(visit(*uploaded, at=LATER)) == ["new"] * 4


def test_a_template_with_one_canonical_address_merges_no_series_either(archive: Archive) -> None:
    words = " ".join(f"từ{place}" for place in range(60))
    series = [
        article(number, url=f"{HOME}k/{number}", canonical_url=url(9), published=moment(-1), lede="", body_text=words)
        for number in range(1, 5)
    ]

    assert archive.kinds(visit(*series)) == ["new"] * 4


def test_notices_of_one_headline_and_minute_are_several_articles(archive: Archive) -> None:
    assert archive.kinds(visit(*notices(3))) == ["new"] * 3


def test_notices_of_one_headline_and_minute_are_told_apart_over_visits(archive: Archive) -> None:
    first, second, third = notices(3)
    archive.record(visit(first))

    assert archive.kinds(visit(second, seen=[first], at=LATER)) == ["new"]
    assert archive.kinds(visit(third, at=LATER)) == ["new"]


def test_after_a_relaunch_each_of_several_notices_is_found_by_its_words(archive: Archive) -> None:
    archive.record(visit(*notices(2)))
    moved = [structs.replace(old, url=f"{HOME}x/{name}") for old, name in zip(notices(2), ("mot", "hai"), strict=True)]

    assert archive.kinds(visit(*moved, at=LATER)) == ["moved", "moved"]


def test_a_page_that_is_gone_makes_way_for_the_same_headline_and_minute(archive: Archive) -> None:
    first, second = notices(2)
    archive.record(visit(first))

    assert archive.kinds(visit(second, gone=(first.url,), at=LATER)) == ["moved", "revised"]


def test_the_same_number_in_another_part_of_the_website_is_no_proof(archive: Archive) -> None:
    first, second = notices(2)
    archive.record(visit(first))
    other = article(2, url=f"{HOME}video/363001.html", headline=second.headline, lede=second.lede, canonical_url="")

    assert archive.kinds(visit(other, at=LATER)) == ["new"]


def test_short_notices_are_told_apart_by_their_files(archive: Archive) -> None:
    short = [
        article(
            number,
            headline="Thông báo",
            lede="",
            body_text="Xem tệp đính kèm.",
            published=moment(-1),
            attachments=(Attachment(url=f"{HOME}tep/{number}.pdf"),),
        )
        for number in (1, 2)
    ]

    assert archive.kinds(visit(*short)) == ["new", "new"]


def test_without_words_the_pictures_make_the_article() -> None:
    def picture(name: str) -> tuple[Image, ...]:
        return (Image(url=f"{HOME}{name}"),)

    bare = {"lede": "", "body_text": ""}

    assert alike(article(1, **bare, images=picture("a/1.jpg")), article(2, **bare, images=picture("b/1.jpg")))
    assert not alike(article(1, **bare, images=picture("a/1.jpg")), article(2, **bare, images=picture("a/2.jpg")))
    assert not alike(article(1, **bare, images=()), article(2, **bare, images=()))


def test_an_older_archive_forgets_addresses_that_pages_merely_named(tmp_path: Path) -> None:
    path = tmp_path / "bantin.db"
    archive = Archive(tmp_path)
    archive.record(visit(article(1, url=ONE, canonical_url=TWO)))
    sync(archive.db, [source()], now=NOON)
    archive.db.execute("alter table addresses drop column standing")
    archive.db.execute("delete from _sqlite_migrations where name like '4 %'")
    archive.db.execute("pragma user_version = 3")
    archive.db.close()

    db = open_archive(path)

    assert len(migrations.applied(db)) == STEPS
    assert {known.url for known in memory(db, source(), now=NOON).known} == {ONE}
    db.close()
