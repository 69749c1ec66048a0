"""Why a record says what it says: explain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.pages import source_named, trouble
from commands.shared import DONE, FAILURE, USAGE, json_option, reading
from home import Home
from printing import as_json, say, show

if TYPE_CHECKING:
    from scrapers.items import Article

_GRADES = "Grades: A two independent witnesses agree · B one the website's makers wrote for machines, or its layout · C seen on the page · D guessed"
_LONGEST = 90
"""Characters of a value that a table shows; JSON has it whole."""
_OFTEN_EMPTY = ("printed", "others")
"""Columns that a terminal is spared when nothing is in them."""


@click.command()
@click.argument("ref", metavar="ID|FILE")
@click.option(
    "--url",
    default="",
    help="For a file: the address the page was saved from; relative links and local times are read by it.",
)
@click.option("--source", metavar="SLUG", help="For a file: read it as a page of this source.")
@json_option
@click.pass_obj
def explain(home: Home, ref: str, url: str, source: str | None, json: bool) -> int:
    """Say, field by field, why an article reads as it does: what was printed, which rule won, how sure it is.

    An article of the archive is named as for `item`; a saved page by its file. "Others" is what the page's other
    witnesses said instead, known only while the page is at hand.
    """
    if (url or source) and not Path(ref).is_file():
        raise click.UsageError(f"--url and --source are for a saved page, and {ref} is no file")
    try:
        article = _of_file(home, Path(ref), url, source) if Path(ref).is_file() else _of_archive(home, ref)
    except _Refused as error:
        say(str(error))
        return error.code
    if json:
        click.echo(as_json({"passport": _rows(article), "layout": article.layout, "notes": article.notes}))
        return DONE
    rows = [
        {
            **row,
            "value": _short(row["value"]),
            "others": _short(row["others"]),
            "printed": _short(row["printed"] if row["printed"] != row["value"] else ""),
        }
        for row in _rows(article)
    ]
    show(rows, json=False, empty="Nothing is known of how it was read.", sparing=_OFTEN_EMPTY)
    say(f"Layout: {article.layout or 'unknown'}. {_GRADES}")
    for note in article.notes:
        say(f"Note: {note}")
    return DONE


class _Refused(Exception):  # noqa: N818
    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def _of_file(home: Home, file: Path, url: str, slug: str | None) -> Article:
    from scrapers.reading.article import read_article

    source = source_named(home, slug)
    try:
        return read_article(file.read_bytes(), url=url, content_type=None, source=source)
    except trouble() as error:
        raise _Refused(f"{file}: {error}", FAILURE) from error


def _of_archive(home: Home, ref: str) -> Article:
    from storage.articles import NoSuchArticle, find

    with reading(home) as db:
        try:
            return find(db, ref).article
        except NoSuchArticle as error:
            message = f"{str(error).capitalize()}, and no file is called so; see `bantin items`."
            raise _Refused(message, USAGE) from error


def _rows(article: Article) -> list[dict[str, str]]:
    """One row for each reason, in the order of the record."""
    return [
        {
            "field": reason.field,
            "grade": reason.grade,
            "value": _value(article, reason.field),
            "printed": reason.printed,
            "rule": reason.rule,
            "others": " | ".join(reason.rivals),
        }
        for reason in article.passport
    ]


def _value(article: Article, field: str) -> str:
    value = getattr(article, field, "")
    if hasattr(value, "iso"):
        return str(value.iso)
    if isinstance(value, tuple):
        return "; ".join(str(getattr(one, "url", one)) for one in value)
    return "" if value is None else str(value)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
