"""What stands up to doubt: evidence, seal, verify."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.shared import DONE, FAILURE, USAGE, json_option, reading
from home import Home, HomeBusyError, HomeError, hold, holder
from printing import as_json, say, show

if TYPE_CHECKING:
    from storage.seals import Seal


@click.command()
@click.argument("ref", metavar="ITEM")
@click.option("--version", "version", metavar="N", type=click.IntRange(1), help="This wording; without it the newest.")
@click.option("--all-versions", is_flag=True, help="Every wording.")
@click.option(
    "-o", "out", metavar="FILE.zip", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where to."
)
@json_option
@click.pass_obj
def evidence(home: Home, ref: str, version: int | None, all_versions: bool, out: Path, json: bool) -> int:
    """Pack an article with all that shows it: pages, records, seals, and how to check them.

    ITEM is the article's number, id or address. What is not sealed yet is sealed now, unless a daemon works here.
    """
    from storage.articles import NoSuchArticle, find
    from storage.cases import NoSuchVersion, pack

    if version and all_versions:
        raise click.UsageError("say --version N or --all-versions, not both")
    now = datetime.now(UTC)
    with reading(home) as db:
        try:
            one = find(db, ref)
        except NoSuchArticle as error:
            say(f"{str(error).capitalize()}; see `bantin items` or `bantin search WORDS`.")
            return USAGE
    _seal_on_the_way(home, now)
    with reading(home) as db:
        numbers = None if all_versions else [version or one.versions]
        try:
            made = pack(db, home.warc, one, numbers=numbers, now=now, out=out)
        except NoSuchVersion as error:
            say(f"{error}; see `bantin item {one.number} --json`.")
            return USAGE
    show([_shown(made)], json=json)
    if not made.sealed:
        say(
            "Not all of it is sealed yet, and the zip says so; pack it again after midnight UTC, or stop the daemon first."
        )
    if made.lost:
        say(f"{made.lost} record(s) are lost; `bantin verify --all` names them.")
    say(f"It checks itself: python3 verify.py (inside) {out}, or: bantin verify {out}")
    return DONE


def _shown(made: Any) -> dict[str, object]:
    from msgspec.structs import asdict

    return asdict(made)


def _seal_on_the_way(home: Home, now: datetime) -> None:
    from storage.database import ArchiveError

    try:
        with hold(home):
            _seal(home, now, unfinished=True)
    except (HomeBusyError, HomeError):
        # A daemon seals by itself; and whoever may only read here gets what is sealed already.
        return
    except ArchiveError as error:
        say(f"Nothing was sealed on the way. {error}")


def _seal(home: Home, now: datetime, *, unfinished: bool) -> list[Seal]:
    from storage.database import open_archive
    from storage.evidence import mend as mend_files
    from storage.seals import mend, seal

    made = []
    with closing(open_archive(home.database)) as db:
        mend_files(db, home.warc)
        mend(db, home.warc)
        while one := seal(db, home.warc, now=now, unfinished=unfinished):
            made.append(one)
    return made


@click.command()
@click.option("--now", "unfinished", is_flag=True, help="Today too, though more may come.")
@json_option
@click.pass_obj
def seal(home: Home, unfinished: bool, json: bool) -> int:
    """Seal what was recorded up to yesterday (UTC). The daemon does so by itself.

    The SHA-256 printed is what to publish: with it nobody can make or change anything before it unnoticed.
    """
    from storage.seals import last_seal

    with hold(home):
        made = _seal(home, datetime.now(UTC), unfinished=unfinished) if home.database.exists() else []
    rows = [
        {
            "seal": one.number,
            "day": one.day,
            "made": one.made,
            "rows": one.leaves,
            "root": one.root,
            "sha256": one.sha256,
        }
        for one in made
    ]
    show(rows, json=json, columns=("seal", "day", "rows", "sha256"))
    if not made:
        with reading(home) as db:
            newest = last_seal(db)
        told = f" The newest seal is {newest.number}, its SHA-256 {newest.sha256}." if newest else ""
        say(f"Nothing waits to be sealed{'' if unfinished else ' but what today brought (--now)'}.{told}")
    return DONE


@click.command()
@click.argument("file", metavar="[FILE.zip]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--all", "everything", is_flag=True, help="The whole archive: WARC files, database, seals.")
@click.option("--witness", metavar="SHA256", default="", help="A published hash of a seal; is it in this case's chain?")
@json_option
@click.pass_obj
def verify(home: Home, file: Path | None, everything: bool, witness: str, json: bool) -> int:
    """Check a case file, or with --all the whole archive, byte for byte; name each thing that was changed.

    Works offline, and reads only. Exits 1 when something is wrong.
    """
    from storage.proof import archive
    from storage.proof import verify as case

    if (file is None) != everything:
        raise click.UsageError("name a case file, or say --all")
    if file is not None:
        if not file.is_file():
            raise click.UsageError(f"{file} is not there")
        told = case.check(file, witness=witness)
        sentences = case.report(told)
    else:
        told = _checked(home)
        sentences = archive.report(told)
    if json:
        click.echo(as_json(told))
    else:
        for sentence in sentences:
            click.echo(sentence)
    return DONE if told["ok"] else FAILURE


def _checked(home: Home) -> dict[str, Any]:
    from storage.database import explained, open_readonly
    from storage.proof import archive

    open_readonly(home.database).close()
    with explained(home.database):
        return archive.check(home.database, home.warc, patience=archive.PATIENCE if _is_held(home) else 0)


def _is_held(home: Home) -> bool:
    """Say whether a daemon works here. Never takes the lock: checking must not keep one from starting."""
    import os

    pid = holder(home)
    try:
        if pid is not None:
            os.kill(pid, 0)
    except OSError:
        return False
    return pid is not None and pid != os.getpid()
