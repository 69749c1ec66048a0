"""The finder of rows on websites composed at random: every mark-up beside every sidebar, menu and pager."""

from __future__ import annotations

import random
from statistics import fmean
from typing import NamedTuple
from urllib.parse import urljoin

from scrapers.entrances.reading import read_headlines

PLACE = "https://www.bo.example.gov.vn/news"
WORDS = {
    "vi": "Bộ trưởng chủ trì hội nghị triển khai nhiệm vụ quản lý tài nguyên nước và bảo vệ môi trường tại các địa phương",
    "en": "Minister announces new funding for coastal communities as department publishes annual report on water quality",
    "fr": "La ministre annonce un plan national pour la protection des rivières et présente les mesures du gouvernement",
    "id": "Menteri meresmikan pusat layanan terpadu dan meninjau kesiapan daerah menghadapi musim kemarau tahun ini",
}
MONTHS = {"vi": "tháng 5,", "en": "May", "fr": "mai", "id": "Mei"}
ADDRESSES = (
    "/news/{s}-{n}",
    "/tin-tuc/{s}-4{n:04}.html",
    "/detail.aspx?newsid=7{n:03}",
    "/node/3{n:03}",
    "/2024/05/{s}-{n}/",
)
ROWS: tuple[tuple[str, str], ...] = (
    ("<div>{}</div>", '<div class="item"><h3><a href="{u}">{t}</a></h3><span class="date">{d}</span><p>{s}</p></div>'),
    ("<ul>{}</ul>", '<li><a href="{u}">{t}</a> <span>{d}</span></li>'),
    ("<ul>{}</ul>", '<li><span>[{d}]</span> <a href="{u}">{t}</a></li>'),
    ("<table>{}</table>", '<tr><td>{d}</td><td><a href="{u}">{t}</a></td></tr>'),
    (
        "<div class=row>{}</div>",
        '<div class="col-md-4"><a class="card" href="{u}"><img src="x.jpg"><h5 class="card-title">{t}</h5><p>{d}</p></a></div>',
    ),
    (
        "<div>{}</div>",
        '<div class="media"><a href="{u}"><img src="x.jpg" alt="{t}"></a><a class="title" href="{u}">{t}</a><p>{d} | Admin</p><p>{s}</p></div>',
    ),
    (
        "<div>{}</div>",
        '<article class="post-{n} category-{n}"><header><h2><a href="{u}">{t}</a></h2></header><time>{d}</time><p>{s} <a href="{u}">Read more</a></p></article>',
    ),
    ("<div>{}</div>", '<div class="news"><h4>{t}</h4><p>{d}</p><p>{s}</p><a class="btn" href="{u}">Xem thêm</a></div>'),
    ("<dl>{}</dl>", '<dt>{d}</dt><dd><a href="{u}">{t}</a></dd>'),
    ("<div>{}</div>", '<h3><a href="{u}">{t}</a></h3><p class="d">{d}</p>'),
    (
        "<div>{}</div>",
        '<div class="views-row views-row-{n}"><span class="field-title"><a href="{u}">{t}</a></span> <span>{d}</span></div>',
    ),
    (
        "<div>{}</div>",
        '<div class="page-header"><h2><a href="{u}">{t}</a></h2></div><dl><dd class="published">{d}</dd></dl>',
    ),
)
SIDES = ("<aside>{}</aside>", '<div class="sidebar"><ul>{}</ul></div>', '<div class="col-md-4"><ul>{}</ul></div>', "")
PAGERS: tuple[tuple[str, str | None], ...] = (
    ("", None),
    (
        '<div class="pagination"><span class="current">1</span><a href="?page=2">2</a><a href="?page=3">3</a></div>',
        "?page=2",
    ),
    ('<ul class="pager"><li class="pager-next"><a href="?page=1">next ›</a></li></ul>', "?page=1"),
    ('<a class="next page-numbers" href="/news/page/2/">→</a>', "/news/page/2/"),
)


class Made(NamedTuple):
    html: str
    rows: dict[str, str]
    """Address → title."""
    next_page: str | None


def make(choose: random.Random) -> Made:
    language = choose.choice(list(WORDS))
    words = WORDS[language].split()

    def text(length: int) -> str:
        return " ".join(choose.choice(words) for _ in range(length)).capitalize()

    wrap, row = choose.choice(ROWS)
    address = choose.choice(ADDRESSES)
    dated = choose.random() < 0.8
    truth, cells = {}, []
    for n in range(choose.choice((4, 6, 10, 20))):
        title, url = (
            text(choose.choice((6, 8, 12))),
            address.format(s="-".join(WORDS["en"].lower().split()[n % 5 : n % 5 + 4]), n=n),
        )
        truth[urljoin(PLACE, url)] = title
        date = f"{choose.randint(1, 28)} {MONTHS[language]} 2024" if dated else ""
        cells.append(row.format(u=url, t=title, d=date, s=text(20) + ".", n=n))
    pager, following = choose.choice(PAGERS)
    menu = "".join(
        f'<li><a href="/muc-{n}">{text(choose.choice((2, 4)))}</a></li>' for n in range(choose.choice((5, 40)))
    )
    side = choose.choice(SIDES).format("".join(f'<li><a href="/khac/{n}">{text(7)}</a></li>' for n in range(4)))
    main = choose.choice(
        ("<main>{}</main>", '<div id="content">{}</div>', '<div class="col-md-8">{}</div>', "<div>{}</div>")
    )
    body = (
        f'<ul class="menu">{menu}</ul><div class="page">{main.format(wrap.format("".join(cells)) + pager)}{side}</div>'
    )
    return Made(f'<html lang="{language}"><body>{body}</body></html>', truth, following and urljoin(PLACE, following))


def test_rows_titles_and_next_page_are_found_on_websites_nobody_described() -> None:
    choose = random.Random(20240824)
    pages = [make(choose) for _ in range(150)]
    found = [read_headlines(page.html.encode(), url=PLACE, content_type=None) for page in pages]
    rows = [{row.url: row.title for row in each.rows} for each in found]

    precision = [
        len(seen.keys() & page.rows.keys()) / max(len(seen), 1) for seen, page in zip(rows, pages, strict=True)
    ]
    recall = [len(seen.keys() & page.rows.keys()) / len(page.rows) for seen, page in zip(rows, pages, strict=True)]
    titles = [
        page.rows.get(url) == title for seen, page in zip(rows, pages, strict=True) for url, title in seen.items()
    ]
    following = [each.next_page == page.next_page for each, page in zip(found, pages, strict=True)]

    assert min(fmean(figures) for figures in (precision, recall, titles, following)) >= 0.97
