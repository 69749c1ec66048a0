"""WARC 1.1 records as gzip members, made of pages as they were served; what makes them one file is ``evidence``."""

from __future__ import annotations

import hashlib
import http
import string
import uuid
import zlib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import metadata
from io import BytesIO
from urllib.parse import quote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from scrapers.items import Evidence
from storage import moments

LEVEL = 4
"""Of gzip: two levels more take half as much time again to save three percent (measured on 120 pages of 72 KB)."""
QUICK = 1
"""For what is so large that it is a file and no page, and mostly compressed already."""
LARGE = 1024 * 1024
REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
PROTOCOL = ":protocol"
CERTIFICATE = ":certificate"
_DESCRIPTION = (
    "News pages as they were served. Transfer and content encodings are undone; the headers that told of them are kept "
    "as X-Archive-Orig-*. A request's record stands behind its answer's."
)
_TOKEN = "!#$%&'*+-.^_`|~"
"""What the name of a header may hold besides letters and digits."""
_UNDONE = {"content-encoding", "transfer-encoding", "content-length"}

Headers = dict[str, str]


@cache
def software() -> str:
    """Name this program and its version, as everything it vouches for does."""
    try:
        return f"Bantin {metadata.version('bantin')}"
    except metadata.PackageNotFoundError:
        return "Bantin"


def information(file: str, *, date: str, name: str = "", description: str = _DESCRIPTION) -> bytes:
    """Return the record that opens a file and says who wrote it."""
    told = {
        "software": software(),
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS,
        "robots": "obey",
        "description": description,
    }
    block = "".join(f"{key}: {value}\r\n" for key, value in told.items()).encode()
    headers = {"WARC-Filename": _ascii(file), "WARC-Date": date}
    return _record("warcinfo", headers, "application/warc-fields", block, name=name)


def response(page: Evidence, name: str) -> bytes:
    """Return the record of a page; ``name`` becomes its id."""
    block = _http_head(page) + page.payload
    return _record("response", _named(page), "application/http; msgtype=response", block, name=name)


def revisit(page: Evidence, name: str, *, url: str, fetched: str, original: str) -> bytes:
    """Return the record of a page whose bytes were kept before, at ``url`` and ``fetched`` and with this id."""
    headers = _named(page) | {
        "WARC-Profile": REVISIT,
        "WARC-Refers-To-Target-URI": _ascii(url),
        "WARC-Refers-To-Date": fetched,
        "WARC-Truncated": "length",
    }
    if original:
        headers["WARC-Refers-To"] = original
    return _record("revisit", headers, "application/http; msgtype=response", _http_head(page), name=name)


def request(page: Evidence, answer: str) -> bytes:
    """Return the record of what we asked, for the answer with this id."""
    parts = urlsplit(_ascii(page.url))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [pair for pair in _clean(page.requested) if not pair[0].startswith(":")]
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc.rpartition("@")[2]))
    block = f"GET {path} {_protocol(page)}\r\n{_lines(headers)}\r\n".encode()
    named = {name: value for name, value in _named(page).items() if name in ("WARC-Date", "WARC-IP-Address")}
    named |= {"WARC-Target-URI": _ascii(page.url), "WARC-Concurrent-To": answer}
    return _record("request", named, "application/http; msgtype=request", block)


def named() -> str:
    """Mint a record's id."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def member(record: bytes) -> bytes:
    """Return a record as a gzip member of its own; its header holds no time, so nothing in it can be changed unseen."""
    compressor = zlib.compressobj(LEVEL if len(record) < LARGE else QUICK, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return compressor.compress(record) + compressor.flush()


def content(data: bytes) -> tuple[bytes | None, str]:
    """Return the payload of a record in its gzip member, None when it is damaged, and what kind it says it is."""
    try:
        record = next(ArchiveIterator(BytesIO(zlib.decompress(data, zlib.MAX_WBITS | 16))))
    except (zlib.error, ArchiveLoadFailed):
        return None, ""
    told: bytes = record.content_stream().read()
    return told, str(record.http_headers.get_header("Content-Type", "")) if record.http_headers else ""


def beginning(data: bytes) -> bytes:
    """Return the first bytes of the record in a gzip member, of which the first ones are enough; b"" when it is damaged."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, 4096)
    except zlib.error:
        return b""


def id_of(data: bytes) -> str:
    """Return a record's id, "" when it does not show it."""
    found = beginning(data).partition(b"\r\nWARC-Record-ID: ")[2].partition(b"\r\n")
    return found[0].decode("ascii", "replace") if found[1] else ""


def _record(kind: str, headers: Headers, media_type: str, block: bytes, *, name: str = "") -> bytes:
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": name or named(),
        **headers,
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        "Content-Type": media_type,
        "Content-Length": str(len(block)),
    }
    return b"".join([f"WARC/1.1\r\n{_lines(lines.items())}\r\n".encode(), block, b"\r\n\r\n"])


def _named(page: Evidence) -> Headers:
    # Whole seconds, so that a revisit can name the date of what it refers to.
    headers = {"WARC-Target-URI": _ascii(page.url), "WARC-Date": moments.text(page.fetched)}
    if page.ip:
        headers["WARC-IP-Address"] = page.ip
    headers["WARC-Payload-Digest"] = f"sha256:{page.sha256}"
    if certificate := dict(page.requested).get(CERTIFICATE):
        headers["Bantin-TLS-Certificate"] = certificate
    return headers


def _http_head(page: Evidence) -> bytes:
    """Return status line and headers; what no longer fits the decoded payload is kept under another name."""
    headers = [
        (f"X-Archive-Orig-{name}" if name.lower() in _UNDONE else name, value) for name, value in _clean(page.headers)
    ]
    headers.append(("Content-Length", str(len(page.payload))))
    status = f"{_protocol(page)} {page.status} {_phrase(page.status)}".rstrip()
    return f"{status}\r\n{_lines(headers)}\r\n".encode("utf-8", "replace")


def _protocol(page: Evidence) -> str:
    return dict(page.requested).get(PROTOCOL, "HTTP/1.1")


def _clean(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Names of letters, values on one line: a header must not become two."""
    named = [
        (name if name.startswith(":") else _ascii(name, _TOKEN), " ".join(value.split())) for name, value in headers
    ]
    return [(name, value) for name, value in named if name]


def _lines(headers: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers)


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def _ascii(text: str, allowed: str = string.punctuation) -> str:
    """Percent-encode what a WARC file has no other way to hold: blanks and letters outside ASCII."""
    return quote(text, safe=allowed)
