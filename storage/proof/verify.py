"""Checks a case file that Bantin packed, with nothing but Python's standard library: ``python3 verify.py CASE.zip``.

Exit codes: 0 nothing was changed · 1 something was, and each thing is named · 2 wrong usage.
"""

from __future__ import annotations

import binascii
import hashlib
import json
import string
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

NOTHING_BEFORE = "0" * 64
"""What the first seal names as the line before it."""
MANIFEST, PROOF, SEALS, WARC = "manifest.json", "proof.json", "seals.jsonl", "evidence.warc.gz"
MARK = b"sha256:"
RESTORE = "do not use this copy; get the case file again from whoever made it"
_CHUNK = 1 << 16


class Problem(dict[str, str]):
    """Something that is wrong: where, what, and what to do next."""

    def __init__(self, where: str, what: str, todo: str = RESTORE) -> None:
        super().__init__(where=where, what=what, next=todo)

    def __str__(self) -> str:
        return f"{self['where']}: {self['what']}; {self['next']}"


# -- hashes ---------------------------------------------------------------------------------------------------------


def canonical(value: Any) -> bytes:
    """Write JSON in the one form that is hashed: keys sorted, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def leaf_hash(data: bytes) -> bytes:
    """Hash a leaf as RFC 6962 does."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def climbed(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Return the root that an audit path leads to from a leaf; None when it is no path in a tree of this size."""
    if not 0 <= index < size:
        return None
    place, last, reached = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if place % 2 or place == last:
            reached = node_hash(beside, reached)
            while not place % 2 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, beside)
        place, last = place >> 1, last >> 1
    return reached if last == 0 else None


# -- the log of seals -----------------------------------------------------------------------------------------------


def log_lines(text: bytes) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Read the log: each line as it must be written, each naming the hash of the one before, none left out."""
    seals: list[dict[str, Any]] = []
    problems = []
    lines = text.split(b"\n")
    if lines.pop():
        problems.append(Problem(SEALS, "its last line has no end", "run `bantin seal`, which mends what a crash left"))
    before = ""
    for place, line in enumerate(lines, start=1):
        seal = _seal(line)
        if seal is None:
            problems.append(Problem(f"{SEALS} line {place}", "it is not as it was written"))
            before = digest(line)
            continue
        if seals and seal["seal"] != seals[-1]["seal"] + 1:
            problems.append(Problem(f"{SEALS} line {place}", f"seal {seal['seal']} follows seal {seals[-1]['seal']}"))
        expected = before or (NOTHING_BEFORE if seal["seal"] == 1 else seal["previous"])
        if seal["previous"] != expected:
            problems.append(Problem(f"{SEALS} line {place}", "it does not name the line before it as that reads now"))
        before = digest(line)
        seals.append(seal)
    return seals, problems


def _seal(line: bytes) -> dict[str, Any] | None:
    try:
        seal = json.loads(line)
        sound = canonical(seal) == line and isinstance(seal["seal"], int) and isinstance(seal["leaves"], int)
        return seal if sound and all(isinstance(seal[name], str) for name in ("previous", "root", "made")) else None
    except (ValueError, KeyError, TypeError):
        return None


# -- the zip --------------------------------------------------------------------------------------------------------


def local_header(name: str, crc: int, size: int) -> bytes:
    """Return what stands before a file in the zip: stored as it is, without a time of its own."""
    told = name.encode("ascii")
    return struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 0, 0, 0x21, crc, size, size, len(told), 0) + told


def central_header(name: str, crc: int, size: int, offset: int) -> bytes:
    told = name.encode("ascii")
    same = (20, 0, 0, 0, 0x21, crc, size, size, len(told))
    return struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 0x0314, *same, 0, 0, 0, 0, 0o100644 << 16, offset) + told


def packed(files: list[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield a zip of these files: the same bytes for the same files, ending in the digest of everything before it."""
    total, offset, directory, count = hashlib.sha256(), 0, [], len(files)
    for name, content in files:
        head = local_header(name, binascii.crc32(content), len(content))
        directory.append(central_header(name, binascii.crc32(content), len(content), offset))
        offset += len(head) + len(content)
        for part in (head, content):
            total.update(part)
            yield part
    listed = b"".join(directory)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listed), offset, len(MARK) + 64) + MARK
    for part in (listed, end):
        total.update(part)
        yield part
    yield total.hexdigest().encode()


def unpacked(data: bytes) -> tuple[dict[str, bytes], list[Problem]]:
    """Read a zip as ``packed`` writes it; anything else in it is a problem."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    place = 0
    while data[place : place + 4] == b"PK\x03\x04" and len(data) >= place + 30:
        _, size, _, length = struct.unpack("<IIIH", data[place + 14 : place + 28])
        name = data[place + 30 : place + 30 + length].decode("ascii", "replace")
        start = place + 30 + length
        content = data[start : start + size]
        try:
            as_written = data[place:start] == local_header(name, binascii.crc32(content), len(content))
        except UnicodeEncodeError:
            as_written = False
        if not as_written or len(content) != size:
            where = f"{name} (bytes {place} to {start + size} of the zip)"
            problems.append(Problem(where, "the file or what the zip says of it was changed"))
        if name in files:
            problems.append(Problem(name, "it is in the zip twice"))
        files[name] = content
        place = start + len(content)
    whole = b"".join(packed(list(files.items()))) if not problems else b""
    if not problems and whole != data:
        both = min(len(whole), len(data))
        byte = next((at for at in range(both) if whole[at] != data[at]), both)
        problems.append(Problem(f"byte {byte} of the zip", "it is not as the case file was packed"))
    elif problems and digest(data[:-64]).encode() != data[-64:]:
        problems.append(Problem("the zip", "its last 64 letters are not the digest of what stands before them"))
    return files, problems


# -- records --------------------------------------------------------------------------------------------------------


def members(data: bytes) -> Iterator[tuple[int, int, bytes | None]]:
    """Yield each gzip member of a WARC file: where it begins and ends, and the record; None when it is damaged."""
    place = 0
    while place < len(data):
        opened = zlib.decompressobj(zlib.MAX_WBITS | 16)
        parts, at = [], place
        try:
            while not opened.eof and at < len(data):
                parts.append(opened.decompress(data[at : at + _CHUNK]))
                at = min(at + _CHUNK, len(data))
        except zlib.error:
            opened = None  # type: ignore[assignment]
        if opened is None or not opened.eof:
            yield place, len(data), None
            return
        end = at - len(opened.unused_data)
        yield place, end, b"".join(parts)
        place = end


def fields(record: bytes) -> tuple[dict[str, str], bytes]:
    """Split a WARC record into its named fields and its block."""
    head, _, rest = record.partition(b"\r\n\r\n")
    pairs = (line.partition(": ") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    named = {name: value for name, _, value in pairs}
    size = named.get("Content-Length", "")
    return named, rest[: int(size)] if size.isdigit() else rest


def _contradiction(leaf: dict[str, Any], record: bytes) -> str:
    """Say what a record tells otherwise than the leaf that vouches for it; "" when nothing."""
    named, block = fields(record)
    told = {
        "WARC-Type": leaf["type"],
        "WARC-Target-URI": quote(leaf["url"], safe=string.punctuation),
        "WARC-Date": leaf["fetched"],
        "WARC-Payload-Digest": f"sha256:{leaf['payload']}",
    }
    wrong = [name for name, value in told.items() if named.get(name) != value]
    payload = block.partition(b"\r\n\r\n")[2]
    if leaf["type"] == "response" and digest(payload) != leaf["payload"]:
        wrong.append("page")
    return ", ".join(wrong)


# -- the case -------------------------------------------------------------------------------------------------------


class Case:
    """A case file, and what checking it found."""

    def __init__(self, data: bytes) -> None:
        self.files, self.problems = unpacked(data)
        self.notes: list[str] = []
        self.seals: dict[int, dict[str, Any]] = {}
        self.newest, self.line = 0, ""
        self.leaves: list[dict[str, Any]] = []
        self.last = 0
        self.manifest: dict[str, Any] = {}
        try:
            self._check()
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            self._problem("the case file", f"it is not put together as it must be ({type(error).__name__}: {error})")

    def _problem(self, where: str, what: str) -> None:
        self.problems.append(Problem(where, what))

    def _check(self) -> None:
        self._check_manifest()
        self._check_log()
        proof = json.loads(self.files[PROOF])
        for one in proof["leaves"]:
            self._check_leaf(one)
        self._check_records(proof)
        self._check_files()

    def _check_manifest(self) -> None:
        self.manifest = json.loads(self.files[MANIFEST])
        listed = {one["name"]: one for one in self.manifest["files"]}
        for name in sorted({*listed, *self.files} - {MANIFEST}):
            if name not in self.files:
                self._problem(name, "it was taken out of the zip")
            elif name not in listed:
                self._problem(name, "it was put into the zip; no list names it")
            elif digest(self.files[name]) != listed[name]["sha256"]:
                self._problem(name, "it was changed: its digest is not the one in manifest.json")

    def _check_log(self) -> None:
        text = self.files[SEALS]
        seals, problems = log_lines(text)
        self.problems += problems
        self.seals = {seal["seal"]: seal for seal in seals}
        if seals:
            self.newest, self.line = seals[-1]["seal"], digest(text.split(b"\n")[-2])

    def _check_leaf(self, one: dict[str, Any]) -> None:
        leaf = one["leaf"]
        self.leaves.append(leaf)
        what = f"{leaf['kind']} {leaf['number']}"
        if one["seal"] is None:
            self.notes.append(f"{what} is not sealed yet: only this zip vouches for it.")
            return
        seal = self.seals[one["seal"]]
        self.last = max(self.last, seal["seal"])
        root = climbed(
            leaf_hash(canonical(leaf)), one["index"], seal["leaves"], [bytes.fromhex(beside) for beside in one["path"]]
        )
        if root is None or root.hex() != seal["root"]:
            self._problem(f"{PROOF}: {what}", f"its path does not lead to the root of seal {one['seal']}")

    def _check_records(self, proof: dict[str, Any]) -> None:
        """Compare the WARC file with the leaves: every record vouched for, and every one that is vouched for there."""
        data = self.files[WARC]
        vouched = {leaf["member"]: leaf for leaf in self.leaves if leaf["kind"] == "record"}
        asked = {leaf["request"] for leaf in vouched.values() if leaf["request"]}
        there = set()
        for place, (start, end, record) in enumerate(members(data)):
            where, name = f"{WARC}, bytes {start} to {end}", digest(data[start:end])
            there.add(name)
            if record is None:
                self._problem(where, "the record is damaged")
            elif name in vouched and (wrong := _contradiction(vouched[name], record)):
                self._problem(where, f"the record says otherwise than what was sealed: {wrong}")
            elif place and name not in vouched and name not in asked:
                self._problem(where, "nothing vouches for this record")
        lost = set(proof.get("lost", {}))
        for name in sorted(({*vouched} | asked) - there - lost):
            self._problem(WARC, f"the record with the digest {name} is not there")
        for name, why in proof.get("lost", {}).items():
            self.notes.append(f"The record with the digest {name} is not in this zip: {why}")

    def _check_files(self) -> None:
        payloads = {leaf["payload"] for leaf in self.leaves if leaf["kind"] == "record"}
        for name, content in self.files.items():
            if name.startswith(("pages/", "attachments/")) and digest(content) not in payloads:
                self._problem(name, "no record in here has this content")

    @property
    def sealed(self) -> bool:
        return bool(self.leaves) and not any("not sealed yet" in note for note in self.notes)

    def told(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        about = self.manifest.get("case", {})
        records = [leaf for leaf in self.leaves if leaf["kind"] == "record"]
        return {
            "ok": not self.problems,
            "sealed": self.sealed,
            "case": about,
            "records": [{name: leaf[name] for name in ("url", "fetched", "status", "payload")} for leaf in records],
            "newest_seal": self.newest,
            "newest_seal_sha256": self.line,
            "problems": list(self.problems),
            "notes": self.notes,
        }


def check(path: Path, *, witness: str = "") -> dict[str, Any]:
    """Check a case file; with ``witness``, a published hash of a seal's line, whether that seal is in its chain."""
    case = Case(path.read_bytes())
    told = case.told()
    if witness:
        lines = [line for line in case.files.get(SEALS, b"").split(b"\n") if digest(line) == witness.lower()]
        if lines:
            number = json.loads(lines[0])["seal"]
            vouched = (
                "all of it that is sealed"
                if number >= case.last
                else f"it up to there; the rest is in seal {case.last}"
            )
            told["notes"].append(f"The published hash is that of seal {number}. It vouches for {vouched}.")
        else:
            todo = "compare all 64 letters; if they are right, this case is not of the log that was published"
            told["problems"].append(Problem("the published hash", "no seal in this case file has it", todo))
            told["ok"] = False
    return told


def report(told: dict[str, Any]) -> Iterator[str]:
    """Yield what checking a case found, in sentences."""
    about = told["case"]
    if about:
        yield f"Case: {about.get('headline', '')} ({about.get('id', '')})"
    for one in told["records"]:
        yield f"  {one['url']}  fetched {one['fetched']}, HTTP {one['status']}, sha256 {one['payload']}"
    yield from told["notes"]
    for problem in told["problems"]:
        yield f"WRONG  {problem['where']}: {problem['what']}; {problem['next']}."
    if not told["ok"]:
        yield f"{len(told['problems'])} thing(s) wrong. This file is not as it was packed."
        return
    yield "Nothing was changed: every byte is as it was packed."
    if told["newest_seal"]:
        yield f"Seal {told['newest_seal']} is the newest in here. SHA-256 of its line: {told['newest_seal_sha256']}"
    if not told["sealed"]:
        yield "NOT (WHOLLY) SEALED: pack the case again after the next seal."


def main(words: list[str]) -> int:
    witness = ""
    if "--witness" in words[:-1]:
        place = words.index("--witness")
        witness = words[place + 1]
        words = words[:place] + words[place + 2 :]
    names = [word for word in words if word != "--json"]
    if len(names) != 1 or names[0].startswith("-") or not Path(names[0]).is_file():
        print("Usage: python3 verify.py CASE.zip [--json] [--witness SHA256]", file=sys.stderr)
        return 2
    told = check(Path(names[0]), witness=witness)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    if "--json" in words:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(report(told)))
    return 0 if told["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
