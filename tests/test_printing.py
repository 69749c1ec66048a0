import json
from datetime import UTC, datetime, timedelta

import pytest

from health import spell
from printing import ago, as_json, show

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_json_keeps_vietnamese_readable() -> None:
    assert as_json({"headline": "Đa dạng sinh học"}) == '{\n  "headline": "Đa dạng sinh học"\n}'


def test_rows_are_tab_separated_lines_when_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"a": 1, "b": None, "c": ("x", "y")}, {"a": "two\nlines", "b": NOW, "c": ()}], json=False)

    out = capsys.readouterr().out
    assert out == "a\tb\tc\n1\t\tx, y\ntwo lines\t2026-11-24T12:00:00+00:00\t\n"


def test_json_holds_every_field_whatever_the_table_shows(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"a": 1, "b": 2}], json=True, columns=("a",))

    assert json.loads(capsys.readouterr().out) == [{"a": 1, "b": 2}]


def test_nothing_to_show_is_said_beside_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    show([], json=False, empty="Nothing yet.")

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Nothing yet.\n")


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(minutes=90), "1 h 30 min"),
        (timedelta(days=2, hours=3, minutes=4), "2 d 3 h"),
    ],
)
def test_spans_are_spelt_in_their_two_largest_units(span: timedelta, text: str) -> None:
    assert spell(span) == text


def test_moments_are_told_from_now() -> None:
    assert ago(None, NOW) == "never"
    assert ago(NOW - timedelta(minutes=4), NOW) == "4 min ago"
    assert ago(NOW + timedelta(minutes=42, seconds=10), NOW) == "in 42 min"
