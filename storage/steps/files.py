"""A step of the schema: attached files with their versions, and official numbers as places in series."""

from __future__ import annotations

from sqlite_utils import Database

from scrapers.addresses import file_key
from storage.numbers import folded, place


def apply(db: Database) -> None:
    """Bring an archive of the step before up to this one. Whoever opens it holds the transaction."""
    for script in (FILES, NUMBERS):
        for statement in script.split(";\n"):
            db.execute(statement)
    _fill_in(db)
    for statement in (ATTACHMENTS_VIEW, FILE_VERSIONS_VIEW, CITATIONS_VIEW, SERIES_VIEW, GAPS_VIEW):
        for part in statement.split(";\n"):
            db.execute(part)


def _fill_in(db: Database) -> None:
    """Work out for what an older archive holds what SQL cannot."""
    attachments = db.execute("select article, position, url from attachments").fetchall()
    db.conn.executemany(
        "update attachments set key = ? where article = ? and position = ?",
        [(file_key(url), article, position) for article, position, url in attachments],
    )
    documents = db.execute("select document, scheme from documents").fetchall()
    db.conn.executemany(
        "update documents set folded = ?, series = ?, serial = ? where document = ?",
        [(folded(number), *place(number, scheme), number) for number, scheme in documents],
    )


FILES = """
create table files (
  number integer primary key,
  source text not null references sources (slug),
  key text not null,
  url text not null,
  state text not null check (state in ('waiting', 'present', 'gone', 'failed')),
  sha256 text not null default '',
  size integer,
  type text not null default '',
  name text not null default '',
  pages integer,
  etag text not null default '',
  last_modified text not null default '',
  article integer not null references articles (number),
  first_seen text not null,
  last_seen text,
  looked_at text,
  tries integer not null default 0,
  versions integer not null default 0,
  note text not null default '',
  unique (source, key)
) strict;
create index files_waiting on files (source, number) where state = 'waiting';
create index files_looked_at on files (source, looked_at);
create table file_versions (
  file integer not null references files (number),
  version integer not null,
  seen text not null,
  visit integer not null references visits (number),
  sha256 text not null,
  content text not null default '',
  size integer not null,
  type text not null default '',
  name text not null default '',
  pages integer,
  text text not null default '',
  note text not null default '',
  primary key (file, version)
) strict;
create index file_versions_sha256 on file_versions (sha256);
alter table attachments add column sha256 text not null default '';
alter table attachments add column key text not null default ''
"""

NUMBERS = """
alter table documents add column folded text not null default '';
alter table documents add column series text not null default '';
alter table documents add column serial integer;
create index documents_folded on documents (folded);
create index documents_series on documents (scheme, series, year, serial) where serial is not null
"""

ATTACHMENTS_VIEW = """
drop view attachments_view;
create view attachments_view as
select
  attachments.url,
  attachments.title,
  attachments.type,
  attachments.size,
  attachments.article,
  articles.id,
  articles.source,
  articles.headline,
  articles.published,
  articles.published_local,
  articles.url as article_url,
  files.number as file,
  coalesce(files.state, 'listed') as state,
  coalesce(nullif(attachments.sha256, ''), files.sha256, '') as sha256,
  files.size as bytes,
  files.type as file_type,
  files.pages,
  coalesce(files.versions, 0) as versions,
  files.last_seen as fetched,
  coalesce(files.note, '') as note
from attachments
join articles on articles.number = attachments.article
left join files on files.source = articles.source and files.key = attachments.key
"""

FILE_VERSIONS_VIEW = """
create view file_versions_view as
select
  file_versions.file,
  file_versions.version,
  file_versions.seen,
  (
    select later.seen from file_versions as later
    where later.file = file_versions.file and later.version = file_versions.version + 1
  ) as until,
  file_versions.sha256,
  file_versions.size,
  file_versions.type,
  file_versions.name,
  file_versions.pages,
  file_versions.text,
  file_versions.note,
  attachments.article,
  articles.id,
  articles.source,
  articles.headline,
  attachments.title,
  attachments.url,
  (
    select warc from evidence where evidence.sha256 = file_versions.sha256 and kind = 'response' limit 1
  ) as warc,
  (
    select offset from evidence where evidence.sha256 = file_versions.sha256 and kind = 'response' limit 1
  ) as offset,
  (
    select length from evidence where evidence.sha256 = file_versions.sha256 and kind = 'response' limit 1
  ) as length
from attachments
join articles on articles.number = attachments.article
join files on files.source = articles.source and files.key = attachments.key
join file_versions on file_versions.file = files.number
"""

# Words are shown whole: what a cut left of one at either end goes, unless there is nothing else.
CITATIONS_VIEW = """
drop view citations_view;
create view citations_view as
with around as (
  select
    citations.*,
    articles.id, articles.source, articles.headline, articles.lede, articles.published, articles.published_local,
    articles.url,
    replace(replace(substr(
      articles.body_text, max(citations.start - 79, 1), min(citations.start, 80)
    ), char(10), ' '), '  ', ' ') as head,
    replace(replace(substr(
      articles.body_text, citations.start + length(citations.printed) + 1, 80
    ), char(10), ' '), '  ', ' ') as tail,
    replace(substr(articles.body_text, citations.start + 1, length(citations.printed)), char(10), ' ') as middle,
    citations.start + length(citations.printed) + 80 < length(articles.body_text) as goes_on
  from citations join articles on articles.number = citations.article
)
select
  around.document,
  around.printed,
  iif(around.kind <> '', around.kind, documents.kind) as kind,
  around.scheme,
  coalesce(around.year, documents.year) as year,
  iif(around.issuer <> '', around.issuer, documents.issuer) as issuer,
  around.signed,
  around.field,
  around.start,
  case around.field
    when 'headline' then around.headline
    when 'lede' then replace(replace(around.lede, char(10), ' '), '  ', ' ')
    when 'body_text' then
      iif(around.start > 80 and instr(around.head, ' '), substr(around.head, instr(around.head, ' ') + 1), around.head)
      || around.middle
      || iif(
        around.goes_on and instr(around.tail, ' '), rtrim(rtrim(around.tail, replace(around.tail, ' ', ''))), around.tail
      )
    else around.printed
  end as words,
  around.article,
  around.id,
  around.source,
  around.headline,
  around.published,
  around.published_local,
  around.url
from around join documents on documents.document = around.document
"""

# A number without a year begins anew each year; then the articles that cite it tell which year is meant.
SERIES_VIEW = """
create view series_view as
with numbers as (
  select scheme, series, kind, issuer, year, serial from documents where serial is not null and year is not null
  union
  select documents.scheme, documents.series, documents.kind, documents.issuer, citations.year, documents.serial
  from documents join citations on citations.document = documents.document
  where documents.serial is not null and documents.year is null and citations.year is not null
)
select
  scheme,
  series,
  max(kind) as kind,
  max(issuer) as issuer,
  year,
  min(serial) as lowest,
  max(serial) as highest,
  count(distinct serial) as seen,
  max(serial) - min(serial) + 1 - count(distinct serial) as missing,
  count(distinct serial) >= 8 and 2 * count(distinct serial) > max(serial) - min(serial) as telling
from numbers
group by scheme, series, year
"""

GAPS_VIEW = """
create view series_gaps_view as
with recursive places (scheme, series, kind, issuer, year, serial, highest) as (
  select scheme, series, kind, issuer, year, lowest, highest from series_view where telling
  union all
  select scheme, series, kind, issuer, year, serial + 1, highest from places where serial < highest
)
select
  places.scheme,
  places.series,
  places.kind,
  places.issuer,
  places.year,
  places.serial,
  case
    when places.scheme = 'uk' then places.series || ' ' || places.year || '/' || places.serial
    when places.series like '%-%' and exists (
      select 1 from documents
      where documents.scheme = places.scheme and documents.series = places.series and documents.year = places.year
    ) then printf('%02d/%d/%s', places.serial, places.year, places.series)
    else places.serial || '/' || places.series
  end as document
from places
where not exists (
  select 1 from documents
  where documents.scheme = places.scheme and documents.series = places.series and documents.serial = places.serial
    and documents.year = places.year
) and not exists (
  select 1 from documents join citations on citations.document = documents.document
  where documents.scheme = places.scheme and documents.series = places.series and documents.serial = places.serial
    and documents.year is null and citations.year = places.year
)
"""
