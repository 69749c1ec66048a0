"""One document as HTTP sees it: two codings, their tags, and whether the reader already has it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.responses import Response

from scrapers.items import Record

_WORTH_PACKING = 600
"""Bytes below which compression gains nothing worth the trouble."""
_TAG = re.compile(r'(?:W/)?"([^"]*)"|([^\s,"]+)')


class Document(Record, frozen=True, kw_only=True):
    """Bytes to serve, with everything about them that does not depend on who asks."""

    body: bytes
    packed: bytes
    """With gzip; empty when that would not be smaller."""
    media: str
    tag: str
    """Digest of ``body``; each coding's ETag is made of it."""
    modified: datetime | None
    """In whole seconds, or None for what is made on request."""
    cache: str
    """Cache-Control."""
    shared: bool = False
    """True lets scripts of other websites read it."""

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed)


def document(
    body: bytes, *, media: str, cache: str, modified: datetime | None = None, shared: bool = False, level: int = 6
) -> Document:
    packed = gzip.compress(body, level, mtime=0) if len(body) > _WORTH_PACKING else b""
    return Document(
        body=body,
        packed=packed if len(packed) < len(body) else b"",
        media=media,
        tag=sha256(body).hexdigest()[:24],
        modified=modified.replace(microsecond=0) if modified else None,
        cache=cache,
        shared=shared,
    )


def reply(found: Document, asked: Headers, *, status: int = 200) -> Response:
    """Answer with the document in the coding the reader takes, or with 304 when it has that already."""
    packed = bool(found.packed) and takes_gzip(asked.get("accept-encoding", ""))
    tags = {f'"{found.tag}"': False, f'"{found.tag}-gzip"': True}
    own = next(tag for tag, is_packed in tags.items() if is_packed is packed)
    known = _known(found, asked, [own, *tags]) if status == 200 else None
    headers = {"etag": known or own, "cache-control": found.cache, "vary": "Accept-Encoding", **_about(found)}
    if known:
        return Response(status_code=304, headers=headers)
    headers.update({"content-type": found.media, "accept-ranges": "none"})
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(found.packed if packed else found.body, status_code=status, headers=headers)


def takes_gzip(accepted: str) -> bool:
    """Say whether an Accept-Encoding header lets us send gzip."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _, rest = part.partition(";")
        weights[coding.strip()] = _weight(rest)
    for name in ("gzip", "x-gzip", "*"):
        if name in weights:
            return weights[name] > 0
    return False


def _weight(parameters: str) -> float:
    found = re.search(r"q\s*=\s*([0-9.]+)", parameters)
    try:
        return float(found[1]) if found else 1.0
    except ValueError:
        return 0.0


def _about(found: Document) -> Mapping[str, str]:
    headers = {}
    if found.modified:
        headers["last-modified"] = format_datetime(found.modified.astimezone(UTC), usegmt=True)
    if found.shared:
        headers |= {"access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Last-Modified"}
    return headers


def _known(found: Document, asked: Headers, tags: list[str]) -> str | None:
    """Return the tag under which the reader has the document, or None; If-None-Match beats If-Modified-Since."""
    if "if-none-match" in asked:
        named = ",".join(asked.getlist("if-none-match"))
        if named.strip() == "*":
            return tags[0]
        values = {f'"{quoted or bare}"' for quoted, bare in _TAG.findall(named)}
        return next((tag for tag in tags if tag in values), None)
    since = _moment(asked.get("if-modified-since", ""))
    return tags[0] if since and found.modified and found.modified <= since else None


def _moment(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
