"""Judges a finished feed by the checklist in docs/feeds.md, so that nothing is published that a reader stumbles over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import partial

import msgspec

from feeds.parsed import Kind, Problem, Seen, Unreadable, read
from feeds.rules import dates, document, entries, files, html

# What can be wrong with a document though each of its entries is right.
TOGETHER: tuple[Callable[[Seen], Iterator[Problem]], ...] = (
    document.declaration,
    document.order,
    document.required,
    document.characters,
    document.language,
    document.size,
    document.addresses,
    document.introduction,
    entries.identity,
    entries.hosts,
    dates.written,
    dates.plausible,
    dates.consistent,
    dates.newest_first,
    dates.channel,
    files.tombstones,
)
RULES: tuple[Callable[[Seen], Iterator[Problem]], ...] = (
    document.declaration,
    document.namespaces,
    document.order,
    document.required,
    document.characters,
    document.language,
    document.size,
    document.addresses,
    document.introduction,
    entries.complete,
    entries.plain,
    entries.summaries,
    entries.authors,
    entries.categories,
    entries.rss_order,
    entries.atom_types,
    entries.identity,
    entries.links,
    entries.hosts,
    entries.sources,
    entries.disagreeing,
    html.content,
    html.pictures,
    html.harmless_summary,
    dates.written,
    dates.plausible,
    dates.consistent,
    dates.newest_first,
    dates.channel,
    files.enclosures,
    files.listed,
    files.ungrouped,
    files.tombstones,
)


def check(
    payload: bytes,
    kind: Kind,
    *,
    url: str = "",
    now: datetime | None = None,
    private: bool = False,
    combined: bool = False,
    judged: Collection[int] = (),
) -> list[Problem]:
    """Return what is wrong with a document, in the order of the rules.

    ``url`` is where it is published, ``now`` the time that nothing in it may lie beyond; ``private`` says that
    hosts of a private network are meant to be in it, ``combined`` that its entries come from several sources.
    ``judged`` are the places, counted from 1, of entries that were found right in another document: as long as
    nothing is wrong, only what they are together with the others is looked at.
    """
    take_apart = partial(read, payload, kind, url=url, now=now, private=private, combined=combined)
    try:
        if judged and _is_right(take_apart(thin=judged), judged):
            return []
        return _problems(take_apart(), RULES)
    except Unreadable as error:
        return [error.problem]


def _is_right(seen: Seen, judged: Collection[int]) -> bool:
    fresh = msgspec.structs.replace(seen, entries=tuple(one for one in seen.entries if one.position not in judged))
    return not _problems(seen, TOGETHER) and not _problems(fresh, [rule for rule in RULES if rule not in TOGETHER])


def _problems(seen: Seen, rules: Iterable[Callable[[Seen], Iterator[Problem]]]) -> list[Problem]:
    return [problem for rule in rules for problem in rule(seen)]


def errors(problems: list[Problem]) -> list[Problem]:
    """Return those for which a feed is not published."""
    return [problem for problem in problems if problem.level == "error"]
