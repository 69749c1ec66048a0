"""What counts as an edit, and what is only noise."""

import pytest

from scrapers.items import Article, Attachment, Image, Moment
from storage.versions import history
from storage.wording import differing, fingerprint, wording
from tests.storage.conftest import Archive
from tests.storage.making import HOME, NOON, article, moment


def fields(**details: object) -> tuple[str, ...]:
    return differing(wording(article(1)), wording(article(1, **details)))


def image(url: str = f"{HOME}anh/1.jpg", caption: str = "Toàn cảnh hội nghị", credit: str = "") -> dict[str, object]:
    return {"images": (Image(url=url, caption=caption, credit=credit),)}


@pytest.mark.parametrize(
    ("details", "named"),
    [
        ({"headline": "Khác"}, "headline"),
        ({"kicker": "Nóng"}, "kicker"),
        ({"section": "Chỉ đạo"}, "section"),
        ({"lede": "Khác"}, "lede"),
        ({"authors": ("Trần Thị Bình",)}, "authors"),
        ({"origin": "TTXVN"}, "origin"),
        ({"published": moment(-2)}, "published"),
        ({"published": moment(-1, precision="day")}, "published"),
        ({"body_text": "Nội dung thứ 1, đoạn mốt.\n\nĐoạn hai./."}, "body_text"),
        ({"body_html": '<p>Nội dung thứ 1, <a href="/x">đoạn</a> một.</p><p>Đoạn hai./.</p>'}, "body_html"),
        ({"body_html": "<p>Nội dung thứ 1, đoạn một.</p><p>Đoạn hai./.</p><table><td>9</td></table>"}, "body_html"),
        (image(caption="Khác"), "images"),
        (image(credit="Ảnh: An"), "images"),
        (image(url=f"{HOME}anh/2.jpg"), "images"),
        ({"attachments": (Attachment(url=f"{HOME}a.pdf", title="Thông tư"),)}, "attachments"),
        ({"tags": ("nước",)}, "tags"),
    ],
)
def test_what_a_reader_sees_is_an_edit(details: dict[str, object], named: str) -> None:
    assert fields(**details) == (named,)


def test_other_words_are_one_field_though_the_markup_holds_them_too() -> None:
    assert fields(body_text="Khác", body_html="<p>Khác</p>") == ("body_text",)


@pytest.mark.parametrize(
    "details",
    [
        {"comments_count": 5},
        {"modified": moment(3)},
        {"canonical_url": f"{HOME}khac.html"},
        {"layout": "general"},
        {"language": "en"},
        {"documents": ("1/2026/TT-BVD",)},
        {"headline": "Bộ\u00a0trưởng trả lời câu hỏi thứ\u200b 1 "},
        {"lede": "(VD) Câu hỏi thứ 1 nói về đa da\u0323ng sinh ho\u0323c."},
        {"tags": ("Môi Trường", "môi trường")},
        {"body_html": '<div class="x"><strong>Nội dung</strong> thứ 1, đoạn một.</div><p>Đoạn hai./.</p>'},
        {"body_html": "<p>N&#7897;i dung thứ 1, đoạn một.</p><p>Đoạn hai./.</p>"},
        image(url="https://cdn7.example.vn/anh/1.jpg?w=800&token=abc"),
    ],
)
def test_noise_is_no_edit(details: dict[str, object]) -> None:
    assert fields(**details) == ()


def test_a_size_or_a_signature_of_a_file_is_noise() -> None:
    def with_file(url: str, size: int | None) -> Article:
        return article(1, attachments=(Attachment(url=url, title="Tờ trình", size=size),))

    before = wording(with_file(f"{HOME}download?id=5&sig=aa", 100))

    assert differing(before, wording(with_file(f"{HOME}download?id=5&sig=bb", None))) == ()
    assert differing(before, wording(with_file(f"{HOME}download?id=6&sig=aa", 100))) == ("attachments",)


def test_an_address_no_parser_takes_is_compared_as_it_is() -> None:
    assert fields(**image(url="http://[broken")) == ("images",)


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    published = article(1).published
    assert published is not None
    elsewhere = Moment(at=published.at.astimezone(NOON.tzinfo), precision="minute")

    assert fields(published=elsewhere) == ()


def test_seconds_that_only_metadata_have_are_noise() -> None:
    published = article(1).published
    assert published is not None
    exact = Moment(at=published.at.replace(second=48, microsecond=123000), precision="second")

    assert fields(published=exact) == ()


def test_a_fingerprint_tells_wordings_apart() -> None:
    assert fingerprint(wording(article(1))) == fingerprint(wording(article(1)))
    assert fingerprint(wording(article(1))) != fingerprint(wording(article(1, lede="")))


def test_an_article_nobody_has_has_no_history(archive: Archive) -> None:
    assert history(archive.db, 5) == []
