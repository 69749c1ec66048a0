"""Why nothing usable came back from an address, in words for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionDone
from twisted.web._newclient import ParseError
from twisted.web.http_headers import InvalidHeaderName

from scrapers.compression import IncompleteError, UndecodableError
from scrapers.items import Verdict

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Failure:
    """A request without a usable answer."""

    sentence: str
    """Completes a sentence that begins with the address."""
    verdict: Verdict = Verdict.UNREACHABLE
    """What it says about the source, if it happened to an entrance."""
    kind: Literal["http", "network", "refused"] = "network"
    lasting: bool = False
    """Asking again at the next visit would not help."""
    own: bool = False
    """It is the page's own: nothing is said about the others of its host."""
    elsewhere: bool = False
    """The address leads somewhere it is not followed to."""


def explain(error: Exception, settings: BaseSettings, *, most: int = 0) -> Failure:
    """Return what went wrong while Scrapy downloaded something; ``most`` bytes of it if that was a file."""
    largest = (most or settings.getint("DOWNLOAD_MAXSIZE")) / _MEGABYTE
    limit = "attachment_bytes" if most else "max_bytes"
    if isinstance(error, DownloadTimeoutError):
        return Failure(f"did not answer within {settings.getfloat('DOWNLOAD_TIMEOUT'):g} s")
    if isinstance(error, CannotResolveHostError):
        return Failure("has a host name that no name server knows; check its spelling or the network")
    if isinstance(error, DownloadConnectionRefusedError):
        return Failure("refuses connections")
    if isinstance(error, ResponseDataLossError | IncompleteError):
        return Failure("ended before its page was complete", own=True)
    if isinstance(error, DownloadCancelledError):
        return Failure(
            f"is larger than {largest:g} MB; raise limits.{limit} if it is meant to be",
            verdict=Verdict.BROKEN,
            lasting=True,
        )
    if isinstance(error, IgnoreRequest):
        return Failure("redirects in circles", verdict=Verdict.BROKEN, kind="http", lasting=True, elsewhere=True)
    if isinstance(error, UndecodableError):
        return Failure("sent a body that cannot be decompressed", verdict=Verdict.BROKEN, own=True)
    return _of_the_connection(_innermost(error))


def _of_the_connection(error: BaseException) -> Failure:
    if isinstance(error, ConnectionDone):
        return Failure("closed the connection before its answer was complete, or sent a header too long to be read")
    if isinstance(error, InvalidHeaderName):
        return Failure("sent a header whose name is none", verdict=Verdict.BROKEN, own=True)
    if isinstance(error, ParseError):
        return Failure("sent an answer that is no HTTP", verdict=Verdict.BROKEN, own=True)
    return Failure(f"broke the connection off ({_short(error)})")


def _innermost(error: BaseException) -> BaseException:
    """Return what is behind an error of Scrapy, which shows Twisted's lists of failures as they are."""
    for _ in range(5):
        reasons = getattr(error, "reasons", None) or getattr(error.__cause__, "reasons", None)
        if not reasons:
            break
        error = reasons[0].value
    return error


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
