"""Bytes into text, and text into what a reader should see: for everything that reads a page."""

from __future__ import annotations

import codecs
import re
from html import unescape

from charset_normalizer import from_bytes

from scrapers.items import Record
from scrapers.reading import doubled, legacy
from scrapers.reading.composition import composed


class Decoded(Record, frozen=True, kw_only=True):
    text: str
    encoding: str
    """Python's name of the encoding that was used."""
    notes: tuple[str, ...] = ()
    """What had to be decided or repaired, in sentences."""


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# As browsers do (WHATWG): the narrow label means its widest superset.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-7": "utf-8",
}
_ALIASES = {
    "x-sjis": "shift_jis",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "utf8mb4": "utf-8",
}
_DECLARATIONS = re.compile(
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_REMOVED = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))
_HEAD = 8192
_SAMPLE = 16384

_WESTERN = ("", "cp1252", "utf-8", "cp1254", "cp1258")
# Tones written after their vowel: no other language puts these bytes there.
_VIETNAMESE_1258 = re.compile(
    rb"[aeiouyAEIOUY\xc2\xe2\xca\xea\xd4\xf4\xc3\xe3\xd5\xf5\xdd\xfd][\xcc\xec\xd2\xf2\xde](?![\x80-\xbf])"
)

_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
_JOINERS = re.compile("([\u200c\u200d]+)")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_ODD = re.compile(f"[{''.join(pattern.pattern[1:-1] for pattern in (_CONTROLS, _INVISIBLE, _C1))}\u200c\u200d]")


def decode(payload: bytes, *, content_type: str | None) -> Decoded:
    """Return the text of ``payload``; never fails, and notes whatever was not as declared.

    A byte order mark wins, then valid UTF-8 with multibyte characters whatever is declared, then the
    declaration, then what the bytes look like.
    """
    for mark, name in _BOMS:
        if payload.startswith(mark) and (found := _marked(payload[len(mark) :], name)):
            return found
    wide = _unmarked_utf16(payload)
    if wide:
        return _finished(payload.decode(wide, errors="replace"), wide, "UTF-16 without a byte order mark")
    declared = _declared(payload, content_type)
    text = _utf8(payload)
    if text is None:
        return _legacy(payload, declared)
    if "\x1b" in text and declared.startswith("iso2022"):
        return _finished(payload.decode(declared, errors="replace"), declared)
    if declared in ("", "utf-8") or text.isascii():
        return _finished(text, "utf-8")
    if declared in _WESTERN and doubled.is_accident(text):
        return _by_declaration(payload, declared)
    return _finished(text, "utf-8", f"declared as {declared}, but it is valid UTF-8")


def _marked(payload: bytes, name: str) -> Decoded | None:
    """What stands behind a byte order mark, unless the mark lies."""
    if name == "utf-8":
        text = _utf8(payload)
        return None if text is None else _finished(text.lstrip("\ufeff"), name)
    if b"\0" not in payload[:_HEAD] and b"<" in payload[:_HEAD] and (text := _utf8(payload)) is not None:
        return _finished(text, "utf-8", f"marked as {name}, but it is valid UTF-8")
    return _finished(payload.decode(name, errors="replace"), name)


def clean(text: str) -> str:
    """Return ``text`` in one line as a reader sees it: NFC, no control or invisible characters, single spaces."""
    return " ".join(_seen(text).split())


def tidy(text: str) -> str:
    """As ``clean``, but keep a space at either end: for pieces of a paragraph."""
    seen = _seen(text)
    bare = " ".join(seen.split())
    before = " " if bare and seen[0].isspace() else ""
    return f"{before}{bare} " if seen and seen[-1].isspace() else f"{before}{bare}"


def _seen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    if _ODD.search(text):
        text = _C1.sub(_from_c1, _CONTROLS.sub("", text))
        text = _JOINERS.sub(_kept_joiner, _INVISIBLE.sub("", text))
    return composed(text)


def _from_c1(match: re.Match[str]) -> str:
    """Numeric references to windows-1252 bytes ("&#150;") are what their authors saw."""
    return bytes([ord(match.group())]).decode("cp1252", errors="ignore")


def repair(text: str) -> str:
    """Return ``text`` without what double escaping and filters did to entities: "T&amp;#226;n", "TN&;MT", "ldquo;Tin"."""
    if ";" not in text:
        return text
    meant = text
    if "&" in text:
        for _ in range(2):
            meant = _ESCAPED.sub(lambda match: unescape(match.group()), meant)
        meant = meant.replace("&;", "&")
    meant = _CUT.sub(lambda match: unescape(f"&{match.group()}"), meant)
    return text if meant == text else tidy(meant)


# What filters leave of entities that they take the "&" from; no word of any language.
_CUT = re.compile(r"(?<![&\w])(?:[lr][sd]quo|[mn]dash|hellip|nbsp);|(?<=\w)r[sd]quo;(?!\w)")
# Not &lt; and &gt;: pages about markup mean them.
_ESCAPED = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|amp|quot|apos|nbsp|[mn]dash|hellip|[lrsb][sd]?quo|[lr]aquo|copy|reg|deg|trade|"
    r"bull|middot|euro|pound|sup[123]|frac(?:12|14|34)|times|plusmn|sect|ord[mf]|micro|shy|(?:en|em|thin)sp|iexcl|iquest|"
    r"[A-Za-z]{1,2}(?:grave|acute|circ|tilde|uml|cedil|ring|slash|caron|lig)|eth|ETH|szlig);"
)


def _finished(text: str, encoding: str, *notes: str) -> Decoded:
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return _without_controls(text, encoding, *notes)
    if doubled.is_suspect(raw):
        text, count = doubled.undoubled(text)
        notes = (*notes, f"{count} characters had been encoded as UTF-8 twice") if count else notes
    if legacy.is_suspect(raw):
        text, way = legacy.converted(text)
        notes = (*notes, f"Vietnamese typed for {way} fonts was converted") if way else notes
    if _is_bare(raw):
        return Decoded(text=text, encoding=encoding, notes=notes)
    return _without_controls(text, encoding, *notes)


def _without_controls(text: str, encoding: str, *notes: str) -> Decoded:
    bare = _CONTROLS.sub("", text.replace("\x0c", " "))
    if len(bare) != len(text):
        notes = (*notes, f"{len(text) - len(bare)} control characters removed")
    return Decoded(text=bare, encoding=encoding, notes=notes)


def _is_bare(raw: bytes) -> bool:
    """Say quickly whether there is nothing to take out, as in almost every page."""
    return len(raw.translate(None, _REMOVED)) == len(raw) and b"\xef\xbf\xbe" not in raw and b"\xef\xbf\xbf" not in raw


def _unmarked_utf16(payload: bytes) -> str:
    head = payload[:512]
    if head.count(0) * 3 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _declared(payload: bytes, content_type: str | None) -> str:
    labels = [match.group(1) for match in [_CHARSET.search(content_type or "")] if match]
    found = _DECLARATIONS.search(payload[:_HEAD])
    if found:
        labels.append((found.group(1) or found.group(2)).decode("ascii", errors="ignore"))
    return next((name for name in map(_codec, labels) if name), "")


def _codec(label: str) -> str:
    label = label.strip().lower()
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    try:
        return name if isinstance(b"a".decode(name), str) else ""
    except (LookupError, UnicodeError):
        # "base64" and "idna" are codecs too, but no text encodings.
        return ""


def _utf8(payload: bytes) -> str | None:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page cut in the middle of a character is still UTF-8.
        if error.reason == "unexpected end of data" and error.start:
            return payload[: error.start].decode("utf-8")
        return None


def _legacy(payload: bytes, declared: str) -> Decoded:
    mostly = _mostly_utf8(payload)
    if mostly is not None:
        return _finished(mostly, "utf-8", "bytes that are not UTF-8 were read as windows-1252")
    if declared in _WESTERN and (vietnamese := _vietnamese(payload, declared)):
        return vietnamese
    if declared == "utf-8" and (damaged := _damaged_utf8(payload)) is not None:
        return damaged
    if declared and declared != "utf-8":
        return _by_declaration(payload, declared)
    return _sniffed(payload)


def _vietnamese(payload: bytes, declared: str) -> Decoded | None:
    """Text whose words are Vietnamese in one of the old ways of writing it, whatever is declared."""
    western = payload.decode("cp1252", errors="replace")
    text, way = legacy.converted(western)
    if way:
        return _finished(text, "cp1252", f"Vietnamese typed for {way} fonts was converted")
    if len(_VIETNAMESE_1258.findall(payload, 0, 400_000)) > 2:
        text = composed(payload.decode("cp1258", errors="replace"))
        if legacy.is_vietnamese(text):
            notes = () if declared == "cp1258" else ("Vietnamese in windows-1258, not declared",)
            return _finished(text, "cp1258", *notes)
    return None


def _mostly_utf8(payload: bytes) -> str | None:
    """Text that is UTF-8 but for some stray bytes, which are taken for windows-1252."""
    text = payload.decode("utf-8", errors="surrogateescape")
    stray = len(_STRAY.findall(text))
    if stray * 10 > len(_BEYOND_ASCII.findall(text)):
        return None
    return _STRAY.sub(lambda match: _as_cp1252(ord(match.group()) - 0xDC00), text)


def _damaged_utf8(payload: bytes) -> Decoded | None:
    """Text that is declared as UTF-8 and has more of its characters than bytes that are none."""
    text = payload.decode("utf-8", errors="surrogateescape")
    stray = len(_STRAY.findall(text))
    if stray >= len(_BEYOND_ASCII.findall(text)):
        return None
    return _finished(_STRAY.sub("\ufffd", text), "utf-8", f"{stray} bytes are not UTF-8 and were replaced")


_STRAY = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")


def _as_cp1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252", errors="replace")


def _by_declaration(payload: bytes, declared: str) -> Decoded:
    text = payload.decode(declared, errors="replace")
    broken = text.count("\ufffd")
    if not broken:
        return _finished(text, declared)
    if broken * 20 > len(_BEYOND_ASCII.findall(text)):
        return _sniffed(payload)
    return _finished(text, declared, f"{broken} characters are not {declared} and were replaced")


def _sniffed(payload: bytes) -> Decoded:
    best = from_bytes(_telling(payload)).best()
    name = _codec(best.encoding) if best else ""
    name = name if name and name != "utf-8" else "cp1252"
    text = payload.decode(name, errors="replace")
    return _finished(text, name, f"no usable encoding declared; it looks like {name}")


def _telling(payload: bytes) -> bytes:
    """The stretches of the page whose bytes say something about the encoding."""
    runs = re.findall(rb"[^<>]{0,40}[\x80-\xff][^<>]{0,200}", payload[:1_000_000])
    return b" ".join(runs)[:_SAMPLE]


def _kept_joiner(match: re.Match[str]) -> str:
    """Joiners stay where a script needs them (Persian, Hindi, emoji …), and go elsewhere."""
    around = match.string[max(match.start() - 1, 0) : match.start()] + match.string[match.end() : match.end() + 1]
    needed = (
        len(around) == 2 and all(ord(character) >= 0x0590 for character in around) and not _LATIN_MORE.search(around)
    )
    return match.group()[0] if needed else ""


_LATIN_MORE = re.compile("[\u1e00-\u2044]")
