"""A page that says with status 200 that there is none never becomes news, and news of what was not found does."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from scrapers.absence import is_not_found
from scrapers.items import Verdict
from scrapers.sources import Selectors
from tests.visit.sites import Page, article, publish, remember, source

SHORT = "Trang bạn tìm không tồn tại hoặc đã bị xoá. Quay lại <a href='/'>trang chủ</a>."


def soft(heading: str, *, title: str = "Bộ Thử nghiệm") -> Page:
    return Page(
        f"<html><head><title>{title}</title></head><body><h1>{heading}</h1>"
        f'<div class="body"><p>{SHORT}</p></div></body></html>'.encode()
    )


PAGES = {
    "heading": soft("Không tìm thấy trang"),
    "number": soft("404"),
    "title": soft("Bộ Thử nghiệm", title="Không tìm thấy trang | Bộ Thử nghiệm"),
    "English": soft("Page not found"),
    "French": soft("Page introuvable"),
    "without the source's own places": Page(f"<html><body><h2>Tin</h2><h1>404 Not Found</h1><p>{SHORT}</p>".encode()),
}


@pytest.mark.parametrize("selectors", ["own", "none"])
@pytest.mark.parametrize("page", PAGES)
def test_new_article_that_says_it_is_not_there_is_trouble(site, look, page, selectors):
    publish(site, 2, 1)
    site.pages["/tin/1"] = PAGES[page]
    asked = source(site)
    if selectors == "none":
        asked = replace(asked, selectors=Selectors(listing=asked.selectors.listing))

    visit = look(asked)

    assert [reading.article.url for reading in visit.readings] == [f"{site.url}/tin/2"]
    assert (visit.verdict, visit.gone) == (Verdict.FINE, ())
    assert [trouble.url for trouble in visit.troubles] == [f"{site.url}/tin/1"]
    assert "says it is not there" in visit.troubles[0].message


def test_known_article_that_says_it_is_not_there_is_missed_and_not_revised(site, look):
    publish(site, 1)
    memory = remember(look(source(site)))
    site.pages["/tin/1"] = PAGES["heading"]

    visit = look(source(site), replace(memory, due=memory.known))

    assert (visit.readings, visit.unchanged, visit.troubles) == ((), (), ())
    (absence,) = visit.absences
    assert (visit.gone, absence.url) == ((absence.url,), f"{site.url}/tin/1")
    assert (absence.proof, absence.status, absence.why) == ("soft 404", 200, "it says “Không tìm thấy trang”")
    assert absence.sha256 in {page.sha256 for page in visit.evidence}


@pytest.mark.parametrize(
    "page",
    [
        soft("Không tìm thấy dấu vết dầu loang"),
        soft("Trang web của Bộ không tìm thấy lỗi nào"),
        soft("404 hộ dân được di dời"),
        article("Không tìm thấy"),
    ],
    ids=["oil", "website", "number", "long"],
)
def test_news_of_what_was_not_found_is_read(site, look, page):
    publish(site, 1)
    site.pages["/tin/1"] = page

    visit = look(source(site))

    assert (len(visit.readings), visit.troubles) == (1, ())


def test_clock_of_the_website_is_no_date(site, look):
    publish(site, 1)
    today = datetime.now(UTC).isoformat()
    page = PAGES["heading"].body.replace(b"</h1>", f"</h1><time datetime='{today}'>Hôm nay</time>".encode())
    site.pages["/tin/1"] = Page(page)

    visit = look(source(site))

    assert (visit.readings, len(visit.troubles)) == ((), 1)


def test_short_news_with_a_date_is_read_whatever_its_heading(site, look):
    publish(site, 1)
    page = soft("Không tìm thấy")
    body = page.body.replace(b"</h1>", b"</h1><time datetime='2024-05-01T08:00:00+07:00'>1/5/2024</time>")
    site.pages["/tin/1"] = Page(body)

    (reading,) = look(source(site)).readings

    assert reading.article.published.at == datetime(2024, 5, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "heading",
    [
        "404",
        "Lỗi 404",
        "Error 404",
        "HTTP 404",
        "404 - Không tìm thấy trang!",
        "Rất tiếc, trang bạn yêu cầu không tồn tại",
        "Trang không tồn tại",
        "Bài viết không tồn tại hoặc đã bị xóa.",
        "Không tìm thấy trang bạn yêu cầu",
        "Không tìm thấy nội dung",
        "Xin lỗi! Trang này không tồn tại",
        "Đường dẫn không tồn tại",
        "404 Not Found",
        "Page Not Found (404)",
        "The page you are looking for could not be found",
        "The requested URL was not found",
        "Sorry, this page doesn’t exist",
        "We can't find that page",
        "Page non trouvée",
        "Cette page est introuvable",
        "La page n’existe pas",
        "La page que vous recherchez est introuvable",
        "Seite nicht gefunden",
        "Die angeforderte Seite wurde nicht gefunden",
        "Pagina niet gevonden",
        "Página no encontrada",
        "Página não encontrada",
        "Pagina non trovata",
        "Nie znaleziono strony",
        "Strona nie istnieje",
        "Stránka nenalezena",
        "Sidan hittades inte",
        "Siden blev ikke fundet",
        "Sivua ei löytynyt",
        "Страница не найдена",
        "Сторінку не знайдено",
        "Sayfa bulunamadı",
        "Halaman tidak ditemukan",
        "页面不存在",
        "找不到網頁",
        "お探しのページは見つかりませんでした",
        "ページが見つかりません",
        "페이지를 찾을 수 없습니다",
        "ไม่พบหน้าที่ต้องการ",
        "الصفحة غير موجودة",
        "Không tìm thấy trang",
    ],
)
def test_heading_that_says_a_page_is_not_there(heading):
    assert is_not_found(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "Lỗi",
        "Tin số 1",
        "2024",
        "Không tìm thấy dấu vết dầu loang",
        "Không tìm thấy trang trại nào vi phạm",
        "Tin về bão không tồn tại lâu",
        "Missing page of treaty not found in archive",
        "Species not found since 1950 seen again",
        "Article 404 of the code",
        "Seite an Seite für den Wald",
        "404 điểm sạt lở",
        "x" * 5000,
    ],
)
def test_heading_that_says_something_else(heading):
    assert not is_not_found(heading)
