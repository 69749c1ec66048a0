"""Who wrote an article, and where it was re-published from: never whom we only suspect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import structs

from scrapers.items import Reason, Record
from scrapers.reading.candidates import Candidate, Witness, reason
from scrapers.reading.fields.bylines import find_byline, is_printed
from scrapers.reading.fields.names import BODY, LONGEST, ORIGIN, names_in_byline
from scrapers.reading.fields.titles import parts
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Found, Place, look_all, said
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element, length

_METAS = ("article:author", "author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "byl")
_MOST = 10


class People(Record, frozen=True, kw_only=True):
    authors: tuple[str, ...] = ()
    origin: str = ""
    reasons: tuple[Reason, ...] = ()
    elements: tuple[Element, ...] = ()
    """Where the names stand on the page, so that the text can leave them out."""


def read_people(
    page: Page,
    where: tuple[Place, ...],
    *,
    headline: Element | None = None,
    text: Element | None = None,
    dated: Sequence[Element] = (),
) -> People:
    """Return who signed the article and where it says it comes from; ``dated`` is where its date stands.

    Names that only machines are told are believed when the page prints them too: templates fill those fields with
    the website's owner, its agency, or whoever typed the article in.
    """
    shown = _bylines(page, look_all(page, where, "authors"))
    elements = [one.element for one in shown]
    known = bool(shown) and shown[0].place.witness != "visible"
    said_so = [_candidate("; ".join(map(_words, shown)), shown[0].place.witness, shown[0].rule)] if shown else []
    unknown = any(place.name == "general" for place in where)
    if not said_so and unknown:
        found = find_byline(page, headline, text)
        said_so = [_candidate(found.printed, "visible", found.rule)] if found else []
        elements = [found.element] if found else []
    linked = [one for one in _linked(page) if _is_believed(page, one)]
    # Families we know fill this one field with the pen name, and some pages show it nowhere.
    pen = "" if unknown else "meta: article:author"
    metas = [one for one in _metas(page) if one.rule == pen or _is_believed(page, one)]
    bylines = [*said_so, *linked, *metas] if known else [*linked, *said_so, *metas]
    signed = [one for one in bylines if names_in_byline(one.value, page.site_names)]
    origins = [(one, name) for one in _origins(page, where) if (name := _origin(one.value, always=True))]
    origins += [(one, name) for one in bylines if (name := _origin(one.value, always=False))]
    if not origins and unknown:
        origins = [(one, one.value) for one in _beside(dated)]
    reasons = [reason("authors", signed[0], signed)] if signed else []
    reasons += [reason("origin", origins[0][0])] if origins else []
    return People(
        authors=names_in_byline(signed[0].value, page.site_names) if signed else (),
        origin=origins[0][1] if origins else "",
        reasons=tuple(reasons),
        elements=tuple(elements),
    )


def _is_believed(page: Page, one: Candidate[str]) -> bool:
    """Whether the page prints the first of the names; bodies must sign, for their names stand everywhere."""
    if ORIGIN.match(one.value):
        return True
    names = names_in_byline(one.value, page.site_names)
    if not names or _is_publisher(page, one.value) or _ACRONYM.fullmatch(names[0]):
        return False
    return is_printed(page, names[0], signed=BODY.search(names[0]) is not None)


def _is_publisher(page: Page, byline: str) -> bool:
    """Whether the byline is the website's own name: "news.example.org, Berlin"."""
    label = max(page.host.split("."), key=len)
    tight = folded(byline).replace(" ", "")
    if page.host and (page.host in byline.casefold() or tight == label.replace("-", "")):
        return True
    return folded(byline) in {folded(part) for part in parts(page.title)}


# Agencies and editors' tokens: "EFE", "AgE".
_ACRONYM = re.compile(r"(?=\S*[A-Z]\S*[A-Z])\S{2,5}")


def _bylines(page: Page, found: list[Found]) -> list[Found]:
    """The elements that hold the article's byline; on pages of no known layout, not those of comments and other articles."""
    kept = [one for one in found if 0 < len(_words(one)) <= LONGEST]
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
        if 0 < len(_words(found)) <= LONGEST:
            yield _candidate(_words(found), found.place.witness, found.rule)


def _beside(dated: Sequence[Element]) -> Iterator[Candidate[str]]:
    """What a label in the line of the date names: "2023-08-24 15:52 来源：新华社 浏览次数：123"."""
    for element in dated:
        for line in (element, *islice(element.iterancestors(), 2)):
            if length(line) > _LONGEST_LINE:
                break
            # Elements beside each other often stand without a space between them.
            match = _LABELLED.search("  ".join(words for text in line.itertext() if (words := clean(str(text)))))
            if match and (name := match[1].strip(" :：()-–|/,")):
                yield _candidate(name, "visible", "general: label beside the date")
                return


_LONGEST_LINE = 200
_LABELLED = re.compile(
    r"(?:来\s?源|來\s?源|稿源|发布机构|출처|出典|nguồn(?: tin)?|source|sumber|fuente|fonte|quelle|источник|المصدر)\s{0,3}[:：]\s{0,3}"
    r"([^\s|｜【\[(（•·:：](?:(?! {2}|[|｜【\[(（•·:：]).){1,80}?)(?= {2}|\s*[|｜【\[(（•·]|\s+\S{1,12}\s?[:：]|$)",
    re.I,
)


def _candidate(printed: str, witness: Witness, rule: str) -> Candidate[str]:
    value = repair(printed)
    return Candidate(value=value, key=folded(value), printed=printed, witness=witness, rule=rule)


def _linked(page: Page) -> list[Candidate[str]]:
    thing = next(iter(page.things), None)
    names = [name for name in thing.texts("author") if not _is_address(name)] if thing and thing.is_article else []
    return [_candidate("; ".join(names[:_MOST]), "json-ld", "json-ld: author")] if names else []


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
    match = ORIGIN.match(byline)
    if match or always:
        return byline[match.end() if match else 0 :].strip(" /()|-–")[:LONGEST]
    _, slash, rest = byline.partition(" / ")
    return rest.strip(" /()")[:LONGEST] if slash else ""
