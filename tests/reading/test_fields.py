"""Each field is what the page says, from the witness most to be trusted, and empty when nobody says it."""

from __future__ import annotations

import pytest
from msgspec import structs

from scrapers.reading.article import read_article
from scrapers.reading.fields.people import names_in_byline
from scrapers.sources import ArticleSelectors, Entrance, Selectors, Source
from tests.reading.pages import URL, grade, page, read, rule

TEXT = "<p>The ministry will open the new laboratory in the spring of next year, officials said.</p>"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Vụ Hợp tác quốc tế (Bộ TN&MT)", ("Vụ Hợp tác quốc tế (Bộ TN&MT)",)),
        ("Vụ Pháp chế và Hợp tác quốc tế", ("Vụ Pháp chế và Hợp tác quốc tế",)),
        ("Office of the Attorney General, Press Team", ("Office of the Attorney General, Press Team",)),
        ("Lan Anh - Minh Đức", ("Lan Anh", "Minh Đức")),
        ("Lan Anh, Minh Đức và Thu Hà", ("Lan Anh", "Minh Đức", "Thu Hà")),
        ("By Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("Theresa May", ("Theresa May",)),
        ("By Poppy Reid Feb 21, 2024", ("Poppy Reid",)),
        ("(Lan Anh) / Đoàn Thanh niên", ("Lan Anh",)),
        ("Tác giả: Nguyễn Văn A (tổng hợp)", ("Nguyễn Văn A",)),
        ("Tin, ảnh: LAN ANH", ("LAN ANH",)),
        ("Theo TTXVN", ()),
        ("admin", ()),
        ("Ban biên tập", ()),
        ("wordpressadmin", ()),
        ("24/08/2023 15:52", ()),
        ("press@example.gov", ()),
        ("baotainguyenmoitruong.vn", ()),
        ("", ()),
    ],
)
def test_a_byline_names_people_or_one_body(byline: str, names: tuple[str, ...]) -> None:
    assert names_in_byline(byline) == names


def test_the_website_is_not_its_own_author() -> None:
    found = read(
        '<meta property="og:site_name" content="Ministry of Roads"><meta name=author content="Ministry of Roads">'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A road","author":{"name":"Ministry of Roads"}}</script>'
        f"<h1>A road</h1><article>{TEXT}</article>"
    )

    assert found.authors == ()


def test_authors_of_comments_and_other_articles_are_not_this_one_s() -> None:
    found = read(
        f"<h1>A laboratory opens soon</h1><article>{TEXT}</article><div class=related><span class=author>Ann Other</span></div>"
        "<div id=comments><span class=author>Bob Angry</span></div>"
    )

    assert found.authors == ()


def test_the_address_of_a_profile_is_no_name() -> None:
    assert (
        read(f'<meta property="article:author" content="https://facebook.com/x"><h1>A b c d</h1>{TEXT}').authors == ()
    )


def test_a_name_signed_at_the_right_under_the_text_is_its_author() -> None:
    found = read(
        f"<h1>Phòng thí nghiệm mới</h1><article>{TEXT}<p style='text-align: right'><b>Thu Giang</b></p></article>"
    )

    assert found.authors == ("Thu Giang",)
    assert "Thu Giang" not in found.body_text
    assert grade(found, "authors") == "C"


def test_a_source_signed_under_the_text_is_its_origin() -> None:
    found = read(f"<h1>Phòng thí nghiệm mới</h1><article>{TEXT}<p><em>(Theo TTXVN)</em></p></article>")

    assert found.origin == "TTXVN"
    assert found.authors == ()


@pytest.mark.parametrize(
    "last", ["Hanoi remains cold", "Contact: press office, 123", "Thu Giang is the director of the centre."]
)
def test_a_last_line_that_is_no_signature_stays(last: str) -> None:
    found = read(f"<h1>Phòng thí nghiệm mới</h1><article>{TEXT}<p>{last}</p></article>")

    assert found.body_text.endswith(last)
    assert found.authors == ()


def test_a_signature_that_names_another_than_the_byline_stays() -> None:
    found = read(
        f"<h1>Phòng thí nghiệm mới</h1><article><span class=author>Lan Anh</span>{TEXT}<p align=right>Thu Giang</p></article>"
    )

    assert found.authors == ("Lan Anh",)
    assert found.body_text.endswith("Thu Giang")


@pytest.mark.parametrize(
    ("link", "title", "media", "size"),
    [
        ('<a href="/a.pdf">Circular 45</a>', "Circular 45", "application/pdf", None),
        ('<a href="/a.PDF?v=2">Circular (PDF, 1,2 MB)</a>', "Circular", "application/pdf", 1258291),
        (
            '<a href="/get.ashx?f=b.docx&amp;x=1">Annex</a> (34 KB)',
            "Annex",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            34816,
        ),
        ('<a href="/documents/1/0/quy%20che.pdf/5f6e?t=1">tại đây</a>', "quy che.pdf", "application/pdf", None),
        ('<a href="/x.rar" title="All forms">Download</a>', "All forms", "application/vnd.rar", None),
        ('<a href="/x.zip"><img src=/icons/zip.png></a>', "x.zip", "application/zip", None),
    ],
)
def test_files_are_attachments_with_what_the_page_says_of_them(
    link: str, title: str, media: str, size: int | None
) -> None:
    found = read(f"<h1>A circular is published</h1><article>{TEXT}<p>{link}</p></article>")

    assert [(one.title, one.type, one.size) for one in found.attachments] == [(title, media, size)]


def test_an_icon_and_a_name_that_lead_to_one_file_are_one_attachment() -> None:
    found = read(
        f"<h1>A circular is out</h1><article>{TEXT}<a href=/a.pdf></a><a href=/a.pdf>Circular 45</a></article>"
    )

    assert [one.title for one in found.attachments] == ["Circular 45"]


def test_files_in_menus_are_no_attachments() -> None:
    found = read(f"<h1>A circular is out</h1><main>{TEXT}<nav><a href=/map.pdf>Map of the site</a></nav></main>")

    assert found.attachments == ()


SOURCE = Source(
    slug="xx-test",
    ministry={"en": "Ministry"},
    country="GB",
    language="en",
    timezone="Europe/London",
    homepage="https://www.example.org/",
    entrances=(Entrance(kind="listing", url="https://www.example.org/news"),),
    selectors=Selectors(
        article=ArticleSelectors(
            headline="h2.t",
            published=".d",
            body=".x p",
            authors=".w",
            lede=".s",
            kicker=".k",
            attachments="a.file",
            tags=".tag",
            drop=".ad",
        )
    ),
)
OWN = (
    "<title>News</title><div class=k>Roads</div><h2 class=t>Bridge opens</h2><div class=d>05/08/2023 10:30</div><div class=w>Ann Lee</div>"
    "<p class=s>The lede of this article about a bridge.</p><div class=x><p>One.<span class=ad>Buy!</span></p><div class=y></div><p>Two.</p></div>"
    "<a class=file href=/download?id=7 type=application/pdf>Drawings</a><i class=tag>#bridges</i><i class=tag>roads</i>"
)


def test_a_source_s_own_selectors_come_first() -> None:
    found = read_article(OWN.encode(), url="https://www.example.org/news/1", content_type=None, source=SOURCE)

    assert (found.headline, found.kicker, found.lede) == (
        "Bridge opens",
        "Roads",
        "The lede of this article about a bridge.",
    )
    assert found.published is not None
    assert found.published.iso == "2023-08-05T10:30:00+01:00"
    assert found.body_text == "One.\n\nTwo."
    assert found.authors == ("Ann Lee",)
    assert found.tags == ("bridges", "roads")
    assert [(one.url, one.title, one.type) for one in found.attachments] == [
        ("https://www.example.org/download?id=7", "Drawings", "application/pdf")
    ]
    assert rule(found, "headline") == "source: h2.t"


@pytest.mark.parametrize(
    ("url", "shown", "wanted"),
    [
        ("https://www.example.gov.vn/a", "24/08/2023 15:52", "2023-08-24T15:52:00+07:00"),
        ("https://www.example.gov.uk/a", "24 August 2023 15:52", "2023-08-24T15:52:00+01:00"),
        ("https://www.example.gov/a", "August 24, 2023 3:52 PM", "2023-08-24"),
        ("https://www.example.gov/a", "8/5/2023", "2023-08-05"),
        ("https://www.example.com/a", "August 24, 2023 15:52 GMT+2", "2023-08-24T15:52:00+02:00"),
        ("https://www.example.com/a", "8/5/2023", ""),
        ("https://www.example.com/2023/08/24/a", "", "2023-08-24"),
    ],
)
def test_a_time_has_a_zone_only_where_somebody_says_which(url: str, shown: str, wanted: str) -> None:
    found = read(
        f"<html lang=en><title>A laboratory opens soon</title><h1>A laboratory opens soon</h1><p>{shown}</p><article>{TEXT}</article>",
        url=url,
    )

    assert (found.published.iso if found.published else "") == wanted


def test_a_moment_in_utc_is_told_by_the_page_s_own_clock() -> None:
    stated = '<meta property="article:published_time" content="2023-08-24T20:30:00Z">'

    found = read(f"{stated}<h1>A laboratory opens soon</h1>{TEXT}", url="https://www.example.gov.vn/a")

    assert found.published is not None
    assert found.published.iso == "2023-08-25T03:30:00+07:00"


def test_where_only_utc_is_known_the_day_is_the_one_the_page_prints() -> None:
    stated = '<meta property="article:published_time" content="2023-11-09T03:28:35Z">'

    found = read(
        f"<html lang=en>{stated}<h1>A laboratory opens soon</h1><p>November 8, 2023</p>{TEXT}",
        url="https://www.example.gov/a",
    )

    assert found.published is not None
    assert found.published.iso == "2023-11-08"


def test_a_day_is_made_finer_by_a_witness_of_the_same_day() -> None:
    stated = '<script type="application/ld+json">{"@type":"Article","datePublished":"2023-08-24","dateModified":"2023-08-20"}</script>'

    found = read(f"<html lang=vi>{stated}<h1>Phòng thí nghiệm sắp mở</h1><p>24/08/2023 15:52</p>{TEXT}")

    assert found.published is not None
    assert found.published.iso == "2023-08-24T15:52:00+07:00"
    assert found.modified is None


def test_the_date_of_an_event_in_the_text_is_not_the_day_of_publication() -> None:
    found = read(
        "<html lang=en><h1>Hearing announced in Dublin</h1><p>The hearing will take place on 12 September 2031. It will be open to all.</p>"
        "<p>The first draft followed on 3 March 2030, after a consultation.</p>",
        url="https://www.example.ie/a",
    )

    assert found.published is None


def test_a_label_under_the_text_gives_the_date_when_nothing_else_does() -> None:
    found = read(
        f"<html lang=en><h1>A laboratory opens soon</h1><main><div class=entry-content>{TEXT}</div><p>Published on 24 August 2023</p></main>",
        url="https://www.example.ie/a",
    )

    assert found.published is not None
    assert found.published.iso == "2023-08-24"


def test_the_number_of_comments_is_the_one_beside_the_word() -> None:
    assert (
        read(f"<h1>A laboratory opens</h1>{TEXT}<span class=comment-count>Comments (1.234)</span>").comments_count
        == 1234
    )
    assert read(f"<h1>A laboratory opens</h1>{TEXT}").comments_count is None
    assert (
        read(
            f'<script type="application/ld+json">{{"@type":"Article","commentCount":7}}</script><h1>A b c d</h1>{TEXT}'
        ).comments_count
        == 7
    )


@pytest.mark.parametrize(
    ("html", "url", "language"),
    [
        ("<html lang=en><h1>Bộ trưởng dự hội nghị về môi trường</h1><p>Hội nghị đã thống nhất ưu tiên đẩy mạnh hợp tác khu vực về ứng phó với biến đổi khí hậu.</p>", "", "vi"),
        ("<html lang=en-GB><h1>The new law</h1><p>The law will be in force from April, and it is for all of the regions that are named in it.</p>", "", "en-GB"),
        ("<html><h1>Le nouveau plan</h1><p>Le plan est présenté dans les régions par une ministre qui est sur la route pour les communes du pays.</p>", "", "fr"),
        ("<html><h1>Undang-undang baru</h1><p>Pemerintah akan menerapkan aturan ini untuk semua daerah yang ada dan tidak dapat ditunda dengan alasan apa pun.</p>", "https://x.go.id/", "id"),
        ("<html><h1>環境大臣の会見について</h1><p>環境大臣は記者会見を行い、来年度の予算について説明しました。新しい制度は四月から始まり、全国の自治体が対象となります。国民の皆様のご理解とご協力をお願いいたします。詳しくは環境省の案内を見てください。よろしくお願いします。</p>", "", "ja"),
        ("<html><h1>Министерство</h1><p>Министерство природных ресурсов и охраны окружающей среды сообщает о начале новой программы в регионах страны.</p>", "", "ru"),
        ("<html lang=uk><h1>Міністерство</h1><p>Міністерство захисту довкілля повідомляє про початок нової програми в регіонах країни цього року.</p>", "", "uk"),
        ("<html lang='x y'><h1>Ok</h1><p>Ok then.</p>", "", ""),
        ('<html><meta property="og:locale" content="pt_BR"><h1>Ok</h1><p>Ok.</p>', "", "pt-BR"),
    ],
)  # fmt: skip
def test_the_language_is_the_declared_one_unless_the_text_is_plainly_another(
    html: str, url: str, language: str
) -> None:
    assert read(html, url=url).language == language


def test_a_description_is_a_lede_only_when_it_speaks_of_the_article() -> None:
    def lede(description: str) -> str:
        return read(
            f'<meta name=description content="{description}"><h1>A laboratory opens soon</h1><article>{TEXT}</article>'
        ).lede

    assert lede("The laboratory will open in the spring, the ministry said.").startswith("The laboratory")
    assert lede("Official website of the Republic: services for citizens and companies.") == ""
    assert lede("The ministry will open the new laboratory in the spring of next") == ""
    assert lede("A laboratory opens soon") == ""


def test_a_kicker_that_repeats_the_section_says_nothing() -> None:
    html = "<ul class=breadcrumb><li><a>Roads</a></li></ul><p class=kicker>{}</p><h1>A bridge opens in May</h1>" + TEXT

    assert read(html.format("Roads")).kicker == ""
    assert read(html.format("Interview")).kicker == "Interview"
    assert read(html.format("Interview")).section == "Roads"


def test_related_articles_are_links_and_not_text() -> None:
    found = read(
        f"<h1>A laboratory opens soon</h1><main>{TEXT * 3}<h3>Read more:</h3><ul><li><a href=/b>Another laboratory closes for good</a></li></ul>"
        "<div class=related><a href=/c>Third one</a><a href=#>x</a></div></main>"
    )

    assert "Another laboratory" not in found.body_text
    assert "Read more" not in found.body_text
    assert [link.url for link in found.related] == ["https://www.example.gov.vn/c"]


def test_agreement_of_two_witnesses_is_the_best_grade() -> None:
    found = read(
        f'<meta property="og:title" content="A laboratory opens soon"><h1>A laboratory opens soon</h1>{TEXT}', url=URL
    )

    assert grade(found, "headline") == "A"
    assert grade(found, "body_text") == "D"


def test_a_source_that_moved_to_another_family_is_read_by_the_family_it_shows() -> None:
    moved = structs.replace(SOURCE, layout="onecms", selectors=Selectors())
    path = page("hemera", "article-post")

    found = read_article(path.read_bytes(), url="https://www.example.org/news/1", content_type=None, source=moved)
    still = read_article(
        page("onecms", "article-a").read_bytes(), url="https://www.example.org/1", content_type=None, source=moved
    )

    assert found.layout == "hemera"
    assert still.layout == "onecms"


def test_a_source_s_layout_is_tried_on_pages_without_signs() -> None:
    named = structs.replace(SOURCE, layout="liferay", selectors=Selectors())
    html = "<title>x</title><div class=contentDetail><h3>Bridge opens in May</h3><div class=content><p>One.</p></div></div>"

    found = read_article(html.encode(), url="https://www.example.org/news/1", content_type=None, source=named)

    assert (found.layout, found.headline, found.body_text) == ("liferay", "Bridge opens in May", "One.")
