"""What shows that an article is not there any more: each look that missed it, with its proof, and what it amounts to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from sqlite_utils import Database

from scrapers.items import Record, Verdict, Visit
from scrapers.observations import Absence, Canary, Standing
from scrapers.sources import Schedule
from storage import moments, second_looks, states

_FEW, _SHARE, _MANY = 4, 5, 100_000
"""When so many articles are missing, and they are more than one in five, the website was rebuilt or is in trouble."""


class Withdrawal(Record, frozen=True, kw_only=True):
    """An article that was taken down, and how that was seen."""

    number: int
    id: str
    source: str
    headline: str
    url: str
    state: Literal["missing", "withdrawn", "restored"]
    missing_since: str | None
    withdrawn_at: str | None
    looks: tuple[Look, ...]
    restored_at: str | None
    sha256: str
    """The last page it was read from."""


class Look(Record, frozen=True, kw_only=True):
    """One look that missed an article."""

    at: str
    proof: str
    status: int | None
    sha256: str
    """The answer that shows it; "" when it was not kept."""
    why: str
    doubt: str = ""
    """Why it does not count."""


def told(visit: Visit) -> list[Absence]:
    """Return the absences a visit tells of. One of an older Bantin says no more than that articles are gone."""
    known = {absence.url for absence in visit.absences}
    bare = [url for url in visit.gone if url not in known]
    statuses = {exchange.url: exchange.status for exchange in visit.exchanges if exchange.purpose == "article"}
    return [*visit.absences, *(_bare(visit, url, statuses.get(url), len(bare)) for url in bare)]


def _bare(visit: Visit, url: str, status: int | None, count: int) -> Absence:
    present = len(visit.unchanged) + len(visit.readings)
    doubt = f"{count} articles were missed and {present} found" if count > 2 and count > present else ""
    proof: Literal["404", "410"] = "410" if status == 410 else "404"
    return Absence(url=url, at=visit.finished, proof=proof, status=status or 404, doubt=doubt)


def shows_its_news(visit: Visit) -> bool:
    """True when an entrance was as it should be, even if another one was rebuilt.

    A site in trouble answers 404 for everything; only a healthy one says anything by it.
    """
    unchanged = any(exchange.purpose == "entrance" and exchange.status == 304 for exchange in visit.exchanges)
    return visit.verdict is Verdict.FINE or (visit.verdict is Verdict.CHANGED and (unchanged or bool(visit.sightings)))


def take(
    db: Database, visit: Visit, visit_number: int, number: int, absence: Absence, *, now: datetime, schedule: Schedule
) -> Literal["missing", "withdrawn"] | None:
    """Note that an article was missed; return its new state if that changed.

    A look in doubt makes an article missing at most, one at a website in trouble not even that. One that is withdrawn
    already needs no further proof.
    """
    state, source = db.conn.execute("select state, source from articles where number = ?", [number]).fetchone()
    healthy = shows_its_news(visit)
    doubt = _doubt(db, source, absence) if healthy else f"the website was in trouble: {visit.why or visit.verdict}"
    if state != "withdrawn":
        _note(db, visit_number, source, number, absence, doubt=doubt)
    if not healthy:
        return None
    looks = [] if doubt else counted(db, number, now=now)
    after = states.after(state, looks, withdrawn_after=schedule.withdrawn_after)
    states.missed(db, number, after, counted=not doubt, now=now)
    return None if after == state else after


def _doubt(db: Database, source: str, absence: Absence) -> str:
    """Say why a look proves nothing: too much went missing at once, in this visit or over several of them."""
    if absence.doubt:
        return absence.doubt
    query = "select count(*) from (select 1 from {} limit ?)"
    missing = db.conn.execute(
        query.format("articles where source = ? and state = 'missing' and state <> 'present'"), [source, _MANY]
    ).fetchone()[0]
    if missing < _FEW:
        return ""
    articles = db.conn.execute(query.format("second_looks where source = ?"), [source, _SHARE * missing]).fetchone()[0]
    if articles >= _SHARE * missing:
        return ""
    return f"{missing} of {articles} articles are missing at once, as after a website was rebuilt"


def counted(db: Database, number: int, *, now: datetime) -> list[datetime]:
    """Return when the looks that count missed an article, since it was there last; those of a wrong clock left out."""
    rows = db.conn.execute(
        """
        select at from absences
        where article = :number and counted and at <= :beyond
          and visit > coalesce((select max(visit) from changes where article = :number and kind = 'restored'), 0)
        """,
        {"number": number, "beyond": moments.text(now + moments.SETBACK)},
    )
    return [moments.moment(at) for (at,) in rows]


def _note(db: Database, visit: int, source: str, number: int, absence: Absence, *, doubt: str) -> None:
    db.conn.execute(
        """
        insert into absences (visit, source, article, url, at, proof, status, final_url, sha256, why, counted, doubt)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            visit,
            source,
            number,
            absence.url,
            moments.text(absence.at),
            absence.proof,
            absence.status,
            absence.final_url,
            absence.sha256,
            absence.why,
            not doubt,
            doubt,
        ],
    )


def withdrawals(db: Database, *, source: str | None = None, number: int | None = None) -> list[Withdrawal]:
    """Return what was taken down, by one source or all, or one article's story, the latest first."""
    rows = db.conn.execute(
        """
        select article, id, source, headline, url, missing_since, withdrawn_at, proofs, restored_at, sha256
        from withdrawals_view where source = coalesce(:source, source) and article = coalesce(:number, article)
        order by withdrawn_at desc, article desc
        """,
        {"source": source, "number": number},
    )
    return [
        Withdrawal(
            number=article,
            id=tag,
            source=slug,
            headline=headline,
            url=url,
            state="restored" if restored_at else "withdrawn",
            missing_since=since,
            withdrawn_at=at,
            looks=msgspec.json.decode(proofs, type=tuple[Look, ...]),
            restored_at=restored_at,
            sha256=sha256 or "",
        )
        for article, tag, slug, headline, url, since, at, proofs, restored_at, sha256 in rows
    ]


def missing(db: Database, *, source: str | None = None, number: int | None = None) -> list[Withdrawal]:
    """Return what is missing now and may turn out to be withdrawn, with all looks that missed it."""
    rows = db.conn.execute(
        """
        select number, id, articles.source, headline, url, missing_since,
          (select sha256 from versions where article = number and version = articles.versions)
        from articles
        where state = 'missing' and state <> 'present' and source = coalesce(:source, source) and number = coalesce(:number, number)
        order by missing_since desc, number desc
        """,
        {"source": source, "number": number},
    ).fetchall()
    return [
        Withdrawal(
            number=article,
            id=tag,
            source=slug,
            headline=headline,
            url=url,
            state="missing",
            missing_since=since,
            withdrawn_at=None,
            looks=tuple(_looks(db, article)),
            restored_at=None,
            sha256=sha256 or "",
        )
        for article, tag, slug, headline, url, since, sha256 in rows
    ]


def _looks(db: Database, number: int) -> Iterator[Look]:
    for at, proof, status, sha256, why, doubt in db.conn.execute(
        """
        select at, proof, status, sha256, why, doubt from absences
        where article = :number
          and visit > coalesce((select max(visit) from changes where article = :number and kind = 'restored'), 0)
        order by number
        """,
        {"number": number},
    ):
        yield Look(at=at, proof=proof, status=status, sha256=sha256, why=why, doubt=doubt)


# -- what a visit must know -------------------------------------------------------------------------------------------


WITNESSES = 4
"""Of the articles of each gap so many may be asked whether the website is healthy."""


def standing(db: Database, slugs: Sequence[str]) -> Standing:
    """Return where articles of these sources stood that are withdrawn, and where some stand that ought to be there.

    The oldest first: a rebuilt website forgets them, and shows its newest ones all the same.
    """
    marks = ", ".join("?" * len(slugs))
    # Twice over, so that SQLite sees that the index of those not present will do.
    withdrawn = db.conn.execute(
        f"select url from articles where state = 'withdrawn' and state <> 'present' and source in ({marks})", slugs
    )
    present = [
        url
        for slug in slugs
        for gap in sorted(second_looks.gaps(db, slug), reverse=True)
        for (url,) in db.conn.execute(
            """
            select url from second_looks cross join articles on number = article
            where second_looks.source = ? and gap = ? and state = 'present' order by due desc limit ?
            """,
            [slug, gap, WITNESSES],
        )
    ]
    return Standing(present=tuple(dict.fromkeys(present)), given_up=tuple(url for (url,) in withdrawn))


def keep_canaries(db: Database, canaries: Collection[Canary]) -> None:
    """Keep what hosts answered last for addresses that never were."""
    db.conn.executemany(
        """
        insert or replace into canaries (host, url, fetched, status, final_url, title, sketch)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (
                canary.host,
                canary.url,
                moments.text(canary.fetched),
                canary.status,
                canary.final_url,
                canary.title,
                msgspec.json.encode(canary.sketch).decode(),
            )
            for canary in canaries
        ],
    )


def canaries(db: Database, hosts: Collection[str]) -> tuple[Canary, ...]:
    """Return what these hosts answered last for an address that never was."""
    marks = ", ".join("?" * len(hosts))
    rows = db.conn.execute(
        f"select host, url, fetched, status, final_url, title, sketch from canaries where host in ({marks})",
        list(hosts),
    )
    return tuple(
        Canary(
            host=host,
            url=url,
            fetched=moments.moment(fetched),
            status=status,
            final_url=final_url,
            title=title,
            sketch=msgspec.json.decode(sketch, type=tuple[int, ...]),
        )
        for host, url, fetched, status, final_url, title, sketch in rows
    )
