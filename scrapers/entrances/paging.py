"""Finds the address of a listing's next page: rel=next, pagers with words or numbers, "load more" that leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, cast
from urllib.parse import urlsplit

from lxml import etree

from scrapers.entrances.links import address_of
from scrapers.entrances.setting import Setting
from scrapers.reading.text import clean
from scrapers.reading.tree import Element, select

_WORDS = (
    "next(?: (?:page|entries|posts|articles|results|\\d+))?|go to next page|older(?: (?:posts|entries|articles|news))?|(?:load |show |view |see )?more (?:news|posts|articles|events|releases|results|stories|items)|load more|show more|"
    "trang sau|trang kế|trang tiếp|trang tiếp theo|tiếp|tiếp theo|kế tiếp|sau|xem thêm|tải thêm|xem tiếp|tin cũ hơn|cũ hơn|"
    "suivant|suivante|page suivante|suivants|articles plus anciens|nächste|nächste seite|weiter|vor|ältere beiträge|mehr laden|"
    "más (?:noticias|comunicados)|mais notícias|altre notizie|(?:weitere|mehr|ältere) (?:meldungen|nachrichten|pressemitteilungen)|plus d[’']actualités|"
    "siguiente|página siguiente|siguientes|próximo|próxima|próxima página|seguinte|página seguinte|mais antigos|anteriores|"
    "successivo|successiva|pagina successiva|avanti|volgende|volgende pagina|oudere berichten|nästa|nästa sida|næste|neste|seuraava|"
    "następna|następny|dalej|starsze|další|další strana|starší|ďalej|ďalšia|következő|tovább|régebbi|următoarea|următor|înainte|"
    "sljedeća|naslednja|следваща|следующая|следующий|следующая страница|далее|вперед|вперёд|ранее|туда|наступна|далі|уперед|"
    "επόμενη|επόμενο|sonraki|ileri|sonraki sayfa|daha fazla|berikutnya|selanjutnya|halaman berikutnya|seterusnya|lebih lama|"
    "ถัดไป|หน้าถัดไป|ต่อไป|ໜ້າຕໍ່ໄປ|ຕໍ່ໄປ|ถัดไป|បន្ទាប់|နောက်|下一页|下一頁|下页|下頁|后页|下一步|次へ|次のページ|次|다음|다음 페이지|다음페이지|"
    "التالي|التالية|الصفحة التالية|بعدی|صفحه بعد|بعد|अगला|अगला पृष्ठ|পরবর্তী|הבא|הבאה|לעמוד הבא"
)
_TEXT = re.compile(rf"^(?:{_WORDS})$", re.IGNORECASE)
_ARROW = re.compile(r"^\s*(?:[>»›→▶►⟩❯≫]|>>|->|=>|&gt;|&raquo;|&rsaquo;)\s*$")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_NAMED_NEXT = re.compile(
    r"(?:^|[-_ ])(?:next|nextpage|next-page|pagenext|page-next|nextpostslink|next-posts|next-posts-link|pager-next|pagination-next|"
    r"older-posts?|nav-previous-posts|load-?more|paginate-next|i-next|go-next|arrow-right|icon-next|right-arrow|chevron-right|page_next)(?:$|[-_ ])"
)
_NAMED_OTHER = re.compile(
    r"(?:^|[-_ ])(?:prev|previous|first|disabled|inactive|carousel|slider|slick|swiper|slide|calendar|comments?|gallery|lightbox)(?:$|[-_ ])"
)
_PAGER = re.compile(
    r"(?:^|[-_ ])(?:pag(?:er|ers|ination|inator|ing|inate|enav|enavi|es|elist|enumbers?|elinks?|edlist)\w*|wp-pagenavi|navigation|nav-links|page-?nav\w*|phantrang|phan-trang|pages?-links?|toolbar)(?:$|[-_ ])"
)
_CURRENT = re.compile(r"(?:^|[-_ ])(?:current|active|selected|on|now|currentpage|current-page|thispage|sel)(?:$|[-_ ])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER = re.compile(r"^[\[(\s]*(\d{1,5})[\])\s.]*$")
_COUNTED = re.compile(r"\d+")
_PAGED = re.compile(
    r"[?&;/_-](?:page|paged|pag|p|pg|pageno|pageindex|pagenum\w*|trang|start|offset|from|skip|cur|limitstart|index|list|seite|pagina|s)"
    r"(?:%5B\w*%5D)?[=/_-]?\d{1,6}(?:\D|$)|[_/-]\d{1,4}(?:\.\w+|/)?$|[?&]\w*(?:page|cur|start|offset)\w*=\d+|[?&]paged=true\b",
    re.IGNORECASE,
)
_CALENDAR = re.compile(r"\b(?:month|week|year|day|monat|woche|mois|mes|tháng|tuần)\b", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"[?&](?:limit|view|show|per_?page)=all\b|\.(?:pdf|docx?|xlsx?|zip|jpe?g|png)(?:$|\?)|/calendar/", re.IGNORECASE
)
_NOT_PAGES = re.compile(
    r"(?:^|[-_ ])(?:carousel|slider|slick|swiper|calendar|datepicker|gallery|fc|wp-calendar)(?:$|[-_ ])"
)
_REL = etree.XPath("//link[contains(@rel, 'next')][@href] | //a[contains(@rel, 'next')][@href]")
_BUTTONS = etree.XPath(
    "//*[@data-url or @data-href or @data-next-url or @data-next-page-url or @data-nexturl or @hx-get or @data-hx-get]"
    "[self::button or self::div or self::span or self::li or self::p]"
)
_MOST = 6000
_LONGEST = 60
"""Characters of the longest text of a link to the next page."""


def next_page(
    root: Element, where: Setting, *, selector: str = "", names: frozenset[str] = frozenset(), markup: str = "data-url"
) -> str | None:
    """Return the absolute address of the following page, or None when the page names none.

    ``selector`` comes first; a page it finds nothing on is the last one only if no pager says otherwise. ``names``
    are the page's classes, and ``markup`` tells whether anything but links may lead there.
    """
    for href in _candidates(root, selector, where, names, markup):
        url = where.absolute(href)
        if url and _is_other_page(url, where.url):
            return url
    return None


def _candidates(root: Element, selector: str, where: Setting, names: frozenset[str], markup: str) -> Iterator[str]:
    if selector:
        yield from (href for element in select(root, selector) if (href := _href(element)))
    if "onecms__loadmore" in names or "onecms__loading" in names:
        yield from _api_addresses(root)
    yield from (
        href for element in cast("list[Element]", _REL(root)) if _is_rel_next(element) and (href := _href(element))
    )
    anchors = list(_anchors(root, markup))
    named = [(rank, n, anchor) for n, anchor in enumerate(anchors) if (rank := _rank(anchor))]
    yield from (anchor.href for _, _, anchor in sorted(named, key=lambda each: (-each[0], each[1])))
    yield from _numbered(anchors, where)


class _Anchor(NamedTuple):
    element: Element
    href: str
    said: str


def _is_rel_next(element: Element) -> bool:
    if "next" not in (element.get("rel") or "").lower().split():
        return False
    # WordPress links the next *article* so.
    return element.tag != "a" or not _outside_pager_prose(element)


def _outside_pager_prose(element: Element) -> bool:
    text = _said(element)
    return len(text) > 40 and not _in_pager(element)


def _anchors(root: Element, markup: str) -> Iterator[_Anchor]:
    """The links that may be part of a pager: those that say little."""
    may_have = any(key in markup for key in ("data-url", "data-href", "data-next", "hx-get"))
    others = cast("list[Element]", _BUTTONS(root)) if may_have else []
    for element in islice((*root.iter("a"), *others), _MOST):
        if (href := address_of(element)) and len(said := _said(element)) <= _LONGEST:
            yield _Anchor(element, href, said)


def _href(element: Element) -> str:
    """The address of a link, or of the one around or inside the element."""
    around = (element, *element.iter("a"), *element.iterancestors("a"))
    return next((href for each in around if (href := address_of(each))), "")


def _said(anchor: Element) -> str:
    return clean("".join(map(str, islice(anchor.itertext(), 12))))


@lru_cache(maxsize=8192)
def _speaks(text: str) -> bool:
    """Whether a text is one for the link to the next page."""
    return bool(_TEXT.match(_EDGES.sub("", text)))


def _rank(link: _Anchor) -> int:
    """How surely a link leads to the next page; 0 when it does not look like it."""
    anchor, text = link.element, link.said
    stated = _attributes(anchor)
    spoken = _speaks(text) or (bool(stated) and _speaks(clean(stated)))
    arrow = len(text) < 8 and bool(_ARROW.match(text))
    names = _names(anchor)
    named = bool(_NAMED_NEXT.search(names))
    if not (spoken or arrow or named) or (not named and _NAMED_OTHER.search(names)):
        return 0
    if "prev" in (anchor.get("rel") or "") or _CALENDAR.search(stated) or _NO_PAGE.search(link.href):
        return 0
    context = _context(anchor)
    if _NOT_PAGES.search(context):
        return 0
    outer = names if not len(anchor) else _names(anchor, inside=False)
    pager = bool(_PAGER.search(context)) or "page" in outer or bool(_NAMED_NEXT.search(_name(anchor)))
    counted = bool(_PAGED.search(link.href))
    return spoken * 4 + named * 3 + arrow + pager * 3 + counted * 2 if pager or counted else 0


def _attributes(anchor: Element) -> str:
    images = (image.get("alt") or image.get("title") or "" for image in anchor.iter("img"))
    return anchor.get("aria-label") or anchor.get("title") or next(images, "")


def _names(element: Element, *, inside: bool = True) -> str:
    """Classes and ids of the link, of the item around it and of what is ``inside``."""
    names = _name(element)
    parent = element.getparent()
    if parent is not None and not _more_than(2, parent) and parent.tag not in ("body", "td"):
        names += " " + _name(parent)
    if inside and len(element):
        names += " " + " ".join(map(_name, list(element.iter("span", "i", "img", "svg", "em"))[:3]))
    return names


def _more_than(count: int, elements: Iterable[Element]) -> bool:
    """lxml counts children one by one, which is slow where there are thousands."""
    return next(islice(elements, count, None), None) is not None


def _name(element: Element) -> str:
    classes, identity = element.get("class"), element.get("id")
    return _plain(f"{classes or ''} {identity or ''}") if classes or identity else ""


@lru_cache(maxsize=8192)
def _plain(names: str) -> str:
    return _CAMEL.sub("-", names).lower().replace("__", "-").replace("--", "-")


def _context(anchor: Element) -> str:
    names = []
    for depth, ancestor in enumerate(anchor.iterancestors()):
        if depth > 4 or ancestor.tag == "body":
            break
        names.append(_name(ancestor))
    return " ".join(names)


def _in_pager(anchor: Element) -> bool:
    return bool(_PAGER.search(_context(anchor)))


def _numbered(anchors: list[_Anchor], where: Setting) -> Iterator[str]:
    """The number after the current page's, in a row of numbers."""
    pagers: dict[Element, dict[int, Element]] = {}
    for anchor in anchors:
        found = _NUMBER.match(anchor.said)
        if found and (pager := _pager_of(anchor.element)) is not None:
            pagers.setdefault(pager, {}).setdefault(int(found[1]), anchor.element)
    for pager, numbers in pagers.items():
        current = _current(pager, numbers, where)
        following = numbers.get(current + 1) if current else None
        if following is not None and not _NOT_PAGES.search(_context(following)) and "day=" not in _href(following):
            yield _href(following)


def _pager_of(anchor: Element) -> Element | None:
    """The closest element around several links."""
    for depth, ancestor in enumerate(anchor.iterancestors()):
        if depth > 3 or ancestor.tag == "body":
            return None
        if _more_than(1, ancestor.iter("a")) or _more_than(2, ancestor):
            return ancestor
    return None


def _current(pager: Element, numbers: dict[int, Element], where: Setting) -> int:
    """The page that is shown: marked, or a number without a link, or the one whose address is ours."""
    for element in pager.iter():
        if not isinstance(element.tag, str) or len(element) > 1:
            continue
        found = _NUMBER.match(_said(element))
        if not found:
            continue
        number, marked = int(found[1]), bool(_CURRENT.search(_name(element))) or element.get("aria-current") is not None
        linked = (element.tag == "a" and bool(_href(element))) or any(_href(inner) for inner in element.iter("a"))
        if marked or (not linked and element.tag in ("span", "strong", "b", "em", "li", "a", "td", "font", "div")):
            return number
    for piece in (pager.text, *(child.tail for child in pager)):
        if piece and (found := _NUMBER.match(clean(piece))) and int(found[1]) not in numbers:
            return int(found[1])
    ours = [number for number, anchor in numbers.items() if where.absolute(_href(anchor)) == where.url]
    if ours:
        return ours[0]
    # The first page's own number is often a link like the others, and its address the bare one.
    return 1 if 2 in numbers and (1 not in numbers or not _PAGED.search(where.url)) else 0


def _is_other_page(url: str, here: str) -> bool:
    """Another page of the same site."""
    if url == here:
        return False
    ours, theirs = (urlsplit(each).hostname or "" for each in (here, url))
    return (
        not ours
        or ours.removeprefix("www.") == theirs.removeprefix("www.")
        or ours.endswith(f".{theirs}")
        or theirs.endswith(f".{ours}")
    )


_MORE = etree.XPath("//*[@data-api-url] | //*[contains(@class, 'onecms__loadmore')]")


def _api_addresses(root: Element) -> Iterator[str]:
    """Where OneCMS's "Xem thêm" gets the rows that follow the last one shown."""
    for element in cast("list[Element]", _MORE(root)):
        stated = (element.get("data-api-url") or "").strip()
        if "/getMoreArticle/" in stated and _COUNTED.search(stated):
            yield stated
        elif "onecms__loadmore" in (element.get("class") or "") and (built := _built(root, element)):
            yield built


def _built(root: Element, more: Element) -> str:
    """The address the button's data spell out; "" when a part of it is missing."""
    data: dict[str, str] = {}
    for element in (more, *more.iter()):
        for key, value in element.attrib.items():
            if str(key).startswith("data-"):
                data.setdefault(re.sub(r"[^a-z]", "", str(key)[5:].lower()), str(value).strip())
    for element in more.iter("input"):
        data.setdefault(
            re.sub(r"[^a-z]", "", (element.get("name") or element.get("id") or "").lower()), element.get("value") or ""
        )
    rows = [item.get("pid") or "" for item in root.iter("li") if (item.get("pid") or "").isdigit()]
    last = data.get("publisherid") or data.get("lastid") or (rows[-1] if rows else "")
    channel = data.get("channelid") or data.get("channel") or data.get("zoneid") or ""
    if not (last.isdigit() and channel.isdigit()):
        return ""
    event = data.get("eventid") or "0"
    return (
        f"/api/getMoreArticle/{data.get('type') or 'channel'}_{data.get('keyword') or 'empty'}_{last}_{channel}_{event}"
    )
