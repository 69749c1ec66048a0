"""Undoes the encodings in which bodies travel, for Scrapy; half a body is no page.

Scrapy's own middleware hands on whatever could be decompressed: a page cut off on its way looks like a short one.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
from scrapy.exceptions import DownloadCancelledError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

BEGINNING = "beginning"
"""Key in a request's meta: so many bytes of its body are enough, and what follows them may be missing or damaged."""

_CHUNK = 65536
_PAGES = (200, 203)
_MEMBERS = 500
"""Streams one after another in a body; each costs a copy of all that follow."""
_GZIP = b"\x1f\x8b"


class UndecodableError(Exception):
    """A body that is not what its Content-Encoding says."""


class IncompleteError(UndecodableError):
    """A body that ends before its compressed data does, or was damaged on its way."""


class CompressionMiddleware:
    """Asks for compressed bodies, and decompresses them whole or not at all."""

    def __init__(self, crawler: Crawler) -> None:
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CompressionMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("Accept-Encoding", "gzip, deflate, br, zstd")

    def process_response(self, request: Request, response: Response) -> Response:
        named = chain.from_iterable(value.split(b",") for value in response.headers.getlist("Content-Encoding"))
        encodings = [name.strip().lower().decode("latin-1") for name in named]
        if not encodings or not response.body:
            return response
        try:
            most = request.meta.get("download_maxsize", self._most)
            body = _undone(response.body, encodings, most=most, beginning=request.meta.get(BEGINNING, 0))
        except UndecodableError:
            if response.status in _PAGES:
                raise
            body = b""  # its status says all there is to say
        return response.replace(body=body)


def _undone(body: bytes, encodings: list[str], *, most: int, beginning: int) -> bytes:
    """Undo the encodings, the last one first, up to one that is none: it is no use to anybody, as to browsers."""
    for name in reversed(encodings):
        if name not in _STREAMS:
            break
        body = _decompressed(_STREAMS[name](body), most=most, beginning=beginning)
    return body


def _decompressed(pieces: Iterator[bytes], *, most: int, beginning: int) -> bytes:
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            if beginning and len(body) >= beginning:
                break
            if most and len(body) > most:
                raise DownloadCancelledError(f"more than {most} bytes when decompressed")
    except UndecodableError:
        if not beginning:
            raise
    return bytes(body)


def _gzip(body: bytes) -> Iterator[bytes]:
    """Decompress one member after another; what follows the last one is padding."""
    if not body.startswith(_GZIP):
        raise UndecodableError("no gzip")
    for _ in range(_MEMBERS):
        stream = zlib.decompressobj(wbits=31)
        yield from _inflated(stream, body)
        body = stream.unused_data.lstrip(b"\0")
        if not body.startswith(_GZIP):
            return
    raise UndecodableError("gzip in too many members")


def _deflate(body: bytes) -> Iterator[bytes]:
    """Decompress zlib's format, which is what is meant, or the bare data that some servers send."""
    stream = zlib.decompressobj()
    try:
        stream.decompress(body, 1)
    except zlib.error:
        yield from _inflated(zlib.decompressobj(wbits=-15), body)
    else:
        yield from _inflated(zlib.decompressobj(), body)


def _inflated(stream: zlib._Decompress, body: bytes) -> Iterator[bytes]:
    began = False
    while not stream.eof:
        try:
            piece = stream.decompress(body, _CHUNK)
        except zlib.error as error:
            raise (IncompleteError if began else UndecodableError)(str(error)) from error
        body = stream.unconsumed_tail
        if not piece and not body and not stream.eof:
            raise IncompleteError("the compressed data has no end")
        began = True
        yield piece


def _brotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    while not stream.is_finished():
        try:
            piece = stream.process(body, output_buffer_limit=_CHUNK)
        except brotli.error as error:
            raise UndecodableError(str(error)) from error
        body = b""
        if not piece and not stream.is_finished():
            raise IncompleteError("the compressed data has no end")
        yield piece


def _zstd(body: bytes) -> Iterator[bytes]:
    """Decompress one frame after another."""
    for _ in range(_MEMBERS):
        stream = zstd.ZstdDecompressor()
        while not stream.eof:
            try:
                piece = stream.decompress(body, _CHUNK)
            except zstd.ZstdError as error:
                raise UndecodableError(str(error)) from error
            body = b""
            if not piece and stream.needs_input and not stream.eof:
                raise IncompleteError("the compressed data has no end")
            yield piece
        body = stream.unused_data
        if not body:
            return
    raise UndecodableError("zstd in too many frames")


_STREAMS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
