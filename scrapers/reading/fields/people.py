"""Who wrote an article, and where it was re-published from: never whom we only suspect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from scrapers.items import Reason, Record
from scrapers.reading.candidates import Candidate, reason
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Place, look_all, said
from scrapers.reading.text import clean, repair

_METAS = ("article:author", "author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "byl")
_PREFIX = re.compile(
    r"^(?:by|von|par|de|por|di|oleh|penulis|autor|auteur|author|written by|tác giả|tin|bài|ảnh|(?:tin|bài)(?: và ảnh|, ảnh|, bài, ảnh|, bài)|thực hiện|người viết|nguồn tin|phóng viên|"
    r"text|texte|text von)\s*[:：]\s*|^(?:by|written by|posted by|published by|submitted by|von|par|por|oleh)\s+(?=\S)",
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
    r"^(?:admin\w*|administrator|webmaster|editor|editors|editorial|super ?user|root|user|guest|anonymous|quản trị(?: viên)?|biên tập(?: viên)?|"
    r"btv|ban biên tập|undefined|null|none|n/?a|unknown|author|tác giả|staff|web ?team|communications?|content|drupal|wordpress|test|-+|\W*)$",
    re.I,
)
_DATE = re.compile(r"\d{1,2}[/.:-]\d{1,2}|\b(?:19|20)\d\d\b")
_PARTS = re.compile(r"\s*[;|•·]\s*|\s+-\s+|\s+–\s+|\s*,\s+|\s+(?:và|and|und|et|y|e|dan)\s+|\s+&\s+", re.I)
_LISTS = re.compile(r"\s*[;|•·]\s*")
_LONGEST = 120


class People(Record, frozen=True, kw_only=True):
    authors: tuple[str, ...] = ()
    origin: str = ""
    reasons: tuple[Reason, ...] = ()


def read_people(page: Page, where: tuple[Place, ...]) -> People:
    """Return who signed the article and where it says it comes from."""
    bylines = [*_shown(page, where, "authors"), *_stated(page)]
    signed = [one for one in bylines if names_in_byline(one.value, page.site_names)]
    origins = [(one, name) for one in _shown(page, where, "origin") if (name := _origin(one.value, always=True))]
    origins += [(one, name) for one in bylines if (name := _origin(one.value, always=False))]
    reasons = [reason("authors", signed[0], signed)] if signed else []
    reasons += [reason("origin", origins[0][0])] if origins else []
    return People(
        authors=names_in_byline(signed[0].value, page.site_names) if signed else (),
        origin=origins[0][1] if origins else "",
        reasons=tuple(reasons),
    )


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


def _shown(page: Page, where: tuple[Place, ...], field: str) -> Iterator[Candidate[str]]:
    found = look_all(page, where, "authors" if field == "authors" else "origin")
    texts = list(dict.fromkeys(said(one.element) for one in found))
    texts = [text for text in texts if text and len(text) <= _LONGEST][:10]
    if texts:
        yield _candidate("; ".join(texts), found[0].place.witness, found[0].rule)


def _candidate(printed: str, witness: str, rule: str) -> Candidate[str]:
    value = repair(printed)
    return Candidate(value=value, key=folded(value), printed=printed, witness=witness, rule=rule)  # type: ignore[arg-type]


def _stated(page: Page) -> Iterator[Candidate[str]]:
    for thing in page.things[:3]:
        names = [name for name in thing.texts("author") if not _is_address(name)] if thing.is_article else []
        if names:
            yield _candidate("; ".join(names[:10]), "json-ld", "json-ld: author")
    for name in _METAS:
        printed = clean(
            "; ".join(dict.fromkeys(page.metas.get(name, ())[:10])) if name != "author" else page.meta(name)
        )
        if printed and not _is_address(printed):
            yield _candidate(printed, "meta", f"meta: {name}")


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
    if _NOBODY.match(name) or _DATE.search(name) or "@" in name or "http" in name or len(name) > _LONGEST:
        return ""
    return name if len(name) > 1 and not re.fullmatch(r"[\w-]+\.(?:vn|com|net|org|gov)(?:\.\w{2})?", name) else ""
