"""A page without a headline of its own: the entrance that led to it has seen one."""

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
