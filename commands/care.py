"""The commands that look after the archive: backup, restore, migrate, prune."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from commands.shared import ATTENTION, DONE, REFUSED, json_option
from home import Home, hold
from printing import say, show
from scrapers.source_problems import BadValueError
from scrapers.source_values import duration, size

_SAID = 5
"""Seconds between two words on how far a long copy is."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--warc", "evidence", is_flag=True, help="Copy the WARC files, sources and settings too; FILE is a folder."
)
@click.option("--force", is_flag=True, help="Replace FILE; a folder made with --warc is brought up to date.")
@json_option
@click.pass_obj
def backup(home: Home, file: Path, evidence: bool, force: bool, json: bool) -> int:
    """Copy the archive to FILE while the daemon runs.

    The copy is the archive at one moment, is checked before it gets its name, and never makes the daemon wait. A
    folder gets a copy with a dated name.
    """
    from storage.backup import back_up, copy_evidence

    now = datetime.now(UTC)
    place = _place(home, file.expanduser(), now, evidence=evidence)
    if place.exists() and (not force or place.resolve() == home.database.resolve()):
        say(f"{place} exists already; choose another FILE" + ("." if force else ", or --force to replace it."))
        return REFUSED
    place.parent.mkdir(parents=True, exist_ok=True)
    back_up(home.database, place, now=now, told=_progress("copied"))
    row: dict[str, object] = {"backup": str(place), "bytes": place.stat().st_size}
    if evidence:
        copied = copy_evidence(place, home.warc, place.parent / "warc")
        _copy_settings(home, place.parent)
        row |= {"warc_files": copied.files, "warc_bytes": copied.bytes, "warc_missing": copied.missing}
    show([row], json=json)
    if row.get("warc_missing"):
        say("Some WARC files are gone or shorter than the archive says; `bantin doctor` lists them.")
        return ATTENTION
    say(f"It is put back with: bantin restore {place.parent if evidence else place}")
    return DONE


def _place(home: Home, file: Path, now: datetime, *, evidence: bool) -> Path:
    from storage.copies import dated

    if evidence:
        refreshed = (file / home.database.name).exists() or not file.is_dir()
        return (file if refreshed else file / dated("bantin", now=now, end="")) / home.database.name
    return file / dated("bantin", now=now) if file.is_dir() else file


def _copy_settings(home: Home, target: Path) -> None:
    if home.settings_file.exists():
        shutil.copy2(home.settings_file, target / home.settings_file.name)
    if home.sources.is_dir():
        shutil.copytree(home.sources, target / home.sources.name, dirs_exist_ok=True)


def _progress(done: str) -> Callable[[int, int], None]:
    """Say every few seconds how far a long copy is; nothing about a short one."""
    from time import monotonic

    said = monotonic()

    def told(part: int, whole: int) -> None:
        nonlocal said
        if monotonic() - said >= _SAID and whole:
            said = monotonic()
            say(f"{100 * part // whole} % {done}")

    return told


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@json_option
@click.pass_obj
def restore(home: Home, file: Path, json: bool) -> int:
    """Put a backup in the archive's place, and keep what was there.

    FILE is what `bantin backup` made, a file or a folder. The daemon must not run.
    """
    from storage.restore import restore as put_back

    home.path.mkdir(parents=True, exist_ok=True)
    with hold(home):
        done = put_back(file.expanduser(), home.database, home.warc, now=datetime.now(UTC))
    show(
        [{"archive": str(home.database), "articles": done.articles, "schema": done.schema, "kept": str(done.kept or ""),
          "evidence_kept": str(done.evidence or ""), "evidence_missing": done.missing}], json=json,
    )  # fmt: skip
    if done.kept:
        say(f"What was there is now {done.kept.name}.")
    if done.evidence:
        say(f"Pages kept since the backup are in {done.evidence.name}; the archive does not know them.")
    if done.missing:
        say("Some WARC files of the backup's time are missing: " + ", ".join(done.missing))
    say("Next: `bantin run`; what was published since the backup is read again where it still stands.")
    return ATTENTION if done.missing else DONE


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@json_option
@click.pass_obj
def migrate(home: Home, dry_run: bool, json: bool) -> int:
    """Bring an archive of an older Bantin up to date, after copying it.

    `bantin run` does the same by itself when it starts.
    """
    from storage.database import open_archive, pending
    from storage.schema import STEPS

    plan = pending(home.database, now=datetime.now(UTC))
    rows = [{"step": step, "state": "to do" if dry_run else "done"} for step in plan.steps]
    if dry_run and plan.steps:
        say(
            f"The archive has schema {plan.version}; this Bantin knows {STEPS}. It would be copied to {plan.copy}, "
            f"for which, and for the steps, {plan.needed / 1e6:,.0f} MB must be free. Nothing was done."
        )
    elif plan.steps:
        with hold(home):
            open_archive(home.database).close()
    show(rows, json=json, empty=f"The archive is up to date: schema {STEPS}.")
    return DONE


def _read_by(read: Callable[[object], Any]) -> Callable[[click.Context, click.Parameter, str | None], Any]:
    """Read an option as the files of sources write such values."""

    def convert(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
        try:
            return None if value is None else read(value)
        except BadValueError as error:
            raise click.BadParameter(str(error), context, parameter) from error

    return convert


@click.command()
@click.option(
    "--older", metavar="AGE", callback=_read_by(duration), help='Records of visits older than this: "365d", "52w".'
)
@click.option("--warc-older", metavar="AGE", callback=_read_by(duration), help="WARC files older than this.")
@click.option(
    "--warc-size", metavar="SIZE", callback=_read_by(size), help='The oldest WARC files, until this is left: "20GB".'
)
@click.option("--evidence", is_flag=True, help="Even WARC files that show what an article said.")
@click.option("--apply", is_flag=True, help="Do it; without this it is only shown.")
@json_option
@click.pass_obj
def prune(
    home: Home,
    older: timedelta | None,
    warc_older: timedelta | None,
    warc_size: int | None,
    evidence: bool,
    apply: bool,
    json: bool,
) -> int:
    """Show what could go by age and size, or with --apply let it go.

    Articles, their wordings and changes always stay, and WARC files that show them stay without --evidence. Without
    any limit it is --older 365d.
    """
    from storage.database import open_archive, open_readonly
    from storage.pruning import Limits, ahead, shrink
    from storage.pruning import prune as let_go

    now = datetime.now(UTC)
    if older is None and warc_older is None and warc_size is None:
        older = timedelta(days=365)
    limits = Limits(
        before=now - older if older is not None else None,
        evidence_before=now - warc_older if warc_older is not None else None,
        evidence_size=warc_size,
        shown_too=evidence,
    )
    if not apply:
        with closing(open_readonly(home.database)) as db:
            show([asdict(part) for part in ahead(db, limits, now=now)], json=json)
        say("Nothing was deleted; say --apply to delete it.")
        return DONE
    with hold(home), closing(open_archive(home.database)) as db:
        show([asdict(part) for part in let_go(db, home.warc, limits, now=now)], json=json)
        given_back = shrink(db, home.database)
    say(f"The archive is {given_back / 1e6:,.1f} MB smaller.")
    return DONE
