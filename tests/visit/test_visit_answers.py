"""What an answer amounts to, before anybody reads it."""

from datetime import UTC, datetime, timedelta

import pytest
from scrapy.exceptions import DownloadFailedError
from scrapy.settings import Settings
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseFailed, ResponseNeverReceived

from scrapers.answers import Answer, Kind, meaning, pause_until
from scrapers.barriers import barrier
from scrapers.chains import Chain, digest, judge
from scrapers.failures import explain
from scrapers.items import Headline, Headlines, Verdict
from scrapers.sources import Entrance

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
LONG = "<p>Bộ trưởng làm việc với các đơn vị về công tác quản lý tài nguyên trong quý hai.</p>" * 40

BARRIERS = {
    '<!DOCTYPE html><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>': "Cloudflare",
    "<html><body>B&#7842;O TR&Igrave; H&#7878; TH&#7888;NG</body></html>": "maintenance",
    "<html><script>window._cf_chl_opt={}</script></html>": "Cloudflare",
    "<html><iframe src='/_Incapsula_Resource?x=1'></iframe></html>": "Incapsula",
    "<html>The requested URL was rejected. Please consult with your administrator.</html>": "F5",
    '<html><body><script>document.cookie="D1N=abc";location.reload()</script></body></html>': "D1N",
    '<html><form><input type="password" name="p"></form></html>': "login",
    "<html><h1>Website đang được bảo trì</h1></html>": "maintenance",
    "<html><h1>Hệ thống tạm nâng cấp</h1></html>": "maintenance",
    "<html><h1>Site under maintenance</h1></html>": "maintenance",
    "<html><div class='g-recaptcha'></div></html>": "robots",
    "<html><h1>403</h1>Access Denied</html>": "firewall",
    "<html><p>Vui lòng đăng nhập để tiếp tục</p></html>": "login",
}


@pytest.mark.parametrize("page", BARRIERS)
def test_page_in_front_of_the_page_is_told(page):
    assert BARRIERS[page] in barrier(page.encode())


@pytest.mark.parametrize(
    "page",
    [
        f"<html><h1>Tin</h1>{LONG}<form><input type=password></form></html>",
        f"<html><h1>Hệ thống đang bảo trì</h1>{LONG}</html>",
        "<html><h1>Tin ngắn</h1><p>Bộ trưởng đi công tác.</p></html>",
        '{"error": "captcha"}',
        "<rss><channel><item><title>Captcha là gì</title></item></channel></rss>",
        '<li><a href="/1">Hệ thống đang bảo trì</a></li>',
        "<html>captcha</html>" + "<!-- -->" * 20_000,
        "",
    ],
)
def test_ordinary_page_is_no_barrier(page):
    assert barrier(page.encode()) == ""


@pytest.mark.parametrize(
    ("status", "kind", "verdict"),
    [
        (200, Kind.PAGE, None),
        (203, Kind.PAGE, None),
        (304, Kind.UNCHANGED, None),
        (404, Kind.GONE, Verdict.BROKEN),
        (410, Kind.GONE, Verdict.BROKEN),
        (204, Kind.NOTHING, Verdict.BROKEN),
        (301, Kind.NOTHING, Verdict.BROKEN),
        (400, Kind.NOTHING, Verdict.BROKEN),
        (401, Kind.NOTHING, Verdict.BLOCKED),
        (403, Kind.NOTHING, Verdict.BLOCKED),
        (429, Kind.NOTHING, Verdict.BLOCKED),
        (451, Kind.NOTHING, Verdict.BLOCKED),
        (500, Kind.NOTHING, Verdict.UNREACHABLE),
        (503, Kind.NOTHING, Verdict.UNREACHABLE),
    ],
)
def test_meaning_of_a_status(status, kind, verdict):
    found, failure = meaning(status, b"<html>Tin</html>", ())

    assert found is kind
    assert (failure.verdict if failure else None) is verdict


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        ("Wed, 01 May 2024 08:10:00 GMT", 600),
        ("Wed, 01 May 2024 08:10:00 -0000", 600),
        ("999999999999", 86400),
        ("Thu, 01 May 2025 08:10:00 GMT", 86400),
        ("Wed, 01 May 2024 07:00:00 GMT", None),
        ("soon", None),
        ("Mon, 99999999999999999999 Jan 2024 00:00:00 GMT", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999999999", None),
        ("Mon, 01 Jan 2024 99999999999999999999:00:00 GMT", None),
        ("", None),
        ("-5", None),
        ("١٢", None),
    ],
)
def test_retry_after_is_understood(text, seconds):
    until = pause_until((("Retry-After", text),), now=NOW)

    assert until == (None if seconds is None else NOW + timedelta(seconds=seconds))


def test_answer_without_an_exchange_still_names_its_address():
    answer = Answer(kind=Kind.NOT_ASKED, url="http://vd.gov.vn/")

    assert (answer.final_url, answer.content_type, answer.reason) == ("http://vd.gov.vn/", None, "")


def chain(verdict: Verdict, why: str = "") -> Chain:
    made = Chain(Entrance(kind="listing", url="http://vd.gov.vn/"))
    if verdict is Verdict.FINE:
        made.succeed()
    else:
        made.fail(verdict, why)
    return made


def test_worst_of_several_failures_is_the_one_that_tells_most():
    chains = [chain(Verdict.UNREACHABLE, "u"), chain(Verdict.CHANGED, "c"), chain(Verdict.BLOCKED, "b")]

    assert judge(chains) == (Verdict.BLOCKED, "b")
    assert judge(chains[:2]) == (Verdict.CHANGED, "c")


def test_chain_with_something_left_is_not_read():
    made = chain(Verdict.FINE)
    made.walked, made.waiting = True, {"http://vd.gov.vn/1"}

    assert not made.is_read
    made.waiting.clear()
    assert made.is_read


def test_digest_names_what_is_shown():
    first = Headlines(rows=(Headline(url="http://vd.gov.vn/1", title="Một"),))
    same = Headlines(rows=(Headline(url="http://vd.gov.vn/1", title="Một", position=7),))
    other = Headlines(rows=(Headline(url="http://vd.gov.vn/1", title="Hai"),))

    assert digest(first) == digest(same) != digest(other)


def test_what_twisted_hides_in_lists_is_found_and_told_in_a_sentence():
    inner = ResponseFailed([Failure(ParseError("bad", b"\x00"))])
    error = DownloadFailedError(str(inner))
    error.__cause__ = ResponseNeverReceived([Failure(inner)])

    assert explain(error, Settings()).sentence == "sent an answer that is no HTTP"
    assert explain(DownloadFailedError(""), Settings()).sentence == "broke the connection off (DownloadFailedError)"
