"""A merge is undone: two articles again, each with what was read at its own address, and they stay two."""

from datetime import timedelta

import pytest
from msgspec import structs

from scrapers.items import Article, Sighting
from storage.articles import find, latest
from storage.matches import addresses_of, taken_away
from storage.splitting import CannotSplit, plan, split
from storage.versions import history
from tests.storage.conftest import Archive
from tests.storage.making import AUTHORITY, HOME, NOON, article, sighting, url, visit
from tests.storage.test_matching import ONE, TWO, told

HOUR = timedelta(hours=1)


def cut(archive: Archive, number: int, address: str) -> int:
    return split(archive.db, plan(archive.db, number, address), authority=AUTHORITY, now=NOON + 99 * HOUR)


def notice(address: str, place: str) -> Article:
    """Two of these were taken for one: they differ in a word that is neither number nor name."""
    return told(address, body_text=f"{told().body_text} Nộp hồ sơ tại {place}.")


@pytest.fixture
def merged(archive: Archive) -> Archive:
    """Two notices that were taken for one, looked at in turns, and one of them edited."""
    first, second = notice(ONE, "phòng tiếp dân"), notice(TWO, "bộ phận một cửa")
    archive.record(visit(first))
    archive.record(visit(second, at=NOON + HOUR))
    archive.record(visit(first, at=NOON + 2 * HOUR))
    archive.record(visit(notice(TWO, "bộ phận một cửa, từ thứ hai"), at=NOON + 3 * HOUR))
    archive.record(visit(gone=(TWO,), at=NOON + 4 * HOUR))
    assert archive.count("articles") == 1
    return archive


def test_each_has_its_own_wordings_addresses_and_changes_again(merged: Archive) -> None:
    before = latest(merged.db)[0]

    other = cut(merged, 1, TWO)

    one, two = find(merged.db, "1"), find(merged.db, str(other))
    assert (one.id, one.source) == (before.id, before.source)
    assert two.id != one.id and two.id.startswith(f"tag:{AUTHORITY},")
    assert [told.article.body_text[-16:] for told in history(merged.db, 1)] == [" phòng tiếp dân."] * 2
    assert [told.article.url for told in history(merged.db, other)] == [TWO, TWO]
    assert [len(told.edits) > 0 for told in history(merged.db, other)] == [False, True]
    assert [told.edits for told in history(merged.db, 1)] == [(), ()]
    assert (one.versions, two.versions) == (2, 2)
    assert (one.article.url, two.article.url) == (ONE, TWO)
    changes = merged.db.execute("select article, kind, version from changes order by number").fetchall()
    assert changes == [
        (1, "new", 1), (other, "moved", 1), (other, "revised", 1), (1, "revised", 2), (other, "revised", 2),
        (other, "missing", 2), (other, "new", 2),
    ]  # fmt: skip
    assert [[one.url for one in addresses_of(merged.db, number)] for number in (1, other)] == [[ONE], [TWO]]
    assert list(merged.db.query("pragma foreign_key_check")) == []
    merged.db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")


def test_nothing_that_was_noticed_is_rewritten(merged: Archive) -> None:
    def noticed() -> list[tuple[object, ...]]:
        rows = merged.db.execute("select number, visit, seen, cause, fields, headline, sha256 from versions").fetchall()
        changes = "select number, visit, source, kind, at, cause, fields, headline, url from changes order by number"
        return [*sorted(rows), *merged.db.execute(changes).fetchall()]

    before = noticed()
    cut(merged, 1, TWO)

    assert set(before) <= set(noticed())
    assert len(noticed()) == len(before) + 1


def test_what_was_done_is_on_record(merged: Archive) -> None:
    other = cut(merged, 1, TWO)

    assert [(match.url, match.by, match.why) for match in taken_away(merged.db, 1)] == [
        (TWO, ("split",), f"It was split off on request; what is read there is number {other}.")
    ]
    [address] = addresses_of(merged.db, other)
    assert [match.by[0] for match in address.matches] == ["headline", "split"]


def test_the_two_are_never_taken_for_one_again(merged: Archive) -> None:
    other = cut(merged, 1, TWO)
    again = [notice(ONE, "phòng tiếp dân"), notice(TWO, "bộ phận một cửa, từ thứ hai")]

    assert merged.kinds(visit(*again, at=NOON + 100 * HOUR)) == ["restored"]
    moved = structs.replace(again[1], url=f"{HOME}c/ba")
    assert merged.kinds(visit(moved, at=NOON + 101 * HOUR)) == ["moved"]
    assert find(merged.db, f"{HOME}c/ba").number == other
    assert merged.kinds(visit(structs.replace(again[0], url=f"{HOME}c/bon"), at=NOON + 102 * HOUR)) == ["moved"]
    assert find(merged.db, f"{HOME}c/bon").number == 1


def test_an_address_whose_words_were_the_same_gets_them_as_its_own(archive: Archive) -> None:
    first, second = told(), told(TWO)
    archive.record(visit(first))
    same = structs.replace(visit(second, at=NOON + HOUR), sightings=(sighting(second),))
    archive.record(same)

    other = cut(archive, 1, TWO)

    one, two = find(archive.db, "1"), find(archive.db, str(other))
    assert (one.article.url, two.article.url) == (ONE, TWO)
    assert one.article.body_text == two.article.body_text
    assert history(archive.db, other)[0].sha256 == same.evidence[0].sha256
    [row] = archive.db.query("select article from sightings where url = ?", [TWO])
    assert row["article"] == other
    assert isinstance(same.sightings[0], Sighting)


def test_the_address_an_article_was_found_at_can_be_split_off_too(archive: Archive) -> None:
    archive.record(visit(notice(ONE, "phòng tiếp dân")))
    archive.record(visit(notice(TWO, "bộ phận một cửa"), at=NOON + HOUR))
    before = find(archive.db, "1").id

    other = cut(archive, 1, ONE)

    assert find(archive.db, TWO).id == before
    assert find(archive.db, ONE).number == other
    assert [one.article.body_text[-9:] for one in history(archive.db, 1)] == [" một cửa."]


def test_an_article_that_is_missing_at_one_address_is_present_at_the_other(archive: Archive) -> None:
    archive.record(visit(told()))
    archive.record(visit(told(TWO), at=NOON + HOUR))
    archive.record(visit(gone=(TWO,), at=NOON + 2 * HOUR))
    assert find(archive.db, "1").state == "missing"

    other = cut(archive, 1, TWO)

    assert (find(archive.db, "1").state, find(archive.db, str(other)).state) == ("present", "missing")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [(url(9), "was never read at"), (url(1), "number 1 was only ever read at")],
)
def test_what_cannot_be_split_is_said(archive: Archive, address: str, sentence: str) -> None:
    archive.record(visit(article(1)))

    with pytest.raises(CannotSplit, match=sentence):
        plan(archive.db, 1, address)
    assert archive.count("articles") == 1


def test_what_it_would_do_is_said_in_sentences(merged: Archive) -> None:
    sentences = plan(merged.db, 1, TWO).sentences

    assert sentences == [
        f"{TWO} becomes an article of its own: “{told().headline}”, 2 wordings.",
        f"Number 1 keeps its id: “{told().headline}”, 2 wordings.",
        "No page will be taken for both again.",
    ]
