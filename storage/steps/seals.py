"""A step of the schema: what vouches for every record, version and change, and the seals over them."""

from __future__ import annotations

from sqlite_utils import Database

EVIDENCE = """
alter table evidence add column digest blob;
alter table evidence add column asked integer not null default 0;
alter table evidence add column asked_digest blob;

alter table warcs add column opening integer not null default 0;
alter table warcs add column opening_digest blob;
alter table warcs add column pruned text;
"""

# Versions get a number that outlives whatever is decided later about which article they belong to.
VERSIONS = """
alter table versions add column number integer;
update versions set number = ranked.place
from (select rowid as row, row_number() over (order by visit, article, version) as place from versions) as ranked
where ranked.row = versions.rowid;
create unique index versions_number on versions (number);
create trigger versions_number after insert on versions when new.number is null begin
  update versions
  set number = 1 + max(
    coalesce((select max(number) from versions), 0), coalesce((select max(versions_until) from seals), 0)
  )
  where article = new.article and version = new.version;
end;
"""

SEALS = """
create table seals (
  number integer primary key,
  made text not null,
  day text not null,
  records_until integer not null,
  versions_until integer not null,
  changes_until integer not null,
  absences_until integer not null,
  leaves integer not null,
  root text not null,
  held integer not null,
  line text not null
) strict;
create index seals_versions on seals (versions_until);

create table leaves (
  seal integer not null references seals (number),
  start integer not null,
  kind text not null check (kind in ('record', 'version', 'change', 'absence')),
  first integer not null,
  hashes blob not null,
  primary key (seal, start)
) strict;
create index leaves_kind on leaves (kind, first);
"""


def apply(db: Database) -> None:
    """Bring an archive of the step before up to this one. Whoever opens it holds the transaction."""
    for part in (EVIDENCE, SEALS, VERSIONS):
        db.executescript(part)
