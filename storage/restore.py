"""Puts a backup in the archive's place; what was there, and evidence the backup does not know, is kept beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import copies
from storage.backup import copy_beginning, settle, verify_copy, vouched
from storage.failures import ArchiveError, explained, need_room
from storage.proof.verify import SEALS
from storage.schema import APPLICATION_ID, STEPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    articles: int
    schema: int
    kept: Path | None
    """Where the archive that was there is now."""
    aside: tuple[str, ...] = ()
    """WARC files that hold more than the backup knows; the whole of each is in ``evidence``."""
    evidence: Path | None = None
    missing: tuple[str, ...] = ()
    """WARC files the backup vouches for and nobody has."""


def restore(backup: Path, archive: Path, warc: Path, *, now: datetime) -> Restored:
    """Restore from a file, or from a folder that holds evidence too. The caller holds the home's lock.

    Raises ArchiveError, and then everything is as it was.
    """
    copy = backup / archive.name if backup.is_dir() else backup
    schema, articles, files = _look(copy)
    draft = archive.with_name(f".{archive.name}.part")
    with explained(archive):
        archive.parent.mkdir(parents=True, exist_ok=True)
        need_room(archive, archive.parent, copy.stat().st_size, "restoring")
        try:
            shutil.copyfile(copy, draft)
            kept = _keep(archive, now=now)
            settle(draft, archive)
        finally:
            draft.unlink(missing_ok=True)
    aside = archive.with_name(copies.dated("warc-before-restore", now=now, end=""))
    with explained(warc):
        moved = _set_aside(warc, files, aside)
        _provide_seals(backup / "warc" / SEALS, warc / SEALS)
        missing = [file for file, size in files.items() if not _provide(file, size, backup / "warc", warc)]
    return Restored(
        articles=articles,
        schema=schema,
        kept=kept,
        aside=tuple(moved),
        evidence=aside if moved else None,
        missing=tuple(missing),
    )


def _look(copy: Path) -> tuple[int, int, dict[str, int]]:
    """Return a backup's schema, how many articles are in it, and how far it vouches for which WARC files."""
    with explained(copy):
        if not copy.is_file():
            raise ArchiveError(copy, "there is no backup here")
        verify_copy(copy, copy, "this backup does not pass SQLite's check ({}); take an older one")
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as db:
            ours, schema = (db.execute(f"pragma {name}").fetchone()[0] for name in ("application_id", "user_version"))
            if ours != APPLICATION_ID:
                raise ArchiveError(copy, "this is no backup of an archive of Bantin")
            if schema > STEPS:
                raise ArchiveError(
                    copy, f"this backup has schema {schema} and this Bantin knows {STEPS}; install the newer"
                )
            articles = db.execute("select count(*) from articles").fetchone()[0]
            files = vouched(db)
    return schema, articles, files


def _keep(archive: Path, *, now: datetime) -> Path | None:
    """Give what is there another name. Its log goes first: nobody may ever read it into the backup."""
    if not archive.exists():
        return None
    kept = archive.with_name(copies.dated(f"{archive.stem}-before-restore", now=now))
    for end in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            archive.with_name(archive.name + end).rename(kept.with_name(kept.name + end))
    try:
        os.link(archive, kept)  # so that there is an archive at every moment
    except OSError:
        archive.rename(kept)
    return kept


def _set_aside(warc: Path, known: dict[str, int], aside: Path) -> list[str]:
    """Move files with more in them than the backup knows: recording would go on where the backup ends, over the rest."""
    moved = []
    for path in sorted(warc.rglob("*.warc.gz")):
        file = str(path.relative_to(warc))
        if path.stat().st_size > known.get(file, 0):
            (aside / file).parent.mkdir(parents=True, exist_ok=True)
            path.rename(aside / file)
            if file in known:
                copy_beginning(aside / file, path, known[file])
            moved.append(file)
    return moved


def _provide(file: str, size: int, source: Path, warc: Path) -> bool:
    """See that a file is there as long as it is vouched for, from the backup if need be."""
    here = warc / file
    if here.is_file() and here.stat().st_size >= size:
        return True
    return copy_beginning(source / file, here, size)


def _provide_seals(source: Path, log: Path) -> None:
    """The log that is there stays: it only grows, and says more than the backup's."""
    if source.is_file() and not log.exists():
        log.parent.mkdir(parents=True, exist_ok=True)
        copy_beginning(source, log, source.stat().st_size)
