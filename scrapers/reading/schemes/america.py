"""Documents of the United States: Federal Register, Code of Federal Regulations, public laws, the Code, executive orders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.reading.schemes.found import Found, mentions
from scrapers.reading.schemes.signing import NAMED_DAY, named_day

_REGISTER = re.compile(
    r"(?<![\w.,/-])(?P<volume>\d{1,3}) (?:(?P<short>FR)|Fed\. ?Reg\.|F\.R\.) (?P<page>\d{1,3},\d{3}|\d{1,6})(?![\w/]|[.,]\d)"
)
_FILED = re.compile(r"\bFR Doc\.? ?(?:No\.?:? ?)?(?P<year>(?:19|20)\d\d)[-–](?P<count>\d{4,6})(?![\w-])")
_CODE = re.compile(
    r"(?<![\w.,/-])(?P<title>[1-9]\d?) C\.?F\.?R\.? (?P<mark>[Pp]arts?|[Pp]ts?\.|§§?|[Ss]ections?|[Ss]ec\.)? ?"
    r"(?P<place>\d{1,4}(?:\.\d{1,5}[a-z]?(?:-\d{1,3}[A-Za-z]?)?)?)(?P<more>(?:(?:,| and|, and| &) \d{1,4}\b(?![.,]?\d| \w+ (?:and|of)))*)"
)
_LAW = re.compile(
    r"\b(?:Public Law|Pub\. ?L\.|P\.L\.)(?: ?[Nn]o\.?| Number)? ?(?P<congress>\d{2,3})[-–‑](?P<count>\d{1,4})(?![\w-])"
)
_STATUTE = re.compile(
    r"(?<![\w.,/-])(?P<title>[1-9]\d?) U\.? ?S\.? ?C\.?(?:A\.)? (?:§§? ?|[Ss]ections? |[Ss]ec\. )?"
    r"(?P<place>\d{1,5}[a-z]{0,3}(?:-\d{1,3}[a-z]?)?)(?![\w/-]|[.,]\d)"
)
_ORDER = re.compile(
    r"\b(?:Executive Orders?|Exec\. Order|E\.O\.|EO)(?: \([A-Z.]+\))?(?: [Nn]o\.?| [Nn]umber)? ?(?P<count>1[0-6],?\d{3})(?![\w-]|,\d)"
)
_WHEN = re.compile(rf",? ?\(?(?:of |dated |signed on |issued on )?{NAMED_DAY}")
_FIRST_VOLUME = 1935
_LAST_TITLE = {"CFR": 50, "USC": 54}


def find_american(text: str) -> Iterator[Found]:
    if mentions(text, ("FR ", "F.R.", "Fed. ", "Fed.R")):
        yield from _register(text)
    if mentions(text, ("CFR ", "F.R. ")):
        yield from _regulations(text)
    if mentions(text, ("Public Law", "Pub. L", "Pub.L", "P.L.")):
        yield from _laws(text)
    if mentions(text, ("USC", "U.S.C", "U. S. C", "U.S. C")):
        yield from _statutes(text)
    if mentions(text, ("Executive Order", "Exec. Order", "E.O.", "EO ")):
        yield from _orders(text)


def _register(text: str) -> Iterator[Found]:
    for match in _REGISTER.finditer(text):
        volume, page = int(match["volume"]), int(match["page"].replace(",", ""))
        # "FR" is also French, or France: only what looks like one of the later volumes is believed.
        if page and 1 <= volume <= 120 and not (match["short"] and (volume < 30 or page < 100)):
            yield Found(
                start=match.start(),
                end=match.end(),
                number=f"{volume} FR {page}",
                scheme="us",
                kind="Federal Register",
                year=_FIRST_VOLUME + volume,
            )
    for match in _FILED.finditer(text):
        yield Found(
            start=match.start(),
            end=match.end(),
            number=f"FR Doc. {match['year']}-{match['count']}",
            scheme="us",
            kind="Federal Register",
            year=int(match["year"]),
        )


def _regulations(text: str) -> Iterator[Found]:
    for match in _CODE.finditer(text):
        title = int(match["title"])
        # A bare number behind "CFR" could be anything; a part is called one.
        if title > _LAST_TITLE["CFR"] or not (match["mark"] or "." in match["place"]):
            continue
        yield _regulation(title, match["place"], match.start(), match.end("place"))
        if (match["mark"] or "").casefold() == "parts":
            for more in re.finditer(r"\d+", match["more"]):
                yield _regulation(title, more[0], match.start("more") + more.start(), match.start("more") + more.end())


def _regulation(title: int, place: str, start: int, end: int) -> Found:
    return Found(
        start=start,
        end=end,
        number=f"{title} CFR {place}" if "." in place else f"{title} CFR Part {place}",
        scheme="us",
        kind="Code of Federal Regulations",
    )


def _laws(text: str) -> Iterator[Found]:
    for match in _LAW.finditer(text):
        if 57 <= int(match["congress"]) <= 150 and int(match["count"]):
            number = f"Public Law {int(match['congress'])}-{int(match['count'])}"
            yield Found(
                start=match.start(), end=match.end(), number=number, scheme="us", kind="Public Law", issuer="Congress"
            )


def _statutes(text: str) -> Iterator[Found]:
    for match in _STATUTE.finditer(text):
        if int(match["title"]) <= _LAST_TITLE["USC"]:
            number = f"{int(match['title'])} USC {match['place']}"
            yield Found(start=match.start(), end=match.end(), number=number, scheme="us", kind="United States Code")


def _orders(text: str) -> Iterator[Found]:
    for match in _ORDER.finditer(text):
        when = _WHEN.match(text, match.end())
        signed = named_day(when) if when else None
        yield Found(
            start=match.start(),
            end=match.end(),
            number=f"Executive Order {match['count'].replace(',', '')}",
            scheme="us",
            kind="Executive Order",
            year=signed.year if signed else None,
            issuer="President",
            signed=signed,
        )
