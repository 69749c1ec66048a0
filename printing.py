"""How the command talks: data on stdout (tables on a terminal, tab-separated or JSON elsewhere), talk on stderr."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import click
import msgspec
from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table

from health import spell

Row = Mapping[str, object]

_ADDRESSES = ("atom", "homepage")
"""Columns of addresses, which are never broken; a table has one at most, and has it last."""
_WHOLE = ("source", "number", "state", "layout", "followed")
_ROOMY = 100
_NARROW = {"new_24h": 4, "last_good": 8, "next": 8}
"""How wide these may be on a terminal that is not roomy, for the words beside them."""
_UNLIMITED = 10_000
MARKS = "⟦⟧"
_UNMARKED = dict.fromkeys(map(ord, MARKS))
_COLOURED = {ord(MARKS[0]): "[bold yellow]", ord(MARKS[1]): "[/bold yellow]"}
_STATES = {"fine": "green", "new": "cyan", "present": "green", "withdrawn": "red", "missing": "yellow"}


def say(sentence: str) -> None:
    """Tell the person something that is not data."""
    click.echo(sentence, err=True)


def as_json(value: object, *, indent: int = 2) -> str:
    """Return JSON in UTF-8 with Vietnamese left readable; times are ISO 8601."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode()


def line(value: object) -> str:
    """Return JSON on one line."""
    return msgspec.json.encode(value).decode()


def show(
    rows: Sequence[Row],
    *,
    json: bool,
    empty: str = "",
    columns: Iterable[str] = (),
    sparing: Iterable[str] = (),
    marked: Collection[str] = (),
) -> None:
    """Print rows: JSON when asked for, a table on a terminal, else tab-separated lines with a heading.

    ``columns`` picks what a table shows; JSON always holds everything. ``empty`` is said when there is nothing.
    A terminal is spared the columns in ``sparing`` that are empty in every row. In the columns in ``marked``, what
    stands between MARKS is shown in colour on a terminal, and as it is elsewhere.
    """
    if json:
        click.echo(as_json(rows))
    elif not rows:
        if empty:
            say(empty)
    else:
        names = list(columns) or list(rows[0])
        if sys.stdout.isatty():
            unused = {name for name in sparing if not any(row.get(name) for row in rows)}
            _table(rows, [name for name in names if name not in unused], marked)
        else:
            _lines(rows, names, marked)


def ago(moment: datetime | None, now: datetime) -> str:
    """Spell how long ago, or how far ahead, a moment is; "never" for None."""
    if moment is None:
        return "never"
    span = now - moment
    if span < timedelta(0):
        return f"in {_short(-span)}"
    return f"{_short(span)} ago"


def _short(span: timedelta) -> str:
    return " ".join(spell(span).split()[:2])


def _table(rows: Sequence[Row], names: Sequence[str], marked: Collection[str]) -> None:
    console = Console()
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in names:
        table.add_column(
            name.replace("_", " ").upper(),
            overflow="ignore" if name in _ADDRESSES else "fold",
            no_wrap=name in (*_WHOLE, *_ADDRESSES),
            max_width=_NARROW.get(name) if console.width < _ROOMY else None,
        )
    for row in rows:
        table.add_row(*(_cell(name, row.get(name), marked=name in marked) for name in names))
    if not set(_ADDRESSES).isdisjoint(names):
        # Rather a line that the terminal wraps than an address that cannot be clicked or copied.
        unlimited = console.options.update(max_width=_UNLIMITED)
        width = max(console.width, Measurement.get(console, unlimited, table).minimum)
        console = Console(width=width, height=console.height)
    console.print(table)


def _lines(rows: Sequence[Row], names: Sequence[str], marked: Collection[str]) -> None:
    click.echo("\t".join(names))
    for row in rows:
        texts = (_text(row.get(name)).translate(_UNMARKED if name in marked else {}) for name in names)
        click.echo("\t".join(" ".join(text.split()) for text in texts))


def _cell(name: str, value: object, *, marked: bool) -> str:
    text = escape(_text(value))
    if name == "state":
        colour = _STATES.get(text, "red")
        return f"[{colour}]{text}[/{colour}]"
    return text.translate(_COLOURED) if marked else text


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return str(value)
