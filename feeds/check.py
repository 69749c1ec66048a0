"""Judges a finished feed by the checklist in docs/feeds.md, so that nothing is published that a reader stumbles over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from feeds.parsed import Kind, Problem, Seen, Unreadable, read
from feeds.rules import dates, document, entries, files, html

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
) -> list[Problem]:
    """Return what is wrong with a document, in the order of the rules.

    ``url`` is where it is published, ``now`` the time that nothing in it may lie beyond; ``private`` says that
    hosts of a private network are meant to be in it, ``combined`` that its entries come from several sources.
    """
    try:
        seen = read(payload, kind, url=url, now=now, private=private, combined=combined)
    except Unreadable as error:
        return [error.problem]
    return [problem for rule in RULES for problem in rule(seen)]


def errors(problems: list[Problem]) -> list[Problem]:
    """Return those for which a feed is not published."""
    return [problem for problem in problems if problem.level == "error"]
