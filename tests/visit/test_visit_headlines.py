"""A page without a headline of its own: the entrance that led to it has seen one."""

from datetime import UTC, datetime

from msgspec.structs import replace

from scrapers.items import Headline, Moment
from scrapers.sources import Selectors
from scrapers.walk import together
from tests.visit.sites import _FILLER, Page, article, listing, source


def test_the_listings_words_stand_in_and_say_so(site, look):
    bare = Page(f'<html><body><div class="body"><p>{_FILLER}</p></div></body></html>'.encode())
    site.pages |= {"/tin/1": bare, "/tin-tuc": listing(("/tin/1", "Công bố kế hoạch năm"))}

    (read,) = look(source(site)).readings

    assert read.article.headline == "Công bố kế hoạch năm"
    assert next((why.rule, why.grade) for why in read.article.passport if why.field == "headline") == (
        "entrance: the title shown for it",
        "B",
    )


def test_a_page_nobody_has_a_headline_for_is_told_and_not_recorded(site, look):
    bare = Page(f'<html><body><div class="body"><p>{_FILLER}</p></div></body></html>'.encode())
    site.pages |= {
        "/tin/1": bare,
        "/tin/2": article("Tin thứ hai"),
        "/tin-tuc": listing(("/tin/2", "Tin thứ hai"), ("/tin/1", "")),
    }

    visit = look(source(site))

    assert [read.article.headline for read in visit.readings] == ["Tin thứ hai"]
    assert all("headline" in trouble.message for trouble in visit.troubles)


def test_the_listings_words_choose_among_a_pages_headings(site, look):
    headings = "<h1>Hoạt động của lãnh đạo Bộ</h1><h2>Chuyên trang phòng chống thiên tai</h2><h4>Kiểm tra hồ chứa</h4>"
    page = Page(f'<html><body>{headings}<div class="body"><p>{_FILLER}</p></div></body></html>'.encode())
    site.pages |= {"/tin/1": page, "/tin-tuc": listing(("/tin/1", "Kiểm tra hồ chứa"))}
    rows = source(site).selectors.listing

    (read,) = look(replace(source(site), selectors=Selectors(listing=rows))).readings

    assert read.article.headline == "Kiểm tra hồ chứa"
    assert next(why.grade for why in read.article.passport if why.field == "headline") == "A"


def test_rows_that_lead_to_one_address_are_taken_together():
    moment = Moment(at=datetime(2026, 9, 5, tzinfo=UTC), precision="day")
    cut = Headline(url="https://a.example.org/1", title="Kiểm tra toàn bộ hồ chứa trước mùa…", published=moment)
    whole = Headline(url="https://a.example.org/1", title="Kiểm tra hồ chứa", summary="Trước mùa mưa", section="Tin")

    both = [together(cut, whole), together(whole, cut)]

    assert [(one.title, one.published, one.summary, one.section) for one in both] == [
        ("Kiểm tra hồ chứa", moment, "Trước mùa mưa", "Tin")
    ] * 2
