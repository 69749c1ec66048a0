import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text import FORBIDDEN, clean, line, teaser

DIRTY = "\x00\x0b\x1f\x7f\x92\ufffe\uffff\ud800\ufeff\u202e\U0001fffe"


@pytest.mark.parametrize("dirt", DIRTY, ids=lambda dirt: f"U+{ord(dirt):04X}")
def test_what_xml_or_readers_cannot_bear_is_taken_out(dirt: str) -> None:
    assert clean(f"Bộ{dirt} Y tế") == "Bộ Y tế"


def test_text_is_composed_and_its_lines_stay() -> None:
    assert clean(unicodedata.normalize("NFD", "Bộ Y tế\r\nThông báo\r")) == "Bộ Y tế\nThông báo\n"


def test_other_scripts_and_directions_survive() -> None:
    text = "وزارة الصحة 保健省 กระทรวง \u200fx\u200e 👩\u200d⚕️ A & B <đợt 2>"

    assert line(text) == text


def test_a_line_has_single_spaces_and_nothing_invisible() -> None:
    assert line("  Bộ\u00a0 Y\u200b\n tế\u3000") == "Bộ Y tế"


def test_a_title_of_megabytes_keeps_its_beginning() -> None:
    long = line("Thông báo " * 600_000)

    assert len(long) == 500
    assert long.startswith("Thông báo Thông báo")
    assert long.endswith("…")


def test_a_teaser_ends_with_a_sentence() -> None:
    assert teaser("Một. Hai! Ba? Bốn.") == "Một. Hai! Ba?"
    assert teaser("Một câu. " + "từ " * 400 + ".", 100) == "Một câu."


def test_a_teaser_without_sentences_is_cut() -> None:
    assert teaser("từ " * 400, 50) == f"{'từ ' * 16}t…"


def test_a_teaser_cannot_be_taken_for_markup() -> None:
    assert teaser("Mẫu <script> và <đợt 2> & </b>") == "Mẫu ‹script> và <đợt 2> & ‹/b>"


@given(st.text(alphabet=st.characters(codec=None)))
def test_whatever_comes_in_a_feed_can_hold_what_comes_out(text: str) -> None:
    for out in (clean(text), line(text), teaser(text)):
        assert not FORBIDDEN.search(out)
        assert unicodedata.is_normalized("NFC", out)
        out.encode("utf-8")
    assert line(line(text)) == line(text)
