"""What a visit does not get done is not lost: the next one sees the list again."""

import asyncio
import contextlib
import socket
import threading
from datetime import timedelta

import pytest

from scrapers.items import Known, Memory, Verdict
from scrapers.sources import Entrance
from scrapers.visit import StoppedError
from tests.visit.sites import Page, article, listing, publish, remember, source


def entrances(visit):
    return [exchange for exchange in visit.exchanges if exchange.purpose == "entrance"]


def test_articles_beyond_the_limit_wait_and_are_read_next_time(site, look):
    publish(site, 5, 4, 3, 2, 1)

    first = look(source(site, articles=2))
    second = look(source(site, articles=2), remember(first))
    third = look(source(site, articles=2), remember(first, second))
    fourth = look(source(site, articles=2), remember(first, second, third))

    read = [[reading.article.headline for reading in visit.readings] for visit in (first, second, third, fourth)]
    assert read == [["Tin số 4", "Tin số 5"], ["Tin số 2", "Tin số 3"], ["Tin số 1"], []]
    assert first.why == "3 headlines wait for the next visit: a visit reads 2 articles at most (limits.articles)"
    assert [entrances(visit)[0].etag != "" for visit in (first, second, third)] == [False, False, True]
    assert entrances(fourth)[0].status == 304


@pytest.mark.parametrize("fault", [Page(status=500), Page(status=403), Page(b"x", declared=100)])
def test_article_that_fails_for_now_keeps_the_list_open(site, look, fault):
    publish(site, 2, 1)
    good, site.pages["/tin/1"] = site.pages["/tin/1"], fault

    first = look(source(site))
    site.pages["/tin/1"] = good
    second = look(source(site), remember(first))

    assert [reading.article.headline for reading in first.readings] == ["Tin số 2"]
    assert (entrances(first)[0].etag, entrances(first)[0].digest) == ("", "")
    assert first.why == f"1 headline waits for the next visit: {first.troubles[0].message}"
    assert len(first.troubles) == 1
    assert [reading.article.headline for reading in second.readings] == ["Tin số 1"]


@pytest.mark.parametrize("fault", [Page(status=404), Page(b"\x89PNG\r\n\x1a\n" + bytes(200), media="image/png")])
def test_article_that_fails_for_good_does_not(site, look, fault):
    publish(site, 2, 1)
    site.pages["/tin/1"] = fault

    first = look(source(site))
    site.forget()
    look(source(site), remember(first))

    assert (first.verdict, len(first.troubles)) == (Verdict.FINE, 1)
    assert entrances(first)[0].etag
    assert site.paths == ["/tin-tuc"]


def test_after_a_visit_with_a_rest_the_pages_behind_are_looked_at_again(site, look):
    site.pages["/tin-tuc"] = listing(("/tin/2", "Tin 2"), following="/tin-tuc?p=2")
    site.pages["/tin-tuc?p=2"] = listing(("/tin/1", "Tin 1"))
    site.pages |= {"/tin/2": article("Tin 2"), "/tin/1": Page(status=500)}
    first = look(source(site, pages=2))
    site.pages["/tin/1"] = article("Tin 1")

    second = look(source(site, pages=2), remember(first))

    assert [reading.article.headline for reading in second.readings] == ["Tin 1"]


def test_page_of_a_listing_that_fails_for_now_keeps_the_list_open(site, look):
    publish(site, 1)
    site.pages["/tin-tuc"] = listing(("/tin/1", "Tin"), following="/tin-tuc?p=2")
    site.pages["/tin-tuc?p=2"] = Page(status=500)

    visit = look(source(site, pages=2))

    assert visit.verdict is Verdict.FINE
    assert entrances(visit)[0].etag == ""
    assert visit.troubles[0].url == f"{site.url}/tin-tuc?p=2"


def test_long_visit_comes_in_parts_and_tells_validators_in_the_last(site, look):
    numbers = range(45, 0, -1)
    publish(site, *numbers)
    parts = []

    last = look(source(site), part=parts.append, first_part=3)

    assert [(part.part, part.last, len(part.readings)) for part in (*parts, last)] == [
        (3, False, 20),
        (4, False, 20),
        (5, True, 5),
    ]
    assert {visit.id for visit in (*parts, last)} == {"v1"}
    assert [len(entrances(visit)) for visit in (*parts, last)] == [1, 0, 1]
    assert (entrances(parts[0])[0].etag, entrances(parts[0])[0].digest) == ("", "")
    assert entrances(last)[0].etag
    assert entrances(last)[0].started == entrances(parts[0])[0].started
    assert [len(visit.sightings) for visit in (*parts, last)] == [0, 0, 45]
    for visit in (*parts, last):
        assert {reading.sha256 for reading in visit.readings} <= {evidence.sha256 for evidence in visit.evidence}


def test_visit_of_big_pages_comes_in_parts_too(site, look):
    publish(site, 5, 4, 3, 2, 1)
    for number in range(1, 6):
        site.pages[f"/tin/{number}"] = Page(site.pages[f"/tin/{number}"].body + b"<!--" + b"x" * (1 << 20) + b"-->")
    parts = []

    last = look(source(site), part=parts.append)

    assert [len(visit.readings) for visit in (*parts, last)] == [4, 1]


def test_visit_that_takes_too_long_hands_in_what_it_has(site, look):
    publish(site, 3, 2, 1)
    site.pages["/tin/2"] = Page(hangs=True)

    visit = look(source(site, duration=timedelta(seconds=0.4)))

    assert [reading.article.headline for reading in visit.readings] == ["Tin số 1"]
    assert visit.verdict is Verdict.FINE
    assert visit.why == "2 headlines wait for the next visit: it took longer than 0.4 s (limits.duration)"
    assert entrances(visit)[0].etag == ""


def test_visit_that_takes_too_long_for_its_first_page_says_so(site, look):
    site.pages["/tin-tuc"] = Page(hangs=True)

    visit = look(source(site, duration=timedelta(seconds=0.3)))

    assert visit.verdict is Verdict.UNREACHABLE
    assert "no entrance could be asked in time" in visit.why
    assert "0.3 s" in visit.why


def test_stopped_visit_hands_in_what_it_has(site, look, loop):
    stop = asyncio.Event()
    publish(site, 2, 1)
    waits = threading.Event()

    def hang() -> Page:
        loop.call_soon_threadsafe(stop.set)
        waits.wait(5)
        return article("Tin số 2")

    site.pages["/tin/2"] = hang
    visit = look(source(site), stop=stop)
    waits.set()

    assert [reading.article.headline for reading in visit.readings] == ["Tin số 1"]
    assert visit.why == "1 headline waits for the next visit: it was stopped"


def test_visit_stopped_before_it_learned_anything_is_none(site, look):
    stop = asyncio.Event()
    stop.set()
    site.pages["/tin-tuc"] = Page(hangs=True)

    with pytest.raises(StoppedError):
        look(source(site), stop=stop)


def test_entrance_without_validators_is_complete_by_its_digest(site, look):
    site.pages["/tin-tuc"] = Page(listing(("/tin/1", "Tin"), following="/tin-tuc?p=2").body, validates=False)
    site.pages["/tin-tuc?p=2"] = Page(listing(("/tin/0", "Tin cũ")).body, validates=False)
    site.pages |= {"/tin/1": article("Tin"), "/tin/0": article("Tin cũ")}
    first = look(source(site, pages=2))
    site.forget()
    look(source(site, pages=2), remember(first))
    once_more = list(site.paths)
    site.forget()
    known = Known(url=f"{site.url}/tin-tuc")

    look(source(site, pages=2), Memory(source="vn-thu", known=remember(first).known, entrances=(known,)))

    assert once_more == ["/tin-tuc"]
    assert site.paths == ["/tin-tuc", "/tin-tuc?p=2"]


def test_visit_that_ended_early_hangs_up(site, look, loop):
    stop, hung_up = asyncio.Event(), threading.Event()

    def silent(server: socket.socket) -> None:
        robots, page = server.accept()[0], None
        with robots:
            robots.recv(65536)
            robots.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        page = server.accept()[0]
        with page, contextlib.suppress(ConnectionError):
            page.recv(65536)
            loop.call_soon_threadsafe(stop.set)
            page.recv(1)
        hung_up.set()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=silent, args=(server,))
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/tin-tuc"
        slow = source(site, entrances=[Entrance(kind="listing", url=url)], timeout=timedelta(seconds=60))
        with pytest.raises(StoppedError):
            look(slow, stop=stop)
        assert hung_up.wait(5)
        thread.join()


def test_part_that_nobody_takes_ends_the_visit_and_keeps_the_list_open(site, look):
    publish(site, *range(25, 0, -1))

    def refuse(part):
        raise RuntimeError("no room")

    visit = look(source(site), part=refuse)

    assert visit.verdict is Verdict.BROKEN
    assert "RuntimeError: no room" in visit.why
    assert all(exchange.etag == "" for exchange in entrances(visit))


def test_part_that_cannot_be_written_is_the_callers_business(site, look):
    publish(site, *range(25, 0, -1))

    def full(part):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        look(source(site), part=full)
