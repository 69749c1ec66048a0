"""A step of the schema: how ministries publish, as views over a narrow table, so that a million articles take seconds."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Bring an archive of the step before up to this one. Whoever opens it holds the transaction."""
    db.executescript(APPEARANCES + DELAYS + PUNCTUALITY + HABITS + FATES + SILENCES + TERMS)


# One short row for each article: what is asked of all of them is not read through their texts.
APPEARANCES = """
create table appearances (
  article integer primary key references articles (number),
  source text not null references sources (slug),
  seen text not null,
  not_yet text,
  stated text,
  stated_local text,
  precision text
) strict;

insert into appearances (article, source, seen, stated, stated_local, precision)
select
  number, source, first_seen, first_published,
  iif(published is first_published, published_local, null),
  iif(published is first_published, published_precision, null)
from articles;

create trigger appearances_insert after insert on articles begin
  insert into appearances (article, source, seen, stated, stated_local, precision)
  values (
    new.number, new.source, new.first_seen, new.first_published, new.published_local, new.published_precision
  );
end;
create trigger appearances_stated after update of first_published on articles
when new.first_published is not old.first_published begin
  update appearances set
    stated = new.first_published,
    stated_local = iif(new.published is new.first_published, new.published_local, null),
    precision = iif(new.published is new.first_published, new.published_precision, null)
  where article = new.number;
end;
create trigger appearances_delete after delete on articles begin
  delete from appearances where article = old.number;
end;
-- The least of several: what one list did not show yet, another may have shown already.
create trigger appearances_not_yet after update of article, not_yet on sightings
when new.article is not null and new.not_yet is not null
  and (old.article is not new.article or old.not_yet is not new.not_yet) begin
  update appearances set
    not_yet = min(new.not_yet, coalesce(not_yet, new.not_yet)), seen = min(seen, new.first_seen)
  where article = new.article and seen > new.not_yet;
end;

create index changes_turns on changes (kind, cause, article) where kind <> 'new';
"""

# Midnight of a bare day is no time: such an article is late only when its whole day was over.
DELAYS = """
create view delays_view as
select
  appearances.article,
  appearances.source,
  sources.name as ministry,
  substr(appearances.seen, 1, 7) as month,
  appearances.stated,
  appearances.stated_local,
  appearances.not_yet,
  appearances.seen,
  iif(precision = 'day', null, round((julianday(seen) - julianday(stated)) * 1440, 1)) as minutes,
  round(max(0, julianday(not_yet) - julianday(stated) - iif(precision = 'day', 1, 0)) * 1440, 1) as least,
  julianday(not_yet) - julianday(stated) - iif(precision = 'day', 1, 0) > 1 / 24.0 - 1e-6 as backdated
from appearances join sources on sources.slug = appearances.source
where not_yet is not null and stated is not null;
"""

PUNCTUALITY = """
create view punctuality_view as
select
  source,
  ministry,
  month,
  count(*) as articles,
  count(minutes) as timed,
  round(avg(iif(place in ((timed + 1) / 2, (timed + 2) / 2), minutes, null)), 1) as median_minutes,
  max(iif(place = (timed * 9 + 9) / 10, minutes, null)) as ninth_decile_minutes,
  sum(backdated) as backdated,
  round(100.0 * sum(backdated) / count(*), 1) as backdated_percent
from (
  select
    source,
    ministry,
    month,
    minutes,
    backdated,
    row_number() over ranked as place,
    count(minutes) over (ranked rows between unbounded preceding and unbounded following) as timed
  from delays_view
  window ranked as (partition by source, month order by minutes is null, minutes)
)
group by source, month;
"""

HABITS = """
create view habits_view as
with clocked as (
  select
    source,
    substr(stated_local, 1, 7) as month,
    precision <> 'day' as timed,
    substr(stated_local, 12, 5) as clock,
    strftime('%w', substr(stated_local, 1, 10)) as weekday
  from appearances where stated_local is not null
)
select
  clocked.source,
  sources.name as ministry,
  clocked.month,
  count(*) as articles,
  sum(weekday in ('0', '6')) as weekend,
  round(100.0 * sum(weekday in ('0', '6')) / count(*), 1) as weekend_percent,
  sum(timed) as timed,
  sum(timed and (weekday in ('0', '6') or clock < '08:00' or clock >= '18:00')) as out_of_hours,
  round(100.0 * sum(timed and (weekday in ('0', '6') or clock < '08:00' or clock >= '18:00')) / sum(timed), 1)
    as out_of_hours_percent,
  sum(timed and weekday = '5' and clock >= '17:00') as friday_evening,
  round(100.0 * sum(timed and weekday = '5' and clock >= '17:00') / sum(timed), 1) as friday_evening_percent
from clocked join sources on sources.slug = clocked.source
group by clocked.source, clocked.month;
"""

FATES = """
create view fates_view as
with
  turned (article, revised, silent, withdrawn) as (
    select
      changes.article,
      max(changes.kind = 'revised' and changes.cause = 'ministry'),
      max(changes.kind = 'revised' and changes.cause = 'ministry' and edits.class is not null),
      max(changes.kind = 'withdrawn')
    from changes left join edits
      on edits.article = changes.article and edits.version = changes.version and edits.class = 'silent'
    where changes.kind <> 'new' and changes.kind in ('revised', 'withdrawn')
    group by changes.article
  )
select
  appearances.source,
  sources.name as ministry,
  substr(appearances.seen, 1, 7) as month,
  count(*) as articles,
  count(nullif(turned.revised, 0)) as revised,
  round(100.0 * count(nullif(turned.revised, 0)) / count(*), 1) as revised_percent,
  count(nullif(turned.silent, 0)) as silent,
  round(100.0 * count(nullif(turned.silent, 0)) / count(*), 1) as silent_percent,
  count(nullif(turned.withdrawn, 0)) as withdrawn,
  round(100.0 * count(nullif(turned.withdrawn, 0)) / count(*), 1) as withdrawn_percent
from appearances
join sources on sources.slug = appearances.source
left join turned on turned.article = appearances.article
group by appearances.source, substr(appearances.seen, 1, 7);
"""

SILENCES = """
create view silences_view as
select source, ministry, since, until, round(julianday(until) - julianday(since), 2) as days
from (
  select
    appearances.source,
    sources.name as ministry,
    lag(coalesce(stated, seen)) over (partition by source order by coalesce(stated, seen)) as since,
    coalesce(stated, seen) as until
  from appearances join sources on sources.slug = appearances.source
)
where since is not null;
"""

# Every word of every article where it stands; asked for one word, it reads only where that is.
TERMS = """
create virtual table articles_terms using fts5vocab (articles_fts, instance);

create view terms_view as
select
  articles_terms.term,
  articles_terms.col as field,
  appearances.source,
  sources.name as ministry,
  substr(coalesce(appearances.stated_local, appearances.seen), 1, 7) as month,
  appearances.article
from articles_terms
join appearances on appearances.article = articles_terms.doc
join sources on sources.slug = appearances.source
where articles_terms.col in ('headline', 'lede', 'body_text');
"""
