"""Addresses that never were, and what makes two pages alike."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.addresses import tidy
from scrapers.answers import Answer, Kind
from scrapers.canary import likeness, made_up, names, sketch
from scrapers.items import Exchange

HOST = "https://www.example.gov.vn"


def answer(html: str, url: str = f"{HOST}/tin/mot-tin-4711.html") -> Answer:
    now = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
    exchange = Exchange(url=url, final_url=url, purpose="article", started=now, elapsed=0.1, status=200)
    return Answer(kind=Kind.PAGE, url=url, exchange=exchange, payload=html.encode(), fetched=now)


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("/tin/thong-bao-4711.html", r"/tin/[a-z]{5}-[a-z]{3}-9999\.html"),
        ("/tin/thong-bao-4711.html?utm=x", r"/tin/[a-z]{5}-[a-z]{3}-9999\.html"),
        ("/node/4711", r"/node/9999"),
        ("/2026/03/02/tin/", r"/2026/03/02/[a-z]{3}/"),
        ("/Default.aspx?tabid=12&id=4711", r"/Default\.aspx\?tabid=12&id=9999"),
        ("/a.b.c/tin.moi.nhat", r"/a\.b\.c/[a-z]{3}\.[a-z]{3}\.nhat"),
        ("/tin/%E1%BA%A3nh", r"/tin/\S+"),
        ("/9999", r"/99999"),
        ("/", r"/khong-co"),
        ("", r"/khong-co"),
    ],
)
def test_a_made_up_address_is_shaped_like_the_one_it_stands_for(url: str, shape: str) -> None:

    found = made_up(HOST + url, seed="today")

    assert re.fullmatch(re.escape(HOST) + shape, found), found
    assert found == made_up(HOST + url, seed="today")


@given(st.text(max_size=60), st.text(max_size=20))
def test_a_made_up_address_is_another_one_of_the_same_host(path: str, query: str) -> None:
    url = tidy(f"{HOST}/{path}?{query}")
    found = tidy(made_up(url, seed="x")) if url else ""

    assert found != url or not url
    assert not url or found.startswith(f"{HOST}/")


def test_pages_of_one_template_are_alike_and_others_are_not() -> None:
    menu = "".join(
        f"<li class=m{n}>Mục {word}</li>"
        for n, word in enumerate(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám"])
    )
    one = sketch(answer(f"<ul>{menu}</ul><p>Xin lỗi 1.234 lượt xem</p><script>var a = 1</script>"))
    same = sketch(answer(f"<ul>{menu}</ul><p>Xin lỗi 9.999 lượt xem</p><script>var b = 2</script>"))
    other = sketch(answer("<div class=khac>Bộ trưởng tiếp đoàn đại biểu nước ngoài</div>"))

    assert likeness(one, same) == 1.0
    assert likeness(one, other) < 0.1
    assert likeness(one, ()) == 0.0


def test_a_page_is_called_by_title_and_headings_but_not_by_its_own_address() -> None:
    page = answer("<title>Bộ Ví dụ 2026</title><h1>Không có /tin/mot-tin-4711.html</h1><h1> </h1>")

    assert names(page, "Thêm") == ("bộ ví dụ", "không có", "thêm")
    assert names(answer("<h1>Reform</h1>", f"{HOST}/Reform")) == ("reform",)
