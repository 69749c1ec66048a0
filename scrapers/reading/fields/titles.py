"""What a page tells machines it is called: JSON-LD, microdata, meta elements, the title without the website's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from scrapers.reading.candidates import Candidate, Witness
from scrapers.reading.page import Page, folded
from scrapers.reading.places import said
from scrapers.reading.text import clean, repair

_METAS = (
    "og:title",
    "twitter:title",
    "dcterms.title",
    "dc.title",
    "dcterms:title",
    "dc:title",
    "dc.title.main",
    "aglsterms.title",
    "egms.title",
    "citation_title",
    "title",
    "headline",
    "sailthru.title",
    "parsely-title",
)
_SEPARATORS = re.compile(r"\s+(?:[|–—·•»«:/<>←→-]+\s+)+|\s*[|»«]\s*")
# Chinese and Japanese titles need no spaces: "标题-新华网", "見出し｜環境省".
_TIGHT_SEPARATORS = re.compile(r"\s*(?:[|｜»«_＿]|-{1,3}|[–—－―])\s*")
_UNPARTED = re.compile("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u4e00-\u9fff]{2}")
_HAN = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
LONGEST = 500
NEWS = re.compile(
    r"(?:(?:latest|recent|all|our|the)\s+)?(?:news|press|media|newsroom|announcements?|statements?)(?:[\s&/-]+(?:and|media|"
    r"press|news|events?|releases?|room|cent(?:er|re)|articles?|details?|updates?|announcements?|statements?|archives?|detail))*|"
    r"tin tức(?:[\s&,-]+(?:và )?sự kiện)?|tin hoạt động|tin nổi bật|chi tiết (?:tin|bài viết|tin tức)|thông báo|thông cáo báo chí|"
    r"sự kiện|bản tin|aktuelles|medienmitteilung(?:en)?|pressemitteilung(?:en)?|presse|meldungen?|nachrichten|actualités?|"
    r"communiqués?(?: de presse)?|espace presse|noticias?|notícias?|sala de prensa|comunicados?(?: de prensa)?|comunicati(?: stampa)?|"
    r"gabinete de (?:prensa|comunicación|comunicação|imprensa)|últimas not[ií]cias|notas? de (?:prensa|imprensa)|presseaussendung(?:en)?|presse(?:meddelelser?|meldinger)|pressmeddelanden?|nyheter|"
    r"tiedotteet|uutiset|tiskové zprávy|aktuality|aktualności|wiadomości|komunikaty|sajtóközlemények|hírek|haberler|duyurular|"
    r"δελτία τύπου|δελτίο τύπου|ανακοινώσεις|νέα|notizie|berita(?: terkini| utama)?|siaran pers|kenyataan media|新闻|新聞|新闻动态|新聞稿|要闻|动态|通知公告|报道発表資料|報道発表資料|"
    r"本部新聞|最新消息|新聞與公告|新闻中心|工作动态|部门动态|通知公告|公示公告|政策法规|時事|報道発表|お知らせ|プレスリリース|新着情報|報道・広報|"
    r"보도\s?자료|공지\s?사항|보도[·・‧∙,]\s?설명(?:\s?자료)?|정책뉴스|알림마당|새소식|ข่าว(?:สาร|ประชาสัมพันธ์|ประกาศ|กิจกรรม)?|ข่าวทำเนียบรัฐบาล|ព័ត៌មាន|ຂ່າວ(?:ສານ)?|"
    r"новости(?: министерства| ведомства)?|пресс-(?:релизы|центр|служба)|события|жаңалықтар|баспасөз орталығы|الأخبار|أخبار(?: الوزارة)?|المركز الإعلامي|تفاصيل الخبر|"
    r"اخبار|חדשות(?: ועדכונים)?|הודעות לעיתונות|समाचार|प्रेस विज्ञप्ति(?:यां)?|press information bureau|media statements?|hoạt động của (?:lãnh đạo )?(?:bộ|ngành|cục|sở)|tin trong ngành",
    re.I,
)
"""What sections of news are called."""
_MOST_ITEMS = 3


def candidate(printed: str, witness: Witness, rule: str) -> Candidate[str]:
    value = repair(printed)[:LONGEST].strip()
    return Candidate(value=value, key=folded(value), printed=printed[:LONGEST], witness=witness, rule=rule)


def stated_titles(page: Page) -> list[Candidate[str]]:
    """Return every title that is written for machines, most telling first, the website's own names left out."""
    return [one for one in _stated(page) if one.key and one.key not in page.site_names]


def _stated(page: Page) -> Iterator[Candidate[str]]:
    for thing in page.things:
        words = (thing.text("headline") or thing.text("name")) if thing.is_article else ""
        if words:
            yield candidate(words, "json-ld", "json-ld: headline")
    for name in _METAS:
        words = clean(page.meta(name))
        if words:
            yield candidate(words, "meta", f"meta: {name}")
    marked = page.items.get("headline", ())
    for element in marked[:_MOST_ITEMS] if len(marked) <= _MOST_ITEMS else ():
        words = said(element)
        if words:
            yield candidate(words, "microdata", "microdata: headline")


def parts(title: str) -> list[str]:
    """Return every run of the pieces that separators make of a title, but the whole: "Ministry - News - Heading"."""
    pieces = _pieces(title)
    runs = [title[begin:end] for number, (begin, _) in enumerate(pieces) for _, end in pieces[number:]]
    return [run for run in sorted(runs, key=len, reverse=True) if run != title]


def title_part(page: Page, near: str) -> Iterator[Candidate[str]]:
    """The title element's part that is ``near``, if any: a witness for it."""
    whole = page.title
    part = next((part for part in (whole, *parts(whole)) if folded(part) == folded(near)), "")
    if part:
        yield candidate(part, "meta", "title")


def without_website(page: Page, title: str) -> str:
    """Return a title without the names of website and section around it."""
    pieces = _pieces(title)
    first, last = 0, len(pieces)
    keys = [folded(title[begin:end]) for begin, end in pieces]
    while first < last - 1 and _is_website(page, keys[first]):
        first += 1
    for number in range(first + 1, last):
        # What follows the website's name is the website's slogan.
        if _is_website(page, keys[number]) or folded(title[pieces[number][0] :]) in page.site_names:
            last = number
            break
    while first < last - 1 and NEWS.fullmatch(title[slice(*pieces[last - 1])].strip()):
        last -= 1
    return _EDGES.sub("", title[pieces[first][0] : pieces[last - 1][1]]) if pieces else title


def _pieces(title: str) -> list[tuple[int, int]]:
    """Where the pieces of a title begin and end."""
    separators = _TIGHT_SEPARATORS if _HAN.search(title) else _SEPARATORS
    cuts = [(match.start(), match.end()) for match in islice(separators.finditer(title), 8)]
    begins, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(title)]
    return [(begin, end) for begin, end in zip(begins, ends, strict=True) if folded(title[begin:end])]


_EDGES = re.compile(r"^[\s|｜–—－―·•»«:_/<>←→-]+|[\s|｜–—－―·•»«_/<>←→-]+$|\s+:+\s*$")
_LEAST = 4


def _is_website(page: Page, key: str) -> bool:
    """Whether these words, folded, are the name of the website or hold it."""
    if not key:
        return False
    if key in page.site_names:
        return True
    tight = key.replace(" ", "")
    host = page.host.replace(".", "").replace("-", "")
    label = max(page.host.split("."), key=len).replace("-", "")
    initials = "".join(word[0] for word in key.split())
    return (
        (len(tight) >= _LEAST and tight in host)
        or (len(label) >= _LEAST and label in tight)
        or (len(initials) > 2 and initials == label)
        or any(len(name) > _LEAST * 2 and (name in key or key in name) for name in page.site_names)
        or (_HAN.search(key) is not None and _CHINESE_SITE.search(key) is not None and len(key) <= 24)
    )


_CHINESE_SITE = re.compile("(?:[网網部局厅廳省]|政府|委员会|委員會|新闻|新聞|首页|首頁|ホームページ|公式サイト)$")


def likeness(one: str, other: str) -> float:
    """Return how far two titles share their words, 0 to 1."""
    a, b = (Counter(_words(text)) for text in (one, other))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def _words(text: str) -> list[str]:
    words = folded(text)
    # Chinese, Japanese and Thai do not part words.
    return [character for character in words if character != " "] if _UNPARTED.search(words) else words.split()
