"""Acts of the European Union, by their CELEX number however they are named: "Regulation (EU) 2016/679", "Richtlinie 95/46/EG"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.reading.schemes.found import Found
from scrapers.reading.schemes.signing import NAMED_DAY, named_day

# CELEX letter → what the act is called in English, and how its name begins in other languages.
_ACTS = (
    ("F", "Framework Decision", r"[Ff]ramework [Dd]ecision|[Dd]écision-cadre|Rahmenbeschluss(?:es)?"),
    (
        "R",
        "Regulation",
        r"[Rr]egulations?|[Rr]èglements?|(?:\w*v|V)erordnung(?:en)?|[Rr]eglamentos?|[Rr]egolament[oi]|VO",
    ),
    ("L", "Directive", r"[Dd]irectives?|(?:\w*r|R)ichtlinien?|[Dd]irectivas?|[Dd]irettiv[ae]|RL"),
    ("D", "Decision", r"[Dd]ecisions?|[Dd]écisions?|(?:\w*b|B)eschl(?:uss(?:es)?|üsse)|Entscheidung(?:en)?"),
    ("H", "Recommendation", r"[Rr]ecommendations?|[Rr]ecommandations?|Empfehlung(?:en)?"),
)
_ACT = "|".join(rf"(?P<{letter}>{words})" for letter, _, words in _ACTS)
_BODIES = "EU|UE|EC|CE|EG|EEC|CEE|EWG|Euratom|CFSP|PESC|GASP|JHA|JAI|JI"
_NO = r"(?:(?P<no>No|no|n°|nº|n\.|Nr|nr|Nos|nos)\.? ?)?"
_PAIR = r"(?P<one>\d{1,4})/(?P<two>\d{1,4})"
_NAMED = re.compile(
    rf"\b(?:{_ACT})(?: d’exécution| d'exécution| déléguée?s?)? "
    rf"(?:(?:\((?:{_BODIES})(?:, ?Euratom)?\)|(?:{_BODIES})) {_NO}{_PAIR}(?!\d|/)|"
    rf"{_NO.replace('no>', 'No>')}{_PAIR.replace('one', 'One').replace('two', 'Two')}/(?:{_BODIES})\b)"
)
_MARKED = re.compile(
    rf"\((?:{_BODIES})\) {_NO}{_PAIR}(?!\d|/)|(?<![\w/.-])(?P<One>\d{{2}}|(?:19|20)\d\d)/(?P<Two>\d{{1,4}})/(?:EU|UE|EC|CE|EG|EEC|CEE|EWG)\b(?!/)"
)
_CELEX = re.compile(
    r"(?<![\w/.-])(?P<celex>[02356](?:19|20)\d\d(?P<type>[A-Z]{1,2})\d{4})(?:-\d{8}|\(\d\d\))?(?![\w/])"
)
_LETTERS = tuple(letter for letter, _, _ in _ACTS)
_BRACKET = re.compile(rf"\((?:{_BODIES})[),]")
_STROKE = re.compile(rf"/(?:{_BODIES})\b")
_BARE = re.compile(r" (?:EU|UE|EG|CE|EC) (?:n|N|\d)")
_PLAIN_CELEX = re.compile(r"3(?:19|20)\d\d[RLDFH]|0(?:19|20)\d\d[RLDFH]\d{4}-")
_LIST = re.compile(r"(?:,|,? and|,? or|,? und|,? oder| et| ou| y| e| &) $")
_FROM = re.compile(r"\b(?:Commission|Council)\b(?= (?:\w+ )?$)|(?<=\b)(?:European Parliament and Council)(?= $)")
_OF = re.compile(
    r"(?:,? (?:of|by) the (?P<en>European Parliament and of the Council|Council|Commission)"
    r"|,? (?:du|de la) (?P<fr>Parlement européen et du Conseil|Conseil|Commission)"
    r"|,? (?:der|des) (?P<de>Europäischen Parlaments und des Rate?s|Rate?s|Kommission))?"
    rf"(?:,? (?:of|du|vom|dated) {NAMED_DAY})?"
)
_ISSUERS = {
    "Conseil": "Council",
    "Rates": "Council",
    "Rats": "Council",
    "Kommission": "Commission",
    "Commission": "Commission",
    "Council": "Council",
}


def find_european(text: str) -> Iterator[Found]:
    """Yield acts of the Union; those named without their kind get the kind of the same number elsewhere in ``text``."""
    if _BRACKET.search(text) or _STROKE.search(text) or _BARE.search(text):
        yield from _acts(text)
    for match in _CELEX.finditer(text) if _PLAIN_CELEX.search(text) or "CELEX" in text else ():
        if match["type"] in _LETTERS or "CELEX" in text[max(match.start() - 30, 0) : match.start()]:
            yield _celex(match)


def _acts(text: str) -> Iterator[Found]:
    acts: dict[tuple[int, int], str] = {}
    named = list(_named(text, acts))
    yield from named
    taken = {position for found in named for position in range(found.start, found.end)}
    yield from (found for found in _marked(text, acts, named) if found.start not in taken)


def _celex(match: re.Match[str]) -> Found:
    kind = next((name for letter, name, _ in _ACTS if letter == match["type"]), "")
    return Found(
        start=match.start(),
        end=match.end("celex"),
        number=f"3{match['celex'][1:]}" if match["celex"][0] == "0" else match["celex"],
        scheme="eu",
        kind=kind,
        year=int(match["celex"][1:5]),
    )


def _named(text: str, acts: dict[tuple[int, int], str]) -> Iterator[Found]:
    for match in _NAMED.finditer(text):
        letter = next(letter for letter, _, _ in _ACTS if match[letter])
        pair = _year_and_number(match, letter)
        if pair:
            acts[pair] = letter
            yield _act(match, letter, pair, text)


def _marked(text: str, acts: dict[tuple[int, int], str], named: list[Found]) -> Iterator[Found]:
    """Numbers with "(EU)" or "/EU" alone: in a list behind a named act they are of its kind."""
    last = {found.end: found.number[5:6] for found in named}
    for match in _MARKED.finditer(text):
        before = next((end for end in range(match.start(), max(match.start() - 8, -1), -1) if end in last), None)
        listed = before is not None and _LIST.search(text[before : match.start()])
        pair = _year_and_number(match, "")
        letter = (acts.get(pair, "") if pair else "") or (last[before] if before is not None and listed else "")
        if pair and letter:
            last[match.end()] = letter
            yield _act(match, letter, pair, text)
        elif pair and match["one"] and pair[0] >= 2015:
            yield Found(start=match.start(), end=match.end(), number=f"{pair[0]}/{pair[1]}", scheme="eu", year=pair[0])


def _year_and_number(match: re.Match[str], letter: str) -> tuple[int, int] | None:
    groups = match.groupdict()
    first, second = match["one"] or match["One"], match["two"] or match["Two"]
    # "No 910/2014" puts the number first; without "No", and in "2014/24/EU", the year comes first.
    numbered = groups.get("no") or groups.get("No")
    turned = bool(numbered) or (letter in ("R", "") and bool(match["one"]) and not _is_recent(first))
    year, number = _year(second if turned else first), int(first if turned else second)
    return (year, number) if year and 0 < number < 10_000 else None


def _is_recent(year: str) -> bool:
    """Since 2015 the year comes first everywhere."""
    return len(year) == 4 and 2015 <= int(year) <= 2099


def _year(year: str) -> int | None:
    if len(year) == 2 and 52 <= int(year) <= 99:
        return 1900 + int(year)
    return int(year) if len(year) == 4 and 1952 <= int(year) <= 2099 else None


def _act(match: re.Match[str], letter: str, pair: tuple[int, int], text: str) -> Found:
    after = _OF.match(text, match.end())
    day = named_day(after) if after and (after["y_d"] or after["y_day"]) else None
    before = _FROM.search(text[max(match.start() - 40, 0) : match.start()])
    said = (after["en"] or after["fr"] or after["de"] or "") if after else ""
    issuer = _ISSUERS.get(said, "European Parliament and Council" if said else "") or (before[0] if before else "")
    return Found(
        start=match.start(),
        end=match.end(),
        number=f"3{pair[0]}{letter}{pair[1]:04d}",
        scheme="eu",
        kind=next(name for one, name, _ in _ACTS if one == letter),
        year=pair[0],
        issuer=issuer,
        signed=day if day and day.year in (pair[0], pair[0] - 1) else None,
    )
