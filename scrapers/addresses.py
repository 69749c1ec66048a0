"""Addresses as the archive compares them: absolute, without fragments and without what only counts visitors."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from scrapers.sessions import sessionless

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|zarsrc|mc_[ce]id|igshid|_ga|_gl|gidzl)$", re.IGNORECASE
)
_SIGNATURE = re.compile(r"^(?:.*token|.*sig|.*signature|sign|expires?|exp|hash|hmac|x-(?:amz|goog)-.*)$", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_UNQUOTED = "%/:=&?~#+!$,;'@()*[]"
_EDGES = re.compile(r"^[\s\x00-\x20\u200b-\u200d\u2060\ufeff]+|[\s\x00-\x20\u200b-\u200d\u2060\ufeff]+$")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")


def absolute(url: str, *, base: str) -> str:
    """Return ``url`` resolved against ``base`` and tidied, or "" when it leads nowhere a browser could GET."""
    try:
        joined = urljoin(base, _as_browsers_read(url))
    except ValueError:
        return ""
    return tidy(joined)


def tidy(url: str) -> str:
    """Return an http(s) address in its comparable form, or "" when it is no such address.

    Host in lower case and ASCII, default port, fragment, session ids and tracking parameters gone, the order and
    spelling of the other parameters kept (some sites depend on them), characters outside RFC 3986
    percent-encoded, percent-encoding in capitals. A name and password before the host are dropped.
    """
    try:
        parts = urlsplit(sessionless(_as_browsers_read(url)))
        port = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    host = _host(parts.hostname or "")
    if scheme not in _PORTS or not host:
        return ""
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, netloc, _quoted(parts.path or "/"), _query(parts.query), ""))


def file_key(url: str) -> str:
    """Return the form by which two addresses lead to the same file: no scheme, no "www.", no signature."""
    try:
        parts = urlsplit(tidy(url) or url)
    except ValueError:
        return url
    lasting = [piece for piece in parts.query.split("&") if not _SIGNATURE.match(unquote(piece.partition("=")[0]))]
    query = "&".join(filter(None, lasting))
    return f"{parts.netloc.removeprefix('www.')}{parts.path}{'?' * bool(query)}{query}"


def _as_browsers_read(url: str) -> str:
    """Invisible characters at the ends are nothing, and before the query a backslash is a slash."""
    url = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _EDGES.sub("", url))
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return path.replace("\\", "/") + url[len(path) :]


def _host(name: str) -> str:
    """Return a host as DNS knows it, "" when it can be none."""
    try:
        if ":" in name:
            return f"[{IPv6Address(name)}]"
        ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
    except ValueError:
        return ""
    return ascii_name if _HOST.fullmatch(ascii_name) else ""


def _query(query: str) -> str:
    # Not parse_qsl and urlencode: they would turn "?print" into "?print=" and lose bytes that are not UTF-8.
    pieces = query.split("&")
    return _quoted("&".join(piece for piece in pieces if not _TRACKING.match(unquote(piece.partition("=")[0]))))


def _quoted(text: str) -> str:
    return _ESCAPE.sub(lambda escape: escape.group().upper(), quote(text, safe=_UNQUOTED))
