"""Whose doing another wording is: the ministry's, or our reader's, which tells the same page otherwise than before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database

from scrapers.items import Article, Cause, Reading
from storage import evidence, templates, versions
from storage.database import ArchiveError
from storage.edits import edited

LOST = "An edit and another way of reading could not be told apart: {why}."


def cause_of(
    db: Database, warc: Path, sources: Iterable[str], number: int, before: Article, reading: Reading
) -> tuple[Cause, str]:
    """Return who made a wording another, and why that is doubtful, "" when it is not.

    The two pages themselves say it: what differs stands in one of them only, or in both. Where one is lost nobody can
    say, and the doubt is kept with the wording. It counts as the reader's doing where templates of the website come
    and go, and else as the ministry's, for an edit must not go unnoticed.
    """
    was = versions.evidence_of(db, number)
    if was == reading.sha256 or reading.article.layout != before.layout:
        return Cause.PARSER, ""
    try:
        pages = [evidence.payload(db, warc, sha256) for sha256 in (was, reading.sha256)]
    except (KeyError, ArchiveError) as error:
        why = str(error) if isinstance(error, ArchiveError) else "a page that would show it was not kept, or was pruned"
        learnt = any(templates.latest(db, slug) for slug in sources)
        return (Cause.PARSER if learnt else Cause.MINISTRY), LOST.format(why=why)
    is_edit = edited(before, reading.article, was=pages[0], now=pages[1])
    return (Cause.MINISTRY if is_edit else Cause.PARSER), ""


def note_doubt(db: Database, number: int, doubt: str) -> None:
    """Keep with the present wording why its cause is doubtful."""
    if doubt:
        db.conn.execute("update versions set doubt = ? where article = ? and record is null", [doubt, number])
