"""Packs what an article said, and what shows it, into one zip that stands by itself: for an editor, a lawyer, a court."""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

import msgspec
from sqlite_utils import Database

from scrapers.items import Record
from storage import members, moments, seals
from storage.articles import StoredArticle
from storage.database import ArchiveError, explained
from storage.proof.leaves import leaves
from storage.proof.verify import MANIFEST, PROOF, SEALS, WARC, digest, fields, packed
from storage.versions import Version, history

LARGEST = 2**32 - 2**20
_PROOF = Path(__file__).parent / "proof"
_TYPES = {"text/html": "html", "application/xhtml+xml": "xhtml", "application/json": "json", "text/plain": "txt"}
_TYPES |= {"application/pdf": "pdf", "application/xml": "xml", "text/xml": "xml"}
_UNSEALED = {
    "README.txt": "\n    NOT SEALED YET: what is marked with \"seal\": null in proof.json is vouched for by this zip alone.\n"
    "    Pack the case again when its day is sealed, which the daemon does after midnight UTC.\n",
    "README.vi.txt": "\n    CHƯA NIÊM: những mục ghi \"seal\": null trong proof.json chỉ có riêng tập zip này làm chứng.\n"
    "    Hãy đóng gói lại khi ngày đó đã được niêm; chương trình niêm sau nửa đêm giờ UTC.\n",
}  # fmt: skip
_TLS = {
    "README.txt": ", over a connection\n    secured by the TLS certificate with the SHA-256 {}",
    "README.vi.txt": ", qua một kết nối\n    bảo mật bằng chứng thư TLS có SHA-256 {}",
}
_DESCRIPTION = "Records copied byte for byte from the files they were written to."

Rows = dict[int, dict[str, Any]]


class Packed(Record, frozen=True, kw_only=True):
    """What went into a case."""

    file: str
    sha256: str
    """Of the whole zip."""
    bytes: int
    versions: tuple[int, ...]
    records: int
    sealed: bool
    seals: tuple[int, ...]
    """Numbers of the seals over it."""
    lost: int
    """Records that are in no file any more."""


class NoSuchVersion(LookupError):  # noqa: N818
    """The article has no wording of this number."""


@dataclass(kw_only=True)
class _Chosen:
    """Rows that go into a case, by their numbers, and the files their pages become."""

    rows: dict[str, Rows] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    """File in the zip → digest of its content."""


def pack(
    db: Database, warc: Path, one: StoredArticle, *, numbers: Sequence[int] | None, now: datetime, out: Path
) -> Packed:
    """Pack the wordings ``numbers`` of an article, all for None, into ``out``; the same bytes for the same archive and time.

    Raises NoSuchVersion, or ArchiveError when the zip cannot be written.
    """
    versions = _versions(db, one, numbers)
    chosen = _choose(db, one, versions)
    bytes_of, lost = _records(warc, chosen.rows["record"])
    proofs = seals.proofs(db, [(kind, number) for kind, rows in chosen.rows.items() for number in rows])
    proven = [
        {"leaf": leaf, **_proof(proofs.get((kind, number)))}
        for kind, rows in chosen.rows.items()
        for number, leaf in rows.items()
    ]
    numbered = sorted({proof.seal for proof in proofs.values()})
    excerpt = _excerpt(list(bytes_of.values()), now=now)
    files = [
        *_pages(chosen, bytes_of),
        ("record.json", _json(_record(db, one, versions, chosen))),
        (WARC, excerpt),
        (SEALS, seals.lines_from(db, numbered[0]) if numbered else b""),
        (PROOF, _json({"leaves": proven, "lost": lost})),
        ("verify.py", (_PROOF / "verify.py").read_bytes()),
    ]
    is_sealed = len(proofs) == len(proven)
    about = _about(one, versions, now=now, sealed=is_sealed, numbered=numbered)
    readmes = [(name, _readme(name, db, one, about, bytes_of)) for name in _TLS]
    files = [*readmes, *files]
    listed = [{"name": name, "size": len(content), "sha256": digest(content)} for name, content in files]
    files.append((MANIFEST, _json({"case": about, "files": listed})))
    size, sha256 = _write(out, files)
    return Packed(
        file=str(out),
        sha256=sha256,
        bytes=size,
        versions=tuple(version.number for version in versions),
        records=len(chosen.rows["record"]),
        sealed=is_sealed,
        seals=tuple(numbered),
        lost=len(lost),
    )


# -- what goes in ---------------------------------------------------------------------------------------------------


def _versions(db: Database, one: StoredArticle, numbers: Sequence[int] | None) -> list[Version]:
    every = history(db, one.number)
    known = {version.number for version in every}
    for number in numbers or ():
        if number not in known:
            raise NoSuchVersion(f"{one.id} has {len(every)} version(s) and none is number {number}")
    return [version for version in every if numbers is None or version.number in numbers]


def _choose(db: Database, one: StoredArticle, versions: Sequence[Version]) -> _Chosen:
    chosen = _Chosen(rows={kind: {} for kind in ("record", "version", "change", "absence")})
    told = db.execute("select version, number, visit, sha256 from versions where article = ?", [one.number]).fetchall()
    wanted = {version.number for version in versions}
    for version, number, visit, sha256 in told:
        if version in wanted:
            _take(db, chosen, "version", [number])
            _add(db, chosen, visit, sha256, f"pages/version-{version}")
    _take(db, chosen, "change", _numbers(db, "select number from changes where article = ?", one.number))
    absences = db.execute("select number, visit, sha256 from absences where article = ? order by number", [one.number])
    for place, (number, visit, sha256) in enumerate(absences.fetchall(), start=1):
        _take(db, chosen, "absence", [number])
        _add(db, chosen, visit, sha256, f"pages/absence-{place}")
    files = {file.sha256: file for version in versions for file in version.article.attachments if file.sha256}
    for place, (sha256, file) in enumerate(files.items(), start=1):
        _add(db, chosen, None, sha256, f"attachments/{place}-{_plain_name(file.url)}")
    for kind, rows in chosen.rows.items():
        chosen.rows[kind] = dict(sorted(rows.items()))
    return chosen


def _numbers(db: Database, query: str, article: int) -> list[int]:
    return [int(number) for (number,) in db.execute(query, [article]).fetchall()]


def _take(db: Database, chosen: _Chosen, kind: str, numbers: Iterable[int]) -> None:
    for number in numbers:
        for leaf in leaves(db.conn, kind, number, number):
            chosen.rows[kind][number] = leaf


def _add(db: Database, chosen: _Chosen, visit: int | None, sha256: str, name: str) -> None:
    """Take the record of a page from the visit that saw it, and the one that has its bytes when that only refers to them."""
    rows = db.execute(
        "select number, kind, visit from evidence where sha256 = ? order by visit is not ?, number", [sha256, visit]
    ).fetchall()
    seen = [number for number, _, _ in rows[:1]]
    kept = [number for number, kind, _ in rows if kind == "response"]
    _take(db, chosen, "record", [*seen, *(kept[:1] if not rows or rows[0][1] == "revisit" else ())])
    if rows:
        chosen.pages[name] = sha256


def _records(warc: Path, rows: Rows) -> tuple[dict[int, bytes], dict[str, str]]:
    """Return the bytes of each record with its request's; and the digests of those that are lost, with the reason."""
    found: dict[int, bytes] = {}
    lost: dict[str, str] = {}
    for number, leaf in sorted(rows.items(), key=lambda row: (row[1]["warc"], row[1]["offset"])):
        try:
            with (warc / leaf["warc"]).open("rb") as stream:
                stream.seek(leaf["offset"])
                data = stream.read(leaf["length"] + leaf["request_length"])
        except OSError:
            data = b""
        parts = {leaf["member"]: data[: leaf["length"]], leaf["request"]: data[leaf["length"] :]}
        why = f"it is not in {leaf['warc']} any more as it was written"
        bad = {name: why for name, part in parts.items() if name and digest(part) != name}
        lost |= bad
        found[number] = b"".join(part for name, part in parts.items() if name and name not in bad)
    return found, lost


def _pages(chosen: _Chosen, bytes_of: dict[int, bytes]) -> list[tuple[str, bytes]]:
    rows = chosen.rows["record"]
    kept = {leaf["payload"]: number for number, leaf in rows.items() if leaf["type"] == "response"}
    pages = []
    for name, sha256 in chosen.pages.items():
        member = bytes_of.get(kept.get(sha256, 0), b"")
        content, media_type = members.content(member) if member else (None, "")
        if content is None:
            continue
        ending = (
            f".{_TYPES.get(media_type.partition(';')[0].strip().lower(), 'bin')}" if name.startswith("pages/") else ""
        )
        pages.append((name + ending, content))
    return pages


def _plain_name(url: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "_", url.partition("?")[0].rpartition("/")[2])[-80:] or "file"


def _excerpt(records: list[bytes], *, now: datetime) -> bytes:
    body = b"".join(records)
    name = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(body).hexdigest() + moments.text(now))}>"
    opening = members.information(WARC, name=name, date=moments.text(now), description=_DESCRIPTION)
    return members.member(opening) + body


# -- what is said of it ---------------------------------------------------------------------------------------------


def _proof(proof: seals.Proof | None) -> dict[str, Any]:
    return {"seal": proof.seal, "index": proof.index, "path": proof.path} if proof else {"seal": None}


def _record(db: Database, one: StoredArticle, versions: Sequence[Version], chosen: _Chosen) -> dict[str, Any]:
    absences = db.query("select * from absences where article = ? order by number", [one.number])
    changes = db.query("select * from changes where article = ? order by number", [one.number])
    return {
        "id": one.id,
        "number": one.number,
        "source": one.source,
        "state": one.state,
        "first_seen": one.first_seen,
        "url": one.address,
        "versions": [
            {
                "version": version.number,
                "seen": version.seen,
                "cause": version.cause,
                "fields": version.fields,
                "page_sha256": version.sha256,
                "article": version.article,
            }
            for version in versions
        ],
        "changes": list(changes),
        "absences": list(absences),
        "pages": chosen.pages,
    }


def _about(
    one: StoredArticle, versions: Sequence[Version], *, now: datetime, sealed: bool, numbered: list[int]
) -> dict[str, Any]:
    return {
        "headline": one.article.headline,
        "id": one.id,
        "source": one.source,
        "state": one.state,
        "url": one.address,
        "versions": [version.number for version in versions],
        "made": moments.text(now),
        "software": members.software(),
        "sealed": sealed,
        "seals": numbered,
    }


def _readme(name: str, db: Database, one: StoredArticle, about: dict[str, Any], bytes_of: dict[int, bytes]) -> bytes:
    ministry = db.execute("select name from sources where slug = ?", [one.source]).fetchone()
    certificates = {
        fields(head)[0].get("Bantin-TLS-Certificate", "").removeprefix("sha256:")
        for head in (members.beginning(part) for part in bytes_of.values())
    } - {""}
    text = Template((_PROOF / name).read_text("utf-8")).substitute(
        headline=one.article.headline,
        ministry=ministry[0] if ministry else one.source,
        url=one.address,
        id=one.id,
        state=one.state,
        made=about["made"],
        software=about["software"],
        seals=", ".join(map(str, about["seals"])) or "-",
        tls=_TLS[name].format(", ".join(sorted(certificates))) if certificates else "",
        unsealed="" if about["sealed"] else _UNSEALED[name],
    )
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def _json(value: object) -> bytes:
    """Write JSON for people, the same each time."""
    plain = msgspec.to_builtins(value)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _write(out: Path, files: list[tuple[str, bytes]]) -> tuple[int, str]:
    if sum(len(content) for _, content in files) > LARGEST:
        raise ArchiveError(out, "the case would be larger than 4 GB; pack fewer versions with --version")
    draft = out.with_name(f".{out.name}.part")
    total, size = hashlib.sha256(), 0
    with explained(out):
        try:
            with draft.open("wb") as stream:
                for part in packed(files):
                    stream.write(part)
                    total.update(part)
                    size += len(part)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)
    return size, total.hexdigest()
