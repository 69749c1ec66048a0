"""Says of each source how it was watched: how many visits, since when, and the longest time without one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.export import Selection

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


def watch(archive: Path, selection: Selection) -> list[dict[str, object]]:
    """Return one line for each source; hours without a good visit are 0 where there was only one."""
    with closing(sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        rows = db.execute(_WATCHED.format(where=selection.rows(["source", "started"])), selection.values)
        return [dict(row) | {"longest_hours_without": row["longest_hours_without"] or 0} for row in rows]
