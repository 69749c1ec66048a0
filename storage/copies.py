"""Where copies of an archive are: a list beside it that every backup adds a line to, and the dated names they get."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

LIST = "backups.txt"


def note(archive: Path, copy: Path, *, now: datetime) -> None:
    """Add a copy to the archive's list; a home that may not be written goes without."""
    with suppress(OSError), (archive.parent / LIST).open("a", encoding="utf-8") as file:
        file.write(f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\t{copy}\n")


def known(archive: Path) -> list[tuple[datetime, Path]]:
    """Return the copies that are still where they were made, the newest first."""
    found = {}
    with suppress(OSError):
        for line in (archive.parent / LIST).read_text("utf-8", "surrogateescape").splitlines():
            stamp, _, name = line.partition("\t")
            with suppress(ValueError, OSError):
                if Path(name).is_file():
                    found[Path(name)] = datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return sorted(((made, copy) for copy, made in found.items()), reverse=True)


def newest(archive: Path) -> Path | None:
    copies = known(archive)
    return copies[0][1] if copies else None


def dated(stem: str, *, now: datetime, end: str = ".db") -> str:
    """A name that sorts by time and is allowed everywhere: "bantin-2026-03-02T050000Z.db"."""
    return f"{stem}-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}{end}"
