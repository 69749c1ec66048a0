"""Visits somebody asks for while a daemon runs: the notes a command leaves for it, and how each visit went."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime

from health import judge
from home import Home
from scrapers.items import Change, Record, Verdict
from scrapers.sources import Source
from storage import visits
from storage.changes import made_by
from storage.database import Database, open_readonly

PATIENCE = 2
"""So many times a source's own limit may pass before we stop waiting: another visit may have to end first."""
_LOOK = 0.1


class Visited(Record, frozen=True, kw_only=True):
    """One visit as the person who asked for it wants to hear of it."""

    source: str
    verdict: Verdict
    why: str
    changes: tuple[Change, ...] = ()


def tally(changes: Iterable[Change]) -> str:
    """Sum changes up in words: "3 new, 1 revised", or "no news"."""
    kinds = [change.kind for change in changes]
    counts = [f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)]
    return ", ".join(counts) or "no news"


def take(home: Home, busy: Collection[str]) -> list[str]:
    """Take the notes that wait, and return the sources they name.

    The note for one that is being visited stays until it can be visited anew.
    """
    names = sorted(path.name for path in home.wanted.iterdir()) if home.wanted.is_dir() else []
    ready = [name for name in names if name not in busy]
    for name in ready:
        (home.wanted / name).unlink(missing_ok=True)
    return ready


def ask(home: Home, sources: Sequence[Source], *, daemon: int | None, now: Callable[[], datetime]) -> list[Visited]:
    """Have the daemon (its pid) that runs on ``home`` visit ``sources`` now; wait, and return how it went.

    A source that does not come back within its own time limit, or because the daemon ended, is reported as broken.
    """
    with closing(open_readonly(home.database)) as db:
        errand = _Errand(home, db, sources, asked=now())
        while errand.waiting and _runs(daemon) and errand.is_worth_waiting(now()):
            errand.look()
            time.sleep(_LOOK)
        errand.look()
        return errand.end(runs=_runs(daemon))


class _Errand:
    """Several sources asked for at once, and what is known of each so far."""

    def __init__(self, home: Home, db: Database, sources: Sequence[Source], *, asked: datetime) -> None:
        self.waiting = {source.slug: source for source in sources}
        self._home, self._db, self._asked = home, db, asked
        # What is there before anything is asked for is not the answer.
        self._before = {slug: {visit.id for visit in visits.last(db, slug, 3)} for slug in self.waiting}
        self._told: list[Visited] = []
        for slug in self.waiting:
            (home.wanted / slug).touch()

    def is_worth_waiting(self, now: datetime) -> bool:
        return any(now < self._asked + PATIENCE * source.limits.duration for source in self.waiting.values())

    def look(self) -> None:
        for slug in list(self.waiting):
            history = visits.last(self._db, slug, 3)
            if (self._home.wanted / slug).exists():
                self._before[slug] |= {visit.id for visit in history}
            elif history and history[0].complete and history[0].id not in self._before[slug]:
                last, why = history[0], judge(history).why
                changes = made_by(self._db, last.id)
                self._told.append(Visited(source=slug, verdict=last.verdict, why=why, changes=changes))
                del self.waiting[slug]

    def end(self, *, runs: bool) -> list[Visited]:
        why = "the daemon did not visit it in time; see its log" if runs else "the daemon ended first; ask again"
        for slug in self.waiting:
            (self._home.wanted / slug).unlink(missing_ok=True)
            self._told.append(Visited(source=slug, verdict=Verdict.BROKEN, why=why))
        return self._told


def utc_now() -> datetime:
    return datetime.now(UTC)


def _runs(pid: int | None) -> bool:
    """True while the process lives; an unknown one is believed to."""
    if pid is None:
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
