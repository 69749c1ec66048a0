from datetime import timedelta
from typing import Any

import html5lib
import pytest

from feeds.entries import entry
from feeds.publishers import stranger
from feeds.windows import LIMITS
from scrapers.items import Attachment, Image
from scrapers.sources import Entrance
from tests.feeds.making import LONG, by, rich, stored, told
from tests.storage.making import HOME, NOON, article, moment, url


def test_an_entry_tells_the_whole_article() -> None:
    one = entry(stored(read=rich()), by(), limit=LIMITS[0])

    assert one.id == stored().id
    assert one.link == f"{HOME}tin-so-363001.html"
    assert one.title == "Bộ trưởng trả lời câu hỏi thứ 1"
    assert one.summary == "(VD) Câu hỏi thứ 1 nói về đa dạng sinh học."
    assert one.authors == ("Nguyễn Văn An", "Vụ Hợp tác quốc tế (Bộ VD)")
    assert one.section == "Tin tức"
    assert one.tags == ("môi trường", "khí hậu")
    assert one.language == "vi"
    assert one.content.startswith("<p>(VD) Câu hỏi thứ 1 nói về đa dạng sinh học.</p><h2>Bối cảnh</h2>")
    for part in ("<p>Thứ nhất &amp; thứ hai.</p>", "<figcaption>Toàn cảnh</figcaption>", "<td>2026</td>", "Hết./."):
        assert part in one.content


def test_attachments_stand_at_the_end_of_the_content() -> None:
    one = entry(stored(read=rich()), by(), limit=LIMITS[0])

    assert one.content.endswith(
        "<h3>Tệp đính kèm</h3><ul>"
        f'<li><a href="{HOME}tep/1/thong-tu.pdf" rel="noopener noreferrer nofollow">Thông tư 12/2026</a></li>'
        f'<li><a href="{HOME}tep/1/phu-luc.docx" rel="noopener noreferrer nofollow">Phụ lục &lt;đợt 2&gt;</a></li></ul>'
    )
    assert [file.type for file in one.attachments] == [
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]
    assert [file.size for file in one.attachments] == [182_044, None]


@pytest.mark.parametrize(
    ("file", "title", "kind"),
    [
        (Attachment(url="/x/Công văn 12.pdf"), "Công văn 12.pdf", "application/pdf"),
        (Attachment(url="/tai-ve?id=3", title="  Phụ\nlục "), "Phụ lục", "application/octet-stream"),
        (Attachment(url="/tai-ve/", type="application/pdf"), "Tệp 1", "application/pdf"),
        (Attachment(url="/x.pdf", type="application/octet-stream"), "x.pdf", "application/pdf"),
        (Attachment(url="/x.zip", type="pdf; x"), "x.zip", "application/zip"),
        (Attachment(url="/x.xls", size=0), "x.xls", "application/vnd.ms-excel"),
    ],
)
def test_an_attachment_has_a_title_and_a_type(file: Attachment, title: str, kind: str) -> None:
    (found,) = told(attachments=(file,)).attachments

    assert (found.title, found.type, found.size) == (title, kind, None)


def test_an_attachment_without_an_address_for_strangers_is_left_out() -> None:
    one = told(attachments=(Attachment(url="file:///C:/x.pdf"), Attachment(url="/x.pdf"), Attachment(url="/x.pdf#2")))

    assert [file.url for file in one.attachments] == [f"{HOME}x.pdf", f"{HOME}x.pdf#2"]


def test_a_picture_that_the_body_lacks_follows_the_lede() -> None:
    one = told(body_html="<p>Một.</p>", images=(Image(url="/a&b.jpg", caption="Toàn cảnh", credit="Minh Anh"),))

    assert (
        f'thứ 1 nói về đa dạng sinh học.</p><figure><img src="{HOME}a&amp;b.jpg" alt="">'
        "<figcaption>Toàn cảnh (Minh Anh)</figcaption></figure><p>Một.</p>"
    ) in one.content
    assert one.images == (Image(url=f"{HOME}a&b.jpg", caption="Toàn cảnh", credit="Minh Anh"),)


def test_pictures_announced_are_pictures_shown() -> None:
    one = entry(stored(read=rich()), by(), limit=LIMITS[0])

    assert [image.url for image in one.images] == [f"{HOME}anh/1.jpg"]
    assert one.content.count("<img ") == 1


def test_a_lede_that_the_body_repeats_is_told_once() -> None:
    one = told(lede="Câu mở đầu.", body_html="<p><b>Câu mở đầu.</b></p><p>Tiếp.</p>", images=())

    assert one.content.count("Câu mở đầu.") == 1


def test_an_article_without_a_body_leads_to_its_page() -> None:
    one = told(body_html="", body_text="", images=())

    assert one.content == (
        "<p>(VD) Câu hỏi thứ 1 nói về đa dạng sinh học.</p>"
        f'<p><a href="{HOME}tin-so-363001.html" rel="noopener noreferrer nofollow">Xem trên trang gốc</a></p>'
    )
    assert one.summary != one.content


def test_text_alone_becomes_paragraphs() -> None:
    assert "<p>Một.</p><p>Hai.</p>" in told(body_html="", body_text="Một.\n\nHai.", images=()).content


def test_a_long_article_is_cut_and_leads_to_the_rest() -> None:
    body = "".join(f"<p>{LONG}{number}</p>" for number in range(2000))

    one = told(body_html=body, images=(Image(url="/cuoi.jpg"),))

    assert len(one.content.encode()) < LIMITS[0] + 1000
    assert f'<p><a href="{HOME}tin-so-363001.html"' in one.content
    assert "Bài dài; đọc tiếp trên trang gốc" in one.content


def test_pictures_of_the_part_that_was_cut_are_not_announced() -> None:
    body = f'<p>{LONG * 900}</p><figure><img src="{HOME}cuoi.jpg" alt=""></figure>'

    one = told(body_html=body, images=(Image(url=f"{HOME}cuoi.jpg"),))

    assert one.images == ()
    assert "cuoi.jpg" not in one.content


@pytest.mark.parametrize(
    ("details", "note"),
    [
        (
            {"published": None},
            "Trang không ghi ngày đăng; thời gian nêu là lúc Bantin thấy bài lần đầu.",
        ),
        (
            {"published": moment(30)},
            (
                "Trang ghi thời gian đăng là 18:00 ngày 03/03/2026, muộn hơn lúc Bantin thấy bài; "
                "thời gian nêu là lúc Bantin thấy bài lần đầu."
            ),
        ),
        (
            {"published": moment(-24 * 365 * 40)},
            (
                "Trang ghi thời gian đăng không thể đúng (12:00 ngày 12/03/1986); "
                "thời gian nêu là lúc Bantin thấy bài lần đầu."
            ),
        ),
    ],
)
def test_a_time_that_is_not_the_pages_is_explained(details: dict[str, Any], note: str) -> None:
    assert told(**details).content.endswith(f"<hr><p><em>{note}</em></p>")


def test_the_explanation_is_in_the_readers_language() -> None:
    english = by(language="en")

    assert "The page gives no date of publication" in told(of=english, published=None).content


def test_a_page_that_states_its_time_needs_no_explanation() -> None:
    assert "<hr>" not in told().content


def test_a_revised_article_says_so() -> None:
    one = entry(stored(versions=3, revised=NOON + timedelta(hours=2)), by(), limit=LIMITS[0])

    assert one.content.endswith(
        "<p><em>Bài này đã thay đổi so với bản đầu tiên Bantin lưu; "
        "thay đổi gần nhất được thấy lúc 14:00 ngày 02/03/2026.</em></p>"
    )


def test_a_withdrawn_article_stays_with_a_notice() -> None:
    one = entry(stored(state="withdrawn"), by(), limit=LIMITS[0])

    assert one.content.startswith(
        "<p><strong>Bài này đã bị gỡ khỏi trang của Bộ Ví dụ. Dưới đây là bản Bantin đã lưu.</strong></p>"
    )
    assert "Nội dung thứ 1" in one.content


def test_a_missing_article_is_told_as_before() -> None:
    assert entry(stored(state="missing"), by(), limit=LIMITS[0]) == entry(stored(), by(), limit=LIMITS[0])


@pytest.mark.parametrize(
    ("details", "title"),
    [
        ({"headline": "A & B <đợt 2>"}, "A & B <đợt 2>"),
        ({"headline": "\x00 ", "kicker": "Chuyển đổi số"}, "Chuyển đổi số"),
        ({"headline": "", "lede": "Câu một. Câu hai."}, "Câu một. Câu hai."),
        ({"headline": "", "lede": ""}, "(Không có tiêu đề)"),
    ],
)
def test_every_entry_has_a_title(details: dict[str, Any], title: str) -> None:
    assert told(**details).title == title


def test_without_a_lede_the_summary_is_the_beginning_of_the_text() -> None:
    assert told(lede="", body_text="Câu một. Câu hai.\n\nCâu ba. Câu bốn.").summary == "Câu một. Câu hai. Câu ba."
    assert told(lede="", body_text="", headline="Tên <b>").summary == "Tên ‹b>"


def test_the_ministry_is_the_author_where_nobody_signed() -> None:
    assert told(authors=("", " \u200b")).authors == ("Bộ Ví dụ",)


def test_categories_are_words_without_commas() -> None:
    one = told(section="Khoáng sản, địa chất", tags=("nước, không khí", "Nước", "đất "))

    assert one.section == "Khoáng sản địa chất"
    assert one.tags == ("nước", "không khí", "đất")


def test_an_entry_leads_to_the_canonical_page() -> None:
    assert told(canonical_url=f"{HOME}goc.html?utm_source=x").link == f"{HOME}goc.html"
    assert told(canonical_url="javascript:x", url="http://localhost/x").link == HOME
    assert told(canonical_url="", url="mailto:x@example.vn").link == HOME


@pytest.mark.parametrize(
    ("canonical", "is_taken"),
    [
        ("https://evil.example/tin.html", False),
        ("https://example.gov.vn.evil.example/tin.html", False),
        ("https://notexample.gov.vn/tin.html", False),
        ("https://[", False),
        ("https://example.gov.vn/tin.html", True),
        ("https://tin.example.gov.vn/tin.html", True),
        ("https://cong.example.vn/tin.html", True),
    ],
)
def test_a_canonical_address_counts_on_the_ministrys_own_hosts(canonical: str, is_taken: bool) -> None:
    ministry = by(entrances=(Entrance(kind="feed", url="https://www.cong.example.vn/rss"),))

    assert told(canonical_url=canonical, of=ministry).link == (canonical if is_taken else url(1))


def test_an_article_on_a_host_of_its_own_may_name_an_address_there() -> None:
    assert (
        told(url="https://bao.example.vn/1", canonical_url="https://bao.example.vn/2").link
        == "https://bao.example.vn/2"
    )


def test_a_canonical_address_that_is_another_articles_leads_nobody_astray() -> None:
    astray = stored(read=article(1, canonical_url=url(2)), misnamed=True)

    assert entry(astray, by(), limit=LIMITS[0]).link == url(1)


def test_an_article_in_another_language_says_so() -> None:
    assert told(language="en").language == "en"
    assert told(language="tiếng Việt").language == "vi"


def test_an_article_of_a_source_no_longer_followed_is_told_by_itself() -> None:
    lost = stored(read=article(language="xx-yy-!"))

    assert stranger(lost).name == "www.example.gov.vn"
    assert stranger(lost).language == "en"


def test_content_is_html_without_errors() -> None:
    parser = html5lib.HTMLParser()

    parser.parseFragment(entry(stored(read=rich(), state="withdrawn", versions=2), by(), limit=LIMITS[0]).content)

    assert parser.errors == []
