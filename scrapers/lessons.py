"""What a visit knows and learns of a website's pages, so that each is read by what the others teach."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from scrapers.items import Article, Memory, Sample, Template
from scrapers.reading.learning import following, learn

log = logging.getLogger(__name__)

CLASS = 8
"""So many pages of a website nobody knows yet wait for each other before they are read."""
_GENERAL = "general"


class Lessons:
    """The template a visit reads by: the archive's, or one learnt anew."""

    def __init__(self, memory: Memory) -> None:
        self.template = memory.template
        self.learnt: Template | None = None
        """What the archive does not know yet."""
        self._source, self._samples = memory.source, memory.samples

    async def prepare(self) -> None:
        """Learn from the archive's pages when that is due; in a thread, for other visits go on meanwhile."""
        samples, self._samples = self._samples, ()
        if samples:
            await asyncio.to_thread(self.learn, samples)

    def learn(self, samples: Sequence[Sample]) -> None:
        """Learn from these pages; what cannot be learnt must not keep a visit from being made."""
        try:
            learnt = learn(samples)
        except Exception:
            log.warning("%s: nothing could be learnt from its pages; please report this", self._source, exc_info=True)
        else:
            self.template = self.learnt = following(self.template, learnt)

    def helps(self, article: Article) -> bool:
        """Whether an article would be read better if more pages of its website were known."""
        text = next((reason.rule for reason in article.passport if reason.field == "body_text"), "")
        return self.template is None and article.layout == _GENERAL and not text.startswith("source: ")
