"""Gathers what a visit brings back, and hands it over as one Visit or, when it grows long, in parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from scrapers.answers import Answer
from scrapers.items import Article, Exchange, Reading, Sighting, Template, Trouble, Verdict, Visit
from scrapers.observations import Absence, Canary, File, Listing

_READINGS = 20
_BYTES = 4 * 1024 * 1024
"""A part is handed over when it holds so many readings, or so many bytes of evidence."""

Judge = Callable[[], tuple[Verdict, str]]
IsRead = Callable[[], bool]


class Findings:
    """What a visit found so far."""

    def __init__(
        self,
        *,
        id: str,  # noqa: A002
        source: str,
        now: Callable[[], datetime],
        part: Callable[[Visit], None] | None = None,
        first_part: int = 0,
    ) -> None:
        self._id, self._source, self.now, self._hand_over = id, source, now, part
        self._started = now()
        self._part = first_part
        self._entrances: list[tuple[Exchange, IsRead]] = []
        self._told = 0
        self._bytes = 0
        self._lists: dict[str, list[Any]] = {}
        self.sightings: list[Sighting] = []
        self.absences: list[Absence] = []
        self.listings: list[Listing] = []
        self.judge: Judge = lambda: (Verdict.FINE, "")
        self.not_before: datetime | None = None
        self.template: Template | None = None
        """What was learnt in this visit."""

    # -- what is found ----------------------------------------------------------------------------------------------

    def note_robots(self, url: str, *, elapsed: float, status: int | None, size: int, error: str) -> None:
        started = self.now() - timedelta(seconds=elapsed)
        self._add(
            "exchanges",
            Exchange(
                url=url,
                final_url=url,
                purpose="robots",
                started=started,
                elapsed=round(elapsed, 4),
                status=status,
                size=size,
                error=error,
            ),
        )

    def note_entrance(self, exchange: Exchange, *, is_read: IsRead) -> None:
        """Note an entrance's page; its validators count once ``is_read`` says that all it shows has been read."""
        self._entrances.append((exchange, is_read))

    def note_article(self, answer: Answer) -> None:
        if answer.exchange:
            self._add("exchanges", answer.exchange)

    def keep(self, answer: Answer) -> None:
        """Keep a page as evidence."""
        self._add("evidence", answer.evidence())
        self._bytes += len(answer.payload)

    def take(self, article: Article, answer: Answer) -> None:
        """Take an article that was read from ``answer``."""
        assert answer.exchange
        if answer.final_url != answer.url:
            self._add("moved", (answer.url, article.url))
        self._add(
            "readings",
            Reading(
                article=article,
                sha256=answer.sha256,
                etag=answer.exchange.etag,
                last_modified=answer.exchange.last_modified,
            ),
        )

    def note_file(self, file: File) -> None:
        self._add("files", file)
        self._bytes += len(file.text)

    def note_unchanged(self, url: str) -> None:
        self._add("unchanged", url)

    def note_canary(self, canary: Canary) -> None:
        self._add("canaries", canary)

    def trouble(self, trouble: Trouble) -> None:
        self._add("troubles", trouble)

    @property
    def readings(self) -> list[Reading]:
        """The readings not handed over yet."""
        return self._lists.get("readings", [])

    # -- how it is handed over --------------------------------------------------------------------------------------

    def hand_over_when_long(self) -> None:
        """Hand a part over when enough has come together. Between two articles, never inside one."""
        if self._hand_over and self.is_long:
            self._hand_over(self._cut(last=False))

    @property
    def is_long(self) -> bool:
        return len(self.readings) >= _READINGS or self._bytes >= _BYTES

    def finish(self) -> Visit:
        """Return the visit, or its last part."""
        return self._cut(last=True)

    def _cut(self, *, last: bool) -> Visit:
        verdict, why = self.judge()
        found, self._lists, self._bytes = self._lists, {}, 0
        exchanges = [*found.pop("exchanges", []), *(self._final_exchanges() if last else self._bare_exchanges())]
        visit = Visit(
            id=self._id,
            part=self._part,
            last=last,
            source=self._source,
            started=self._started,
            finished=self.now(),
            verdict=verdict,
            why=why,
            exchanges=tuple(sorted(exchanges, key=lambda exchange: exchange.started)),
            sightings=tuple(self.sightings) if last else (),
            gone=tuple(absence.url for absence in self.absences) if last else (),
            absences=tuple(self.absences) if last else (),
            listings=tuple(self.listings) if last else (),
            not_before=self.not_before,
            template=self.template,
            **{name: tuple(values) for name, values in found.items()},
        )
        self._part += 1
        return visit

    def _bare_exchanges(self) -> list[Exchange]:
        """Entrances' pages not told yet. If the visit dies now, the next one must see them whole again."""
        untold, self._told = self._entrances[self._told :], len(self._entrances)
        return [_bare(exchange) for exchange, _ in untold]

    def _final_exchanges(self) -> list[Exchange]:
        """Entrances' pages: those not told yet, and those that can be told with their validators now."""
        final = [exchange if is_read() else _bare(exchange) for exchange, is_read in self._entrances]
        return [exchange for place, exchange in enumerate(final) if place >= self._told or exchange != _bare(exchange)]

    def _add(self, name: str, value: Any) -> None:
        self._lists.setdefault(name, []).append(value)


def _bare(exchange: Exchange) -> Exchange:
    return replace(exchange, etag="", last_modified="", digest="")
