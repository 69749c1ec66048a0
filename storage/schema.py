"""The archive's tables, as steps that are only ever added to: whoever opens an older archive runs the missing ones."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from storage.steps import absences, analytics, coverage, edits, files, matches, seals, search
from storage.tables import ARTICLES, EVIDENCE, HISTORY, LISTS, PARTS, SEARCH, SOURCES, VISITS
from storage.views import CITED, VIEWS

APPLICATION_ID = 0x42616E74
"""What `file` and SQLite's header call ours: "Bant"."""

migrations = Migrations("bantin")


@migrations(name="1 tables")
def _tables(db: Database) -> None:
    db.executescript(SOURCES + VISITS + EVIDENCE + ARTICLES + PARTS + HISTORY + LISTS)


@migrations(name="2 search")
def _search(db: Database) -> None:
    db.executescript(SEARCH)
    # For articles that were recorded before there was an index; in a new archive there are none.
    db.execute("insert into articles_fts (articles_fts) values ('rebuild')")


@migrations(name="3 views")
def _views(db: Database) -> None:
    db.executescript(VIEWS)


@migrations(name="4 standing of addresses")
def _standing(db: Database) -> None:
    db.execute(STANDING)
    db.execute(MERELY_NAMED)


@migrations(name="5 places of citations")
def _citations(db: Database) -> None:
    db.executescript(CITATIONS + KNOWN_DOCUMENTS + CITED)


@migrations(name="6 templates")
def _templates(db: Database) -> None:
    db.execute(TEMPLATES)


# The later steps, each in a file of its own; their numbers are their places here.
migrations(name="7 matches")(matches.apply)
migrations(name="8 edits")(edits.apply)
migrations(name="9 absences")(absences.apply)
migrations(name="10 seals")(seals.apply)
migrations(name="11 search")(search.apply)
migrations(name="12 files")(files.apply)
migrations(name="13 coverage")(coverage.apply)
migrations(name="14 analytics")(analytics.apply)

STEPS = 14
"""How many steps this code knows; stored as ``user_version``, so that older code can tell a newer archive."""

STANDING = """
alter table addresses add column standing text not null default 'read'
  check (standing in ('read', 'named', 'disputed'))
"""

# What older archives took for an article's address only because its page called it canonical.
MERELY_NAMED = """
update addresses set standing = 'named'
where etag = '' and last_modified = ''
  and url not in (select url from articles)
  and url not in (select url from exchanges)
  and url not in (select final_url from exchanges)
  and exists (select 1 from articles where number = addresses.article and canonical_url = addresses.url)
"""


# A citation that an older archive holds has no field: where in the article it stands is not known.
CITATIONS = """
alter table documents add column scheme text not null default 'vn';
alter table documents add column year integer;
alter table documents add column issuer text not null default '';

alter table citations add column printed text not null default '';
alter table citations add column scheme text not null default 'vn';
alter table citations add column kind text not null default '';
alter table citations add column year integer;
alter table citations add column issuer text not null default '';
alter table citations add column signed text;
alter table citations add column field text not null default '';
alter table citations add column start integer;

create table media (
  article integer not null references articles (number),
  position integer not null,
  url text not null,
  title text not null default '',
  type text not null default '',
  primary key (article, position)
) strict, without rowid;

create table notes (
  article integer not null references articles (number),
  position integer not null,
  note text not null,
  primary key (article, position)
) strict, without rowid;
"""

# Older archives hold Vietnamese numbers only, with the short form of the kind: "45/2023/TT-BTNMT", "1234/QĐ-TTg".
KNOWN_DOCUMENTS = """
update documents set
  year = iif(
    document glob '*/[12][0-9][0-9][0-9]/*', cast(substr(document, instr(document, '/') + 1, 4) as integer), null
  ),
  issuer = iif(
    kind in ('TT', 'TTLT', 'NĐ', 'QĐ', 'NQ', 'NQLT', 'CT', 'KH', 'TB', 'PL', 'VBHN', 'QC'),
    substr(document, instr(document, '-') + 1),
    ''
  ),
  kind = case kind
    when 'TT' then 'Thông tư' when 'TTLT' then 'Thông tư liên tịch' when 'NĐ' then 'Nghị định'
    when 'QĐ' then 'Quyết định' when 'NQ' then 'Nghị quyết' when 'NQLT' then 'Nghị quyết liên tịch'
    when 'CT' then 'Chỉ thị' when 'KH' then 'Kế hoạch' when 'TB' then 'Thông báo' when 'PL' then 'Pháp lệnh'
    when 'CĐ' then 'Công điện' when 'VBHN' then 'Văn bản hợp nhất' when 'QC' then 'Quy chế' else ''
  end;
"""

TEMPLATES = """
create table templates (
  source text not null references sources (slug),
  version integer not null,
  learnt text not null,
  confirmed text not null,
  pages integer not null,
  offered integer not null,
  definition text not null,
  primary key (source, version)
) strict, without rowid
"""
