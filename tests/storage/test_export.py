"""What is given out is exact, harmless, described, and the same every time."""

import csv
import hashlib
import io
import json
import sqlite3
import tomllib
import tracemalloc
import zipfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from scrapers.observations import Listing
from storage import described
from storage.database import ArchiveError, open_readonly
from storage.export import Selection, articles, changes_of, view_rows, views, write_csv
from storage.package import About, refuse, write_package
from storage.slim import LEFT_OUT, write_slim
from tests.storage.conftest import Archive
from tests.storage.making import LISTING, NOON, SLUG, article, moment, url, visit

DAY = timedelta(days=1)
ROOT = Path(__file__).parent.parent.parent


def about(**details: object) -> About:
    given: dict[str, object] = {
        "title": "Bản tin", "authority": "news.example.org", "selection": Selection(), "now": NOON, "software": "Bantin 1",
    }  # fmt: skip
    return About(**{**given, **details})  # type: ignore[arg-type]


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Two sources; an edit, a withdrawal, files, documents, a headline that looks like a formula."""
    odd = article(3, headline='=HYPERLINK("http://evil.example")', published=moment(-24 * 20))
    archive.record(visit(article(1, documents=("45/2023/TT-BTNMT",)), article(2, published=None), odd))
    archive.record(
        visit(article(1, headline='Tin "đã" sửa,\nhai dòng', documents=("45/2023/TT-BTNMT",)), at=NOON + DAY)
    )
    for number in (1, 2, 3):
        archive.record(visit(at=NOON + number * DAY, gone=(url(2),)))
    archive.record(visit(article(50), slug="vn-other", at=NOON + 3 * DAY))
    return archive


def addresses(archive: Archive, **chosen: object) -> list[str]:
    return [one.address for one in articles(archive.db, Selection(**chosen))]  # type: ignore[arg-type]


def test_articles_come_in_the_order_they_were_found(filled: Archive) -> None:
    assert addresses(filled) == [url(2), url(3), url(1), url(50)]


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({"source": "vn-other"}, [50]),
        ({"since": date(2026, 3, 2)}, [2, 1]),
        ({"until": date(2026, 2, 28)}, [3, 50]),
        ({"since": date(2026, 2, 10), "until": date(2026, 2, 10), "source": SLUG}, [3]),
    ],
)
def test_a_source_and_days_by_the_ministrys_calendar_choose(
    filled: Archive, chosen: dict[str, object], numbers: list[int]
) -> None:
    assert addresses(filled, **chosen) == [url(number) for number in numbers]


def test_every_view_can_be_chosen_from(filled: Archive) -> None:
    chosen = Selection(source="vn-other", since=date(2026, 1, 1), until=date(2027, 1, 1))

    for view in views(filled.db):
        columns, rows = view_rows(filled.db, view, chosen)
        sources = {row[columns.index("source")] for row in rows} if "source" in columns else set()
        assert sources <= {"vn-other"}, view
    assert len(list(view_rows(filled.db, "visits_view", chosen)[1])) == 1


def test_an_articles_changes_are_told_as_the_view_tells_them(filled: Archive) -> None:
    told = changes_of(filled.db, 3)

    assert [row["kind"] for row in told] == ["new", "revised"]
    assert told[1]["headline_before"] == article(1).headline


def test_csv_is_read_back_as_it_was_written(filled: Archive) -> None:
    stream = io.StringIO(newline="")
    columns, rows = view_rows(filled.db, "items_view", Selection())
    count, held = write_csv(stream, columns, rows, exact=True)

    read = list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))

    assert count == len(read) == 4
    assert [row["headline"] for row in read] == [one.article.headline for one in articles(filled.db, Selection())]
    assert {column.name: column.type for column in held} | {"tags": "string"} == {
        **dict.fromkeys(columns, "string"), "authors": "string",
        **dict.fromkeys(("number", "images", "attachments", "words", "versions"), "integer"),
        **dict.fromkeys(("published", "first_seen", "revised"), "datetime"), "day": "date", "kicker": "",
    }  # fmt: skip


@given(st.text(), st.sampled_from(["=", "+", "-", "@", "\t", "\r"]))
def test_nothing_in_a_csv_is_taken_for_a_formula(text: str, sign: str) -> None:
    stream = io.StringIO(newline="")

    write_csv(stream, ["a", "b", "c"], [[sign + text, -5, text]])

    first, number, second = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))[1]
    assert first == f"'{sign}{text}" and number == "-5"
    assert second.removeprefix("'") == text.removeprefix("'") and not second.startswith(
        ("=", "+", "-", "@", "\t", "\r")
    )


def test_a_column_that_holds_several_kinds_is_called_what_fits_all() -> None:
    rows = [[1, 1, "2026-03-02", None], [2.5, "x", "2026-03-02T05:00:00Z", ""]]

    _, held = write_csv(io.StringIO(), ["a", "b", "c", "d"], rows)

    assert [column.type for column in held] == ["number", "string", "string", ""]


def test_a_slim_copy_has_the_chosen_articles_with_all_that_hangs_on_them(filled: Archive, tmp_path: Path) -> None:
    counts = write_slim(filled.path, tmp_path / "slim.db", Selection(source=SLUG))

    with closing(sqlite3.connect(tmp_path / "slim.db")) as db:
        assert db.execute("select count(*) from articles").fetchone() == (3,)
        assert db.execute("pragma foreign_key_check").fetchall() == []
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("select slug, definition from sources").fetchall() == [(SLUG, None)]
        assert {row[0] for row in db.execute("select source from evidence")} == {SLUG}
        whole = open_readonly(filled.path)
        for view in ("items_view", "versions_view", "changes_view", "evidence_view", "documents_view"):
            _, rows = view_rows(whole, view, Selection(source=SLUG))
            assert list(view_rows(Database(db), view, Selection())[1]) == list(rows), view
        whole.close()
    assert counts["articles"] == 3 and not LEFT_OUT & counts.keys()


def test_a_package_holds_what_it_says_and_finds_a_changed_byte(filled: Archive, tmp_path: Path) -> None:
    rows = write_package(filled.path, tmp_path / "package", about())

    folder = tmp_path / "package"
    sums = {line[66:]: line[:64] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert files == {*sums, "SHA256SUMS"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())
    assert {"archive.db", "data/items.csv", "data/changes.csv", "README.md", "CITATION.cff", "coverage.json"} < files
    assert rows["items_view"] == 4 and rows["changes_view"] == 7
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert {one["path"] for one in described["resources"]} == files - {
        "SHA256SUMS", "README.md", "CITATION.cff", "datapackage.json"
    }  # fmt: skip
    for one in described["resources"]:
        assert one["hash"] == f"sha256:{sums[one['path']]}" and one["bytes"] == (folder / one["path"]).stat().st_size


def test_every_column_of_a_package_is_described_with_a_type_its_values_have(filled: Archive, tmp_path: Path) -> None:
    write_package(filled.path, tmp_path / "package", about())

    package = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))
    tables = [one for one in package["resources"] if one.get("type") == "table"]
    for table in tables:
        with (tmp_path / "package" / table["path"]).open(encoding="utf-8", newline="") as stream:
            columns, *rows = csv.reader(stream)
        fields = table["schema"]["fields"]
        assert [field["name"] for field in fields] == columns
        for place, field in enumerate(fields):
            assert field["description"], (table["name"], field["name"])
            values = [row[place] for row in rows if row[place]]
            if field["type"] == "integer":
                assert all(int(value) is not None for value in values)
            if field["type"] == "datetime":
                assert all(len(value) == 20 and value.endswith("Z") for value in values)


def test_the_same_archive_gives_the_same_package(filled: Archive, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_package(filled.path, tmp_path / name, about())

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.testzip() is None
        assert "Version 2026.03.02" in packed.read("README.md").decode()
        assert "longest" in packed.read("coverage.json").decode()
        assert 'name: "Bản tin"' in packed.read("CITATION.cff").decode()


def test_a_package_says_of_how_much_of_the_time_nothing_was_missed(archive: Archive, tmp_path: Path) -> None:
    for hour, numbers in ((0, (5, 4, 3, 2)), (1, (6, 5, 4, 3)), (2, (60, 59, 58, 57)), (3, (61, 60, 59, 58))):
        at, seen = NOON + hour * DAY / 24, [article(number) for number in numbers]
        listing = Listing(entrance=LISTING, at=at, urls=tuple(read.url for read in seen), end="limit")
        archive.record(visit(*seen, at=at, listings=(listing,)))

    write_package(archive.path, tmp_path / "package", about(now=NOON + DAY))

    (told,) = json.loads((tmp_path / "package" / "coverage.json").read_text("utf-8"))
    assert (told["covered_percent"], told["missing_seconds"]) == (66.6667, 3600)
    assert [(gap["since"], gap["state"]) for gap in told["gaps"]] == [("2026-03-02T06:00:00Z", "open")]
    assert "nothing was missed in 66.6667 % of the time" in (tmp_path / "package" / "README.md").read_text("utf-8")


def test_a_package_that_fails_leaves_nothing_behind(
    filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr("storage.package.readme", lambda **told: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        write_package(filled.path, tmp_path / "package", about())

    assert sorted(tmp_path.iterdir()) == before


def test_what_is_no_package_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    (tmp_path / "old.zip").write_bytes(b"old")

    refuse(tmp_path / "new", force=False)
    refuse(tmp_path / "old.zip", force=True)
    for name, force in (("mine", True), ("old.zip", False)):
        with pytest.raises(ArchiveError, match="choose another"):
            refuse(tmp_path / name, force=force)


def test_a_package_exact_or_guarded_says_which(filled: Archive, tmp_path: Path) -> None:
    write_package(filled.path, tmp_path / "guarded", about())
    write_package(filled.path, tmp_path / "exact", about(exact=True))

    assert "'=HYPERLINK" in (tmp_path / "guarded" / "data" / "items.csv").read_text("utf-8")
    assert "'=HYPERLINK" not in (tmp_path / "exact" / "data" / "items.csv").read_text("utf-8")
    assert "apostrophe" in (tmp_path / "guarded" / "README.md").read_text("utf-8")
    assert "import columns" in (tmp_path / "exact" / "README.md").read_text("utf-8")


def test_memory_stays_flat_however_much_is_given_out(archive: Archive) -> None:
    long = "dài " * 3000
    for number in range(60):
        archive.record(visit(*(article(10 * number + place, body_text=long) for place in range(10)), id=f"v{number}"))

    tracemalloc.start()
    count = sum(1 for _ in articles(archive.db, Selection()))
    columns, rows = view_rows(archive.db, "items_view", Selection())
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere:
        write_csv(nowhere, columns, rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # All of it would be over 9 million letters, twice.
    assert count == 600 and peak < 12_000_000


def test_the_description_of_the_data_goes_along_when_bantin_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    assert "storage" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert described.PAGE.resolve() == ROOT / "docs" / "data.md"
    assert described.of_column("items_view", "id") == "permanent `tag:` URI"
    assert described.introduction("items_view") == "One row for each article as it reads now."
    assert described.columns("nowhere") == {}
