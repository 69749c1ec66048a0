"""What the make-believe ministry answers when it is asked directly, without sockets."""

import re
import unicodedata
from datetime import datetime, timedelta

import pytest

from demo.ministry import Ministry, Reply
from demo.routes import NEWEST
from demo.texts import ZONE, bulletin, coming, slugify

SITE = "http://ministry.test"
FIRST = 400001


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2023, 10, 1, 8, 0, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ministry(clock: Clock) -> Ministry:
    return Ministry(now=clock)


def get(ministry: Ministry, path: str, **headers: str) -> Reply:
    return ministry.answer(path, {name.replace("_", "-"): value for name, value in headers.items()}, site=SITE)


def path(ministry: Ministry, number: int) -> str:
    return ministry.address(number, "")


def page(ministry: Ministry, where: str) -> str:
    reply = get(ministry, where)
    assert reply.status == 200, where
    return reply.body.decode()


def test_has_the_first_page_and_enough_others_in_composed_letters(ministry: Ministry) -> None:
    assert len(ministry.stories) == 25
    assert ministry.stories[-1].byline == "Vụ Hợp tác quốc tế (Bộ TN&MT)"
    new = [coming(place, number=1, published=ministry.stories[0].published) for place in range(6)]
    for story in (*ministry.stories, *new):
        for text in (story.headline, story.lede, story.text, story.byline):
            assert unicodedata.is_normalized("NFC", text)


def test_every_address_it_prints_can_be_fetched(ministry: Ministry) -> None:
    seen: set[str] = set()
    todo = ["/", NEWEST, "/sitemap.xml", "/rss/home.rss", "/rss/moi-truong.rss"]
    while todo:
        where = todo.pop()
        if where in seen:
            continue
        seen.add(where)
        reply = get(ministry, where)
        assert reply.status == 200, where
        if re.search("html|xml|json", reply.headers["content-type"]):
            found = re.findall(rf"{SITE}(/[^\s\"<>]*)", reply.body.decode())
            found += re.findall(r"(?:src|href|data-api-url)=\"(/[^\"]+)\"", reply.body.decode())
            todo += found

    assert len([where for where in seen if where.endswith(".html")]) == 26
    assert any(where.endswith(".pdf") for where in seen)
    assert any("/images/" in where for where in seen)
    assert any("/api/getMoreArticle/" in where for where in seen)


def test_the_first_page_is_in_template_a_with_its_damaged_prefix_and_four_captions(ministry: Ministry) -> None:
    text = page(ministry, path(ministry, FIRST))

    assert '<b class="fixh22">(TN&amp;;MT) - Hội nghị' in text
    assert '<span class="c-detail-head__time">24/08/2023 15:52</span>' in text
    assert 'content="8/24/2023 3:52:00 PM"' in text
    assert "V&amp;#7909; H&amp;#7907;p" in text  # the byline's entities are escaped twice in the head
    assert len(re.findall(r"/images/2023/08/24/\dmm\.jpg", text.split("<article")[1])) == 4
    assert "suy giảm đa dạng sinh học./.</p>" in text
    assert text.count("Tăng cường hợp tác khu vực và quốc tế để giải quyết các thách thức môi trường và khí hậu") >= 2


def test_template_b_holds_headline_and_lede_inside_the_article(ministry: Ministry) -> None:
    story = next(story for story in ministry.stories if story.template == "B")

    inside = page(ministry, path(ministry, story.number)).split("<article", 1)[1]

    assert f'block-sc-title">{story.headline}</h1>' in inside
    assert "block-sc-sapo" in inside
    assert f"{story.published:%d/%m/%Y - %H:%M}" in inside


def test_an_article_known_by_its_day_prints_no_time(ministry: Ministry) -> None:
    story = next(story for story in ministry.stories if story.day_only)

    text = page(ministry, path(ministry, story.number))

    assert f'__time">{story.published:%d/%m/%Y}</span>' in text
    assert "article:published_time" not in text


def test_listing_pages_lead_to_every_article_newest_first(ministry: Ministry) -> None:
    text = page(ministry, NEWEST)
    numbers = [int(number) for number in re.findall(r'<li pid="(4\d+)"', text)]
    more = re.search(r'data-api-url="([^"]+)"', text)
    while more:
        text = page(ministry, more[1])
        numbers += [int(number) for number in re.findall(r'"PublisherId": (\d+)', text)]
        more = re.search(r"(/api\S+)", f"/api/getMoreArticle/channel_empty_{numbers[-1]}_0_0") if text != "[]" else None

    assert numbers == [story.number for story in ministry.stories]


def test_pages_differ_on_every_fetch_but_their_validators_do_not(ministry: Ministry, clock: Clock) -> None:
    first = get(ministry, path(ministry, FIRST))
    clock.time += timedelta(seconds=1)
    second = get(ministry, path(ministry, FIRST))

    assert first.body != second.body
    assert first.headers["etag"] == second.headers["etag"]
    assert first.headers["last-modified"] == second.headers["last-modified"]


@pytest.mark.parametrize("where", [NEWEST, "/rss/home.rss", "/sitemap.xml", "article"])
def test_known_validators_are_answered_with_304(ministry: Ministry, where: str) -> None:
    where = path(ministry, FIRST) if where == "article" else where
    reply = get(ministry, where)

    assert get(ministry, where, if_none_match=reply.headers["etag"]).status == 304
    assert get(ministry, where, if_modified_since=reply.headers["last-modified"]).status == 304
    assert get(ministry, where, if_none_match='"other"').status == 200
    assert get(ministry, where, if_modified_since="yesterday").status == 200
    assert get(ministry, where, if_none_match=reply.headers["etag"]).body == b""


def test_some_articles_have_no_validators(ministry: Ministry) -> None:
    number = min(ministry.unvalidated)

    reply = get(ministry, path(ministry, number))

    assert reply.status == 200
    assert "etag" not in reply.headers
    assert "last-modified" not in reply.headers


def test_a_new_article_changes_the_listing_but_no_other_article(ministry: Ministry, clock: Clock) -> None:
    article, listing = get(ministry, path(ministry, FIRST)), get(ministry, NEWEST)
    clock.time += timedelta(seconds=5)

    story = ministry.publish()

    assert ministry.stories[0] == story
    assert get(ministry, NEWEST, if_none_match=listing.headers["etag"]).status == 200
    assert get(ministry, NEWEST, if_modified_since=listing.headers["last-modified"]).status == 200
    assert get(ministry, path(ministry, FIRST), if_none_match=article.headers["etag"]).status == 304
    assert story.headline in page(ministry, "/rss/home.rss")


def test_prepared_articles_come_first_then_bulletins(ministry: Ministry) -> None:
    published = [ministry.publish() for _ in range(7)]

    assert len({story.number for story in published}) == 7
    assert published[0].headline.startswith("Công bố Báo cáo")
    assert published[6].headline.startswith("Bản tin quan trắc tự động số")
    assert len(ministry.flood(20)) == 20
    assert len(ministry.stories) == 52


def test_publishing_takes_other_words_or_a_whole_story(ministry: Ministry, clock: Clock) -> None:
    assert ministry.publish(headline="Tin đặc biệt").slug == "tin-dac-biet"
    assert ministry.publish(headline="Tin khác", slug="giu-nguyen").slug == "giu-nguyen"
    assert ministry.publish(bulletin(7, published=clock())).number == 7


def test_an_edit_changes_words_and_validators_but_not_the_address(ministry: Ministry, clock: Clock) -> None:
    before, where = get(ministry, path(ministry, 400006)), path(ministry, 400006)
    clock.time += timedelta(seconds=5)

    ministry.edit(400006, old="54%", new="57%")

    after = get(ministry, where, if_none_match=before.headers.get("etag", ""))
    assert after.status == 200
    assert "đạt 57% dung tích" in after.body.decode()
    assert path(ministry, 400006) == where


def test_an_edit_that_changes_nothing_is_a_mistake(ministry: Ministry) -> None:
    with pytest.raises(ValueError, match="400006 would not change"):
        ministry.edit(400006, old="không có chữ này", new="x")


def test_a_withdrawn_article_is_gone_everywhere_until_it_is_republished(ministry: Ministry) -> None:
    number = ministry.stories[0].number
    where = path(ministry, number)

    ministry.withdraw(number, status=410)

    assert get(ministry, where).status == 410
    for place in (NEWEST, "/rss/home.rss"):
        assert str(number) not in page(ministry, place)
    ministry.republish(number)
    assert get(ministry, where).status == 200


def test_a_moved_article_redirects_from_its_old_address(ministry: Ministry) -> None:
    old = path(ministry, FIRST)

    ministry.move(FIRST, "Địa chỉ mới")

    reply = get(ministry, old)
    assert reply.status == 301
    assert reply.headers["location"] == f"{SITE}/dia-chi-moi-400001.html"
    assert get(ministry, "/dia-chi-moi-400001.html").status == 200


def test_a_relaunch_has_the_same_news_in_other_markup(ministry: Ministry) -> None:
    ministry.relaunch()

    text = page(ministry, path(ministry, FIRST))
    listing = page(ministry, NEWEST)

    assert "Hội nghị Bộ trưởng Môi trường ASEAN" in text
    for sign in ("c-detail-head", "onecms", "b-grid", "entry"):
        assert sign not in text + listing


@pytest.mark.parametrize(("redirects", "status"), [(True, 301), (False, 404)])
def test_a_relaunch_may_change_addresses_too(ministry: Ministry, redirects: bool, status: int) -> None:
    old = path(ministry, FIRST)

    ministry.relaunch(addresses=True, redirects=redirects)

    assert get(ministry, old).status == status
    assert path(ministry, FIRST).startswith("/tin/400001/")
    assert get(ministry, path(ministry, FIRST)).status == 200
    ministry.restore()
    assert get(ministry, old).status == 200


def test_a_firewall_blocks_with_403_or_asks_for_a_captcha(ministry: Ministry) -> None:
    ministry.block()
    refused = get(ministry, NEWEST)
    ministry.block("captcha")
    asked = get(ministry, NEWEST)

    assert (refused.status, asked.status) == (403, 200)
    assert b"firewall" in refused.body
    assert b"captcha" in asked.body


def test_a_fault_may_concern_some_paths_and_some_requests_only(ministry: Ministry) -> None:
    ministry.fail(503, retry_after="2", only=r"^/rss/", times=1)

    assert get(ministry, NEWEST).status == 200
    failed = get(ministry, "/rss/home.rss")
    assert (failed.status, failed.headers["retry-after"]) == (503, "2")
    assert get(ministry, "/rss/home.rss").status == 200


@pytest.mark.parametrize(("fault", "manner"), [("outage", "drop"), ("hang", "hang"), ("truncate", "truncate")])
def test_connections_can_break(ministry: Ministry, fault: str, manner: str) -> None:
    getattr(ministry, fault)()

    assert get(ministry, NEWEST).manner == manner
    ministry.restore()
    assert get(ministry, NEWEST).manner == "whole"


def test_a_stall_delays_a_right_answer(ministry: Ministry) -> None:
    ministry.stall(0.5)

    reply = get(ministry, NEWEST)

    assert (reply.status, reply.wait) == (200, 0.5)


def test_it_can_lie_about_its_encoding(ministry: Ministry) -> None:
    ministry.lie_about_encoding()
    article, feed = get(ministry, path(ministry, FIRST)), get(ministry, "/rss/home.rss")

    assert article.headers["content-type"] == "text/html; charset=windows-1252"
    assert b'<meta charset="windows-1252">' in article.body
    assert "Tăng cường hợp tác" in article.body.decode("utf-8")
    assert feed.body.startswith(b'<?xml version="1.0" encoding="windows-1252"?>')

    ministry.lie_about_encoding("utf-8", written="utf-16")
    assert "Tăng cường" in get(ministry, path(ministry, FIRST)).body.decode("utf-16")


@pytest.mark.parametrize(
    "where",
    [
        "/khong-co-trang-nay",
        "/khong-co-bai-nay-499999.html",
        "/tu-khoa/khong-co",
        "/rss/khong-co.rss",
        "/sitemap-article-1999-01-01.xml",
        "/api/getMoreArticle/channel_empty_1_99_0",
        "/images/2023/08/24/nobody.jpg",
        "/files/2023/08/24/nobody.pdf",
    ],
)
def test_what_is_not_there_is_404(ministry: Ministry, where: str) -> None:
    assert get(ministry, where).status == 404


def test_an_unknown_cursor_has_no_rows(ministry: Ministry) -> None:
    assert get(ministry, "/api/getMoreArticle/channel_empty_1_0_0").body == b"[]"


def test_a_sitemap_says_publication_plus_a_second(ministry: Ministry) -> None:
    text = page(ministry, "/sitemap-article-2023-08-24.xml")

    assert "<lastmod>2023-08-24T15:52:01+07:00</lastmod>" in text
    assert text.count("<image:loc>") == 4


def test_slugs_are_ascii() -> None:
    assert slugify("Đất đai: “Ổn định” & phát triển") == "dat-dai-on-dinh-phat-trien"


def test_a_ministry_may_begin_empty(clock: Clock) -> None:
    ministry = Ministry(stories=[], now=clock)

    assert get(ministry, NEWEST).status == 200
    assert ministry.publish().number == FIRST


def test_a_paper_is_swapped_without_a_word(ministry: Ministry) -> None:
    where = "/files/2023/08/24/thong-tu-12-2023-tt-btd.pdf"
    article = get(ministry, path(ministry, FIRST))
    before = get(ministry, where)

    ministry.swap("thong-tu-12-2023-tt-btd.pdf")

    after = get(ministry, where, **{"if-none-match": before.headers["etag"]})
    assert (before.status, after.status) == (200, 200)
    assert before.body != after.body
    assert get(ministry, path(ministry, FIRST)).headers.get("etag") == article.headers.get("etag")
