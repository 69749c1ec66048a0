"""The documents an article offers for download: for the reader of articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from scrapers.items import Attachment
from scrapers.media_types import DOCUMENTS
from scrapers.reading.page import Page
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element, text_of

# Anywhere in the address: "/documents/20182/0/a.pdf/5f6e…?t=1" and "download.ashx?f=a.docx&v=2" lead to files too.
_ENDING = re.compile(rf"\.({'|'.join(sorted(DOCUMENTS, key=len, reverse=True))})(?=$|[/?#&;])", re.I)
_SIZE = re.compile(
    r"(\d{1,3}(?:[.,\s]\d{3})+|\d{1,6}(?:[.,]\d{1,3})?)\s?(bytes?|octets?|[KMGКМГ](?:i?B|o|Б)|キロバイト|メガバイト)(?!\w)",
    re.I,
)
_UNITS = {
    "b": 1,
    "o": 1,
    "k": 1024,
    "m": 1024**2,
    "g": 1024**3,
    "к": 1024,
    "м": 1024**2,
    "г": 1024**3,
    "キ": 1024,
    "メ": 1024**2,
}
_NAMES = "|".join(sorted(DOCUMENTS, key=len, reverse=True))
# "?format=pdf", "&type=docx".
_ASKED = re.compile(rf"[?&;](?:format|type|ext|extension|fileformat|filetype|output)=({_NAMES})(?=$|[&;#])", re.I)
# Addresses that serve files by number; a link to one is a file's when it says so.
_SERVES = re.compile(
    r"download|get_?file|(?:view|open|show)_?file|attachment|/files?/|/documents?/|/media/|fileid=|file_id=|/sites/default/",
    re.I,
)
# "(PDF, 1.2 MB)", "[Word]", "PDF – 245 KB", "PDF形式：1.2MB"
_SAID = re.compile(
    rf"[(\[（［【]\s*\.?(?P<a>{_NAMES}|word|excel|powerpoint)\b|\b(?P<b>{_NAMES}|word|excel|powerpoint)(?:\s*[-–—,;:/|]\s*|\s+|形式[:：]?)\d[\d.,]*\s?(?:bytes|octets|[KMGКМГ](?:i?B|o|Б))",
    re.I,
)
_PROGRAMS = {"word": "doc", "excel": "xls", "powerpoint": "ppt"}
# Drupal's "file--mime-application-pdf", icons' "fa-file-pdf", "icon-docx".
_MARKED = re.compile(
    rf"(?:mime-application-|icon-?|file-(?:type-)?|ext-|^)({_NAMES}|word|excel|powerpoint)(?:$|[-\s])", re.I
)
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
        if _is_file(link) and (known or not page.in_junk(link)):
            _add(page.absolute, link, found)
    for link in named:
        _add(page.absolute, link, found)
    return tuple(found.values())


def files_in(root: Element, found_at: Callable[[str], str]) -> tuple[Attachment, ...]:
    """Return the files linked anywhere in ``root``, which holds a text and nothing else."""
    found: dict[str, Attachment] = {}
    for link in _links([root]):
        if _is_file(link):
            _add(found_at, link, found)
    return tuple(found.values())


_MOST_LINKS = 5000
"""Of one region; the longest index of a law gazette has some hundreds."""


def _links(regions: Iterable[Element]) -> Iterator[Element]:
    for region in regions:
        yield from islice(region.iter("a"), _MOST_LINKS)


def _is_file(link: Element) -> bool:
    """Whether a link leads to a document: by its address, or by what it says of itself."""
    href = link.get("href") or ""
    if _ENDING.search(href) or _ASKED.search(href):
        return True
    if not href or href[0] == "#" or href.startswith(("mailto:", "javascript:", "tel:")):
        return False
    return bool(_name_ended(link) or _stated_type(link) or (_SERVES.search(href) and (_said(link) or _marked(link))))


def _name_ended(link: Element) -> str:
    """The ending of the file's name, when the link gives one apart from its address."""
    names = (link.get("download"), link.get("data-filename"), link.get("data-file-name"))
    match = next((match for name in names if name and (match := _ENDING.search(name))), None)
    ending = match.group(1) if match else link.get("data-file-extension") or link.get("data-extension") or ""
    return ending.lower().lstrip(".") if ending.lower().lstrip(".") in DOCUMENTS else ""


def _stated_type(link: Element) -> str:
    stated = (link.get("type") or "").partition(";")[0].strip().lower()
    return stated if stated in _KNOWN else ""


_KNOWN = frozenset(DOCUMENTS.values())


def _said(link: Element) -> str:
    """The kind of file that stands in the link's words, or right behind them."""
    after = (link.tail or "").strip()[:40]
    match = _SAID.search(f"{text_of(link)[-80:]} {after}") or _SAID.search(link.get("title") or "")
    kind = (match.group("a") or match.group("b")).lower() if match else ""
    return _PROGRAMS.get(kind, kind)


def _marked(link: Element) -> str:
    """The kind of file that classes name, on the link, its icon, or the box around it."""
    around = link.getparent()
    for element in (link, *link.iter("span", "i", "img", "svg"), *((around,) if around is not None else ())):
        match = next((match for name in (element.get("class") or "").split() if (match := _MARKED.search(name))), None)
        if match:
            return _PROGRAMS.get(match.group(1).lower(), match.group(1).lower())
    return ""


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
    own = (None, "", link.get("href"))
    for around in islice(link.iterancestors(), _FAR):
        if around.tag in ("article", "main", "body"):
            return
        links = list(islice(around.iter("a"), _MOST_LINKS))
        if len(links) == _MOST_LINKS or any((href := one.get("href")) not in own and href[0] != "#" for one in links):
            return
        yield around


_FAR = 4
_MOST_LINKS = 20
"""So many links to one file are a list of something."""
# "(PDF, 2.4 MB)", "PDF – 1,2 Mo": what the link says of the file after its name.
_DETAILS = re.compile(
    r"\s*[(\[–—-]?\s*(?:\.?[a-z]{3,4}\s*[,;:–—-]?\s*)?\d{1,4}(?:[.,]\d{1,3})?\s?(?:bytes|[KMG]i?B|[KMG]o)\s*[)\]]?(?:\s*[–—-]\s*\d\d/\d\d/\d{4})?\s*$",
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
    ending = _ENDING.search(url) or _ASKED.search(url)
    if ending:
        return DOCUMENTS[ending.group(1).lower()]
    stated = (link.get("type") or "").partition(";")[0].strip().lower()
    kind = _name_ended(link)
    if not kind and not _stated_type(link):
        kind = _said(link) or _marked(link)
    return DOCUMENTS.get(kind, "") or (stated if "/" in stated else "")


def _size(link: Element) -> int | None:
    stated = _LENGTH.search(link.get("type") or "")
    if stated:
        return int(stated.group(1))
    texts = (text_of(element) for element in (link, *_boxes(link)))
    match = next((match for text in texts if len(text) < 400 and (match := _SIZE.search(text))), None)
    if not match:
        return None
    return round(_number(match.group(1), whole=match.group(2)[0].lower() in "bokк") * _UNITS[match.group(2)[0].lower()])


def _number(printed: str, *, whole: bool) -> float:
    """Read "1.2", "1,2" and "1 234"; "1,234 KB" are thousands, "1,234 MB" are not."""
    parts = re.split(r"[.,\s]", printed)
    thousands = len(parts) > 2 or (len(parts) == 2 and len(parts[1]) == 3 and whole)
    return float("".join(parts)) if thousands else float(".".join(parts))


_LENGTH = re.compile(r";\s*length=(\d{1,12})\b")
