"""Addresses that count their pages or rows, and the one after them; for APIs and pagers."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_PAGES = (
    "page",
    "paged",
    "p",
    "pg",
    "pageindex",
    "pagenumber",
    "pageno",
    "trang",
    "currentpage",
    "seite",
    "pagina",
    "cur",
)
_OFFSETS = ("offset", "start", "skip", "from", "startindex", "limitstart", "first")
_CURSORS = ("cursor", "token", "pagetoken", "after", "continuationtoken", "nextcursor")
_COUNTING_PATH = re.compile(r"([^?]+/)(\d{1,5})(/|\.html?|\.json)?")
_SIZES = ("perpage", "limit", "count", "pagesize", "rows", "size", "delta", "per")


class Advanced(NamedTuple):
    url: str
    seen: int
    """Rows shown up to and with the page before it."""


def advanced(url: str, *, rows: int) -> Advanced | None:
    """Return the address that follows one which showed ``rows`` rows; None when it counts nothing or was not full."""
    parts = urlsplit(url)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    size = next((int(value) for key, value in asked if _plain(key) in _SIZES and value.isdigit()), 0)
    at = next((n for n, (key, value) in enumerate(asked) if _plain(key) in _PAGES + _OFFSETS and value.isdigit()), -1)
    if not rows or rows < size:
        return None
    if at < 0:
        return _by_path(url, rows)
    if len(asked[at][1]) > 9:
        return None
    key, count = asked[at][0], int(asked[at][1])
    step = size or rows
    by_page = _plain(key) in _PAGES
    asked[at] = (key, str(count + 1 if by_page else count + step))
    seen = count * step if by_page else count + step
    return Advanced(urlunsplit(parts._replace(query=urlencode(asked))), seen)


def page_of(url: str) -> int:
    """Return the number of the page an address asks for; 0 when it names none."""
    asked = parse_qsl(urlsplit(url).query)
    return next((int(value) for key, value in asked if _plain(key) in _PAGES and value.isdigit() and len(value) < 9), 0)


def continued(url: str, cursor: Any) -> str | None:
    """Return the address with another ``cursor``, "" when there is no more, None when the address has none to replace."""
    parts = urlsplit(url)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if not any(_plain(key) in _CURSORS for key, _ in asked):
        return None
    if not isinstance(cursor, (str, int)) or isinstance(cursor, bool) or cursor == "":
        return ""
    asked = [(key, str(cursor) if _plain(key) in _CURSORS else value) for key, value in asked]
    return urlunsplit(parts._replace(query=urlencode(asked)))


def _by_path(url: str, rows: int) -> Advanced | None:
    found = _COUNTING_PATH.fullmatch(url)
    if not found:
        return None
    return Advanced(f"{found[1]}{int(found[2]) + 1}{found[3] or ''}", int(found[2]) * rows)


def _plain(key: str) -> str:
    """ "_101_INSTANCE_x_cur" counts as "cur" does."""
    return re.sub(r"[_\-\[\]]", "", key.rpartition("_")[2] if key.startswith("_") else key).lower()
