"""Pages of one make-believe website of no known layout, whose names say nothing and whose columns are full of teasers."""

from __future__ import annotations

from html import escape

from scrapers.items import Article, Headline, Sample, Template
from scrapers.reading.article import read_article
from scrapers.reading.learning import learn

HTML = "text/html; charset=utf-8"
HOME = "https://www.vidu.gov.vn"
_WORDS = str.split(
    "nước rừng biển đất khí hậu sông hồ mưa bão lũ hạn mặn dự báo quan trắc bản đồ khoáng sản môi trường đa dạng sinh học đô thị "
    "nông thôn giao thông năng lượng gió mặt trời thủy điện công trình hạ tầng đầu tư vốn ngân sách thanh tra kiểm tra"
)


def words(seed: int, count: int) -> str:
    """Words that only this seed has in this order."""
    chosen = [_WORDS[(seed * 31 + place * (seed % 7 + 3) + place * place) % len(_WORDS)] for place in range(count)]
    return " ".join(chosen).capitalize()


def headline(number: int) -> str:
    return f"{words(number * 17 + 5, 9)} số {number}"


def url(number: int) -> str:
    return f"{HOME}/tin/{number}.html"


def day(number: int) -> str:
    return f"{number % 28 + 1:02}/03/2026 08:30"


def text(number: int, paragraphs: int) -> list[str]:
    return [f"{words(number * 101 + place, 30)}." for place in range(paragraphs)]


def page(number: int, paragraphs: int = 3, *, text_class: str = "xq", extra: str = "", title: str = "") -> bytes:
    """A page as such websites make them: the section's name in h1, the headline in a div, more words beside than in it."""
    latest = "".join(f'<li><a href="{url(one)}">{headline(one)}</a></li>' for one in range(number + 1, number + 7))
    teasers = "".join(
        f'<div class="bk"><a href="{url(one)}">{headline(one)}</a><p>{words(one * 7 + 900, 45)}.</p></div>'
        for one in range(number + 40, number + 44)
    )
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text(number, paragraphs))
    return f"""<html lang="vi"><head><title>{title or "Cổng thông tin Bộ Ví dụ"}</title></head><body>
      <div class="zz"><a href="/">Trang chủ</a> <a href="/gioi-thieu">Giới thiệu</a> <a href="/van-ban">Văn bản</a></div>
      <div class="wr css-{number:04x}a1b"><h1>Tin hoạt động</h1><div class="hd">{headline(number)}</div>
        <div class="dt">{day(number)}</div><div>Cỡ chữ A A+ | Lượt xem: {number * 37}</div>
        <div class="{text_class}" id="bai_{number + 48000}">{body}{extra}</div>
        <div><p>Liên hệ phòng báo chí của Bộ Ví dụ để biết thêm thông tin về các hoạt động.</p></div></div>
      <div class="cl"><p>Bộ Ví dụ là cơ quan của Chính phủ, thực hiện chức năng quản lý nhà nước.</p>{teasers}<ul>{latest}</ul></div>
      <div class="ft">Bản quyền thuộc Bộ Ví dụ, số 1 phố Thí Dụ</div></body></html>""".encode()


def read(
    number: int, payload: bytes | None = None, template: Template | None = None, *, listed: bool = True
) -> Article:
    """Read a page the way a visit does: knowing how the listing shows it."""
    row = Headline(url=url(number), title=headline(number)) if listed else None
    return read_article(
        payload if payload is not None else page(number),
        url=url(number),
        content_type=HTML,
        listed=row,
        template=template,
    )


def sample(number: int, payload: bytes | None = None) -> Sample:
    payload = payload if payload is not None else page(number)
    return Sample(payload=payload, content_type=HTML, article=read(number, payload), listed=headline(number))


def learnt(*numbers: int) -> Template:
    return learn([sample(number) for number in numbers])
