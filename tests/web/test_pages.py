"""The pages people read."""

import re
import unicodedata
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from demo.texts import ZONE, backlog, bulletin
from scrapers.items import Article, Attachment, Citation, Image, Moment, Verdict
from tests.web.making import NOW, SITE, SOURCE, Archive, Get, article, digest, website

VOID = {"meta", "link", "img", "br", "hr", "input"}
PAGES = (
    "/",
    "/?before=20",
    "/feeds",
    "/feeds/all.html",
    "/feeds/vn-thidu.html",
    "/feeds/vn-thidu.khi-hau.html",
    "/sources",
    "/sources/vn-thidu",
    "/articles/1",
    "/articles/6",
    "/articles/9",
    "/articles/6/1",
    "/articles/6/2",
    "/search",
    "/search?q=da+dang+sinh+hoc",
    "/search?q=khongcotunay",
    "/nowhere",
)


class Checker(HTMLParser):
    """Notes what a page is made of, and complains about elements that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag, tag

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


def links(get: Get, path: str) -> list[str]:
    return [link["href"] for link in Checker(get(path).text).all("link") if link.get("rel") == "alternate"]


def test_every_page_is_sound_accessible_and_free_of_scripts(site: Get) -> None:
    for path in PAGES:
        page = Checker(site(path).text)
        ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]

        assert page.all("html") == [{"lang": "en"}], path
        assert len(page.all("main")) == len(page.all("h1")) == len(page.all("title")) == 1, path
        assert len(ids) == len(set(ids)), path
        assert not page.all("script") + page.all("style") + page.all("iframe"), path
        assert all("alt" in image for image in page.all("img")), path
        assert all("style" not in attributes for _, attributes in page.found), path
        assert not any(name.startswith("on") for _, attributes in page.found for name in attributes), path


def test_every_link_within_the_website_leads_somewhere(full: Archive) -> None:
    for name in ("all", "vn-thidu", *(f"vn-thidu.{slug}" for slug in ("khi-hau", "moi-truong"))):
        for suffix in ("atom", "rss", "json"):
            full.feed(f"{name}.{suffix}", "x")
    full.feed("bantin.opml", "x")
    seen: set[str] = set()
    todo = ["/"]
    with website(full) as get:
        while todo:
            path = todo.pop()
            if path in seen or re.search(r"^/feeds/vn-thidu\.[a-z-]+\.(atom|rss|json)$", path):
                continue
            seen.add(path)
            answer = get(path)
            assert answer.status == 200, path
            if answer.headers["content-type"].startswith("text/html"):
                hrefs = [tag["href"] for tag in Checker(answer.text).all("a") + Checker(answer.text).all("link")]
                todo += [
                    href.removeprefix("http://127.0.0.1:8080")
                    for href in hrefs
                    if href.startswith(("/", "http://127.0.0.1:8080/"))
                ]

    assert len([path for path in seen if re.fullmatch(r"/articles/\d+", path)]) == 25


def test_home_lists_the_newest_articles_under_their_days_in_the_ministrys_zone(site: Get) -> None:
    text = site("/").text

    assert text.index("Sunday, 17 September 2023") < text.index("Saturday, 16 September 2023")
    assert '<time datetime="2023-08-24T15:52:00+07:00">15:52</time>' in text
    assert '<h3 lang="vi"><a href="/articles/1">Tăng cường hợp tác' in text
    assert "Withdrawn" in text
    assert "Edited" in text
    assert 'class="state fine">fine</span>' in text


def test_a_day_without_an_hour_shows_none(site: Get) -> None:
    assert '<time datetime="2023-08-28" lang="en">28 August 2023</time>' in site("/articles/5").text


def test_home_goes_on_page_by_page(full: Archive) -> None:
    published = NOW.astimezone(ZONE) - timedelta(hours=3)
    full.visit(
        *(article(bulletin(number, published=published)) for number in range(500_000, 500_040)),
        at=NOW - timedelta(hours=2),
    )

    with website(full) as get:
        first = get("/").text
        onward = re.search(r'href="/(\?before=\d+)"', first)
        assert onward
        second = get(f"/{onward[1]}").text

    numbers = [re.findall(r'<a href="/articles/(\d+)"', text) for text in (first, second)]
    assert len(numbers[0]) == 40
    assert not set(numbers[0]) & set(numbers[1])
    assert len(set(numbers[0]) | set(numbers[1])) == 65
    assert "Older articles</h1>" in second


def test_a_strange_page_number_is_the_first_page(site: Get) -> None:
    assert site("/?before=x").text == site("/").text == site(f"/?before={'9' * 40}").text


def test_pages_announce_their_own_feeds_first(site: Get) -> None:
    assert links(site, "/") == ["/feeds/all.atom", "/feeds/all.rss", "/feeds/all.json"]
    assert links(site, "/sources/vn-thidu")[0] == "/feeds/vn-thidu.atom"
    assert links(site, "/feeds/vn-thidu.khi-hau.html")[0] == "/feeds/vn-thidu.khi-hau.atom"
    assert links(site, "/articles/6")[0] == "/feeds/vn-thidu.khi-hau.atom"
    assert links(site, "/articles/6")[-1] == "/feeds/all.atom"
    titles = [link["title"] for link in Checker(site("/articles/6").text).all("link") if "title" in link]
    assert len(titles) == len(set(titles))


def test_an_article_shows_all_that_the_ministry_published(site: Get) -> None:
    text = site("/articles/1").text

    assert "(TN&amp;MT) - Hội nghị Bộ trưởng Môi trường ASEAN" in text
    assert text.count("<figure>") == text.count("<figcaption>") == 4
    assert "suy giảm đa dạng sinh học./.</p>" in text
    assert "24 August 2023, 15:52 (UTC+7)" in text
    assert "Vụ Hợp tác quốc tế (Bộ TN&amp;MT)" in text
    assert f'<link rel="canonical" href="{SITE}/tang-cuong' in text
    assert re.search(r"<code>tag:example\.org,2023-09-19:[^<]+</code>", text)
    assert unicodedata.is_normalized("NFC", text)


def test_attachments_and_the_withdrawal_are_shown(site: Get) -> None:
    text = site("/articles/9").text

    assert "quyet-dinh-318-qd-xphc.pdf" in text
    assert "626 KB" in text
    assert "<strong>Withdrawn.</strong>" in text
    assert 'rel="canonical"' not in text


def test_versions_are_listed_and_their_words_compared(site: Get) -> None:
    text, first, second = (site(path).text for path in ("/articles/6", "/articles/6/1", "/articles/6/2"))

    assert "headline" in text
    assert "silent" in text
    assert digest(article(backlog()[5])) in text
    assert "<ins>" not in first.split("<section", 1)[1]
    assert "mới đạt <del>54%</del><ins>57%</ins> dung tích" in second
    assert 'rel="prev"' in second


def test_what_does_not_exist_is_404(site: Get) -> None:
    for path in (
        "/articles/99",
        "/articles/6/3",
        "/articles/99/1",
        "/articles/6/x",
        "/sources/x",
        "/feeds/x.html",
        "/x/",
    ):
        answer = site(path)
        assert answer.status == 404, path
        assert "no such page" in answer.text


def test_sources_say_how_they_are_and_why(full: Archive) -> None:
    full.visit(at=NOW + timedelta(days=4), verdict=Verdict.BLOCKED, why="a firewall answered 403")

    with website(full) as get:
        listed, one, home = get("/sources").text, get("/sources/vn-thidu").text, get("/").text

    for text in (listed, one, home):
        assert "a firewall answered 403" in text
        assert 'class="state attention">blocked</span>' in text
    assert "every 30 min" in listed
    assert "Ministry of Examples" in one
    assert "Asia/Ho_Chi_Minh" in one


def test_a_source_no_longer_followed_keeps_its_articles(full: Archive) -> None:
    full.follow()

    with website(full) as get:
        assert "not followed" in get("/sources").text
        assert get("/sources/vn-thidu").status == 200
        assert "15:52 (UTC+7)" in get("/articles/1").text
        assert get("/feeds/vn-thidu.html").status == 404


def test_an_empty_archive_says_what_to_do_next(archive: Archive) -> None:
    archive.follow()

    with website(archive) as get:
        assert "bantin add SLUG" in get("/").text
        assert "bantin add SLUG" in get("/sources").text
        assert get("/feeds").status == 200


def test_a_source_not_visited_yet_says_so(archive: Archive) -> None:
    archive.follow(SOURCE)

    with website(archive) as get:
        text = get("/sources/vn-thidu").text

    assert "Not visited yet" in text
    assert "There is no article here yet" in text


def test_search_finds_words_without_their_accents_and_marks_them(site: Get) -> None:
    found = site("/search?q=da+dang+sinh+hoc").text
    nothing = site("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").text

    assert "Tăng cường hợp tác khu vực" in found
    assert "<mark>" in found
    assert "<script" not in nothing
    assert "&lt;script&gt;" in nothing


HOSTILE = Article(
    url=f"{SITE}/doc-hai-1.html",
    canonical_url="javascript:alert(1)",
    headline='<img src=x onerror="alert(1)">"&',
    lede="<b>lede</b>",
    section="</span><script>",
    authors=("<script>alert(2)</script>",),
    body_html='<p onclick="x()">Chữ <script>alert(3)</script><a href="javascript:x()">link</a><img src="/anh.jpg"></p>',
    body_text="Chữ",
    images=(Image(url=f"{SITE}/ngoai.jpg", caption="<i>chú thích</i>", credit="Minh"), Image(url="javascript:x")),
    attachments=(Attachment(url="javascript:y", title="y"), Attachment(url="/tep.pdf", size=10)),
    tags=('"><script>',),
    language='"><',
)


def test_a_hostile_page_does_no_harm(archive: Archive) -> None:
    archive.follow(SOURCE)
    archive.visit(HOSTILE)

    with website(archive) as get:
        for path in ("/", "/articles/1", "/articles/1/1", "/feeds/vn-thidu.html", "/sources/vn-thidu", "/search?q=chu"):
            page = Checker(get(path).text)
            assert not page.all("script"), path
            assert not any(name.startswith("on") for _, attributes in page.found for name in attributes), path
            assert not any("javascript" in str(attributes) for _, attributes in page.found), path
        text = get("/articles/1").text

    assert f'<img loading="lazy" src="{SITE}/ngoai.jpg" alt=""><figcaption>&lt;i&gt;chú thích&lt;/i&gt; (Minh)' in text
    assert f'href="{SITE}/tep.pdf"' in text
    assert "10 bytes" in text


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, "The page gives no date"),
        (
            Moment(at=NOW + timedelta(days=300), precision="minute", printed="16/07/2024"),
            "later than it was first seen",
        ),
    ],
)
def test_a_date_that_is_missing_or_wrong_is_not_invented(
    archive: Archive, published: Moment | None, words: str
) -> None:
    archive.follow(SOURCE)
    archive.visit(msgspec.structs.replace(article(backlog()[1]), published=published))

    with website(archive) as get:
        page, home = get("/articles/1").text, get("/").text

    assert words in page
    assert "First seen" in home
    assert "20 September 2023, 10:00 (UTC+7)" in page


def test_a_missing_article_is_not_called_withdrawn(full: Archive) -> None:
    full.visit(at=NOW + timedelta(days=5), gone=(article(backlog()[2]).url,))

    with website(full) as get:
        assert "did not show this page" in get("/articles/3").text


def test_a_republished_article_names_its_origin(site: Get) -> None:
    assert "Tạp chí Sản xuất Xanh" in site("/articles/22").text


def test_below_another_websites_path_links_stay_below_it(full: Archive) -> None:
    with website(full, base_url="https://example.org/news/") as get:
        text = get("/").text

    assert 'href="/news/articles/1"' in text
    assert 'href="/news/static/style.css?' in text
    assert 'href="https://example.org/news/feeds/all.atom"' in text


def test_an_unchanged_page_is_not_sent_again(site: Get) -> None:
    page = site("/articles/1", Accept_Encoding="gzip")
    again = site("/articles/1", Accept_Encoding="gzip", If_None_Match=page.headers["etag"])

    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["cache-control"] == "no-cache"
    assert again.status == 304


def test_a_document_has_a_page_with_the_news_that_cites_it(archive: Archive) -> None:
    told: Any = {"scheme": "vn", "kind": "Thông tư", "issuer": "BTD", "year": 2023, "signed": date(2023, 8, 28)}
    place = Citation(number="12/2023/TT-BTD", printed="12/2023/TT-BTD", field="headline", start=0, **told)
    citing = msgspec.structs.replace(article(backlog()[4]), documents=(place.number,), citations=(place,))
    archive.visit(citing)
    with website(archive) as get:
        text = get("/documents/12/2023/TT-BTD").text

        assert '<h1><span lang="vi">Thông tư</span> 12/2023/TT-BTD</h1>' in text
        assert "<dd>28 August 2023</dd>" in text
        assert "<dt>Seems to be published by</dt>" in text
        assert text.count('href="/articles/1"') == 2
        assert 'href="/documents/12/2023/TT-BTD"' in get("/articles/1").text
        assert get("/documents/1/2/X-Y").status == 404
