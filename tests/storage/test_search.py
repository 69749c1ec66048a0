"""Search as people type: with or without accents, with quotes, stars and all sorts of nonsense."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.items import Attachment, Image
from storage.search import search
from tests.storage.conftest import Archive
from tests.storage.making import NOON, article, moment, url, visit

BODY = "Việt Nam bảo tồn đa dạng sinh học.\n\nĐại hội đảng bộ bàn về <b>& đất ngập nước</b>."


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.record(
        visit(
            article(1, lede="", body_text=BODY, headline="Hội nghị thường niên", published=moment(-1)),
            article(2, lede="", body_text="Da dang la tu khac", headline="Đầu tư công", published=moment(-2)),
            article(
                3,
                lede="Straße và Łódź",
                body_text="Không có gì",
                headline="Đi thăm Ba Lan",
                authors=("Đỗ Thị Hương",),
                tags=("hợp tác",),
                images=(Image(url="https://a.vn/1.jpg", caption="Lễ ký kết"),),
                attachments=(Attachment(url="https://a.vn/a.pdf", title="Thông tư 45/2023/TT-BTNMT"),),
                published=moment(-3),
            ),
        )
    )
    return archive


def found(archive: Archive, words: str, **asked: object) -> list[str]:
    return [hit.article.article.url for hit in search(archive.db, words, **asked)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("đa dạng sinh học", [1]),
        ("da dang sinh hoc", [1]),
        ("ĐA DẠNG SINH HỌC", [1]),
        ("đa da\u0323ng sinh ho\u0323c", [1]),
        ("da dang", [1, 2]),
        ("đa dạng", [1]),
        ("dai hoi dang bo", [1]),
        ('"đa dạng sinh học"', [1]),
        ('"da dang sinh hoc"', [1]),
        ('"dai hoi dang bo"', [1]),
        ('"sinh học đa dạng"', []),
        ("strasse", [3]),
        ("straße", [3]),
        ("lodz", [3]),
        ("do thi huong", [3]),
        ("đỗ thị hương", [3]),
        ("hop tac", [3]),
        ("le ky ket", [3]),
        ("45/2023/TT-BTNMT", [3]),
        ('"45/2023/TT-BTNMT"', [3]),
        ("sin*", [1]),
        ("sin", []),
        ("đầu tư", [2]),
        ("hội and nghị", []),
    ],
)
def test_words_find_their_articles(filled: Archive, words: str, numbers: list[int]) -> None:
    assert found(filled, words) == [url(number) for number in numbers]


@pytest.mark.parametrize("words", ["", "   ", "*", '"', '""', "(", "- ^ :", "\x00", '"*"'])
def test_nothing_to_look_for_finds_nothing(filled: Archive, words: str) -> None:
    assert found(filled, words) == []


@pytest.mark.parametrize(
    "words",
    [
        '"sinh học',
        "sinh AND",
        "NOT học",
        "sinh OR OR",
        "headline:sinh",
        "a*b",
        "(((sinh",
        "NEAR(a b)",
        "sinh^2",
        "'; drop",
    ],
)
def test_operators_and_loose_quotes_are_just_words(filled: Archive, words: str) -> None:
    search(filled.db, words)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text(alphabet='"*()-:^ANDORTđa ', max_size=20))
def test_nothing_anybody_types_is_an_error(filled: Archive, words: str) -> None:
    search(filled.db, words)
    search(filled.db, words, ranked=True)


def test_the_newest_come_first_and_the_best_when_asked(archive: Archive) -> None:
    archive.record(visit(article(1, headline="Rừng", lede="", body_text="rừng rừng", published=moment(-9))))
    archive.record(visit(article(2, headline="Biển", lede="", body_text="biển và rừng", published=moment(-1))))

    assert found(archive, "rừng") == [url(2), url(1)]
    assert found(archive, "rừng", ranked=True) == [url(1), url(2)]
    assert found(archive, "rừng", limit=1) == [url(2)]


def test_a_source_can_be_asked_for(filled: Archive) -> None:
    filled.record(visit(article(9, body_text=BODY), slug="vn-other"))

    assert found(filled, "đảng", source="vn-other") == [url(9)]
    assert found(filled, "đảng", source="vn-other", ranked=True) == [url(9)]


@pytest.mark.parametrize(
    ("words", "snippet"),
    [
        ("da dang", "Việt Nam bảo tồn ⟦đa⟧ ⟦dạng⟧ sinh học. Đại hội ⟦đảng⟧ bộ"),
        ("dat", "bàn về <b>& ⟦đất⟧ ngập nước</b>."),
    ],
)
def test_a_snippet_shows_the_words_where_they_stand(filled: Archive, words: str, snippet: str) -> None:
    assert snippet in search(filled.db, words)[0].snippet


def test_a_word_found_beside_the_text_is_shown_where_it_stands(filled: Archive) -> None:
    assert search(filled.db, "hương")[0].snippet == "Đỗ Thị ⟦Hương⟧"


def test_a_word_that_is_only_in_the_headline_leaves_the_beginning_as_snippet(filled: Archive) -> None:
    hit = search(filled.db, "thăm")[0]

    assert (hit.headline, hit.snippet) == ("Đi ⟦thăm⟧ Ba Lan", "Straße và Łódź")


def test_a_long_text_is_cut_around_the_first_hit(archive: Archive) -> None:
    archive.record(
        visit(article(1, lede="", body_text=" ".join([*(f"chữ{n}" for n in range(90)), "đích", *"abcdefghij" * 9])))
    )

    snippet = search(archive.db, "đích")[0].snippet

    assert snippet.startswith("… chữ82 ")
    assert "⟦đích⟧ a" in snippet
    assert snippet.endswith(" …")


def test_the_index_follows_an_edit_and_ignores_a_look(filled: Archive) -> None:
    later = NOON + timedelta(days=1)
    filled.record(
        visit(article(2, lede="", body_text="Hoàn toàn khác", headline="Đầu tư công", published=moment(-2)), at=later)
    )

    assert found(filled, "da dang") == [url(1)]
    assert found(filled, "hoàn toàn") == [url(2)]
    filled.db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")


@pytest.mark.parametrize("words", ["da dang sinh hoc", "đa dạng sinh học"])
def test_plain_sqlite_utils_finds_it_too(filled: Archive, words: str) -> None:
    command = [sys.executable, "-m", "sqlite_utils", "search", str(filled.path), "articles", words, "-c", "headline"]

    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert json.loads(printed) == [{"headline": "Hội nghị thường niên"}]
