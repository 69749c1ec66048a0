"""How an article read before and reads now: versions, diff."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

import click
import msgspec

from commands.shared import DONE, USAGE, json_option, reading
from home import Home
from printing import as_json, say, show

if TYPE_CHECKING:
    from storage.articles import StoredArticle
    from storage.diffs import Piece, Segment
    from storage.sides import Part
    from storage.versions import Version

_AROUND = 1
"""Unchanged paragraphs that are shown beside a change."""
# A page may hold what a terminal would take for a command.
_HARMLESS = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


@click.command()
@click.argument("ref", metavar="ITEM")
@json_option
@click.pass_obj
def versions(home: Home, ref: str, json: bool) -> int:
    """List an article's wordings, oldest first: when each was first seen, who caused it, and what kind of edit it was.

    "silent" means that nothing on the page says it was edited.
    """
    found = _history(home, ref)
    if found is None:
        return USAGE
    show(
        [wording_row(one, whole=json) for one in found[1]],
        json=json,
        columns=("version", "seen", "cause", "classes", "silent", "headline"),
    )
    return DONE


@click.command()
@click.argument("ref", metavar="ITEM")
@click.option("--from", "first", metavar="N", type=int, help="The wording before; the one before --to if not given.")
@click.option("--to", "last", metavar="M", type=int, help="The wording after; the present one if not given.")
@click.option("--whole", is_flag=True, help="Show all unchanged paragraphs too.")
@click.option("--html", "html", is_flag=True, help="Print a web page with <ins> and <del>, complete.")
@json_option
@click.pass_obj
def diff(home: Home, ref: str, first: int | None, last: int | None, whole: bool, html: bool, json: bool) -> int:
    """Show what differs between two wordings of an article, word by word.

    On a terminal what came is green and what went is red; elsewhere {+what came+} and [-what went-].
    """
    from storage.sides import parts

    if (json and (html or whole)) or (html and whole):
        raise click.UsageError("--html and --json are complete and exclude each other; --whole is for neither.")
    found = _history(home, ref)
    if found is None:
        return USAGE
    stored, history = found
    pair = _pair(history, first, last)
    if isinstance(pair, str):
        say(pair)
        return USAGE
    before, after = pair
    told = parts(before.article, after.article)
    if json:
        click.echo(as_json(_record(stored, before, after, told)))
    elif html:
        click.echo(_page(stored, before, after, told))
    else:
        _print(before, after, told, whole=whole)
    return DONE


def _history(home: Home, ref: str) -> tuple[StoredArticle, list[Version]] | None:
    from storage.articles import NoSuchArticle, find
    from storage.versions import history

    with reading(home) as db:
        try:
            stored = find(db, ref)
        except NoSuchArticle as error:
            say(f"{str(error).capitalize()}; see `bantin items` or `bantin search WORDS`.")
            return None
        return stored, history(db, stored.number)


def _pair(history: Sequence[Version], first: int | None, last: int | None) -> tuple[Version, Version] | str:
    wordings = {one.number: one for one in history}
    newest = max(wordings)
    to = newest if last is None else last
    start = to - 1 if first is None else first
    if newest == 1:
        return "This article has had one wording only: nothing to compare."
    for number in (to, start):
        if number not in wordings:
            return f"There is no wording {number}: this article's go from 1 to {newest}; see `bantin versions`."
    if start == to:
        return f"--from and --to are both wording {to}: nothing to compare."
    return wordings[start], wordings[to]


def wording_row(one: Version, *, whole: bool) -> dict[str, object]:
    """Return what is known of a wording; ``whole`` with every edit, for programs."""
    row: dict[str, object] = {
        "version": one.number,
        "seen": one.seen,
        "cause": one.cause.value if one.number > 1 else "",
        "classes": [kind for kind in one.classes if kind != "silent"] if whole else kinds(one),
        "silent": "silent" in one.classes,
        "fields": list(one.fields),
        "headline": one.article.headline,
        "sha256": one.sha256,
    }
    return {**row, "edits": [_edit(edit) for edit in one.edits]} if whole else row


def kinds(one: Version) -> str:
    """Say what kinds of edits made a wording."""
    if one.number == 1:
        return "first wording"
    told = ", ".join(kind for kind in one.classes if kind != "silent")
    return told or ("read anew, nothing edited" if one.cause == "parser" else ", ".join(one.fields))


def _edit(edit: object) -> dict[str, object]:
    told = msgspec.to_builtins(edit)
    return {"class": told.pop("kind"), **told}


def _record(stored: StoredArticle, before: Version, after: Version, told: Sequence[Part]) -> dict[str, object]:
    from storage.classes import classify

    edits = after.edits if after.number == before.number + 1 else classify(before.article, after.article)
    return {
        "id": stored.id,
        "number": stored.number,
        "url": stored.address,
        "from": wording_row(before, whole=False),
        "to": wording_row(after, whole=False),
        "edits": [_edit(edit) for edit in edits],
        "parts": [
            {"field": part.field, "changed": part.is_changed, "pieces": msgspec.to_builtins(part.pieces)}
            for part in told
        ],
    }


def _print(before: Version, after: Version, told: Sequence[Part], *, whole: bool) -> None:
    click.echo(_title(before, after))
    for edit in after.edits if after.number == before.number + 1 else ():
        click.echo(f"  {edit.kind} ({edit.field.replace('_', ' ')}): {_harmless(edit.why)}")
    for part in told:
        if not part.is_changed and not whole:
            continue
        click.echo(f"\n{_styled(part.name, bold=True)}")
        for line in _lines(part.pieces, whole=whole):
            click.echo(line)


def _title(before: Version, after: Version) -> str:
    seen = after.seen.isoformat(timespec="seconds")
    by = ", by another reading of the same page; the ministry changed nothing" if after.cause == "parser" else ""
    return f"Wording {before.number} → {after.number}, first seen {seen}{by}"


def _lines(pieces: Sequence[Piece], *, whole: bool) -> list[str]:
    lines: list[str] = []
    for same, some in groupby(pieces, key=lambda piece: piece.kind == "same"):
        told = [(piece, _told(piece)) for piece in some]
        texts = [_prefixed(piece, text) for piece, text in told if text.strip()]
        if same and not whole and len(texts) > 2 * _AROUND + 1:
            left_out = _styled(f"… {len(texts) - 2 * _AROUND} paragraphs as before …", dim=True)
            texts = [*texts[:_AROUND], left_out, *texts[-_AROUND:]]
        lines += texts
    return lines


def _prefixed(piece: Piece, text: str) -> str:
    sign = {"same": " ", "changed": "~", "gone": "-", "come": "+", "left": "<", "moved": ">"}[piece.kind]
    moved = {"left": " (moved from here)", "moved": " (moved to here)"}.get(piece.kind, "")
    return f"{sign} {text}{_styled(moved, dim=True) if moved else ''}"


def _marked(one: Segment, piece: Piece) -> str:
    text = _harmless(one.text)
    if one.kind == "same":
        return text
    if _colours():
        colour = "cyan" if piece.kind in ("left", "moved") else "red" if one.kind == "gone" else "green"
        return click.style(text, fg=colour, strikethrough=one.kind == "gone", underline=one.kind == "come")
    return f"[-{text}-]" if one.kind == "gone" else f"{{+{text}+}}"


def _harmless(text: str) -> str:
    return text.translate(_HARMLESS)


def _told(piece: Piece) -> str:
    from storage.sides import line_of

    text = line_of(piece, _marked)
    return _harmless(text) if piece.kind == "same" else text


def _styled(text: str, *, bold: bool = False, dim: bool = False) -> str:
    return click.style(text, bold=bold or None, dim=dim or None) if _colours() else text


def _colours() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _page(stored: StoredArticle, before: Version, after: Version, told: Sequence[Part]) -> str:
    from storage.sides import html_of

    language = escape(after.article.language or "und")
    sections = "\n".join(
        f'<section><h2>{escape(part.name)}</h2><div class="text" lang="{language}">{html_of(part.pieces)}</div></section>'
        for part in told
    )
    edits = "".join(f"<li><b>{escape(edit.kind)}</b> {escape(edit.why)}</li>" for edit in after.edits)
    return _PAGE.format(
        title=escape(_title(before, after)),
        headline=escape(after.article.headline),
        address=escape(stored.address),
        id=escape(stored.id),
        edits=f"<ul>{edits}</ul>" if edits and after.number == before.number + 1 else "",
        sections=sections,
    )


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{headline}: {title}</title>
<style>
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font-family: serif; line-height: 1.5 }}
.text {{ white-space: pre-wrap; overflow-wrap: anywhere }}
ins {{ background: #d9f2d9 }} del {{ background: #f9d9d9 }} .moved {{ background: #d9ecf9 }}
</style></head><body>
<h1>{title}</h1>
<p>{address}<br>{id}</p>
{edits}
{sections}
</body></html>"""
