import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
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


def test_yes_is_a_word_and_no_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"a": True, "b": False, "c": 0}], json=False)

    assert capsys.readouterr().out == "a\tb\tc\nyes\t\t0\n"


def on_a_terminal(rows: list[dict[str, object]], *, columns: int, sparing: tuple[str, ...] = ()) -> list[str]:
    """The lines that ``show`` prints on a terminal of this width."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 50, columns, 0, 0))
    code = f"from printing import show; show({rows!r}, json=False, sparing={sparing!r})"
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**environment, "TERM": "xterm"}, stdin=theirs, stdout=theirs, check=True
    )
    assert done.returncode == 0
    os.close(theirs)
    text = os.read(ours, 100_000).decode()
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()


def test_a_terminal_of_eighty_columns_leaves_room_for_the_reason() -> None:
    why = "the listing https://example.gov.vn/tin-tuc holds no rows any more; look at it"
    row = {"source": "vn-xaydungchinhsach", "state": "changed", "why": why, "new_24h": 12}
    lines = on_a_terminal([{**row, "last_good": "1 h 30 min ago", "next": "in 42 min"}], columns=80)

    assert max(map(len, lines)) <= 80 and len(lines) <= 8
    assert "vn-xaydungchinhsach  changed  the listing" in lines[2]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_an_address_is_never_broken(columns: int) -> None:
    address = "https://news.example.org/feeds/vn-baochinhphu.chi-dao-quyet-dinh-cua-chinh-phu.atom"

    lines = on_a_terminal([{"title": "Chính phủ Việt Nam: Chỉ đạo, quyết định", "atom": address}], columns=columns)

    assert any(line.rstrip().endswith(f"  {address}") for line in lines)


def test_a_terminal_is_spared_columns_that_are_often_empty() -> None:
    rows: list[dict[str, object]] = [{"field": "headline", "printed": "", "others": "x"}]

    assert on_a_terminal(rows, columns=80, sparing=("printed", "others"))[0].split() == ["FIELD", "OTHERS"]
    assert on_a_terminal(rows, columns=80)[0].split() == ["FIELD", "PRINTED", "OTHERS"]


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
