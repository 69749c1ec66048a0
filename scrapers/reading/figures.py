"""Pictures with their captions, however a website writes them, made into plain figures: for the reader of bodies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from scrapers.items import Image
from scrapers.reading.images import alternative_text, image, source_of
from scrapers.reading.inline import UNSEEN, spoken
from scrapers.reading.media import MARK
from scrapers.reading.text import clean, repair

CAPTION = re.compile(
    r"(?:^|[-_])(?:img|image|photo|fig|figure|picture|media)?[-_]?(?:caption|captions|imgdesc|imgdes|chuthich|chu-thich|legend|legende|"
    r"bildunterschrift|cutline)(?:$|[-_])|^(?:imgdesc|image-?desc|photocms_caption|expedit|wp-caption-text|imagecaption|"
    r"image_caption|photo-desc|figcaption|caption-text|picture-caption|(?:img|image|photo|foto|bild)[-_]?(?:description|desc|text|credits?|source|quelle|"
    r"copyright|credit))$",
    re.I,
)
"""Classes of captions."""
_BOX = re.compile(
    r"^(?:figure|picture|picbox|image-?box|photo-?box|wp-caption|vcsortableinpreviewmode|imgbox|img-?caption|caption-?img|article-photo|"
    r"media-image|image-caption-container|image-with-caption|photo|content-image|item-photo|image-wrapper|image-block|newsimagecontainer)$",
    re.I,
)
_CAPTIONS_IN_ATTRIBUTES = ("cms-photo-caption", "data-caption", "data-desc")
_ITALIC = ("em", "i", "cite")
_BLOCKS = ("p", "div", "td", "section", "center", "li", "span", "h2", "h3", "h4", "h5", "h6")
_LIMITS = ("body", "html", "[document]", "article", "main")
_CELLS = ("td", "th", "tr", "tbody", "thead", "li")
_LONGEST_CAPTION = 600
_HIGHEST = 5
_FEW = 3
"""Paragraphs from which on a box is no caption, whatever it is called."""
_NEAR = 12
_MOST = 2000
"""No gallery shows so many; the pictures after them are left out."""

Verdict = Literal["box", "cell", "more"]
Verdicts = dict[int, tuple[Tag, Verdict]]
"""What elements are to the pictures in them, by their identity; each is kept so that no other gets its number."""


def make_figures(soup: BeautifulSoup, absolute: Callable[[str], str]) -> list[Image]:
    """Turn every picture of ``soup`` into ``<figure><img><figcaption>`` and return them in order.

    Placeholders, pixels and logos go; captions leave the text around them.
    """
    found: dict[str, Image] = {}
    pictures_in_order = soup.find_all("img", limit=_MOST)
    real = {id(one): (one, url) for one in pictures_in_order if (url := source_of(one, absolute))}
    done: set[int] = set()
    judged: Verdicts = {}
    for picture in pictures_in_order:
        if id(picture) in done:
            continue
        if id(picture) not in real:
            picture.decompose()
            continue
        box = _box(picture, judged)
        pictures = [real[id(one)] for one in ([picture] if box is picture else box.find_all("img")) if id(one) in real]
        done.update(id(one) for one, _ in pictures)
        for figured in _figure(soup, box, pictures):
            found.setdefault(figured.url, figured)
    for left in soup.find_all(class_=True):
        if left.name != "caption" and not left.decomposed and _is_named_caption(left) and _is_left(left):
            left.decompose()
    return list(found.values())


def _is_named_caption(element: Tag) -> bool:
    return any(_names_caption(name) for name in element.get_attribute_list("class") if name)


@lru_cache(maxsize=4096)
def _names_caption(name: str) -> bool:
    return CAPTION.search(name) is not None


def _is_left(element: Tag) -> bool:
    """Whether a caption has lost its picture, which only a script would show."""
    return element.find(("figure", "table", "img")) is None and _short(element) and len(element.find_all("p")) < _FEW


def _figure(soup: BeautifulSoup, box: Tag, pictures: list[tuple[Tag, str]]) -> list[Image]:
    caption = _caption(box, pictures[0][0])
    plain = soup.new_tag("figure", attrs={"data-read": "yes"})
    for one, url in pictures:
        plain.append(soup.new_tag("img", attrs={"src": url, "alt": alternative_text(one)}))
    if caption:
        words = soup.new_tag("figcaption")
        words.append(NavigableString(caption))
        plain.append(words)
    _put(box, plain)
    return [image(url, caption if number == 0 else "") for number, (_, url) in enumerate(pictures)]


def _put(box: Tag, plain: Tag) -> None:
    """Put the figure in the box's place; a table cell stays one."""
    if box.name in ("td", "th", "li", "body"):
        box.clear()
        box.append(plain)
        return
    box.replace_with(plain)


def _box(picture: Tag, judged: Verdicts) -> Tag:
    """The largest element around the picture that holds nothing but it, other pictures and their caption."""
    box, around = picture, picture.parent
    for _ in range(_HIGHEST):
        if around is None or around.name in _LIMITS:
            break
        # Many pictures stand in the same element, which is looked through once.
        if id(around) not in judged:
            judged[id(around)] = around, _verdict(around)
        verdict = judged[id(around)][1]
        if verdict == "more":
            break
        if verdict == "box":
            box = around
        around = around.parent
    return box


def _verdict(around: Tag) -> Verdict:
    """Whether the element holds pictures alone, is a part of a table or list, or holds more than pictures."""
    if around.find(MARK):
        return "more"
    if _is_box(around):
        return "box"
    if around.name in _CELLS:
        return "cell"
    return "more" if _says_something(around) else "box"


def _is_box(element: Tag) -> bool:
    if element.name == "figure":
        return element.find("figure") is None
    if element.name == "table":
        pictures = len(element.find_all("img"))
        return len(element.find_all("tr")) <= 2 * pictures + 1 and _short(element) and _cells_are_captions(element)
    return any(_BOX.match(name) for name in element.get_attribute_list("class") if name) and _short(element)


def _short(element: Tag) -> bool:
    return sum(islice(_lengths(element), _LONGEST_CAPTION)) <= _LONGEST_CAPTION


def _says_something(element: Tag) -> bool:
    return next(_lengths(element), 0) > 0


def _lengths(element: Tag) -> Iterator[int]:
    """The length of each text in the element that is seen; a caller that has enough stops early."""
    for text in element.strings:
        length = len(text.strip())
        if length and (text.parent is None or text.parent.name not in UNSEEN):
            yield length


def _cells_are_captions(table: Tag) -> bool:
    """A picture table has pictures in some cells and one text in the others."""
    texts = [cell for cell in table.find_all(("td", "th")) if not cell.find("img") and _words(cell)]
    return len(texts) <= max(1, len(table.find_all("img")))


def _caption(box: Tag, picture: Tag) -> str:
    inside = _caption_inside(box)
    if inside:
        return inside
    after = " ".join(_captions_after(box))
    if after:
        return after
    link = picture.find_parent("a")
    for holder in (picture, link):
        for name in _CAPTIONS_IN_ATTRIBUTES:
            words = clean(str(holder.get(name) or "")) if holder else ""
            if words:
                return repair(words)
    return ""


def _caption_inside(box: Tag) -> str:
    if box.name == "img":
        return ""
    named = box.find("figcaption") or box.find(class_=CAPTION)
    return _words(named) if named and _words(named) else _words(box)


def _captions_after(box: Tag) -> Iterator[str]:
    """Take what says of itself that it is the picture's caption, and the credit after it."""
    while (after := _caption_after(box)) is not None:
        yield _words(after)
        after.decompose()


def _caption_after(box: Tag) -> Tag | None:
    """The element after the picture that is its caption, if the page marks it as one."""
    following = _next_element(box)
    if following is None or following.name not in (*_BLOCKS, *_ITALIC, "figcaption") or following.find("img"):
        return None
    words = _words(following)
    if not words or len(words) > _LONGEST_CAPTION:
        return None
    marked = following.name == "figcaption" or _is_named_caption(following)
    return following if marked or (_all_italic(following) and _may_be_caption(box, following)) else None


def _next_element(box: Tag) -> Tag | None:
    """The first element after the box that says something, unless text comes before it."""
    for following in islice(box.next_siblings, _NEAR):
        if not isinstance(following, Tag):
            if str(following).strip():
                return None
        elif following.name == "img" or following.find("img") or _says_something(following):
            return following
    return None


def _all_italic(element: Tag) -> bool:
    if element.name in _ITALIC:
        return True
    words = _words(element)
    italic = " ".join(_words(part) for part in element.find_all(_ITALIC))
    return bool(words) and len(italic) >= 0.95 * len(words)


def _may_be_caption(box: Tag, following: Tag) -> bool:
    """An italic paragraph is a caption when it is centred as its picture is, or short and inline with it."""
    return following.name in _ITALIC or _centred(following) or (_centred(box) and len(_words(following)) < 300)


def _centred(element: Tag) -> bool:
    style = str(element.get("style") or "").replace(" ", "").lower()
    names = " ".join(name for name in element.get_attribute_list("class") if name).lower()
    return "text-align:center" in style or "center" in names or str(element.get("align") or "").lower() == "center"


def _words(element: Tag) -> str:
    return spoken(element).replace("\n", " ")
