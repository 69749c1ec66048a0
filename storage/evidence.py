"""Pages as they were served, in WARC files that any web archive's tools can open: what was said can be shown."""

from __future__ import annotations

import hashlib
import http
import os
import string
import uuid
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from io import BytesIO
from itertools import count, groupby
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scrapers.items import Evidence
from storage import moments
from storage.database import ArchiveError, explained

LEVEL = 4
"""Of gzip: two levels more take half as much time again to save three percent (measured on 120 pages of 72 KB)."""
_TOKEN = "!#$%&'*+-.^_`|~"
"""What the name of a header may hold besides letters and digits."""
_UNDONE = {"content-encoding", "transfer-encoding", "content-length"}

_Maker = Callable[[WARCWriter], ArcWarcRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a payload was first kept."""

    url: str
    fetched: str


def keep(db: Database, warc: Path, source: str, visit: int, pages: Iterable[Evidence]) -> None:
    """Append pages to the source's file of their day and note where they are. The caller holds the transaction.

    What is on disk is safe before the transaction commits. A tail that no transaction vouches for, left by a
    crash, is cut off first.
    """
    for day, members in groupby(pages, key=lambda page: page.fetched.astimezone(UTC).date()):
        file, end = _open_end(db, warc, source, day.isoformat())
        batch = _Batch(db, source, visit, file, end)
        for page in members:
            batch.add(page)
        _append(warc / file, end, batch.data)
        db.conn.execute(
            "update warcs set size = ?, records = records + ? where file = ?",
            [end + len(batch.data), batch.records, file],
        )


def payload(db: Database, warc: Path, sha256: str) -> bytes:
    """Return the page with this digest, as it was served. Raises KeyError when the archive has none."""
    return page(db, warc, sha256)[0]


def page(db: Database, warc: Path, sha256: str) -> tuple[bytes, str]:
    """Return the page with this digest and its Content-Type. Raises KeyError when the archive has none."""
    row = db.execute(
        "select warc, offset, length from evidence where sha256 = ? and kind = 'response' limit 1", [sha256]
    ).fetchone()
    if row is None:
        raise KeyError(sha256)
    file, offset, length = row
    with explained(warc / file), (warc / file).open("rb") as stream:
        stream.seek(offset)
        member = stream.read(length)
    content, kind = _content(member)
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        raise ArchiveError(
            warc / file, f"the page at byte {offset} is not what was kept; restore the file from a backup"
        )
    return content, kind


def mend(db: Database, warc: Path) -> list[Path]:
    """Cut off what a crash left behind in the WARC files; return the files that had such a tail."""
    mended = []
    for file, size in db.execute("select file, size from warcs"):
        path = warc / file
        if path.is_file() and path.stat().st_size > size:
            os.truncate(path, size)
            mended.append(path)
    return mended


def _content(member: bytes) -> tuple[bytes | None, str]:
    """Return the payload of a record in its gzip member, None when it is damaged, and what kind it says it is."""
    try:
        record = next(ArchiveIterator(BytesIO(zlib.decompress(member, zlib.MAX_WBITS | 16))))
    except (zlib.error, ArchiveLoadFailed):
        return None, ""
    content: bytes = record.content_stream().read()
    return content, str(record.http_headers.get_header("Content-Type", "")) if record.http_headers else ""


class _Batch:
    """Records on their way into one file."""

    def __init__(self, db: Database, source: str, visit: int, file: str, start: int) -> None:
        self.db, self.source, self.visit, self.file = db, source, visit, file
        self.start = start
        self.data = bytearray()
        self.records = 0
        if start == 0:
            told = {"software": "Bantin", "format": "WARC File Format 1.1"}
            self._member(_written(lambda writer: writer.create_warcinfo_record(Path(file).name, told)))

    def add(self, page: Evidence) -> None:
        if hashlib.sha256(page.payload).hexdigest() != page.sha256:
            raise ValueError(f"{page.url}: the digest {page.sha256} is not that of the page")
        known = _first_kept(self.db, self.source, page.sha256)
        offset = self.start + len(self.data)
        length = self._member(_written(lambda writer: _revisit(writer, page, known)) if known else _response(page))
        self.db.conn.execute(
            """
            insert into evidence
              (visit, source, url, fetched, status, sha256, kind, size, ip, warc, offset, length)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                self.visit,
                self.source,
                page.url,
                moments.text(page.fetched),
                page.status,
                page.sha256,
                "revisit" if known else "response",
                len(page.payload),
                page.ip,
                self.file,
                offset,
                length,
            ],
        )

    def _member(self, record: bytes) -> int:
        """Append one record as a gzip member of its own; return its length."""
        compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        member = compressor.compress(record) + compressor.flush()
        self.data += member
        self.records += 1
        return len(member)


def _written(make: _Maker) -> bytes:
    plain = BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="1.1")
    writer.write_record(make(writer))
    return plain.getvalue()


def _response(page: Evidence) -> bytes:
    """Write what there is one of for each page by hand: the same bytes as warcio's, in a third of the time."""
    block: bytes = _http_head(page).headers_buff + page.payload
    headers = {
        **_named(page),
        "WARC-Payload-Digest": f"sha256:{page.sha256}",
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Target-URI": _ascii(page.url),
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"".join([f"WARC/1.1\r\n{lines}\r\n".encode(), block, b"\r\n\r\n"])


def _revisit(writer: WARCWriter, page: Evidence, known: _Place) -> ArcWarcRecord:
    return writer.create_revisit_record(
        _ascii(page.url),
        f"sha256:{page.sha256}",
        _ascii(known.url),
        known.fetched,
        http_headers=_http_head(page),
        warc_headers_dict=_named(page),
    )


def _named(page: Evidence) -> dict[str, str]:
    # Whole seconds, so that a revisit can name the date of what it refers to.
    date = {"WARC-Date": moments.text(page.fetched)}
    return {**date, "WARC-IP-Address": page.ip} if page.ip else date


def _http_head(page: Evidence) -> StatusAndHeaders:
    """Return status line and headers; what no longer fits the decoded payload is kept under another name."""
    named = [(_ascii(name, _TOKEN), " ".join(value.split())) for name, value in page.headers]
    headers = [(f"X-Archive-Orig-{name}" if name.lower() in _UNDONE else name, value) for name, value in named if name]
    headers.append(("Content-Length", str(len(page.payload))))
    head = StatusAndHeaders(f"{page.status} {_phrase(page.status)}".rstrip(), headers, protocol="HTTP/1.1")
    head.compute_headers_buffer()
    return head


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def _ascii(text: str, allowed: str = string.punctuation) -> str:
    """Percent-encode what a WARC file has no other way to hold: blanks and letters outside ASCII."""
    return quote(text, safe=allowed)


def _first_kept(db: Database, source: str, sha256: str) -> _Place | None:
    row = db.conn.execute(
        "select url, fetched from evidence where sha256 = ? and kind = 'response' and source = ? limit 1",
        [sha256, source],
    ).fetchone()
    return _Place(url=row[0], fetched=row[1]) if row else None


def _open_end(db: Database, warc: Path, source: str, day: str) -> tuple[str, int]:
    """Return the file to append to and where the last commit ended in it.

    A file shorter than that has lost something since; it is left as it is, and the day goes on in another.
    """
    for number in count(1):
        file = f"{source}/{day}.warc.gz" if number == 1 else f"{source}/{day}-{number}.warc.gz"
        db.conn.execute(
            "insert or ignore into warcs (file, source, day, size, records) values (?, ?, ?, 0, 0)", [file, source, day]
        )
        end = db.conn.execute("select size from warcs where file = ?", [file]).fetchone()[0]
        path = warc / file
        if end == 0 or (path.is_file() and path.stat().st_size >= end):
            return file, end
    raise AssertionError("count() never ends")


def _append(path: Path, end: int, data: bytes | bytearray) -> None:
    with explained(path):
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        is_new = not path.exists()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o644), "wb") as stream:
            stream.truncate(end)
            stream.seek(end)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if is_new:
            _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
