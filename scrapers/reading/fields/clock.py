"""How one page's dates are to be read: its language, its zone and where that zone was learnt. For the readers of dates."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from scrapers.items import Moment, Record
from scrapers.layouts.layout import Layout
from scrapers.reading.dates import read_date, read_machine_date
from scrapers.reading.languages import country_of, zone_and_teller
from scrapers.reading.page import Page
from scrapers.sources import Source

ARCHIVES = 1900
"""Dates before this year are what templates fill in for "never"."""
_AHEAD = timedelta(days=2)
"""Clocks and zones differ; a date further ahead of the fetch is an event's, not a publication's."""
_AMERICAN = ("America/New_York", "America/Los_Angeles")
_ANYWHERE = ("Etc/UTC", "Asia/Tokyo")
# English of no country writes 5/8/2023 both ways: Canadian custom is to read neither.
_NOWHERE = ("America/Toronto", "America/Vancouver")


class Clock(Record, frozen=True, kw_only=True):
    """How this page's dates are to be read."""

    language: str
    timezone: str
    """"" when nothing tells; then times that state no offset count as days."""
    zone_from: str = ""
    """Who tells the zone, in words: "source", "country", "language", "layout"."""
    country: str = ""
    meta_order: Literal["ymd", "mdy", "dmy"] = "ymd"
    midnight_is_day: bool = False
    fetched: datetime | None = None
    """When the page was asked for: nothing on it can be younger."""

    def printed(self, text: str, *, earliest: int = 1990) -> Moment | None:
        """Return the first date people can read in ``text``."""
        return self._settled(self._printed(text, earliest))

    def machine(self, text: str, *, epoch: bool = False, earliest: int = ARCHIVES) -> Moment | None:
        """Return the moment a field for machines states."""
        return self._settled(self._machine(text, epoch, earliest))

    def wall(self, text: str) -> datetime | None:
        """Return date and time as printed, without a zone, where the text states a time and no zone is known for it."""
        if self.timezone:
            return None
        for read in (self._machine(text, False, ARCHIVES), self._printed(text, ARCHIVES)):
            first, last = read[0], read[-1]
            if first and last and first.at != last.at and first.precision != "day":
                return first.at.replace(tzinfo=None)
        return None

    def source_of_zone(self, text: str, moment: Moment) -> str:
        """Return who told the zone of a moment read from ``text``, in words; "" for a day, and when the text did."""
        if moment.precision == "day" or not self.timezone or not self.zone_from:
            return ""
        elsewhere = "Asia/Tokyo" if self.timezone != "Asia/Tokyo" else "Europe/London"
        other = read_machine_date(text, timezone=elsewhere, order=self.meta_order, earliest=ARCHIVES) or read_date(
            text, language=self.language, timezone=elsewhere, earliest=ARCHIVES
        )
        return f"zone of the {self.zone_from}" if other and other.at != moment.at else ""

    def is_ahead(self, moment: Moment) -> bool:
        """Whether the moment lies after the page was fetched: an event to come, or nonsense."""
        return self.fetched is not None and moment.at > self.fetched + _AHEAD

    def _printed(self, text: str, earliest: int) -> list[Moment | None]:
        return [read_date(text, language=self.language, timezone=zone, earliest=earliest) for zone in self._zones]

    def _machine(self, text: str, epoch: bool, earliest: int) -> list[Moment | None]:
        order = self.meta_order
        return [
            read_machine_date(text, timezone=zone, order=order, epoch=epoch, earliest=earliest) for zone in self._zones
        ]

    @property
    def _zones(self) -> tuple[str, ...]:
        if self.timezone:
            return (self.timezone,)
        if self.country == "us":
            return _AMERICAN
        return _ANYWHERE if self.country else _NOWHERE

    def _settled(self, read: list[Moment | None]) -> Moment | None:
        first, last = read[0], read[-1]
        if first is None or last is None:
            return None
        # Two zones that give one instant mean that the text states its own.
        if first.at != last.at:
            return day_of(first)
        return self._day_at_midnight(self._at_home(first))

    def _at_home(self, moment: Moment) -> Moment:
        """A time stated in UTC, as machines do, by the clock of the page's readers: the day can be another."""
        if not self.timezone or moment.precision == "day" or moment.at.utcoffset():
            return moment
        return Moment(
            at=moment.at.astimezone(ZoneInfo(self.timezone)), precision=moment.precision, printed=moment.printed
        )

    def _day_at_midnight(self, moment: Moment) -> Moment:
        if self.midnight_is_day and (moment.at.hour, moment.at.minute, moment.at.second) == (0, 0, 0):
            return day_of(moment)
        return moment


def day_of(moment: Moment) -> Moment:
    """Return the day alone of a moment."""
    midnight = moment.at.replace(hour=0, minute=0, second=0, microsecond=0)
    return Moment(at=midnight, precision="day", printed=moment.printed)


def clock_of(
    page: Page, language: str, *, source: Source | None, layout: Layout | None, fetched: datetime | None
) -> Clock:
    """Return how the page's dates are to be read: by the source's clock, else by what host, language and layout tell."""
    zone, teller = (source.timezone, "source") if source else zone_and_teller(page.host, language)
    if not zone and layout:
        zone, teller = layout.timezone, "layout"
    return Clock(
        language=language,
        timezone=zone,
        zone_from=teller if zone else "",
        country=country_of(page.host) or _region(language, page.meta("og:locale")),
        meta_order=layout.meta_order if layout else "ymd",
        midnight_is_day=layout.midnight_is_day if layout else False,
        fetched=fetched,
    )


def _region(language: str, locale: str) -> str:
    """The country a page's language is told for; none for what templates are delivered with, and where two customs live."""
    for tag in (language, locale):
        base, _, region = tag.replace("_", "-").lower().partition("-")
        if len(region) == 2 and base == language[:2].lower() and region not in ("us", "ca", "ph"):
            return region
    return ""


def is_filled_up(printed: str) -> bool:
    """Whether a stamp's time is one that systems write behind a day: midnight, and Drupal noon in Greenwich."""
    return _FILLED_UP.search(printed) is not None


_FILLED_UP = re.compile(r"[T ](?:00:00(?::00)?(?:\.0+)?\s?(?:Z|[+-]\d\d:?\d\d)?|12:00:00(?:\.0+)?(?:Z|\+00:?00))$")
