"""What several commands ask for: exit codes, options, the followed sources, the archive to read from."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from home import Home, listen_address
from scrapers.sources import Source, load_folder

if TYPE_CHECKING:
    from storage.database import Database

DONE, FAILURE, USAGE, ATTENTION, REFUSED = range(5)

json_option = click.option("--json", "json", is_flag=True, help="Print JSON instead of a table.")
source_option = click.option("--source", "source", metavar="SLUG", help="Only this source.")


def listening(text: str) -> tuple[str, int]:
    try:
        return listen_address(text)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def followed_sources(home: Home) -> dict[str, Source]:
    """The followed sources. Raises the first SourceError: a list with a hole in it would be a lie."""
    found, mistakes = load_folder(home.sources)
    if mistakes:
        raise mistakes[0]
    return found


def chosen(known: dict[str, Source], slug: str) -> Source:
    if slug not in known:
        near = difflib.get_close_matches(slug, known, n=1)
        raise click.UsageError(
            f"no source is called {slug}" + (f"; did you mean {near[0]}?" if near else "; see `bantin sources list`")
        )
    return known[slug]


def source_file(home: Home, slug: str) -> Path:
    return home.sources / f"{slug}.toml"


@contextmanager
def reading(home: Home) -> Iterator[Database]:
    """The archive to read from; before anything was visited, an empty one."""
    from storage.database import open_archive, open_readonly

    with TemporaryDirectory() as nowhere:
        db = open_readonly(home.database) if home.database.exists() else open_archive(Path(nowhere, "empty.db"))
        try:
            yield db
        finally:
            db.close()


def known_source(db: Database, slug: str | None) -> None:
    """Refuse a source the archive has never heard of: "no articles" would be the wrong answer."""
    from storage.sources import slugs

    if slug is not None and slug not in (known := slugs(db)):
        near = difflib.get_close_matches(slug, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"the archive holds no source called {slug}{hint}")
