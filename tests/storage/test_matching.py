"""What makes a page at a new address a known article, and what tells two pages apart that are much alike."""

from datetime import timedelta
from typing import Any

import pytest

from scrapers.items import Article, Attachment, Citation
from storage.articles import find, latest
from storage.keys import key, serial
from storage.likeness import differing_place
from storage.matches import addresses_of
from storage.sources import sync
from tests.storage.conftest import Archive
from tests.storage.making import HOME, NOON, article, moment, source, url, visit

LATER = NOON + timedelta(days=1)
ONE, TWO = f"{HOME}a/mot", f"{HOME}b/hai"
LONG = (
    "Sáng ngày 2/3, tại Hà Nội, Bộ trưởng Nguyễn Văn An chủ trì hội nghị toàn quốc về bảo vệ môi trường. Tham dự hội nghị có "
    "đại diện các bộ, ngành, địa phương cùng nhiều chuyên gia trong và ngoài nước. Hội nghị nghe báo cáo về 12 nhiệm vụ "
    "trọng tâm, kinh phí dự kiến là 350 tỷ đồng, và thống nhất giao Cục Môi trường chủ trì xây dựng kế hoạch hành động."
)


def told(address: str = ONE, **details: Any) -> Article:
    """Return an article of some length at an address that says nothing about it."""
    fields = {"url": address, "canonical_url": "", "lede": "", "body_text": LONG, "images": (), "section": ""}
    return article(1, **{**fields, **details})


def met(archive: Archive, first: Article, second: Article, **details: Any) -> list[str]:
    """Return what a second visit changes when it reads the second page."""
    archive.record(visit(first))
    return archive.kinds(visit(second, at=LATER, **details))


def keys_of(archive: Archive, address: str) -> tuple[str, ...]:
    """Return the keys that agreed when this address was matched."""
    [row] = archive.db.query("select by from matches where key = ?", [key(address)])
    return tuple(row["by"].split(", "))


# -- one article ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        ";jsessionid=AB12.node1",
        "?PHPSESSID=7c1f0e9b2a4d5e6f",
        "?sid=7c1f0e9b2a4d",
        "?utm_campaign=x&_hsenc=p2&mtm_source=y",
        "/",
        "/index.html",
        "#noi-dung",
    ],
)
def test_session_ids_and_counters_are_no_part_of_an_address(archive: Archive, address: str) -> None:
    assert met(archive, told(), told(f"{ONE}{address}")) == []
    assert archive.count("articles") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.vn/(S(lit3py55t21z5v55vlm25s55))/Pages/Tin.aspx?ItemID=5", "http://a.vn/pages/tin.aspx?ItemID=5"),
        ("https://a.vn/(X(1)S(0abc))/tin.aspx", "https://a.vn/tin.aspx"),
        ("https://a.vn/(lit3py55t21z5v55vlm25s55)/tin.aspx", "https://a.vn/tin.aspx"),
        ("https://a.vn/tin;sid=ab12cd;v=1/x", "https://a.vn/tin;v=1/x"),
        ("https://a.vn/sessionid=77aa/tin", "https://a.vn/tin"),
        ("https://a.vn/tin?b=2&a=1&ASP.NET_SessionId=xyz", "https://www.a.vn/tin/?a=1&b=2"),
        ("https://a.vn//tin//x?_=1700000000", "https://a.vn/tin/x"),
    ],
)
def test_these_are_one_address(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.vn/article.php?sid=512", "https://a.vn/article.php?sid=513"),
        ("https://a.vn/tin?id=1", "https://a.vn/tin?id=2"),
        ("https://a.vn/Tin/aBc", "https://a.vn/Tin/abC"),
    ],
)
def test_these_are_two_addresses(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://a.vn/index.php?option=com_content&view=article&id=123:slug&catid=8&Itemid=101", "123"),
        ("https://a.vn/57-tin-moi.html", "57"),
        ("https://a.vn/tin/20511/slug-cua-bai", "20511"),
        ("https://a.vn/?p=12", "12"),
        ("https://a.vn/2024/03/15/slug", None),
        ("https://a.vn/ke-hoach-2024", None),
        ("https://a.vn/tin?a_id=7&b_id=8", None),
    ],
)
def test_numbers_stand_where_content_systems_put_them(address: str, number: str | None) -> None:
    assert serial(address) == number


def test_an_address_with_a_session_in_it_is_kept_without(archive: Archive) -> None:
    for visitor in ("aa11", "bb22", "cc33"):
        archive.record(visit(told(f"{ONE};jsessionid={visitor}")))

    assert [row["url"] for row in archive.db.query("select url from addresses")] == [ONE]
    assert archive.count("matches") == 0


def test_a_query_turned_into_a_pretty_address_is_the_same_article(archive: Archive) -> None:
    old, new = f"{HOME}index.php?id=571", f"{HOME}tin/571-hoi-nghi-toan-quoc.html"

    assert met(archive, told(old), told(new, published=moment(9), headline="Hội nghị về môi trường")) == [
        "moved",
        "revised",
    ]
    assert keys_of(archive, new) == ("number in the address", "words")


def test_a_title_and_a_slug_that_change_at_the_same_number_are_the_same_article(archive: Archive) -> None:
    day = moment(precision="day")
    old, new = f"{HOME}tin/hoi-nghi-khai-mac-363363.html", f"{HOME}tin/hoi-nghi-be-mac-363363.html"
    edited = told(new, headline="Bế mạc hội nghị", published=day, body_text="Chiều nay hội nghị đã bế mạc.")

    assert met(archive, told(old, headline="Khai mạc hội nghị", published=day), edited) == ["moved", "revised"]


def test_a_bare_day_and_the_same_words_are_proof_after_a_relaunch(archive: Archive) -> None:
    first, moved = told(published=moment(precision="day")), told(TWO, published=moment(precision="day"))

    assert met(archive, first, moved) == ["moved"]
    assert keys_of(archive, TWO) == ("headline", "day", "words")


def test_a_relaunch_that_loses_the_minute_or_the_date_loses_no_article(archive: Archive) -> None:
    archive.record(visit(told()))

    assert archive.kinds(visit(told(TWO, published=moment(-1, precision="day")), at=LATER)) == ["moved"]
    assert archive.kinds(visit(told(f"{HOME}c", published=None), at=LATER)) == ["moved"]


def test_a_date_that_is_mended_on_the_way_is_no_other_article(archive: Archive) -> None:
    assert met(archive, told(), told(TWO, published=moment(-30))) == ["moved", "revised"]


def test_the_same_words_months_later_are_a_repetition(archive: Archive) -> None:
    again = told(TWO, published=moment(24 * 60))

    assert met(archive, told(), again) == ["new"]


def test_the_same_words_months_later_are_the_article_when_its_page_is_gone(archive: Archive) -> None:
    imported = told(TWO, published=moment(24 * 60))

    assert met(archive, told(), imported, gone=(ONE,)) == ["moved", "revised"]


def test_a_rewritten_headline_at_a_new_address_is_known_by_the_words_and_the_date(archive: Archive) -> None:
    first = told(headline="Bộ trưởng chủ trì hội nghị môi trường")
    moved = told(TWO, headline="Bộ trưởng chủ trì hội nghị toàn quốc về môi trường")

    assert met(archive, first, moved) == ["moved", "revised"]
    assert keys_of(archive, TWO) == ("minute", "words")


def test_words_that_several_articles_have_recognise_none(archive: Archive) -> None:
    plain = "Vui lòng bật JavaScript để xem nội dung này. " * 8
    archive.record(visit(*(told(f"{HOME}{name}", headline=f"Tin {name} hôm nay", body_text=plain) for name in "ab")))

    assert archive.kinds(visit(told(f"{HOME}c", headline="Tin c hôm nay", body_text=plain), at=LATER)) == ["new"]


def test_a_page_that_answers_somewhere_else_under_another_host_and_source_keeps_its_id(archive: Archive) -> None:
    sync(archive.db, [source("vn-old"), source("vn-new", predecessor=("vn-old",))], now=NOON)
    archive.record(visit(told(), slug="vn-old"))
    moved = told("http://moi.gov.vn/chuyen-muc/tin", published=moment(-1, precision="day"))

    assert archive.kinds(visit(moved, slug="vn-new", at=LATER)) == ["moved"]
    [stored] = latest(archive.db)
    assert [one.url for one in addresses_of(archive.db, stored.number)] == [ONE, "http://moi.gov.vn/chuyen-muc/tin"]


def test_a_redirect_with_the_same_words_needs_neither_headline_nor_date(archive: Archive) -> None:
    moved = told(TWO, headline="Tin", published=None)

    assert met(archive, told(), moved, moved=((ONE, TWO),)) == ["moved", "revised"]


# -- two articles -----------------------------------------------------------------------------------------------------


def schedule(address: str, week: int, **details: Any) -> Article:
    days = " ".join(
        f"Thứ {day}, ngày {7 * week + day}/3: họp giao ban, tiếp công dân tại trụ sở." for day in range(2, 7)
    )
    return told(address, headline="Lịch công tác tuần của lãnh đạo Bộ", body_text=f"Tuần {week}. {days}", **details)


@pytest.mark.parametrize("published", [moment(-1), moment(precision="day"), None])
def test_two_weekly_schedules_are_two_articles(archive: Archive, published: Any) -> None:
    first, second = (schedule(f"{HOME}{week}", week, published=published) for week in (1, 2))

    assert met(archive, first, second) == ["new"]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [("350 tỷ", "530 tỷ"), ("ngày 2/3", "ngày 9/3"), ("Nguyễn Văn An", "Trần Thị Bình"), ("12 nhiệm", "13 nhiệm")],
)
def test_notices_that_differ_in_a_number_a_date_or_a_name_are_two_articles(
    archive: Archive, mine: str, theirs: str
) -> None:
    assert met(archive, told(), told(TWO, body_text=LONG.replace(mine, theirs))) == ["new"]


def test_they_are_one_when_the_old_page_is_gone(archive: Archive) -> None:
    corrected = told(TWO, body_text=LONG.replace("350 tỷ", "530 tỷ"))

    assert met(archive, told(), corrected, gone=(ONE,)) == ["moved", "revised"]
    assert "old page gone" in keys_of(archive, TWO)


def test_a_mended_accent_a_counter_or_a_word_more_tell_nothing_apart(archive: Archive) -> None:
    first = told(body_text=f"{LONG} Lượt xem: 120")
    moved = told(TWO, body_text=f"{LONG.replace('Nguyễn', 'Nguyển')} Xin mời theo dõi. Lượt xem: 4500")

    assert met(archive, first, moved) == ["moved", "revised"]


@pytest.mark.parametrize("headline", ["Thông báo", "Thông cáo báo chí", "Press release", "Lịch công tác tuần"])
def test_boilerplate_headlines_never_merge_on_their_own(archive: Archive, headline: str) -> None:
    first = told(headline=headline)
    second = told(TWO, headline=headline, body_text=" ".join(LONG.split()[:50]) + " Những điều khác thì nói ở dưới.")

    assert met(archive, first, second) == ["new"]


def test_a_headline_that_several_articles_bear_is_boilerplate_however_long(archive: Archive) -> None:
    headline = "Thông báo kết luận của Thứ trưởng tại cuộc họp giao ban"
    bodies = [" ".join(f"{place}{name}" for place in range(60)) for name in "abc"]
    known = [told(f"{HOME}{place}", headline=headline, body_text=bodies[place]) for place in (0, 1)]
    archive.record(visit(*known))
    nearly = bodies[0].split()[:54]
    third = told(
        f"{HOME}2", headline=headline, body_text=" ".join([*nearly, *["rất", "khác", "hẳn", "trước", "đây", "nhé"]])
    )

    assert archive.kinds(visit(third, at=LATER)) == ["new"]


def test_a_redirect_from_one_schedule_to_the_next_makes_them_not_one(archive: Archive) -> None:
    first = schedule(ONE, 1, published=moment(-200))
    second = schedule(TWO, 2, published=moment(-1))
    archive.record(visit(schedule(f"{HOME}0", 0, published=moment(-400)), first))

    assert archive.kinds(visit(second, at=LATER, moved=((ONE, TWO),))) == ["new"]


# -- official documents -----------------------------------------------------------------------------------------------

NUMBER = "15/2025/TT-BTC"


def circular(address: str, *, headline: str = f"Thông tư số {NUMBER} quy định về giá", **details: Any) -> Article:
    start = headline.find(NUMBER)
    place = Citation(number=NUMBER, printed=NUMBER, scheme="vn", kind="Thông tư", field="headline", start=start)
    fields = {"headline": headline, "documents": (NUMBER,), "citations": (place,), "published": moment(-24 * 90)}
    return told(address, **{**fields, **details})


def test_a_circular_is_the_same_under_another_headline_and_date(archive: Archive) -> None:
    again = circular(TWO, headline=f"Thông tư {NUMBER} của Bộ Tài chính quy định về giá", published=moment(-1))

    assert met(archive, circular(ONE), again) == ["moved", "revised"]
    assert keys_of(archive, TWO)[0] == "official number"


def test_news_that_cites_a_circular_is_not_the_circular(archive: Archive) -> None:
    archive.record(visit(circular(ONE)))
    news = circular(TWO, headline=f"Những điểm mới của Thông tư {NUMBER}", published=moment(-1))
    old = circular(f"{HOME}c", headline=f"Góp ý cho Thông tư {NUMBER}", published=moment(-2))

    assert archive.kinds(visit(news, old, at=LATER)) == ["new", "new"]


def test_a_notice_is_the_document_that_hangs_on_it(archive: Archive) -> None:
    place = Citation(number=NUMBER, printed="15-2025-tt-btc", scheme="vn", field="attachments", start=0)
    parts = {"documents": (NUMBER,), "citations": (place,), "body_text": "Xem văn bản kèm theo."}
    file = Attachment(url=f"{HOME}15-2025-tt-btc.pdf", title="Toàn văn")
    first = told(headline="Quy định về giá", attachments=(file,), published=moment(-900), **parts)
    again = told(TWO, headline="Ban hành quy định về giá", attachments=(file,), published=moment(-1), **parts)

    assert met(archive, first, again) == ["moved", "revised"]


# -- the reasons ------------------------------------------------------------------------------------------------------


def test_each_match_says_why(archive: Archive) -> None:
    archive.record(visit(told()))
    archive.record(visit(told(TWO), at=LATER, moved=((ONE, TWO),)))

    [row] = archive.db.query("select * from matches")
    assert (row["article"], row["url"], row["source"]) == (1, TWO, "vn-example")
    assert row["by"] == "redirect, headline, minute, words"
    assert row["why"] == (
        f"The address {ONE} redirects to {TWO}; the headline is the same; both are of 2026-03-02T11:00:00+07:00; "
        "all of the words are the same."
    )
    assert archive.kinds(visit(told(TWO), at=LATER + timedelta(hours=1))) == []
    assert archive.count("matches") == 1


def test_an_address_in_another_writing_and_one_that_led_there_have_their_reasons_too(archive: Archive) -> None:
    archive.record(visit(told()))
    archive.record(
        visit(told(ONE.replace("https", "http")), at=LATER, moved=((f"{HOME}s/1", ONE.replace("https", "http")),))
    )

    found = addresses_of(archive.db, find(archive.db, ONE).number)
    assert [(one.url, [match.by for match in one.matches]) for one in found] == [
        (ONE, []),
        (ONE.replace("https", "http"), [("address",)]),
        (f"{HOME}s/1", [("led to it",)]),
    ]


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        ("họp lúc 08 giờ", "họp lúc 8 giờ", None),
        ("họp lúc 8 giờ", "họp lúc 9 giờ", ("8", "9")),
        ("Theo ông An nói", "Theo bà Bình nói", ("ông An", "bà Bình")),
        ("Sáng nay họp", "Chiều nay họp", None),
        ("gói thầu số 5", "gói thầu số 5 và 6", None),
        ("cập nhật 15:30", "cập nhật 16:45", None),
    ],
)
def test_what_tells_texts_apart(one: str, other: str, place: tuple[str, str] | None) -> None:
    assert differing_place([one], [other]) == place
    assert url(1)
