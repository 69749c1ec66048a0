"""Asks a source's addresses one after another, politely, and tells what came back from each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from scrapers.addresses import tidy
from scrapers.answers import BUSY, Answer, Headers, Kind, header, meaning, pause_until
from scrapers.connections import ELSEWHERE, SENT, RefusedError, walls
from scrapers.failures import Failure, explain
from scrapers.items import Exchange, Known, Verdict
from scrapers.robots import DisallowedError, RobotsUnreachableError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

Purpose = Literal["entrance", "article", "file", "canary"]

_STRIKES = 3
"""Requests in a row that the host as a whole let down, after which it is left alone for this visit."""
_REFUSALS = 20
"""Pages in a row that are no good, each for itself, after which it is the host all the same."""
_LONGEST_HEADER = 500
_SECRET = ("authorization", "proxy-authorization")
"""What is sent and never kept."""
_NO_ADDRESS = Failure("is no address that can be asked for", Verdict.BROKEN, "refused", lasting=True)


class Fetcher:
    """Fetches for one visit; leaves a host alone that does not want to answer."""

    def __init__(self, crawler: Crawler, now: Callable[[], datetime]) -> None:
        self._crawler = crawler
        self._now = now
        self._strikes: Counter[str] = Counter()
        self._refusals: Counter[str] = Counter()
        self._left_alone: dict[str, Failure] = {}
        self.not_before: datetime | None = None
        """Until when a server asked to be left alone."""

    async def fetch(self, url: str, purpose: Purpose, known: Known | None = None, *, most: int = 0) -> Answer:
        """Ask for ``url``, with its validators when it is ``known``. Never raises for what a server does to us.

        A file may be on any host, and may have ``most`` bytes.
        """
        host = urlsplit(url).netloc
        if host in self._left_alone:
            return Answer(kind=Kind.NOT_ASKED, url=url, failure=self._left_alone[host])
        try:
            meta = {ELSEWHERE: True, "download_maxsize": most} if purpose == "file" else {}
            request = Request(url, headers=_conditions(known), meta=meta, callback=NO_CALLBACK)
        except ValueError:
            return Answer(kind=Kind.NOTHING, url=url, failure=_NO_ADDRESS)
        began = monotonic()
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            answer = self._failed(url, request, error, purpose)
        else:
            answer = self._answered(url, response, purpose, began=began)
        self._judge(host, answer, own=purpose != "file" or walls(self._crawler).holds(urlsplit(url).hostname or ""))
        return answer

    def _failed(self, url: str, request: Request, error: Exception, purpose: Purpose) -> Answer:
        failure = self._reason(request.url, error, most=request.meta.get("download_maxsize", 0))
        exchange = None
        if SENT in request.meta:
            exchange = self._exchange(url, purpose, request.meta[SENT], final_url=url, error=failure.sentence)
        return Answer(kind=Kind.NOTHING, url=url, exchange=exchange, failure=failure)

    def _reason(self, url: str, error: Exception, *, most: int) -> Failure:
        if isinstance(error, DisallowedError):
            sentence = "may not be fetched: robots.txt asks robots to keep out"
            return Failure(sentence, Verdict.BLOCKED, "refused", lasting=True)
        if isinstance(error, RobotsUnreachableError):
            return Failure(f"may not be fetched now: {error}", Verdict.UNREACHABLE, "refused")
        if isinstance(error, RefusedError):
            leads = "" if error.url in (url, urlsplit(url).hostname) else f"leads to {error.url}, which "
            return Failure(f"{leads}is not asked for: {error.reason}", Verdict.BROKEN, "refused", lasting=True)
        return explain(error, self._crawler.settings, most=most)

    def _answered(self, url: str, response: Response, purpose: Purpose, *, began: float) -> Answer:
        headers = _headers(response)
        kind, failure = meaning(response.status, response.body, headers)
        meta = response.request.meta if response.request else {}
        exchange = self._exchange(
            url,
            purpose,
            meta.get(SENT, began),
            # Scrapy may write the same address a little differently; only a redirect leads to another.
            final_url=(tidy(response.url) or response.url) if "redirect_times" in meta else url,
            status=response.status,
            size=len(response.body),
            etag=header(headers, "etag"),
            last_modified=header(headers, "last-modified"),
            error=failure.sentence if failure else "",
        )
        return Answer(
            kind=kind,
            url=url,
            exchange=exchange,
            failure=failure,
            payload=response.body,
            headers=headers,
            ip=str(response.ip_address or ""),
            fetched=self._now(),
            requested=_requested(response),
        )

    def _exchange(self, url: str, purpose: Purpose, sent: float, **told: Any) -> Exchange:
        elapsed = max(0.0, monotonic() - sent)
        return Exchange(
            url=url,
            purpose=purpose,
            started=self._now() - timedelta(seconds=elapsed),
            elapsed=round(elapsed, 4),
            **told,
        )

    def _judge(self, host: str, answer: Answer, *, own: bool) -> None:
        """Count what a host refuses; after enough of it, or when it says it is too busy, ask it nothing more."""
        failure, status = answer.failure, answer.exchange.status if answer.exchange else None
        if not failure or failure.lasting or answer.kind is Kind.GONE:
            self._strikes[host] = self._refusals[host] = 0
            return
        self._refusals[host] += 1
        self._strikes[host] = 0 if failure.own else self._strikes[host] + 1
        if status in BUSY and own:
            self.not_before = pause_until(answer.headers, now=self._now()) or self.not_before
        if status in BUSY or self._strikes[host] >= _STRIKES or self._refusals[host] >= _REFUSALS:
            self._left_alone[host] = failure


def _conditions(known: Known | None) -> dict[str, str]:
    if known is None:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _headers(message: Response | Request) -> Headers:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")[:_LONGEST_HEADER])
        for name, values in message.headers.items()
        for value in values
    )


def _requested(response: Response) -> Headers:
    """Return the headers of the request that was answered, and how the connection was."""
    connection = [(":protocol", response.protocol)] if response.protocol else []
    if response.certificate:
        digest = response.certificate.digest("sha256").decode().replace(":", "").lower()
        connection.append((":certificate", f"sha256:{digest}"))
    sent = _headers(response.request) if response.request else ()
    return (*connection, *(pair for pair in sent if pair[0].lower() not in _SECRET))
