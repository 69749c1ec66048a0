"""docs/data.md says what the archive really holds, and its questions can be asked as they stand there."""

import json
import re
import shlex
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils.cli import cli

from scrapers.items import Attachment, Citation, Media, Reason
from scrapers.observations import Listing
from storage.queries import parse
from storage.schema import APPLICATION_ID
from tests.storage.conftest import Archive
from tests.storage.making import LISTING, NOON, article, moment, sighting, url, visit

PAGE = (Path(__file__).parent.parent.parent / "docs" / "data.md").read_text()
SEARCH = (Path(__file__).parent.parent.parent / "docs" / "search.md").read_text()
SEARCHES = re.findall(r"```sh\n(sqlite-utils .*)\n```", SEARCH)
TYPED = re.findall(r"^\$ bantin search (.*?)(?: --ranked)?(?:  +#.*)?$", SEARCH, re.MULTILINE)
QUESTIONS = re.findall(r"```sh\n(sqlite-utils .*)\n```", PAGE)
THIRTEEN = re.findall(
    r"```sh\n(sqlite-utils .*)\n```", PAGE.partition("\n## Thirteen questions")[2].partition("\n## ")[0]
)
HOUR = timedelta(hours=1)


def described() -> dict[str, list[str]]:
    """Return what the page describes: tables and views with their columns, in order."""
    sections = re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return {name: re.findall(r"^\| `(\w+)` \| \S", text, re.MULTILINE) for name, text in sections}


def real(archive: Archive) -> dict[str, list[str]]:
    names = [*archive.db.table_names(), *archive.db.view_names()]
    return {
        name: [column.name for column in archive.db[name].columns]
        for name in names
        if not re.match("articles_fts_", name)
    }


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """An archive in which each of the questions has an answer."""
    circular = "45/2023/TT-BTNMT"
    notice = Attachment(url="https://www.example.gov.vn/a.pdf", title="Thông tư", type="application/pdf")
    place = Citation(number=circular, printed=circular, scheme="vn", field="body_text", start=3)
    film = Media(url="https://www.example.gov.vn/a.mp4", title="Phóng sự", type="video/mp4")
    doubtful = Reason(field="published", printed="2026-03-02", rule="address: day in the path", grade="D")
    parts = {"documents": (circular,), "citations": (place, place), "attachments": (notice,)}
    parts |= {"media": (film,), "passport": (doubtful,)}
    archive.record(
        visit(
            article(1, **parts),
            article(2, published=moment(-24 * 4)),
            article(3, published=moment(7.5 - 24)),
        )
    )
    archive.record(visit(article(1, headline="Bộ trưởng đính chính", **parts), at=NOON + HOUR))
    for hours in (2, 3, 30):
        archive.record(visit(at=NOON + hours * HOUR, gone=(url(2),)))
    return archive


@pytest.fixture
def watched(filled: Archive) -> Archive:
    """The same, after two more looks at the list, between which something old was put on it."""
    for hours, numbers in ((40, (1, 2, 3)), (41, (4, 1, 2, 3))):
        urls = tuple(url(number) for number in numbers)
        shown = Listing(entrance=LISTING, at=NOON + hours * HOUR, urls=urls, end="known")
        rows = tuple(sighting(article(number)) for number in numbers)
        new = [article(4)] if 4 in numbers else []
        filled.record(visit(*new, at=NOON + hours * HOUR, sightings=rows, listings=(shown,)))
    return filled


def ask(archive: Archive, question: str) -> str:
    arguments = [str(archive.path) if word == "bantin.db" else word for word in shlex.split(question)[1:]]
    answer = CliRunner().invoke(cli, arguments)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_every_table_view_and_column_is_described_and_nothing_else(archive: Archive) -> None:
    assert described() == real(archive)


def test_the_page_names_the_application_id() -> None:
    assert f"`application_id` is {APPLICATION_ID} " in PAGE


def test_there_are_thirteen_questions() -> None:
    assert len(THIRTEEN) == 13


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_a_question_can_be_asked_and_has_an_answer(watched: Archive, question: str) -> None:
    plain = re.sub(" --(?:table|csv)$", "", question)

    assert ask(watched, question).strip()
    assert json.loads(ask(watched, plain))


@pytest.mark.parametrize("question", SEARCHES, ids=range(len(SEARCHES)))
def test_a_search_in_sql_finds_what_it_should(watched: Archive, question: str) -> None:
    assert len(json.loads(ask(watched, question.removesuffix(" --table")))) >= 2


@pytest.mark.parametrize("words", TYPED)
def test_what_the_page_on_search_types_can_be_meant(words: str) -> None:
    query = parse(" ".join(shlex.split(words)) if "section" not in words else words)

    assert query.clauses
    assert not query.problems


def answers(archive: Archive) -> Iterator[list[dict[str, str]]]:
    for question in THIRTEEN:
        yield json.loads(ask(archive, re.sub(" --(?:table|csv)$", "", question)))


def test_the_answers_are_right(filled: Archive) -> None:
    (
        new, months, edited, withdrawn, wordings, words, citing, places, files, films, doubtful, evening, backdated,
    ) = answers(filled)  # fmt: skip

    assert [row["headline"] for row in new] == ["Bộ trưởng đính chính", article(3).headline, article(2).headline]
    assert [(row["month"], row["articles"]) for row in months] == [("2026-02", 1), ("2026-03", 2)]
    assert [row["headline_before"] for row in edited] == [article(1).headline]
    assert [row["url"] for row in withdrawn] == [url(2)]
    assert [row["version"] for row in wordings] == [1]
    assert len(words) == 3
    assert [row["url"] for row in citing] == [url(1)]
    assert [row["words"] for row in places] == [" ".join(article(1).body_text.split())] * 2
    assert [row["title"] for row in files] == ["Thông tư"]
    assert [row["title"] for row in films] == ["Phóng sự"]
    assert [(row["field"], row["grade"]) for row in doubtful] == [("published", "D")]
    assert [row["headline"] for row in evening] == [article(3).headline]
    assert [row["days"] for row in backdated] == [4.0]
