"""Puts documents where a web server finds them: whole or not at all, and only when they differ."""

from __future__ import annotations

import errno
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

STALE = 3600.0
"""Seconds after which a half-written file belongs to nobody."""


class PublishError(Exception):
    """A feed could not be written; those already there are untouched."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.path = path
        self.errno = error.errno
        hint = _HINTS.get(error.errno or 0, "check the folder and its disk")
        super().__init__(
            f"cannot write the feed {path}: {error.strerror or error}; {hint}. The feeds already published stay as they are."
        )


_HINTS = {
    errno.ENOSPC: "the disk is full: free some space",
    errno.EDQUOT: "the disk quota is used up: free some space",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "this user may not write there",
    errno.EPERM: "this user may not write there",
    errno.ENOTDIR: "a file is in the way of the folder",
    errno.EEXIST: "a file is in the way of the folder",
}


class Folder:
    """A folder of published documents."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._changed = False
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._sweep()
        except OSError as error:
            raise PublishError(path, error) from error

    def replace(self, name: str, payload: bytes) -> bool:
        """Make ``name`` hold ``payload``; False when it already does, and then nothing is touched."""
        path = self.path / name
        try:
            if _reads(path) == payload:
                return False
            self._write(path, payload)
        except OSError as error:
            raise PublishError(path, error) from error
        self._changed = True
        return True

    def settle(self) -> None:
        """Have the disk remember the new names."""
        if not self._changed:
            return
        handle = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        self._changed = False

    def _write(self, path: Path, payload: bytes) -> None:
        draft = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
        try:
            with draft.open("wb") as file:
                file.write(payload)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def _sweep(self) -> None:
        """Take away what a killed process left half-written."""
        for draft in self.path.glob(".*.tmp"):
            with suppress(FileNotFoundError):  # its writer is alive, and has just finished
                if time.time() - draft.stat().st_mtime > STALE:
                    draft.unlink()


def _reads(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
