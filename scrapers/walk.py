"""Follows an entrance page by page, as far as there is something new, and notes what its pages show."""

from __future__ import annotations

import logging
from collections import deque
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from msgspec.structs import replace

from scrapers.addresses import tidy
from scrapers.answers import Answer, Kind
from scrapers.chains import Chain, digest
from scrapers.entrances.reading import read_headlines
from scrapers.fetching import Fetcher
from scrapers.findings import Findings
from scrapers.guard import guard
from scrapers.items import Headline, Headlines, Known, Memory, Trouble, Verdict
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.sources import Source

log = logging.getLogger(__name__)

_TRIES = 5
"""Visits in a row that try an address in vain before it is let be."""
# Files, not pages: the headline is news, but there is no article to read at its address.
_FILES = {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".zip", ".rar", ".7z"}
_FILES |= {".jpg", ".jpeg", ".png", ".gif", ".mp3", ".mp4", ".wav", ".avi"}


class Walker:
    """Walks a source's entrances."""

    def __init__(self, source: Source, memory: Memory, fetcher: Fetcher, findings: Findings) -> None:
        self._source, self._fetcher, self._findings = source, fetcher, findings
        self._guard = guard(source)
        self._known = {known.url for known in memory.known}
        self._pages = {known.url: known for known in memory.entrances}
        self._before = {listing.entrance: listing for listing in memory.listings}
        self._given_up = {failing.url for failing in memory.failing if failing.looks >= _TRIES}
        self.titles: dict[str, set[str]] = {}
        """What the entrances call each address."""
        self.shown: dict[str, Headline] = {}
        """How they show it, all of them taken together."""

    async def walk(self, chain: Chain) -> None:
        """Follow ``chain`` from its entrance; a page that brings nothing new is the last one.

        Unless the last visit left something unread behind it, or never ended: then as far as a visit may go. And beyond
        that, up to ``limits.gap_pages``, while what it shows does not join the look before.
        """
        url, most = chain.entrance.url, chain.entrance.pages
        chain.before = self._before.get(url)
        farthest = max(most, self._source.limits.gap_pages)
        thorough = not _validators(self._pages.get(url))
        ahead, asked, indexes = deque([url]), set[str](), 0
        while ahead and len(asked) - indexes < (farthest if chain.gapes else most):
            url = ahead.popleft()
            if url in asked:
                continue
            asked.add(url)
            page = await self._page(chain, url)
            if page is None:
                return
            if page.sitemaps and len(asked) == 1:
                indexes = 1  # an index leads to pages, it is none
                ahead.extend(filter(None, map(tidy, page.sitemaps)))
                continue
            seen = len(chain.rows)
            fresh = self._note_rows(chain, page)
            # A page that repeats what was shown already is where a calendar or a broken link goes in circles.
            if (following := tidy(page.next_page or "")) and len(chain.rows) > seen:
                ahead.append(following)
            chain.turn_page()
            if not fresh and not thorough and not chain.gapes:
                break
        chain.stop(more=bool(ahead))

    async def _page(self, chain: Chain, url: str) -> Headlines | None:
        """Return what a page of the entrance shows; None when the walk ends here, ``chain`` telling how."""
        known = self._pages.get(url)
        whole = chain.gapes and chain.is_ordered and bool(chain.rows)
        answer = await self._fetcher.fetch(url, "entrance", None if whole else known)
        chain.at = chain.at or (answer.exchange.started if answer.exchange else None)
        if answer.kind is Kind.PAGE:
            return self._read(chain, answer, known)
        if answer.kind is Kind.UNCHANGED:
            self._note(chain, answer, known, shown=known.digest if known else "")
            if not chain.looked:
                chain.succeed()
            chain.joined = True  # it shows what was seen before
            return Headlines(rows=())
        self._note(chain, answer, known)
        self._fail(chain, answer)
        return None

    def _read(self, chain: Chain, answer: Answer, known: Known | None) -> Headlines | None:
        try:
            page: Headlines = read_headlines(
                answer.payload,
                url=answer.final_url,
                content_type=answer.content_type,
                source=self._source,
                entrance=chain.entrance,
            )
        except LayoutChanged as error:
            self._unread(chain, answer, Verdict.CHANGED, str(error))
        except Unreadable as error:
            self._unread(chain, answer, Verdict.BROKEN, str(error))
        except Exception as error:  # one page must not end the visit, whatever it holds
            log.debug("reading %s", answer.final_url, exc_info=True)
            sentence = f"{answer.final_url} could not be read ({type(error).__name__}: {error}); please report this"
            self._unread(chain, answer, Verdict.BROKEN, sentence)
        else:
            self._take(chain, page, answer, known)
            return page
        return None

    def _take(self, chain: Chain, page: Headlines, answer: Answer, known: Known | None) -> None:
        shown = digest(page)
        self._note(chain, answer, known, shown=shown, index=bool(page.sitemaps))
        if known is None or known.digest != shown:
            self._findings.keep(answer)
        if not chain.looked:
            self._welcome(chain, page, answer)

    def _welcome(self, chain: Chain, page: Headlines, answer: Answer) -> None:
        """Judge an entrance by its first page."""
        least = self._source.expect.min_items
        if page.sitemaps or chain.entrance.kind == "sitemap" or len(page.rows) >= least:
            chain.succeed()
            return
        why = f"{answer.final_url} shows {len(page.rows)} headlines where at least {least} are expected"
        chain.fail(Verdict.CHANGED, why)
        self._findings.trouble(Trouble(url=answer.url, kind="layout", message=why))

    def _unread(self, chain: Chain, answer: Answer, verdict: Verdict, why: str) -> None:
        self._note(chain, answer, None)
        self._findings.keep(answer)
        if chain.looked and verdict is Verdict.CHANGED:
            chain.stop()  # a page behind the last one often has no rows
            return
        self._findings.trouble(
            Trouble(url=answer.url, kind="layout" if verdict is Verdict.CHANGED else "reading", message=why)
        )
        if chain.looked:
            chain.walked = True
        else:
            chain.fail(verdict, why)

    def _fail(self, chain: Chain, answer: Answer) -> None:
        failure = answer.failure
        assert failure
        if chain.looked and answer.kind is Kind.GONE:
            chain.stop()
            return
        if answer.kind is not Kind.NOT_ASKED:
            self._findings.trouble(Trouble(url=answer.url, kind=failure.kind, message=answer.reason))
        if chain.looked:
            chain.walked = failure.lasting
        else:
            chain.fail(failure.verdict, answer.reason)

    def _note(self, chain: Chain, answer: Answer, known: Known | None, *, shown: str = "", index: bool = False) -> None:
        if not answer.exchange:
            return
        exchange = answer.exchange
        if answer.kind is Kind.UNCHANGED and known:
            exchange = replace(
                exchange,
                etag=exchange.etag or known.etag,
                last_modified=exchange.last_modified or known.last_modified,
            )
        elif index or not shown:
            # An index stays the same while the sitemaps it names change; and what could not be read must be seen again.
            exchange = replace(exchange, etag="", last_modified="")
        self._findings.note_entrance(replace(exchange, digest=shown), is_read=lambda: chain.is_read)

    def _note_rows(self, chain: Chain, page: Headlines) -> bool:
        """Note the rows of the source's own hosts; return whether one is new and to be read."""
        seen = {row.url for row in chain.rows}
        fresh = False
        for row in page.rows:
            url = tidy(row.url)
            if not url or not self._guard.holds(urlsplit(url).hostname or ""):
                continue
            self.titles.setdefault(url, set()).add(row.title)
            self.shown[url] = together(self.shown[url], row) if url in self.shown else replace(row, url=url)
            if url in seen:
                continue
            seen.add(url)
            chain.rows.append(replace(row, url=url))
            if self._is_new(url):
                chain.waiting.add(url)
                fresh = True
        return fresh

    def _is_new(self, url: str) -> bool:
        return url not in self._known and url not in self._given_up and not _is_file(url)


def together(one: Headline, other: Headline) -> Headline:
    """Return what two rows that lead to one address say of it: the fuller title, and what either of them tells."""
    title = max(one.title, other.title, key=lambda text: (bool(text) and not is_cut_off(text), len(text)))
    return replace(
        one,
        title=title,
        published=one.published or other.published,
        modified=one.modified or other.modified,
        summary=max(one.summary, other.summary, key=len),
        section=one.section or other.section,
    )


def is_cut_off(title: str) -> bool:
    return title.rstrip().endswith(("...", "…"))


def _validators(known: Known | None) -> str:
    return known.etag or known.last_modified or known.digest if known else ""


def _is_file(url: str) -> bool:
    return PurePosixPath(urlsplit(url).path.lower()).suffix in _FILES
