"""Lists of documents whose links say little, "Agenda" or "PDF" beside a date; for the finder of rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from scrapers.entrances import row
from scrapers.entrances.links import Link
from scrapers.reading.text import clean
from scrapers.reading.tree import Element

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|hwpx?|mp3|mp4|m4a|wav)(?:$|[?#&])|//(?:drive|docs)\.google\.com/\w+/|"
    r"//(?:www\.)?dropbox\.com/s|//1drv\.ms/|/(?:DocumentCenter/View|ViewFile|showdocument|showpublisheddocument)\b|"
    r"(?:Agenda|Minutes|Document)Viewer\.php|/media/\d+/download\b|[?&]a(?:ction)?=download",
    re.IGNORECASE,
)
_RECORDING = re.compile(
    r"//(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|zoom\.us|webex\.com|facebook\.com)/|MediaPlayer\.php",
    re.IGNORECASE,
)
"""Beside a meeting's documents often stands a link to its recording."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d{5})|\d{1,2}[-._]\d{1,2}[-._]\d\d(?!\d)")
_DAY = re.compile(r"[^\W\d]{3,}\.?\s\d{1,2}(?![\d:])|(?<![\d:])\d{1,2}\.?\s(?:de\s)?[^\W\d]{3,}|\d{1,2}[/.月-]\d{1,2}")
"""A day without its year: "Jan. 9", "9 janvier"."""
_EDGES = " :–—-|,"
_TERSE = 25
"""Letters of a link's words that say what a document is; a list of longer ones is read like any other."""
_MOST_WITHIN = 8
"""Documents that may share one row: agenda, minutes, slides, recording …"""
_MOST_CLIMBED = 4
_FEWEST = 3
_SHARE = 0.7
"""Share of links that must be documents, and of documents that must be dated."""


class Download(NamedTuple):
    link: Link
    title: str
    held: tuple[Element, ...]


@lru_cache(maxsize=8192)
def is_file(href: str) -> bool:
    """Whether an address is one of a document to download."""
    return _FILE.search(href) is not None


def is_recording(href: str) -> bool:
    """Whether an address is one of a film or a call."""
    return _RECORDING.search(href) is not None


def of(members: Sequence[Link], region: Element) -> list[Download]:
    """Return the documents of a list when it is one of terse, dated links to files; nothing when it is another list."""
    files = list({link.href: link for link in reversed(members) if is_file(link.href)}.values())[::-1]
    if len(files) < _FEWEST:
        return []
    if len(files) < _SHARE * len({link.href for link in members if not is_recording(link.href)}):
        return []
    said = {link.order: row.link_title(link.element) for link in files}
    if sum(row.weight(text) >= _TERSE for text in said.values()) * 2 > len(files):
        return []
    held = _rows(files, said, region)
    if sum(_is_dated(link, said[link.order], held[link.order]) for link in files) < _SHARE * len(files):
        return []
    repeated = {text for text, count in Counter(said.values()).items() if count > 1}
    return [
        Download(link, _title(link.element, said[link.order], held[link.order], repeated), held[link.order])
        for link in files
    ]


def _is_dated(link: Link, said: str, held: tuple[Element, ...]) -> bool:
    """Whether the address, the words or the row tell of a day or a year."""
    if _YEAR.search(link.href) or _YEAR.search(said) or _before(link.element) or row.has_date(held, ""):
        return True
    return any(len(line) <= row.DATE_LINE and _DAY.search(line) for line in row.lines(held))


def _title(link: Element, said: str, held: tuple[Element, ...], repeated: set[str]) -> str:
    """The link's words; where others say the same, with what stands before it or in its row."""
    if said and said not in repeated and not row.GENERIC.match(said):
        return said
    own = "" if row.GENERIC.match(said) else said
    around = _before(link) or _said_in(held, said)
    return around if own in around else f"{own}, {around}" if own and around else own or around or said


def _before(link: Element) -> str:
    """A day or the like in the same line before the link."""
    previous, parent = link.getprevious(), link.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    line = clean(text or "").strip(_EDGES)
    return line if len(line) <= row.DATE_LINE and tells_a_day(line) else ""


def _said_in(held: tuple[Element, ...], said: str) -> str:
    """The line of a row that tells the day, else its first; in tables after the one that is a title."""
    links = {clean("".join(map(str, link.itertext()))) for element in held for link in element.iter("a")}
    lines = [line.strip(_EDGES) for line in row.lines(held)]
    own = [line for line in lines if 2 < len(line) <= row.DATE_LINE and line not in links and line != said]
    day = next(filter(tells_a_day, own), own[0] if own else "")
    titles = (line for line in own if row.weight(line) >= _TERSE and not tells_a_day(line))
    title = next(titles, "") if held[0].tag == "tr" and day else ""
    return f"{title}, {day}" if title else day


def tells_a_day(text: str) -> bool:
    """Whether a text names a day, with or without its year, or a year."""
    return bool(_YEAR.search(text) or _DAY.search(text))


def _rows(files: Sequence[Link], said: dict[int, str], region: Element) -> dict[int, tuple[Element, ...]]:
    """The closest element with a date around each link that holds no more documents than one row does."""
    alike = Counter((above, said[link.order]) for link in files for above in _above(link.element, region))
    within = Counter({above: 0 for above, _ in alike})
    for (above, text), count in alike.items():
        # A row has one "Agenda": what holds two is around several rows.
        within[above] += count if count == 1 or not text else _MOST_WITHIN + 1
    dated: dict[Element, bool] = {}
    return {link.order: (_row(link.element, region, within, dated),) for link in files}


def _row(link: Element, region: Element, within: Counter[Element], dated: dict[Element, bool]) -> Element:
    around = [each for each in _above(link, region) if within[each] <= _MOST_WITHIN]
    for each in around:
        if each not in dated:
            dated[each] = row.has_date((each,), "")
        if dated[each]:
            return each
    return next((each for each in reversed(around) if each.tag in ("tr", "li")), around[0] if around else link)


def _above(link: Element, region: Element) -> Iterator[Element]:
    for depth, ancestor in enumerate(link.iterancestors()):
        if ancestor is region or depth > _MOST_CLIMBED or ancestor.tag == "body":
            return
        yield ancestor
