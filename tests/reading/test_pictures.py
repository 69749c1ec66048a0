"""Pictures come with their real address, their caption and their credit, and leave the text."""

from __future__ import annotations

import pytest

from scrapers.items import Image
from scrapers.reading.images import image
from tests.reading.pages import read

AROUND = "<title>Bài có ảnh</title><h1>Bài có ảnh</h1><article><p>Đoạn văn đầu tiên của bài viết này.</p>{}<p>Đoạn văn cuối cùng của bài.</p></article>"
TEXT = "Đoạn văn đầu tiên của bài viết này.\n\nĐoạn văn cuối cùng của bài."
BASE = "https://www.example.gov.vn"


def pictures(html: str) -> tuple[Image, ...]:
    found = read(AROUND.format(html))
    assert found.body_text == TEXT
    return found.images


@pytest.mark.parametrize(
    "html",
    [
        "<figure><img src=/a.jpg><figcaption>Lễ ký kết</figcaption></figure>",
        "<figure><p><img src=/a.jpg></p><p>Lễ ký kết</p></figure>",
        "<figure><img src=/a.jpg></figure><figcaption>Lễ ký kết</figcaption>",
        "<div class=wp-caption><a href=/x><img src=/a.jpg></a><p class=wp-caption-text>Lễ ký kết</p></div>",
        "<div class=VCSortableInPreviewMode type=Photo><div><img src=/a.jpg></div><div class=PhotoCMS_Caption><p>Lễ ký kết</p></div></div>",
        "<table class=picture><tr><td class=pic><img src=/a.jpg></td></tr><tr><td class=caption><p>Lễ ký kết</p></td></tr></table>",
        "<table align=center><tbody><tr><td><img src=/a.jpg></td></tr><tr><td>Lễ ký kết</td></tr></tbody></table>",
        "<p><img src=/a.jpg></p><p class=imgdesc><em>Lễ ký kết</em></p>",
        "<p style='text-align: center'><img src=/a.jpg></p><p><i>Lễ ký kết</i></p>",
        "<p align=center><img src=/a.jpg></p>\n<p></p><p class=align-center><em>Lễ ký kết</em></p>",
        "<div><div><img src=/a.jpg></div><div class=image-caption>Lễ ký kết</div></div>",
        "<p><img src=/a.jpg><br><em>Lễ ký kết</em></p>",
        "<img src=/a.jpg data-caption='Lễ ký kết'>",
        "<a class=photo data-desc='Lễ ký kết' href=/page.html><img src=/a.jpg></a>",
        "<picture><source srcset='/a.jpg 900w'><img src=/small.jpg></picture><p class=caption>Lễ ký kết</p>",
    ],
)
def test_a_caption_is_found_however_it_is_written(html: str) -> None:
    assert pictures(html) == (Image(url=f"{BASE}/a.jpg", caption="Lễ ký kết"),)


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<img src=data:image/gif;base64,R0lGOD data-src=/a.jpg>", "/a.jpg"),
        ("<img src=/images/grey.gif data-original=/a.jpg>", "/a.jpg"),
        ("<img src=/images/loading.svg data-lazy-src=/a.jpg>", "/a.jpg"),
        ("<img src=/a-300.jpg srcset='/a-300.jpg 300w, /a-900.jpg 900w, /a-600.jpg 600w'>", "/a-900.jpg"),
        ("<img src=/a.jpg srcset='/a.jpg, /a2.jpg 2x'>", "/a2.jpg"),
        ("<img data-srcset='/a.jpg 1.5.5w, data:x 9999w' src=/b.jpg>", "/a.jpg"),
        ("<a href=/full/a.jpg><img src=/thumb/a.jpg></a>", "/full/a.jpg"),
        ("<img rel=/a.jpg src=/blank.gif>", "/a.jpg"),
        ("<img rel=nofollow src=/a.jpg>", "/a.jpg"),
        ("<img src='/lo-hoi..jpg'>", "/lo-hoi..jpg"),
    ],
)
def test_the_largest_real_file_is_the_picture(html: str, name: str) -> None:
    assert [found.url for found in pictures(html)] == [BASE + name]


@pytest.mark.parametrize(
    "html",
    [
        "<img src=/a.gif width=1 height=1>",
        "<img src=/a.gif width=16 height=16>",
        "<img src=/assets/logo.png>",
        "<img src=/icons/icon-print.svg>",
        "<img src=data:image/png;base64,AAAA>",
        "<img>",
        "<img src='http://[bad'>",
        "<img src=//secure.gravatar.com/avatar/1.jpg>",
    ],
)
def test_decoration_is_no_picture(html: str) -> None:
    assert pictures(html) == ()


def test_a_file_name_is_no_description_and_no_caption() -> None:
    found = read(AROUND.format("<p><img src=/1mm.jpg alt='1mm.jpg'></p><p><img src=/b.jpg alt='Hồ Ba Bể'></p>"))

    assert [one.caption for one in found.images] == ["", ""]
    assert '<img src="https://www.example.gov.vn/1mm.jpg" alt="">' in found.body_html
    assert '<img src="https://www.example.gov.vn/b.jpg" alt="Hồ Ba Bể">' in found.body_html


def test_an_ordinary_paragraph_after_a_picture_is_text() -> None:
    found = read(
        AROUND.format(
            "<p><img src=/a.jpg></p><p>Một câu bình thường.</p><p><em>Một câu in nghiêng không ở giữa.</em></p>"
        )
    )

    assert found.images[0].caption == ""
    assert "Một câu bình thường." in found.body_text
    assert "Một câu in nghiêng không ở giữa." in found.body_text


def test_several_pictures_of_one_figure_share_it_and_the_first_has_the_caption() -> None:
    found = pictures("<figure><img src=/a.jpg><img src=/b.jpg><figcaption>Hai góc nhìn</figcaption></figure>")

    assert [(one.url[-5:], one.caption) for one in found] == [("a.jpg", "Hai góc nhìn"), ("b.jpg", "")]


def test_a_picture_shown_twice_is_one() -> None:
    assert len(pictures("<p><img src=/a.jpg></p><p><img src=/a.jpg></p>")) == 1


def test_a_picture_within_words_stands_before_them() -> None:
    found = read(AROUND.format("<p>Chữ trước <img src=/a.jpg> chữ sau.</p>"))

    assert "Chữ trước\n\nchữ sau." in found.body_text
    assert len(found.images) == 1


@pytest.mark.parametrize(
    ("caption", "words", "credit"),
    [
        ("Lò hơi mới (Nguồn: Bộ Xây dựng)", "Lò hơi mới", "Bộ Xây dựng"),
        ("Ruộng lúa ở An Giang. Ảnh: TTXVN", "Ruộng lúa ở An Giang", "TTXVN"),
        ("Hồ Dầu Tiếng - Ảnh: VGP/Nhật Bắc", "Hồ Dầu Tiếng", "VGP/Nhật Bắc"),
        ("Một góc hồ (Ảnh minh họa: Internet)", "Một góc hồ", "Internet"),
        ("A boat at Pier 4. Photo credit: R. Santos.", "A boat at Pier 4", "R. Santos"),
        ("Le pont. Crédit photo : Agence", "Le pont", "Agence"),
        ("Der Hafen | © Stadt Kiel", "Der Hafen", "Stadt Kiel"),
        ("Ảnh: Minh Hà", "", "Minh Hà"),
        ("Không có nguồn", "Không có nguồn", ""),
        ("Nguồn nước sạch ở bản Mường", "Nguồn nước sạch ở bản Mường", ""),
        ("Ảnh: a\n" * 3000, ("Ảnh: a\n" * 3000)[:-1].strip() and "", ""),
    ],
)
def test_a_marked_credit_is_kept_apart(caption: str, words: str, credit: str) -> None:
    found = image("https://x.vn/a.jpg", caption)

    if len(caption) < 1000:
        assert (found.caption, found.credit) == (words, credit)


def test_pictures_between_headline_and_text_lead_the_article() -> None:
    found = read(
        "<title>Khánh thành cầu</title><h1>Khánh thành cầu</h1><img src=/cau.jpg><div class=moskie>"
        "<p>Cây cầu dài 96 mét được khánh thành hôm nay ở hai xã miền núi.</p></div>"
    )

    assert [one.url for one in found.images] == [BASE + "/cau.jpg"]
    assert found.body_html.startswith("<figure>")
