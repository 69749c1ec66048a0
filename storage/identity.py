"""Recognises an article the archive already has: by its addresses first, then by other keys that agree; and says why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from urllib.parse import parse_qsl, urlsplit

import msgspec
from sqlite_utils import Database

from scrapers.items import Article
from scrapers.sources import Source
from storage import fingerprints
from storage.articles import numbered
from storage.keys import is_front_page, key, serial
from storage.likeness import told
from storage.matches import Match, separated
from storage.resemblance import Resemblance, own_number

SPECIFIC = 5
"""A headline of fewer words ("Thông báo", "Lịch công tác tuần") is boilerplate, whoever bears it."""
MOST = 8
"""Articles that share a number in their addresses; where more do, the number counts something else."""

Test = Callable[[Resemblance], bool]


def chain(db: Database, slug: str) -> tuple[str, ...]:
    """Return the source and all it took over from, the source itself first."""
    found = [slug]
    for member in found:
        found += [earlier for earlier in _predecessors(db, member) if earlier not in found]
    return tuple(found)


def at_address(db: Database, sources: Sequence[str], url: str) -> int | None:
    """Return the article of these sources that has, or had, this address; that a page merely names one is not enough."""
    row = db.conn.execute(
        f"""
        select article from addresses indexed by addresses_key
        where key = ? and standing = 'read' and source in ({_marks(sources)}) limit 1
        """,
        [key(url), *sources],
    ).fetchone()
    return row[0] if row else None


def named(db: Database, sources: Sequence[str], url: str) -> int | None:
    """Return the one article of these sources that calls this address its own without having been read there."""
    rows = db.conn.execute(
        f"""
        select distinct iif(standing = 'named', article, null) from addresses indexed by addresses_key
        where key = ? and standing <> 'read' and source in ({_marks(sources)})
        """,
        [key(url), *sources],
    ).fetchall()
    return rows[0][0] if len(rows) == 1 else None


def recognise(
    db: Database,
    sources: Sequence[str],
    article: Article,
    *,
    asked: Iterable[str] = (),
    gone: Collection[str] = (),
) -> Match | None:
    """Return the article that a page read is another look at, with the reason, or None when it is new.

    An address an article was read from settles it. Everything else only names candidates, because websites get it
    wrong: an address that redirected here (``asked``), the one the page calls canonical, the number in its address,
    the headline with its day, the words, an official number. Two of the first three must agree, or witnesses must;
    docs/history.md has the table. Two pages in which a number, a date or a name differs are two articles as long as
    both answer (``gone`` holds the keys of addresses that no longer did just now).
    """
    if (number := at_address(db, sources, article.url)) is not None:
        return Match(number=number, by=("address",), why="The address differs only in how it is written.")
    look = _Look(db, sources, article, asked, gone)
    match = look.by_addresses() or look.by_name() or look.by_headline() or look.by_words() or look.by_document()
    return look.kept_apart(match) if match else None


class _Look:
    """A page read at an address that no article has, held against those it might be."""

    def __init__(
        self, db: Database, sources: Sequence[str], article: Article, asked: Iterable[str], gone: Collection[str]
    ) -> None:
        self.db, self.sources, self.article, self.asked, self.gone = db, sources, article, tuple(asked), gone
        self._held: dict[int, Resemblance] = {}

    def by_addresses(self) -> Match | None:
        """What redirects, canonical addresses and numbers in addresses point to, if two of them agree or witnesses do."""
        for number, hints in self._hints().items():
            held = self._against(number)
            tests = {"redirect": self._is_witnessed, "canonical address": self._is_the_same}
            tests["number in the address"] = self._is_near
            if len(hints) > 1 or any(tests[hint](held) for hint in hints):
                return _match(held, hints)
        return None

    def by_name(self) -> Match | None:
        """The article that called this address, or the one this page calls its own, its own as well."""
        for url in (self.article.url, self.article.canonical_url):
            number = named(self.db, self.sources, url) if url else None
            if number is not None and self._is_the_same(held := self._against(number)):
                return _match(held, {"canonical address": f"the article calls {url} its own address too"})
        return None

    def by_headline(self) -> Match | None:
        """The one article with this headline that bears this minute, or this day, or else says practically the same."""
        return self._only(
            self._bearers[0],
            lambda held: held.minute and (held.same_words if self._is_specific else held.practically_equal),
            lambda held: held.minute and held.gone,
            lambda held: (held.day or held.undated) and self._says_it_all(held),
            lambda held: self._is_specific and held.long and held.practically_equal and (held.near or held.gone),
        )

    def by_words(self) -> Match | None:
        """The one article that says the same word for word, and whose headline or date is not far off."""
        found, several = fingerprints.of_body(self.db, self.sources, self.article)
        return self._only(
            () if several else found,
            lambda held: (held.minute or held.day or held.undated) and held.headlines_alike,
            lambda held: held.near and held.headline,
            lambda held: held.minute and held.gone and not held.headlines_apart,
        )

    def by_document(self) -> Match | None:
        """The one article that is the same official document; that both cite it is nothing."""
        number = own_number(self.article)
        return self._only(
            fingerprints.of_document(self.db, self.sources, number) if number else (),
            lambda held: bool(held.document) and held.same_words,
            lambda held: bool(held.document) and held.headline and (held.day or held.undated or held.gone),
        )

    def kept_apart(self, match: Match) -> Match:
        """Of articles that somebody told apart, the one that is more like this page."""
        if not (rivals := separated(self.db, match.number)):
            return match
        best = max((match.number, *rivals), key=lambda number: self._against(number).share)
        if best == match.number:
            return match
        return _match(self._against(best), {"told apart": f"it is not number {match.number}, which is like it"})

    def _hints(self) -> dict[int, dict[str, str]]:
        """What the addresses point to: for each article, by what, and how to say it."""
        url, canonical, found = self.article.url, self.article.canonical_url, serial(self.article.url)
        hints: dict[int, dict[str, str]] = {}
        for old in self.asked:
            if (number := at_address(self.db, self.sources, old)) is not None:
                hints.setdefault(number, {})["redirect"] = f"the address {old} redirects to {url}"
        if not is_front_page(canonical) and (number := at_address(self.db, self.sources, canonical)) is not None:
            hints.setdefault(number, {})["canonical address"] = f"the page calls {canonical} its own address"
        for number in self._with_serial(found) if found else ():
            hints.setdefault(number, {})["number in the address"] = f"both addresses have the number {found}"
        return hints

    def _is_witnessed(self, held: Resemblance) -> bool:
        """Whether a redirect leads to the article itself, not to what took its place."""
        return held.minute or held.same_words or (held.headline and (self._is_specific or held.practically_equal))

    def _is_the_same(self, held: Resemblance) -> bool:
        return held.same_words and (held.headline or (held.minute and not held.headlines_apart))

    def _is_near(self, held: Resemblance) -> bool:
        """Whether a number in two addresses counts the same thing."""
        if held.headline and held.minute:
            return True
        if held.alike and (held.headline or held.minute):
            return True
        if _differs_in_words_alone(held.stored.article.url, self.article.url):
            return held.headline or held.minute or held.day or held.alike
        return held.same_words and not held.headlines_apart

    def _says_it_all(self, held: Resemblance) -> bool:
        """Whether the words alone are proof, where no minute is known."""
        return held.practically_equal and (self._is_specific or held.verbatim)

    @cached_property
    def _bearers(self) -> tuple[list[int], bool]:
        return fingerprints.of_headline(self.db, self.sources, self.article)

    @cached_property
    def _is_specific(self) -> bool:
        """Whether a headline says what an article is about: not if it is short, or if several articles bear it."""
        return not self._bearers[1] and len(told(self.article.headline).split()) >= SPECIFIC

    def _only(self, numbers: Iterable[int], *proofs: Test) -> Match | None:
        """Return the one article that passes the first test any of them passes."""
        candidates = [self._against(number) for number in numbers]
        for proof in proofs:
            if found := [held for held in candidates if proof(held)]:
                return _match(found[0], {}) if len(found) == 1 else None
        return None

    def _against(self, number: int) -> Resemblance:
        if number not in self._held:
            [stored] = numbered(self.db, [number])
            self._held[number] = Resemblance(stored, self.article, gone=self.gone)
        return self._held[number]

    def _with_serial(self, found: str) -> list[int]:
        rows = self.db.conn.execute(
            f"""
            select distinct article from addresses indexed by addresses_serial
            where serial = ? and standing = 'read' and source in ({_marks(self.sources)}) limit ?
            """,
            [found, *self.sources, MOST + 1],
        ).fetchall()
        return [row[0] for row in rows] if len(rows) <= MOST else []


def _match(held: Resemblance, hints: dict[str, str]) -> Match:
    names, sentences = held.witnesses()
    told_of = "; ".join([*hints.values(), *sentences])
    return Match(number=held.stored.number, by=(*hints, *names), why=f"{told_of[:1].upper()}{told_of[1:]}.")


def _differs_in_words_alone(one: str, other: str) -> bool:
    """Say whether two addresses with one number are the same but for the words beside it, as where a title changed."""
    here, there = urlsplit(one), urlsplit(other)
    if here.path.rpartition("/")[0] != there.path.rpartition("/")[0] or serial(one) != serial(other):
        return False
    asked, wanted = dict(parse_qsl(here.query)), dict(parse_qsl(there.query))
    if asked or wanted:
        return here.path == there.path and all(wanted.get(name, value) == value for name, value in asked.items())
    return len(serial(one) or "") > 3


def _predecessors(db: Database, slug: str) -> tuple[str, ...]:
    row = db.conn.execute("select definition from sources where slug = ?", [slug]).fetchone()
    return msgspec.json.decode(row[0], type=Source).predecessor if row and row[0] else ()


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
