"""``bantin explain`` says why each field of an article reads as it does."""

from pathlib import Path

import pytest

from demo.source import SLUG
from tests.command import Command

PAGE = Path(__file__).parent / "fixtures/onecms/article-a.html"


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path / "home", capsys)


def test_a_saved_page_is_explained_field_by_field(command: Command) -> None:
    said = command("explain", str(PAGE))

    rows = [line.split("\t") for line in said.out.splitlines()]
    assert said.code == 0
    assert rows[0] == ["field", "grade", "value", "printed", "rule", "others"]
    published = next(row for row in rows if row[0] == "published")
    assert published == [
        "published", "A", "2023-08-24T15:52:00+07:00", "24/08/2023 15:52", "layout onecms: .c-detail-head__time; zone of the country", "",
    ]  # fmt: skip
    assert "Layout: onecms" in said.err and "A two independent witnesses agree" in said.err


def test_json_holds_every_value_whole(command: Command) -> None:
    said = command("explain", str(PAGE), "--json")

    body = next(row for row in said.json["passport"] if row["field"] == "body_text")
    assert len(body["value"]) > 500
    assert said.json["layout"] == "onecms"


def test_an_article_of_the_archive_is_explained_from_what_the_archive_keeps(following: Command) -> None:
    following("crawl", SLUG)
    number = following("items", "--last", "1", "--json").json[0]["number"]

    said = following("explain", str(number))

    assert said.code == 0
    assert {line.split("\t")[0] for line in said.out.splitlines()} >= {"headline", "published", "body_text"}


def test_what_is_neither_an_article_nor_a_file_is_refused_with_a_way_on(command: Command) -> None:
    said = command("explain", "no-such-thing")

    assert said.code == 2
    assert "no file is called so; see `bantin items`" in said.err


def test_a_file_that_is_no_page_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")

    said = command("explain", str(tmp_path / "a.pdf"))

    assert said.code == 1
    assert "this is a PDF document, not a web page" in said.err


def test_an_address_for_what_is_no_file_is_refused(command: Command) -> None:
    said = command("explain", "4711", "--url", "https://www.example.gov.vn/tin-1.html")

    assert said.code == 2
    assert "--url and --source are for a saved page, and 4711 is no file" in said.err
