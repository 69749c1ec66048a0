"""What SQLite and the system say when a file fails them, as one sentence for people: what happened, and what to do next."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.copies import newest

FULL = 1024 * 1024
"""Fewer bytes free than this, and a failed write is blamed on the disk being full."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class ArchiveError(Exception):
    """The archive cannot be used; the message is one sentence for people."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about files into one sentence for people."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (sqlite3.DatabaseError, OSError) as error:
        raise ArchiveError(path, reason(path, error)) from error


def reason(path: Path, error: Exception) -> str:
    """Say in words what the machine says of a file."""
    text = str(error)
    # A full disk shows up as "disk I/O error" as often as "database or disk is full".
    if _full(path) or "disk is full" in text or getattr(error, "errno", None) in _NO_ROOM:
        return "the disk is full; free some space, nothing recorded so far is lost"
    if isinstance(error, OSError):
        return f"{error.strerror or text}; check that the folder exists and may be written to"
    if "readonly" in text or "unable to open" in text:
        return "it cannot be opened for writing; check who owns the file and its folder"
    if "not a database" in text:
        return "this file is not an archive of Bantin (give another path), or its beginning is damaged; " + _way_out(
            path
        )
    if "locked" in text:
        return "another program has kept the archive locked for too long; close it and try again"
    if "malformed" in text or "Could not decode" in text:
        return "the archive is damaged; `bantin doctor` says where; " + _way_out(path)
    return f"SQLite says: {text}"


def size(count: int) -> str:
    """Spell a number of bytes: "3.2 GB"."""
    amount, unit = float(count), "bytes"
    for larger in ("KB", "MB", "GB", "TB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.1f} {unit}" if amount < 10 and unit != "bytes" else f"{amount:.0f} {unit}"


def room(folder: Path) -> int:
    """How many bytes may still be written there."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def need_room(path: Path, folder: Path, needed: int, what: str) -> None:
    """Raise ArchiveError about ``path`` when ``folder`` has less room than ``what`` needs."""
    if (free := room(folder)) < needed + FULL:
        raise ArchiveError(
            path, f"{what} needs {size(needed)} in {folder}, where {size(free)} are free; free some space and try again"
        )


def _way_out(path: Path) -> str:
    backup = newest(path)
    if backup is None:
        return "no backup is known here: restore the newest backup you have with `bantin restore FILE`"
    return f"restore the newest backup with `bantin restore {backup}`"


def _full(path: Path) -> bool:
    try:
        return room(path.parent) < FULL
    except OSError:
        return False
