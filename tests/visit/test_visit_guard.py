"""Where requests may go: judged by the text of an address, and again when the connection is made."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from scrapers.guard import Guard, guard, own_host
from scrapers.items import Verdict
from scrapers.sources import Entrance
from tests.visit.sites import article, listing, publish, redirect, source, website


@contextmanager
def canary(host: str = "127.0.0.1", family: socket.AddressFamily = socket.AF_INET) -> Iterator[tuple[int, list]]:
    """A port nobody may connect to: its number, and who did."""
    connected: list = []
    with socket.create_server((host, 0), family=family) as server:

        def accept() -> None:
            while True:
                try:
                    connection, peer = server.accept()
                except OSError:
                    return
                connected.append(peer)
                connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], connected
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize(
    "spelling",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "0",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
    ],
)
def test_no_spelling_of_a_private_address_is_connected_to(look, site, spelling):
    with canary("0.0.0.0") as (port, connected):
        entrance = Entrance(kind="listing", url=f"http://{spelling}:{port}/tin-tuc")
        visit = look(source(site, entrances=[entrance], allow_private=()))

    assert connected == []
    assert visit.verdict is Verdict.BROKEN
    assert "limits.allow_private" in visit.why
    assert [exchange.status for exchange in visit.exchanges] in ([], [None])


def test_ipv6_loopback_is_private_too(look, site):
    with canary("::1", socket.AF_INET6) as (port, connected):
        entrance = Entrance(kind="listing", url=f"http://[::1]:{port}/tin-tuc")
        visit = look(source(site, entrances=[entrance], allow_private=()))

    assert connected == []
    assert visit.verdict is Verdict.BROKEN


def test_host_named_in_allow_private_may_be_private(look, site):
    publish(site, 1)
    url = site.url.replace("127.0.0.1", "localhost")
    entrance = Entrance(kind="listing", url=f"{url}/tin-tuc")

    visit = look(source(site, entrances=[entrance], allow_private=("localhost",)))

    assert (visit.verdict, len(visit.readings)) == (Verdict.FINE, 1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_to_private_addresses_are_not_followed(look, status):
    with canary("127.0.0.9") as (port, connected), website("127.0.0.8") as site:
        publish(site, 2, 1)
        site.pages["/tin/1"] = redirect(f"http://127.0.0.9:{port}/", status)
        site.pages["/tin/2"] = redirect(f"http://127.0.0.8:{port}/", status)

        visit = look(source(site, allow_private=("127.0.0.8",)))

    assert connected == []
    assert {trouble.kind for trouble in visit.troubles} == {"refused"}
    assert len(visit.troubles) == 2


def test_links_to_private_addresses_are_not_followed(look):
    with canary("127.0.0.9") as (port, connected), website("127.0.0.8") as site:
        site.pages["/tin-tuc"] = listing(
            ("/tin/1", "Tin"), (f"http://127.0.0.9:{port}/", "A"), (f"http://127.0.0.8:{port}/", "B")
        )
        site.pages["/tin/1"] = article("Tin")
        site.pages["/robots.txt"] = redirect(f"http://127.0.0.9:{port}/robots.txt")

        visit = look(source(site, allow_private=("127.0.0.8",)))

    assert connected == []
    assert len(visit.readings) == 1


PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "not an address",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_connected_to(address):
    assert Guard().forbids(address) == ""


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not(address):
    assert Guard().forbids(address)


REFUSED = {
    "file:///etc/passwd": "only http and https",
    "ftp://example.org/": "only http and https",
    "javascript:alert(1)": "only http and https",
    "//example.org/": "only http and https",
    "http://user@vd.gov.vn/": "user name",
    "http://user:secret@vd.gov.vn/": "user name",
    "http://@vd.gov.vn/": "user name",
    "http://vd.gov.vn\\@evil.example/": "characters",
    "http://vd.gov.vn/a b": "characters",
    "http://vd.gov.vn/\x00": "characters",
    "http:///tin": "characters",
    "http://vd.gov.vn:22/": "port 22",
    "http://vd.gov.vn:99999/": "no address",
    "http://[::1/": "no address",
    "http://evil.example/": "not a host of this source",
    "http://vd.gov.vn.evil.example/": "not a host of this source",
    "http://notvd.gov.vn/": "not a host of this source",
}


@pytest.mark.parametrize("url", REFUSED)
def test_address_is_refused_with_a_reason(url):
    walls = Guard(hosts=frozenset({"vd.gov.vn"}))

    assert REFUSED[url] in walls.refusal(url)
    assert "secret" not in walls.refusal(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://vd.gov.vn/",
        "https://vd.gov.vn/tin?a=1",
        "https://media.vd.gov.vn/",
        "http://VD.gov.vn./",
        "https://vd.gov.vn:443/",
    ],
)
def test_own_hosts_and_those_below_are_let_through(url):
    assert Guard(hosts=frozenset({"vd.gov.vn"})).refusal(url) == ""


def test_nothing_is_below_a_number(site):
    walls = guard(source(site))

    assert walls.holds("127.0.0.1")
    assert not walls.holds("evil.127.0.0.1")


def test_names_with_letters_of_their_own_are_the_same_either_way():
    walls = Guard(hosts=frozenset({own_host("https://www.bộ.vn/")}))

    assert walls.refusal("https://tin.bộ.vn/") == walls.refusal("https://xn--b-8xm.vn/") == ""


def test_www_counts_for_nothing():
    assert own_host("https://www.vd.gov.vn/tin") == own_host("https://vd.gov.vn/") == "vd.gov.vn"
