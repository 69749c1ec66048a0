"""Vietnamese document numbers in running text and in the names of files: "15/2025/TT-BTC", "1234/QĐ-TTg", "57-NQ/TW"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from scrapers.reading.schemes.codes import KINDS, PARTY, WORDS, is_office, kind_code, office_code, parliament
from scrapers.reading.schemes.found import Found, mentions
from scrapers.reading.schemes.signing import NAMED_DAY, VIETNAMESE_DAY, named_day, numeric_day

_CODE = r"[A-ZĐƯ][A-ZĐƯa-zđ&]{0,11}\d{0,2}"
_HYPHEN = "[-‐‑–−]"
# Typists leave a space on one side of a hyphen; on both sides it is a dash.
_JOIN = rf"(?:{_HYPHEN}|(?: {_HYPHEN}|{_HYPHEN} )(?=[A-ZĐ]{{2}}))"
_BEFORE = r"(?:(?<![\w/.–-])(?<!\d,)|(?<=[sS]ố)|(?<=[nN]o\.))"
_STATE = re.compile(
    rf"{_BEFORE}(?P<count>\d{{1,5}})(?P<letter>(?:\.\d{{1,2}}(?= ?/ ?20))?[a-z]?) ?/ ?(?:(?P<year>(?:19|20)\d\d) ?/ ?)?"
    rf"(?P<codes>(?P<apart>{'|'.join(KINDS)}) {_HYPHEN} [A-ZĐƯ]{{2,9}}(?![\w/-])|{_CODE}(?:(?:{_JOIN}|/){_CODE}){{0,4}})(?![\w/])"
)
_PARTY = re.compile(
    rf"{_BEFORE}(?P<count>\d{{1,4}}) ?{_HYPHEN} ?(?P<kind>[A-ZĐ][A-ZĐa-zđ]{{1,3}}) ?/ ?(?P<office>[A-ZĐƯ]{{2,8}})(?![\w/])"
)
# Numbers are looked for from their strokes, which are rare.
_STROKE = re.compile(r"/ ?(?:[A-ZĐƯ]|(?:19|20)\d\d)")
_COUNT = re.compile(r"(?<!\d)(?<!\d\.)\d{1,5}(?:\.\d{1,2})?[a-z]? ?$")
_PARTY_MARKS = ("/TW", "/ TW", "/TU", "/ TU", "/TƯ", "/ĐU", "/BT", "/HU", "/QU", "/UB", "/VP", "/BN", "/BK", "/BD")
_DECREE = re.compile(
    r"\b[Nn]ghị định (?:số )?(?P<number>(?P<count>\d{1,3})/(?:(?P<year>(?:199|20\d)\d)|(?P<old>CP|HĐBT)))(?![\w/]|-\w|\.\w)"
)
_FILE = re.compile(
    r"(?<![\dA-Za-z])(?<!\d[-_. ])(?P<count>\d{1,5})[-_. /](?:(?P<year>(?:19|20)\d\d)[-_. /])?(?P<codes>"
    r"(?P<kind>[A-Za-zĐđ]{1,4})[-_. /](?P<office>[A-Za-zĐđ]{2,8})|(?P<term>(?:UBTV)?QH\d{1,2}))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# Other codes of kinds are offices as well: "CT" is a directive, and a tax office.
_PLAIN_KINDS = frozenset(("TT", "TTLT", "NĐ", "QĐ", "NQ", "KH", "TB", "BC", "TTr", "KL", "GP", "CĐ"))
_CODES = re.compile(rf" ?(?:{_HYPHEN}|/) ?")
_KIND = "|".join(sorted(WORDS, key=len, reverse=True))
_CALLED = re.compile(rf"\b({_KIND})(?: (?:hoả tốc|hỏa tốc|khẩn))?(?: (?:số|no\.?))?:? ?$", re.IGNORECASE)
_ACTS = "bộ luật|luật|nghị quyết|pháp lệnh|law|resolution|ordinance"
_ACT = re.compile(rf"\b({_ACTS})\b(?:(?!\b(?:{_ACTS})\b)[^.;\d\n])*(?:no\. )?$", re.IGNORECASE)
_BODY = r"(?:(?!(?:về|có|từ|đến|quy|hiệu|trước|sau|kể|theo|trong|vào|cho|để|được)\b)[^\W\d][\w-]*,? ){1,12}?"
_SIGNED = re.compile(rf" ?[,(]? ?(?:của {_BODY})?(?:đã )?(?:ký |ban hành |ký ban hành )?ngày {VIETNAMESE_DAY}")
_DATED = re.compile(rf" ?,? ?\(?(?:dated|signed on|issued on|of|on) {NAMED_DAY}")


def find_vietnamese(text: str) -> Iterator[Found]:
    """Yield what is a document's number in running text, and nothing that only looks like one."""
    # Two letters of other languages look like Đ, and are typed in its place.
    text = text.replace("Ð", "Đ").replace("Ɖ", "Đ")
    for stroke in _STROKE.finditer(text):
        count = _COUNT.search(text, max(stroke.start() - 9, 0), stroke.start())
        match = count and _STATE.match(text, count.start())
        if match and not _in_address(text, match.start()):
            yield from _state(match, text)
    for match in _PARTY.finditer(text) if mentions(text, _PARTY_MARKS) else ():
        kind, office = kind_code(match["kind"]), office_code(match["office"])
        if kind and office in PARTY:
            yield _party(match, kind, office, text)
    for match in _DECREE.finditer(text) if "ghị định" in text else ():
        yield _decree(match, text)


def find_in_file_name(text: str) -> Iterator[Found]:
    """Yield numbers as files are called: "45_2023_TT-BTNMT.signed.pdf"; only with a known kind and a known office."""
    for match in _FILE.finditer(text):
        term = parliament((match["term"] or "").upper())
        if term and match["year"]:
            yield _found(match, f"{match['year']}/{match['term'].upper()}", "", issuer=term)
        kind = kind_code((match["kind"] or "").upper()) or kind_code(match["kind"] or "")
        if kind and is_office(match["office"].upper()):
            office = office_code(match["office"].upper())
            yield _found(match, _ending(match["year"] or "", kind, office), KINDS[kind], issuer=office)


def _state(match: re.Match[str], text: str) -> Iterator[Found]:
    first, *rest = _CODES.split(match["codes"])
    called = _called(text, match.start())
    year = match["year"] or ""
    kind, term = kind_code(first), parliament(first)
    if match["apart"] and not is_office(rest[0]):
        return
    if term and year and not rest:
        yield _found(match, f"{year}/{first}", _named(text, match.start()), issuer=term, text=text)
    elif kind and rest and (year or kind in _PLAIN_KINDS or is_office(rest[0])):
        offices = "-".join(map(office_code, rest))
        # The Party's "QĐ" are regulations as often as decisions.
        said = called if kind == "QĐ" and offices in PARTY else KINDS[kind]
        yield _found(match, _ending(year, kind, offices), said, issuer=offices, text=text)
    elif rest and "/" not in match["codes"] and (called or (not year and is_office(first))):
        offices = "-".join(map(office_code, (first, *rest)))
        number = f"{year}/{offices}" if year else offices
        yield _found(match, number, called or "Công văn", issuer=office_code(first), text=text)


def _ending(year: str, kind: str, offices: str) -> str:
    """What follows the running number; a hyphen instead of the first stroke for the Party's."""
    if offices in PARTY and not year:
        return f"-{kind}/{offices}"
    return f"{year}/{kind}-{offices}" if year else f"{kind}-{offices}"


def _party(match: re.Match[str], kind: str, office: str, text: str) -> Found:
    called = _called(text, match.start()) or ("" if kind == "QĐ" else KINDS[kind])
    return _found(match, f"-{kind}/{office}", called, issuer=office, text=text)


def _decree(match: re.Match[str], text: str) -> Found:
    """Decrees are the Government's alone, so that "Nghị định 100/2019" names one."""
    ending = match["old"] or f"{match['year']}/NĐ-CP"
    return _found(match, ending, "Nghị định", issuer=match["old"] or "CP", text=text, place="number")


def _found(match: re.Match[str], ending: str, kind: str, *, issuer: str, text: str = "", place: str | int = 0) -> Found:
    groups = match.groupdict()
    stated = int(groups.get("year") or 0)
    signed = _signed(text, match.end(place), stated) if text else None
    count = f"{int(match['count']):02d}{groups.get('letter') or ''}"
    return Found(
        start=match.start(place),
        end=match.end(place),
        number=f"{count}{ending}" if ending.startswith("-") else f"{count}/{ending}",
        scheme="vn",
        kind=kind,
        year=stated or (signed.year if signed else None),
        issuer=issuer,
        signed=signed,
    )


def _signed(text: str, end: int, year: int) -> date | None:
    """The day of signing right after a number; a number's own year is that of its signing."""
    found = _SIGNED.match(text, end)
    day = numeric_day(found) if found else None
    if not found and (found := _DATED.match(text, end)):
        day = named_day(found)
    return day if day and (not year or day.year == year) else None


def _called(text: str, start: int) -> str:
    found = _CALLED.search(text, max(start - 40, 0), start)
    return WORDS[found[1].casefold()] if found else ""


def _named(text: str, start: int) -> str:
    """What an act of parliament is: its name stands between the word and the number."""
    found = _ACT.search(text, max(start - 160, 0), start)
    return WORDS[found[1].casefold()] if found else ""


def _in_address(text: str, start: int) -> bool:
    """Whether the word in which a number stands began as a web address."""
    word = text[text.rfind(" ", 0, start) + 1 : start]
    return "://" in word or "www." in word or "@" in word
