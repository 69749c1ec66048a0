"""The documents an article offers for download: for the reader of articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from scrapers.items import Attachment
from scrapers.reading.page import Page
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element, text_of

_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "rtf": "application/rtf",
    "csv": "text/csv",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "hwp": "application/x-hwp",
    "hwpx": "application/hwp+zip",
    "epub": "application/epub+zip",
}
# Anywhere in the address: "/documents/20182/0/a.pdf/5f6e…?t=1" and "download.ashx?f=a.docx&v=2" lead to files too.
_ENDING = re.compile(rf"\.({'|'.join(sorted(_TYPES, key=len, reverse=True))})(?=$|[/?#&;])", re.I)
_SIZE = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s?(bytes|[KMG]i?B|[KMG]o|kB)\b", re.I)
_UNITS = {"b": 1, "k": 1024, "m": 1024**2, "g": 1024**3}
_SAYS_NOTHING = re.compile(
    r"^(?:(?:download|tải(?: (?:về|xuống|file))?|xem|view|here|tại đây|file|link|télécharger|herunterladen|descargar|unduh|下载|ダウンロード|pdf|docx?|xlsx?)"
    r"[\s:.()]*)+$|^\W*$",
    re.I,
)
_LONGEST = 300


def read_attachments(
    page: Page, regions: Iterable[Element], named: Iterable[Element], *, known: bool
) -> tuple[Attachment, ...]:
    """Return the files linked in ``regions``, and whatever the ``named`` links lead to.

    On pages not ``known``, files linked from menus and sidebars are left out.
    """
    found: dict[str, Attachment] = {}
    for link in _links(regions):
        if _ENDING.search(link.get("href") or "") and (known or not page.in_junk(link)):
            _add(page.absolute, link, found)
    for link in named:
        _add(page.absolute, link, found)
    return tuple(found.values())


def files_in(root: Element, found_at: Callable[[str], str]) -> tuple[Attachment, ...]:
    """Return the files linked anywhere in ``root``, which holds a text and nothing else."""
    found: dict[str, Attachment] = {}
    for link in _links([root]):
        if _ENDING.search(link.get("href") or ""):
            _add(found_at, link, found)
    return tuple(found.values())


def _links(regions: Iterable[Element]) -> Iterator[Element]:
    for region in regions:
        yield from region.iter("a")


def _add(found_at: Callable[[str], str], link: Element, found: dict[str, Attachment]) -> None:
    url = found_at(link.get("href") or "")
    if not url:
        return
    attachment = Attachment(url=url, title=_title(link, url), type=_type(link, url), size=_size(link))
    before = found.get(url)
    # An icon and a name often lead to the same file.
    if before is None or len(attachment.title) > len(before.title):
        found[url] = attachment


def _title(link: Element, url: str) -> str:
    said = (text_of(link), clean(link.get("title") or ""), clean(link.get("download") or ""), _heading_of(link))
    telling = next((repair(text) for text in said if text and not _SAYS_NOTHING.match(text)), "")
    return _DETAILS.sub("", telling)[:_LONGEST] or _file_name(url)


def _heading_of(link: Element) -> str:
    """What the box around a "download" link is called."""
    for around in _boxes(link):
        titled = (one for one in around.iter("h2", "h3", "h4", "div", "p", "span") if _is_title(one))
        found = next((text for one in titled if (text := text_of(one))), "")
        if found:
            return found
    return ""


def _is_title(element: Element) -> bool:
    return element.tag in ("h2", "h3", "h4") or "title" in (element.get("class") or "")


def _boxes(link: Element) -> Iterator[Element]:
    """The elements around a link that speak of its file alone."""
    for around in islice(link.iterancestors(), _FAR):
        others = {href for one in around.iter("a") if (href := one.get("href") or "#")[0] != "#"} - {link.get("href")}
        if around.tag in ("article", "main", "body") or others:
            return
        yield around


_FAR = 4
# "(PDF, 2.4 MB)", "PDF – 1,2 Mo": what the link says of the file after its name.
_DETAILS = re.compile(
    r"\s*[(\[–—-]?\s*(?:\.?[a-z]{3,4}\s*[,;:–—-]?\s*)?\d{1,4}(?:[.,]\d{1,3})?\s?(?:bytes|[KMG]i?B|[KMG]o)\s*[)\]]?\s*$",
    re.I,
)


def _file_name(url: str) -> str:
    names = [
        part
        for part in re.split(r"[/=&?]", unquote(urlsplit(url).path + "?" + urlsplit(url).query))
        if _ENDING.search(part)
    ]
    return clean(names[-1])[:_LONGEST] if names else ""


def _type(link: Element, url: str) -> str:
    ending = _ENDING.search(url)
    stated = (link.get("type") or "").partition(";")[0].strip().lower()
    return _TYPES[ending.group(1).lower()] if ending else stated if "/" in stated else ""


def _size(link: Element) -> int | None:
    stated = _LENGTH.search(link.get("type") or "")
    if stated:
        return int(stated.group(1))
    texts = (text_of(element) for element in (link, *_boxes(link)))
    match = next((match for text in texts if len(text) < 400 and (match := _SIZE.search(text))), None)
    if not match:
        return None
    return round(float(match.group(1).replace(",", ".")) * _UNITS[match.group(2)[0].lower()])


_LENGTH = re.compile(r";\s*length=(\d{1,12})\b")
