"""Whether an answer proves that a known article is not there any more, and what shows that the website is healthy."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from msgspec.structs import replace

from scrapers.absence import headings_of, is_dated, parts_of, says_it_is_not_there
from scrapers.addresses import tidy
from scrapers.answers import Answer, Kind
from scrapers.barriers import barrier
from scrapers.canary import likeness, made_up, names, plain, sketch
from scrapers.entrances.reading import read_headlines
from scrapers.fetching import Fetcher
from scrapers.findings import Findings
from scrapers.items import Article, Memory, Template
from scrapers.observations import Absence, Canary, Proof
from scrapers.reading.article import read_article
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.sources import Source

log = logging.getLogger(__name__)

_ALIKE = 0.75
"""Two answers for addresses without a page are alike to so much at least: news in a column beside them changes."""
_ASKED = timedelta(days=1)
"""A host is asked for an address that never was once in this time."""
_GIVEN_UP = 3
"""So many witnesses in a row that are not there, and no more are asked."""
_SMALL = 5000
_ROWS = 5
"""A page with so many rows, and no article of its own, is a listing."""
_LONG = 3
"""A title with so many blanks is no other's beginning."""
_SOUND = (200, 203)
_REFRESH = re.compile(
    rb"""<meta[^>]{0,200}http-equiv\s*=\s*["']?refresh[^>]{0,200}url\s*=\s*["']?([^"'>\s]{1,500})""", re.I
)
_FRONTS = re.compile(r"/(?:(?:index|default|home|trang-?chu|portal)(?:\.\w+)?|[a-z]{2}(?:-[a-z]{2})?)?/?", re.I)


class Proofs:
    """What one visit learns of articles that are not there."""

    def __init__(self, source: Source, memory: Memory, fetcher: Fetcher, findings: Findings) -> None:
        self._source, self._fetcher, self._findings = source, fetcher, findings
        self._known = {known.url for known in memory.known}
        self._titles = {plain(known.title) for known in memory.known if known.title}
        self._canaries = {canary.host: canary for canary in memory.canaries}
        self._standing = memory.standing
        pages = (known.url for known in memory.entrances)
        self._lists = {tidy(url) for url in (*(entrance.url for entrance in source.entrances), *pages)}
        self._missed: list[Absence] = []
        self._present = 0
        self._could_ask = False
        """There were articles that could be asked whether the website is healthy."""
        self.template: Template | None = None

    # -- one answer -------------------------------------------------------------------------------------------------

    async def judge(self, answer: Answer, titles: Collection[str]) -> Absence | str | None:
        """Say whether the article called one of ``titles`` is missed at the address it was asked for, and how that shows.

        None when the answer may be read as an article; a sentence when it is neither.
        """
        if answer.kind is Kind.GONE:
            return self._refused(answer)
        target = _leads_to(answer)
        found = await (self._led_away(answer, target, titles) if target else self._in_its_place(answer, titles))
        if isinstance(found, Absence):
            self._findings.keep(answer)
            self._missed.append(found)
        return found

    def note_present(self) -> None:
        """Note that a known article was there."""
        self._present += 1

    def stands_in(self, answer: Answer, article: Article, titles: Collection[str]) -> str:
        """Say why what came is no article but what stands in for one, as far as that shows without asking; else ""."""
        if heading := says_it_is_not_there(article, answer):
            return f"says it is not there (“{heading}”)"
        canary = self._canaries.get(_host(answer.url))
        if not canary or is_dated(article, answer) or self._is_called(answer, titles):
            return ""
        is_alike = _is_alike(canary, answer, article)
        return f"shows what its host shows for addresses that never were ({canary.url})" if is_alike else ""

    def _refused(self, answer: Answer) -> Absence | str:
        status = answer.exchange.status if answer.exchange else 0
        if what := barrier(answer.payload):
            return f"{answer.url} answered {status} with {what}; whether the article is there is not known"
        self._findings.keep(answer)
        absence = _absence(answer, "410" if status == 410 else "404", f"it answered {status}")
        self._missed.append(absence)
        return absence

    async def _led_away(self, answer: Answer, target: str, titles: Collection[str]) -> Absence | str | None:
        stray = f"{answer.url} leads to {target}, which is not the article; it may have been taken down"
        if tidy(target) in self._known:
            return None if target == answer.final_url else stray
        if what := self._list_at(target):
            return _absence(answer, "listing", f"it leads to {target}, {what}", final_url=target)
        if target != answer.final_url:
            return stray
        article = self._read(answer)
        if self._is_called(answer, titles) or (article and is_dated(article, answer)):
            return None
        if (titles and _is_above(target, answer.url)) or self._is_listing(answer):
            return _absence(answer, "listing", f"it leads to {target}, which shows a list")
        if (heading := says_it_is_not_there(article, answer)) or await self._leads_anywhere(answer):
            why = f"which says “{heading}”" if heading else "as every address does that never was"
            return _absence(answer, "soft 404", f"it leads to {target}, {why}")
        return stray if titles or not article else None

    async def _in_its_place(self, answer: Answer, titles: Collection[str]) -> Absence | None:
        if self._is_called(answer, titles):
            return None
        article = self._read(answer)
        if article and is_dated(article, answer):
            return None
        canary = await self._canary(answer.url)
        if canary and _is_alike(canary, answer, article):
            why = f"it shows what {canary.host} shows for addresses that never were ({canary.url})"
            return _absence(answer, "soft 404", why)
        if heading := says_it_is_not_there(article, answer):
            return _absence(answer, "soft 404", f"it says “{heading}”")
        return None

    def _list_at(self, target: str) -> str:
        """Say what list of news stands at an address, if its place tells."""
        there = urlsplit(target)
        if not there.query and _FRONTS.fullmatch(there.path or "/"):
            return "a front page"
        return "a list of news" if tidy(target) in self._lists else ""

    def _is_called(self, answer: Answer, titles: Collection[str]) -> bool:
        """Does the page call itself what the article is called?"""
        called = _called(answer)
        wanted = set(filter(None, map(plain, titles)))
        long = [title for title in wanted if title.count(" ") >= _LONG]
        return bool(wanted & called) or any(title in one for title in long for one in called)

    def _is_listing(self, answer: Answer) -> bool:
        for entrance in self._source.entrances:
            try:
                rows = read_headlines(
                    answer.payload,
                    url=answer.final_url,
                    content_type=answer.content_type,
                    source=self._source,
                    entrance=replace(entrance, kind="listing"),
                ).rows
            except (LayoutChanged, Unreadable):
                continue
            except Exception:  # whatever the page holds, it is no listing we can read
                log.debug("reading %s", answer.final_url, exc_info=True)
                continue
            if sum(tidy(row.url) in self._known for row in rows) >= _ROWS:
                return True
        return False

    def _read(self, answer: Answer) -> Article | None:
        """Read a page without being told what it ought to say; None when it says nothing."""
        for source in (self._source, None):
            try:
                article = read_article(
                    answer.payload,
                    url=answer.final_url,
                    content_type=answer.content_type,
                    source=source,
                    template=self.template,
                    fetched=answer.fetched,
                )
            except (Unreadable, LayoutChanged):
                continue
            except Exception:  # told when the page is read in earnest
                log.debug("reading %s", answer.final_url, exc_info=True)
                continue
            if article.headline:
                return article
        return None

    # -- the address that never was ---------------------------------------------------------------------------------

    async def _leads_anywhere(self, answer: Answer) -> bool:
        """Does an address that never was lead to the same place?"""
        canary = await self._canary(answer.url)
        return bool(canary and canary.final_url != canary.url and tidy(canary.final_url) == tidy(answer.final_url))

    async def _canary(self, url: str) -> Canary | None:
        """Return what the host of ``url`` answers for an address that never was; asked at most once a day."""
        host, now = _host(url), self._findings.now()
        canary = self._canaries.get(host)
        if canary is None or abs(now - canary.fetched) >= _ASKED:
            address = made_up(url, seed=f"{host} {now:%Y-%m-%d}")
            answer = await self._fetcher.fetch(address, "canary")
            self._findings.note_article(answer)
            if answer.kind is Kind.NOT_ASKED:
                return None
            canary = self._sketched(host, answer)
            self._canaries[host] = canary
            self._findings.note_canary(canary)
        return canary

    def _sketched(self, host: str, answer: Answer) -> Canary:
        status = answer.exchange.status or 0 if answer.exchange else 0
        canary = Canary(
            host=host, url=answer.url, fetched=self._findings.now(), status=status, final_url=answer.final_url
        )
        if answer.kind is not Kind.PAGE:
            return canary
        self._findings.keep(answer)
        article = self._read(answer)
        called = names(answer, *([article.headline] if article else []))
        # A website that answers everything with some article shows by it nothing at all.
        is_news = (article and is_dated(article, answer)) or self._titles & _called(answer)
        return replace(canary, title="\n".join(called), sketch=() if is_news else sketch(answer))

    # -- the whole visit --------------------------------------------------------------------------------------------

    def witnesses(self, looked: Collection[str]) -> Iterator[str]:
        """Yield known articles to look at, until as many were there as were missed: else nobody knows who is to blame."""
        ahead = [url for url in self._candidates() if url not in looked and url not in self._standing.given_up]
        self._could_ask = bool(ahead)
        failed = 0
        for url in ahead[: self._source.limits.second_looks]:
            if self._count <= self._present or failed >= _GIVEN_UP:
                return
            before = self._present
            yield url
            failed = 0 if self._present > before else failed + 1

    def _candidates(self) -> list[str]:
        return list(self._standing.present) or sorted(self._known)

    @property
    def _count(self) -> int:
        return sum(absence.url not in self._standing.given_up for absence in self._missed)

    def absences(self) -> list[Absence]:
        """Return what was missed, with the doubt there is when most of what was looked at was."""
        count, looks = self._count, self._count + self._present
        if count <= self._present or (count == 1 and not self._could_ask):
            return self._missed
        doubt = f"{count} of the {looks} known articles looked at were missed, so the website seems to be in trouble"
        return [replace(absence, doubt=doubt) for absence in self._missed]


def _called(answer: Answer) -> set[str]:
    """What a page calls itself, and what each part of that is, fit for comparing."""
    return {plain(part) for heading in headings_of(answer) for part in parts_of(heading)}


def _absence(answer: Answer, proof: Proof, why: str, *, final_url: str = "") -> Absence:
    assert answer.exchange and answer.exchange.status and answer.fetched
    return Absence(
        url=answer.url,
        at=answer.fetched,
        proof=proof,
        status=answer.exchange.status,
        final_url=final_url or answer.final_url,
        sha256=answer.sha256,
        why=why,
    )


def _is_above(target: str, asked: str) -> bool:
    """Is it the section of the website in which the article stood?"""
    there, here = urlsplit(target), urlsplit(asked)
    folder = re.sub(r"\.\w{2,5}$", "", there.path).rstrip("/")
    return not there.query and there.path != here.path and here.path.startswith(f"{folder}/")


def _leads_to(answer: Answer) -> str:
    """Return where an address leads, by redirect or by a page that does nothing but lead on; "" when it stays."""
    if answer.final_url != answer.url:
        return answer.final_url
    if len(answer.payload) > _SMALL or not (found := _REFRESH.search(answer.payload)):
        return ""
    target = tidy(urljoin(answer.url, found[1].decode("utf-8", "replace")))
    return "" if target in ("", tidy(answer.url)) else target


def _is_alike(canary: Canary, answer: Answer, article: Article | None) -> bool:
    """Is this the page of the address that never was? It calls itself the same, and is made of the same."""
    if canary.status not in _SOUND or not canary.sketch:
        return False
    own = set(names(answer, *([article.headline] if article else [])))
    return own <= set(canary.title.split("\n")) and likeness(canary.sketch, sketch(answer)) >= _ALIKE


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
