"""More listings in the markup of ministries: boards, tables of legal documents, cards, rows that are no links."""

from __future__ import annotations

from tests.entrances.ministries import Listing, days, each, page
from tests.entrances.words import EN, ES, FR, VI, ZH

KO = (
    "2023년 하반기 환경정책 추진계획 발표",
    "미세먼지 저감을 위한 업무협약 체결",
    "국립공원 탐방예약제 확대 시행 안내",
)
TH = (
    "รัฐมนตรีเปิดการประชุมคณะกรรมการสิ่งแวดล้อมแห่งชาติ",
    "ประกาศกระทรวงเรื่องมาตรฐานคุณภาพอากาศ",
    "กรมอุทยานเปิดรับสมัครเจ้าหน้าที่พิทักษ์ป่า",
)
SHORT = ("Flood alert", "Ministry budget", "New ferry", "Bee census", "Salt mines", "Road map")


def _listing(name: str, language: str, around: str, rows: tuple[str, tuple[str, ...]]) -> Listing:
    return Listing(name, page(language, around.format(rows=rows[0])), rows[1])


LISTINGS = (
    _listing(
        "portlet with summaries",
        "vi",
        '<div class="portlet-body">{rows}<div class="taglib-page-iterator"><a href="?p=2">Tiếp theo</a></div></div>',
        each(
            '<div class="asset-abstract"><h3><a href="{u}"><i></i>{t}</a></h3><div class="asset-summary">Sáng nay, đồng chí Thứ trưởng phát biểu khai mạc.</div>'
            '<div class="asset-more"><a href="{u}">Đọc thêm »</a></div><div class="metadata">Ngày {d}</div></div>',
            VI,
            "/web/guest/-/tin-so-{n}",
            days("{d}/8/23"),
        ),
    ),
    _listing(
        "tables in tables",
        "vi",
        '<table><tr><td width=200><table><tr><td><a href="/gt">Giới thiệu chung về cơ quan</a></td></tr><tr><td><a href="/cc">Cơ cấu tổ chức của Bộ</a></td></tr></table></td>'
        "<td><table>{rows}</table></td></tr></table>",
        each(
            '<tr><td><table><tr><td><img src=x></td><td><a href="{u}">{t}</a> <span>({d})</span></td></tr></table></td></tr>',
            VI,
            "/Pages/Tin.aspx?ItemID={n}1",
            days("{d}/08/2023"),
        ),
    ),
    _listing(
        "table of legal documents, their numbers linked",
        "vi",
        "<div><table>{rows}</table></div>",
        each(
            '<tr><td>{n}</td><td><a href="{u}">1{n}/2023/NĐ-CP</a></td><td>{d}</td><td>{t}</td></tr>',
            VI,
            "/default.aspx?pageid=27160&docid=2084{n}",
            days("{d}/08/2023"),
        ),
    ),
    _listing(
        "day without month",
        "zh",
        '<div class="lf"><ul>{rows}</ul></div><div class="rt"><h3>相关链接</h3><ul><li><a href="/zw/1.htm">关于政府信息公开指南的说明</a></li></ul></div>',
        each('<li><i></i><a href="{u}">{t}</a><b>{d}</b></li>', ZH, "/202308/content_689{n}.htm", days("[{d}]")),
    ),
    _listing(
        "cards that are links as a whole",
        "es",
        '<section><h2>Noticias</h2><div class="grid">{rows}</div></section>',
        each(
            '<a class="card" href="{u}"><img src=x alt=""><div><p class="card-date">{d}</p><p class="card-text">{t}</p></div></a>',
            ES,
            "/prensa/nota-{n}",
            days("{d} ago. 2023"),
        ),
    ),
    _listing(
        "only pictures linked",
        "es",
        '<div class="list">{rows}</div>',
        each(
            '<div class="item"><a href="{u}"><img src="/x{n}.jpg" alt=""></a><h4>{t}</h4><p>{d}</p></div>',
            ES,
            "/noticia.php?id={n}7",
            days("{d}/08/2023"),
        ),
    ),
    _listing(
        "rows that lead there by a script",
        "fr",
        '<div class="list">{rows}</div>',
        each(
            "<div onclick=\"location.href='{u}'\"><span>{d}</span><p>{t}</p></div>",
            FR,
            "/fr/actu/{n}-communique",
            days("{d}.08.2023"),
        ),
    ),
    _listing(
        "lines of one paragraph",
        "fr",
        "<div><h1>Communiqués</h1><p>{rows}</p></div>",
        each('{d} - <a href="{u}">{t}</a><br>', FR, "/cp/communique{n}.htm", days("{d}/08/2023")),
    ),
    _listing(
        "pictures beside titles",
        "th",
        '<div class="container">{rows}</div>',
        each(
            '<div class="row"><div class="col-4"><a href="{u}"><img src=x></a></div><div class="col-8"><a href="{u}">{t}</a><br><small>{d}</small></div></div>',
            TH,
            "/th/news/12{n}",
            days("{d} ส.ค. 2566"),
        ),
    ),
    _listing(
        "board with an attachment a row",
        "ko",
        '<div id="contents"><table>{rows}</table></div>',
        each(
            '<tr><td>{n}</td><td class="subject"><a href="{u}">{t}</a></td><td>{d}</td><td><a href="/file/{n}.hwp">첨부</a></td></tr>',
            KO,
            "/read.do?boardId=16{n}",
            days("2023-08-{d}"),
        ),
    ),
    _listing(
        "news in the wide column, services in the narrow one",
        "en",
        '<div class="row"><div class="col-md-8"><ul>{rows}</ul></div><div class="col-md-4"><h3>Services</h3><ul>'
        + "".join(f'<li><a href="/services/s{n}">Apply for a licence of the kind number {n}</a></li>' for n in range(6))
        + "</ul></div></div>",
        each('<li><a href="{u}">{t}</a> <span>{d}</span></li>', EN, "/news/n{n}-press-release", days("{d} Aug 2023")),
    ),
    _listing(
        "topics and regions linked in each row",
        "en",
        '<div class="content">{rows}</div>',
        each(
            '<div class="teaser"><a class="badge" href="/topic/water">Water policy and river basins</a><h5><a href="{u}">{t}</a></h5><p>{d}</p><p>A summary of some length. <a href="/topic/region-{n}">Region</a></p></div>',
            EN,
            "/media/{n}-announcement",
            days("{d} August 2023"),
        ),
    ),
    _listing(
        "short titles with dates",
        "en",
        '<ul class="news">{rows}</ul>',
        each(
            '<li><time datetime="2023-08-{d}">{d} Aug</time><a href="{u}">{t}</a></li>', SHORT, "/news/{n}", days("{d}")
        ),
    ),
    _listing(
        "members with their terms of office below the meetings",
        "en",
        "<table>{rows}</table><table>"
        + "".join(f'<tr><td><a href="/member/{n}">Jane Doe {n}</a></td><td>06/30/2025</td></tr>' for n in range(9))
        + "</table>",
        each(
            '<tr><td><div><a href="{u}">Advisory board meeting - {d}</a></div></td><td>{d}</td></tr>',
            SHORT,
            "/meetings/advisory-board-{n}",
            days("08/{d}/2023"),
        ),
    ),
    _listing(
        "a press notice on its own page",
        "en",
        "<h1>Minister opens scheme</h1><p>24 August 2023</p>"
        + "<p>The scheme will protect the town and its people.</p>" * 5
        + "{rows}",
        ("", ()),
    ),
)
