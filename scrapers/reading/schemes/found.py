"""What a scheme's finder finds in a text: for the reader of cited documents."""

from __future__ import annotations

from datetime import date
from typing import Literal

from scrapers.items import Record

Scheme = Literal["vn", "eu", "uk", "us", "fr", "de"]


class Found(Record, frozen=True, kw_only=True):
    """A document's number and the stretch of text that names it."""

    start: int
    end: int
    number: str
    scheme: Scheme
    kind: str = ""
    year: int | None = None
    issuer: str = ""
    signed: date | None = None


def mentions(text: str, marks: tuple[str, ...]) -> bool:
    """Whether ``text`` has any of the marks without which a scheme's patterns need not be tried."""
    return any(mark in text for mark in marks)
