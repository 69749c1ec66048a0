"""The tables and the search index an archive begins with. Later steps of the schema change them; these never change."""

from __future__ import annotations

SOURCES = """
create table sources (
  slug text primary key,
  name text not null default '',
  ministry text not null default '{}',
  country text not null default '',
  language text not null default '',
  timezone text not null default '',
  homepage text not null default '',
  followed integer not null default 0,
  since text not null,
  next_due text,
  next_why text not null default '',
  failures integer not null default 0,
  definition text
) strict;
create index sources_due on sources (next_due) where followed;
"""

VISITS = """
create table visits (
  number integer primary key,
  id text not null,
  part integer not null,
  last integer not null,
  source text not null references sources (slug),
  started text not null,
  finished text not null,
  verdict text not null,
  why text not null default '',
  requests integer not null default 0,
  bytes integer not null default 0,
  headlines integer not null default 0,
  readings integer not null default 0,
  troubles integer not null default 0,
  new integer not null default 0,
  revised integer not null default 0,
  withdrawn integer not null default 0,
  restored integer not null default 0,
  not_before text,
  recorded text not null,
  unique (id, part)
) strict;
create index visits_source on visits (source);
create index visits_started on visits (started);

create table exchanges (
  number integer primary key,
  visit integer not null references visits (number),
  url text not null,
  final_url text not null default '',
  purpose text not null,
  started text not null,
  elapsed real not null,
  status integer,
  size integer not null,
  etag text not null default '',
  last_modified text not null default '',
  error text not null default ''
) strict;
create index exchanges_visit on exchanges (visit);

create table troubles (
  number integer primary key,
  visit integer not null references visits (number),
  source text not null references sources (slug),
  url text not null,
  key text not null,
  kind text not null,
  message text not null,
  at text not null
) strict;
create index troubles_key on troubles (source, key);
create index troubles_visit on troubles (visit);
"""

EVIDENCE = """
create table warcs (
  file text primary key,
  source text not null references sources (slug),
  day text not null,
  size integer not null,
  records integer not null
) strict;

create table evidence (
  number integer primary key,
  visit integer not null references visits (number),
  source text not null references sources (slug),
  url text not null,
  fetched text not null,
  status integer not null,
  sha256 text not null,
  kind text not null check (kind in ('response', 'revisit')),
  size integer not null,
  ip text not null default '',
  warc text not null references warcs (file),
  offset integer not null,
  length integer not null
) strict;
create index evidence_sha256 on evidence (sha256, kind);
create index evidence_visit on evidence (visit);
"""

ARTICLES = """
create table articles (
  number integer primary key,
  id text not null unique,
  source text not null references sources (slug),
  state text not null default 'present' check (state in ('present', 'missing', 'withdrawn')),
  first_seen text not null,
  revised text not null,
  looked_at text not null,
  dated text not null,
  url text not null,
  canonical_url text not null default '',
  headline text not null,
  kicker text not null default '',
  section text not null default '',
  lede text not null default '',
  origin text not null default '',
  published text,
  published_local text,
  published_precision text,
  published_text text not null default '',
  first_published text,
  modified text,
  modified_local text,
  modified_precision text,
  modified_text text not null default '',
  words integer not null default 0,
  language text not null default '',
  comments_count integer,
  layout text not null default '',
  versions integer not null default 1,
  content_hash text not null,
  turned text,
  watched_from text not null,
  tried_at text not null,
  missing_since text,
  missing_looks integer not null default 0,
  flapping integer not null default 0,
  -- The long texts come last: what stands before them is read without walking through their pages.
  body_text text not null default '',
  body_html text not null default '',
  search_extra text not null default ''
) strict;
create index articles_dated on articles (dated, number);
create index articles_source on articles (source, dated, number);
create index articles_section on articles (source, section, dated, number);
create index articles_published on articles (published);
create index articles_revised on articles (revised);
create index articles_watched on articles (source, watched_from);
create index articles_tried on articles (source, tried_at);
create index articles_tail on articles (substr(id, -32));

create table addresses (
  source text not null references sources (slug),
  url text not null,
  key text not null,
  serial text,
  article integer not null references articles (number),
  etag text not null default '',
  last_modified text not null default '',
  first_seen text not null,
  last_seen text not null,
  primary key (source, url)
) strict, without rowid;
create index addresses_key on addresses (key, source);
create index addresses_serial on addresses (source, serial) where serial is not null;
create index addresses_article on addresses (article);
"""

PARTS = """
create table authors (
  article integer not null references articles (number),
  position integer not null,
  name text not null,
  primary key (article, position)
) strict, without rowid;
create index authors_name on authors (name);

create table tags (
  article integer not null references articles (number),
  position integer not null,
  tag text not null,
  primary key (article, position)
) strict, without rowid;
create index tags_tag on tags (tag);

create table images (
  article integer not null references articles (number),
  position integer not null,
  url text not null,
  caption text not null default '',
  credit text not null default '',
  primary key (article, position)
) strict, without rowid;

create table attachments (
  article integer not null references articles (number),
  position integer not null,
  url text not null,
  title text not null default '',
  type text not null default '',
  size integer,
  primary key (article, position)
) strict, without rowid;

create table related (
  article integer not null references articles (number),
  position integer not null,
  url text not null,
  title text not null default '',
  primary key (article, position)
) strict, without rowid;

create table reasons (
  article integer not null references articles (number),
  position integer not null,
  field text not null,
  printed text not null,
  rule text not null,
  grade text not null,
  primary key (article, position)
) strict, without rowid;

create table documents (
  document text primary key,
  kind text not null,
  first_cited text not null
) strict;

create table citations (
  article integer not null references articles (number),
  position integer not null,
  document text not null references documents (document),
  primary key (article, position)
) strict, without rowid;
create index citations_document on citations (document);
"""

HISTORY = """
create table versions (
  article integer not null references articles (number),
  version integer not null,
  seen text not null,
  cause text not null check (cause in ('ministry', 'parser')),
  fields text not null default '',
  headline text not null,
  content_hash text not null,
  visit integer not null references visits (number),
  sha256 text not null,
  record text,
  primary key (article, version)
) strict;
create index versions_seen on versions (seen);
create index versions_visit on versions (visit);

create table changes (
  number integer primary key,
  visit integer not null references visits (number),
  source text not null references sources (slug),
  article integer not null references articles (number),
  kind text not null check (kind in ('new', 'revised', 'moved', 'missing', 'withdrawn', 'restored')),
  at text not null,
  cause text not null check (cause in ('ministry', 'parser')),
  fields text not null default '',
  headline text not null,
  url text not null,
  version integer not null
) strict;
create index changes_visit on changes (visit);
create index changes_article on changes (article);
create index changes_at on changes (at);
create index changes_source on changes (source, at);
"""

LISTS = """
create table sightings (
  source text not null references sources (slug),
  entrance text not null,
  key text not null,
  url text not null,
  title text not null default '',
  summary text not null default '',
  section text not null default '',
  published text,
  published_local text,
  position integer not null,
  first_seen text not null,
  last_seen text not null,
  times integer not null,
  article integer references articles (number),
  primary key (source, key, entrance)
) strict, without rowid;
create index sightings_article on sightings (article) where article is not null;
create index sightings_unread on sightings (source) where article is null;

create table entrances (
  source text not null references sources (slug),
  url text not null,
  etag text not null default '',
  last_modified text not null default '',
  digest text not null default '',
  status integer,
  looked_at text not null,
  primary key (source, url)
) strict, without rowid;
"""

# The index reads its text from ``articles`` (no second copy), and the triggers fire only when that text changes:
# a look that finds nothing new must not touch the index.
SEARCH = """
create virtual table articles_fts using fts5 (
  headline, lede, body_text, search_extra,
  tokenize='unicode61 remove_diacritics 2',
  content="articles", content_rowid="number"
);
-- Fewer, larger merges: a tenth more articles a second.
insert into articles_fts (articles_fts, rank) values ('automerge', 8);
create trigger articles_fts_insert after insert on articles begin
  insert into articles_fts (rowid, headline, lede, body_text, search_extra)
  values (new.number, new.headline, new.lede, new.body_text, new.search_extra);
end;
create trigger articles_fts_delete after delete on articles begin
  insert into articles_fts (articles_fts, rowid, headline, lede, body_text, search_extra)
  values ('delete', old.number, old.headline, old.lede, old.body_text, old.search_extra);
end;
create trigger articles_fts_update after update of headline, lede, body_text, search_extra on articles begin
  insert into articles_fts (articles_fts, rowid, headline, lede, body_text, search_extra)
  values ('delete', old.number, old.headline, old.lede, old.body_text, old.search_extra);
  insert into articles_fts (rowid, headline, lede, body_text, search_extra)
  values (new.number, new.headline, new.lede, new.body_text, new.search_extra);
end;
"""
