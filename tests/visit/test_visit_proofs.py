"""What proves that a known article is not there any more, and what only looks like it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from scrapers.items import Memory, Verdict, Visit
from scrapers.observations import Canary, Standing
from scrapers.sources import Selectors
from tests.visit.sites import Page, Site, article, listing, publish, redirect, remember, source

MENU = "".join(f'<li class="muc"><a href="/muc/{word}">Chuyên mục {word}</a></li>' for word in "abcdefghijklmnopqrst")
SIDE = "".join(f"<p class='ben'>Tin đọc nhiều {word}: công tác {word} của ngành trong quý này</p>" for word in "uvwxyz")
BOX = "".join(f"<p class='tin'>Văn bản chỉ đạo điều hành {word} vừa ban hành</p>" for word in "abcdefgh")


def page(heading: str, text: str, *, title: str = "Cổng thông tin", **details: object) -> Page:
    """A page with much around its text, as pages of ministries have it."""
    return Page(
        f"<html><head><title>{title}</title></head><body><ul>{MENU}</ul><h1>{heading}</h1>"
        f'<div class="body"><p>{text}</p></div><div>{SIDE}{BOX}</div></body></html>'.encode(),
        **details,  # type: ignore[arg-type]
    )


def sorry(path: str) -> Page:
    """What a website shows for addresses it does not know: no word that anybody could know beforehand."""
    return page("Ối!", f"Hình như bạn lạc đường rồi. Bạn đã gõ {path} phải không?", validates=False)


@pytest.fixture
def memory(site: Site, look) -> Memory:
    """Three articles, of which the first is to be looked at again."""
    publish(site, 3, 2, 1)
    known = remember(look(source(site)))
    return replace(known, due=tuple(one for one in known.known if one.url.endswith("/1")))


def proofs(visit: Visit) -> list[tuple[str, str, bool]]:
    """Path, proof and whether it counts, of each absence."""
    return [("/" + absence.url.split("/", 3)[3], absence.proof, not absence.doubt) for absence in visit.absences]


def made_up(site: Site) -> list[str]:
    return [path for path in site.paths if path not in site.pages]


@pytest.mark.parametrize("status", [404, 410])
def test_status_is_a_proof_and_the_answer_is_kept(site, look, memory, status):
    site.pages["/tin/1"] = page("Xin lỗi", "Không có trang này.", status=status)

    visit = look(source(site), memory)

    (absence,) = visit.absences
    (kept,) = [kept for kept in visit.evidence if kept.sha256 == absence.sha256]
    assert proofs(visit) == [("/tin/1", str(status), True)]
    assert (kept.status, kept.url, absence.status) == (status, absence.url, status)
    assert visit.gone == (absence.url,)


def test_page_like_that_of_an_address_that_never_was_is_a_proof(site, look, memory):
    site.unknown = sorry
    site.pages["/tin/1"] = lambda: sorry("/tin/1")

    visit = look(source(site), memory)

    (canary,) = visit.canaries
    assert proofs(visit) == [("/tin/1", "soft 404", True)]
    assert canary.url in visit.absences[0].why
    assert (canary.host, canary.status) == ("127.0.0.1", 200)
    assert [exchange.url for exchange in visit.exchanges if exchange.purpose == "canary"] == [canary.url]
    assert (visit.readings, visit.troubles) == ((), ())


def test_made_up_address_is_asked_for_once_and_only_on_suspicion(site, look, memory):
    site.forget()
    look(source(site), memory)
    assert made_up(site) == []

    site.unknown = sorry
    site.pages["/tin/1"] = site.pages["/tin/2"] = lambda: sorry("/tin")
    due = tuple(memory.known[:2])
    visit = look(source(site), replace(memory, due=due))
    assert len(made_up(site)) == 1

    site.forget()
    look(source(site), replace(memory, due=due, canaries=visit.canaries))
    assert made_up(site) == []
    yesterday = replace(visit.canaries[0], fetched=datetime.now(UTC) - timedelta(hours=25))
    look(source(site), replace(memory, due=due, canaries=(yesterday,)))
    assert len(made_up(site)) == 1


def test_robots_txt_holds_for_made_up_addresses(site, look, memory):
    publish(site, 3, 2, 1)
    site.unknown = sorry
    site.pages["/tin/1"] = lambda: sorry("/tin/1")
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /tin/9", media="text/plain")
    site.forget()

    visit = look(source(site), memory)

    assert made_up(site) == []
    assert visit.canaries[0].status == 0


@pytest.mark.parametrize(
    "target",
    ["/", "/index.html", "/trang-chu", "/vi", "/tin-tuc", "/tin/", "/tin", "/muc-khac"],
)
def test_redirect_to_a_front_page_or_a_list_is_a_proof(site, look, memory, target):
    site.pages[target] = site.pages.get(target, listing(*((f"/tin/{number}", f"Tin số {number}") for number in (3, 2))))
    if target == "/muc-khac":
        rows = [(f"/tin/{number}", f"Tin số {number}") for number in range(1, 7)]
        site.pages[target] = listing(*rows)
        memory = replace(memory, known=tuple(replace(memory.known[0], url=f"{site.url}{url}") for url, _ in rows))
    site.pages["/tin/1"] = redirect(target)

    visit = look(source(site), memory)

    (absence,) = visit.absences
    assert proofs(visit) == [("/tin/1", "listing", True)]
    assert absence.final_url == site.url + target
    assert absence.sha256 in {kept.sha256 for kept in visit.evidence}
    assert all(reading.article.url != absence.final_url for reading in visit.readings)


def test_page_that_only_leads_to_the_front_page_is_a_proof(site, look, memory):
    site.pages["/tin/1"] = Page(b'<html><meta http-equiv="refresh" content="0; url=/"><p>Xin cho</p></html>')

    visit = look(source(site), memory)

    assert proofs(visit) == [("/tin/1", "listing", True)]
    assert visit.absences[0].final_url == f"{site.url}/"


@pytest.mark.parametrize("target", ["/tin/2", "/moi/1"])
def test_redirect_to_an_article_is_a_move(site, look, memory, target):
    site.pages["/moi/1"] = article("Tin số 1")
    site.pages["/tin/1"] = redirect(target, 301)

    visit = look(source(site), memory)

    assert (proofs(visit), visit.moved) == ([], ((f"{site.url}/tin/1", site.url + target),))


def test_redirect_to_a_dated_article_of_another_title_is_a_move(site, look, memory):
    other = article("Nghị định mới về đất đai").body.replace(
        b"</h1>", b"</h1><time datetime='2024-05-01T08:00:00+07:00'>1/5/2024</time>"
    )
    site.pages["/dat-dai"] = Page(other)
    site.pages["/tin/1"] = redirect("/dat-dai")

    visit = look(source(site), memory)

    assert (proofs(visit), len(visit.readings)) == ([], 1)


def test_redirect_to_a_page_that_is_neither_is_trouble_only(site, look, memory):
    site.pages["/chao-mung"] = page("Chào mừng đến cổng mới", "Cổng thông tin đã được xây dựng lại.")
    site.pages["/tin/1"] = redirect("/chao-mung")

    visit = look(source(site), memory)

    assert (proofs(visit), visit.readings) == ([], ())
    assert "which is not the article" in visit.troubles[0].message


def test_redirect_where_every_unknown_address_leads_is_a_proof(site, look, memory):
    site.pages["/xin-loi"] = page("Xin lỗi", "Đường dẫn này đang được cập nhật.")
    site.pages["/tin/1"] = redirect("/xin-loi")
    site.unknown = lambda path: redirect("/xin-loi")

    visit = look(source(site), memory)

    assert proofs(visit) == [("/tin/1", "soft 404", True)]
    assert "as every address does that never was" in visit.absences[0].why


NO_PROOF = {
    "login": page("Đăng nhập", "<input type='password'>").body,
    "captcha": b"<html><h1>Just a moment</h1>captcha</html>",
    "maintenance": "<html><h1>Thông báo</h1>Hệ thống đang bảo trì</html>".encode(),
    "firewall": b"<html><title>Access Denied</title>Request blocked</html>",
}


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize("what", ["captcha", "maintenance", "firewall"])
def test_what_stands_in_front_of_pages_proves_nothing(site, look, memory, what, status):
    site.pages["/tin/1"] = Page(NO_PROOF[what], status=status)

    visit = look(source(site), memory)

    assert (visit.absences, visit.readings) == ((), ())
    assert len(visit.troubles) == 1


@pytest.mark.parametrize("status", [401, 403, 429, 451, 500, 502, 503])
def test_refusals_and_troubles_of_the_server_prove_nothing(site, look, memory, status):
    site.pages["/tin/1"] = Page(status=status)

    assert look(source(site), memory).absences == ()


@pytest.mark.parametrize("redirected", [True, False])
def test_login_page_proves_nothing(site, look, memory, redirected):
    site.pages["/dang-nhap"] = Page(b"<html><h1>Login</h1><input type='password'></html>")
    site.pages["/tin/1"] = redirect("/dang-nhap") if redirected else site.pages["/dang-nhap"]

    visit = look(source(site), memory)

    assert (visit.absences, visit.readings) == ((), ())


@pytest.mark.parametrize("weather", ["404", "410", "front page", "soft 404", "one page"])
def test_nothing_is_proved_when_most_articles_are_missed_at_once(site, look, memory, weather):
    answers = {
        "404": Page(status=404),
        "410": Page(status=410),
        "front page": redirect("/"),
        "soft 404": sorry("/"),
        "one page": redirect("/xin-loi"),
    }
    site.pages["/"] = listing(("/tin/3", "Tin số 3"))
    site.pages["/xin-loi"] = page("Xin lỗi", "Đang cập nhật.")
    site.unknown = lambda path: answers[weather]
    for number in (1, 2, 3):
        site.pages[f"/tin/{number}"] = answers[weather]

    visit = look(source(site), memory)

    assert visit.verdict is Verdict.FINE
    assert all(not counts for _, _, counts in proofs(visit))
    assert len(visit.absences) == 3
    assert "3 of the 3 known articles looked at were missed" in visit.absences[0].doubt


def test_other_articles_are_asked_whether_the_website_is_healthy(site, look, memory):
    site.pages["/tin/1"] = Page(status=404)
    site.forget()

    visit = look(source(site), memory)

    assert site.paths == ["/tin-tuc", "/tin/1", "/tin/2"]
    assert visit.unchanged == (f"{site.url}/tin/2",)


def test_those_the_archive_names_are_asked_first_and_withdrawn_ones_do_not_count(site, look, memory):
    site.pages["/tin/1"] = site.pages["/tin/2"] = Page(status=404)
    names = Standing(present=(f"{site.url}/tin/3",), given_up=(f"{site.url}/tin/2",))
    site.forget()

    visit = look(source(site), replace(memory, due=memory.known[:2], standing=names))

    assert sorted(proofs(visit)) == [("/tin/1", "404", True), ("/tin/2", "404", True)]
    assert site.paths.count("/tin/3") == 1


def test_the_only_article_there_is_can_be_missed(site, look):
    publish(site, 1)
    memory = remember(look(source(site)))
    site.pages["/tin/1"] = Page(status=404)

    assert proofs(look(source(site), replace(memory, due=memory.known))) == [("/tin/1", "404", True)]


@pytest.mark.parametrize("selectors", ["own", "none"])
def test_short_article_under_another_title_is_no_soft_404(site, look, memory, selectors):
    site.unknown = sorry
    site.pages["/tin/1"] = page("Bổ nhiệm Thứ trưởng", "Ông An được bổ nhiệm.")
    asked = source(site)
    if selectors == "none":
        asked = replace(asked, selectors=Selectors(listing=asked.selectors.listing))

    visit = look(asked, memory)

    assert (proofs(visit), len(visit.canaries)) == ([], 1)
    assert visit.readings[0].article.headline == "Bổ nhiệm Thứ trưởng"


def test_host_that_shows_some_article_at_every_address_proves_nothing(site, look, memory):
    site.unknown = lambda path: article("Tin số 3", "Tin mới nhất.")
    site.pages["/tin/1"] = article("Tin số 3", "Tin mới nhất.")

    visit = look(source(site), memory)

    assert (proofs(visit), visit.canaries[0].sketch) == ([], ())


def test_host_that_shows_its_front_page_at_every_address(site, look, memory):
    front = page("Cổng thông tin Bộ Thử nghiệm", "Chào mừng quý vị.")
    site.unknown = lambda path: front
    site.pages["/"] = front
    site.pages["/tin/1"] = front
    site.pages["/tin/2"] = article("Tin số hai, tiêu đề mới", "Tin được sửa.")

    visit = look(source(site), replace(memory, due=memory.known[:2]))

    assert proofs(visit) == [("/tin/1", "soft 404", True)]
    assert [reading.article.headline for reading in visit.readings] == ["Tin số hai, tiêu đề mới"]


def test_pages_that_all_bear_one_title_are_told_apart_by_their_own_headlines(site, look, memory):
    def titled(headline: str, text: str) -> Page:
        return Page(page("", f'<b class="tieu-de">{headline}</b> {text}').body.replace(b"<h1></h1>", b""))

    asked = source(site)
    chosen = replace(asked.selectors.article, headline="b.tieu-de")
    asked = replace(asked, selectors=replace(asked.selectors, article=chosen))
    site.unknown = lambda path: titled("", "Mời quý vị quay lại.")
    site.pages["/tin/1"] = titled("Tin số một sửa tiêu đề", "Ngắn.")
    assert proofs(look(asked, memory)) == []

    site.pages["/tin/1"] = titled("", "Mời quý vị quay lại.")
    assert proofs(look(asked, memory)) == [("/tin/1", "soft 404", True)]


def test_new_article_like_an_address_that_never_was_is_no_news(site, look, memory):
    site.unknown = sorry
    site.pages["/tin/1"] = lambda: sorry("/tin/1")
    first = look(source(site), memory)
    rows = [("/tin/4", "Tin số 4"), ("/tin/3", "Tin số 3"), ("/tin/2", "Tin số 2")]
    site.pages["/tin-tuc"] = listing(*rows)

    visit = look(source(site), replace(memory, due=(), canaries=first.canaries))

    assert visit.readings == ()
    assert "shows what its host shows for addresses that never were" in visit.troubles[0].message


def test_new_article_beside_a_canary_is_read(site, look, memory):
    site.unknown = sorry
    site.pages["/tin/1"] = lambda: sorry("/tin/1")
    first = look(source(site), memory)
    site.pages["/tin/4"] = page("Tin khác hẳn", "Một câu.")
    site.pages["/tin-tuc"] = listing(("/tin/4", "Tin số 4"), ("/tin/3", "Tin số 3"))

    visit = look(source(site), replace(memory, due=(), canaries=first.canaries))

    assert [reading.article.headline for reading in visit.readings] == ["Tin khác hẳn"]


def test_canary_that_got_no_answer_is_not_asked_again_that_day(site, look, memory):
    site.pages["/robots.txt"] = Page(status=404)
    site.unknown = lambda path: Page(status=503)
    site.pages["/tin/1"] = page("Khác", "Không giống gì.")
    visit = look(source(site), memory)
    assert visit.canaries[0].status == 503

    site.forget()
    look(source(site), replace(memory, canaries=visit.canaries))
    assert made_up(site) == []


def test_canary_of_a_clock_that_was_wrong_is_asked_anew(site, look, memory):
    site.unknown = sorry
    site.pages["/tin/1"] = lambda: sorry("/tin/1")
    wrong = Canary(host="127.0.0.1", url=f"{site.url}/x", fetched=datetime(2099, 1, 1, tzinfo=UTC), status=404)

    assert proofs(look(source(site), replace(memory, canaries=(wrong,)))) == [("/tin/1", "soft 404", True)]
