"""What the make-believe ministry has to say, for the demo and the tests: its articles as records, read from TOML."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Literal

ZONE = timezone(timedelta(hours=7))
"""The ministry's wall clock; Việt Nam knows no summer time."""
FIRST_NUMBER = 400001
_FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article. ``text`` holds blocks separated by empty lines.

    A block may begin with ``![file] caption`` (picture), ``[pdf:file] title`` (attachments, one a line), ``| a | b |``
    (table, first row is its head), ``## `` (sub-heading), ``> `` (information box) or ``>> `` (link to another article).
    """

    number: int
    section: str
    headline: str
    lede: str
    text: str
    published: datetime
    byline: str = ""
    origin: str = ""
    template: Literal["A", "B"] = "A"
    day_only: bool = False
    """The page prints the day without a time."""
    tags: tuple[str, ...] = ()
    slug: str = ""
    changed: datetime = field(default=datetime(1970, 1, 1, tzinfo=ZONE))

    @property
    def day(self) -> str:
        return self.published.strftime("%Y/%m/%d")


def slugify(text: str) -> str:
    """Return ``text`` as OneCMS writes it in addresses: ASCII words joined by hyphens."""
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def backlog() -> list[Story]:
    """The articles the ministry has published before anybody looks, oldest first."""
    return [_story(row, number) for number, row in enumerate((*_rows("first"), *_rows("backlog")), FIRST_NUMBER)]


def coming(place: int, *, number: int, published: datetime) -> Story:
    """The article the ministry publishes as its ``place``-th new one; a bulletin when all prepared ones are out."""
    rows = _rows("coming")
    if place >= len(rows):
        return bulletin(number, published=published)
    return _story({**rows[place], "published": published}, number)


def bulletin(number: int, *, published: datetime) -> Story:
    """A routine article, for when a test or a benchmark needs many."""
    return Story(
        number=number,
        section="Môi trường",
        headline=f"Bản tin quan trắc tự động số {number}",
        slug=f"ban-tin-quan-trac-tu-dong-so-{number}",
        lede=f"Trung tâm Quan trắc công bố bản tin tự động số {number}.",
        text="\n\n".join(
            f"Trạm {station}: chỉ số AQI là {(number * 7 + station * 13) % 150}." for station in range(1, 9)
        ),
        published=published,
        changed=published,
        byline="Trung tâm Quan trắc",
        template="B" if number % 2 else "A",
    )


def _story(row: dict[str, Any], number: int) -> Story:
    published = row["published"]
    day_only = not isinstance(published, datetime)
    moment = _moment(published)
    fields = {**row, "published": moment, "changed": moment, "day_only": day_only, "tags": tuple(row.get("tags", ()))}
    return Story(number=number, slug=slugify(row["headline"]), **{**fields, "text": row["text"].strip()})


def _moment(published: date | datetime) -> datetime:
    """Return when a story came out; one that prints only the day came out at nine in the morning."""
    moment = published if isinstance(published, datetime) else datetime.combine(published, time(9))
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


@cache
def _rows(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["story"])
