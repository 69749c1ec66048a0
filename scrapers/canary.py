"""What a host answers for an address that never was: by that, pages that only pretend to be one are known."""

from __future__ import annotations

import heapq
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import pairwise
from urllib.parse import SplitResult, unquote, urlsplit

from scrapers.absence import headings_of
from scrapers.answers import Answer
from scrapers.reading.text import decode

SIZE = 128
"""Hashes in a sketch: the likeness of two pages is told to within some hundredths."""
_MOST = 300_000
"""Characters of a page that are looked at."""
_UNSEEN = re.compile(r"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.I)
_TAG = re.compile(r"<([a-zA-Z][^<>]{0,2000})>")
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_CLASS = re.compile(r"""\bclass\s*=\s*["']?([^"'>]*)""", re.I)
_ASKED_FOR = re.compile(r"(.*=)([^&=]*\d[^&=]*)((?:&[^\d]*)?)")
"""The last parameter of a query that has a number in it."""
_ADDRESS = re.compile(r".[-_/.\d].")
"""What has such a sign inside is no word of a title."""
_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[a-zA-Z]{2,}|\d+")
_LETTERS = "bcdfghklmnpqrstvxz"


def made_up(url: str, *, seed: str) -> str:
    """Return an address that surely never was, shaped like ``url``, so that the same program of the website answers.

    Its folders and its ending stay; in its last part, or in the last number it asks for, letters become a word of
    consonants, and numbers ever so many nines.
    """
    parts = urlsplit(url)
    stream = _letters(f"{seed}\0{url}")
    if asked := _ASKED_FOR.fullmatch(parts.query):
        query = f"{asked[1]}{_strange(asked[2], stream)}{asked[3]}"
        return SplitResult(parts.scheme, parts.netloc, parts.path, query, "").geturl()
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    stem, dot, ending = last.rpartition(".")
    if not stem or len(ending) > 5:
        stem, dot, ending = last, "", ""
    named = (_strange(stem, stream) if stem else "khong-co") + dot + ending
    slash = "/" if parts.path.endswith("/") and last else ""
    return SplitResult(parts.scheme, parts.netloc, f"{folder}/{named}{slash}", "", "").geturl()


def _strange(text: str, letters: Iterator[str]) -> str:
    def swapped(run: re.Match[str]) -> str:
        found = run[0]
        return "9" * len(found) if found.isdigit() else "".join(next(letters) for _ in found)

    changed = _RUN.sub(swapped, text)
    return f"{changed}9" if changed == text else changed


def _letters(seed: str) -> Iterator[str]:
    turn = 0
    while True:
        for byte in blake2b(f"{seed}\0{turn}".encode("utf-8", "replace")).digest():
            yield _LETTERS[byte % len(_LETTERS)]
        turn += 1


def sketch(answer: Answer) -> tuple[int, ...]:
    """Return the smallest hashes of what the page has: neighbouring words, and markup. Numbers are left out."""
    text = _UNSEEN.sub(" ", _text(answer)[:_MOST])
    words = _WORD.findall(html.unescape(_ANY_TAG.sub(" ", text)).lower())
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    return tuple(heapq.nsmallest(SIZE, {_hash(token) for token in (*pairs, *_markup(text))}))


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return how much of two pages is the same, from 0 to 1, judged by their sketches."""
    if not one or not other:
        return 0.0
    both = heapq.nsmallest(SIZE, {*one, *other})
    return len({*one} & {*other} & {*both}) / len(both)


def names(answer: Answer, *more: str) -> tuple[str, ...]:
    """Return what a page calls itself: its title and headings, and ``more``, but for numbers and its own address."""
    parts = urlsplit(answer.url)
    last = parts.path.rpartition("/")[2]
    echoes = [form for form in (answer.url, parts.path, last, last.partition(".")[0]) if _ADDRESS.search(form)]
    found = (_named(heading, [*echoes, *map(unquote, echoes)]) for heading in (*headings_of(answer), *more))
    return tuple(dict.fromkeys(name for name in found if name))


def _named(heading: str, echoes: Iterable[str]) -> str:
    for echo in echoes:
        heading = heading.replace(echo, " ")
    return " ".join(word for word in plain(heading).split() if not word.isdigit())


def plain(title: str) -> str:
    """Return a title in the form in which two of them are compared."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", title).lower()))


def _markup(text: str) -> Iterator[str]:
    for tag in _TAG.findall(text):
        named = _CLASS.search(tag)
        yield f"<{tag.split(None, 1)[0].lower()} {named[1].strip() if named else ''}"


def _text(answer: Answer) -> str:
    return decode(answer.payload, content_type=answer.content_type).text


def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode("utf-8", "replace"), digest_size=6).digest())
