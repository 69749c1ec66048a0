"""Which file a picture really is, and what its caption and credit are: for the reader of bodies."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import Tag

from scrapers.items import Image

# Lazy loaders put a placeholder into src and the picture elsewhere.
_ATTRIBUTES = (
    "data-photo-original-src", "data-original", "data-original-src", "data-src", "data-lazy-src", "data-lazy",
    "data-full-url", "data-orig-file", "data-hi-res-src", "data-image", "src", "rel",
)  # fmt: skip
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|jfif|svg)(?:$|[?#;&])", re.I)
_PLACEHOLDER = re.compile(
    r"(?:^data:|^about:|/(?:gr[ea]y|blank|placeholder|transparent|pixel|spacer|loading|lazy(?:load)?|1x1|empty|clear|no[-_]?image|"
    r"no[-_]?photo|default|dot|shim|trans|img[-_]placeholder|loader)[\w-]*\.(?:gif|png|svg|jpe?g|webp)(?:$|\?))",
    re.I,
)
_FURNITURE = re.compile(
    r"/(?:[\w-]*[-_])?(?:logo|icon|favicon|sprite|button|btn|banner[-_]ad|emoji|emoticon|smiley|tracking|rss|facebook|zalo|"
    r"twitter|youtube|print|email|share)(?:[-_]\w+)?\.(?:png|svg|gif|ico)(?:$|\?)|/wp-includes/images/|/emoji/|gravatar\.com",
    re.I,
)
_CREDIT = re.compile(
    r"[\s.,;|–—/(\[-]*[(\[]?\s*(?:Ảnh(?:\s+(?:minh họa|tư liệu|chụp))?|Nguồn(?:\s+ảnh)?|Photo(?:graph)?(?:\s*(?:credit|by|courtesy(?: of)?))?"
    r"|Photo\s+courtesy|Image(?:\s+credit)?|Picture|Credits?|Source|Foto|Fotos|Bild|Bildnachweis|Quelle|Crédits?(?:\s+photo)?|Crédito|"
    r"Copyright|写真|撮影|사진|图|摄)\s*[:：]\s*(?P<credit>[^()\[\]:：]{2,90}?)\s*[)\]]?\s*[.。]?$",
    re.I,
)
_COPYRIGHT = re.compile(r"[\s.,;|–—(\[-]*[(\[]?\s*©\s*(?P<credit>[^()\[\]©]{2,90}?)\s*[)\]]?\s*\.?$")
_FILE_NAME = re.compile(r"^[^\s/]*\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|jfif)$", re.I)
_SMALLEST = 40
_END = 160
"""A credit stands within the last characters of a caption."""


def source_of(picture: Tag, absolute: Callable[[str], str]) -> str:
    """Return the absolute address of the largest real file ``picture`` names, or "" when it is decoration."""
    if _tiny(picture):
        return ""
    link = picture.find_parent("a", href=_FILE)
    named = [str(link.get("href"))] if link else []
    named += _from_sets(picture)
    named += [_said(picture, name) for name in _ATTRIBUTES]
    for address in named:
        if address and not _PLACEHOLDER.search(address) and not _FURNITURE.search(address):
            found = absolute(address)
            if found:
                return found
    return ""


def image(url: str, caption: str) -> Image:
    """Return the picture with what its caption says, the credit apart when it is marked."""
    rest, end = caption[:-_END], caption[-_END:]
    for pattern in (_CREDIT, _COPYRIGHT):
        match = pattern.search(end)
        if match:
            return Image(
                url=url, caption=(rest + end[: match.start()]).strip(), credit=match.group("credit").strip(" .")
            )
    return Image(url=url, caption=caption)


def alternative_text(picture: Tag) -> str:
    """Return what the picture shows in words, or "" when that is only its file's name."""
    said = " ".join(_said(picture, "alt").split())
    return "" if _FILE_NAME.match(said) else said


def _said(picture: Tag, name: str) -> str:
    value = picture.get(name) or ""
    text = value if isinstance(value, str) else " ".join(value)
    # "rel" of a picture is an address in one family only; anywhere else it is not.
    return "" if name == "rel" and not _FILE.search(text) else text.strip()


def _from_sets(picture: Tag) -> list[str]:
    # The parser does not know that <source> has no end, and nests what follows in it.
    around = picture.find_parent("picture")
    holders = [picture, *(around.find_all("source") if around else ())]
    sets = [_said(holder, name) for holder in holders for name in _SETS]
    return [largest for largest in map(_largest, sets) if largest]


def _largest(srcset: str) -> str:
    best, width = "", 0.0
    for candidate in re.split(r",\s+|,(?=https?:|/)", srcset):
        address, _, size = candidate.strip().partition(" ")
        number = re.match(r"([\d.]{1,8})[wx]", size.strip())
        wide = _number(number.group(1)) if number else 1.0
        if address and not address.startswith("data:") and wide > width:
            best, width = address, wide
    return best


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0


def _tiny(picture: Tag) -> bool:
    sizes = [re.match(r"\s*(\d{1,5})(?:px)?\s*$", _said(picture, side)) for side in ("width", "height")]
    return any(int(size.group(1)) <= 3 for size in sizes if size) or (
        all(sizes) and all(int(size.group(1)) < _SMALLEST for size in sizes if size)
    )
