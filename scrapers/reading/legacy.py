"""Vietnamese that was typed for fonts instead of an encoding (TCVN3, VNI): found by its syllables, and converted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from itertools import islice

from scrapers.items import Record
from scrapers.reading.syllables import is_syllable

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ", "í": "í", "ì": "ì"}
_VNI = re.compile(r"([aăeioơuưyAĂEIOƠUƯY])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])")
_VNI_TABLE = str.maketrans(
    {**_VNI_LETTERS, **{letter.upper(): meant.upper() for letter, meant in _VNI_LETTERS.items()}}
)

# A stretch of text or a tag's attributes; of scripts only what describes the page.
_RUN = re.compile(r"<(?:script\b(?![^>]*ld\+json).*?</script|style\b.*?</style)|([^<>]+)", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[A-Za-z¡-¬\xad®¯-ÿ]+")
_BEYOND_ASCII = re.compile("[\xa1-\xff]")
_LATIN = re.compile("[A-Za-z]")
_LETTER = re.compile("[A-Za-zµªÀ-ÖØ-öø-ÿ]")
# Letters that neither way of typing has: such a run of text is Unicode, or another language.
_UNICODE = re.compile("[\u0100-\u024f\u0300-\u1fff\u2c00-\uffef\ufffd]")
_ENTITY = re.compile(r"&(?:#(?:1[6-9]\d|2[0-4]\d|25[0-5])|#[xX][aAbBcCdDeEfF][\da-fA-F]|[A-Za-z]{2,6}[1-4]{0,2});")
# What text must have before anybody looks closer: letters and marks side by side as in no other language.
_TCVN3_SIGN = re.compile("[A-Za-z][¨©ª¬®µ¶·¸¹¼½¾]|[®§](?=[a-zA-Z©ªª«¬\xad£¢])")
_VNI_SIGN = re.compile("[aeouyôöAEOUYÔÖ][øõäåØÕÄÅ]|[aeuyôöAEUYÔÖ][ùûÙÛ]")
# The same in the bytes of a page, after a first byte that is quick to find.
_TCVN3_BYTES = re.compile(rb"\xc2(?:[\xa8-\xaa\xac\xae\xb5-\xb9\xbc-\xbe](?<=[A-Za-z]\xc2.))", re.DOTALL)
_VNI_BYTES = re.compile(
    rb"\xc3(?:[\xb8\xb5\xa4\xa5\x98\x95\x84\x85](?<=[aeouyAEOUY\xb4\xb6\x94\x96]\xc3.)"
    rb"|[\xb9\xbb\x99\x9b](?<=[aeuyAEUY\xb4\xb6\x94\x96]\xc3.))",
    re.DOTALL,
)
_ENTITY_SIGN = re.compile(rb"&(?:micro|cedil|oslash|#18[14]|#248);")
_FEW = 3
_SAMPLE = 2000
_MANY = 4


Reading = Callable[[str], str]


class Fit(Record, frozen=True, kw_only=True):
    """How well a way of reading fits some text."""

    words: int
    """Words with letters beyond ASCII."""
    meant: int
    """Those that are Vietnamese syllables when read this way."""
    plain: int
    """Those that are as they stand."""
    distinct: int

    @property
    def is_clear(self) -> bool:
        """Nearly everything is Vietnamese this way, and not as it stands."""
        return self.distinct >= _FEW and self.meant >= 0.85 * self.words and self.plain <= 0.6 * self.meant


def is_suspect(raw: bytes) -> bool:
    """Say quickly whether UTF-8 ``raw`` could hold text typed for fonts; almost no page could."""
    if len(list(islice(_ENTITY_SIGN.finditer(raw), _FEW))) == _FEW:
        return True
    return any(
        len({*islice(signs.findall(raw), _SAMPLE)}) > 1 for signs in (_TCVN3_BYTES, _VNI_BYTES) if signs.search(raw)
    )


def converted(text: str) -> tuple[str, str]:
    """Return ``text`` (markup) with what was typed for fonts as Unicode, and the name of the way; "" when there is none.

    Pages are judged as a whole and stretch by stretch: a Unicode frame may stand around an old text.
    """
    runs = {run for run in _RUN.findall(text) if run and not _UNICODE.search(run) and _has_letters(run)}
    for name, read, sign in (("TCVN3", from_tcvn3, _TCVN3_SIGN), ("VNI", from_vni, _VNI_SIGN)):
        chosen = _chosen(runs, read, sign)
        if chosen:
            return _replaced(text, {run: read(plainly(run)) for run in chosen}), name
    return text, ""


def _replaced(text: str, meant: dict[str, str]) -> str:
    return _RUN.sub(lambda match: meant.get(match[1], match[0]), text)


def is_vietnamese(text: str) -> bool:
    """Say whether the words of ``text`` (NFC) with letters beyond ASCII are nearly all Vietnamese syllables."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()][:20_000]
    good = [word for word in words if is_syllable(word)]
    return len({*good}) >= _FEW and len(good) >= 0.8 * len(words)


def from_tcvn3(text: str) -> str:
    """Return text typed for .VnTime and its like; capitals with accents were a matter of the font."""
    meant = _WORD.sub(lambda match: _tcvn3_word(match[0]), text)
    capitals = re.findall("[A-Z]", text)
    return meant.upper() if len(capitals) >= _MANY and not re.search("[a-z]", text) else meant


def from_vni(text: str) -> str:
    """Return text typed for VNI-Times and its like: a letter, then its accents."""
    return unicodedata.normalize("NFC", _WORD.sub(lambda match: _vni_word(match[0]), text))


def plainly(run: str) -> str:
    """Return a stretch of text with references to the characters of those fonts as characters."""
    return _ENTITY.sub(lambda match: _latin(match[0]), run) if "&" in run else run


def fit(text: str, read: Reading) -> Fit:
    """Return how well ``read`` fits the words of ``text``; single letters tell nothing."""
    words = [word for word in _WORD.findall(text) if _BEYOND_ASCII.search(word) and _LATIN.search(word)][:_SAMPLE]
    good = [one for one in map(read, words) if is_syllable(one)]
    return Fit(
        words=len(words), meant=len(good), plain=sum(map(is_syllable, words)), distinct=len({*map(str.lower, good)})
    )


def _chosen(runs: set[str], read: Reading, sign: re.Pattern[str]) -> frozenset[str]:
    """The stretches of text that were typed this way: those that say so, and short ones that go with them."""
    plain = {run: plainly(run) for run in runs}
    signed = [run for run in runs if sign.search(plain[run])]
    if fit("\n".join(plain[run] for run in signed), read).distinct < _FEW:
        return frozenset()
    fits = {run: fit(plain[run], read) for run in runs}
    if fit("\n".join(plain.values()), read).is_clear:
        return frozenset(run for run, found in fits.items() if found.meant >= max(found.plain, 0.5 * found.words))
    if not any(fits[run].is_clear and fits[run].meant > _FEW for run in signed):
        return frozenset()
    return frozenset(
        run for run, found in fits.items() if 0 < found.words == found.meant > found.plain or found.is_clear
    )


def _has_letters(run: str) -> bool:
    return bool(_BEYOND_ASCII.search(run)) or ("&" in run and bool(_ENTITY.search(run)))


def _latin(entity: str) -> str:
    meant = unescape(entity)
    return meant if len(meant) == 1 and "\xa0" <= meant <= "\xff" else entity


def _tcvn3_word(word: str) -> str:
    letters = _LATIN.findall(word)
    # A mark that stands alone is a bullet or a quotation mark.
    meant = word.translate(_TCVN3) if _LETTER.search(word) else word
    return meant.upper() if len(letters) > 1 and all(map(str.isupper, letters)) else meant


def _vni_word(word: str) -> str:
    return _VNI.sub(lambda match: match[1] + _VNI_MARKS[match[2].lower()], word.translate(_VNI_TABLE))
