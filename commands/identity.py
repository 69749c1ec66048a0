"""Which article is it: addresses, split."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from commands.shared import DONE, USAGE, json_option, reading
from home import Home, hold, read_settings
from printing import as_json, say, show

if TYPE_CHECKING:
    from storage.database import Database
    from storage.matches import Noted


@click.command()
@click.argument("ref", metavar="ITEM")
@json_option
@click.pass_obj
def addresses(home: Home, ref: str, json: bool) -> int:
    """List every address an article ever had, and why each one is believed to be its own.

    An address with no reason is where the article was found, or was known before reasons were kept.
    """
    from storage.articles import NoSuchArticle, find
    from storage.matches import addresses_of, taken_away

    with reading(home) as db:
        try:
            one = find(db, ref)
        except NoSuchArticle as error:
            return _unknown(error)
        found, gone = addresses_of(db, one.number), taken_away(db, one.number)
    rows = [
        {
            "url": address.url,
            "source": address.source,
            "standing": address.standing,
            "first_seen": address.first_seen,
            "last_seen": address.last_seen,
            "by": ", ".join(address.matches[-1].by) if address.matches else "",
            "why": address.matches[-1].why if address.matches else _unmatched(address.standing),
            "matches": address.matches,
        }
        for address in found
    ]
    own = {row["url"] for row in rows}
    rows += [_taken_away(match) for match in gone if match.url not in own]
    show(rows, json=json, columns=("standing", "first_seen", "last_seen", "why", "url"))
    return DONE


@click.command()
@click.argument("ref", metavar="ITEM")
@click.argument("address")
@click.option("--dry-run", is_flag=True, help="Only say what it would do.")
@json_option
@click.pass_obj
def split(home: Home, ref: str, address: str, dry_run: bool, json: bool) -> int:
    """Undo a match: make what was read at ADDRESS an article of its own again.

    Its wordings, changes, matches and proofs go with it under a new id; the other article keeps its id. The two are
    never taken for one again. Stop the daemon first: it is the only other one who writes.
    """
    from storage.articles import NoSuchArticle, numbered
    from storage.database import open_archive
    from storage.splitting import CannotSplit, plan, split

    try:
        if dry_run:
            with reading(home) as db:
                what = plan(db, _number(db, ref), address)
            _say(what.sentences, dry_run=True)
            if json:
                click.echo(as_json({"article": what.number, "address": what.url, "does": what.sentences}))
            return DONE
        with reading(home) as db:
            _number(db, ref)
        with hold(home):
            db = open_archive(home.database)
            try:
                what = plan(db, _number(db, ref), address)
                number = split(db, what, authority=read_settings(home).authority, now=datetime.now(UTC))
                [one] = numbered(db, [number])
            finally:
                db.close()
    except (NoSuchArticle, CannotSplit) as error:
        return _unknown(error)
    _say(what.sentences)
    show([{"number": one.number, "id": one.id, "split_from": what.number, "headline": one.article.headline}], json=json)
    return DONE


def _number(db: Database, ref: str) -> int:
    from storage.articles import find

    return find(db, ref).number


def _unknown(error: Exception) -> int:
    text = str(error)
    say(f"{text[:1].upper()}{text[1:]}.")
    return USAGE


def _say(sentences: list[str], *, dry_run: bool = False) -> None:
    for sentence in sentences:
        say(sentence)
    if dry_run:
        say("Nothing was changed.")


def _unmatched(standing: str) -> str:
    reasons = {
        "read": "found there, or known before reasons were kept",
        "named": "its page calls it its own; nothing was read there",
        "disputed": "several articles call it their own",
    }
    return reasons[standing]


def _taken_away(match: Noted) -> dict[str, object]:
    return {
        "url": match.url,
        "source": "",
        "standing": "split off",
        "first_seen": None,
        "last_seen": match.at,
        "by": ", ".join(match.by),
        "why": match.why,
        "matches": (match,),
    }
