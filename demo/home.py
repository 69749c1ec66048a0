"""The folder a demo run works in: made for it, recognised again, and never anybody's own archive."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from demo.source import SLUG, source_toml

_MARK = "demo.txt"
_SAYS = """\
`bantin demo` made this folder, and the next `bantin demo` replaces everything in it.
Delete this file to keep what is here.
"""
_OWN = ("bantin.toml", "bantin.db", "bantin.db-wal", "bantin.db-shm", "daemon.log", "public", "warc", "spool")


class HomeTakenError(Exception):
    """The folder cannot be used for a demo; the message says why and what to do."""


def choose(home: Path) -> Path:
    """Return ``home``, or its folder ``demo`` when ``home`` holds something that is not a demo's."""
    return home if _free(home) else home / "demo"


def furnish(home: Path, *, ministry: str, listen: str) -> None:
    """Empty the folder of an earlier demo's traces and make it follow the ministry served at ``ministry``.

    Raises HomeTakenError when it belongs to somebody, or a daemon is at work in it.
    """
    if not _free(home):
        raise HomeTakenError(f"{home} holds an archive that no demo made. Give an empty folder: bantin --home DIR demo")
    if _busy(home):
        raise HomeTakenError(f"A daemon is at work in {home}, perhaps an earlier `bantin demo --keep`. Stop it first.")
    _empty(home)
    (home / "sources").mkdir(parents=True, exist_ok=True)
    (home / _MARK).write_text(_SAYS, encoding="utf-8")
    (home / "sources" / f"{SLUG}.toml").write_text(source_toml(ministry), encoding="utf-8")
    settings = f'title = "Bantin demo"\nbase_url = "http://{listen}"\nlisten = "{listen}"\n'
    (home / "bantin.toml").write_text(settings, encoding="utf-8")


def _free(home: Path) -> bool:
    """True for a folder that is not there, is empty, or was made by a demo and holds no other source since."""
    if not home.exists() or not any(home.iterdir()):
        return True
    sources = {file.name for file in home.glob("sources/*")}
    return (home / _MARK).is_file() and sources <= {f"{SLUG}.toml"}


def _busy(home: Path) -> bool:
    try:
        handle = os.open(home / "bantin.lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _empty(home: Path) -> None:
    for name in _OWN:
        place = home / name
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
