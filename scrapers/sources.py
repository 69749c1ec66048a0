"""A ministry as data: what is followed, how it is read, and how politely."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import field

from scrapers import source_values as values
from scrapers.items import Article, Record
from scrapers.source_consistency import broken_links, contradictions
from scrapers.source_problems import BadValueError, KeyPath, Problem, nearest, shown, written
from scrapers.source_tables import Rule, Table
from scrapers.toml_text import BadTomlError, key_lines, tables

CATALOGUE = Path(__file__).parent / "catalogue"
"""The ministries we ship, a file each."""

_LAYOUTS = Path(__file__).parent / "layouts"
_LARGEST = 1_000_000
"""Bytes; what is larger is no source file."""


class Lookup(Record, frozen=True, kw_only=True):
    """When and how a catalogue entry was last seen to be true."""

    on: date
    how: str
    live: bool = False
    """True only when somebody fetched the ministry's own site on that day."""


class ListingSelectors(Record, frozen=True, kw_only=True):
    """CSS selectors of a listing; all but ``row`` are looked up inside a row, ``next`` on the whole page."""

    row: str
    link: str = "a[href]"
    title: str = ""
    """"" means the link's text, or its title attribute when that is longer."""
    published: str = ""
    summary: str = ""
    next: str = ""
    skip: str = ""
    """Rows that match, or hold a match, are left out: sponsored ones, for example."""


class ArticleSelectors(Record, frozen=True, kw_only=True):
    """CSS selectors of an article's fields. The first one that matches with text wins ("a, b" keeps that order)."""

    headline: str = ""
    kicker: str = ""
    section: str = ""
    published: str = ""
    modified: str = ""
    lede: str = ""
    body: str = ""
    authors: str = ""
    origin: str = ""
    tags: str = ""
    attachments: str = ""
    related: str = ""
    comments: str = ""
    drop: str = ""
    """What is cut from the body before it is read."""


class Selectors(Record, frozen=True, kw_only=True):
    listing: ListingSelectors | None = None
    article: ArticleSelectors | None = None


class Entrance(Record, frozen=True, kw_only=True):
    """An address that leads to news."""

    kind: Literal["listing", "feed", "sitemap", "api"]
    url: str
    section: str = ""
    pages: int = 1
    """How many pages a visit follows at most, when what it finds is new."""


class Schedule(Record, frozen=True, kw_only=True):
    every: timedelta = timedelta(minutes=30)
    second_looks: tuple[timedelta, ...] = tuple(timedelta(hours=hours) for hours in (0.25, 1, 3, 24, 72, 720))
    """Ages at which a known article is looked at again; beyond the last one the distances grow, to four times that."""
    withdrawn_after: timedelta = timedelta(hours=24)
    """How long an article must be missed, in at least three looks, to count as withdrawn."""


class Limits(Record, frozen=True, kw_only=True):
    delay: timedelta = timedelta(seconds=2)
    """Pause between two requests to one host."""
    timeout: timedelta = timedelta(seconds=30)
    max_bytes: int = 8 * 1024 * 1024
    articles: int = 100
    """Articles read in one visit at most; the others wait for the next."""
    second_looks: int = 20
    """Known articles looked at again in one visit at most."""
    second_looks_a_day: int = 1000
    """And in 24 hours."""
    gap_pages: int = 20
    """Pages of an entrance followed at most, until one shows what the look before showed; see docs/coverage.md."""
    attachments: int = 50
    """Files fetched for the first time in one visit at most, and as many asked once more; the others wait."""
    attachment_bytes: int = 20 * 1024 * 1024
    """What is larger is no file to fetch."""
    attachments_total_bytes: int = 100 * 1024 * 1024
    """When so much came in one visit, no further file is asked for."""
    duration: timedelta = timedelta(minutes=10)
    """A visit that takes longer is ended."""
    allow_private: tuple[str, ...] = ()
    """Networks or hosts that may be private addresses: tests and intranets only."""


class Expect(Record, frozen=True, kw_only=True):
    min_items: int = 1
    """Rows a listing shows at least."""
    fill: dict[str, float] = field(default_factory=dict)
    """Field → share of articles (0–1) that normally have it."""


class Source(Record, frozen=True, kw_only=True):
    """One ministry's news, and how to read it."""

    slug: str
    ministry: dict[str, str]
    """Names by language, BCP 47."""
    country: str
    language: str
    timezone: str
    homepage: str
    entrances: tuple[Entrance, ...]
    layout: str = ""
    """The website family in ``scrapers/layouts``; "" with selectors of its own, or to be recognised page by page."""
    selectors: Selectors = Selectors()
    attachments: Literal["list", "fetch"] = "list"
    """Whether the files that articles offer are only listed, or fetched and kept."""
    schedule: Schedule = Schedule()
    limits: Limits = Limits()
    expect: Expect = Expect()
    since: date | None = None
    until: date | None = None
    """The last day the ministry, or this address of it, existed."""
    predecessor: tuple[str, ...] = ()
    """Slugs of the sources this one took over from."""
    successor: str = ""
    seen: Lookup | None = None
    note: str = ""

    @property
    def name(self) -> str:
        """The ministry's name in its own language, else in any."""
        return self.ministry.get(self.language) or next(iter(self.ministry.values()))


class SourceError(Exception):
    """A source file that cannot be used; ``str()`` is "FILE:LINE: KEY: message (did you mean …?)"."""

    def __init__(self, file: str, message: str, *, key: str = "", line: int = 0, suggestion: str = "") -> None:
        super().__init__(file, message)
        self.file = file
        self.message = message
        self.key = key
        """Such as "entrances[0].kind"; "" when the whole file is meant."""
        self.line = line
        """From 1; 0 when the file could not be read at all."""
        self.suggestion = suggestion

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        hint = f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        return ": ".join(part for part in (place, self.key, self.message) if part) + hint


def read_source(text: str, *, file: str) -> Source:
    """Read a source from TOML; ``file`` names it in mistakes. Raises the first mistake as SourceError."""
    read = _Reading(text, file=file)
    if read.source is None or read.errors:
        raise read.errors[0]
    return read.source


def all_problems(text: str, *, file: str) -> list[SourceError]:
    """Return every mistake of one file, in the order of its lines."""
    return _Reading(text, file=file).errors


def load(path: Path) -> Source:
    """Read one source file. Raises its first mistake as SourceError, also when it cannot be opened."""
    return read_source(_text_of(path), file=str(path))


def load_folder(folder: Path) -> tuple[dict[str, Source], list[SourceError]]:
    """Read all source files of a folder: the good ones by slug, and what is wrong with the others.

    A file is good when nothing is wrong with it, also beside the others and the catalogue: one file a
    slug, no successor or predecessor nobody knows, no successors in a circle.
    """
    readings = []
    errors = _folder_errors(folder)
    for path in _source_files(folder):
        try:
            readings.append(_Reading(_text_of(path), file=str(path)))
        except SourceError as error:
            errors.append(error)
    _check_together(readings, {} if folder.resolve() == CATALOGUE.resolve() else _catalogue())
    errors += [error for reading in readings for error in reading.errors]
    good = [reading.source for reading in readings if reading.source and not reading.errors]
    return {source.slug: source for source in good}, sorted(errors, key=lambda error: (error.file, error.line))


def catalogue() -> dict[str, Source]:
    """Return the ministries we ship, by slug."""
    return dict(_catalogue())


def catalogue_file(slug: str) -> Path:
    """Return where the file of a shipped ministry is. Raises SourceError for a slug that is not shipped."""
    files = {path.stem: path for path in _source_files(CATALOGUE)}
    if slug not in files:
        raise SourceError(f"{slug}.toml", "is not in the catalogue", suggestion=nearest(slug, files))
    return files[slug]


@cache
def _catalogue() -> dict[str, Source]:
    sources, errors = load_folder(CATALOGUE)
    if errors:
        raise errors[0]
    return sources


def _source_files(folder: Path) -> list[Path]:
    """Editors' hidden copies are left out; a folder that is not there yet holds no sources."""
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))


def _folder_errors(folder: Path) -> list[SourceError]:
    """What keeps a folder's files from being seen. Whether one that is not there ever was cannot be told."""
    try:
        with os.scandir(folder):
            return []
    except FileNotFoundError:
        if not folder.is_symlink():
            return []
        return [SourceError(str(folder), "leads to a folder that is not there; nothing in it is followed")]
    except NotADirectoryError:
        return [SourceError(str(folder), "is no folder; source files belong into a folder of this name")]
    except OSError as error:
        return [SourceError(str(folder), f"cannot be read: {error.strerror}")]


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            payload = file.read(_LARGEST + 1)
    except IsADirectoryError:
        raise SourceError(str(path), "is a folder, not a source file") from None
    except FileNotFoundError:
        near = nearest(path.name, [other.name for other in path.parent.glob("*.toml")])
        raise SourceError(str(path), "does not exist", suggestion=near) from None
    except OSError as error:
        raise SourceError(str(path), f"cannot be read: {error.strerror}") from None
    if len(payload) > _LARGEST:
        raise _too_large(str(path))
    return payload.decode("utf-8", "surrogateescape")


def _too_large(file: str) -> SourceError:
    return SourceError(file, f"is larger than {_LARGEST:,} bytes: no source file")


class _Reading:
    """One text read as a source, with what is wrong with it."""

    def __init__(self, text: str, *, file: str) -> None:
        self.file = file
        self.source: Source | None = None
        """What was read; not to be used when there are errors."""
        self.errors: list[SourceError] = []
        self._text = text.removeprefix("\ufeff")
        if len(text.encode("utf-8", "surrogateescape")) > _LARGEST:
            self.errors.append(_too_large(file))
            return
        try:
            table = Table(tables(self._text), Source, rules=_RULES)
        except BadTomlError as error:
            self.errors.append(SourceError(file, error.message, line=error.line))
            return
        self.source = table.record
        self.report([*table.problems, *contradictions(table.values, file=file)])

    def report(self, problems: Iterable[Problem]) -> None:
        """Turn problems into errors, with their lines."""
        if found := list(problems):
            lines = key_lines(self._text)
            self.errors += [_located(problem, lines, self.file) for problem in found]
            self.errors.sort(key=lambda error: error.line)


def _located(problem: Problem, lines: Mapping[KeyPath, int], file: str) -> SourceError:
    """What is missing is said to be missing where its table begins."""
    ends = range(len(problem.path), 0, -1)
    line = next((lines[problem.path[:end]] for end in ends if problem.path[:end] in lines), 1)
    key = written(problem.path)
    return SourceError(file, problem.message, key=key, line=line, suggestion=problem.suggestion)


def _layout(value: str) -> str:
    if value and value not in _layouts():
        near = nearest(value, _layouts())
        raise BadValueError(
            f"is none of the {len(_layouts())} layouts in docs/layouts.md: {shown(value)}",
            suggestion=f'"{near}"' if near else "",
        )
    return value


@cache
def _layouts() -> tuple[str, ...]:
    """The layouts' names. Their modules are not imported: that would load lxml into a daemon that reads no page."""
    # "general" is of no family: it is what every page is read with in the end.
    modules = sorted(path for path in _LAYOUTS.glob("*.py") if path.stem != "general")
    return tuple(path.stem for path in modules if re.search(r"^LAYOUT\b", path.read_text("utf-8"), re.MULTILINE))


def _article_field(name: str) -> str:
    fields = Article.__struct_fields__
    if name not in fields:
        near = nearest(name, fields)
        raise BadValueError("is no field of an article", suggestion=near)
    return name


def _optional(rule: Rule) -> Rule:
    return lambda value: rule(value) if value else value


_COUNTED = ("max_bytes", "articles", "gap_pages", "attachments", "attachment_bytes", "attachments_total_bytes")
_SPANS = ("schedule.every", "schedule.second_looks[]", "limits.timeout", "limits.duration")
_RULES: dict[str, Rule] = {
    "slug": values.slug,
    "ministry": values.not_empty,
    "ministry.*": values.line,
    "ministry.* key": values.language,
    "country": values.country,
    "language": values.language,
    "homepage": values.address,
    "entrances": values.not_empty,
    "entrances[].url": values.address,
    "entrances[].section": _optional(values.line),
    "entrances[].pages": values.at_least(1),
    "layout": _layout,
    "schedule.second_looks": values.rising,
    **dict.fromkeys(_SPANS, values.above_zero),
    **{f"limits.{name}": values.at_least(1) for name in _COUNTED},
    **dict.fromkeys(("limits.second_looks", "limits.second_looks_a_day"), values.at_least(0)),
    "limits.allow_private[]": values.private_place,
    "expect.min_items": values.at_least(0),
    "expect.fill.*": values.share,
    "expect.fill.* key": _article_field,
    "predecessor[]": values.slug,
    "successor": _optional(values.slug),
    "seen.how": values.line,
    "note": values.prose,
    **{f"selectors.listing.{name}": values.selector for name in ListingSelectors.__struct_fields__},
    "selectors.listing.row": values.some_selector,
    "selectors.listing.link": values.some_selector,
    **{f"selectors.article.{name}": values.selector for name in ArticleSelectors.__struct_fields__},
}


def _check_together(readings: Iterable[_Reading], shipped: Mapping[str, Source]) -> None:
    """Add to each reading what is wrong with it beside the others."""
    sources = [(reading, reading.source) for reading in readings if reading.source]
    owners: dict[str, str] = {}
    successors = {slug: source.successor for slug, source in shipped.items()}
    for reading, source in sources:
        owners.setdefault(source.slug, reading.file)
        successors[source.slug] = source.successor
    known = {*shipped, *owners, *(Path(reading.file).stem for reading in readings)}
    for reading, source in sources:
        if owners[source.slug] != reading.file:
            reading.report([Problem(path=("slug",), message=f"is taken by {owners[source.slug]}")])
        links = [
            *((("predecessor", index), slug) for index, slug in enumerate(source.predecessor)),
            (("successor",), source.successor),
        ]
        reading.report(broken_links(source.slug, links, known=known, successors=successors))
