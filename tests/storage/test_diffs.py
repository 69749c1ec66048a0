"""Two texts are compared paragraph by paragraph and word by word, exactly and in time."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.diffs import Effort, Piece, compare, compare_words, words

TEXTS = st.text(st.sampled_from("ab c\n.,3ộạ\u0323日ก\u0e31 \u00a0"), max_size=80) | st.text(max_size=40)


def marked(before: str, after: str) -> str:
    signs = {"same": "{}", "gone": "[-{}-]", "come": "{{+{}+}}"}
    return "".join(signs[one.kind].format(one.text) for one in compare_words(before, after))


def kinds(before: str, after: str) -> list[str]:
    return [piece.kind for piece in compare(before, after)]


@given(TEXTS, TEXTS)
def test_the_pieces_rebuild_both_texts(before: str, after: str) -> None:
    found = compare(before, after)

    assert "".join(piece.before for piece in found) == before
    assert "".join(piece.after for piece in found) == after


@given(TEXTS, TEXTS)
def test_the_segments_rebuild_both_texts(before: str, after: str) -> None:
    found = compare_words(before, after)

    assert "".join(one.text for one in found if one.kind != "come") == before
    assert "".join(one.text for one in found if one.kind != "gone") == after


@given(TEXTS)
def test_words_lose_nothing(text: str) -> None:
    assert "".join(words(text)) == text


@given(TEXTS)
def test_a_text_is_itself(text: str) -> None:
    assert {piece.kind for piece in compare(text, text)} <= {"same"}


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("giảm 3.500 tỷ", ["giảm", " ", "3.500", " ", "tỷ"]),
        ("đạt 12,5%.", ["đạt", " ", "12,5%", "."]),
        ("số 45/2023/TT-BTNMT,", ["số", " ", "45/2023/TT-BTNMT", ","]),
        ("日本の法", ["日", "本", "の", "法"]),
        ("กำลังที่", ["ก", "ำ", "ลั", "ง", "ที่"]),
        ("नई दिल्ली", ["नई", " ", "दिल्ली"]),
        ("o\u0302\u0323n", ["o\u0302\u0323n"]),
        ("don’t", ["don’t"]),
    ],
)
def test_words_are_what_people_would_point_at(text: str, cut: list[str]) -> None:
    assert words(text) == cut


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ("Hộ phải nộp thuế", "Hộ nên nộp thuế", "Hộ [-phải-]{+nên+} nộp thuế"),
        ("Hộ phải nộp thuế", "Hộ nên trả thuế", "Hộ [-phải nộp-]{+nên trả+} thuế"),
        ("chi 3.500 tỷ", "chi 3.700 tỷ đồng", "chi [-3.500-]{+3.700+} tỷ{+ đồng+}"),
        ("", "mới", "{+mới+}"),
        ("cũ", "", "[-cũ-]"),
        ("như nhau", "như nhau", "như nhau"),
    ],
)
def test_changes_are_told_word_by_word(before: str, after: str, seen: str) -> None:
    assert marked(before, after) == seen


def test_paragraphs_that_came_went_changed_and_stayed_are_told_apart() -> None:
    before = "Một đoạn ở lại.\n\nĐoạn này sẽ có một từ khác đi.\n\nĐoạn này mất hẳn."
    after = "Một đoạn ở lại.\n\nĐoạn này sẽ có hai từ khác đi.\n\nHoàn toàn mới mẻ ở đây"

    assert kinds(before, after) == ["same", "changed", "gone", "come"]


def test_a_moved_paragraph_is_told_as_moved() -> None:
    a, b, c, d = "Đoạn thứ nhất.\n\n", "Đoạn thứ hai.\n\n", "Đoạn thứ ba.\n\n", "Đoạn thứ tư.\n\n"

    found = compare(a + b + c + d, b + c + a + d)

    assert [(piece.kind, (piece.before or piece.after).strip()) for piece in found if piece.kind != "same"] == [
        ("left", a.strip()),
        ("moved", a.strip()),
    ]


def test_blanks_alone_leave_a_paragraph_the_same() -> None:
    [piece] = compare("hai  từ\u00a0đây", "hai từ đây")

    assert piece.kind == "same"
    assert (piece.before, piece.after) == ("hai  từ\u00a0đây", "hai từ đây")


def prose(number: int, *, seed: int, line: int) -> str:
    chance = random.Random(seed)
    return "".join(f"từ{chance.randrange(3000)}" + ("\n\n" if i % line == line - 1 else " ") for i in range(number))


def seconds(before: str, after: str) -> float:
    begun = time.process_time()
    found = compare(before, after)
    assert "".join(piece.before for piece in found) == before
    assert "".join(piece.after for piece in found) == after
    return time.process_time() - begun


LONG = prose(50_000, seed=1, line=90)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LONG, LONG.replace("từ7 ", "khác ")),
        (LONG, prose(50_000, seed=2, line=90)),
        (LONG.replace("\n\n", " "), LONG.replace("\n\n", " ").replace("từ17 ", "khác ")),
        (prose(50_000, seed=1, line=10**9), prose(50_000, seed=2, line=10**9)),
        ("a b " * 25_000, "b a " * 25_000),
        ("a\n\n" * 25_000, "b\n\na\n\n" * 25_000),
        ("\n\n".join(f"đoạn {i}" for i in range(9_000)), "\n\n".join(f"đoạn {i}" for i in reversed(range(9_000)))),
        ("x" * 10_000_000, "y" * 10_000_000),
        ("x y " * 400_000, "y x z " * 100_000),
    ],
)
def test_long_texts_are_compared_in_time(before: str, after: str) -> None:
    assert seconds(before, after) < 3


def test_what_cannot_be_afforded_is_told_as_a_whole() -> None:
    assert [one.kind for one in compare_words("một hai", "một ba", Effort(1))] == ["gone", "come"]


def test_pieces_know_both_sides() -> None:
    [piece] = compare("một hai", "một ba")

    assert isinstance(piece, Piece)
    assert (piece.kind, piece.before, piece.after) == ("changed", "một hai", "một ba")
