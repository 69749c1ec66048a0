"""One line of a page read for the days it tells of the article: of its publication, of its last change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.items import Record
from scrapers.reading.endings import is_publisher
from scrapers.reading.fields.clock import Clock, is_filled_up
from scrapers.reading.fields.stated import Said, candidate, read_machine
from scrapers.reading.text import clean
from scrapers.reading.tree import Element, length, text_of

PUBLISHED = re.compile(
    r"\b(?:publi|posted|released?\b|date|issued|ngày|đăng|cập nhật|veröffentlicht|erschienen|erstellt|fecha|fechado|data|datum|tanggal|"
    r"diterbitkan|dipublikasikan|opublikowano|published|created|mis en ligne|le\b|am\b|vom\b|yayın|発表|公開|掲載|发布|發布|日期|时间|時間|일자|등록일|"
    r"게시일|작성일|입력|作成|опубликован|дата|δημοσ|تاريخ|نشر|انتشار)",
    re.I,
)
UPDATED = re.compile(
    r"(?:last\s+|zuletzt\s+)?(?:updated?|modified|revised|edited|reviewed)\b(?:\s+on)?|last (?:changed|change|update|revision)|cập nhật|mis(?:e)? à jour|"
    r"modifié|(?:letzte\s+)?(?:aktualisier|änderung)\w*|geändert|stand:|actualizad[oa]|atualizado|aggiornat[oa]|ultimo aggiornamento|última (?:actualización|modificación|atualização|modificação)|ostatnia (?:aktualizacja|modyfikacja)|diperbarui|dikemaskini|bijgewerkt|"
    r"uppdatera\w*|opdatere\w*|oppdatert|päivitetty|zaktualizowano|aktualizováno|обновлен\w*|изменен\w*|güncelle\w*|更新|修改|수정|تحديث",
    re.I,
)
_OTHER_DAYS = re.compile(
    r"\b(?:joined|registered|registriert|member since|mitglied seit|born|geboren|deadline|expires?|closing date|valid until|effective|"
    r"start(?:s|ing)?|ends?|event|frist|beginn|hạn|hiệu lực|copyright)\b|©|\(c\)|†",
    re.I,
)
_DIGITS = re.compile(r"[\d๐-๙໐-໙០-៩၀-၉०-९٠-٩۰-۹〇一二三四五六七八九十]")
_COUNTER = re.compile(
    r"\s*[|•·,-]?\s*\(?(?:view count|views?|lượt (?:xem|đọc|truy cập)|đã xem|số lần xem|xem|hits?|dilihat|dibaca|visto|vues?|aufrufe)\s*[:：]?\s*"
    r"\d.*$|\s*[|•·-]\s*\d[\d.,]*\s*(?:views?|lượt (?:xem|đọc)|hits?|vues?|aufrufe|kali)\b.*$",
    re.I,
)
_CHANGED = re.compile(r"updat|modif|chang|revis|aktualis", re.I)
_ATTRIBUTES = (
    "data-datetime", "data-published", "data-published-date", "data-publish-date", "data-pubdate", "data-date-iso", "data-date", "data-time",
)  # fmt: skip
"""Attributes of any element; the words of ``time`` and ``abbr`` are told in some more."""
_TIMES = frozenset(("time", "abbr", "relative-time", "time-ago"))
_EPOCHS = ("data-timestamp", "data-utime", "data-unixtime", "unixtime")
_SENTENCE = re.compile(r"[。？！]|[^\W\d_]{3,}[.!?]\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}|を|は、")
_SAID = re.compile(
    r"veröffentlicht|erstellt|geschrieben|eingestellt|published|posted|publié|publicado|pubblicato|đăng|gepubliceerd|publicerad|created",
    re.I,
)
_LITTLE = re.compile(
    r"\b(?:for (?:immediate )?release|pour diffusion immédiate|para (?:difusión|divulgação) inmediata|zur sofortigen veröffentlichung|ngày|tháng|năm|lúc|giờ|phút|de|del|di|of|the|le|am|vom|um|uhr|at|on|by|von|par|por|date|datum|stand|fecha|data)\b",
    re.I,
)
_SHORT = re.compile(r"(?<![\d.])(?P<day>\d{1,2}\.\d{1,2}\.)(?P<year>\d\d)(?![\d.])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST, _PIECE, _FEW = 120, 60, 3
_LONGEST_SAID, _MUCH = 240, 4000
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ABOUT = re.compile(r"meta|footer|byline|info|submitted|author|posted", re.I)
"""Classes of lines about an article, which can be whole sentences."""
_CREATED = re.compile(
    r"(?:originally |first |erst)?(?:published|posted|created|veröffentlicht|erstellt|publié|publicado|pubblicato|đăng|发布|發布|公開|掲載)",
    re.I,
)


class Seen(Record, frozen=True, kw_only=True):
    """A date people see, and where."""

    said: Said
    element: Element | None = None
    """What holds the date and nothing else of the text."""
    changed: bool = False
    """Whether it is called the day of the last change."""


def read_line(element: Element, clock: Clock, rule: str, *, strict: bool = False) -> Iterator[Seen]:
    """Yield what an element says of the article's days, when it says little else; very little, if ``strict``."""
    text, label = _short_text(element), _label(element)
    if (len(text) <= _LONGEST and _OTHER_DAYS.search(text)) or _OTHER_DAYS.search(label) or is_publisher(text):
        return
    changed = _is_update(label) or _is_changed(element)
    attributed = _attributed(element, clock, rule)
    if attributed:
        said = _finer(attributed, text, clock, rule)
        yield Seen(said=said, element=element, changed=changed or _is_update(text))
        return
    most = 3 if strict else 7
    if is_about(element) or element.find("a[@rel='author']") is not None:
        # "8.5.12" may be a version's number, but not beside an author's name.
        text = _SHORT.sub(r"\g<day>20\g<year>", text)
    found = list(_read_text(element, text, clock, rule, most, changed=changed)) if len(text) <= _LONGEST else []
    yield from found or _read_pieces(element, clock, rule, most)


def read_labelled(element: Element, clock: Clock, rule: str) -> Iterator[Seen]:
    """Yield the days that words such as "published on" name, whole sentences in lines about the article included."""
    text = _short_text(element)[:_LONGEST_SAID]
    if _OTHER_DAYS.search(text):
        return
    sentence = is_about(element) and _SAID.search(text)
    for part, is_update in _parts(text):
        if (is_update or PUBLISHED.search(part)) and (may_be_date(part) or sentence):
            yield from _seen(part, element, clock, rule, changed=is_update)


def has_digits(element: Element) -> bool:
    """Whether digits stand in the element itself or one level below; larger pieces of the page are no dates."""
    if len(element) > 12 or (element.tag in _HEADINGS and len(text_of(element)) > _PIECE):
        return False
    pieces = [element.text, element.get("datetime")] + [text for child in element for text in (child.text, child.tail)]
    return any(_DIGITS.search(piece[:400]) for piece in pieces if piece)


def may_be_date(text: str, *, most: int = 7) -> bool:
    """Whether the line is about a date, not a sentence that mentions one."""
    digits = len(_DIGITS.findall(text))
    if not digits or len(text) > _LONGEST or _SENTENCE.search(text):
        return False
    return len(_WORD.findall(_LITTLE.sub("", text))) <= most or digits * 5 >= len(text)


def is_about(element: Element) -> bool:
    """Whether the element is a line about the article, by its name or the name of what it stands in."""
    above = element.getparent()
    names = f"{element.get('class', '')} {above.get('class', '') if above is not None else ''}"
    return element.tag in ("small", "footer") or _ABOUT.search(names) is not None


def shown_text(printed: str) -> str:
    """Return a date's line without the count of views many sites print beside it, another one on every visit."""
    return _COUNTER.sub("", printed)


def _read_text(element: Element, text: str, clock: Clock, rule: str, most: int, *, changed: bool) -> Iterator[Seen]:
    if _DIGITS.search(text):
        for part, is_update in _parts(text):
            if may_be_date(part, most=most):
                yield from _seen(part, element, clock, rule, changed=is_update or changed)


def _read_pieces(element: Element, clock: Clock, rule: str, most: int) -> Iterator[Seen]:
    """Dates that stand alone between the element's children: "<a>Name</a>, 21 Jan 2015 <span>…"."""
    for piece in (element.text, *(child.tail for child in element)) if len(element) else ():
        line = clean(piece or "").strip(" ,;|·•⋅/–-")
        if line and len(line) <= _PIECE and may_be_date(line, most=most) and not _OTHER_DAYS.search(line):
            yield from _seen(line, None, clock, rule, changed=_is_update(line))


def _seen(line: str, element: Element | None, clock: Clock, rule: str, *, changed: bool) -> Iterator[Seen]:
    moment = clock.printed(line)
    if moment and not clock.is_ahead(moment):
        said = candidate(moment, shown_text(line), "visible", rule, clock=clock)
        yield Seen(said=said, element=element, changed=changed)


def _short_text(element: Element) -> str:
    """The element's text; "" when it holds far more than a line."""
    return text_of(element) if length(element) <= _MUCH else ""


def _label(element: Element) -> str:
    """The words right before the element: "<dt>Date modified</dt><dd>", "<b>Updated:</b> <span>"."""
    before, above = element.getprevious(), element.getparent()
    if before is None:
        return (above.text or "")[-_PIECE:] if above is not None else ""
    said = (before.tail or "").strip() or ("" if len(before) > _FEW else _short_text(before))
    return said if len(said) <= _PIECE and not _DIGITS.search(said) else ""


def _is_changed(element: Element) -> bool:
    name = element.get("class", "")
    return _CHANGED.search(name) is not None and not PUBLISHED.search(name)


def _attributed(element: Element, clock: Clock, rule: str) -> Said | None:
    """What an attribute for machines states."""
    if element.tag not in _TIMES and element.tag not in ("span", "div", "p", "li"):
        return None
    names = (*_ATTRIBUTES, "datetime", "content", "title") if element.tag in _TIMES else _ATTRIBUTES
    texts = [element.get(name) or "" for name in names]
    stamps = [element.get(name) or "" for name in _EPOCHS]
    if not any(texts) and not any(stamps):
        return None
    found = [*read_machine(texts, clock, "visible", rule), *read_machine(stamps, clock, "visible", rule, epoch=True)]
    return next((one for one in found if not clock.is_ahead(one.value)), None)


def _finer(attributed: Said, text: str, clock: Clock, rule: str) -> Said:
    """The words, where they tell the time as well, or where the attribute's Greenwich time is the clock on the wall."""
    moment = clock.printed(text) if len(text) <= _LONGEST else None
    stated = attributed.value
    if (
        moment
        and moment.precision == "day"
        and moment.at.date() == stated.at.date()
        and is_filled_up(attributed.printed)
    ):
        return candidate(moment, text, "visible", rule, clock=clock)
    if moment is None or moment.precision == "day":
        return attributed
    if stated.precision == "day" and moment.at.date() == stated.at.date():
        return candidate(moment, text, "visible", rule, clock=clock)
    fake = re.search(r"(?:Z|\+00:?00)$", attributed.printed, re.I) and moment.at.utcoffset()
    if fake and _wall(attributed.printed) == moment.at.strftime("%Y-%m-%d %H:%M"):
        return candidate(moment, text, "visible", rule, clock=clock)
    return attributed


def _wall(printed: str) -> str:
    return printed[:16].replace("T", " ")


def _parts(text: str) -> list[tuple[str, bool]]:
    """The line cut at the words that call what follows a change or a publication; True for a change."""
    marks = sorted(
        [(match.start(), True) for match in UPDATED.finditer(text)]
        + [(match.start(), False) for match in _CREATED.finditer(text)]
    )
    if not any(update for _, update in marks):
        return [(text, False)]
    starts = [(0, False), *marks] if marks[0][0] > 0 else marks
    ends = [*(start for start, _ in starts[1:]), len(text)]
    parts = [
        (text[start:end].strip(" ,;|()[]-–·•/"), update) for (start, update), end in zip(starts, ends, strict=True)
    ]
    # "am 5. Mai 2020 aktualisiert": the word stands behind the only date.
    if len(parts) == 2 and not _DIGITS.search(parts[1][0]):
        return [(text, True)]
    return parts


def _is_update(text: str) -> bool:
    return UPDATED.search(text) is not None and not _CREATED.search(text)
