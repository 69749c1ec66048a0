"""A case stands by itself: it shows what was said, checks itself anywhere, and no byte of it can be changed unseen."""

import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from scrapers.items import Attachment, Evidence
from scrapers.observations import Absence
from storage import cases, seals
from storage.articles import find
from storage.cases import NoSuchVersion, Packed, pack
from storage.database import ArchiveError
from storage.proof import verify
from storage.proof.verify import canonical, check, packed, report, unpacked
from tests.storage.conftest import Archive
from tests.storage.making import NOON, SLUG, article, exchange, page, reading, visit

DAY = timedelta(days=1)
CERTIFICATE = "ab" * 32
ASKED = ((":protocol", "HTTP/1.1"), (":certificate", f"sha256:{CERTIFICATE}"), ("User-Agent", "Bantin"))
FILE = b"%PDF-1.7 circular"
FLIPS = 200


def read(number: int, days: float = 0, **details: Any) -> tuple[Any, Evidence]:
    one = article(number, **details)
    return one, page(one, fetched=NOON + days * DAY, requested=ASKED)


def record(archive: Archive, *pairs: tuple[Any, Evidence], days: float = 0) -> None:
    at = NOON + days * DAY
    archive.record(visit(*(one for one, _ in pairs), at=at, evidence=tuple(kept for _, kept in pairs)))


@pytest.fixture
def told(archive: Archive) -> Archive:
    """An article with two wordings among others, and one whose bytes were first seen at another address."""
    record(archive, read(1), read(2), read(3))
    seals.seal(archive.db, archive.warc, now=NOON + DAY)
    record(archive, read(1, 1, headline="Bộ trưởng đính chính"), read(4, 1), days=1)
    seals.seal(archive.db, archive.warc, now=NOON + 2 * DAY)
    return archive


def packing(archive: Archive, number: int = 1, numbers: list[int] | None = None) -> tuple[Packed, Path]:
    one = find(archive.db, article(number).url)
    out = archive.path.with_name("case.zip")
    return pack(archive.db, archive.warc, one, numbers=numbers, now=NOON + 9 * DAY, out=out), out


def files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_case_holds_every_wording_with_its_page_and_proof(told: Archive) -> None:
    made, path = packing(told)

    held = files(path)
    assert made.sealed
    assert made.seals == (1, 2)
    assert made.versions == (1, 2)
    assert held["pages/version-1.html"] == read(1)[1].payload
    assert held["pages/version-2.html"] == read(1, headline="Bộ trưởng đính chính")[1].payload
    headlines = [version["article"]["headline"] for version in json.loads(held["record.json"])["versions"]]
    assert headlines == [article(1).headline, "Bộ trưởng đính chính"]
    for readme in ("README.txt", "README.vi.txt"):
        text = held[readme].decode("utf-8-sig")
        assert "Bộ trưởng đính chính" in text
        assert CERTIFICATE in text
        assert "$" not in text
    outcome = check(path)
    assert outcome["ok"], outcome["problems"]
    assert outcome["sealed"]
    assert outcome["newest_seal"] == 2
    assert "Nothing was changed" in "\n".join(report(outcome))


def test_one_wording_can_be_packed_alone(told: Archive) -> None:
    made, path = packing(told, numbers=[1])

    assert made.versions == (1,)
    assert "pages/version-2.html" not in files(path)
    assert check(path)["ok"]
    with pytest.raises(NoSuchVersion, match="none is number 3"):
        packing(told, numbers=[3])


def kinds(path: Path) -> list[str]:
    """Return what kinds of records the excerpt has; raises when one of their digests is wrong."""
    records = ArchiveIterator(BytesIO(files(path)["evidence.warc.gz"]), check_digests="raise")
    return [(one.rec_type, one.content_stream().read())[0] for one in records]


def test_the_excerpt_is_a_warc_file_of_its_own(told: Archive) -> None:
    _, path = packing(told)

    assert kinds(path) == ["warcinfo", "response", "request", "response", "request"]


def test_a_wording_whose_page_was_only_referred_to_comes_with_the_original(archive: Archive) -> None:
    one, kept = read(1)
    archive.record(visit(evidence=(kept,)))  # kept, not read
    again = page(one, fetched=NOON + DAY, requested=ASKED)
    archive.record(visit(one, at=NOON + DAY, evidence=(again,), readings=(reading(one, sha256=again.sha256),)))
    seals.seal(archive.db, archive.warc, now=NOON, unfinished=True)

    made, path = packing(archive)

    assert made.records == 2
    assert kinds(path) == ["warcinfo", "response", "request", "revisit", "request"]
    assert check(path)["ok"]


def test_what_shows_a_withdrawal_is_in_it(told: Archive) -> None:
    gone = article(1).url
    for hours in (50, 60, 75):
        at = NOON + timedelta(hours=hours)
        lost = page(article(1), payload=f"<h1>404 {hours}</h1>".encode(), status=404, fetched=at, requested=ASKED)
        absent = Absence(url=gone, at=at, proof="404", status=404, sha256=lost.sha256, why="it answered 404")
        told.record(visit(at=at, gone=(gone,), absences=(absent,), evidence=(lost,), exchanges=(exchange(started=at),)))
    seals.seal(told.db, told.warc, now=NOON, unfinished=True)

    _, path = packing(told, 1)

    held = files(path)
    state = json.loads(held["record.json"])
    assert state["state"] == "withdrawn"
    assert [one["proof"] for one in state["absences"]] == ["404"] * 3
    assert held["pages/absence-1.html"] == b"<h1>404 50</h1>"
    assert len([name for name in held if name.startswith("pages/absence-")]) == 3
    assert check(path)["ok"]


def test_files_that_hang_on_it_are_in_it(archive: Archive) -> None:
    attached = page(article(1), url="https://a.vn/tệp/Quyết định.pdf?x=1", payload=FILE, headers=())
    hanging = Attachment(url=attached.url, title="Thông tư", sha256=attached.sha256)
    one = article(1, attachments=(hanging,))
    archive.record(visit(one, evidence=(page(one), attached)))
    archive.db.execute("update attachments set sha256 = ?", [attached.sha256])

    _, path = packing(archive)

    [name] = [name for name in files(path) if name.startswith("attachments/")]
    assert name == "attachments/1-Quy_t_nh.pdf"
    assert files(path)[name] == FILE
    assert check(path)["ok"]


def test_the_same_archive_and_time_make_the_same_bytes(told: Archive) -> None:
    first, path = packing(told)
    before = path.read_bytes()
    second, _ = packing(told)

    assert path.read_bytes() == before
    assert first == second
    assert zipfile.ZipFile(path).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_it_checks_itself_where_there_is_no_bantin(told: Archive, tmp_path: Path) -> None:
    _, path = packing(told)
    bare = tmp_path / "elsewhere"
    bare.mkdir()
    (bare / "verify.py").write_bytes(files(path)["verify.py"])

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", "verify.py", *words]
        return subprocess.run(command, cwd=bare, env={}, capture_output=True, text=True, check=False)

    good = run(str(path))
    assert good.returncode == 0
    assert "Nothing was changed" in good.stdout
    assert json.loads(run(str(path), "--json").stdout)["ok"]
    spoilt = bytearray(path.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    (bare / "spoilt.zip").write_bytes(spoilt)
    bad = run("spoilt.zip")
    assert bad.returncode == 1
    assert "WRONG" in bad.stdout
    assert run().returncode == run("nothing.zip").returncode == 2


def test_any_flipped_bit_of_a_case_is_found(told: Archive) -> None:
    _, path = packing(told)
    whole, chance = path.read_bytes(), random.Random(3)
    last = range(len(whole) - 700, len(whole))  # the zip's directory, its end and the final digest
    places = [*(chance.randrange(len(whole)) for _ in range(FLIPS)), *chance.sample(last, FLIPS)]
    for place in places:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        assert not check(path)["ok"], place


HARM: dict[str, Callable[[bytes], bytes]] = {
    "a byte behind": lambda data: data + b"\0",
    "a byte before": lambda data: b"\0" + data,
    "half": lambda data: data[: len(data) // 2],
    "nothing": lambda data: b"",
    "no end": lambda data: data[:-64],
    "in capitals": lambda data: data[:-64] + data[-64:].upper(),
    "no zip": lambda data: b"hello" * 1000,
}


@pytest.mark.parametrize("harm", HARM)
def test_harm_to_a_case_is_found(told: Archive, harm: str) -> None:
    _, path = packing(told)
    path.write_bytes(HARM[harm](path.read_bytes()))

    assert not check(path)["ok"]


def repacked(path: Path, change: Callable[[dict[str, Any]], object], *, manifest: bool = True) -> list[str]:
    """Change files as somebody would who knows how a case is packed; return what is found."""
    held: dict[str, Any] = dict(unpacked(path.read_bytes())[0])
    change(held)
    if manifest:
        told = json.loads(held["manifest.json"])
        listed = [(name, content) for name, content in held.items() if name != "manifest.json"]
        told["files"] = [{"name": n, "size": len(c), "sha256": verify.digest(c)} for n, c in listed]
        held["manifest.json"] = json.dumps(told).encode()
    path.write_bytes(b"".join(packed(list(held.items()))))
    return [str(problem) for problem in check(path)["problems"]]


def change_page(held: dict[str, Any]) -> None:
    held["pages/version-1.html"] = held["pages/version-1.html"].replace(b"<h1>", b"<h1>Not ")


def change_leaf(held: dict[str, Any]) -> None:
    proof = json.loads(held["proof.json"])
    proof["leaves"][0]["leaf"]["fetched"] = "2020-01-01T00:00:00Z"
    held["proof.json"] = json.dumps(proof).encode()


def change_seal(held: dict[str, Any]) -> None:
    held["seals.jsonl"] = held["seals.jsonl"].replace(b"2026-03-03", b"2026-03-02", 1)


def drop_seal(held: dict[str, Any]) -> None:
    held["seals.jsonl"] = held["seals.jsonl"].split(b"\n", 1)[1]


def drop_record(held: dict[str, Any]) -> None:
    parts = held["evidence.warc.gz"].split(b"\x1f\x8b\x08")
    held["evidence.warc.gz"] = b"\x1f\x8b\x08".join([*parts[:2], *parts[3:]])


def add_record(held: dict[str, Any]) -> None:
    parts = held["evidence.warc.gz"].split(b"\x1f\x8b\x08")
    held["evidence.warc.gz"] += b"\x1f\x8b\x08" + parts[1]


def tear_record(held: dict[str, Any]) -> None:
    held["evidence.warc.gz"] = held["evidence.warc.gz"][:-9]


def forge_record(held: dict[str, Any]) -> None:
    """Another page under the digest of a sealed one: the digest of the record itself tells."""
    proof = json.loads(held["proof.json"])
    for one in proof["leaves"]:
        one["seal"] = None
        if one["leaf"]["kind"] == "record":
            one["leaf"]["url"] = "https://b.vn/"
    held["proof.json"] = json.dumps(proof).encode()


def no_manifest(held: dict[str, Any]) -> None:
    del held["manifest.json"]


FORGED = {
    change_page: "no record in here has this content",
    change_leaf: "does not lead to the root",
    change_seal: "does not name the line before it",
    drop_seal: "KeyError",
    drop_record: "is not there",
    add_record: "nothing vouches for this record",
    tear_record: "the record is damaged",
    forge_record: "the record says otherwise than what was sealed: WARC-Target-URI",
}


@pytest.mark.parametrize("change", FORGED)
def test_a_case_forged_with_all_its_digests_is_found(told: Archive, change: Callable[[dict[str, Any]], object]) -> None:
    _, path = packing(told)

    assert FORGED[change] in " ".join(repacked(path, change))


def test_files_put_in_taken_out_or_changed_are_named(told: Archive) -> None:
    _, path = packing(told)
    whole = path.read_bytes()

    def swap(name: str, content: bytes | None) -> list[str]:
        path.write_bytes(whole)

        def change(held: dict[str, Any]) -> None:
            held.pop(name, None)
            if content is not None:
                held[name] = content

        return repacked(path, change, manifest=False)

    assert "README.txt: it was taken out" in " ".join(swap("README.txt", None))
    assert "note.txt: it was put into" in " ".join(swap("note.txt", b"x"))
    assert "README.txt: it was changed" in " ".join(swap("README.txt", b"x"))
    assert "not put together" in " ".join(swap("manifest.json", None))


def test_a_case_of_an_unfinished_day_says_that_it_is_not_sealed(archive: Archive) -> None:
    record(archive, read(1))

    made, path = packing(archive)

    outcome = check(path)
    assert not made.sealed
    assert outcome["ok"]
    assert not outcome["sealed"]
    assert "NOT (WHOLLY) SEALED" in "\n".join(report(outcome))
    assert "NOT SEALED YET" in files(path)["README.txt"].decode()
    assert "CHƯA NIÊM" in files(path)["README.vi.txt"].decode()


def test_a_record_that_is_lost_is_named_and_the_rest_stands(told: Archive) -> None:
    (told.warc / SLUG / "2026-03-02.warc.gz").unlink()

    made, path = packing(told)

    outcome = check(path)
    assert made.lost == 2
    assert outcome["ok"]
    assert sum("not in this zip" in note for note in outcome["notes"]) == 2
    assert "pages/version-1.html" not in files(path)
    assert "pages/version-2.html" in files(path)


def test_a_published_hash_is_found_in_the_chain_or_not(told: Archive) -> None:
    _, path = packing(told)
    newest = seals.last_seal(told.db)
    assert newest

    witnessed = check(path, witness=newest.sha256.upper())
    stranger = check(path, witness="0" * 64)

    first = verify.digest(files(path)["seals.jsonl"].split(b"\n")[0])
    assert "The published hash is that of seal 2. It vouches for all of it that is sealed." in witnessed["notes"]
    assert "seal 1. It vouches for it up to there; the rest is in seal 2." in check(path, witness=first)["notes"][-1]
    assert not stranger["ok"]


def test_a_case_too_large_or_in_no_folder_says_so(told: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    one = find(told.db, article(1).url)
    with pytest.raises(ArchiveError, match="check that the folder exists"):
        pack(told.db, told.warc, one, numbers=None, now=NOON, out=told.path.parent / "no" / "case.zip")
    monkeypatch.setattr(cases, "LARGEST", 1000)
    with pytest.raises(ArchiveError, match="larger than 4 GB"):
        packing(told)


@given(st.lists(st.tuples(st.text("abc./-", min_size=1, max_size=8), st.binary(max_size=50)), unique_by=lambda f: f[0]))
def test_what_is_packed_is_unpacked_as_it_was(given_files: list[tuple[str, bytes]]) -> None:
    data = b"".join(packed(given_files))

    assert unpacked(data) == (dict(given_files), [])


@given(st.binary(max_size=400))
def test_wild_bytes_are_no_case_and_no_crash(data: bytes) -> None:
    assert verify.Case(data).problems
    assert verify.Case(b"PK\x03\x04" + data).problems


def test_canonical_json_is_utf_8_without_blanks() -> None:
    assert canonical({"b": [1, None], "a": "Bộ \u2028\n"}) == '{"a":"Bộ \u2028\\n","b":[1,null]}'.encode()
