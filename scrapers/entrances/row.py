"""One row of a listing into a headline: title, date and summary from the elements that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from lxml import etree
from msgspec import structs

from scrapers.entrances.setting import Setting
from scrapers.items import Moment
from scrapers.reading.fields.headings import parted
from scrapers.reading.text import clean
from scrapers.reading.tree import Element, text_of

SUMMARY = 1000
_SENTENCE, _SUMMARY_LINE = 20, 41
"""Characters of the shortest summary that ends like a sentence, and of one that does not."""
_FULL_STOPS = ".!?…。।؟"
_CARD_TITLE = 25
"""Characters of a line in a card that is its title rather than its section's name."""
_TITLE = 25
"""Letters of the shortest line of a row that is taken for the title of a link which says nothing."""
DATE_LINE = 90
"""Characters of the longest text that is a date line; in longer ones a date is part of the story."""

GENERIC = re.compile(
    r"^[\W\d_]*(?:(?:read|learn|view|see|find out|show|continue|full|load)\s?(?:more|details?|all|on|reading|story|article|release|text)?|more|details?|"
    r"(?:xem|đọc)\s(?:thêm|tiếp|chi tiết|tất cả)|chi tiết|tin chi tiết|lire (?:la suite|plus)|en savoir plus|voir plus|suite|"
    r"mehr(?: lesen| erfahren)?|weiterlesen|weiter|leer m[áa]s|ver m[áa]s|m[áa]s|saiba mais|leia mais|ler mais|ver mais|"
    r"leggi(?: tutto)?|continua|lees (?:meer|verder)|meer|baca (?:selengkapnya|lagi|seterusnya)|selengkapnya|selanjutnya|"
    r"читать(?: далее| полностью)?|подробнее|далее|докладніше|czytaj (?:więcej|dalej)|więcej|číst (?:dále|více)|více|"
    r"devamı?|devamını oku|更多|详细|詳細|阅读全文|查看详情|続きを読む|もっと見る|자세히(?: 보기)?|더보기|อ่านต่อ|อ่านเพิ่มเติม|ອ່ານຕໍ່|"
    r"اقرأ المزيد|المزيد|ادامه|और पढ़ें|আরও|image|photo|video|pdf|download|here|click here|link)[\W\d_]*$",
    re.IGNORECASE,
)
_DATE_NAME = re.compile(
    r"(?:^|[-_ ])(?:date|time|datetime|published|pubdate|posted|ngay|thoi-gian|fecha|datum|data|tanggal|waktu|timestamp)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[〇一二三四五六七八九十]年|元年")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE_NAME = re.compile(r"(?:^|[-_ ])(?:title|headline|heading|tieude|titre|titulo|subject)(?:$|[-_ ])", re.IGNORECASE)
# Through the markup as text: walking a row's elements in Python costs ten times as much.
_BLOCK = re.compile(
    r"</?(?:p|div|li|td|th|dd|dt|section|article|header|footer|h[1-6]|ul|ol|table|tr|br|figure|figcaption|time|blockquote)\b[^>]*>"
)
_UNSEEN_TEXT = re.compile(r"<(script|style|noscript|template|svg)\b.*?(?:</\1>|$)", re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*>([^<]{1,30})</a>")
_MAY_HIDE = re.compile(r"<(?:s[ctv]|no|te)")
_TAG = re.compile(r"<[^>]*(?:>|$)")
_CJK = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_MARKUP, _LONGEST = 60_000, 8_000
"""Characters of a row's markup that are looked at, with and without its drawings and scripts."""
_DATE = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|\d{4}\s?[/.年-]\s?\d{1,2}\s?[/.月-]|tháng\s?\d|"
    r"\b\d{1,2}(?:st|nd|rd|th|er|\.)?[\s-](?:de\s)?[^\W\d]{3,}\.?,?[\s-](?:de\s)?\d{4}|(?<![^\W\d])[^\W\d]{3,}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
)
_BLOCKS = frozenset(("p", "div", "br", "time", "li", "section"))
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg"))
_SEPARATED = re.compile(r"[|•·\n]|\s{3,}")
_NUMBER = re.compile(r"\d+")
_DAY_ALONE = re.compile(r"\d{1,2}日?")
_MONTH_YEAR = re.compile(r"(?:(\d{1,2})\s?[-/.]\s?(\d{4})|(\d{4})\s?[-/.年]\s?(\d{1,2})月?)")
_WORD_YEAR = re.compile(r"(?:[^\W\d]{3,}\.?|tháng \d{1,2}),?[\s/-]{1,3}\d{4}", re.IGNORECASE)
_BOXED_MONTH = re.compile(r"(>\s*[^\W\d]{3,9}[.,]*\s*)</(?:b|strong|span|em|i|small)>(?=\s*<[^<>]*>\s*\d{4}\s*<)")
_BOXED = re.compile(r"(>\s*\d{1,2}日?\s*)</(?:b|strong|span|em|i|small)>(?=\s*<)")


def title_of(links: Iterable[Element], held: Iterable[Element] = ()) -> str:
    """Return the best title the row's links give, or the row's heading when they say "read more"."""
    best = ""
    for link in links:
        text = link_title(link)
        if text and not GENERIC.match(text) and len(text) > len(best):
            best = text
    return best or next(_headings(held), "")


def link_title(link: Element) -> str:
    """Return a link's words; its title attribute when the text is cut short or says nothing."""
    text = _inner_title(link)
    stated = clean(link.get("title") or "")
    start = re.sub(r"\s*(?:\.{2,}|…|\[…\]|\[\.\.\.\])$", "", text)
    if stated and (not text or GENERIC.match(text) or (len(stated) > len(text) and stated.startswith(start))):
        return stated
    return text


def _inner_title(link: Element) -> str:
    """A link around a whole card holds a heading, or something called a title."""
    if not len(link):
        return clean(link.text or "")
    inner = next((text for element in link.iter(*_HEADINGS) if (text := parted(element)[0])), "")
    if inner:
        return inner
    named = (
        text_of(element)
        for element in link.iter()
        if element is not link and _TITLE_NAME.search(element.get("class") or "")
    )
    return next((text for text in named if text), "") or _first_line(link, text_of(link))


def _without_day(link: Element, text: str) -> str:
    """One line's words without the day and the section that stand apart in it: "<i class=date>24.08.</i> Title"."""
    return parted(link)[0] if any(child.get("class") or child.tag in ("time", "small") for child in link) else text


def _first_line(link: Element, text: str) -> str:
    """The first line of a card that can be its title; all its words when they are one line."""
    if not any(child.tag in _BLOCKS for child in link.iter()):
        return _without_day(link, text)
    if len(text) < _CARD_TITLE:
        return text
    said = lines((link,))
    return (
        next((line for line in said if weight(line) >= _CARD_TITLE and not is_date(line)), text) if said[1:] else text
    )


def _headings(held: Iterable[Element]) -> Iterator[str]:
    held = list(held)
    for element in held:
        yield from (text for heading in element.iter(*_HEADINGS) if (text := text_of(heading)))
    for element in held:
        named = (
            inner
            for inner in element.iter()
            if _TITLE_NAME.search(inner.get("class") or "") and inner.tag not in _UNSEEN
        )
        yield from (text for inner in named if (text := text_of(inner)))


def date_of(held: Iterable[Element], said: list[str], title: str, setting: Setting) -> Moment | None:
    """Return when a row says it was published: a time element, what is called a date, else a short line that is one.

    ``said`` are the row's `lines`.
    """
    for element in held:
        for inner in element.iter("time"):
            if moment := dated(inner, setting):
                return moment
    for element in held:
        for inner in element.iter():
            names = f"{inner.get('class') or ''} {inner.get('id') or ''}" if isinstance(inner.tag, str) else " "
            if names != " " and _DATE_NAME.search(names):
                text = text_of(inner)
                if 0 < len(text) <= DATE_LINE and (moment := setting.printed(text)):
                    return moment
    whole = (moment for line in said if _may_be_date(line, title) and (moment := setting.printed(line)))
    return next(whole, None) or _apart(said, setting)


def _apart(said: list[str], setting: Setting) -> Moment | None:
    """The date of a box that prints the day large and month and year below it."""
    for n, day in enumerate(said):
        if len(day) > 3 or not _DAY_ALONE.fullmatch(day):
            continue
        for rest in (" ".join(said[n + 1 : n + 2]), " ".join(said[n + 1 : n + 3])):
            if moment := _with_day(day, rest, setting):
                return structs.replace(moment, printed=f"{day} {rest}")
    return None


def _with_day(day: str, rest: str, setting: Setting) -> Moment | None:
    if found := _MONTH_YEAR.fullmatch(rest):
        month, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        return setting.printed(f"{year}-{int(month):02}-{int(day[:2].strip('日')):02}")
    return setting.printed(f"{day} {rest}") if _WORD_YEAR.fullmatch(rest) else None


def has_date(held: Iterable[Element], title: str) -> bool:
    """Whether a row seems to state a date; cheaper than reading it."""
    markup = _markup(held)
    if "<time" in markup:
        return True
    said = [line.strip() for line in _text(markup).split("\n")]
    return any(5 < len(line) <= DATE_LINE and line != title and _DATE.search(line) for line in said) or _is_boxed(said)


def _is_boxed(said: list[str]) -> bool:
    """Whether a day stands alone before a month and year."""
    day = next((n for n, line in enumerate(said) if 0 < len(line) <= 3 and _DAY_ALONE.fullmatch(line)), None)
    rest = [line for line in said[day + 1 :] if line][:2] if day is not None else []
    return any(_MONTH_YEAR.fullmatch(each) or _WORD_YEAR.fullmatch(each) for each in (*rest[:1], " ".join(rest)))


def dated(element: Element, setting: Setting) -> Moment | None:
    """Return the moment an element states in an attribute or prints."""
    stated = element.get("datetime") or element.get("content") or element.get("data-date") or ""
    moment = setting.stated(stated) if stated else None
    printed = setting.printed(text_of(element))
    if (
        moment
        and printed
        and moment.precision == "second"
        and printed.precision != "second"
        and moment.at.date() == printed.at.date()
    ):
        # Many systems fill up the attribute of a day with midnight; Drupal with noon in Greenwich.
        filled = (moment.at.hour, moment.at.minute) in ((0, 0), (12, 0))
        return printed if printed.precision == "day" and filled else moment
    return moment or printed


def names_a_day(text: str) -> bool:
    """Whether a date is part of a text, as in "Minutes of 4 March 2024"."""
    return _DATE.search(text) is not None


def is_date(text: str) -> bool:
    """Whether a text is a date and little else: "Mon, 4 March 2024"."""
    rest, found = _DATE.subn("", text)
    return found > 0 and len(re.findall(r"\w", rest)) < 10


def _may_be_date(line: str, title: str) -> bool:
    """Two numbers at least, or Chinese ones, which the reader of dates tells from words."""
    return (
        5 < len(line) <= DATE_LINE and line != title and (len(_NUMBER.findall(line)) > 1 or bool(_COUNTED.search(line)))
    )


def first_text(said: list[str], code: str) -> str:
    """Return the first of a row's lines that can be its title where its link says a number or "read more"; or ""."""
    able = (line for line in said if _TITLE <= weight(line) <= SUMMARY // 3 and line != code)
    return next((line for line in able if not GENERIC.match(line) and not is_date(line)), "")


def weight(text: str) -> float:
    """Return the letters of a title, those of dense scripts counted double."""
    return len(text) + 1.2 * len(_CJK.findall(text))


def summary_of(said: list[str], title: str) -> str:
    """Return the longest of a row's lines that is neither its title nor a date line."""
    best = max((line for line in said if _may_be_summary(line, title)), key=len, default="")
    return best if len(best) <= SUMMARY else best[:SUMMARY].rsplit(" ", 1)[0] + "…"


def _may_be_summary(line: str, title: str) -> bool:
    if len(line) < (_SENTENCE if line[-1] in _FULL_STOPS else _SUMMARY_LINE) or GENERIC.match(line) or is_date(line):
        return False
    return line != title and not title.startswith(line.rstrip(".… "))


def lines(held: Iterable[Element]) -> list[str]:
    """Return the texts of a row, block by block."""
    parts = _SEPARATED.split(_text(_LINK.sub(_without_generic_link, _markup(held))))
    return [line for part in parts if not part.isspace() and (line := clean(part))]


def _markup(held: Iterable[Element]) -> str:
    return "\n".join(etree.tostring(element, encoding="unicode", with_tail=False)[:_MARKUP] for element in held)


def _without_generic_link(found: re.Match[str]) -> str:
    return " " if GENERIC.match(clean(unescape(found[1]))) else found[0]


def _text(markup: str) -> str:
    markup = _UNSEEN_TEXT.sub("", markup) if _MAY_HIDE.search(markup) else markup
    boxed = _BOXED_MONTH.sub(r"\1 ", _BOXED.sub(r"\1\n", markup[:_LONGEST]))
    return unescape(_TAG.sub("", _BLOCK.sub("\n", boxed)))
