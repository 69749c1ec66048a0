"""Checking an archive finds any byte that changed, names what it belonged to, and lets the rest stand."""

import gzip
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import seals
from storage.evidence import mend, payload
from storage.proof import archive as checking
from tests.storage.conftest import Archive
from tests.storage.making import NOON, SLUG, article, page, visit

DAY = timedelta(days=1)
ASKED = ((":protocol", "HTTP/1.1"), ("User-Agent", "Bantin"), ("If-None-Match", '"1"'))
FIRST = f"{SLUG}/2026-03-02.warc.gz"
FLIPS = 200
ROOT = Path(__file__).parent.parent.parent


def fill(archive: Archive, *numbers: int, days: int = 0) -> None:
    at = NOON + days * DAY
    read = [article(number, body_text=f"Đoạn {number}. " * 50) for number in numbers]
    pages = tuple(page(one, fetched=at, requested=ASKED) for one in read)
    archive.record(visit(*read, at=at, evidence=pages))


@pytest.fixture
def sealed(archive: Archive) -> Iterator[Archive]:
    """Three days, the first two sealed; the third saw pages of the first again."""
    fill(archive, *range(8))
    seals.seal(archive.db, archive.warc, now=NOON + DAY)
    fill(archive, *range(10, 16), days=1)
    seals.seal(archive.db, archive.warc, now=NOON + 2 * DAY)
    fill(archive, *range(5), days=2)
    assert check(archive)["ok"]
    yield archive


def check(archive: Archive) -> dict[str, Any]:
    return checking.check(archive.path, archive.warc)


def wrong(archive: Archive) -> list[str]:
    return [str(problem) for problem in check(archive)["problems"]]


def flips(path: Path, chance: random.Random) -> Iterator[tuple[int, bytes]]:
    whole = path.read_bytes()
    for _ in range(FLIPS):
        place = chance.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        yield place, bytes(flipped)
    path.write_bytes(whole)


def test_an_untouched_archive_is_in_order_and_says_how_far_it_is_sealed(sealed: Archive) -> None:
    told = check(sealed)

    # An opening record for each file; a page and a request for each look; revisits of the third day.
    assert (told["files"], told["records"]) == (3, 3 + 2 * (8 + 6 + 5))
    assert (told["seals"], told["newest_seal"]) == (2, 2)
    assert told["sealed"] == 3 * 8 + 3 * 6
    assert told["unsealed"] == 5
    assert "are as they were" in "\n".join(checking.report(told))


@pytest.mark.slow
def test_any_flipped_bit_of_a_warc_is_found_and_named(sealed: Archive) -> None:
    for file in (FIRST, f"{SLUG}/2026-03-04.warc.gz"):
        for place, _ in flips(sealed.warc / file, random.Random(1)):
            [problem] = check(sealed)["problems"]
            assert problem["where"].startswith(f"{file}, bytes ")
            start, end = map(int, problem["where"].split("bytes ")[1].split(" to "))
            assert start <= place < end
    assert check(sealed)["ok"]


@pytest.mark.slow
def test_any_flipped_bit_of_the_log_is_found_and_named(sealed: Archive) -> None:
    path = sealed.warc / "seals.jsonl"
    for place, flipped in flips(path, random.Random(2)):
        line = flipped[:place].count(b"\n") + 1
        assert f"line {line}" in " ".join(wrong(sealed)) or "no end" in " ".join(wrong(sealed))
    assert check(sealed)["ok"]


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def append_record(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(gzip.compress(b"WARC/1.1\r\nWARC-Type: metadata\r\n\r\n"))


def swap_records(path: Path) -> None:
    whole = path.read_bytes()
    parts = [b"\x1f\x8b\x08" + part for part in whole.split(b"\x1f\x8b\x08")[1:]]
    parts[1], parts[3] = parts[3], parts[1]
    path.write_bytes(b"".join(parts))


def take_a_record_out(path: Path) -> None:
    whole = path.read_bytes()
    start = whole.index(b"\x1f\x8b\x08", 10)
    end = whole.index(b"\x1f\x8b\x08", start + 10)
    path.write_bytes(whole[:start] + whole[end:])


HARM: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut in half": (cut_in_half, "it is lost"),
    "a record appended": (append_record, "nobody vouches for its last"),
    "a byte appended": (lambda path: path.write_bytes(path.read_bytes() + b"\0"), "nobody vouches for its last 1 byte"),
    "records swapped": (swap_records, "were changed|another"),
    "a record taken out": (take_a_record_out, "changed|another"),
    "removed": (Path.unlink, "the file is gone"),
    "emptied": (lambda path: path.write_bytes(b""), "it ends at byte 0"),
    "another one put beside it": (lambda path: path.with_name("x.warc.gz").write_bytes(b"x"), "nobody vouches for this file"),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
def test_harm_to_a_file_is_found(sealed: Archive, harm: str) -> None:
    do, said = HARM[harm]

    do(sealed.warc / FIRST)

    found = " ".join(wrong(sealed))
    assert any(part in found for part in said.split("|"))
    assert SLUG in found


def test_of_a_file_cut_in_half_what_is_left_stands_the_rest_is_named_and_the_day_goes_on(sealed: Archive) -> None:
    rows = sealed.db.query("select url, offset + length + asked as ends from evidence where warc = ?", [FIRST])
    cut_in_half(sealed.warc / FIRST)
    left = (sealed.warc / FIRST).stat().st_size
    lost = [row["url"] for row in rows if row["ends"] > left]

    told = check(sealed)
    named = " ".join(str(problem) for problem in told["problems"])
    assert 0 < len(lost) < 8
    assert all(url in named for url in lost)
    assert [problem for problem in told["problems"] if not problem["where"].startswith(FIRST)] == []

    fill(sealed, *range(8), 99)
    assert (sealed.warc / FIRST).stat().st_size == left
    assert [str(problem) for problem in told["problems"]] == wrong(sealed)
    # What was lost is kept anew the next time it is seen.
    for number in (*range(8), 99):
        one = page(article(number, body_text=f"Đoạn {number}. " * 50))
        assert payload(sealed.db, sealed.warc, one.sha256) == one.payload


def test_lost_records_are_named_up_to_a_number(sealed: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "NAMED", 3)
    (sealed.warc / FIRST).unlink()

    found = wrong(sealed)

    assert sum("it is lost" in one for one in found) == 3
    assert f"{1 + 2 * 8 - 3} more records are lost" in found[-1]


CHANGES = {
    "update evidence set url = 'https://a.vn/' where number = 3": "evidence 3: its row says otherwise",
    "update evidence set status = 404 where number = 2": "evidence 2: its row says otherwise",
    "update versions set seen = '2020-01-01T00:00:00Z' where number = 4": "versions 4: its row says otherwise",
    "update changes set headline = 'Khác' where number = 5": "changes 5: its row says otherwise",
    "delete from changes where number = 5": "changes 5: its row is gone",
    "delete from evidence where number = 18": "nobody vouches for these bytes",
    "update leaves set hashes = zeroblob(length(hashes)) where start = 0 and seal = 2": "seal 2: the digests",
    "update seals set line = replace(line, '2026', '2025') where number = 2": "it is not the line that was sealed",
    "delete from warcs where file like '%-03.warc.gz'": "which is no file",
    "update versions set sha256 = 'a' where number = 14": "the page of this version",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_row_is_found(sealed: Archive, change: str) -> None:
    sealed.db.execute("pragma foreign_keys = off")
    sealed.db.execute(change)

    assert CHANGES[change] in " ".join(wrong(sealed))


def test_what_was_pruned_is_known_by_its_digest(sealed: Archive) -> None:
    sealed.db.execute("update warcs set pruned = '2026-06-01T00:00:00Z' where file = ?", [FIRST])
    (sealed.warc / FIRST).unlink()

    told = check(sealed)

    assert told["ok"]
    assert told["pruned"] == 1 + 2 * 8
    assert "17 records were pruned" in "\n".join(checking.report(told))


def test_a_page_that_was_pruned_is_kept_anew_when_it_is_seen_again(sealed: Archive) -> None:
    sealed.db.execute("update warcs set pruned = '2026-06-01T00:00:00Z' where file = ?", [FIRST])
    (sealed.warc / FIRST).unlink()
    one = page(article(7, body_text="Đoạn 7. " * 50))

    fill(sealed, 7, days=4)

    assert payload(sealed.db, sealed.warc, one.sha256) == one.payload
    assert check(sealed)["ok"]


def test_a_daemon_at_work_is_waited_for(sealed: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sealed.warc / FIRST
    whole = path.read_bytes()
    append_record(path)

    def meanwhile(seconds: float) -> None:
        path.write_bytes(whole)

    monkeypatch.setattr(checking.time, "sleep", meanwhile)

    assert checking.check(sealed.path, sealed.warc, patience=2)["ok"]


def test_what_a_crash_left_is_found_and_gone_after_mending_but_not_lost(sealed: Archive) -> None:
    append_record(sealed.warc / FIRST)
    (sealed.warc / SLUG / "2026-03-09.warc.gz").write_bytes(b"\x1f\x8b torn")
    assert len(wrong(sealed)) == 2

    assert len(mend(sealed.db, sealed.warc)) == 2

    assert check(sealed)["ok"]
    assert len(list((sealed.warc / "cut").iterdir())) == 2


def test_pages_an_older_bantin_kept_are_checked_by_their_own_digest(sealed: Archive) -> None:
    number = sealed.db.execute("select max(number) from evidence").fetchone()[0]
    fill(sealed, 50, days=5)
    sealed.db.execute("update evidence set digest = null, asked_digest = null where number > ?", [number])
    assert check(sealed)["ok"]
    path = sealed.warc / SLUG / "2026-03-07.warc.gz"
    whole = bytearray(path.read_bytes())
    offset, length = sealed.db.execute("select offset, length from evidence where number = ?", [number + 1]).fetchone()
    whole[offset + length // 2] ^= 1
    path.write_bytes(whole)

    assert "its bytes were changed" in " ".join(wrong(sealed))


def test_it_works_with_the_standard_library_alone(sealed: Archive) -> None:
    home = sealed.path.parent
    command = [sys.executable, "-S", "-m", "storage.proof.archive", str(home)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={}, check=True)

    assert "Nothing was changed." in done.stdout
