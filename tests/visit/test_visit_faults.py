"""What websites do to a visit, and the verdict or trouble it gets; nothing of it ends the visit."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from scrapers.items import Verdict
from scrapers.sources import Entrance, Expect
from tests.visit.sites import HTML, Page, article, publish, redirect, remember, source, website

LITTLE = b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
LOGIN = (
    b'<html><body><form>Vui l\xc3\xb2ng \xc4\x91\xc4\x83ng nh\xe1\xba\xadp<input type="password"></form></body></html>'
)
MAINTENANCE = "<html><body><h1>Hệ thống đang bảo trì</h1><p>Mong quý vị thông cảm.</p></body></html>".encode()
DEEP = b"<html><body><h1>T</h1><div class=body>" + b"<div>" * 10_000 + "Sâu".encode() + b"</div>" * 10_000


def gzipped(payload: bytes) -> Page:
    return Page(gzip.compress(payload), headers={"Content-Encoding": "gzip"})


PAGES = {
    "empty": Page(b""),
    "not HTML": Page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, media="image/png"),
    "PDF": Page(b"%PDF-1.7\n" + bytes(range(256)) * 8, media="application/pdf"),
    "too large": Page(b"x" * 300_000),
    "announced too large": Page(b"x", declared=50_000_000),
    "gzip bomb": gzipped(bytes(50_000_000)),
    "truncated": Page(b"<html><h1>T", declared=5000),
    "broken gzip": Page(b"\x1f\x8b\x08 this is none", headers={"Content-Encoding": "gzip"}),
    "robot check": Page(LITTLE),
    "login": Page(LOGIN),
    "maintenance": Page(MAINTENANCE),
    "not found": Page(status=404),
    "teapot": Page(status=418),
    "no content": Page(status=204),
    "server error": Page(status=500),
    "forbidden": Page(status=403),
    "in circles": redirect("/tin/1"),
    "to a file": redirect("file:///etc/passwd"),
    "to another host": redirect("http://other.example/tin/1"),
    "without target": Page(status=302),
}


@pytest.mark.parametrize("fault", PAGES)
def test_page_that_is_no_article_is_a_trouble_and_the_others_go_on(site, look, fault):
    publish(site, 2, 1)
    site.pages["/tin/1"] = PAGES[fault]

    visit = look(source(site, max_bytes=200_000))

    assert visit.verdict is Verdict.FINE
    assert [reading.article.headline for reading in visit.readings] == ["Tin số 2"]
    assert [trouble.url for trouble in visit.troubles] == [f"{site.url}/tin/1"]
    assert len(visit.troubles[0].message) > 30


@pytest.mark.parametrize(
    "page",
    [
        Page(DEEP),
        Page(article("Tin\x00 số\x01 1").body.replace(b"\n", b"\x00")),
        Page(article("Tin số 1").body, media="text/html; charset=windows-1258"),
        Page(article("Tin số 1").body, media="text/html; charset=undefined"),
        Page(article("Tin số 1").body.decode().encode("utf-16"), media="text/html"),
        Page("<h1>Tin số 1</h1><div class='body'>đó là </div>".encode() + b"\xff\xfe\xc3" * 100, media=HTML),
    ],
    ids=["deep", "control characters", "wrong charset", "no charset", "utf-16", "mixed"],
)
def test_odd_page_ends_nothing(site, look, page):
    publish(site, 2, 1)
    site.pages["/tin/1"] = page

    visit = look(source(site))

    assert "Tin số 2" in [reading.article.headline for reading in visit.readings]
    assert len(visit.readings) + len(visit.troubles) == 2


VERDICTS = {
    "silent": (Page(hangs=True), Verdict.UNREACHABLE, "did not answer within 0.3 s"),
    "broken off": (Page(b"x", declared=50), Verdict.UNREACHABLE, "ended before its page was complete"),
    "server error": (Page(status=500), Verdict.UNREACHABLE, "answered 500"),
    "forbidden": (Page(status=403), Verdict.BLOCKED, "answered 403"),
    "wants a password": (Page(status=401), Verdict.BLOCKED, "password"),
    "robot check": (Page(LITTLE), Verdict.BLOCKED, "shows a check for robots instead of the page"),
    "maintenance": (Page(MAINTENANCE), Verdict.BLOCKED, "shows a notice of maintenance"),
    "no rows": (Page(b"<html><body><p>Tin</p></body></html>"), Verdict.CHANGED, "div.item"),
    "picture": (Page(b"\x89PNG\r\n\x1a\n" + bytes(500), media="image/png"), Verdict.BROKEN, "/tin-tuc"),
    "not found": (Page(status=404), Verdict.BROKEN, "there is no such page"),
    "in circles": (redirect("/tin-tuc"), Verdict.BROKEN, "redirects in circles"),
    "to another host": (redirect("http://other.example/"), Verdict.BROKEN, "leads to http://other.example/"),
    "to a file": (redirect("file:///etc/passwd"), Verdict.BROKEN, "redirects to file:///etc/passwd"),
    "too large": (Page(b"x" * 300_000), Verdict.BROKEN, "is larger than"),
}


@pytest.mark.parametrize("fault", VERDICTS)
def test_verdict_of_a_source_whose_only_entrance_fails(site, look, fault):
    page, verdict, words = VERDICTS[fault]
    site.pages["/tin-tuc"] = page

    visit = look(source(site, timeout=timedelta(seconds=0.3), max_bytes=200_000))

    assert visit.verdict is verdict
    assert words in visit.why
    assert f"{site.url}/tin-tuc" in visit.why
    assert visit.troubles[0].message == visit.why
    assert all(not exchange.etag and not exchange.digest for exchange in visit.exchanges)


def test_refused_connections_are_unreachable(look):
    with website("127.0.0.77") as site:
        gone = source(site)

    visit = look(gone)

    assert visit.verdict is Verdict.UNREACHABLE
    assert "refuses connections" in visit.why
    assert visit.exchanges[0].status is None


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        (Page(status=404), Verdict.FINE),
        (Page(status=403), Verdict.FINE),
        (Page(status=500), Verdict.FINE),
        # Somebody has to look at this one, whatever else works.
        (Page(b"<html><body><p>Tin</p></body></html>"), Verdict.CHANGED),
    ],
)
def test_one_of_two_entrances_fails(site, look, page, verdict):
    publish(site, 1)
    site.pages["/cu"] = page
    both = [Entrance(kind="listing", url=f"{site.url}{path}") for path in ("/cu", "/tin-tuc")]

    visit = look(source(site, entrances=both))

    assert (visit.verdict, len(visit.readings)) == (verdict, 1)
    assert visit.why.startswith("1 of 2 entrances gave nothing: ")
    assert "/cu" in visit.why
    assert [trouble.url for trouble in visit.troubles] == [f"{site.url}/cu"]


def test_fewer_headlines_than_expected_are_a_change(site, look):
    publish(site, 1)

    visit = look(replace(source(site), expect=Expect(min_items=5)))

    assert visit.verdict is Verdict.CHANGED
    assert "shows 1 headlines where at least 5 are expected" in visit.why
    assert len(visit.readings) == 1
    # A 304 next time would look like a healthy page.
    assert all(exchange.etag == "" for exchange in visit.exchanges if exchange.purpose == "entrance")


@pytest.mark.parametrize("status", [429, 503])
def test_busy_host_is_not_asked_again_in_the_same_visit(site, look, status):
    publish(site, 4, 3, 2, 1)
    site.pages["/tin/2"] = Page(status=status, headers={"Retry-After": "120"})
    now = datetime(2024, 5, 1, tzinfo=UTC)

    visit = look(source(site), now=lambda: now)

    assert site.paths == ["/tin-tuc", "/tin/1", "/tin/2"]
    assert visit.not_before == now + timedelta(seconds=120)
    assert "3 headlines wait" in visit.why
    assert str(status) in visit.why


@pytest.mark.parametrize(
    "page",
    [Page(LITTLE), Page(LITTLE, status=403), Page(MAINTENANCE), Page(status=502)],
    ids=["robot check", "refusing robot check", "maintenance", "gateway"],
)
def test_host_that_fails_three_times_in_a_row_is_left_alone(site, look, page):
    publish(site, *range(9, 0, -1))
    for number in range(2, 10):
        site.pages[f"/tin/{number}"] = page

    visit = look(source(site))

    assert list(dict.fromkeys(site.paths)) == ["/tin-tuc", "/tin/1", "/tin/2", "/tin/3", "/tin/4"]
    assert visit.verdict is Verdict.FINE
    assert len(visit.troubles) == 3
    assert visit.why.startswith("8 headlines wait for the next visit: the host was left alone")


OWN = {
    "forbidden": Page(status=403),
    "wants a password": Page(status=401),
    "server error": Page(status=500),
    "not found": Page(status=404),
    "login": Page(LOGIN),
    "no gzip": Page(b"x", headers={"Content-Encoding": "gzip"}),
    "half gzip": Page(gzip.compress(bytes(9000))[:-9], headers={"Content-Encoding": "gzip"}),
    "cut off": Page(b"<html><h1>T", declared=5000),
    "header without a name": Page(b"x", headers={"Bad Name()": "x"}),
}


@pytest.mark.parametrize("fault", OWN)
def test_damage_of_some_articles_does_not_keep_the_others_from_being_read(site, look, fault):
    publish(site, *range(9, 0, -1))
    for number in range(1, 5):
        site.pages[f"/tin/{number}"] = OWN[fault]

    visit = look(source(site))

    assert [reading.article.headline for reading in visit.readings] == [f"Tin số {number}" for number in range(5, 10)]
    assert [trouble.url for trouble in visit.troubles] == [f"{site.url}/tin/{number}" for number in range(1, 5)]
    assert visit.verdict is Verdict.FINE
    if fault != "not found":
        assert visit.why == f"4 headlines wait for the next visit: for example, {visit.troubles[-1].message}"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (
            Page(status=403),
            "none of the 9 articles asked for could be read: {}/tin/9 answered 403: it does not let us in",
        ),
        (
            Page(LOGIN),
            "none of the 9 articles asked for could be read: {}/tin/9 shows a login page instead of the page",
        ),
        (Page(LITTLE), "none of the 3 articles asked for could be read: {}/tin/3 shows a check for robots"),
        (Page(status=429), "the one article asked for could not be read: {}/tin/1 answered 429: we ask too often"),
    ],
    ids=["forbidden", "login", "robot check", "too often"],
)
def test_source_that_lets_us_see_its_listing_only_is_blocked(site, look, page, words):
    publish(site, *range(9, 0, -1))
    site.pages |= {f"/tin/{number}": page for number in range(1, 10)}

    visit = look(source(site))

    assert (visit.verdict, visit.readings) == (Verdict.BLOCKED, ())
    assert visit.why.startswith(words.format(site.url))
    assert "9 headlines wait for the next visit" in visit.why


def test_articles_that_are_not_there_or_not_readable_do_not_make_a_source_blocked(site, look):
    publish(site, 2, 1)
    site.pages |= {"/tin/1": Page(status=404), "/tin/2": Page(status=500)}

    assert look(source(site)).verdict is Verdict.FINE


def test_known_article_that_is_as_it_was_shows_that_the_source_is_not_blocked(site, look):
    publish(site, 1)
    memory = remember(look(source(site)))
    publish(site, 2, 1)
    site.pages["/tin/2"] = Page(status=403)

    visit = look(source(site), replace(memory, due=memory.known))

    assert (visit.verdict, visit.unchanged) == (Verdict.FINE, (f"{site.url}/tin/1",))


def test_host_is_left_alone_when_it_refuses_page_after_page(site, look):
    publish(site, *range(25, 0, -1))
    site.pages |= {f"/tin/{number}": Page(status=403) for number in range(1, 26)}

    visit = look(source(site))

    assert len(site.paths) == 21
    assert visit.verdict is Verdict.BLOCKED


def test_other_entrances_of_a_busy_host_are_not_asked(site, look):
    site.pages["/a"] = Page(status=503)
    publish(site, 1)
    both = [Entrance(kind="listing", url=f"{site.url}{path}") for path in ("/a", "/tin-tuc")]

    visit = look(source(site, entrances=both))

    assert site.paths == ["/a"]
    assert (visit.verdict, len(visit.troubles)) == (Verdict.UNREACHABLE, 1)


def test_page_that_was_cut_off_is_asked_for_once_more(site, look):
    publish(site, 1)
    pages = iter([Page(b"<html>", declared=900), site.pages["/tin/1"]])
    site.pages["/tin/1"] = lambda: next(pages)

    visit = look(source(site))

    assert [reading.article.headline for reading in visit.readings] == ["Tin số 1"]
    assert visit.troubles == ()


def test_meta_refresh_in_an_article_is_not_followed(site, look):
    publish(site, 1)
    body = site.pages["/tin/1"].body.replace(b"<body>", b'<body><meta http-equiv="refresh" content="0;url=/bay">')
    site.pages["/tin/1"] = Page(body)

    look(source(site))

    assert site.paths == ["/tin-tuc", "/tin/1"]


def test_page_that_breaks_our_own_reader_is_a_trouble_that_says_so(site, look):
    publish(site, 1)
    site.pages["/tin/1"] = article('Tin</h1><div class="date">1/5/2024 10:00</div><h1>')
    # A zone that no source file may name, over which the reader stumbles.
    broken = replace(source(site), timezone="Mars/Base")

    visit = look(broken)

    assert (visit.verdict, visit.readings) == (Verdict.FINE, ())
    assert "please report this" in visit.troubles[0].message
