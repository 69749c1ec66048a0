"""Files of articles in the archive: versions, swapped ones as edits, what waits, what is gone, what a visit must know."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from msgspec.structs import replace

from scrapers.items import Article, Attachment, Evidence, Visit
from scrapers.observations import File, KnownFile
from storage import evidence, files, sources
from storage.articles import latest
from storage.files import with_digests
from storage.memory import memory
from storage.versions import history
from storage.wording import fingerprint, wording
from tests.storage.conftest import Archive
from tests.storage.making import HOME, NOON, article, source, visit

HOUR = timedelta(hours=1)
A = f"{HOME}files/a.pdf"
B = f"{HOME}files/b.pdf"


def offering(*urls: str, number: int = 1, **details: Any) -> Article:
    attachments = tuple(Attachment(url=url, title=f"Tệp {place}") for place, url in enumerate(urls))
    return article(number, attachments=attachments, **details)


def bytes_of(name: str) -> bytes:
    return f"%PDF {name}".encode()


def file(name: str, url: str = A, *, number: int = 1, **details: Any) -> File:
    """A file that came, with these bytes and this content."""
    told: dict[str, Any] = {
        "status": 200,
        "sha256": sha256(bytes_of(name)).hexdigest(),
        "size": 9,
        "type": "application/pdf",
        "name": "a.pdf",
        "etag": f'"{name}"',
        "pages": 1,
        "text": f"Nội dung {name}",
        "content": f"content of {name}",
    }
    return File(**{"url": url, "article": article(number).url, "fetched": NOON, **told, **details})


def answered(status: int, url: str = A, *, number: int = 1, note: str = "") -> File:
    return File(url=url, article=article(number).url, fetched=NOON, status=status, note=note)


def looked(*found: File, at: Any = NOON + HOUR, read: tuple[Article, ...] = (), names: tuple[str, ...] = ()) -> Visit:
    """A visit in which files came (named in ``names``), or word of them."""
    kept = tuple(
        Evidence(
            url=A, fetched=at, status=200, headers=(), payload=bytes_of(name), sha256=sha256(bytes_of(name)).hexdigest()
        )
        for name in names
    )
    made = visit(*read, at=at, files=found)
    return replace(made, evidence=(*made.evidence, *kept))


def states(archive: Archive) -> list[tuple[Any, ...]]:
    return archive.db.execute("select state, versions, tries, note from files order by number").fetchall()


def test_the_first_fetch_of_a_file_is_no_edit(archive: Archive) -> None:
    archive.record(visit(offering(A)))

    changes = archive.record(looked(file("one"), names=("one",))).changes

    (stored,) = latest(archive.db)
    assert changes == ()
    assert stored.versions == 1
    assert stored.article.attachments[0].sha256 == sha256(bytes_of("one")).hexdigest()
    assert archive.db.execute("select content_hash from articles").fetchone()[0] == fingerprint(wording(stored.article))


def test_the_page_read_again_after_that_is_no_edit_either(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    archive.record(looked(file("one")))

    assert archive.kinds(visit(offering(A), at=NOON + 2 * HOUR)) == []
    assert archive.kinds(visit(offering(f"{A}?token=77"), at=NOON + 3 * HOUR)) == []


def test_other_bytes_at_the_same_address_are_an_edit(archive: Archive) -> None:
    archive.record(visit(offering(A, B)))
    archive.record(looked(file("one"), file("two", B), names=("one", "two")))

    (change,) = archive.record(looked(file("three"), names=("three",), at=NOON + 2 * HOUR)).changes

    assert (change.kind, change.fields, change.cause) == ("revised", ("attachments",), "ministry")
    (stored,) = latest(archive.db)
    before, now = history(archive.db, stored.number)
    assert [one.sha256 for one in before.article.attachments] == [file("one").sha256, file("two").sha256]
    assert [one.sha256 for one in now.article.attachments] == [file("three").sha256, file("two").sha256]
    assert before.sha256 == now.sha256
    assert [one.sha256 for one in files.of_article(archive.db, 1)[0].versions] == [
        file("one").sha256,
        file("three").sha256,
    ]
    for name in ("one", "three"):
        assert evidence.payload(archive.db, archive.warc, file(name).sha256) == bytes_of(name)


def test_after_a_swap_nothing_more_happens(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    archive.record(looked(file("one")))
    archive.record(looked(file("two"), at=NOON + 2 * HOUR))

    later = looked(answered(304), read=(offering(A),), at=NOON + 3 * HOUR)

    assert archive.kinds(later) == []
    assert archive.count("file_versions") == 2


def test_a_file_made_anew_of_the_same_document_is_no_edit(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    archive.record(looked(file("one")))

    assert archive.kinds(looked(file("anew", content=file("one").content), at=NOON + 2 * HOUR)) == []
    assert archive.count("file_versions") == 1


def test_bytes_decide_where_nobody_can_tell_what_a_file_shows(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    archive.record(looked(file("one", content="")))

    assert archive.kinds(looked(file("two", content=""), at=NOON + 2 * HOUR)) == ["revised"]


def test_a_swap_under_another_version_number_in_the_address_is_found(archive: Archive) -> None:
    archive.record(visit(offering(f"{A}?v=1")))
    archive.record(looked(file("one", f"{A}?v=1")))

    later = looked(file("two", f"{A}?v=2"), read=(offering(f"{A}?v=2"),), at=NOON + 2 * HOUR)

    assert archive.kinds(later) == ["revised"]
    (stored,) = latest(archive.db)
    assert [(one.url, one.sha256) for one in stored.article.attachments] == [(f"{A}?v=2", file("two").sha256)]


def test_each_article_of_a_swapped_file_is_revised_when_it_is_looked_at(archive: Archive) -> None:
    archive.record(visit(offering(A), offering(A, number=2)))
    archive.record(looked(file("one"), answered(304, number=2)))

    first = archive.record(looked(file("two"), at=NOON + 2 * HOUR)).changes
    second = archive.record(looked(answered(304, number=2), at=NOON + 3 * HOUR)).changes

    assert [change.url[-6] for change in (*first, *second)] == ["1", "2"]
    assert archive.count("file_versions") == 2


def test_a_file_that_goes_back_and_forth_stops_making_versions(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    kinds = []
    for hours in range(1, 12):
        kinds += archive.kinds(looked(file("odd" if hours % 2 else "even"), at=NOON + hours * HOUR))

    assert len(kinds) == 3
    assert archive.db.execute("select flapping from articles").fetchone()[0] == 1


def test_a_file_that_is_gone_stays_in_the_archive(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    archive.record(looked(file("one")))

    changes = archive.record(looked(answered(404, note="there is none"), at=NOON + 2 * HOUR)).changes

    assert changes == ()
    assert states(archive) == [("gone", 1, 1, "there is none")]
    assert files.of_article(archive.db, 1)[0].versions[0].sha256 == file("one").sha256

    archive.record(looked(answered(304), at=NOON + 3 * HOUR))
    assert states(archive) == [("present", 1, 0, "")]


def test_a_file_that_cannot_be_had_is_let_be_after_three_visits(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    seen = []
    for hours in range(1, 4):
        archive.record(looked(answered(503, note="busy"), at=NOON + hours * HOUR))
        seen.append(states(archive)[0][0])

    assert seen == ["waiting", "waiting", "failed"]


def test_what_was_fetched_stays_present_when_its_host_is_in_trouble(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    archive.record(looked(file("one")))
    for hours in range(2, 7):
        archive.record(looked(answered(0, note="broke off"), at=NOON + hours * HOUR))

    assert states(archive) == [("present", 1, 5, "broke off")]


def test_a_file_of_an_article_nobody_knows_is_not_recorded(archive: Archive) -> None:
    archive.record(looked(file("one")))

    assert archive.count("files") == 0


def test_recording_the_same_visit_twice_makes_one_version(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    again = looked(file("one"))
    archive.record(again)
    archive.record(again)

    assert archive.count("file_versions") == 1


# -- what a visit must know ----------------------------------------------------------------------------------------


def fetching(archive: Archive, **limits: Any) -> Any:
    followed = replace(source(), attachments="fetch")
    followed = replace(followed, limits=replace(followed.limits, **limits))
    sources.sync(archive.db, [followed], now=NOON)
    return followed


def test_files_that_were_not_fetched_wait_and_are_not_forgotten(archive: Archive) -> None:
    followed = fetching(archive, attachments=2)
    archive.record(looked(file("one"), read=(offering(A, B, f"{HOME}files/c.pdf", f"{HOME}files/d.pdf"),), at=NOON))

    known = memory(archive.db, followed, now=NOON).files

    waiting = [one for one in known if not one.sha256]
    assert [one.url for one in waiting] == [B, f"{HOME}files/c.pdf"]
    assert {one.article for one in waiting} == {article(1).url}
    assert [(one.url, one.article) for one in known if one.sha256] == [(A, "")]


def test_files_of_due_articles_come_with_what_is_known_of_them(archive: Archive) -> None:
    followed = fetching(archive)
    archive.record(looked(file("one"), read=(offering(A),), at=NOON))

    known = memory(archive.db, followed, now=NOON + HOUR).files

    one = file("one")
    assert known[0] == KnownFile(url=A, article=article(1).url, etag=one.etag, sha256=one.sha256, content=one.content)


def test_files_of_articles_from_before_are_fetched_with_their_next_look(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    followed = fetching(archive)

    assert memory(archive.db, followed, now=NOON).files == ()
    (known,) = memory(archive.db, followed, now=NOON + HOUR).files
    assert (known.url, known.sha256) == (A, "")


def test_a_source_that_only_lists_files_is_told_of_none(archive: Archive) -> None:
    fetching(archive)
    archive.record(looked(file("one"), read=(offering(A),), at=NOON))

    assert memory(archive.db, source(), now=NOON + HOUR).files == ()


def test_digests_are_carried_over_to_a_page_that_was_read_again() -> None:
    before = offering(A, B, f"{HOME}get?id=1", f"{HOME}get?id=2&v=1")
    known = tuple(replace(one, sha256=str(place)) for place, one in enumerate(before.attachments))
    before = replace(before, attachments=known)
    again = offering(B, f"{HOME}get?id=2&v=2", f"{HOME}get?id=3", f"{A}?signature=x")

    assert [one.sha256 for one in with_digests(again, before).attachments] == ["1", "3", "", "0"]


def test_the_text_of_the_present_files_is_searched(archive: Archive) -> None:
    archive.record(visit(offering(A, B)))
    archive.record(looked(file("one"), file("two", B)))
    archive.record(looked(file("three"), at=NOON + 2 * HOUR))

    assert files.text_of(archive.db, 1) == "Nội dung three\nNội dung two"


@pytest.mark.parametrize("view", ["attachments_view", "file_versions_view"])
def test_the_views_show_what_is_known(archive: Archive, view: str) -> None:
    archive.record(visit(offering(A, B)))
    archive.record(looked(file("one"), names=("one",)))

    row = next(archive.db.query(f"select * from {view} where article = 1"))

    assert (row["sha256"], row["title"], row["url"]) == (file("one").sha256, "Tệp 0", A)
    if view == "attachments_view":
        assert (row["state"], row["bytes"], row["versions"], row["file_type"]) == ("present", 9, 1, "application/pdf")
        assert [row["state"] for row in archive.db.query(f"select state from {view}")] == ["present", "listed"]
    else:
        assert (row["version"], row["until"], row["text"]) == (1, None, "Nội dung one")
        assert row["warc"] and row["length"]


def test_a_change_names_its_kind_of_edit(archive: Archive) -> None:
    archive.record(visit(offering(A)))
    archive.record(looked(file("one")))

    (change,) = archive.record(looked(file("two"), at=NOON + 2 * HOUR)).changes

    assert change.classes[0] == "attachment"
