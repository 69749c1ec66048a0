"""The families of Asia and the systems ministries share worldwide: which page is whose, and what is read from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scrapers.entrances.plain import plain
from scrapers.entrances.reading import read_headlines
from scrapers.items import Article
from scrapers.layouts.registry import LAYOUTS, recognise
from scrapers.reading.article import read_article
from scrapers.reading.index import Index
from scrapers.reading.tree import parse
from tests.reading.pages import FIXTURES, golden, rule

FAMILIES = (
    "tandan", "vnpt", "vietnamnews", "moit", "dnn", "govcn", "gojp", "gokr", "govhk", "isomer", "goid", "volto", "plone",
    "typo3", "joomla",
)  # fmt: skip
PAGES = sorted(path for path in FIXTURES.glob("*/*.html") if path.parent.name in LAYOUTS)
LISTINGS = [FIXTURES / family / "listing.html" for family in FAMILIES]
SILENT = frozenset({"vietnamnews/listing"})
"""Pages in which nothing tells the family; the general reader reads them as well."""


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def families(html: str) -> list[str]:
    root = parse(html)
    assert root is not None
    return [layout.name for layout in recognise(Index(root), "", markup=html)]


def article(page: str) -> Article:
    path = FIXTURES / f"{page}.html"
    return read_article(path.read_bytes(), url=golden(path)["url"], content_type=None)


@pytest.mark.parametrize("path", [path for path in PAGES if path.parent.name in FAMILIES], ids=name)
def test_a_page_is_of_its_own_family_only(path: Path) -> None:
    wanted = [] if name(path) in SILENT else [path.parent.name]

    assert families(path.read_text("utf-8")) == wanted


@pytest.mark.parametrize("path", [path for path in PAGES if path.parent.name not in FAMILIES], ids=name)
def test_a_page_of_another_family_is_of_none_of_these(path: Path) -> None:
    assert set(families(path.read_text("utf-8"))).isdisjoint(FAMILIES)


@pytest.mark.parametrize("path", LISTINGS, ids=name)
def test_a_listing_yields_the_rows_beside_it(path: Path) -> None:
    wanted: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))

    found = read_headlines(path.read_bytes(), url=wanted["url"], content_type=None)

    assert {"url": wanted["url"], **plain(found)} == wanted


@pytest.mark.parametrize(
    ("page", "rows", "first", "day", "next_page"),
    [
        ("tandan", 4, "Thông luồng cửa Lạch Giang mở rộng cho tàu 3.000 tấn", "2025-04-02T15:42:00+07:00", "?page=2"),
        ("vnpt", 3, "Rà soát 214 cơ sở nhà đất dôi dư tại năm tổng công ty", "2025-07-17", "_dsnews_cur=2"),
        (
            "vietnamnews",
            3,
            "Khai trương phòng họp báo số 2 cho phóng viên nước ngoài",
            "2025-06-03T20:05:00+07:00",
            "?trang=2",
        ),
        ("moit", 4, "Xuất khẩu hạt điều sang Bắc Âu tăng 27%", "2025-09-09", "?page=2"),
        ("dnn", 4, "Vận hành trạm bơm Kênh Đông cứu 4.000 ha lúa", "2025-07-21", "/PageID/2"),
        ("govcn", 5, "我国北方七省启动河湖岸线联合巡查", "2025-03-22", "/index_1.html"),
        ("gojp", 4, "水辺の健康づくり月間を実施します", "2025-05-20", None),
        ("gokr", 4, "서해 갯벌 12곳에 염생식물 군락 되살린다", "2025-09-18", "?pageIndex=2"),
        ("govhk", 3, "新海濱長廊下月啟用", "2025-11-04", "/index_2.html"),
        ("isomer", 3, "Reservoir trail opens with 18 rest points and a night closure", "2025-07-16", None),
        ("goid", 4, "Danau Lambung Kembali Jernih Setelah Enceng Gondok Diangkat", "2025-08-19", "?page=2"),
        ("volto", 4, "Riaperta l'alta via dei laghi", "2025-06-12", "?page=2"),
        ("plone", 4, "Defeso da piapara começa em novembro", "2025-10-23", "?b_start:int=30"),
        ("typo3", 4, "Moorwiesen an der Aue werden wieder nass", "2025-10-08", "/seite/2"),
        ("joomla", 4, "Five river ports get night navigation lights", "2025-05-14T09:30:00+08:00", "?start=4"),
    ],
)
def test_a_listing_gives_rows_with_title_and_day_and_the_next_page(
    page: str, rows: int, first: str, day: str, next_page: str | None
) -> None:
    path = FIXTURES / page / "listing.html"
    wanted: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))

    found = read_headlines(path.read_bytes(), url=wanted["url"], content_type=None)

    assert len(found.rows) == rows
    assert all(row.published for row in found.rows)
    assert found.rows[0].title == first
    assert found.rows[0].published is not None
    assert found.rows[0].published.iso == day
    assert (found.next_page or "").endswith(next_page or "")
    assert (found.next_page is None) == (next_page is None)


@pytest.mark.parametrize(
    ("page", "headline", "published", "section", "author"),
    [
        ("tandan/article-webpart", "Thông luồng cửa Lạch Giang mở rộng cho tàu 3.000 tấn", "2025-04-02T15:42:00+07:00", "Hoạt động của Bộ", ""),
        ("tandan/article-publishing", "Hỗ trợ doanh nghiệp nhỏ tiếp cận vốn vay xanh", "2025-05-14T09:05:00+07:00", "Kinh tế vĩ mô", "Lê Thu Hằng"),
        ("vnpt/article-portlet", "Rà soát 214 cơ sở nhà đất dôi dư tại năm tổng công ty", "2025-07-17T14:20:00+07:00", "", "Phạm Quốc Trung"),
        ("vietnamnews/article-press-centre", "Khai trương phòng họp báo số 2 cho phóng viên nước ngoài", "2025-06-03T20:05:00+07:00", "Họp báo", "Trần Mỹ Duyên"),
        ("moit/article-ministry", "Xuất khẩu hạt điều sang Bắc Âu tăng 27%", "2025-09-09T10:18:00+07:00", "Xuất nhập khẩu", "Ngô Bích Liên"),
        ("dnn/article-easydnn", "Vận hành trạm bơm Kênh Đông cứu 4.000 ha lúa", "2025-07-21T07:45:00+07:00", "Thủy lợi", "Bùi Văn Thành"),
        ("govcn/article-trs", "我国北方七省启动河湖岸线联合巡查", "2025-03-22T10:35:00+08:00", "工作动态", "周立新"),
        ("govcn/article-hanweb", "全市完成春季造林3.2万亩", "2025-04-10T16:08:21+08:00", "工作动态", ""),
        ("gojp/article-health", "水辺の健康づくり月間を実施します", "2025-05-20", "報道発表資料", ""),
        ("gojp/article-agriculture", "「棚田の水守り」優良事例の表彰について", "2025-10-03", "報道発表資料", ""),
        ("gokr/article-board", "서해 갯벌 12곳에 염생식물 군락 되살린다", "2025-09-18T11:30:00+09:00", "보도자료", "갯벌생태과"),
        ("govhk/article-release", "Harbour clean-up collects 95 tonnes of marine refuse", "2025-09-05T17:15:00+08:00", "", ""),
        ("govhk/article-news", "新海濱長廊下月啟用", "2025-11-04", "", ""),
        ("isomer/article-post", "Reservoir trail opens with 18 rest points and a night closure", "2025-07-16", "PRESS RELEASES", ""),
        ("isomer/article-next", "Otter survey counts 173 animals", "2025-07-02", "Media releases", ""),
        ("goid/article-berita", "Danau Lambung Kembali Jernih Setelah Enceng Gondok Diangkat", "2025-08-19T14:25:00+07:00", "Berita", "Siti Rahmawati"),
        ("volto/article-blocks", "Riaperta l'alta via dei laghi", "2025-06-12", "Novità", ""),
        ("plone/article-classic", "Defeso da piapara começa em novembro", "2025-10-23T17:52:00-03:00", "Notícias", "Joana Prado"),
        ("plone/article-6", "Neue Brücke über die Sihlau freigegeben", "2025-06-30T07:30:00+02:00", "Medienmitteilungen", ""),
        ("typo3/article-news", "Moorwiesen an der Aue werden wieder nass", "2025-10-08", "Naturschutz", "Katrin Voss"),
        ("joomla/article-3", "Five river ports get night navigation lights", "2025-05-14T09:30:00+08:00", "Press Releases", "Public Affairs Service"),
        ("joomla/article-5", "El ministerio entrega 30 estaciones de lluvia", "2025-03-18T11:00:00-04:00", "Noticias", "Lucía Arana"),
    ],
)  # fmt: skip
def test_an_article_states_its_fields(page: str, headline: str, published: str, section: str, author: str) -> None:
    found = article(page)

    assert found.layout == page.partition("/")[0]
    assert found.headline == headline
    assert found.published is not None
    assert found.published.iso == published
    assert found.section == section
    assert "".join(found.authors) == author
    assert found.notes == ()


@pytest.mark.parametrize(
    ("page", "begins", "ends", "never"),
    [
        ("tandan/article-webpart", "Phát biểu tại lễ", "(PDF)", ("Tin liên quan", "Theo Tạp chí", "tiếp công dân", "Sau mười tám")),
        ("tandan/article-publishing", "Bộ Quy hoạch", "20 ngày làm việc.", ("Tin bài khác", "Lê Thu Hằng", "Gói tín dụng", "Tags")),
        ("vnpt/article-portlet", "Chiều 17/7", "tại đây.", ("Tin liên quan", "Kết quả rà soát lần đầu", "Phạm Quốc Trung")),
        ("vietnamnews/article-press-centre", "Tối 3/6", "so với năm trước.", ("Hoàng Vĩnh", "Đọc nhiều", "Từ khóa", "Phòng họp báo mới")),
        ("moit/article-ministry", "Số liệu của Cục", "doanh nghiệp Việt Nam.", ("Theo Thương vụ", "cùng chuyên mục", "Bốn nước Bắc Âu")),
        ("dnn/article-easydnn", "Mưa hai ngày", "thoát úng.", ("Tags", "Tin liên quan", "Lượt xem", "Tám tổ máy")),
        ("govcn/article-trs", "3月22日，北方七省", "工作方案.docx", ("相关阅读", "分享到", "字号", "发布时间")),
        ("govcn/article-hanweb", "截至4月8日", "验收上图。", ("浏览次数", "古树名木")),
        ("gojp/article-health", "河川生活省は、令和７年６月", "24KB］", ("照会先", "Reader", "報道関係者各位")),
        ("gojp/article-agriculture", "里山省は、棚田の", "214KB）", ("お問合せ先", "プレスリリース")),
        ("gokr/article-board", "갯벌보전부는 2029년까지", "관리에 참여한다.", ("첨부파일", "공공누리", "이전글", "조회수")),
        ("govhk/article-release", "The Harbour and Coasts", "hotline 2999 0000.", ("Ends/", "NNNN", "mooring buoys")),
        ("govhk/article-news", "全長2.3公里", "人次使用。", ("相關新聞",)),
        ("isomer/article-post", "The Parks and Reservoirs", "Factsheet", ("Last Updated", "HOME", "IMMEDIATE")),
        ("isomer/article-next", "The island's otter", "pumping station.", ("Back to top", "Volunteers walked", "Last updated")),
        ("goid/article-berita", "JAKARTA - Seluas", "Selasa (19/8).", ("Bagikan", "Dilihat", "Berita Lainnya", "Siaran Pers")),
        ("volto/article-blocks", "Da oggi gli", "per la montagna.", ("Rifugi", "Altre notizie", "Dopo la frana", "rio Chiaro")),
        ("plone/article-classic", "A partir de 1º", "210 KB).", ("Tags", "Enviar", "Piapara em cardume", "Pesca fica proibida")),
        ("plone/article-6", "Regierungsrätin Anna", "Übersichtsplan", ("Themen", "Pegelstände", "Nach zwei Jahren")),
        ("typo3/article-news", "Umweltministerin Dr.", "Hektar und Jahr.", ("Zurück", "Torfersatz", "Stauwehr am Hauptgraben", "Katrin Voss", "Dateien")),
        ("joomla/article-3", "Passenger boats may", "Mariners 12.", ("Hits", "Newsroom", "Written by", "Prev")),
        ("joomla/article-5", "Treinta comunidades", "cooperación internacional.", ("Escrito por", "Viveros", "cuenca alta\n")),
    ],
)  # fmt: skip
def test_the_text_is_whole_and_nothing_else(page: str, begins: str, ends: str, never: tuple[str, ...]) -> None:
    text = article(page).body_text

    assert text.startswith(begins)
    assert text.endswith(ends)
    assert [words for words in never if words in text] == []


@pytest.mark.parametrize(
    ("page", "pictures", "files", "tags"),
    [
        ("tandan/article-webpart", 1, 1, ()),
        ("tandan/article-publishing", 0, 1, ("vốn vay xanh", "doanh nghiệp nhỏ")),
        ("vnpt/article-portlet", 1, 1, ()),
        ("vietnamnews/article-press-centre", 1, 1, ("họp báo", "phóng viên nước ngoài")),
        ("moit/article-ministry", 1, 0, ("hạt điều", "Bắc Âu")),
        ("dnn/article-easydnn", 1, 1, ("tiêu úng", "trạm bơm")),
        ("govcn/article-trs", 1, 1, ()),
        ("gojp/article-health", 0, 2, ()),
        ("gokr/article-board", 0, 2, ()),
        ("govhk/article-news", 1, 0, ()),
        ("isomer/article-post", 1, 1, ()),
        ("goid/article-berita", 1, 1, ("danau", "enceng gondok")),
        ("volto/article-blocks", 1, 0, ("montagna",)),
        ("plone/article-classic", 1, 1, ("defeso", "pesca")),
        ("typo3/article-news", 1, 1, ()),
        ("joomla/article-3", 1, 1, ("ports", "navigation")),
        ("joomla/article-5", 1, 0, ("lluvia", "alerta temprana")),
    ],
)
def test_pictures_files_and_tags_are_the_article_s_own(
    page: str, pictures: int, files: int, tags: tuple[str, ...]
) -> None:
    found = article(page)

    assert (len(found.images), len(found.attachments), found.tags) == (pictures, files, tags)


def test_joomla_and_plone_say_when_an_article_was_changed() -> None:
    changed = [found.modified for found in map(article, ("joomla/article-3", "plone/article-classic"))]

    assert [moment.iso for moment in changed if moment] == ["2025-05-15T16:05:00+08:00", "2025-10-24T09:10:00-03:00"]


def test_where_an_article_comes_from_is_no_author() -> None:
    found = article("tandan/article-webpart")

    assert (found.origin, found.authors) == ("Tạp chí Đường thủy", ())


REBUILT = """<html lang="en"><head><title>Bridge closed for repairs</title></head><body><div class="item-page">
<dl class="article-info"></dl></div><main><h1>Bridge closed for repairs</h1><p>3 March 2025</p><div class="wrap"><p>The bridge
over the Banwa River is closed to lorries until the end of April, the department said on Monday.</p><p>Buses may use the
upper crossing, which has been open all day since the works on its deck came to an end.</p></div></main></body></html>"""


def test_a_rebuilt_website_is_read_in_general_and_the_page_says_so() -> None:
    found = read_article(REBUILT.encode(), url="https://www.ports.example.gov.ph/a", content_type=None)

    assert families(REBUILT) == ["joomla"]
    assert found.layout == "general"
    assert found.headline == "Bridge closed for repairs"
    assert "lorries" in found.body_text
    assert rule(found, "body_text").startswith("general")
    assert any("joomla" in note for note in found.notes)
