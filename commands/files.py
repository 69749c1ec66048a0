"""The files that articles offer: files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from commands.shared import DONE, FAILURE, USAGE, json_option, known_source, reading, source_option
from home import Home
from printing import as_json, say, show

if TYPE_CHECKING:
    from storage.database import Database
    from storage.files import StoredFile

_STATES = ("waiting", "present", "gone", "failed")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@click.command()
@click.argument("ref", metavar="[ITEM]", default="")
@source_option
@click.option("--state", type=click.Choice(_STATES), help="Only files in this state.")
@click.option("--last", metavar="N", default=20, show_default=True, type=click.IntRange(1, 100_000), help="At most N.")
@click.option(
    "--save",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write every version of the item's files into this folder.",
)
@json_option
@click.pass_obj
def files(home: Home, ref: str, source: str | None, state: str | None, last: int, save: Path | None, json: bool) -> int:
    """List the files that articles offer; with ITEM (number, id, address) those of one article with all their versions."""
    from storage.files import listed, of_article

    if not ref and save:
        raise click.UsageError("--save needs an ITEM: the files of one article are written")
    if ref and (source or state):
        raise click.UsageError("--source and --state choose among all files; leave them out beside an ITEM")
    with reading(home) as db:
        known_source(db, source)
        if not ref:
            rows = [msgspec.structs.asdict(one) for one in listed(db, source=source, state=state, limit=last)]
            empty = 'No files were fetched. Put attachments = "fetch" into a source\'s file to have its files fetched.'
            columns = ("article", "source", "state", "versions", "size", "pages", "title")
            show(rows, json=json, empty=empty if not (source or state) else "No such file.", columns=columns)
            return DONE
        number = _number(db, ref)
        if number is None:
            return USAGE
        found = of_article(db, number)
        _show_one(found, json=json)
        return _saved(home, db, found, save) if save else DONE


def _number(db: Database, ref: str) -> int | None:
    from storage.articles import NoSuchArticle, find

    try:
        return find(db, ref).number
    except NoSuchArticle as error:
        say(f"{str(error).capitalize()}; see `bantin items` or `bantin search WORDS`.")
        return None


def _show_one(found: list[StoredFile], *, json: bool) -> None:
    if json:
        click.echo(as_json(found))
        return
    columns = ("position", "state", "version", "seen", "size", "pages", "sha256", "name", "note")
    show(list(_lines(found)), json=False, empty="This article offers no files.", columns=columns)
    for file in found:
        say(f"{file.position}: {file.title or file.url} <{file.url}>")


def _lines(found: list[StoredFile]) -> Iterator[dict[str, object]]:
    """One line for each version, the newest first; one for a file without any."""
    for file in found:
        about = {"position": file.position, "state": file.state, "note": file.note}
        for version in reversed(file.versions):
            told = {name: getattr(version, name) for name in ("version", "seen", "size", "pages", "sha256", "name")}
            yield {**about, **told, "note": "; ".join(part for part in (file.note, version.note) if part)}
            about = {**about, "state": "earlier", "note": ""}
        if not file.versions:
            yield about


def _saved(home: Home, db: Database, found: list[StoredFile], folder: Path) -> int:
    """Write each version out of the WARC files; the present one under its own name, an earlier one with its number."""
    from storage.database import ArchiveError
    from storage.evidence import payload

    lost, taken = 0, set[str]()
    folder.mkdir(parents=True, exist_ok=True)
    for file in found:
        for version in file.versions:
            earlier = "" if version is file.versions[-1] else f".v{version.version}"
            name = _free(_safe(version.name) or f"file-{file.position}", earlier, taken)
            try:
                (folder / name).write_bytes(payload(db, home.warc, version.sha256))
                say(f"{folder / name}  {version.sha256}")
            except (ArchiveError, KeyError) as error:
                lost += 1
                why = "the archive has not kept it" if isinstance(error, KeyError) else str(error)
                say(f"{name} (version {version.version}) could not be written: {why}")
    if not taken:
        say("There is nothing to write: none of its files was fetched.")
    return FAILURE if lost else DONE


def _safe(name: str) -> str:
    """A file's name that stays in its folder, on every system."""
    stem, dot, ending = " ".join(_UNSAFE.sub(" ", name).split()).strip(" .").rpartition(".")
    return f"{(stem or ending)[:100].strip()}{dot if stem else ''}{ending[:10] if stem else ''}"


def _free(name: str, earlier: str, taken: set[str]) -> str:
    """The name with the mark of an earlier version before its ending; another one when several files are called so."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f".{ending}") if dot else (name, "")
    chosen, count = f"{stem}{earlier}{ending}", 1
    while chosen.casefold() in taken:
        count += 1
        chosen = f"{stem} ({count}){earlier}{ending}"
    taken.add(chosen.casefold())
    return chosen
