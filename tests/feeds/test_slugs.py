import unicodedata

import pytest

from feeds.slugs import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ngành TN&MT", "nganh-tn-mt"),
        ("Đa dạng sinh học – Môi trường", "da-dang-sinh-hoc-moi-truong"),
        ("TIN TỨC ", "tin-tuc"),
        (unicodedata.normalize("NFD", "Thông báo"), "thong-bao"),
        ("Wirtschaft & Straßen", "wirtschaft-strassen"),
        ("2026", "2026"),
    ],
)
def test_names_become_ascii(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_other_scripts_get_digits_of_their_own() -> None:
    assert slug("新闻") == "s-b11d2f6a" or slug("新闻").startswith("s-")
    assert slug("新闻") != slug("公告")
    assert slug("新闻 2026").startswith("2026-")


def test_long_names_that_begin_alike_differ() -> None:
    long = "Chuyên mục về " + "môi trường " * 10

    assert slug(long) != slug(f"{long} khác")
    assert len(slug(long)) <= 70


def test_a_name_without_letters_has_a_slug() -> None:
    assert slug("– – –").startswith("s-")
    assert slug("\ud800").startswith("s-")
