"""Reading stored pages again: replay."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click
import msgspec

from commands.shared import DONE, USAGE, followed_sources, json_option, known_source, reading
from home import Home, hold
from printing import as_json, line, say, show

if TYPE_CHECKING:
    from replay import Reread
    from storage.database import Database
    from storage.rereading import Selection

_EVERY = 2.0
"""Seconds between two words of progress."""
_EXAMPLES = 3
_NAMED = 20
"""Pages that could not be read, before the rest is only counted."""
_WIDE = 72
"""Characters of a value around the first difference."""


@click.command()
@click.argument("slug", metavar="[SOURCE]", required=False)
@click.option("--since", metavar="DAY", help="Only wordings first seen from that day on (UTC), such as 2026-03-01.")
@click.option("--item", "ref", metavar="ITEM", help="Only this article.")
@click.option("--all", "earlier", is_flag=True, help="Earlier wordings too; they are shown, and never replaced.")
@click.option("--apply", "applies", is_flag=True, help="Record what differs, as our own doing.")
@json_option
@click.pass_obj
def replay(
    home: Home, slug: str | None, since: str | None, ref: str | None, earlier: bool, applies: bool, json: bool
) -> int:
    """Read stored pages again with today's reader, and show what would differ.

    Nothing is fetched. With --apply the archive takes it over with cause "parser": no edit, nothing that feeds or
    subscribers would take for news. Stop the daemon for that; without --apply it may run.
    """
    from replay import replay as read_again
    from storage.articles import NoSuchArticle, find
    from storage.rereading import Selection, count, take

    wanted = Selection(source=slug, since=_day(since), earlier=earlier)
    definitions = followed_sources(home)
    with _archive(home, writes=applies) as db:
        known_source(db, slug)
        if ref:
            try:
                wanted = msgspec.structs.replace(wanted, number=find(db, ref).number)
            except NoSuchArticle as error:
                say(f"{str(error).capitalize()}; see `bantin items` or `bantin search WORDS`.")
                return USAGE
        told = _Told(count(db, wanted), json=json)
        for some in read_again(db, home.warc, wanted, definition=definitions.get):
            if applies:
                now = datetime.now(UTC)
                take(
                    db, [(one.kept, one.article) for one in some if one.article and one.differs and one.kept.is_present],
                    now=now,
                )  # fmt: skip
            for one in some:
                told.take(one)
    told.end(applied=applies, wanted=wanted)
    return DONE


class _Told:
    """What replay found so far: counts, and a few examples; everything else has been printed already, or is forgotten."""

    def __init__(self, total: int, *, json: bool) -> None:
        self.total, self.json = total, json
        self.read = self.differing = self.unread = 0
        self.fields: Counter[str] = Counter()
        self.unseen: Counter[str] = Counter()
        self.examples: dict[str, list[tuple[int, str, str]]] = {}
        self.troubles: list[str] = []
        self._last = time.monotonic()
        if json:
            click.echo('{\n"pages": [', nl=False)

    def take(self, one: Reread) -> None:
        self.read += 1
        if one.trouble:
            self.unread += 1
            if len(self.troubles) < _NAMED:
                self.troubles.append(f"number {one.kept.number} ({one.kept.url}): {one.trouble}")
        elif one.differs:
            self.differing += 1
            self.fields.update(one.fields)
            self.unseen.update(one.others)
            self._keep_examples(one)
        if self.json and (one.trouble or one.differs):
            first = self.differing + self.unread == 1
            click.echo(("\n" if first else ",\n") + line(_whole(one)), nl=False)
        if time.monotonic() - self._last > _EVERY:
            self._last = time.monotonic()
            say(f"… {self.read:,} of {self.total:,} pages read again, {self.differing:,} differ")

    def _keep_examples(self, one: Reread) -> None:
        for field in (*one.fields, *one.others):
            known = self.examples.setdefault(field, [])
            if len(known) < _EXAMPLES and one.article:
                known.append((one.kept.number, *_around(_text(one.kept.article, field), _text(one.article, field))))

    def end(self, *, applied: bool, wanted: Selection) -> None:
        if self.json:
            counts = {"read": self.read, "differ": self.differing, "unreadable": self.unread, "applied": applied}
            click.echo(f'\n],\n"fields": {as_json(dict(self.fields))},')
            click.echo(f'"fields_nobody_sees": {as_json(dict(self.unseen))},\n"counts": {as_json(counts)}\n}}')
        else:
            self._tables()
        for trouble in self.troubles:
            say(f"Left as it is: {trouble}")
        if self.unread > len(self.troubles):
            say(f"… and {self.unread - len(self.troubles):,} more; --json names them all.")
        say(self._summary(applied=applied, wanted=wanted))

    def _tables(self) -> None:
        counts = [
            *({"field": name, "wordings": count, "seen by": "readers"} for name, count in self.fields.most_common()),
            *({"field": name, "wordings": count, "seen by": "machines"} for name, count in self.unseen.most_common()),
        ]
        if counts:
            show(counts, json=False)
            click.echo()
        rows = [
            {"field": field, "number": number, "before": before, "after": after}
            for field, examples in self.examples.items()
            for number, before, after in examples
        ]
        if rows:
            show(rows, json=False)

    def _summary(self, *, applied: bool, wanted: Selection) -> str:
        pages = "page" if self.read == 1 else "pages"
        differ = f"{self.differing:,} would differ" if not applied else f"{self.differing:,} differed"
        sentence = f"{self.read:,} {pages} read again: {differ}, {self.unread:,} left as they are for want of a page or a reading."
        if not self.differing:
            return sentence
        if not applied:
            return f"{sentence} --apply records it."
        return (
            f"{sentence} What differed is recorded, cause “parser”; the feeds show it when they are next published"
            f"{', earlier wordings stay as they were read' if wanted.earlier else ''}."
        )


@contextmanager
def _archive(home: Home, *, writes: bool) -> Iterator[Database]:
    from storage.database import open_archive

    if not writes or not home.database.exists():
        with reading(home) as db:
            yield db
        return
    with hold(home):
        db = open_archive(home.database)
        try:
            yield db
        finally:
            db.close()


def _day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
    except ValueError as error:
        raise click.UsageError(f"--since takes a day such as 2026-03-01, not {text}") from error


def _whole(one: Reread) -> dict[str, object]:
    return {
        "article": one.kept.number,
        "version": one.kept.version,
        "present": one.kept.is_present,
        "source": one.kept.source,
        "url": one.kept.url,
        "sha256": one.kept.sha256,
        "trouble": one.trouble,
        "fields": {
            field: {"before": getattr(one.kept.article, field), "after": getattr(one.article, field)}
            for field in (*one.fields, *one.others)
        },
    }


def _text(article: object, field: str) -> str:
    value = getattr(article, field)
    if isinstance(value, tuple):
        return "; ".join(one if isinstance(one, str) else _short(one) for one in value)
    return value.iso if hasattr(value, "iso") else "" if value is None else " ".join(str(value).split())


def _short(one: msgspec.Struct) -> str:
    told = (getattr(one, name) for name in ("number", "title", "caption", "url") if hasattr(one, name))
    return " ".join(str(value) for value in told if value)


def _around(before: str, after: str) -> tuple[str, str]:
    """Return both texts around their first difference, so that it can be seen on one line."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    start = max(same - _WIDE // 3, 0)
    if start:
        start = max(before.rfind(" ", 0, start), 0)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    piece = text[start : start + _WIDE]
    return f"{'…' if start else ''}{piece}{'…' if len(text) > start + _WIDE else ''}"
