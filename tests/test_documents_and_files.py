"""The commands ``documents`` and ``files``, on archives written the way the daemon does it."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from demo.server import Served
from demo.source import SLUG
from scrapers.items import Attachment, Citation, Evidence, Visit
from scrapers.observations import File
from storage.database import open_archive
from storage.record import record
from tests.command import Command
from tests.storage.making import AUTHORITY, HOME, NOON, article, visit

HOUR = timedelta(hours=1)


def place(number: str, *, field: str = "body_text", scheme: Any = "vn", **details: Any) -> Citation:
    told = {"kind": "Thông tư", "issuer": "BTC", "year": 2025}
    return Citation(number=number, printed=number, scheme=scheme, field=field, start=0, **{**told, **details})


def write(command: Command, *visits: Visit) -> None:
    with closing(open_archive(command.home / "bantin.db")) as db:
        for one in visits:
            record(db, one, warc=command.home / "warc", authority=AUTHORITY, now=one.finished)


def citing(number: int, *places: Citation, **details: Any) -> Any:
    return article(number, citations=places, documents=tuple(one.number for one in places), **details)


# -- documents -----------------------------------------------------------------------------------------------------


@pytest.fixture
def cited(bantin: Command) -> Command:
    """News of a circular, a decree and a European regulation."""
    decree = place("08/2022/NĐ-CP", kind="Nghị định", issuer="CP", year=2022, signed=date(2022, 1, 10))
    regulation = place("32016R0679", scheme="eu", kind="Regulation", issuer="", year=2016)
    write(
        bantin,
        visit(
            citing(9, place("15/2025/TT-BTC"), decree),
            citing(2, place("15/2025/TT-BTC", field="headline")),
            citing(4, place("15/2025/TT-BTC"), place("15/2025/TT-BYT", issuer="BYT"), regulation),
        ),
    )
    return bantin


@pytest.mark.parametrize(
    "typed",
    [
        ["15/2025/TT-BTC"],
        ["15/2025/tt-btc"],
        ["TT 15/2025/TT-BTC"],
        ["thông", "tư", "số", "015/2025/TT-BTC"],
        ["15-2025-tt-btc"],
    ],
)
def test_a_number_may_be_typed_as_one_likes(cited: Command, typed: list[str]) -> None:
    said = cited("documents", *typed, "--json")

    assert said.code == 0, said.err
    assert (said.json["number"], said.json["kind"], said.json["articles"]) == ("15/2025/TT-BTC", "Thông tư", 3)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("8/2022/nd-cp", "08/2022/NĐ-CP"), ("8/2022", "08/2022/NĐ-CP"), ("Regulation (EU) 2016/679", "32016R0679")],
)
def test_numbers_without_accents_or_of_other_schemes_are_understood(cited: Command, typed: str, number: str) -> None:
    assert cited("documents", typed, "--json").json["number"] == number


def test_a_document_is_told_with_the_news_that_cites_and_publishes_it(cited: Command) -> None:
    said = cited("documents", "15/2025/TT-BTC")
    known = cited("documents", "08/2022/NĐ-CP", "--json").json

    assert [line.split("\t")[-1] for line in said.out.splitlines()[1:]] == [article(n).headline for n in (2, 4, 9)]
    assert "Thông tư 15/2025/TT-BTC" in said.err
    assert f"{article(2).headline} <{article(2).url}>" in said.err
    assert (known["signed"], known["published_by"]) == ("2022-01-10", None)


def test_a_beginning_that_fits_several_documents_lists_them(cited: Command) -> None:
    said = cited("documents", "15/2025")

    assert said.code == 2
    assert [line.split("\t")[0] for line in said.out.splitlines()[1:]] == ["15/2025/TT-BTC", "15/2025/TT-BYT"]
    assert "Several documents begin with 15/2025" in said.err


@pytest.mark.parametrize("typed", ["99/2025/TT-BTC", "?", "%", "'"])
def test_a_document_no_news_cites_is_not_found(cited: Command, typed: str) -> None:
    said = cited("documents", typed)

    assert (said.code, said.out) == (2, "")
    assert typed in said.err


def test_documents_are_listed_by_their_citations(cited: Command) -> None:
    rows = cited("documents", "--cited", "--json").json

    assert (rows[0]["number"], rows[0]["articles"]) == ("15/2025/TT-BTC", 3)
    assert len(cited("documents", "--json").json) == 4
    assert len(cited("documents", "--source", "vn-example", "--last", "2", "--json").json) == 2


@pytest.mark.parametrize("words", [["1/2", "--gaps"], ["1/2", "--cited"], ["--gaps", "--cited"], ["--source", "no"]])
def test_options_that_would_be_ignored_are_refused(cited: Command, words: list[str]) -> None:
    assert cited("documents", *words).code == 2


def test_an_empty_archive_says_so(bantin: Command) -> None:
    assert "No news cites an official document yet" in bantin("documents").err
    assert "No series" in bantin("documents", "--gaps").err
    assert "No files were fetched" in bantin("files").err
    assert bantin("files", "--state", "gone").err == "No such file.\n"


def test_gaps_are_told_of_series_that_are_known_well(bantin: Command) -> None:
    seen = (1, 2, 3, 5, 6, 8, 9, 10, 12)
    numbers = [place(f"{n:02}/2025/TT-BTC") for n in seen]
    few = [place(f"{n}/2025/TT-BYT", issuer="BYT") for n in (10, 900)]
    term = [place(f"{n}/2025/QH15", issuer="QH") for n in range(60, 80, 2)]
    yearless = [place(f"{n}/QĐ-TTg", kind="Quyết định", issuer="TTg") for n in (*range(100, 108), 109)]
    write(bantin, visit(citing(1, *numbers, *few, *term, *yearless)))

    said = bantin("documents", "--gaps", "--json").json
    told = bantin("documents", "--gaps")

    assert [(row["document"], row["year"]) for row in said] == [
        ("108/QĐ-TTg", 2025),
        ("04/2025/TT-BTC", 2025),
        ("07/2025/TT-BTC", 2025),
        ("11/2025/TT-BTC", 2025),
    ]
    assert "They may still exist" in told.err


def test_series_are_counted_in_a_view(bantin: Command) -> None:
    write(
        bantin,
        visit(citing(1, place("2/2025/TT-BTC"), place("5/2025/TT-BTC"), place("SI 2023/7", scheme="uk", year=2023))),
    )

    with closing(open_archive(bantin.home / "bantin.db")) as db:
        rows = list(db.query("select series, year, lowest, highest, seen, missing, telling from series_view"))

    assert [tuple(row.values()) for row in rows] == [
        ("SI", 2023, 7, 7, 1, 0, 0),
        ("TT-BTC", 2025, 2, 5, 2, 2, 0),
    ]


# -- files ---------------------------------------------------------------------------------------------------------

PAPERS = {"one": b"%PDF one", "two": b"%PDF two"}


def came(name: str, at: Any, *, called: str = "a.pdf") -> Visit:
    payload = PAPERS[name]
    digest = hashlib.sha256(payload).hexdigest()
    file = File(url=f"{HOME}a.pdf", article=article(1).url, fetched=at, status=200, sha256=digest, size=8, name=called)
    kept = Evidence(url=file.url, fetched=at, status=200, headers=(), payload=payload, sha256=digest)
    return replace(visit(at=at, files=(file,)), evidence=(kept,))


@pytest.fixture
def offered(bantin: Command) -> Command:
    """An article with a file that was swapped, and one that nobody fetched."""
    files = (Attachment(url=f"{HOME}a.pdf", title="Thông tư"), Attachment(url=f"{HOME}b.pdf", title="Phụ lục"))
    write(
        bantin,
        visit(article(1, attachments=files)),
        came("one", NOON + HOUR),
        came("two", NOON + 2 * HOUR, called="../../Thông tư: mới?.pdf"),
    )
    return bantin


def test_the_files_of_an_article_are_listed_with_their_versions(offered: Command) -> None:
    said = offered("files", "1")
    whole = offered("files", article(1).url, "--json").json

    assert [line.split("\t")[:3] for line in said.out.splitlines()[1:]] == [
        ["0", "present", "2"],
        ["0", "earlier", "1"],
        ["1", "listed", ""],
    ]
    assert "Phụ lục" in said.err
    assert [version["sha256"] for version in whole[0]["versions"]] == [
        hashlib.sha256(payload).hexdigest() for payload in PAPERS.values()
    ]


def test_the_newest_files_of_all_articles_are_listed(offered: Command) -> None:
    (row,) = offered("files", "--source", "vn-example", "--json").json

    assert (row["article"], row["title"], row["state"], row["versions"]) == (1, "Thông tư", "present", 2)
    assert offered("files", "--state", "waiting").out == ""


def test_files_are_written_out_of_the_evidence(offered: Command, tmp_path: Path) -> None:
    said = offered("files", "1", "--save", str(tmp_path / "out"))

    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert said.code == 0
    assert written == {"a.v1.pdf": PAPERS["one"], "Thông tư mới.pdf": PAPERS["two"]}


def test_a_file_whose_evidence_is_lost_is_named(offered: Command, tmp_path: Path) -> None:
    for path in (offered.home / "warc").rglob("*.gz"):
        path.unlink()

    said = offered("files", "1", "--save", str(tmp_path / "out"))

    assert said.code == 1
    assert "could not be written" in said.err


def test_an_article_without_files_has_nothing_to_write(bantin: Command, tmp_path: Path) -> None:
    write(bantin, visit(article(1)))

    said = bantin("files", "1", "--save", str(tmp_path / "out"))

    assert said.code == 0
    assert "This article offers no files." in said.err and "nothing to write" in said.err


@pytest.mark.parametrize("words", [["--save", "x"], ["1", "--state", "gone"], ["1", "--source", "vn-example"], ["77"]])
def test_what_makes_no_sense_is_refused(offered: Command, words: list[str]) -> None:
    assert offered("files", *words).code == 2


@pytest.mark.slow
def test_a_paper_the_ministry_swaps_without_a_word_is_an_edit(following: Command, site: Served) -> None:
    file = following.home / "sources" / f"{SLUG}.toml"
    file.write_text(file.read_text("utf-8").replace('layout = "onecms"', 'layout = "onecms"\nattachments = "fetch"'))
    following("crawl", SLUG)
    before = following("files", "--json").json

    site.ministry.swap("thong-tu-12-2023-tt-btd.pdf")
    changes: list[Any] = []
    for _ in range(5):
        changes += following("crawl", SLUG, "--json").json[0]["changes"]
        if changes:
            break

    assert {row["state"] for row in before} == {"present"} and len(before) >= 8
    assert [(change["kind"], change["fields"]) for change in changes] == [("revised", ["attachments"])]
    item = str(next(row["article"] for row in before if row["url"].endswith("/thong-tu-12-2023-tt-btd.pdf")))
    texts = [version["text"] for version in following("files", item, "--json").json[0]["versions"]]
    assert ["12 điều" in texts[0], "13 điều" in texts[1]] == [True, True]
    assert following("search", '"có 13 điều"', "--json").json
