"""Where articles cite official documents: kept with its place, found again, and added to older archives quietly."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database

from scrapers.items import Article, Attachment, Citation, Media
from storage.articles import find, latest
from storage.database import open_archive
from storage.documents import citing
from storage.schema import APPLICATION_ID, STEPS, migrations
from storage.versions import history
from storage.wording import fingerprint, wording
from tests.storage.conftest import Archive
from tests.storage.making import NOON, article, url, visit

HOUR = timedelta(hours=1)
BODY = "Căn cứ Nghị định số 08/2022/NĐ-CP ngày 10/01/2022, Bộ ban hành Thông tư 45/2023/TT-BTNMT."
DECREE = Citation(
    number="08/2022/NĐ-CP",
    printed="Nghị định số 08/2022/NĐ-CP",
    scheme="vn",
    kind="Nghị định",
    year=2022,
    issuer="CP",
    signed=date(2022, 1, 10),
    field="body_text",
    start=8,
)
CIRCULAR = Citation(
    number="45/2023/TT-BTNMT",
    printed="Thông tư 45/2023/TT-BTNMT",
    scheme="vn",
    kind="Thông tư",
    year=2023,
    issuer="BTNMT",
    field="body_text",
    start=BODY.index("Thông tư"),
)
LETTER = Citation(number="1500/BTNMT-PC", printed="1500/BTNMT-PC", scheme="vn", year=2024, field="headline", start=4)


def citing_article(*citations: Citation, number: int = 1, **details: object) -> Article:
    documents = tuple(dict.fromkeys(citation.number for citation in citations))
    return article(number, body_text=BODY, documents=documents, citations=citations, **details)


def rows(archive: Archive, sql: str) -> list[Any]:
    return list(archive.db.execute(sql))


def test_citations_media_and_notes_come_back_as_they_were_read(archive: Archive) -> None:
    films = (Media(url="https://example.gov.vn/a.mp4", title="Phóng sự", type="video/mp4"), Media(url="https://b.vn/"))
    read = citing_article(DECREE, CIRCULAR, DECREE, media=films, notes=("declared as cp1258, but it is valid UTF-8",))

    archive.record(visit(read))

    assert latest(archive.db)[0].article == read


def test_a_document_is_described_by_what_its_citations_tell(archive: Archive) -> None:
    bare = msgspec.structs.replace(LETTER, kind="", year=2023)
    archive.record(visit(citing_article(DECREE, bare)))
    archive.record(visit(citing_article(msgspec.structs.replace(LETTER, kind="Công văn", issuer="BTNMT"), number=2)))

    assert rows(archive, "select document, scheme, kind, year, issuer from documents order by document") == [
        ("08/2022/NĐ-CP", "vn", "Nghị định", 2022, "CP"),
        # The number of a letter begins anew each year: which one is meant is told by the place.
        ("1500/BTNMT-PC", "vn", "Công văn", None, "BTNMT"),
    ]
    assert rows(archive, "select year from citations_view where document = '1500/BTNMT-PC' order by article") == [
        (2023,),
        (2024,),
    ]


def test_an_article_that_cites_twice_is_one_row_with_two_places(archive: Archive) -> None:
    archive.record(visit(citing_article(CIRCULAR, DECREE, CIRCULAR)))

    assert rows(archive, "select document, places from documents_view order by document") == [
        ("08/2022/NĐ-CP", 1),
        ("45/2023/TT-BTNMT", 2),
    ]
    assert [stored.article.url for stored in citing(archive.db, CIRCULAR.number)] == [url(1)]


def test_the_words_around_a_citation_are_shown(archive: Archive) -> None:
    far = f"{'đoạn ' * 60}{BODY}"
    placed = msgspec.structs.replace(DECREE, start=far.index("Nghị định"))
    lede = Citation(number="57-NQ/TW", printed="57-NQ/TW", scheme="vn", field="lede", start=0)
    file = Citation(number="12/TB-BTC", printed="12/TB-BTC", scheme="vn", field="attachments", start=0)
    archive.record(visit(article(1, lede="57-NQ/TW", body_text=far, citations=(LETTER, lede, placed, file))))

    words = dict(rows(archive, "select field, words from citations_view"))

    assert words["headline"] == article(1).headline
    assert words["lede"] == "57-NQ/TW"
    assert words["body_text"] == far[placed.start - 80 :].split(" ", 1)[1]
    assert words["attachments"] == "12/TB-BTC"


def test_citations_media_and_notes_are_no_part_of_the_wording() -> None:
    rich = citing_article(DECREE, media=(Media(url="https://b.vn/"),), notes=("a note",))

    assert fingerprint(wording(rich)) == fingerprint(wording(article(1, body_text=BODY)))


def test_a_better_reader_adds_citations_without_a_change(archive: Archive) -> None:
    archive.record(visit(article(1, body_text=BODY)))
    films = (Media(url="https://b.vn/"),)
    better = citing_article(DECREE, CIRCULAR, media=films, notes=("a note",))

    changes = archive.record(visit(better, at=NOON + HOUR)).changes

    assert changes == ()
    stored = latest(archive.db)[0]
    assert (stored.versions, stored.article) == (1, better)


def test_another_address_of_the_same_film_is_not_taken_over(archive: Archive) -> None:
    first = citing_article(DECREE, media=(Media(url="https://b.vn/?token=1"),))
    archive.record(visit(first))

    archive.record(visit(citing_article(DECREE, media=(Media(url="https://b.vn/?token=2"),)), at=NOON + HOUR))

    assert latest(archive.db)[0].article == first


def test_places_in_another_text_are_not_taken_over(archive: Archive) -> None:
    archive.record(visit(citing_article(DECREE)))
    spaced = msgspec.structs.replace(citing_article(CIRCULAR), body_text=BODY.replace(" ", "  "))

    assert archive.kinds(visit(spaced, at=NOON + HOUR)) == []

    assert latest(archive.db)[0].article.citations == (DECREE,)


def test_an_earlier_wording_keeps_its_citations(archive: Archive) -> None:
    archive.record(visit(citing_article(DECREE)))

    archive.record(visit(citing_article(CIRCULAR, headline="Đính chính"), at=NOON + HOUR))

    assert [version.article.citations for version in history(archive.db, 1)] == [(DECREE,), (CIRCULAR,)]


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """An archive as it was before citations had places."""
    path = tmp_path / "bantin.db"
    db = Database(path)
    migrations.apply(db, stop_before="5 places of citations")
    db.execute("insert into sources (slug, since) values ('vn-example', '2026-03-02T05:00:00Z')")
    db.execute(
        """
        insert into articles
          (id, source, first_seen, revised, looked_at, dated, url, headline, content_hash, watched_from, tried_at)
        values
          ('tag:a', 'vn-example', :at, :at, :at, :at, 'https://a.vn/1', 'Tin', 'hash', :at, :at)
        """,
        {"at": "2026-03-02T05:00:00Z"},
    )
    cited = [("45/2023/TT-BTNMT", "TT"), ("1234/QĐ-TTg", "QĐ"), ("1500/BTNMT-PC", "BTNMT"), ("72/2020/QH14", "QH")]
    for position, (number, kind) in enumerate(cited):
        db.execute("insert into documents values (?, ?, '2026-03-02T05:00:00Z')", [number, kind])
        db.execute("insert into citations values (1, ?, ?)", [position, number])
    db.execute(f"pragma application_id = {APPLICATION_ID}")
    db.execute("pragma user_version = 4")
    db.conn.commit()
    db.close()
    return path


def test_an_older_archive_keeps_its_documents_and_learns_what_their_numbers_tell(older: Path) -> None:
    db = open_archive(older)

    assert db.execute("pragma user_version").fetchone()[0] == STEPS
    assert list(db.execute("select document, scheme, kind, year, issuer from documents order by rowid")) == [
        ("45/2023/TT-BTNMT", "vn", "Thông tư", 2023, "BTNMT"),
        ("1234/QĐ-TTg", "vn", "Quyết định", None, "TTg"),
        ("1500/BTNMT-PC", "vn", "", None, ""),
        ("72/2020/QH14", "vn", "", 2020, ""),
    ]
    stored = find(db, "1").article
    assert stored.documents == ("45/2023/TT-BTNMT", "1234/QĐ-TTg", "1500/BTNMT-PC", "72/2020/QH14")
    assert (stored.citations, stored.media, stored.notes) == ((), (), ())
    assert db.execute("select count(*) from citations_view where words = ''").fetchone()[0] == 4
    db.close()


def test_a_migration_that_is_cut_short_leaves_the_older_archive(older: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    shutil.copy(older, broken)
    db = Database(broken)
    db.execute("create table media (url text)")
    db.conn.commit()
    db.close()

    with pytest.raises(Exception, match="media"):
        open_archive(broken)

    db = Database(broken)
    assert len(migrations.applied(db)) == 4
    assert db.execute("select count(*) from documents_view").fetchone()[0] == 4
    assert [column.name for column in db["citations"].columns] == ["article", "position", "document"]
    db.close()


def test_a_known_document_is_not_forgotten(archive: Archive) -> None:
    archive.record(visit(citing_article(DECREE)))

    archive.record(visit(citing_article(msgspec.structs.replace(DECREE, kind="", issuer=""), number=2)))

    assert rows(archive, "select kind, issuer from documents") == [("Nghị định", "CP")]


def test_files_are_searched_for_in_their_titles(archive: Archive) -> None:
    file = Attachment(url="https://www.example.gov.vn/45-2023-TT-BTNMT.pdf", title="45/2023/TT-BTNMT")
    place = msgspec.structs.replace(CIRCULAR, field="attachments", start=0)

    archive.record(visit(citing_article(place, attachments=(file,))))

    assert rows(archive, "select field, start from citations_view") == [("attachments", 0)]
