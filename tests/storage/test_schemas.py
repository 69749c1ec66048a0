"""An archive of any schema there ever was comes up to date with everything in it, and a copy of it stays."""

import hashlib
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from scrapers.items import Visit
from storage import copies, upgrade
from storage.articles import find, latest
from storage.backup import back_up, copy_evidence
from storage.changes import made_by
from storage.database import ArchiveError, open_archive, open_readonly
from storage.evidence import payload
from storage.memory import memory
from storage.record import record
from storage.restore import restore
from storage.schema import STEPS, migrations
from storage.search import search
from storage.sources import due, slugs
from storage.versions import history
from storage.visits import last
from tests.storage.making import AUTHORITY, NOON, SLUG, article, source, url, visit

FIXTURES = Path(__file__).parent.parent / "fixtures" / "schemas"
SCHEMAS = sorted(int(path.stem) for path in FIXTURES.glob("*.sql"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def old_archive(home: Path, schema: int) -> Path:
    """Put the archive of a schema, as the code of its time wrote it, into a home."""
    path = home / "bantin.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript((FIXTURES / f"{schema}.sql").read_text("utf-8"))
        db.execute("pragma journal_mode = wal")
    shutil.copytree(FIXTURES / f"{schema}.warc", home / "warc")
    return path


def contents(path: Path) -> dict[str, list[object]]:
    """What must be the same before and after."""
    questions = {
        "articles": "select number, id, source, state, headline, url, first_seen, versions from articles order by 1",
        "versions": "select article, version, seen, cause, headline, sha256, record from versions order by 1, 2",
        "changes": "select number, article, kind, at, headline, url from changes order by 1",
        "visits": "select id, part, source, started, verdict from visits order by number",
        "addresses": "select source, url, article from addresses order by 1, 2",
        "sightings": "select source, entrance, key, title, times, article from sightings order by 1, 2, 3",
        "evidence": "select number, url, sha256, kind, warc, offset, length from evidence order by 1",
        "attachments": "select article, position, url, title from attachments order by 1, 2",
        "documents": "select document, first_cited from documents order by 1",
        "citations": "select article, position, document from citations order by 1, 2",
    }
    with closing(sqlite3.connect(path)) as db:
        return {name: db.execute(question).fetchall() for name, question in questions.items()}


def test_there_is_an_archive_of_every_schema_that_was_ever_released() -> None:
    assert list(range(1, len(SCHEMAS) + 1)) == SCHEMAS
    assert len(SCHEMAS) >= 6


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_archive_of_an_older_schema_comes_up_to_date_with_everything_in_it(home: Path, schema: int) -> None:
    path = old_archive(home, schema)
    before = contents(path)

    db = open_archive(path)

    assert contents(path) == before
    assert db.execute("pragma user_version").fetchone()[0] == STEPS == len(migrations.applied(db))
    assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert db.execute("pragma foreign_key_check").fetchall() == []
    db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
    db.close()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_older_archive_has_the_tables_indexes_and_views_of_a_new_one(home: Path, schema: int) -> None:
    db, new = open_archive(old_archive(home, schema)), open_archive(home / "new.db")

    assert _shape(db) == _shape(new)
    for view in db.view_names():
        db.execute(f"select * from {view}").fetchall()
    assert len(db.execute("select * from items_view").fetchall()) == 9
    db.close()
    new.close()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_an_older_archive_holds_is_read_by_the_code_of_today(home: Path, schema: int) -> None:
    path = old_archive(home, schema)
    open_archive(path).close()

    db = open_readonly(path)
    everything = {one.address: one for one in latest(db, limit=100)}
    edited = everything[url(1)]

    assert set(everything) == {url(n) for n in (1, 2, 4, 5, 6, 7, 8, 20)} | {f"{url(3)}?cu"}
    assert find(db, edited.id).article.headline == "Bộ trưởng lại đính chính"
    assert [one.article.headline for one in history(db, edited.number)] == [
        article(1).headline, "Bộ trưởng đính chính", "Bộ trưởng lại đính chính"
    ]  # fmt: skip
    assert edited.article.documents == ("45/2023/TT-BTNMT",)
    assert everything[url(4)].state == "withdrawn" and everything[url(5)].state == "present"
    assert [one.article.address for one in search(db, "da dang sinh hoc cau hoi thu 7")] == [url(7)]
    for (sha256,) in db.execute("select sha256 from evidence_view").fetchall():
        assert hashlib.sha256(payload(db, home / "warc", sha256)).hexdigest() == sha256
    assert slugs(db) == [SLUG, "vn-other"] and due(db, now=NOON.replace(year=2027))
    assert last(db, SLUG, 1)[0].verdict == "unreachable"
    moved = db.execute("select id from visits where number = 4").fetchone()[0]
    assert [change.kind for change in made_by(db, moved)] == ["moved"]
    db.close()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_older_archive_knows_its_articles_again_and_goes_on(home: Path, schema: int) -> None:
    path = old_archive(home, schema)
    db = open_archive(path)

    def kinds(one: Visit) -> list[str]:
        done = record(db, one, warc=home / "warc", authority=AUTHORITY, now=one.finished)
        return [change.kind for change in done.changes]

    later = NOON.replace(day=9)
    assert kinds(visit(*(article(number) for number in (2, 6, 7, 8)), at=later)) == []
    assert kinds(visit(article(21), article(2, headline="Tin đã sửa"), at=later.replace(hour=9))) == ["new", "revised"]
    assert {known.url for known in memory(db, source(), now=later).known} >= {url(2), url(21)}
    db.close()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_older_archive_stays_beside_the_new_one_as_it_was(home: Path, schema: int) -> None:
    path = old_archive(home, schema)
    before = contents(path)

    open_archive(path).close()

    (copy,) = home.glob(f"bantin-schema-{schema}-*.db")
    assert contents(copy) == before
    assert copies.newest(path) == copy
    assert Database(copy).execute("pragma user_version").fetchone()[0] == schema


def test_opening_again_copies_nothing(home: Path) -> None:
    path = old_archive(home, 3)
    open_archive(path).close()

    open_archive(path).close()

    assert len(list(home.glob("bantin-schema-*"))) == 1


def test_a_step_that_fails_leaves_the_archive_as_it_was(home: Path) -> None:
    path = old_archive(home, 6)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("delete from _sqlite_migrations where name = '6 templates'")
        db.execute("pragma user_version = 5")
    before, dump = contents(path), _dump(path)

    with pytest.raises(ArchiveError, match=r"step 6 templates failed.*already exists.*as it was"):
        open_archive(path)

    assert contents(path) == before and _dump(path) == dump
    assert len(list(home.glob("bantin-schema-5-*.db"))) == 1


def test_a_disk_without_room_for_a_copy_is_said_before_anything_is_done(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_archive(home, 6)
    dump = _dump(path)
    monkeypatch.setattr("storage.failures.room", lambda folder: 100_000)

    with pytest.raises(ArchiveError, match=r"from schema 6 to \d+ needs .* where 100 KB are free; free some space"):
        open_archive(path)

    assert _dump(path) == dump
    assert not list(home.glob("bantin-schema-*"))


def test_a_damaged_archive_is_not_brought_up_to_date(home: Path) -> None:
    path = old_archive(home, 6)
    content = bytearray(path.read_bytes())
    content[4096 * 20 : 4096 * 30] = b"\xff" * 4096 * 10
    path.write_bytes(content)

    with pytest.raises(ArchiveError, match="damaged"):
        open_archive(path)

    assert path.read_bytes() == content


def test_what_would_be_done_is_told_without_doing_it(home: Path) -> None:
    path = old_archive(home, 4)

    with closing(sqlite3.connect(path)) as connection:
        ahead = upgrade.plan(Database(connection), path, now=NOON)

    assert ahead.version == 4
    assert ahead.steps[:2] == ("5 places of citations", "6 templates") and len(ahead.steps) == STEPS - 4
    assert ahead.copy.name == "bantin-schema-4-2026-03-02T050000Z.db" and not ahead.copy.exists()


def _shape(db: Database) -> dict[str, object]:
    """Tables with their columns, and what hangs on them; not the words they were made with."""
    made: dict[str, object] = {
        f"{row['type']} {row['name']}": re.sub(r"\s+", " ", row["sql"] or "")
        for row in db.query("select type, name, sql from sqlite_master where type <> 'table'")
    }
    for name in db.table_names():
        made[f"table {name}"] = str([tuple(row)[1:] for row in db.execute(f"pragma table_xinfo({name})")])
    return made


def _dump(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("select * from sqlite_master").fetchall() + db.execute("pragma user_version").fetchall()


@pytest.mark.parametrize("schema", [SCHEMAS[0], SCHEMAS[-1]])
def test_an_older_archive_can_be_copied_and_put_back_as_it_is(home: Path, schema: int) -> None:
    path = old_archive(home, schema)
    before = contents(path)
    back_up(path, home / "copy.db", now=NOON)
    assert copy_evidence(home / "copy.db", home / "warc", home / "copied").missing == ()

    done = restore(home / "copy.db", path, home / "warc", now=NOON)

    assert (done.schema, done.articles, done.missing, done.aside) == (schema, 9, (), ())
    assert contents(path) == before
