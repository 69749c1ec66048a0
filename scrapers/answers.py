"""What an answer from a website amounts to: a page, nothing new, gone, or a reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from functools import cached_property
from hashlib import sha256

from scrapers.barriers import barrier
from scrapers.failures import Failure
from scrapers.items import Evidence, Exchange, Verdict

Headers = tuple[tuple[str, str], ...]

BLOCKING = (401, 403, 407, 429, 451)
BUSY = (429, 503)
"""Statuses after which a host is not asked again in the same visit."""
# They describe how the bytes travelled, not the page; what is kept is the page.
_OF_TRANSPORT = {"content-length", "transfer-encoding", "content-encoding", "connection", "keep-alive"}
_LONGEST_PAUSE = timedelta(days=1)


class Kind(Enum):
    PAGE = auto()
    UNCHANGED = auto()
    GONE = auto()
    NOTHING = auto()
    """No usable answer; ``failure`` says why."""
    NOT_ASKED = auto()
    """The host refused or kept silent often enough for one visit; ``failure`` says how."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back from one address."""

    kind: Kind
    url: str
    """As asked."""
    exchange: Exchange | None = None
    """None when nothing was sent."""
    failure: Failure | None = None
    payload: bytes = b""
    headers: Headers = ()
    ip: str = ""
    fetched: datetime | None = None
    requested: Headers = ()
    """What we asked with; see Evidence."""

    @property
    def final_url(self) -> str:
        return self.exchange.final_url if self.exchange else self.url

    @property
    def content_type(self) -> str | None:
        return header(self.headers, "content-type") or None

    @cached_property
    def sha256(self) -> str:
        return sha256(self.payload).hexdigest()

    @property
    def reason(self) -> str:
        """A sentence that names the address and what went wrong with it; "" when nothing did."""
        return f"{self.url} {self.failure.sentence}" if self.failure else ""

    def evidence(self) -> Evidence:
        """Return the page as it was served. Only for answers that have one."""
        assert self.fetched and self.exchange and self.exchange.status
        return Evidence(
            url=self.final_url,
            fetched=self.fetched,
            status=self.exchange.status,
            headers=tuple(pair for pair in self.headers if pair[0].lower() not in _OF_TRANSPORT),
            payload=self.payload,
            sha256=self.sha256,
            ip=self.ip,
            requested=self.requested,
        )


def meaning(status: int, payload: bytes, headers: Headers) -> tuple[Kind, Failure | None]:
    """Return what an answer amounts to, and why when it is no good."""
    if status == 304:
        return Kind.UNCHANGED, None
    if status in (404, 410):
        return Kind.GONE, Failure(
            f"answered {status}: there is no such page", verdict=Verdict.BROKEN, kind="http", lasting=True
        )
    failure = _failure(status, payload, headers)
    return (Kind.NOTHING if failure else Kind.PAGE), failure


def _failure(status: int, payload: bytes, headers: Headers) -> Failure | None:
    if status in (200, 203):
        return _in_front(barrier(payload))
    if status in BLOCKING:
        sentence = f"answered {status}: {_REFUSALS.get(status, 'it does not let us in')}"
        own = status not in BUSY and "robots" not in barrier(payload)
        return Failure(sentence, Verdict.BLOCKED, "http", own=own)
    if status >= 500:
        sentence = f"answered {status}: the server has a problem of its own"
        return Failure(sentence, Verdict.UNREACHABLE, "http", own=status in (500, 501))
    if 300 <= status < 400:
        target = header(headers, "location") or "nowhere"
        return Failure(f"redirects to {target}, which is not followed", Verdict.BROKEN, "http", lasting=True)
    return Failure(f"answered {status}, which is no page", Verdict.BROKEN, "http", lasting=True)


def _in_front(what: str) -> Failure | None:
    """A login may be asked for one page; a check for robots or a firewall stands in front of them all."""
    if not what:
        return None
    return Failure(f"shows {what} instead of the page", Verdict.BLOCKED, "http", own="login" in what)


_REFUSALS = {
    401: "it wants a password",
    403: "it does not let us in",
    407: "a proxy wants a password",
    429: "we ask too often",
    451: "it may not be shown here for legal reasons",
}


def header(headers: Headers, name: str) -> str:
    """Return a header's value, or ""."""
    return next((value for key, value in headers if key.lower() == name), "")


def pause_until(headers: Headers, *, now: datetime) -> datetime | None:
    """Return when Retry-After lets us come back, at most a day from ``now``; None when it does not say."""
    text = header(headers, "retry-after").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=int(text[:9])), _LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    until = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(until, now + _LONGEST_PAUSE) if until > now else None
