"""Fetches the files that articles offer, for sources that ask for it: politely, within limits, and none is forgotten."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from itertools import islice

from scrapers.addresses import file_key, tidy
from scrapers.answers import Answer, Kind
from scrapers.fetching import Fetcher
from scrapers.file_kinds import HTML, kind_of, name_of
from scrapers.file_text import read_text
from scrapers.findings import Findings
from scrapers.items import Article, Known, Memory, Trouble
from scrapers.observations import File, KnownFile
from scrapers.sources import Source

_PAGE = re.compile(r"\b(the|such|its|no) page\b")


@dataclass(slots=True)
class _Wanted:
    """A file to be asked for, and the articles it hangs on."""

    url: str
    articles: list[str] = field(default_factory=list)


class Attachments:
    """The files of one visit."""

    def __init__(self, source: Source, memory: Memory, fetcher: Fetcher, findings: Findings) -> None:
        self._limits, self._fetcher, self._findings = source.limits, fetcher, findings
        self._fetches = source.attachments == "fetch"
        self._known = {file_key(known.url): known for known in memory.files if known.sha256}
        self._of: dict[str, list[KnownFile]] = {}
        """The files of the articles that are due."""
        self._first: dict[str, _Wanted] = {}
        self._again: dict[str, _Wanted] = {}
        self._bytes = 0
        self._left = 0
        """Files that wait for the next visit."""
        for known in memory.files if self._fetches else ():
            if known.article and not known.sha256:
                self._want(known.url, known.article)
            self._of.setdefault(known.article, []).append(known)

    @property
    def waits(self) -> str:
        """One sentence when files wait for the next visit, else ""."""
        if not self._left:
            return ""
        waits = "file waits" if self._left == 1 else "files wait"
        return f"{self._left} {waits} for the next visit (limits.attachments, limits.attachments_total_bytes)"

    def want(self, article: Article) -> None:
        """Fetch the files of an article that was read."""
        for attachment in article.attachments if self._fetches else ():
            self._want(attachment.url, article.url)

    def want_again(self, url: str) -> None:
        """Ask once more for the files of a known article whose page is as it was."""
        for known in self._of.get(url, ()):
            self._want(known.url, url)

    def _want(self, url: str, article: str) -> None:
        key = file_key(url)
        if not tidy(url):
            return
        wanted = (self._again if key in self._known else self._first).setdefault(key, _Wanted(url))
        if article not in wanted.articles:
            wanted.articles.append(article)

    async def fetch(self) -> None:
        """Ask for what is wanted, what is not known yet first."""
        most = self._limits.attachments
        for wanted in (self._first, self._again):
            self._left += max(0, len(wanted) - most) if wanted is self._first else 0
            for place, one in enumerate(list(islice(wanted.values(), most))):
                if self._bytes >= self._limits.attachments_total_bytes:
                    self._left += len(wanted) - place if wanted is self._first else 0
                    break
                await self._fetch(one)
                self._findings.hand_over_when_long()

    async def _fetch(self, wanted: _Wanted) -> None:
        known = self._known.get(file_key(wanted.url))
        condition = Known(url=wanted.url, etag=known.etag, last_modified=known.last_modified) if known else None
        answer = await self._fetcher.fetch(wanted.url, "file", condition, most=self._limits.attachment_bytes)
        self._findings.note_article(answer)
        self._bytes += len(answer.payload)
        if answer.kind is Kind.NOT_ASKED:
            return
        first, *others = wanted.articles
        file = await self._file(wanted.url, first, answer, known)
        self._findings.note_file(file)
        if file.sha256 or file.status == 304:
            for article in others:
                same = File(url=wanted.url, article=article, fetched=file.fetched, status=304)
                self._findings.note_file(same)

    async def _file(self, url: str, article: str, answer: Answer, known: KnownFile | None) -> File:
        status = (answer.exchange.status if answer.exchange else None) or 0
        bare = File(url=url, article=article, fetched=answer.fetched or self._findings.now(), status=status)
        if answer.kind is Kind.UNCHANGED:
            return bare
        if answer.kind is not Kind.PAGE:
            return self._without(bare, "http" if status else "network", _PAGE.sub(r"\1 file", answer.reason))
        kind = kind_of(answer.payload, url=answer.final_url, headers=answer.headers)
        if kind == HTML:
            return self._without(bare, "http", f"{url} answered with a web page instead of a file")
        if not answer.payload:
            return self._without(bare, "http", f"{url} answered with an empty file")
        return await self._whole(bare, kind, answer, known)

    def _without(self, bare: File, kind: str, why: str) -> File:
        self._findings.trouble(Trouble(url=bare.url, kind="http" if kind == "http" else "network", message=why))
        return File(url=bare.url, article=bare.article, fetched=bare.fetched, status=bare.status, note=why)

    async def _whole(self, bare: File, kind: str, answer: Answer, known: KnownFile | None) -> File:
        assert answer.exchange
        read = await asyncio.to_thread(read_text, answer.payload, kind)
        # Made anew for each visitor, with another date in it: the archive has what it shows.
        same = known if known and known.content and known.content == read.content else None
        if not same:
            self._findings.keep(answer)
        return File(
            url=bare.url,
            article=bare.article,
            fetched=bare.fetched,
            status=bare.status,
            final_url=answer.final_url,
            sha256=same.sha256 if same else answer.sha256,
            size=len(answer.payload),
            type=kind,
            name=name_of(answer.final_url, answer.headers),
            etag=answer.exchange.etag,
            last_modified=answer.exchange.last_modified,
            pages=read.pages,
            text=read.text,
            content=read.content,
            note=read.note,
        )
