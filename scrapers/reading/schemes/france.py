"""French texts: "loi n° 2021-1104 du 22 août 2021", "NOR : TREL2401234A", the Journal officiel."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.reading.schemes.found import Found, mentions
from scrapers.reading.schemes.signing import NAMED_DAY, named_day

_KINDS = {
    "loi": "Loi",
    "loi organique": "Loi organique",
    "loi constitutionnelle": "Loi constitutionnelle",
    "décret": "Décret",
    "décret-loi": "Décret-loi",
    "ordonnance": "Ordonnance",
}
_NO = r"[nN](?:°|º|o\.?|\.) ?"
_TEXT = re.compile(
    r"\b(?P<kind>[Ll]oi(?: organique| constitutionnelle)?|LOI|[Dd]écret(?:-loi)?|DÉCRET|[Oo]rdonnance)"
    rf"(?: (?!{_NO}\d)[^\W\d_][\w’'-]*){{0,5}} {_NO}(?P<number>(?P<year>(?:19|20)\d\d|[4-9]\d)[-‑–][1-9]\d{{0,4}})(?![\w/-])(?: du {NAMED_DAY})?"
)
_NOR = re.compile(r"\bNOR ?: ?(?P<number>(?P<office>[A-Z]{3})[A-Z](?P<year>\d\d)\d{5}(?P<type>[A-Z]))(?!\w)")
_NOR_KINDS = {"A": "Arrêté", "D": "Décret", "L": "Loi", "R": "Ordonnance", "C": "Circulaire", "J": "Instruction"}
_JOURNAL = re.compile(rf"\b(?:JORF|JO|Journal officiel) {_NO}(?P<count>\d{{1,4}}) du {NAMED_DAY}")


def find_french(text: str) -> Iterator[Found]:
    for match in _TEXT.finditer(text) if mentions(text, _NUMBERED) and mentions(text, _NAMED) else ():
        yield from _text(match)
    for match in _NOR.finditer(text) if "NOR" in text else ():
        year = int(match["year"])
        yield Found(
            start=match.start("number"),
            end=match.end("number"),
            number=match["number"],
            scheme="fr",
            kind=_NOR_KINDS.get(match["type"], ""),
            year=year + (1900 if year > 86 else 2000),
            issuer=match["office"],
        )
    for match in _JOURNAL.finditer(text) if "JO" in text or "Journal officiel" in text else ():
        day = named_day(match)
        if day:
            yield Found(
                start=match.start(),
                end=match.end(),
                number=f"JORF n° {int(match['count'])}/{day.year}",
                scheme="fr",
                kind="Journal officiel",
                year=day.year,
            )


_NUMBERED = (" n°", " n °", " no ", " no. ", " nº", " n. ", " N°")
_NAMED = ("loi ", "Loi ", "LOI ", "écret", "ÉCRET", "rdonnance")


def _text(match: re.Match[str]) -> Iterator[Found]:
    """One number stands for one text whatever its kind; a day of another year says that it is no French number."""
    year = int(match["year"]) + (1900 if len(match["year"]) == 2 else 0)
    signed = named_day(match) if match["y_d"] or match["y_day"] else None
    if not signed or signed.year == year:
        yield Found(
            start=match.start(),
            end=match.end("number"),
            number=re.sub("[‑–]", "-", match["number"]),
            scheme="fr",
            kind=_KINDS[match["kind"].lower()],
            year=year,
            signed=signed,
        )
