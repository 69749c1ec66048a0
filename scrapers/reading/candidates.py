"""What the witnesses of a field say, and how far the one believed can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, Literal, TypeVar

from scrapers.items import Grade, Reason, Record

Value = TypeVar("Value")
Witness = Literal[
    "source", "layout", "json-ld", "microdata", "meta", "visible", "listing", "template", "address", "guess"
]

_STRUCTURED = frozenset(("source", "layout", "json-ld", "microdata", "meta", "listing", "template"))
# A template writes its JSON-LD, microdata and meta elements from one database field.
_HIDDEN = frozenset(("json-ld", "microdata", "meta"))
# Microdata is in both: it marks the element that people see.
_SHOWN = frozenset(("source", "layout", "visible", "template", "microdata"))


class Candidate(Record, Generic[Value], frozen=True, kw_only=True):
    value: Value
    key: str
    """Equal for two candidates that say the same."""
    printed: str
    witness: Witness
    rule: str


def reason(field: str, won: Candidate[Value], said: Iterable[Candidate[Value]] = ()) -> Reason:
    """Return why ``won`` was believed, given all that was ``said``."""
    heard = list(said)
    return Reason(field=field, printed=won.printed, rule=won.rule, grade=_grade(won, heard), rivals=_rivals(won, heard))


def _rivals(won: Candidate[Value], said: Sequence[Candidate[Value]]) -> tuple[str, ...]:
    others = {
        other.key: f"{other.rule}: {other.printed[:_LONGEST]}" for other in reversed(said) if other.key != won.key
    }
    return tuple(reversed(others.values()))[:_MOST]


_LONGEST = 120
_MOST = 5


def _grade(won: Candidate[Value], said: Sequence[Candidate[Value]]) -> Grade:
    agreeing = [other for other in said if other.key == won.key]
    if any(independent(won, other) for other in agreeing):
        return "A"
    if won.witness != "guess" and any(one.witness in _STRUCTURED for one in (won, *agreeing)):
        return "B"
    return "C" if won.witness == "visible" else "D"


def independent(one: Candidate[Value], other: Candidate[Value]) -> bool:
    """Whether neither witness only repeats the other: that both say the same means something then."""
    kinds = (one.witness, other.witness)
    if "guess" in kinds:
        return False
    return not (set(kinds) <= _HIDDEN or set(kinds) <= _SHOWN or one.witness == other.witness)
