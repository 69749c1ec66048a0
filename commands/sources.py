"""Which ministries are followed: list, show, check, add, remove."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count, takewhile
from pathlib import Path

import click
import tomlkit

from commands.shared import DONE, REFUSED, USAGE, chosen, followed_sources, json_option, reading, source_file
from home import Home, prepare
from printing import as_json, say, show
from scrapers.sources import SourceError, all_problems, catalogue, catalogue_file, load_folder, read_source

_MISTAKE = ("file", "line", "key", "message", "suggestion")


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def sources(context: click.Context, json: bool) -> int:
    """Which ministries are followed; `check` validates source files."""
    if context.invoked_subcommand is None:
        return int(context.invoke(list_sources, json=json))
    return DONE


@sources.command("list")
@click.option("--available", is_flag=True, help="The ministries Bantin ships, whether followed or not.")
@json_option
@click.pass_obj
def list_sources(home: Home, available: bool = False, json: bool = False) -> int:
    """List the followed ministries. Exits 2 when a file has a mistake; the others are listed all the same."""
    followed, mistakes = load_folder(home.sources)
    listed = catalogue() if available else followed
    rows = [
        {
            "source": one.slug,
            "ministry": one.name,
            "country": one.country,
            "layout": one.layout,
            "homepage": one.homepage,
            "followed": one.slug in followed,
            "until": one.until,
            "seen": one.seen,
        }
        for one in listed.values()
    ]
    columns = ["source", "ministry", "followed" if available else "layout", "homepage"]
    nothing = "No source is followed yet. See `bantin sources list --available`, then `bantin add SLUG`."
    show(rows, json=json, empty="" if mistakes else nothing, columns=columns)
    for mistake in mistakes:
        say(str(mistake))
    return USAGE if mistakes else DONE


@sources.command("show")
@click.argument("slug")
@json_option
@click.pass_obj
def show_source(home: Home, slug: str, json: bool) -> None:
    """Show one source: its file, or as JSON with every default filled in; and what was learnt from its pages, if anything was."""
    source = chosen({**catalogue(), **followed_sources(home)}, slug)
    if json:
        click.echo(as_json(source))
    else:
        file = source_file(home, slug)
        say(str(file if file.exists() else catalogue_file(slug)))
        if learnt := _learnt(home, slug):
            say(learnt)
        click.echo((file if file.exists() else catalogue_file(slug)).read_text("utf-8"), nl=False)


def _learnt(home: Home, slug: str) -> str:
    """In one line what the website's pages taught, "" when the archive holds nothing of it."""
    from storage.database import ArchiveError
    from storage.templates import latest

    found = None
    with suppress(ArchiveError), reading(home) as db:
        found = latest(db, slug)
    if found is None:
        return ""
    known = found.template
    fields = (("text", known.texts), ("headline", known.headlines), ("day", known.dates))
    where = [f"{field} at {', '.join(spot.selector for spot in spots)}" for field, spots in fields if spots]
    where += [f"{len(known.lines) // 8} lines that its pages share"] if known.lines else []
    told = "; ".join(where) or "nothing that they have in common"
    return f"Template {known.version}, learnt {found.learnt:%Y-%m-%d} from {known.pages} pages: {told}"


@sources.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@click.pass_obj
def check(home: Home, files: tuple[Path, ...], json: bool) -> int:
    """Validate source files (default: those of the home), explaining each mistake."""
    checked = files or tuple(sorted(home.sources.glob("[!.]*.toml")))
    problems: list[SourceError] = []
    for file in checked:
        problems += all_problems(file.read_bytes().decode("utf-8", "surrogateescape"), file=str(file))
    if not files and not problems:
        problems += load_folder(home.sources)[1]
    if json:
        click.echo(as_json([{name: getattr(problem, name) for name in _MISTAKE} for problem in problems]))
    else:
        for problem in problems:
            click.echo(str(problem))
    say(f"{len(checked)} file{'s' * (len(checked) != 1)} checked, {len(problems)} mistake{'s' * (len(problems) != 1)}.")
    return USAGE if problems else DONE


@click.command()
@click.argument("slug")
@click.option("--every", metavar="TIME", help='How often to visit it, such as "2h"; default from its definition.')
@click.pass_obj
def add(home: Home, slug: str, every: str | None) -> int:
    """Follow a ministry of the catalogue: copies its file to the home, where you may change it."""
    source = chosen(catalogue(), slug)
    if (home.path / "demo.txt").exists():
        say(
            f"{home.path} holds the demo's make-believe ministry. Name a folder of your own: bantin --home DIR add {slug}"
        )
        return REFUSED
    prepare(home)
    file = source_file(home, slug)
    if file.exists():
        say(f"{slug} is followed already: {file}")
        return DONE
    text = _visited_every(catalogue_file(slug).read_text("utf-8"), every)
    read_source(text, file=file.name)
    file.write_text(text, encoding="utf-8")
    say(f"Following {source.name} ({file}).")
    if kept := list(takewhile(Path.exists, _names_removed(file))):
        say(f"What you had before is still there: {kept[-1]}")
    if source.seen and not source.seen.live:
        say(f"Its definition was last seen {source.seen.on}, not on the live site: {source.seen.how}")
    if source.successor:
        say(f"It ended {source.until}; {source.successor} took over.")
    say(f"Next: bantin crawl {slug}, or bantin run")
    return DONE


def _visited_every(text: str, every: str | None) -> str:
    """The definition with another rhythm; everything else stays as it is written, comments and all."""
    if every is None:
        return text
    document = tomlkit.parse(text)
    document.setdefault("schedule", tomlkit.table())["every"] = every
    return tomlkit.dumps(document)


@click.command()
@click.argument("slug")
@click.pass_obj
def remove(home: Home, slug: str) -> None:
    """Stop following a source. What the archive holds of it stays; its file is kept as SLUG.toml.removed (-2, -3, …)."""
    file = source_file(home, slug)
    if not file.exists():
        raise click.UsageError(f"{slug} is not followed; see `bantin sources list`")
    kept = next(name for name in _names_removed(file) if not name.exists())
    file.replace(kept)
    say(f"{slug} is no longer followed; its {file.name} was renamed to {kept.name} and its articles stay.")


def _names_removed(file: Path) -> Iterator[Path]:
    """The names that the files of a source get when it is removed once, twice, …"""
    yield file.with_name(f"{file.name}.removed")
    for number in count(2):
        yield file.with_name(f"{file.name}.removed-{number}")
