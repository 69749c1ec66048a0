"""One saved page at a time, or many: read, headlines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from commands.shared import DONE, FAILURE, chosen, followed_sources
from home import Home
from printing import as_json, line, say
from scrapers.sources import Source, catalogue

Reader = Callable[[bytes, str, str | None], dict[str, object]]
"""(payload, url, content type) → what is printed."""


class _Page(msgspec.Struct):
    path: str
    url: str | None = None
    content_type: str | None = None


def _page_options(command: Callable[..., int]) -> Callable[..., int]:
    batch_help = 'Read JSON lines {"path", "url", "content_type"} from stdin; print one JSON line for each, in order. The exit code is 0 whatever the lines hold: what cannot be read is an "error" on its line.'
    for option in (
        click.option("--json", "json", is_flag=True, expose_value=False, help="JSON is what it prints anyway."),
        click.option("--source", metavar="SLUG", help="Read it as a page of this source."),
        click.option("--batch", is_flag=True, help=batch_help),
        click.option(
            "--url",
            default="",
            help="The address the page was saved from; relative links and local times are read by it.",
        ),
        click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)),
    ):
        command = option(command)
    return command


@click.command()
@_page_options
@click.pass_obj
def read(home: Home, file: Path | None, url: str, batch: bool, source: str | None) -> int:
    """Read one saved article page into a JSON record."""
    from scrapers.reading.article import read_article
    from scrapers.reading.plain import plain

    followed = source_named(home, source)

    def reader(payload: bytes, url: str, content_type: str | None) -> dict[str, object]:
        return plain(read_article(payload, url=url, content_type=content_type, source=followed))

    return _answered(reader, file, url, batch=batch)


@click.command()
@_page_options
@click.pass_obj
def headlines(home: Home, file: Path | None, url: str, batch: bool, source: str | None) -> int:
    """Read one saved listing, feed or sitemap into its headlines."""
    from scrapers.entrances.plain import plain
    from scrapers.entrances.reading import read_headlines

    followed = source_named(home, source)

    def reader(payload: bytes, url: str, content_type: str | None) -> dict[str, object]:
        return plain(read_headlines(payload, url=url, content_type=content_type, source=followed))

    return _answered(reader, file, url, batch=batch)


def source_named(home: Home, slug: str | None) -> Source | None:
    """Return the followed source of this slug, or the one we ship; None when none is named."""
    return chosen({**catalogue(), **followed_sources(home)}, slug) if slug else None


def _answered(reader: Reader, file: Path | None, url: str, *, batch: bool) -> int:
    if batch and (file or url):
        raise click.UsageError("--batch takes pages and their addresses from stdin; name neither on the command line")
    if batch:
        return _batch(reader)
    if file is None:
        raise click.UsageError("name a saved page, or say --batch and give JSON lines on stdin")
    return _one(reader, file, url)


def _one(reader: Reader, file: Path, url: str) -> int:
    try:
        found = reader(file.read_bytes(), url, None)
    except trouble() as error:
        say(f"{file}: {error}")
        return FAILURE
    click.echo(as_json(found))
    if not found.get("headlines", True) and "sitemaps" not in found:
        say(f"{file}: no headlines were found{'' if url else '; without --url, relative links lead nowhere'}.")
    return DONE


def _batch(reader: Reader) -> int:
    """Answer every input line with one line, whatever it holds. What cannot be read is an ``error``, not an end."""
    decode = msgspec.json.Decoder(_Page).decode
    for text in sys.stdin.buffer:
        if text.strip():
            click.echo(line(_answer(reader, decode, text)))
    return DONE


def _answer(reader: Reader, decode: Callable[[bytes], _Page], text: bytes) -> dict[str, Any]:
    try:
        page = decode(text)
        return reader(Path(page.path).read_bytes(), page.url or "", page.content_type)
    except msgspec.DecodeError as error:
        return {"error": f"the line is not a JSON object with a path: {error}"}
    except OSError as error:
        return {"error": f"{error.filename}: {error.strerror}"}
    except trouble() as error:
        return {"error": str(error)}
    except Exception as error:  # one line must not cost the answers to all the others, whatever it holds
        return {"error": f"could not be read ({type(error).__name__}: {error}); please report this"}


def trouble() -> tuple[type[Exception], ...]:
    """What reading a page raises for one that cannot be read."""
    from scrapers.reading.errors import LayoutChanged, Unreadable

    return Unreadable, LayoutChanged
