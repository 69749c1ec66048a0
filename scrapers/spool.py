"""Finished visits on their way from a worker to the archive: files that are there whole or not at all."""

from __future__ import annotations

import os
import re
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from time import time_ns

import msgspec

from scrapers.items import Visit

_FORMAT = b"bantin visit 1"
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_encoder = msgspec.msgpack.Encoder()
_decode = msgspec.msgpack.Decoder(Visit).decode


class SpoolError(Exception):
    """A file in the spool that holds no visit; it was put aside, not deleted."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


def write_spooled(spool: Path, visit: Visit) -> Path:
    """Write a visit so that it is in the spool for good once this returns. Raises OSError.

    The folder is made again when somebody removed it, but not the home around it: that may be a disk not mounted now.
    """
    path = spool / file_name(visit)
    payload = _packed(visit)
    spool.mkdir(exist_ok=True)
    draft = path.with_suffix(".tmp")
    with draft.open("wb") as file:
        file.write(b"%s %s\n" % (_FORMAT, sha256(payload).hexdigest().encode()))
        file.write(payload)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    _sync(spool)
    return path


def _packed(visit: Visit) -> bytes:
    """MessagePack's own timestamps forget the offset a ministry printed; ISO 8601 text keeps it."""
    return _encoder.encode(msgspec.to_builtins(visit, builtin_types=(bytes,)))


def file_name(visit: Visit) -> str:
    """Return the file's name; names sort as visits began, and parts as they came."""
    for word in (visit.source, visit.id):
        if not _NAME.fullmatch(word):
            raise ValueError(f"{word!r} cannot be part of a file's name")
    began = visit.started.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return f"{began}-{visit.source}-{visit.id}.{visit.part:05d}.visit"


def spooled(spool: Path) -> list[Path]:
    """Return the files that wait in the spool, in the order in which they are to be recorded."""
    return sorted(spool.glob("*.visit"), key=lambda path: path.name)


def read_spooled(path: Path) -> Visit:
    """Return the visit in a file. Raises SpoolError for anything else, having renamed it to ``….bad``."""
    try:
        if not path.is_file():
            raise _put_aside(path, "is no file")
        head, _, payload = path.read_bytes().partition(b"\n")
    except PermissionError as error:
        raise _put_aside(path, f"cannot be read: {error.strerror}") from error
    except OSError as error:
        raise SpoolError(path, f"cannot be read: {error.strerror}") from error
    if not head.startswith(_FORMAT + b" "):
        raise _put_aside(path, "is no visit, or one of another version of Bantin")
    if head[len(_FORMAT) + 1 :].decode("latin-1") != sha256(payload).hexdigest():
        raise _put_aside(path, "is damaged: its contents do not match its checksum")
    try:
        return _decode(payload)
    except (msgspec.DecodeError, ValueError) as error:
        raise _put_aside(path, f"was written by another version of Bantin ({error})") from error


def clear_drafts(spool: Path) -> None:
    """Make the folder if need be, and delete what was being written when a worker died."""
    spool.mkdir(parents=True, exist_ok=True)
    for draft in spool.glob("*.tmp"):
        draft.unlink(missing_ok=True)


def _put_aside(path: Path, message: str) -> SpoolError:
    aside = path.with_name(path.name + ".bad")
    try:
        if aside.is_dir():
            aside = path.with_name(f"{path.name}.{time_ns()}.bad")
        path.rename(aside)
    except OSError as error:
        return SpoolError(path, f"{message}, and cannot be put aside: {error.strerror}. Move it away by hand")
    return SpoolError(path, f"{message}. It was kept as {aside.name}; its source is simply visited again")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
