"""When an article was published and changed: everything that tells of it is heard, then one decision is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from datetime import timezone as fixed
from itertools import combinations, islice, product
from typing import Literal

from scrapers.items import Headline, Moment, Record
from scrapers.layouts.layout import Layout
from scrapers.reading.candidates import Candidate, independent
from scrapers.reading.dates import EARLIEST
from scrapers.reading.fields.clock import ARCHIVES, Clock, day_of, is_filled_up
from scrapers.reading.fields.dated import seen
from scrapers.reading.fields.dateline import Seen, shown_text
from scrapers.reading.fields.stated import Said, candidate, in_address, in_scripts, is_loose, loosely_stated, stated
from scrapers.reading.page import Page
from scrapers.reading.places import Place, look
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element, text_of

_QUARTER = timedelta(minutes=15)
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)


class Moments(Record, frozen=True, kw_only=True):
    published: Candidate[Moment] | None = None
    published_said: tuple[Candidate[Moment], ...] = ()
    modified: Candidate[Moment] | None = None
    modified_said: tuple[Candidate[Moment], ...] = ()
    elements: tuple[Element, ...] = ()
    """Where the dates stand on the page, so that the text can leave them out."""
    notes: tuple[str, ...] = ()
    """Which dates were refused, and why."""


def read_moments(
    page: Page,
    where: tuple[Place, ...],
    *,
    clock: Clock,
    layout: Layout | None,
    headline: Element | None,
    text: Element | None,
    listed: Headline | None = None,
) -> Moments:
    """Return when the article was published and last changed, as far as the page, or the entrance to it, says."""
    shown = list(islice(_shown(page, where, clock), 1)) or seen(page, headline, text, clock)
    updates = [one.said for one in shown if one.changed]
    changes = [*stated(page, "dateModified", clock), *updates]
    changes += [one.said for one in islice(_shown(page, where, clock, "modified"), 1)]
    said = _publications(page, layout, clock, [one.said for one in shown if not one.changed], listed)
    believable, notes = _believable(said, clock)
    believable = _with_zone(believable, clock)
    published = _decide(believable, {one.key for one in changes}, zone=clock.timezone)
    changed, refused = _believable(changes, clock)
    modified = next((one for one in changed if _may_follow(one, published)), None)
    return Moments(
        published=published,
        published_said=tuple(believable),
        modified=modified,
        modified_said=tuple(changed),
        elements=tuple(one.element for one in shown if one.element is not None),
        notes=(*(f"published: {note}" for note in notes), *(f"modified: {note}" for note in refused)),
    )


# -- hearing ----------------------------------------------------------------------------------------------------------


def _publications(
    page: Page,
    layout: Layout | None,
    clock: Clock,
    shown: list[Said],
    listed: Headline | None,
) -> list[Said]:
    """All that is said of the day of publication, most trusted first."""
    # The websites of a loose family differ too much for its places to be trusted above all.
    trusted = ("source",) if layout and layout.loose else ("source", "layout")
    named = [one for one in shown if one.witness in trusted]
    visible = [one for one in shown if one.witness not in trusted]
    hidden = list(stated(page, "datePublished", clock))
    listing = list(_listed(listed))
    said = [*named, *hidden, *visible, *listing, *loosely_stated(page, clock), *in_address(page, layout, clock)]
    return said or list(in_scripts(page, clock))


def _shown(
    page: Page, where: tuple[Place, ...], clock: Clock, field: Literal["published", "modified"] = "published"
) -> Iterator[Seen]:
    for found in look(page, where, field):
        if found.place.is_loose and page.in_junk(found.element):
            continue
        read = [(moment, text) for text in _texts(found.element) if (moment := clock.printed(text, earliest=ARCHIVES))]
        if read:
            moment, text = next((one for one in read[1:] if _is_finer(one[0], read[0][0])), read[0])
            said = candidate(moment, shown_text(text), found.place.witness, found.rule, clock=clock)
            yield Seen(said=said, element=found.element)


def _is_finer(stated: Moment, printed: Moment) -> bool:
    """Whether an attribute adds the time to a day; many systems fill it up with midnight, Drupal with noon in Greenwich."""
    timed = printed.precision == "day" and stated.precision != "day" and stated.at.date() == printed.at.date()
    return timed and (stated.at.hour, stated.at.minute) not in ((0, 0), (12, 0))


def _texts(element: Element) -> list[str]:
    texts = (text_of(element), clean(element.get("datetime") or ""), clean(element.get("content") or ""))
    return [repair(text)[:300] for text in texts if text]


def _listed(listed: Headline | None) -> Iterator[Said]:
    moment = listed.published if listed else None
    if moment:
        yield Candidate(
            value=moment,
            key=moment.at.date().isoformat(),
            printed=moment.printed or moment.iso,
            witness="listing",
            rule="entrance: the date shown for it",
        )


# -- deciding ---------------------------------------------------------------------------------------------------------


def _believable(said: Iterable[Said], clock: Clock) -> tuple[list[Said], list[str]]:
    """Part what can be true from what cannot, with a sentence for each day refused."""
    said = list(said)
    refused: dict[str, str] = {}
    for one in said:
        why = _doubt(one, said, clock)
        if why:
            refused.setdefault(one.key, f"\u201c{one.printed}\u201d ({one.rule}) was refused: {why}")
    return [one for one in said if one.key not in refused], list(refused.values())


def _doubt(one: Said, said: list[Said], clock: Clock) -> str:
    if clock.is_ahead(one.value):
        return "the page was fetched before that day"
    if one.value.at.year < EARLIEST and not _is_agreed([other for other in said if other.key == one.key]):
        return f"it is before {EARLIEST}, and nothing else says so"
    return ""


def _decide(said: list[Said], changes: set[str], *, zone: str) -> Said | None:
    """The most trusted witness, unless two that are independent of each other say another day; to the minute if told."""
    if not said:
        return None
    first = said[0]
    if first.witness != "source" and not _is_told_twice(first, said):
        others = [one for one in said if one.key not in changes and _is_told_twice(one, said)]
        first = next(iter(others), first)
        first = next((one for one in said if one.witness == "visible" and _is_swapped(first, one)), first)
    if first.value.precision == "day":
        same = (
            one for one in said if one.key == first.key and one.value.precision != "day" and one.witness != "address"
        )
        return next(same, first)
    if is_filled_up(first.printed) and _is_shown_bare(first, said):
        return _without_time(first)
    # Greenwich time tells the moment, but where the zone is unknown only the page's own words tell the day.
    shown = next((one for one in said if one.witness == "visible"), None)
    unplaced = not zone and not first.value.at.utcoffset()
    return shown if shown and unplaced and _is_next_day(first.value, shown.value) else first


def _is_shown_bare(one: Said, said: list[Said]) -> bool:
    """Whether people are shown the same day, and no time."""
    shown = [other for other in said if other is not one and other.witness in ("visible", "layout", "source")]
    return any(other.key == one.key for other in shown) and all(other.value.precision == "day" for other in shown)


def _without_time(one: Said) -> Said:
    rule = f"{one.rule}, whose time only fills up the day"
    return Candidate(value=day_of(one.value), key=one.key, printed=one.printed, witness=one.witness, rule=rule)


def _is_told_twice(one: Said, said: list[Said]) -> bool:
    return _is_agreed([other for other in said if other.key == one.key and not is_loose(other)])


def _is_agreed(same: list[Said]) -> bool:
    return any(independent(one, other) for one, other in combinations(same, 2))


def _is_swapped(stated: Said, shown: Said) -> bool:
    """Whether a date for machines was read with day and month in the wrong places, as the words beside it tell."""
    one, other = stated.value.at.date(), shown.value.at.date()
    swapped = (one.year, one.day, one.month) == (other.year, other.month, other.day)
    return swapped and one != other and stated.witness in ("json-ld", "meta") and not stated.printed[:4].isdigit()


def _is_next_day(one: Moment, other: Moment) -> bool:
    """Whether the other day is what some place on earth called the one moment, and Greenwich did not."""
    days = {(one.at - _WEST).date(), (one.at + _EAST).date()} - {one.at.date()}
    return other.precision == "day" and other.at.date() in days


def _may_follow(change: Said, published: Said | None) -> bool:
    """Templates that write "modified" before anything was published write nonsense."""
    return published is None or change.value.at >= published.value.at or change.key == published.key


def _with_zone(said: list[Said], clock: Clock) -> list[Said]:
    """Where one witness tells Greenwich time and another the same minute by its own clock, the offset is known."""
    if clock.timezone:
        return said
    utc = [one for one in said if one.value.precision != "day" and not one.value.at.utcoffset()]
    for one, other in product(utc, said):
        offset = _offset(one, other, clock)
        if offset:
            return [_moved(each, offset, other.rule) if each in utc else each for each in said]
    return said


def _offset(one: Said, other: Said, clock: Clock) -> timedelta | None:
    """How far the other's clock is ahead of Greenwich, when it tells the same minute as the one that is not."""
    if other.value.precision != "day":
        return other.value.at.utcoffset() if abs(one.value.at - other.value.at) < timedelta(minutes=1) else None
    wall = clock.wall(other.printed)
    exact = one.value.at.replace(tzinfo=None, microsecond=0)
    apart = wall - (exact if wall.second else exact.replace(second=0)) if wall else timedelta()
    return apart if -_WEST <= apart <= _EAST and not apart % _QUARTER else None


def _moved(one: Said, offset: timedelta, clue: str) -> Said:
    at = one.value.at.astimezone(fixed(offset))
    value = Moment(at=at, precision=one.value.precision, printed=one.value.printed)
    rule = f"{one.rule}; zone by {clue}"
    return Candidate(value=value, key=at.date().isoformat(), printed=one.printed, witness=one.witness, rule=rule)
