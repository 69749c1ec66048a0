"""Listings in the markup ministries of the world write, each with the addresses a reader would name as its rows."""

from __future__ import annotations

from typing import NamedTuple

from tests.entrances.words import AR, EN, ES, FR, JA, VI, ZH


class Listing(NamedTuple):
    name: str
    html: str
    rows: tuple[str, ...]
    """Addresses as the page writes them, in its order."""


def page(language: str, body: str, extra: str = "") -> str:
    menu = "".join(
        f'<li><a href="/muc/{n}.html">{text}</a></li>'
        for n, text in enumerate(("Home", "About the ministry", "Services", "Documents and forms", "Contact"))
    )
    footer = '<footer><a href="/privacy.html">Privacy statement of this website</a> <a href="/map.html">Site map</a></footer>'
    return f'<html lang="{language}"{extra}><head><title>News</title></head><body><div id="menu"><ul>{menu}</ul></div>{body}{footer}</body></html>'


def each(row: str, titles: tuple[str, ...], address: str, dates: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    urls = tuple(address.format(n=n) for n in range(1, len(titles) + 1))
    cells = (
        row.format(u=url, t=title, n=n, d=dates[n % len(dates)] if dates else "")
        for n, (url, title) in enumerate(zip(urls, titles, strict=True))
    )
    return "".join(cells), urls


def days(form: str) -> tuple[str, ...]:
    return tuple(form.format(d=d) for d in (24, 22, 19, 17, 15, 11))


def _vietnamese_cards() -> Listing:
    rows, urls = each(
        '<div class="item"><a class="thumb" href="{u}"><img src="/a{n}.jpg"></a><div class="txt"><a href="{u}"><b>{t}</b></a>'
        '<span class="time">{d} 09:1{n}</span><div class="sapo">Sáng nay tại Hà Nội, hội nghị đã diễn ra với nhiều nội dung quan trọng được thảo luận.</div>'
        '<a class="more" href="{u}">Xem chi tiết</a></div></div>',
        VI,
        "/tin-hoat-dong/ban-tin-so-{n}-3410{n}.html",
        days("{d}/08/2023"),
    )
    side = "".join(f'<li><a href="/tin-hoat-dong/doc-nhieu-{n}-3300{n}.html">{t}</a></li>' for n, t in enumerate(FR))
    return Listing(
        "cards with image, title, summary and read more, most-read beside",
        page(
            "vi",
            f'<div class="row"><div class="col-left">{rows}</div><div class="col-right"><h3>Tin đọc nhiều</h3><ul>{side}</ul></div></div>',
        ),
        urls,
    )


def _featured() -> Listing:
    top = '<div class="tin-noi-bat"><a href="/su-kien/tin-lon-9001.html"><img src="/b.jpg"></a><h2><a href="/su-kien/tin-lon-9001.html">Khai mạc Diễn đàn quốc gia về chuyển đổi xanh và kinh tế tuần hoàn</a></h2><p class="ngay">25/08/2023</p><p>Diễn đàn có sự tham dự của nhiều chuyên gia.</p></div>'
    rows, urls = each(
        '<li><h3><a href="{u}">{t}</a></h3><p class="ngay">{d}</p></li>',
        VI,
        "/su-kien/tin-{n}-900{n}2.html",
        days("{d}/08/2023"),
    )
    side = "".join(
        f'<li><span>{n}</span><a href="/su-kien/xem-{n}-80{n}1.html">{t}</a></li>' for n, t in enumerate(VI[::-1], 1)
    )
    return Listing(
        "featured story, list, most-read beside",
        page(
            "vi",
            f'<div class="wrap"><div class="main-col">{top}<ul class="ds">{rows}</ul></div><div class="sub-col"><div class="tit">Xem nhiều nhất</div><ol>{side}</ol></div></div>',
        ),
        ("/su-kien/tin-lon-9001.html", *urls),
    )


def _chinese() -> Listing:
    rows, urls = each(
        '<li><span class="rq">{d}</span><a href="{u}" target="_blank" title="{t}">{t}</a></li>',
        ZH,
        "./202308/t202308{n}4_10397{n}1.shtml",
        days("2023-08-{d}"),
    )
    links = "".join(f'<li><a href="http://www.bu{n}.gov.cn/">中华人民共和国有关部门网站{n}</a></li>' for n in range(8))
    return Listing(
        "Chinese list, dates first, linked bodies below",
        page(
            "zh-CN",
            f'<div class="bd"><ul id="div">{rows}</ul><div class="page">共 34 页</div></div><div class="links"><ul>{links}</ul></div>',
        ),
        urls,
    )


def _japanese() -> Listing:
    rows, urls = each(
        "<dt>{d}</dt><dd><a href='{u}'>{t}</a></dd>",
        JA,
        "/press/press_0{n}.html",
        tuple(f"令和5年8月{d}日" for d in (24, 22, 19, 17, 15, 11)),
    )
    years = "".join(f'<li><a href="/press/{y}/index.html">{y}年の報道発表資料一覧</a></li>' for y in range(2015, 2023))
    return Listing(
        "Japanese terms and definitions, years beside",
        page("ja", f'<div id="c"><dl class="list">{rows}</dl></div><div id="local"><ul>{years}</ul></div>'),
        urls,
    )


def _japanese_paragraphs() -> Listing:
    rows, urls = each(
        '<p>{d}　<a href="{u}">{t}</a></p>',
        JA,
        "/houdou/2r9852000{n}.html",
        tuple(f"{d}日" for d in (24, 22, 19, 17, 15, 11)),
    )
    return Listing("Japanese paragraphs under a month", page("ja", f"<div><h2>2023年8月</h2>{rows}</div>"), urls)


def _arabic() -> Listing:
    rows, urls = each(
        '<div class="news-box"><img src="/i{n}.png"><div class="d">{d}</div><h4>{t}</h4><a href="{u}">اقرأ المزيد</a></div>',
        AR,
        "/ar/MediaCenter/News/Pages/news{n}.aspx",
        days("{d} أغسطس 2023"),
    )
    return Listing(
        "Arabic boxes whose only link says read more",
        page("ar", f'<div class="container"><h1>الأخبار</h1><div class="grid">{rows}</div></div>', ' dir="rtl"'),
        urls,
    )


def _french_table() -> Listing:
    rows, urls = each(
        '<tr><td>{d}</td><td>{t}</td><td><a href="{u}">PDF</a></td><td><a href="{u}x">Résumé</a></td></tr>',
        FR,
        "/IMG/pdf/communique_{n}.pdf",
        days("{d}/08/2023"),
    )
    return Listing(
        "French table, titles beside files",
        page(
            "fr", f"<div id='contenu'><table><tr><th>Date</th><th>Objet</th><th></th><th></th></tr>{rows}</table></div>"
        ),
        urls,
    )


def _spanish_table() -> Listing:
    rows, urls = each(
        '<tr class="f{n}"><td>{n}41/2023</td><td><a href="{u}">{t}</a></td><td>{d}</td></tr>',
        ES,
        "/normativa/detalle.php?id=45{n}",
        days("{d}-08-2023"),
    )
    return Listing(
        "Spanish table with numbers of documents",
        page(
            "es",
            f'<div class="cuerpo"><table class="tabla">{rows}</table><div class="pag">1 <a href="?pag=2">2</a> <a href="?pag=3">3</a></div></div>',
        ),
        urls,
    )


def _two_columns() -> Listing:
    left, one = each(
        '<div class="noticia"><a href="{u}"><h3>{t}</h3></a><small>{d}</small></div>',
        ES[:3],
        "/noticias/2023/agosto/nota-{n}",
        days("{d} de agosto de 2023"),
    )
    right, two = each(
        '<div class="noticia"><a href="{u}"><h3>{t}</h3></a><small>{d}</small></div>',
        ES[3:],
        "/noticias/2023/agosto/otra-{n}",
        days("{d} de agosto de 2023"),
    )
    return Listing(
        "two columns",
        page("es", f'<div class="fila"><div class="c50">{left}</div><div class="c50">{right}</div></div>'),
        (*one, *two),
    )


def _accordion() -> Listing:
    parts, all_urls = [], []
    for year in (2023, 2022, 2021):
        rows, urls = each('<li><a href="{u}">{t}</a></li>', EN[:4], f"/publications/{year}/report-{{n}}.pdf")
        parts.append(
            f'<div class="panel"><div class="panel-heading"><a href="#y{year}" data-toggle="collapse">{year}</a></div><div id="y{year}" class="collapse"><ul>{rows}</ul></div></div>'
        )
        all_urls += urls
    return Listing(
        "accordion by year, files without dates",
        page("en", f'<div class="text"><h1>Publications</h1><div class="accordion">{"".join(parts)}</div></div>'),
        tuple(all_urls),
    )


def _months() -> Listing:
    parts, all_urls = [], []
    for month in ("June", "July", "August"):
        rows, urls = each(
            '<li>{d}: <a href="{u}">{t}</a></li>',
            EN[:3],
            f"/news/{month.lower()}-story-{{n}}",
            (f"24 {month}", f"12 {month}", f"3 {month}"),
        )
        parts.append(f"<h3>{month} 2023</h3><ul>{rows}</ul>")
        all_urls += urls
    return Listing("month groups", page("en", f'<div id="text">{"".join(parts)}</div>'), tuple(all_urls))


def _undated() -> Listing:
    rows, urls = each('<li><a href="{u}">{t}</a></li>', EN, "/en/press-room/item-{n}")
    side = (
        '<div class="box"><h4>Useful links</h4>'
        + "".join(
            f'<a href="/en/topic/{n}">{t}</a><br>'
            for n, t in enumerate(("Water", "Air quality", "Climate change", "Open data portal"))
        )
        + "</div>"
    )
    return Listing(
        "headlines without any dates", page("en", f'<div class="body"><ul class="list">{rows}</ul></div>{side}'), urls
    )


def _headings() -> Listing:
    rows, urls = each(
        '<h3><a href="{u}">{t}</a></h3><div class="meta"><em>{d}</em></div>',
        FR,
        "/actualites/article-{n}",
        days("{d} août 2023"),
    )
    return Listing("bare headings, date in the sibling", page("fr", f'<section class="liste">{rows}</section>'), urls)


def _calendar() -> Listing:
    rows, urls = each(
        '<div class="ev"><span class="dt">{d}</span> <a href="{u}">{t}</a></div>',
        EN,
        "/events/event-{n}",
        days("{d} August 2023"),
    )
    cells = "".join(
        "<tr>"
        + "".join(f'<td><a href="/events?day=2023-08-{w * 7 + d:02}">{w * 7 + d}</a></td>' for d in range(1, 8))
        + "</tr>"
        for w in range(4)
    )
    return Listing(
        "list beside a calendar",
        page(
            "en",
            f'<div class="l"><table class="cal"><caption>August 2023</caption>{cells}</table></div><div class="r">{rows}</div>',
        ),
        urls,
    )


def _meetings() -> Listing:
    cells = (
        f'<tr><td>{month} 14, 2023</td><td><a href="/files/{month}-agenda.pdf">Agenda</a></td><td><a href="/files/{month}-minutes.pdf">Minutes</a></td><td><a href="https://youtu.be/{month}aaaa">Video</a></td></tr>'
        for month in ("January", "February", "March", "April", "May", "June")
    )
    months = ("January", "February", "March", "April", "May", "June")
    # Agenda and minutes come out weeks apart, and are two documents.
    urls = tuple(f"/files/{month}-{kind}.pdf" for month in months for kind in ("agenda", "minutes"))
    return Listing(
        "meetings with agenda, minutes and video",
        page("en", f"<div><h1>Board meetings</h1><table>{''.join(cells)}</table></div>"),
        urls,
    )


def _drive() -> Listing:
    rows, urls = each(
        '<p>{d} – <a href="{u}">{t}</a></p>',
        ("Meeting minutes",) * 6,
        "https://drive.google.com/file/d/1AbCdEfG{n}hIjKlMnOp/view?usp=sharing",
        days("August {d}, 2023"),
    )
    return Listing("documents kept elsewhere", page("en", f'<div class="entry"><h2>Minutes</h2>{rows}</div>'), urls)


def _bylaws() -> Listing:
    laws = "".join(
        f'<li><a href="/docs/bylaw-{n}.pdf">By-law number {n} on the use of public places and the keeping of animals, as amended</a></li>'
        for n in range(30)
    )
    rows, urls = each(
        '<div class="n"><a href="{u}">{t}</a> <span>{d}</span></div>',
        EN[:4],
        "/news/2023/08/story-{n}",
        days("August {d}, 2023"),
    )
    return Listing(
        "dated news above many by-laws",
        page("en", f'<div class="a"><h2>News</h2>{rows}</div><div class="b"><h2>By-laws</h2><ul>{laws}</ul></div>'),
        urls,
    )


def _mixed() -> Listing:
    cells, urls = [], []
    for n, title in enumerate(VI):
        url = f"/upload/2023/cv-{n}.pdf" if n % 2 else f"/van-ban/cong-van-so-{n}-7781{n}"
        urls.append(url)
        cells.append(f'<li><a href="{url}">{title}</a><i>({24 - n}/08/2023)</i></li>')
    return Listing(
        "pages and files in one list", page("vi", f'<div class="ds"><ul>{"".join(cells)}</ul></div>'), tuple(urls)
    )


def _split_dates() -> Listing:
    rows, urls = each(
        '<div class="it"><div class="cal"><b>{d}</b><span>08-2023</span></div><div class="c"><a href="{u}"><p class="t">{t}</p></a><p>党中央、国务院高度重视相关工作，有关部门负责人出席会议并讲话。</p></div></div>',
        ZH,
        "/art/2023/8/{n}/art_15_60{n}.html",
        days("{d}"),
    )
    return Listing("Chinese boxes, the day apart from the month", page("zh", f'<div class="lb">{rows}</div>'), urls)


def _tabs() -> Listing:
    rows, urls = each(
        '<article><a href="{u}" aria-label="{t}"><picture><img src="/p{n}.jpg"></picture></a><div><span class="cat"><a href="/topics/water">Water</a></span><h2><a href="{u}">{t}</a></h2><time datetime="2023-08-1{n}">1{n} Aug</time><a href="/authors/press-office">Press office</a></div></article>',
        EN,
        "/newsroom/releases/{n}-release",
    )
    return Listing("articles with topics and offices linked", page("en", f"<main>{rows}</main>"), urls)


LISTINGS = tuple(
    make()
    for make in (
        _vietnamese_cards, _featured, _chinese, _japanese, _japanese_paragraphs, _arabic, _french_table, _spanish_table, _two_columns, _accordion,
        _months, _undated, _headings, _calendar, _meetings, _drive, _bylaws, _mixed, _split_dates, _tabs,
    )
)  # fmt: skip
