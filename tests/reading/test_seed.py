"""The page this project exists for, on both templates of its website, field by field."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from scrapers.items import Article
from scrapers.reading.article import read_article
from tests.reading.pages import golden, page

TEMPLATES = ("article-a", "article-b")


def read(template: str) -> Article:
    path = page("onecms", template)
    return read_article(path.read_bytes(), url=golden(path)["url"], content_type="text/html; charset=utf-8")


@pytest.fixture(params=TEMPLATES)
def article(request: pytest.FixtureRequest) -> Article:
    return read(request.param)


def printed(article: Article, field: str) -> str:
    return next(reason.printed for reason in article.passport if reason.field == field)


def test_its_section_is_the_last_breadcrumb(article: Article) -> None:
    assert article.section == "Ngành TN&MT"


def test_its_headline_stands_in_the_record_once(article: Article) -> None:
    headline = "Tăng cường hợp tác khu vực và quốc tế để giải quyết các thách thức môi trường và khí hậu"

    assert article.headline == headline
    assert headline not in article.body_text


def test_its_byline_is_one_body_and_not_taken_apart(article: Article) -> None:
    assert article.authors == ("Vụ Hợp tác quốc tế (Bộ TN&MT)",)


def test_it_was_published_at_the_minute_it_shows_in_its_own_zone(article: Article) -> None:
    assert article.published is not None
    assert article.published.at == datetime(2023, 8, 24, 15, 52, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert article.published.precision == "minute"
    assert article.published.iso == "2023-08-24T15:52:00+07:00"


def test_the_mark_of_its_lede_is_repaired_and_kept_as_printed(article: Article) -> None:
    assert article.lede.startswith("(TN&MT) - Hội nghị Bộ trưởng Môi trường ASEAN lần thứ 17")
    assert printed(article, "lede").startswith("(TN&;MT) - Hội nghị Bộ trưởng")
    assert article.lede not in article.body_text


def test_its_paragraphs_are_all_there_in_order(article: Article) -> None:
    paragraphs = article.body_text.split("\n\n")

    assert len(paragraphs) == 12
    assert paragraphs[0].startswith("Theo đó, Hội nghị Bộ trưởng Môi trường ASEAN lần thứ 17")
    assert paragraphs[8].endswith("vào ngày 2-3 tháng 8 năm 2023 tại Bogor, Indonesia.")
    assert paragraphs[-1].endswith("chống ô nhiễm môi trường và suy giảm đa dạng sinh học./.")


def test_its_four_images_have_their_captions_and_the_text_has_none(article: Article) -> None:
    names = [image.url.rpartition("/")[2] for image in article.images]
    captions = [image.caption for image in article.images]

    assert names == ["1mm.jpg", "2mm.jpg", "3mm.jpg", "4mm.jpg"]
    assert captions[1] == "Hội nghị quan chức cấp cao ASEAN+3 về Môi trường"
    assert captions[2].startswith(
        "Đối thoại Bộ trưởng ASEAN - Nhật Bản về môi trường và biến đổi khí hậu (AJMDEC) & Lễ ra mắt"
    )
    assert not [caption for caption in captions if not caption or caption in article.body_text.split("\n\n")]
    assert "1mm.jpg" not in article.body_text


def test_it_has_no_comments(article: Article) -> None:
    assert article.comments_count == 0


@pytest.mark.parametrize(
    "foreign", ["Nổi bật", "Đừng bỏ lỡ", "POWERED BY", "Quảng cáo", "Bình luận", ">>", "Giá nước sạch"]
)
def test_nothing_of_the_page_around_it_is_in_its_text(article: Article, foreign: str) -> None:
    assert foreign not in article.body_text
    assert foreign not in article.body_html


def test_the_link_within_its_text_is_related_reading(article: Article) -> None:
    assert article.related[0].title == "Khai mạc Hội nghị Bộ trưởng Môi trường ASEAN lần thứ 17"


def test_both_templates_say_the_same() -> None:
    one, other = (read(template) for template in TEMPLATES)

    assert one.body_text == other.body_text
    assert one.body_html == other.body_html
    assert one.images == other.images
    assert one.authors == other.authors


def test_it_is_read_alike_on_every_fetch() -> None:
    path = page("onecms", "article-a")
    later = path.read_bytes().replace(b"9/4/2026 5:08:43 PM", b"9/5/2026 6:00:00 AM").replace(b"zone-40", b"zone-77")

    assert read_article(later, url=golden(path)["url"], content_type=None) == read_article(
        path.read_bytes(), url=golden(path)["url"], content_type=None
    )


def test_it_is_read_without_knowing_its_address() -> None:
    found = read_article(page("onecms", "article-a").read_bytes(), url="", content_type=None)

    assert found.url == ""
    assert found.canonical_url.startswith("https://baotainguyenmoitruong.vn/tang-cuong")
    assert found.published is not None
    assert found.published.iso == "2023-08-24T15:52:00+07:00"
