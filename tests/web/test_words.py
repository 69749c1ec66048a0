"""Dates, sizes and differences in words."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from web import dates, diffs
from web.rendering import size


@pytest.mark.parametrize(
    ("hours", "words"), [(0, "UTC"), (7, "UTC+7"), (-3.5, "UTC−3:30"), (5.75, "UTC+5:45"), (-11, "UTC−11")]
)
def test_offsets_in_words(hours: float, words: str) -> None:
    assert dates.offset(datetime(2023, 9, 1, tzinfo=timezone(timedelta(hours=hours)))) == words


def test_dates_in_words() -> None:
    at = datetime(2023, 8, 24, 8, 5, tzinfo=UTC)

    assert dates.weekday(date(2023, 8, 24)) == "Thursday, 24 August 2023"
    assert dates.minute(at) == "24 August 2023, 08:05"
    assert dates.minute(dates.local(at, "Asia/Ho_Chi_Minh")) == "24 August 2023, 15:05"
    assert dates.local(at, "Nowhere/At all") == at
    assert dates.local(at, "../etc") == at


@pytest.mark.parametrize(("count", "words"), [(10, "10 bytes"), (641_204, "626 KB"), (2 * 1024 * 1024, "2.0 MB")])
def test_sizes_in_words(count: int, words: str) -> None:
    assert size(count) == words


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        ("một hai", "một hai", "một hai"),
        ("đạt 54%, thấp", "đạt 57%, thấp", "đạt <del>54%</del><ins>57%</ins>, thấp"),
        ("", "mới", "<ins>mới</ins>"),
        ("cũ", "", "<del>cũ</del>"),
        ("a <b>", "a <i>", "a &lt;<del>b</del><ins>i</ins>&gt;"),
        ("số 12/2023/TT-BTD.", "số 13/2023/TT-BTD.", "số <del>12/2023/TT-BTD</del><ins>13/2023/TT-BTD</ins>."),
    ],
)
def test_differences_are_marked_word_by_word(before: str, after: str, html: str) -> None:
    assert str(diffs.difference(before, after)) == html


def test_a_word_behind_a_very_long_text_is_marked_alone() -> None:
    long = "từ " * 30_000

    assert str(diffs.difference(long, f"{long}mới")) == f"{long}<ins>mới</ins>"
    assert "<" not in diffs.difference(long, long)


def test_a_paragraph_that_moved_is_marked_as_moved() -> None:
    marked = str(diffs.difference("a\n\nb\n\nc", "b\n\na\n\nc"))

    assert marked.count('class="moved"') == 2
    assert marked.endswith("c")


def test_blanks_alone_mark_nothing() -> None:
    assert str(diffs.difference("hai  từ", "hai từ")) == "hai từ"
