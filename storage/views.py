"""Views that keep an ad hoc question short: one row for each thing a person would count."""

from __future__ import annotations

ITEMS = """
create view items_view as
select
  articles.id,
  articles.number,
  articles.source,
  sources.name as ministry,
  articles.headline,
  articles.section,
  articles.published,
  articles.published_local,
  coalesce(substr(articles.published_local, 1, 10), substr(articles.first_seen, 1, 10)) as day,
  articles.url,
  (select group_concat(name, '; ') from authors where authors.article = articles.number) as authors,
  (select group_concat(tag, '; ') from tags where tags.article = articles.number) as tags,
  (select count(*) from images where images.article = articles.number) as images,
  (select count(*) from attachments where attachments.article = articles.number) as attachments,
  articles.words,
  articles.language,
  articles.state,
  articles.first_seen,
  articles.revised,
  articles.versions,
  articles.kicker,
  articles.lede,
  articles.body_text
from articles join sources on sources.slug = articles.source;
"""

VERSIONS = """
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

VISITS = """
create view visits_view as
select
  visits.id,
  visits.source,
  min(visits.started) as started,
  max(visits.finished) as finished,
  round((julianday(max(visits.finished)) - julianday(min(visits.started))) * 86400) as seconds,
  (
    select final.verdict from visits as final where final.id = visits.id order by final.number desc limit 1
  ) as verdict,
  (select final.why from visits as final where final.id = visits.id order by final.number desc limit 1) as why,
  count(*) as parts,
  max(visits.last) as complete,
  max(visits.not_before) as not_before,
  sum(visits.requests) as requests,
  sum(visits.bytes) as bytes,
  sum(visits.headlines) as headlines,
  sum(visits.readings) as readings,
  sum(visits.troubles) as troubles,
  sum(visits.new) as new,
  sum(visits.revised) as revised,
  sum(visits.withdrawn) as withdrawn,
  sum(visits.restored) as restored
from visits
group by visits.id;
"""

ATTACHMENTS = """
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
  articles.url as article_url
from attachments join articles on articles.number = attachments.article;
"""

DOCUMENTS = """
create view documents_view as
select
  documents.document,
  documents.kind,
  documents.first_cited,
  citations.article,
  articles.id,
  articles.source,
  articles.headline,
  articles.published,
  articles.published_local,
  articles.url
from documents
join citations on citations.document = documents.document
join articles on articles.number = citations.article;
"""

EVIDENCE = """
create view evidence_view as
select
  versions.article,
  versions.version,
  versions.headline,
  versions.seen,
  evidence.url,
  evidence.fetched,
  evidence.status,
  evidence.sha256,
  evidence.ip,
  evidence.warc,
  evidence.offset,
  evidence.length
from versions join evidence on evidence.sha256 = versions.sha256 and evidence.kind = 'response';
"""

VIEWS = ITEMS + VERSIONS + CHANGES + VISITS + ATTACHMENTS + DOCUMENTS + EVIDENCE

CITED = """
drop view documents_view;
create view documents_view as
select
  citations.document,
  documents.kind,
  documents.scheme,
  coalesce(documents.year, max(citations.year)) as year,
  documents.issuer,
  documents.first_cited,
  count(*) as places,
  citations.article,
  articles.id,
  articles.source,
  articles.headline,
  articles.published,
  articles.published_local,
  articles.url
from citations
join documents on documents.document = citations.document
join articles on articles.number = citations.article
group by citations.document, citations.article;

create view citations_view as
select
  citations.document,
  citations.printed,
  iif(citations.kind <> '', citations.kind, documents.kind) as kind,
  citations.scheme,
  coalesce(citations.year, documents.year) as year,
  iif(citations.issuer <> '', citations.issuer, documents.issuer) as issuer,
  citations.signed,
  citations.field,
  citations.start,
  case citations.field
    when 'headline' then articles.headline
    when 'lede' then articles.lede
    when 'body_text' then substr(
      articles.body_text, max(citations.start - 79, 1), min(citations.start, 80) + length(citations.printed) + 80
    )
    else citations.printed
  end as words,
  citations.article,
  articles.id,
  articles.source,
  articles.headline,
  articles.published,
  articles.published_local,
  articles.url
from citations
join documents on documents.document = citations.document
join articles on articles.number = citations.article;
"""
