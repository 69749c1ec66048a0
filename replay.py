"""Reads stored pages again with today's reader, and says what it would tell differently: nothing is fetched for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from scrapers.items import Article, Record, Template
from scrapers.reading.article import read_article
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.sources import Source
from storage import sources, templates
from storage.database import ArchiveError, Database
from storage.evidence import page
from storage.known import is_poorer
from storage.rereading import Kept, Selection, as_kept, differences, wordings

Definition = Callable[[str], Source | None]
"""How a source is defined today."""


class Reread(Record, frozen=True, kw_only=True):
    """A stored page, read again."""

    kept: Kept
    article: Article | None = None
    """As the archive would hold it now; None when it could not be read."""
    fields: tuple[str, ...] = ()
    """What a reader would see differ."""
    others: tuple[str, ...] = ()
    """What else differs."""
    trouble: str = ""
    """Why it could not be read, or is better left as it is: a sentence."""

    @property
    def differs(self) -> bool:
        return self.article is not None and bool(self.fields or self.others)


def replay(db: Database, warc: Path, wanted: Selection, *, definition: Definition) -> Iterator[list[Reread]]:
    """Read the pages of the wanted wordings again, some at a time; memory stays flat however many they are.

    Each is read by its source's present ``definition`` (the one the archive knows where there is none), with what was
    learnt of its website last and the title an entrance showed for it.
    """
    reader = _Reader(db, warc, definition)
    for some in wordings(db, wanted):
        yield [reader.again(kept) for kept in some]


class _Reader:
    def __init__(self, db: Database, warc: Path, definition: Definition) -> None:
        self.db, self.warc, self._definition = db, warc, definition
        self._known: dict[str, tuple[Source | None, Template | None]] = {}

    def again(self, kept: Kept) -> Reread:
        try:
            article = as_kept(self._read(kept), kept.article)
        except KeyError:
            return Reread(kept=kept, trouble="its page was never kept, or was pruned")
        except ArchiveError as error:
            return Reread(kept=kept, trouble=str(error))
        except (Unreadable, LayoutChanged) as error:
            return Reread(kept=kept, trouble=str(error))
        except Exception as error:  # one page must not keep the others from being read, whatever it holds
            return Reread(kept=kept, trouble=f"{type(error).__name__}: {error}; please report this")
        if not article.headline:
            return Reread(kept=kept, trouble="no headline was found in it")
        if is_poorer(kept.article, article):
            layout = kept.article.layout
            return Reread(kept=kept, trouble=f"layout {layout} matches no more; what it read is better than a guess")
        seen, others = differences(kept.article, article)
        return Reread(kept=kept, article=article, fields=seen, others=others)

    def _read(self, kept: Kept) -> Article:
        payload, kind = page(self.db, self.warc, kept.sha256)
        source, template = self._source(kept.source)
        return read_article(
            payload,
            url=kept.url,
            content_type=kind or None,
            source=source,
            listed=kept.listed,
            template=template,
            fetched=kept.fetched,
        )

    def _source(self, slug: str) -> tuple[Source | None, Template | None]:
        if slug not in self._known:
            source = self._definition(slug) or sources.definition(self.db, slug)
            self._known[slug] = source, templates.current(self.db, slug)
        return self._known[slug]
