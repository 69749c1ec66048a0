"""The command that gives out what the archive holds: JSON lines, CSV, or a package that can be cited."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from commands.shared import DONE, REFUSED, known_source, reading, source_option
from home import Home, read_settings
from printing import line, say, show

if TYPE_CHECKING:
    from storage.articles import StoredArticle
    from storage.database import Database
    from storage.export import Selection


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f'must be a day such as "2026-03-02", not "{value}"', context, parameter) from error


@click.command()
@click.option(
    "--csv", "view", metavar="VIEW", help="A view as CSV, such as items_view or changes_view; see docs/data.md."
)
@click.option("--package", metavar="FOLDER|ZIP", type=click.Path(path_type=Path), help="A package that can be cited.")
@click.option("--history", is_flag=True, help="JSON lines with every wording and every change.")
@source_option
@click.option("--since", metavar="DAY", callback=_day, help="Published on this day or later.")
@click.option("--until", metavar="DAY", callback=_day, help="Published on this day or earlier.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write here instead of stdout.")
@click.option("--exact", is_flag=True, help="CSV without the apostrophe before what a spreadsheet takes for a formula.")
@click.option("--force", is_flag=True, help="Replace what is there.")
@click.pass_obj
def export(
    home: Home,
    view: str | None,
    package: Path | None,
    history: bool,
    source: str | None,
    since: date | None,
    until: date | None,
    output: Path | None,
    exact: bool,
    force: bool,
) -> int:
    """Write articles as JSON lines, a view as CSV, or a package that can be cited.

    Days are those of the ministry's calendar; an article without a date counts for the day it was first seen.
    """
    from storage.export import Selection

    selection = Selection(source=source, since=since, until=until)
    if package:
        return _package(home, package.expanduser(), selection, exact=exact, force=force)
    if output and output.exists() and not force:
        say(f"{output} exists already; choose another file, or say --force to replace it.")
        return REFUSED
    with reading(home) as db:
        known_source(db, source)
        _is_view(db, view)
        # One moment of the archive, however long it takes.
        db.execute("begin")
        with _stream(output) as stream:
            count = (
                _csv(db, view, selection, stream, exact=exact)
                if view
                else _lines(db, selection, stream, history=history)
            )
    say(f"{count:,} row{'s' * (count != 1)}.")
    return DONE


def _is_view(db: Database, view: str | None) -> None:
    from storage.export import views

    if view is not None and view not in (known := views(db)):
        raise click.UsageError(f"there is no view {view}; there are: {', '.join(known)}")


@contextmanager
def _stream(output: Path | None) -> Iterator[TextIO]:
    from storage.backup import written_whole

    if output is None:
        # csv ends its lines by itself, the same everywhere.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        return
    with written_whole(output) as draft, draft.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def _csv(db: Database, view: str, selection: Selection, stream: TextIO, *, exact: bool) -> int:
    from storage.export import view_rows, write_csv

    return write_csv(stream, *view_rows(db, view, selection), exact=exact)[0]


def _lines(db: Database, selection: Selection, stream: TextIO, *, history: bool) -> int:
    from storage.export import articles

    count = 0
    for one in articles(db, selection):
        stream.write(line(_record(db, one, history=history)) + "\n")
        count += 1
    return count


def _record(db: Database, one: StoredArticle, *, history: bool) -> dict[str, object]:
    from scrapers.reading.plain import plain
    from storage.export import changes_of
    from storage.versions import history as wordings

    record: dict[str, object] = {
        "number": one.number,
        "id": one.id,
        "source": one.source,
        "state": one.state,
        "first_seen": one.first_seen,
        "revised": one.revised,
        **plain(one.article),
    }
    if history:
        record["versions"] = [
            {"version": was.number, "seen": was.seen, "cause": was.cause, "fields": was.fields, "sha256": was.sha256,
             **plain(was.article)}
            for was in wordings(db, one.number)
        ]  # fmt: skip
        record["changes"] = changes_of(db, one.number)
    return record


def _package(home: Home, target: Path, selection: Selection, *, exact: bool, force: bool) -> int:
    from importlib import metadata

    from storage.database import ArchiveError
    from storage.package import About, refuse, write_package

    with reading(home) as db:
        known_source(db, selection.source)
    settings = read_settings(home)
    try:
        refuse(target, force=force)
    except ArchiveError as error:
        say(str(error))
        return REFUSED
    about = About(
        title=settings.title,
        authority=settings.authority,
        selection=selection,
        now=datetime.now(UTC),
        software=f"Bantin {metadata.version('bantin')}",
        exact=exact,
    )
    rows = write_package(home.database, target, about)
    show([{"table": view.removesuffix("_view"), "rows": count} for view, count in rows.items()], json=False)
    say(f"{target} is complete; `sha256sum -c SHA256SUMS` in it finds any changed byte.")
    return DONE
