"""Vietnamese as it was typed and encoded before Unicode, written anew for tests."""

from __future__ import annotations

import unicodedata

_TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9"
            "eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        strict=True,
    )
)
_TONES = {"\u0301": "\xf9", "\u0300": "\xf8", "\u0309": "\xfb", "\u0303": "\xf5", "\u0323": "\xef"}
_HATS = {
    "": "\xe2", "\u0301": "\xe1", "\u0300": "\xe0", "\u0309": "\xe5", "\u0303": "\xe3", "\u0323": "\xe4",
}  # fmt: skip
_BREVES = {
    "": "\xea", "\u0301": "\xe9", "\u0300": "\xe8", "\u0309": "\xfa", "\u0303": "\xfc", "\u0323": "\xeb",
}  # fmt: skip
_WHOLE = {"ỉ": "æ", "ĩ": "ó", "ị": "ò", "í": "í", "ì": "ì", "ỵ": "î", "đ": "ñ"}
_MARKS = {"\u0301": 0xEC, "\u0300": 0xCC, "\u0309": 0xD2, "\u0303": 0xDE, "\u0323": 0xF2}


def tcvn3(text: str) -> str:
    """Return what a page in .VnTime shows where the font is missing; accented capitals become small there."""
    return "".join(_tcvn3(letter) for letter in text)


def vni(text: str) -> str:
    """Return what a page in VNI-Times shows where the font is missing."""
    return "".join(_vni(letter) for letter in text)


def cp1258(text: str) -> bytes:
    """Return windows-1258, where the tones stand behind their vowels."""
    out = bytearray()
    for letter in text:
        for part in _parts(letter):
            out += bytes([_MARKS[part]]) if part in _MARKS else part.encode("cp1258")
    return bytes(out)


def doubled(text: str) -> str:
    """Return what UTF-8 becomes when it is taken for windows-1252."""
    return "".join(bytes([one]).decode("cp1252", errors="ignore") or chr(one) for one in text.encode())


def _tcvn3(letter: str) -> str:
    code = _TCVN3.get(letter) or _TCVN3.get(letter.lower())
    return chr(code) if code else letter


def _vni(letter: str) -> str:
    small = letter.lower()
    meant = _WHOLE.get(small) or _vni_marked(small)
    return meant.upper() if letter != small else meant


def _vni_marked(letter: str) -> str:
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _TONES), "")
    base = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base
    if "\u0302" in marks:
        return base + _HATS[tone]
    return base + (_BREVES[tone] if "\u0306" in marks else _TONES.get(tone, ""))


def _parts(letter: str) -> list[str]:
    """Base letters keep hats and horns; only tones stand apart."""
    marks = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in marks if mark in _MARKS]
    bare = "".join(mark for mark in marks if mark not in _MARKS)
    return [unicodedata.normalize("NFC", bare), *tones]
