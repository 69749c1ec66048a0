"""The German Bundesgesetzblatt: "BGBl. 2023 I Nr. 88", and "BGBl. I S. 1234" of before 2023."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from scrapers.reading.schemes.found import Found
from scrapers.reading.schemes.signing import NAMED_DAY, named_day

_GAZETTE = re.compile(
    r"\bBGBl\.? ?(?P<before>(?:19|20)\d\d )?(?:Teil )?(?P<part>III|II|I)(?P<after>,? (?:19|20)\d\d)?,? ?"
    r"(?:Nr\. ?(?P<count>\d{1,4})(?![\d/])(?:,? (?:S\.|Seite) ?(?P<page>\d{1,5}))?(?: vom \d\d?\.\d\d?\.(?P<day_of>(?:19|20)\d\d))?|(?:S\.|Seite) ?(?P<alone>\d{1,5}))(?![\w/])"
)
_LAW = re.compile(
    r"(?P<kind>\b[^\W\d]{0,40}(?:[gG]esetz(?:es)?|[vV]erordnung|[bB]ekanntmachung))\b[^.;()]{0,100}\bvom "
    rf"(?:{NAMED_DAY}|(?P<day2>\d{{1,2}})\. ?(?P<m2>\d{{1,2}})\. ?(?P<y2>(?:19|20)\d\d))(?: \(|, )$"
)


def find_german(text: str) -> Iterator[Found]:
    for match in _GAZETTE.finditer(text) if "BGBl" in text else ():
        law = _LAW.search(text, max(match.start() - 200, 0), match.start())
        signed = _signed(law) if law else None
        stated = match["before"] or match["after"] or match["day_of"]
        # The year is left out when it is that of the day before the bracket.
        year = int(stated.strip(", ")) if stated else signed.year if signed else None
        yield Found(
            start=match.start(),
            end=match.end(),
            number=_number(match, year),
            scheme="de",
            kind=_kind(law["kind"]) if law else "",
            year=year,
            signed=signed,
        )


def _number(match: re.Match[str], year: int | None) -> str:
    page = match["page"] or match["alone"]
    place = f"S. {page}" if page and not (year and year >= 2023 and match["count"]) else f"Nr. {match['count']}"
    return f"BGBl. {year} {match['part']} {place}" if year else f"BGBl. {match['part']} {place}"


def _signed(law: re.Match[str]) -> date | None:
    if not law["y2"]:
        return named_day(law)
    try:
        return date(int(law["y2"]), int(law["m2"]), int(law["day2"]))
    except ValueError:
        return None


def _kind(word: str) -> str:
    word = word.casefold()
    return "Gesetz" if "gesetz" in word else "Verordnung" if "verordnung" in word else "Bekanntmachung"
