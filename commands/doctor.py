"""The command that looks a home over."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from commands.shared import ATTENTION, DONE, FAILURE, json_option
from home import Home
from printing import say, show


@click.command()
@click.option("--full", is_flag=True, help="Compare every byte of the WARC files and every seal.")
@json_option
@click.pass_obj
def doctor(home: Home, full: bool, json: bool) -> int:
    """Check database, WARC files, feeds, clock, disk and lock, and say what to do about each.

    Only reads, and works while the daemon runs. Exits 0 when all is well, 3 when something needs attention, 1 when
    something is broken.
    """
    from doctor import examine

    found = examine(home, now=datetime.now(UTC), full=full)
    rows = [{"check": one.check, "state": one.level, "found": one.found, "next": one.todo} for one in found]
    if json or not sys.stdout.isatty():
        show(rows, json=json)
    else:
        for one in found:
            colour = {"ok": "green", "warn": "yellow", "fail": "red"}[one.level]
            click.echo(f"{click.style(f'{one.level:4}', fg=colour)}  {one.check}: {one.found}")
            if one.todo:
                click.echo(f"      {click.style('→', fg=colour)} {one.todo}")
    failed, warned = (sum(one.level == level for one in found) for level in ("fail", "warn"))
    say(f"{failed} broken, {warned} to look at, {len(found) - failed - warned} well.")
    return FAILURE if failed else ATTENTION if warned else DONE
