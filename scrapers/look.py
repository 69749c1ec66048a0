"""How a source is looked at: its entrances first, then the new articles they lead to, then known ones once more.

Everything is asked for in turn by one coroutine, so nothing can be dropped without a word: each request comes back
as an Answer, and a headline that could not be read this time keeps its entrance's validators from being told.
"""

from __future__ import annotations

import logging
import unicodedata

from scrapers.addresses import tidy
from scrapers.answers import Answer, Kind
from scrapers.attachments import Attachments
from scrapers.chains import Chain, judge
from scrapers.fetching import Fetcher
from scrapers.findings import Findings
from scrapers.items import Article, Headline, Known, Memory, Sample, Sighting, Trouble, Verdict
from scrapers.lessons import CLASS, Lessons
from scrapers.proof import Proofs
from scrapers.reading.article import read_article
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.sources import Source
from scrapers.walk import Walker

log = logging.getLogger(__name__)

_CUT_OFF = ("...", "…")


class Look:
    """One look at a source."""

    def __init__(self, source: Source, memory: Memory, fetcher: Fetcher, findings: Findings) -> None:
        self._source, self._fetcher, self._findings = source, fetcher, findings
        self._walker = Walker(source, memory, fetcher, findings)
        self._known = {known.url: known for known in memory.known}
        self._due = memory.due
        self._files = Attachments(source, memory, fetcher, findings)
        self._lessons = Lessons(memory)
        self._proofs = Proofs(source, memory, fetcher, findings)
        self._aside: list[tuple[Article, Answer]] = []
        """Pages that wait for others of their website, to be read again by what all of them teach."""
        self._front = {tidy(url) for url in (source.homepage, *(entrance.url for entrance in source.entrances))}
        self._looked: set[str] = set()
        self._waits = ""
        self._tried = 0
        self._came = False
        """A page of an article came, or word that it is as it was."""
        self._refused = ""
        """How an article was refused last."""
        self._unread = ""
        """Why a headline waits that was asked for."""
        self.chains = [Chain(entrance) for entrance in source.entrances]
        findings.judge = self._judge

    async def run(self) -> None:
        """Look at everything. May be cancelled at any request; what was found until then stands."""
        await self._lessons.prepare()
        self._findings.template = self._lessons.learnt
        for chain in self.chains:
            await self._walker.walk(chain)
            self._hand_over_when_long()
        for url in self._chosen():
            await self._read(url)
            self._hand_over_when_long()
        for known, condition in self._second_looks():
            await self._look_again(known, condition)
            self._hand_over_when_long()
        for url in self._proofs.witnesses(self._looked):
            await self._look_again(known := self._known.get(url, Known(url=url)), known)
        self._learn_together()
        await self._files.fetch()

    def _hand_over_when_long(self) -> None:
        if self._findings.is_long:
            self._learn_together()
        self._findings.hand_over_when_long()

    def conclude(self, interruption: str = "") -> None:
        """Tell the findings what only shows at the end; ``interruption`` says why the end came early."""
        self._learn_together()
        waiting = {url for chain in self.chains for url in chain.waiting}
        if waiting:
            example = self._unread if len(waiting) == 1 else f"for example, {self._unread}" if self._unread else ""
            reason = interruption or self._waits or example or "they were not asked for"
            wait = "headline waits" if len(waiting) == 1 else "headlines wait"
            self._waits = f"{len(waiting)} {wait} for the next visit: {reason}"
        else:
            self._waits = "" if all(chain.walked for chain in self.chains) else interruption
        # The archive takes the title of a sighting as known; one that nobody looked into must strike the next visit.
        unseen = {known.url for known in self._renamed()}
        self._findings.sightings = [
            Sighting(entrance=chain.entrance.url, headline=row)
            for chain in self.chains
            for row in chain.rows
            if row.url not in unseen
        ]
        self._findings.absences = self._proofs.absences()
        self._findings.listings = [listing for chain in self.chains if (listing := chain.listing())]
        self._findings.not_before = self._fetcher.not_before

    def abandon(self) -> None:
        """Keep every entrance's validators back: something went wrong, and who knows what was lost with it."""
        for chain in self.chains:
            chain.walked = False

    @property
    def has_learned(self) -> bool:
        """The source can be judged: an entrance was good, or all of them were asked."""
        return any(chain.good for chain in self.chains) or all(chain.looked for chain in self.chains)

    def _judge(self) -> tuple[Verdict, str]:
        verdict, why = judge(self.chains)
        if verdict is Verdict.FINE and self._refused and not self._came:
            articles = "the one article" if self._tried == 1 else f"none of the {self._tried} articles"
            verdict, refused = Verdict.BLOCKED, f"{articles} asked for could {'not ' * (self._tried == 1)}be read"
            why = "; ".join(part for part in (f"{refused}: {self._refused}", why) if part)
        return verdict, "; ".join(part for part in (why, self._waits, self._files.waits) if part)

    # -- new articles -----------------------------------------------------------------------------------------------

    def _chosen(self) -> list[str]:
        """Return the new addresses to read: the newest, and of those the oldest first, as they came to be."""
        places: dict[str, int] = {}
        for chain in self.chains:
            for place, row in enumerate(chain.rows):
                if row.url in chain.waiting:
                    places[row.url] = min(place, places.get(row.url, place))
        most = self._source.limits.articles
        if len(places) > most:
            self._waits = f"a visit reads {most} articles at most (limits.articles)"
        return sorted(places, key=lambda url: places[url])[:most][::-1]

    async def _read(self, url: str) -> None:
        answer = await self._ask(url)
        if answer.kind is Kind.PAGE:
            self._take(answer)
        elif answer.kind is Kind.NOT_ASKED:
            self._waits = f"the host was left alone, for it {answer.failure.sentence if answer.failure else ''}"
            return
        else:
            self._trouble(answer)
            if answer.failure and not answer.failure.lasting:
                self._unread = answer.reason
                return
        for chain in self.chains:
            chain.waiting.discard(url)

    # -- known articles ---------------------------------------------------------------------------------------------

    def _second_looks(self) -> list[tuple[Known, Known | None]]:
        """Return known articles to look at again, each with the condition to ask under.

        None for those that an entrance calls by another title: they did change, whatever their validators say.
        """
        renamed = self._renamed()[: self._source.limits.articles]
        urls = {known.url for known in renamed}
        due = [known for known in self._due if known.url not in urls][: self._source.limits.second_looks]
        return [*((known, None) for known in renamed), *((known, known) for known in due)]

    def _renamed(self) -> list[Known]:
        """Return the known articles that entrances show under another title only, and nobody looked into yet."""
        renamed = []
        for url, shown in self._walker.titles.items():
            known = self._known.get(url)
            if known and url not in self._looked and not any(_is_same(known.title, title) for title in shown):
                renamed.append(known)
        return renamed

    async def _look_again(self, known: Known, condition: Known | None) -> None:
        answer = await self._ask(known.url, condition)
        if answer.kind is Kind.UNCHANGED and answer.final_url not in self._known:
            answer = await self._ask(known.url)  # it moved as it was, and must be read where it is now
        if answer.kind is Kind.NOT_ASKED or (answer.kind is Kind.NOTHING and not _lasting(answer)):
            self._trouble(answer)
            return
        self._looked.add(known.url)
        if answer.kind is Kind.UNCHANGED:
            self._findings.note_unchanged(known.url)
            self._files.want_again(known.url)
            self._proofs.note_present()
        elif answer.kind is Kind.NOTHING:
            self._trouble(answer)
        else:
            await self._prove(answer, known)

    async def _prove(self, answer: Answer, known: Known) -> None:
        """Take a known article that came, unless the answer shows that it is there no more."""
        self._proofs.template = self._lessons.template
        found = await self._proofs.judge(answer, self._titles(known.url))
        if isinstance(found, str):
            self._findings.trouble(Trouble(url=answer.url, kind="http", message=found))
        elif found is None and self._take(answer):
            self._proofs.note_present()

    # -- both -------------------------------------------------------------------------------------------------------

    async def _ask(self, url: str, condition: Known | None = None) -> Answer:
        answer = await self._fetcher.fetch(url, "article", condition)
        self._findings.note_article(answer)
        self._tried += answer.kind is not Kind.NOT_ASKED
        self._came = self._came or answer.kind in (Kind.PAGE, Kind.UNCHANGED)
        if answer.kind is Kind.NOTHING and answer.failure and answer.failure.verdict is Verdict.BLOCKED:
            self._refused = answer.reason
        return answer

    def _take(self, answer: Answer) -> bool:
        """Take the article that came; say whether there was one."""
        if tidy(answer.final_url) in self._front:
            message = f"{answer.url} leads to {answer.final_url}, which is no article; it may have been taken down"
            self._findings.trouble(Trouble(url=answer.url, kind="http", message=message))
            return False
        self._findings.keep(answer)
        article = self._article(answer)
        if article and self._lessons.helps(article):
            self._aside.append((article, answer))
            if len(self._aside) >= CLASS:
                self._learn_together()
        elif article:
            self._take_article(article, answer)
        return article is not None

    def _learn_together(self) -> None:
        """Let the pages that were put aside teach each other, and take them."""
        aside, self._aside = self._aside, []
        if len(aside) > 1:
            self._lessons.learn([self._sample(article, answer) for article, answer in aside])
            self._findings.template = self._lessons.learnt
            aside = [(self._article(answer) or article, answer) for article, answer in aside]
        for article, answer in aside:
            self._take_article(article, answer)

    def _sample(self, article: Article, answer: Answer) -> Sample:
        listed = self._listed(answer.url)
        return Sample(
            payload=answer.payload,
            content_type=answer.content_type or "",
            article=article,
            listed=listed.title if listed else "",
        )

    def _article(self, answer: Answer) -> Article | None:
        """What the page says; a page that cannot be read is told as a trouble."""
        try:
            return read_article(
                answer.payload,
                url=answer.final_url,
                content_type=answer.content_type,
                source=self._source,
                listed=self._listed(answer.url),
                template=self._lessons.template,
                fetched=answer.fetched,
            )
        except (Unreadable, LayoutChanged) as error:
            self._findings.trouble(Trouble(url=answer.url, kind="reading", message=str(error)))
        except Exception as error:  # one page must not end the visit, whatever it holds
            log.debug("reading %s", answer.final_url, exc_info=True)
            message = f"{answer.final_url} could not be read ({type(error).__name__}: {error}); please report this"
            self._findings.trouble(Trouble(url=answer.url, kind="reading", message=message))
        return None

    def _listed(self, url: str) -> Headline | None:
        """How the entrances show an address now, else the title they last showed for it."""
        known = self._known.get(url)
        return self._walker.shown.get(url) or (Headline(url=url, title=known.title) if known and known.title else None)

    def _titles(self, url: str) -> set[str]:
        """What entrances call an address, and what they called it last."""
        known = self._known.get(url)
        return {title for title in (*self._walker.titles.get(url, ()), known.title if known else "") if title}

    def _take_article(self, article: Article, answer: Answer) -> None:
        if not article.headline:
            message = (
                f"{answer.url} has no headline, and no entrance shows one for it; check selectors.article.headline"
            )
            self._findings.trouble(Trouble(url=answer.url, kind="reading", message=message))
            return
        why = self._proofs.stands_in(answer, article, self._titles(answer.url))
        if not why:
            self._findings.take(article, answer)
            self._files.want(article)
            return
        status = answer.exchange.status if answer.exchange else None
        message = f"{answer.url} {why}, though it answered {status}; it was not read"
        self._findings.trouble(Trouble(url=answer.url, kind="http", message=message))

    def _trouble(self, answer: Answer) -> None:
        if answer.failure and answer.kind is not Kind.NOT_ASKED:
            self._findings.trouble(Trouble(url=answer.url, kind=answer.failure.kind, message=answer.reason))


def _is_same(known: str, shown: str) -> bool:
    """Are these the same title? One that is not known, or cut off with dots, contradicts nothing."""
    first, second = (unicodedata.normalize("NFC", " ".join(title.split())) for title in (known, shown))
    if not first or not second or first == second:
        return True
    if first.endswith(_CUT_OFF):
        return second.startswith(first.rstrip(".… "))
    return second.endswith(_CUT_OFF) and first.startswith(second.rstrip(".… "))


def _lasting(answer: Answer) -> bool:
    return answer.failure is not None and answer.failure.lasting
