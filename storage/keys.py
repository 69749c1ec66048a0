"""Addresses as the archive recognises them: forms that differ only for machines are one, and so are a site's serials."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from scrapers.addresses import tidy

_SESSION = re.compile(r";jsessionid=[^/?]*|(?<=[?&])(?:phpsessid|jsessionid|sid|sessionid)=[^&]*&?", re.IGNORECASE)
_SERIAL = re.compile(r"(?:^|[-_a-z])(\d{4,})$", re.IGNORECASE)
_DAY = re.compile(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
_NAMES = re.compile(r"^(?:.*[_.-])?(?:id|itemid|newsid|articleid|aid|nid)$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def key(url: str) -> str:
    """Return the form by which two addresses are the same: no scheme, no "www.", no session, no last slash."""
    tidied = tidy(_SESSION.sub("", url)) or url.strip()
    rest = tidied.split("://", 1)[-1].removeprefix("www.")
    return rest.rstrip("/?&")


@lru_cache(maxsize=4096)
def serial(url: str) -> str | None:
    """Return the number by which the website counts its articles ("…-363363.html", "?id=20511"), if there is one."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1].split(".", 1)[0]
    if (found := _SERIAL.search(last)) and not _DAY.match(found[1]):
        return found[1]
    numbers = [value for name, value in parse_qsl(parts.query) if _NAMES.match(name) and value.isdigit()]
    return numbers[0] if len(numbers) == 1 else None


def is_front_page(url: str) -> bool:
    """Say whether an address is a site's entrance: many pages give it as their own by mistake."""
    parts = urlsplit(url)
    return (
        parts.path.strip("/").lower() in {"", "index.html", "index.htm", "index.php", "default.aspx"}
        and not parts.query
    )
