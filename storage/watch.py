"""Says of each source how it was watched: visits, the longest time without one, and what is proven to be covered."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from storage import moments
from storage.coverage import Coverage, coverage
from storage.database import open_readonly
from storage.export import Selection
from storage.sources import definition

_WATCHED = """
with looks as (
  select
    source, id, min(started) as started, max(verdict = 'fine') as fine
  from visits where {where} group by id
),
spaced as (
  select source, started, fine, lag(started) over (partition by source order by started) as before from looks where fine
)
select
  source,
  (select count(*) from looks where looks.source = spaced.source) as visits,
  count(*) as fine_visits,
  min(started) as first_visit,
  max(started) as last_visit,
  round(max((julianday(started) - julianday(before)) * 24), 2) as longest_hours_without
from spaced group by source order by source
"""


def watch(archive: Path, selection: Selection, *, now: datetime) -> list[dict[str, object]]:
    """Return one line for each source that was visited; hours without a good visit are 0 where there was only one."""
    with closing(open_readonly(archive)) as db:
        rows = db.query(_WATCHED.format(where=selection.rows(["source", "started"])), selection.values)
        return [
            row
            | {"longest_hours_without": row["longest_hours_without"] or 0}
            | _proven(_coverage(db, str(row["source"]), selection, now=now))
            for row in list(rows)
        ]


def _coverage(db: Database, source: str, selection: Selection, *, now: datetime) -> Coverage:
    followed = definition(db, source)
    zone = ZoneInfo(followed.timezone if followed else "UTC")
    since = datetime.combine(selection.since, time(), zone) if selection.since else None
    until = datetime.combine(selection.until + timedelta(days=1), time(), zone) if selection.until else None
    return coverage(db, source, now=now, since=since, until=until)


def _proven(one: Coverage) -> dict[str, object]:
    """Tell of how much of the time the lists themselves prove that nothing was missed; ``null`` where they prove nothing."""
    return {
        "covered_percent": None if one.share is None else round(100 * one.share, 4),
        "covered_since": moments.text(one.since) if one.since else None,
        "covered_until": moments.text(one.until) if one.until else None,
        "missing_seconds": round(one.missing.total_seconds()),
        "gaps": [
            {"since": moments.text(gap.since), "until": moments.text(gap.until), "state": gap.state, "why": gap.why}
            for gap in one.gaps
        ],
        "entrances_not_seen": list(one.unseen),
    }
