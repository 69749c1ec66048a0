"""Looks a home over from end to end and says of each part whether it is well, and if not, what to do next.

It only reads, works while the daemon runs, and on a home that is broken.
"""

from __future__ import annotations

import os
import pwd
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

from feeds.check import check, errors
from feeds.parsed import Kind
from home import Home, HomeError, holder, read_settings
from scrapers.sources import load_folder
from storage import checkup, checkup_files
from storage.checkup import Finding

KINDS: dict[str, Kind] = {".rss": "rss", ".xml": "rss", ".atom": "atom", ".json": "json"}
LIBRARIES = ("bantin", "scrapy", "lxml", "sqlite-utils", "msgspec", "warcio", "feedgen", "apscheduler", "tzdata")
LATE = timedelta(minutes=10)
"""How much older than the newest change a feed, and a visit in the spool, may be while a daemon runs."""


def examine(home: Home, *, now: datetime, full: bool = False) -> list[Finding]:
    """Return a line for each thing that was looked at; nothing that is broken keeps the rest from being looked at."""
    runs = running(home) is not None
    looks: list[Callable[[], Iterator[Finding]]] = [
        _program,
        lambda: _permissions(home),
        lambda: _settings(home),
        lambda: _sources(home),
        lambda: _lock(home),
        lambda: checkup.database(home.database, now=now),
        lambda: (
            checkup_files.files(home.database, home.warc, full=full, runs=runs) if home.database.exists() else iter(())
        ),
        lambda: _spool(home, now=now, runs=runs),
        lambda: _feeds(home, now=now),
        lambda: _clock(home, now=now),
        lambda: iter([checkup_files.disk(home.database, home.warc, now=now)]),
    ]
    if not home.path.is_dir():
        return [Finding(check="home", level="fail", found=f"{home.path} is no folder", todo="choose another --home")]
    return [finding for look in looks for finding in _guarded(look)]


def running(home: Home) -> int | None:
    """The process that holds the home's lock, as the kernel tells it; None when there is none, or nobody can tell."""
    holders = _holders(home)
    return holders[0] if holders else None


def _guarded(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except (OSError, ValueError) as error:
        where = getattr(error, "filename", None) or "somewhere"
        told = getattr(error, "strerror", None) or str(error)
        yield Finding(check="home", level="fail", found=f"{where}: {told}", todo="check that it exists and may be read")


def _program() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    found = [f"Python {python}"]
    for name in LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding(check="program", level="warn", found=f"{name} is not installed", todo="install Bantin anew")
    yield Finding(check="program", level="ok", found=", ".join(found))


def _permissions(home: Home) -> Iterator[Finding]:
    places = [home.path, home.database, home.warc, home.spool, home.public, home.sources]
    refused = [path for path in places if path.exists() and not os.access(path, os.W_OK)]
    for path in refused:
        owner = _owner(path)
        yield Finding(
            check="permissions",
            level="fail",
            found=f"{path} may not be written by this user" + (f"; it belongs to {owner}" if owner else ""),
            todo="run Bantin as its owner, mend the permissions, or make the disk writable again",
        )
    if not refused:
        yield Finding(check="permissions", level="ok", found=f"{home.path} may be written")


def _owner(path: Path) -> str:
    try:
        return pwd.getpwuid(path.stat().st_uid).pw_name
    except (KeyError, OSError):
        return ""


def _settings(home: Home) -> Iterator[Finding]:
    try:
        read_settings(home)
    except HomeError as error:
        yield Finding(check="settings", level="fail", found=str(error), todo=f"mend {home.settings_file.name}")
    else:
        yield Finding(check="settings", level="ok", found=f"{home.settings_file.name} is understood")


def _sources(home: Home) -> Iterator[Finding]:
    found, mistakes = load_folder(home.sources) if home.sources.is_dir() else ({}, [])
    for mistake in mistakes:
        yield Finding(
            check="sources", level="fail", found=str(mistake), todo="`bantin sources check` explains each mistake"
        )
    if not found and not mistakes:
        yield Finding(check="sources", level="warn", found="no source is followed", todo="`bantin add SLUG`")
    elif found:
        yield Finding(check="sources", level="ok", found=f"{len(found)} followed")


def _lock(home: Home) -> Iterator[Finding]:
    holders = _holders(home)
    if len(holders) > 1:
        yield Finding(
            check="lock", level="fail", found=f"several processes hold it: {', '.join(map(str, holders))}",
            todo="stop all but one",
        )  # fmt: skip
    elif holders:
        yield Finding(check="lock", level="ok", found=f"process {holders[0]} works on this home")
    else:
        last = holder(home)
        told = f"; process {last} did last, and its number stays in the file until the next one" if last else ""
        yield Finding(check="lock", level="ok", found=f"nobody works on this home{told}")


def _holders(home: Home) -> list[int]:
    """Ask the kernel, without touching the lock: even a look that takes it for a moment could turn a daemon away."""
    try:
        place = home.lock.stat()
        lines = Path("/proc/locks").read_text("ascii").splitlines()
    except OSError:
        return []
    name = f"{os.major(place.st_dev):02x}:{os.minor(place.st_dev):02x}:{place.st_ino}"
    return [int(words[4]) for line in lines if (words := line.split())[1] == "FLOCK" and words[5] == name]


def _spool(home: Home, *, now: datetime, runs: bool) -> Iterator[Finding]:
    waiting = sorted(home.spool.glob("*.visit")) if home.spool.is_dir() else []
    bad = sorted(home.spool.glob("*.bad")) if home.spool.is_dir() else []
    oldest = min((path.stat().st_mtime for path in waiting), default=now.timestamp())
    if bad:
        yield Finding(
            check="spool", level="warn", found=f"{len(bad)} visits were put aside, {bad[0].name} first",
            todo="their sources were simply visited again; send one with a report, then delete them",
        )  # fmt: skip
    if waiting and runs and now.timestamp() - oldest > LATE.total_seconds():
        yield Finding(
            check="spool", level="warn", found=f"{len(waiting)} visits wait to be recorded, though a daemon runs",
            todo="its log says what keeps it; nothing is lost",
        )  # fmt: skip
    elif waiting and not runs:
        yield Finding(
            check="spool", level="ok", found=f"{len(waiting)} visits wait to be recorded by the next `bantin run`"
        )
    elif not bad:
        yield Finding(
            check="spool", level="ok", found="nothing waits" if not waiting else f"{len(waiting)} visits on their way"
        )


def _feeds(home: Home, *, now: datetime) -> Iterator[Finding]:
    folder = home.public / "feeds"
    files = sorted(path for path in folder.glob("*") if path.suffix in KINDS) if folder.is_dir() else []
    if not files:
        yield Finding(check="feeds", level="warn", found="there are none yet", todo="`bantin crawl --all` makes them")
        return
    broken = 0
    for path in files:
        # Addresses are judged when a feed is published; here it is whether what lies there can be read.
        wrong = errors(check(path.read_bytes(), KINDS[path.suffix], now=now + timedelta(minutes=5), private=True))
        if wrong:
            broken += 1
            yield Finding(
                check="feeds", level="fail", found=f"{path.name}: {wrong[0].message}",
                todo="delete the file; the daemon makes it anew when it starts",
            )  # fmt: skip
    for source in sorted({path.stem for path in files} - {"all"}):
        yield from _late(home, folder, source)
    if not broken:
        yield Finding(check="feeds", level="ok", found=f"{len(files)} documents, all of them valid")


def _late(home: Home, folder: Path, source: str) -> Iterator[Finding]:
    changed = checkup.newest_change(home.database, source) if home.database.exists() else None
    made = max(path.stat().st_mtime for path in folder.glob(f"{source}.*"))
    if changed and changed.timestamp() - made > LATE.total_seconds():
        yield Finding(
            check="feeds", level="warn", found=f"{source} has changed since its feed was made",
            todo="`bantin run` publishes it; if it runs, its log says what keeps it",
        )  # fmt: skip


def _clock(home: Home, *, now: datetime) -> Iterator[Finding]:
    zones = ["UTC", *(checkup.timezones(home.database) if home.database.exists() else ())]
    for zone in zones:
        try:
            ZoneInfo(zone)
        except (LookupError, ValueError):
            yield Finding(
                check="clock", level="fail", found=f"the time zone {zone} is not known here",
                todo="install the time zone data: the package tzdata",
            )  # fmt: skip
    if home.database.exists():
        yield from checkup.clock(home.database, now=now)
