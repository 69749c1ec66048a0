"""A step of the schema: seals."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Bring an archive of the step before up to this one. Whoever opens it holds the transaction."""
