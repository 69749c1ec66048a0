"""What must agree in a source file: its values with each other, its name with its slug, its links with other files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scrapers.source_problems import BadValueError, KeyPath, Problem, nearest, written
from scrapers.source_values import timezone


def contradictions(read: Mapping[KeyPath, Any], *, file: str) -> Iterator[Problem]:
    """What is wrong with one file only in the light of another of its values, or of its name."""
    slug, since, until = (read.get((name,)) for name in ("slug", "since", "until"))
    if slug and file.endswith(".toml") and Path(file).stem != slug:
        message = f'is "{slug}", but the file is called {Path(file).name}; they must agree'
        yield Problem(path=("slug",), message=message)
    if since and until and until < since:
        yield Problem(path=("until",), message=f"is {until}, before since ({since})")
    if slug and slug in (read.get(("successor",)), *read.get(("predecessor",), ())):
        key = "successor" if slug == read.get(("successor",)) else "predecessor"
        yield Problem(path=(key,), message="is the source itself")
    yield from _wrong_zone(read)
    yield from _repeated_entrances(read)


def _wrong_zone(read: Mapping[KeyPath, Any]) -> Iterator[Problem]:
    country = read.get(("country",)) or read.get(("slug",), "")[:2].upper()
    try:
        timezone(read.get(("timezone",), "UTC"), country=country)
    except BadValueError as error:
        yield Problem(path=("timezone",), message=error.message, suggestion=error.suggestion)


def _repeated_entrances(read: Mapping[KeyPath, Any]) -> Iterator[Problem]:
    first: dict[str, KeyPath] = {}
    for path, url in read.items():
        if len(path) == 3 and path[0] == "entrances" and path[2] == "url" and first.setdefault(url, path) != path:
            yield Problem(path=path, message=f"is the address of {written(first[url][:2])} already")


def broken_links(
    slug: str, links: Iterable[tuple[KeyPath, str]], *, known: Collection[str], successors: Mapping[str, str]
) -> Iterator[Problem]:
    """What is wrong with the other sources a source names, given all that are ``known`` and who follows whom."""
    for path, other in links:
        if other and other not in known:
            message = f'names "{other}", which is neither here nor in the catalogue'
            yield Problem(path=path, message=message, suggestion=nearest(other, known))
    chain = [slug]
    while (following := successors.get(chain[-1], "")) and following not in chain:
        chain.append(following)
    if following == slug and len(chain) > 1:
        yield Problem(path=("successor",), message=f"goes in a circle: {' → '.join([*chain, following])}")
