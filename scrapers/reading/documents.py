"""The official documents an article cites by number, and where: for readers who follow law, not news."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote, urlsplit

from msgspec import structs

from scrapers.items import Attachment, Citation
from scrapers.reading.schemes.america import find_american
from scrapers.reading.schemes.britain import find_british
from scrapers.reading.schemes.europe import find_european
from scrapers.reading.schemes.found import Found
from scrapers.reading.schemes.france import find_french
from scrapers.reading.schemes.germany import find_german
from scrapers.reading.schemes.vietnam import find_in_file_name, find_vietnamese

_FINDERS: dict[str, Callable[[str], Iterator[Found]]] = {
    "vn": find_vietnamese,
    "eu": find_european,
    "uk": find_british,
    "us": find_american,
    "fr": find_french,
    "de": find_german,
}
# Countries with a language of ours and numbers of their own that look the same.
_OTHERS = {
    "fr": re.compile(r"fr-(?!FR|GP|MQ|GF|RE|YT|PF|NC)[A-Z]{2}$"),
    "de": re.compile(r"de-(?!DE)[A-Z]{2}$"),
    "uk": re.compile(r"en-IE$"),
}


def cite(field: str, text: str, language: str = "") -> tuple[Citation, ...]:
    """Return each place in ``text`` that names an official document by number, in the order of the text.

    ``field`` is the article's field that holds ``text``. Numbers of every scheme are looked for whatever the
    ``language`` (BCP 47) is, as ministries cite each other's law; but laws of Québec or Austria are not France's or Germany's.
    """
    if not any(character.isdigit() for character in text):
        return ()
    strange = [scheme for scheme, others in _OTHERS.items() if others.match(language)]
    found = [one for scheme, find in _FINDERS.items() if scheme not in strange for one in find(text)]
    return tuple(_citation(one, field, text) for one in _apart(found))


def cite_all(
    *, headline: str, lede: str, body: str, attachments: Iterable[Attachment], language: str = ""
) -> tuple[Citation, ...]:
    """Return every place in an article that names a document; what one place tells of a document, the others know."""
    fields = (("headline", headline), ("lede", lede), ("body_text", body))
    places = [citation for field, text in fields for citation in cite(field, text, language)]
    places += [citation for one in attachments for citation in cite_file(one, language)]
    return _agreed(places)


def cite_file(attachment: Attachment, language: str = "") -> tuple[Citation, ...]:
    """Return what a file's title names, or else its name in the address."""
    titled = cite("attachments", attachment.title, language)
    for text in (attachment.title, _file_name(attachment.url)):
        if titled:
            break
        titled = tuple(_citation(one, "attachments", text) for one in _apart(list(find_in_file_name(text))))
    return titled


def numbers_of(citations: Iterable[Citation]) -> tuple[str, ...]:
    """Return the documents' numbers, each once, in the order of their first places."""
    return tuple(dict.fromkeys(citation.number for citation in citations))


def _file_name(url: str) -> str:
    try:
        return unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    except ValueError:
        return ""


def _apart(found: list[Found]) -> list[Found]:
    """What does not overlap: of two that do, the longer, else the earlier."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept


def _citation(found: Found, field: str, text: str) -> Citation:
    return Citation(
        number=found.number,
        printed=text[found.start : found.end],
        scheme=found.scheme,
        kind=found.kind,
        year=found.year,
        issuer=found.issuer,
        signed=found.signed,
        field=field,
        start=found.start,
    )


def _agreed(places: list[Citation]) -> tuple[Citation, ...]:
    """Fill in what another place in the same article says of the same document, when they all say the same."""
    if len(places) < 2:
        return tuple(places)
    told: dict[str, dict[str, set[object]]] = {}
    for place in places:
        for name in ("kind", "year", "issuer"):
            value = getattr(place, name)
            if value:
                told.setdefault(place.number, {}).setdefault(name, set()).add(value)
    return tuple(_filled(place, told.get(place.number, {})) for place in places)


def _filled(place: Citation, told: dict[str, set[object]]) -> Citation:
    missing = {name: next(iter(said)) for name, said in told.items() if len(said) == 1 and not getattr(place, name)}
    return structs.replace(place, **missing) if missing else place
