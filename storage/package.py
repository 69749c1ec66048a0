"""Makes a package that can be cited: a database, tables as CSV with every column described, checksums, and what was watched."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from storage import described, moments
from storage.export import Column, Selection, view_rows, views, write_csv
from storage.failures import ArchiveError, explained, need_room
from storage.letters import citation, readme
from storage.slim import write_slim
from storage.watch import watch

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NOT_TABLES = {"series_gaps_view"}
"""Views that only make sense over a whole archive: a choice of articles would look like gaps."""
KEYS = {"items_view": "number", "changes_view": "number"}
DATABASE = "archive.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Who gives it out, and what goes into it."""

    title: str
    authority: str
    selection: Selection
    now: datetime
    software: str
    exact: bool = False

    @property
    def version(self) -> str:
        return self.now.astimezone(UTC).strftime("%Y.%m.%d")


def write_package(archive: Path, target: Path, about: About) -> dict[str, int]:
    """Write the package to a folder, or to a ZIP file when ``target`` ends so; return rows by table.

    The same archive at the same ``now`` gives the same bytes. Raises ArchiveError; then nothing is left of it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with explained(target), TemporaryDirectory(dir=target.parent, prefix=f".{target.stem}-") as name:
        need_room(archive, target.parent, archive.stat().st_size, "a package")
        folder = Path(name, "package")
        folder.mkdir(mode=0o755)
        rows = _fill(folder, archive, about)
        if target.suffix == ".zip":
            packed = Path(name, "package.zip")
            _zip(folder, packed, about)
            packed.replace(target)
        else:
            if target.is_dir():
                shutil.rmtree(target)
            folder.replace(target)
    return rows


def _fill(folder: Path, archive: Path, about: About) -> dict[str, int]:
    write_slim(archive, folder / DATABASE, about.selection)
    with closing(Database(folder / DATABASE)) as db:
        resources, rows = [], {}
        for view in views(db):
            if view not in NOT_TABLES:
                rows[view], resource = _table(db, folder, view, about)
                resources.append(resource)
        watched = watch(archive, about.selection, now=about.now)
        sources = list(db.query("select name as title, homepage as path from sources order by slug"))
    _write(folder / "coverage.json", _json(watched))
    resources += [
        _file(folder, DATABASE, "SQLite database of everything in this package, with the views the tables were made from",
              "application/vnd.sqlite3"),
        _file(folder, "coverage.json", "What was watched: visits of each source, and of how much of the time nothing was missed",
              "application/json"),
    ]  # fmt: skip
    _write(folder / "datapackage.json", _json(_descriptor(about, resources, sources)))
    _write(folder / "README.md", readme(about_rows=rows, watched=watched, **_told(about)))
    _write(folder / "CITATION.cff", citation(**_told(about)))
    _write(folder / "SHA256SUMS", "".join(
        f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*")) if path.is_file()
    ))  # fmt: skip
    return rows


def _table(db: Database, folder: Path, view: str, about: About) -> tuple[int, dict[str, object]]:
    name = view.removesuffix("_view")
    path = folder / "data" / f"{name}.csv"
    path.parent.mkdir(exist_ok=True)
    columns, found = view_rows(db, view, Selection())
    with path.open("w", encoding="utf-8", newline="") as stream:
        count, held = write_csv(stream, columns, found, exact=about.exact)
    schema: dict[str, object] = {"fields": [_field(db, view, column) for column in held], "missingValues": [""]}
    if view in KEYS:
        schema["primaryKey"] = [KEYS[view]]
    resource = _file(folder, f"data/{name}.csv", described.introduction(view), "text/csv")
    return count, resource | {"type": "table", "format": "csv", "encoding": "utf-8", "schema": schema}


def _field(db: Database, view: str, column: Column) -> dict[str, object]:
    declared = {str(row[1]): str(row[2]) for row in db.execute(f"pragma table_info({view})").fetchall()}
    types = {"INTEGER": "integer", "REAL": "number"}
    told = described.of_column(view, column.name)
    kind = types.get(declared.get(column.name, "").upper(), column.type or "string")
    return {"name": column.name, "type": kind, **({"description": told} if told else {})}


def _file(folder: Path, path: str, description: str, kind: str) -> dict[str, object]:
    file = folder / path
    return {
        "name": path.removeprefix("data/").removesuffix(".csv").replace("_", "-").replace(".", "-"),
        "path": path,
        "description": description,
        "mediatype": kind,
        "bytes": file.stat().st_size,
        "hash": f"sha256:{_sha256(file)}",
    }


def _descriptor(
    about: About, resources: list[dict[str, object]], sources: list[dict[str, object]]
) -> dict[str, object]:
    told = _told(about)
    return {
        "$schema": PROFILE,
        "name": "bantin-archive",
        "title": told["title"],
        "description": f"What {len(sources)} ministries' news pages said, changed and took down, {told['span']}. "
        "The articles belong to their publishers; whoever hands them on needs their leave, or a law that gives it. "
        "What this package adds (times of observation, edit classes, coverage) may be used freely.",
        "version": about.version,
        "created": moments.text(about.now),
        "sources": [{"title": one["title"], **({"path": one["path"]} if one["path"] else {})} for one in sources],
        "contributors": [{"title": about.title, "organization": about.authority, "roles": ["publisher"]}],
        "keywords": ["government", "news", "archive"],
        "resources": resources,
    }


def _told(about: About) -> dict[str, str]:
    chosen = about.selection
    days = f"{chosen.since or 'the beginning'} to {chosen.until or about.now.astimezone(UTC).date()}"
    return {
        "title": f"{about.title}: news of government ministries" + (f", {chosen.source}" if chosen.source else ""),
        "publisher": about.title,
        "authority": about.authority,
        "span": f"from {days}",
        "version": about.version,
        "made": moments.text(about.now),
        "software": about.software,
        "csv": "exact" if about.exact else "guarded",
    }


def _json(value: Mapping[str, object] | list[dict[str, object]]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _zip(folder: Path, target: Path, about: About) -> None:
    stamp = about.now.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.file_size = path.stat().st_size  # so that a file over 2 GB is written as one
            with path.open("rb") as read, packed.open(entry, "w") as write:
                shutil.copyfileobj(read, write, 1024 * 1024)


def refuse(target: Path, *, force: bool) -> None:
    """Raise ArchiveError when something is there already that is not to be replaced."""
    if not target.exists():
        return
    if target.is_dir() and not (target / "datapackage.json").exists() and any(target.iterdir()):
        raise ArchiveError(target, "this folder holds something else than a package; choose another")
    if not force:
        raise ArchiveError(target, "there is a package already; choose another name, or say --force to replace it")
