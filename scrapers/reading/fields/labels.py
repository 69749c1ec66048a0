"""What a website puts around an article: section, kicker, tags, how many comments. For the reader of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Literal

from scrapers.items import Link, Reason, Record
from scrapers.reading.candidates import Candidate, Witness, reason
from scrapers.reading.fields.tags import count_comments, read_tags
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Place, look, said
from scrapers.reading.text import clean, repair

_HOME = frozenset(
    [
        "trang chủ",
        "home",
        "home page",
        "homepage",
        "accueil",
        "startseite",
        "inicio",
        "início",
        "beranda",
        "首页",
        "首頁",
        "ホーム",
        "トップ",
        "laman utama",
        "strona główna",
    ]
)
_LONGEST = 120


class Labels(Record, frozen=True, kw_only=True):
    section: str = ""
    kicker: str = ""
    tags: tuple[str, ...] = ()
    comments_count: int | None = None
    related: tuple[Link, ...] = ()
    reasons: tuple[Reason, ...] = ()


def read_labels(
    page: Page,
    where: tuple[Place, ...],
    *,
    headline: str,
    above: str = "",
    listed: str = "",
    text: Callable[[], str] = str,
) -> Labels:
    """Return what the page says around the article.

    ``above`` is what stands above the headline in the same heading, ``listed`` the section of the entrance that led here,
    ``text`` gives some of the article's own.
    """
    sections = [*_shown(page, where, "section", headline), *_stated_sections(page)]
    sections += [_candidate(listed, listed, "listing", "listing: section")] if listed else []
    kickers = list(_shown(page, where, "kicker", headline))
    if above and len(above) <= _LONGEST and folded(above) != folded(headline):
        kickers.append(_candidate(repair(above), above, "visible", "general: above the headline, in its heading"))
    section, kicker = next(iter(sections), None), next(iter(kickers), None)
    if section and kicker and section.key == kicker.key:
        # Only one of them says something.
        kicker = None
    tags, tags_from = read_tags(page, where, text)
    count, count_from = count_comments(page, where)
    reasons = [reason("section", section, sections)] if section else []
    reasons += [reason("kicker", kicker, kickers)] if kicker else []
    reasons += [one for one in (tags_from, count_from) if one]
    return Labels(
        section=section.value if section else "",
        kicker=kicker.value if kicker else "",
        tags=tags,
        comments_count=count,
        related=_related(page, where),
        reasons=tuple(reasons),
    )


def _shown(
    page: Page, where: tuple[Place, ...], field: Literal["section", "kicker"], headline: str
) -> Iterator[Candidate[str]]:
    for found in look(page, where, field):
        printed = said(found.element)
        value = repair(printed)
        if value and len(value) <= _LONGEST and folded(value) not in _HOME and folded(value) != folded(headline):
            yield _candidate(value, printed, found.place.witness, found.rule)


def _candidate(value: str, printed: str, witness: Witness, rule: str) -> Candidate[str]:
    return Candidate(value=value, key=folded(value), printed=printed, witness=witness, rule=rule)


def _stated_sections(page: Page) -> Iterator[Candidate[str]]:
    for thing in page.things[:3]:
        words = thing.text("articleSection")
        if words:
            yield _candidate(repair(words), words, "json-ld", "json-ld: articleSection")
    printed = clean(page.meta("article:section"))
    # "Quy hoạch,Địa ốc" names the section and the one it is part of.
    value = repair(printed).split(",")[0].strip()
    if value:
        yield _candidate(value, printed, "meta", "meta: article:section")


def _related(page: Page, where: tuple[Place, ...]) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for found in islice(look(page, where, "related"), 60):
        url, title = page.absolute(found.element.get("href") or ""), repair(said(found.element))
        if url and title and url not in (page.address, page.canonical):
            links.setdefault(url, Link(url=url, title=title))
    return tuple(links.values())[:30]
