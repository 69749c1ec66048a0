"""Statutory instruments of the United Kingdom: "S.I. 2023/123", "SI 2023 No. 123", and Scotland's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.reading.schemes.found import Found, mentions

_YEAR = r"(?P<year>19[4-9]\d|20\d\d)"
_INSTRUMENT = re.compile(
    rf"(?<![\w.])(?:(?P<series>S\.? ?S\.? ?I\.?|S\.? ?I\.?)|[Ss]tatutory [Ii]nstruments?,?) "
    rf"(?:{_YEAR}(?:/| ?\(?[Nn]o\.? ?)(?P<count>\d{{1,4}})|[Nn]o\.? ?(?P<first>\d{{1,4}}) of (?P<of>19[4-9]\d|20\d\d))(?![\w/]|\.\d)"
)


def find_british(text: str) -> Iterator[Found]:
    if not mentions(text, ("SI ", "I. ", "tatutory ")):
        return
    for match in _INSTRUMENT.finditer(text):
        scottish = (match["series"] or "").replace(".", "").replace(" ", "") == "SSI"
        year, count = match["year"] or match["of"], match["count"] or match["first"]
        yield Found(
            start=match.start(),
            end=match.end(),
            number=f"{'SSI' if scottish else 'SI'} {year}/{int(count)}",
            scheme="uk",
            kind="Scottish Statutory Instrument" if scottish else "Statutory Instrument",
            year=int(year),
        )
