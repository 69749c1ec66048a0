"""What single values of a source file must be like: durations, sizes, addresses, zones, languages, selectors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence, Sized
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import resources
from ipaddress import ip_network
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from scrapers.source_problems import BadValueError, nearest, shown

LONGEST = timedelta(days=3650)
"""Longer durations are typing mistakes, and would leave the calendar when added to a date."""

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds", "ms": "milliseconds"}
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|[wdhms]))+")
_STEP = re.compile(r"(\d+(?:\.\d+)?)(ms|[wdhms])")
_WORDY = re.compile(r"(?<=[\d\s])([wdhs]|m(?![os]))[a-z]*")
_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,3})?) ?(b|[kmg]i?b)", re.IGNORECASE)
_BYTES = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_SLUG = re.compile(r"[a-z]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|\d{3}))?((?:-[a-z0-9]{5,8})*)")
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")

# It means another zone on another machine.
_NO_ZONE = "localtime"

# The two-letter codes of ISO 639-1.
_LANGUAGES = frozenset(
    str.split(
        "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
        "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg "
        "ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn "
        "no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
        "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
    )
)
# Countries' codes and names that people write where the language's code belongs.
_MISTAKEN_LANGUAGES = {
    "vn": "vi", "jp": "ja", "cn": "zh", "gr": "el", "dk": "da", "cz": "cs", "ua": "uk", "us": "en", "gb": "en", "in": "hi",
    "at": "de", "by": "be", "mm": "my", "kh": "km", "english": "en", "vietnamese": "vi", "french": "fr", "german": "de",
    "spanish": "es", "chinese": "zh", "japanese": "ja", "korean": "ko", "eng": "en", "vie": "vi", "fra": "fr", "deu": "de",
}  # fmt: skip
# Windows' names of zones in countries that have several; elsewhere the country says which zone is meant.
_WINDOWS_ZONES = {
    "Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago",
    "Mountain Standard Time": "America/Denver", "Pacific Standard Time": "America/Los_Angeles",
    "Atlantic Standard Time": "America/Halifax", "E. South America Standard Time": "America/Sao_Paulo",
    "Central Standard Time (Mexico)": "America/Mexico_City", "Russian Standard Time": "Europe/Moscow",
    "W. Europe Standard Time": "Europe/Berlin", "Romance Standard Time": "Europe/Paris",
    "GMT Standard Time": "Europe/London", "China Standard Time": "Asia/Shanghai",
    "SE Asia Standard Time": "Asia/Bangkok", "Tokyo Standard Time": "Asia/Tokyo",
    "AUS Eastern Standard Time": "Australia/Sydney", "New Zealand Standard Time": "Pacific/Auckland",
}  # fmt: skip


def duration(value: object) -> timedelta:
    """Read "30m", "2s", "24h", "1d" or "1h30m"."""
    wish = 'must be a duration in quotes, such as "30m", "2s", "24h", "1d" or "1h30m"'
    if not isinstance(value, str):
        raise BadValueError(f"{wish}; {shown(value)} has no unit")
    if not _DURATION.fullmatch(value):
        plain = _WORDY.sub(r"\1", value.casefold()).replace(" ", "")
        suggestion = f'"{plain}"' if _DURATION.fullmatch(plain) else ""
        raise BadValueError(f"{wish}, not {shown(value)}", suggestion=suggestion)
    return _sum(value)


def _sum(text: str) -> timedelta:
    try:
        steps = [timedelta(**{_UNITS[unit]: float(number)}) for number, unit in _STEP.findall(text)]
        total = sum(steps, timedelta())
    except (OverflowError, ValueError):
        total = timedelta.max
    if total > LONGEST:
        raise BadValueError(f"must be at most {LONGEST.days}d, not {shown(text)}")
    return total


def size(value: object) -> int:
    """Read a number of bytes, plain or as "8MB" or "8MiB"."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    match = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise BadValueError(f'must be a number of bytes or a size such as "8MB" or "8MiB", not {shown(value)}')
    return int(float(match.group(1)) * _BYTES[match.group(2).lower()])


def slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        plain = _slugged(value)
        raise BadValueError(
            f'must be a country\'s two letters, a hyphen and a name of a–z, 0–9 and hyphens, such as "fr-finances", not {shown(value)}',
            suggestion=f'"{plain}"' if _SLUG.fullmatch(plain) else "",
        )
    return value


def _slugged(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def country(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        upper = value.strip().upper()
        fitting = re.fullmatch(r"[A-Z]{2}", upper)
        raise BadValueError(
            f'must be two capital letters (ISO 3166), such as "VN", not {shown(value)}',
            suggestion=f'"{upper}"' if fitting else "",
        )
    return value


def language(value: str) -> str:
    match = _LANGUAGE.fullmatch(value)
    if not match or (len(match.group(1)) == 2 and match.group(1) not in _LANGUAGES):
        near = _near_language(value)
        raise BadValueError(
            f'must be a language tag (BCP 47), such as "vi", "en" or "pt-BR", not {shown(value)}',
            suggestion=f'"{near}"' if near else "",
        )
    return value


def _near_language(value: str) -> str:
    first, *rest = re.split(r"[-_]", value.strip().casefold()[:40])
    first = _MISTAKEN_LANGUAGES.get(first, first)
    parts = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest]
    match = _LANGUAGE.fullmatch("-".join([first, *parts]))
    return match.group() if match and (len(first) == 3 or first in _LANGUAGES) else ""


def line(value: str) -> str:
    """A name or title: some text on one line, composed (NFC) so that equal texts are equal."""
    if not value.strip() or "\n" in value:
        raise BadValueError("must be some text on one line")
    return unicodedata.normalize("NFC", value.strip())


def prose(value: str) -> str:
    """Some text, on as many lines as it likes; composed (NFC)."""
    return unicodedata.normalize("NFC", value.strip())


def address(value: str) -> str:
    """An absolute http or https address."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise BadValueError(f"is not an address: {shown(value)}") from None
    if parts.scheme not in ("http", "https") or not host:
        raise BadValueError(
            f"must be an address that begins with https:// or http://, not {shown(value)}",
            suggestion=_with_scheme(value),
        )
    if re.search(r"\s", value):
        raise BadValueError(f"has a space in it: {shown(value)}", suggestion=f'"{"".join(value.split())}"')
    if "@" in parts.netloc:
        raise BadValueError("holds a name or password, which is not kept in a source file; leave it out")
    if not host_name(host) and not parts.netloc.startswith("["):
        raise BadValueError(f"names no host: {shown(value)}")
    return value


def _with_scheme(value: str) -> str:
    rest = re.sub(r"^(?:[a-z]{2,6}:)?/*", "", value.strip(), flags=re.IGNORECASE)
    host = re.split(r"[/?#:]", rest)[0]
    return f'"https://{shown(rest)[1:-1]}"' if host_name(host) and "." in host else ""


def host_name(text: str) -> bool:
    return len(text) <= 253 and all(_LABEL.fullmatch(label) for label in text.removesuffix(".").split("."))


def private_place(value: str) -> str:
    """A network ("127.0.1.0/24", "::1") or a host name."""
    try:
        return str(ip_network(value))
    except ValueError:
        pass
    if re.fullmatch(r"[\d./]+", value) or not host_name(value):
        raise BadValueError(
            f'must be a network such as "127.0.1.0/24" or a host name, not {shown(value)}',
            suggestion=_near_place(value),
        )
    return value.lower()


def _near_place(value: str) -> str:
    try:
        return f'"{ip_network(value, strict=False)}"'
    except ValueError:
        pass
    try:
        host = urlsplit(value if "//" in value else f"//{value}").hostname or ""
    except ValueError:
        return ""
    return f'"{host}"' if host_name(host) and host != value else ""


def timezone(value: str, *, country: str = "") -> str:
    """An IANA zone; ``country`` helps to guess which one was meant."""
    try:
        if value != _NO_ZONE and ZoneInfo(value):
            return value
    except (ValueError, OSError, KeyError):
        pass
    near = _near_zone(value, country)
    raise BadValueError(
        f'must be a time zone of the IANA database, such as "Asia/Ho_Chi_Minh", not {shown(value)}',
        suggestion=f'"{near}"' if near else "",
    )


def _near_zone(value: str, country: str) -> str:
    if near := nearest(value, available_timezones() - {_NO_ZONE}, cutoff=0.8):
        return near
    zones = _zones_of().get(country, [])
    if len(zones) == 1:
        return zones[0]
    windows = _WINDOWS_ZONES.get(nearest(value, _WINDOWS_ZONES, cutoff=0.9), "")
    return windows or nearest(value, zones or available_timezones())


@cache
def _zones_of() -> dict[str, list[str]]:
    """The zones of each country, from the table that comes with the time zones."""
    zones: dict[str, list[str]] = {}
    for row in _zone_table().splitlines():
        if row and not row.startswith("#"):
            code, _, zone = row.split("\t")[:3]
            zones.setdefault(code, []).append(zone)
    return zones


def _zone_table() -> str:
    for folder in TZPATH:
        if (table := Path(folder) / "zone.tab").is_file():
            return table.read_text("utf-8")
    try:
        return resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return ""


@lru_cache(maxsize=2048)
def selector(value: str) -> str:
    """A CSS selector, or "" for none."""
    # Imported here: it takes as long as the rest of this module together, and most sources have no selectors.
    from cssselect import HTMLTranslator, SelectorError, parse

    if not value.strip():
        return ""
    try:
        parsed = parse(value)
        pseudo = any(one.pseudo_element for one in parsed)
        for one in parsed:
            HTMLTranslator().selector_to_xpath(one)
    except (SelectorError, RecursionError) as error:
        xpath = "; this looks like XPath" if value.lstrip().startswith(("/", "./", "(/")) else ""
        raise BadValueError(f"is not a CSS selector: {shown(value)} ({error}){xpath}") from None
    if pseudo:
        plain = value.partition("::")[0].strip()
        raise BadValueError(f"must select elements, without ::{value.partition('::')[2]}", suggestion=f'"{plain}"')
    return value


def some_selector(value: str) -> str:
    if not value.strip():
        raise BadValueError("must be a CSS selector, not empty")
    return selector(value)


def share(value: float) -> float:
    if not 0 <= value <= 1:
        raise BadValueError(
            f"must be a share from 0 to 1, not {value}", suggestion=f"{value / 100}" if 1 < value <= 100 else ""
        )
    return value


def above_zero(value: timedelta) -> timedelta:
    if value <= timedelta():
        raise BadValueError("must be longer than nothing")
    return value


def at_least(least: int) -> Callable[[int], int]:
    """A rule for whole numbers that are ``least`` or more, and can still be counted with."""

    def counted(value: int) -> int:
        if not least <= value < 2**31:
            raise BadValueError(f"must be {least} or more" if value < least else f"is too large: {shown(value)}")
        return value

    return counted


def not_empty(value: Sized) -> Sized:
    if not value:
        raise BadValueError("must not be empty")
    return value


def rising(value: Sequence[timedelta]) -> Sequence[timedelta]:
    if any(earlier >= later for earlier, later in pairwise(value)):
        raise BadValueError("must rise: each age after a shorter one")
    return value


def day(value: object) -> date:
    """A TOML date, which stands without quotes and without a time."""
    if type(value) is date:
        return value
    match = re.search(r"\d{4}-\d\d-\d\d", str(value))
    raise BadValueError(
        f"must be a day, such as 2025-03-01, not {shown(value)}", suggestion=match.group() if match else ""
    )
