"""Addresses as the archive compares them: absolute, without fragments and without what only counts visitors."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|zarsrc|mc_[ce]id|igshid|_ga|_gl|gidzl)$", re.IGNORECASE
)
_PORTS = {"http": 80, "https": 443}
_UNQUOTED = "%/:=&?~#+!$,;'@()*[]"


def absolute(url: str, *, base: str) -> str:
    """Return ``url`` resolved against ``base`` and tidied, or "" when it leads nowhere a browser could GET."""
    try:
        joined = urljoin(base, "".join(url.split("\n")).strip())
    except ValueError:
        return ""
    return tidy(joined)


def tidy(url: str) -> str:
    """Return an http(s) address in its comparable form, or "" when it is no such address.

    Host in lower case, default port and fragment gone, tracking parameters gone, the order of the
    other parameters kept (some sites depend on it), characters outside RFC 3986 percent-encoded.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        return ""
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, netloc, quote(parts.path or "/", safe=_UNQUOTED), _query(parts.query), ""))


def _query(query: str) -> str:
    names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
    if not any(_TRACKING.match(name) for name in names):
        return quote(query, safe=_UNQUOTED)
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _TRACKING.match(name)]
    return urlencode(kept)
