"""Addresses a feed may hand to strangers: absolute, of the open web, without passwords and visitor counting."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from feeds.text import clean

LONGEST = 2000
TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|zarsrc|mc_[ce]id|igshid|_ga|_gl|gidzl|phpsessid|jsessionid)=",
    re.IGNORECASE,
)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_NOWHERE = re.compile(r"https?:/*", re.IGNORECASE)
_HOME = re.compile(r"(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|localdomain)$")
_NUMBERS = re.compile(r"[0-9.]+|0x[0-9a-f.x]+")


def link(url: str, base: str, *, private: bool = False) -> str:
    """Return ``url`` made absolute, or "" when it is no http, https or mailto address fit for a feed.

    ``private`` lets through hosts that only a local network knows.
    """
    url = clean(url).strip()
    if not url or url.startswith("#") or _NOWHERE.fullmatch(url):
        return ""
    try:
        parts = urlsplit(urljoin(base, url))
        scheme = parts.scheme.lower()
        if scheme == "mailto":
            return f"mailto:{quote(parts.path, safe='@.+-_%')}"
        name, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if scheme not in ("http", "https") or not name or (not private and is_private(name)):
        return ""
    query = "&".join(pair for pair in parts.query.split("&") if not TRACKING.match(pair))
    netloc = name if port in (None, 80 if scheme == "http" else 443) else f"{name}:{port}"
    whole = urlunsplit(
        (scheme, netloc, _quoted(_SESSION.sub("", parts.path) or "/"), _quoted(query), _quoted(parts.fragment))
    )
    return whole if len(whole) <= LONGEST else ""


@lru_cache(maxsize=4096)
def is_private(name: str) -> bool:
    """Say whether a host is an address or a name that means nothing outside a machine or a local network."""
    name = name.strip("[]").rstrip(".").lower()
    try:
        return not ipaddress.ip_address(name.partition("%")[0]).is_global
    except ValueError:
        # "2130706433", "0x7f.1" and "127.1" are all the local machine to a browser; nobody names a host so.
        return "." not in name or bool(_HOME.search(name)) or bool(_NUMBERS.fullmatch(name))


def host(url: str) -> str:
    """Return the host of an address, whatever else is wrong with it."""
    place = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0].rpartition("@")[2]
    return re.sub(r":\d*$", "", place)


@lru_cache(maxsize=4096)
def bare_host(url: str) -> str:
    """Return the host of an address in lower case and without "www.", "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def is_below(name: str, hosts: Iterable[str]) -> bool:
    """Say whether a host is one of these, or a name below one."""
    return any(name == one or name.endswith(f".{one}") for one in hosts if one)


@lru_cache(maxsize=4096)
def _host(name: str) -> str:
    if ":" in name:
        return f"[{ipaddress.IPv6Address(name)}]"
    # UnicodeError, which is what a label that is empty or too long raises, is a ValueError.
    ascii_name = name.encode("idna").decode("ascii").lower()
    return ascii_name if re.fullmatch(r"[a-z0-9._-]+", ascii_name) else ""


def _quoted(part: str) -> str:
    return quote(part, safe=_SAFE, errors="ignore")
