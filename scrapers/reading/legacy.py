"""Vietnamese that was typed for fonts instead of an encoding (TCVN3, VNI): found by its syllables, and converted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
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

# A stretch of text, or a tag with its attributes.
_RUN = re.compile(r"[^<>]+")
_SCRIPT = re.compile(r"<(script|style)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z¡-¬\xad®¯-ÿ]+")
_BEYOND_ASCII = re.compile("[\xa1-\xff]")
_LATIN = re.compile("[A-Za-z]")
_CAPITAL = re.compile("[A-Z]")
_SMALL = re.compile("[a-z]")
# Letters that neither way of typing has: such a run of text is Unicode, or another language.
_UNICODE = re.compile("[\u0100-\u024f\u0300-\u1fff\u2c00-\uffef\ufffd]")
_ENTITY = re.compile(r"&(?:#(?:1[6-9]\d|2[0-4]\d|25[0-5])|#[xX][aAbBcCdDeEfF][\da-fA-F]|[A-Za-z]{2,6}[1-4]{0,2});")
# What text must have before anybody looks closer: letters and marks side by side as in no other language.
_TCVN3_SIGN = re.compile("[A-Za-z][¨©ª¬®µ¶·¸¹¼½¾]|[®§][A-Za-z¨-¬µ-þ]")
_VNI_SIGN = re.compile("[aeouyôöAEOUYÔÖ][øõäåØÕÄÅ]|[aeuyôöAEUYÔÖ][ùûÙÛ]")
# The same in the bytes of a page, after a first byte that is quick to find.
_TCVN3_BYTES = re.compile(rb"\xc2(?:[\xa8-\xaa\xac\xae\xb5-\xb9\xbc-\xbe](?<=[A-Za-z]\xc2.))", re.DOTALL)
_VNI_BYTES = re.compile(
    rb"\xc3(?:[\xb8\xb5\xa4\xa5\x98\x95\x84\x85](?<=[aeouyAEOUY\xb4\xb6\x94\x96]\xc3.)"
    rb"|[\xb9\xbb\x99\x9b](?<=[aeuyAEUY\xb4\xb6\x94\x96]\xc3.))",
    re.DOTALL,
)
_ENTITY_SIGN = re.compile(rb"&(?:micro|cedil|oslash|#18[14]|#248);")
# "ô tô", "à", "á": other marks that stand alone are bullets and quotation marks.
_ALONE = ("«", "µ", "¸")
_FEW = 3
_SAMPLE = 2000
_MANY = 4


class Way(Record, frozen=True, kw_only=True):
    """A way of typing Vietnamese for fonts."""

    name: str
    read: Callable[[str], str]
    """Makes Unicode of one typed word, whatever it is."""
    typed: re.Pattern[str]
    """What a word typed this way consists of."""
    sign: re.Pattern[str]
    """What stands in no word of another language."""

    def word(self, typed: str) -> str:
        """Return what a word means, or the word itself where it is none of these."""
        if not self.typed.fullmatch(typed):
            return typed
        for part in (typed, typed.strip("«»")):
            meant = self.read(part)
            if is_syllable(meant) and (len(part) > 1 or part.isalpha() or part in _ALONE):
                return _as_capital(part, typed.replace(part, meant))
        # Abbreviations are no syllables.
        short = _CAPITAL.search(typed) and not _SMALL.search(typed)
        return _as_capital(typed, self.read(typed)) if short or self.sign.search(typed) else typed

    def text(self, typed: str) -> str:
        """Return what a stretch of text means."""
        meant = _WORD.sub(lambda match: self.word(match[0]), typed)
        # Capitals with accents were a matter of the font.
        capitals = len(_CAPITAL.findall(typed))
        return meant.upper() if capitals >= _MANY and not _SMALL.search(typed) else meant


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
    pieces = list(_pieces(text))
    runs = {run for piece in pieces[::2] for run in _RUN.findall(piece)}
    runs = {run for run in runs if not _UNICODE.search(run) and _has_letters(run)}
    for way in (TCVN3, VNI):
        chosen = _chosen(runs, way)
        if chosen:
            meant = {run: way.text(plainly(run)) for run in chosen}
            pieces[::2] = [_replaced(piece, meant) for piece in pieces[::2]]
            return "".join(pieces), way.name
    return text, ""


def is_vietnamese(text: str) -> bool:
    """Say whether the words of ``text`` (NFC) with letters beyond ASCII are nearly all Vietnamese syllables."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()][:20_000]
    good = [word for word in words if is_syllable(word)]
    return len({*good}) >= _FEW and len(good) >= 0.8 * len(words)


def plainly(run: str) -> str:
    """Return a stretch of text with references to the characters of those fonts as characters."""
    return _ENTITY.sub(lambda match: _latin(match[0]), run) if "&" in run else run


def fit(text: str, way: Way) -> Fit:
    """Return how well ``way`` fits the words of ``text``; single letters tell nothing."""
    words = [word for word in _WORD.findall(text) if _BEYOND_ASCII.search(word) and _LATIN.search(word)][:_SAMPLE]
    good = {word for word in words if (meant := way.word(word)) != word and is_syllable(meant)}
    return Fit(
        words=len(words),
        meant=sum(word in good for word in words),
        plain=sum(map(is_syllable, words)),
        distinct=len({word.lower() for word in good}),
    )


def _chosen(runs: set[str], way: Way) -> frozenset[str]:
    """The stretches of text that were typed this way: those that say so, and short ones that go with them."""
    plain = {run: plainly(run) for run in runs}
    signed = [run for run in runs if way.sign.search(plain[run])]
    if fit("\n".join(plain[run] for run in signed), way).distinct < _FEW:
        return frozenset()
    fits = {run: fit(plain[run], way) for run in runs}
    if fit("\n".join(plain.values()), way).is_clear:
        return frozenset(run for run, one in fits.items() if one.meant >= one.plain and 2 * one.meant > one.words)
    if not any(fits[run].is_clear and fits[run].meant > _FEW for run in signed):
        return frozenset()
    return frozenset(run for run, one in fits.items() if 0 < one.words == one.meant > one.plain or one.is_clear)


def _pieces(text: str) -> Iterator[str]:
    """Markup and scripts by turns; scripts that describe the page belong to the markup."""
    at = 0
    for opening in _SCRIPT.finditer(text):
        if opening.start() < at or "ld+json" in text[opening.end() : opening.end() + 200]:
            continue
        end = text.find(f"</{opening[1]}", opening.end())
        if end < 0:
            break
        yield text[at : opening.start()]
        yield text[opening.start() : end]
        at = end
    yield text[at:]


def _replaced(text: str, meant: dict[str, str]) -> str:
    return _RUN.sub(lambda match: meant.get(match[0], match[0]), text)


def _has_letters(run: str) -> bool:
    return bool(_BEYOND_ASCII.search(run)) or ("&" in run and bool(_ENTITY.search(run)))


def _latin(entity: str) -> str:
    meant = unescape(entity)
    return meant if len(meant) == 1 and "\xa0" <= meant <= "\xff" else entity


def _as_capital(typed: str, meant: str) -> str:
    letters = _LATIN.findall(typed)
    return meant.upper() if len(letters) > 1 and all(map(str.isupper, letters)) else meant


def _vni_word(word: str) -> str:
    meant = _VNI.sub(lambda match: match[1] + _VNI_MARKS[match[2].lower()], word.translate(_VNI_TABLE))
    return unicodedata.normalize("NFC", meant)


TCVN3 = Way(
    name="TCVN3",
    read=lambda word: word.translate(_TCVN3),
    typed=re.compile(f"[A-Za-z{''.join(map(chr, _TCVN3))}]+"),
    sign=_TCVN3_SIGN,
)
VNI = Way(
    name="VNI",
    read=_vni_word,
    typed=re.compile("(?:[aeouyôöAEOUYÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[A-Za-zæóòôöîñíìÆÓÒÔÖÎÑÍÌ])+"),
    sign=_VNI_SIGN,
)
