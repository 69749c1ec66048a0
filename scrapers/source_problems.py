"""What is wrong at one place of a source file, and how such places and values are written for people."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from scrapers.items import Record

KeyPath = tuple[str | int, ...]
"""Where a value stands in a TOML text: ("entrances", 0, "kind")."""


# What people call things elsewhere, and what they are called here.
_SYNONYMS = {
    "id": "slug",
    "name": "ministry",
    "names": "ministry",
    "url": "homepage",
    "site": "homepage",
    "tz": "timezone",
    "lang": "language",
    "feeds": "entrances",
    "interval": "every",
    "frequency": "every",
    "title": "headline",
    "date": "published",
    "content": "body",
    "text": "body",
    "author": "authors",
    "item": "row",
    "items": "row",
    "remove": "drop",
    "rss": "feed",
    "atom": "feed",
    "html": "listing",
    "page": "listing",
    "json": "api",
}


class Problem(Record, frozen=True, kw_only=True):
    """A mistake before anybody has looked up its line."""

    path: KeyPath
    message: str
    suggestion: str = ""


class BadValueError(Exception):
    """A value that cannot be used; whoever knows where it stands makes a ``Problem`` of it."""

    def __init__(self, message: str, *, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


def written(path: KeyPath) -> str:
    """Return the key as people write it: "entrances[0].kind"."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_bare_or_quoted(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def shown(value: object) -> str:
    """Return ``value`` as a message quotes it: on one line, and not endless."""
    match value:
        case list():
            return "a list"
        case dict():
            return "a table"
        case bool():
            return str(value).lower()
        case str():
            text = f'"{value}"'
        case _:
            text = str(value)
    printable = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text[:100]
    )
    return printable if len(printable) <= 80 else f"{printable[:78]}…"


def nearest(word: str, choices: Collection[str], *, cutoff: float = 0.6) -> str:
    """Return the choice that is most like ``word`` or means the same, or "" when there is none."""
    if (synonym := _SYNONYMS.get(word.casefold(), "")) in choices:
        return synonym
    plain = {_folded(choice): choice for choice in choices}
    close = get_close_matches(_folded(word[:100]), plain, n=1, cutoff=cutoff)
    return plain[close[0]] if close else ""


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def _bare_or_quoted(name: str) -> str:
    bare = name and all(character.isascii() and (character.isalnum() or character in "-_") for character in name)
    return name if bare else shown(name)
