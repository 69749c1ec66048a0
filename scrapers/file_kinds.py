"""What a file is and is called, as far as its own bytes, the server and its address tell."""

from __future__ import annotations

import re
from contextlib import suppress
from email.message import Message
from urllib.parse import unquote, urlsplit

from scrapers.answers import Headers, header
from scrapers.media_types import DOCUMENTS, media_type

HTML = "text/html"
_HEAD = 1024
_LONGEST = 200
_ZIPPED = (
    (b"word/document.xml", "docx"),
    (b"xl/workbook.", "xlsx"),
    (b"ppt/presentation.xml", "pptx"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"mimetypeapplication/epub+zip", "epub"),
)
_SIGNS = (
    (b"{\\rtf", DOCUMENTS["rtf"]),
    (b"Rar!\x1a\x07", DOCUMENTS["rar"]),
    (b"7z\xbc\xaf\x27\x1c", DOCUMENTS["7z"]),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = {DOCUMENTS[ending] for ending in ("doc", "xls", "ppt", "hwp")}
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta)\b",
    re.I | re.S,
)
_TELLS_NOTHING = {
    "",
    "application/octet-stream",
    "application/force-download",
    "application/download",
    "binary/octet-stream",
}
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f/\\\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def kind_of(payload: bytes, *, url: str, headers: Headers) -> str:
    """Return a file's media type: by its first bytes, else by what the server says, else by its address; "" when none tells."""
    head = payload[:_HEAD]
    if b"%PDF-" in head:
        return DOCUMENTS["pdf"]
    if head.startswith(b"PK\x03\x04"):
        return _zipped(payload, url)
    if head.startswith(_OLD_OFFICE):
        promised = media_type(url) or _stated(headers)
        return promised if promised in _OLD else "application/x-ole-storage"
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    stated = _stated(headers)
    if _MARKUP.match(head) or (stated in (HTML, "application/xhtml+xml") and b"\x00" not in head):
        return HTML
    return media_type(url) if stated in _TELLS_NOTHING else stated


def _zipped(payload: bytes, url: str) -> str:
    ending = next((ending for sign, ending in _ZIPPED if sign in payload), "zip")
    promised = media_type(url)
    # Macros are told by the name alone.
    return promised if ending in ("docx", "xlsx") and "macroenabled" in promised else DOCUMENTS[ending]


def _stated(headers: Headers) -> str:
    return header(headers, "content-type").partition(";")[0].strip().lower()


def name_of(url: str, headers: Headers) -> str:
    """Return what the server calls a file, else the end of its address; "" when neither has a name."""
    named = _disposed(header(headers, "content-disposition"))
    if not named:
        named = unquote(urlsplit(url).path.rpartition("/")[2], errors="replace")
    return " ".join(_FORBIDDEN.sub(" ", named).split())[:_LONGEST]


def _disposed(disposition: str) -> str:
    """Read Content-Disposition, whose names come in as many ways as there are servers."""
    if not disposition:
        return ""
    message = Message()
    try:
        message["content-disposition"] = disposition
        found = message.get_filename("")
    except (ValueError, LookupError, UnicodeError):
        return ""
    if "%" in found:
        found = unquote(found, errors="replace")
    with suppress(UnicodeError):
        # Names in UTF-8, which headers must not hold and often do.
        found = found.encode("latin-1").decode("utf-8")
    return found.replace("\\", "/").rpartition("/")[2]
