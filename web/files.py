"""The feeds over HTTP: as they lie on disk, held in memory until they change there."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from threading import Lock

from web.replies import Document, document

MEDIA = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".png": "image/png",
}
SOONEST, LATEST = 300, 3600
"""Bounds in seconds of what readers are told to wait before they ask again."""
_TTL = re.compile(rb"<ttl>(\d{1,6})</ttl>")
BUDGET = 96 * 1024 * 1024
"""Bytes kept in memory; beyond it the feed nobody has asked for longest goes."""

_Version = tuple[int, int]


class Files:
    """The published files of one folder."""

    def __init__(self, public: Path, *, now: Callable[[], datetime], budget: int = BUDGET) -> None:
        self._public, self._now, self._budget = public, now, budget
        self._held: OrderedDict[str, tuple[_Version, Document]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def fresh(self, path: str) -> Document | None:
        """Return the document at ``path`` if memory has it as it is on disk; costs one look at the file's times."""
        with self._lock:
            version, found = self._held.get(path, (None, None))
            if found is None or version != self._version(path):
                return None
            self._held.move_to_end(path)
            return found

    def find(self, path: str) -> Document | None:
        """Return the document at ``path``, reading it when it changed; None when there is none.

        What was held before is served on when the disk fails, so that no reader is turned away.
        """
        if found := self.fresh(path):
            return found
        if not _is_plain(path):
            return None
        try:
            return self._read(path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            self._forget(path)
            return None
        except (OSError, RuntimeError):  # links that lead in a circle are a RuntimeError on some Pythons
            with self._lock:
                return self._held[path][1] if path in self._held else None

    def _read(self, path: str) -> Document:
        place = (self._public / path).resolve()
        if not place.is_relative_to(self._public.resolve()):
            raise FileNotFoundError(place)
        with place.open("rb") as file:
            body = file.read()
        # Times and size are looked at after reading: a file replaced meanwhile is read again next time.
        stat = place.stat()
        modified = min(datetime.fromtimestamp(stat.st_mtime, UTC), self._now())
        found = document(
            body,
            media=MEDIA[PurePosixPath(path).suffix],
            cache=_cache(self._public / path),
            modified=modified,
            shared=True,
        )
        if stat.st_size == len(body):
            self._hold(path, (stat.st_mtime_ns, stat.st_size), found)
        return found

    def _hold(self, path: str, version: _Version, found: Document) -> None:
        self._forget(path)
        with self._lock:
            self._held[path] = version, found
            self._size += found.size
            while self._size > self._budget:
                _, (_, oldest) = self._held.popitem(last=False)
                self._size -= oldest.size

    def _forget(self, path: str) -> None:
        with self._lock:
            if path in self._held:
                self._size -= self._held.pop(path)[1].size

    def _version(self, path: str) -> _Version | None:
        try:
            stat = (self._public / path).stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size


def _is_plain(path: str) -> bool:
    """Say whether a path names a file of a kind we publish, without any of the tricks paths can play."""
    parts = path.split("/")
    odd = any(not part or part.startswith(".") or set(part) & set("\\\0:") for part in parts)
    return not odd and PurePosixPath(path).suffix in MEDIA


def _cache(place: Path) -> str:
    """Cache-Control that agrees with the <ttl> of a feed's RSS form: some readers wait for the longer of the two."""
    try:
        with place.with_suffix(".rss").open("rb") as file:
            found = _TTL.search(file.read(8192))
    except OSError:
        found = None
    seconds = int(found[1]) * 60 if found else LATEST
    return f"public, max-age={min(max(seconds, SOONEST), LATEST)}"
