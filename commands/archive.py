"""What the archive holds: items, item, search, feeds, status."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click
import msgspec

from commands import withdrawn
from commands.diff import kinds, wording_row
from commands.shared import ATTENTION, DONE, USAGE, followed_sources, json_option, known_source, reading, source_option
from home import Home, read_settings
from printing import ago, as_json, say, show

if TYPE_CHECKING:
    from storage.articles import StoredArticle

MONTH = timedelta(days=30)
"""The time of which ``status`` says how much is covered."""


@click.command()
@source_option
@click.option(
    "--last", metavar="N", default=20, show_default=True, type=click.IntRange(1, 100_000), help="The newest N."
)
@json_option
@click.pass_obj
def items(home: Home, source: str | None, last: int, json: bool) -> None:
    """List the newest articles."""
    from storage.articles import latest

    with reading(home) as db:
        known_source(db, source)
        rows = [_row(one) for one in latest(db, source=source, limit=last)]
    show(
        rows,
        json=json,
        empty="The archive holds no such article yet.",
        columns=("number", "source", "published", "state", "headline"),
    )


@click.command()
@click.argument("ref", metavar="ID")
@json_option
@click.pass_obj
def item(home: Home, ref: str, json: bool) -> int:
    """Show one article: by its number, its id, or the first letters of the id's last part."""
    from storage.articles import NoSuchArticle, find
    from storage.versions import history

    with reading(home) as db:
        try:
            one = find(db, ref)
        except NoSuchArticle as error:
            say(f"{str(error).capitalize()}; see `bantin items` or `bantin search WORDS`.")
            return USAGE
        wordings = history(db, one.number)
        missed = withdrawn.story(db, one.number)
    if json:
        click.echo(
            as_json(
                {**_whole(one), "edited": [wording_row(each, whole=True) for each in wordings[1:]], "absences": missed}
            )
        )
    else:
        _print_article(one)
        for each in wordings[1:]:
            click.echo(f"  version {each.number}, seen {each.seen.isoformat(timespec='seconds')}: {kinds(each)}")
        for line in withdrawn.told(missed):
            click.echo(f"  {line}")
    return DONE


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
@source_option
@click.option("--last", metavar="N", default=20, show_default=True, type=click.IntRange(1, 100_000), help="At most N.")
@click.option("--ranked", is_flag=True, help="Best match first instead of newest first.")
@json_option
@click.pass_obj
def search(home: Home, words: tuple[str, ...], source: str | None, last: int, ranked: bool, json: bool) -> int:
    """Search the archive for articles with all of the words.

    A word without accents finds it with any; an accented word only itself. "Words in quotes" stand together, môi trư*
    is the beginning of a word, -word must not be there, one OR another will do. Filters: source:SLUG,
    section:"Tin tức", document:15/2025/TT-BTC, from: and to: a year, month or day. docs/search.md tells all of it.
    """
    from storage.queries import FILTERS, parse
    from storage.search import search as search_archive

    query = parse(_typed(words, FILTERS))
    for problem in query.problems:
        say(problem)
    if query.problems:
        return USAGE
    with reading(home) as db:
        known_source(db, source)
        found = search_archive(db, query, source=source, limit=last, ranked=ranked)
        told = [
            {"snippet": one.snippet} if json else {"headline": one.headline, "snippet": one.snippet} for one in found
        ]
        rows = [{**_row(one.article), **more} for one, more in zip(found, told, strict=True)]
    columns = ("number", "source", "published", "headline", "snippet")
    show(rows, json=json, empty="Nothing found.", columns=columns, marked=("headline", "snippet"))
    return DONE


def _typed(words: tuple[str, ...], filters: tuple[str, ...]) -> str:
    """Put the quotes back that the shell took: one of several arguments was meant as one when it has blanks in it."""
    return " ".join(_quoted(word, filters, alone=len(words) == 1) for word in words)


def _quoted(word: str, filters: tuple[str, ...], *, alone: bool) -> str:
    name, colon, value = word.partition(":")
    if '"' in word or " " not in word.strip():
        return word
    if colon and name.removeprefix("-") in filters:
        # One argument may be the whole search, and then the blanks part it.
        return word if alone and ":" in value else f'{name}:"{value}"'
    return word if alone else f'"{word}"'


@click.command()
@json_option
@click.pass_obj
def feeds(home: Home, json: bool) -> None:
    """List the feeds and their addresses."""
    from feeds.channels import addresses, channels

    settings = read_settings(home)
    with reading(home) as db:
        rows = [
            msgspec.structs.asdict(one)
            for one in addresses(channels(db, tuple(followed_sources(home).values())), settings.base_url)
        ]
    show(
        rows,
        json=json,
        empty="No feed yet: `bantin add SLUG`, then `bantin crawl SLUG`.",
        columns=("title", "atom"),
    )
    say(f"One list of them all, for your reader: {settings.base_url}/feeds/bantin.opml")


@click.command()
@json_option
@click.pass_obj
def status(home: Home, json: bool) -> int:
    """Say how each source is doing, why, and when it is visited next. Exits 3 when one needs attention."""
    from health import judge, overdue, percent
    from storage.coverage import coverage
    from storage.sources import outlook
    from storage.versions import flapping
    from storage.visits import last

    now, followed = datetime.now(UTC), followed_sources(home)
    with reading(home) as db:
        met = {state.slug: state for state in outlook(db, now=now)}
        unsteady = flapping(db)
        states = [
            (slug, met.get(slug), judge(last(db, slug, 10), source, today=now.date(), flapping=unsteady.get(slug, ())))
            for slug, source in followed.items()
        ]
        covered = {slug: coverage(db, slug, now=now, since=now - MONTH).share for slug in followed}
    late = {slug: overdue(followed[slug], state.next_due if state else None, now=now) for slug, state, _ in states}
    rows = [
        {
            "source": slug,
            "state": health.state,
            "why": "; ".join(part for part in (late[slug], health.why) if part),
            "new_24h": state.new_24h if state else 0,
            "articles": state.articles if state else 0,
            "covered": covered[slug] if json or covered[slug] is None else percent(covered[slug] or 0),
            "last_good": _when(state.last_good if state else None, now, json=json),
            "next": _when(state.next_due, now, json=json) if state else "when it runs",
            "next_why": state.next_why if state else "",
        }
        for slug, state, health in states
    ]
    show(
        rows,
        json=json,
        empty="No source is followed yet: `bantin add SLUG`.",
        columns=("source", "state", "why", "new_24h", "covered", "last_good", "next"),
    )
    return ATTENTION if any(late.values()) or any(health.attention for _, _, health in states) else DONE


def _when(moment: datetime | None, now: datetime, *, json: bool) -> datetime | str | None:
    return moment if json else ago(moment, now)


def _row(one: StoredArticle) -> dict[str, object]:
    article = one.article
    return {
        "number": one.number,
        "id": one.id,
        "source": one.source,
        "published": article.published.iso if article.published else None,
        "section": article.section,
        "headline": article.headline,
        "url": one.address,
        "state": one.state,
        "first_seen": one.first_seen,
        "revised": one.revised,
        "versions": one.versions,
    }


def _whole(one: StoredArticle) -> dict[str, object]:
    from scrapers.reading.plain import plain

    return {**_row(one), **plain(one.article)}


def _print_article(one: StoredArticle) -> None:
    article = one.article
    when = article.published.iso if article.published else f"no date stated; first seen {one.first_seen.isoformat()}"
    about = " · ".join(part for part in (", ".join(article.authors), when, article.section) if part)
    for text in (article.headline, about, article.lede, article.body_text):
        if text:
            click.echo(f"{text}\n")
    for image in article.images:
        click.echo(f"[image] {image.url}  {image.caption}")
    for attachment in article.attachments:
        click.echo(f"[attachment] {attachment.url}  {attachment.title}")
    click.echo(f"{one.address}\n{one.id}\n{one.state}, {one.versions} version{'s' * (one.versions != 1)}")
