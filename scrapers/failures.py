"""Why nothing usable came back from an address, in words for people."""

from __future__ import annotations

import zlib
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
    elsewhere: bool = False
    """The address leads somewhere it is not followed to."""


def explain(error: Exception, settings: BaseSettings) -> Failure:
    """Return what went wrong while Scrapy downloaded something."""
    largest = settings.getint("DOWNLOAD_MAXSIZE") / _MEGABYTE
    if isinstance(error, DownloadTimeoutError):
        return Failure(f"did not answer within {settings.getfloat('DOWNLOAD_TIMEOUT'):g} s")
    if isinstance(error, CannotResolveHostError):
        return Failure("has a host name that no name server knows; check its spelling or the network")
    if isinstance(error, DownloadConnectionRefusedError):
        return Failure("refuses connections")
    if isinstance(error, ResponseDataLossError):
        return Failure("ended before its page was complete")
    if isinstance(error, DownloadCancelledError) or type(error.__cause__).__name__ == "_DecompressionMaxSizeExceeded":
        return Failure(
            f"is larger than {largest:g} MB; raise limits.max_bytes if it is meant to be",
            verdict=Verdict.BROKEN,
            lasting=True,
        )
    if isinstance(error, IgnoreRequest):
        return Failure("redirects in circles", verdict=Verdict.BROKEN, kind="http", lasting=True, elsewhere=True)
    if isinstance(error, zlib.error | EOFError) or type(error).__module__.startswith(("brotli", "backports")):
        return Failure("sent a body that cannot be decompressed", verdict=Verdict.BROKEN)
    return Failure(f"broke the connection off ({_short(error)})")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
