"""Statutory instruments of the United Kingdom: "S.I. 2023/123", "SI 2023 No. 123", and Scotland's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.reading.schemes.found import Found, mentions

_YEAR = r"(?P<year>19[4-9]\d|20\d\d)"
# "S.I. No. 123 of 2023" is Irish.
_INSTRUMENT = re.compile(
    rf"(?<![\w.])(?:(?P<series>S\.? ?S\.? ?I\.?|S\.? ?I\.?)|[Ss]tatutory [Ii]nstruments?,?) "
    rf"{_YEAR}(?:/| ?\(?[Nn]o\.? ?)(?P<count>\d{{1,4}})(?![\w/]|\.\d)"
)


def find_british(text: str) -> Iterator[Found]:
    if not mentions(text, ("SI ", "I. ", "tatutory ")):
        return
    for match in _INSTRUMENT.finditer(text):
        scottish = (match["series"] or "").replace(".", "").replace(" ", "") == "SSI"
        yield Found(
            start=match.start(),
            end=match.end(),
            number=f"{'SSI' if scottish else 'SI'} {match['year']}/{int(match['count'])}",
            scheme="uk",
            kind="Scottish Statutory Instrument" if scottish else "Statutory Instrument",
            year=int(match["year"]),
        )
