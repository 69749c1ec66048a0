"""The ``bantin`` command: wires the commands together and turns what went wrong into a sentence and an exit code.

Exit codes: 0 done · 1 failure · 2 wrong usage or configuration · 3 done, but a source needs attention ·
4 refused for safety · 130 interrupted. Data goes to stdout, talk to stderr.
"""

# Commands import what they run when they run it: `bantin read` needs neither the database nor the daemon,
# and half a second at every start would be felt by everyone who scripts the command.

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from commands import (
    archive,
    care,
    coverage,
    daemon,
    diff,
    doctor,
    documents,
    evidence,
    explain,
    export,
    files,
    identity,
    pages,
    replay,
    sources,
    withdrawn,
)
from commands.shared import DONE, FAILURE, REFUSED, USAGE
from home import Home, HomeBusyError, HomeError
from printing import say
from scrapers.sources import SourceError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--home",
    metavar="DIR",
    envvar="BANTIN_HOME",
    default="./var",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where everything you own is kept; also $BANTIN_HOME.",
)
@click.option("--debug", is_flag=True, help="Show tracebacks and more log lines.")
@click.version_option(package_name="bantin", prog_name="bantin")
@click.pass_context
def bantin(context: click.Context, home: Path, debug: bool) -> None:
    """Watch the news pages of government ministries: articles in SQLite, feeds, and a record of what changed.

    \b
    Try it:        bantin demo
    Follow one:    bantin sources list --available, then bantin add SLUG
    Keep going:    bantin run
    """
    context.obj = Home.at(home)
    logging.basicConfig(
        stream=sys.stderr,
        force=True,
        level=logging.DEBUG if debug else logging.INFO,
        format="%(asctime)s %(levelname)-7s %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
    )
    for noisy in ("apscheduler", "asyncio", "uvicorn", "charset_normalizer"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


for command in (
    daemon.demo,
    daemon.run,
    daemon.crawl,
    sources.sources,
    sources.add,
    sources.remove,
    archive.items,
    archive.item,
    diff.versions,
    diff.diff,
    archive.search,
    documents.documents,
    files.files,
    withdrawn.withdrawn,
    archive.feeds,
    archive.status,
    coverage.coverage,
    pages.read,
    pages.headlines,
    explain.explain,
    identity.addresses,
    identity.split,
    replay.replay,
    evidence.evidence,
    evidence.seal,
    evidence.verify,
    care.backup,
    care.restore,
    care.migrate,
    care.prune,
    export.export,
    doctor.doctor,
):
    bantin.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; turn what went wrong into one sentence and an exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in words
    try:
        code = bantin.main(list(words), prog_name="bantin", standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        # The reader of our output has seen enough (`bantin items | head`).
        sys.stderr.close()
        code = DONE
    except Exception as error:
        code = _told(error, debug=debug)
    sys.exit(code or DONE)


def _told(error: Exception, *, debug: bool) -> int:
    """Say what went wrong in one sentence and return the exit code it stands for."""
    # Only an error pays for these: they bring the database and the feed generator along.
    from feeds.publish import PublishError
    from storage.database import ArchiveError, NewerArchive

    if debug:
        traceback.print_exc()
    if isinstance(error, (HomeBusyError, NewerArchive)):
        say(str(error))
        return REFUSED
    if isinstance(error, (HomeError, SourceError)):
        say(str(error))
        return USAGE
    if isinstance(error, (ArchiveError, PublishError)):
        say(str(error))
        return FAILURE
    if isinstance(error, OSError):
        say(f"{error.filename or 'The system'}: {error.strerror or error}")
        return FAILURE
    name = type(error).__name__
    say(f"Something unexpected went wrong: {name}: {error}. Run it again with --debug and report what it prints.")
    return FAILURE


if __name__ == "__main__":
    main()
