"""What people type to search, taken apart: words, "phrases", beginnings*, -without, one OR another, and filters."""

from __future__ import annotations

import re
from datetime import date, timedelta

from scrapers.items import Record
from storage.folding import lowered, runs, words

FILTERS = ("source", "section", "document", "from", "to")
FIRST, LAST = date.min, date(9998, 12, 31)
"""How far back and ahead a date goes that is open on one side."""

_PART = re.compile(r'(-?)(?:([A-Za-z]+):(?=[^\s/]))?(?:"([^"]*)"?(\*?)|([^\s"]+))')
_DATES = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"),
    re.compile(r"(?:(?P<day>\d{1,2})([/.-]))?(?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
)


class Term(Record, frozen=True, kw_only=True):
    """Words that must stand together; most often it is one."""

    words: tuple[str, ...] = ()
    """Lowered."""
    runs: tuple[str, ...] = ()
    """Pieces in scripts that put no blanks between words; each is found within longer ones."""
    prefix: bool = False
    """The last word is the beginning of one."""
    negated: bool = False


class Filter(Record, frozen=True, kw_only=True):
    """Something the article must be or have."""

    kind: str
    value: str
    days: tuple[date, date] = (FIRST, LAST)
    """For "from" and "to": first and last day that will do."""
    prefix: bool = False
    negated: bool = False


Clause = tuple[Term | Filter, ...]
"""One of these must hold."""


class Query(Record, frozen=True, kw_only=True):
    """All clauses must hold."""

    clauses: tuple[Clause, ...] = ()
    problems: tuple[str, ...] = ()
    """What cannot be meant as it was typed, in sentences for people; nothing is found then."""

    @property
    def terms(self) -> list[Term]:
        """What is to be marked where it is found."""
        return [one for clause in self.clauses for one in clause if isinstance(one, Term) and not one.negated]


def parse(typed: str) -> Query:
    """Take apart what somebody typed; whatever that is, it means something."""
    clauses: list[Clause] = []
    problems: list[str] = []
    joins = False
    for part in _PART.finditer(typed.replace("\0", " ")):
        if part[0] == "OR" and clauses and not joins:
            joins = True
            continue
        try:
            one = _one(part)
        except _MistakeError as mistake:
            problems.append(str(mistake))
            continue
        if one is None:
            continue
        if joins:
            clauses[-1] += (one,)
        else:
            clauses.append((one,))
        joins = False
    return Query(clauses=tuple(clauses), problems=tuple(problems))


class _MistakeError(ValueError):
    """A filter that means nothing, as a sentence."""


def _one(part: re.Match[str]) -> Term | Filter | None:
    minus, name, quoted, star, typed = part.groups()
    text = typed if quoted is None else quoted + star
    prefix, negated = text.endswith("*"), bool(minus)
    if name:
        return _filter(name.lower(), text.rstrip("*"), prefix=prefix, negated=negated)
    found = lowered(text)
    term = Term(words=tuple(words(found)), runs=tuple(runs(found)), prefix=prefix, negated=negated)
    return term if term.words or term.runs else None


def _filter(name: str, value: str, *, prefix: bool, negated: bool) -> Filter:
    if name not in FILTERS:
        raise _MistakeError(
            f"{name}: is no filter; there are {', '.join(f'{one}:' for one in FILTERS)}. "
            f'Put it in quotes to look for the words: "{name}:{value}"'
        )
    if not any(letter.isalnum() for letter in value):
        raise _MistakeError(f"{name}: needs something after it; {_EXAMPLES[name]}")
    if name not in ("from", "to"):
        return Filter(kind=name, value=value, prefix=prefix, negated=negated)
    span = days(value)
    if span is None:
        raise _MistakeError(f"{name}:{value} is no date; {_EXAMPLES[name]}")
    reach = (span[0], LAST) if name == "from" else (FIRST, span[1])
    return Filter(kind=name, value=value, days=reach, negated=negated)


_EXAMPLES = {
    "source": "write source:vn-baochinhphu, as `bantin sources` lists them",
    "section": 'write section:"Tin tức", as the ministry calls it',
    "document": "write document:15/2025/TT-BTC",
    "from": "write 2025, 2025-03, 2025-03-02 or 2/3/2025",
    "to": "write 2025, 2025-03, 2025-03-02 or 2/3/2025",
}


def days(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a year, a month or a day as people write them; None when it is no date."""
    found = next((match for form in _DATES if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if first > LAST:
        return None
    if day:
        return first, first
    after = date(year + 1, 1, 1) if not month else date(year + month // 12, month % 12 + 1, 1)
    return first, after - timedelta(days=1)
