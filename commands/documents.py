"""Official documents that the news cites: documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from commands.shared import DONE, USAGE, json_option, known_source, reading, source_option
from home import Home
from printing import as_json, say, show

if TYPE_CHECKING:
    from storage.articles import StoredArticle
    from storage.database import Database
    from storage.documents import Document


@click.command()
@click.argument("number", nargs=-1)
@source_option
@click.option("--cited", is_flag=True, help="Those that most news cites first, instead of those cited first lately.")
@click.option("--gaps", is_flag=True, help="Numbers that no news has named, in series of which most have been.")
@click.option("--last", metavar="N", default=20, show_default=True, type=click.IntRange(1, 100_000), help="At most N.")
@json_option
@click.pass_obj
def documents(
    home: Home, number: tuple[str, ...], source: str | None, cited: bool, gaps: bool, last: int, json: bool
) -> int:
    """List the official documents that news cites; with NUMBER what is known of one, and the news that cites it.

    Case, accents and the words before the number do not matter: 15/2025/tt-btc, "TT 15/2025/TT-BTC".
    """
    typed = " ".join(number)
    if typed and (source or cited or gaps):
        raise click.UsageError("--source, --cited and --gaps are about lists; leave them out beside a NUMBER")
    if gaps and (source or cited):
        raise click.UsageError("--gaps looks at all sources together; leave out --source and --cited")
    with reading(home) as db:
        known_source(db, source)
        if typed:
            return _one(db, typed, last=last, json=json)
        if gaps:
            _gaps(db, last=last, json=json)
        else:
            _list(db, source=source, cited=cited, last=last, json=json)
    return DONE


def _list(db: Database, *, source: str | None, cited: bool, last: int, json: bool) -> None:
    from storage.documents import listed

    found = listed(db, order="cited" if cited else "newest", source=source, limit=last)
    rows = [msgspec.structs.asdict(one) for one in found]
    columns = ("number", "kind", "issuer", "year", "signed", "articles", "first_cited")
    show(rows, json=json, empty="No news cites an official document yet.", columns=columns)


def _gaps(db: Database, *, last: int, json: bool) -> None:
    from storage.documents import gaps

    rows = [msgspec.structs.asdict(one) for one in gaps(db, limit=last)]
    empty = "No series of numbers is known well enough to say what it lacks."
    show(rows, json=json, empty=empty, columns=("document", "kind", "issuer", "year"))
    if rows:
        say("No news in this archive names these numbers. They may still exist: not every document is news.")


def _one(db: Database, typed: str, *, last: int, json: bool) -> int:
    from storage.documents import about, called, citing, publishing

    found = called(db, typed) or called(db, _read(typed))
    if not found:
        say(f"No news cites a document called {typed}; see `bantin documents`, or `bantin search WORDS`.")
        return USAGE
    if len(found) > 1:
        say(f"Several documents begin with {typed}; name one of them.")
        _several(db, found, json=json)
        return USAGE
    known, published, news = about(db, found[0]), publishing(db, found[0]), citing(db, found[0], limit=last)
    assert known
    if json:
        about_it = msgspec.structs.asdict(known)
        told = {"published_by": _row(published) if published else None, "cited_by": [_row(one) for one in news]}
        click.echo(as_json({**about_it, **told}))
        return DONE
    _tell(known, published)
    show([_row(one) for one in news], json=False, columns=("article", "source", "published", "headline"))
    return DONE


def _read(typed: str) -> str:
    """The number as articles are read: "Regulation (EU) 2016/679" is 32016R0679."""
    from scrapers.reading.documents import cite

    return next((place.number for place in cite("headline", typed)), "")


def _several(db: Database, numbers: list[str], *, json: bool) -> None:
    from storage.documents import about

    known = [document for number in numbers if (document := about(db, number))]
    rows = [msgspec.structs.asdict(one) for one in known]
    show(rows, json=json, columns=("number", "kind", "issuer", "year", "articles"))


def _tell(known: Document, published: StoredArticle | None) -> None:
    """What is known of a document, on stderr: the news that cites it is the data."""
    say(" ".join(part for part in (known.kind, known.number) if part))
    facts = {
        "issuer": known.issuer,
        "year": known.year,
        "signed": known.signed,
        "first cited": known.first_cited.date(),
        "cited by": f"{known.articles} article{'s' * (known.articles != 1)}",
        "published by": f"{published.number} {published.article.headline} <{published.address}>" if published else "",
    }
    for name, fact in facts.items():
        if fact:
            say(f"  {name + ':':<13} {fact}")


def _row(one: StoredArticle) -> dict[str, object]:
    article = one.article
    return {
        "article": one.number,
        "id": one.id,
        "source": one.source,
        "published": article.published.iso if article.published else None,
        "headline": article.headline,
        "url": one.address,
        "state": one.state,
    }
