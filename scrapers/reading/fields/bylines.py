"""Where a page prints who wrote it, on websites of no family we know. For the reader of authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import cast

from lxml import etree

from scrapers.items import Record
from scrapers.reading.fields.names import LONGEST, names_in_byline
from scrapers.reading.page import Page, folded
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element, text_of

_CALLED = re.compile(
    r"(?:^|[-_])(?:by-?line|authors?|autor(?:in|en|es|a)?|auteurs?|verfasser|redakteur|writer|journalist|penulis|tac-?gia|reporter)"
    r"(?:[-_]?(?:name|names|link|info|by|text|fullname|wrapper))?$",
    re.I,
)
_SAYS_BY = re.compile(
    r"^(?:(?:by|von|par|por|di|oleh|written by|posted by|story by|report by|text(?: von)?|texte|foto und text|autor(?:in)?|auteur|"
    r"author|penulis|tác giả|tin, ảnh|bài, ảnh|người viết|автор|作者|記者|文|撰文|责任编辑|編輯)(?:\s*[:：]\s*|\s+)(?=\S)|(?:by)+(?=[A-Z][a-z]))",
    re.I,
)
_NAME = re.compile(
    r"^[^\W\d_][\w'’.-]*(?:\s+(?:(?:von|van|der|den|de|da|do|dos|del|di|la|le|el|al|bin|binti|zu|und)\s+)*[^\W\d_a-zà-ÿ][\w'’.-]*){1,4}$"
)
_UNPARTED_NAME = re.compile("^[\u4e00-\u9fff\u3041-\u30ff\uac00-\ud7a3・\\s]{2,12}$")
# What may stand before a name in a line that prints it: nothing, a separator, a date, a word that says "by".
_LEADS_IN = re.compile(
    r"(?:^|[:：|/,·•–—>(\[.\d-]|\b(?:by|von|par|por|di|de|da|oleh|from|bài|tin|ảnh|tác giả|text|and|und|y|et|và|e|dr|prof)\.?)\s*$",
    re.I,
)
_BY = re.compile(r"(?:[:：]|\b(?:by|von|par|por|di|oleh|from|bài|tin|tác giả|text|autor\w*|auteur|penulis))\s*$", re.I)
# Lines of copyright, whom to call, and what to share with.
_NO_BYLINE = re.compile(
    r"©|copyright|\(c\)|all rights|\b(?:tel|phone|telefon\w*|tél|teléfono|telefone)\b[.:]*\s*[+(\d]|^(?:share|compartilhe|compart[ei]\w*|"
    r"partager|partilhar|condividi|teilen|udostępnij|paylaş)\b",
    re.I,
)
_COPYRIGHT = re.compile(r"©|copyright|\(c\)|all rights", re.I)
_PRINTED = etree.XPath("//body//text()[contains(., $name) or contains(., $upper)]")
_UNSEEN = frozenset(("script", "style", "title", "noscript", "template", "option"))
_BEFORE, _AFTER, _IN_TEXT = 12, 60, 6
_LINE = frozenset(
    ("p", "div", "span", "li", "td", "em", "i", "strong", "b", "a", "address", "dd", "small", "h4", "h5", "h6", "font")
)


class Byline(Record, frozen=True, kw_only=True):
    element: Element
    printed: str
    rule: str


def find_byline(page: Page, headline: Element | None, text: Element | None) -> Byline | None:
    """Return the byline near the headline: what is called one, else a line that says "by" and a name."""
    near = _near(headline, text)
    called = {name for name in page.names if _CALLED.search(name)}
    if called:
        for element in near:
            names = {*(element.get("class") or "").split(), (element.get("id") or "").strip()}
            if not called.isdisjoint(names) and (found := _read(page, element, "called a byline", by=False)):
                return found
    return next((found for one in near if (found := _read(page, one, "that says by whom", by=True))), None)


def _near(headline: Element | None, text: Element | None) -> list[Element]:
    """The elements around the headline, and those before the text has well begun."""
    if headline is None:
        return []
    near = [*islice(headline.iter(), 1, None)]
    left = _AFTER
    for element in _following(headline):
        if left <= 0:
            break
        left = min(left - 1, _IN_TEXT) if element is text else left - 1
        near.append(element)
    near += islice(_preceding(headline), _BEFORE)
    return [one for one in near if one.tag in _LINE]


def _following(element: Element) -> Iterator[Element]:
    for around in (element, *element.iterancestors()):
        for sibling in around.itersiblings():
            yield from sibling.iter()


def _preceding(element: Element) -> Iterator[Element]:
    for around in (element, *element.iterancestors()):
        for sibling in around.itersiblings(preceding=True):
            yield from reversed(list(sibling.iter()))


def _read(page: Page, element: Element, why: str, *, by: bool) -> Byline | None:
    if len(element) > 8 or (by and not _may_say(element)):
        return None
    printed = text_of(element)
    if not 2 < len(printed) <= (LONGEST if not by else 90) or _NO_BYLINE.search(printed):
        return None
    match = _SAYS_BY.match(printed)
    if by and not match:
        return None
    within = [text_of(link) for link in element.iter("a")] if by else []
    # "By <a>Ann Lee</a>, health correspondent, 12 May": the link is the name.
    linked = [text for text in within if _NAME.match(text) and names_in_byline(text, page.site_names)]
    printed = "; ".join(dict.fromkeys(linked)) or printed
    names = names_in_byline(repair(printed), page.site_names)
    if not names or (by and not all(_NAME.match(name) or _UNPARTED_NAME.match(name) for name in names)):
        return None
    return (
        None
        if page.in_junk(element)
        else Byline(element=element, printed=printed, rule=f"general: {element.tag} {why}")
    )


def _may_say(element: Element) -> bool:
    first = next((text for text in element.itertext() if str(text).strip()), "")
    return _SAYS_BY.match(clean(str(first)) + " X") is not None


def is_printed(page: Page, name: str, *, signed: bool) -> bool:
    """Whether a line of the page is about that name; when ``signed``, only one that says "by" or is called a byline."""
    return any(_is_line_of(text, name, signed=signed) for text in _lines_with(page, name))


def _lines_with(page: Page, name: str) -> Iterator[etree._ElementUnicodeResult]:
    wanted = name.split()[-1]
    found = cast("list[etree._ElementUnicodeResult]", _PRINTED(page.root, name=wanted, upper=wanted.upper()))
    yield from found[:60]


def _is_line_of(text: etree._ElementUnicodeResult, name: str, *, signed: bool) -> bool:
    parent = text.getparent()
    line = clean(str(text))
    if parent is None or parent.tag in _UNSEEN or len(line) > LONGEST or _COPYRIGHT.search(line):
        return False
    place = line.casefold().find(name.casefold())
    if place >= 0 and line[place + len(name) : place + len(name) + 1].isalnum():
        return False
    if place < 0 or not _LEADS_IN.search(line[:place]):
        # Names are printed with two spaces in them, or abbreviated: "Perry Bacon Jr." for "Perry Bacon Jr".
        return folded(line) == folded(name) and not signed
    return not signed or _BY.search(line[:place]) is not None or _is_called(parent)


def _is_called(element: Element) -> bool:
    around = [element, *list(element.iterancestors())[:2]]
    return any(_CALLED.search(name) for one in around for name in (one.get("class") or "").split())
