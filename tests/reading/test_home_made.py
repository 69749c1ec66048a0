"""Home-made systems of public bodies: titles in cells, pages within a form, office lines around the text."""

from __future__ import annotations

import pytest

from scrapers.reading.article import read_article
from scrapers.reading.dates import read_date
from tests.reading.pages import read, rule

TEXT = (
    "<p>Chiều 3/5, đoàn kiểm tra của Bộ làm việc với tỉnh về tiến độ sửa chữa hồ chứa nước trước mùa mưa bão năm nay.</p>"
    "<p>Theo báo cáo, mười hai hồ đã sửa xong, ba hồ còn lại sẽ hoàn thành trong tháng tới nếu thời tiết thuận lợi.</p>"
    "<p>Đoàn yêu cầu chủ đầu tư bố trí đủ nhân lực, vật tư tại chỗ và trực vận hành suốt ngày đêm khi có mưa lớn.</p>"
)
DATE = "<i>Thứ tư, 03/05/2023 | 09:30</i>"
HEADLINE = "Kiểm tra tiến độ sửa chữa hồ chứa nước"


@pytest.mark.parametrize(
    "top",
    [
        f"<table><tr><td class=title>{HEADLINE}</td></tr><tr><td>{DATE}</td></tr></table>",
        f"<div><font size=4><b>{HEADLINE}</b></font></div><div>{DATE}</div>",
        f"<div>{DATE}</div><div style='font-size:20px'>{HEADLINE}</div>",
        f"<div><b>{HEADLINE}</b> <i>(03/05/2023 09:30)</i></div>",
        f"<table><tr><td>Tiêu đề</td><td>{HEADLINE}</td></tr><tr><td>Ngày</td><td>03/05/2023</td></tr></table>",
        f"<h1>Tin hoạt động</h1><p class=title_detail>{HEADLINE}</p><p>{DATE}</p>",
    ],
)
def test_a_title_that_no_heading_marks_is_found_beside_the_date(top: str) -> None:
    found = read(f"<title>Trang tin điện tử</title><body>{top}{TEXT}")

    assert found.headline == HEADLINE
    assert found.published is not None
    assert found.published.iso.startswith("2023-05-03")


@pytest.mark.parametrize(
    ("top", "headline"),
    [
        ("<p>กรมชลประทานเตรียมแผนรับมือภัยแล้ง</p><p>วันที่ 3 พฤษภาคม 2566</p>", "กรมชลประทานเตรียมแผนรับมือภัยแล้ง"),
        (
            "<p>전국 저수지 안전 점검 실시</p><p><span>부서 : 관리과</span><span>등록일 : 2023-05-03</span></p>",
            "전국 저수지 안전 점검 실시",
        ),
    ],
)
def test_a_line_alone_above_the_date_is_the_title_of_a_page_without_headings(top: str, headline: str) -> None:
    assert read(f"<title>Portal</title><body>{top}{TEXT}").headline == headline


def test_a_short_line_beside_the_date_is_no_title() -> None:
    found = read(f"<title>Trang tin điện tử</title><body><div><b>Ban biên tập</b></div><div>{DATE}</div>{TEXT}")

    assert "beside" not in rule(found, "headline")


def test_a_form_around_the_whole_page_is_no_form() -> None:
    found = read(f"<title>{HEADLINE}</title><body><form><div><h1>{HEADLINE}</h1>{TEXT}</div></form>")

    assert "mười hai hồ" in found.body_text


def test_a_box_of_paragraphs_that_is_called_a_caption_is_text() -> None:
    found = read(f"<title>{HEADLINE}</title><body><h1>{HEADLINE}</h1><div class='area page-caption-p'>{TEXT}</div>")

    assert "mười hai hồ" in found.body_text


@pytest.mark.parametrize(
    "line",
    [
        "<div>Bản quyền thuộc về Bộ. Giấy phép số 12/GP-TTĐT ngày 20/06/2018</div>",
        "<div>Cổng thông tin của Bộ. Địa chỉ: số 2 phố Hàng Than, quận Ba Đình, Hà Nội</div>",
        "<div>In trang này | Gửi email | Lượt xem: 1.234</div>",
        "<div>上一篇：<a href=/1>关于开展水库安全检查工作的通知</a></div>",
        "<div>목록</div>",
        "<b>Các tin khác</b><ul><li><a href=/1>Khởi công hồ chứa nước mới ở huyện nhà</a> (02/05/2023)</li></ul>",
        "<div><b>Tệp đính kèm:</b> <a href=/a.pdf>Công văn 5591.pdf</a></div>",
    ],
)
def test_lines_that_end_a_page_are_no_text(line: str) -> None:
    found = read(f"<title>{HEADLINE}</title><body><h1>{HEADLINE}</h1><div>{DATE}</div>{TEXT}{line}")

    assert found.body_text.endswith("khi có mưa lớn.")
    assert found.published is not None
    assert found.published.iso.startswith("2023-05-03")


def test_an_address_that_a_marked_text_announces_stays() -> None:
    text = f"<div class=entry-content>{TEXT}<p>Địa chỉ: hội trường tầng hai, số 5 phố Tràng Thi</p></div>"

    assert "Tràng Thi" in read(f"<title>{HEADLINE}</title><body><h1>{HEADLINE}</h1>{text}").body_text


def test_a_sentence_that_begins_like_a_button_stays() -> None:
    last = "<p>Share prices rose after the ministry spoke.</p>"

    assert "Share prices" in read(f"<title>{HEADLINE}</title><body><h1>{HEADLINE}</h1>{TEXT}{last}").body_text


def test_the_cell_that_holds_the_text_is_the_text() -> None:
    side = "".join(f"<a href=/{n}>Tin số {n} về thủy lợi và đê điều</a> (0{n}.05.2023)<br>" for n in range(1, 5))
    page = (
        f"<table><tr><td>{side}</td><td><h2>{HEADLINE}</h2><font>03.05.2023</font>{TEXT}</td></tr>"
        "<tr><td colspan=2>© Bộ, 2003-2023. Địa chỉ: số 2 phố Hàng Than, Hà Nội</td></tr></table>"
    )

    found = read(f"<title>{HEADLINE}</title><body>{page}")

    assert "đê điều" not in found.body_text
    assert "Hàng Than" not in found.body_text


def test_khmer_afternoons_are_afternoons() -> None:
    found = read_date("ថ្ងៃទី០៣ ខែឧសភា ឆ្នាំ២០២៣ ម៉ោង ៣:៣០ រសៀល", language="km", timezone="Asia/Phnom_Penh")

    assert found is not None
    assert found.iso == "2023-05-03T15:30:00+07:00"


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("发布时间：2023-08-24 15:52 来源：新华社 浏览次数：123", "新华社"),
        ("<span>2023-08-24</span><span>来源：生态环境部</span><span>字号：大 中 小</span>", "生态环境部"),
        ("24/08/2023 15:52 | Nguồn: Báo Nhân Dân | Lượt xem: 12", "Báo Nhân Dân"),
        ("<b>24 August 2023</b> <i>Source: Fisheries Service</i>", "Fisheries Service"),
        ("24 August 2023", ""),
    ],
)
def test_a_label_beside_the_date_names_where_an_article_comes_from(line: str, origin: str) -> None:
    text = "<p>The dues were halved on Thursday, the ministry said, for all boats below eight metres in length.</p>" * 6
    title = "Harbour dues are halved for all small boats"
    markup = f"<html><title>{title}</title><body><h1>{title}</h1><div class=info>{line}</div>{text}</body></html>"

    found = read_article(markup.encode(), url="https://www.example.org/news/1", content_type="text/html; charset=utf-8")

    assert found.origin == origin
