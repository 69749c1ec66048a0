"""One article stays one, whatever its address does; two stay two, whatever their pages claim."""

from datetime import timedelta

import pytest

from scrapers.items import Article
from storage.articles import latest
from storage.keys import is_front_page, key, serial
from storage.sources import sync
from tests.storage.conftest import Archive
from tests.storage.making import HOME, NOON, article, moment, source, url, visit

LATER = NOON + timedelta(days=1)
OTHER = f"{HOME}chuyen-muc/tin-khac-999111.html"


def after(archive: Archive, first: Article, second: Article, **details: object) -> list[str]:
    """Return what a second visit changes when it reads the second page."""
    archive.record(visit(first))
    return archive.kinds(visit(second, at=LATER, **details))


@pytest.mark.parametrize(
    "address",
    [
        url(1).replace("https://", "http://"),
        url(1).replace("www.", ""),
        url(1) + "?utm_source=zalo",
        url(1) + "#noi-dung",
        url(1).replace(".html", ".html;jsessionid=AB12.node1"),
        url(1) + "/",
    ],
)
def test_an_address_written_differently_is_the_same(archive: Archive, address: str) -> None:
    assert after(archive, article(1), article(1, url=address)) == []
    assert archive.count("articles") == 1


def test_the_canonical_address_recognises_an_article_with_the_same_headline(archive: Archive) -> None:
    kinds = after(archive, article(1), article(1, url=f"{HOME}amp/tin", canonical_url=url(1)))

    assert kinds == ["moved"]
    assert archive.count("articles") == 1


def test_a_canonical_address_that_every_page_repeats_merges_nothing(archive: Archive) -> None:
    kinds = archive.kinds(visit(article(1, canonical_url=OTHER), article(2, canonical_url=OTHER)))

    assert kinds == ["new", "new"]


def test_a_front_page_is_nobodys_canonical_address(archive: Archive) -> None:
    one = article(1, canonical_url=HOME)
    same_headline = article(2, canonical_url=HOME, headline=one.headline)

    assert archive.kinds(visit(one, same_headline)) == ["new", "new"]


def test_a_changed_slug_with_the_same_serial_and_headline_is_the_same_article(archive: Archive) -> None:
    moved = article(1, url=f"{HOME}tin/slug-moi-363001.html", canonical_url="")

    assert after(archive, article(1), moved) == ["moved"]
    assert latest(archive.db)[0].article.url == moved.url


def test_a_changed_slug_and_headline_with_the_same_minute_is_the_same_article(archive: Archive) -> None:
    moved = article(1, url=f"{HOME}slug-moi-363001.html", canonical_url="", headline="Đã sửa")

    assert after(archive, article(1), moved) == ["moved", "revised"]


def test_the_same_serial_alone_is_a_coincidence(archive: Archive) -> None:
    other = article(2, url=f"{HOME}video/slug-363001.html", canonical_url="")

    assert after(archive, article(1), other) == ["new"]


@pytest.mark.parametrize("precision", ["day", "minute"])
def test_a_day_or_a_midnight_is_no_witness(archive: Archive, precision: str) -> None:
    midnight = moment(-12, precision=precision)
    other = article(2, url=f"{HOME}video/slug-363001.html", canonical_url="", published=midnight)

    assert after(archive, article(1, published=midnight), other) == ["new"]


def test_a_redirect_carries_an_article_to_its_new_address(archive: Archive) -> None:
    moved = article(1, url=OTHER, canonical_url=OTHER)

    assert after(archive, article(1), moved, moved=((url(1), OTHER),)) == ["moved"]
    rows = archive.db.query("select url from addresses where article = 1 order by url")
    assert [row["url"] for row in rows] == [OTHER, url(1)]


def test_a_redirect_between_two_known_addresses_is_a_move(archive: Archive) -> None:
    moved = article(1, url=OTHER, canonical_url=OTHER)

    assert after(archive, article(1, canonical_url=OTHER), moved, moved=((url(1), OTHER),)) == ["moved"]
    assert latest(archive.db)[0].article.url == OTHER


def test_a_redirect_to_https_changes_the_address_and_is_no_news(archive: Archive) -> None:
    plain = url(1).replace("https", "http")

    assert after(archive, article(1, url=plain), article(1), moved=((plain, url(1)),)) == []
    assert latest(archive.db)[0].article.url == url(1)


def test_a_redirect_with_the_same_serial_needs_no_further_witness(archive: Archive) -> None:
    new = f"{HOME}moi/363001.html"
    moved = article(1, url=new, canonical_url=new, headline="Tất cả khác", published=None)

    assert after(archive, article(1), moved, moved=((url(1), new),)) == ["moved", "revised"]


def test_a_redirect_to_something_else_is_another_article(archive: Archive) -> None:
    elsewhere = article(2, url=OTHER, canonical_url=OTHER)

    assert after(archive, article(1), elsewhere, moved=((url(1), OTHER),)) == ["new"]
    [row] = archive.db.query("select article from addresses where url = ?", [url(1)])
    assert row["article"] == 1


def test_the_address_a_new_article_was_asked_for_under_is_known_too(archive: Archive) -> None:
    archive.record(visit(article(1), moved=((f"{HOME}short/1", url(1)),)))

    assert archive.kinds(visit(article(1, url=f"{HOME}short/1", canonical_url=""), at=LATER)) == []


def test_boilerplate_headlines_do_not_merge(archive: Archive) -> None:
    assert archive.kinds(visit(article(1, headline="Thông báo"), article(2, headline="Thông báo"))) == ["new", "new"]


def test_two_sources_may_have_the_same_address(archive: Archive) -> None:
    archive.record(visit(article(1)))

    assert archive.kinds(visit(article(1), slug="vn-other")) == ["new"]


def test_a_successor_recognises_what_its_predecessors_published(archive: Archive) -> None:
    chain = [
        source("vn-oldest"),
        source("vn-old", predecessor=("vn-oldest",)),
        source("vn-new", predecessor=("vn-old",)),
    ]
    sync(archive.db, chain, now=NOON)
    archive.record(visit(article(1), slug="vn-oldest"))
    moved = article(1, url=f"https://mae.example.gov.vn/{363001}.html", canonical_url="")

    assert archive.kinds(visit(moved, slug="vn-new", at=LATER)) == ["moved"]
    [stored] = latest(archive.db)
    assert stored.source == "vn-oldest"


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://a.vn/da-nang-trien-khai-363363.html", "363363"),
        ("https://a.vn/bai-post397051.html", "397051"),
        ("https://a.vn/nong-nghiep-d423294.html", "423294"),
        ("https://chinhphu.vn/thu-tuong-102250315065412345.htm", "102250315065412345"),
        ("https://a.vn/post-397051.html", "397051"),
        ("https://a.vn/Pages/tin.aspx?ItemID=20511", "20511"),
        ("https://a.vn/news/detail?cat_id=3&news_id=20511", "20511"),
        ("https://a.vn/thong-bao-20230824.html", None),
        ("https://a.vn/nghi-dinh-45.html", None),
        ("https://a.vn/", None),
    ],
)
def test_serials_are_what_a_site_counts_by(address: str, number: str | None) -> None:
    assert serial(address) == number


@pytest.mark.parametrize(
    ("address", "is_one"),
    [(HOME, True), (f"{HOME}index.html", True), (f"{HOME}?id=5", False), (url(1), False), ("", True)],
)
def test_front_pages_are_told_apart(address: str, is_one: bool) -> None:
    assert is_front_page(address) is is_one


def test_a_key_of_something_that_is_no_web_address_is_itself() -> None:
    assert key("mailto:a@b.vn") == "mailto:a@b.vn"


def test_two_looks_at_one_flood_know_each_other_within_a_visit(archive: Archive) -> None:
    flood = [article(number, published=moment(-1)) for number in range(1, 6)]
    moved = [article(number, published=moment(-1), url=f"{HOME}chuyen/{number}", canonical_url="") for number in (2, 4)]
    edited = article(1, published=moment(-1), headline="Đầu đề khác")
    archive.record(visit(flood[0], flood[1]))

    kinds = archive.kinds(visit(edited, flood[2], flood[3], *moved, at=NOON + timedelta(hours=1)))

    assert sorted(kinds) == ["moved", "moved", "new", "new", "revised"]
    assert archive.count("articles") == 4
