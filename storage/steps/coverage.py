"""A step of the schema: what each look at a list showed, and where nothing proves that nothing was missed."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Bring an archive of the step before up to this one. Whoever opens it holds the transaction."""
    db.executescript(TABLES)
    db.execute(NUMBERS)
    db.execute(AFRESH)
    db.executescript(VIEW)


TABLES = """
alter table sightings add column number integer;
alter table sightings add column not_yet text;
create unique index sightings_number on sightings (number);

create table looks (
  number integer primary key,
  visit integer not null references visits (number),
  source text not null references sources (slug),
  entrance text not null,
  at text not null,
  until text not null,
  times integer not null default 1,
  pages integer not null,
  shown integer not null,
  joins text,
  rows text
) strict;
create index looks_entrance on looks (source, entrance);

create table gaps (
  number integer primary key,
  source text not null references sources (slug),
  entrance text not null,
  since text not null,
  until text not null,
  state text not null default 'open' check (state in ('open', 'closed', 'accepted')),
  opened integer not null references visits (number),
  before integer,
  behind integer,
  tries integer not null default 1,
  why text not null default '',
  ended text,
  how text not null default ''
) strict;
create index gaps_source on gaps (source, entrance);
create index gaps_open on gaps (source, entrance) where state = 'open';
"""

NUMBERS = """
update sightings set number = counted.place from (
  select source, key, entrance, row_number() over (order by first_seen, source, entrance, position) as place
  from sightings
) as counted
where (sightings.source, sightings.key, sightings.entrance) = (counted.source, counted.key, counted.entrance)
"""

# The ledger begins with a look that shows all its rows; one that answers "not modified" shows none.
AFRESH = "update entrances set etag = '', last_modified = '', digest = ''"

# Gaps of several entrances may overlap: each second counts once. What is closed is covered.
VIEW = """
create view coverage_view as
with
  bounds as (
    select source, entrance, min(number) as first, max(number) as last from looks group by source, entrance
  ),
  watched as (
    select
      bounds.source,
      min(opening.at) as since,
      coalesce(
        min(iif(bounds.entrance in (select value ->> '$.url' from json_each(sources.definition, '$.entrances')),
          ending.until, null)),
        max(ending.until)
      ) as until
    from bounds
    join looks as opening on opening.number = bounds.first
    join looks as ending on ending.number = bounds.last
    join sources on sources.slug = bounds.source
    group by bounds.source
  ),
  months (source, month, next, since, until) as (
    select source, date(since, 'start of month'), date(since, 'start of month', '+1 month'), since, until
    from watched
    union all
    select source, next, date(next, '+1 month'), since, until from months where next < until
  ),
  holes as (
    select
      months.source,
      months.month,
      max(gaps.since, months.since, months.month) as since,
      min(gaps.until, months.until, months.next) as until
    from months
    join gaps on gaps.source = months.source and gaps.state <> 'closed'
      and gaps.since < months.next and gaps.until > months.month
  ),
  ahead as (
    select
      *,
      max(until) over (
        partition by source, month order by since, until rows between unbounded preceding and 1 preceding
      ) as reached
    from holes
  ),
  missing as (
    select
      source,
      month,
      sum(max(0, julianday(until) - julianday(max(since, coalesce(reached, since))))) * 86400 as seconds
    from ahead group by source, month
  )
select
  months.source,
  sources.name as ministry,
  substr(months.month, 1, 7) as month,
  cast(round((julianday(min(months.until, months.next)) - julianday(max(months.since, months.month))) * 86400)
    as integer) as watched,
  cast(round(coalesce(missing.seconds, 0)) as integer) as missing,
  round(100 - 100 * coalesce(missing.seconds, 0) / max(1,
    (julianday(min(months.until, months.next)) - julianday(max(months.since, months.month))) * 86400), 4) as covered,
  (
    select count(*) from gaps where gaps.source = months.source
      and gaps.since < months.next and gaps.until > months.month and gaps.state = 'closed'
  ) as closed,
  (
    select count(*) from gaps where gaps.source = months.source
      and gaps.since < months.next and gaps.until > months.month and gaps.state = 'open'
  ) as open
from months
join sources on sources.slug = months.source
left join missing on missing.source = months.source and missing.month = months.month;
"""
