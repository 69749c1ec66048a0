"""UTF-8 that somebody took for windows-1252 and encoded once more ("Viá»‡t Nam"): found, and undone where it is certain."""

from __future__ import annotations

import re
import unicodedata

# What the second and later bytes of a character look like in windows-1252, or in Latin-1 where that has none.
_BYTES = {bytes([byte]).decode("cp1252", errors="ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_BYTES |= {chr(byte): byte for byte in range(0x80, 0xA0)}
_NEXT = "[" + "".join(re.escape(letter) for letter, byte in _BYTES.items() if byte < 0xC0) + "]"
_DOUBLED = re.compile(f"[Â-ß]{_NEXT}|[à-ï]{_NEXT}{{2}}|[ð-ô]{_NEXT}{{3}}")
_RUN = re.compile(r"[^<>]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
# The same in the bytes of a page, after a first byte that is quick to find; without "Spaß“" and "liberté »".
_IMAGE = rb"(?:\xc2[\x80-\xbf]|\xe2(?:\x80[\x93-\xba]|\x82\xac|\x84\xa2)|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c])"
_SIGN = re.compile(
    rb"\xc3(?:[\x82-\x86\x8c\x8e-\x91\x95\x97-\x9b]%b|[\xa0-\xb4](?!\xc2\xa0\xc2[\xbb\xab])%b%b)"
    % (_IMAGE, _IMAGE, _IMAGE)
)
_LATIN = re.compile("[\xa1-\u017fƠơƯưȘșȚț\u0300-\u036f\u1e00-\u1eff\xa0\u2010-\u205e₫€№™]")
_VIETNAMESE = re.compile("á[º»].")
# Quotation marks and dashes: one is enough, nobody writes this.
_QUOTED = re.compile("â€[“”™œ˜¦\x9d]")
_WORD_BEFORE = re.compile("[A-Za-z][^\x00-\x7f]")
_CONTROLS = frozenset(map(chr, range(0x80, 0xA0)))
_FEW = 3


def is_suspect(raw: bytes) -> bool:
    """Say quickly whether UTF-8 ``raw`` could hold any; almost no page could."""
    return _SIGN.search(raw) is not None


def undoubled(text: str) -> tuple[str, int]:
    """Return ``text`` (markup) with what was encoded twice as it was meant, and how many characters that were."""
    runs = {run: _meant(run) for run in set(_RUN.findall(text)) if _DOUBLED.search(run)}
    kept = [run for run, meant in runs.items() if meant]
    found = sum(len(_DOUBLED.findall(run)) for run in kept)
    if found < _FEW and not any(_QUOTED.search(run) for run in kept):
        return text, 0
    repaired = _RUN.sub(lambda match: runs.get(match[0]) or match[0], text)
    again, more = undoubled(repaired)
    return again, found + more


def _meant(run: str) -> str:
    """What a stretch of text was before, or "" when it may well be meant as it stands."""
    found = [match for match in _DOUBLED.finditer(run) if _once(match) != match[0]]
    if not found:
        return ""
    meant = _DOUBLED.sub(_once, run)
    whole = sum(len(match[0]) for match in found) == len(_BEYOND_ASCII.findall(run))
    certain = len(_VIETNAMESE.findall(run)) >= _FEW
    if not (whole or certain) or not _is_plausible([_once(match) for match in found], meant):
        return ""
    # A control character can only be a part of what was encoded even more often.
    return _meant(meant) if any(_once(match) in _CONTROLS for match in found) else meant


def _once(match: re.Match[str]) -> str:
    try:
        letter = bytes(_BYTES[one] for one in match[0]).decode()
    except (UnicodeDecodeError, KeyError):
        return match[0]
    return match[0] if unicodedata.category(letter) in ("Cn", "Co", "Cs") else letter


def _is_plausible(letters: list[str], meant: str) -> bool:
    """Letters of another script come in words of their own: "liberté »" is no Chinese."""
    foreign = sum(map(_is_foreign, letters))
    beside = sum(_is_foreign(match[0][1]) for match in _WORD_BEFORE.finditer(meant))
    return not foreign or (foreign >= _FEW and beside * 5 <= foreign)


def is_accident(text: str) -> bool:
    """Say whether all that is not ASCII in ``text`` are letters of another script at the end of Latin words.

    So looks windows-1252 that happens to be UTF-8 as well.
    """
    letters = _BEYOND_ASCII.findall(text)
    beside = [match[0][1] for match in _WORD_BEFORE.finditer(text)]
    return len(letters) == len(beside) and all(map(_is_foreign, letters))


def _is_foreign(letter: str) -> bool:
    return not _LATIN.match(letter) and unicodedata.category(letter)[0] in "LM"
