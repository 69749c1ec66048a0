"""A step of the schema: what kind of edit made each wording out of the one before."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
create table edits (
  article integer not null references articles (number),
  version integer not null,
  position integer not null,
  class text not null,
  field text not null,
  before text not null,
  after text not null,
  why text not null,
  primary key (article, version, position)
) strict, without rowid;
create index edits_class on edits (class);

alter table versions add column spots text not null default '';
create index articles_flapping on articles (source, number) where flapping;
"""

VERSIONS = """
drop view versions_view;
create view versions_view as
select
  versions.article,
  versions.version,
  versions.seen,
  (
    select later.seen from versions as later
    where later.article = versions.article and later.version = versions.version + 1
  ) as until,
  versions.cause,
  versions.fields,
  (
    select group_concat(class, ' ') from (
      select class from edits where edits.article = versions.article and edits.version = versions.version
      group by class order by min(position)
    )
  ) as classes,
  versions.headline,
  iif(versions.record is null, articles.lede, versions.record ->> '$.lede') as lede,
  iif(
    versions.record is null,
    articles.published_local,
    iif(
      versions.record ->> '$.published.precision' = 'day',
      substr(versions.record ->> '$.published.at', 1, 10),
      versions.record ->> '$.published.at'
    )
  ) as published_local,
  iif(versions.record is null, articles.body_text, versions.record ->> '$.body_text') as body_text,
  articles.source,
  articles.id,
  articles.url,
  versions.sha256
from versions join articles on articles.number = versions.article;
"""

CHANGES = """
drop view changes_view;
create view changes_view as
select
  changes.number,
  changes.at,
  changes.kind,
  changes.source,
  sources.name as ministry,
  changes.headline,
  iif(
    changes.kind = 'revised',
    (
      select earlier.headline from versions as earlier
      where earlier.article = changes.article and earlier.version = changes.version - 1
    ),
    null
  ) as headline_before,
  changes.fields,
  iif(
    changes.kind = 'revised',
    (
      select group_concat(class, ' ') from (
        select class from edits where edits.article = changes.article and edits.version = changes.version
        group by class order by min(position)
      )
    ),
    null
  ) as classes,
  changes.cause,
  changes.url,
  changes.article,
  articles.id,
  articles.published,
  changes.version,
  visits.id as visit
from changes
join articles on articles.number = changes.article
join sources on sources.slug = changes.source
join visits on visits.number = changes.visit;
"""

EDITS = """
create view edits_view as
select
  versions.seen,
  articles.source,
  sources.name as ministry,
  versions.headline,
  edits.class,
  edits.field,
  edits.before,
  edits.after,
  edits.why,
  exists (
    select 1 from edits as other
    where other.article = edits.article and other.version = edits.version and other.class = 'silent'
  ) as silent,
  edits.article,
  edits.version,
  edits.position,
  articles.id,
  articles.published,
  articles.url
from edits
join versions on versions.article = edits.article and versions.version = edits.version
join articles on articles.number = edits.article
join sources on sources.slug = articles.source
where edits.class <> 'silent';
"""


def apply(db: Database) -> None:
    """Bring an archive of the step before up to this one. Whoever opens it holds the transaction."""
    for statement in (TABLES + VERSIONS + CHANGES + EDITS).split(";\n"):
        db.execute(statement)
