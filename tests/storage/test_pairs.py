"""Two looks at one page: what a website changes by itself is no edit, what somebody edited is one, of the right class."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from benchmarks.corpus import FOLDER, sets
from scrapers.items import Article
from scrapers.reading.article import read_article
from storage.classes import classes, classify, is_noise
from storage.edits import edited

PAGE = """<!doctype html><html lang="{lang}"><head><title>{headline} | {office}</title>
<meta name="csrf-token" content="k1"><link rel="stylesheet" href="/css/a1.css?v=1"><script>var now="10:00";var id="a1";</script></head>
<body class="page node-1"><header role="banner"><a href="/"><img src="/logo.png"></a><span class="clock">{today}</span>
<nav><ul><li><a href="/">{home}</a></li><li><a href="/tin">{news}</a></li></ul></nav></header>
<input type="hidden" name="__VIEWSTATE" value="AAA1"><main><h1>{headline}</h1><p class="meta"><time>{date}</time></p>
<div class="article-body" id="view-1a"><p>{first}</p>
<figure><img src="/files/flood.jpg?itok=abc" alt=""><figcaption>{caption}</figcaption></figure>
<p>{second}</p><p>{third}</p><p><a href="/files/{file}.pdf?token=1">{attached}</a></p></div>
<p class="views">{views}</p><div class="share"><a href="https://social.example/share?u=1">Share 12</a></div>
<section class="related"><h3>{related}</h3><ul><li><a href="/a">{other}</a></li><li><a href="/b">{another}</a></li></ul></section></main>
<aside><h3>{latest}</h3><ul><li><a href="/c">{newest}</a></li></ul></aside>
<footer><p>© 2025 {office}. {address}</p><p>{visitors}</p></footer></body></html>"""

ENGLISH = {
    "lang": "en", "headline": "Ministry opens new gauging station on the upper river", "office": "Ministry of Rivers", "today": "Monday, 2 March 2026 10:00",
    "home": "Home", "news": "News", "date": "2 March 2026", "caption": "The station seen from the bank",
    "first": "The ministry opened a new gauging station on the upper river on Monday, at a cost of $3.5 million, the third one this year.",
    "second": "Operators of mills must report the water level every ten minutes, and Mary Brook of the river office will publish it.",
    "third": "The work took 15 engineers and ended on 27 February 2026, a month later than planned.",
    "file": "plan", "attached": "Plan of the station (PDF)", "views": "Number of views (4099) / Comments (0)", "related": "Related news",
    "other": "Older station repaired", "another": "Bridge closed for two days", "latest": "Latest", "newest": "Budget debated in the assembly",
    "address": "1 River Road", "visitors": "Visitors today: 123",
}  # fmt: skip
VIETNAMESE = {
    "lang": "vi", "headline": "Bộ khánh thành trạm đo mực nước mới ở thượng nguồn", "office": "Bộ Tài nguyên nước", "today": "Thứ Hai, ngày 02/03/2026, 10:00",
    "home": "Trang chủ", "news": "Tin tức", "date": "02/03/2026 08:15", "caption": "Trạm đo nhìn từ bờ sông",
    "first": "Sáng thứ Hai, Bộ khánh thành trạm đo mực nước mới ở thượng nguồn với kinh phí 3.500 tỷ đồng, trạm thứ ba trong năm nay.",
    "second": "Chủ các nhà máy phải báo cáo mực nước mười phút một lần, và ông Nguyễn Văn An sẽ công bố cho người dân vùng hạ lưu.",
    "third": "Công trình có 15 kỹ sư tham gia và hoàn thành ngày 27/2/2026, chậm một tháng so với kế hoạch đã đề ra.",
    "file": "ke-hoach", "attached": "Bản vẽ của trạm (PDF)", "views": "Lượt xem: 4.099", "related": "Tin liên quan",
    "other": "Sửa chữa trạm đo cũ", "another": "Cấm cầu trong hai ngày", "latest": "Tin mới", "newest": "Quốc hội thảo luận ngân sách",
    "address": "Số 1 đường Sông, Hà Nội", "visitors": "Tổng lượt truy cập: 1.234.567",
}  # fmt: skip
LANGUAGES = {"en": ENGLISH, "vi": VIETNAMESE}


def read(html: str) -> Article:
    return read_article(
        html.encode(), url="https://www.rivers.example.gov/news/17", content_type="text/html; charset=utf-8"
    )


def look(language: str, *changes: tuple[str, str], **words: str) -> Article:
    html = PAGE.format(**{**LANGUAGES[language], **words})
    for before, after in changes:
        assert before in html, before
        html = html.replace(before, after)
    return read(html)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "changes",
    [
        [("4099", "4116"), ("4.099", "4.116")],
        [("Visitors today: 123", "Visitors today: 140"), ("1.234.567", "1.234.999")],
        [("© 2025", "© 2026")],
        [("1 River Road", "2 Bridge Street"), ("Số 1 đường Sông", "Số 9 đường Núi")],
        [("Monday, 2 March 2026 10:00", "Tuesday, 3 March 2026 11:30"), ("Thứ Hai, ngày 02/03/2026, 10:00", "Thứ Ba, ngày 03/03/2026, 11:30")],
        [('content="k1"', 'content="k2"'), ('value="AAA1"', 'value="BBB2"'), ("a1.css?v=1", "b2.css?v=2")],
        [("itok=abc", "itok=xyz"), ("token=1", "token=2")],
        [('id="view-1a"', 'id="view-9f"'), ("page node-1", "page node-1 js")],
        [("Share 12", "Share 99"), ("share?u=1", "share?u=2")],
        [("Older station repaired", "A quite different story"), ("Sửa chữa trạm đo cũ", "Một tin hoàn toàn khác")],
        [("Budget debated in the assembly", "Snow in the hills"), ("Quốc hội thảo luận ngân sách", "Tuyết rơi trên núi")],
        [('<li><a href="/tin">', '<li><a href="/new">New menu</a></li><li><a href="/tin">')],
        [('href="/tin"', 'href="https://www.rivers.example.gov/tin"')],
        [('src="/files/flood.jpg', 'src="https://cdn.example.net/files/flood.jpg')],
        [('var now="10:00"', 'var now="10:07"')],
        [("<p>", '<p class="x">'), ("</figure>", "</figure>\n\n")],
        [("<main>", '<main><!-- served by web3 at 10:07 -->')],
        [('<section class="related">', '<div class="banner-ad"><p>Subscribe to our newsletter</p></div><section class="related">')],
        [("</footer>", '<p>Cookie settings</p></footer><div class="cookie-notice"><p>We use cookies on this website.</p></div>')],
    ],
)  # fmt: skip
def test_what_a_website_changes_by_itself_is_no_edit(language: str, changes: list[tuple[str, str]]) -> None:
    html = PAGE.format(**LANGUAGES[language])
    changed = html
    for before, after in changes:
        changed = changed.replace(before, after)

    assert changed != html
    assert classify(read(html), read(changed)) == ()


@pytest.mark.parametrize(
    ("language", "change", "kind"),
    [
        ("en", ("$3.5 million", "$4.5 million"), "money"),
        ("en", ("must report", "should report"), "obligation"),
        ("en", ("15 engineers", "18 engineers"), "number"),
        ("en", ("27 February 2026", "28 February 2026"), "date"),
        ("en", ("Mary Brook", "Jane Mill"), "name"),
        ("en", ("seen from the bank", "seen from the bridge"), "image"),
        ("en", ("/files/flood.jpg", "/files/drought.jpg"), "image"),
        ("en", ("/files/plan.pdf", "/files/other.pdf"), "attachment"),
        (
            "en",
            ("<p>The work took", "<p>A new paragraph was put in here for you.</p><p>The work took"),
            "paragraph-added",
        ),
        ("en", ("opens new gauging", "closes old gauging"), "headline"),
        ("en", ("the third one this year", "teh third one this year"), "typo"),
        ("en", ("later than planned", "earlier than feared"), "rewording"),
        ("vi", ("3.500 tỷ đồng", "3.700 tỷ đồng"), "money"),
        ("vi", ("phải báo cáo", "nên báo cáo"), "obligation"),
        ("vi", ("15 kỹ sư", "18 kỹ sư"), "number"),
        ("vi", ("ngày 27/2/2026", "ngày 28/2/2026"), "date"),
        ("vi", ("Nguyễn Văn An", "Trần Thị Bình"), "name"),
        ("vi", ("nhìn từ bờ sông", "nhìn từ trên cầu"), "image"),
        ("vi", ("/files/flood.jpg", "/files/drought.jpg"), "image"),
        (
            "vi",
            ("khánh thành trạm đo mực nước mới ở thượng nguồn</h1>", "đóng cửa trạm đo cũ ở hạ lưu</h1>"),
            "headline",
        ),
        ("vi", ("người dân vùng hạ lưu", "ngưởi dân vùng hạ lưu"), "typo"),
    ],
)
def test_what_somebody_edited_is_an_edit_of_its_class(language: str, change: tuple[str, str], kind: str) -> None:
    found = classify(look(language), look(language, change))

    assert kind in classes(found), found
    assert not is_noise(found)


def test_a_picture_or_a_paragraph_that_is_gone_is_an_edit() -> None:
    html = PAGE.format(**ENGLISH)
    start, end = html.index("<figure>"), html.index("</figure>") + 9
    second = f"<p>{ENGLISH['second']}</p>"

    assert "image" in classes(classify(read(html), read(html[:start] + html[end:])))
    assert "paragraph-removed" in classes(classify(read(html), read(html.replace(second, ""))))


def pairs() -> Iterator[tuple[str, bool, Article, Article]]:
    """Pairs of saved pages that state whether the difference between them means anything."""
    for name in sets():
        sides: dict[str, dict[str, Article]] = {}
        meaningful: dict[str, bool] = {}
        for line in (FOLDER / name / "index.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            if "meaningful_change" in row["gt"]:
                raw = (FOLDER / name / row["file"]).read_bytes()
                html = gzip.decompress(raw) if row["file"].endswith(".gz") else raw
                url = row["url"] or "https://www.example.gov/page"
                told = sides.setdefault(row["gt"]["pair"], {})
                told[row["gt"]["side"]] = read_article(html, url=url, content_type="text/html")
                meaningful[row["gt"]["pair"]] = row["gt"]["meaningful_change"]
        yield from ((pair, meaningful[pair], told["a"], told["b"]) for pair, told in sides.items())


def test_saved_pages_that_differ_are_told_apart_by_whether_it_means_anything() -> None:
    found = [(pair, wanted, classify(before, after)) for pair, wanted, before, after in pairs()]
    if not found:
        pytest.skip(f"no saved pairs of pages in {FOLDER}; set BANTIN_CORPUS")

    wrong = [(pair, edits) for pair, wanted, edits in found if (bool(edits) and not is_noise(edits)) is not wanted]
    assert not wrong
    assert all("image" in classes(edits) for pair, _, edits in found if "image" in pair)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("".join(f"dòng {i}\n" for i in range(200_000)), "".join(f"dòng {i}\n" for i in reversed(range(200_000)))),
        ("<" * 5_000_000, "<a" * 5_000_000),
        ("<!--" * 2_000_000, "<script " * 1_000_000),
        ("&#x" * 2_000_000, "&amp" * 1_000_000),
    ],
)
def test_hostile_pages_are_compared_in_time(before: str, after: str) -> None:
    one, other = (replace(look("vi"), body_text=text) for text in (before, after))
    begun = time.process_time()

    assert edited(one, other, was=before.encode(), now=after.encode())
    assert time.process_time() - begun < 3


def test_a_counter_alone_is_nobodys_edit() -> None:
    one, other = (replace(look("vi"), body_text=f"Một câu.\n\nLượt xem: {count}") for count in (7, 9))

    assert not edited(one, other, was=one.body_text.encode(), now=other.body_text.encode())


def test_what_stands_in_scripts_and_comments_is_not_seen() -> None:
    one = replace(look("vi"), headline="Cũ")
    pages = (b"<!-- C\xc5\xa9 --><h1>C\xc5\xa9</h1><style>x", b"<script>1</script><h1>M\xe1\xbb\x9bi</h1><!-- x")

    assert edited(one, replace(one, headline="Mới"), was=pages[0], now=pages[1])
