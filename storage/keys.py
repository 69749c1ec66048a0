"""Addresses as the archive recognises them: forms that differ only for machines are one, and so are a site's serials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from scrapers.addresses import tidy

_COUNTING = re.compile(
    r"^(?:_hsenc|_hsmi|mkt_tok|cmpid|at_(?:medium|campaign|custom\d)|xtor|(?:pk|mtm|piwik|matomo)_\w+|wt\.\w+|spm|"
    r"ref_src|ref_url|_|nocache|cachebuster)$",
    re.IGNORECASE,
)
"""Parameters that only count visitors or fool caches, besides those that no address is kept with."""
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_CASELESS = re.compile(r"\.(?:aspx?|ashx)(?:/|$)", re.IGNORECASE)
"""Such pages are served by a system to which capitals are no difference."""

_TRAILING = re.compile(r"(?:^|[-_a-z])(\d{4,})$", re.IGNORECASE)
_LEADING = re.compile(r"^(\d{2,})(?=[-_:]\D)")
_DAY = re.compile(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_ARTICLE = re.compile(r"^(?:.*[_.-])?(?:news_?id|article_?id|post_?id|item_?id|doc_?id|aid|nid|id_?(?:news|article))$")
_ANY = re.compile(r"^(?:id|p)$")
_IDENTIFIER = re.compile(r"^(\d+)(?:[:-].*)?$")


@lru_cache(maxsize=4096)
def key(url: str) -> str:
    """Return the form by which two addresses are the same.

    No scheme, "www.", session, last slash or name of an index page; parameters in one order, without those that only
    count visitors; no capitals where the server knows none.
    """
    tidied = tidy(url) or url.strip()
    rest = tidied.split("://", 1)[-1].removeprefix("www.")
    path, _, query = rest.partition("?")
    path = _INDEX.sub("/", re.sub("/{2,}", "/", path)).rstrip("/")
    path = path.casefold() if _CASELESS.search(path) else path
    asked = sorted(part for part in query.split("&") if part and not _COUNTING.match(part.partition("=")[0]))
    return f"{path}?{'&'.join(asked)}" if asked else path.rstrip("&")


@lru_cache(maxsize=4096)
def serial(url: str) -> str | None:
    """Return the number by which the website counts its articles, if there is one.

    "…-363363.html", "?id=20511", "/20511-tin.html", "/tin/20511/slug". Years and days are no such numbers.
    """
    parts = urlsplit(url)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    found = [*_asked_for(parts.query), *(_in_path(segments) if segments else ())]
    return found[0] if found else None


def is_front_page(url: str) -> bool:
    """Say whether an address is a site's entrance: many pages give it as their own by mistake."""
    parts = urlsplit(url)
    return (
        parts.path.strip("/").lower() in {"", "index.html", "index.htm", "index.php", "default.aspx"}
        and not parts.query
    )


def _asked_for(query: str) -> Iterator[str]:
    """Yield numbers from the query: of the parameter that is named after articles first, "?id=" and "?p=" else."""
    asked = [(name.casefold(), found[1]) for name, value in parse_qsl(query) if (found := _IDENTIFIER.match(value))]
    for names in (_ARTICLE, _ANY):
        numbers = [number for name, number in asked if names.match(name) and not _is_menu(name, asked)]
        if len(set(numbers)) == 1:
            yield numbers[0]


def _is_menu(name: str, asked: list[tuple[str, str]]) -> bool:
    """Joomla counts its menus by "Itemid", SharePoint its articles by "ItemID": a plain "id" beside it tells them apart."""
    return name == "itemid" and any(other == "id" for other, _ in asked)


def _in_path(segments: list[str]) -> Iterator[str]:
    last = segments[-1].split(".", 1)[0]
    for found in (_TRAILING.search(last), _LEADING.match(last)):
        if found and not _is_date(found[1]):
            yield found[1]
    for segment in reversed(segments[:-1]):
        if segment.isascii() and segment.isdigit() and len(segment) > 2 and not _is_date(segment):
            yield segment


def _is_date(number: str) -> bool:
    return bool(_DAY.match(number) or _YEAR.match(number))
