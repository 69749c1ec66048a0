"""Each day is sealed once, in a log to which lines are only ever added, whatever happens to clock, process or disk."""

import json
import os
import random
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from storage import seals
from storage.database import ArchiveError, open_archive
from storage.proof import archive as checking
from storage.proof.leaves import KINDS, leaves
from storage.proof.verify import NOTHING_BEFORE, canonical, climbed, leaf_hash, log_lines
from tests.storage.conftest import Archive
from tests.storage.making import NOON, article, visit

DAY = timedelta(days=1)


def fill(archive: Archive, *numbers: int, days: int = 0) -> None:
    archive.record(visit(*(article(number) for number in numbers), at=NOON + days * DAY))


def seal(archive: Archive, *, days: int = 1, unfinished: bool = False) -> seals.Seal | None:
    return seals.seal(archive.db, archive.warc, now=NOON + days * DAY, unfinished=unfinished)


def log(archive: Archive) -> Path:
    return archive.warc / "seals.jsonl"


def lines(archive: Archive) -> list[bytes]:
    return log(archive).read_bytes().splitlines()


def problems(archive: Archive) -> list[str]:
    return [str(problem) for problem in checking.check(archive.path, archive.warc)["problems"]]


def test_a_day_is_sealed_when_it_is_over(archive: Archive) -> None:
    fill(archive, 1, 2)

    assert seal(archive, days=0) is None
    made = seal(archive)

    assert made is not None
    assert (made.number, made.day, made.leaves) == (1, "2026-03-02", 6)
    assert seal(archive) is None
    [line] = lines(archive)
    told = json.loads(line)
    assert canonical(told) == line
    assert told["previous"] == NOTHING_BEFORE
    assert (told["records"], told["versions"], told["changes"], told["absences"]) == ([1, 2], [1, 2], [1, 2], [1, 0])
    assert told["root"] == made.root
    assert made.sha256 == sha256(line).hexdigest()
    assert seals.last_seal(archive.db) == made


def test_an_archive_without_anything_has_nothing_to_seal(archive: Archive) -> None:
    assert seal(archive, unfinished=True) is None
    assert not log(archive).exists()


def test_an_unfinished_day_can_be_sealed_by_hand_and_the_rest_follows(archive: Archive) -> None:
    fill(archive, 1)
    first = seal(archive, days=0, unfinished=True)
    fill(archive, 2)
    second = seal(archive)

    assert first and second
    assert (first.day, second.day) == ("2026-03-02", "2026-03-02")
    assert json.loads(lines(archive)[1])["previous"] == first.sha256
    assert json.loads(lines(archive)[1])["records"] == [2, 2]


def test_what_comes_late_of_a_sealed_day_is_in_the_next_seal(archive: Archive) -> None:
    fill(archive, 1)
    seal(archive)
    archive.record(visit(article(2), at=NOON), now=NOON + DAY)

    assert seal(archive) is None
    late = seal(archive, days=2)

    assert late is not None
    assert (late.day, late.leaves) == ("2026-03-03", 3)


def test_a_clock_set_back_keeps_nothing_from_being_sealed(archive: Archive) -> None:
    fill(archive, 1, days=3)
    assert seal(archive, days=2)
    fill(archive, 2, days=2)
    assert seal(archive, days=1)
    fill(archive, 3, days=3)
    assert seal(archive, days=4)

    assert log_lines(log(archive).read_bytes())[1] == []
    assert problems(archive) == []


def test_every_row_has_a_proof(archive: Archive) -> None:
    for day in range(3):
        fill(archive, *range(day * 5, day * 5 + 4), days=day)
        archive.record(visit(article(day * 5, headline=f"Đã sửa {day}"), at=NOON + day * DAY + timedelta(hours=1)))
    archive.record(visit(gone=(article(1).url,), at=NOON + 3 * DAY))
    while seal(archive, days=4):
        pass
    sealed = {told["seal"]: told for told in map(json.loads, lines(archive))}
    every = [(kind, leaf["number"], leaf) for kind in KINDS for leaf in leaves(archive.db.conn, kind, 1, 1000)]

    proofs = seals.proofs(archive.db, [(kind, number) for kind, number, _ in every])

    assert len(proofs) == len(every) == sum(told["leaves"] for told in sealed.values())
    for kind, number, leaf in every:
        proof = proofs[kind, number]
        path = [bytes.fromhex(beside) for beside in proof.path]
        reached = climbed(leaf_hash(canonical(leaf)), proof.index, sealed[proof.seal]["leaves"], path)
        assert reached is not None
        assert reached.hex() == sealed[proof.seal]["root"]


def test_what_is_not_sealed_has_no_proof(archive: Archive) -> None:
    fill(archive, 1)
    seal(archive)
    fill(archive, 2)

    assert set(seals.proofs(archive.db, [("record", 1), ("record", 2), ("change", 9)])) == {("record", 1)}


def test_many_rows_are_sealed_in_several_seals(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "MOST", 3)
    monkeypatch.setattr(seals, "_TOGETHER", 2)
    fill(archive, *range(8))

    made = [one.leaves for one in iter(lambda: seal(archive), None)]

    assert made == [9, 9, 6]
    assert problems(archive) == []
    assert len(seals.proofs(archive.db, [("version", number) for number in range(1, 9)])) == 8


def test_a_seal_the_database_was_killed_before_knowing_is_taken_over(archive: Archive) -> None:
    fill(archive, 1)
    seal(archive)
    fill(archive, 2, days=1)
    seal(archive, days=2)
    archive.db.execute("delete from leaves where seal = 2")
    archive.db.execute("delete from seals where number = 2")
    before = log(archive).read_bytes()
    assert problems(archive) == []

    seals.mend(archive.db, archive.warc)

    assert log(archive).read_bytes() == before
    assert archive.db.execute("select held from seals where number = 2").fetchone()[0] == 1
    assert seal(archive, days=3) is None
    assert problems(archive) == []


def test_a_log_that_is_behind_gets_the_lines_it_lost(archive: Archive) -> None:
    for day in range(3):
        fill(archive, day, days=day)
        seal(archive, days=day + 1)
    whole = log(archive).read_bytes()
    log(archive).write_bytes(whole[: whole.index(b"\n") + 1] + b'{"torn')
    assert "its last line has no end" in problems(archive)[0]

    seals.mend(archive.db, archive.warc)
    assert log(archive).read_bytes() == whole

    log(archive).unlink()
    assert f"{log(archive).name} line 1: it is gone" in problems(archive)[0]
    seals.mend(archive.db, archive.warc)
    assert log(archive).read_bytes() == whole


def test_a_line_that_was_changed_is_never_rewritten_and_nothing_is_sealed_behind_it(archive: Archive) -> None:
    fill(archive, 1)
    seal(archive)
    fill(archive, 2, days=1)
    changed = log(archive).read_bytes().replace(b"2026-03-03", b"2026-03-01")
    log(archive).write_bytes(changed)

    with pytest.raises(ArchiveError, match="line 1 is not what was sealed"):
        seal(archive, days=2)

    assert log(archive).read_bytes() == changed


def test_lines_nobody_sealed_are_not_taken_over(archive: Archive) -> None:
    fill(archive, 1)
    seal(archive)
    line = lines(archive)[0]
    with log(archive).open("ab") as stream:
        stream.write(line + b"\n")

    with pytest.raises(ArchiveError, match="no seal follows"):
        seals.mend(archive.db, archive.warc)


def test_a_database_restored_from_a_backup_goes_on_behind_the_seals_it_lost(archive: Archive) -> None:
    fill(archive, 1)
    seal(archive)
    backup = archive.path.with_name("backup.db")
    archive.db.execute(f"vacuum into '{backup}'")
    fill(archive, 2, days=1)
    seal(archive, days=2)
    archive.db.close()
    backup.replace(archive.path)
    for side in ("-wal", "-shm"):
        archive.path.with_name(f"{archive.path.name}{side}").unlink(missing_ok=True)
    archive.db = open_archive(archive.path)
    assert "1 line(s) the database does not know" in " ".join(problems(archive))

    fill(archive, 3, days=2)
    made = seal(archive, days=3)

    assert made is not None
    assert made.number == 3
    held = [row[0] for row in archive.db.execute("select held from seals order by number")]
    assert held == [1, 0, 1]
    told = checking.check(archive.path, archive.warc)
    assert "2 to 2" in told["notes"][0]
    # What the backup does not know still lies there.
    assert [problem["where"] for problem in told["problems"]] == ["vn-example/2026-03-03.warc.gz"]


def test_a_full_disk_leaves_no_half_line(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(archive, 1)
    seal(archive)
    fill(archive, 2, days=1)
    before = log(archive).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(ArchiveError, match="disk is full"):
            seal(archive, days=2)

    assert log(archive).read_bytes() == before
    assert seal(archive, days=2)


def test_what_an_older_bantin_kept_is_vouched_for_when_it_is_sealed(archive: Archive) -> None:
    fill(archive, 1, 2)
    archive.db.execute("update evidence set digest = null")
    archive.db.execute("update warcs set opening = 0, opening_digest = null")
    assert problems(archive) == []

    seal(archive)

    assert archive.db.execute("select count(*) from evidence where digest is null").fetchone()[0] == 0
    assert archive.db.execute("select opening_digest from warcs").fetchone()[0] is not None
    assert problems(archive) == []


def test_what_an_older_bantin_kept_and_lost_is_sealed_as_lost(archive: Archive) -> None:
    fill(archive, 1)
    archive.db.execute("update evidence set digest = null")
    (archive.warc / "vn-example" / "2026-03-02.warc.gz").unlink()

    assert seal(archive)
    assert "the file is gone" in " ".join(problems(archive))


def test_versions_keep_their_numbers_when_sealed_ones_are_taken_out(archive: Archive) -> None:
    fill(archive, 1, 2)
    seal(archive)
    archive.db.execute("delete from versions where number = 2")
    fill(archive, 3, days=1)

    assert archive.db.execute("select max(number) from versions").fetchone()[0] == 3


@pytest.mark.slow
def test_kills_between_log_and_database_lose_no_seal_and_rewrite_no_line(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    chance = random.Random(20260303)
    known = b""
    for day in range(12):
        fill(archive, *range(day * 30, day * 30 + 30), days=day)
        archive.db.close()
        heard, told = os.pipe()
        if (child := os.fork()) == 0:
            try:
                inside = Archive(tmp_path)
                os.write(told, b".")
                seal(inside, days=day + 1)
            finally:
                os._exit(0)
        os.read(heard, 1)
        end = chance.random() * 0.02
        until = time.perf_counter() + end
        while time.perf_counter() < until:
            pass
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(heard)
        os.close(told)
        archive = Archive(tmp_path)
        now = log(archive).read_bytes() if log(archive).exists() else b""
        assert now.startswith(known)
        seals.mend(archive.db, archive.warc)
        now = log(archive).read_bytes() if log(archive).exists() else b""
        assert now.startswith(known)
        known = now
        assert problems(archive) == []
    while seal(archive, days=20):
        pass
    assert problems(archive) == []
    assert [row[0] for row in archive.db.execute("select distinct held from seals")] == [1]
    archive.db.close()
