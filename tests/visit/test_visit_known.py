"""How known articles are looked at again."""

import pytest

from scrapers.items import Known, Memory
from scrapers.sources import Entrance
from tests.visit.sites import Page, Site, article, listing, publish, redirect, remember, source, statuses


def test_title_that_changed_in_the_listing_makes_the_article_be_read_again(site, look):
    publish(site, 2, 1)
    first = look(source(site))
    site.pages["/tin-tuc"] = listing(("/tin/2", "Tin số 2 (sửa)"), ("/tin/1", "Tin số 1"))
    site.forget()

    visit = look(source(site), remember(first))

    # Without a condition: the title says that it changed, whatever its validators say.
    assert [(asked.path, asked.headers.get("if-none-match")) for asked in site.asked[-1:]] == [("/tin/2", None)]
    assert [reading.article.url for reading in visit.readings] == [f"{site.url}/tin/2"]
    assert len(visit.sightings) == 2


@pytest.mark.parametrize("title", [" Tin  số 1 ", "Tin số...", "Tin số …", "", "Tin sô\u0301 1"])
def test_title_that_says_the_same_changes_nothing(site, look, title):
    publish(site, 1)
    first = look(source(site))
    site.pages["/tin-tuc"] = listing(("/tin/1", title))
    site.forget()

    look(source(site), remember(first))

    assert site.paths == ["/tin-tuc"]


def test_title_one_entrance_still_shows_did_not_change(site, look):
    publish(site, 1)
    memory = remember(look(source(site)))
    site.pages["/nong"] = listing(("/tin/1", "Tin ngắn"))
    site.pages["/moi"] = listing(("/tin/1", "Tin số 1"))
    site.forget()

    look(source(site, entrances=[Entrance(kind="listing", url=site.url + path) for path in ("/nong", "/moi")]), memory)

    assert site.paths == ["/nong", "/moi"]


def test_changed_title_nobody_could_look_into_is_not_told_as_seen(site, look):
    publish(site, 2, 1)
    memory = remember(look(source(site)))
    site.pages["/tin-tuc"] = listing(("/tin/2", "Tin số 2 (sửa)"), ("/tin/1", "Tin số 1"))
    site.pages["/tin/2"] = Page(status=500)

    visit = look(source(site), memory)

    assert [sighting.headline.title for sighting in visit.sightings] == ["Tin số 1"]
    assert "500" in visit.troubles[0].message


def test_due_article_that_did_not_change_is_unchanged(site, look):
    memory = _due(site, look)

    visit = look(source(site), memory)

    assert statuses(visit, "article") == [("/tin/1", 304)]
    assert visit.unchanged == (f"{site.url}/tin/1",)
    assert (visit.readings, visit.evidence, visit.troubles) == ((), (), ())


def test_due_article_that_changed_is_read(site, look):
    memory = _due(site, look)
    site.pages["/tin/1"] = article("Tin số 1", "Nội dung đã sửa.")

    visit = look(source(site), memory)

    assert "Nội dung đã sửa." in visit.readings[0].article.body_text
    assert visit.evidence[0].sha256 == visit.readings[0].sha256


@pytest.mark.parametrize("status", [404, 410])
def test_due_article_that_is_not_there_is_gone(site, look, status):
    memory = _due(site, look)
    site.pages["/tin/1"] = Page(status=status)

    visit = look(source(site), memory)

    assert visit.gone == (f"{site.url}/tin/1",)
    assert visit.troubles == ()


def test_due_article_that_moved_is_read_where_it_is_now(site, look):
    memory = _due(site, look)
    site.pages["/tin/1"] = redirect("/moi/1", 301)
    site.pages["/moi/1"] = article("Tin số 1")

    visit = look(source(site), memory)

    assert visit.moved == ((f"{site.url}/tin/1", f"{site.url}/moi/1"),)
    assert visit.readings[0].article.url == f"{site.url}/moi/1"


def test_due_article_that_may_not_be_fetched_is_trouble_not_gone(site, look):
    memory = _due(site, look)
    site.pages["/tin/1"] = Page(status=403)

    visit = look(source(site), memory)

    assert (visit.gone, visit.readings) == ((), ())
    assert visit.troubles[0].kind == "http"


def test_due_article_forbidden_for_good_is_trouble(site, look):
    memory = _due(site, look)
    site.pages["/tin/1"] = redirect("http://other.example/")

    visit = look(source(site), memory)

    assert "other.example" in visit.troubles[0].message


def test_no_more_second_looks_than_allowed(site, look):
    publish(site, 3, 2, 1)
    memory = remember(look(source(site)))
    memory = Memory(source=memory.source, known=memory.known, entrances=memory.entrances, due=memory.known)
    site.forget()

    look(source(site, second_looks=2), memory)

    assert len(site.paths) == 3


def _due(site: Site, look) -> Memory:
    """The site has one article, the archive knows it, and it is due."""
    publish(site, 1)
    memory = remember(look(source(site)))
    (known,) = memory.known
    assert isinstance(known, Known)
    site.forget()
    return Memory(source=memory.source, known=memory.known, entrances=memory.entrances, due=(known,))
