"""A step of the schema: when articles are looked at again, and what shows that they are gone."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from scrapers.sources import Schedule, Source
from storage import second_looks

SECOND_LOOKS = """
create table second_looks (
  article integer primary key references articles (number),
  source text not null references sources (slug),
  host text not null,
  due text not null,
  gap integer not null
) strict;
create index second_looks_due on second_looks (source, gap, due, host);

alter table visits add column looks integer not null default 0;
create index visits_source_started on visits (source, started);
"""

ABSENCES = """
create table absences (
  number integer primary key,
  visit integer not null references visits (number),
  source text not null references sources (slug),
  article integer not null references articles (number),
  url text not null,
  at text not null,
  proof text not null check (proof in ('404', '410', 'soft 404', 'listing')),
  status integer,
  final_url text not null default '',
  sha256 text not null default '',
  why text not null default '',
  counted integer not null check (counted in (0, 1)),
  doubt text not null default ''
) strict;
create index absences_article on absences (article);
create index absences_visit on absences (visit);
create index articles_absent on articles (source) where state <> 'present';

create table canaries (
  host text primary key,
  url text not null,
  fetched text not null,
  status integer not null,
  final_url text not null default '',
  title text not null default '',
  sketch text not null default '[]'
) strict, without rowid;
"""

WITHDRAWALS = """
create view withdrawals_view as
select
  taken.article,
  articles.id,
  taken.source,
  sources.name as ministry,
  taken.headline,
  taken.url,
  (
    select at from changes where article = taken.article and kind = 'missing' and number < taken.number
    order by number desc limit 1
  ) as missing_since,
  taken.at as withdrawn_at,
  (
    select count(*) from absences
    where absences.article = taken.article and counted and absences.visit between taken.back + 1 and taken.visit
  ) as looks,
  (
    select json_group_array(json_object('at', at, 'proof', proof, 'status', status, 'sha256', sha256, 'why', why))
    from (
      select * from absences
      where absences.article = taken.article and counted and absences.visit between taken.back + 1 and taken.visit
      order by absences.number
    )
  ) as proofs,
  (
    select min(at) from changes where article = taken.article and kind = 'restored' and number > taken.number
  ) as restored_at,
  (
    select sha256 from versions where versions.article = taken.article and versions.version = taken.version
  ) as sha256
from (
  select
    changes.*,
    coalesce(
      (
        select max(earlier.visit) from changes as earlier
        where earlier.article = changes.article and earlier.kind = 'restored' and earlier.number < changes.number
      ),
      0
    ) as back
  from changes where kind = 'withdrawn'
) as taken
join articles on articles.number = taken.article
join sources on sources.slug = taken.source;
"""


def apply(db: Database) -> None:
    """Bring an archive of the step before up to this one. Whoever opens it holds the transaction."""
    db.executescript(SECOND_LOOKS + ABSENCES + WITHDRAWALS)
    for slug, definition in db.conn.execute("select slug, definition from sources").fetchall():
        schedule = msgspec.json.decode(definition, type=Source).schedule if definition else Schedule()
        second_looks.replan(db, slug, schedule)
