"""Who wrote an article, and where it was re-published from: never whom we only suspect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import structs

from scrapers.items import Reason, Record
from scrapers.reading.candidates import Candidate, reason
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Found, Place, look_all, said
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element

_METAS = ("article:author", "author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "byl")
_PREFIX = re.compile(
    r"^(?:by|von|par|de|por|di|oleh|penulis|autor|auteur|author|written by|tác giả|tin|bài|ảnh|(?:tin|bài)(?: và ảnh|, ảnh|, bài, ảnh|, bài)|thực hiện|người viết|nguồn tin|phóng viên|"
    r"text|texte|text von)\s*[:：]\s*|^(?:(?:post )?author\s+)?(?:by|written by|posted by|published by|submitted by|(?:view|see) (?:all )?(?:posts|articles|bio) by|von|par|por|oleh)\s+(?=\S)|^(?:zeige )?alle (?:beiträge|artikel) von\s+",
    re.I,
)
_ORIGIN = re.compile(
    r"^(?:theo|nguồn|source|quelle|fuente|fonte|sumber|出典|来源|來源)\s*[:：]?\s+|^(?:nguồn|source|来源|來源)\s*[:：]\s*",
    re.I,
)
_SUFFIX = re.compile(r"\s*\((?:tổng hợp|t/h|thực hiện|ghi|lược ghi|biên dịch)\)\s*$", re.I)
_BODY = re.compile(
    r"\b(?:bộ|vụ|cục|sở|ubnd|ủy ban|uỷ ban|ban|văn phòng|trung tâm|tổng cục|viện|phòng|chi cục|thanh tra|hội|liên đoàn|báo|cổng|tạp chí|"
    r"department|ministry|office|agency|bureau|division|commission|council|secretariat|directorate|authority|institute|service|team|ministère|"
    r"direction|bundesministerium|ministerium|ministerio|kementerian|dinas)\b",
    re.I,
)
_NOBODY = re.compile(
    r"^(?:\w*admin\w*|administrator|webmaster|editor|editors|editorial|super ?user|root|user|guest|anonymous|quản trị(?: viên)?|biên tập(?: viên)?|"
    r"btv|ban biên tập|see full bio|author|follow.*|undefined|null|none|n/?a|unknown|author|tác giả|staff|web ?team|communications?|content|drupal|wordpress|test|-+|\W*)$",
    re.I,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-zé]*\.?"
_DATE = re.compile(
    rf"\s*[,|·-]?\s*(?:\b(?:on|am|le|ngày)\s+)?(?:\b(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?"
    rf"(?:\b{_MONTH}\s+\d{{1,2}}\b.*|\b\d{{1,2}}\.?\s+{_MONTH}(?:\s.*)?|\s\d{{1,4}}[年/.-]\d{{1,2}}[月/.-].*)$",
    re.I,
)
_PARTS = re.compile(r"\s*[;|•·]\s*|\s+-\s+|\s+–\s+|\s*,\s+|\s+(?:và|and|und|et|y|e|dan)\s+|\s+&\s+", re.I)
_LISTS = re.compile(r"\s*[;|•·]\s*")
_LONGEST = 120
_MOST = 10


class People(Record, frozen=True, kw_only=True):
    authors: tuple[str, ...] = ()
    origin: str = ""
    reasons: tuple[Reason, ...] = ()
    elements: tuple[Element, ...] = ()
    """Where the names stand on the page, so that the text can leave them out."""


def read_people(page: Page, where: tuple[Place, ...]) -> People:
    """Return who signed the article and where it says it comes from."""
    shown = _bylines(page, look_all(page, where, "authors"))
    linked, metas = _linked(page), _metas(page)
    known = bool(shown) and shown[0].place.witness != "visible"
    said_so = [_candidate("; ".join(map(_words, shown)), shown[0].place.witness, shown[0].rule)] if shown else []
    bylines = [*said_so, *linked, *metas] if known else [*linked, *said_so, *metas]
    signed = [one for one in bylines if names_in_byline(one.value, page.site_names)]
    origins = [(one, name) for one in _origins(page, where) if (name := _origin(one.value, always=True))]
    origins += [(one, name) for one in bylines if (name := _origin(one.value, always=False))]
    reasons = [reason("authors", signed[0], signed)] if signed else []
    reasons += [reason("origin", origins[0][0])] if origins else []
    return People(
        authors=names_in_byline(signed[0].value, page.site_names) if signed else (),
        origin=origins[0][1] if origins else "",
        reasons=tuple(reasons),
        elements=tuple(one.element for one in shown),
    )


def _bylines(page: Page, found: list[Found]) -> list[Found]:
    """The elements that hold the article's byline; on pages of no known layout, not those of comments and other articles."""
    kept = [one for one in found if 0 < len(_words(one)) <= _LONGEST]
    if not kept or kept[0].place.witness != "visible":
        return list({_words(one): one for one in reversed(kept[:_MOST])}.values())[::-1]
    kept = [one for one in kept if one.place.name != "general" or not page.in_junk(one.element)]
    around = _around(kept[0].element) if kept else []
    # The authors of one article stand together.
    together = [one for one in kept if any(near in around for near in _around(one.element))]
    return list({_words(one): one for one in reversed(together[:_MOST])}.values())[::-1]


def _around(element: Element) -> list[Element]:
    return list(islice(element.iterancestors(), 3))


def _words(found: Found) -> str:
    return said(found.element)


def with_signature(people: People, printed: str, page: Page) -> People:
    """Return ``people`` with what the signature under the text adds: an author or an origin nobody else named."""
    if not printed:
        return people
    signed = _candidate(printed, "visible", "general: signature under the text")
    origin = _origin(signed.value.strip("() "), always=False)
    authors = () if origin else names_in_byline(signed.value, page.site_names)
    if authors and not people.authors:
        return structs.replace(people, authors=authors, reasons=(*people.reasons, reason("authors", signed)))
    if origin and not people.origin:
        return structs.replace(people, origin=origin, reasons=(*people.reasons, reason("origin", signed)))
    return people


def signs(people: People, printed: str, page: Page) -> bool:
    """Whether the signature names somebody new where nobody was named, or only repeats who was."""
    if with_signature(people, printed, page) is not people:
        return True
    named = {folded(name) for name in names_in_byline(repair(printed), page.site_names)}
    return bool(named) and named <= {folded(name) for name in people.authors}


def _origins(page: Page, where: tuple[Place, ...]) -> Iterator[Candidate[str]]:
    for found in look_all(page, where, "origin")[:1]:
        if 0 < len(_words(found)) <= _LONGEST:
            yield _candidate(_words(found), found.place.witness, found.rule)


def _candidate(printed: str, witness: str, rule: str) -> Candidate[str]:
    value = repair(printed)
    return Candidate(value=value, key=folded(value), printed=printed, witness=witness, rule=rule)  # type: ignore[arg-type]


def _linked(page: Page) -> list[Candidate[str]]:
    found = []
    for thing in page.things[:3]:
        names = [name for name in thing.texts("author") if not _is_address(name)] if thing.is_article else []
        if names:
            found.append(_candidate("; ".join(names[:_MOST]), "json-ld", "json-ld: author"))
    return found


def _metas(page: Page) -> list[Candidate[str]]:
    found = []
    for name in _METAS:
        contents = page.metas.get(name, ())[:_MOST] if name != "author" else page.metas.get(name, ())[:1]
        printed = clean("; ".join(dict.fromkeys(contents)))
        if printed and not _is_address(printed):
            found.append(_candidate(printed, "meta", f"meta: {name}"))
    return found


def _is_address(text: str) -> bool:
    return re.match(r"(?:https?:)?//|www\.", text) is not None


def _origin(byline: str, *, always: bool) -> str:
    """Where the byline says the article comes from: "Theo X", "Name / X"."""
    match = _ORIGIN.match(byline)
    if match or always:
        return byline[match.end() if match else 0 :].strip(" /()|-–")[:_LONGEST]
    _, slash, rest = byline.partition(" / ")
    return rest.strip(" /()")[:_LONGEST] if slash else ""


def names_in_byline(byline: str, nobody: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the people and bodies a byline names, in order; a body's name is never taken apart."""
    if _ORIGIN.match(byline):
        return ()
    signed = _SUFFIX.sub("", _PREFIX.sub("", byline.partition(" / ")[0].strip(" /|-–•")))
    parts = [part for piece in _LISTS.split(signed) for part in _apart(piece)]
    names = [name for part in parts if (name := _name(part))]
    strangers = set(nobody)
    return tuple(dict.fromkeys(name for name in names if folded(name) not in strangers))


def _apart(piece: str) -> list[str]:
    return [piece] if _BODY.search(piece) else _PARTS.split(piece)


def _name(part: str) -> str:
    name = _SUFFIX.sub("", _PREFIX.sub("", part.strip(" ,.:;-–|/"))).strip()
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    # Dates are often printed in the same line.
    name = _DATE.sub("", name).strip(" ,.:;-–|/")
    if _NOBODY.match(name) or any(character.isdigit() for character in name) or "@" in name or "http" in name:
        return ""
    if not 1 < len(name) <= _LONGEST or (len(name.split()) > _MOST_WORDS and not _BODY.search(name)):
        return ""
    return "" if _HOST.fullmatch(name) or name[0].islower() else name


_HOST = re.compile(r"[\w-]+\.(?:vn|com|net|org|gov)(?:\.\w{2})?")
_MOST_WORDS = 7
