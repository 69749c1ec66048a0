"""What may be asked for: where a source's requests may go, judged by address; for the spider and whoever fetches next.

Pure: a name is judged by the text of its address first (``refusal``), and by the numeric address it leads to when
the connection is made (``forbids``), so that neither a redirect nor a changing name server leads anywhere private.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapers.sources import Source

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_PORTS = {"http": 80, "https": 443}
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Guard:
    """One source's walls."""

    hosts: frozenset[str] = frozenset()
    """Hosts of the source's own; their subdomains are too. Empty: every host."""
    ports: frozenset[int] = frozenset({80, 443})
    networks: tuple[Network, ...] = ()
    """Private networks the source may be in."""
    names: frozenset[str] = frozenset()
    """Hosts that may have private addresses."""

    def refusal(self, url: str, *, elsewhere: bool = False) -> str:
        """Return why ``url`` is not asked for, or "" when nothing speaks against it; ``elsewhere`` allows other hosts."""
        try:
            parts = urlsplit(url)
            host, port = _ascii(parts.hostname or ""), parts.port
        except ValueError:
            return "this is no address"
        if parts.scheme not in _PORTS:
            return f"only http and https are followed, not {parts.scheme or 'an address without a scheme'}"
        if _ODD.search(url) or not host:
            return "the address holds characters that no address has"
        if parts.username is not None or parts.password is not None:
            return "the address carries a user name"
        if (port or _PORTS[parts.scheme]) not in self.ports:
            return f"port {port} is none of this source's"
        if not elsewhere and not self.holds(host):
            return f"{host} is not a host of this source"
        return ""

    def holds(self, host: str) -> bool:
        """Is ``host`` one of the source's own, or below one?"""
        host = _ascii(host)
        return not self.hosts or any(host == own or _below(host, own) for own in self.hosts)

    def forbids(self, address: str, *, host: str = "") -> str:
        """Return why no connection is made to the numeric ``address`` of ``host``, or ""."""
        try:
            numeric = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return f"{address} is no numeric address"
        if host in self.names or any(numeric in network for network in self.networks):
            return ""
        if all(_is_public(each) for each in _meant(numeric)):
            return ""
        return f"{address} is a private address; where it is meant to be, name it in limits.allow_private"


def guard(source: Source) -> Guard:
    """Return the walls of ``source``."""
    urls = [source.homepage, *(entrance.url for entrance in source.entrances)]
    networks, names = _allowed(source.limits.allow_private)
    return Guard(
        hosts=frozenset(own_host(url) for url in urls),
        ports=frozenset({80, 443} | {port for url in urls if (port := urlsplit(url).port)}),
        networks=networks,
        names=names,
    )


def own_host(url: str) -> str:
    """Return the host of ``url`` without "www.", so that its sister sites count as below it."""
    return _ascii(urlsplit(url).hostname or "").removeprefix("www.")


def _ascii(host: str) -> str:
    """Return a host's name as it is looked up: "bộ.vn" is "xn--b-8xm.vn"."""
    try:
        return host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.rstrip(".")


def _below(host: str, own: str) -> bool:
    return host.endswith(f".{own}") and not own.replace(".", "").isdigit() and ":" not in own


def _allowed(entries: Iterable[str]) -> tuple[tuple[Network, ...], frozenset[str]]:
    networks: list[Network] = []
    names: set[str] = set()
    for entry in entries:
        try:
            networks.append(ipaddress.ip_network(entry, strict=False))
        except ValueError:
            names.add(entry.lower())
    return tuple(networks), frozenset(names)


def _meant(address: Address) -> list[Address]:
    """Return the addresses that count: some IPv6 addresses only wrap one of IPv4."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    wrapped = [address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [address, *(inner for inner in wrapped if inner is not None)]


def _is_public(address: Address) -> bool:
    return address.is_global and not address.is_multicast
