"""Everything a user owns lies in one folder; this module knows its places, its settings and its lock."""

from __future__ import annotations

import difflib
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapers.items import Grade, Record
from scrapers.source_problems import shown
from scrapers.toml_text import BadTomlError, key_lines, tables

_AUTHORITY = re.compile(r"([\w.+-]+@)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.ASCII)
"""What RFC 4151 lets stand for the one who mints a ``tag:`` URI."""

_PLAIN = re.compile(r"[!-~]+")

_TEMPLATE = """\
# Settings of this Bantin home. Every line is optional; what is commented out shows the default.

# title = "Bantin"                       # the name readers see above the combined feed
# base_url = "http://127.0.0.1:8080"     # the public address of the feeds, as readers reach them
# listen = "127.0.0.1:8080"              # where `bantin run` serves pages and feeds
# contact = ""                           # an address webmasters can write to; sent in the User-Agent
# authority = "bantin.internal"          # a domain of yours: part of every article's permanent id, so set it before the first visit
# workers = 2                            # processes that visit sources
# concurrency = 4                        # visits at once in each of them
# least_grade = "D"                      # feeds leave out what is believed less than this: A, B, C or D; see docs/reading.md
"""


class HomeError(Exception):
    """The home cannot be used as it is; the message says what to mend."""


class HomeBusyError(Exception):
    """Another process works on this home."""

    def __init__(self, path: Path, pid: int | None) -> None:
        self.path, self.pid = path, pid
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"{path} is in use by {who}; stop it first, or choose another --home.")


class Settings(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``bantin.toml`` may say."""

    title: str = "Bantin"
    base_url: str = "http://127.0.0.1:8080"
    listen: str = "127.0.0.1:8080"
    contact: str = ""
    authority: str = "bantin.internal"
    workers: int = 2
    concurrency: int = 4
    least_grade: Grade = "D"

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        odd = parts.query or parts.fragment or parts.username or not _PLAIN.fullmatch(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or odd:
            raise ValueError(f"base_url must be a web address such as https://news.example.org, not {self.base_url!r}")
        for name, number in (("workers", self.workers), ("concurrency", self.concurrency)):
            if not 1 <= number <= 64:
                raise ValueError(f"{name} must lie between 1 and 64, not {number}")
        if not _AUTHORITY.fullmatch(self.authority):
            raise ValueError(f"authority must be a domain or a mail address of yours, not {self.authority!r}")
        if self.least_grade not in ("A", "B", "C", "D"):
            raise ValueError(f"least_grade must be A, B, C or D, not {shown(self.least_grade)}")
        try:
            listen_address(self.listen)
        except ValueError as error:
            raise ValueError(f"listen: {error}") from error


class Home(Record, frozen=True, kw_only=True):
    path: Path

    @classmethod
    def at(cls, path: Path) -> Home:
        """The home that somebody named, "~" understood. Raises HomeError when it is no folder, or nobody's."""
        try:
            path = path.expanduser().absolute()
        except RuntimeError as error:
            raise HomeError(f"{path}: there is no such user; choose another --home.") from error
        if path.exists() and not path.is_dir():
            raise HomeError(f"{path} is a file, not a folder; choose another --home.")
        return cls(path=path)

    @property
    def settings_file(self) -> Path:
        return self.path / "bantin.toml"

    @property
    def sources(self) -> Path:
        return self.path / "sources"

    @property
    def database(self) -> Path:
        return self.path / "bantin.db"

    @property
    def public(self) -> Path:
        return self.path / "public"

    @property
    def warc(self) -> Path:
        return self.path / "warc"

    @property
    def spool(self) -> Path:
        return self.path / "spool"

    @property
    def wanted(self) -> Path:
        """Holds an empty file named after each source somebody wants visited now."""
        return self.spool / "wanted"

    @property
    def lock(self) -> Path:
        return self.path / "bantin.lock"


def prepare(home: Home) -> None:
    """Make the folders and a commented ``bantin.toml`` where they are missing.

    Raises HomeError when the place cannot be written.
    """
    try:
        for folder in (home.sources, home.public, home.warc, home.spool, home.wanted):
            folder.mkdir(parents=True, exist_ok=True)
        if not home.settings_file.exists():
            home.settings_file.write_text(_TEMPLATE, encoding="utf-8")
    except OSError as error:
        raise HomeError(
            f"{home.path} cannot be written: {error.strerror}. Choose another --home or mend its permissions."
        ) from error


def read_settings(home: Home) -> Settings:
    """Return what ``bantin.toml`` says, or the defaults where there is none.

    Raises HomeError naming file, line and key, and the nearest right key.
    """
    file = home.settings_file
    try:
        text = file.read_bytes().decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        table = tables(text)
    except FileNotFoundError:
        return Settings()
    except BadTomlError as error:
        raise HomeError(f"{file}:{error.line}: {error.message}") from error
    except OSError as error:
        raise HomeError(f"{file} cannot be read: {error.strerror}") from error
    for key, value in table.items():
        if mistake := _mistake(key, value):
            raise HomeError(f"{file}:{key_lines(text).get((key,), 1)}: {mistake}")
    return Settings(**table)


def listen_address(text: str) -> tuple[str, int]:
    """Split "HOST:PORT" ("[::1]:8080" for IPv6). Raises ValueError with a sentence."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"an address to listen on looks like 127.0.0.1:8080, not {text!r}")
    return host.strip("[]"), int(port)


@contextmanager
def hold(home: Home) -> Iterator[None]:
    """Be the only process that writes in this home. Raises HomeBusyError with the other one's pid.

    The lock is the kernel's: it goes with the process, however that ends.
    """
    try:
        handle = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise HomeError(f"{home.lock} cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise HomeBusyError(home.path, holder(home)) from None
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def holder(home: Home) -> int | None:
    """The pid written by whoever holds, or last held, the lock."""
    try:
        text = home.lock.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if text.isdigit() else None


def _mistake(key: str, value: Any) -> str:
    """Say what is wrong with one setting; "" when nothing is."""
    known = Settings.__struct_fields__
    if key not in known:
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(known)}."
        return f"unknown key {key}. {hint}"
    kind = type(getattr(Settings(), key))
    if type(value) is not kind:  # true and false are numbers to Python, not to people
        return f"{key} must be {'text in quotes' if kind is str else 'a whole number'}, not {shown(value)}"
    try:
        Settings(**{key: value})
    except ValueError as error:
        return str(error)
    return ""
