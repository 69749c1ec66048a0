"""The text of an article comes out as clean paragraphs, lists, tables and quotes, with absolute addresses."""

from __future__ import annotations

import pytest

from scrapers.reading.body import MOST_CLEANED
from tests.reading.pages import read

BASE = "https://www.example.gov.vn"


def body(html: str) -> str:
    return read(f"<title>T</title><h1>Một tin có chữ</h1><div class=entry-content>{html}</div>").body_html


def text(html: str) -> str:
    return read(f"<title>T</title><h1>Một tin có chữ</h1><div class=entry-content>{html}</div>").body_text


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>Một <b>hai</b> <i>ba</i></p>", "<p>Một <strong>hai</strong> <em>ba</em></p>"),
        ("<div>Một<br>hai<br><br>ba</div>", "<p>Một<br>hai</p>\n<p>ba</p>"),
        ("<br><br>Một<br>", "<p>Một</p>"),
        ("Chữ trần <p>rồi đoạn</p> rồi chữ", "<p>Chữ trần</p>\n<p>rồi đoạn</p>\n<p>rồi chữ</p>"),
        ("<p><span style='x'>Một</span><font>hai</font></p>", "<p>Mộthai</p>"),
        ("<b><p>Một</p><p>hai</p></b>", "<p>Một</p>\n<p>hai</p>"),
        ("<p><strong></strong><b> </b>Một</p>", "<p>Một</p>"),
        ("<p><b>Một </b><b>hai</b></p>", "<p><strong>Một hai</strong></p>"),
        ("<h1>Lớn</h1><h5>Nhỏ</h5><p>Một</p>", "<h2>Lớn</h2>\n<h4>Nhỏ</h4>\n<p>Một</p>"),
        ("<p>x<sub>2</sub> <del>cũ</del><ins>mới</ins> <u>gạch</u></p>", "<p>x<sub>2</sub> <del>cũ</del><ins>mới</ins> gạch</p>"),
        ("<ul><li>Một</li><li><p>Hai</p></li><li></li></ul>", "<ul><li>Một</li><li>Hai</li></ul>"),
        ("<ol><li>Một<ul><li>Hai</li></ul></li></ol>", "<ol><li><p>Một</p><ul><li>Hai</li></ul></li></ol>"),
        ("<ul>Chữ trong danh sách</ul>", "<ul><li>Chữ trong danh sách</li></ul>"),
        ("<blockquote>Một<p>hai</p></blockquote>", "<blockquote><p>Một</p>\n<p>hai</p></blockquote>"),
        ("<pre>a\n  b</pre><p>c</p>", "<pre>a\nb</pre>\n<p>c</p>"),
        ("<dl><dt>Tên</dt><dd>Nghĩa</dd></dl>", "<p><strong>Tên</strong></p>\n<p>Nghĩa</p>"),
        ("<p>a &lt;b&gt; &amp; c</p>", "<p>a &lt;b&gt; &amp; c</p>"),
        ("<p onclick='x()' class=y>Một<script>x()</script><style>p{}</style></p>", "<p>Một</p>"),
        ("<p>Một</p><form><input><button>Gửi</button></form><iframe src=/x></iframe>", "<p>Một</p>"),
        ("<p>Một</p><blockquote></blockquote><ul></ul><table></table><pre></pre><h3></h3><dl><dt></dt></dl>", "<p>Một</p>"),
        ("<p>A<![CDATA[x]]>B</p>", "<p>AB</p>"),
    ],
)  # fmt: skip
def test_markup_becomes_clean(html: str, wanted: str) -> None:
    assert body(html) == wanted


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("/a?x=1&amp;y=2", f'<p><a href="{BASE}/a?x=1&amp;y=2">chữ</a></p>'),
        ("b.html", f'<p><a href="{BASE}/tin-tuc/b.html">chữ</a></p>'),
        ("https://x.vn/a?utm_source=z", '<p><a href="https://x.vn/a">chữ</a></p>'),
        ("#chu-thich", "<p>chữ</p>"),
        ("javascript:alert(1)", "<p>chữ</p>"),
        ("mailto:a@b.vn", "<p>chữ</p>"),
        ("http://[bad", "<p>chữ</p>"),
        ('/"><script>', f'<p><a href="{BASE}/%22%3E%3Cscript%3E">chữ</a></p>'),
    ],
)
def test_links_are_absolute_and_lead_somewhere(href: str, wanted: str) -> None:
    assert body(f"<p><a href='{href}'>chữ</a></p>") == wanted


def test_a_table_keeps_its_rows_columns_and_spans() -> None:
    html = (
        "<table><caption>Diện tích</caption><thead><tr><th>Tỉnh</th><th colspan=2>Ha</th></tr></thead>"
        "<tbody><tr><td>Huế</td><td>1<p>2</p></td><td rowspan='x'>3</td></tr><tr><td></td></tr></tbody></table>"
    )

    assert body(html) == (
        '<table><caption>Diện tích</caption><tr><th>Tỉnh</th><th colspan="2">Ha</th></tr>'
        "<tr><td>Huế</td><td><p>1</p><p>2</p></td><td>3</td></tr></table>"
    )
    assert text(html) == "Tỉnh\tHa\nHuế\t1  2\t3"


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>Một đoạn.</p><p>Hai đoạn.</p></td></tr></table>",
        "<table><tr><td><table><tr><td><p>Một đoạn.</p><p>Hai đoạn.</p></td></tr></table></td></tr></table>",
    ],
)
def test_a_table_that_only_arranges_is_none(html: str) -> None:
    assert body(html) == "<p>Một đoạn.</p>\n<p>Hai đoạn.</p>"


def test_two_columns_of_long_text_are_columns_not_data() -> None:
    column = "<td>" + "<p>Một câu dài để đo độ dài của cột này trong bảng.</p>" * 9 + "</td>"

    assert "<table>" not in body(f"<table><tr>{column}{column}</tr></table>")


def test_lists_and_breaks_are_lines_and_blocks_are_paragraphs_in_the_text() -> None:
    assert text("<p>Một<br>hai</p><ul><li>ba</li><li>bốn</li></ul>") == "Một\nhai\n\nba\nbốn"


def test_a_list_of_links_within_the_named_text_is_text() -> None:
    assert text(
        "<p>Xem các văn bản.</p><ul><li><a href=/a>Văn bản một</a></li><li><a href=/b>Văn bản hai</a></li></ul>"
    ).endswith("hai")


def test_a_list_of_links_in_a_whole_page_is_a_menu_unless_it_leads_to_files() -> None:
    html = "<h1>Công bố hai văn bản mới</h1><main><p>Bộ công bố hai văn bản mới về môi trường trong tháng này.</p>{}</main>"
    links = (
        "<ul><li><a href=/a{0}>Văn bản số một của năm</a></li><li><a href=/b{0}>Văn bản số hai của năm</a></li></ul>"
    )

    assert "số một" not in read(html.format(links.format(""))).body_text
    assert "số một" in read(html.format(links.format(".pdf"))).body_text


def test_what_stands_above_the_headline_in_the_text_s_element_is_not_text() -> None:
    found = read(
        "<title>Họp báo thường kỳ tháng tám</title><article><div>Trang chủ</div><p>Bộ Ví dụ</p><h1>Họp báo thường kỳ tháng tám</h1>"
        "<p>Cuộc họp báo diễn ra chiều nay tại trụ sở của bộ ở Hà Nội.</p></article>"
    )

    assert found.body_text == "Cuộc họp báo diễn ra chiều nay tại trụ sở của bộ ở Hà Nội."


def test_hidden_parts_and_boxes_named_so_are_not_text() -> None:
    found = read(
        "<h1>Họp báo thường kỳ</h1><article><p>Cuộc họp báo diễn ra chiều nay tại trụ sở của bộ.</p><p style='display: none'>Ẩn.</p>"
        "<div class='shareButtons'>Chia sẻ</div><div class=newsletter-box><p>Đăng ký nhận tin.</p></div><p aria-hidden=true>Ẩn nữa.</p></article>"
    )

    assert found.body_text == "Cuộc họp báo diễn ra chiều nay tại trụ sở của bộ."


def test_a_wrapper_that_holds_nearly_everything_is_no_box_whatever_its_name() -> None:
    paragraphs = "<p>Cuộc họp báo diễn ra chiều nay tại trụ sở của bộ ở trung tâm thành phố Hà Nội.</p>" * 4

    assert (
        read(f"<h1>Họp báo thường kỳ</h1><div class=page-with-sidebar>{paragraphs}</div>").body_text.count("Hà Nội")
        == 4
    )


def test_a_text_in_bare_lines_is_found() -> None:
    found = read(
        "<html><body><h1>Thông báo về lịch nghỉ</h1>Cơ quan nghỉ từ ngày mai cho đến hết tuần sau.<br><br>Trân trọng thông báo.</body></html>"
    )

    assert found.body_text == "Cơ quan nghỉ từ ngày mai cho đến hết tuần sau.\n\nTrân trọng thông báo."


def test_a_text_of_very_many_elements_keeps_its_words_though_not_its_form() -> None:
    html = "<ul>" + "<li>Điều khoản <b>số</b> một & hai" * (MOST_CLEANED // 2) + "</ul>"

    found = read(f"<h1>Danh mục thuốc mới</h1><div class=entry-content><h2>Danh mục thuốc mới</h2>{html}</div>")

    assert found.body_text.count("Điều khoản số một & hai") == MOST_CLEANED // 2
    assert found.body_html.startswith("<p>Điều khoản số một &amp; hai</p>")


def test_a_link_with_pictures_and_words_of_a_related_box_keeps_neither() -> None:
    html = "<p>Một.</p><p>Xem thêm: <a href='/b?x=1&amp;y=2'>Bài khác</a></p>"

    found = read(f"<h1>Một tin có chữ</h1><div class=entry-content>{html}</div>")

    assert found.body_text == "Một."
    assert [(link.url, link.title) for link in found.related] == [(f"{BASE}/b?x=1&y=2", "Bài khác")]
