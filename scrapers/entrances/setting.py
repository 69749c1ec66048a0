"""What reading any entrance needs to know about it: address, language, clock and the family's customs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import structs

from scrapers.addresses import absolute
from scrapers.items import Moment, Record
from scrapers.layouts import registry
from scrapers.layouts.layout import Layout
from scrapers.reading.dates import Order, read_date, read_machine_date
from scrapers.reading.languages import zone_of
from scrapers.sources import Entrance, Source

_AMERICAN = ("gov", "mil", "us")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/.-]?\d)")
_LONG = 200
"""Characters of a text in which a date is looked for that tells the order of others."""


class Setting(Record, frozen=True, kw_only=True):
    url: str
    base: str
    """What the page's relative addresses are relative to."""
    language: str
    timezone: str
    order: Order
    """Which number comes first in dates that machines write."""
    printed_order: Order | None = None
    """Which comes first in dates printed for people, where other rows tell; else language and country do."""
    midnight_is_day: bool = False
    section: str = ""
    url_published: str = ""
    """A regular expression for the time an article's address holds; "" when it holds none."""

    def absolute(self, href: str) -> str:
        """Return the address of another page, or "" when ``href`` leads nowhere or to this page."""
        href = href.strip()
        return absolute(href, base=self.base) if href and href[0] != "#" else ""

    def printed(self, text: str) -> Moment | None:
        """Return the date a short text prints."""
        return self._customary(self._read(text))

    def _read(self, text: str) -> Moment | None:
        return read_date(text, language=self.language, timezone=self.timezone, order=self.printed_order)

    def ordered(self, texts: Iterable[str]) -> Setting:
        """Return the setting for rows that print ``texts``: one with 25/08/2024 tells what 05/08/2024 is in all others."""
        pairs = [(int(found[1]), int(found[3])) for text in texts for found in _NUMERIC.finditer(text[:_LONG])]
        month_first, day_first = any(second > 12 for _, second in pairs), any(first > 12 for first, _ in pairs)
        if month_first == day_first:
            return self
        order: Order = "mdy" if month_first else "dmy"
        return structs.replace(self, order=order if self.order == "ymd" else self.order, printed_order=order)

    def stated(self, text: str, *, epoch: bool = False) -> Moment | None:
        """Return the moment a machine wrote, or what a person wrote in its place."""
        found = read_machine_date(text, timezone=self.timezone, order=self.order, epoch=epoch)
        return self._customary(found or self._read(text))

    def in_address(self, url: str) -> Moment | None:
        """Return the moment of publication that an address of the family holds."""
        found = re.search(self.url_published, url) if self.url_published else None
        if not found:
            return None
        parts = found.groupdict()
        text = (
            "20{y}-{m}-{d}T{H}:{M}:{S}".format(**parts)
            if len(parts["y"]) == 2
            else "{y}-{m}-{d}T{H}:{M}:{S}".format(**parts)
        )
        return read_machine_date(text, timezone=self.timezone)

    def _customary(self, moment: Moment | None) -> Moment | None:
        if (
            moment
            and self.midnight_is_day
            and moment.precision == "minute"
            and (moment.at.hour, moment.at.minute) == (0, 0)
        ):
            return Moment(at=moment.at, precision="day", printed=moment.printed)
        return moment


def setting(
    *,
    url: str,
    source: Source | None,
    entrance: Entrance | None,
    layout: Layout | None = None,
    language: str = "",
    base: str = "",
) -> Setting:
    """Return the setting of an entrance; what neither source nor layout state comes from page language and host."""
    layout = layout or (registry.by_name(source.layout) if source else None)
    spoken = source.language if source else language
    host = (urlsplit(url).hostname or "").lower()
    zone = source.timezone if source else (layout.timezone if layout else "") or zone_of(host, spoken)
    if not source and host.rpartition(".")[2] in _AMERICAN and spoken.lower() in ("", "en"):
        spoken = "en-US"
    return Setting(
        url=url,
        base=base or url,
        language=spoken or "en",
        timezone=zone,
        order=layout.meta_order if layout else "ymd",
        midnight_is_day=bool(layout and layout.midnight_is_day),
        section=entrance.section if entrance else "",
        url_published=layout.url_published if layout else "",
    )


def same_site(url: str, *sites: str) -> bool:
    """Whether ``url`` is of one of the ``sites``, a part of it, or it is a part of theirs."""
    host = _host(url)
    return any(
        host == site or host.endswith(f".{site}") or site.endswith(f".{host}") for site in map(_host, sites) if site
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
