"""Pages are kept as served, in files that the tools of web archives read, whatever happened to the writer."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from warcio.archiveiterator import ArchiveIterator

from scrapers.items import Evidence
from storage.database import ArchiveError
from storage.evidence import mend, payload
from tests.storage.conftest import Archive
from tests.storage.making import NOON, SLUG, article, page, reading, visit

DAY = timedelta(days=1)
FILE = f"{SLUG}/2026-03-02.warc.gz"


def warcio(*arguments: str | Path) -> str:
    command = [sys.executable, "-W", "ignore", "-m", "warcio.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def records(file: Path) -> list[dict[str, str]]:
    with file.open("rb") as stream:
        return [dict(record.rec_headers.headers) for record in ArchiveIterator(stream, check_digests="raise")]


def keep(archive: Archive, *pages: Evidence) -> None:
    archive.record(msgspec.structs.replace(visit(), evidence=pages))


def test_a_page_is_kept_as_it_was_served(archive: Archive) -> None:
    served = page(article(1), fetched=NOON.replace(microsecond=123456))
    keep(archive, served)

    with (archive.warc / FILE).open("rb") as stream:
        information, record = (
            (r.rec_headers, r.http_headers, r.content_stream().read()) for r in ArchiveIterator(stream)
        )
    headers, http, content = record
    assert information[0].get_header("WARC-Type") == "warcinfo"
    assert information[0].protocol == "WARC/1.1"
    assert content == served.payload
    assert headers.get_header("WARC-Target-URI") == served.url
    assert headers.get_header("WARC-Date") == "2026-03-02T05:00:00Z"
    assert headers.get_header("WARC-IP-Address") == "203.0.113.7"
    assert headers.get_header("WARC-Payload-Digest") == f"sha256:{served.sha256}"
    assert http.statusline == "200 OK"
    assert http.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert http.get_header("Content-Encoding") is None
    assert http.get_header("Content-Length") == str(len(served.payload))


def test_real_warcio_accepts_the_file_and_finds_each_record_where_the_archive_says(archive: Archive) -> None:
    archive.record(visit(article(1), article(2)))
    archive.record(visit(article(3), article(1), at=NOON + timedelta(hours=1)))
    file = archive.warc / FILE

    assert warcio("check", "-v", file).count("digest pass") == 4
    index = [line for line in warcio("index", "-f", "offset,warc-type", file).splitlines() if "warcinfo" not in line]
    rows = archive.db.query("select offset, kind from evidence order by number")
    assert index == [f'{{"offset": "{row["offset"]}", "warc-type": "{row["kind"]}"}}' for row in rows]


def test_the_same_bytes_again_are_only_referred_to(archive: Archive) -> None:
    keep(archive, page(article(1)))
    keep(archive, page(article(1), fetched=NOON + DAY))

    revisit = records(archive.warc / SLUG / "2026-03-03.warc.gz")[1]
    assert revisit["WARC-Type"] == "revisit"
    assert revisit["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert revisit["WARC-Refers-To-Target-URI"] == article(1).url
    assert revisit["WARC-Refers-To-Date"] == "2026-03-02T05:00:00Z"
    assert payload(archive.db, archive.warc, page(article(1)).sha256) == page(article(1)).payload


def test_the_same_bytes_twice_in_one_visit_are_kept_once(archive: Archive) -> None:
    keep(archive, page(article(1)), page(article(1), url="https://a.vn/"))

    assert [record["WARC-Type"] for record in records(archive.warc / FILE)] == ["warcinfo", "response", "revisit"]


def test_a_visit_over_midnight_fills_two_days(archive: Archive) -> None:
    night = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)
    keep(archive, page(article(1), fetched=night), page(article(2), fetched=night + timedelta(seconds=2)))

    assert sorted(path.name for path in (archive.warc / SLUG).iterdir()) == ["2026-03-02.warc.gz", "2026-03-03.warc.gz"]


@pytest.mark.parametrize("tail", [b"\x1f\x8b\x08 torn", b"x" * 100_000])
def test_what_a_crash_left_behind_is_cut_off_before_the_next_page(archive: Archive, tail: bytes) -> None:
    keep(archive, page(article(1)))
    with (archive.warc / FILE).open("ab") as stream:
        stream.write(tail)

    keep(archive, page(article(2)))

    assert "digest pass" in warcio("check", "-v", archive.warc / FILE)
    assert len(records(archive.warc / FILE)) == 3
    assert payload(archive.db, archive.warc, page(article(2)).sha256) == page(article(2)).payload


def test_a_file_whose_first_commit_never_came_is_begun_anew(archive: Archive) -> None:
    (archive.warc / SLUG).mkdir(parents=True)
    (archive.warc / FILE).write_bytes(b"\x1f\x8b torn")

    keep(archive, page(article(1)))

    assert len(records(archive.warc / FILE)) == 2


def test_mending_cuts_every_tail_off(archive: Archive) -> None:
    keep(archive, page(article(1)))
    keep(archive, page(article(2), fetched=NOON + DAY))
    with (archive.warc / FILE).open("ab") as stream:
        stream.write(b"torn")

    assert mend(archive.db, archive.warc) == [archive.warc / FILE]
    assert mend(archive.db, archive.warc) == []
    assert len(records(archive.warc / FILE)) == 2


def test_a_file_that_lost_something_is_left_alone_and_the_day_goes_on_in_another(archive: Archive) -> None:
    keep(archive, page(article(1)))
    damaged = (archive.warc / FILE).read_bytes()[:-50]
    (archive.warc / FILE).write_bytes(damaged)

    keep(archive, page(article(2)))

    assert (archive.warc / FILE).read_bytes() == damaged
    assert len(records(archive.warc / SLUG / "2026-03-02-2.warc.gz")) == 2
    assert payload(archive.db, archive.warc, page(article(2)).sha256) == page(article(2)).payload


def test_a_page_that_was_tampered_with_is_not_handed_out(archive: Archive) -> None:
    keep(archive, page(article(1)), page(article(2)))
    other = archive.db.execute("select offset, length from evidence where number = 2").fetchone()
    archive.db.execute("update evidence set offset = ?, length = ? where number = 1", other)

    with pytest.raises(ArchiveError, match="not what was kept"):
        payload(archive.db, archive.warc, page(article(1)).sha256)


@pytest.mark.parametrize("harm", ["gone", "flipped"])
def test_a_file_that_is_gone_or_damaged_says_so(archive: Archive, harm: str) -> None:
    keep(archive, page(article(1)))
    file = archive.warc / FILE
    if harm == "gone":
        file.unlink()
    else:
        content = bytearray(file.read_bytes())
        content[-60] ^= 0xFF
        file.write_bytes(content)

    with pytest.raises(ArchiveError):
        payload(archive.db, archive.warc, page(article(1)).sha256)


def test_a_page_nobody_kept_has_no_payload(archive: Archive) -> None:
    with pytest.raises(KeyError):
        payload(archive.db, archive.warc, "0" * 64)


def test_odd_headers_and_bodies_are_kept(archive: Archive) -> None:
    odd = Evidence(
        url="https://a.vn/tệp tin?x=1",
        fetched=NOON,
        status=299,
        headers=(
            ("X-Tên", "Bộ Y tế\r\nX-Evil: 1"),
            ("Transfer-Encoding", "chunked"),
            ("Content-Length", "9"),
            ("", "x"),
        ),
        payload=b"",
        sha256=hashlib.sha256(b"").hexdigest(),
    )
    binary = page(article(1), payload=bytes(range(256)) * 40, ip="")
    keep(archive, odd, binary)

    assert "digest pass" in warcio("check", "-v", archive.warc / FILE)
    assert payload(archive.db, archive.warc, odd.sha256) == b""
    assert payload(archive.db, archive.warc, binary.sha256) == binary.payload


def test_a_visit_whose_pages_cannot_be_written_is_not_recorded(archive: Archive) -> None:
    archive.warc.mkdir()
    (archive.warc / SLUG).write_text("in the way")

    with pytest.raises(ArchiveError, match=f"{SLUG}.*check that the folder"):
        archive.record(visit(article(1)))

    assert archive.count("articles") == 0


def test_the_version_names_the_page_it_was_read_from(archive: Archive) -> None:
    read = article(1)
    archive.record(msgspec.structs.replace(visit(read), evidence=(page(read),), readings=(reading(read),)))

    [row] = archive.db.query("select version, sha256, warc from evidence_view")
    assert row == {"version": 1, "sha256": page(read).sha256, "warc": FILE}
