"""Reading articles back: in order, page by page, and by every name they go by."""

from datetime import timedelta

import msgspec
import pytest

from scrapers.items import Link, Reason
from storage.articles import NoSuchArticle, find, latest, numbered, sections
from storage.documents import citing
from tests.storage.conftest import Archive
from tests.storage.making import NOON, SLUG, article, moment, url, visit


def headlines(archive: Archive, **asked: object) -> list[str]:
    return [stored.article.headline for stored in latest(archive.db, **asked)]  # type: ignore[arg-type]


def test_the_newest_published_come_first(archive: Archive) -> None:
    archive.record(visit(article(3), article(1), article(2)))

    assert [stored.article.url for stored in latest(archive.db)] == [url(1), url(2), url(3)]


def test_an_undated_article_stands_where_it_was_first_seen(archive: Archive) -> None:
    undated = article(9, published=None, headline="Không ngày")
    archive.record(visit(article(1), undated))
    archive.record(visit(article(0, published=moment(5)), at=NOON + timedelta(hours=6)))

    assert headlines(archive) == [article(0).headline, "Không ngày", article(1).headline]


def test_an_article_dated_in_the_future_does_not_stay_on_top(archive: Archive) -> None:
    archive.record(visit(article(1, published=moment(24 * 365), headline="Năm sau")))
    archive.record(visit(article(2, published=moment(20)), at=NOON + timedelta(days=1)))

    assert headlines(archive) == [article(2).headline, "Năm sau"]


def test_an_article_keeps_its_place_when_it_is_given_another_date(archive: Archive) -> None:
    archive.record(visit(article(1), article(2, published=None), article(3)))
    before = [(stored.number, stored.dated) for stored in latest(archive.db)]

    archive.record(visit(article(1, published=moment(-90)), article(2), at=NOON + timedelta(days=1)))

    assert [(stored.number, stored.dated) for stored in latest(archive.db)] == before


def test_articles_of_the_same_minute_keep_their_order(archive: Archive) -> None:
    archive.record(visit(*(article(number, published=moment(-1)) for number in range(6))))

    assert [stored.number for stored in latest(archive.db)] == [6, 5, 4, 3, 2, 1]


def test_pages_follow_each_other_without_gap_or_overlap(archive: Archive) -> None:
    archive.record(visit(*(article(number, published=moment(-(number // 3))) for number in range(10))))

    first = latest(archive.db, limit=4)
    second = latest(archive.db, limit=4, before=first[-1].number)
    third = latest(archive.db, limit=4, before=second[-1].number)

    assert first + second + third == latest(archive.db, limit=50)


def test_a_source_and_a_section_can_be_asked_for(archive: Archive) -> None:
    archive.record(visit(article(1, section="Tin"), article(2, section="Chỉ đạo")))
    archive.record(visit(article(3), slug="vn-other"))

    assert headlines(archive, source=SLUG) == [article(1).headline, article(2).headline]
    assert headlines(archive, source=SLUG, section="Chỉ đạo") == [article(2).headline]
    assert headlines(archive, limit=1) == [article(1).headline]


def test_sections_are_counted(archive: Archive) -> None:
    archive.record(visit(article(1, section="Tin"), article(2, section="Tin"), article(3, section=""), article(4)))

    assert sections(archive.db, SLUG) == [("Tin", 2), ("Tin tức", 1)]


def test_an_article_goes_by_id_number_address_and_the_beginning_of_its_tail(archive: Archive) -> None:
    archive.record(visit(article(1), article(2)))
    stored = latest(archive.db)[0]
    tail = stored.id.rsplit("/", 1)[-1]

    names = [stored.id, str(stored.number), url(1), url(1).replace("https", "http"), tail, tail[:12].upper()]
    assert [find(archive.db, name) for name in names] == [stored] * len(names)


@pytest.mark.parametrize(
    "name", ["", "99", "zzzz", "tag:bantin.internal,2026-01-01:x/ffff", "https://a.vn/", "%", "ffffffffffff"]
)
def test_a_name_nobody_has_is_named_in_the_error(archive: Archive, name: str) -> None:
    archive.record(visit(article(1)))

    with pytest.raises(NoSuchArticle) as caught:
        find(archive.db, name)

    assert caught.value.ref == name
    assert caught.value.ids == ()


def test_an_ambiguous_address_names_the_candidates(archive: Archive) -> None:
    archive.record(visit(article(1)))
    archive.record(visit(article(1), slug="vn-other"))

    with pytest.raises(NoSuchArticle, match="several") as caught:
        find(archive.db, url(1))

    assert len(caught.value.ids) == 2


def test_numbered_keeps_the_order_asked_for(archive: Archive) -> None:
    archive.record(visit(article(1), article(2)))

    assert [stored.number for stored in numbered(archive.db, [2, 7, 1])] == [2, 1]
    assert numbered(archive.db, []) == []


def test_an_official_number_leads_to_the_news_that_cites_it(archive: Archive) -> None:
    circular = "45/2023/TT-BTNMT"
    archive.record(visit(article(1, documents=(circular,)), article(2, documents=("08/2022/NĐ-CP", circular))))

    assert [stored.article.url for stored in citing(archive.db, circular)] == [url(1), url(2)]


def test_lean_articles_are_the_same_but_for_passport_and_related_links(archive: Archive) -> None:
    reason = Reason(field="headline", printed="Tin", rule="layout onecms: h1", grade="A")
    archive.record(visit(article(1, related=(Link(url=url(2), title="Tin khác"),), passport=(reason,))))

    (whole,), (lean,) = latest(archive.db), latest(archive.db, lean=True)

    assert (len(whole.article.related), len(whole.article.passport)) == (1, 1)
    bare = msgspec.structs.replace(whole.article, related=(), passport=())
    assert lean == msgspec.structs.replace(whole, article=bare)
