"""What docs/data.md says of tables, views and columns, for whoever hands them on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parent / "data.md"
"""A link to the page in docs/; an installed Bantin has the page itself here."""


@cache
def columns(name: str) -> dict[str, str]:
    """Return a table's or view's columns with what they hold; empty when the page says nothing of it."""
    return dict(re.findall(r"^\| `(\w+)` \| (\S.*?) \|$", _section(name), re.MULTILINE))


@cache
def introduction(name: str) -> str:
    """Return the sentences above the columns."""
    before = _section(name).partition("| column")[0]
    return _plain(before)


def of_column(name: str, column: str) -> str:
    return _plain(columns(name).get(column, ""))


def _section(name: str) -> str:
    found = re.search(rf"^### `{name}`\n(.*?)(?=^##|\Z)", _page(), re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


@cache
def _page() -> str:
    return PAGE.read_text("utf-8")


def _plain(text: str) -> str:
    """Links become their words, and lines one line."""
    return " ".join(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text).split())
