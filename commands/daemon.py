"""The commands that make things happen: demo, run, crawl."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from commands.shared import ATTENTION, DONE, chosen, followed_sources, json_option, listening
from home import Home, HomeBusyError, hold, prepare, read_settings
from printing import say, show
from scrapers.sources import Source, catalogue

if TYPE_CHECKING:
    from errands import Visited


@click.command()
@click.option("--keep", is_flag=True, help="Stay up afterwards, to be looked at; Ctrl-C ends it.")
@click.option("--listen", metavar="HOST:PORT", default="127.0.0.1:8080", show_default=True)
@click.pass_obj
def demo(home: Home, keep: bool, listen: str) -> int:
    """Show the whole system against a make-believe ministry, in under a minute."""
    from demo.show import show as show_demo

    listening(listen)
    return show_demo(home.path, keep=keep, say=click.echo, listen=listen)


@click.command()
@click.option("--once", is_flag=True, help="Visit what is due, publish, and exit.")
@click.option("--listen", metavar="HOST:PORT", help="Where to serve pages and feeds; default from bantin.toml.")
@json_option
@click.pass_obj
def run(home: Home, once: bool, listen: str | None, json: bool) -> int:
    """Run the daemon: visit sources when they are due, record, publish and serve."""
    from errands import utc_now
    from scheduler import Daemon
    from web.app import create_app
    from web.server import serve

    prepare(home)
    settings = read_settings(home)
    host, port = listening(listen or settings.listen)
    with hold(home):
        daemon = Daemon(home, settings)
        if once:
            return _told(asyncio.run(daemon.once()), json=json)

        async def pages(stop: asyncio.Event) -> None:
            app = create_app(
                db_path=home.database, public=home.public, base_url=settings.base_url, title=settings.title, now=utc_now
            )
            with _naming_listen():
                await serve(app, host=host, port=port, stop=stop, ready=lambda url: say(f"Pages and feeds: {url}"))

        asyncio.run(daemon.run(beside=pages))
    say("Stopped; nothing is lost.")
    return DONE


@contextmanager
def _naming_listen() -> Iterator[None]:
    """Add to "address already in use" what to do about it."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = "name another one with --listen HOST:PORT, or in bantin.toml"
            raise OSError(error.errno, f"{error.strerror}; {hint}", error.filename) from error
        raise


@click.command()
@click.argument("slugs", nargs=-1, metavar="SLUG...")
@click.option("--all", "everything", is_flag=True, help="Every followed source.")
@json_option
@click.pass_obj
def crawl(home: Home, slugs: tuple[str, ...], everything: bool, json: bool) -> int:
    """Visit sources now, record what they say and publish the feeds.

    Where a daemon runs on the same home, it is asked to do so.
    """
    import errands
    from scheduler import Daemon

    if bool(slugs) == everything:
        raise click.UsageError("name the sources to visit, or say --all")
    prepare(home)
    settings = read_settings(home)
    followed = followed_sources(home)
    for slug in slugs:
        _followed(followed, slug)
    wanted = list(dict.fromkeys(slugs)) or list(followed)
    if not wanted:
        raise click.UsageError(
            "no source is followed yet; see `bantin sources list --available`, then `bantin add SLUG`"
        )
    try:
        with hold(home):
            settings = replace(settings, workers=max(1, min(settings.workers, len(wanted))))
            visited = asyncio.run(Daemon(home, settings).once(wanted))
    except HomeBusyError as busy:
        who = f"Process {busy.pid}" if busy.pid else "Another process"
        say(f"{who} works on this home; it is asked to visit {', '.join(wanted)}.")
        visited = errands.ask(home, [followed[slug] for slug in wanted], daemon=busy.pid, now=errands.utc_now)
    return _told(visited, json=json)


def _followed(followed: dict[str, Source], slug: str) -> None:
    """Refuse a source that is not followed, and say how to follow it when we ship it."""
    if slug not in followed and slug in catalogue():
        raise click.UsageError(f"{slug} is not followed yet; next: bantin add {slug}")
    chosen(followed, slug)


def _told(visited: list[Visited], *, json: bool = False) -> int:
    """Print how visits went, and return the exit code they deserve."""
    from errands import tally

    rows = [
        {
            "source": one.source,
            "state": one.verdict.value,
            "why": one.why,
            "news": tally(one.changes),
            "changes": one.changes,
        }
        for one in visited
    ]
    show(rows, json=json, empty="Nothing is due.", columns=("source", "state", "news", "why"))
    bad = [one for one in visited if one.verdict.value != "fine"]
    if visited:
        say(
            f"{len(visited)} visited, {len(visited) - len(bad)} fine; {tally(change for one in visited for change in one.changes)}."
        )
    return ATTENTION if bad else DONE
