"""Other templates of the families than those of their saved pages, in little: older websites, other extensions."""

from __future__ import annotations

import pytest

from scrapers.entrances.reading import read_headlines
from scrapers.items import Article
from scrapers.reading.article import read_article

TRANSPORT = """<div id="ctl00_ctl50_g_8ad360dc_c37c_41f7_aa64_94b051f219f8"><div><div><h1>Mở lớp học nghề cho bốn trăm ngư dân</h1>
<p>10:20 AM 12/05/2025</p></div></div><div id="divArticleDescription"><p>Bốn trăm ngư dân ven biển được học nghề sửa máy tàu
miễn phí trong ba tháng.</p><p>Học viên được hỗ trợ tiền ăn và đi lại theo Quyết định số 46/2024/QĐ-TTg.</p></div></div>"""
INFORMATION = """<div id="news_content"><div><h1>Phủ sóng ba mươi xã đảo</h1><div>15/05/2025</div></div>
<div id="divArticleDescription"><p>Ba mươi xã đảo cuối cùng đã có sóng di động băng rộng từ ngày 15/5.</p></div>
<div id="divArticleContent"><p>Các nhà mạng đã dựng 74 trạm phát, trong đó 20 trạm dùng điện mặt trời.</p></div></div>"""
EDUCATION = """<div id="ctl00_ctl24_g_6da89d83_x"><h2 id="news-title">Công bố lịch năm học mới</h2><p><span>02/08/2025</span></p>
<div id="news-des">Năm học mới bắt đầu ngày 5/9 và kết thúc trước ngày 31/5 năm sau.</div>
<div id="news-detail"><p>Các địa phương có thể lùi ngày tựu trường nhiều nhất một tuần.</p></div></div>"""
JUSTICE = """<div id="ctl00_ctl35_g_ab713570_x"><div class="content-news"><h1>Tập huấn công chứng điện tử</h1>
<span>08/07/2025</span><div>Lớp tập huấn đầu tiên có 600 công chứng viên tham dự.</div>
<div><p>Từ tháng 10, hợp đồng ủy quyền có thể được công chứng trực tuyến ở năm tỉnh, thành phố.</p></div></div></div>"""
NATIONS = """<form id="aspnetForm"><h1 id="BodyContent_ctl00_ctl01_newsTitle">Khánh thành trường nội trú vùng cao</h1>
<span id="BodyContent_ctl00_ctl01_lblDate">03:30 PM 21/06/2025 |</span>
<div id="BodyContent_ctl00_ctl01_newsContent">Trường có chỗ ở cho 420 học sinh của chín xã vùng cao.</div>
<div id="divNewsDetails"><p>Công trình gồm 18 phòng học và hai dãy nhà nội trú, xây trong 14 tháng.</p>
<p class="pull-right"><span>Lý A Páo</span></p></div><span id="BodyContent_ctl00_ctl02_lblNguonThongTin">Báo Vùng cao</span></form>"""
LAND = """<div id="contents"><div class="titleInner"><h2 class="title">川の駅を二十か所で登録します</h2></div>
<div class="clearfix"><p class="date mb20">令和7年9月12日</p></div><div class="section"><div class="clearfix">
<p>全国の川沿いの休憩施設二十か所を、新たに「川の駅」として登録することを決定しました。</p></div>
<p><a href="/report/press/content/001900001.pdf">報道発表資料（PDF形式：120KB）</a></p></div></div>"""
COUNCIL = """<meta name="ColumnName" content="要闻"><h1>全国春灌面积超过一亿亩</h1><div class="pages-date">2025-04-02 20:11
<span class="font">来源：新华社</span></div><div class="pages_content" id="UCAP-CONTENT"><p>记者2日从水利部门获悉，全国春灌面积已超过一亿亩，
进度快于常年。</p><p>各地正加紧检修渠道，确保用水。</p></div>"""

K2 = """<div id="k2Container" class="itemView"><div class="itemHeader"><span class="itemDateCreated">Tuesday, 11 March 2025 08:40
</span><h2 class="itemTitle">Wetland rangers sworn in</h2><span class="itemAuthor">Written by <a href="/author/7">Mary Otieno</a>
</span></div><div class="itemBody"><div class="itemIntroText"><p>Forty-six rangers took their oath at the lake station today.</p>
</div><div class="itemFullText"><p>They will patrol twelve wetlands and count water birds twice a year.</p></div></div>
<div class="itemTagsBlock"><ul class="itemTags"><li><a href="/tag/wetlands">wetlands</a></li></ul></div>
<div class="itemRelated"><ul><li><a class="itemRelTitle" href="/news/9-lake">Lake level falls</a></li></ul></div></div>"""
HELIX = """<div class="article-details" itemscope><div class="article-header"><h1>Puente peatonal abre al público</h1></div>
<div class="article-info"><span class="published"><time datetime="2025-04-02T09:15:00-05:00">02 Abril 2025</time></span></div>
<div itemprop="articleBody"><p>El puente peatonal sobre el río Hondo abrió este miércoles tras nueve meses de obras.</p></div></div>"""
MOSAIC = """<article id="content"><h1 class="documentFirstHeading">Neue Loipe eröffnet</h1><div class="documentByLine">
veröffentlicht 12.12.2025 06:00</div><div class="mosaic-tile mosaic-IDublinCore-description-tile"><div class="mosaic-tile-content">
<p>Die Loipe am Rotsee ist ab sofort gespurt.</p></div></div><div class="mosaic-tile mosaic-IRichTextBehavior-text-tile">
<div class="mosaic-tile-content"><p>Zwölf Kilometer sind für Klassik und Skating gespurt, die Benutzung ist gratis.</p></div></div>
</article>"""
ENVIRONMENT = """<div id="contents"><div class="p-press-release-material"><p>2025年10月07日</p>
<h1>渡り鳥の飛来状況調査を開始します</h1><p>環境の変化を知るため、全国五十二の湖沼で渡り鳥の飛来状況調査を十月十日から開始します。</p>
<p>結果は毎月二回、ホームページで公表します。</p></div></div>"""

K2WEB = """<div class="artclViewWrap"><h2 class="artclViewTitle">갯벌 법률 상담소를 엽니다</h2><div class="artclViewHead"><dl>
<dt>글번호</dt><dd>88124</dd></dl><dl><dt>작성일</dt><dd>2025.06.13.</dd></dl></div><div class="artclView">
<p>어촌 주민을 위한 이동 법률 상담소가 16일부터 서해안 다섯 곳에서 문을 엽니다.</p><p>상담은 무료이며 예약 없이 받을 수 있습니다.</p></div>
<dl class="artclForm"><dt>첨부파일</dt><dd class="artclInsert"><ul><li><a href="/down.do?f=1.pdf">일정표.pdf</a></li></ul></dd></dl></div>"""
BBS = """<div class="ui bbs--view"><div class="ui bbs--view--header"><h2 class="ui bbs--view--tit">수문 점검을 마쳤습니다</h2>
<span class="date">등록일 2025-07-01</span></div><div class="ui bbs--view--cont"><div class="ui bbs--view--content">
<p>장마를 앞두고 강 하구의 수문 스물네 곳을 모두 점검했다고 1일 밝혔다.</p></div></div></div>"""


def small(html: str, host: str) -> Article:
    page = f"<html><head><title>Portal</title></head><body>{html}</body></html>"
    return read_article(page.encode(), url=f"https://www.{host}/a/b-1.html", content_type="text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("html", "host", "layout", "headline", "published", "lede", "text"),
    [
        (TRANSPORT, "x.gov.vn", "tandan", "Mở lớp học nghề", "2025-05-12T10:20:00+07:00", "", "Bốn trăm ngư dân"),
        (INFORMATION, "x.gov.vn", "tandan", "Phủ sóng", "2025-05-15", "Ba mươi xã đảo", "Các nhà mạng"),
        (EDUCATION, "x.gov.vn", "tandan", "Công bố lịch", "2025-08-02", "Năm học mới", "Các địa phương"),
        (JUSTICE, "x.gov.vn", "tandan", "Tập huấn công chứng", "2025-07-08", "", "Lớp tập huấn"),
        (NATIONS, "x.gov.vn", "dnn", "Khánh thành", "2025-06-21T15:30:00+07:00", "Trường có chỗ ở", "Công trình gồm"),
        (LAND, "x.go.jp", "gojp", "川の駅を二十か所で登録します", "2025-09-12", "", "全国の川沿い"),
        (K2, "x.go.ke", "joomla", "Wetland rangers", "2025-03-11T08:40:00+03:00", "", "Forty-six rangers"),
        (HELIX, "x.gob.pe", "joomla", "Puente peatonal", "2025-04-02T09:15:00-05:00", "", "El puente peatonal"),
        (MOSAIC, "x.ch", "plone", "Neue Loipe", "2025-12-12T06:00:00+01:00", "Die Loipe am Rotsee", "Zwölf Kilometer"),
        (ENVIRONMENT, "x.go.jp", "gojp", "渡り鳥の飛来状況調査を開始します", "2025-10-07", "", "環境の変化を知るため"),
        (K2WEB, "x.go.kr", "gokr", "갯벌 법률 상담소", "2025-06-13", "", "어촌 주민을 위한"),
        (BBS, "x.go.kr", "gokr", "수문 점검을", "2025-07-01", "", "장마를 앞두고"),
        (COUNCIL, "x.gov.cn", "govcn", "全国春灌面积超过一亿亩", "2025-04-02T20:11:00+08:00", "", "记者2日从"),
    ],
    ids=[
        "transport",
        "information",
        "education",
        "justice",
        "nations",
        "land",
        "k2",
        "helix",
        "mosaic",
        "environment",
        "k2web",
        "bbs",
        "council",
    ],
)
def test_older_websites_of_a_family_are_read_as_well(
    html: str, host: str, layout: str, headline: str, published: str, lede: str, text: str
) -> None:
    found = small(html, host)

    assert found.layout == layout
    assert found.headline.startswith(headline)
    assert found.published is not None
    assert found.published.iso == published
    assert found.lede.startswith(lede)
    assert found.body_text.startswith(text)


def test_a_webforms_page_names_its_author_and_where_it_comes_from() -> None:
    found = small(NATIONS, "x.gov.vn")

    assert (found.authors, found.origin) == (("Lý A Páo",), "Báo Vùng cao")
    assert "Lý A Páo" not in found.body_text


K2_ROW = """<div class="itemContainer"><div class="catItemView"><span class="catItemDateCreated">{day} March 2025</span>
<h3 class="catItemTitle"><a href="/news/{day}-story">Story of day number {day}</a></h3>
<div class="catItemIntroText"><p>What happened on it.</p></div></div></div>"""
TILE = """<div class="tileItem"><h2 class="tileHeadline"><a href="/news/{day}-story">Story of day number {day}</a></h2>
<div class="documentByLine"><span class="documentPublished">published {day}.03.2025</span></div>
<p class="tileBody"><span class="description">What happened on it.</span></p></div>"""
HELIX_ROW = """<div class="article"><div class="article-body"><div class="article-header"><h2>
<a href="/news/{day}-story">Story of day number {day}</a></h2></div><div class="article-info"><span class="published">
<time datetime="2025-03-{day}T09:00:00+03:00">{day} March 2025</time></span></div><div class="article-introtext">What happened on it.
</div></div></div>"""

CARD = """<div class="flex border-b border-divider-medium py-5"><span class="prose-label-md-regular">{day} March 2025</span><div>
<h3 class="inline-block"><a class="prose-title-md-semibold w-fit" href="/news/{day}-story"><span>Story of day number {day}</span></a>
</h3><span class="prose-body-base line-clamp-3">What happened on it.</span><span class="prose-label-md">Media</span></div></div>"""


@pytest.mark.parametrize(
    ("row", "before", "after"),
    [
        (K2_ROW, '<div id="k2Container" class="itemListView"><div class="itemList">', "</div></div>"),
        (TILE, '<div id="content-core">', '<div class="listingBar"><a class="next" href="/news?b_start:int=3">Next</a></div></div>'),
        (HELIX_ROW, '<div class="article-list">', "</div>"),
        (CARD, "<main><div>", "</div></main>"),
    ],
    ids=["k2", "tiles", "helix", "card"],
)  # fmt: skip
def test_rows_of_other_templates_are_found(row: str, before: str, after: str) -> None:
    rows = "".join(row.replace("{day}", str(day)) for day in (17, 14, 11))
    page = f'<html lang="en"><head><title>News</title></head><body>{before}{rows}{after}</body></html>'

    found = read_headlines(page.encode(), url="https://www.x.go.ke/news", content_type="text/html").rows

    assert [(one.title, one.url, one.summary, one.published and one.published.iso[:10]) for one in found] == [
        (
            f"Story of day number {day}",
            f"https://www.x.go.ke/news/{day}-story",
            "What happened on it.",
            f"2025-03-{day}",
        )
        for day in (17, 14, 11)
    ]


def test_the_day_in_a_portal_s_address_counts_when_the_page_states_none() -> None:
    page = '<h1 class="tandan-p-article-news-title">Mở đợt thi đua</h1><div class="tandan-p-article-main"><p>Thi đua.</p></div>'
    url = "https://www.x.gov.vn/portal/Pages/2024-8-5/Mo-dot-thi-dua-lyv5l6.aspx"

    found = read_article(page.encode(), url=url, content_type="text/html; charset=utf-8")

    assert found.published is not None
    assert found.published.iso == "2024-08-05"
