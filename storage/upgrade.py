"""Brings an older archive up to date: a copy beside it first, then the missing steps, all of them or none."""

from __future__ import annotations

import logging
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from storage.backup import back_up
from storage.copies import dated
from storage.failures import ArchiveError, need_room, reason
from storage.schema import APPLICATION_ID, STEPS, migrations

log = logging.getLogger("bantin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What bringing an archive up to date would do."""

    version: int
    steps: tuple[str, ...]
    copy: Path
    """Where the archive is copied first."""
    needed: int
    """Bytes that must be free: for the copy, and for what the steps may write."""


def plan(db: Database, path: Path, *, now: datetime) -> Plan:
    version, pages, page = (
        int(db.execute(f"pragma {name}").fetchone()[0]) for name in ("user_version", "page_count", "page_size")
    )
    return Plan(
        version=version,
        steps=tuple(step.name for step in migrations.pending(db)),
        copy=path.with_name(dated(f"{path.stem}-schema-{version}", now=now)),
        needed=3 * pages * page,
    )


def begin(db: Database) -> None:
    """Make a new archive. The caller holds the transaction."""
    migrations.apply(db)
    _sign(db)


def upgrade(db: Database, path: Path) -> None:
    """Take the missing steps. Raises ArchiveError, and then the archive is as it was."""
    ahead = plan(db, path, now=datetime.now(UTC))
    need_room(path, path.parent, ahead.needed, f"bringing the archive from schema {ahead.version} to {STEPS}")
    log.info(
        "%s: from schema %d to %d; it is copied to %s first", path, ahead.version, STEPS, ahead.copy.name
    )  # fmt: skip
    back_up(path, ahead.copy, now=datetime.now(UTC))
    db.conn.execute("begin immediate")
    try:
        _take_steps(db, path, ahead.copy)
        db.conn.execute("commit")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("rollback")
        raise
    log.info("%s: up to date; %s may be deleted once all is well", path, ahead.copy.name)


def _take_steps(db: Database, path: Path, copy: Path) -> None:
    # Asked again: somebody else may have been quicker while the copy was made.
    names = [step.name for step in migrations.pending(db)]
    for place, name in enumerate(names):
        log.info("step %s (%d of %d)", name, place + 1, len(names))
        began = time.monotonic()
        try:
            migrations.apply(db, stop_before=names[place + 1 :])
        except sqlite3.Error as error:
            raise ArchiveError(
                path, f"step {name} failed: {reason(path, error)}. The archive is as it was, and so is its copy, {copy}"
            ) from error
        log.debug("step %s took %.1f s", name, time.monotonic() - began)
    _sign(db)


def _sign(db: Database) -> None:
    db.execute(f"pragma application_id = {APPLICATION_ID}")
    db.execute(f"pragma user_version = {STEPS}")
