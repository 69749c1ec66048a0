"""The line above a text that looks like its title though no heading marks it: for the headline's reader.

Home-made systems write titles into cells and spans. What tells them is a label ("제목"), a class, large or
bold letters, and above all the line with the date right beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from scrapers.items import Record
from scrapers.reading.fields.dateline import may_be_date
from scrapers.reading.fields.headings import Shown, is_titled
from scrapers.reading.fields.titles import NEWS
from scrapers.reading.lines import Line, read_lines
from scrapers.reading.page import Page, folded
from scrapers.reading.template import repeats
from scrapers.reading.tree import Element, text_of

_LABEL = re.compile(
    r"^\W*(?:제\s*목|标\s*题|標\s*題|名\s*称|件\s*名|題\s*名|tiêu đề|tên bài|tajuk|judul|title|subject|headline|ชื่อเรื่อง|หัวข้อ|тема|заголовок|"
    r"عنوان|العنوان|titulo|título|titre|betreff)\W*$",
    re.I,
)
_STYLED = re.compile(r"font-size\s*:\s*(?:1[6-9]|[2-4]\d)|font-weight\s*:\s*(?:bold|[6-9]00)|x-large|larger", re.I)
_LARGE = re.compile(r"^\+?[3-7]$")
_DAY = re.compile(
    r"\d\s*[./年-]\s*\d|\d\s+(?:de\s+)?[^\W\d_]+\.?\s*,?\s*(?:de\s+)?\d|[^\W\d_]\s+\d{1,2},\s*\d|[०-९۰-۹٠-٩]{2}"
)
_LABELLED = re.compile(r"^\S{1,12}\s?[:：]\s")
_NEAR = 4
_LONGEST, _SHORTEST, _FEWEST = 250, 6, 4
_UNPARTED = re.compile("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_TEXT = 120
"""Characters from which on a line is the text's."""


class Looks(Record, frozen=True, kw_only=True):
    shown: Shown
    why: str
    is_marked: bool
    """Whether more than its place speaks for it."""
    is_called: bool = False
    """Whether a class or an id calls it a title."""


def title_by_looks(page: Page) -> Looks | None:
    """Return the likeliest title among the lines right around the date above the text."""
    above = list(_above(page))
    labelled = next((after for line, after in pairwise(above) if _LABEL.match(line.text)), None)
    if labelled and _may_be_title(page, labelled):
        return Looks(shown=_shown(labelled), why="labelled as the title", is_marked=True)
    dated = next((number for number, line in enumerate(above) if _is_dated(line)), None)
    if dated is None:
        return None
    if opening := _opening(above[dated]):
        return Looks(shown=opening, why="beside the date", is_marked=True)
    near = [
        (_weight(line) - 0.5 * abs(number - dated) - (0.4 if number > dated else 0.0), line)
        for number, line in enumerate(above)
        if number != dated and abs(number - dated) <= _NEAR and _may_be_title(page, line)
    ]
    if not near:
        return None
    weight, best = max(near, key=lambda one: one[0])
    return Looks(shown=_shown(best), why="beside the date", is_marked=weight > 0, is_called=_is_called(best))


def _above(page: Page) -> Iterator[Line]:
    """The lines before the text, and the first of the text where the date stands right before it."""
    for line in read_lines(next(page.root.iter("body"), page.root), without=page.junk.boxes):
        if len(line.text) > (_TEXT if not _UNPARTED.search(line.text) else _TEXT // 2) and not line.linked:
            return
        if any(map(str.isalnum, line.text)):
            yield line


def _opening(line: Line) -> Shown | None:
    """The bold words that a line with a date begins with: "<b>Title</b> (24/08/2023)"."""
    for element in islice(line.element.iter("b", "strong", "font"), 3):
        words = text_of(element)
        if line.text.startswith(words) and _is_telling(words) and words != line.text and not _DAY.search(words):
            return Shown(element=element, words=words, level=4)
    return None


def _is_dated(line: Line) -> bool:
    return not line.linked and len(line.text) < _TEXT and _DAY.search(line.text) is not None and _tells_day(line.text)


def _tells_day(text: str) -> bool:
    return any(may_be_date(piece) for piece in re.split(r"[|｜\u3000]|\s{2,}", text))


def _is_telling(words: str) -> bool:
    least = len(words) >= _SHORTEST if _UNPARTED.search(words) else len(words.split()) >= _FEWEST
    return least and len(words) <= _LONGEST


def _may_be_title(page: Page, line: Line) -> bool:
    words = line.text
    if line.linked or not _is_telling(words) or _LABELLED.match(words) or words.endswith((".", "。", ":", "：")):
        return False
    if folded(words) in page.site_names or NEWS.fullmatch(words) or repeats(page.template, words):
        return False
    return not page.in_junk(line.element) and not _is_dated(line)


def _weight(line: Line) -> float:
    element = line.element
    if element.tag in _LEVELS:
        return 6.0 - _LEVELS.index(str(element.tag))
    if _is_called(line):
        return 4.0
    return 2.0 if any(map(_is_large, islice(element.iter(), 6))) else 0.0


def _is_large(element: Element) -> bool:
    large = _LARGE.match(element.get("size", "")) or _STYLED.search(element.get("style", ""))
    return large is not None or element.tag in ("strong", "b", "big")


def _is_called(line: Line) -> bool:
    """Whether a class or an id of the line, or of the cell it fills, calls it a title."""
    near = (*islice(line.element.iter(), 6), *islice(line.element.iterancestors(), 1))
    return any(is_titled(name) for one in near for name in f"{one.get('class', '')} {one.get('id', '')}".split())


_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _shown(line: Line) -> Shown:
    element = line.element
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]
    return Shown(element=element, words=line.text, level=4)
