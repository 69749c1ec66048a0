"""Nasty histories of a ministry's website: an article keeps its id and nobody is told what did not happen.

``test_churn_edits.py`` has the other half: what did happen is found.
"""

from __future__ import annotations

import re
import shutil
from datetime import timedelta

import pytest

from demo.ministry import Reply
from demo.server import serve
from scrapers.items import Cause
from scrapers.sources import ArticleSelectors, ListingSelectors, Selectors
from storage.database import open_archive
from tests.churn import DAY, DAYONLY, DUTY, HOUR, MONEY, NOTICE, NOTICE2, PHOTOS, PUBLIC, Elsewhere, World

HTTPS = PUBLIC.replace("http://", "https://")
NEW_HOST = "https://thidu.gov.vn"
MERGED = "https://bothidu.chinhphu.vn"


def test_nothing_happens_for_a_month(world: World) -> None:
    with world.nobody_is_woken():
        world.wait_out()


def test_counters_tokens_and_the_time_of_day_differ_on_every_fetch(world: World) -> None:
    fetches = iter(range(10**6))
    world.ministry.in_pages(
        lambda text: text.replace("</body>", f"<p>Lượt truy cập: {next(fetches)}</p><i>{world.now:%H:%M}</i></body>")
    )

    with world.nobody_is_woken():
        world.wait_out()


@pytest.mark.parametrize("name", [HTTPS, NEW_HOST, MERGED], ids=["https", "without www", "another domain"])
def test_the_website_moves_and_its_old_name_sends_visitors_on(world: World, name: str) -> None:
    with serve(Elsewhere(world.served.url), "127.0.0.2") as left, world.nobody_is_woken():
        world.follow(world.served, public=name, left=left)
        world.wait_out()

    assert all(stored.article.url.startswith(name) for stored in world.articles())


@pytest.mark.parametrize("name", [HTTPS, NEW_HOST, MERGED], ids=["https", "without www", "another domain"])
def test_the_website_moves_and_its_old_name_is_dead(world: World, name: str) -> None:
    with serve(Elsewhere(), "127.0.0.2") as left, world.nobody_is_woken():
        world.follow(world.served, public=name, left=left)
        world.wait_out()


def test_the_website_moves_to_https_and_back_again(world: World) -> None:
    with serve(Elsewhere(world.served.url), "127.0.0.2") as left, world.nobody_is_woken():
        world.follow(world.served, public=HTTPS, left=left)
        world.look()
        world.follow(world.served, public=PUBLIC)
        world.names[left.url] = HTTPS
        world.wait_out()


def test_addresses_end_with_a_slash_from_now_on(world: World) -> None:
    plain = world.ministry.asks
    world.ministry.asks = lambda path: plain(path.replace(".html/", ".html"))
    world.ministry.in_pages(lambda text: text.replace('.html"', '.html/"').replace(".html<", ".html/<"))

    with world.nobody_is_woken():
        world.wait_out()


def test_links_carry_campaign_parameters(world: World) -> None:
    world.ministry.in_pages(lambda text: re.sub(r"\.html(?=[\"<])", ".html?utm_source=rss&amp;fbclid=Iw01", text))

    with world.nobody_is_woken():
        world.wait_out()


@pytest.mark.parametrize("form", [".html;jsessionid={}", ".html?PHPSESSID={}", ".html?sid={}"])
def test_links_carry_a_session(world: World, form: str) -> None:
    plain, sessions = world.ministry.asks, iter(range(10**6))
    world.ministry.asks = lambda path: plain(re.sub(r"\.html[;?].*", ".html", path))
    world.ministry.in_pages(lambda text: re.sub(r"\.html(?=[\"<])", form.format(f"0A1B2C{next(sessions):06X}"), text))

    with world.nobody_is_woken():
        world.wait_out()


def test_an_address_gets_another_slug_and_the_old_one_leads_to_it(world: World) -> None:
    world.ministry.move(MONEY, "ho-tro-ngu-dan-mien-trung")

    with world.nobody_is_woken():
        world.wait_out()


def test_an_address_gets_another_slug_and_the_old_one_is_dead(world: World) -> None:
    _die(world, "ho-tro-ngu-dan-khac-phuc-thiet-hai-sau-bao")
    world.ministry.move(MONEY, "ho-tro-ngu-dan-mien-trung")

    with world.nobody_is_woken():
        world.wait_out()


def test_the_list_is_shown_in_another_order(world: World) -> None:
    world.ministry.in_pages(_reordered)

    with world.nobody_is_woken():
        world.wait_out()


def test_an_old_article_is_pinned_on_top(world: World) -> None:
    row = re.compile(r"<li\b(?:(?!</li>).)*?/ban-hanh-thong-tu(?:(?!</li>).)*?</li>", re.DOTALL)
    plain = world.ministry.says

    def pinned(text: str) -> str:
        found = row.search(text)
        return text.replace('<ul class="', f'<ul class="">{found[0]}</ul><ul class="', 1) if found else text

    world.ministry.in_pages(pinned)
    with world.nobody_is_woken():
        world.wait_out()
    world.ministry.says = plain


def test_a_rebuilt_website_that_our_layout_does_not_know(world: World) -> None:
    world.ministry.relaunch()
    with world.nobody_is_woken():
        world.wait_out(days=3)
        world.ministry.restore()
        world.wait_out()


@pytest.mark.parametrize("redirects", [True, False], ids=["old addresses lead on", "old addresses are dead"])
def test_a_rebuilt_website_with_new_addresses_once_its_source_is_repaired(world: World, redirects: bool) -> None:
    world.ministry.asks, world.ministry.says = (lambda path: path), (lambda _, reply: reply)
    world.ministry.relaunch(addresses=True, redirects=redirects)
    before = world.feed()
    world.follow(world.served, layout="", selectors=REBUILT)

    world.wait_out(days=3)

    assert world.kinds() <= {"moved"}
    assert {stored.id for stored in world.articles()} == set(world.ids.values())
    assert {stored.state for stored in world.articles()} == {"present"}
    assert all("/tin/" in stored.article.url for stored in world.articles())
    assert world.feed() == before


REBUILT = Selectors(
    listing=ListingSelectors(row="li, article, .row, div", link="a[href*='/tin/']"),
    article=ArticleSelectors(),
)


def test_the_reader_is_taught_to_leave_something_out(world: World) -> None:
    with world.nobody_is_woken():
        world.follow(world.served, selectors=Selectors(article=ArticleSelectors(drop="p:last-of-type")))
        world.wait_out()

    assert {change.cause for change in world.told if change.kind == "revised"} <= {Cause.PARSER}


def test_the_website_lies_about_its_encoding_for_a_week(world: World) -> None:
    with world.nobody_is_woken():
        world.ministry.lie_about_encoding("windows-1252")
        world.wait_out(days=4)
        world.ministry.lie_about_encoding("utf-8")
        world.wait_out()


def test_pages_print_only_the_day_from_now_on(world: World) -> None:
    world.ministry.in_pages(lambda text: re.sub(r"(\d\d/\d\d/2026)(?: -)? \d\d:\d\d", r"\1", text))

    with world.nobody_is_woken():
        world.wait_out()


def test_other_news_around_an_article_is_no_edit_of_it(world: World) -> None:
    for _ in range(4):
        world.ministry.publish()
        world.look(3 * HOUR)

    assert world.edits() == []
    assert len(world.articles()) == len(world.ids) + 4


def test_a_hundred_bulletins_are_a_hundred_articles(world: World) -> None:
    world.ministry.flood(100)
    for _ in range(4):
        world.look()

    assert len(world.articles()) == len(world.ids) + 100
    assert world.edits() == []


@pytest.mark.parametrize("weather", ["outage", "waf", "captcha", "maintenance", "busy", "everything is 404", "login"])
def test_days_of_bad_weather_take_nothing_down(world: World, weather: str) -> None:
    with world.nobody_is_woken():
        _weather(world, weather)
        for hours in (1, 5, 26, 30, 30):
            world.look(timedelta(hours=hours))
        world.ministry.restore()
        world.look()


@pytest.mark.parametrize("weather", ["404", "410", "front page", "soft 404"])
def test_articles_alone_are_gone_for_two_days_because_a_database_is_down(world: World, weather: str) -> None:
    before, plain = world.feed(), world.ministry.says
    _articles_fail(world, weather)
    for hours in (1, 5, 26, 30, 30):
        world.look(timedelta(hours=hours))

    assert "withdrawn" not in world.kinds()
    world.ministry.says = plain
    world.wait_out()
    assert {stored.state for stored in world.articles()} == {"present"}
    assert world.feed() == before


def test_one_article_is_missed_twice_and_was_never_withdrawn(world: World) -> None:
    world.ministry.withdraw(DUTY)
    world.look(4 * DAY)
    world.look(2 * HOUR)
    world.ministry.republish(DUTY)
    world.wait_out()

    assert "withdrawn" not in world.kinds()
    assert world.article(DUTY).state == "present"


@pytest.mark.parametrize("jump", [-DAY, -40 * DAY, 400 * DAY], ids=["a day back", "weeks back", "a year ahead"])
def test_our_clock_jumps_and_is_set_right_again(world: World, jump: timedelta) -> None:
    right = world.now
    with world.nobody_is_woken():
        world.look(jump)
        world.look()
        world.now = right
        world.wait_out()


def test_a_visit_is_recorded_twice(world: World) -> None:
    world.ministry.edit(MONEY, old="3.500 tỷ", new="3.700 tỷ")
    world.look(4 * DAY)
    told = list(world.told)

    world.record(world.visits[-1])

    assert world.told == told * 2
    assert world.article(MONEY).versions == 2


def test_the_archive_is_restored_from_last_weeks_backup(world: World) -> None:
    world.db.execute("pragma wal_checkpoint(truncate)")
    shutil.copy(world.home / "bantin.db", world.home / "backup.db")
    world.wait_out(days=7)

    world.db.close()
    for leftover in world.home.glob("bantin.db*"):
        leftover.unlink()
    shutil.copy(world.home / "backup.db", world.home / "bantin.db")
    world.db = open_archive(world.home / "bantin.db")

    with world.nobody_is_woken():
        world.wait_out()


def test_two_ministries_merge_and_the_new_one_keeps_the_articles(world: World) -> None:
    before = world.feed()
    with serve(Elsewhere(world.served.url), "127.0.0.2") as left:
        world.follow(world.served, public=MERGED, left=left, slug="vn-bomoi", predecessor=("vn-thidu",))
        world.wait_out()

    assert world.kinds() <= {"moved"}
    assert {stored.id for stored in world.articles()} == set(world.ids.values())
    assert [entry for entry, _ in before] == [stored.id for stored in world.articles()]


def test_the_same_boilerplate_title_in_the_same_minute_stays_two_articles(world: World) -> None:
    minute = world.ministry.story(NOTICE).published
    world.ministry.edit(NOTICE2, published=minute)
    world.wait_out()

    assert world.ids[NOTICE] != world.ids[NOTICE2]
    assert {stored.id for stored in world.articles()} == set(world.ids.values())


def test_every_page_calls_the_front_page_its_own_address(world: World) -> None:
    world.ministry.in_pages(
        lambda text: re.sub(r'<link rel="canonical"[^>]*>', f'<link rel="canonical" href="{PUBLIC}/">', text)
    )

    with world.nobody_is_woken():
        world.wait_out()


def test_an_article_is_listed_in_a_second_section_under_a_second_address(world: World) -> None:
    plain = world.ministry.asks
    world.ministry.asks = lambda path: plain(path.replace("/chuyen-muc/", "/"))
    world.ministry.in_pages(
        lambda text: re.sub(r'href="([^"]*?)/(quy-dinh-moi[^"/]*\.html)"', r'href="\1/chuyen-muc/\2"', text)
    )

    with world.nobody_is_woken():
        world.wait_out()

    assert world.article(DUTY).versions == 1


def test_a_day_only_date_is_printed_with_a_time_later(world: World) -> None:
    world.ministry.edit(DAYONLY, day_only=False)
    world.wait_out()

    assert {stored.id for stored in world.articles()} == set(world.ids.values())
    assert world.kinds() <= {"revised"}


def test_pictures_are_served_from_another_host_under_signed_addresses(world: World) -> None:
    fetches = iter(range(10**6))
    world.ministry.in_pages(
        lambda text: re.sub(
            r'(src|data-src)="[^"]*(/images/[^"?]*)"',
            lambda found: f'{found[1]}="{PUBLIC}{found[2]}?w=1200&amp;token={next(fetches):x}"',
            text,
        )
    )

    with world.nobody_is_woken():
        world.wait_out()

    assert world.article(PHOTOS).versions == 1


def _die(world: World, slug: str) -> None:
    """Let an old address be answered with 404 instead of leading on."""
    plain = world.ministry.asks
    world.ministry.asks = lambda path: "/khong-co" if path.startswith(f"/{slug}") else plain(path)


def _reordered(text: str) -> str:
    """Turn the rows of a feed or a list upside down."""
    rows = re.findall(r"<item>.*?</item>", text, re.DOTALL)
    for old, new in zip(rows, [f"\0{place}" for place in range(len(rows))], strict=True):
        text = text.replace(old, new, 1)
    for place, row in enumerate(reversed(rows)):
        text = text.replace(f"\0{place}", row, 1)
    return text


def _weather(world: World, weather: str) -> None:
    ministry = world.ministry
    match weather:
        case "outage":
            ministry.outage()
        case "waf" | "captcha":
            ministry.block("waf" if weather == "waf" else "captcha")
        case "busy":
            ministry.fail(503)
        case "everything is 404":
            ministry.fail(404)
        case "maintenance":
            ministry.in_pages(
                lambda _: "<html><title>Bảo trì</title><h1>Hệ thống đang bảo trì, xin quay lại sau</h1></html>"
            )
        case "login":
            ministry.in_pages(
                lambda _: '<html><title>Đăng nhập</title><form><input type="password" name="p"></form></html>'
            )


def _articles_fail(world: World, weather: str) -> None:
    plain = world.ministry.says

    def says(path: str, reply: Reply) -> Reply:
        if not path.partition("?")[0].endswith(".html"):
            return plain(path, reply)
        return _failed(world, weather)

    world.ministry.says = says


def _failed(world: World, weather: str) -> Reply:
    if weather in ("404", "410"):
        return Reply(status=int(weather), headers={"content-type": "text/html"}, body=b"<h1>404</h1>")
    if weather == "front page":
        return Reply(status=302, headers={"location": f"{world.served.url}/"})
    page = "<html><title>Bộ Thí dụ</title><h1>Trang bạn tìm không tồn tại</h1></html>"
    return Reply(status=200, headers={"content-type": "text/html; charset=utf-8"}, body=page.encode())
