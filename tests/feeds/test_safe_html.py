import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.rules.html import judge
from feeds.safe_html import DEEPEST, cut, paragraphs, plain_text, safe_html

PAGE = "https://www.example.gov.vn/tin/bai-1.html"
TAGS = (
    "p div a b i span table caption tr td ul li figure figcaption img h1 h2 blockquote pre dl dd dt object form font "
    "nobr svg math select option button section center script style iframe template br hr details summary mark"
)


def safe(html: str) -> str:
    return safe_html(html, PAGE)


def parse_errors(html: str) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parseFragment(html)
    return [code for _, code, _ in parser.errors]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Một<script>alert(1)</script></p>", "<p>Một</p>"),
        ('<p style="color:red" class="x" onclick="x()">Một</p>', "<p>Một</p>"),
        ('<iframe src="https://x.vn"></iframe><p>Một</p>', "<p>Một</p>"),
        ("<div>Một<div>Hai</div>Ba</div>", "<p>Một</p><p>Hai</p>Ba"),
        ("<h1>Tên</h1><p>Một</p>", "<h2>Tên</h2><p>Một</p>"),
        ("<p>Một<p>Hai<b>ba", "<p>Một</p><p>Hai<b>ba</b></p>"),
        ("<p>&nbsp;</p><p> <br> </p><p><b></b></p><p>Một</p>", "<p>Một</p>"),
        ("<p>A &amp; B &lt;đợt 2&gt; ]]></p>", "<p>A &amp; B &lt;đợt 2&gt; ]]&gt;</p>"),
        ('<a href="javascript:x()">Một</a> <a href="#phan">hai</a>', "<p>Một hai</p>"),
        (
            "<table><caption>Bảng</caption><tr><td>1</table>",
            "<p>Bảng</p><table><tbody><tr><td>1</td></tr></tbody></table>",
        ),
        ('<td colspan="2x">Một</td>', "<p>Một</p>"),
        (
            '<table><tr><td colspan=" 2 " rowspan="x">1</td></tr></table>',
            '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
        ),
        ("<ins>Thêm</ins><del>bớt</del><mark>nền</mark>", "<ins>Thêm</ins><del>bớt</del>nền"),
        ("<pre>\n\n\nMột</pre>", "<pre>Một</pre>"),
        ("<p>Một\x00\ufffe\x92</p>", "<p>Một</p>"),
        ("<p>Một&#0;&#x1;&#xfffe;&#65534;&#x92;</p>", "<p>Một’</p>"),
        ("<dl><dd><figcaption><dd>Một</dl>", "<dl><dd></dd><dd>Một</dd></dl>"),
        ("<!-- lời --><p>Một</p>", "<p>Một</p>"),
        ("<a><object><a><p>Một", "<p>Một</p>"),
    ],
)
def test_html_is_reduced_to_what_every_reader_shows(html: str, expected: str) -> None:
    assert safe(html) == expected


def test_addresses_are_absolute() -> None:
    html = '<p><a href="../tep/a.pdf">tệp</a> <img src="/anh/1.jpg"></p>'

    assert safe(html) == (
        '<p><a href="https://www.example.gov.vn/tep/a.pdf" rel="noopener noreferrer nofollow">tệp</a> '
        '<img src="https://www.example.gov.vn/anh/1.jpg" alt=""></p>'
    )


@pytest.mark.parametrize(
    "image",
    [
        '<img alt="x">',
        '<img src="data:image/gif;base64,R0lGOD">',
        '<img src="/dem.gif" width="1" height="1">',
        '<img src="/dem.gif" width="0">',
        '<img src="/skin/blank.gif">',
        '<img src="http://127.0.0.1/x.jpg">',
    ],
)
def test_pictures_that_show_nothing_are_left_out(image: str) -> None:
    assert safe(f"<p>Một{image}</p>") == "<p>Một</p>"


def test_a_picture_keeps_its_size_and_its_words() -> None:
    html = '<figure><img height="300" alt="Hội &quot;nghị&quot;" src="/1.jpg" width="400"><figcaption>Ảnh</figcaption></figure>'

    assert safe(html) == (
        '<figure><img src="https://www.example.gov.vn/1.jpg" alt="Hội &quot;nghị&quot;" width="400" height="300">'
        "<figcaption>Ảnh</figcaption></figure>"
    )


def test_a_page_of_ten_thousand_levels_becomes_paragraphs() -> None:
    html = "<blockquote>" * 10_000 + "Một<p>Hai</p>" + "</blockquote>" * 10_000

    assert safe(html) == "<p>Một Hai</p>" or safe(html) == "<p>MộtHai</p>"


def test_nesting_that_readers_bear_stays() -> None:
    html = "<blockquote>" * (DEEPEST - 1) + "<p>Một</p>" + "</blockquote>" * (DEEPEST - 1)

    assert safe(html) == html


PIECES = st.sampled_from(
    [f"<{tag}>" for tag in TAGS.split()]
    + [f"</{tag}>" for tag in TAGS.split()]
    + ['<a href="/x">', '<img src="/a.png">', "từ", " ", "&nbsp;", "\n", "<!-- x -->", "&lt;b&gt;", "]]>", "<", "\x00"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=16).map("".join))
def test_broken_html_comes_out_as_html_that_parses_without_an_error(html: str) -> None:
    out = safe(html)

    assert parse_errors(out) == []
    assert safe(out) == out
    assert [fault for fault in judge(out).faults if fault.level == "error"] == []


def test_what_is_cut_ends_with_a_block_and_stays_whole() -> None:
    html = "<ul>" + "".join(f"<li>Điều {number} của thông tư</li>" for number in range(200)) + "</ul>"

    short, shortened = cut(html, 1000)

    assert shortened
    assert 700 < len(short.encode()) <= 1000 + len("</ul>")
    assert short.endswith("</li></ul>")
    assert parse_errors(short) == []


def test_a_single_endless_paragraph_is_cut_between_words() -> None:
    short, shortened = cut(f"<p><b>{'từ ngữ ' * 500}</b></p>", 1000)

    assert shortened
    assert short.endswith("ngữ…</b></p>") or short.endswith("từ…</b></p>")


def test_short_html_is_not_cut() -> None:
    assert cut("<p>Một</p>", 100) == ("<p>Một</p>", False)


def test_text_and_paragraphs_are_each_others_opposite() -> None:
    text = "Một & hai <đợt 2>\n\nBa"

    assert paragraphs(text) == "<p>Một &amp; hai &lt;đợt 2&gt;</p><p>Ba</p>"
    assert plain_text(paragraphs(text)).strip() == text
